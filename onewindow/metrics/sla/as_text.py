"""SLA clocks in words: how one stands, and the arithmetic behind it line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from onewindow.metrics.policies.working_time import (
    Calendar,
    epoch_second,
    instant,
    open_between,
    open_intervals,
)
from onewindow.metrics.sla.clocks import Policy, SlaEvent, replay
from onewindow.metrics.sla.lateness import duration_text, lateness_of_clock, lateness_text
from onewindow.metrics.sla.stopwatch import Clock, Run, Stopwatch
from onewindow.text.dates import weekday_date

WatchName = Literal["first_response", "next_response", "resolution"]

_TITLES: dict[WatchName, str] = {
    "first_response": "First response",
    "next_response": "Next response",
    "resolution": "Resolution",
}
_EVENTS = {
    "opened": "Opened",
    "client_message": "The client wrote",
    "reply": "Answered",
    "no_answer_needed": "No answer needed",
    "wait_client": "Waiting for the client, the clock stands",
    "resume": "The waiting is over",
    "resolve": "Resolved",
    "decline": "Declined",
    "reopen": "Reopened, the same clock goes on",
}
_SHOWN_HEAD, _SHOWN_TAIL = 8, 4
_NAMED_DAYS = 4


def result_text(clock: Clock, zone: ZoneInfo, now: datetime) -> str:
    """Say how a clock stands, or how it ended: `3 h left, Fr 18:00`, `met`, `breached, 2 h late`."""
    if clock.state == "none" or clock.remaining_s is None:
        return "no target"
    if clock.ended_at is not None:
        return "met" if clock.state == "met" else f"breached, {_ended_late(clock)}"
    return lateness_text(lateness_of_clock(clock), zone, now)


def why(events: Iterable[SlaEvent], now: datetime, zone: str, name: WatchName = "resolution") -> list[str]:
    """Give the arithmetic of one clock in plain lines, instants in the reader's zone, the result last."""
    history = list(events)
    request = replay(history, now)
    watch = {
        "first_response": request.first,
        "next_response": request.next,
        "resolution": request.resolution,
    }[name]
    clock = watch.read(epoch_second(now))
    if clock.state == "none":
        return [f"{_TITLES[name]}: no target"]
    return list(_Account(watch, clock, ZoneInfo(zone), name, now).lines(history, now))


