"""The department: staff, calendars, SLA policies, and values that everybody shares."""

from __future__ import annotations

from onewindow.records.department import SlaPolicy, Staff, WorkingCalendar
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store
from onewindow.store.rows import fetch


def staff(store: Store) -> list[Staff]:
    """Everybody, archived ones too, because old records name them; by name."""
    return fetch(store, Staff, "ORDER BY name, id LIMIT 20000")


def away_on(store: Store, day: str) -> list[Staff]:
    """Colleagues who are away on a day (YYYY-MM-DD), the first and the last of an absence too; by name."""
    return fetch(
        store,
        Staff,
        "WHERE away_from <= :day AND (away_till IS NULL OR away_till >= :day) AND archived_at IS NULL"
        " ORDER BY name, id",
        day=day,
    )


def staff_by_login(store: Store, login: str) -> Staff | None:
    """A colleague by login, archived ones too."""
    found = fetch(store, Staff, "WHERE login = :login", login=login)
    return found[0] if found else None


def staff_names(store: Store) -> dict[int, str]:
    """Name by id, of everybody."""
    return {row[0]: row[1] for row in store.rows("SELECT id, name FROM staff")}


def calendars(store: Store) -> list[WorkingCalendar]:
    """All working calendars, archived ones too, because old policies name them."""
    return fetch(store, WorkingCalendar, "ORDER BY id LIMIT 1000")


def policies(store: Store) -> list[SlaPolicy]:
    """All policies in force at some time, the newest first."""
    return fetch(store, SlaPolicy, "WHERE archived_at IS NULL ORDER BY valid_from DESC, id DESC LIMIT 1000")


def segment_names(store: Store) -> dict[int, str]:
    """Name by id of all segments, archived ones too."""
    return {row[0]: row[1] for row in store.rows("SELECT id, name FROM segment")}


def setting(store: Store, name: str) -> str | None:
    """A value that everybody on this file shares, or None."""
    return store.scalar("SELECT value FROM setting WHERE name = :name", name=name)


def set_setting(transaction: Transaction, name: str, value: str) -> None:
    """Keep a shared value."""
    transaction.store.execute(
        "INSERT INTO setting (name, value, updated_at) VALUES (:name, :value, :at)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
        name=name,
        value=value,
        at=transaction.at,
    )
