"""Light clients by the hundred thousand: plausible records, written in bulk, spread over the managers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from math import ceil
from random import Random

from onewindow.records.clients import Client
from onewindow.records.organization import Staff
from onewindow.records.requests import Request
from onewindow.store.engine import Store
from onewindow.store.session import demo_building
from onewindow.text.fold import fold
from seed.crowd_rows import PATTERN, Maker
from seed.crowd_tables import COLUMNS
from seed.department import DEPARTMENTS
from seed.firm import Firm
from seed.people import person, phone
from seed.sheets import Sheets, counted

CHUNK = 5_000
PORTFOLIO = 340
"""Light clients for one manager at most; the core adds 41 to the largest portfolio."""


@dataclass(frozen=True, slots=True)
class _Managers:
    """Account managers by the language of their clients; Sofia also answers in English."""

    home: list[Staff]
    sofia: list[Staff]


def gather(store: Store, firm: Firm, number: int, progress: Callable[[int], None]) -> dict[str, int]:
    """Write that many light clients and the managers they need; gives back the rows by kind."""
    counts: dict[str, int] = {}
    ids = count(firm.sheets.next_id())
    managers = _hire(store, firm, number, ids, counts)
    first_client = demo_building.highest_number(store, Client) + 1
    maker = Maker(firm, ids, count(demo_building.highest_number(store, Request) + 1))
    for start in range(0, number, CHUNK):
        maker.begin(Random(start))
        size = min(CHUNK, number - start)
        for place in range(start, start + size):
            language = PATTERN[place % len(PATTERN)]
            team = managers.home if language == "ru" else managers.sofia
            maker.client(first_client + place, place, language, team[place // len(PATTERN) % len(team)])
        _write(store, maker, firm.moments.stamp, counts)
        progress(start + size)
    return counts


def _write(store: Store, maker: Maker, stamp: str, counts: dict[str, int]) -> None:
    with store.exclusive():
        demo_building.look_at_references_last(store)
        for record, names in COLUMNS.items():
            rows = maker.rows[record.kind]
            demo_building.insert(store, record, names, rows, stamp)
            counted(counts, {record.kind: len(rows)})


def _hire(store: Store, firm: Firm, number: int, ids: Iterator[int], counts: dict[str, int]) -> _Managers:
    """The account managers of the core, and as many more as the clients need."""
    known = firm.staff_by_role("account_manager")
    teams = _Managers(
        [one for one in known if one.office != "София"], [one for one in known if one.office == "София"]
    )
    sheets = Sheets(next(ids), firm.moments.stamp)
    abroad = sum(language != "ru" for language in PATTERN) / len(PATTERN)
    for team, share in ((teams.home, 1 - abroad), (teams.sofia, abroad)):
        for place in range(len(team), ceil(number * share / PORTFOLIO)):
            team.append(_manager(firm, sheets, place, team[place - 1]))
    with store.exclusive():
        counted(counts, sheets.write(store))
    for _ in range(counts.get("staff", 0)):
        next(ids)
    return teams


def _manager(firm: Firm, sheets: Sheets, place: int, deputy: Staff) -> Staff:
    abroad = deputy.office == "София"
    language = "bg" if abroad else "ru"
    who = person(firm.random, language)
    surname = who.name.split()[1 if abroad else 0]
    login = f"{fold(surname)}{place}{'s' if abroad else ''}"
    return sheets.add(
        Staff(
            login=login,
            name=who.name,
            office="София" if abroad else ("Москва", "Казань")[place % 2],
            department=DEPARTMENTS["account_manager"],
            phone=phone(firm.random, "BG" if abroad else "RU"),
            email=f"{login}@firm.example",
            language=language,
            deputy_id=deputy.id,
            hour_rate=120_000,
        )
    )
