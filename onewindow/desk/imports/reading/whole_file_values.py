"""Values that a person says of a whole file: what no field can take is said before any row is taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onewindow.desk.imports.matching.kinds import importable
from onewindow.desk.imports.reading.cell_values import FieldFormats, ValueReader
from onewindow.desk.imports.reading.columns import FileColumns
from onewindow.desk.imports.reading.references import References
from onewindow.desk.imports.reading.shaping import Shape, words_by_header
from onewindow.desk.session.context import Session
from onewindow.exchange.headers.matching import MapProblem, field_named
from onewindow.records.fields import Attribute
from onewindow.store.changes import Transaction

_UNCHECKED = frozenset({"money", "text", "long_text", "phone", "email", "json", "hours"})
"""Kinds of values that only the row beside them tells right from wrong, or that are never wrong."""


def check_said(
    session: Session, kind: str, columns: FileColumns, shape: Shape, formats: FieldFormats, headers: list[str]
) -> None:
    """Raise MapProblem for a value of `--set` or `--value` that its field cannot take."""
    reader = ValueReader(session, formats)
    for place, described, value in _said(kind, columns, shape, headers):
        if described.kind == "reference":
            continue
        try:
            reader.read(described, value)
        except ValueError as reason:
            raise MapProblem(f"{place}: {described.name}: {reason}.") from reason


def check_colleagues(
    transaction: Transaction, kind: str, columns: FileColumns, shape: Shape, headers: list[str]
) -> None:
    """Raise MapProblem for a colleague of `--set` or `--value` who is nobody of us, or several."""
    said = [pair for pair in _said(kind, columns, shape, headers) if pair[1].refers == "staff"]
    if not said:
        return
    references = References(transaction, None, "")
    references.prepare(["staff"], [])
    for place, _, value in said:
        try:
            references.find("staff", value, None)
        except ValueError as reason:
            raise MapProblem(f"{place}: {reason}.") from reason


def _said(
    kind: str, columns: FileColumns, shape: Shape, headers: Sequence[str]
) -> Iterator[tuple[str, Attribute, str]]:
    """What was typed, the field that it is for, and the value that it says; empty ones say nothing."""
    for word, value in shape.constants.items():
        described = _described(kind, field_named(kind, word))
        if described is not None and value:
            yield f"--set {word}={value}", described, value
    fields: dict[str, list[str]] = {}
    for header, name in columns.pairs:
        fields.setdefault(header, []).append(name)
    for header, meant in words_by_header(shape.words, list(headers)).items():
        for word, value in meant.items():
            for name in fields.get(header, ()):
                described = _described(kind, name)
                if described is not None and value:
                    yield f"--value {header}:{word}={value}", described, value


def _described(kind: str, name: str) -> Attribute | None:
    known = importable(kind)
    described = known.get(name) or known.get(f"{name}_id")
    return None if described is None or described.kind in _UNCHECKED else described
