"""What a person sees: the screen of a running app as lines of text."""

from __future__ import annotations

from typing import Any

from textual.app import App


def screen_text(app: App[Any]) -> list[str]:
    """Return the lines of the active screen without trailing spaces; the compositor is asked only here."""
    strips = app.screen._compositor.render_strips()  # pyright: ignore[reportPrivateUsage]
    return [strip.text.rstrip() for strip in strips]
