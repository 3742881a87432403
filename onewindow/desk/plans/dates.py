"""The dates of a plan's steps: working days of the client's calendar after the start or another step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from onewindow.desk.session.context import Session
from onewindow.metrics.policies.working_days import add_working_days, closed_days
from onewindow.metrics.policies.working_time import Calendar
from onewindow.text.dates import weekday_date
from onewindow.text.plural import counted


class Step(Protocol):
    """What a step of a playbook and a step of a plan have in common for their dates."""

    @property
    def id(self) -> int: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def due_after_days(self) -> int: ...  # noqa: D102
    @property
    def depends_on_id(self) -> int | None: ...  # noqa: D102


def calendar_for(session: Session, tier: str = "") -> Calendar | None:
    """The calendar by which a client of a tier is served, the general one without a tier; None without any.

    The same hours count for the SLA clock of the client's ordinary requests.
    """
    book = session.directory.policies
    policy = book.record_for(tier, "normal", "other", session.now_text())
    if policy is not None:
        return book.calendars.get(policy.calendar_id)
    return next(iter(book.calendars.values()), None)


def step_dates(calendar: Calendar | None, steps: Sequence[Step], started_on: date) -> dict[int, date]:
    """The due date of each step by its id.

    A step that waits for one that is not among them counts from the start. Raises ValueError with one
    sentence for steps that wait for each other and for dates that the calendar does not reach.
    """
    by_id = {step.id: step for step in steps}
    dates: dict[int, date] = {}
    for step in steps:
        # Walked and not recursed: a chain may be as long as the playbook.
        chain: list[Step] = []
        on: Step | None = step
        while on is not None and on.id not in dates:
            if on in chain:
                raise ValueError(f"“{step.title}” waits for itself, by way of “{chain[-1].title}”.")
            chain.append(on)
            on = by_id.get(on.depends_on_id) if on.depends_on_id else None
        # From the one that waits for nothing on: each finds the date of the one before it.
        for waiting in reversed(chain):
            begin = dates.get(waiting.depends_on_id, started_on) if waiting.depends_on_id else started_on
            dates[waiting.id] = add_working_days(calendar, begin, waiting.due_after_days)
    return dates


def why_date(
    calendar: Calendar | None, begin: date, days: int, end: date, said: str, today: date
) -> list[str]:
    """Why a step is due when it is, line by line: from where, how many working days, what was left out."""
    lines = [f"{said} {weekday_date(begin, today)} + {days} working days = {weekday_date(end, today)}"]
    closed = closed_days(calendar, begin, end)
    usual = sum(not day.reason for day in closed)
    if usual:
        lines.append(f"left out: {counted(usual, 'day')} on which nobody works")
    lines += [f"left out: {weekday_date(day.day, today)} {day.reason}" for day in closed if day.reason]
    if calendar is None:
        lines.append("no calendar is kept: Monday to Friday count")
    return lines


def phase_dates(phases: Iterable[tuple[str, date]]) -> Mapping[str, date]:
    """The date of each phase, which is that of its last step, in the order in which they come."""
    dates: dict[str, date] = {}
    for phase, day in phases:
        if phase:
            dates[phase] = max(day, dates.get(phase, day))
    return dates
