"""The survival curve: the share still here over the time of stay, as steps with its band."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.records.structs import frozen_struct
from onewindow.text.charts.canvas import Canvas, ChartLine
from onewindow.text.charts.curve import draw_ends, draw_upright_axis
from onewindow.text.charts.marks import marks
from onewindow.text.charts.scales import Scale

_LEAST = 4
_TICKS = {0.0: "0 %", 0.5: "50 %", 1.0: "100 %"}


@frozen_struct
class Step:
    """From a time on the share that is still here (0 to 1), with its interval."""

    time: float
    share: float
    low: float
    high: float


def survival_steps(
    steps: Sequence[Step], longest: float, width: int, height: int, unit: str, *, is_ascii: bool = False
) -> list[ChartLine]:
    """The curve from 0 to the longest time seen; steps come by time. Nothing is drawn without room."""
    left = max(map(len, _TICKS.values())) + 1
    columns, rows = width - left - 1, height - 1
    if height < _LEAST or columns < _LEAST or longest <= 0:
        return []
    scale = Scale(0, 1, rows)
    canvas = Canvas(width, height)
    draw_upright_axis(canvas, scale, left, rows, _TICKS, is_ascii=is_ascii)
    shown = marks(is_ascii=is_ascii)
    before: int | None = None
    for column in range(columns):
        step = _at(steps, longest * (column + 1) / columns)
        here = rows - 1 - scale.cell(step.share)
        x = left + 1 + column
        for row in range(rows - 1 - scale.cell(step.high), rows - scale.cell(step.low)):
            canvas.put(x, row, shown.band, "dim")
        if before is not None and here > before:
            canvas.put(x, before, shown.step_down)
            for row in range(before + 1, here):
                canvas.put(x, row, shown.up)
            canvas.put(x, here, shown.step_end)
        else:
            canvas.put(x, here, shown.along)
        before = here
    draw_ends(canvas, left + 1, columns, "0", f"{longest:.0f} {unit}")
    return canvas.lines()


def _at(steps: Sequence[Step], time: float) -> Step:
    """What holds at a time: the last step until then, before the first one all are here."""
    found = Step(0, 1, 1, 1)
    for step in steps:
        if step.time > time:
            break
        found = step
    return found
