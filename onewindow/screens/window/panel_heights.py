"""How many lines each part of the window gets: what is in it, and no blank lines beside cut ones."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.text.layout.room_shares import share

_FEW = 5
"""A panel keeps its title and four rows beside a greedy neighbour."""


def column_heights(
    room: int, needs: Mapping[str, int], plain: Mapping[str, int], focused: str
) -> dict[str, int]:
    """The lines of panels that stand one below another: the focused one first gets all that it needs.

    `plain` is what a panel needs with one line a row; more than that is given whole, or not at all. The
    others keep a few lines; what nobody needs lies below the last one.
    """
    kept = {name: min(need, _FEW) for name, need in plain.items()}
    for name in sorted(needs, key=lambda panel: panel != focused):
        others = sum(kept.values()) - kept[name]
        if needs[name] > plain[name] and needs[name] + others <= room:
            kept[name] = needs[name]
        elif name == focused:
            kept[name] = max(kept[name], min(plain[name], room - others))
    given = dict(zip(kept, share(room, list(kept.values())), strict=True))
    missing = [max(0, plain[name] - lines) for name, lines in given.items()]
    more = share(room - sum(given.values()), missing)
    given = {name: max(1, lines + extra) for (name, lines), extra in zip(given.items(), more, strict=True)}
    last = list(given)[-1]
    given[last] += max(0, room - sum(given.values()))
    return given


def folded_heights(
    room: int, promises: int, needs: Mapping[str, int], focused: str
) -> tuple[int, dict[str, int]]:
    """The lines of the promises and of each panel where all but the focused one fold to a line.

    Promises stand in front: only the title and four rows of the focused panel go before them. What is then
    left goes to that panel, and then to the folded ones, so that no line is blank while a row is hidden.
    """
    folded = [name for name in needs if name != focused]
    left = max(0, room - len(folded))
    kept = min(needs.get(focused, 0), _FEW, max(1, left - 2))
    for_promises = min(promises, max(1, left - kept))
    left -= for_promises
    open_lines = min(needs.get(focused, 0), left)
    left -= open_lines
    more = dict(zip(folded, share(left, [needs[name] - 1 for name in folded]), strict=True))
    left -= sum(more.values())
    lines = {name: 1 + more[name] if name in more else max(1, open_lines + left) for name in needs}
    return for_promises, lines
