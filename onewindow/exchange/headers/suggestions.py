"""Which field a column may fill whose name is no name of it: what a person could say with `--map`.

Nothing is read by these likenesses; they are only proposed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from onewindow.exchange.headers.matching import cell_of, fields_of, normalise_header, synonyms_as_written
from onewindow.records.column_words.likely import LIKELY_WORDS
from onewindow.records.named_tuples import NamedTuple
from onewindow.text.fold import bare_letters

_PART = re.compile(r"[A-ZА-Я]+(?=[A-ZА-Я][a-zа-я])|[A-ZА-Я]?[a-zа-яё]+|[A-ZА-Я]+|\d+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLANK = frozenset({"of", "the", "for", "на", "по", "в", "с", "и", "no", "за", "от"})
_GENERAL = _words("""
    id name type kind code number date status state title text value time no key ref group category account
    client customer user product order item level size note description count total class start end
    номер код тип вид название наименование имя дата статус состояние группа клиент товар заказ описание
    время сумма категория име стока поръчка
""")
"""Words that say too little alone, unless the field is lacking."""
_ELSEWHERE = _words("""
    purchase birth born ship shipping delivery due updated modified changed last age gender sex middle
    response resolution solved closed покупки рождения доставки отгрузки изменения обновления последний
    последняя последнего пол возраст раждане доставка промяна последна
    prefix suffix honorific salutation phonetic yomi приставка суффикс обращение обръщение
""")
"""Words beside a general one that say that it is of something else: the date of a purchase, the prefix Mr."""


class Like(NamedTuple):
    """A field that a column may fill, and how much speaks for it."""

    field: str
    score: float


def parts_of(header: str) -> tuple[str, ...]:
    """The words of a header, small: `customerID` has two, and so has `Сумма, руб.`."""
    parts = (bare_letters(part) for part in _PART.findall(header))
    return tuple(part for part in parts if part and part not in _BLANK)


def like(header: str, kind: str, lacking: Collection[str] = ()) -> list[Like]:
    """The fields of a kind that a column may fill by its name, the likeliest first.

    A general word (date, name, number) is enough only for a field that is `lacking`.
    """
    parts, whole = parts_of(header), normalise_header(header)
    scores: dict[str, float] = {}
    for field, words, called in _spellings(kind):
        score = 3.0 if called == whole else _score(parts, whole, words, is_lacking=field in lacking)
        if score > scores.get(field, 0.0):
            scores[field] = score
    return sorted(
        (Like(*likeness) for likeness in scores.items()),
        key=lambda likeness: (-likeness.score, likeness.field),
    )


def _score(parts: Sequence[str], whole: str, words: Sequence[str], *, is_lacking: bool) -> float:
    if not parts:
        return 0.0
    size = len(words)
    if tuple(words) not in (parts[:size], parts[-size:]):
        return _alike(whole, "".join(words))
    if not _ELSEWHERE.isdisjoint(set(parts) - set(words)):
        return 0.0
    if not is_lacking and (_GENERAL.issuperset(words) or max(map(len, words)) <= _SHORT):
        return 0.0
    return 1.0 + size / len(parts) + (0.2 if is_lacking else 0.0)


_SHORT = 2
_LEAST_LETTERS, _ALIKE = 5, 86.0


def _alike(whole: str, word: str) -> float:
    """What a slip of the keyboard is worth: `Adress`, `Telefone`."""
    if min(len(whole), len(word)) < _LEAST_LETTERS or abs(len(whole) - len(word)) > 2:
        return 0.0
    from rapidfuzz import fuzz  # half the commands never need it

    ratio = fuzz.ratio(whole, word)
    return ratio / 100.0 if ratio >= _ALIKE else 0.0


@cache
def _spellings(kind: str) -> list[tuple[str, tuple[str, ...], str]]:
    """Every name that may mean a field: its words that say something, and its letters with all of them."""
    known = set(fields_of(kind))
    spellings = synonyms_as_written(kind)
    for name, names in LIKELY_WORDS.get(kind, {}).items():
        if (field := cell_of(kind, name)) in known:
            spellings += [(field, name) for name in names.split(";")]
    parted = ((field, parts_of(name), normalise_header(name)) for field, name in spellings)
    return [spelling for spelling in dict.fromkeys(parted) if spelling[1]]
