"""History under another calendar or other targets: which requests would have been late, and which not.

Nothing is changed. Both counts are of the same requests, so that the interval of the difference is that of
paired shares: adjusted Wald over the requests that changed (Agresti and Min 2005).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from onewindow.desk.clocks import PolicyBook, history_of
from onewindow.desk.session import Session
from onewindow.metrics.intervals import Estimate, adjusted_wald
from onewindow.metrics.sla import Policy
from onewindow.metrics.working_time import Calendar, epoch_second
from onewindow.records.values import value_class
from onewindow.store import request_reports
from onewindow.text.dates import utc_text

CLOCKS = ("first_response", "next_response", "resolution")
MONTH_DAYS = 30.4375
_NAMED_AT_MOST = 10_000


@value_class
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
        super().__init__(book.policies, book.calendars)
        self._calendar, self._rules = calendar, rules
        self._changed: dict[tuple[int, str, str, str], Policy] = {}

    def policy_for(self, tier: str, priority: str, request_kind: str, at: str) -> Policy | None:
        """The targets and the calendar that would be in force."""
        found = self.record_for(tier, priority, request_kind, at)
        if found is None:
            return None
        key = (found.id, tier, priority, request_kind)
        if key not in self._changed:
            policy = self.targets(found)
            targets = {name: getattr(policy, f"{name}_s") for name in CLOCKS}
            for rule in self._rules:
                if rule.covers(tier, priority, request_kind):
                    targets |= dict(rule.targets)
            self._changed[key] = Policy(
                self._calendar or policy.calendar, *(targets[name] for name in CLOCKS)
            )
        return self._changed[key]


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
        found = self.difference
        if found.low > 0:
            return "more breaches"
        return "fewer breaches" if found.high < 0 else "no evidence of change"


@value_class
class Replay:
    """What a replay found."""

    requests: int
    without_policy: int
    groups: tuple[Compared, ...]
    moved: tuple[Moved, ...]
    moved_count: int


class _Tally:
    """Counts by clock and group."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str], list[int]] = {}
        self.moved: list[Moved] = []
        self.moved_count = 0

    def add(self, clock: str, groups: Sequence[str], was: bool, would: bool) -> None:
        for group in groups:
            found = self.counts.setdefault((clock, group), [0, 0, 0, 0, 0])
            found[0] += 1
            found[1] += was
            found[2] += would
            found[3] += would and not was
            found[4] += was and not would

    def groups(self) -> Iterator[Compared]:
        for clock in CLOCKS:
            for (name, group), counts in sorted(self.counts.items()):
                if name == clock:
                    yield Compared(clock, group, *counts)


def replay(
    session: Session,
    months: int,
    other: PolicyBook,
    told: Callable[[int], None] = lambda _: None,
) -> Replay:
    """Count the breaches of the requests opened in the last months, as they were and under other policies.

    `told` is called with the number of requests read so far, page by page.
    """
    now = session.now()
    since = utc_text(now - timedelta(days=round(months * MONTH_DAYS)))
    second, book, tally = epoch_second(now), session.directory.policies, _Tally()
    read = without = 0
    for page in request_reports.opened_between(session.store, since, utc_text(now + timedelta(seconds=1))):
        for reported in page:
            request, tier, events = reported.request, reported.tier, reported.events
            before = history_of(book, request, tier, events, second)
            after = history_of(other, request, tier, events, second)
            if before is None or after is None:
                without += 1
                continue
            was, would = before.read(second), after.read(second)
            groups = ("all", f"tier {tier or '-'}", request.priority)
            for clock in CLOCKS:
                one, two = getattr(was, clock), getattr(would, clock)
                if one.state == two.state == "none":
                    continue
                tally.add(clock, groups, one.breached, two.breached)
                if one.breached != two.breached:
                    tally.moved_count += 1
                    if len(tally.moved) < _NAMED_AT_MOST:
                        tally.moved.append(
                            Moved(request.number, request.title, tier, request.priority, clock, one.breached)
                        )
        read += len(page)
        told(read)
    return Replay(read, without, tuple(tally.groups()), tuple(tally.moved), tally.moved_count)


def report_lines(found: Replay, named: int = 20) -> list[str]:
    """The report of a replay in plain lines, the requests that would change last."""
    lines = [f"{found.requests} requests replayed; nothing is changed by this."]
    if found.without_policy:
        lines.append(f"{found.without_policy} of them have no policy and no clock.")
    for clock in CLOCKS:
        mine = [each for each in found.groups if each.clock == clock]
        lines += ["", f"{clock.replace('_', ' ')}, late"] if mine else []
        for each in sorted(mine, key=lambda each: (each.group != "all", each.group)):
            difference = each.difference
            shares = f"{100 * each.before / each.n:5.1f} % → {100 * each.after / each.n:5.1f} %"
            interval = f"{difference.value:+.1f} points ({difference.low:+.1f} to {difference.high:+.1f})"
            counts = f"{each.before:>6} → {each.after:<6} of {each.n:<7}"
            lines.append(f"  {each.group:<8} {counts} {shares}  {interval}  {each.verdict}")
    lines += ["", f"{found.moved_count} clocks would stand otherwise" + (":" if found.moved else ".")]
    for each in found.moved[:named]:
        turn = "late → in time" if each.was_late else "in time → late"
        lines.append(f"  R-{each.number} {each.clock.replace('_', ' ')}: {turn}  {each.title}")
    if found.moved_count > named:
        lines.append(f"  … and {found.moved_count - named} more")
    return lines
