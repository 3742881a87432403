"""Beginning to work: which file, who I am, and what a fresh file needs for its first request."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from onewindow.desk.caches.keeper import CacheKeeper
from onewindow.desk.registry import REGISTRY
from onewindow.desk.session.context import PROGRAM, Session
from onewindow.records.organization import SlaPolicy, Staff, WorkingCalendar
from onewindow.settings import Settings, default_database, zone_of
from onewindow.store import changes
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store, open_store
from onewindow.store.people import organization
from onewindow.store.problems import NotFound, StoreProblem
from onewindow.store.stored import forget
from onewindow.text.clean import sound
from onewindow.text.dates import utc_text
from onewindow.text.names.logins import as_login

DEMO_LOGIN = organization.DEMO_LOGIN
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

    A login that was named must be known (NotFound otherwise), and only an admin, or whose file it is, works
    under another's (StoreProblem). The system's own login becomes a colleague on first sight. Raises
    StoreProblem if the file cannot be opened.
    """
    store = open_store(database_path(settings, path), create=create)
    try:
        named = sound(login or settings.login or "")
        me = _named(store, named) if named else _myself(store)
    except BaseException:
        store.close()
        raise
    forget()
    take_turn(store, system_clock())
    return at_work(store, me, settings, system_clock, _shown_zone(settings, environ, me))


def at_work(store: Store, me: Staff, settings: Settings, clock: Callable[[], datetime], zone: str) -> Session:
    """Somebody at work on an open file; `clock` gives the present in UTC, `zone` is an IANA name."""
    return Session(store, me, settings, clock, zone, CacheKeeper(REGISTRY), REGISTRY)


def _shown_zone(settings: Settings, environ: Mapping[str, str], me: Staff) -> str:
    """In which zone somebody sees times: that of the settings, else of the own record, else of the system."""
    return me.time_zone if me.time_zone and settings.time_zone == "system" else zone_of(settings, environ)


def take_turn(store: Store, now: datetime) -> None:
    """Bring the caches after what the day alone changed; a file that cannot be written to stays as it is."""
    at = organization.turns_at(store)
    if at is not None and at > utc_text(now):
        return
    from onewindow.desk.caches.turn_of_day import take  # most starts end above

    with contextlib.suppress(StoreProblem):
        take(store, now)


def prepare_new_file(store: Store, me: Staff, zone: str, at: str) -> Staff:
    """Give a file its first colleague, a working week and SLA targets, as far as they are not there."""

    def work(transaction: Transaction) -> Staff:
        known = organization.staff_by_login(store, me.login)
        is_first = known is None and not organization.logins(store)
        stored = known or transaction.insert(me)
        if is_first:
            organization.set_setting(transaction, organization.FIRST_PERSON, str(stored.id))
        if organization.calendars(store):
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


def _named(store: Store, login: str) -> Staff:
    """The colleague whom `--as`, the environment or the settings name, if one may work under that name."""
    named = _known(store, login)
    if named.archived_at is not None:
        raise StoreProblem(f"{named.name} works here no more; an admin may restore {named.login}.")
    own = organization.staff_by_login(store, system_login(store.path))
    is_known = own is not None and own.archived_at is None
    if own is not None and (own.id == named.id or (is_known and organization.is_admin(store, own.id))):
        return named
    if organization.setting(store, DEMO_LOGIN) is not None or (own is None and _owns(store.path)):
        return named
    whose = own.login if own is not None else system_login(store.path)
    raise StoreProblem(f"You are {whose} here, and only an admin works under another's login.")


def _known(store: Store, login: str) -> Staff:
    colleague = organization.staff_by_login(store, login)
    if colleague is not None:
        return colleague
    import difflib  # 5 ms, for a slip only

    logins = [person.login for person in organization.staff(store)]
    if not logins:
        return _enrolled(store, login)
    near = difflib.get_close_matches(as_login(login), logins, 1)
    hint = f"did you mean {near[0]}?" if near else "see `onewindow staff list`."
    raise NotFound(f"Nobody here has the login “{login}”; {hint}")


def _myself(store: Store) -> Staff:
    login = system_login(store.path)
    myself = organization.staff_by_login(store, login)
    greeted = organization.setting(store, DEMO_LOGIN)
    if myself is not None and (myself.archived_at is None or not organization.admins(store)):
        return myself
    guest = organization.staff_by_login(store, greeted) if greeted else None
    if myself is not None and guest is None:
        raise StoreProblem(f"{myself.name} works here no more; an admin may restore {myself.login}.")
    return guest or _enrolled(store, login)


def system_login(path: Path) -> str:
    """The login of whoever runs this process on a file; others than its owner cannot call themselves so.

    An environment names whom it likes; on a shared server the account counts.
    """
    if not _owns(path):
        with contextlib.suppress(ImportError, KeyError):
            import pwd  # not on Windows

            return as_login(pwd.getpwuid(os.getuid()).pw_name)
    import getpass  # not where the login is given

    return as_login(sound(getpass.getuser()))


def _owns(path: Path) -> bool:
    """Whether the file belongs to the account of this process; where there are no accounts, it does."""
    try:
        return path.stat().st_uid == os.getuid()
    except (AttributeError, OSError):
        return True


def _enrolled(store: Store, login: str) -> Staff:
    zone = zone_of(Settings(), {})
    me = Staff(login=as_login(login), name=login.strip().removeprefix("@"))
    return prepare_new_file(store, me, zone, utc_text(system_clock()))
