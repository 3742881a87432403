"""The records that rows of another kind carry along: billing details and the contact person of a client."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onewindow.desk.imports.matching.kinds import Companion, rule_of
from onewindow.desk.imports.reading.cell_values import FieldFormats, ValueReader
from onewindow.desk.imports.reading.completing_people import name_of_person
from onewindow.desk.imports.rows.row import ReadRow
from onewindow.desk.session.context import Session
from onewindow.records.fields import Attribute, attributes
from onewindow.records.kinds import KINDS
from onewindow.store.engine import Value

Column = tuple[str, str, Attribute]
"""A cell of a row, the field that it fills, and what is known of that."""


@dataclass(frozen=True, slots=True)
class _Carried:
    """How the cells of one such record are read."""

    companion: Companion
    values: ValueReader
    columns: list[Column]


class CarriedRecords:
    """Reads the records that rows of a kind carry along."""

    def __init__(self, session: Session, kind: str, formats: FieldFormats) -> None:
        """Know the fields of the records."""
        self._carried = [_carried(session, companion, formats) for companion in rule_of(kind).companions]
        self._present: list[tuple[_Carried, list[Column]]] = []

    def know_columns(self, cells: Iterable[str]) -> None:
        """Work out once which of their cells the rows of a file have."""
        names = set(cells)
        present = ((carried, [c for c in carried.columns if c[0] in names]) for carried in self._carried)
        self._present = [(carried, columns) for carried, columns in present if columns]

    def whole_names(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Cells with the names of the people that a row carries, put together from their parts."""
        prefixes = [carried.companion.prefix for carried in self._carried if carried.companion.is_person]
        return {f"{prefix}name": name for prefix in prefixes if (name := name_of_person(cells, prefix))}

    def read(self, row: ReadRow, cells: Mapping[str, str]) -> None:
        """Put what the cells say of these records into the row; nothing that they say refuses the row."""
        for carried, columns in self._present:
            companion = carried.companion
            if companion.is_person and not cells.get(f"{companion.prefix}name"):
                continue
            values: dict[str, Value] = {}
            for cell, name, described in columns:
                if not (text := cells[cell]):
                    continue
                try:
                    if (value := carried.values.read(described, text)) is not None:
                        values[name] = value
                except ValueError as error:
                    if described.required:
                        values[name] = text[: described.limit - 1].strip() + "…"
                    row.flags[cell] = str(error)
                    row.kept.append(f"{name}: {text}")
            row.companions[companion.kind] = values


def _carried(session: Session, companion: Companion, formats: FieldFormats) -> _Carried:
    known = {a.name: a for a in attributes(KINDS[companion.kind].record)}
    columns = [(f"{companion.prefix}{name}", name, known[name]) for name in companion.fields if name in known]
    values = ValueReader(session, formats.of_companion(companion.prefix))
    return _Carried(companion, values, columns)
