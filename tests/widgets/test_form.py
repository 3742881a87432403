"""Forms: moving, typing, saving, errors under fields, drafts, hostile text."""

from __future__ import annotations

import asyncio

import pytest
from screen_text import screen_text
from textual.app import App, ComposeResult
from textual.widgets import Input, TextArea

from onewindow.widgets.field_spec import FieldSpec, Option
from onewindow.widgets.form import Form
from onewindow.widgets.glyphs import ASCII

CLIENTS: list[Option] = [
    ("c17", "Ромашка ООО"),
    ("c18", "Рога и копыта"),
    ("c19", "Вектор"),
    ("c20", "[/] bad"),
]
URGENCY = (("low", "Low"), ("normal", "Normal"), ("high", "High"), ("urgent", "Urgent"))


def clients_like(typed: str) -> list[Option]:
    return [option for option in CLIENTS if typed.casefold() in option[1].casefold() or typed == option[0]]


SPECS = (
    FieldSpec("subject", "Subject", required=True, hint="what is it about", help="One sentence."),
    FieldSpec("client", "Client", "reference", suggest=clients_like),
    FieldSpec("urgency", "Urgency", "choice", choices=URGENCY, required=True),
    FieldSpec("due", "Due", "date", hint="25.11"),
    FieldSpec("vip", "VIP", "flag"),
    FieldSpec("note", "Note", "long_text"),
    FieldSpec("pin", "PIN", secret=True),
)


class _FormApp(App[None]):
    def __init__(self, form: Form) -> None:
        super().__init__()
        self.form = form
        self.heard: list[tuple[str, dict[str, str]]] = []
        self.quits = 0

    def compose(self) -> ComposeResult:
        yield self.form

    def on_form_submitted(self, message: Form.Submitted) -> None:
        self.heard.append(("submitted", message.values))

    def on_form_cancelled(self, message: Form.Cancelled) -> None:
        self.heard.append(("cancelled", message.values))

    def on_form_edited(self, message: Form.Edited) -> None:
        self.heard.append(("edited", message.values))


class _BehindApp(_FormApp):
    BINDINGS = [("q", "count_quit"), ("z", "count_quit")]  # noqa: RUF012

    def action_count_quit(self) -> None:
        self.quits += 1


def filled(**values: str) -> dict[str, str]:
    empty = {spec.name: "" for spec in SPECS} | {"vip": "no"}
    return empty | values


async def test_typing_through_every_field_and_saving() -> None:
    app = _FormApp(Form(SPECS))
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.press(*"printer", "tab", *"ром", "tab")
        await pilot.press(*"ur", "down", *"25.11", "enter", "space", "down")
        await pilot.press(*"one", "enter", *"two", "tab", *"12", "ctrl+s")
        await pilot.pause()
        wanted = filled(
            subject="printer",
            client="c17",
            urgency="urgent",
            due="25.11",
            vip="yes",
            note="one\ntwo",
            pin="12",
        )
        assert app.heard[-1] == ("submitted", wanted)
        text = screen_text(app)
    assert text[:5] == [
        " Subject*  printer",
        " Client    Ромашка ООО",
        " Urgency*  ‹ Urgent ›",
        " Due       25.11",
        " VIP       [x]  yes",
    ]
    assert text[5].startswith(" Note      one")
    assert text[9] == "▌PIN       ••"


async def test_begins_in_the_first_required_empty_field_or_where_told() -> None:
    app = _FormApp(Form(SPECS, {"subject": "x"}))
    async with app.run_test():
        assert app.form.focused_name == "urgency"
    app = _FormApp(Form(SPECS, focus="due"))
    async with app.run_test():
        assert app.form.focused_name == "due"
    app = _FormApp(Form(SPECS, {"subject": "x", "urgency": "low"}))
    async with app.run_test() as pilot:
        assert app.form.focused_name == "subject"
        await pilot.press("up")
        assert app.form.focused_name == "pin"
        await pilot.press("shift+tab", "shift+tab", "down")
        assert app.form.focused_name == "note"


async def test_help_line_speaks_of_the_focused_field() -> None:
    app = _FormApp(Form(SPECS))
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.pause()
        assert " One sentence." in screen_text(app)
        assert "what is it about" in screen_text(app)[0]
        await pilot.press("tab")
        assert " One sentence." not in screen_text(app)


