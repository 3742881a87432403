"""When we get in touch with a client next, and why: a cadence counted from the last touch, and occasions.

All of it is worked out from facts, so that the same facts give the same plan however often it is made. An
occasion has a key (its rule, what it is about, and the year where it comes back); a mark with that key says
what became of it, so that nothing is due twice.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, timedelta
from typing import Literal

from onewindow.records.structs import frozen_struct

LAPSE_DAYS = 14
"""An occasion that nobody used for so many days is over: late thanks are worse than none."""
CADENCE = "cadence"
"""The key of the one reason that comes from the cadence."""

_REACH = timedelta(days=LAPSE_DAYS + 40)
"""No weekend or holiday moves a day so far: what is due further away needs no look at the calendar."""
_STRENGTH = ("visit", "meeting", "call", "message", "mail")
"""Of two reasons the touch that covers both is the one that stands first here."""
_EVERY_YEAR = frozenset({"birthday", "anniversary", "holiday"})
"""Reasons that hold to their day, so that no other reason of the week pulls them ahead of it."""


class WorkDays:
    """The working days between two dates, for counting; outside of them Monday to Friday count."""

    def __init__(self, first: date, last: date, is_open: Callable[[date], bool]) -> None:
        """Look at each day once. `is_open` says whether somebody works on a date."""
        self._first, self._last = first, last
        count = (last - first).days + 1
        days = (first + timedelta(days=place) for place in range(count))
        self._open = [day for day in days if is_open(day)]

    def is_open(self, day: date) -> bool:
        """Whether a date is a working day."""
        if not self._first <= day <= self._last:
            return day.weekday() < 5
        place = bisect_left(self._open, day)
        return place < len(self._open) and self._open[place] == day

    def after(self, day: date, count: int) -> date:
        """The so-many-th working day after a date; the date itself for 0."""
        if count > 0 and day >= self._first:
            place = bisect_right(self._open, day) + count - 1
            if place < len(self._open):
                return self._open[place]
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_open(day)
        return day

    def near(self, day: date, step: Literal[1, -1] = 1) -> date:
        """The date itself if it is a working day, else the next one; the one before with a `step` of -1."""
        moved = day
        for _ in range(40):
            if self.is_open(moved):
                return moved
            moved += timedelta(days=step)
        return day


@frozen_struct
class Cadence:
    """Every so many working days a touch of a kind."""

    every_days: int
    touch_kind: str
    template_id: int | None = None


@frozen_struct
class Rule:
    """An occasion: so many months and days after something of its reason, a touch of a kind."""

    id: int
    reason: str
    months: int = 0
    days: int = 0
    touch_kind: str = "call"
    template_id: int | None = None


@frozen_struct
class Happening:
    """Something that happened once with a client, on a date; `subject` tells it from others of its reason."""

    reason: str
    subject: str
    text: str
    on: date


@frozen_struct
class YearDay:
    """A day of each year: month and day, or the nth weekday (0: Monday) of a month; the last one for -1."""

    month: int
    day: int = 0
    nth: int = 0
    weekday: int = 0

    def in_year(self, year: int) -> date:
        """Its date in a year; for 29 February the first of March where there is none: never a day early."""
        if not self.nth:
            if (self.month, self.day) == (2, 29) and monthrange(year, 2)[1] == 28:
                return date(year, 3, 1)
            return date(year, self.month, self.day)
        length = monthrange(year, self.month)[1]
        if self.nth < 0:
            last = date(year, self.month, length)
            return last - timedelta(days=(last.weekday() - self.weekday) % 7)
        first = date(year, self.month, 1)
        day = 1 + (self.weekday - first.weekday()) % 7 + 7 * (self.nth - 1)
        # A month without a fifth one has it on its last week.
        return date(year, self.month, day if day <= length else day - 7)


@frozen_struct
class Yearly:
    """A day of each year that concerns a client: a person's birthday, the client's anniversary, a holiday."""

    reason: str
    subject: str
    text: str
    day: YearDay
    since: date | None = None
    """The day it counts from: nothing is due in the year of a founding, or before it."""
    days_ahead: int = 0


@frozen_struct
class Mark:
    """What became of a touch that was due: `state` is done, skipped or put_off, decided `on` a day."""

    state: str
    on: date
    till: date | None = None


@frozen_struct
class CadenceInputs:
    """What the plan of one client is made of."""

    start: date
    """When the client came to us; a cadence counts from here until there was a touch."""
    last_touch: date | None = None
    """The last touch by a person; automatic messages do not count."""
    happenings: tuple[Happening, ...] = ()
    yearly: tuple[Yearly, ...] = ()
    marks: Mapping[str, Mark] = field(default_factory=dict[str, Mark])
    """By the key of the reason, the newest one."""


@frozen_struct
class Reason:
    """Why a touch is due on a date."""

    key: str
    reason: str
    text: str
    due_on: date
    touch_kind: str
    template_id: int | None
    was_due_on: date
    """The date before weekends, holidays and putting off moved it."""


@frozen_struct
class DueTouch:
    """One touch for all reasons of one week."""

    due_on: date
    touch_kind: str
    template_id: int | None
    reasons: tuple[Reason, ...]

    @property
    def text(self) -> str:
        """All reasons in a line."""
        return "; ".join(reason.text for reason in self.reasons)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, the last of the month where there is none."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def plan(
    facts: CadenceInputs,
    cadence: Cadence | None,
    rules: Iterable[Rule],
    days: WorkDays,
    today: date,
    till: date,
) -> tuple[DueTouch, ...]:
    """The touches due until a date, in order: what is late first. Reasons of one week make one touch."""
    due_reasons: list[Reason] = []
    if cadence is not None:
        due_reasons.append(_by_cadence(facts, cadence, days))
    for rule in rules:
        due_reasons += _by_rule(facts, rule, days, today, till)
    return tuple(joined(reason for reason in due_reasons if reason.due_on <= till))


def joined(reasons: Iterable[Reason]) -> list[DueTouch]:
    """One touch a week: on the day of what holds to its day, else on the first; its kind covers all."""
    weeks: dict[tuple[int, int], list[Reason]] = {}
    for reason in sorted(reasons, key=lambda cause: (cause.due_on, cause.key)):
        weeks.setdefault(reason.due_on.isocalendar()[:2], []).append(reason)
    return [_touch(together) for together in weeks.values()]


def _touch(together: Sequence[Reason]) -> DueTouch:
    fixed = [reason.due_on for reason in together if reason.reason in _EVERY_YEAR]
    ordered = tuple(
        sorted(together, key=lambda reason: (reason.reason == CADENCE, reason.due_on, reason.key))
    )
    kinds = [reason.touch_kind for reason in together]
    return DueTouch(
        due_on=min(fixed or [reason.due_on for reason in together]),
        touch_kind=min(kinds, key=_STRENGTH.index),
        template_id=next((reason.template_id for reason in ordered if reason.template_id), None),
        reasons=ordered,
    )


def _by_cadence(facts: CadenceInputs, cadence: Cadence, days: WorkDays) -> Reason:
    mark = facts.marks.get(CADENCE)
    counted = [facts.last_touch or facts.start]
    if mark is not None and mark.state != "put_off":
        counted.append(mark.on)
    since = max(counted)
    was_due = days.after(since, max(1, cadence.every_days))
    due = was_due
    if mark is not None and mark.state == "put_off" and mark.till is not None and mark.on >= since:
        due = days.near(max(due, mark.till))
    said = f"last {since:%d.%m.%Y}" if facts.last_touch else f"none since {since:%d.%m.%Y}"
    text = f"every {cadence.every_days} working days, {said}"
    return Reason(CADENCE, CADENCE, text, due, cadence.touch_kind, cadence.template_id, was_due)


def _by_rule(facts: CadenceInputs, rule: Rule, days: WorkDays, today: date, till: date) -> Iterator[Reason]:
    for key, text, was_due, moved in _occurrences(facts, rule, days, today, till):
        mark = facts.marks.get(key)
        due = moved
        if mark is not None:
            if mark.state != "put_off" or mark.till is None:
                continue
            due = days.near(max(due, mark.till))
        if due >= today - timedelta(days=LAPSE_DAYS):
            yield Reason(key, rule.reason, text, due, rule.touch_kind, rule.template_id, was_due)


def _occurrences(
    facts: CadenceInputs, rule: Rule, days: WorkDays, today: date, till: date
) -> Iterator[tuple[str, str, date, date]]:
    """Key, text, date and working day of everything of a rule that may be due by a date."""
    if rule.reason in _EVERY_YEAR:
        for yearly in facts.yearly:
            if yearly.reason == rule.reason:
                yield from _each_year(yearly, rule, days, *_years(facts, rule, yearly, today, till))
        return
    for happening in facts.happenings:
        if happening.reason == rule.reason:
            due = add_months(happening.on, rule.months) + timedelta(days=rule.days)
            if facts.marks or today - _REACH <= due <= till + _REACH:
                yield f"{rule.id}:{happening.subject}", happening.text, due, days.near(due)


def _years(facts: CadenceInputs, rule: Rule, yearly: Yearly, today: date, till: date) -> tuple[int, int]:
    """The first and last year of a day that may be due; what was put off may come from a year earlier."""
    later = timedelta(days=31 * rule.months + rule.days)
    first = (today - _REACH - later).year - bool(facts.marks)
    return first, (till + _REACH + timedelta(days=yearly.days_ahead)).year


def _each_year(
    yearly: Yearly, rule: Rule, days: WorkDays, first: int, last: int
) -> Iterator[tuple[str, str, date, date]]:
    for year in range(first, last + 1):
        day = yearly.day.in_year(year)
        if yearly.since is not None and day <= yearly.since:
            continue
        due = add_months(day, rule.months) + timedelta(days=rule.days - yearly.days_ahead)
        moved = days.near(due, -1 if yearly.days_ahead else 1)
        text = yearly.text
        if yearly.reason == "anniversary" and yearly.since is not None:
            text = (
                f"{text}, {year - yearly.since.year} years"
                if year - yearly.since.year > 1
                else f"{text}, a year"
            )
        yield f"{rule.id}:{yearly.subject}:{year}", f"{text}, {day:%d.%m}", due, moved
