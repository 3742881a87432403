"""Keys that are pressed before what they are meant for is on the screen: they wait for it, in their order.

A question that nobody saw yet takes none of them. What was pasted as keys where nobody types is not run.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from textual import events
from textual.screen import Screen
from textual.widget import Widget

from onewindow.screens.frame.host_app import HostApp, KeyedScreen
from onewindow.widgets.bursts import KeyBurst, TakesLetters, plain_text, takes_letters

_SETTLE_SECONDS = 0.5
"""How long a widget may take for a key before the next one is given out anyway."""
_GRACE_SECONDS = 0.35
"""A letter that comes so soon after an unasked question was drawn was pressed for something else."""
_KEPT_SECONDS = 300.0
"""How long a text that was not run as keys can be taken as a request."""
_OPENS = frozenset(
    {"record.new", "record.new_other", "record.edit", "go.find", "app.palette", "call.take", "message.write"}
    | {"request.reply", "request.wait", "request.decline", "request.split", "request.hand_off"}
    | {"request.assign", "request.date", "list.tag", "list.assign", "interruption.push"}
)
"""Actions that open a field to type in."""
_GOES = frozenset(
    {"go.requests", "go.documents", "go.adoption", "go.feedback", "go.opportunities", "go.timeline"}
    | {"go.card", "go.promises", "go.list"}
)
"""Actions that only go to another place of the window."""
_LOOKS = ("move.", "go.", "panel.", "client.", "all.", "app.", "interruption.", "list.filter", "list.sort")
_LOOKS_TOO = _OPENS | {"", "record.open", "record.why", "record.history", "record.copy", "record.copy_all"}
"""Actions that change nothing, nor end anything: keys that nobody aimed may do them."""
_STILL = frozenset(
    {"up", "down", "left", "right", "pageup", "pagedown", "home", "end", "backspace", "delete"}
)
"""Keys that never open or close anything."""


class TypeAhead:
    """Gives keys and pasted texts to the program, one after the other."""

    def __init__(
        self,
        app: HostApp,
        take: Callable[[events.Event], Awaitable[None]],
        is_typing: Callable[[], bool],
        meaning: Callable[[events.Key], str],
        keep_refused: Callable[[str, int | None], None],
    ) -> None:
        """Serve a program: `take` does what a key means now, `is_typing` tells whether letters are text now.

        `meaning` gives the id of the action that a key means now, or ''; `keep_refused` keeps a text that was
        pasted where nobody types, with the client on the screen.
        """
        self._app = app
        self._take = take
        self._is_typing = is_typing
        self._meaning = meaning
        self._keep_refused = keep_refused
        self._waiting: deque[events.Event] = deque()
        self._shown_at: WeakKeyDictionary[Screen[Any], float] = WeakKeyDictionary()
        self._asked: Screen[Any] | None = None
        self._settling = False
        self._refused: tuple[str, float, int | None] = ("", 0.0, None)
        """A text that was not run as keys, when, and the client that was on the screen."""
        self._wait: tuple[float, float, Screen[Any] | None] = (0.0, 0.0, None)
        """From when till when the file was waited for last, and on which screen."""
        self.any_key = False
        """Whether any key was pressed since the start."""
        self.began_at = float("inf")
        """When the first picture of the program was there."""

    def note_wait(self, *, is_waiting: bool) -> None:
        """Note that the file is waited for, or that it came: keys of that time were meant for that screen."""
        now = monotonic()
        self._wait = (now, now, self._app.screen) if is_waiting else (self._wait[0], now, self._wait[2])

    async def give(self, event: events.Event) -> None:
        """Take a key, a text that was pasted, or several keys at once; in their turn."""
        self.any_key = True
        self._waiting.append(event)
        if len(self._waiting) == 1 and not self._settling:
            await self._drain()

    def take_refused(self, client_id: int | None) -> str:
        """The text that was not run as keys lately on a client, '' for none; it is given once."""
        text, at, whose = self._refused
        if whose is not None and whose != client_id:
            return ""
        self._refused = ("", 0.0, None)
        return text if monotonic() - at < _KEPT_SECONDS else ""

    async def _drain(self) -> None:
        while self._waiting and not self._settling and self._is_shown():
            event = self._waiting.popleft()
            if self._was_meant_for_another(event) or self._was_pressed_waiting(event):
                continue
            if isinstance(event, KeyBurst):
                self._open_burst(event)
            elif isinstance(event, events.Key) and self._changes_unaimed(event):
                self._drop_unaimed()
            elif isinstance(event, events.Paste) and not self._takes_letters():
                self._refuse(event.text)
            else:
                await self._do(event)

    async def _do(self, event: events.Event) -> None:
        focused, is_text = self._app.focused or self._app.screen, self._is_typing()
        before = self._app.screen
        await self._take(event)
        key = event.key if isinstance(event, events.Key) else ""
        unmoved = isinstance(event, events.Paste) or key in _STILL or (is_text and len(key) == 1)
        if not unmoved and self._app.screen is before:
            self._settling = True
            self._settle_task = asyncio.create_task(self._settle(focused))

    async def _settle(self, widget: Widget) -> None:
        """Wait until a key has come all the way up from the widget that had it."""
        try:
            for node in [widget, *(n for n in widget.ancestors if isinstance(n, Widget))]:
                taken = asyncio.Event()
                # Not `call_later`, which would look at the parameters of what it calls again with each key.
                if node.is_running and node.post_message(events.Callback(callback=taken.set)):
                    with suppress(TimeoutError):
                        await asyncio.wait_for(taken.wait(), _SETTLE_SECONDS)
        finally:
            self._settling = False
            if self._waiting:
                self._app.call_later(self._drain)

    # what is on the screen

    def _is_shown(self) -> bool:
        """Whether the screen on top has been drawn; if not, the keys go on when it is."""
        screen = self._app.screen
        if screen in self._shown_at:
            return True
        if self._asked is not screen:
            self._asked = screen
            screen.call_after_refresh(self._app.call_later, self._shown, screen)
            self._app.set_timer(_SETTLE_SECONDS, self._drain)
        return False

    async def _shown(self, screen: Screen[Any]) -> None:
        self._shown_at[screen] = (screen.shown_at if isinstance(screen, KeyedScreen) else 0.0) or monotonic()
        self._asked = None
        await self._drain()

    def _was_meant_for_another(self, event: events.Event) -> bool:
        """Whether a key was pressed before the question on the screen was seen; it is not answered by it."""
        screen = self._app.screen
        if not isinstance(screen, KeyedScreen) or screen.takes_ahead:
            return False
        is_letter = not isinstance(event, events.Key) or event.is_printable
        seen_at = self._shown_at[screen] + (_GRACE_SECONDS if screen.is_unasked and is_letter else 0.0)
        if event.time >= seen_at:
            return False
        if screen.is_unasked:
            # The question came by itself: it goes, and the key does what it was pressed for.
            self._waiting.appendleft(event)
            self._settling = True
            screen.dismiss(None)
            self._settle_task = asyncio.create_task(self._settle(screen))
            return True
        self._say("A key that was pressed before this question was there is no answer to it.")
        return True

    def _was_pressed_waiting(self, event: events.Event) -> bool:
        """Whether a key was pressed while the file was waited for, on a screen that is gone."""
        since, till, screen = self._wait
        return screen is not None and self._app.screen is not screen and since <= event.time <= till

    def _changes_unaimed(self, key: events.Key) -> bool:
        """Whether a key would change something that nobody can have aimed at with it.

        It came with others at once, as a word does that was meant for another program, or before the first
        picture of the window was there.
        """
        if not key.is_printable or self._takes_letters() or not self._is_unaimed(key):
            return False
        action_id = self._meaning(key)
        return action_id == "app.quit" or not (action_id in _LOOKS_TOO or action_id.startswith(_LOOKS))

    def _drop_unaimed(self) -> None:
        """Pass over what came with such a key, and say so."""
        while self._waiting and (
            isinstance(self._waiting[0], KeyBurst) or self._is_unaimed(self._waiting[0])
        ):
            self._waiting.popleft()
        self._say(
            "Keys that came all at once, or before the window was there, change nothing: press them again."
        )

    def _is_unaimed(self, event: events.Event) -> bool:
        return isinstance(event, events.Key) and (
            getattr(event, "at_once", False) or event.time < self.began_at
        )

    # many keys at once

    def _takes_letters(self) -> bool:
        """Whether letters are text here, or choose a value."""
        return self._is_typing() or takes_letters(self._app.focused)

    def _open_burst(self, burst: KeyBurst) -> None:
        """Put in place of keys that came at once what they are: a paste, or one key after the other."""
        focused = self._app.focused
        lines = focused.lines_of_text if isinstance(focused, TakesLetters) else ""
        if lines == "many" and not burst.is_paste:
            # A tab behind what was typed leads on to the next field, as it does when it comes alone.
            self._waiting.extendleft(reversed(list(burst.pieces("\t"))))
        elif lines == "many" or (burst.is_paste and self._takes_letters()):
            self._waiting.appendleft(events.Paste(burst.text))
        elif burst.is_paste:
            self._refuse(burst.text)
        elif lines == "one":
            self._waiting.extendleft(reversed(list(burst.pieces())))
        elif burst.is_rest:
            self._refuse(burst.text)
        elif self._takes_letters() or not burst.is_long:
            self._waiting.extendleft(reversed(burst.split(rest_is_text=False)))
        elif (action_id := self._meaning(burst.first)) in _OPENS | _GOES:
            # Text typed ahead begins with the key that opens its field, perhaps behind one that goes there.
            self._waiting.extendleft(reversed(burst.split(rest_is_text=action_id in _OPENS)))
        else:
            self._refuse(burst.text)

    def _refuse(self, text: str) -> None:
        lines = len([line for line in text.splitlines() if line.strip()])
        if not lines:
            return
        whose = self._app.shown_client
        plain = plain_text(text)
        self._refused = (plain, monotonic(), whose)
        self._keep_refused(plain, whose)
        what = f"{lines} pasted lines" if lines > 1 else "A pasted text"
        self._say(
            f"{what} would have run as keys, so nothing was done; a new request of this client takes it up."
        )

    def _say(self, text: str) -> None:
        screen = self._app.screen
        if isinstance(screen, KeyedScreen):
            screen.say(text, warning=True)
