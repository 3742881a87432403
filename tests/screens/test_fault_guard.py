"""Planted faults: wherever the window breaks, it says one sentence, writes a report, and goes on."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from screen_host import until
from screen_text import screen_text
from textual.app import ComposeResult
from textual.geometry import Size
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Static

from onewindow.app import OneWindowApp
from onewindow.fault_guard import FaultGuard
from onewindow.fault_reports import FaultReports
from onewindow.screens.frame.palette import CommandPalette
from onewindow.screens.window.client_window import WindowScreen
from onewindow.store.problems import StoreProblem
from onewindow.store.sqlite_library import sqlite
from onewindow.widgets.hint_bar import HintBar

TOLD_BY_A_CLIENT = "Ромашка: +7 912 345-67-89"


class Planted(Exception):
    """The fault that a test plants; its text is what no report may hold."""


def break_down(*_: object) -> Any:
    """Break."""
    raise Planted(TOLD_BY_A_CLIENT)


class Clock:
    """Seconds that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        """The seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def guarded(app: OneWindowApp, reports: Path, clock: Clock) -> OneWindowApp:
    """The window as it runs at a terminal."""
    app.guard = FaultGuard(app, app.session.store.path, FaultReports(reports), clock)
    return app


def said(app: OneWindowApp) -> str:
    bar = getattr(app.screen, "hint_bar", None)
    return str(bar.said) if bar is not None else ""


def written(folder: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("fault-*.txt"))]


async def still_works(pilot: Pilot[None], app: OneWindowApp) -> None:
    """Whether keys do what they did: the palette opens and closes."""
    await pilot.press("colon")
    await until(pilot, lambda: isinstance(app.screen, CommandPalette))
    await pilot.press("escape")
    await until(pilot, lambda: len(app.screen_stack) == 1)


class Broken(ModalScreen[None]):
    """A screen that breaks at one place."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def compose(self) -> ComposeResult:
        """One line."""
        if self.place == "compose":
            break_down()
        yield BrokenLine(self.place)

    def on_mount(self) -> None:
        """Nothing, unless it breaks."""
        if self.place == "mount":
            break_down()


class BrokenLine(Static):
    """A line that breaks when it is measured or drawn."""

    def __init__(self, place: str) -> None:
        super().__init__("a line")
        self.place = place

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """One line, unless it breaks."""
        return break_down() if self.place == "layout" else 1

    def render_line(self, y: int) -> Strip:
        """The line, unless it breaks."""
        return break_down() if self.place == "draw" else super().render_line(y)


@pytest.mark.parametrize("place", ["compose", "mount", "layout", "draw"])
async def test_a_screen_that_cannot_be_shown_is_closed_to_the_one_below(
    place: str, guarded: OneWindowApp, reports: Path
) -> None:
    async with guarded.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        guarded.push_screen(Broken(place))
        await until(pilot, lambda: len(guarded.screen_stack) == 1 and "Planted" in said(guarded))
        assert said(guarded).startswith(
            "Something went wrong inside One Window (Planted); the window goes on."
        )
        await still_works(pilot, guarded)
    assert len(written(reports)) == 1


def _by_action(app: OneWindowApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.screen, "take_key", break_down)
    app.simulate_key("j")


