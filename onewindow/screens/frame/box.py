"""A box over the dimmed window: a title, something in it, and a line of hints."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from onewindow import actions
from onewindow.actions import Rebound
from onewindow.desk.session.context import Session
from onewindow.screens.frame.host_app import HostApp, KeyedScreen
from onewindow.store.problems import StoreProblem
from onewindow.text.clean import clean
from onewindow.text.layout.width import cell_width, fit
from onewindow.widgets.bindings import bindings_of
from onewindow.widgets.glyphs import glyphs_of
from onewindow.widgets.hint_bar import HintBar, ShownHint

if TYPE_CHECKING:
    from onewindow.widgets.form import Form  # a start shows no form

T = TypeVar("T")

_FRAME_CELLS = 8
"""What corners, rules and gaps of the frame's first line take beside title and tail."""
_LEAST_TITLE = 8


def rebound_of(widget: Widget) -> Rebound:
    """The user's own keys: those of the app's session, or none without one."""
    session = session_of(widget)
    return session.settings.keys if session is not None else {}


def session_of(widget: Widget) -> Session | None:
    """The session of who works in the program that a widget belongs to, None where nobody does."""
    program = app_of(widget)
    return program.session_here() if isinstance(program, HostApp) else None


def open_over(screen: Screen[Any], box: Screen[T], closed: Callable[[T | None], None] | None = None) -> None:
    """Put a box over a screen; `closed` is called with its result."""
    app_of(screen).push_screen(box, closed)


def copy_from(widget: Widget, text: str) -> None:
    """Put a text on the clipboard of the terminal, where it allows that."""
    app_of(widget).copy_to_clipboard(text)


def say_behind(screen: Screen[Any], text: str) -> None:
    """Say one sentence in the hint line of the screen below this one."""
    for below in reversed(app_of(screen).screen_stack[:-1]):
        for bar in below.query(HintBar):
            bar.say(text)
            return


def say_in_front(app: App[Any], text: str) -> None:
    """Say one sentence in the hint line of the screen in front."""
    for bar in app.screen.query(HintBar):
        bar.say(text)
        return


def say_unkept(screen: Screen[Any], problem: StoreProblem) -> None:
    """Say behind a box that closes that what was typed in it could not be written, and where it is."""
    say_behind(screen, f"Your draft is in this window only; the same key goes on with it. {problem}")


def say_thrown(screen: Screen[Any], was_anything: bool) -> None:
    """Say behind a box that closes that what was typed in it is thrown away, and how it comes back."""
    key = actions.main_key("edit.undo", rebound_of(screen))
    say_behind(
        screen, f"Thrown away; {key} brings it back." if was_anything else "Closed; nothing was typed."
    )


def app_of(widget: Widget) -> App[Any]:
    """The program that a widget belongs to."""
    # Textual leaves the type of the app's result open.
    return widget.app  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


class Box(ModalScreen[T], KeyedScreen):
    """What all boxes share; a subclass gives `title_text`, `contents` and the scope of its keys."""

    DEFAULT_CSS = """
    Box {
        align: center middle;
        & > Vertical {
            width: 76;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            background: $surface;
            border: round $primary;
            border-title-color: $text-primary;
            border-title-style: bold;
        }
        & > Vertical > HintBar { dock: bottom; }
        &.-ascii > Vertical { border: ascii $primary; }
        &:ansi > Vertical {
            background: ansi_default;
            border: round ansi_default;
            border-title-color: ansi_default;
        }
        &:ansi.-ascii > Vertical { border: ascii ansi_default; }
    }
    """
    BINDINGS = bindings_of({"app.help": "help"})

    scope: ClassVar[str] = "reader"
    """The scope of the action table whose keys work here."""

    place_text: ClassVar[str] = ""
    """What its help calls it; '' for the name of the scope."""

    def __init__(self) -> None:
        """Make a box with its hint bar."""
        super().__init__()
        self.hint_bar = HintBar()
        self._frame = Vertical()
        self._tail = ""

    @property
    def title_text(self) -> str:
        """What stands on the frame; it may be hostile."""
        return ""

    def contents(self) -> ComposeResult:
        """What stands in the frame."""
        yield from ()

    def compose(self) -> ComposeResult:
        """The frame around the contents and the hints."""
        with self._frame:
            yield from self.contents()
            yield self.hint_bar

    def on_mount(self) -> None:
        """Draw the hints."""
        glyphs = glyphs_of(self)
        self.set_class(glyphs.ascii, "-ascii")
        self.show_hints()
        self.call_after_refresh(self._note_shown)

    def _note_shown(self) -> None:
        self.shown_at = monotonic()

    def on_resize(self) -> None:
        """Cut the title to the frame, whose width is known only after it is laid out."""
        self.call_after_refresh(self.show_title)

    def show_title(self, tail: str | None = None) -> None:
        """Draw the title, cut to the frame; a `tail` stands behind it from now on."""
        self._tail = self._tail if tail is None else tail
        room = max(_LEAST_TITLE, self._frame.size.width - cell_width(self._tail) - _FRAME_CELLS)
        title = clean(self.title_text)
        if cell_width(title) > room:
            title = fit(title, room, "left", glyphs_of(self).ellipsis).rstrip()
        text = "  ".join(part for part in (title, self._tail) if part)
        self._frame.border_title = Content(text)  # pyright: ignore[reportAttributeAccessIssue]

    def on_form_choices_asked(self, message: Form.ChoicesAsked) -> None:
        """Open the list of what fits a field, or say that this one is typed."""
        message.stop()
        if not message.options:
            if self.works("form.template") and message.form.text_field is not None:
                self.offer_texts()
            else:
                self.say("There is no list for this field: it is plain text, type it.")
            return

        def chosen(value: str | None) -> None:
            if value is not None:
                message.form.choose(message.name, value)

        labelled = [(value, label or "—") for value, label in message.options]
        program = app_of(self)
        if isinstance(program, HostApp):
            program.open_choices(message.label, labelled, chosen, message.current)

    def offer_texts(self) -> None:
        """Offer the templates that may be put into a long text; a box that has them says how."""
        self.say("There is no list for this field: it is plain text, type it.")

    def show_hints(self) -> None:
        """Draw the hints of the scope."""
        self.hint_bar.set_hints(self.hints())

    def hints(self) -> list[ShownHint]:
        """The keys that work here, as the hint bar shows them."""
        rebound = rebound_of(self)
        shown = [hint for hint in actions.hints(self.scope, rebound) if self.works(hint.actions[0].id)]
        hints = [ShownHint(hint.label, hint.verb) for hint in shown]
        if actions.is_box(self.scope):
            back = actions.usable_keys(actions.by_id("app.back"), self.scope, rebound)
            hints[-1:-1] = [ShownHint(actions.key_label(key), "back") for key in back[:1]]
        return hints

    def works(self, action_id: str) -> bool:
        """Whether an action of the scope works in this box; hints and help leave out the others."""
        is_of_a_call = action_id.startswith("caller.")  # only who looks for an unknown caller has that
        return not is_of_a_call and action_id not in ("app.palette", "form.template", "files.complete")

    def key_of(self, action_id: str) -> str:
        """The key to press for an action here, as people read it."""
        keys = actions.usable_keys(actions.by_id(action_id), self.scope, rebound_of(self))
        return actions.key_label(keys[0]) if keys else ":"

    def action_help(self) -> None:
        """Show every key of this place."""
        program = app_of(self)
        if isinstance(program, HostApp):
            program.open_help(self.scope, self.works, self.place_text)
