"""How room is shared among things that need more or less of it: columns, panels."""

from __future__ import annotations

from collections.abc import Sequence


def share(room: int, needs: Sequence[int]) -> list[int]:
    """Give every one its need where there is room for all, else cut the greediest to one common measure.

    The shares never pass the needs and add up to `room` or to all needs, whichever is less; what cannot be
    divided evenly goes to the first of those that are cut.
    """
    given = [0] * len(needs)
    left = max(0, room)
    open_still: list[int] = [place for place, need in enumerate(needs) if need > 0]
    while left and open_still:
        each, extra = divmod(left, len(open_still))
        modest = [place for place in open_still if needs[place] <= each]
        if not modest:
            for order, place in enumerate(open_still):
                given[place] = each + (order < extra)
            break
        for place in modest:
            given[place] = needs[place]
            left -= needs[place]
        open_still = [place for place in open_still if needs[place] > each]
    return given
