"""Every key in every layout, as terminals of both kinds send it, and what the program takes it for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from screen_host import until
from textual import events

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.keyboard import Layout, key_by_place
from onewindow.records.clients import Client
from onewindow.store import rows
from onewindow.widgets.terminal_keys import KeyParser, extended_keys

PLACES = "`qwertyuiop[]asdfghjkl;'\\zxcvbnm,./"
SHIFTED = '~QWERTYUIOP{}ASDFGHJKL:"|ZXCVBNM<>?'
LETTERS: dict[str, tuple[str, str]] = {
    "latin": (PLACES, SHIFTED),
    "ru": ("ёйцукенгшщзхъфывапролджэ\\ячсмитьбю.", "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭ/ЯЧСМИТЬБЮ,"),
    "bg-bds": ("(,уеишщксдзц;ьяаожгтнвмч„юйъэфхпрлб", ")ыУЕИШЩКСДЗЦ§ѝЯАОЖГТНВМЧ“ЮЙЪЭФХПРЛБ"),
    "bg-phonetic": ("чявертъуиопшщасдфгхйкл;'юзьцжбнм,./", 'ЧЯВЕРТЪУИОПШЩАСДФГХЙКЛ:"ЮЗѝЦЖБНМ„“?'),
}
"""What each layout types at the places of a US keyboard, plain and with shift."""
_SIGNS = "`[];'\\,./~{}:\"|<>?"
_SIGN_NAMES = """
grave_accent left_square_bracket right_square_bracket semicolon apostrophe backslash comma full_stop slash
tilde left_curly_bracket right_curly_bracket colon quotation_mark vertical_line less_than_sign
greater_than_sign question_mark
"""
SIGN_NAMES = dict(zip(_SIGNS, _SIGN_NAMES.split(), strict=True))


def _of_settings(layout: str) -> Layout:
    return layout if layout in ("bg-bds", "bg-phonetic") else "ru"  # type: ignore[return-value]


def _read(sent: str) -> list[events.Key]:
    """The keys that the parser makes of what a terminal sent, a pause after it."""
    parser = KeyParser()
    keys = [event for event in parser.feed(sent) if isinstance(event, events.Key)]
    if parser._timeout_time is not None:  # pyright: ignore[reportPrivateUsage]
        parser._timeout_time = 0  # pyright: ignore[reportPrivateUsage]
    return keys + [event for event in parser.tick() if isinstance(event, events.Key)]


def _meant(sent: str, layout: str, *, typing: bool) -> list[tuple[str, str | None]]:
    """Name and character of what the program takes it for."""
    return [
        key_by_place(
            event.key,
            event.character,
            _of_settings(layout),
            typing=typing,
            place=getattr(event, "place", ""),
        )
        for event in _read(sent)
    ]


def _places(layout: str) -> Iterator[tuple[str, str, str, str]]:
    """Place, what it types, both with shift after them; for every key that types text."""
    plain, capital = LETTERS[layout]
    yield from zip(PLACES, plain, SHIFTED, capital, strict=True)


def _name(character: str) -> str:
    return SIGN_NAMES.get(character, character)


@pytest.mark.parametrize("layout", LETTERS)
def test_ctrl_is_read_by_place_while_one_types_and_elsewhere(layout: str) -> None:
    for place, typed, _, _ in _places(layout):
        code = ord(typed)
        # A sign of the Latin keyboard in another layout stays what it is.
        known = _name(place) if not typed.isascii() or typed == place else None
        for sent in (f"\x1b[{code};5u", f"\x1b[{code};5:1u", f"\x1b[{code};5:2u", f"\x1b[27;5;{code}~"):
            for typing in (True, False):
                meant = _meant(sent, layout, typing=typing)
                assert [character for _, character in meant] == [None]
                if known is not None:
                    assert meant == [(f"ctrl+{known}", None)], (sent, typed)
        if not typed.isascii():
            told = f"\x1b[{code}::{ord(place)};5u"
            assert _meant(told, layout, typing=True) == [(f"ctrl+{_name(place)}", None)]
            # The place that a terminal tells counts more than the layout of the settings.
            assert _meant(told, "ru", typing=True) == [(f"ctrl+{_name(place)}", None)]


@pytest.mark.parametrize("layout", LETTERS)
def test_ctrl_with_shift_and_alt_are_read_by_place(layout: str) -> None:
    for place, typed, _, capital in _places(layout):
        if (typed.isascii() and typed != place) or not typed.isalpha() or not place.isalpha():
            continue
        code = ord(typed)
        for sent in (f"\x1b[{code}:{ord(capital)}:{ord(place)};6u", f"\x1b[{code};6u", f"\x1b[{code};134u"):
            assert _meant(sent, layout, typing=True) == [(f"ctrl+shift+{place}", None)]
        # The toolkit reads these two bytes as words forward and back, as shells do.
        legacy = () if typed in "fb" else (f"\x1b{typed}",)
        for sent in (*legacy, f"\x1b[{code};3u", f"\x1b[{code}::{ord(place)};3;{code}u"):
            assert _meant(sent, layout, typing=True) == [(f"alt+{place}", None)], (sent, typed)
            assert _meant(sent, layout, typing=False) == [(f"alt+{place}", None)]


@pytest.mark.parametrize("layout", LETTERS)
def test_letters_are_text_while_one_types(layout: str) -> None:
    for place, typed, _, capital in _places(layout):
        plain, upper = ord(typed), ord(capital)
        for sent in (typed, f"\x1b[{plain};;{plain}u", f"\x1b[{plain}::{ord(place)};1:2;{plain}u"):
            assert [character for _, character in _meant(sent, layout, typing=True)] == [typed]
        for sent in (capital, f"\x1b[{plain};2;{upper}u", f"\x1b[{plain}:{upper}:{ord(place)};66;{upper}u"):
            assert [character for _, character in _meant(sent, layout, typing=True)] == [capital]


@pytest.mark.parametrize("layout", LETTERS)
def test_letters_are_keys_by_their_place_elsewhere(layout: str) -> None:
    for place, typed, shifted, capital in _places(layout):
        plain, upper = ord(typed), ord(capital)
        if not typed.isascii():
            for sent in (typed, f"\x1b[{plain};;{plain}u", f"\x1b[{plain}::{ord(place)};;{plain}u"):
                assert _meant(sent, layout, typing=False)[0][0] == _name(place)
        if not capital.isascii() and layout != "bg-bds":
            for sent in (capital, f"\x1b[{plain};2;{upper}u", f"\x1b[{plain}::{ord(place)};2;{upper}u"):
                assert _meant(sent, layout, typing=False)[0][0] == _name(shifted)


@pytest.mark.parametrize(
    ("sent", "key", "character"),
    [
        ("\x1b[13u", "enter", "\r"),
        ("\x1b[13;2u", "shift+enter", None),
        ("\x1b[27u", "escape", None),
        ("\x1b[9;2u", "shift+tab", None),
        ("\x1b[127u", "backspace", "\x7f"),
        ("\x1b[32;;32u", "space", " "),
        ("\x1b[1;1:2A", "up", None),
        ("\x1b[1;5C", "ctrl+right", None),
        ("\x1b[3~", "delete", None),
        ("\x1b[A", "up", None),
        ("\x1b[57399;;48u", "0", "0"),
        ("\x1b[115;2u", "S", "S"),
        ("\x1b[83;2u", "S", "S"),
        ("\x1b[115:83;2u", "S", "S"),
        ("\x1b[113;7;64u", "at", "@"),  # AltGr on Windows keyboards is ctrl and alt
        ("\x1b[0;;229u", "å", "å"),  # an input method sends text without a key
        ("\x13", "ctrl+s", "\x13"),
        ("\x1bOP", "f1", None),
    ],
)
def test_other_keys_are_what_they_were(sent: str, key: str, character: str | None) -> None:
    assert [(event.key, event.character) for event in _read(sent)] == [(key, character)]


@pytest.mark.parametrize(
    "sent",
    [
        "\x1b[1099;5:3u",
        "\x1b[1:1:1;1:3A",
        "\x1b[99999999999;5u",
        "\x1b[55296u",
        "\x1b[;;u",
        "\x1b[:::;5u",
        "\x1b[1;5:3C",
        "\x1b[999~",
        "\x1b[1099::115;5:3;u",
        "\x1b[27;5;99999999~",
    ],
)
def test_what_says_nothing_is_passed_over(sent: str) -> None:
    assert _read(sent) == []


def test_other_sequences_are_left_to_the_toolkit() -> None:
    assert extended_keys("\x1b[<0;3;4M") is None
    assert extended_keys("\x1b[A") is None
    assert [type(event).__name__ for event in KeyParser().feed("\x1b[12;40R")] == ["CursorPosition"]


@pytest.mark.parametrize(
    ("layout", "save"),
    [
        ("ru", "\x1b[1099;5u"),
        ("ru", "\x1b[1099::115;5u"),
        ("ru", "\x1b[1099::115;5:1u"),
        ("bg-bds", "\x1b[1103;5u"),
        ("bg-phonetic", "\x1b[1089;5u"),
        ("latin", "\x1b[115;5u"),
        ("latin", "\x13"),
    ],
)
async def test_a_form_is_saved_in_every_layout(session: Session, layout: str, save: str) -> None:
    changing.insert(session, Client(name="Ромашка ООО", owner_id=session.me.id))
    app = OneWindowApp(session, None)
    app._key_layout = _of_settings(layout)  # pyright: ignore[reportPrivateUsage]
    async with app.run_test(size=(100, 30)) as pilot:
        app._window.actions.do("new.client")  # pyright: ignore[reportPrivateUsage]
        await pilot.pause()
        letters = LETTERS[layout][0][13:17]
        for character in letters:
            for event in _read(f"\x1b[{ord(character)};;{ord(character)}u"):
                app.post_message(event)
        for event in _read(save):
            app.post_message(event)
        await until(pilot, lambda: len(app.screen_stack) == 1)
    assert letters in [client.name for client in rows.fetch(session.store, Client, "")]
