"""What keeps the window alive when a piece of it breaks: a sentence, a report, and on with the work.

The toolkit ends the program at the first error that nobody caught, and stops the widget in which it happened.
Here an error is caught where a message is handled and where a widget is drawn, which is below every key,
timer, thread, action and screen.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App
from textual.geometry import Region
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.worker import WorkerFailed

if TYPE_CHECKING:
    from onewindow.fault_reports import FaultReports


_AGAIN_SECONDS = 60.0
"""After this long a fault that comes by itself, from a timer or a drawing, is told again."""
_BUILDING = frozenset({"_compose", "_refresh_layout"})
"""Where the toolkit catches what keeps a screen from being shown."""
_UNDRAWN = "This part cannot be drawn."
ALWAYS_LEAVES = "ctrl+q"
"""The key that ends the program even where handling it is what breaks."""

_DISPATCH, _DRAW = "_dispatch_message", "render_lines"
"""The methods of the toolkit through which every message goes, and every line that a widget draws."""
_Dispatch = Callable[[MessagePump, Message], Awaitable[None]]
_AsOf = Callable[[], float]


@runtime_checkable
class Saying(Protocol):
    """A screen that can say one sentence."""

    def say(self, text: str, *, warning: bool = False) -> None:
        """Say it."""
        ...


class _Bar(Protocol):
    @property
    def said(self) -> str: ...


@runtime_checkable
class _HasBar(Protocol):
    """A screen that still shows a sentence, which moves to the screen below when it is closed."""

    hint_bar: _Bar


@runtime_checkable
class Guarded(Protocol):
    """An app that goes on after a fault: `guard` is None if faults are let through, as in most tests."""

    guard: FaultGuard | None

    def end_with(self, error: BaseException) -> None:
        """End because of an error before anything could be shown."""
        ...


class FaultGuard:
    """Takes the faults of one app: tells each in a sentence, reports it, and closes what cannot be shown."""

    def __init__(
        self, app: App[Any], path: Path, reports: FaultReports | None = None, clock: _AsOf = time.monotonic
    ) -> None:
        """Guard an app on the file at `path`; the reports are those of the process, `clock` gives seconds."""
        _install()
        self._app = app
        self._path = path
        self._is_watching = False
        self._reports = reports
        self._clock = clock
        self._told: dict[str, float] = {}
        self._closing: set[Screen[Any]] = set()

    def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """From now on, when the first frame is there, go on after faults, those of forgotten tasks too."""
        self._is_watching = True
        loop.set_exception_handler(self._lost_task)

    def take(
        self,
        error: BaseException,
        node: MessagePump | None = None,
        message: Message | None = None,
        *,
        is_unshown: bool = False,
    ) -> None:
        """Go on after an error in `node` while it handled `message`.

        `is_unshown`: the error kept a screen from being built or drawn, so the screen is closed. Raises
        nothing.
        """
        if isinstance(error, WorkerFailed):
            error = error.error
        if not self._is_watching and isinstance(self._app, Guarded):
            self._app.end_with(error)
            return
        is_unshown = is_unshown or _caught_in(error) in _BUILDING
        is_typed = isinstance(message, (events.Key, events.Paste, events.MouseEvent))
        with suppress(Exception):
            self._tell(error, _doing(node, message), is_typed=is_typed)
        with suppress(Exception):
            if is_unshown or isinstance(message, (events.Compose, events.Mount)):
                self._close(node)
        if isinstance(message, events.Key) and message.key == ALWAYS_LEAVES:
            self._app.exit()

    def sentence(self, error: BaseException, doing: str = "", end: str = "the window goes on") -> str:
        """What is said of an error and of how it goes on, after a fault of the program was reported."""
        # Here, because a start without faults does not need them.
        from onewindow.desk.session.problem_text import known_sentence
        from onewindow.fault_reports import REPORTS

        known = known_sentence(error, self._path)
        return known if known is not None else (self._reports or REPORTS).sentence(error, doing, end)

    def _tell(self, error: BaseException, doing: str, *, is_typed: bool) -> None:
        # Here, because a start without faults does not need it.
        from onewindow.fault_reports import fingerprint

        mark, now = fingerprint(error), self._clock()
        # Who pressed a key gets an answer each time; a timer would repeat its fault for ever.
        was = self._told.get(mark)
        if was is not None and not is_typed and now - was < _AGAIN_SECONDS:
            return
        self._told[mark] = now
        sentence = self.sentence(error, doing)
        for screen in reversed(self._app.screen_stack):
            if isinstance(screen, Saying) and screen not in self._closing:
                screen.say(sentence, warning=True)
                return

    def _close(self, node: MessagePump | None) -> None:
        """Close the screen that cannot be shown, if there is one below it; what was typed there is kept."""
        screen: Screen[Any] | None = node.screen if isinstance(node, Widget) else None
        if screen is None or screen not in self._app.screen_stack[1:] or screen in self._closing:
            return
        self._closing.add(screen)
        self._app.call_later(self._leave, screen, screen.hint_bar.said if isinstance(screen, _HasBar) else "")

    def _leave(self, screen: Screen[Any], said: str) -> None:
        above = self._app.screen_stack
        for top in reversed(above[above.index(screen) :] if screen in above else []):
            self._closing.add(top)
            self._leave_one(top)
            self._closing.discard(top)
        if said and isinstance(self._app.screen, Saying):
            self._app.screen.say(said, warning=True)

    def _leave_one(self, top: Screen[Any]) -> None:
        if self._app.screen is not top:
            return
        try:
            top.dismiss(None)
        except Exception as error:
            self.take(error)
            if self._app.screen is top:
                self._app.pop_screen()

    def _lost_task(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:  # noqa: ARG002
        error = context.get("exception")
        if isinstance(error, Exception):
            self.take(error)


def _caught_in(error: BaseException) -> str:
    """The function that caught an error, '' if nobody raised it."""
    return error.__traceback__.tb_frame.f_code.co_name if error.__traceback__ else ""


def _doing(node: MessagePump | None, message: Message | None) -> str:
    """What was being done, by names of classes: they tell nothing of the data."""
    names = [type(part).__name__ for part in (node, message) if part is not None]
    if isinstance(message, events.Key) and len(message.key) > 1:
        names.append(message.key)
    return " ".join(names)


def _guard_of(node: MessagePump) -> FaultGuard | None:
    # A node that is going has no app any more, which the toolkit tells by an error of its own.
    with suppress(Exception):
        app: object = getattr(node, "app")  # noqa: B009  the toolkit leaves its type open
        return app.guard if isinstance(app, Guarded) else None
    return None


_is_installed = False


def _install() -> None:
    """Put the catching around the two places of the toolkit, once for the process."""
    global _is_installed
    if _is_installed:
        return
    _is_installed = True
    dispatch: _Dispatch = getattr(MessagePump, _DISPATCH)
    draw = Widget.render_lines

    async def guarded_dispatch(node: MessagePump, message: Message) -> None:
        try:
            await dispatch(node, message)
        except Exception as error:
            guard = _guard_of(node)
            if guard is None:
                raise
            guard.take(error, node, message)

    def guarded_draw(widget: Widget, crop: Region) -> list[Strip]:
        try:
            return draw(widget, crop)
        except Exception as error:
            guard = _guard_of(widget)
            if guard is None:
                raise
            guard.take(error, widget, is_unshown=True)
            return _undrawn(crop)

    setattr(MessagePump, _DISPATCH, guarded_dispatch)
    setattr(Widget, _DRAW, guarded_draw)


def _undrawn(crop: Region) -> list[Strip]:
    """Lines in place of a widget that cannot be drawn."""
    plain = Style.null()
    first = Strip([Segment(_UNDRAWN, plain)]).adjust_cell_length(crop.width, plain)
    return [first, *[Strip.blank(crop.width, plain)] * (crop.height - 1)][: crop.height]
