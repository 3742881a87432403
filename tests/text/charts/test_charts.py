"""Charts from numbers to lines: where zero, target, interval and ends stand, in Unicode and in ASCII."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.text.charts.canvas import Canvas, ChartLine, plain
from onewindow.text.charts.curve import TimePoint, curve
from onewindow.text.charts.rows import RowPoint, count_bars, interval_rows, lying_bar
from onewindow.text.charts.scales import Scale, round_step, scale_of, ticks
from onewindow.text.charts.survival import Step, survival_steps
from onewindow.text.layout.width import cell_width


def percent(value: float) -> str:
    return f"{value * 100:.0f}"


def whole(value: float) -> str:
    return f"{value:.0f}"


@pytest.mark.parametrize(
    ("least", "step"),
    [(0.9, 1), (1, 1), (1.01, 2), (2.1, 2.5), (3, 5), (7, 10), (0.03, 0.05), (1200, 2000), (0, 1)],
)
def test_steps_are_round(least: float, step: float) -> None:
    assert round(round_step(least), 9) == step


def test_an_axis_holds_nothing_and_every_number() -> None:
    assert scale_of([3, 17, None], 10) == Scale(0, 20, 10)
    assert scale_of([-3, 4], 10) == Scale(-4, 4, 10)
    assert scale_of([], 10) == Scale(0, 1, 10)
    assert scale_of([0.4], 10, 0, 1) == Scale(0, 1, 10)
    scale = Scale(0, 100, 11)
    assert [scale.cell(value) for value in (-5, 0, 50, 100, 500)] == [0, 0, 5, 10, 10]
    assert ticks(scale, 5) == [0, 25, 50, 75, 100]
    assert ticks(scale, 3) == [0, 50, 100]
    assert ticks(scale, 1) == [0]


def test_an_interval_is_drawn_through_its_point_on_one_axis() -> None:
    rows = [
        RowPoint("Иванова", 19, "50 %", 0.5, 0.0, 1.0, "0–100"),
        RowPoint("Димитрова", 4, "0 %", 0.0, None, 0.5, "", is_few=True),
        RowPoint("nobody", 0, "–", None),
    ]
    lines = plain(interval_rows(rows, 60, percent, low=0, high=1, target=0.9))
    assert all(cell_width(line) <= 60 for line in lines)
    ascii_lines = plain(interval_rows(rows, 60, percent, low=0, high=1, target=0.9, is_ascii=True))
    head, first, second, third = ascii_lines
    assert head.split() == ["0", "50", "100"]
    assert first.startswith("Иванова    19  50 %")
    axis = first[first.index("[") :]
    assert (axis.index("o"), axis.index("]")) == ((len(axis.split("]")[0])) // 2, len(axis.split("]")[0]))
    assert ":" in first
    assert first.endswith("0–100")
    assert second.startswith("Димитрова   4   0 %  few")
    assert "[" not in second
    assert second[second.index("o") - 1] == " "
    assert "o" not in third.replace("nobody", "")


def test_negative_numbers_lie_left_of_the_zero_line() -> None:
    (_, line) = plain(
        interval_rows([RowPoint("A", 20, "-50", -50, -80, -20)], 50, whole, low=-100, high=100, is_ascii=True)
    )
    assert line.index("[") < line.index("o") < line.index("]") < line.index("|")


def test_nothing_is_drawn_without_rows_or_room() -> None:
    point = RowPoint("очень длинное имя группы", 1000, "100 000 ₽", 1.0)
    assert interval_rows([], 80, percent) == []
    assert interval_rows([point], 20, percent) == []
    assert curve([TimePoint("2026-01", None)], 60, 10, whole) == []
    assert curve([TimePoint("2026-01", 1)], 60, 3, whole) == []
    assert survival_steps([], 0, 60, 10, "months") == []
    assert count_bars([], 60) == []


def test_a_curve_has_a_zero_line_labelled_ends_and_its_intervals() -> None:
    points = [TimePoint("2026-01", -10, -20, 0), TimePoint("2026-02", None), TimePoint("2026-03", 20, 10, 30)]
    lines = plain(curve(points, 40, 12, whole, is_ascii=True))
    assert lines[-1].split() == ["2026-01", "2026-03"]
    assert lines[-1].endswith("2026-03")
    assert len(lines) == 12
    zero = next(line for line in lines if line.strip().startswith("0 |"))
    assert "---" in zero
    assert sum(line.count("o") for line in lines) == 2
    assert sum("." in line for line in lines) >= 6
    braille = "".join(plain(curve([TimePoint("a", 1), TimePoint("b", 3)], 40, 12, whole)))
    assert any("\u2800" < char <= "\u28ff" for char in braille)


def test_a_target_is_a_line_across() -> None:
    lines = plain(curve([TimePoint("a", 1), TimePoint("b", 3)], 40, 12, whole, target=2, is_ascii=True))
    assert max(line.count(":") for line in lines) >= 30


def test_survival_falls_in_steps_within_its_band() -> None:
    steps = [Step(10, 0.5, 0.25, 0.75), Step(20, 0.0, 0.0, 0.0)]
    lines = plain(survival_steps(steps, 20, 47, 9, "months", is_ascii=True))
    assert lines[0].startswith("100 % |---")
    assert lines[-1].split() == ["0", "20", "months"]
    middle = next(line for line in lines if line.startswith(" 50 %"))
    assert "+----" in middle
    assert lines[7].rstrip().endswith("+")
    assert any("....." in line for line in lines)


def test_bars_begin_at_zero_and_show_whatever_is_above_it() -> None:
    lines = plain(count_bars([("0–6", 23), ("9–10", 1), ("n", 0)], 40, is_ascii=True))
    assert [line.count("#") for line in lines] == [29, 1, 0]
    assert [line.split("|")[0] for line in lines] == [" 0–6 ", "9–10 ", "   n "]
    assert [line.split()[-1] for line in lines] == ["23", "1", "0"]
    assert (lying_bar(0, 10, "#"), lying_bar(0.001, 10, "▏▎▍▌▋▊▉█"), lying_bar(2, 3, "#")) == ("", "▏", "###")


def test_a_canvas_keeps_tones_and_drops_what_lies_outside() -> None:
    canvas = Canvas(5, 2)
    canvas.put(3, 0, "abc", "dim")
    canvas.put(0, 5, "x")
    assert canvas.lines() == [((("   "), ""), ("ab", "dim")), ()]
    assert not canvas.is_empty(3, 0)
    assert canvas.is_empty(0, 0)


hostile = st.text(max_size=12)


@given(
    st.lists(
        st.builds(
            RowPoint,
            label=hostile,
            n=st.integers(0, 10**6),
            text=st.just("1 200"),
            value=st.none() | st.floats(-1e6, 1e6),
            low=st.none() | st.floats(-1e6, 1e6),
            high=st.none() | st.floats(-1e6, 1e6),
        ),
        max_size=5,
    ),
    st.integers(0, 100),
    st.booleans(),
)
def test_no_line_is_wider_than_its_room(rows: list[RowPoint], width: int, is_ascii: bool) -> None:
    def fits(lines: list[ChartLine]) -> bool:
        return all(cell_width(line) <= width for line in plain(lines))

    assert fits(interval_rows(rows, width, whole, is_ascii=is_ascii))
    points = [TimePoint(str(place), row.value, row.low, row.high) for place, row in enumerate(rows)]
    assert not points or fits(curve(points, width, 8, whole, is_ascii=is_ascii))
