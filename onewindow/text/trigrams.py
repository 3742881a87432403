"""Texts as sets of three letters, by which a title is found in words that say the same differently."""

from __future__ import annotations

from onewindow.text.fold import fold
from onewindow.text.similarity import without_empty_words


def trigrams(text: str) -> frozenset[str]:
    """The threes of letters of the words that carry a meaning, each word with a border before and behind."""
    found: set[str] = set()
    for word in without_empty_words(fold(text).split()):
        bordered = f"  {word} "
        found.update(bordered[place : place + 3] for place in range(len(bordered) - 2))
    return frozenset(found)
