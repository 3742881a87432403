"""Moving in whatever has rows or lines: what the actions of the scope `rows` do to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol


class HasLines(Protocol):
    """A list or a text in which one moves."""

    def action_cursor_up(self) -> None:
        """One line up."""
        ...

    def action_cursor_down(self) -> None:
        """One line down."""
        ...

    def action_page_up(self) -> None:
        """One page up."""
        ...

    def action_page_down(self) -> None:
        """One page down."""
        ...

    def action_home(self) -> None:
        """To the first line."""
        ...

    def action_end(self) -> None:
        """To the last line."""
        ...


MOVES: Mapping[str, Callable[[HasLines], None]] = {
    "move.up": lambda lines: lines.action_cursor_up(),
    "move.down": lambda lines: lines.action_cursor_down(),
    "move.page_up": lambda lines: lines.action_page_up(),
    "move.page_down": lambda lines: lines.action_page_down(),
    "move.first": lambda lines: lines.action_home(),
    "move.last": lambda lines: lines.action_end(),
}
"""Action id -> what it does to the list or text that has the keys."""

MOVE_KEYS = {action_id: f"move('{action_id}')" for action_id in MOVES}
"""The bindings of a screen with one list or text, which its `action_move` serves."""
