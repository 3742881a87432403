"""On which line of a TOML text each name stands: the standard parser gives values without their places."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, cast

Place = tuple[str, ...]
"""Path of a value in the file: ("keys", "record.new")."""


_LONGEST_STATEMENT = 500
"""Lines of a statement after which nobody looks further: each line more reads all before it again."""


def lines_of(text: str) -> dict[Place, int]:
    """Each name's first line, from 1, in a text that parses.

    The text is cut into the shortest pieces that parse alone, which are its statements: no grammar is
    repeated here, and strings and lists over several lines come out right. Behind a statement of hundreds
    of lines nothing is found.
    """
    found: dict[Place, int] = {}
    header: Place = ()
    piece: list[str] = []
    start = 1
    for number, line in enumerate(text.split("\n"), 1):
        piece.append(line)
        if len(piece) > _LONGEST_STATEMENT:
            break
        try:
            parsed = tomllib.loads("\n".join(piece))
        except ValueError:
            continue
        places = list(_places(parsed))
        if piece[0].lstrip().startswith("["):
            header = places[-1]
        else:
            places = [header + place for place in places]
        for place in places:
            found.setdefault(place, start)
        piece, start = [], number + 1
    return found


def line_of(place: Place, lines: Mapping[Place, int]) -> int:
    """The line of that place or of the nearest table around it; 0 if neither is known."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 0)


def _places(table: Mapping[str, Any], above: Place = ()) -> Iterator[Place]:
    for name, value in table.items():
        yield (*above, name)
        if isinstance(value, dict):
            yield from _places(cast("dict[str, Any]", value), (*above, name))
