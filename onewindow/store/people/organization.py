"""The department: staff, calendars, SLA policies, and values that everybody shares."""

from __future__ import annotations

from onewindow.records.absences import absence_on
from onewindow.records.health import HealthWeights
from onewindow.records.organization import SlaPolicy, Staff, WorkingCalendar
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store
from onewindow.store.rows import fetch, find
from onewindow.text.names.logins import as_login

FIRST_PERSON = "first_person"
"""The shared setting with the id of whoever began the file."""
DEMO_LOGIN = "demo_login"
"""The shared setting that names the person whom a demo file greets."""


def staff(store: Store) -> list[Staff]:
    """Everybody, archived ones too, because old records name them; by name."""
    return fetch(store, Staff, "ORDER BY name, id LIMIT 20000")


def away_on(store: Store, day: str) -> list[Staff]:
    """Colleagues who are away on a day (YYYY-MM-DD), the first and the last of an absence too; by name."""
    known = fetch(
        store,
        Staff,
        "WHERE away_from IS NOT NULL AND archived_at IS NULL ORDER BY name, id",
    )
    return [person for person in known if absence_on(person, day) is not None]


def name_of_gone(store: Store, staff_id: int) -> str | None:
    """The name of a colleague who works here no more, None for anybody else."""
    return store.scalar("SELECT name FROM staff WHERE id = :id AND archived_at IS NOT NULL", id=staff_id)


def staff_by_login(store: Store, login: str) -> Staff | None:
    """A colleague by login, archived ones too; capitals make no difference where nobody has them just so."""
    for asked in dict.fromkeys((login.strip().removeprefix("@"), as_login(login))):
        if people := fetch(store, Staff, "WHERE login = :login", login=asked):
            return people[0]
    # A file of an older program may have capitals, which no index of ours and no SQL folds.
    wanted = as_login(login)
    near = next((login for login, _, known in logins(store) if as_login(known) == wanted), None)
    return find(store, Staff, near) if near is not None else None


def logins(store: Store) -> list[tuple[int, str, str]]:
    """Id, name and login of everybody, archived ones too, the eldest first."""
    return [(row[0], row[1], row[2]) for row in store.rows("SELECT id, name, login FROM staff ORDER BY id")]


def admins(store: Store) -> list[Staff]:
    """Who may change staff: the first person of the file, and whom an admin made one; by name.

    In an old file whose first person left, the leads, or else whoever has been here longest.
    """
    first = first_person(store)
    people = fetch(store, Staff, "WHERE role = 'admin' AND archived_at IS NULL ORDER BY name, id")
    if first is not None and first.archived_at is None and first.id not in {person.id for person in people}:
        people = [first, *people]
    if not people:
        people = fetch(store, Staff, "WHERE role = 'lead' AND archived_at IS NULL ORDER BY name, id")
    return people or fetch(store, Staff, "WHERE archived_at IS NULL ORDER BY id LIMIT 1")


def is_admin(store: Store, staff_id: int) -> bool:
    """Whether somebody may change staff."""
    return any(person.id == staff_id for person in admins(store))


def first_person(store: Store) -> Staff | None:
    """Who began the file, whatever the role is now; None in a file without anybody."""
    known = setting(store, FIRST_PERSON)
    if known is not None and known.isdecimal():
        return find(store, Staff, int(known))
    greeted = setting(store, DEMO_LOGIN)
    if greeted is not None:
        return staff_by_login(store, greeted)
    eldest = fetch(store, Staff, "ORDER BY id LIMIT 1")
    return eldest[0] if eldest else None


def calendars(store: Store) -> list[WorkingCalendar]:
    """All working calendars, archived ones too, because old policies name them."""
    return fetch(store, WorkingCalendar, "ORDER BY id LIMIT 1000")


def policies(store: Store) -> list[SlaPolicy]:
    """All policies in force at some time, the newest first."""
    return fetch(store, SlaPolicy, "WHERE archived_at IS NULL ORDER BY valid_from DESC, id DESC LIMIT 1000")


def health_weights(store: Store) -> list[HealthWeights]:
    """The sets of weights of health, archived ones too, by tier and time of life."""
    return fetch(store, HealthWeights, "ORDER BY tier, life, id LIMIT 200")


def segment_names(store: Store) -> dict[int, str]:
    """Name by id of all segments, archived ones too."""
    return {row[0]: row[1] for row in store.rows("SELECT id, name FROM segment")}


def away_some_day(store: Store) -> list[Staff]:
    """Everybody who works here and has an absence on file, a past one too."""
    return fetch(store, Staff, "WHERE away_from IS NOT NULL AND archived_at IS NULL ORDER BY id")


def turns_at(store: Store) -> str | None:
    """When a policy or an absence begins or ends next (UTC text), None in a file that was never asked."""
    return setting(store, _TURNS_AT)


def keep_turn(store: Store, at: str, now: str) -> None:
    """Keep when something begins or ends next; inside a write, in no log, as caches are kept."""
    if turns_at(store) != at:
        store.execute(_KEEP, name=_TURNS_AT, value=at, at=now)


def lateness_known(store: Store) -> int | None:
    """Up to which client it is known from when settled requests were late, None where it is of all."""
    known = setting(store, _LATENESS_KNOWN)
    return None if known is None else int(known)


def keep_lateness_known(store: Store, client_id: int, now: str) -> None:
    """Keep up to which client that is known; inside a write, in no log, as caches are kept."""
    store.execute(_KEEP, name=_LATENESS_KNOWN, value=str(client_id), at=now)


def forget_lateness_known(store: Store) -> None:
    """Keep that it is known of all clients; inside a write."""
    store.execute("DELETE FROM setting WHERE name = :name", name=_LATENESS_KNOWN)


def setting(store: Store, name: str) -> str | None:
    """A value that everybody on this file shares, or None."""
    return store.scalar("SELECT value FROM setting WHERE name = :name", name=name)


def set_setting(transaction: Transaction, name: str, value: str) -> None:
    """Keep a shared value."""
    transaction.store.execute(_KEEP, name=name, value=value, at=transaction.at)


_TURNS_AT = "turns_at"
_LATENESS_KNOWN = "lateness_known_to"
NO_TURN = "~"
"""Stands behind every time: nothing begins or ends any more."""
_KEEP = (
    "INSERT INTO setting (name, value, updated_at) VALUES (:name, :value, :at)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at"
)
