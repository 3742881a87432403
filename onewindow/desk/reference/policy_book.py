"""Which SLA policy counts: now, and for a request on file all along, through every change of the rules.

A change of a policy or a calendar reaches what is open from the moment at which it came on file, or from the
day that it names; what was late before stays late. So a book knows the rules as they stood at any time, and
gives for a request the turns at which other targets or other hours began to count.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from zoneinfo import ZoneInfo

from onewindow.metrics.policies.calendar_json import calendar_from_dict
from onewindow.metrics.policies.working_time import Calendar
from onewindow.metrics.sla.clocks import Policy
from onewindow.records.named_tuples import NamedTuple
from onewindow.records.organization import SlaPolicy
from onewindow.store.engine import Store
from onewindow.store.people import organization
from onewindow.store.people.policy_log import Moment, RulesOnFile, states
from onewindow.store.rule_cache import kept
from onewindow.text.dates import utc_text

Asked = tuple[str, str, str, frozenset[int]]
"""Tier, priority, kind of request and the client's segments: by these a policy is found."""
Line = tuple[str, str, str, int | None]
"""Tier, priority, kind of request and segment that a policy is for; empty is any."""
TARGETS = ("first_response_min", "next_response_min", "resolution_min")
NO_SEGMENTS: frozenset[int] = frozenset()
_NO_NAMES: Mapping[int, str] = {}
_EPOCH_DAY = date(1970, 1, 1).toordinal()


class Turn(NamedTuple):
    """An instant at which other rules begin to count: UTC text, and seconds since 1970."""

    at: str
    second: int
    policy: Policy | None
    """What counts from then on; None: no policy at all."""
    recount: Callable[[Calendar], Calendar] | None = None
    """The calendar by which what ran so far is counted again: a date was closed or opened afterwards."""


