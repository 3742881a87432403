"""Title lines of panels and the hint bar: what they say, what they leave out when narrow, hostile text."""

from __future__ import annotations

import asyncio

import pytest
from screen_text import screen_text
from textual.app import App, ComposeResult
from textual.widget import Widget

from onewindow.widgets.glyphs import ASCII, UNICODE, Glyphs
from onewindow.widgets.hint_bar import HintBar, ShownHint
from onewindow.widgets.panel import Panel
from onewindow.widgets.rows import Cell, ListSource, Row

HOSTILE = ("[/]", "[@click=app.quit]x[/]", "\x1b[31mred", "\u202eright", "\u6f22\u5b57" * 9, "a\tb\nc")
HINTS = (
    ShownHint("n", "new"),
    ShownHint("enter", "open"),
    ShownHint("u", "undo", "nothing to undo"),
    ShownHint("?", "help"),
)


def some_rows(count: int) -> ListSource:
    return ListSource([Row(number, (Cell(f"item {number}"),)) for number in range(count)])


class _OneApp(App[None]):
    BINDINGS = [("down", "focused.cursor_down")]  # noqa: RUF012

    def __init__(self, *content: Widget, glyphs: Glyphs = UNICODE) -> None:
        super().__init__()
        self.content = content
        self.glyphs = glyphs

    def compose(self) -> ComposeResult:
        yield from self.content


async def test_title_line_shows_number_summary_and_position() -> None:
    panel = Panel("1", "requests", source=some_rows(9))
    app = _OneApp(panel)
    async with app.run_test(size=(50, 5)) as pilot:
        panel.set_title("requests", "3 open, 1 late")
        await pilot.press("down")
        assert screen_text(app)[0] == "▌1 requests ─ 3 open, 1 late " + "─" * (50 - 29 - 5) + " 2/9"
        assert screen_text(app)[1:3] == ["   item 0", "▌  item 1"]
        panel.set_source(some_rows(2))
        await pilot.pause()
        assert screen_text(app)[0].endswith("───")


async def test_focus_is_plain_to_see_without_colour() -> None:
    app = _OneApp(Panel("1", "requests"), Panel("2", "documents"))
    async with app.run_test(size=(40, 6)) as pilot:
        assert [line[0] for line in screen_text(app)[::3]] == ["▌", " "]
        await pilot.press("tab")
        assert [line[0] for line in screen_text(app)[::3]] == [" ", "▌"]


async def test_folded_panel_is_one_line_with_its_worst_item() -> None:
    panel = Panel("2", "documents", source=some_rows(9))
    app = _OneApp(panel, Panel("3", "adoption"))
    async with app.run_test(size=(60, 6)) as pilot:
        panel.set_title("documents", "1 missing", worst="акт за октябрь", alarming=("1 missing",))
        panel.collapsed = True
        await pilot.pause()
        lines = screen_text(app)
        assert lines[0] == "▌2 documents  1 missing: акт за октябрь"
        assert lines[1].startswith(" 3 adoption ─")
        panel.collapsed = False
        await pilot.pause()
        assert screen_text(app)[1] == "▌  item 0"


async def test_long_summary_is_cut_and_the_position_stays() -> None:
    panel = Panel("1", "requests", source=some_rows(9))
    app = _OneApp(panel, glyphs=ASCII)
    async with app.run_test(size=(30, 4)) as pilot:
        panel.set_title("requests", "three open and one of them late")
        await pilot.pause()
        assert screen_text(app)[0] == ">1 requests - three ope~  1/9"


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_titles_and_messages_stay_text(text: str) -> None:
    panel, bar = Panel("1", text), HintBar((ShownHint(text, text), ShownHint("x", text, text)))
    app = _OneApp(panel, bar)
    async with app.run_test(size=(60, 4)) as pilot:
        panel.set_title(text, text, worst=text)
        for folded in (False, True):
            panel.collapsed = folded
            await pilot.pause()
            assert "".join(screen_text(app)).isprintable()
        bar.say(text)
        await pilot.pause()
        assert "".join(screen_text(app)).isprintable()


async def test_hints_give_reasons_while_there_is_room() -> None:
    bar = HintBar(HINTS)
    app = _OneApp(bar)
    async with app.run_test(size=(70, 1)) as pilot:
        assert screen_text(app)[0] == " n new  enter open  u undo (nothing to undo)  ? help"
        await pilot.resize_terminal(35, 1)
        assert screen_text(app)[0] == " n new  enter open  u undo  ? help"
        await pilot.resize_terminal(20, 1)
        assert screen_text(app)[0] == " n new  ? help"
        bar.set_hints(HINTS[:1])
        await pilot.pause()
        assert screen_text(app)[0] == " n new"


async def test_message_takes_the_line_for_a_while() -> None:
    bar = HintBar(HINTS)
    app = _OneApp(bar)
    async with app.run_test(size=(40, 1)) as pilot:
        bar.say("first", seconds=0.02)
        bar.say("undone: R-1042 resolved", seconds=60)
        await asyncio.sleep(0.1)
        await pilot.pause()
        assert screen_text(app)[0] == " undone: R-1042 resolved"
        bar.hush()
        await pilot.pause()
        assert screen_text(app)[0].startswith(" n new")
        bar.say("short", seconds=0.02)
        assert bar.said == "short"
        await asyncio.sleep(0.3)
        await pilot.pause()
        assert screen_text(app)[0].startswith(" n new")
