"""Keys as terminals send them: legacy bytes, `CSI u` of the kitty protocol, and xterm's `CSI 27`.

The toolkit's parser gives up on sub-fields (the other names of a key, press and release), so this one reads
sequences of keys itself. A key may carry its *place*: the Latin key at the same place of the keyboard, which
terminals of the kitty protocol tell when they are asked. Nothing that a terminal sends may end the program.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS, MODIFIER_FUNCTIONAL_KEYS
from textual._xterm_parser import SPECIAL_KEY_TO_CHARACTER, XTermParser
from textual.keys import Keys, _character_to_key  # pyright: ignore[reportPrivateUsage]

from onewindow.keyboard import shifted

_EXTENDED = re.compile(r"\x1b\[([\d:;]*)([u~ABCDEFHPQRS])")
_MODIFIERS = ("shift", "alt", "ctrl", "super", "hyper", "meta")
"""In the order of their bits; caps lock and num lock above them are no part of a key's name."""
_SHIFT, _ALT, _CTRL = 1, 2, 4
_NAMED_MODIFIERS = (1 << len(_MODIFIERS)) - 1
_EMPTY: list[str] = []
_RELEASED = "3"
_MODIFY_OTHER_KEYS = "27"
TELL_PLACES = "\x1b[=4;2u"
"""Asks a terminal of the kitty protocol for the other names of each key, its place among them."""


class PlacedKey(events.Key):
    """A key whose place is known; the program makes a plain key of it before anything else sees it."""

    def __init__(self, key: str, character: str | None, place: str) -> None:
        """Name and text of a key, and the character of the Latin key at its place."""
        super().__init__(key, character)
        self.place = place

    def copy(self) -> PlacedKey:
        """The same key as an event of its own."""
        return PlacedKey(self.key, self.character, self.place)


def extended_keys(sequence: str) -> list[events.Key] | None:
    """The keys that an extended sequence means: several for composed text, an ignored one for a release.

    None where the sequence is of another kind.
    """
    match = _EXTENDED.fullmatch(sequence)
    if match is None or not match[1]:
        return None
    fields, end = _as_of_kitty(match[1], match[2])
    names, held, text = [*fields, _EMPTY, _EMPTY][:3]
    code, place = _number(names, 0, 0 if end == "u" else 1), _character(_number(names, 2, 0))
    modifiers = max(0, _number(held, 0, 1) - 1) & _NAMED_MODIFIERS
    if held[1:2] == [_RELEASED]:
        return [events.Key(Keys.Ignore, sequence)]
    typed = [character for part in text if (character := _character(_number([part], 0, 0)))]
    function = FUNCTIONAL_KEYS.get(f"{code}{end}")
    if function:
        return [_function_key(function, modifiers, typed)]
    if sequence in ANSI_SEQUENCES_KEYS:
        return None
    own = _character(code) if end == "u" and not _is_private(code) else ""
    if not typed and own and not modifiers & ~_SHIFT:
        shifted = _character(_number(names, 1, 0)) or own.upper()
        typed = [shifted if modifiers else own]
    if typed and not _is_command(modifiers, own, typed):
        return [_typed_key(character, modifiers, place) for character in typed]
    if not own:
        return [events.Key(Keys.Ignore, sequence)]
    if place and not own.isascii():
        return [PlacedKey(_held(modifiers, _character_to_key(place)), None, place)]
    return [events.Key(_held(modifiers, _character_to_key(own.lower())), None)]


def _is_command(modifiers: int, own: str, typed: list[str]) -> bool:
    """Whether keys that are held make a command of a key, though it has a text; AltGr chooses a text."""
    if modifiers & (_CTRL | _ALT) == _ALT:
        return [character.lower() for character in typed] == [own.lower()]
    return bool(modifiers & ~(_SHIFT | _ALT)) and modifiers & ~_SHIFT != _CTRL | _ALT


class KeyParser(XTermParser):
    """The toolkit's parser, with keys read by us."""

    def _parse_extended_key(  # pyright: ignore[reportIncompatibleVariableOverride]
        self, sequence: str
    ) -> list[events.Key] | None:
        """Keys of the kitty protocol and of xterm's own."""
        return extended_keys(sequence)

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        """What a sequence of characters means, nothing while it is not whole."""
        return [self._legacy(event) for event in super()._sequence_to_key_events(sequence, alt)]

    @staticmethod
    def _legacy(event: events.Key) -> events.Key:
        """A key of plain bytes; what is pressed together with alt is a command and no text."""
        if event.key.startswith("alt+"):
            event.character = None
        return event


def _as_of_kitty(parameters: str, end: str) -> tuple[list[list[str]], str]:
    """Names of the key, modifiers, and text, each with its sub-fields, in the order of the kitty protocol."""
    fields = [field.split(":") for field in parameters.split(";")]
    if end == "~" and fields[0] == [_MODIFY_OTHER_KEYS] and len(fields) == 3:
        return [fields[2], fields[1]], "u"
    return fields, end


def _number(field: list[str], place: int, otherwise: int) -> int:
    text = field[place] if place < len(field) else ""
    return int(text) if text.isdecimal() else otherwise


def _character(code: int) -> str:
    """The character of a code, '' for a code that no text has."""
    if not 0 < code <= sys.maxunicode:
        return ""
    character = chr(code)
    return "" if unicodedata.category(character) in ("Cc", "Cs", "Cn") else character


def _is_private(code: int) -> bool:
    """Whether a code is one of those that terminals give to keys without a character."""
    return 0xE000 <= code <= 0xF8FF


def _held(modifiers: int, key: str) -> str:
    held = [name for bit, name in enumerate(_MODIFIERS) if modifiers >> bit & 1]
    return "+".join((*sorted(held), key))


def _function_key(key: str, modifiers: int, typed: list[str]) -> events.Key:
    if key in MODIFIER_FUNCTIONAL_KEYS:
        return events.Key(key, None)
    character = typed[0] if typed else None if modifiers else SPECIAL_KEY_TO_CHARACTER.get(key)
    return events.Key(_held(0 if typed else modifiers, key), character)


def _typed_key(character: str, modifiers: int, place: str) -> events.Key:
    """A key that types a character; what is held made it what it is, except the shift of a blank."""
    name = _held(modifiers & _SHIFT if character.isspace() else 0, _character_to_key(character))
    if place and not character.isascii():
        return PlacedKey(name, character, shifted(place) if modifiers & _SHIFT else place)
    return events.Key(name, character)