class _Account:
    """The running sum behind one clock."""

    def __init__(
        self, watch: Stopwatch, clock: Clock, zone: ZoneInfo, name: WatchName, now: datetime
    ) -> None:
        self.watch = watch
        self.clock = clock
        self.zone = zone
        self.today = now.astimezone(zone).date()
        self.name: WatchName = name
        self.used = 0
        self.target: int | None = None
        self.paused_at: int | None = None

    def lines(self, events: Iterable[SlaEvent], now: datetime) -> Iterator[str]:
        """Yield the target, then what happened and what was counted in order, then due and the result."""
        target = _length(self.clock.target_s)
        hours, reader = self.watch.calendar.zone, self.zone.key
        read = "" if reader == hours else f"; times are shown in {reader}"
        yield f"{_TITLES[self.name]} within {target} of working time, {hours}{read}"
        edges = {edge for run in self.watch.runs for edge in (run.start, run.until)}
        edges |= {at for at in (self.watch.since, self.watch.ended_at) if at is not None}
        happened = [event for event in events if epoch_second(event.at) in edges and event.at <= now]
        steps = [(epoch_second(event.at), 0, self._happened(event)) for event in happened]
        steps += [(run.start, 1, self._counted(run)) for run in self._runs()]
        if self.watch.since is not None and self.clock.state == "running":
            here = self._moment(instant(self.watch.since))
            steps.append((self.watch.since, 0, iter([f"{here}  Now"])))
        for _, _, step in sorted(steps, key=lambda item: item[:2]):
            yield from step
        if self.clock.due_at is not None:
            yield f"Due {self._moment(self.clock.due_at)}"
        yield f"{_TITLES[self.name]}: {result_text(self.clock, self.zone, now)}"

    def _day(self, day: date) -> str:
        return weekday_date(day, self.today)

    def _moment(self, at: datetime) -> str:
        local = at.astimezone(self.zone)
        return f"{weekday_date(local.date(), self.today)} {local:%H:%M}"

    def _runs(self) -> list[Run]:
        """Give the stretches that ran; while it runs, the last one ends at the due instant."""
        runs = list(self.watch.runs)
        since, due = self.watch.since, self.watch.due()
        if since is None or due is None:
            return runs
        if due > since:
            return [*runs, Run(since, due, self.watch.calendar, 0)]
        if runs and due > runs[-1].start:
            runs[-1] = runs[-1]._replace(until=due)
        return runs

    def _happened(self, event: SlaEvent) -> Iterator[str]:
        stamp = self._moment(event.at)
        if event.kind == "opened" and event.policy is not None:
            self.target = self._target(event.policy)
        if event.kind == "policy" and event.policy is not None:
            what = "Policy changed" if self._target(event.policy) != self.target else "Terms or hours changed"
            self.target = self._target(event.policy)
            target = _length(self.target)
            yield f"{stamp}  {what}: {target} from now on, {duration_text(self.used)} used already"
        elif event.kind in _EVENTS:
            yield f"{stamp}  {_EVENTS[event.kind]}"

    def _target(self, policy: Policy) -> int | None:
        return {
            "first_response": policy.first_response_s,
            "next_response": policy.next_response_s,
            "resolution": policy.resolution_s,
        }[self.name]

    def _counted(self, run: Run) -> Iterator[str]:
        if self.paused_at is not None and self.paused_at < run.start:
            lost = open_between(run.calendar, self.paused_at, run.start)
            yield f"    not counted: {duration_text(lost)} of working time"
        self.paused_at = run.until
        stretches = list(self._stretches(run))
        hidden = range(_SHOWN_HEAD, max(_SHOWN_HEAD, len(stretches) - _SHOWN_TAIL))
        for place, (gap, begin, end) in enumerate(stretches):
            seconds = round((end - begin).total_seconds())
            self.used += seconds
            if place not in hidden:
                if gap:
                    yield f"    closed: {gap}"
                stretch = f"{self._moment(begin)}–{end.astimezone(self.zone):%H:%M}"
                yield f"    {stretch} + {duration_text(seconds)} = {duration_text(self.used)}"
            elif place == hidden[-1]:
                yield f"    … and {len(hidden)} more stretches = {duration_text(self.used)}"
        last = stretches[-1][2] if stretches else instant(run.start)
        if closed := _dates_closed(run.calendar, last, instant(run.until), self.today):
            yield f"    closed: {', '.join(closed)}"

    def _stretches(self, run: Run) -> Iterator[tuple[str, datetime, datetime]]:
        """Yield each open stretch of a run with what kept it closed before."""
        last = instant(run.start)
        for begin, end in open_intervals(run.calendar, last, instant(run.until)):
            gap = closed_text(run.calendar, last, begin, self._day) if begin > last else ""
            yield gap, begin, end
            last = end


def closed_text(calendar: Calendar, start: datetime, end: datetime, shown: Callable[[date], str]) -> str:
    """Name what lies in a closed stretch: a break, a night, days off, holidays; `shown` writes a day."""
    zone = ZoneInfo(calendar.zone)
    local = start.astimezone(zone)
    first, last = local.date(), end.astimezone(zone).date()
    spans = calendar.spans(first)
    if first == last and spans:
        second = local.hour * 3600 + local.minute * 60 + local.second
        if second < spans[0][0]:
            return "not open yet"
        return "break" if second < spans[-1][0] else "evening"
    whole = (last - first).days + (not calendar.spans(last))
    days = [first + timedelta(days=number) for number in range(whole)]
    off = [day for day in days if not calendar.spans(day)]
    if len(off) > _NAMED_DAYS:
        names = [f"{len(off)} days from {shown(off[0])} to {shown(off[-1])}"]
    else:
        names = [f"{_kind(calendar, day)} {shown(day)}" for day in off]
    return ", ".join(names if first in off else ["night", *names])


def _dates_closed(calendar: Calendar, start: datetime, end: datetime, today: date) -> list[str]:
    """Name the dates closed by exception in a stretch in which nothing was open, holidays among them."""
    zone = ZoneInfo(calendar.zone)
    first, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    closed = [day for day in days if day.isoformat() in calendar.exceptions and not calendar.spans(day)]
    return [f"{_kind(calendar, day)} {weekday_date(day, today)}" for day in closed[:_NAMED_DAYS]]


def _kind(calendar: Calendar, day: date) -> str:
    if day.isoformat() in calendar.exceptions:
        return calendar.reason(day) or "holiday"
    return calendar.reason(day) or "day off"


def _ended_late(clock: Clock) -> str:
    late = -(clock.remaining_s or 0)
    return f"{duration_text(late)} late" if late > 0 else "ended after its term"


def _length(target: int | None) -> str:
    return "no target" if target is None else duration_text(target)
