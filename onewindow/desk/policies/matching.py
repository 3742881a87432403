"""SLA policies: their versions, which one counts and why, and where they overlap or leave gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from onewindow.desk.editing import changing
from onewindow.desk.policies.shadows import TIERS, line_text, shadows_of
from onewindow.desk.reference.policy_book import TARGETS, Line, PolicyBook, has_targets, whom
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.metrics.policies.working_time import Calendar
from onewindow.records.organization import SlaPolicy
from onewindow.records.requests import PRIORITIES, RequestKind
from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Value
from onewindow.text.dates import parse_utc, utc_text
from onewindow.text.durations import minutes_text, parse_minutes
from onewindow.text.opening_hours import week_text


def targets_text(policy: SlaPolicy) -> str:
    """The targets of a policy as they are typed: `first 15m, next 1h, solution 8h`; `ended` without any."""
    if not has_targets(policy):
        return "ended"
    words = ("first", "next", "solution")
    return ", ".join(
        f"{word} {minutes_text(getattr(policy, name))}" for word, name in zip(words, TARGETS, strict=True)
    )


def day_minutes(cal: Calendar) -> int:
    """What a day means in a target: the open time of the longest weekday of the calendar, in minutes."""
    week = cal.later[-1][1] if cal.later else cal.weekly
    return max(sum(end - begin for begin, end in spans) for spans in week) // 60


def read_targets(cal: Calendar, typed: Mapping[str, str]) -> dict[str, Value]:
    """Typed targets in minutes; raises FieldProblems with one sentence for each that cannot be read."""
    errors: dict[str, str] = {}
    targets: dict[str, Value] = {}
    for name, text in typed.items():
        try:
            targets[name] = parse_minutes(text, day_minutes(cal) or None)
        except ValueError as error:
            errors[name] = str(error)
    if errors:
        raise FieldProblems(errors)
    return targets


def versions(book: PolicyBook, line: Line) -> list[SlaPolicy]:
    """All versions of the policy for a line, the newest first."""
    of_line = [policy for policy in book.policies if whom(policy) == line]
    return sorted(of_line, key=lambda policy: (policy.valid_from, policy.id), reverse=True)


def current(book: PolicyBook, on: date) -> list[SlaPolicy]:
    """The version of each policy that is in force on a date, by segment, tier, priority and kind."""
    day = on.isoformat()
    newest: dict[Line, SlaPolicy] = {}
    for policy in sorted(book.policies, key=lambda version: (version.valid_from, version.id)):
        if policy.valid_from <= day:
            newest[whom(policy)] = policy
    order = ("", *PRIORITIES)
    return sorted(
        newest.values(),
        key=lambda p: (p.segment_id or 0, p.tier or "~", order.index(p.priority) or 9, p.request_kind),
    )


def add_version(session: Session, policy: SlaPolicy, values: Mapping[str, Value], since: date) -> SlaPolicy:
    """Let other targets or another calendar count from a date on; the past keeps what it was counted by.

    A version that begins on that very date is changed instead. Raises FieldProblems.
    """
    day = since.isoformat()
    same = [
        version for version in versions(session.directory.policies, whom(policy)) if version.valid_from == day
    ]
    if same:
        return changing.change(session, same[0], dict(values))
    fresh = SlaPolicy(
        name=policy.name,
        calendar_id=policy.calendar_id,
        tier=policy.tier,
        priority=policy.priority,
        request_kind=policy.request_kind,
        segment_id=policy.segment_id,
        first_response_min=policy.first_response_min,
        next_response_min=policy.next_response_min,
        resolution_min=policy.resolution_min,
        valid_from=day,
    )
    return changing.insert(session, fresh.with_changes(values))


def start_of(day: date, zone: str) -> str:
    """The first second of a date in a zone, as stored."""
    return utc_text(datetime.combine(day, time(), ZoneInfo(zone)))


def why_this(
    book: PolicyBook,
    asked: tuple[str, str, str],
    day: date,
    zone: str,
    segments: frozenset[int] = frozenset(),
) -> list[str]:
    """Which policy counts for a request of a tier, priority and kind at the end of a date, and why.

    The day is that of the calendars of these policies; where they are of several zones, that of `zone`, the
    reader's. `segments` are those of the client that choose policies.
    """
    tier, priority, kind = asked
    matching = book.matching(tier, priority, kind, segments)
    zones = {book.calendars[policy.calendar_id].zone for _, _, policy in matching}
    tomorrow = start_of(day + timedelta(days=1), next(iter(zones)) if len(zones) == 1 else zone)
    at = utc_text(parse_utc(tomorrow) - timedelta(seconds=1))
    counting = book.record_for(tier, priority, kind, at, segments)
    lines = [f"A request of {line_text(book, (*asked, None))} on {day.isoformat()}:"]
    if segments:
        names = sorted(book.segments.get(segment, "?") for segment in segments)
        lines[0] = lines[0].replace(
            " on ", f", of a client in {', '.join(f'“{name}”' for name in names)}, on "
        )
    seen: dict[Line, list[SlaPolicy]] = {}
    for since, _, policy in matching:
        mine = whom(policy)
        is_later = since > at
        verdict = _verdict(policy, counting, seen.get(mine, ()), is_later=is_later)
        if not is_later:
            seen.setdefault(mine, []).append(policy)
        name = f"“{policy.name}” ({line_text(book, mine)}; from {policy.valid_from})"
        remark = f"{targets_text(policy)}. {verdict}" if has_targets(policy) else verdict
        lines.append(f"  {name}: {remark}")
    if counting is None:
        return [*lines, "No policy counts: such a request has no clock."]
    cal = book.calendars[counting.calendar_id]
    return [
        *lines,
        f"“{counting.name}” counts by {cal.zone}, {week_text(dict(enumerate(cal.week(day.isoformat()))))};"
        f" a day is {minutes_text(day_minutes(cal))} of open time.",
    ]


def _verdict(
    policy: SlaPolicy, counting: SlaPolicy | None, newer: Sequence[SlaPolicy], *, is_later: bool
) -> str:
    """Why a policy counts or not; `newer` are those for the same requests that stand before it."""
    if is_later:
        return f"begins later, on {policy.valid_from}"
    if newer:
        is_version = any(version.name == policy.name for version in newer)
        return "an older version" if is_version else "replaced by a later policy for the same requests"
    if not has_targets(policy):
        return f"ended on {policy.valid_from}"
    if counting is not None and policy.id == counting.id:
        return "counts: it is the most particular one in force"
    return "more general"


@frozen_struct
class PolicyProblem:
    """Something odd about the policies: what kind, and one sentence."""

    kind: str
    text: str


def problems(book: PolicyBook, today: date, zone: str) -> list[PolicyProblem]:
    """Policies that never count, two versions of one day, requests without a clock, holidays that run out."""
    end_of_day = start_of(today + timedelta(days=1), zone)
    shadows = [PolicyProblem("shadow", text) for text in shadows_of(book, end_of_day)]
    return [*_overlaps(book), *shadows, *_gaps(book, today, zone), *_short_holidays(book, today)]


def _overlaps(book: PolicyBook) -> Iterator[PolicyProblem]:
    groups: dict[tuple[Line, str], list[SlaPolicy]] = {}
    for policy in book.policies:
        groups.setdefault((whom(policy), policy.valid_from), []).append(policy)
    for (line, since), policies in groups.items():
        if len(policies) > 1:
            names = ", ".join(f"“{policy.name}”" for policy in policies)
            yield PolicyProblem(
                "overlap",
                f"{names} are all for {line_text(book, line)} from {since}; only the last one made counts.",
            )


def _gaps(book: PolicyBook, today: date, zone: str) -> Iterator[PolicyProblem]:
    at = start_of(today + timedelta(days=1), zone)
    for tier in TIERS:
        for priority in PRIORITIES:
            bare = [
                kind for kind in get_args(RequestKind) if book.record_for(tier, priority, kind, at) is None
            ]
            if bare:
                kinds = "any kind" if len(bare) == len(get_args(RequestKind)) else ", ".join(bare)
                yield PolicyProblem(
                    "gap", f"Requests of tier {tier}, {priority}, {kinds} have no policy and no clock."
                )


def _short_holidays(book: PolicyBook, today: date) -> Iterator[PolicyProblem]:
    used = {policy.calendar_id for policy in book.policies}
    for number, cal in book.calendars.items():
        if number in used and cal.holidays is not None and cal.holidays.last_year <= today.year:
            last = cal.holidays.last_year
            yield PolicyProblem(
                "holidays",
                f"Holidays of {cal.holidays.country} are known until {last}; `calendar refresh` renews them.",
            )
