"""Values as JSON that every reader keeps as it is."""

from __future__ import annotations

import datetime as dt
import enum
import json
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from onewindow.text.clean import sound


def sound_value(value: object) -> object:
    """A value read from JSON with U+FFFD for every half of a character in its texts and names.

    JSON may write half of one (a lone surrogate): an emoji that another program cut.
    """
    if isinstance(value, str):
        return sound(value)
    if isinstance(value, list):
        return [sound_value(part) for part in cast("list[object]", value)]
    if isinstance(value, dict):
        return {sound(name): sound_value(part) for name, part in cast("dict[str, object]", value).items()}
    return value


def is_number(value: object) -> bool:
    """Whether a value is a number to count with; a flag is none."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def json_text(value: object, *, indent: int | None = None) -> str:
    """One value as JSON text; see `json_value` for what becomes of ids."""
    return json.dumps(json_value(value), ensure_ascii=False, indent=indent)


def json_value(value: object, name: str = "") -> object:
    """A value as JSON knows it; `name` is the key that it stands under.

    Under `id` and `…_id` whole numbers become texts: ids pass 2^53, and JavaScript and jq read every number
    as a double (RFC 8259, section 6), so that a record would come back under its neighbour's id.
    """
    if isinstance(value, enum.Enum):
        return json_value(cast("object", value.value), name)
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        return str(value) if name == "id" or name.endswith("_id") else value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Mapping):
        items = cast("Mapping[object, object]", value).items()
        return {str(key): json_value(inner, str(key)) for key, inner in items}
    if isinstance(value, list | tuple):
        return [json_value(inner, name) for inner in cast("Sequence[object]", value)]
    return str(value)
