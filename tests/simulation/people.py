"""The firm of a simulation: a real file, colleagues with clocks of their own, and what each has seen."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from onewindow.desk.editing import changing
from onewindow.desk.opening import at_work, prepare_new_file
from onewindow.desk.session.context import Session
from onewindow.records.fields import Record
from onewindow.records.kinds import KINDS
from onewindow.records.organization import Staff
from onewindow.settings import Settings
from onewindow.store.changes import Change
from onewindow.store.engine import Store, open_store
from onewindow.store.ids import Ids
from onewindow.store.sqlite_library import sqlite
from onewindow.text.dates import utc_text
from tests.simulation.model import CACHED, Row

START = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)
"""A Monday, noon in Moscow."""
ZONE = "Europe/Moscow"
_STAFF = (
    ("anna", "Анна Ветрова", "lead"),
    ("boris", "Борис Лагутин", "account_manager"),
    ("vera", "Вера Сомова", "support"),
    ("quinn", "Квин Тихий", "quality"),
)

_STEPS = (("Созвон", ""), ("Обучение", ""), ("Поставка", "склад: собрать"), ("Итоги", ""))
"""The steps of the firm's playbook, the second a control point, and what departments have to have ready."""


class Time:
    """The one true time of a simulation; clocks go by it, more or less."""

    def __init__(self, now: datetime) -> None:
        """Begin at an aware instant."""
        self.now = now

    def pass_by(self, chance: Random) -> None:
        """Mostly seconds or minutes, sometimes a night or a weekend."""
        span = chance.choices((90, 2_400, 30_000, 200_000), (50, 40, 8, 2))[0]
        self.now += timedelta(seconds=chance.randrange(1, span))


class Clock:
    """Somebody's clock, which is fast or slow, and may be set."""

    def __init__(self, time: Time, skew: timedelta) -> None:
        """`skew` is how far it is ahead of the true time."""
        self.time = time
        self.skew = skew

    def __call__(self) -> datetime:
        """What it shows: an aware instant of whole seconds."""
        return self.time.now + self.skew

    def milliseconds(self) -> int:
        """What it shows, in milliseconds since 1970."""
        return int(self().timestamp() * 1000)


@dataclass(eq=False)
class Person:
    """Somebody at work, in a process of their own as it were: own connection, clock and ids."""

    session: Session
    clock: Clock
    seen: dict[tuple[str, int], Record] = field(default_factory=dict[tuple[str, int], Record])
    """Records as they looked when this person read them last."""
    unheard: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])
    """What changed since this person's window heard of changes."""
    is_behind: bool = False
    """Whether another connection wrote since then."""

    @property
    def login(self) -> str:
        """The name in the log."""
        return self.session.me.login

    @property
    def at(self) -> str:
        """The present of this person, as stored."""
        return self.session.now_text()


@dataclass(eq=False)
class Firm:
    """Everybody, one file, and the chance that decides what they do."""

    people: list[Person]
    time: Time
    chance: Random
    reader: sqlite.Connection
    """A plain connection past the program, which sees the rows as they are on file."""

    def word(self) -> str:
        """A word that hardly any other record has."""
        ends = ("bdfgklmnprstvz", 3), ("aeiou", 1), ("bdfgklmnprstvz", 4)
        return "".join("".join(self.chance.choices(letters, k=count)) for letters, count in ends)

    @property
    def store(self) -> Store:
        """The connection of the first person, for looking only."""
        return self.people[0].session.store

    def fastest_now(self) -> datetime:
        """What the clock shows that is ahead of all others."""
        return max(self.time.now, *(person.clock() for person in self.people))

    def tell(self, writer: Person, changes: tuple[tuple[str, int], ...]) -> None:
        """Note for everybody what a step changed."""
        for person in self.people:
            person.unheard += changes
            person.is_behind = person.is_behind or (person is not writer and bool(changes))

    def hear(self, person: Person) -> None:
        """Let somebody's window notice what changed, and hold it against what did.

        A window that only wrote itself since has nothing to hear.
        """
        heard: list[Change] = list(person.session.poll())
        # A cache that somebody renewed lets a window look again, also at what it did itself.
        is_news = person.is_behind or bool(heard)
        expected = set(person.unheard) if is_news else set[tuple[str, int]]()
        found = {(change.entity, change.entity_id) for change in heard}
        # The model leaves out when a request is due; the window hears of that too.
        found -= {each for each in found - expected if each[0] in CACHED}
        assert found == expected, (
            f"{person.login} heard of {sorted(found - expected)} which did not change,"
            f" and not of {sorted(expected - found)}"
        )
        if is_news:
            person.unheard.clear()
            person.is_behind = False