class PolicyBook:
    """All policies of a file with their calendars; read once, asked often. It remembers its answers."""

    def __init__(
        self,
        policies: tuple[SlaPolicy, ...],
        calendars: Mapping[int, Calendar],
        segments: Mapping[int, str] = _NO_NAMES,
        rules: Sequence[_Rules] = (),
    ) -> None:
        """Take the policies, and the calendars and names of segments by the ids that the policies name.

        `rules` are all states of the rules, the one of now last, for a book that knows the past.
        """
        self.policies = policies
        self.calendars = calendars
        self.segments = segments
        self.rules: Sequence[_Rules] = rules or (_Rules(("", 0), policies, calendars),)
        self._since = [state.since for state in self.rules]
        self._turns: dict[tuple[int, Asked], list[Turn]] = {}
        self._targets: dict[tuple[int, SlaPolicy, Asked], Policy] = {}
        self._families = {id(cal): number for state in self.rules for number, cal in state.calendars.items()}
        """Which calendar an object is a state of, by its identity; the book keeps them alive."""
        self._recounted: dict[tuple[int, int, int], Calendar] = {}

    @property
    def knows_any(self) -> bool:
        """Whether the file has or ever had a policy."""
        return any(state.policies for state in self.rules)

    def record_for(
        self, tier: str, priority: str, request_kind: str, at: str, segments: frozenset[int] = NO_SEGMENTS
    ) -> SlaPolicy | None:
        """The policy in force at an instant (UTC text), or None if nothing was agreed.

        A policy for one of the client's `segments` beats one that names the priority, that beats one that
        names the kind of request, and that beats the tier. Of the versions of one policy the last one counts
        whose day has begun in the zone of its calendar; if that one has no target, the policy has ended, and
        a more general one counts.
        """
        return self.rules[-1].record_for((tier, priority, request_kind, segments), at)

    def policy_for(
        self, tier: str, priority: str, request_kind: str, at: str, segments: frozenset[int] = NO_SEGMENTS
    ) -> Policy | None:
        """The targets and the calendar in force at an instant (UTC text), or None if nothing was agreed."""
        asked = (tier, priority, request_kind, segments)
        return self._policy(len(self.rules) - 1, asked, at)

    def matching(
        self, tier: str, priority: str, request_kind: str, segments: frozenset[int] = NO_SEGMENTS
    ) -> list[tuple[str, int, SlaPolicy]]:
        """Every policy that may count for a request: when it begins (UTC), its rank, itself; best first."""
        return self.rules[-1].matching((tier, priority, request_kind, segments))

    def begins(self, policy: SlaPolicy) -> str:
        """The instant (UTC text) at which the first day of a policy begins where its calendar lies."""
        return _begins(policy, self.calendars)

    def counted(self, policy: SlaPolicy, calendar: Calendar, asked: Asked) -> Policy:  # noqa: ARG002
        """The targets of a policy in seconds, with a state of its calendar."""
        return Policy(
            calendar=calendar,
            first_response_s=_seconds(policy.first_response_min),
            next_response_s=_seconds(policy.next_response_min),
            resolution_s=_seconds(policy.resolution_min),
        )

    def place_of(self, created_at: str, record_id: int) -> int:
        """Which state of the rules a record found that came on file at a time (UTC text; '': just now)."""
        if len(self.rules) == 1 or not created_at:
            return len(self.rules) - 1
        # Of two in one second the id tells the order: ids grow with time, of rules and of records.
        return max(0, bisect_right(self._since, (created_at, record_id)) - 1)

    def opening(self, place: int, asked: Asked, at: str) -> tuple[int, Policy | None]:
        """What counted at an instant for a record that found a state of the rules, and by which state.

        Where nothing was agreed on file then, the first state counts that knows of something agreed for that
        time: a request may come on file before the policies that it was opened under.
        """
        for known in range(place, len(self.rules)):
            policy = self._policy(known, asked, at)
            if policy is not None:
                return known, policy
        return place, None

    def turns(self, place: int, asked: Asked) -> list[Turn]:
        """What counts one after the other for a record that found a state of the rules."""
        turns = self._turns.get((place, asked))
        if turns is None:
            turns = self._turns[place, asked] = self._find_turns(place, asked)
        return turns

    def next_beginning(self, after: str) -> str:
        """The first instant (UTC text) after another at which a version begins, '' for none."""
        return min((begin for policy in self.policies if (begin := self.begins(policy)) > after), default="")

    def _find_turns(self, place: int, asked: Asked) -> list[Turn]:
        turns: list[Turn] = [Turn("", -1, self._policy(place, asked, ""))]
        last = place
        for known in range(place, len(self.rules)):
            since = "" if known == place else self.rules[known].since[0]
            # “~” stands behind every date.
            till = self.rules[known + 1].since[0] if known + 1 < len(self.rules) else "~"
            begun = {since, *(line[0] for line in self.rules[known].matching(asked))}
            for at in sorted(begin for begin in begun if begin and since <= begin < till):
                policy = self._policy(known, asked, at)
                # Calendars differ between states of the rules only, not between versions within one.
                recount = self._recount(last, known, at) if last != known else None
                if recount is not None or policy != turns[-1].policy:
                    turns.append(Turn(at, second_of(at), policy, recount))
                last = known
        return turns

    def _policy(self, known: int, asked: Asked, at: str) -> Policy | None:
        rules = self.rules[known]
        record = rules.record_for(asked, at)
        if record is None:
            return None
        key = (known, record, asked)
        if key not in self._targets:
            self._targets[key] = self.counted(record, rules.calendars[record.calendar_id], asked)
        return self._targets[key]

    def _recount(self, last: int, known: int, at: str) -> Callable[[Calendar], Calendar] | None:
        """How the time before a change of calendars is counted again: hours of then, dates of now.

        Other hours hold from then on; that a day of the past was closed is true of that day.
        """
        before, after = self.rules[last].calendars, self.rules[known].calendars
        moved = {
            number: after[number]
            for number, cal in before.items()
            if number in after
            and after[number] is not cal
            and _first_difference(cal, after[number]) <= _day_after(at)
        }
        return partial(self._recount_by, known, moved) if moved else None

    def _recount_by(self, known: int, moved: Mapping[int, Calendar], calendar: Calendar) -> Calendar:
        number = self._families.get(id(calendar), 0)
        fresh = moved.get(number)
        if fresh is None:
            return calendar
        key = (known, number, id(calendar))
        if key not in self._recounted:
            made = calendar.with_dates(fresh.exceptions, fresh.reasons)
            self._families[id(made)] = number
            self._recounted[key] = made
        return self._recounted[key]


