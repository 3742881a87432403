"""What a row may not overwrite: a value that can be read by one that cannot, a name by its initials."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.desk.imports.rows.contact_points import PHONES, Ways
from onewindow.desk.imports.rows.row import ReadRow
from onewindow.records.fields import Record
from onewindow.store.engine import Value
from onewindow.text.fold import fold
from onewindow.text.identifiers.tax_ids import is_same_tax_id

_LEFT_TO_OTHERS = ("aliases", "name", "note", "number", "slug")
"""Fields for which there are rules of their own."""


def guard(
    row: ReadRow,
    values: dict[str, Value],
    known: Record,
    ways: Ways,
    country: str,
    *,
    prefix: str = "",
    is_person: bool = False,
) -> None:
    """Take out of a row's values, in place, those that would make a record on file worse than it is.

    What cannot be read goes to the note and is flagged. `country` is where telephones and identifiers on file
    belong, `prefix` how the fields are flagged.
    """
    fields = vars(known)
    name, whole = str(values.get("name") or ""), str(fields.get("name") or "")
    if (
        name
        and whole
        and (is_shorter_name(name, whole, is_person=is_person) or (is_person and _is_turned(name, whole)))
    ):
        values["name"] = whole
    tax_id, on_file = str(values.get("tax_id") or ""), str(fields.get("tax_id") or "")
    if tax_id and on_file and is_same_tax_id(tax_id, on_file):
        del values["tax_id"]  # another spelling is no other number
    wrong = ways.wrong_identifiers(values, country)
    for field in PHONES:
        if str(fields.get(field) or "")[:1] == "+" != str(values.get(field) or "+")[:1]:
            wrong.setdefault(field, "this cannot be read as a phone number")
    if not wrong:
        return
    known_wrong = ways.wrong_identifiers({name: fields.get(name) for name in wrong}, country)
    for field in [name for name in values if name in wrong]:
        typed = str(values[field])
        if not fields.get(field) or typed == fields[field] or field in known_wrong:
            continue
        if field in PHONES and (read := ways.one_phone(typed, country)):
            values[field] = read
            continue
        del values[field]
        row.kept.append(f"{prefix}{field}: {typed}")
        row.flags[prefix + field] = f"{wrong[field]}; what is on file stays"


class SaidInFile:
    """What rows of a chunk said of records: of two that differ in a field the first one counts.

    Else the same file, imported again, would change the field to and fro.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self._fields: dict[int, set[str]] = {}

    def forget(self) -> None:
        """Begin another chunk."""
        self._fields.clear()

    def note(self, record_id: int, values: Mapping[str, Value]) -> None:
        """Know that a row says this of a record."""
        self._fields.setdefault(record_id, set()).update(
            name for name, value in values.items() if _says(value)
        )

    def keep(self, row: ReadRow, values: dict[str, Value], known: Record, prefix: str = "") -> None:
        """Take out of a row's values, in place and told, what differs from what another row said."""
        said = self._fields.get(known.id, ())
        for name in [name for name in values if name in said and name not in _LEFT_TO_OTHERS]:
            own = getattr(known, name)
            if values[name] != own and _says(own) and _says(typed := values.pop(name)):
                reason = f"another row of this file says “{own}”, so “{typed}” was not taken"
                row.messages[prefix + name] = reason
        self.note(known.id, values)


def _says(value: Value) -> bool:
    return value not in ("", None)


def _is_turned(name: str, whole: str) -> bool:
    """Whether both are the same words, in another order or case."""
    return sorted(fold(name).split()) == sorted(fold(whole).split())


def is_shorter_name(name: str, whole: str, *, is_person: bool) -> bool:
    """Whether a name is another one with initials in it, or of a person with fewer words."""
    shorter, longer = fold(name).split(), fold(whole).split()
    left = list(longer)
    initials: list[str] = []
    for word in shorter:
        if word in left:
            left.remove(word)
        else:
            initials.append(word)
    if any(len(word) > 1 for word in initials):
        return False
    for word in initials:
        spelled = next((other for other in left if len(other) > 1 and other[0] == word), "")
        if not spelled:
            return False
        left.remove(spelled)
    if initials:
        return True
    return is_person and bool(left) and len(shorter) > 1
