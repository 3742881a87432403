"""Files that a One Window wrote: how they are known. What stands in their cells is taken as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable

OWN_COLUMNS = frozenset({"id", "external_id", "created_at", "updated_at", "archived_at"})
"""The columns that every file written by a One Window has."""

CARD_MAKER = "-//One Window//One Window//EN"
"""What our vCards name as their maker (PRODID)."""

_BEGINS = re.compile(r'\ufeff?(?:id([,;\t])external_id\1|\[?\s*\{"id": "?\d+"?, "external_id": )')
_HEAD = 200


def has_own_columns(headers: Iterable[str]) -> bool:
    """Whether a table with these columns was written by a One Window."""
    return set(headers) >= OWN_COLUMNS


def begins_as_own(data: bytes) -> bool:
    """Whether a file begins as a whole copy of records does, in CSV, TSV, JSON or JSON Lines."""
    return _BEGINS.match(data[:_HEAD].decode("utf-8", "ignore")) is not None
