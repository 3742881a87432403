"""Component styles that are worked out only for what is drawn."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.widget import Widget

from onewindow.widgets.row_list import RowList
from onewindow.widgets.rows import Cell, ListSource, Row


class ListApp(App[None]):
    """One list with one late row."""

    CSS = "RowList > .row-list--late { color: #ff0000; } RowList.-calm > .row-list--late { color: #00ff00; }"

    def __init__(self) -> None:
        super().__init__()
        self.list = RowList(source=ListSource([Row(1, (Cell("late", "late"),))]))

    def compose(self) -> ComposeResult:
        """The list."""
        yield self.list


async def test_only_what_is_drawn_is_worked_out() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 5)):
        known = app.list._component_styles  # pyright: ignore[reportPrivateUsage]
        assert "row-list--late" in known
        assert "row-list--good" not in known
        assert app.list.get_component_rich_style("row-list--late").color == _colour("#ff0000")


async def test_a_new_style_of_the_widget_reaches_its_parts() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 5)) as pilot:
        app.list.add_class("-calm")
        await pilot.pause()
        assert app.list.get_component_rich_style("row-list--late").color == _colour("#00ff00")


async def test_an_unknown_part_is_refused() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 5)):
        with pytest.raises(KeyError):
            app.list.get_component_styles("row-list--unknown")


def test_the_toolkit_still_has_the_names_that_are_replaced() -> None:
    for name in ("_get_component_classes", "get_component_styles", "notify_style_update", "_attach"):
        assert hasattr(Widget, name)


def _colour(text: str) -> object:
    from rich.color import Color

    return Color.parse(text)
