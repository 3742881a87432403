"""What every field of every kind of record says of itself to forms, files, filters and packages.

ONEWINDOW_GOLDEN=write writes it anew; each changed line of a difference is something that people see.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from onewindow.records.fields import Attribute, attributes, form_attributes
from onewindow.records.kinds import COPIED_KINDS, DONE_KINDS, IMPORTED_KINDS, KINDS, Kind

_USUAL_LIMIT = 200
_ANSWERS = Path(__file__).parent / "answers"


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_and_its_fields_are_described_as_ever(name: str) -> None:
    kind = KINDS[name]
    lines = [_told(kind), *map(_field, attributes(kind.record))]
    order = [each.name for each in form_attributes(kind.record)]
    if order != [each.name for each in attributes(kind.record)]:
        lines.append(f"form: {', '.join(order)}")
    file = _ANSWERS / f"{name}.txt"
    if os.environ.get("ONEWINDOW_GOLDEN") == "write":
        _ANSWERS.mkdir(exist_ok=True)
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert lines == (file.read_text(encoding="utf-8").splitlines() if file.exists() else [])


def _told(kind: Kind) -> str:
    """The kind in a line: its table, how people call it, and what it is counted among."""
    own = {each.name: getattr(kind, each.name) for each in fields(kind) if each.name != "load"}
    groups = {"imported": IMPORTED_KINDS, "copied": COPIED_KINDS, "done": DONE_KINDS}
    among = [group for group, names in groups.items() if kind.name in names]
    said = [f"{name} {value}" for name, value in own.items() if value != ""]
    return f"{kind.record.__name__}: {', '.join([kind.display_name, *said, *among])}"


def _field(field: Attribute) -> str:
    return f"{field.name}: {'; '.join(_said(field))}"


def _said(field: Attribute) -> Iterator[str]:
    """What a field says, without what most say."""
    yield field.label
    yield field.kind if field.limit == _USUAL_LIMIT else f"{field.kind}, at most {field.limit}"
    if field.default != "":
        yield f"else {field.default!r}"
    for name in ("required", "derived", "private", "later"):
        if getattr(field, name):
            yield name
    if field.choices:
        yield " | ".join(field.choices)
    for name in ("refers", "when", "after", "filter_words", "help"):
        if getattr(field, name):
            yield f"{name} {getattr(field, name)}"
    if field.words is None:
        yield "in no file"
    if field.package != "own":
        yield f"package {field.package}"
