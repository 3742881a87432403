"""Which policy is shadowed by which: one that names less than another never counts where that one does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import get_args

from onewindow.desk.reference.policy_book import Line, PolicyBook, has_targets, whom
from onewindow.records.organization import SlaPolicy
from onewindow.records.requests import PRIORITIES, RequestKind

TIERS = ("A", "B", "C", "D")
_VALUES = (TIERS, PRIORITIES, get_args(RequestKind))
_NAMED = ("tier", "priority", "kind of request")
_NAMED_AT_MOST = 4


def line_text(book: PolicyBook, line: Line) -> str:
    """Whom a policy is for, in words: `segment “Посредники”, tier A, high, any kind`."""
    tier, priority, kind, segment = line
    of_segment = "" if segment is None else f"segment “{book.segments.get(segment, '?')}”, "
    return (
        f"{of_segment}{f'tier {tier}' if tier else 'any tier'}, {priority or 'any priority'},"
        f" {kind or 'any kind'}"
    )


def shadows_of(book: PolicyBook, at: str) -> Iterator[str]:
    """A sentence for each policy in force at an instant (UTC text) or later that others hide."""
    newest: dict[Line, SlaPolicy] = {}
    for policy in sorted(book.policies, key=lambda version: (version.valid_from, version.id)):
        newest[whom(policy)] = policy
    for policy in newest.values():
        if sentence := shadow_of(book, policy, at):
            yield sentence


def shadow_of(book: PolicyBook, policy: SlaPolicy, at: str) -> str:
    """What keeps a policy from counting at an instant (UTC text), or when it begins; '' if nothing does."""
    if not has_targets(policy):
        return ""
    at = max(at, book.begins(policy))
    line = whom(policy)
    segments = frozenset(() if policy.segment_id is None else (policy.segment_id,))
    choices = [(named,) if named else values for named, values in zip(line[:3], _VALUES, strict=True)]
    lost: dict[Line, SlaPolicy] = {}
    counts = False
    # Every request that it is for is asked about: some hundred at most, and right whatever the ranks are.
    for tier, priority, kind in product(*choices):
        counting = book.record_for(tier, priority, kind, at, segments)
        if counting is None or whom(counting) == line:
            counts = counts or counting is not None
        else:
            lost[whom(counting)] = counting
    others = [other for other in lost.values() if not counts or not _is_part(whom(other), line)]
    if not others:
        return ""
    names = ", ".join(f"“{other.name}”" for other in others[:_NAMED_AT_MOST])
    more = f" and {len(others) - _NAMED_AT_MOST} more" if len(others) > _NAMED_AT_MOST else ""
    comes = "come" if len(others) > 1 else "comes"
    what = "counts only in part" if counts else "never counts"
    named = f"“{policy.name}” ({line_text(book, line)})"
    return f"{named} {what}: {names}{more} {comes} first{_because(others, line)}."


def _because(others: list[SlaPolicy], line: Line) -> str:
    """Why others come first, and what to do about it."""
    for place in (1, 2, 0):  # the priority weighs most, then the kind of request
        if not line[place] and all(whom(other)[place] for other in others):
            name = _NAMED[place]
            return f" by naming the {name}; name the {name} too, one policy each, or end those"
    return " by being more particular; name more, or end those"


def _is_part(line: Line, whole: Line) -> bool:
    """Whether a policy is an exception from another one: for some of those for whom that one is."""
    return all(named in ("", None, given) for named, given in zip(whole, line, strict=True))