async def test_errors_stand_under_their_fields_and_texts_stay() -> None:
    app = _FormApp(Form(SPECS, {"subject": "keep me", "due": "yesterday-ish"}, focus="pin"))
    async with app.run_test(size=(60, 20)) as pilot:
        app.form.set_errors({"due": "not a date: [yesterday-ish]", "note": "too short"})
        await pilot.pause()
        await pilot.pause()
        assert app.form.focused_name == "due"
        lines = screen_text(app)
        assert lines[3:5] == ["▌Due       yesterday-ish", "           ! not a date: [yesterday-ish]"]
        assert lines[10] == "           ! too short"
        await pilot.press("backspace")
        await pilot.pause()
        assert app.form.values()["due"] == "yesterday-is"
        assert "! not a date" not in "\n".join(screen_text(app))
        assert "! too short" in "\n".join(screen_text(app))
        app.form.set_errors({})
        await pilot.pause()
        assert "!" not in "".join(screen_text(app))


async def test_error_of_a_field_out_of_sight_scrolls_into_view() -> None:
    app = _FormApp(Form([FieldSpec(f"f{number}", f"Field {number}") for number in range(40)]))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Field 39" not in "\n".join(screen_text(app))
        app.form.set_errors({"f30": "wrong"})
        for _ in range(3):
            await pilot.pause()
        assert "! wrong" in "\n".join(screen_text(app))
        await pilot.press("up", "up")
        assert app.form.focused_name == "f28"
        await pilot.press(*["tab"] * 12)
        assert app.form.focused_name == "f0"
        assert "Field 0" in screen_text(app)[0]


async def test_edited_comes_once_after_a_rest_and_never_for_set_values() -> None:
    app = _FormApp(Form(SPECS, {"subject": "a"}, focus="subject"))
    async with app.run_test() as pilot:
        app.form.set_values({"subject": "draft", "unknown": "x"})
        await asyncio.sleep(0.4)
        assert app.heard == []
        await pilot.press(*"xyzabcdefgh")
        await asyncio.sleep(0.45)
        assert app.heard[-1] == ("edited", filled(subject="draftxyzabcdefgh"))
        assert len(app.heard) < len("xyzabcdefgh")
        await pilot.press("!", "escape")
        await asyncio.sleep(0.4)
        assert app.heard[-1] == ("cancelled", filled(subject="draftxyzabcdefgh!"))


async def test_choice_turns_narrows_and_keeps_unknown_values() -> None:
    spec = FieldSpec("urgency", "Urgency", "choice", choices=URGENCY)
    app = _BehindApp(Form([spec], {"urgency": "legacy [/]"}))
    async with app.run_test(size=(50, 4)) as pilot:
        assert screen_text(app)[0] == "▌Urgency   ‹ legacy [/] ›"
        await pilot.press("right", "right")
        assert app.form.values() == {"urgency": "low"}
        await pilot.press("left", "left")
        assert app.form.values() == {"urgency": "urgent"}
        await pilot.press("h")
        assert app.form.values() == {"urgency": "high"}
        await pilot.press("q", "z")
        assert app.form.values() == {"urgency": "high"}
        assert app.quits == 0
        await pilot.press("backspace", "n", "o")
        assert screen_text(app)[0] == "▌Urgency   ‹ Normal ›  no"
        await pilot.press("ctrl+o")
        assert app.form.values() == {"urgency": "normal"}
        await pilot.press("enter")
        assert app.heard[-1] == ("submitted", {"urgency": "normal"})


async def test_a_choice_is_named_by_the_words_of_its_own_field() -> None:
    channels = (("phone", "phone"), ("email", "email"), ("messenger", "messenger"))
    spec = FieldSpec("way", "Way", "choice", choices=channels, of=("contact", "preferred_channel"))
    app = _BehindApp(Form([spec], {"way": "phone"}))
    async with app.run_test(size=(50, 4)) as pilot:
        await pilot.press(*"почта")
        assert app.form.values() == {"way": "email"}
        await pilot.press(*["backspace"] * 5, *"вайбер")
        assert app.form.values() == {"way": "messenger"}


async def test_flag_takes_letters_and_the_space_bar() -> None:
    app = _BehindApp(Form([FieldSpec("vip", "VIP", "flag")], {"vip": "1"}))
    async with app.run_test(size=(50, 4)) as pilot:
        assert app.form.values() == {"vip": "yes"}
        await pilot.press("space", "q")
        assert app.form.values() == {"vip": "no"}
        await pilot.press("y", "n", "x")
        assert app.form.values() == {"vip": "yes"}
        assert app.quits == 0
        await pilot.press("ctrl+s")
        assert app.heard[-1] == ("submitted", {"vip": "yes"})


