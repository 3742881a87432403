"""What a typed query may mean: words, a telephone number, the same keys in another layout.

A pattern is text to be found in ` word word `: with a space before it, it is the beginning of a word. A term
is a choice of patterns, and a reading of a query asks for all of its terms. Patterns are made of a-z, 0-9 and
the space only, so no query can reach the syntax of the index.
"""

from __future__ import annotations

import re

from onewindow.records.structs import frozen_struct
from onewindow.text.fold import fold, layout_variants, sort_key

Term = tuple[str, ...]
Reading = tuple[Term, ...]

LONGEST_QUERY = 120
_TERMS_AT_MOST = 8
_INDEXED_LETTERS = 3
_VAGUE_LETTERS = 6
_NUMBER_END = 9
_WHOLE_RUSSIAN = 11
_NUMBER_RUN = re.compile(r"(?:\+[\s(]*)?[0-9](?:[\s().\-–/]*[0-9]){3,}")
_SHORT_NUMBER = re.compile(r"(?:([cс])|([rрк]))?\s*([-–]?)\s*([0-9]{1,15})", re.IGNORECASE)
_NOT_A_DIGIT = re.compile("[^0-9]+")


@frozen_struct
class ShortNumber:
    """A typed C-17 or R-1042 (`kinds` is C or R), or a bare number that may be either (CR)."""

    kinds: str
    number: int
    is_certain: bool
    """Written in full, with the dash: nothing else can be meant."""


def short_number(text: str) -> ShortNumber | None:
    """The short number that a query is, or None; the letter may be the Cyrillic one of that shape or key."""
    match = _SHORT_NUMBER.fullmatch(text)
    if match is None:
        return None
    kinds = "C" if match[1] else "R" if match[2] else "CR"
    return ShortNumber(kinds, int(match[4]), is_certain=len(kinds) == 1 and bool(match[3]))


def reading_of(text: str) -> Reading:
    """A query as the words that it is made of, each one the beginning of a word."""
    return tuple((f" {word}",) for word in fold(text).split()[:_TERMS_AT_MOST])


def readings(text: str) -> tuple[Reading, ...]:
    """A query as words and, where it has numbers of four digits or more, first of all with these."""
    plain = reading_of(text)
    terms: list[Term] = []
    end = 0
    for run in _NUMBER_RUN.finditer(text):
        terms += reading_of(text[end : run.start()])
        terms.append(_number_patterns(run[0]))
        end = run.end()
    if not terms:
        return (plain,) if plain else ()
    terms += reading_of(text[end:])
    with_numbers = tuple(terms[:_TERMS_AT_MOST])
    has_split_number = len(with_numbers) != len(plain)
    return (with_numbers, plain) if has_split_number else (with_numbers,)


def other_layouts(text: str) -> tuple[Reading, ...]:
    """The readings of the same keys in the other layouts."""
    return tuple(reading_of(variant) for variant in layout_variants(text))


def without_code(reading: Reading) -> Reading:
    """The reading with only the last nine digits of long numbers, for those stored without their code."""
    return tuple(tuple(dict.fromkeys(map(_end_of_number, term))) for term in reading)


def inside_words(reading: Reading) -> Reading:
    """The reading with its words of three letters and more found inside of words too."""
    return tuple(
        tuple(p.strip() if len(p.strip()) >= _INDEXED_LETTERS else p for p in term) for term in reading
    )


def whole_words(reading: Reading) -> Reading:
    """The reading with whole words only."""
    return tuple(tuple(f"{pattern} " for pattern in term) for term in reading)


def is_vague(reading: Reading) -> bool:
    """Whether some of the words are so short that they stand inside of many others."""
    return any(pattern[0] == " " and len(pattern) <= _VAGUE_LETTERS for term in reading for pattern in term)


def widened(reading: Reading, more: list[list[str]]) -> Reading:
    """The reading with further words to choose from, term by term."""
    return tuple((*term, *(f" {word}" for word in words)) for term, words in zip(reading, more, strict=True))


def matches(reading: Reading, folded: str) -> bool:
    """Whether a folded text has all terms of a reading."""
    spaced = f" {folded} "
    return all(any(pattern in spaced for pattern in term) for term in reading)


def name_beginning(text: str) -> str:
    """What the search text of a client begins with if the query is the beginning of their name."""
    return " ".join(dict.fromkeys(fold(sort_key(text)).split()))


def _number_patterns(typed: str) -> Term:
    """What the digits of a telephone number may be stored as: anywhere, or after another prefix.

    8 stands before a Russian area code and 0 before a Bulgarian one where the stored number has 7 or 359;
    00 stands for the plus.
    """
    digits = _NOT_A_DIGIT.sub("", typed)
    if digits.startswith("00") and len(digits) > _INDEXED_LETTERS + 1:
        return digits, " " + digits[2:]
    if digits[0] == "8" and "+" not in typed:
        instead = " 7" + digits[1:]
        return (instead,) if len(digits) == _WHOLE_RUSSIAN else (digits, instead)
    if digits[0] == "0":
        return digits, " 359" + digits[1:]
    return (digits,)


def _end_of_number(pattern: str) -> str:
    digits = pattern.strip()
    return digits[-_NUMBER_END:] if digits.isdecimal() else pattern