@contextmanager
def firm(path: Path, seed: int) -> Generator[Firm]:
    """A firm of four at work on a new file, all of it decided by the seed."""
    chance = Random(seed)
    time = Time(START)
    skews = (timedelta(), timedelta(seconds=chance.randrange(-120, 120)), timedelta(minutes=-7), timedelta())
    clocks = [Clock(time, skew) for skew in skews]
    stores: list[Store] = []
    reader = sqlite.connect(path, isolation_level=None, cached_statements=len(KINDS) + 8)
    try:
        for clock in clocks:
            ids = Ids(clock.milliseconds, Random(chance.random()).getrandbits)
            stores.append(open_store(path, create=True, ids=ids))
            stores[-1].bulk_load(fast=True)  # no machine fails here, so nothing need be on the disk at once
        staff = _prepared(stores[0], clocks[0], chance)
        sessions = [
            at_work(store, me, Settings(), clock, ZONE)
            for store, me, clock in zip(stores, staff, clocks, strict=True)
        ]
        people = [Person(session, clock) for session, clock in zip(sessions, clocks, strict=True)]
        for person in people:
            person.session.poll()
        yield Firm(people, time, chance, reader)
    finally:
        reader.close()
        for store in stores:
            store.close()


def _prepared(store: Store, clock: Clock, chance: Random) -> list[Staff]:
    """What stands there before anybody begins: colleagues, products, surveys, a playbook, and clients.

    It was all done by somebody who does nothing afterwards, so that nobody takes it back.
    """
    founder = Staff(login="olga", name="Ольга Первая", role="admin")
    session = at_work(
        store,
        prepare_new_file(store, founder, ZONE, utc_text(START - timedelta(days=400))),
        Settings(),
        clock,
        ZONE,
    )
    found: list[Staff] = []
    for login, name, role in _STAFF:
        person = changing.add(session, "staff", {"login": login, "name": name, "role": role})
        assert isinstance(person, Staff)
        found.append(person)
    for name in ("Учёт", "Склад"):
        changing.add(session, "product", {"name": name})
    for metric, title in (("nps", "Порекомендуете?"), ("csat", "Как обучение?")):
        changing.add(session, "survey", {"title": title, "metric": metric, "questions": title})
    playbook = changing.add(session, "playbook", {"name": "Внедрение"})
    for place, (step, executors) in enumerate(_STEPS, start=1):
        typed = {
            "title": step,
            "position": str(place),
            "due_after_days": str(2 * place),
            "executors": executors,
        }
        changing.add(
            session,
            "playbook_step",
            typed | {"is_control_point": str(int(place == 2))} | {"playbook_id": str(playbook.id)},
        )
    for place, name in enumerate(("Ромашка", "Вектор", "Сигма", "Лазурь")):
        clock.time.pass_by(chance)
        typed = {"name": name, "tier": "BCAC"[place], "owner_id": str(found[place % 3].id)}
        client = changing.add(session, "client", typed)
        changing.add(session, "contact", {"name": f"{name} Анна", "phone": f"+7495123450{place}"}, client.id)
    return found


def row_of(record: Record) -> Row:
    """A record as the model has it."""
    return {name: value for name, value in vars(record).items() if name not in ("version", "updated_at")}