async def test_reference_offers_picks_and_keeps_unmatched_text() -> None:
    specs = [FieldSpec("client", "Client", "reference", suggest=clients_like), FieldSpec("next", "Next")]
    app = _FormApp(Form(specs, {"client": "c19"}, focus="client"))
    async with app.run_test(size=(50, 12)) as pilot:
        assert screen_text(app)[0] == "▌Client   Вектор"
        assert app.form.values()["client"] == "c19"
        await pilot.press("ctrl+u", "р", "о")
        await pilot.pause()
        assert [line.strip() for line in screen_text(app)[1:4]] == ["▌  Ромашка ООО", "Рога и копыта", "Next"]
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.form.values()["client"] == "c18"
        assert app.form.focused_name == "next"
        assert screen_text(app)[1] == "▌Next"
        await pilot.press("up", "x")
        await pilot.pause()
        assert screen_text(app)[1].strip() == "no match"
        await pilot.press("tab")
        assert app.form.values()["client"] == "x", (
            "a letter begins another record, and is not glued to this one"
        )
        await pilot.press("up", "ctrl+u", "[")
        await pilot.press("escape")
        assert "cancelled" not in [what for what, _ in app.heard]
        await pilot.press("tab")
        assert app.form.values()["client"] == "["
        await pilot.press("up", "ctrl+u", "tab")
        assert app.form.values()["client"] == ""
        await pilot.press("up", "ctrl+o", "down", "down", "tab")
        assert app.form.values()["client"] == "c19"
        await pilot.press("up", "end", "tab")
        assert app.form.values()["client"] == "c19", "to look at it changes nothing"
        await pilot.press("up", "р", "о", "tab")
        assert app.form.values()["client"] == "c17"
        await pilot.press("escape")
        assert app.heard[-1][0] == "cancelled"


async def test_up_and_down_stay_in_a_long_text_until_its_edge() -> None:
    specs = [FieldSpec("a", "A"), FieldSpec("note", "Note", "long_text"), FieldSpec("b", "B")]
    app = _FormApp(Form(specs, {"note": "one\ntwo"}, focus="note"))
    async with app.run_test(size=(50, 12)) as pilot:
        await pilot.press("up")
        assert app.form.focused_name == "note"
        await pilot.press("up")
        assert app.form.focused_name == "a"
        await pilot.press("tab", "down", "down")
        assert app.form.focused_name == "b"


@pytest.mark.parametrize(
    "text",
    ["[/]", "\x1b]52;c;aGk=\x07", "\x9b2J", "a\u202eb", "\u6f22\u5b57", "tab\tend", "\x00", "a\u2028b"],
)
async def test_hostile_texts_are_shown_harmless_and_given_back_unchanged(text: str) -> None:
    def same(typed: str) -> list[Option]:  # noqa: ARG001
        return [("1", text)]

    specs = [
        FieldSpec("text", text, hint=text, help=text),
        FieldSpec("empty", text, hint=text),
        FieldSpec("long", "Long", "long_text"),
        FieldSpec("choice", "Choice", "choice", choices=((text, text),)),
        FieldSpec("reference", "Reference", "reference", suggest=same),
    ]
    values = {"text": text, "empty": "", "long": text, "choice": text, "reference": "1"}
    app = _FormApp(Form(specs, values, focus="text"))
    async with app.run_test(size=(60, 16)) as pilot:
        app.form.set_errors({"text": text})
        for key in ("tab", "tab", "tab", "tab", "ctrl+o"):
            await pilot.pause()
            assert "".join(screen_text(app)).isprintable()
            await pilot.press(key)
        await pilot.pause()
        assert "".join(screen_text(app)).isprintable()
        assert app.form.values() == values


async def test_ascii_form_is_ascii() -> None:
    app = _FormApp(Form(SPECS, {"urgency": "high", "subject": "x"}))
    app.glyphs = ASCII  # pyright: ignore[reportAttributeAccessIssue]
    async with app.run_test(size=(60, 16)) as pilot:
        app.form.set_errors({"urgency": "e" * 80})
        await pilot.pause()
        assert "".join(screen_text(app)).isascii()
        assert ">Urgency*  < High >" in screen_text(app)


async def test_a_form_takes_no_more_lines_than_it_needs() -> None:
    form = Form(SPECS, {"subject": "x"})
    app = _FormApp(form)
    async with app.run_test(size=(60, 30)) as pilot:
        assert form.size.height == len(SPECS) + 3 + 1
        form.set_errors({"due": "wrong"})
        await pilot.pause()
        await pilot.pause()
        assert form.size.height == len(SPECS) + 3 + 2


async def test_the_text_cursor_does_not_blink() -> None:
    app = _FormApp(Form(SPECS, {"urgency": "low"}))
    async with app.run_test():
        stock = [*app.query(Input), *app.query(TextArea)]
        assert len(stock) == 5
        assert not any(field.cursor_blink for field in stock)
