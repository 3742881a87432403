"""A number over time: the line in braille with labelled ends, the interval of each point drawn through it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from onewindow.records.structs import frozen_struct
from onewindow.text.charts.canvas import Canvas, ChartLine
from onewindow.text.charts.marks import marks
from onewindow.text.charts.scales import Scale, scale_of, ticks

_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""The bits of a braille cell: two columns of four dots, from above."""
_BRAILLE = 0x2800
_LEAST = 4
_LINES_OF_A_TICK = 3


@frozen_struct
class TimePoint:
    """One time with its number and interval; None where there is none, so that the line has a gap."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None


def curve(
    points: Sequence[TimePoint],
    width: int,
    height: int,
    tick: Callable[[float], str],
    *,
    low: float | None = None,
    high: float | None = None,
    target: float | None = None,
    is_ascii: bool = False,
) -> list[ChartLine]:
    """The line through the points over their times, with an upright axis, a zero line and a target line.

    Nothing is drawn without a number or room.
    """
    if height < _LEAST or not any(point.value is not None for point in points):
        return []
    rows = height - 1
    numbers = [number for point in points for number in (point.value, point.low, point.high)]
    scale = scale_of([*numbers, target], rows, low, high)
    names = {value: tick(value) for value in ticks(scale, max(2, rows // _LINES_OF_A_TICK + 1))}
    left = max(map(len, names.values())) + 1
    columns = width - left - 1
    if columns < _LEAST:
        return []
    canvas = Canvas(width, height)
    draw_upright_axis(canvas, scale, left, rows, names, is_ascii=is_ascii)
    shown = marks(is_ascii=is_ascii)
    if target is not None and scale.holds(target):
        canvas.put(left + 1, _row(scale, rows, target), shown.target * columns, "accent")
    places = _places(len(points), columns)
    for place, point in zip(places, points, strict=True):
        _draw_bounds(canvas, scale, rows, left + 1 + place, point, is_ascii=is_ascii)
    if is_ascii:
        for place, point in zip(places, points, strict=True):
            if point.value is not None:
                canvas.put(left + 1 + place, _row(scale, rows, point.value), shown.point)
    else:
        _draw_line(canvas, scale, rows, left + 1, columns, points)
    draw_ends(canvas, left + 1, columns, points[0].label, points[-1].label)
    return canvas.lines()


def draw_upright_axis(
    canvas: Canvas, scale: Scale, left: int, rows: int, names: dict[float, str], *, is_ascii: bool
) -> None:
    """The axis at the left with its numbers, and a line at 0 if that lies on it."""
    shown = marks(is_ascii=is_ascii)
    for row in range(rows):
        canvas.put(left, row, shown.zero, "dim")
    taken: set[int] = set()
    for value, name in names.items():
        row = _row(scale, rows, value)
        if row not in taken:
            taken.add(row)
            canvas.put(left - 1 - len(name), row, name, "dim")
    if scale.holds(0):
        canvas.put(left + 1, _row(scale, rows, 0), shown.floor * (canvas.width - left - 1), "dim")


def draw_ends(canvas: Canvas, x: int, columns: int, first: str, last: str) -> None:
    """Write what the first and the last column are of, below them."""
    canvas.put(x, canvas.height - 1, first, "dim")
    if len(first) + 1 + len(last) <= columns:
        canvas.put(x + columns - len(last), canvas.height - 1, last, "dim")


def _row(scale: Scale, rows: int, value: float) -> int:
    return rows - 1 - scale.cell(value)


def _places(count: int, columns: int) -> list[int]:
    """The column of each of some points, the first and the last at the edges."""
    return [0] if count == 1 else [round(place * (columns - 1) / (count - 1)) for place in range(count)]


def _draw_bounds(
    canvas: Canvas, scale: Scale, rows: int, x: int, point: TimePoint, *, is_ascii: bool
) -> None:
    if point.low is None or point.high is None:
        return
    shown = marks(is_ascii=is_ascii)
    for row in range(_row(scale, rows, point.high), _row(scale, rows, point.low) + 1):
        canvas.put(x, row, shown.band, "dim")


def _draw_line(
    canvas: Canvas, scale: Scale, rows: int, x: int, columns: int, points: Sequence[TimePoint]
) -> None:
    """Join neighbours by lines of dots, two to a column and four to a row."""
    fine = Scale(scale.low, scale.high, rows * 4)
    places = _places(len(points), columns * 2)
    bits: dict[tuple[int, int], int] = {}
    last: tuple[int, int] | None = None
    for place, point in zip(places, points, strict=True):
        if point.value is None:
            last = None
            continue
        here = (place, rows * 4 - 1 - fine.cell(point.value))
        for across, down in _between(last or here, here):
            cell = (across // 2, down // 4)
            bits[cell] = bits.get(cell, 0) | _DOTS[across % 2][down % 4]
        last = here
    for (column, row), dots in bits.items():
        canvas.put(x + column, row, chr(_BRAILLE + dots), "")


def _between(start: tuple[int, int], end: tuple[int, int]) -> list[tuple[int, int]]:
    (x, y), (across, down) = start, end
    steps = max(abs(across - x), abs(down - y), 1)
    return [
        (round(x + (across - x) * step / steps), round(y + (down - y) * step / steps))
        for step in range(steps + 1)
    ]
