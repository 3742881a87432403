"""History under another calendar or other targets: which requests would have been late, and which not.

Nothing is changed. Both counts are of the same requests, so that the interval of the difference is that of
paired shares: adjusted Wald over the requests that changed (Agresti and Min 2005).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import get_args

from onewindow.desk.policies.matching import TIERS
from onewindow.desk.reference.policy_book import Asked, PolicyBook
from onewindow.desk.sla.clocks import history_of
from onewindow.metrics.intervals import Estimate, adjusted_wald
from onewindow.metrics.policies.working_time import Calendar, epoch_second
from onewindow.metrics.sla.clocks import Policy
from onewindow.records.named_tuples import NamedTuple
from onewindow.records.organization import SlaPolicy
from onewindow.records.requests import PRIORITIES, RequestKind
from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Store
from onewindow.store.requests import reports as request_reports
from onewindow.store.requests.reports import ReportedRequest
from onewindow.text.dates import utc_text
from onewindow.text.durations import parse_minutes
from onewindow.text.plural import counted

CLOCKS = ("first_response", "next_response", "resolution")
_CLOCK_WORDS = {"first": "first_response", "next": "next_response", "solution": "resolution"}
MONTH_DAYS = 30.4375
_NAMED_AT_MOST = 10_000


@frozen_struct
class Rule:
    """Other targets for requests of a tier, a priority and a kind; empty is any. Seconds by clock."""

    tier: str
    priority: str
    request_kind: str
    targets: tuple[tuple[str, int | None], ...]

    def covers(self, tier: str, priority: str, request_kind: str) -> bool:
        """Whether it holds for such a request."""
        asked = ((self.tier, tier), (self.priority, priority), (self.request_kind, request_kind))
        return all(wanted in ("", given) for wanted, given in asked)


class ReplayBook(PolicyBook):
    """The policies of a file as they would be with another calendar and other targets."""

    def __init__(self, book: PolicyBook, calendar: Calendar | None, rules: Sequence[Rule]) -> None:
        """Take the book to begin with, a calendar that counts for all, and rules, the last one strongest."""
        super().__init__(book.policies, book.calendars, book.segments, book.rules)
        self._calendar, self._changes = calendar, rules

    def counted(self, policy: SlaPolicy, calendar: Calendar, asked: Asked) -> Policy:
        """The targets and the calendar that would be in force."""
        counted = super().counted(policy, calendar, asked)
        targets: dict[str, int | None] = {
            "first_response": counted.first_response_s,
            "next_response": counted.next_response_s,
            "resolution": counted.resolution_s,
        }
        for rule in self._changes:
            if rule.covers(*asked[:3]):
                targets |= dict(rule.targets)
        return Policy(
            self._calendar or calendar,
            first_response_s=targets["first_response"],
            next_response_s=targets["next_response"],
            resolution_s=targets["resolution"],
        )


class Moved(NamedTuple):
    """A request that would be late and was not, or the other way round."""

    number: int
    title: str
    tier: str
    priority: str
    clock: str
    was_late: bool


class Compared(NamedTuple):
    """One group of requests: how many had the clock, and how many were late, before and after."""

    clock: str
    group: str
    n: int
    before: int
    after: int
    more: int
    fewer: int

    @property
    def difference(self) -> Estimate:
        """After less before in points of 100, with its 95 % interval."""
        return adjusted_wald(self.more, self.fewer, self.n)

    @property
    def verdict(self) -> str:
        """Whether there is evidence of a change."""
        difference = self.difference
        if difference.low > 0:
            return "more breaches"
        return "fewer breaches" if difference.high < 0 else "no evidence of change"


@frozen_struct
class Replay:
    """What a replay found."""

    requests: int
    without_policy: int
    groups: tuple[Compared, ...]
    moved: tuple[Moved, ...]
    moved_count: int
    is_complete: bool


class _Tally:
    """Counts by clock and group."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str], list[int]] = {}
        self.moved: list[Moved] = []
        self.moved_count = self.requests = self.without_policy = 0

    def take(self, reported: ReportedRequest, book: PolicyBook, other: PolicyBook, second: int) -> None:
        """Count one request twice."""
        request, tier, events = reported.request, reported.tier, reported.events
        self.requests += 1
        before = history_of(book, request, tier, events, second)
        after = history_of(other, request, tier, events, second)
        if before is None or after is None:
            self.without_policy += 1
            return
        was, would = before.read(second), after.read(second)
        groups = ("all", f"tier {tier or '-'}", request.priority)
        for clock in CLOCKS:
            one, two = getattr(was, clock), getattr(would, clock)
            if one.state == two.state == "none":
                continue
            self._add(clock, groups, one.breached, two.breached)
            if one.breached != two.breached:
                self.moved_count += 1
                if len(self.moved) < _NAMED_AT_MOST:
                    self.moved.append(
                        Moved(request.number, request.title, tier, request.priority, clock, one.breached)
                    )

    def result(self, *, is_complete: bool) -> Replay:
        """What is counted so far."""
        # Pages on the way only show progress, and copying thousands for each would cost more than counting.
        moved = tuple(self.moved) if is_complete else ()
        groups = tuple(self.groups()) if is_complete else ()
        return Replay(self.requests, self.without_policy, groups, moved, self.moved_count, is_complete)

    def _add(self, clock: str, groups: Sequence[str], was: bool, would: bool) -> None:
        for group in groups:
            counts = self.counts.setdefault((clock, group), [0, 0, 0, 0, 0])
            counts[0] += 1
            counts[1] += was
            counts[2] += would
            counts[3] += would and not was
            counts[4] += was and not would

    def groups(self) -> Iterator[Compared]:
        for clock in CLOCKS:
            for (name, group), counts in sorted(self.counts.items()):
                if name == clock:
                    yield Compared(clock, group, *counts)


