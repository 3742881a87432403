"""A policy that a file tells otherwise is a version from now on, as an edit makes it."""

from __future__ import annotations

from datetime import date

from onewindow.desk.imports.reporting.changes import different
from onewindow.desk.sla import policy_versions
from onewindow.desk.sla.policy_versions import COUNTED
from onewindow.records.department import SlaPolicy
from onewindow.records.fields import Record, columns
from onewindow.store.changes import Transaction


def is_told_already(transaction: Transaction, before: Record, after: Record, today: date) -> bool:
    """Whether a newer version of a policy says all that a file says, which has come in before."""
    if not isinstance(before, SlaPolicy) or not isinstance(after, SlaPolicy):
        return False
    versions = policy_versions.versions_of(transaction, after, today)
    newest = policy_versions.in_force(versions, today)
    if newest is None or newest.id == before.id or before.valid_from != after.valid_from:
        return False
    names = ("name", *(name for name in COUNTED if name != "valid_from"))
    return all(getattr(newest, name) == getattr(after, name) for name in names)


def stored_instead(transaction: Transaction, before: Record, after: Record, today: date) -> Record | None:
    """Store what a change of a policy means; gives the version asked for, None where it is to be changed.

    Raises FieldProblems where a version that counted would have to be another one.
    """
    if not isinstance(before, SlaPolicy) or not isinstance(after, SlaPolicy):
        return None
    found: list[SlaPolicy] = []
    for known, policy in policy_versions.instead_of(transaction, before, after, today):
        if known is None:
            found.append(transaction.insert(policy))
        else:
            changed = different(known, {name: getattr(policy, name) for name in columns(SlaPolicy)})
            found.append(transaction.update(known, changed) if changed else known)
    return found[0] if found else None
