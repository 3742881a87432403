"""Words that people type and files have, read as choices, as yes or no, as currencies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from onewindow.records.choice_words import words_of
from onewindow.records.fields import Attribute
from onewindow.text.fold import bare_letters, fold
from onewindow.text.money import is_currency

_SHORTEST_FOLDED = 3
"""A letter or two of another alphabet are another letter: В is no V."""
# Pipelines have stages of their own: what their last words say is enough.
_ENDINGS = (
    (re.compile(r"\b(?:lost|lose)\b|не *реализ|провал|проигр|загубен|изгубен", re.IGNORECASE), "lost"),
    (re.compile(r"\bwon\b|успешн|выигр|спечелен", re.IGNORECASE), "won"),
)

_ENDINGS_OF_GENDER = ("", "а", "о", "ы", "и", "ый", "ий", "ая", "ое", "ые")
_GENDER = re.compile(r"(?:ый|ий|ая|ое|ые|[аоыи])$")
_CYRILLIC = re.compile(r"[а-я]+")
_SHORTEST_STEM = 5
"""Words shorter than this without their ending may be others: нова, цели."""
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_DENIALS = frozenset({"не", "not", "no", "без", "нет", "un", "never", "никогда"})
_FEWEST_WORDS, _LONGEST_WORDS = 2, 4
_ANSWERS = {("task", "status"): ("open", "done"), ("promise", "status"): ("new", "kept")}
"""What no and yes mean of whether something was done."""
_DIRECTION = re.compile(
    r"\b(?:(?P<out>исходящ\w*|изходящ\w*|исх|изх|outgoing|outbound)|входящ\w*|вх|incoming|inbound)\b\.?",
    re.IGNORECASE,
)


def read_choice(described: Attribute, text: str) -> str | None:
    """Which of the choices of a field a word means, in any case and alphabet; None when it is not known."""
    choice = read_word(described.record, described.name, described.choices, text)
    if choice is None and (described.record, described.name) == ("opportunity", "state"):
        choice = next((state for pattern, state in _ENDINGS if pattern.search(text)), None)
    if choice is None and (answers := _ANSWERS.get((described.record, described.name))):
        flag = read_flag(text)
        choice = None if flag is None else answers[flag]
    if choice is None and (described.record, described.name) == ("touch", "touch_kind"):
        rest = _DIRECTION.sub("", text).strip(" :,-")
        choice = read_word("touch", "touch_kind", described.choices, rest) if rest != text else None
    return choice


def likely_choice(described: Attribute, text: str) -> str | None:
    """Which choice the known words inside a longer text mean, where they all mean one: Закрыто (решено).

    None where there are none, or several, or one of them is denied.
    """
    words = _WORD.findall(text.casefold())
    if len(words) < _FEWEST_WORDS or not _DENIALS.isdisjoint(words):
        return None
    likely: set[str] = set()
    place = 0
    while place < len(words):
        for length in range(min(_LONGEST_WORDS, len(words) - place), 0, -1):
            part = " ".join(words[place : place + length])
            meant = read_word(described.record, described.name, described.choices, part)
            if meant is not None and (length > 1 or len(part) > 1):
                likely.add(meant)
                place += length - 1
                break
        place += 1
    likely -= {"other"} if len(likely) > 1 else set()
    return likely.pop() if len(likely) == 1 else None


def direction_in(text: str) -> str:
    """Which way a kind of touch says that it went, `in` or `out`; '' where it says none: исходящий звонок."""
    match = _DIRECTION.search(text)
    return ("out" if match["out"] else "in") if match else ""


def read_word(kind: str, field: str, choices: tuple[str, ...], text: str) -> str | None:
    """Which of some choices of a field of a kind of record a word means; None when it is none of them."""
    choice = _vocabulary(kind, field, choices).get(_key(text))
    if choice is None and len(folded := fold(text)) >= _SHORTEST_FOLDED:
        choice = spellings(kind, field).get(folded)  # the same word in Latin letters: srochno
    if choice is None:
        choice = _declined(_vocabulary(kind, field, choices), _key(text))
    return choice if choice in choices else None


def _declined(known: Mapping[str, str], word: str) -> str | None:
    """What a word means that is known with another ending: Решён as Решена, Выполнено as Выполнен."""
    stem = _GENDER.sub("", word)
    if len(stem) < _SHORTEST_STEM or _CYRILLIC.fullmatch(stem) is None:
        return None
    choices = {meant for ending in _ENDINGS_OF_GENDER if (meant := known.get(f"{stem}{ending}")) is not None}
    return choices.pop() if len(choices) == 1 else None


def read_flag(text: str) -> int | None:
    """1 or 0 for yes or no in three languages; None for anything else."""
    answer = read_word("", "flag", ("1", "0"), text)
    return None if answer is None else int(answer)


def read_currency(text: str) -> str | None:
    """The three letters of a currency for its code, sign or name; None when it is not known."""
    code = text.strip().upper()
    return code if is_currency(code) else read_word("", "currency", tuple(words_of("", "currency")), text)


@cache
def spellings(kind: str, field: str) -> Mapping[str, str]:
    """Every word that names a choice of a field, folded as search folds it, with the choice."""
    known: dict[str, str] = {}
    words = words_of(kind, field)
    for pair in (*((choice, choice) for choice in words), *_pairs(words)):
        folded = fold(pair[1])
        if folded:
            known.setdefault(folded, pair[0])
    return known


@cache
def _vocabulary(kind: str, field: str, choices: tuple[str, ...]) -> dict[str, str]:
    known = {_key(choice): choice for choice in choices if choice}
    for choice, word in _pairs(words_of(kind, field)):
        if choice in choices:
            known.setdefault(_key(word), choice)
    return known


def _pairs(words: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(choice, word) for choice, listed in words.items() for word in listed.split(";")]


def _key(text: str) -> str:
    return bare_letters(text) or text.strip()
