"""In which order the rows of a chunk are taken, so that their order in the file decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

from onewindow.desk.imports.rows.row import ReadRow

Strength = tuple[tuple[int, ...], str]
"""How surely a row tells who it means, the surest the least; of rows as sure, what they say."""


def taking_order(
    keys: Sequence[Iterable[Hashable]], strength: Callable[[int], Strength], numbers: Sequence[int]
) -> list[int]:
    """The places of rows in the order in which they are taken.

    `keys` are, row by row, what a row may share with another one that means the same. Rows that share
    some, over others too, are taken by `strength` on the places that they have; `numbers` are those of rows.
    """
    leads = list(range(len(keys)))
    first: dict[Hashable, int] = {}
    is_shared = False
    for place, row_keys in enumerate(keys):
        for key in row_keys:
            other = first.setdefault(key, place)
            if other != place:
                leads[_lead(leads, place)] = _lead(leads, other)
                is_shared = True
    order = list(range(len(keys)))
    if not is_shared:
        return order
    groups: dict[int, list[int]] = {}
    for place in order:
        groups.setdefault(_lead(leads, place), []).append(place)
    for places in groups.values():
        if len(places) > 1:
            taken = sorted(places, key=lambda place: (strength(place), numbers[place]))
            for place, number in zip(places, taken, strict=True):
                order[place] = number
    return order


def _lead(leads: list[int], place: int) -> int:
    while leads[place] != place:
        leads[place] = leads[leads[place]]
        place = leads[place]
    return place


def content_of(row: ReadRow) -> str:
    """All that a row says, as it is sorted; a name in capitals stands behind one with small letters."""
    name = str(row.values.get("name") or "")
    said = sorted((field, str(value)) for field, value in row.values.items())
    carried = sorted(
        (kind, field, str(value))
        for kind, values in row.companions.items()
        for field, value in values.items()
    )
    return f"{int(name.isupper())} {name} {said} {carried}"
