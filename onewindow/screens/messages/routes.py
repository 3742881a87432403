"""The actions that write to a client: what the window and the request's own screen both do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from onewindow.screens.messages.writing import (
        MessageActions,  # the window loads it when it is needed first
    )


class HasMessages(Protocol):
    """A screen from which a client is written to."""

    @property
    def messages(self) -> MessageActions:
        """What can be written."""
        ...


MESSAGE_ROUTES: Mapping[str, Callable[[HasMessages], None]] = {
    "message.write": lambda on: on.messages.write(),
    "message.acknowledge": lambda on: on.messages.acknowledge(),
    "message.warn": lambda on: on.messages.warn(),
    "message.apology": lambda on: on.messages.apology(),
    "message.who_is_who": lambda on: on.messages.who_is_who(),
    "message.status": lambda on: on.messages.status(),
}
"""Action id -> what it does."""
