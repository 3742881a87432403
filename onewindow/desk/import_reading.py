"""Rows of one kind read into values and references: what a row says before anything on file is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onewindow.desk.archived_clients import is_archived_told
from onewindow.desk.import_completing import complete
from onewindow.desk.import_kinds import importable, rule_of, tells
from onewindow.desk.import_named_clients import is_own_id
from onewindow.desk.import_references import References
from onewindow.desk.import_report import RowVerdict
from onewindow.desk.import_values import FieldFormats, ValueReader
from onewindow.desk.session import Session
from onewindow.desk.staff_rules import is_forward
from onewindow.exchange.headers import ALSO
from onewindow.exchange.rows import SourceRow
from onewindow.records.clients import Client
from onewindow.records.kinds import KINDS
from onewindow.store.engine import Value

_KEPT_TIMES = ("created_at", "archived_at")


@dataclass(slots=True)
class ReadRow:
    """One row read."""

    number: int
    title: str
    own_id: int
    external_id: str | None
    client: Client | None
    values: dict[str, Value]
    defaults: dict[str, Value] = field(default_factory=dict[str, Value])
    extras: dict[str, Value] = field(default_factory=dict[str, Value])
    """What the file tells beyond the record: when a request changed, when a deal began."""
    kept: list[str] = field(default_factory=list[str])
    """Lines of what could not be stored where it belongs."""
    flags: dict[str, str] = field(default_factory=dict[str, str])
    later: dict[str, str] = field(default_factory=dict[str, str])
    """References to records of the same kind that may stand further down in the file."""


class RowReader:
    """Reads the rows of a file of one kind."""

    def __init__(self, session: Session, kind: str, formats: FieldFormats, references: References) -> None:
        """Know the fields of the kind."""
        self._kind = kind
        self._references = references
        self._values = ValueReader(session, kind, formats)
        self._implied = formats.implied
        self._now = session.now_text()
        self._currency = session.settings.currency
        self._fields = importable(kind)
        self._stored = {a for a in self._fields if a in KINDS[kind].record().__dict__}
        self._keeps = rule_of(kind).keeps

    def client_words(self, cells: Mapping[str, str]) -> list[str]:
        """The words that name the client of a row, the surest first."""
        return [word for name in ("client_id", "client_id" + ALSO) if (word := cells.get(name, "").strip())]

    def read(self, row: SourceRow) -> ReadRow | RowVerdict:
        """Read a row whose cells are named by field; a verdict says why it cannot be taken."""
        cells = {name: text.strip() for name, text in row.values.items()}
        for name, word in self._implied.items():
            cells[name] = cells.get(name) or word
        title = cells.get(KINDS[self._kind].title, "")[:60]
        own = cells.get("id", "")
        own_id = int(own) if is_own_id(own) else 0
        external = cells.get("external_id", "") or ("" if own_id else own) or None
        found = ReadRow(row.number, title, own_id, external, None, {})
        try:
            self._read_client(found, cells)
            self._read_values(found, cells)
            defaults = complete(self._kind, found.values, cells)
            # A row of our own export is empty where the record is.
            found.defaults = {} if own_id else defaults
        except ValueError as error:
            return RowVerdict(row.number, "error", title, reason=str(error))
        found.extras = {
            name: found.values.pop(name) for name in list(found.values) if name not in self._stored
        }
        found.title = str(found.values.get(KINDS[self._kind].title) or title)[:60]
        for name in _KEPT_TIMES:
            if own_id and cells.get(name):
                found.extras[name] = cells[name]
        return self._checked(found)

    def _read_client(self, found: ReadRow, cells: Mapping[str, str]) -> None:
        described = self._fields.get("client_id")
        if described is None or described.refers != "client":
            return
        found.client = self._references.client(self.client_words(cells))
        if found.client is not None:
            if found.client.archived_at is not None:
                raise ValueError(is_archived_told(found.client))
            found.values["client_id"] = found.client.id
        elif described.required:
            raise ValueError("it does not say which client it belongs to; name it with --client")

    def _read_values(self, found: ReadRow, cells: Mapping[str, str]) -> None:
        currency = self._currency_of(found, cells)
        for name, described in self._fields.items():
            text = cells.get(name, "")
            if not text or name in ("client_id", "currency"):
                continue
            try:
                if described.kind == "reference":
                    self._refer(found, name, described.refers or "", text)
                elif (value := self._values.read(described, text, currency)) is not None:
                    found.values[name] = value
            except ValueError as error:
                self._keep(found, name, described.required, text, str(error))

    def _currency_of(self, found: ReadRow, cells: Mapping[str, str]) -> str:
        described = self._fields.get("currency")
        if described is None:
            return self._currency
        text = cells.get("currency", "")
        found.values["currency"] = str(self._values.read(described, text)) if text else self._currency
        return str(found.values["currency"])

    def _refer(self, found: ReadRow, name: str, kind: str, text: str) -> None:
        client_id = found.client.id if found.client else None
        try:
            found.values[name] = self._references.find(
                kind, text, client_id, must_be_here=not found.own_id and is_forward(self._kind, name)
            )
        except ValueError:
            if kind != self._kind:
                raise
            found.later[name] = text

    def _keep(self, found: ReadRow, name: str, required: bool, text: str, reason: str) -> None:
        """Keep what a field cannot take in the long text of the record, and flag it.

        The row is refused only where the record makes no sense without the field, or nothing else could keep
        what the cell says; an unknown word is kept by its flag at least.
        """
        described = self._fields[name]
        if described.kind == "text" and self._keeps and len(text) > described.limit:
            found.values[name] = text[: described.limit - 1].strip() + "…"
        elif (
            required
            or name == self._keeps
            or tells(self._kind, name)
            or (not self._keeps and described.kind != "choice")
        ):
            raise ValueError(f"{name}: {reason}")
        found.flags[name] = reason
        if self._keeps:
            found.kept.append(f"{name.removesuffix('_id')}: {text}")

    def _checked(self, found: ReadRow) -> ReadRow | RowVerdict:
        if self._kind == "survey_response" and not found.values.get("at") and not found.own_id:
            found.defaults["at"] = self._now
            found.flags.setdefault("at", "the file does not tell when; the moment of the import stands there")
        needed = [
            a.name
            for a in self._fields.values()
            if a.required and a.name not in found.later and a.name not in found.defaults
        ]
        for name in needed:
            if found.values.get(name) in (None, ""):
                spoken = name.removesuffix("_id").replace("_", " ")
                return RowVerdict(found.number, "error", found.title, reason=f"it has no {spoken}")
        return found
