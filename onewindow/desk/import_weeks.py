"""Use by days added up to use by weeks, so that a file may tell every day."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.desk.import_reading import ReadRow


def added_up(rows: Sequence[ReadRow]) -> dict[int, int]:
    """Add rows of one client, product and week to the first of them: the most users, all the volume.

    Gives back row number → number of the row that it was added to.
    """
    first: dict[tuple[object, ...], ReadRow] = {}
    added: dict[int, int] = {}
    for row in rows:
        key = tuple(row.values.get(name) for name in ("client_id", "product_id", "week"))
        into = first.setdefault(key, row)
        if into is row:
            continue
        added[row.number] = into.number
        for name in {"active_users", "volume"} & row.values.keys():
            mine, theirs = int(row.values[name] or 0), int(into.values.get(name) or 0)
            into.values[name] = max(mine, theirs) if name == "active_users" else mine + theirs
    return added
