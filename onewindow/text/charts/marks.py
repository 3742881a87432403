"""The characters that charts are drawn with, in Unicode and in plain ASCII."""

from __future__ import annotations

from onewindow.records.structs import frozen_struct


@frozen_struct
class Marks:
    """One character per role, each a cell wide."""

    point: str
    low_end: str
    high_end: str
    along: str
    target: str
    zero: str
    floor: str
    band: str
    up: str
    step_down: str
    step_end: str
    parts: str
    """Parts of a cell from the left, the last one whole; for lying bars."""
    is_ascii: bool


UNICODE = Marks("●", "├", "┤", "─", "╎", "│", "─", "░", "│", "┐", "└", "▏▎▍▌▋▊▉█", is_ascii=False)
ASCII = Marks("o", "[", "]", "-", ":", "|", "-", ".", "|", "+", "+", "#", is_ascii=True)


def marks(*, is_ascii: bool) -> Marks:
    """The characters for a terminal."""
    return ASCII if is_ascii else UNICODE
