"""What a change of a policy is: a version from now on, or from a named day; the past keeps its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from onewindow.desk.reference.policy_book import TARGETS, has_targets, whom
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.organization import SlaPolicy
from onewindow.store.changes import Transaction
from onewindow.store.people import organization

_LINE = ("tier", "priority", "request_kind", "segment_id")
COUNTED = ("calendar_id", *_LINE, *TARGETS, "valid_from")
"""The fields by which clocks are counted."""


def in_force(versions: Iterable[SlaPolicy], today: date) -> SlaPolicy | None:
    """Of the versions of one policy the one that counts on a date, else the one that begins next."""
    day = today.isoformat()
    # Two of one day: the one that was made last counts.
    by_age = sorted(versions, key=lambda version: (version.valid_from, version.id))
    begun = [version for version in by_age if version.valid_from <= day]
    return begun[-1] if begun else next(iter(by_age), None)


def instead_of(
    transaction: Transaction, before: SlaPolicy, after: SlaPolicy, today: date
) -> list[tuple[SlaPolicy | None, SlaPolicy]]:
    """What is to be stored instead of changing a policy by which requests were counted; mostly nothing.

    Pairs of the record on file, None for a new one, and what it is to be; the version that was asked for
    comes first. If it is for others than before, the old policy ends. Raises FieldProblems.
    """
    day = today.isoformat()
    changed = [name for name in COUNTED if getattr(before, name) != getattr(after, name)]
    if not changed or before.archived_at or before.valid_from > day:
        return []
    _validate_future(transaction, before, after, day)
    since = max(after.valid_from, day)
    ended = before.with_changes(dict.fromkeys(TARGETS))
    if since == before.valid_from:
        older = [version for version in _versions(transaction, before) if version.valid_from < since]
        # Its own log tells when it changed; but an older version must not take its place.
        is_moved = bool(older) and whom(before) != whom(after)
        return [(before, after), (None, _new(ended, since))] if is_moved else []
    pairs = [_from(transaction, after, since)]
    if whom(before) != whom(after):
        pairs.append(_from(transaction, ended, since))
    return pairs


def versions_of(transaction: Transaction, policy: SlaPolicy, today: date) -> list[SlaPolicy]:
    """Every version of a policy that counts already, so that no older one takes its place when it goes."""
    if policy.valid_from > today.isoformat():
        return [policy]
    return _versions(transaction, policy)


def _versions(transaction: Transaction, policy: SlaPolicy) -> list[SlaPolicy]:
    return [version for version in organization.policies(transaction.store) if whom(version) == whom(policy)]


def _from(transaction: Transaction, policy: SlaPolicy, since: str) -> tuple[SlaPolicy | None, SlaPolicy]:
    """A policy as a version from a date on; the version of that very date is changed."""
    for version in _versions(transaction, policy):
        if version.valid_from == since:
            same = {name: getattr(policy, name) for name in ("name", *COUNTED)}
            return version, version.with_changes({**same, "valid_from": since})
    return None, _new(policy, since)


def _new(policy: SlaPolicy, since: str) -> SlaPolicy:
    fresh = {"id": 0, "version": 1, "created_at": "", "updated_at": "", "external_id": None}
    return policy.with_changes({**fresh, "valid_from": since})


def _validate_future(transaction: Transaction, before: SlaPolicy, after: SlaPolicy, day: str) -> None:
    moved = after.valid_from != before.valid_from
    same = all(getattr(before, name) == getattr(after, name) for name in COUNTED if name != "valid_from")
    if moved and (same or after.valid_from < day):
        raise FieldProblems(
            {
                "valid_from": f"it counts since {before.valid_from}, and what was counted stays; change a"
                " target, which holds from now on, or name a date that lies ahead."
            }
        )
    newer = in_force(_versions(transaction, before), date.fromisoformat(day))
    if newer is not None and newer.id != before.id and newer.valid_from >= before.valid_from:
        state = "has other targets" if has_targets(newer) else "ended"
        raise FieldProblems(
            {"valid_from": f"this version is over: “{newer.name}” {state} since {newer.valid_from}."}
        )
