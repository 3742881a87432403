"""Boxes with a text to read, a list to choose from, or one question."""

from __future__ import annotations

from screen_host import HostApp, until
from screen_text import screen_text

from onewindow import actions
from onewindow.actions import ACTIONS
from onewindow.desk.opening import at_work
from onewindow.desk.session.context import Session
from onewindow.screens.frame.chooser import Chooser, Prompt
from onewindow.screens.frame.help import HelpScreen, help_lines
from onewindow.screens.frame.palette import CommandPalette, matching
from onewindow.screens.frame.text_view import TextView
from onewindow.widgets.glyphs import ASCII
from onewindow.widgets.text_lines import TextLine, TextLines

HOSTILE = "[/] \x1b]0;x\x07 a\u202eb"


def inside(app: HostApp) -> list[str]:
    return [line.strip(" │") for line in screen_text(app) if "│" in line]


async def test_a_text_wraps_scrolls_copies_and_closes() -> None:
    lines = [HOSTILE, "  indented " + "long " * 20, *(f"line {number}" for number in range(40))]
    app = HostApp(None, TextView(f"Why {HOSTILE}", lines))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert "Why [/] \ufffd]0;x\ufffd a\ufffdb  1-21/43" in screen_text(app)[0]
        assert inside(app)[:4] == [
            "[/] \ufffd]0;x\ufffd a\ufffdb",
            "indented" + " long" * 11,
            "long" + " long" * 8,
            "line 0",
        ]
        await pilot.press("j", "down", "k", "pagedown", "G")
        await pilot.pause()
        assert inside(app)[-2:] == ["line 39", "y copy  q back  ? help"]
        assert "23-43/43" in screen_text(app)[0]
        await pilot.press("g", "up")
        await pilot.pause()
        assert "1-21/43" in screen_text(app)[0]
        await pilot.press("y")
        await pilot.pause()
        assert app.clipboard.splitlines()[-1] == "line 39"
        assert inside(app)[-1] == "Copied."
        await pilot.resize_terminal(80, 60)
        await pilot.pause()
        assert "/43" not in "".join(screen_text(app))
        await pilot.press("q")
        await until(pilot, lambda: not app.is_open)


