"""How much a text reads like Russian, Bulgarian or a Western language: what tells code pages apart."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache

_PLAUSIBLE = -3.7
"""A mean score of a letter under which no code page fits."""
_CHANCE = 6.0
"""Points that a short text may lack: one rare letter is no other language."""

# Letters of a million of Russian and Bulgarian ones; ъ is frequent in one of the two only.
_LETTERS: dict[str, int] = {
    "о": 100_000, "а": 95_000, "е": 85_000, "и": 80_000, "н": 67_000, "т": 64_000, "р": 52_000, "с": 51_000,
    "в": 45_000, "л": 40_000, "к": 36_000, "п": 30_000, "д": 31_000, "м": 30_000, "у": 24_000, "з": 18_000,
    "я": 19_000, "б": 15_000, "г": 17_000, "ч": 13_000, "ь": 14_000, "ы": 15_000, "й": 11_000, "ж": 9_000,
    "х": 9_000, "ш": 6_500, "ъ": 6_500, "ц": 6_000, "ю": 6_000, "ф": 4_500, "щ": 4_000, "ё": 3_000,
    "э": 3_000, "і": 2_500, "є": 600, "ї": 800, "ў": 600, "ґ": 100, "ј": 60,
    "љ": 60, "њ": 60, "ћ": 60, "ђ": 60, "џ": 60,
    "ѓ": 40, "ќ": 40, "ѕ": 40,
}  # fmt: skip
_PAIRS = frozenset(
    """
    _п а_ ен _с ов е_ _о ни ст ра пр на ро и_ но ан по ре т_ о_ ка я_ _к та _в ер те ва ор ко й_ ат то от од
    ь_ ли за ла ит _д ет ал в_ м_ ри ме во ел _н ос _р н_ не ар _з ле ол об ин да _м он ти ве _и де _т тр ск
    ис до ед ав ие ть ия ки ом ль _б го ак ло ма со ви л_ пе ны ес ас ам че _а ил ы_ ик аз р_ ев ок ру к_ ди
    ем нт ад у_ _у ча тв ий се ми сп им ек бо из мо ог ой пи _л са ый _г кр гр сл кл га ае кт ку хо оп д_ ся
    с_ дн тс пл вы ци ир ая оз ус нн па же рт бе аб вл оч си ич ят тк _ф ю_ ап ры вн уч ба _ч _е зв бр чи лн
    ег лу ож ут рн ид аг х_ сн др тн нк ое ну жд аж иц ей ще уд ше ря ив уп ке ай ту ур чн ьн ня нс ул би ач
    """.split()  # noqa: SIM905  a page of pairs reads better than a page of quotes
)
_PAIR = 1.0
_STRANGER = -9.0
"""A sign that stands in no word: a frame of DOS, a currency, half a fraction."""
_QUIET = frozenset("№«»„“”’‘–—…•·°§©®™€\u00a0")
"""Signs beside words in any text of an office."""
_BESIDE = {"«": "after", "„": "after", "“": "both", "»": "before", "”": "before", "…": "before"}
"""Signs that touch letters, and on which side they do."""
_TOUCHING = -7.0
_CAPITALS = -1.0
_CASE_BREAK = -5.0
_MIXED_SCRIPT = -3.0
_ACCENT = -2.6
_ACCENT_ALONE = -5.5
_CYRILLIC = re.compile(r"[\u0400-\u045f\u0490\u0491]")


def is_plausible(score: float, letters: int) -> bool:
    """Whether a text of so many letters with this score is a text of one of our languages."""
    return score >= _PLAUSIBLE * letters - _CHANCE


def cyrillic_score(words: Iterable[str]) -> float:
    """The sum of what every letter beyond ASCII says for a Russian or Bulgarian text; higher is likelier."""
    return sum(map(_cyrillic_word, words))


def western_score(words: Iterable[str]) -> float:
    """The same for a text in Latin letters with accents, which stand among plain ones."""
    return sum(map(_western_word, words))


@cache
def _logs() -> dict[str, float]:
    return {letter: math.log(count / 1_000_000) for letter, count in _LETTERS.items()}


def _cyrillic_word(word: str) -> float:
    logs = _logs()
    total = 0.0
    before = ""
    for place, sign in enumerate(word):
        small = sign.lower()
        if small in logs:
            total += logs[small]
            if before.lower() + small in _PAIRS or (before not in logs and f"_{small}" in _PAIRS):
                total += _PAIR
            if before.islower() and sign.isupper():
                total += _CASE_BREAK
        elif sign in _QUIET:
            total += _quiet(sign, before, word[place + 1 : place + 2])
        elif not sign.isascii():
            total += _STRANGER
        if before and before.isalpha() and sign.isalpha() and before.isascii() != sign.isascii():
            total += _MIXED_SCRIPT
        before = sign
    if len(word) > 1 and word.isupper():
        total += _CAPITALS
    return total + (_PAIR if f"{word[-1:].lower()}_" in _PAIRS else 0.0)


def _quiet(sign: str, before: str, after: str) -> float:
    side = _BESIDE.get(sign, "")
    if (before.isalpha() and side not in ("before", "both")) or (
        after.isalpha() and side not in ("after", "both")
    ):
        return _TOUCHING
    return -3.0


def _western_word(word: str) -> float:
    total = 0.0
    for place, sign in enumerate(word):
        if sign.isascii():
            continue
        if sign in _QUIET:
            total -= 3.0
        elif not sign.isalpha() or _CYRILLIC.match(sign) or sign in "ªº¹²³µƒˆ":
            total += _STRANGER
        else:
            around = word[max(0, place - 1) : place] + word[place + 1 : place + 2]
            is_among = any(letter.isascii() and letter.isalpha() for letter in around)
            total += _ACCENT if is_among else _ACCENT_ALONE
            if sign.isupper() and word[place - 1 : place].islower():
                total += _CASE_BREAK
    return total
