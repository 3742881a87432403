"""The one order of all pickers: which of some names a person means who has typed the beginning of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from onewindow.text.fold import fold, layout_variants, skeleton
from onewindow.text.names.person_names import surname_place

T = TypeVar("T")

FIRST, NAME, WORD, INSIDE = range(4)
"""The surname begins so (of other things: the name), the given name, any other word; it is inside."""


def rank(typed: Sequence[str], label: str, *, people: bool = False) -> int | None:
    """How well a label fits folded words that were typed, FIRST for best; None if it does not fit.

    `people`: labels are people's names, in either order of surname and given name.
    """
    words = fold(label).split()
    if not all(any(part.startswith(word) for part in words) for word in typed):
        return INSIDE if " ".join(typed) in " ".join(words) else None
    if not typed:
        return FIRST
    first = surname_place(label) if people else 0
    order = [words[first], *words[:first], *words[first + 1 :]] if first < len(words) else words
    place = next(place for place, part in enumerate(order) if part.startswith(typed[0]))
    return min(place, WORD) if people else (FIRST if place == 0 else WORD)


def narrowed(options: Sequence[T], typed: str, label: Callable[[T], str], *, people: bool = False) -> list[T]:
    """The options that fit what was typed, best first; those that fit alike keep their order.

    What was typed is read as it is, else by its keys in another layout, else by its sound.
    """
    for reading in (typed, *layout_variants(typed)):
        words = fold(reading).split()
        if typed.strip() and not words:
            continue
        ranked = [(rank(words, label(option), people=people), option) for option in options]
        fitting = [(place, option) for place, option in ranked if place is not None]
        if fitting:
            return [option for _, option in sorted(fitting, key=lambda pair: pair[0])]
    wanted = skeleton(fold(typed))
    return [option for option in options if wanted and f" {wanted}" in f" {skeleton(fold(label(option)))}"]
