"""Names of keys, and the Latin key at the same physical place as one typed in a Russian or Bulgarian layout.

Key names are those of the toolkit: a letter or digit is itself ("q", "Q", "7"), a sign has a word ("slash"),
modifiers stand in front in alphabetical order ("ctrl+shift+left").

The layouts disagree: "у" is typed by the key of `e` in the Russian layout, of `w` in the Bulgarian state
standard and of `u` in the phonetic one. So one layout is chosen in the settings, never guessed from a letter.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, Protocol, runtime_checkable

Layout = Literal["ru", "bg-bds", "bg-phonetic", "bg-bas"]
"""ЙЦУКЕН; the Bulgarian state standard; Bulgarian phonetic, traditional (ЯВЕРТЪ) and newer (ЧШЕРТЪ)."""


@runtime_checkable
class HasPlace(Protocol):
    """A key of which the terminal told the place on the keyboard."""

    place: str
    """The character of the Latin key at that place, '' for none."""


_SIGNS = {
    "!": "exclamation_mark",
    '"': "quotation_mark",
    "#": "number_sign",
    "$": "dollar_sign",
    "%": "percent_sign",
    "&": "ampersand",
    "'": "apostrophe",
    "(": "left_parenthesis",
    ")": "right_parenthesis",
    "*": "asterisk",
    "+": "plus",
    ",": "comma",
    "-": "minus",
    ".": "full_stop",
    "/": "slash",
    ":": "colon",
    ";": "semicolon",
    "<": "less_than_sign",
    "=": "equals_sign",
    ">": "greater_than_sign",
    "?": "question_mark",
    "@": "at",
    "[": "left_square_bracket",
    "\\": "backslash",
    "]": "right_square_bracket",
    "^": "circumflex_accent",
    "_": "underscore",
    "`": "grave_accent",
    "{": "left_curly_bracket",
    "|": "vertical_line",
    "}": "right_curly_bracket",
    "~": "tilde",
    "№": "numero_sign",
    "§": "section_sign",
    "€": "euro_sign",
    "–": "en_dash",
    "„": "double_low_9_quotation_mark",
    "“": "left_double_quotation_mark",
}
_CHARACTERS = {name: character for character, name in _SIGNS.items()}
_NAMED = {
    *("up", "down", "left", "right", "home", "end", "insert", "delete", "pageup", "pagedown"),
    *("escape", "enter", "tab", "space", "backspace"),
    *(f"f{number}" for number in range(1, 25)),
}
_SPELLINGS = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
}
_SHORT = {"escape": "esc", "pageup": "pgup", "pagedown": "pgdn"}
_MODIFIERS = frozenset({"alt", "ctrl", "hyper", "meta", "shift", "super"})
_SAME_BYTE = {"ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+m": "enter"}

_PLACES = "`qwertyuiop[]asdfghjkl;'\\zxcvbnm,./" + '~QWERTYUIOP{}ASDFGHJKL:"|ZXCVBNM<>?'
_DIGIT_ROW = ("1234567890-=", "!@#$%^&*()_+")
_LETTERS: dict[Layout, str] = {
    "ru": "ёйцукенгшщзхъфывапролджэ\\ячсмитьбю." + "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭ/ЯЧСМИТЬБЮ,",
    "bg-bds": "(,уеишщксдзц;ьяаожгтнвмч„юйъэфхпрлб" + ")ыУЕИШЩКСДЗЦ§ѝЯАОЖГТНВМЧ“ЮЙЪЭФХПРЛБ",
    "bg-phonetic": "чявертъуиопшщасдфгхйкл;'юзьцжбнм,./" + 'ЧЯВЕРТЪУИОПШЩАСДФГХЙКЛ:"ЮЗѝЦЖБНМ„“?',
    "bg-bas": "ючшертъуиопящасдфгхйкл;'ьзжцвбнм,./" + 'ЮЧШЕРТЪУИОПЯЩАСДФГХЙКЛ:"ѝЗЖЦВБНМ„“?',
}
_ALSO: dict[Layout, str] = {
    "ru": "№#",
    "bg-bds": "ЬAЫQ№)–(",
    "bg-phonetic": "ЬX№#€^§&–_",
    "bg-bas": "Ь|№#€^§&–_",
}
"""Pairs of typed and Latin character: the digit row, and capitals that some systems type elsewhere."""
_BDS_SIGNS = frozenset(",;")


def shifted(place: str) -> str:
    """What a US keyboard types with shift at the place of a character; any other character as it is."""
    half = len(_PLACES) // 2
    plain, capital = _PLACES[:half] + _DIGIT_ROW[0], _PLACES[half:] + _DIGIT_ROW[1]
    return capital[plain.index(place)] if place and place in plain else place


def layout_for(keyboard: str, language: str) -> Layout:
    """The layout the settings mean; "auto" is Bulgarian phonetic if the language is "bg", else Russian."""
    if keyboard in _LETTERS:
        return keyboard
    return "bg-phonetic" if language == "bg" else "ru"


@cache
def layout_map(name: Layout) -> dict[str, str]:
    """Name of the key as typed in that layout -> name of the Latin key at the same place.

    Only characters that no US keyboard types are moved: "." of the Russian layout may as well be a Latin full
    stop, so the table of actions binds "." and "," beside "/" and "?". In the state standard "," stands where
    `q` is and ";" where "]" is; whoever chose that layout in the settings has them moved too.
    """
    moved = zip(_LETTERS[name], _PLACES, strict=True)
    also = zip(_ALSO[name][::2], _ALSO[name][1::2], strict=True)
    return {
        _character_key(typed): _character_key(latin)
        for typed, latin in (*moved, *also)
        if not typed.isascii() or (name == "bg-bds" and typed in _BDS_SIGNS)
    }


def latin_key(key: str, layout: Layout = "ru") -> str:
    """The Latin key at the same place as `key` (a name or a character), modifiers kept; else `key` itself.

    To be used only while no text field has the focus.
    """
    modifiers, base = _split(key)
    latin = layout_map(layout).get(_character_key(base))
    return key if latin is None else "+".join((*modifiers, latin))


def key_by_place(
    key: str, character: str | None, layout: Layout, *, typing: bool, place: str = ""
) -> tuple[str, str | None]:
    """Name and character of the key that is meant by one pressed in any layout.

    Keys held together with ctrl or alt are commands, always meant by their place; a letter alone is text
    while one types and a command elsewhere. `place` is what the terminal says stands there in Latin, '' where
    it says nothing: then the layout of the settings tells.
    """
    modifiers, _ = _split(key)
    if not modifiers or modifiers == ["shift"]:
        if typing:
            return key, character
        typed = character or key
        latin = _character_key(place) if place else latin_key(typed, layout)
        unchanged = latin in (typed, key)
        return (key, character) if unchanged else (latin, latin if len(latin) == 1 else None)
    return key if place else latin_key(key, layout), None


def key_name(typed: str) -> str:
    """The toolkit's name of a key that a person wrote: "?" is "question_mark", "Esc" "escape", "shift+q" "Q".

    Raises ValueError with a sentence for a key that does not exist or that no terminal can send.
    """
    modifiers, base = _split(typed if typed == " " else typed.strip())
    held = sorted({"ctrl" if modifier.lower() == "control" else modifier.lower() for modifier in modifiers})
    unknown = [modifier for modifier in held if modifier not in _MODIFIERS]
    if unknown:
        raise ValueError(f"there is no modifier '{unknown[0]}': use ctrl, shift or alt")
    name = _base_name(base)
    if held == ["shift"] and _types(name) and name != "space":
        if not name.isalpha() or len(name) > 1:
            raise ValueError(f"'{typed}' depends on the keyboard: write the character that it types")
        return name.upper()
    if held and len(name) == 1:
        name = name.lower()
    full = "+".join((*held, name))
    if full in _SAME_BYTE:
        raise ValueError(f"a terminal sends {full} as {_SAME_BYTE[full]}: choose another key")
    return full


def key_label(name: str) -> str:
    """The key as hints and help show it: "question_mark" is "?", "escape" is "esc"."""
    modifiers, base = _split(name)
    return "+".join((*modifiers, _CHARACTERS.get(base, _SHORT.get(base, base))))


def types_text(name: str) -> bool:
    """Whether a text field takes this key as a character."""
    return "+" not in name and _types(name)


def _split(key: str) -> tuple[list[str], str]:
    """Modifiers and the key itself; the plus sign is a key too."""
    if key == "+":
        return [], key
    if key.endswith("++"):
        return key[:-2].split("+"), "+"
    *modifiers, base = key.split("+")
    return modifiers, base


def _character_key(character: str) -> str:
    return _SIGNS.get(character, character)


def _types(name: str) -> bool:
    return len(name) == 1 or name in _CHARACTERS or name == "space"


def _base_name(base: str) -> str:
    if base == " ":
        return "space"
    if len(base) == 1 and base.isprintable():
        if "\u0400" <= base <= "\u04ff":
            raise ValueError(f"'{base}' is a Cyrillic letter: write the Latin key at the same place")
        return _character_key(base)
    name = base.lower()
    name = _SPELLINGS.get(name, name)
    if name not in _NAMED and name not in _CHARACTERS:
        raise ValueError(f"there is no key '{base}'")
    return name
