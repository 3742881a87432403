"""The app that a widget lives in, with a type: the toolkit leaves its own open."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.dom import DOMNode


def host_of(node: DOMNode) -> App[Any]:
    """The app that shows a widget or screen."""
    return node.app  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
