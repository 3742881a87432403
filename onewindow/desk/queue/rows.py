"""Rows of the day as both faces show them: in cells for people, in plain fields for machines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from zoneinfo import ZoneInfo

from onewindow.desk.queue.items import Item
from onewindow.desk.queue.today import Filter, Today, TodayRow
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.sla.lateness import lateness_values
from onewindow.desk.window.panels.when import When
from onewindow.metrics.sla.lateness import figure_text
from onewindow.records.requests import Request
from onewindow.store.engine import Value
from onewindow.text.dates import parse_utc, utc_text
from onewindow.text.layout.cells import Cell, Column, Row, Tone, mark_of

_DAYS_A_WEEK = 7
HEADINGS = ("time", "client", "what", "why", "who")
COLUMNS = (
    Column(width=22),
    Column(min_width=12),
    Column(min_width=20),
    Column(min_width=22, drop_priority=2),
    Column(width=12, drop_priority=1),
)
MACHINE_COLUMNS = (
    "kind",
    "id",
    "number",
    "client_id",
    "client",
    "tier",
    "title",
    "reason",
    "due_at",
    "is_late",
    "is_paused",
    "slack_seconds",
    "answer_queued_at",
    "breached_before",
    "whose",
    "put_off_till",
    "put_off_reason",
)
"""The fields of a row for machines: UTC times, working seconds, ids."""


def moment_of(session: Session, today: Today) -> When:
    """The instant of a day that was read, in this person's zone."""
    read_at, zone = parse_utc(today.read_at), ZoneInfo(session.zone)
    return When(read_at.astimezone(UTC), zone, read_at.astimezone(zone).date())


def row_of(session: Session, moment: When, row: TodayRow) -> Row:
    """A row in cells; its key is a RecordKey."""
    item = row.item
    tone = tone_of(item)
    reason = item.reason
    if row.snooze is not None:
        reason = f"till {moment.moment(row.snooze.till)}: {row.snooze.reason}"
    return Row(
        row.key,
        (
            Cell(term_in_list(moment, row), tone),
            Cell(row.client.name if row.client else ""),
            Cell(called(row)),
            Cell(reason, "warn" if item.must_warn else "dim"),
            Cell(whose(session, row)),
        ),
        mark_of(tone),
        "dim" if row.snooze is not None else "",
    )


def tone_of(item: Item) -> Tone:
    """Red burns now: a breached clock, or a day that is over since today; amber is owed for longer."""
    if item.is_late:
        return "warn" if item.is_debt else "late"
    return "warn" if item.must_warn else ""


def term(moment: When, row: TodayRow) -> str:
    """How far the time of a row is, with its due moment: `2 h late, Fr 13:00`, `in 2 d, 29.11`."""
    item = row.item
    if item.lateness is None:
        return ""
    if not item.is_dated and item.kind != "meeting":
        return moment.lateness(item.lateness)
    day = moment.date_of(item.due_at or "")
    far = day.isoformat() if day else None
    return moment.due_day(far) if item.is_dated else f"{moment.due(far)}, {moment.moment(item.due_at)}"


def term_in_list(moment: When, row: TodayRow) -> str:
    """The same, of another week with the day alone: hours there would cost all others room."""
    due = row.item.lateness.due_at if row.item.lateness else None
    said = term(moment, row)
    if due is None or row.item.is_dated or row.item.kind == "meeting" or row.item.lateness is None:
        return said
    if abs((due.astimezone(moment.zone).date() - moment.today).days) < _DAYS_A_WEEK:
        return said
    return f"{figure_text(row.item.lateness)}, {moment.day_of(utc_text(due))}"


def called(row: TodayRow) -> str:
    """What a row is about: `R-1042 отчёт не открывается`."""
    record = row.item.record
    return f"R-{record.number} {row.item.title}" if isinstance(record, Request) else row.item.title


