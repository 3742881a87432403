"""The line for what a client said, opened over the window or over any screen above it."""

from __future__ import annotations

from collections.abc import Callable

from onewindow.desk.window.panels.view import RecordKey
from onewindow.screens.feedback.capture import FeedbackLine
from onewindow.screens.frame.box import say_in_front
from onewindow.screens.frame.protocols import Window


def write_down(window: Window, is_in_front: Callable[[], bool]) -> None:
    """Write down what a client said: the one on the screen of the window, elsewhere the one who is named."""
    is_in_window = is_in_front()
    snapshot = window.snapshot if is_in_window else None
    line = FeedbackLine(window.session, snapshot.client.id if snapshot is not None else None)

    def closed(said: str | None) -> None:
        kept = line.kept
        if said is None or kept is None:
            return
        told = f"{said}; {window.why_key('edit.undo')} takes it back."
        if not is_in_window:
            say_in_front(window.host, told)
            return
        window.open_client(kept.client_id)
        window.show_record(RecordKey("feedback", kept.id))
        window.say(told)

    window.host.push_screen(line, closed)
