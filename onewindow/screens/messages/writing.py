"""Messages from the window: a draft from a template for the client or request, and its status to copy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from onewindow.desk.outbox import drafting
from onewindow.desk.requests.client_status import status_lines, status_of, statuses_of
from onewindow.desk.requests.status_page import page
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.templates import writing
from onewindow.records.clients import Client
from onewindow.records.fields import Record
from onewindow.records.messages import Message
from onewindow.records.requests import Request
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.box import copy_from, open_over
from onewindow.screens.frame.chooser import Chooser
from onewindow.store.problems import StoreProblem

About = Callable[[], tuple[Client, Request | None]]
Say = Callable[[str, bool], None]


class MessageActions:
    """Actions that write to a client, about a request if one is meant, from any screen.

    `screen` lies under the boxes, `about` gives client and request or raises StoreProblem, `say` says a
    sentence and whether it warns.
    """

    def __init__(self, screen: Screen[Any], session: Session, about: About, say: Say) -> None:
        """Serve one screen."""
        self._screen = screen
        self._session = session
        self._about = about
        self._say = say

    def write(self) -> None:
        """Choose a template and write from it."""
        client, request = self._about()
        session = self._session
        templates = writing.fitting(session, "reply" if request else "", client, request)
        if not templates:
            raise StoreProblem("There are no templates yet; “new: template” in the palette makes one.")
        options = [(str(fitting.id), writing.template_label(fitting)) for fitting in templates]
        own = writing.in_language(session, templates, client, request)

        def chosen(template_id: str | None) -> None:
            if template_id is None:
                return
            template = next(fitting for fitting in templates if str(fitting.id) == template_id)
            letter = writing.render(session, template, client, request)
            message = drafting.drafted(session, client, request=request, filled=letter)
            self.look_at(drafting.draft(session, message))

        open_over(self._screen, Chooser("Write from which template?", options, first=own), chosen)

    def acknowledge(self) -> None:
        """Tell the client that the request was received."""
        self._from_purpose("acknowledge", needs_request=True)

    def warn(self) -> None:
        """Warn the client that a promised date moves."""
        self._from_purpose("warn", needs_request=True)

    def apology(self) -> None:
        """Say that it was our mistake, with the cause and what is done about it."""
        self._from_purpose("apology", needs_request=True)

    def who_is_who(self) -> None:
        """Tell the client whom to turn to."""
        self._from_purpose("who_is_who", needs_request=False)

    def status(self) -> None:
        """Copy what the client may be told: of the request under the cursor, else of all open ones."""
        client, request = self._about()
        session = self._session
        if request is not None:
            text = "\n".join(status_lines(status_of(session, request)))
        else:
            text = page(statuses_of(session, client), "txt").rstrip("\n")
        copy_from(self._screen, text)
        self._say(f"Copied for the client: {text.splitlines()[0]}", False)

    def _from_purpose(self, purpose: str, *, needs_request: bool) -> None:
        client, request = self._about()
        if needs_request and request is None:
            raise StoreProblem("Put the cursor on the request that it is about.")
        self.look_at(drafting.draft_from_template(self._session, purpose, client, request))

    def look_at(self, message: Message, queued: Callable[[], None] | None = None) -> None:
        """Open a draft in its form; once saved, it can be queued with one more key.

        `queued` is done when it was, and says it.
        """

        def closed(saved: Record | None) -> None:
            if isinstance(saved, Message):
                self._ask_queue(saved, queued)
            else:
                self._say("The draft waits in the outbox.", False)

        form = RecordForm(self._session, "message", message, message.client_id, focus="text")
        open_over(self._screen, form, closed)

    def _ask_queue(self, message: Message, done: Callable[[], None] | None) -> None:
        obstacles = drafting.obstacles(self._session, message)
        if obstacles:
            self._say(f"It stays a draft in the drafting. {obstacles[0]}", True)
            return

        def chosen(answer: str | None) -> None:
            if answer != "queue":
                self._say("The draft waits in the outbox.", False)
                return
            try:
                queued = drafting.queue(self._session, message)
            except StoreProblem as problem:
                self._say(str(problem), True)
                return
            self._say(f"Queued: {naming.title_of(queued)}; undo takes it back.", False)
            if done is not None:
                done()

        options = [("queue", f"Queue it to {message.recipient}"), ("draft", "Leave it as a draft")]
        open_over(self._screen, Chooser("Send this message?", options), chosen)
