"""The list: what it draws, how the cursor moves, and that hostile rows stay text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screen_text import screen_text
from textual.app import App, ComposeResult

from onewindow.text.layout.width import cell_width
from onewindow.widgets.caret import caret_of
from onewindow.widgets.glyphs import ASCII, UNICODE, Glyphs
from onewindow.widgets.row_list import PAGE_ROWS, RowList
from onewindow.widgets.rows import GAP, Cell, Column, ListSource, Row, lay_out

HOSTILE = [
    "[/]",
    "[bold]x[/bold]",
    "\x1b]0;owned\x07",
    "\x9b31m",
    "a\u202eb\u200bc",
    "\u6f22\u5b57\u6f22",
    "e\u0301\u0301",
    "two\nlines\there",
]


def rows(*names: str, mark: str = " ") -> list[Row]:
    return [
        Row(name, (Cell(name), Cell(str(number), align="right")), mark) for number, name in enumerate(names)
    ]


class _CountingSource(ListSource):
    """Remembers which pages were asked for."""

    def __init__(self, count: int) -> None:
        super().__init__([])
        self._length = count
        self.asked: list[tuple[int, int]] = []

    @property
    def count(self) -> int:
        return self._length

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        self.asked.append((start, stop))
        return [Row(index, (Cell(f"row {index}"),)) for index in range(start, stop)]

    def index_of(self, key: object, near: int) -> int | None:
        return key if isinstance(key, int) else near


class _ListApp(App[None]):
    BINDINGS = [  # noqa: RUF012
        ("down", "focused.cursor_down"),
        ("up", "focused.cursor_up"),
        ("pagedown", "focused.page_down"),
        ("pageup", "focused.page_up"),
        ("home", "focused.home"),
        ("end", "focused.end"),
        ("enter", "focused.open"),
        ("space", "focused.toggle_mark"),
    ]

    def __init__(self, row_list: RowList, glyphs: Glyphs = UNICODE) -> None:
        super().__init__()
        self.row_list = row_list
        self.glyphs = glyphs
        self.seen: list[object] = []
        self.opened: list[object] = []

    def compose(self) -> ComposeResult:
        yield self.row_list

    def on_row_list_row_highlighted(self, message: RowList.RowHighlighted) -> None:
        self.seen.append(message.key)

    def on_row_list_row_opened(self, message: RowList.RowOpened) -> None:
        self.opened.append(message.key)


TWO = (Column(), Column(width=4, align="right"))


async def test_shows_rows_with_cursor_mark_and_aligned_numbers() -> None:
    app = _ListApp(RowList(TWO, ListSource([*rows("Vector", mark="!"), *rows("Sigma")])))
    async with app.run_test(size=(30, 4)):
        lines = screen_text(app)
    assert lines[0] == "▌! Vector" + " " * (30 - 9 - 1) + "0"
    assert lines[1] == "   Sigma" + " " * (30 - 8 - 1) + "0"
    assert lines[2:] == ["", ""]


async def test_a_long_text_goes_on_over_empty_cells_and_its_short_form_is_for_full_rows() -> None:
    late = Cell("2 h late, Fr 13:00", "late", short="2 h late")
    shown = [
        Row(1, (Cell("R-1"), late, Cell(""), Cell("nobody"))),
        Row(2, (Cell("R-2"), late, Cell("for 04.12"), Cell(""))),
        Row(3, (Cell("R-3"), Cell("x" * 40), Cell(""), Cell(""))),
    ]
    columns = (Column(width=4), Column(width=10), Column(width=9), Column(width=6))
    app = _ListApp(RowList(columns, ListSource(shown)))
    async with app.run_test(size=(38, 4)):
        lines = screen_text(app)
    assert lines[0] == "▌  R-1   2 h late, Fr 13:00     nobody"
    assert lines[1] == "   R-2   2 h late    for 04.12"
    assert lines[2] == f"   R-3   {'x' * 28}…"


async def test_ascii_glyphs_leave_only_ascii() -> None:
    app = _ListApp(RowList(TWO, ListSource(rows("a very long name that does not fit in here"))), ASCII)
    async with app.run_test(size=(30, 2)):
        line = screen_text(app)[0]
    assert line.startswith(">  a very long")
    assert line.isascii()
    assert "~" in line


async def test_keys_move_open_and_mark() -> None:
    app = _ListApp(RowList(TWO, ListSource(rows("a", "b", "c", "d"))))
    async with app.run_test(size=(30, 6)) as pilot:
        await pilot.press("down", "down", "enter", "up", "space")
        assert app.seen == ["b", "c", "b", "c"]
        assert app.opened == ["c"]
        assert app.row_list.marked_keys == {"b"}
        assert app.row_list.position_text == "3/4"
        assert screen_text(app)[1].startswith("  *b")
        assert screen_text(app)[2].startswith("▌  c")
        await pilot.press("home", "up", "end", "down")
        assert app.row_list.cursor_key == "d"


async def test_cursor_past_the_edge_jumps_half_a_page() -> None:
    app = _ListApp(RowList(source=_CountingSource(1000)))
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.press(*["down"] * 10)
        lines = screen_text(app)
        assert lines[0] == "   row 5"
        assert lines[5] == "▌  row 10"
        await pilot.press("end")
        assert screen_text(app)[-1] == "▌  row 999"
        await pilot.press("pageup", "pageup")
        assert app.row_list.cursor == 999 - 18
        await pilot.press("home")
        assert screen_text(app)[0] == "▌  row 0"


async def test_reads_only_the_pages_it_shows() -> None:
    source = _CountingSource(1_000_000)
    app = _ListApp(RowList(source=source))
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.press("down", "down", "end")
        assert screen_text(app)[-1] == "▌  row 999999"
    assert source.asked == [(0, PAGE_ROWS), (1_000_000 - PAGE_ROWS, 1_000_000)]


async def test_new_data_keeps_the_cursor_on_its_key_and_line() -> None:
    names = [f"name {number}" for number in range(50)]
    app = _ListApp(RowList(source=ListSource(rows(*names))))
    async with app.run_test(size=(30, 10)) as pilot:
        app.row_list.move_to_key("name 20")
        await pilot.pause()
        line = screen_text(app).index("▌  name 20")
        app.seen.clear()
        app.row_list.set_source(ListSource(rows("new first", *names)))
        await pilot.pause()
        assert screen_text(app)[line] == "▌  name 20"
        assert app.seen == []
        app.row_list.set_source(ListSource(rows(*[name for name in names if name != "name 20"])))
        await pilot.pause()
        assert app.row_list.cursor_key == "name 22"
        assert app.seen == ["name 22"]
        app.row_list.set_source(ListSource(rows("x", "y")), keep_key=False)
        await pilot.pause()
        assert app.row_list.cursor_key == "x"
        app.row_list.set_source(ListSource())
        await pilot.pause()
        assert app.row_list.cursor_key is None
        assert app.seen[-1] is None


async def test_empty_list_says_what_belongs_there() -> None:
    app = _ListApp(RowList(empty=("No requests.", "a adds [one]")))
    async with app.run_test(size=(30, 4)) as pilot:
        await pilot.press("down", "enter", "space", "end")
        assert screen_text(app) == ["   No requests.", "   a adds [one]", "", ""]
        assert app.opened == []
        assert app.row_list.position_text == "0/0"


async def test_source_that_shrank_since_it_was_counted_draws_blank_lines() -> None:
    held = rows("a", "b", "c")
    app = _ListApp(RowList(source=ListSource(held)))
    async with app.run_test(size=(30, 4)) as pilot:
        del held[1:]
        app.row_list.notify_style_update()
        app.row_list.set_columns(TWO)
        await pilot.press("down", "down", "enter")
        assert app.row_list.count == 3
        app.row_list.refresh_rows()
        await pilot.pause()
        assert app.row_list.count == 1
        assert app.row_list.cursor_key == "a"


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_rows_stay_text_of_the_right_width(name: str) -> None:
    row = Row(name, (Cell(name), Cell(name, "late")), mark=name)
    app = _ListApp(RowList((Column(), Column(width=8)), ListSource([row]), empty=(name,)))
    async with app.run_test(size=(40, 3)) as pilot:
        text = "\n".join(screen_text(app))
        assert all(part.isprintable() for part in text.split("\n"))
        strip = app.row_list.render_line(0)
        assert strip.cell_length == 40 == cell_width(strip.text)
        app.row_list.set_source(ListSource())
        await pilot.pause()
        assert screen_text(app)[0].strip().isprintable()


async def test_hardware_cursor_follows_the_row() -> None:
    app = _ListApp(RowList(source=ListSource(rows("a", "b", "c"))))
    async with app.run_test(size=(30, 4)) as pilot:
        await pilot.press("down", "down")
        assert caret_of(app.row_list) == (0, 2)


async def test_click_moves_and_double_click_opens() -> None:
    app = _ListApp(RowList(source=ListSource(rows("a", "b", "c"))))
    async with app.run_test(size=(30, 4)) as pilot:
        await pilot.click(RowList, offset=(5, 1))
        assert app.row_list.cursor_key == "b"
        await pilot.click(RowList, offset=(5, 2), times=2)
        assert app.opened == ["c"]
        await pilot.click(RowList, offset=(5, 3))
        assert app.row_list.cursor_key == "c"


async def test_without_focus_the_cursor_shows_only_where_asked() -> None:
    class TwoLists(App[None]):
        def compose(self) -> ComposeResult:
            yield RowList(source=ListSource(rows("first")), id="first")
            yield RowList(source=ListSource(rows("plain")))
            yield RowList(source=ListSource(rows("chosen")), always_show_cursor=True)

    app = TwoLists()
    async with app.run_test(size=(20, 9)):
        lines = screen_text(app)
    assert [line for line in lines if line] == ["▌  first", "   plain", "▌  chosen"]


column = st.builds(
    Column,
    width=st.integers(0, 20),
    min_width=st.integers(1, 20),
    drop_priority=st.integers(0, 3),
)


@given(st.lists(column, min_size=1, max_size=6), st.integers(1, 120))
def test_columns_fill_the_width_or_only_the_undroppable_stay(columns: list[Column], width: int) -> None:
    shown = lay_out(columns, width)
    taken = sum(cells for _, cells in shown) + GAP * (len(shown) - 1)
    assert [position for position, _ in shown] == sorted({position for position, _ in shown})
    assert (
        all(
            position in dict(shown)
            for position in range(len(columns))
            if columns[position].drop_priority == 0
        )
        or len(shown) >= 1
    )
    if taken > width:
        assert len(shown) == 1 or all(columns[position].drop_priority == 0 for position, _ in shown)
    elif any(columns[position].width == 0 for position, _ in shown):
        assert taken == width


def test_columns_vanish_by_priority() -> None:
    columns = (Column(min_width=10), Column(width=8, drop_priority=2), Column(width=6, drop_priority=1))
    assert [position for position, _ in lay_out(columns, 40)] == [0, 1, 2]
    assert [position for position, _ in lay_out(columns, 27)] == [0, 1]
    assert [position for position, _ in lay_out(columns, 19)] == [0]


async def test_rows_and_cursor_may_be_set_before_the_list_is_shown() -> None:
    row_list = RowList()
    row_list.set_source(ListSource(rows(*[f"n{number}" for number in range(30)])))
    app = _ListApp(row_list)
    async with app.run_test(size=(30, 5)):
        assert screen_text(app)[0] == "▌  n0"
