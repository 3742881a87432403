"""Beginning to work: which file, who I am, and what a fresh file needs for its first request."""

from __future__ import annotations

import getpass
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from onewindow.desk.session import Session
from onewindow.records.department import SlaPolicy, Staff, WorkingCalendar
from onewindow.settings import Settings, default_database, zone_of
from onewindow.store import changes, department
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store, open_store
from onewindow.store.problems import NotFound
from onewindow.text.dates import utc_text

PROGRAM = "onewindow"
"""The actor of what the program does by itself."""
DEMO_LOGIN = "demo_login"
"""The shared setting that names the person whom a demo file greets."""

_FIRST_POLICIES = (
    ("urgent", 30, 60, 240),
    ("high", 60, 120, 480),
    ("normal", 120, 240, 960),
    ("low", 240, 480, 2400),
)
"""Priority, then minutes of open time to the first answer, the next answer and the solution."""


def system_clock() -> datetime:
    """The present, aware, in UTC."""
    return datetime.now(UTC)


def database_path(settings: Settings, chosen: Path | None = None) -> Path:
    """The file to work on: chosen by hand, by the settings or environment, or the platform's own place."""
    return chosen or settings.database or default_database()


def backups_folder(settings: Settings, path: Path) -> Path:
    """Where backups of a file lie: in the folder of the settings, or beside the file in `backups`."""
    return settings.backups or path.expanduser().absolute().with_name("backups")


def open_session(
    settings: Settings,
    environ: Mapping[str, str],
    *,
    path: Path | None = None,
    login: str | None = None,
    create: bool = False,
) -> Session:
    """Open the file and say who works on it.

    A login that was named must be known (NotFound otherwise); the system's own login becomes a colleague on
    first sight. Raises StoreProblem if the file cannot be opened.
    """
    store = open_store(database_path(settings, path), create=create)
    try:
        named = login or settings.login
        me = _known(store, named) if named else _myself(store)
    except BaseException:
        store.close()
        raise
    return Session(store, me, settings, system_clock, zone_of(settings, environ))


def prepare_new_file(store: Store, me: Staff, zone: str, at: str) -> Staff:
    """Give a file its first colleague, a working week and SLA targets, as far as they are not there."""

    def work(transaction: Transaction) -> Staff:
        stored = department.staff_by_login(store, me.login) or transaction.insert(me)
        if department.calendars(store):
            return stored
        hours = {
            "zone": zone,
            "weekly": {day: ["09:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
        }
        calendar = transaction.insert(WorkingCalendar(name="working week", hours=json.dumps(hours)))
        for priority, first, following, solution in _FIRST_POLICIES:
            transaction.insert(
                SlaPolicy(
                    name=f"{priority} requests",
                    calendar_id=calendar.id,
                    priority=priority,
                    first_response_min=first,
                    next_response_min=following,
                    resolution_min=solution,
                    valid_from="2000-01-01",
                )
            )
        return stored

    return changes.write(store, work, actor=PROGRAM, at=at, label="first settings of the file").result


def _known(store: Store, login: str) -> Staff:
    found = department.staff_by_login(store, login.removeprefix("@").casefold())
    if found is not None:
        return found
    import difflib

    logins = [person.login for person in department.staff(store)]
    if not logins:
        return _enrolled(store, login)
    near = difflib.get_close_matches(login.casefold(), logins, 1)
    hint = f"did you mean {near[0]}?" if near else "see `onewindow staff list`."
    raise NotFound(f"Nobody here has the login “{login}”; {hint}")


def _myself(store: Store) -> Staff:
    login = getpass.getuser().casefold()
    found = department.staff_by_login(store, login)
    if found is not None:
        return found
    greeted = department.setting(store, DEMO_LOGIN)
    guest = department.staff_by_login(store, greeted) if greeted else None
    return guest or _enrolled(store, login)


def _enrolled(store: Store, login: str) -> Staff:
    zone = zone_of(Settings(), {})
    me = Staff(login=login.casefold(), name=login)
    return prepare_new_file(store, me, zone, utc_text(system_clock()))
