"""The team in cells for people and in fields for machines: load with a bar, who is away and who stands in."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

from onewindow.desk.people.absences import absences_text
from onewindow.desk.queue.team import Member
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.requests import queued_text
from onewindow.desk.window.panels.view import RecordKey
from onewindow.desk.window.panels.when import When
from onewindow.metrics.sla.lateness import Lateness
from onewindow.metrics.today_order import tier_rank
from onewindow.records.absences import absences_of, current_or_next, deputy_on
from onewindow.records.requests import Request
from onewindow.store.engine import Value
from onewindow.store.queue.today import ClientSeen
from onewindow.text.layout.bars import level
from onewindow.text.layout.cells import Cell, Column, Row, Tone
from onewindow.text.plural import counted

HEADINGS = ("who", "open", "of", "load", "late", "today", "unanswered", "oldest", "absence")
_BAR = 8
COLUMNS = (
    Column(min_width=14),
    Column(width=4, align="right"),
    Column(width=4, align="right", drop_priority=3),
    Column(width=_BAR + 5, drop_priority=4),
    Column(width=4, align="right"),
    Column(width=5, align="right", drop_priority=2),
    Column(width=10, align="right", drop_priority=5),
    Column(width=9, drop_priority=1),
    Column(min_width=20, drop_priority=6),
)
REQUEST_HEADINGS = ("time", "client", "request", "", "who")
REQUEST_COLUMNS = (
    Column(width=22),
    Column(min_width=12),
    Column(min_width=20),
    Column(width=32, drop_priority=1),
    Column(width=12),
)
MACHINE_COLUMNS = (
    "staff_id",
    "login",
    "name",
    "role",
    "open",
    "limit",
    "late",
    "due_today",
    "unanswered",
    "oldest_at",
    "away_from",
    "away_till",
    "absences",
    "deputy",
    "uncovered_clients",
)
NOBODY = "nobody yet"


def moment_of(session: Session) -> When:
    """The present in this person's zone."""
    now, zone = session.now(), ZoneInfo(session.zone)
    return When(now.astimezone(UTC), zone, now.astimezone(zone).date())


def member_row(session: Session, moment: When, member: Member, *, is_ascii: bool = False) -> Row:
    """A person in cells; the key is the id of the person, 0 for what nobody has taken."""
    load, staff = member.load, member.staff
    full: Tone = "late" if member.fullness == "over" else "warn" if member.fullness else ""
    bar = level(min(1.0, load.open / member.limit), _BAR, ascii=is_ascii) if member.limit else ""
    away = absence(session, moment, member)
    return Row(
        RecordKey("staff", staff.id if staff else 0),
        (
            Cell(staff.name if staff else NOBODY, "" if staff else "warn"),
            Cell(str(load.open), full),
            Cell(str(member.limit or "")),
            Cell(f"{bar} {member.fullness}".rstrip(), full),
            Cell(str(load.late or ""), "late"),
            Cell(str(load.due_today or "")),
            Cell(str(load.unanswered or ""), "warn" if load.unanswered else ""),
            Cell(moment.age(load.oldest_at).removesuffix(" ago")),
            Cell(away, "late" if member.uncovered else "dim"),
        ),
        "!" if load.late or member.uncovered else "?" if member.fullness == "over" else " ",
    )


def absence(session: Session, moment: When, member: Member) -> str:
    """`away till 30.11, Иванова stands in`, or for how many clients nobody does; '' for who is here.

    Of an absence to come its days and who stands in then.
    """
    staff = member.staff
    if staff is None:
        return ""
    today = moment.today.isoformat()
    away = current_or_next(staff, today)
    if away is None:
        return "works here no more" if staff.archived_at else ""
    till = f" till {moment.day(away.last)}" if away.last else ""
    later = [spell for spell in absences_of(staff) if spell.first > away.first]
    then = f", again from {moment.day(later[0].first)}" if later else ""
    if away.first > today:
        when = (
            f"on {moment.day(away.first)}"
            if away.last == away.first
            else f"{moment.day(away.first)} – {moment.day(away.last)}"
            if away.last
            else f"from {moment.day(away.first)}"
        )
        later_deputy = session.directory.surname(deputy_on(staff, away.first))
        return f"away {when}{f', {later_deputy} stands in' if later_deputy else ''}{then}"
    if member.uncovered:
        return f"away{till}, nobody stands in for {counted(member.uncovered, 'client')}"
    deputy = session.directory.surname(deputy_on(staff, today))
    return f"away{till}, {deputy} stands in{then}" if deputy else f"away{till}{then}"


QueuePlace = tuple[int, int, int, str, int]
"""Rows of a queue sort by it."""


def queue_place(request: Request, client: ClientSeen | None, lateness: Lateness | None) -> QueuePlace:
    """Where a request stands in a queue: breached first, then the least slack, then tier, then age.

    What is paused stands behind what runs, and what has no time behind all.
    """
    stage = 3 if lateness is None else 0 if lateness.is_late else 2 if lateness.is_paused else 1
    slack = lateness.seconds if lateness is not None else 0
    return stage, slack, tier_rank(client.tier if client else ""), request.opened_at, request.id


def request_row(
    session: Session, moment: When, request: Request, client: ClientSeen | None, lateness: Lateness | None
) -> Row:
    """A request of the department in cells; the key is its RecordKey."""
    late = lateness is not None and lateness.is_late
    term = moment.lateness(lateness) if lateness is not None else request.status.replace("_", " ")
    return Row(
        RecordKey("request", request.id),
        (
            Cell(term, "late" if late else ""),
            Cell(client.name if client else ""),
            Cell(f"R-{request.number} {request.title}"),
            Cell(queued_text(moment, lateness), "dim"),
            Cell(session.directory.surname(request.assignee_id) or "nobody"),
        ),
        "!" if late else " ",
    )


def machine_row(session: Session, member: Member) -> dict[str, Value]:
    """A person as plain fields."""
    staff, load = member.staff, member.load
    away = current_or_next(staff, session.today().isoformat()) if staff else None
    return {
        "staff_id": staff.id if staff else None,
        "login": staff.login if staff else "",
        "name": staff.name if staff else "",
        "role": staff.role if staff else "",
        "open": load.open,
        "limit": member.limit or None,
        "late": load.late,
        "due_today": load.due_today,
        "unanswered": load.unanswered,
        "oldest_at": load.oldest_at,
        "away_from": away.first if away else None,
        "away_till": away.last if away else None,
        "deputy": session.directory.name(deputy_on(staff, away.first if away else "")) if staff else "",
        "absences": absences_text(session, staff) if staff else "",
        "uncovered_clients": member.uncovered,
    }
