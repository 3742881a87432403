"""Every action by its name, its help or a few letters of them, typed in any layout."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from textual.app import ComposeResult

from onewindow import actions
from onewindow.actions import ACTIONS, Action, Rebound
from onewindow.screens.box import Box
from onewindow.text.fold import fold, layout_variants
from onewindow.widgets.finder import Finder
from onewindow.widgets.rows import Cell, Column, ListSource, Row

_COLUMNS = (Column(width=26), Column(width=12, drop_priority=2), Column(drop_priority=1))
_LAST = 1000


@cache
def _names() -> dict[str, tuple[str, str]]:
    return {action.id: (f" {fold(action.title)}", f" {fold(action.help)}") for action in ACTIONS}


def _letters_in_order(wanted: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in wanted)


def _distance(words: list[str], action: Action) -> int | None:
    """How far an action is from what was typed, 0 for its very words; None if it does not fit."""
    title, help_text = _names()[action.id]
    far = 0
    for word in words:
        if f" {word}" in title:
            continue
        if word in title:
            far += 1
        elif f" {word}" in help_text:
            far += 2
        elif len(word) > 1 and _letters_in_order(word, title):
            far += 4
        else:
            return None
    return far


def matching(query: str, scope: str) -> list[Action]:
    """The actions that a query may mean, best first; those of the place one is in come before others."""
    places = actions.chain(scope)
    near = {
        action.id: places.index(action.scope) if action.scope in places else len(places) for action in ACTIONS
    }
    best: dict[str, int] = {}
    for guess, reading in enumerate((query, *layout_variants(query))):
        words = fold(reading).split()
        for action in ACTIONS:
            far = _distance(words, action) if words or not query.strip() else None
            if far is not None:
                best[action.id] = min(best.get(action.id, far + 3 * guess), far + 3 * guess)
    found = [action for action in ACTIONS if action.id in best]
    return sorted(found, key=lambda action: (best[action.id], near[action.id], action.hint or _LAST))


class CommandPalette(Box[str | None]):
    """Gives back the id of the action that was chosen; one that can do nothing now says why and stays."""

    DEFAULT_CSS = """
    CommandPalette > Vertical { width: 90%; max-width: 104; }
    CommandPalette Finder { height: auto; max-height: 100%; }
    CommandPalette Finder > RowList { height: 16; }
    """
    scope = "finder"

    def __init__(self, scope: str, rebound: Rebound, reason: Callable[[str], str]) -> None:
        """Offer every action, those of `scope` first; `reason` says why one can do nothing now, or ''."""
        super().__init__()
        self._place = scope
        self._rebound = rebound
        self._reason = reason
        self._reasons: dict[str, str] = {}
        self.finder = Finder(_COLUMNS, hint="what to do", empty=("No command is called so.",))

    @property
    def title_text(self) -> str:
        """What it is."""
        return "Commands"

    def contents(self) -> ComposeResult:
        """The input and the actions."""
        yield self.finder

    def on_mount(self) -> None:
        """Offer everything."""
        self.finder.set_results(self._rows(""))

    def on_finder_typed(self, message: Finder.Typed) -> None:
        """Offer what fits."""
        self.finder.set_results(self._rows(message.query))

    def on_finder_chosen(self, message: Finder.Chosen) -> None:
        """Give the action back, or say why it cannot be done."""
        action_id = str(message.key)
        reason = self._why_not(action_id)
        if reason:
            self.say(reason, warning=True)
        else:
            self.dismiss(action_id)

    def on_finder_closed(self) -> None:
        """Give nothing back."""
        self.dismiss(None)

    def _rows(self, query: str) -> ListSource:
        # Keys that move in this very box would only close it.
        offered = [action for action in matching(query, self._place) if not actions.is_typing(action.scope)]
        return ListSource([self._row(action) for action in offered if not actions.is_box(action.scope)])

    def _row(self, action: Action) -> Row:
        reason = self._why_not(action.id)
        keys = " ".join(map(actions.key_label, actions.keys_of(action, self._rebound)))
        cells = (Cell(action.title), Cell(keys, "" if reason else "accent"), Cell(reason or action.help))
        return Row(action.id, cells, style="dim" if reason else "")

    def _why_not(self, action_id: str) -> str:
        if action_id not in self._reasons:
            self._reasons[action_id] = self._reason(action_id)
        return self._reasons[action_id]
