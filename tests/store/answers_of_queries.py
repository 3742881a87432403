"""What a query gave back as lines of text: values in their order, without names of fields and without ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import cast

from onewindow.records.fields import Record

_MADE_ID = re.compile(r"\b\d{16,19}\b")
_AT_BEGIN, _AT_END = 8, 3
"""So many of a long list stand there: its order and its ends are what goes wrong."""
_LONGEST = 240


def answer(found: object) -> list[str]:
    """The lines of one answer, [] where nothing was found; long lists by their ends and their length."""
    if isinstance(found, Mapping):
        lines = [_text(pair) for pair in cast("Mapping[object, object]", found).items()]
    elif isinstance(found, Iterable) and not isinstance(found, str | bytes | tuple):
        lines = [_text(each) for each in cast("Iterable[object]", found)]
    else:
        lines = [_text(cast("object", found))] if found else []
    if len(lines) > _AT_BEGIN + _AT_END:
        left = len(lines) - _AT_BEGIN - _AT_END
        lines = [*lines[:_AT_BEGIN], f"… {left} more …", *lines[-_AT_END:]]
    return [_MADE_ID.sub("#", line)[:_LONGEST] for line in lines]


def _text(value: object) -> str:
    """A value in one line; what is empty in it is left out."""
    if isinstance(value, Record):
        return " ".join(_parts(each for name, each in vars(value).items() if name not in ("id", "version")))
    if is_dataclass(value) and not isinstance(value, type):
        return " ".join(_parts(getattr(value, field.name) for field in fields(value)))
    if isinstance(value, Mapping):
        pairs = cast("Mapping[object, object]", value).items()
        return "{" + ", ".join(f"{_text(key)}: {_text(each)}" for key, each in pairs) + "}"
    if isinstance(value, set | frozenset):
        return "{" + ", ".join(sorted(map(_text, cast("Iterable[object]", value)))) + "}"
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return "(" + ", ".join(map(_text, cast("Iterable[object]", value))) + ")"
    return repr(value).replace("\n", " ")


def _parts(values: Iterable[object]) -> Iterator[str]:
    return (_text(value) for value in values if value not in ("", None, 0))
