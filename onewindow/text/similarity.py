"""How alike two short texts are, for finding the same request told twice."""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.text.fold import fold

_ROOT = 5
_LEAST_LETTERS = 3
_EMPTY = (
    "что как для или при над под нет это все они она оно его ещё уже был быть есть надо нужно нужен"
    " просит можно прошу the and for not with can has have are was from that this does"
    " кои или със без може моля трябва иска искат има"
)
_EMPTY_WORDS = frozenset(map(fold, _EMPTY.split()))


def without_empty_words(words: Iterable[str]) -> list[str]:
    """Those of some folded words that carry a meaning."""
    return [word for word in words if len(word) >= _LEAST_LETTERS and word not in _EMPTY_WORDS]


def roots(text: str) -> frozenset[str]:
    """The beginnings of the words that carry a meaning; endings of Russian and Bulgarian words fall off."""
    return frozenset(word[:_ROOT] for word in without_empty_words(fold(text).split()))


def similarity(first: frozenset[str], second: frozenset[str]) -> float:
    """How much of the shorter of two texts, given by their roots, stands in the other: 0 to 1."""
    shorter = min(len(first), len(second))
    return len(first & second) / shorter if shorter else 0.0
