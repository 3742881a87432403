"""The last guard before the terminal, for stock widgets that would print what they hold."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip

from onewindow.text.clean import clean


def clean_strip(strip: Strip) -> Strip:
    """Return the strip, as wide as before, with control and hidden characters made visible."""
    if all(segment.text.isprintable() for segment in strip):
        return strip
    width = strip.cell_length
    segments = [Segment(clean(text), style, control) for text, style, control in strip]
    return Strip(segments).adjust_cell_length(width)
