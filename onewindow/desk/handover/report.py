"""The report on handovers decided in a period, by person, office or month; and on observations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from onewindow.desk.handover.summary import clock_between
from onewindow.desk.reports.report_text import amount_text, share_of_text, span_text, spread_text
from onewindow.desk.session.context import Session
from onewindow.desk.sla.lateness import general_calendar
from onewindow.metrics.handover.report import Case, Reply, Summary, summary
from onewindow.metrics.intervals import Estimate, mean
from onewindow.metrics.policies.working_time import Calendar
from onewindow.records.fields import attribute_of
from onewindow.records.handover import MARKS, Handover, HandoverItem, Observation
from onewindow.records.structs import frozen_struct
from onewindow.store.handover import packages as handovers
from onewindow.text.dates import to_local, utc_text

GROUPS = {
    "all": "all handovers",
    "salesperson": "salesperson",
    "receiver": "receiver",
    "office": "office of the salesperson",
    "month": "month",
}
"""What the report can be grouped by."""
COLUMNS = (
    *("group", "n", "complete", "first pass", "answers", "median", "9 of 10 within", "in target"),
    *("asked each", "client's mark", "observed"),
)
"""The columns that people read."""
MACHINE_COLUMNS = (
    *("by", "group", "n"),
    *("complete", "complete_low", "complete_high"),
    *("first_pass", "first_pass_low", "first_pass_high"),
    *("answers", "answer_median", "answer_median_low", "answer_median_high", "answer_p90"),
    *("judged", "in_target", "in_target_low", "in_target_high"),
    *("questions_each", "marks", "mark", "mark_low", "mark_high"),
    *("observations", "observed", "observed_low", "observed_high"),
)
"""The stable field names: shares 0 to 1, seconds of open time, marks 0 to 5, completeness in percent."""
DEFINITION = (
    "Handovers decided in the period. Complete: items there at the decision, of those needed. First pass: "
    "accepted the first time, without debts. Answers: open time from a question to its answer; what is late "
    "and not answered counts as late and has no time. Mark and observed: 0 to 5. In brackets 95 % intervals."
)
_NOBODY = "nobody"
_NONE = "–"


@frozen_struct
class ReportLine:
    """One group of handovers and what it comes to."""

    group: str
    summary: Summary


def report(session: Session, since: date, till: date, by: str = "all") -> list[ReportLine]:
    """One line a group of the handovers decided from one day till another, both included.

    Raises KeyError for an unknown group.
    """
    key_of = _keys(session)[by]
    calendar = general_calendar(session.directory.policies)
    groups: dict[str, list[Case]] = {}
    for handover in _decided(session, since, till):
        groups.setdefault(key_of(handover), []).append(_case(session, calendar, handover))
    return [ReportLine(group, summary(cases)) for group, cases in sorted(groups.items())]


def observation_lines(session: Session, since: date, till: date) -> list[tuple[str, Estimate]]:
    """Each criterion with the mean of its marks in a period; those that nobody gave are left out."""
    seen = handovers.observed_between(session.store, since.isoformat(), till.isoformat())
    lines: list[tuple[str, Estimate]] = []
    for name in MARKS:
        marks = [mark for observation in seen if (mark := getattr(observation, name)) is not None]
        if marks:
            lines.append((attribute_of(Observation, name).label, mean(marks, 0, 5)))
    return lines


def people_row(line: ReportLine) -> dict[str, object]:
    """A line as people read it: each number with its interval."""
    figures = line.summary
    answers = figures.answers
    few = " *" if figures.n < 10 else ""
    values = (
        f"{line.group}{few}",
        figures.n,
        _spread(figures.completeness, "{:.0f}", " %"),
        share_of_text(figures.first_pass),
        answers.n,
        f"{amount_text('response', answers.median)} ({spread_text('response', answers)})",
        amount_text("response", answers.p90),
        share_of_text(answers.within),
        _NONE if figures.questions is None else f"{figures.questions:.1f}",
        _spread(figures.mark, "{:.1f}"),
        _spread(figures.observed, "{:.1f}"),
    )
    return dict(zip(COLUMNS, values, strict=True))


def machine_row(line: ReportLine, by: str) -> dict[str, object]:
    """A line with stable field names."""
    figures, answers = line.summary, line.summary.answers
    within = answers.within
    values: tuple[object, ...] = (
        *(by, line.group, figures.n),
        *_three(figures.completeness),
        *_three(figures.first_pass),
        *(answers.n, answers.median, answers.low, answers.high, answers.p90),
        *(within.n if within else 0, *_three(within)),
        *(figures.questions, figures.mark.n if figures.mark else 0, *_three(figures.mark)),
        *(figures.observed.n if figures.observed else 0, *_three(figures.observed)),
    )
    return dict(zip(MACHINE_COLUMNS, values, strict=True))


def report_lines(session: Session, since: date, till: date) -> list[str]:
    """The whole report in plain lines: by salesperson, receiver, office and month, then the observations."""
    lines = [f"Handovers decided {span_text(since, till, session.today())}.", ""]
    for by, title in GROUPS.items():
        group_lines = report(session, since, till, by)
        if not group_lines:
            return [*lines, "No handover was decided in this period."]
        lines.append(title)
        for line in group_lines:
            row = people_row(line)
            figures = ", ".join(f"{name} {row[name]}" for name in COLUMNS[1:])
            lines.append(f"  {row['group']}: {figures}")
        lines.append("")
    observed = observation_lines(session, since, till)
    if observed:
        lines.append("observations, 0 to 5")
        lines += [f"  {name}: {_spread(marks, '{:.1f}')}, n {marks.n}" for name, marks in observed]
        lines.append("")
    return [*lines, "* fewer than ten handovers: too few to compare.", DEFINITION]


# inside


def _decided(session: Session, since: date, till: date) -> Iterator[Handover]:
    zone = ZoneInfo(session.zone)
    first = utc_text(datetime(since.year, since.month, since.day, tzinfo=zone))
    after = till + timedelta(days=1)
    last = utc_text(datetime(after.year, after.month, after.day, tzinfo=zone))
    # One that was returned and waits again has no decision; one that is with sales is not at its end.
    return (h for h in handovers.decided_between(session.store, first, last) if h.state != "sent")


def _case(session: Session, calendar: Calendar | None, handover: Handover) -> Case:
    items = [i for i in handovers.items(session.store, handover.id) if i.item_kind == "question"]
    seen = handovers.observations(session.store, handover.id)
    return Case(
        present=handover.items_present,
        needed=handover.items_needed,
        is_first_pass=handover.state == "accepted" and not handover.returns,
        questions=len(items),
        replies=[reply for item in items if (reply := _reply(session, calendar, item))],
        mark=handover.satisfaction,
        observed=[
            mark for observation in seen for name in MARKS if (mark := getattr(observation, name)) is not None
        ],
    )


def _reply(session: Session, calendar: Calendar | None, item: HandoverItem) -> Reply | None:
    """How a question was answered; None for one that may still be answered in time."""
    clock = clock_between(calendar, item.asked_at, item.answered_at, item.target_min, session)
    if clock is None or (clock.ended_at is None and not clock.breached):
        return None
    return Reply(clock.elapsed_s if clock.ended_at is not None else None, not clock.breached)


def _keys(session: Session) -> dict[str, Callable[[Handover], str]]:
    names = session.directory

    def office(handover: Handover) -> str:
        person = names.staff.get(handover.sales_id or 0)
        return (person.office if person else "") or "no office"

    return {
        "all": lambda _: "all",
        "salesperson": lambda handover: names.name(handover.sales_id) or _NOBODY,
        "receiver": lambda handover: names.name(handover.receiver_id) or _NOBODY,
        "office": office,
        "month": lambda handover: f"{to_local(handover.decided_at or '', session.zone):%Y-%m}",
    }


def _spread(estimate: Estimate | None, form: str, unit: str = "") -> str:
    if estimate is None:
        return _NONE
    return f"{form.format(estimate.value)}{unit} ({form.format(estimate.low)}–{form.format(estimate.high)})"


def _three(estimate: Estimate | None) -> tuple[object, object, object]:
    if estimate is None:
        return (None, None, None)
    return (round(estimate.value, 4), round(estimate.low, 4), round(estimate.high, 4))
