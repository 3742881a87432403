"""Names of keys, and the same physical key in other layouts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.binding import Binding

from onewindow.actions import ACTIONS
from onewindow.keyboard import Layout, key_label, key_name, latin_key, layout_for, layout_map, types_text

LAYOUTS: tuple[Layout, ...] = ("ru", "bg-bds", "bg-phonetic", "bg-bas")


@pytest.mark.parametrize(
    ("layout", "typed", "latin"),
    [
        ("ru", "й", "q"),
        ("ru", "Й", "Q"),
        ("ru", "у", "e"),
        ("ru", "ж", "semicolon"),
        ("ru", "Ж", "colon"),
        ("ru", "х", "left_square_bracket"),
        ("ru", "ъ", "right_square_bracket"),
        ("ru", "Ё", "tilde"),
        ("ru", "№", "number_sign"),
        ("ru", "numero_sign", "number_sign"),
        ("bg-bds", "у", "w"),
        ("bg-bds", "ч", "apostrophe"),
        ("bg-bds", "б", "slash"),
        ("bg-bds", "Б", "question_mark"),
        ("bg-bds", "ь", "a"),
        ("bg-bds", "Ь", "A"),
        ("bg-bds", "comma", "q"),
        ("bg-bds", ",", "q"),
        ("bg-bds", "ы", "Q"),
        ("bg-phonetic", "у", "u"),
        ("bg-phonetic", "я", "q"),
        ("bg-phonetic", "ж", "v"),
        ("bg-phonetic", "ш", "left_square_bracket"),
        ("bg-phonetic", "Ю", "vertical_line"),
        ("bg-bas", "ч", "q"),
        ("bg-bas", "ж", "x"),
        ("bg-bas", "в", "v"),
        ("bg-bas", "я", "left_square_bracket"),
    ],
)
def test_a_letter_means_the_latin_key_at_its_place(layout: Layout, typed: str, latin: str) -> None:
    assert latin_key(typed, layout) == latin


def test_modifiers_are_kept() -> None:
    assert latin_key("ctrl+ы", "ru") == "ctrl+s"
    assert latin_key("ctrl+shift+я", "ru") == "ctrl+shift+z"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_a_us_keyboard_types_is_left_alone(layout: Layout) -> None:
    for character in "qwertyQ0123456789-=[]'/?:!+":
        assert latin_key(character, layout) == character
    for name in (
        "up",
        "enter",
        "escape",
        "ctrl+s",
        "slash",
        "question_mark",
        "full_stop",
        "f1",
        "+",
        "ctrl++",
    ):
        assert latin_key(name, layout) == name


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_letter_key_of_the_table_is_within_reach(layout: Layout) -> None:
    letters = {key for action in ACTIONS for key in action.keys if len(key) == 1 and key.isalpha()}
    assert letters <= set(layout_map(layout).values())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_two_letters_share_a_key_only_as_two_capitals_of_it(layout: Layout) -> None:
    places: dict[str, list[str]] = {}
    for typed, latin in layout_map(layout).items():
        places.setdefault(latin, []).append(typed)
    doubled = {"".join(sorted(typed)) for typed in places.values() if len(typed) > 1}
    assert doubled <= {"Ьѝ", "Ыы"}


def test_the_layout_is_the_chosen_one_or_goes_by_the_language() -> None:
    assert layout_for("bg-bds", "ru") == "bg-bds"
    assert layout_for("auto", "bg") == "bg-phonetic"
    assert layout_for("auto", "ru") == "ru"
    assert layout_for("auto", "en") == "ru"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("n", "n"),
        ("N", "N"),
        ("shift+n", "N"),
        ("?", "question_mark"),
        (" ", "space"),
        ("Esc", "escape"),
        ("PgUp", "pageup"),
        ("F5", "f5"),
        ("slash", "slash"),
        ("Ctrl+S", "ctrl+s"),
        ("control+s", "ctrl+s"),
        ("shift+ctrl+left", "ctrl+shift+left"),
        ("shift+tab", "shift+tab"),
        ("+", "plus"),
        ("ctrl++", "ctrl+plus"),
        ("ctrl+\\", "ctrl+backslash"),
        ("é", "é"),
    ],
)
def test_a_written_key_becomes_the_toolkits_name(typed: str, name: str) -> None:
    assert key_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "no key"),
        ("banana", "no key 'banana'"),
        ("f25", "no key"),
        ("hyperspace+n", "modifier 'hyperspace'"),
        ("ctrl+i", "as tab"),
        ("Ctrl+M", "as enter"),
        ("ctrl+h", "as backspace"),
        ("shift+7", "depends on the keyboard"),
        ("shift+slash", "depends on the keyboard"),
        ("ж", "Cyrillic"),
        ("ctrl+", "no key"),
        ("\x1b", "no key"),
    ],
)
def test_an_impossible_key_is_refused_with_a_reason(typed: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        key_name(typed)


def test_labels_are_what_stands_on_the_key() -> None:
    names = ("question_mark", "ctrl+backslash", "escape", "pageup", "plus", "Q", "shift+tab")
    assert [key_label(name) for name in names] == ["?", "ctrl+\\", "esc", "pgup", "+", "Q", "shift+tab"]


@given(st.text(max_size=12))
def test_any_writing_is_a_stable_name_or_refused(typed: str) -> None:
    try:
        name = key_name(typed)
    except ValueError:
        return
    assert key_name(key_label(name)) == name
    assert key_name(name) == name


@pytest.mark.parametrize("sign", list("!\"#$%&'()*+-./:;<=>?@[\\]^_`{|}~"))
def test_signs_have_the_names_that_the_toolkit_gives_them(sign: str) -> None:
    binding = next(iter(Binding.make_bindings([Binding(sign, "press")])))
    assert key_name(sign) == binding.key
    assert key_label(binding.key) == sign


def test_only_bare_characters_are_text() -> None:
    assert all(types_text(key) for key in ("n", "7", "slash", "space"))
    assert not any(types_text(key) for key in ("ctrl+s", "escape", "tab", "up", "f1", "ctrl+plus"))
