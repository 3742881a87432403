"""A number that nobody on file has: how it is read, and what can be made of who calls from it."""

from __future__ import annotations

from typing import Literal

from onewindow.records.values import value_class
from onewindow.text.phones import format_phone, normalise_phone

Becomes = Literal["contact", "client", "lead"]
FEWEST_DIGITS = 6


@value_class
class UnknownCaller:
    """Who called from a number that is not on file, and what is to be made of them."""

    number: str
    becomes: Becomes


def number_in(typed: str, region: str) -> str:
    """The telephone number that was typed into a search, as people read it; '' if it is none."""
    text = typed.strip()
    digits = [character for character in text if character.isdigit()]
    if len(digits) < FEWEST_DIGITS or any(
        not (character.isdigit() or character in "+-() .") for character in text
    ):
        return ""
    found = normalise_phone(text, region)
    return format_phone(found) if found else text
