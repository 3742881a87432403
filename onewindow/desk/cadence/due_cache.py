"""The cache of the next touch due with each client: written with its cause, as the other caches are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from onewindow.desk.cadence.due_rules import RuleBook, read_rules
from onewindow.metrics.cadence import CadenceInputs, DueTouch, Happening, Mark, YearDay, Yearly, plan
from onewindow.records.clients import Client, Contact
from onewindow.store.cadence import due_cache as touch_due
from onewindow.store.cadence import due_inputs
from onewindow.store.cadence.due_cache import TouchDue
from onewindow.store.cadence.due_inputs import ClientCadenceInputs
from onewindow.store.changes import Transaction
from onewindow.store.clients.cards import between
from onewindow.store.engine import Store
from onewindow.text.dates import parse_utc, utc_text

AHEAD_DAYS = 14
"""How far ahead the cache looks."""

_FEW = 20
_NOTHING = ClientCadenceInputs(None, [], [], [])


def renew(store: Store, low: int, high: int, now: datetime, only: frozenset[int] | None = None) -> None:
    """Write the rows of the clients in a range of ids, or of some of them; inside a write."""
    truth = {
        client_id: row
        for client_id, row in rows_between(store, low, high, now).items()
        if only is None or client_id in only
    }
    # Rows of clients with nothing due any more must go, too.
    gone = touch_due.ids_between(store, low, high) - truth.keys()
    touch_due.forget(store, gone if only is None else gone & only)
    touch_due.save(store, truth.values())


def save(store: Store, rows_by_client: Mapping[int, TouchDue | None]) -> None:
    """Write the rows of some clients, or take them away; inside a write."""
    touch_due.forget(store, (client_id for client_id, row in rows_by_client.items() if row is None))
    touch_due.save(store, (row for row in rows_by_client.values() if row is not None))


def rows_between(store: Store, low: int, high: int, now: datetime) -> dict[int, TouchDue]:
    """The rows as they should be at an instant; clients without anything due soon have none."""
    book = read_rules(store, now.astimezone(UTC).date())
    if book.is_empty:
        return {}
    till = book.today + timedelta(days=AHEAD_DAYS)
    rows_by_client: dict[int, TouchDue] = {}
    for client, touches in plans(store, book, low, high, utc_text(now), till):
        for row in _row(client, touches):
            rows_by_client[client.id] = row
    return rows_by_client


def _row(client: Client, touches: tuple[DueTouch, ...]) -> list[TouchDue]:
    return [
        TouchDue(client.id, client.owner_id, touch.due_on.isoformat(), touch.touch_kind, touch.text)
        for touch in touches[:1]
    ]


def plans(
    store: Store, book: RuleBook, low: int, high: int, now: str, till: date
) -> Iterator[tuple[Client, tuple[DueTouch, ...]]]:
    """The touches due until a date with each client of a range of ids; `now` is UTC text."""
    clients = between(store, low, high)
    if not clients:
        return
    known = due_inputs.facts(store, low, high, book.looks_back_to.isoformat(), now)
    inside = book.inside(store, low, high)
    for client in clients:
        yield (
            client,
            plan_of(book, client, known.get(client.id, _NOTHING), till, inside.get(client.id, ())),
        )


def plan_of(
    book: RuleBook, client: Client, known: ClientCadenceInputs, till: date, inside: Collection[int]
) -> tuple[DueTouch, ...]:
    """The touches due until a date with a client, who is in some segments; nothing is due with a lost one."""
    if client.stage == "lost":
        return ()
    days = book.work_days(client.country)
    inputs = inputs_of(book, client, known)
    cadence, rules = book.cadence(client, inside), book.rules(client, inside)
    return plan(inputs, cadence, rules, days, book.today, till)


def inputs_of(book: RuleBook, client: Client, known: ClientCadenceInputs) -> CadenceInputs:
    """The facts of a client as the plan takes them; what is no date counts as unknown."""
    created = date.fromisoformat(client.created_at[:10]) if client.created_at else book.today
    start = _day(client.since) or created
    happenings = [
        Happening(fact.reason, fact.subject, f"{fact.name}, {on:%d.%m.%Y}", on)
        for fact in known.facts
        if (on := _day(fact.on)) is not None
    ]
    happenings.append(Happening("start", "start", f"with us since {start:%d.%m.%Y}", start))
    yearly = [*book.holidays_of(client)]
    yearly += [
        Yearly("birthday", str(contact), f"birthday of {name}", YearDay(born.month, born.day), born)
        for contact, name, text in known.birthdays
        if (born := _day(text)) is not None
    ]
    if client.since and (since := _day(client.since)) is not None:
        yearly.append(Yearly("anniversary", "since", "with us", YearDay(since.month, since.day), since))
    return CadenceInputs(
        start=start,
        last_touch=_day((known.last_touch_at or "")[:10]),
        happenings=tuple(happenings),
        yearly=tuple(yearly),
        marks={
            mark.subject: Mark(mark.state, parse_utc(mark.at).date(), _day(mark.till)) for mark in known.marks
        },
    )


def differences(store: Store, low: int, high: int, moments: Mapping[int, str]) -> Iterator[str]:
    """Where the rows of a range differ from the records at the moment of each client, a sentence each."""
    kept = touch_due.between(store, low, high)
    for moment in sorted(set(moments.values())):
        now = parse_utc(moment)
        ids = [client for client, at in moments.items() if at == moment]
        # Few clients are read one by one; for many one range costs less.
        ranges = [(low, high)] if len(ids) > _FEW else [(client, client) for client in ids]
        truth: dict[int, TouchDue] = {}
        for first, last in ranges:
            truth |= rows_between(store, first, last, now)
        for client_id in ids:
            if kept.get(client_id) != truth.get(client_id):
                yield (
                    f"Client {client_id}: the next touch is kept as {_row_text(kept.get(client_id))},"
                    f" the records say {_row_text(truth.get(client_id))}."
                )


def moved_by(transaction: Transaction) -> set[int]:
    """The clients whose plan a transaction moved without touching them: who recommended us to its clients."""
    changed = [change.entity_id for change in transaction.changes if change.entity == "client"]
    return touch_due.referrers_of(transaction.store, changed) if changed else set()


def add_new(store: Store, clients: Sequence[Client], contacts: Mapping[int, Contact], now: datetime) -> None:
    """Write the rows of clients of whom nothing but a contact each is on file yet; inside a write."""
    book = read_rules(store, now.astimezone(UTC).date())
    if book.is_empty:
        return
    till = book.today + timedelta(days=AHEAD_DAYS)
    new_rows: list[TouchDue] = []
    inside = book.inside(store, clients[0].id, clients[-1].id) if clients else {}
    for client in clients:
        person = contacts.get(client.id)
        known = _NOTHING
        if person is not None and person.birthday and not person.left_on:
            known = ClientCadenceInputs(None, [(person.id, person.name, person.birthday)], [], [])
        new_rows += _row(client, plan_of(book, client, known, till, inside.get(client.id, ())))
    touch_due.save(store, new_rows)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _row_text(row: TouchDue | None) -> str:
    return f"{row.due_on} {row.reason}" if row else "none"
