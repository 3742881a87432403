"""Ten thousand random histories, counted a second time by walking through time in small steps.

The walk knows nothing of blocks, sums or searches: a quarter of an hour is open if the wall clock of the
zone stands inside an interval of its day, and a clock that runs gains what is open, from mark to mark. Marks
are all quarters of an hour and all seconds at which something happened: the count is exact to the second.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from onewindow.metrics.policies.working_time import Calendar, Holidays, Span, calendar
from onewindow.metrics.sla.clocks import Policy, SlaEvent, clocks
from onewindow.metrics.sla.stopwatch import Clock

HISTORIES = 10_000
PARTS = 4
STEP = 900
DAY = 86_400
ZONES = (
    *("Europe/Sofia", "Europe/Moscow", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe"),
    *("America/St_Johns", "America/New_York", "Asia/Beirut", "America/Havana", "UTC"),
)
# Both changes of the clocks of every zone above lie in these days.
WINDOWS = tuple(
    (int(datetime(2026, month, day, tzinfo=UTC).timestamp()), days)
    for month, day, days in ((3, 5, 40), (9, 28, 42))
)
KINDS = (
    *("reply", "reply", "client_message", "client_message", "note", "thanks", "wait_client", "wait_client"),
    *("resume", "no_answer_needed", "resolve", "decline", "reopen", "reopen", "policy", "policy", "promise"),
)


@dataclass
class Counted:
    """A clock of the walk."""

    target: int | None
    calendar: int
    elapsed: int = 0
    on: bool = False
    started: bool = False
    ended: int | None = None
    breached: int | None = None
    past: int | None = None

    def switch_on(self) -> None:
        """Run, also again."""
        self.on, self.started, self.ended = True, True, None

    def end(self, at: int) -> None:
        """Stop for good."""
        if self.started and self.ended is None:
            self.on, self.ended = False, at

    def aim(self, at: int, target: int | None, calendar: int) -> None:
        """Take another target; what is used up beyond it is late from now on."""
        self.target, self.calendar = target, calendar
        if target is not None and self.elapsed > target and self.breached is None:
            self.breached = at

    def gain(self, begin: int, end: int, is_open: bool) -> None:
        """Pass a stretch that is wholly open or wholly closed."""
        length = (end - begin) * is_open
        if self.target is not None and self.breached is None and begin < end:
            left = max(0, self.target - self.elapsed)
            if left < length or (not left and begin < end):
                self.breached = begin + left
        self.elapsed += length

    @property
    def state(self) -> str:
        """How it stands, in the words of the clocks."""
        if self.target is None or not self.started:
            return "none"
        if self.ended is None and not self.on:
            return "paused"
        if self.breached is not None and (self.ended is not None or self.elapsed >= self.target):
            return "breached"
        return "met" if self.ended is not None else "running"


class Walk:
    """A request lived through from mark to mark."""

    def __init__(self, opened: int, policy: Terms, maps: list[bytes], base: int) -> None:
        self.maps, self.base, self.at = maps, base, opened
        self.policy = policy
        self.first = Counted(policy.first, policy.calendar)
        self.next = Counted(policy.next, policy.calendar)
        self.resolution = Counted(policy.resolution, policy.calendar)
        self.waiting = self.closed = False
        self.promised: int | None = None
        self.promise_end: int | None = None
        self.promise_breach: int | None = None
        self.promise_past: int | None = None
        self.first.switch_on()
        self.resolution.switch_on()

    @property
    def three(self) -> tuple[Counted, Counted, Counted]:
        """First response, next response, resolution."""
        return self.first, self.next, self.resolution

    def pass_time(self, until: int) -> None:
        """Let time pass in which nothing happens."""
        running = [each for each in self.three if each.on]
        at = self.at
        while at < until:
            quarter = (at - self.base) // STEP
            mark = min(until, self.base + (quarter + 1) * STEP)
            for each in running:
                each.gain(at, mark, bool(self.maps[each.calendar][quarter]))
            at = mark
        if self.promised is not None and self.promise_end is None and self.promise_breach is None:
            self.promise_breach = self.promised if until > self.promised else None
        self.at = until

    def live_through(self, at: int, kind: str, policy: Terms | None, promised: int | None) -> None:
        """Let something happen."""
        self.pass_time(at)
        if kind in ("resume", "client_message") and self.waiting:
            self.waiting = False
            self.resolution.switch_on()
            if self.next.started and self.next.ended is None:
                self.next.switch_on()
        if kind == "client_message" and self.first.ended is not None:
            if not self.next.started or self.next.ended is not None:
                earlier = self.next.past if self.next.past is not None else self.next.breached
                self.next = Counted(self.policy.next, self.policy.calendar, past=earlier)
            self.next.switch_on()
        elif kind == "reply":
            self.first.end(at)
            self.next.end(at)
        elif kind == "no_answer_needed":
            self.next.end(at)
        elif kind == "wait_client" and not self.closed and not self.waiting:
            self.waiting = True
            self.next.on = self.resolution.on = False
        elif kind in ("resolve", "decline"):
            self.closed, self.waiting = True, False
            for each in self.three:
                each.end(at)
            if self.promised is not None and self.promise_end is None:
                self.promise_end = at
        elif kind == "reopen" and self.closed:
            self.closed = False
            self.resolution.aim(at, self.policy.resolution, self.policy.calendar)
            self.resolution.switch_on()
            if self.promised is not None and (self.promise_breach is not None or at <= self.promised):
                self.promise_end = None
        elif policy is not None:
            self.policy = policy
            targets = (policy.first, policy.next, policy.resolution)
            for each, target in zip(self.three, targets, strict=True):
                if each.ended is None:
                    each.aim(at, target, policy.calendar)
        elif promised is not None:
            self.promise_past = self.promise_breach if self.promise_past is None else self.promise_past
            self.promised, self.promise_end, self.promise_breach = promised, None, None

    def due(self, each: Counted) -> int | None:
        """Where a clock that runs and is not late will stand at its target, None beyond the window."""
        assert each.target is not None
        at, left = self.at, each.target - each.elapsed
        while left:
            quarter = (at - self.base) // STEP
            if quarter >= len(self.maps[each.calendar]):
                return None
            mark = self.base + (quarter + 1) * STEP
            if self.maps[each.calendar][quarter]:
                gained = min(left, mark - at)
                left -= gained
                at += gained
            else:
                at = mark
        return at


@dataclass(frozen=True)
class Terms:
    """A policy of the walk; the calendar is a place in the list of maps."""

    calendar: int
    first: int | None
    next: int | None
    resolution: int | None


def is_open(cal: Calendar, second: int) -> bool:
    """Answer from the definition alone, without asking the calendar: dates first, holidays, then the week."""
    local = datetime.fromtimestamp(second, ZoneInfo(cal.zone))
    iso = local.date().isoformat()
    since = [start for start, _ in cal.later if start <= iso]
    week = dict(cal.later)[max(since)] if since else cal.weekly
    spans = week[local.weekday()]
    if cal.holidays and iso in cal.holidays.closed:
        spans = ()
    spans = cal.exceptions.get(iso, spans)
    moment = local.hour * 3600 + local.minute * 60 + local.second
    return any(begin <= moment < end for begin, end in spans)


def random_spans(chance: Random) -> tuple[Span, ...]:
    marks = sorted(chance.sample(range(97), chance.choice((2, 2, 4, 4, 6))))
    return tuple((a * STEP, b * STEP) for a, b in zip(marks[::2], marks[1::2], strict=True))


def random_calendar(chance: Random, start: int, days: int) -> Calendar:
    def a_day() -> str:
        return instant(start + chance.randrange(days) * DAY).date().isoformat()

    weekly = {day: random_spans(chance) for day in range(7) if chance.random() < 0.8}
    weekly[chance.randrange(7)] = ((9 * 3600, 13 * 3600), (14 * 3600, 18 * 3600))
    later = {a_day(): {day: random_spans(chance) for day in range(7)}} if chance.random() < 0.3 else {}
    exceptions = {a_day(): random_spans(chance) if chance.random() < 0.5 else () for _ in range(4)}
    holidays = Holidays("RU", 2026, 2026, {a_day(): "праздник" for _ in range(3)})
    return calendar(chance.choice(ZONES), weekly, exceptions, later=later, holidays=holidays)


def random_terms(chance: Random, calendars: int) -> Terms:
    def target() -> int | None:
        return None if chance.random() < 0.1 else chance.choice((0, 1, 3600, chance.randrange(100_000)))

    return Terms(chance.randrange(calendars), target(), target(), target())


def policy_of(terms: Terms, calendars: list[Calendar]) -> Policy:
    return Policy(calendars[terms.calendar], terms.first, terms.next, terms.resolution)


def instant(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


def second(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())


def said_of(clock: Clock) -> tuple[object, ...]:
    if clock.state == "none":
        return ("none", second(clock.breached_at))
    return (clock.state, second(clock.breached_at), clock.elapsed_s, second(clock.ended_at))


def walked(each: Counted) -> tuple[object, ...]:
    known = each.past if each.past is not None else each.breached
    if each.state == "none":
        return ("none", known)
    return (each.state, known, each.elapsed, each.ended)


@pytest.mark.parametrize("part", range(PARTS))
def test_the_clocks_agree_with_a_walk_through_time(part: int) -> None:
    chance = Random(part)
    start, days = WINDOWS[part % len(WINDOWS)]
    calendars = [random_calendar(chance, start, days) for _ in range(24)]
    quarters = range(start, start + days * DAY, STEP)
    maps = [bytes(is_open(cal, at) for at in quarters) for cal in calendars]
    for number in range(HISTORIES // PARTS):
        at = opened = start + chance.randrange((days - 12) * DAY)
        terms = random_terms(chance, len(calendars))
        events = [SlaEvent(instant(opened), "opened", policy_of(terms, calendars))]
        walk = Walk(opened, terms, maps, start)
        for _ in range(chance.randrange(9)):
            kind = chance.choice(KINDS)
            at += chance.choice((0, 1, 60 * chance.randrange(60), chance.randrange(DAY)))
            changed = random_terms(chance, len(calendars)) if kind == "policy" else None
            promised = at + chance.randrange(-3600, 2 * DAY) if kind == "promise" else None
            events.append(
                SlaEvent(
                    instant(at),
                    kind,
                    policy_of(changed, calendars) if changed else None,
                    None if promised is None else instant(promised),
                )
            )
            walk.live_through(at, kind, changed, promised)
        now = at + chance.choice((0, 1, 3600, chance.randrange(2 * DAY)))
        walk.pass_time(now)
        found = clocks(events, instant(now))
        three = (found.first_response, found.next_response, found.resolution)
        story = (part, number)
        for clock, each in zip(three, walk.three, strict=True):
            assert said_of(clock) == walked(each), story
            if number % 4 == 0 and each.state == "running":
                due = walk.due(each)
                assert due is None or second(clock.due_at) == due, story
        if walk.promised is not None:
            known = walk.promise_past if walk.promise_past is not None else walk.promise_breach
            assert second(found.promise.due_at) == walk.promised, story
            assert (second(found.promise.breached_at), second(found.promise.ended_at)) == (
                known,
                walk.promise_end,
            ), story


def test_the_walk_itself_is_right_about_a_plain_day() -> None:
    """Nine to five on a Monday, two hours promised: late at eleven, whoever counts."""
    start = int(datetime(2026, 3, 9, tzinfo=UTC).timestamp())
    office = calendar("UTC", dict.fromkeys(range(5), ((9 * 3600, 17 * 3600),)))
    maps = [bytes(is_open(office, at) for at in range(start, start + 3 * DAY, STEP))]
    walk = Walk(start, Terms(0, 7200, None, 7200), maps, start)
    walk.live_through(start + 10 * 3600, "wait_client", None, None)
    walk.live_through(start + 16 * 3600, "resume", None, None)
    assert walk.due(walk.resolution) == start + 17 * 3600
    walk.pass_time(start + 20 * 3600)
    assert (walk.first.breached, walk.first.elapsed) == (start + 11 * 3600, 8 * 3600)
    assert (walk.resolution.state, walk.resolution.elapsed) == ("breached", 7200)
    assert instant(start) + timedelta(hours=17) == instant(walk.resolution.breached or 0)
