"""Meetings and the touch plan from the window: the brief before a call, planning, what is due and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from onewindow.desk.cadence import outreach
from onewindow.desk.meetings import brief as meeting_brief
from onewindow.desk.meetings import planning, times
from onewindow.desk.meetings.brief import Brief
from onewindow.desk.meetings.typed_line import read_line
from onewindow.desk.requests.client_status import client_zone
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.meetings import Meeting
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.protocols import Window
from onewindow.screens.frame.questions import Answers, Questions
from onewindow.screens.frame.text_view import TextView
from onewindow.store.meetings import of_client
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import to_local, utc_text
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.text_lines import TextLine

_SLOTS = 6


def brief_lines(brief: Brief) -> list[TextLine]:
    """A brief as the lines of a text: headings stand out, and so does what wants care."""
    lines = [TextLine(brief.headline, tone="title")]
    for section in brief.sections:
        lines += [TextLine(""), TextLine(section.title, tone="title")]
        lines += [
            TextLine(f"  {text}", tone="late" if text.startswith("!") else "") for text in section.lines
        ]
    return lines


def open_brief(screen: Screen[Any], session: Session, client_id: int, meeting: Meeting | None = None) -> None:
    """Show the brief of a client over a screen; `y` there copies it."""
    open_over(screen, _brief_view(session, client_id, meeting))


def _brief_view(session: Session, client_id: int, meeting: Meeting | None = None) -> TextView:
    brief = meeting_brief.brief(session, client_id, meeting)
    return TextView(f"Before you meet {brief.client.name}", brief_lines(brief))


class MeetingActions:
    """Actions of the window on the client it shows."""

    def __init__(self, window: Window) -> None:
        """Serve one window."""
        self._window = window
        self._session = window.session

    def brief(self) -> None:
        """All that one must know before a call or meeting, on one page."""
        self._window.host.push_screen(_brief_view(self._session, self._client().id))

    def plan(self) -> None:
        """Plan a meeting from one line; free times of both sides are offered beside it."""
        client, session = self._client(), self._session
        free = times.slots(session, client, [session.me.id], 60, _SLOTS)
        zone = client_zone(session, client)
        shown = ", ".join(f"{to_local(utc_text(at), zone):%a %d.%m %H:%M}" for at in free)
        fields = (
            FieldSpec(
                "line",
                "meeting",
                required=True,
                hint="day hour:minute, what about, place, how long: 45m",
                help=f"The client's time ({zone}). Free: {shown or 'nothing within three weeks'}.",
            ),
            FieldSpec("agenda", "agenda", hint=client.goal or ""),
        )

        def answered(answers: Answers) -> str:
            line = read_line(session, client, answers["line"])
            made = planning.plan(session, client, line, agenda=answers["agenda"])
            told = planning.meeting_text(session, made.meeting)
            return f"Planned: {told}. {' '.join(made.conflicts)}".strip()

        self._ask(f"Meet {client.name}", fields, answered)

    def invite(self) -> None:
        """Queue the invitation to the next meeting; a mail carries the calendar file."""
        message = planning.invite(self._session, self._next())
        self._window.say(f"The invitation waits in the outbox for {message.recipient}.")

    def postpone(self) -> None:
        """Move the next meeting, with the reason; how often is counted."""
        meeting, session = self._next(), self._session
        fields = (
            FieldSpec("when", "new time", hint="empty: to be found; пн 11:00", help="The client's time."),
            FieldSpec("reason", "why it moves", required=True),
        )

        def answered(answers: Answers) -> str:
            moved = planning.postpone(session, meeting, answers["when"], answers["reason"])
            return f"{planning.meeting_text(session, moved.meeting)}. {' '.join(moved.conflicts)}".strip()

        self._ask(f"Postpone: {meeting.title}", fields, answered)

    def held(self) -> None:
        """Note what came of the next meeting; it becomes a touch."""
        meeting, session = self._next(), self._session

        def answered(answers: Answers) -> str:
            planning.held(session, meeting, answers["result"])
            return f"Held: {meeting.title}"

        self._ask(
            f"Held: {meeting.title}", (FieldSpec("result", "what came of it", required=True),), answered
        )

    def cancel(self) -> None:
        """Call the next meeting off, with the reason."""
        meeting, session = self._next(), self._session

        def answered(answers: Answers) -> str:
            planning.cancel(session, meeting, answers["reason"])
            return f"Cancelled: {meeting.title}"

        self._ask(f"Cancel: {meeting.title}", (FieldSpec("reason", "why", required=True),), answered)

    def touch_why(self) -> None:
        """Show the last touch, the cadence, and every reason that is due within a month."""
        client = self._client()
        self._window.host.push_screen(
            TextView(f"Touch plan: {client.name}", outreach.why(self._session, client))
        )

    def touch_done(self) -> None:
        """Log the touch that is due with what was said."""
        client, session = self._client(), self._session

        def answered(answers: Answers) -> str:
            outreach.done(session, client, answers["text"])
            return f"Logged: {answers['text']}"

        self._ask(f"Touch: {client.name}", (FieldSpec("text", "what was said", required=True),), answered)

    def touch_send(self) -> None:
        """Queue the message that fits the touch due."""
        message = outreach.send(self._session, self._client())
        self._window.say(f"Queued for {message.recipient}: {message.subject or message.text}")

    def touch_skip(self) -> None:
        """Leave the touch out that is due, with the reason."""
        client, session = self._client(), self._session

        def answered(answers: Answers) -> str:
            return f"Skipped: {outreach.skip(session, client, answers['reason']).text}"

        self._ask(f"Skip the touch: {client.name}", (FieldSpec("reason", "why", required=True),), answered)

    def touch_put_off(self) -> None:
        """Move the touch that is due to a later day, with the reason."""
        client, session = self._client(), self._session
        fields = (
            FieldSpec("till", "not before", required=True, hint="пн, +1w, 15.12"),
            FieldSpec("reason", "why", required=True),
        )

        def answered(answers: Answers) -> str:
            moved = outreach.put_off(session, client, answers["till"], answers["reason"])
            return f"Put off: {moved.text}"

        self._ask(f"Put off the touch: {client.name}", fields, answered)

    def _client(self) -> Client:
        if self._window.snapshot is None:
            raise StoreProblem("There is no client yet.")
        return self._window.snapshot.client

    def _next(self) -> Meeting:
        """The meeting meant: the nearest that is not settled."""
        unsettled = [
            meeting
            for meeting in of_client(self._session.store, self._client().id)
            if meeting.state in _UNSETTLED
        ]
        if not unsettled:
            raise StoreProblem(
                "No meeting with this client is planned; “meeting: plan” in the palette does it."
            )
        return min(unsettled, key=lambda meeting: meeting.starts_at)

    def _ask(self, title: str, fields: tuple[FieldSpec, ...], answered: Callable[[Answers], str]) -> None:
        def closed(said: str | None) -> None:
            if said:
                self._window.say(said)

        self._window.host.push_screen(Questions(title, fields, answered), closed)


_UNSETTLED = ("planned", "postponed")
