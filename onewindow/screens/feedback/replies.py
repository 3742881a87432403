"""The answer to a quote from any screen: a message of what became of it, the client's reaction, or none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from onewindow.desk.announcements import feature_messages
from onewindow.desk.feedback import linking, notifying
from onewindow.desk.feedback.wish_status import is_to_notify
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Feature
from onewindow.records.clients import Client
from onewindow.records.feedback import Feedback
from onewindow.records.requests import Request
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.chooser import Chooser
from onewindow.screens.frame.questions import Answers, Questions
from onewindow.screens.messages.writing import MessageActions
from onewindow.store import feedback as feedback_store
from onewindow.store import rows
from onewindow.widgets.field_spec import FieldSpec

Say = Callable[[str, bool], None]
_WORDS = "words"
_NEW, _NONE = "new", "none"


class FeedbackReplies:
    """Serves one screen; `told` hears what was done, `say` sentences and whether they warn."""

    def __init__(self, screen: Screen[Any], session: Session, told: Callable[[str], None], say: Say) -> None:
        """Serve a screen."""
        self._screen, self._session = screen, session
        self._told, self._say = told, say

    def reply(self, quote: Feedback) -> None:
        """Write what became of it, drafted in the client's language; to who knows it note what they say."""
        if is_to_notify(self._feature(quote), quote):
            self._write(quote)
        else:
            self._ask_reaction(quote)

    def join(self, quote: Feedback) -> None:
        """Link it to a feature, similar ones first, or to one that is new."""
        session = self._session
        similar = linking.Features(session.store).similar(quote.quote, quote.product_id)
        likely = [found.feature for found in similar]
        others = [one for one in feedback_store.features(session.store) if one not in likely]
        known = {str(one.id): one for one in (*likely, *sorted(others, key=lambda each: each.title))}
        options = [(number, one.title) for number, one in known.items()]
        options += [(_NEW, "new feature…"), *([(_NONE, "no feature")] if quote.feature_id else [])]

        def chosen(number: str | None) -> None:
            if number == _NEW:
                self._ask_title(quote)
            elif number is not None:
                feature = known.get(number)
                linking.link(session, quote, feature)
                self._told(f"linked to “{feature.title}”" if feature else "linked to no feature")

        first = frozenset(str(one.id) for one in likely)
        open_over(self._screen, Chooser(f"«{quote.quote}» asks for", options, first=first), chosen)

    def _ask_title(self, quote: Feedback) -> None:
        field = FieldSpec(_WORDS, "feature", required=True, hint="what is asked for, in a few words")
        self._ask(
            "New feature",
            field,
            lambda title: linking.link_to_new(self._session, quote, title),
            "linked to a new feature",
        )

    def decline(self, quote: Feedback) -> None:
        """The client is not to hear of it; the reason is asked for."""
        self._ask(
            f"Not told: {self._called(quote)}",
            FieldSpec(_WORDS, "why", required=True, hint="why the client is not told"),
            lambda words: notifying.decline(self._session, quote, words),
            f"declined: {self._called(quote)}",
        )

    def _ask_reaction(self, quote: Feedback) -> None:
        self._ask(
            f"Reaction: {self._called(quote)}",
            FieldSpec(_WORDS, "what they say to it", required=True, hint="in their own words"),
            lambda words: notifying.react(self._session, quote, words),
            f"reaction noted: {self._called(quote)}",
        )

    def _write(self, quote: Feedback) -> None:
        session = self._session
        message = feature_messages.draft(session, quote)

        def about() -> tuple[Client, Request | None]:
            return rows.get(session.store, Client, quote.client_id), None

        def queued() -> None:
            self._told(f"queued, and {notifying.notified(session, notifying.notify(session, quote))}")

        MessageActions(self._screen, session, about, self._say).look_at(message, queued)

    def _ask(self, title: str, field: FieldSpec, work: Callable[[str], object], told: str) -> None:
        def answered(answers: Answers) -> str:
            work(answers[_WORDS])
            return told

        def closed(said: str | None) -> None:
            if said:
                self._told(said)

        open_over(self._screen, Questions(title, (field,), answered), closed)

    def _called(self, quote: Feedback) -> str:
        title = naming.label(self._session, "feature", quote.feature_id) or quote.quote
        return f"{naming.label(self._session, 'client', quote.client_id)}, {title}"

    def _feature(self, quote: Feedback) -> Feature | None:
        return rows.find(self._session.store, Feature, quote.feature_id) if quote.feature_id else None