def row_text(row: TodayRow, moment: When) -> str:
    """A row in one line: why it is here, then what it is about and its time; a list cuts both."""
    parts = (row.item.reason, called(row), row.client.name if row.client else "", term(moment, row))
    return " · ".join(part for part in parts if part)


def whose(session: Session, row: TodayRow) -> str:
    """Whose day a row belongs to: '' for mine, `for Иванова` or `at Петров`, `nobody's`."""
    whose_id = row.item.whose_id
    if whose_id == session.me.id:
        return ""
    if whose_id is None:
        return "nobody's"
    covered = row.item.is_covered
    return f"{'for' if covered else 'at'} {session.directory.surname(whose_id)}"


def late_of(rows: Sequence[TodayRow]) -> str:
    """How many rows are late: `4 late`; '' for none."""
    late = sum(row.item.is_late for row in rows)
    return f"{late} late" if late else ""


def summary(session: Session, today: Today, filter_name: Filter = "all") -> str:
    """The counts of the title: of the rows that are shown; of the whole day those of the top line too.

    Late requests are told by whose they are, because the top line counts no colleague's.
    """
    shown = today.shown(filter_name)
    warned = sum(row.item.must_warn for row in shown)
    to_warn = f"{warned} to warn" if warned else ""
    if filter_name != "all":
        return " · ".join(part for part in (late_of(shown), f"{len(shown)} in all", to_warn) if part)
    counts = today.counts
    parts = [late_of(shown), f"requests: late {_late_requests(session, today)}"]
    parts += [f"due today {counts.due_today}", f"new {counts.new}"]
    to_pick_up = sum(row.item.whose_id is None for row in today.rows)
    parts += [f"{to_pick_up} to pick up" if to_pick_up else "", to_warn]
    parts.append(f"{today.waiting} wait for clients" if today.waiting else "")
    if today.put_off:
        late = late_of(today.put_off)
        parts.append(f"{len(today.put_off)} put off" + (f" ({late})" if late else ""))
    return " · ".join(part for part in parts if part)


def _late_requests(session: Session, today: Today) -> str:
    """Late requests of mine, then those of each colleague: `4 mine, 2 for Соколова, 1 at Орлова`; `6`."""
    late = [row for row in today.rows if row.item.kind == "request" and row.item.is_late]
    by_whom: dict[str, int] = {}
    for row in late:
        whom = whose(session, row)
        by_whom[whom] = by_whom.get(whom, 0) + 1
    mine = by_whom.pop("", 0)
    if not by_whom:
        return str(mine)
    return ", ".join([f"{mine} mine", *(f"{count} {whom}" for whom, count in sorted(by_whom.items()))])


def rest_lines(session: Session, today: Today) -> tuple[str, ...]:
    """What an empty day says: well done, and what comes next and when."""
    moment = moment_of(session, today)
    lines = ["Well done: nothing waits for you now."]
    back = today.next_back
    if back is not None and back.snooze is not None:
        lines.append(f"Next: {called(back)}, put off till {moment.moment(back.snooze.till)}.")
    elif today.coming is not None:
        lines.append(f"Next: {naming.title_of(today.coming)}, {moment.due(today.coming.due_on)}.")
    if today.waiting:
        lines.append(f"{today.waiting} of your requests wait for the client.")
    return tuple(lines)


def machine_row(session: Session, row: TodayRow) -> dict[str, Value | bool]:
    """A row as plain fields."""
    item, client = row.item, row.client
    return {
        "kind": item.kind,
        "id": item.record.id,
        "number": f"R-{item.record.number}" if isinstance(item.record, Request) else "",
        "client_id": item.client_id,
        "client": client.name if client else "",
        "tier": client.tier if client else "",
        "title": item.title,
        "reason": item.reason,
        **lateness_values(item.lateness),
        "whose": session.directory.name(item.whose_id),
        "put_off_till": row.snooze.till if row.snooze else None,
        "put_off_reason": row.snooze.reason if row.snooze else "",
    }
