"""Builds the demo firm in an empty file: the same day and size give the same rows, ids included."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from onewindow.desk.caches import client_caches
from onewindow.desk.clients.last_client import setting_name
from onewindow.desk.opening import DEMO_LOGIN
from onewindow.records.clients import Client
from onewindow.store.engine import Store
from onewindow.store.problems import StoreProblem
from onewindow.store.session import demo_building
from seed import (
    adoption,
    agreements,
    announcements,
    cadence,
    companies,
    contacting,
    crowd,
    department,
    feedback,
    handovers,
    offers,
    plans,
    replies,
    requests,
    romashka,
    romashka_card,
    standards,
    use,
    wellbeing,
)
from seed.firm import Account, Firm
from seed.moments import Moments
from seed.pools import table
from seed.sheets import Sheets, counted

_CLIENTS = "clients"
_GREETED = "ivanova"
_SEED = 20_170_412
_ID_EPOCH_MS = 1_735_689_600_000
_ID_BITS = 20
_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built: rows by kind of record, and how long it took."""

    counts: dict[str, int]
    seconds: float


def build(store: Store, now: datetime, clients: int = 120) -> BuildReport:
    """Fill an empty store with the demo firm as it stands at `now` (aware) and with that many clients.

    The first of them have two years of history, the rest are light; fewer than the core are not made.
    The store's `on_progress` hears every phase. Raises StoreProblem if the store has clients.
    """
    started = time.perf_counter()
    if demo_building.has_clients(store):
        raise StoreProblem("The demo firm needs an empty file; this one has clients already.")
    moments = Moments(now.astimezone(UTC).replace(microsecond=0))
    firm = Firm(
        Sheets(_first_id(moments), moments.stamp),
        Random(_SEED),
        moments,
        department.opening_hours(moments)[0],
    )
    core = len(table("companies"))
    total = max(clients, core)
    store.on_progress(_CLIENTS, 0, total)
    counts: dict[str, int] = {}
    store.bulk_load(True)
    try:
        accounts = _tell_core(firm)
        with store.exclusive():
            _sign(store, firm, _romashka(accounts))
            counted(counts, firm.sheets.write(store))
        store.on_progress(_CLIENTS, core, total)
        if total > core:
            written = crowd.gather(
                store, firm, total - core, lambda done: store.on_progress(_CLIENTS, core + done, total)
            )
            counted(counts, written)
        with store.exclusive():
            demo_building.set_counters(store)
        client_caches.rebuild(store, moments.now)
        store.on_progress("weeks of health", 0, 0)
        wellbeing.remember(store, firm, accounts)
    finally:
        store.on_progress("writing all to the disk", 0, 0)
        store.bulk_load(False)
    return BuildReport(counts, time.perf_counter() - started)


def _first_id(moments: Moments) -> int:
    """An id below every id that the program makes from that day on."""
    midnight = datetime(moments.today.year, moments.today.month, moments.today.day, tzinfo=UTC)
    milliseconds = int(midnight.timestamp() * 1000) - _DAY_MS - _ID_EPOCH_MS
    return max(1, milliseconds) << _ID_BITS


def _tell_core(firm: Firm) -> list[Account]:
    department.found(firm)
    replies.prepare(firm)
    wellbeing.weigh(firm)
    cadence.agree(firm)
    accounts = companies.meet(firm)
    for place, account in enumerate(accounts):
        if account.client.number == romashka_card.NUMBER:
            romashka.tell(firm, account)
            romashka.ask(firm, account)
            agreements.earn(firm, account)
            continue
        _tell_client(firm, account, place)
    requests.ask(firm, accounts)
    for place, account in enumerate(accounts):
        if account.client.number != romashka_card.NUMBER:
            feedback.survey(firm, account, place)
        contacting.keep_in_touch(firm, account, place)
    contacting.used_to_call(firm, accounts)
    feedback.announce(firm, accounts)
    replies.work_through(firm, accounts)
    cadence.stay_in_touch(firm, accounts)
    use.tell(firm, accounts)
    plans.welcome(firm)
    standards.write(firm)
    announcements.tell(firm, accounts)
    agreements.price_currencies(firm)
    offers.terms(firm)
    offers.make(firm, accounts)
    offers.remember(firm, accounts)
    feedback.read_in_public(firm, accounts)
    return accounts


def _tell_client(firm: Firm, account: Account, place: int) -> None:
    agreements.contract_with(firm, account, place)
    adoption.equip(firm, account, place)
    agreements.earn(firm, account)
    agreements.promise(firm, account, place)
    handovers.hand_over(firm, account, place)
    plans.run(firm, account, place)
    feedback.listen(firm, account, place)
    feedback.offer(firm, account, place)


def _romashka(accounts: list[Account]) -> Client:
    """The client whose story is told in full: the demo opens on it."""
    return next(account.client for account in accounts if account.client.number == romashka_card.NUMBER)


def _sign(store: Store, firm: Firm, opened: Client) -> None:
    """One change set for everything, the mark of a demo file, whom it greets and where."""
    settings = {DEMO_LOGIN: _GREETED, setting_name(_GREETED): str(opened.id)}
    demo_building.sign(store, firm.sheets.next_id(), firm.moments.stamp, settings)
