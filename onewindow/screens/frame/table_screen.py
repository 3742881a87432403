"""A full screen with one table and a line of hints, whose keys are actions of the one table of actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from onewindow import actions
from onewindow.desk.session.context import Session
from onewindow.desk.sla.shown_zone import zone_note
from onewindow.screens.frame import key_table
from onewindow.screens.frame.box import app_of, copy_from, open_over, rebound_of
from onewindow.screens.frame.help import HelpScreen
from onewindow.screens.frame.host_app import KeyedScreen
from onewindow.screens.frame.key_table import KeyTable
from onewindow.screens.frame.navigation import go, goes
from onewindow.screens.frame.palette import CommandPalette
from onewindow.screens.frame.screen_stack import ROW, follow, row_key, row_text
from onewindow.store.problems import StoreProblem
from onewindow.widgets.bindings import bindings_of
from onewindow.widgets.hint_bar import HintBar, ShownHint
from onewindow.widgets.moving import MOVE_KEYS, MOVES
from onewindow.widgets.table import Table

T = TypeVar("T")
_TRY_SECONDS, _TRIES = 0.1, 50
"""How often and how many times a row is looked for that is still being read."""

COMMON = ("edit.undo", "edit.redo", "app.back", "app.help", "app.palette")
"""What every such screen can do."""


def table_bindings(routes: Mapping[str, object]) -> list[Any]:
    """The bindings of a screen that does these actions besides moving in its rows.

    What has no key is asked for by its name in the palette.
    """
    keyed = [name for name in (*routes, *COMMON) if actions.by_id(name).keys]
    return bindings_of({**MOVE_KEYS, **{name: f"do('{name}')" for name in keyed}})


class TableScreen(Screen[T], KeyedScreen):
    """A subclass gives `scope`, `table`, and below its methods the `routes` to them with BINDINGS."""

    DEFAULT_CSS = """
    TableScreen {
        & > HintBar { background: $panel; }
        &:ansi > HintBar { background: ansi_default; }
    }
    """
    AUTO_FOCUS = None
    scope: ClassVar[str]
    routes: ClassVar[Mapping[str, Callable[[Any], None]]]
    """Action id -> the method of the screen that does it."""
    verbs: ClassVar[Mapping[str, str]] = {}
    """What the hint bar calls an action here, where that is not its own verb."""
    tells_times: ClassVar[bool] = False
    """Whether times of day stand in the rows, so that the title says of which zone they are."""

    def __init__(self, session: Session, table: Table) -> None:
        """Show a table that the subclass fills."""
        super().__init__()
        self.session = session
        self.table = table
        if self.tells_times:
            table.note = zone_note(session)
        self.hint_bar = HintBar()

    def compose(self) -> ComposeResult:
        """The table, the hints below."""
        yield self.table
        yield self.hint_bar

    def on_mount(self) -> None:
        """Give the keys to the table, or to what a subclass puts in its place."""
        self.first_focus.focus()
        self.show_hints()

    @property
    def first_focus(self) -> Widget:
        """What has the keys at first."""
        return self.table

    def on_row_list_row_highlighted(self) -> None:
        """Draw the keys that work on this row."""
        self.show_hints()

    def on_row_list_row_opened(self) -> None:
        """Open a row that was double-clicked."""
        self.action_do("record.open")

    def show_hints(self) -> None:
        """Draw the keys of this screen; those that can do nothing now are dim."""
        known = {*self.routes, *COMMON}
        ranked = {hint.actions[0].id: hint for hint in actions.hints(self.scope, rebound_of(self))}
        # What has a verb of its own here is worth a hint, ranked in the table or not.
        order = dict.fromkeys((*self.verbs, *(name for name in ranked if name in known)))
        self.hint_bar.set_hints(
            [
                ShownHint(
                    actions.main_key(name, rebound_of(self)),
                    self.verbs.get(name) or ranked[name].verb,
                    self.reason(name) or None,
                )
                for name in order
            ]
        )

    def say_undoable(self, text: str) -> None:
        """Say what was done, and the key that takes it back."""
        keys = actions.usable_keys(actions.by_id("edit.undo"), self.scope, rebound_of(self))
        self.say(f"{text}; {actions.key_label(keys[0])} takes it back." if keys else text)

    def say_copied(self, text: str) -> None:
        """Put a text on the clipboard and say how it begins."""
        copy_from(self, text)
        self.say(f"Copied: {text.splitlines()[0] if text else 'nothing'}")

    def action_move(self, action_id: str) -> None:
        """Move in the rows."""
        MOVES[action_id](self.table)

    def action_do(self, action_id: str) -> None:
        """Do an action of the table, or say why it cannot be done."""
        reason = self.reason(action_id)
        if reason:
            self.say(reason, warning=True)
            return
        route = self._common.get(action_id) or self.routes.get(action_id)
        try:
            follow(app_of(self), action_id, partial(route, self) if route else partial(go, self, action_id))
        except StoreProblem as problem:
            self.say(str(problem), warning=True)

    def take_key(self, key: str) -> bool:
        """Do what a key of the window means here: go to another screen or place, or say why it does nothing.

        Gives back whether it meant anything; keys of this screen's own are left to its bindings.
        """
        action = KeyTable(rebound_of(self)).action(self.scope, key)
        if action is None and key not in self._bindings.key_to_bindings:
            return self._without_effect(key)
        if action is None or self._is_own(action.id) or key in self._bindings.key_to_bindings:
            return False
        self.action_do(action.id)
        return True

    def _without_effect(self, key: str) -> bool:
        """Say that a letter or sign does nothing here; False for a key that may still mean something."""
        said = key_table.without_effect(key, rebound_of(self))
        if said:
            self.say(said, warning=True)
        return bool(said)

    def _is_own(self, action_id: str) -> bool:
        return action_id in MOVES or action_id in COMMON or action_id in self.routes

    def position(self) -> dict[str, str]:
        """Where the screen stands, for one who comes back after a call: the row under the cursor."""
        return {ROW: row_text(self.table.cursor_key)}

    def restore(self, position: Mapping[str, str]) -> bool:
        """Put the cursor where it stood; False while that row is not there, it may still be read."""
        key = row_key(position.get(ROW, ""))
        if key is None or self.table.move_to_key(key):
            return True
        start, tries = self.table.cursor, iter(range(_TRIES))

        def again() -> None:
            untouched = self.table.cursor == start and next(tries, None) is not None
            if not untouched or self.table.move_to_key(key):
                timer.stop()

        timer = self.set_interval(_TRY_SECONDS, again)
        return False

    def reason(self, action_id: str) -> str:
        """Why an action can do nothing here and now, '' if it can."""
        if self._is_own(action_id):
            return self.own_reason(action_id)
        if goes(self, action_id):
            return ""
        back, key = (actions.main_key(name, rebound_of(self)) for name in ("app.back", action_id))
        return f"That belongs to the window: {back}, then {key}."

    def own_reason(self, action_id: str) -> str:  # noqa: ARG002  what a subclass may refuse
        """Why one of this screen's own actions can do nothing now, '' if it can."""
        return ""

    def _undo(self) -> None:
        self.say(f"Undone: {self.session.said_of(self.session.undo())}")

    def _redo(self) -> None:
        self.say(f"Done again: {self.session.said_of(self.session.redo())}")

    def _back(self) -> None:
        self.dismiss(None)

    def _help(self) -> None:
        works = frozenset({*self.routes, *COMMON, *MOVES}).__contains__
        open_over(self, HelpScreen(self.scope, rebound_of(self), works))

    def _palette(self) -> None:
        def chosen(action_id: str | None) -> None:
            if action_id is not None and action_id not in MOVES:
                self.action_do(action_id)

        open_over(self, CommandPalette(self.scope, rebound_of(self), self.reason), chosen)

    _common: ClassVar[Mapping[str, Callable[[Any], None]]] = {
        "edit.undo": lambda screen: screen._undo(),
        "edit.redo": _redo,
        "app.back": lambda screen: screen._back(),
        "app.help": _help,
        "app.palette": _palette,
    }
