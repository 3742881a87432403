"""Every action by the beginnings of words of its name or help, or by first letters, typed in any layout."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from textual.app import ComposeResult

from onewindow import actions
from onewindow.action_words import synonyms
from onewindow.actions import ACTIONS, Action, Rebound
from onewindow.records.structs import frozen_struct
from onewindow.screens.frame.box import Box
from onewindow.text.fold import fold, layout_variants
from onewindow.widgets.finder import Finder
from onewindow.widgets.rows import Cell, Column, ListSource, Row

_COLUMNS = (Column(width=26), Column(width=12, drop_priority=2), Column(drop_priority=1))
_LAST = 1000
_QUIT = "app.quit"


_EXACT, _BEGINS, _GROUP, _HELP, _LETTERS = 0, 10, 20, 40, 80
"""How far an action is by where a word stands: its name whole, a word of its name begins so, its group, …"""
_NEXT_READING = 15
"""What each further layout, in which the keys may have been meant, adds."""
_LEAVING = 1
"""What leaving the program is behind others that fit alike: nobody leaves by mistake."""


@frozen_struct
class _Called:
    """The folded words of an action: what it is called, its title with the group, its group, and its help."""

    names: tuple[str, ...]
    title: str
    group: str
    help: str


@cache
def _called(action_id: str) -> _Called:
    action = actions.by_id(action_id)
    words = (action.verb, *(word for language in synonyms(action_id) for word in language))
    names = tuple(f" {fold(word)}" for word in words)
    return _Called(names, *(f" {fold(text)}" for text in (action.title, action.group, action.help)))


def _abbreviates(wanted: str, words: list[str], pieces: int = 0) -> bool:
    """Whether letters are cut from two words or more, each with its first one: `nxtthm` of `next theme`."""
    if not wanted:
        return pieces > 1
    for at, word in enumerate(words):
        if word[0] != wanted[0]:
            continue
        taken = 0
        for letter in word:
            if taken < len(wanted) and letter == wanted[taken]:
                taken += 1
        if any(_abbreviates(wanted[end:], words[at + 1 :], pieces + 1) for end in range(taken, 0, -1)):
            return True
    return False


def _distance(words: list[str], action_id: str, guess: int) -> int | None:
    """How far an action is from what was typed, _EXACT for its very name; None if no word begins so.

    In a layout that was only guessed (`guess` above 0) letters and words of the help fit nearly anything, so
    there only names count, and not by one letter.
    """
    called = _called(action_id)
    if f" {' '.join(words)}" in (*called.names, called.title):
        return _EXACT
    far = 0
    for word in words:
        place = _place(word, called)
        if (
            place is None
            or (guess and (place > _GROUP or len(word) == 1))
            or (action_id == _QUIT and place > _BEGINS)
        ):
            return None
        far = max(far, place)
    return far


def _place(word: str, called: _Called) -> int | None:
    """The best place of one word in what an action is called."""
    begun = f" {word}"
    if any(begun in name for name in called.names):
        return _BEGINS
    if begun in called.group:
        return _GROUP
    if begun in called.help:
        return _HELP
    return _LETTERS if len(word) > 1 and _abbreviates(word, called.title.split()) else None


def readings(query: str) -> list[list[str]]:
    """The folded words of a query as it was typed, then as other layouts read its keys; none of signs.

    A layout in which letters of the query are signs was not meant: nobody types commands by signs.
    """
    letters = _letters_of(query)
    meant = [query, *(other for other in layout_variants(query) if _letters_of(other) >= letters)]
    folded = [fold(reading).split() for reading in meant]
    return folded if any(folded) or not query.strip() else []


def _letters_of(text: str) -> int:
    return sum(map(str.isalnum, text))


def distance(action: Action, meant: list[list[str]]) -> int | None:
    """How far an action is from a query in its nearest reading; None if it fits none. All fit a blank one."""
    distances = [
        far + _NEXT_READING * guess + _LEAVING * (action.id == _QUIT)
        for guess, words in enumerate(meant)
        if (words or len(meant) == 1) and (far := _distance(words, action.id, guess)) is not None
    ]
    return min(distances, default=None)


def matching(query: str, scope: str) -> list[Action]:
    """The actions that a query may mean, best first; of those that fit alike, the ones of the place first."""
    places = actions.chain(scope)
    near = {
        action.id: places.index(action.scope) if action.scope in places else len(places) for action in ACTIONS
    }
    meant = readings(query)
    best = {action.id: far for action in ACTIONS if (far := distance(action, meant)) is not None}
    matches = [action for action in ACTIONS if action.id in best]
    return sorted(matches, key=lambda action: (best[action.id], near[action.id], action.hint or _LAST))


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
