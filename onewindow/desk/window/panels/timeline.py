"""Panel 6: every touch in every channel, survey answers, closed requests and, on demand, every change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import PanelView, RecordKey, pick, rows_of
from onewindow.desk.window.panels.when import When, when
from onewindow.desk.window.snapshot import Answer, ClientSnapshot
from onewindow.records.meetings import Meeting
from onewindow.records.requests import Request, Touch
from onewindow.text.dates import shorten_days
from onewindow.text.layout.cells import Cell, Column, Row, Tone
from onewindow.text.layout.width import cell_width
from onewindow.text.names.person_names import short_name

# The log is loaded when somebody asks for all changes; the name alone costs a start nothing.
if TYPE_CHECKING:
    from onewindow.store.history import HistoryLine

NAME, NUMBER, TITLE = "timeline", "6", "timeline"
MODES = ("all", "calls", "mails", "meetings", "notes", "surveys", "changes")
NEW_KIND = "touch"
KINDS = frozenset({"touch", "survey_response", "request", "meeting", "client"})
EMPTY = "Nothing yet. Calls, mails, meetings and notes belong here; n logs one."
_NAME_CELLS = 10
DETRACTOR_UP_TO = 6

_KINDS_OF_MODE = {
    "calls": ("call",),
    "mails": ("mail", "message"),
    "meetings": ("meeting", "visit"),
    "notes": ("note", "gift", "review"),
}
_WORDS = {"call": "call", "mail": "mail", "message": "msg"}
_Entry = tuple[bool, str, Touch | Answer | Request]
"""Whether it is not pinned, when it was, and what it was."""


def view(session: Session, snapshot: ClientSnapshot, mode: str = "") -> PanelView:
    """The panel: pinned entries first, then the newest; only the view of changes reads the store."""
    moment = when(session, snapshot)
    chosen = pick(MODES, mode)
    if chosen == "changes":
        rows = tuple(_change_row(moment, lines) for lines in _writes(session, snapshot))
    else:
        entries = list(_entries(snapshot, chosen))
        # Two stable sorts: the newest first, then pinned ones above them in that same order.
        entries.sort(key=lambda entry: entry[1], reverse=True)
        entries.sort(key=lambda entry: entry[0])
        rows = (
            *_ahead(session, snapshot, moment, chosen),
            *rows_of(
                [entry[2] for entry in entries], lambda entry: _entry_row(session, snapshot, moment, entry)
            ),
        )
    return PanelView(
        name=NAME,
        title=f"{NUMBER} {TITLE}",
        summary="" if chosen == "all" else chosen,
        worst=_latest(snapshot, moment),
        columns=_columns(session, snapshot),
        rows=rows,
        empty=EMPTY,
        new_kind=NEW_KIND,
        kinds=KINDS,
    )


def touch_word(touch: Touch) -> str:
    """The kind of a touch with its direction where there are two: `call`, `mail out`, `meeting`."""
    word = _WORDS.get(touch.touch_kind, touch.touch_kind)
    return f"{word} out" if touch.direction == "out" and touch.touch_kind in _WORDS else word


def touch_text(snapshot: ClientSnapshot, touch: Touch) -> str:
    """What was said, after the name of the person at the client, with their mood."""
    name = short_name(snapshot.contact_name(touch.contact_id))
    said = f"{name}: {touch.text}" if name else touch.text
    return f"{said} ({touch.mood})" if touch.mood else said


def answer_text(snapshot: ClientSnapshot, answer: Answer) -> str:
    """A survey answer: `NPS 9/10 «…», Анна Ким`."""
    metric = answer.metric.upper() if answer.metric != "other" else answer.survey
    mark = "" if answer.score is None else f" {answer.score}/{answer.scale_max}"
    comment = f" «{answer.comment}»" if answer.comment else ""
    name = short_name(snapshot.contact_name(answer.contact_id))
    return f"{metric}{mark}{comment}" + (f", {name}" if name else "")


def is_unanswered(answer: Answer) -> bool:
    """Whether an answer is an NPS mark of 6 or less that nobody has followed up."""
    is_low = answer.score is not None and answer.score <= DETRACTOR_UP_TO
    return answer.metric == "nps" and is_low and not answer.followed_up


def _columns(session: Session, snapshot: ClientSnapshot) -> tuple[Column, ...]:
    """The column of names is only as wide as the names of those who were in touch."""
    people = {touch.staff_id for touch in snapshot.touches}
    people |= {request.assignee_id for request in snapshot.closed_requests}
    longest = max((cell_width(session.directory.surname(staff_id)) for staff_id in people), default=0)
    return (
        Column(width=8),
        Column(width=8),
        Column(min_width=30),
        Column(width=min(_NAME_CELLS, longest or _NAME_CELLS), drop_priority=2),
        Column(width=5, drop_priority=1),
    )


def _entries(snapshot: ClientSnapshot, chosen: str) -> Iterator[_Entry]:
    kinds = _KINDS_OF_MODE.get(chosen, ())
    for touch in snapshot.touches:
        if (
            chosen == "all"
            or touch.touch_kind in kinds
            or (chosen, touch.touch_kind) == ("surveys", "survey")
        ):
            yield not touch.is_pinned, touch.at, touch
    if chosen in ("all", "surveys"):
        for answer in snapshot.answers:
            yield True, answer.at, answer
    if chosen == "all":
        for request in snapshot.closed_requests:
            yield True, request.resolved_at or request.opened_at, request


def _ahead(session: Session, snapshot: ClientSnapshot, moment: When, chosen: str) -> Iterator[Row]:
    """What is to come: the touch that is due, and meetings; they stand above what was."""
    due = snapshot.touch_due
    if due is not None and chosen == "all":
        late = due.due_on < moment.today.isoformat()
        tone: Tone = "late" if late else ""
        cells = (
            Cell(moment.day(due.due_on), tone),
            Cell("due"),
            Cell(f"{due.touch_kind}: {shorten_days(due.reason, moment.today)}", tone),
        )
        yield Row(RecordKey("client", snapshot.client.id), (*cells, Cell(""), Cell("")), "!" if late else ">")
    for meeting in snapshot.meetings if chosen in ("all", "meetings") else ():
        yield _meeting_row(session, moment, meeting)


def _has_ended(moment: When, meeting: Meeting) -> bool:
    starts = moment.local(meeting.starts_at)
    return starts is not None and starts + timedelta(minutes=meeting.minutes) < moment.now


def _meeting_row(session: Session, moment: When, meeting: Meeting) -> Row:
    waits = meeting.state == "postponed"
    over = _has_ended(moment, meeting)
    parts = [meeting.title, meeting.form.replace("_", " "), meeting.place]
    if waits:
        parts.append("no time yet")
    elif over:
        parts.append("was it held?")
    if meeting.postponed:
        parts.append(f"postponed {meeting.postponed} ×")
    return Row(
        RecordKey("meeting", meeting.id),
        (
            Cell("" if waits else moment.day_of(meeting.starts_at)),
            Cell("meeting"),
            Cell(", ".join(part for part in parts if part), "warn" if waits or over else ""),
            Cell(session.directory.surname(meeting.staff_id), "dim"),
            Cell("" if waits else moment.hour(meeting.starts_at), "dim"),
        ),
        "?" if waits or over else ">",
    )


def _entry_row(
    session: Session, snapshot: ClientSnapshot, moment: When, entry: Touch | Answer | Request
) -> Row:
    if isinstance(entry, Touch):
        return _touch_row(session, snapshot, moment, entry)
    if isinstance(entry, Answer):
        return _answer_row(snapshot, moment, entry)
    return _request_row(session, moment, entry)


def _touch_row(session: Session, snapshot: ClientSnapshot, moment: When, touch: Touch) -> Row:
    return Row(
        RecordKey("touch", touch.id),
        (
            Cell(moment.day_of(touch.at)),
            Cell(touch_word(touch)),
            Cell(touch_text(snapshot, touch)),
            Cell(session.directory.surname(touch.staff_id), "dim"),
            Cell(moment.hour(touch.at), "dim"),
        ),
        "^" if touch.is_pinned else " ",
        "dim" if touch.is_automatic else "",
    )


def _answer_row(snapshot: ClientSnapshot, moment: When, answer: Answer) -> Row:
    unhappy = is_unanswered(answer)
    tone: Tone = "late" if unhappy else ""
    return Row(
        RecordKey("survey_response", answer.id),
        (
            Cell(moment.day_of(answer.at)),
            Cell("survey"),
            Cell(answer_text(snapshot, answer), tone),
            Cell(""),
            Cell(moment.hour(answer.at), "dim"),
        ),
        "!" if unhappy else " ",
    )


def _request_row(session: Session, moment: When, request: Request) -> Row:
    at = request.resolved_at or request.opened_at
    result = f", {request.result}" if request.result else ""
    return Row(
        RecordKey("request", request.id),
        (
            Cell(moment.day_of(at)),
            Cell(request.status),
            Cell(f"R-{request.number} {request.title}{result}"),
            Cell(session.directory.surname(request.assignee_id), "dim"),
            Cell(moment.hour(at), "dim"),
        ),
    )


def _writes(session: Session, snapshot: ClientSnapshot) -> Iterator[list[HistoryLine]]:
    """The events of the log, those of one write together."""
    from onewindow.store import history  # not before somebody asks for all changes

    lines = history.client_history(session.store, snapshot.client.id)
    for _, group in groupby(lines, key=lambda line: (line.at, line.actor, line.label)):
        yield list(group)


def _change_row(moment: When, lines: list[HistoryLine]) -> Row:
    # What happened to a request is logged beside it; the request itself is what one wants to open.
    first = next((line for line in lines if line.entity != "request_event"), lines[0])
    more = f" (+{len(lines) - 1})" if len(lines) > 1 else ""
    return Row(
        RecordKey(first.entity, first.entity_id),
        (
            Cell(moment.day_of(first.at)),
            Cell(first.op),
            Cell(f"{first.label}{more}"),
            Cell(first.actor, "dim"),
            Cell(moment.hour(first.at), "dim"),
        ),
    )


def _latest(snapshot: ClientSnapshot, moment: When) -> str:
    for touch in snapshot.touches[:1]:
        return f"{moment.day_of(touch.at)} {touch_word(touch)} {touch_text(snapshot, touch)}"
    return ""
