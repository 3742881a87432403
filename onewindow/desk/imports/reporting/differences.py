"""What an import changed of records on file, for people: names for ids, and both sides where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from onewindow.desk.imports.matching.kinds import importable
from onewindow.desk.imports.reporting.changes import display_name
from onewindow.desk.imports.reporting.run_report import RowVerdict
from onewindow.desk.session.naming import title_of
from onewindow.records.kinds import KINDS
from onewindow.store.engine import Store, Value
from onewindow.store.imports import matches

NEW_PERSON = "contact.person"
"""Stands among changed fields of a client for a person who was added."""
_UNTOLD = frozenset({"flags", "name_sort"})
_LONG = 40
_BEFORE = 12
"""So many letters that both sides have in common stand before the place where they differ."""
_MOST_NAMES = 20_000


def names_in(store: Store, kind: str, rows: Iterable[RowVerdict]) -> dict[int, str]:
    """The names of the records that changed references mean, by id."""
    refers = {name: a.refers for name, a in importable(kind).items() if a.refers}
    if not refers:
        return {}
    ids_of_kind: dict[str, dict[int, None]] = {}
    for row in rows:
        for name in refers.keys() & row.differences.keys():
            known = ids_of_kind.setdefault(str(refers[name]), {})
            if len(known) < _MOST_NAMES:
                known.update(
                    dict.fromkeys(value for value in row.differences[name] if isinstance(value, int))
                )
    return {
        record.id: title_of(record)
        for other, ids in ids_of_kind.items()
        for record in matches.by_ids(store, KINDS[other].record, ids)
    }


def shown_field(name: str) -> str:
    """A changed field as people say it: `owner`, `phone`, `tax_id`."""
    return display_name(name.rpartition(".")[2])


def told_differences(row: RowVerdict) -> Mapping[str, Sequence[Value]]:
    """What changed of a row's record, without what a program keeps beside it."""
    return {name: pair for name, pair in row.differences.items() if name.rpartition(".")[2] not in _UNTOLD}


def is_addition(before: Value, after: Value) -> bool:
    """Whether a text only grew at its end."""
    text = str(before or "").rstrip()
    return isinstance(after, str) and bool(text) and len(after) > len(text) and after.startswith(f"{text}\n")


def shown_change(name: str, pair: Sequence[Value], names: Mapping[int, str], *, is_short: bool = True) -> str:
    """What became of a field: from → to, or what was added; long texts are cut around the difference."""
    before, after = pair
    if is_addition(before, after):
        added = str(after)[len(str(before).rstrip()) :]
        return f"added “{_beginning(added) if is_short else ' '.join(added.split())}”"
    old, new = (_text(name, value, names) for value in pair)
    if is_short:
        old, new = _cut(old, new)
    return f"{old or '(empty)'} → {new or '(empty)'}"


def _text(name: str, value: Value, names: Mapping[int, str]) -> str:
    if name.endswith("_id") and isinstance(value, int):
        return names.get(value, str(value))
    return " ".join(str(value if value is not None else "").split())


def _cut(old: str, new: str) -> tuple[str, str]:
    if max(len(old), len(new)) <= _LONG:
        return old, new
    shorter = min(len(old), len(new))
    place = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    start = max(0, place - _BEFORE)
    return _part(old, start), _part(new, start)


def _part(text: str, start: int) -> str:
    before = "…" if start else ""
    after = "…" if len(text) > start + _LONG else ""
    return f"{before}{text[start : start + _LONG]}{after}"


def _beginning(text: str) -> str:
    return _part(" ".join(text.split()), 0)