async def test_labels_stand_in_a_column_of_their_own() -> None:
    app = HostApp(None, TextView("x", [TextLine("one two " * 12, "k"), TextLine("second", "long label")]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = inside(app)
        assert text[0].startswith("k           one two one")
        assert text[1].startswith("one two")
        assert text[2] == "long label  second"
        assert app.shown.query_one(TextLines).text.endswith("long label  second")


async def test_a_text_in_ascii_is_ascii() -> None:
    app = HostApp(None, TextView("t" * 90, ["x" * 200] * 40))
    app.glyphs = ASCII  # pyright: ignore[reportAttributeAccessIssue]
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "".join(screen_text(app)).isascii()


def test_help_names_every_key_that_works_in_the_place() -> None:
    for scope in actions.SCOPES:
        lines = help_lines(scope, {})
        shown = {line.text for line in lines}
        for action in actions.for_scope(scope):
            assert (action.help in shown) == bool(actions.usable_keys(action, scope)), (scope, action.id)
    assert [line.text for line in help_lines("requests", {})][:2] == [
        "record",
        actions.by_id("record.new").help,
    ]


def test_help_shows_the_users_own_keys() -> None:
    lines = help_lines("window", {"record.new": ("insert",), "record.edit": ()})
    assert TextLine(actions.by_id("record.new").help, "insert") in lines
    assert actions.by_id("record.edit").help not in [line.text for line in lines]


async def test_help_fits_the_smallest_window_and_its_key_closes_it() -> None:
    app = HostApp(None, HelpScreen("requests", {}))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()
        text = screen_text(app)
        assert sum("│" in line for line in text) == 18
        assert "Keys: 1 Requests  1-17/" in "".join(text)
        assert "n                New record of the kind this place shows." in inside(app)
        await pilot.press("question_mark")
        await until(pilot, lambda: not app.is_open)


# choosing


def ids(query: str, scope: str = "requests") -> list[str]:
    return [action.id for action in matching(query, scope)]


def test_commands_are_found_by_words_letters_and_in_the_wrong_layout() -> None:
    assert ids("undo")[0] == "edit.undo"
    assert ids("new request")[0] == "new.request"
    assert ids("куйгуые")[0] == ids("request")[0]
    assert ids("next theme")[0] == "app.theme"
    assert "app.theme" in ids("nxtthm")
    assert "edit.undo" in ids("take back")
    assert ids("[/]") == [] or "app.theme" not in ids("[/]")[:1]
    assert ids("zzzz") == []
    assert len(ids("")) == len(ACTIONS)


def test_commands_of_the_place_come_before_the_same_of_others() -> None:
    promises = ids("acknowledge", "promises")
    assert promises[0] == "promises.acknowledge"
    assert ids("filter", "catalogue")[0] == "catalogue.filter"
    assert ids("filter", "list")[0] == "list.filter"


async def test_the_palette_gives_an_action_and_says_why_one_is_closed() -> None:
    def reason(action_id: str) -> str:
        return f"nothing {HOSTILE} to undo" if action_id == "edit.undo" else ""

    app = HostApp(None, CommandPalette("requests", {"app.theme": ("f7",)}, reason))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"record")
        await pilot.pause()
        assert "▌  record: new" in "\n".join(inside(app))
        assert not any("form:" in line for line in inside(app))
        await pilot.press("ctrl+u", *"undo")
        await pilot.pause()
        undo = next(line for line in inside(app) if line.startswith("▌"))
        assert " ".join(undo.split()).startswith("▌ record: undo u nothing [/] \ufffd]0;x\ufffd a\ufffdb t")
        await pilot.press("enter")
        await pilot.pause()
        assert inside(app)[-1] == "nothing [/] \ufffd]0;x\ufffd a\ufffdb to undo"
        assert app.is_open
        await pilot.press("ctrl+u", *"theme")
        await pilot.pause()
        assert "f7" in "\n".join(inside(app))
        await pilot.press("enter")
        await until(pilot, lambda: not app.is_open)
    assert app.result == "app.theme"


async def test_a_chooser_narrows_and_gives_the_value() -> None:
    options = [("1", "contact note"), ("2", "note"), ("3", HOSTILE), ("4", "request")]
    app = HostApp(None, Chooser(f"Which {HOSTILE}?", options))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Which [/] \ufffd]0;x\ufffd a\ufffdb?" in "\n".join(screen_text(app))
        assert inside(app)[3] == "[/] \ufffd]0;x\ufffd a\ufffdb"
        await pilot.press(*"куй")
        await pilot.pause()
        assert "▌  request" in inside(app)
        # What is called so comes before what has the word later.
        await pilot.press("ctrl+u", *"no", "down", "enter")
        await until(pilot, lambda: not app.is_open)
        assert app.result == "1"
        app.open(Chooser("Which?", options))
        await pilot.pause()
        await pilot.press("escape")
        await until(pilot, lambda: not app.is_open)
        assert app.result is None


async def test_a_prompt_gives_the_text() -> None:
    app = HostApp(None, Prompt("Tag", "tag", "vi"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "enter")
        await until(pilot, lambda: not app.is_open)
        assert app.result == "vip"
        app.open(Prompt("Tag", "tag"))
        await pilot.pause()
        await pilot.press("x", "escape")
        await until(pilot, lambda: not app.is_open)
        assert app.result is None


async def test_keys_of_boxes_can_be_rebound(session: Session) -> None:
    settings = session.settings.__class__(keys={"app.back": ("f9",)})
    rebound = at_work(session.store, session.me, settings, session.clock, session.zone)
    app = HostApp(rebound, TextView("x", ["text"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("q")
        await pilot.pause()
        assert app.is_open
        assert inside(app)[-1] == "y copy  f9 back  ? help"
        await pilot.press("f1")
        await pilot.pause()
        await pilot.pause()
        assert "f9" in "\n".join(inside(app))
        await pilot.press("f9", "f9")
        await until(pilot, lambda: not app.is_open)