def replay(store: Store, book: PolicyBook, other: PolicyBook, now: datetime, months: int) -> Iterator[Replay]:
    """Count the breaches of the requests opened in the last months, as they were and under other policies.

    Gives what is counted so far page by page, and all of it, marked as complete, at the end.
    """
    since = utc_text(now - timedelta(days=round(months * MONTH_DAYS)))
    second, tally = epoch_second(now), _Tally()
    for page in request_reports.opened_between(store, since, utc_text(now + timedelta(seconds=1))):
        for reported in page:
            tally.take(reported, book, other, second)
        yield tally.result(is_complete=False)
    yield tally.result(is_complete=True)


def parse_rule(text: str, day_minutes: int) -> Rule:
    """Read `A high first 15m`: whom it is for, then clocks with their targets; raises ValueError."""
    whom = {"tier": "", "priority": "", "request_kind": ""}
    targets: dict[str, int | None] = {}
    words = text.split()
    while words:
        word = words.pop(0)
        if word in _CLOCK_WORDS and words:
            minutes = parse_minutes(words.pop(0), day_minutes)
            targets[_CLOCK_WORDS[word]] = None if minutes is None else minutes * 60
        elif word.upper() in TIERS:
            whom["tier"] = word.upper()
        elif word in PRIORITIES:
            whom["priority"] = word
        elif word in get_args(RequestKind):
            whom["request_kind"] = word
        else:
            raise ValueError(f"“{word}” is no tier, priority, kind or clock; write A high first 15m.")
    if not targets:
        raise ValueError(f"“{text}” names no target; write A high first 15m.")
    return Rule(whom["tier"], whom["priority"], whom["request_kind"], tuple(targets.items()))


def report_lines(replayed: Replay, named: int = 20) -> list[str]:
    """The report of a replay in plain lines, the requests that would change last."""
    lines = [f"{counted(replayed.requests, 'request')} replayed; nothing is changed by this."]
    if replayed.without_policy:
        lines.append(f"{replayed.without_policy} of them have no policy and no clock.")
    for clock in CLOCKS:
        mine = [group for group in replayed.groups if group.clock == clock]
        lines += ["", f"{clock.replace('_', ' ')}, late"] if mine else []
        for group in sorted(mine, key=lambda group: (group.group != "all", group.group)):
            difference = group.difference
            shares = f"{100 * group.before / group.n:5.1f} % → {100 * group.after / group.n:5.1f} %"
            interval = f"{difference.value:+.1f} points ({difference.low:+.1f} to {difference.high:+.1f})"
            counts = f"{group.before:>6} → {group.after:<6} of {group.n:<7}"
            lines.append(f"  {group.group:<8} {counts} {shares}  {interval}  {group.verdict}")
    lines += ["", f"{replayed.moved_count} clocks would stand otherwise" + (":" if replayed.moved else ".")]
    for moved in replayed.moved[:named]:
        turn = "late → in time" if moved.was_late else "in time → late"
        lines.append(f"  R-{moved.number} {moved.clock.replace('_', ' ')}: {turn}  {moved.title}")
    if replayed.moved_count > named:
        lines.append(f"  … and {replayed.moved_count - named} more")
    return lines
