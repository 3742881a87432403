"""How much two short texts say the same, whatever the endings of their words."""

from __future__ import annotations

from onewindow.text.fold import fold

ALIKE_FROM = 0.5
"""From this share of common words on two titles are taken to speak of one thing."""

_STEM, _SHORTEST = 4, 3


def likeness(first: str, second: str) -> float:
    """Give the share of common words, 0 to 1: Jaccard's index of their first four letters (Jaccard 1901).

    Words of less than three letters say nothing; texts without any other word are alike to none.
    """
    one, other = _stems(first), _stems(second)
    together = one | other
    return len(one & other) / len(together) if one and other else 0.0


def is_alike(first: str, second: str) -> bool:
    """Whether two texts most likely speak of one thing."""
    return likeness(first, second) >= ALIKE_FROM


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in fold(text).split() if len(word) >= _SHORTEST)