def _by_timer(app: OneWindowApp, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    app.screen.set_timer(0.01, break_down)


def _by_worker(app: OneWindowApp, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    app.run_worker(break_down, thread=True)


def _by_later(app: OneWindowApp, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    app.screen.call_later(break_down)


def _by_refresh(app: OneWindowApp, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    app.screen.call_after_refresh(break_down)


def _by_next(app: OneWindowApp, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    app.screen.call_next(break_down)


def _by_task(app: OneWindowApp, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    asyncio.get_running_loop().call_soon(break_down)


def _by_poll(app: OneWindowApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.session, "poll", break_down)


@pytest.mark.parametrize(
    "plant", [_by_action, _by_timer, _by_worker, _by_later, _by_refresh, _by_next, _by_task, _by_poll]
)
async def test_a_fault_of_any_place_is_told_and_the_window_goes_on(
    plant: Callable[[OneWindowApp, pytest.MonkeyPatch], None],
    guarded: OneWindowApp,
    reports: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with guarded.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        with monkeypatch.context() as planted:
            plant(guarded, planted)
            await until(pilot, lambda: "Planted" in said(guarded))
        await still_works(pilot, guarded)
    assert len(written(reports)) == 1


async def test_a_report_tells_places_in_the_code_and_nothing_of_a_client(
    guarded: OneWindowApp, reports: Path
) -> None:
    async with guarded.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        guarded.call_later(break_down)
        await until(pilot, lambda: "Planted" in said(guarded))
    (path,) = reports.glob("fault-*.txt")
    text = path.read_text(encoding="utf-8")
    assert "test_fault_guard.Planted" in text
    assert "break_down" in text
    assert "textual/message_pump.py:" in text
    for secret in ("Ромашка", "912", str(Path.home()), str(reports.parent)):
        assert secret not in text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(reports.stat().st_mode) == 0o700


async def test_a_main_panel_that_cannot_be_drawn_shows_a_plain_line_and_does_not_flood(
    guarded: OneWindowApp, reports: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with guarded.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        panel = guarded.screen.query_one("#requests")
        with monkeypatch.context() as planted:
            planted.setattr(panel, "render_line", break_down)
            panel.refresh()
            await until(pilot, lambda: "Planted" in said(guarded))
            assert any("This part cannot be drawn." in line for line in screen_text(guarded))
            guarded.screen.query_one("#hints", HintBar).hush()
            for _ in range(5):
                panel.refresh()
                await pilot.pause()
            assert said(guarded) == ""
            clock.now += 61
            panel.refresh()
            await until(pilot, lambda: "Planted" in said(guarded))
        panel.refresh()
        await pilot.pause()
        assert not any("This part cannot be drawn." in line for line in screen_text(guarded))
        await still_works(pilot, guarded)
    assert len(written(reports)) == 1


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (StoreProblem("The disk is full."), "The disk is full."),
        (OSError(28, "No space left on device"), "no space left on device."),
    ],
)
async def test_a_cause_outside_the_program_is_told_by_its_name_without_a_report(
    error: Exception, told: str, guarded: OneWindowApp, reports: Path
) -> None:
    def fail() -> None:
        raise error

    async with guarded.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        guarded.call_later(fail)
        await until(pilot, lambda: said(guarded) == told)
    assert written(reports) == []


async def test_a_damaged_page_is_told_with_the_way_out(
    guarded: OneWindowApp, reports: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"no pages of SQLite at all " * 100)

    def read() -> None:
        with closing(sqlite.connect(damaged)) as file:
            file.execute("SELECT 1 FROM client")

    async with guarded.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        guarded.call_later(read)
        await until(pilot, lambda: "is damaged" in said(guarded))
        assert "`onewindow db salvage`" in said(guarded)
        await still_works(pilot, guarded)
    assert written(reports) == []


async def test_what_was_typed_in_a_form_that_breaks_is_kept(
    guarded: OneWindowApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with guarded.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("1", "n")
        await until(pilot, lambda: len(guarded.screen_stack) == 2)
        await pilot.press(*"отчёт")
        await pilot.pause()
        line = guarded.focused
        assert line is not None
        monkeypatch.setattr(line, "render_line", break_down)
        line.refresh()
        await until(pilot, lambda: len(guarded.screen_stack) == 1)
        await pilot.press("n")
        await until(pilot, lambda: any("отчёт" in text for text in screen_text(guarded)))


async def test_the_program_can_always_be_left(guarded: OneWindowApp, monkeypatch: pytest.MonkeyPatch) -> None:
    async with guarded.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        monkeypatch.setattr(guarded, "_rings", break_down)
        monkeypatch.setattr(guarded.screen, "take_key", break_down)
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert guarded.return_code == 0


async def test_a_window_that_cannot_be_shown_at_all_ends_with_the_error(
    guarded: OneWindowApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(guarded.get_default_screen()), "compose", break_down)
    await guarded.run_async(headless=True, size=(120, 40))
    assert isinstance(guarded.end, Planted)
    assert guarded.return_code == 1


def test_old_reports_are_thinned_out_and_a_run_writes_ten_at_most(tmp_path: Path) -> None:
    def fault(number: int) -> Exception:
        try:
            raise type(f"Fault{number}", (Exception,), {})
        except Exception as error:
            return error

    for run in range(3):
        reports = FaultReports(tmp_path)
        paths = [reports.note(fault(run * 100 + number)) for number in range(12)]
        assert [path is not None for path in paths] == [True] * 10 + [False] * 2
        assert reports.note(fault(run * 100)) == paths[0]
    assert len(list(tmp_path.glob("fault-*.txt"))) == 20


def test_an_endless_recursion_is_reported_in_short(tmp_path: Path) -> None:
    def deeper() -> None:
        deeper()

    with pytest.raises(RecursionError) as caught:
        deeper()
    path = FaultReports(tmp_path).note(caught.value)
    assert path is not None
    assert len(path.read_text(encoding="utf-8").splitlines()) < 150


def test_a_folder_that_cannot_be_written_leaves_the_sentence(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file in the way", encoding="utf-8")
    assert FaultReports(tmp_path / "log" / "deep").sentence(
        Planted(TOLD_BY_A_CLIENT), "", "the window goes on"
    ) == ("Something went wrong inside One Window (Planted); the window goes on.")


async def test_a_clock_that_jumps_years_ahead_and_back_leaves_the_window_at_work(
    guarded: OneWindowApp, reports: Path
) -> None:
    stands = guarded.session.now()
    async with guarded.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        for moment in (
            stands.replace(year=1999),
            stands.replace(year=2189),
            stands,
        ):
            guarded.session.clock = lambda moment=moment: moment
            window = guarded.screen_stack[0]
            assert isinstance(window, WindowScreen)
            window.reread()
            window.show_top()
            await pilot.press("t", "escape", "j", "k", "M")
            await pilot.pause()
            while len(guarded.screen_stack) > 1:
                await pilot.press("escape")
                await pilot.pause()
        await still_works(pilot, guarded)
    assert written(reports) == []
