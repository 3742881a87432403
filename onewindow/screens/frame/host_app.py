"""The program and its screens, as each sees the other: what a screen may ask of it, and it of any screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Protocol, runtime_checkable

from textual.app import App

from onewindow.desk.session.context import Session
from onewindow.widgets.hint_bar import HintBar


class HostApp(App[None]):
    """What screens may ask of the program that shows them; by itself it knows nobody and opens nothing."""

    def session_here(self) -> Session | None:
        """The session of who works in it, None where nobody does."""
        return None

    @property
    def shown_client(self) -> int | None:
        """The client on the screen, or None."""
        return None

    def take_refused(self, client_id: int | None) -> str:  # noqa: ARG002  what the program itself keeps
        """The text that was pasted on a client where nobody types, '' for none; it is given once."""
        return ""

    def open_help(self, scope: str, works: Callable[[str], bool], place: str = "") -> None:
        """Show the keys of a scope that work in a place; `place` is its name if the scope's says less."""
        raise NotImplementedError

    def open_choices(
        self,
        label: str,
        options: Sequence[tuple[str, str]],
        chosen: Callable[[str | None], None],
        current: str | None = None,
    ) -> None:
        """Let one of some values be chosen, each with what is shown for it; None: none was.

        The cursor begins on the value that is `current` now.
        """
        raise NotImplementedError


class KeyedScreen:
    """Mixed into a screen, so that the program may ask any of them the same; it knows no toolkit."""

    hint_bar: HintBar
    """The line of its keys, in which sentences are said."""

    takes_ahead: ClassVar[bool] = True
    """Whether keys that were pressed before it was seen are meant for it: a question of one key says no."""

    is_unasked: bool = False
    """Whether the program opened it by itself, so that a key pressed meanwhile was not meant for it."""

    shown_at: float = 0.0
    """When it was seen first, by the clock of events; 0 before that or where it does not tell."""

    def say(self, text: str, *, warning: bool = False) -> None:
        """Say one sentence in the hint line for some seconds."""
        self.hint_bar.say(text, warning=warning)

    def take_key(self, key: str) -> bool:  # noqa: ARG002  most screens leave their keys to their bindings
        """Do what a key of the window means here, and tell whether it meant anything."""
        return False


@runtime_checkable
class HasScope(Protocol):
    """A screen whose keys are those of a scope of the table."""

    @property
    def scope(self) -> str:
        """The scope that the keys are in now."""
        ...
