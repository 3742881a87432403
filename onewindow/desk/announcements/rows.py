"""Announcements, releases and sessions as rows; what became of one at each client; who comes."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.desk.announcements.as_text import AnnouncementStatus, seats_text
from onewindow.desk.reports.report_text import share_text
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.when import When
from onewindow.records.adoption import Announcement, Release, TrainingSession
from onewindow.store.adoption.training import AttendanceLine
from onewindow.store.announcements.announcement_records import DeliveryLine
from onewindow.text.layout.cells import Cell, Column, Row, Tone

ANNOUNCEMENT_HEADINGS = (
    "announcement",
    "about",
    "by",
    "state",
    "waits",
    "told",
    "answered (95 %)",
    "declined",
)
ANNOUNCEMENT_COLUMNS = (
    Column(min_width=22),
    Column(min_width=12, drop_priority=3),
    Column(width=9, drop_priority=2),
    Column(width=8),
    Column(width=5, align="right"),
    Column(width=5, align="right"),
    Column(width=15, align="right", drop_priority=1),
    Column(width=8, align="right", drop_priority=4),
)
SESSION_HEADINGS = ("when", "session", "about", "who teaches", "state", "who comes")
SESSION_COLUMNS = (
    Column(width=11),
    Column(min_width=20),
    Column(min_width=10, drop_priority=2),
    Column(width=12, drop_priority=1),
    Column(width=9),
    Column(min_width=24, drop_priority=3),
)
RELEASE_HEADINGS = ("released", "product", "version", "what is new", "announced")
RELEASE_COLUMNS = (
    Column(width=10),
    Column(min_width=14),
    Column(width=8),
    Column(min_width=20, drop_priority=1),
    Column(width=9),
)
DELIVERY_HEADINGS = ("client", "whom", "state", "since", "answer, reason or what keeps it")
DELIVERY_COLUMNS = (
    Column(min_width=16),
    Column(min_width=12, drop_priority=2),
    Column(width=8),
    Column(width=11, drop_priority=1),
    Column(min_width=20),
)
ATTENDANCE_HEADINGS = ("client", "who comes", "state", "people", "since", "note")
ATTENDANCE_COLUMNS = (
    Column(min_width=16),
    Column(min_width=12, drop_priority=2),
    Column(width=8),
    Column(width=6, align="right"),
    Column(width=11, drop_priority=1),
    Column(min_width=12, drop_priority=3),
)
_STATE_TONES: dict[str, Tone] = {"queued": "warn", "declined": "dim", "answered": "good", "attended": "good"}


def announcement_row(status: AnnouncementStatus) -> Row:
    """One announcement; the mark `>` says that somebody waits for it."""
    announcement, waits = status.announcement, status.counts.get("queued", 0)
    return Row(
        announcement.id,
        (
            Cell(announcement.title),
            Cell(status.about, "dim"),
            Cell(announcement.channel, "dim"),
            Cell(announcement.state, "warn" if announcement.state == "sending" else ""),
            Cell(str(waits) if waits else "", "warn"),
            Cell(str(status.notified) if status.notified else ""),
            Cell(share_text(status.answered), "dim" if status.answered is None else ""),
            Cell(str(status.counts.get("declined", "")), "dim"),
        ),
        ">" if waits else " ",
    )


def session_row(
    session: Session, moment: When, training_session: TrainingSession, counts: dict[str, tuple[int, int]]
) -> Row:
    """One training session with its seats."""
    is_over = training_session.state != "planned"
    return Row(
        training_session.id,
        (
            Cell(moment.moment(training_session.starts_at)),
            Cell(training_session.title),
            Cell(session.directory.product(training_session.product_id), "dim"),
            Cell(session.directory.surname(training_session.trainer_id), "dim"),
            Cell(training_session.state, "dim" if is_over else "accent"),
            Cell(seats_text(counts, training_session.capacity)),
        ),
        " " if is_over else ">",
    )


def release_row(session: Session, moment: When, release: Release, announced: Sequence[Announcement]) -> Row:
    """One release, and how many announcements there are of it."""
    return Row(
        release.id,
        (
            Cell(moment.day(release.released_on)),
            Cell(session.directory.product(release.product_id)),
            Cell(release.version_name),
            Cell(release.notes, "dim"),
            Cell(str(len(announced)) if announced else "not yet", "" if announced else "warn"),
        ),
    )


def delivery_row(moment: When, line: DeliveryLine) -> Row:
    """What became of an announcement at one client."""
    delivery = line.delivery
    return Row(
        delivery.id,
        (
            Cell(line.client),
            Cell(line.contact, "dim"),
            Cell(delivery.state, _STATE_TONES.get(delivery.state, "")),
            Cell(moment.moment(delivery.at), "dim"),
            Cell(said(line), "late" if line.message_state == "failed" and delivery.state == "queued" else ""),
        ),
        "!" if line.message_state == "failed" and delivery.state == "queued" else " ",
    )


def said(line: DeliveryLine) -> str:
    """What the client answered, else why it went back, else how the message stands while it waits."""
    delivery = line.delivery
    parts = [delivery.answer, delivery.reason]
    if delivery.state == "queued" and line.message_state:
        parts.append(f"mail {line.message_state}" + (f": {line.message_error}" if line.message_error else ""))
    return "; ".join(part for part in parts if part)


def attendance_row(moment: When, line: AttendanceLine) -> Row:
    """Whether a client comes to a session."""
    attendance = line.attendance
    return Row(
        attendance.id,
        (
            Cell(line.client),
            Cell(line.contact, "dim"),
            Cell(attendance.state, _STATE_TONES.get(attendance.state, "")),
            Cell(str(attendance.people)),
            Cell(moment.moment(attendance.at), "dim"),
            Cell(attendance.note),
        ),
    )
