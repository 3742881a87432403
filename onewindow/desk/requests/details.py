"""What is written about a request in fields of its own, beside what is said in its thread."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.desk.editing.parsing import shown_text
from onewindow.desk.requests.assignment import RequestSnapshot
from onewindow.desk.requests.thread_view import Entry
from onewindow.desk.session.context import Session
from onewindow.records.fields import attribute_of
from onewindow.records.requests import Request

_FIRST = ("text", "deliverable", "acceptance")
"""What is asked for: read before what was said about it."""
_CAME = ("cause", "corrective_action", "result")
_BESIDE = ("minutes", "tags")


def details(session: Session, request: Request) -> Iterator[tuple[str, str]]:
    """Label and text of each field that is filled in; a text may be of several lines and is raw."""
    return _filled(session, request, (*_FIRST, *_CAME, *_BESIDE))


def with_details(session: Session, snapshot: RequestSnapshot, thread: list[Entry]) -> list[Entry]:
    """A thread with what was asked for, whole, behind the opening, and what came of it behind all of it.

    A text that the thread says already is not said again.
    """
    opening = next((place for place, entry in enumerate(thread) if entry.is_opening), -1)
    said = "\n".join(entry.text for entry in thread)
    # What was asked is left out only where an entry is exactly that; what came of it, where any says it.
    whole = {entry.text.strip() for entry in thread}
    asked = [
        entry for entry in _entries(session, snapshot.request, _FIRST) if entry.text.strip() not in whole
    ]
    came = [entry for entry in _entries(session, snapshot.request, _CAME) if entry.text.strip() not in said]
    beside = _entries(session, snapshot.request, _BESIDE)
    return [*thread[: opening + 1], *asked, *thread[opening + 1 :], *came, *beside]


def _entries(session: Session, request: Request, names: tuple[str, ...]) -> Iterator[Entry]:
    for label, text in _filled(session, request, names):
        yield Entry("", "", label, text, is_internal=False, tone="")


def _filled(session: Session, request: Request, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in names:
        described = attribute_of(Request, name)
        if getattr(request, name):
            yield described.label, shown_text(session, request, described)