class _Rules:
    """The live policies and the calendars as they stood on file from a moment on."""

    def __init__(
        self, since: Moment, policies: tuple[SlaPolicy, ...], calendars: Mapping[int, Calendar]
    ) -> None:
        self.since = since
        self.policies = policies
        self.calendars = calendars
        self._lines: dict[Asked, list[tuple[str, int, SlaPolicy]]] = {}

    def record_for(self, asked: Asked, at: str) -> SlaPolicy | None:
        """The policy in force at an instant."""
        ended: set[tuple[str, str, str, int | None]] = set()
        for since, _, policy in self.matching(asked):
            # A version without targets hides the older ones of its line, and no line that is more general.
            if since > at or (ended and whom(policy) in ended):
                continue
            if has_targets(policy):
                return policy
            ended.add(whom(policy))
        return None

    def matching(self, asked: Asked) -> list[tuple[str, int, SlaPolicy]]:
        """Every policy that may count, best first."""
        lines = self._lines.get(asked)
        if lines is None:
            tier, priority, request_kind, segments = asked
            lines = self._lines[asked] = [
                (_begins(policy, self.calendars), rank_of(policy), policy)
                for policy in self.policies
                if policy.tier in ("", tier)
                and policy.priority in ("", priority)
                and policy.request_kind in ("", request_kind)
                and (policy.segment_id is None or policy.segment_id in segments)
            ]
            # Best first: the more particular, then what began later, then what was made later.
            lines.sort(key=lambda line: (line[1], line[0], line[2].id), reverse=True)
        return lines


def read_policies(store: Store) -> PolicyBook:
    """The policies and calendars of a file, as they are and as they ever were."""
    return kept(store, "policies", lambda: _policies_of(store))


def _policies_of(store: Store) -> PolicyBook:
    rules = [_read(state) for state in states(store)]
    now = rules[-1]
    of_segments = any(policy.segment_id is not None for policy in now.policies)
    names = organization.segment_names(store) if of_segments else _NO_NAMES
    return PolicyBook(now.policies, now.calendars, names, rules)


def whom(policy: SlaPolicy) -> Line:
    """Whom a policy is for, by tier, priority, kind of request and segment; its versions share that."""
    return policy.tier, policy.priority, policy.request_kind, policy.segment_id


def rank_of(policy: SlaPolicy) -> int:
    """How particular a policy is: its segment weighs 8, its priority 4, its kind of request 2, its tier 1."""
    named = 4 * bool(policy.priority) + 2 * bool(policy.request_kind) + bool(policy.tier)
    return named + 8 * (policy.segment_id is not None)


def has_targets(policy: SlaPolicy) -> bool:
    """Whether a policy promises anything; a version without targets ends it."""
    return any(getattr(policy, name) is not None for name in TARGETS)


def second_of(at: str) -> int:
    """The second since 1970 of a stored time."""
    return _midnight(at[:10]) + int(at[11:13]) * 3600 + int(at[14:16]) * 60 + int(at[17:19])


def _read(state: RulesOnFile) -> _Rules:
    calendars = {record.id: _calendar(record.id, record.hours) for record in state.calendars}
    policies = tuple(policy for policy in state.policies if policy.calendar_id in calendars)
    return _Rules(state.since, policies, calendars)


@lru_cache(maxsize=256)
def _calendar(_: int, hours: str) -> Calendar:
    """A calendar, which remembers the open time that it worked out; each record has objects of its own."""
    return calendar_from_dict(json.loads(hours))


def _begins(policy: SlaPolicy, calendars: Mapping[int, Calendar]) -> str:
    return _start_of_day(policy.valid_from, calendars[policy.calendar_id].zone)


@lru_cache(maxsize=1024)
def _start_of_day(day: str, zone: str) -> str:
    return utc_text(datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)))


@lru_cache(maxsize=4096)
def _midnight(day: str) -> int:
    return (date.fromisoformat(day).toordinal() - _EPOCH_DAY) * 86_400


def _day_after(at: str) -> str:
    """The last date that may have begun anywhere at an instant."""
    return (date.fromisoformat(at[:10]) + timedelta(days=1)).isoformat()


def _first_difference(before: Calendar, after: Calendar) -> str:
    """The earliest date that two states of a calendar tell otherwise, '~' if there is none."""
    one, two = before.exceptions, after.exceptions
    if one == two:
        return "~"
    return min(day for day in one.keys() | two.keys() if one.get(day) != two.get(day))


def _seconds(minutes: int | None) -> int | None:
    return None if minutes is None else minutes * 60
