"""The App: theme, keys in any layout, the session, and the stack of screens."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import constants, events
from textual._context import active_message_pump
from textual.binding import BindingType
from textual.driver import Driver
from textual.geometry import Offset

from onewindow.desk.clients.last_client import first_client, remember_client
from onewindow.desk.session.context import Session
from onewindow.fault_guard import ALWAYS_LEAVES, FaultGuard
from onewindow.garbage import settle_memory
from onewindow.keyboard import HasPlace, Layout, key_by_place, layout_for, types_text
from onewindow.leaving import GivesBack, ends_in_order, exit_code, quiet_error_output
from onewindow.records.clients import Client
from onewindow.screens.frame.box_opening import OpensBoxes
from onewindow.screens.frame.host_app import HasScope, KeyedScreen
from onewindow.screens.frame.themes import install
from onewindow.screens.frame.type_ahead import TypeAhead
from onewindow.screens.window.actions import Routes, WindowActions
from onewindow.screens.window.client_window import WindowScreen
from onewindow.settings import Problem, from_environment, language_of
from onewindow.store.problems import StoreProblem
from onewindow.text.clean import clean_lines
from onewindow.widgets.bursts import KeyBurst, takes_letters
from onewindow.widgets.caret import caret_of
from onewindow.widgets.glyphs import ASCII, UNICODE, Glyphs

_WAITS = " Waiting for the file: another program writes to it just now. Nothing is lost."
if TYPE_CHECKING:
    from onewindow.desk.editing.held_draft import HeldDraft
    from onewindow.screens.frame.background import Background

_STOP_KEY = "ctrl+z"
"""Stops the program as in every terminal, also where one types."""
_REST_SECONDS = 3.0
"""After the first frame, before work in the background begins."""
_FIELD_SECONDS = 2.0
"""How long a field may take for keys already pressed before the telephone is answered anyway."""
_SIGN_SECONDS = 30.0
"""How often a window in which somebody types says that it is there."""
POLL_SECONDS = 0.25
"""How often other processes' changes are looked for."""


def _routes() -> Routes:
    from onewindow.screens.routes import ROUTES, SCREENS  # loaded when the first frame is there

    return Routes(ROUTES, SCREENS)


