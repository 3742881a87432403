"""Screens whose work can be put aside and gone on with: what such a screen tells of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from onewindow.records.structs import frozen_struct


@frozen_struct
class Held:
    """A form put aside: the name of its draft, what it is about, and what is needed to open it as it was."""

    form: str
    title: str
    place: Mapping[str, str]


@runtime_checkable
class Suspendable(Protocol):
    """A screen that keeps what was typed and can be opened again."""

    def hold(self) -> Held:
        """Keep what was typed and tell how to go on with it; raises StoreProblem if it cannot be kept."""
        ...
