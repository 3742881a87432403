"""A field of cells on which charts are drawn, and the lines that come of it."""

from __future__ import annotations

from itertools import groupby

from onewindow.text.layout.cells import Tone

ChartLine = tuple[tuple[str, Tone], ...]
"""One line of a chart: texts with their tones, the first at the left edge."""


class Canvas:
    """Cells of one width, empty at first; what lies outside is not drawn."""

    def __init__(self, width: int, height: int) -> None:
        """Make an empty field; sizes below 0 are none."""
        self.width, self.height = max(0, width), max(0, height)
        self._cells: list[list[tuple[str, Tone]]] = [[(" ", "")] * self.width for _ in range(self.height)]

    def put(self, x: int, y: int, text: str, tone: Tone = "") -> None:
        """Write a text of one-cell characters from a cell on, over what stands there."""
        if 0 <= y < self.height:
            for place, char in enumerate(text, x):
                if 0 <= place < self.width:
                    self._cells[y][place] = (char, tone)

    def put_label(self, x: int, y: int, text: str, cells: int, tone: Tone = "") -> None:
        """Write a text of any characters that is so many cells wide, wide and joined ones too."""
        if 0 <= y < self.height and x >= 0 and x + cells <= self.width and cells:
            # The cells behind the first belong to the text that stands in it.
            behind: list[tuple[str, Tone]] = [("", tone)] * (cells - 1)
            self._cells[y][x : x + cells] = [(text, tone), *behind]

    def is_empty(self, x: int, y: int) -> bool:
        """Whether nothing stands in a cell yet."""
        return 0 <= y < self.height and 0 <= x < self.width and self._cells[y][x][0] == " "

    def lines(self) -> list[ChartLine]:
        """The lines, cells of one tone together, without spaces at their ends."""
        return [_line(row) for row in self._cells]


def _line(row: list[tuple[str, Tone]]) -> ChartLine:
    parts: list[tuple[str, Tone]] = []
    for _, run in groupby(row, key=lambda cell: cell[1]):
        cells = list(run)
        parts.append(("".join(char for char, _ in cells), cells[0][1]))
    if parts and not parts[-1][1]:
        parts[-1] = (parts[-1][0].rstrip(), "")
    return tuple((text, tone) for text, tone in parts if text)


def plain(lines: list[ChartLine]) -> list[str]:
    """The lines without their tones, as a pipe or a document takes them."""
    return ["".join(text for text, _ in line).rstrip() for line in lines]
