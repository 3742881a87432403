"""Small bars from a zero baseline, so that a figure that barely moves also looks so."""

from __future__ import annotations

import math
from collections.abc import Sequence

_BLOCKS = "▁▂▃▄▅▆▇█"
_ASCII = ".:-=#"
_GAP = " "
_PARTS = "▏▎▍▌▋▊▉█"


def _resampled(values: Sequence[float | None], width: int) -> list[float | None]:
    """Return at most `width` values: each the mean of the known ones in its share of the row."""
    count = len(values)
    if count <= width:
        return list(values)
    means: list[float | None] = []
    for column in range(width):
        share = values[column * count // width : (column + 1) * count // width]
        known = [value for value in share if value is not None]
        means.append(math.fsum(known) / len(known) if known else None)
    return means


def bars(
    values: Sequence[float | None],
    width: int,
    lo: float = 0,
    hi: float | None = None,
    ascii: bool = False,  # noqa: A002 - the name of the setting people know
) -> str:
    """Return one bar per value, at most `width` cells: `lo` is the lowest bar, `hi` the full one.

    Without `hi` the greatest value shown is full. None and NaN are gaps; values outside stop at the edge.
    """
    if width <= 0:
        return ""
    known = [None if value is None or math.isnan(value) else value for value in values]
    row = _resampled(known, width)
    steps = _ASCII if ascii else _BLOCKS
    top = hi if hi is not None else max((value for value in row if value is not None), default=lo)

    def bar(value: float | None) -> str:
        if value is None:
            return _GAP
        if value <= lo:
            return steps[0]
        if value >= top:
            return steps[-1]
        return steps[int((value - lo) / (top - lo) * (len(steps) - 1) + 0.5)]

    return "".join(map(bar, row))


def level(share: float, width: int, ascii: bool = False) -> str:  # noqa: A002 - the name of the setting
    """Return one lying bar: `share` (0 to 1) of `width` cells from the left edge; values outside stop there.

    Whatever is above 0 shows at least its thinnest part.
    """
    if width <= 0 or math.isnan(share) or share <= 0:
        return ""
    if ascii:
        return "=" * max(1, round(min(share, 1.0) * width))
    parts = max(1, round(min(share, 1.0) * width * len(_PARTS)))
    whole, rest = divmod(parts, len(_PARTS))
    return _PARTS[-1] * whole + (_PARTS[rest - 1] if rest else "")
