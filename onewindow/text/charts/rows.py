"""Rows with their number, its interval on one axis, a zero line and a target; and lying bars of counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from onewindow.records.structs import frozen_struct
from onewindow.text.charts.canvas import Canvas, ChartLine
from onewindow.text.charts.marks import marks
from onewindow.text.charts.scales import Scale, scale_of, ticks
from onewindow.text.clean import clean
from onewindow.text.layout.cells import Tone
from onewindow.text.layout.width import cell_width, fit

_GAP = 2
_LEAST_AXIS = 10
_LABEL_SHARE = 0.35
_TICK_CELLS = 9


@frozen_struct
class RowPoint:
    """A row of a chart: what it is of, n, the number as a text and on the axis, its interval."""

    label: str
    n: int
    text: str
    value: float | None
    low: float | None = None
    high: float | None = None
    spread: str = ""
    is_few: bool = False


def interval_rows(
    rows: Sequence[RowPoint],
    width: int,
    tick: Callable[[float], str],
    *,
    low: float | None = None,
    high: float | None = None,
    target: float | None = None,
    is_ascii: bool = False,
) -> list[ChartLine]:
    """Rows with `├──●──┤` on one axis, whose numbers stand above it; numbers and interval beside each row.

    `low` and `high` fix the ends of the axis; `tick` says a number of it. An interval that is open at a side
    goes to the edge there. Nothing is drawn without rows or room.
    """
    if not rows or width < _LEAST_AXIS:
        return []
    shown = marks(is_ascii=is_ascii)
    labels = min(max(cell_width(clean(row.label)) for row in rows), int(width * _LABEL_SHARE))
    counts = max(len(str(row.n)) for row in rows)
    texts = max(cell_width(row.text) for row in rows)
    few = "few" if any(row.is_few for row in rows) else ""
    spreads = max(cell_width(row.spread) for row in rows)
    head = labels + counts + texts + _GAP * 3 + (len(few) + _GAP if few else 0)
    axis = width - head - (spreads + _GAP if spreads else 0)
    if axis < _LEAST_AXIS:  # the interval in words goes first, it is in the table too
        spreads, axis = 0, width - head
    if axis < _LEAST_AXIS:
        return []
    numbers = [number for row in rows for number in (row.value, row.low, row.high)]
    scale = scale_of([*numbers, target], axis, low, high)
    canvas = Canvas(width, len(rows) + 1)
    draw_ticks(canvas, scale, head, 0, tick)
    for place, row in enumerate(rows, 1):
        tone: Tone = "dim" if row.is_few else ""
        canvas.put_label(0, place, fit(clean(row.label), labels), labels, tone)
        canvas.put(labels + _GAP, place, f"{row.n:>{counts}}", tone)
        canvas.put(labels + counts + 2 * _GAP, place, " " * (texts - cell_width(row.text)) + row.text, tone)
        if few and row.is_few:
            canvas.put(labels + counts + texts + 3 * _GAP, place, few, "dim")
        if scale.low < 0 < scale.high or scale.low == 0:
            canvas.put(head + scale.cell(0), place, shown.zero, "dim")
        if target is not None:
            canvas.put(head + scale.cell(target), place, shown.target, "accent")
        _draw_interval(canvas, scale, head, place, row, is_ascii=is_ascii)
        if spreads:
            canvas.put(head + axis + _GAP, place, row.spread, "dim")
    return canvas.lines()


def draw_ticks(canvas: Canvas, scale: Scale, x: int, y: int, tick: Callable[[float], str]) -> None:
    """Write the round numbers of a lying axis over their cells, none over another."""
    free = x
    for value in ticks(scale, max(2, scale.cells // _TICK_CELLS)):
        text = tick(value)
        middle = x + scale.cell(value) - len(text) // 2
        start = max(x, min(middle, x + scale.cells - len(text)))
        if start >= free:
            canvas.put(start, y, text, "dim")
            free = start + len(text) + 1


def _draw_interval(canvas: Canvas, scale: Scale, x: int, y: int, row: RowPoint, *, is_ascii: bool) -> None:
    shown = marks(is_ascii=is_ascii)
    if row.value is None:
        return
    if row.low is not None or row.high is not None:
        first = scale.cell(row.low) if row.low is not None else 0
        last = scale.cell(row.high) if row.high is not None else scale.cells - 1
        for cell in range(first, last + 1):
            if canvas.is_empty(x + cell, y):
                canvas.put(x + cell, y, shown.along, "dim")
        if row.low is not None:
            canvas.put(x + first, y, shown.low_end, "dim")
        if row.high is not None:
            canvas.put(x + last, y, shown.high_end, "dim")
    canvas.put(x + scale.cell(row.value), y, shown.point, "dim" if row.is_few else "accent")


def count_bars(bars: Sequence[tuple[str, int]], width: int, *, is_ascii: bool = False) -> list[ChartLine]:
    """Lying bars of counts from a zero line, with the label before and the count behind each; a histogram."""
    if not bars or width < _LEAST_AXIS:
        return []
    shown = marks(is_ascii=is_ascii)
    labels = min(max(cell_width(clean(label)) for label, _ in bars), int(width * _LABEL_SHARE))
    counts = max(len(str(count)) for _, count in bars)
    room = width - labels - counts - 2 * _GAP - 1
    top = max(count for _, count in bars)
    lines: list[ChartLine] = []
    for label, count in bars:
        name = clean(label)
        head = fit(name, labels, "right")
        bar = lying_bar(count / top if top else 0, max(1, room), shown.parts)
        lines.append(((head + " ", ""), (shown.zero, "dim"), (bar, "accent"), (f" {count}", "")))
    return lines


def lying_bar(share: float, cells: int, parts: str) -> str:
    """A bar of a share (0 to 1) of some cells; whatever is above 0 shows at least its thinnest part."""
    if share <= 0:
        return ""
    steps = max(1, round(min(1.0, share) * cells * len(parts)))
    whole, rest = divmod(steps, len(parts))
    return parts[-1] * whole + (parts[rest - 1] if rest else "")