class OneWindowApp(OpensBoxes):
    """One person at work in the window."""

    TITLE = "One Window"
    # Here and not on the screen: the toolkit does not read the file of a default screen.
    CSS_PATH = "screens/window/window.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        session: Session,
        client_id: int | None,
        *,
        mistakes: Callable[[], Sequence[Problem]] = tuple,
        offers_tour: bool = False,
    ) -> None:
        """Show a client first; `--ascii` and NO_COLOR come from settings and environment.

        `mistakes` are those of the settings file; it is asked after the first frame. `offers_tour`: somebody
        who never heard of the tour hears of it once.
        """
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.session = session
        self.glyphs: Glyphs = ASCII if session.settings.ascii else UNICODE
        self._key_layout: Layout = layout_for(
            session.settings.keyboard, language_of(session.settings, os.environ)
        )
        self._window = WindowScreen(session, client_id)
        self._actions = self._window.actions = WindowActions(self._window, _routes)
        install(self, "terminal" if "NO_COLOR" in os.environ else session.settings.theme)
        self._css_variables = self.get_css_variables()
        self.stylesheet.set_variables(self._css_variables)
        self.animation_level = "none"
        # Nothing here floats over the window: two widgets less, a hundredth of a start.
        self._disable_tooltips = True
        self._disable_notifications = True
        self.set_class(session.settings.ascii, "-ascii")
        self._mistakes = mistakes
        self._offers_tour = offers_tour
        self.guard: FaultGuard | None = None
        """Takes the faults of the window once it is there; None: they end it, as in most tests."""
        self.end: BaseException | None = None
        """The error that ended the window, None if it ended otherwise."""
        self._ahead = TypeAhead(self, self._take, self._is_typing, self._meaning, self._keep_refused)
        self._kept_refused: HeldDraft | None = None
        session.store.on_wait = self._note_wait
        session.store.bring_up_seconds = 0.0  # a thread does what takes longer than a moment

    def _note_wait(self, is_waiting: bool) -> None:
        """Say that the file is waited for, past the toolkit: nothing else is drawn as long as that lasts."""
        self._ahead.note_wait(is_waiting=is_waiting)
        if not is_waiting:
            self.refresh(layout=True)
        elif self._driver is not None:
            row, width = self.size.height, self.size.width
            self._driver.write(f"\x1b7\x1b[{row};1H\x1b[0;7m{_WAITS[:width]:<{width}}\x1b[0m\x1b8")
            self._driver.flush()

    def take_refused(self, client_id: int | None) -> str:
        """The text that was pasted on a client where nobody types, '' for none; it is given once."""
        text = self._ahead.take_refused(client_id)
        if text and self._kept_refused is not None:
            with suppress(StoreProblem):
                self._kept_refused.done()
        return text

    def _keep_refused(self, text: str, client_id: int | None) -> None:
        """Keep a text that was pasted where nobody types as a draft of a request: no crash loses it."""
        from onewindow.desk.requests.line_entry import kept_line  # no start needs it

        try:
            self._kept_refused = kept_line(self.session, client_id, text)
        except StoreProblem as problem:
            self._window.say(str(problem), warning=True)

    def way_here(self) -> dict[str, str]:
        """How one came to what is on the screen, for the draft of a question that is left open."""
        return self._actions.intake.way_here()

    def session_here(self) -> Session:
        """The session of who works in it."""
        return self.session

    @property
    def shown_client(self) -> int | None:
        """The client on the screen, or None."""
        snapshot = self._window.snapshot
        return snapshot.client.id if snapshot else None

    @property
    def cursor_position(self) -> Offset:  # pyright: ignore[reportIncompatibleVariableOverride]
        """Where the terminal's own cursor belongs now: at the focus, wherever that has been laid out since.

        The toolkit lets each text field note it when it is focused, before it has a place.
        """
        focused = self.focused
        return Offset(0, 0) if focused is None else caret_of(focused)

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        """Nothing: what a widget notes is asked of it when it is drawn."""

    def get_default_screen(self) -> WindowScreen:
        """The window itself, in the form that fits the terminal."""
        self._window.expect_size(self.size)
        return self._window

    def get_driver_class(self) -> type[Driver]:
        """Our own way to the terminal, where the toolkit drives terminals of its kind."""
        driver = super().get_driver_class()
        if constants.DRIVER is not None or driver.__name__ != "LinuxDriver":
            return driver
        # Here, because only a real terminal needs it: a test or another system never loads it.
        from onewindow.terminal_driver import TerminalDriver

        return TerminalDriver

    def refresh_css(self, animate: bool = True) -> None:
        """Read the style sheets again, except before anything is styled by them: a fiftieth of a start."""
        if self._window.is_mounted or self.get_css_variables() != self._css_variables:
            super().refresh_css(animate)

    def on_mount(self) -> None:
        """Look for other processes' changes, take the user's keys, and offer what was left unsaved."""
        self.set_keymap({name: ",".join(keys) for name, keys in self.session.settings.keys.items() if keys})
        self.set_interval(POLL_SECONDS, self._poll)
        self.set_interval(_SIGN_SECONDS, lambda: self._background.give_sign())
        self.call_after_refresh(self._after_first_frame)

    def _after_first_frame(self) -> None:
        """Do what may come after the window is there."""
        self._ahead.began_at = monotonic()
        settle_memory()
        if self.guard is not None:
            self.guard.watch(asyncio.get_running_loop())
        if self._window.unread is not None:
            self._handle_exception(self._window.unread)
        self._actions.make_ready()
        from onewindow.screens.frame import first_words  # said after the first frame

        if self._offers_tour:
            first_words.offer_tour(self._window.hint_bar, self.session)
        palette_key = self._window.why_key("app.palette")
        first_words.tell_mistakes(self._window.hint_bar, self._mistakes(), palette_key)
        self._offer_drafts()
        self.set_timer(_REST_SECONDS, self._background.keep_health_fresh)

    def _handle_exception(self, error: Exception) -> None:
        """Go on after an error that the toolkit caught; one before the first frame ends the window."""
        if self.guard is None:
            super()._handle_exception(error)
        else:
            self.guard.take(error, active_message_pump.get(None))

    def end_with(self, error: BaseException) -> None:
        """End because the window cannot be shown at all."""
        self.end = self.end or error
        self._return_code = 1
        self._close_messages_no_wait()

    def leave_for(self, number: int) -> None:
        """End because of a signal: every form keeps what was typed; may be called from any thread."""
        loop = self._loop
        if loop is not None:
            loop.call_soon_threadsafe(lambda: self.exit(return_code=exit_code(number)))

    def give_back_at_once(self) -> None:
        """Give the terminal back without waiting for anything."""
        if isinstance(self._driver, GivesBack):
            self._driver.give_back_at_once()

    def action_suspend_process(self) -> None:
        """Stop until the shell continues the program, and draw it again; say so where no shell could."""
        was_stopped = isinstance(self._driver, GivesBack) and self._driver.stop_here()
        self.refresh(layout=True)
        if not was_stopped:
            self._say("No shell is here that could go on with the program, so ctrl+z does not stop it.")

    def _say(self, text: str) -> None:
        (self.screen if isinstance(self.screen, KeyedScreen) else self._window).say(text, warning=True)

    async def on_event(self, event: events.Event) -> None:
        """Read keys by their place on the keyboard, and give the window its keys without a detour."""
        if isinstance(event, events.Key | events.Paste | KeyBurst) and not event.is_forwarded:
            await self._ahead.give(event)
        else:
            await super().on_event(event)

    async def _take(self, event: events.Event) -> None:
        """Do what a key means on what is shown now, or put a pasted text into the field."""
        try:
            await self._do(event)
        except Exception:
            if isinstance(event, events.Key) and event.key == ALWAYS_LEAVES:
                self.exit()
            raise

    async def _do(self, event: events.Event) -> None:
        if isinstance(event, events.Key):
            typing = self._is_typing()
            event = self._by_place(event, typing=typing)
            if event.key == _STOP_KEY:
                self.action_suspend_process()
                return
            if await self._rings(event.key):
                return
            if not typing:
                self._end_message()
            screen = self.screen
            if not typing and isinstance(screen, KeyedScreen) and screen.take_key(event.key):
                return
        await super().on_event(event)

    def _end_message(self) -> None:
        """A message was of the key before: the next one ends it, or it would look like its answer."""
        if isinstance(self.screen, KeyedScreen):
            self.screen.hint_bar.hush()

    def _meaning(self, key: events.Key) -> str:
        """The id of the action that a key means on what is shown now, '' for none."""
        scope = self.screen.scope if isinstance(self.screen, HasScope) else "window"
        action = self._window.keys.action(scope, self._by_place(key, typing=False).key)
        return action.id if action is not None else ""

    def _by_place(self, event: events.Key, *, typing: bool) -> events.Key:
        """The key that is meant, whatever layout it was pressed in."""
        # By a protocol: the class of such a key is known to a real terminal only, which loads it.
        place = event.place if isinstance(event, HasPlace) else ""
        key, character = key_by_place(
            event.key, event.character, self._key_layout, typing=typing, place=place
        )
        same = not place and (key, character) == (event.key, event.character)
        if same:
            return event
        meant = events.Key(key, character)
        meant.time = event.time
        # A field says of letters that mean nothing what was typed, in the layout in which it was.
        setattr(meant, "as_typed", event.character or "")  # noqa: B010  the toolkit's class has no such name
        return meant

    async def _rings(self, key: str) -> bool:
        """Put work aside for a call, or go on with it, from any screen; where one types, letters are text."""
        action = self._window.keys.action("global", key)
        if action is None or not action.id.startswith("interruption."):
            return False
        takes_text = self._is_typing() or takes_letters(self.focused)
        if self.screen is self._window or (types_text(key) and takes_text):
            return False
        await self._typed_so_far()
        self._window.actions.do(action.id)
        return True

    async def _typed_so_far(self) -> None:
        """Wait until the field that has the focus has taken every key that was pressed before this one."""
        focused = self.focused
        if focused is None:
            return
        taken = asyncio.Event()
        focused.call_later(taken.set)
        with suppress(TimeoutError):
            await asyncio.wait_for(taken.wait(), _FIELD_SECONDS)

    @cached_property
    def _background(self) -> Background:
        # Here, because nothing is done in the background before the first frame.
        from onewindow.screens.frame.background import Background

        return Background(self, self.session, self._handle_exception)

    def on_unmount(self) -> None:
        """Let the background work end at once."""
        self._background.end()

    def _is_typing(self) -> bool:
        # Asked this way, because naming the text fields would load them before the first frame.
        return self.focused is not None and self.focused.check_consume_key("a", "a")

    def _poll(self) -> None:
        try:
            self._background.look()
        except StoreProblem as problem:
            self._window.say(str(problem), warning=True)

    def _offer_drafts(self) -> None:
        from onewindow.desk.editing.drafting import pending_drafts  # asked after the first frame

        if not pending_drafts(self.session):
            return
        if self._ahead.any_key or self.screen is not self._window:
            self._actions.intake.say_drafts()
        else:
            self._actions.intake.list_drafts(is_unasked=True)


