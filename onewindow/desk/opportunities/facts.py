"""What the rules of repeat sales look at, of many clients or of one: rows become the facts of each client."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from onewindow.desk.health.scoring import health_inputs
from onewindow.desk.opportunities.ownership_shares import OwnershipShares
from onewindow.desk.session.context import Session
from onewindow.metrics.health.signals import HealthInputs, health_of
from onewindow.metrics.opportunities.inputs import (
    Ask,
    ClientFacts,
    Contract,
    Lesson,
    Order,
    Owned,
    Past,
    ProductFacts,
    Products,
    Week,
    Wish,
)
from onewindow.metrics.opportunities.said_triggers import ASKED_DAYS, PROMOTER_DAYS, TRAINED_DAYS
from onewindow.metrics.opportunities.suppression import REFUSED_DAYS
from onewindow.metrics.opportunities.use_triggers import ADD_USER_DAYS
from onewindow.records.clients import Client
from onewindow.store.clients import segment_inputs
from onewindow.store.clients.segment_inputs import ConsentLine
from onewindow.store.engine import Row
from onewindow.store.opportunities import facts as store_facts
from onewindow.text.dates import utc_text, week_number
from onewindow.text.fold import fold
from onewindow.text.user_requests import asks_for_user

_WEEKS = 14
_ENDED_DAYS = 180
_CONTRACT_DAYS = 90
_NEW_STAGES = ("handover", "onboarding")
_LEAST_NAME = 4
"""A shorter name of a product is found in too many needs."""


def products_of(session: Session) -> Products:
    """What is sold, as the rules look at it."""
    return {
        product.id: ProductFacts(
            product.name,
            product.price,
            product.currency,
            bool(product.is_sold) and product.archived_at is None,
        )
        for product in session.directory.products.values()
    }


def facts_of(
    session: Session, clients: Sequence[Client], shares: OwnershipShares
) -> Iterator[tuple[Client, ClientFacts]]:
    """The facts of some clients in the order of their ids, read together."""
    if not clients:
        return
    batch = _Batch(session, clients[0].id, clients[-1].id, shares)
    for client in clients:
        yield client, batch.facts(client)


class _Batch:
    """The rows of a range of clients, each table read once."""

    def __init__(self, session: Session, low: int, high: int, shares: OwnershipShares) -> None:
        store, today = session.store, session.today()
        self._session, self._today = session, today
        self._now = session.now()
        week = week_number(today) - _WEEKS
        self._inputs = {
            inputs.client_id: inputs for inputs in health_inputs(store, low, high, utc_text(self._now))
        }
        self._licences = _grouped(store_facts.licences(store, low, high, _back(today, _ENDED_DAYS)))
        self._weeks = _grouped(store_facts.weeks(store, low, high, week))
        self._requests = _grouped(store_facts.requests(store, low, high, _back(today, ASKED_DAYS)))
        self._wishes = _grouped(store_facts.wishes(store, low, high))
        self._needs = _grouped(store_facts.needs(store, low, high, _back(today, ASKED_DAYS)))
        end = today + timedelta(days=_CONTRACT_DAYS)
        self._contracts = _grouped(
            store_facts.ending_contracts(store, low, high, today.isoformat(), end.isoformat())
        )
        self._nps = _grouped(store_facts.nps_marks(store, low, high, _back(today, PROMOTER_DAYS)))
        self._orders = _grouped(store_facts.orders(store, low, high))
        self._lessons = _grouped(store_facts.lessons(store, low, high, _back(today, TRAINED_DAYS)))
        self._functions = _grouped(store_facts.function_weeks(store, self._lessons, week))
        self._past = _grouped(store_facts.past(store, low, high, _back(today, REFUSED_DAYS)))
        self._onboardings = dict(store_facts.onboardings(store, low, high))
        self._agreed = _agreed(segment_inputs.consents_of(store, low, high))
        self._shares = shares
        self._segments = shares.between(session, low, high)
        self._names = {
            folded: product.id
            for product in session.directory.products.values()
            if len(folded := fold(product.name)) >= _LEAST_NAME
        }

    def facts(self, client: Client) -> ClientFacts:
        inputs = self._inputs.get(client.id) or HealthInputs(client.id)
        weights = self._session.directory.weights.weights(client)
        owned = tuple(Owned(*row) for row in self._licences.get(client.id, ()))
        in_force = {one.product_id for one in owned if self._counts(one)}
        asked = self._requests.get(client.id, ())
        month = _back(self._today, ADD_USER_DAYS)
        return ClientFacts(
            client_id=client.id,
            today=self._today,
            stage=client.stage,
            health=health_of(inputs, client.stage, self._now, None, weights).score,
            owned=owned,
            weeks=tuple(Week(*row) for row in self._weeks.get(client.id, ())),
            function_weeks=tuple((row[0], row[1]) for row in self._functions.get(client.id, ())),
            add_user_requests=tuple(
                Ask(product, day, title, "request")
                for product, day, title in asked
                if day > month and asks_for_user(title)
            ),
            asks=tuple(self._asks(client.id, asked)),
            wishes=tuple(
                Wish(product, feature, said_on, released_on)
                for product, said_on, _, feature, status, released_on in self._wishes.get(client.id, ())
                if status == "released"
            ),
            contracts=tuple(
                Contract(number, " ".join(filter(None, ("contract", name or title))), ends, amount, currency)
                for number, name, title, ends, amount, currency in self._contracts.get(client.id, ())
            ),
            nps=tuple((day, mark) for day, mark in self._nps.get(client.id, ())),
            orders=_by_day(self._orders.get(client.id, ())),
            lessons=tuple(Lesson(*row) for row in self._lessons.get(client.id, ())),
            peers=self._shares.peers(self._segments.get(client.id, ()), in_force),
            past=tuple(Past(*row) for row in self._past.get(client.id, ())),
            late_requests=inputs.late_requests,
            broken_promises=inputs.promises_broken_lately,
            unanswered_detractors=inputs.unanswered_detractors,
            onboarding=self._onboarding(client),
            has_consent=client.id in self._agreed,
        )

    def _counts(self, owned: Owned) -> bool:
        today = self._today.isoformat()
        return (owned.starts_on or "") <= today <= (owned.ends_on or today)

    def _asks(self, client_id: int, asked: Iterable[Row]) -> Iterator[Ask]:
        for product, said_on, quote, *_ in self._wishes.get(client_id, ()):
            yield Ask(product, said_on, quote, "wish")
        for product, day, title in asked:
            if product is not None:
                yield Ask(product, day, title, "request")
        for day, need in self._needs.get(client_id, ()):
            folded = fold(need)
            for name, product in self._names.items():
                if name in folded:
                    yield Ask(product, day, need, "need")

    def _onboarding(self, client: Client) -> str:
        if client.stage in _NEW_STAGES:
            return f"the client is in the stage {client.stage}"
        plan = self._onboardings.get(client.id)
        return f"onboarding is not finished: {plan}" if plan else ""


def _grouped(rows: Iterable[Row]) -> dict[int, list[Any]]:
    """Rows by the client who stands first in them, without that."""
    by_client: defaultdict[int, list[Any]] = defaultdict(list)
    for client_id, *values in rows:
        by_client[client_id].append(values)
    return by_client


def _by_day(rows: Sequence[Row]) -> tuple[Order, ...]:
    """One order a day, the oldest first: what was bought on one day was bought together."""
    days: dict[str, dict[str, int]] = {}
    for day, amount, currency in reversed(rows):
        sums = days.setdefault(day, {})
        sums[currency] = sums.get(currency, 0) + amount
    return tuple(
        Order(day, max(sums.values()), max(sums, key=lambda code: sums[code])) for day, sums in days.items()
    )


def _agreed(lines: Iterable[ConsentLine]) -> set[int]:
    """The clients of whom somebody agrees to advertising; of two decisions on one day a refusal counts."""
    newest: dict[tuple[int, int | None, str], tuple[str, bool]] = {}
    for line in lines:
        if line.purpose != "marketing":
            continue
        key = line.client_id, line.contact_id, line.channel
        decided, is_given = newest.get(key, ("", True))
        given = line.state == "given"
        if line.decided_on > decided:
            newest[key] = line.decided_on, given
        elif line.decided_on == decided:
            newest[key] = decided, is_given and given
    return {client_id for (client_id, _, _), (_, is_given) in newest.items() if is_given}


def _back(today: date, days: int) -> str:
    return (today - timedelta(days=days)).isoformat()
