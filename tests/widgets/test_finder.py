"""The finder: the input keeps the focus while the arrows move in the results."""

from __future__ import annotations

from screen_text import screen_text
from textual.app import App, ComposeResult

from onewindow.widgets.finder import Finder
from onewindow.widgets.rows import Cell, ListSource, Row

NAMES = ("Vector", "Vesta", "Sigma", "[/] \x1b[31m")


class _FinderApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.finder = Finder(hint="name, phone, tax id", empty=("nothing found",))
        self.typed: list[str] = []
        self.chosen: list[object] = []
        self.closed = 0

    def compose(self) -> ComposeResult:
        yield self.finder

    def on_finder_typed(self, message: Finder.Typed) -> None:
        self.typed.append(message.query)
        names = [name for name in NAMES if message.query in name.casefold()]
        self.finder.set_results(ListSource([Row(name, (Cell(name),)) for name in names]))

    def on_finder_chosen(self, message: Finder.Chosen) -> None:
        self.chosen.append(message.key)

    def on_finder_closed(self) -> None:
        self.closed += 1


async def test_typing_moving_and_choosing() -> None:
    app = _FinderApp()
    async with app.run_test(size=(40, 6)) as pilot:
        assert "name, phone, tax id" in screen_text(app)[0]
        await pilot.press("enter")
        assert app.chosen == []
        await pilot.press("v", "e")
        await pilot.pause()
        assert app.typed == ["v", "ve"]
        assert screen_text(app)[:3] == ["ve", "▌  Vector", "   Vesta"]
        await pilot.press("down", "down", "enter")
        assert app.chosen == ["Vesta"]
        await pilot.press("up", "c")
        await pilot.pause()
        assert screen_text(app)[:3] == ["vec", "▌  Vector", ""]
        await pilot.press("x")
        await pilot.pause()
        assert screen_text(app)[1] == "   nothing found"
        await pilot.press("enter", "escape")
        assert app.chosen == ["Vesta"]
        assert app.closed == 1


async def test_hostile_results_and_queries_stay_text() -> None:
    app = _FinderApp()
    async with app.run_test(size=(40, 6)) as pilot:
        app.finder.set_query("[/")
        await pilot.pause()
        assert screen_text(app)[:2] == ["[/", "▌  [/] \ufffd[31m"]
        await pilot.press("pagedown", "pageup", "enter")
        assert app.chosen == [NAMES[3]]
