"""How one came to the screens that lie over the window, so that a call can put all aside and bring them back.

Each screen above the window was opened by an action done on the screen below it. The navigation stack keeps
the actions and the position of each screen; to walk it again is to do the same actions. It ends where a
screen was opened in another way (a form has a draft of its own, and comes back by that).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable
from weakref import WeakKeyDictionary

from textual.app import App
from textual.screen import Screen

from onewindow.desk.window.panels.view import RecordKey
from onewindow.records.structs import frozen_struct
from onewindow.widgets.host import host_of

ROW, SHOWS = "row", "shows"
"""In what a screen tells of where it stands: the row under its cursor, and the record it is about."""
_opened_by: WeakKeyDictionary[Screen[Any], str] = WeakKeyDictionary()
"""Screen -> the action that opened it."""


@frozen_struct
class Step:
    """An action, and where the screen stood that it opened."""

    action_id: str
    position: Mapping[str, str]


@runtime_checkable
class Restorable(Protocol):
    """A screen that can tell where it stands, and go there again."""

    def position(self) -> dict[str, str]:
        """Where it stands: the row under the cursor, the filter."""
        ...

    def restore(self, position: Mapping[str, str]) -> bool:
        """Go where it stood; False while the row is not there, or not read yet."""
        ...

    def action_do(self, action_id: str) -> None:
        """Do an action of the table."""
        ...


@runtime_checkable
class GoesOn(Protocol):
    """A box that offers an older draft, and goes on with it where that was asked for."""

    def go_on(self) -> None:
        """Let typing go on with the draft."""
        ...


def follow(app: App[Any], action_id: str, do: Callable[[], object]) -> None:
    """Do an action, and remember it if it opened a screen over the one on which it was done."""
    before = app.screen
    do()
    if app.screen is not before and before in app.screen_stack:
        _opened_by[app.screen] = action_id


def steps(screens: Sequence[Screen[Any]]) -> list[Step]:
    """The way to some screens that lie on one another, the lowest first, as far as it is known."""
    way: list[Step] = []
    for screen in screens:
        action_id = _opened_by.get(screen)
        if action_id is None:
            break
        way.append(Step(action_id, screen.position() if isinstance(screen, Restorable) else {}))
    return way


def walk(
    app: App[Any], first: Callable[[str], None], way: Sequence[Step], arrived: Callable[[], None]
) -> None:
    """Go a way again: `first` does an action of the window, each other one its screen; then call `arrived`.

    A screen that does not open again ends the way, and what could be opened stays open.
    """

    def go(place: int, do: Callable[[str], None]) -> None:
        if place == len(way):
            arrived()
            return
        step, before = way[place], app.screen
        follow(app, step.action_id, lambda: do(step.action_id))
        screen = app.screen
        if screen is before:
            arrived()
        else:
            # A screen reads its rows when it is mounted: there is no row to go to before that.
            screen.call_after_refresh(come, screen, place)

    def come(screen: Screen[Any], place: int) -> None:
        if app.screen is not screen:
            return
        if isinstance(screen, GoesOn):
            screen.go_on()
        if not isinstance(screen, Restorable):
            arrived()
            return
        if screen.restore(way[place].position):
            go(place + 1, screen.action_do)
        else:
            arrived()

    go(0, first)


def written(way: Sequence[Step]) -> str:
    """A way as one text, for the stack of interruptions."""
    return json.dumps([[step.action_id, dict(step.position)] for step in way], ensure_ascii=False)


def read(text: str) -> list[Step]:
    """A way from its text; one that an older program wrote differently is no way."""
    try:
        return [
            Step(str(action), {str(k): str(v) for k, v in place.items()})
            for action, place in json.loads(text)
        ]
    except (ValueError, TypeError, AttributeError):
        return []


def shown(way: Sequence[Step]) -> RecordKey | None:
    """The record that the topmost screen of a way shows or has its cursor on, None if no screen has one."""
    for step in reversed(way):
        for name in (SHOWS, ROW):
            key = row_key(step.position.get(name, ""))
            if isinstance(key, RecordKey):
                return key
    return None


def row_text(key: object) -> str:
    """The key of a row as text, '' for one that means nothing in another run."""
    if isinstance(key, RecordKey):
        return f"{key.kind} {key.id}"
    return str(key) if isinstance(key, int) else ""


def row_key(text: str) -> RecordKey | int | None:
    """The key of a row from its text, None if it is none."""
    kind, _, number = text.rpartition(" ")
    if not number.isdecimal():
        return None
    return RecordKey(kind, int(number)) if kind else int(number)


def uncover(screen: Screen[Any]) -> None:
    """Close everything that lies over a screen."""
    app = host_of(screen)
    while app.screen is not screen and screen in app.screen_stack:
        app.pop_screen()
