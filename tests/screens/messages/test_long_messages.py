"""A message of more than one line is shown whole, wherever it is said."""

from __future__ import annotations

from screen_host import HostApp
from screen_text import screen_text

from onewindow.app import OneWindowApp
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.screens.frame.questions import Answers, Questions
from onewindow.store.problems import StoreProblem
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.form import Form
from onewindow.widgets.hint_bar import HintBar

LONG = (
    "The step ends in trained people, and nobody was trained yet: choose the lesson in which they were "
    "taught, or note one first with n in panel 3, then tick the step again; this is the end of the sentence."
)


def _flat(app: object) -> str:
    return " ".join(" ".join(line.strip(" │╭╮╰╯─") for line in screen_text(app)).split())  # type: ignore[arg-type]


async def test_the_window_says_all_of_it_and_takes_its_line_back(session: Session, client: Client) -> None:
    app = OneWindowApp(session, client.id)
    async with app.run_test(size=(80, 24)) as pilot:
        app._window.say(LONG, warning=True)  # pyright: ignore[reportPrivateUsage]
        await pilot.pause()
        assert LONG in _flat(app)
        app._window.hint_bar.hush()  # pyright: ignore[reportPrivateUsage]
        await pilot.pause()
        assert app._window.hint_bar.size.height == 1  # pyright: ignore[reportPrivateUsage]


async def test_a_box_says_all_of_it() -> None:
    def refuse(_: Answers) -> str:
        raise StoreProblem(LONG)

    app = HostApp(None, Questions("Step", [FieldSpec("why", "why")], refuse))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert LONG in _flat(app)
        assert "why" in _flat(app)


async def test_an_error_beside_a_field_is_shown_whole() -> None:
    def answer(_: Answers) -> str:
        return ""

    box = Questions("Step", [FieldSpec("why", "why"), FieldSpec("when", "when")], answer)
    app = HostApp(None, box)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        box.query_one(Form).set_errors({"why": LONG})
        await pilot.pause()
        assert LONG in _flat(app)
        assert "when" in _flat(app)


async def test_a_resize_lays_the_message_out_again(session: Session, client: Client) -> None:
    app = OneWindowApp(session, client.id)
    async with app.run_test(size=(80, 24)) as pilot:
        bar: HintBar = app._window.hint_bar  # pyright: ignore[reportPrivateUsage]
        bar.say(LONG)
        await pilot.pause()
        high = bar.size.height
        await pilot.resize_terminal(160, 40)
        await pilot.pause()
        assert 1 < bar.size.height < high
        assert LONG in _flat(app)
