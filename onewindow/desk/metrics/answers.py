"""A metric asked: its figures by group, and how they differ from another period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from onewindow.desk.metrics.cases import WITHIN, Case, Metric, Reading
from onewindow.desk.metrics.client_groups import GROUPS, ClientGroups
from onewindow.desk.metrics.periods import Span
from onewindow.metrics.figures import Change, Figure, change
from onewindow.records.structs import frozen_struct


@frozen_struct
class FigureRow:
    """The figure of one group, of one scale or currency, and how it moved if that was asked."""

    group: str
    part: str
    figure: Figure
    before: Figure | None = None
    change: Change | None = None


@frozen_struct
class Answer:
    """All figures of a metric in a period, with what readers have to know of them."""

    metric: Metric
    span: Span
    by: str
    rows: tuple[FigureRow, ...]
    notes: tuple[str, ...]
    cases: tuple[Case, ...] = ()
    """What was counted."""


def groupings(metric: Metric) -> dict[str, str]:
    """What a metric can be grouped by, with words for it; the word of its own labels among them."""
    known = {name: text for name, text in GROUPS.items() if name != "month" or metric.has_months}
    return known | ({metric.label_word: metric.label_word} if metric.label_word else {})


def answer(metric: Metric, span: Span, by: str, reading: Reading, groups: ClientGroups) -> Answer:
    """The figures of what was read, one row for each group and part; raises KeyError for an unknown group."""
    rows = [
        FigureRow(group, part, figure)
        for (group, part), figure in _figures(metric, span, by, reading, groups)
    ]
    return Answer(metric, span, by, tuple(rows), tuple(reading.sentences()), tuple(reading.cases))


def compared(now: Answer, then: Answer, groups: ClientGroups) -> Answer:
    """The figures of one period with their change since another one, group by group.

    Figures that need equal terms are computed again on them; a group that was not there then has no change.
    """
    metric = now.metric
    earlier = {(row.group, row.part): row.figure for row in then.rows}
    mine, theirs = (
        _by_group(metric, one.by, one.cases, groups) if metric.within and one.by != "month" else {}
        for one in (now, then)
    )
    rows: list[FigureRow] = []
    for row in now.rows:
        key = (row.group, row.part)
        figure, before = row.figure, earlier.get(key)
        if before is not None and metric.within is not None and key in mine and key in theirs:
            horizon = _common_horizon(figure, before)
            if horizon is not None:
                figure = metric.within(mine[key], now.span, horizon)
                before = metric.within(theirs[key], then.span, horizon)
        rows.append(_moved(row, figure, before))
    return Answer(metric, now.span, now.by, tuple(rows), now.notes, now.cases)


def compared_with_frozen(
    now: Answer, frozen: Mapping[tuple[str, str], Figure], groups: ClientGroups
) -> Answer:
    """The figures with their change since frozen ones, by group and part.

    A figure within a horizon is computed again within that of the frozen one.
    """
    metric = now.metric
    mine = _by_group(metric, now.by, now.cases, groups) if metric.within and now.by != "month" else {}
    rows: list[FigureRow] = []
    for row in now.rows:
        key = (row.group, row.part)
        figure, before = row.figure, frozen.get(key)
        horizon = dict(before.parts).get(WITHIN) if before is not None else None
        if horizon is not None and metric.within is not None and key in mine:
            figure = metric.within(mine[key], now.span, horizon)
        rows.append(_moved(row, figure, before))
    return Answer(metric, now.span, now.by, tuple(rows), now.notes, now.cases)


def _common_horizon(now: Figure, then: Figure) -> float | None:
    horizons = [dict(figure.parts).get(WITHIN) for figure in (now, then)]
    known = [horizon for horizon in horizons if horizon is not None]
    return min(known) if len(known) == len(horizons) else None


def cases_of(
    metric: Metric, by: str, cases: Sequence[Case], groups: ClientGroups, row: FigureRow
) -> list[Case]:
    """The cases behind one row of an answer."""
    if by == "month" and metric.of_states:
        by_part = _by_group(metric, "all", cases, groups)
        return by_part.get(("all", row.part), [])
    return _by_group(metric, by, cases, groups).get((row.group, row.part), [])


def without_cases(asked: Answer) -> Answer:
    """The figures alone, to be kept while they are shown: the cases of a large file take much memory."""
    return Answer(asked.metric, asked.span, asked.by, asked.rows, asked.notes)


def _moved(row: FigureRow, figure: Figure, before: Figure | None) -> FigureRow:
    if before is None:
        return FigureRow(row.group, row.part, row.figure, None, Change(None, "nothing to compare with"))
    return FigureRow(row.group, row.part, row.figure, before, change(figure, before))


def _figures(
    metric: Metric, span: Span, by: str, reading: Reading, groups: ClientGroups
) -> Iterator[tuple[tuple[str, str], Figure]]:
    if by == "month" and metric.of_states:
        for month in span.by_month():
            for (_, part), cases in _by_group(metric, "all", reading.cases, groups).items():
                yield (month.first[:7], part), metric.figure(cases, month)
        return
    found = _by_group(metric, by, reading.cases, groups)
    if by == "month":
        # A month without a case has its place all the same, else a curve would run over a gap.
        parts = sorted({part for _, part in found})
        for month in span.by_month() if found else ():
            for part in parts:
                key = (month.first[:7], part)
                yield key, metric.figure(found[key], span) if key in found else Figure(0)
        return
    for key in sorted(found, key=lambda key: _order(by, key, len(found[key]))):
        yield key, metric.figure(found[key], span)


def _by_group(
    metric: Metric, by: str, cases: Sequence[Case], groups: ClientGroups
) -> dict[tuple[str, str], list[Case]]:
    """Cases by group and part; those without a part go with every part of their group."""
    names_of = _label_of if by == metric.label_word else groups.of(by)
    found: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        for name in names_of(case):
            found.setdefault((name, case.part), []).append(case)
    parts = {name for name, part in found if part}
    for name in parts:
        shared = found.pop((name, ""), [])
        for key in [key for key in found if key[0] == name]:
            found[key] += shared
    return found


def _label_of(case: Case) -> tuple[str, ...]:
    return (case.label or "none",)


def _order(by: str, key: tuple[str, str], count: int) -> tuple[int, str, str]:
    """Days, years and tiers in their own order, all other groups by how many cases they have."""
    in_order = by in ("all", "month", "tier", "cohort", "quarter")
    return (0 if in_order else -count, *key)
