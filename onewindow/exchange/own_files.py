"""Files that a One Window wrote: how they are known. What stands in their cells is taken as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

OWN_COLUMNS = frozenset({"id", "external_id", "created_at", "updated_at", "archived_at"})
"""The columns that every file written by a One Window has."""

CARD_MAKER = "-//One Window//One Window//EN"
"""What our vCards name as their maker (PRODID)."""

CLIENT_ID = "X-ONEWINDOW-CLIENT"
"""What our vCards call the id of the client whose person a card is of."""

_BEGINS = re.compile(r'\ufeff?(?:id([,;\t])external_id\1|\[?\s*\{"id": "?\d+"?, "external_id": )')
_HEAD = 200
FIRST_ROWS = 20
"""So many rows are looked at for ids that a One Window made."""
_LEAST_ID, _MOST_ID = 2**40, 2**63
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


def has_own_columns(headers: Iterable[str]) -> bool:
    """Whether a table has the columns that every file written by a One Window has; others may have them."""
    return OWN_COLUMNS.issubset(headers)


def has_own_rows(rows: Iterable[Mapping[str, str]]) -> bool:
    """Whether the first rows of a table with our columns have ids and times as a One Window makes them.

    A row without an id was added by hand; a table without rows has nothing that could be taken wrongly.
    """
    first = list(rows)
    numbered = [row for row in first if row.get("id")]
    return all(map(_is_own_row, numbered)) and (bool(numbered) or not first)


def _is_own_row(row: Mapping[str, str]) -> bool:
    # A file for Excel has its long numbers as texts: ="63055488614400250".
    own_id, made = row["id"].strip().strip('="'), row.get("created_at", "").strip()
    is_id = own_id.isascii() and own_id.isdecimal() and _LEAST_ID < int(own_id[:20]) < _MOST_ID
    return is_id and _MOMENT.fullmatch(made) is not None


def begins_as_own(data: bytes) -> bool:
    """Whether a file begins as a whole copy of records does, in CSV, TSV, JSON or JSON Lines."""
    return _BEGINS.match(data[:_HEAD].decode("utf-8", "ignore")) is not None
