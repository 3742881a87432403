"""What must be seen without colour, and colours that follow the theme."""

from __future__ import annotations

import pytest
from rich.style import Style
from textual.app import App, ComposeResult

from onewindow.widgets.panel import Panel
from onewindow.widgets.rows import Cell, ListSource, Row


class _PanelApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        rows = [Row(n, (Cell(f"item {n}"), Cell("2 h late", "late")), "!") for n in range(40)]
        self.panel = Panel("1", "requests", source=ListSource(rows))
        self.below = Panel("2", "documents")

    def compose(self) -> ComposeResult:
        yield self.panel
        yield self.below


def style_of(panel: Panel, line: int, text: str) -> Style:
    return next(segment.style or Style() for segment in panel.render_line(line) if text in segment.text)


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_the_terminals_own_colours_reverse_the_cursor_row(theme: str) -> None:
    app = _PanelApp()
    app.theme = theme
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert style_of(app.panel, 1, "item 0").reverse
        assert not style_of(app.panel, 2, "item 1").reverse
        assert style_of(app.panel, 0, "1 requests").reverse


async def test_no_color_reverses_the_cursor_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = _PanelApp()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert style_of(app.panel, 1, "item 0").reverse


async def test_colours_follow_the_theme_at_once() -> None:
    app = _PanelApp()
    async with app.run_test(size=(40, 10)) as pilot:
        before = style_of(app.panel, 2, "item 1"), style_of(app.panel, 2, "!")
        app.theme = "textual-light"
        await pilot.pause()
        after = style_of(app.panel, 2, "item 1"), style_of(app.panel, 2, "!")
    assert before[0].bgcolor != after[0].bgcolor
    assert before[1].color != after[1].color


async def test_folding_and_resizing_keep_the_place() -> None:
    app = _PanelApp()
    async with app.run_test(size=(40, 20)) as pilot:
        app.panel.move_to_key(14)
        await pilot.pause()
        shown = [app.panel.render_line(y).text for y in range(5)]
        app.panel.collapsed = True
        await pilot.pause()
        assert app.panel.size.height == 1
        app.panel.collapsed = False
        await pilot.pause()
        assert [app.panel.render_line(y).text for y in range(5)] == shown
        await pilot.resize_terminal(40, 8)
        assert any(app.panel.render_line(y).text.startswith("▌! item 14") for y in range(1, 4))