def _tell_lost(session: Session) -> bool:
    """Write what is typed and could be kept nowhere to the terminal; whether there was anything."""
    from onewindow.desk.editing.held_draft import lost_texts  # hardly ever is anything lost

    lost = lost_texts(session)
    for text in lost:
        cleaned = "\n".join(clean_lines(text))
        sys.stderr.write(f"This could not be written and is kept nowhere:\n{cleaned}\n")
    return bool(lost)


def run(session: Session, *, client: Client | None = None) -> int:
    """Open the window, on a client if one is named, until the user leaves; gives the exit code."""
    chosen = client.id if client is not None else first_client(session)
    app = OneWindowApp(session, chosen, mistakes=lambda: from_environment(os.environ)[1], offers_tour=True)
    guard = app.guard = FaultGuard(app, session.store.path)
    with quiet_error_output(), ends_in_order(app.leave_for, app.give_back_at_once):
        try:
            app.run(mouse=session.settings.mouse)
        except Exception as error:
            app.end = error
        finally:
            app.give_back_at_once()
    if app.end is not None:
        sys.stderr.write(f"{guard.sentence(app.end, 'the start', 'the window cannot be shown')}\n")
        return 1
    lost = _tell_lost(session) if session.unkept else False
    seen = app.shown_client
    if seen is not None:
        with suppress(StoreProblem):
            remember_client(session, seen)
    return app.return_code or (1 if lost else 0)
