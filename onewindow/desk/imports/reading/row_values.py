"""Rows of one kind read into values and references: what a row says before anything on file is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from onewindow.desk.editing.archived_clients import archived_sentence
from onewindow.desk.imports.matching.kinds import importable, rule_of, tells
from onewindow.desk.imports.reading.carried_records import CarriedRecords, Column
from onewindow.desk.imports.reading.cell_values import FieldFormats, TooLong, ValueReader
from onewindow.desk.imports.reading.completing import complete
from onewindow.desk.imports.reading.completing_people import complete_people, name_of_person
from onewindow.desk.imports.reading.kind_checks import FileTimes, check_row
from onewindow.desk.imports.reading.meaningful_headers import is_code
from onewindow.desk.imports.reading.references import References, SeveralColleagues
from onewindow.desk.imports.reporting.changes import with_lines
from onewindow.desk.imports.reporting.findings import NO_CLIENT, Findings, NotEnough, missing_reason
from onewindow.desk.imports.reporting.run_report import RowVerdict
from onewindow.desk.imports.rows.contact_points import Ways
from onewindow.desk.imports.rows.done_marks import Settled, settled_in
from onewindow.desk.imports.rows.missing_values import settle_missing
from onewindow.desk.imports.rows.row import ReadRow
from onewindow.desk.session.context import Session
from onewindow.desk.sla.shown_zone import office_zone
from onewindow.exchange.columns.durations import read_length
from onewindow.exchange.columns.numbers import with_minor_units
from onewindow.exchange.headers.matching import ALSO, CALLED, SINCE
from onewindow.exchange.headers.units import NO_UNIT
from onewindow.exchange.rows import SourceRow
from onewindow.records.fields import Attribute
from onewindow.records.kinds import COPIED_KINDS, KINDS
from onewindow.store.ids import is_own_id
from onewindow.text.dates import parse_utc, utc_text
from onewindow.text.identifiers.mail_addresses import split_addresses
from onewindow.text.money import without_currency

_KEPT_TIMES = ("created_at", "archived_at")
_FIGURES_OF_A_LENGTH = 4
"""A number of more figures is a day of a spreadsheet or of a calendar."""
_INSTEAD = {("touch", "touch_kind"): "note"}
"""What an unknown word becomes by kind and field, without a choice “other”: nobody says there was a call."""


class RowReader:
    """Reads the rows of a file of one kind."""

    def __init__(
        self, session: Session, kind: str, formats: FieldFormats, references: References, ways: Ways
    ) -> None:
        """Know the fields of the kind, and of the records that its rows carry along."""
        self._kind = kind
        self.findings = Findings()
        self._references = references
        self._ways = ways
        self._values = ValueReader(session, formats)
        self._formats = formats
        self._implied = formats.implied
        self._client_ids = formats.client_ids
        self._now = session.now_text()
        self._today = session.today().isoformat()
        zone = ZoneInfo(office_zone(session))
        midnight = datetime.combine(session.today() + timedelta(days=1), time(), zone)
        self._tomorrow = utc_text(midnight)
        self._currency = session.settings.currency
        self._fields = importable(kind)
        self._stored = {a for a in self._fields if a in KINDS[kind].record().__dict__}
        self._required = [a.name for a in self._fields.values() if a.required]
        self._rule = rule_of(kind)
        self._keeps = self._rule.keeps
        self._carried = CarriedRecords(session, kind, formats)
        self._client_cells = (
            "client_id",
            "client_id" + ALSO,
            *(cell for cell, name in self._rule.called.items() if name == "client_id"),
        )
        self._cells: Set[str] = frozenset[str]()
        self._columns: list[Column] = []
        self._is_own = formats.is_literal
        self._literal = (
            {name for name, described in self._fields.items() if described.kind in ("text", "long_text")}
            if formats.is_literal
            else frozenset[str]()
        )

    def client_words(self, cells: Mapping[str, str]) -> list[str]:
        """The words that name the client of a row, the surest first."""
        # A copy of ours says beside the id how its client is called: a short name may be another's here.
        instead = {"client_id" + ALSO: "client_id" + CALLED} if cells.get("client_id" + CALLED) else {}
        named = (cells.get(instead.get(name, name), "").strip() for name in self._client_cells)
        return [word for word in named if word]

    def sender(self, cells: Mapping[str, str]) -> str:
        """The address, in small letters, of the person who alone tells whose a row is; else ''."""
        text = cells.get("contact_id", "")
        if "@" not in text or self._references.has_default or "client_id" not in self._fields:
            return ""
        if self.client_words(cells):
            return ""
        addresses, _ = split_addresses(text)
        return addresses[0].casefold() if len(addresses) == 1 else ""

    def read(self, row: SourceRow) -> ReadRow | RowVerdict:
        """Read a row whose cells are named by field; a verdict says why it cannot be taken."""
        if self._literal:
            cells = {
                name: text if name in self._literal and not text.isspace() else text.strip()
                for name, text in row.values.items()
            }
        else:
            cells = {name: text.strip() for name, text in row.values.items()}
        for name, word in self._implied.items():
            cells[name] = cells.get(name) or word
        own = cells.get("id", "")
        own_id = int(own) if is_own_id(own) else 0
        if not own_id and self._kind in COPIED_KINDS:
            title = cells.get(KINDS[self._kind].title, "")[:60]
            return RowVerdict(
                row.number, "error", title, reason="only a copy of a One Window has such records"
            )
        whole = cells if own_id else self._with_whole_names(cells)
        title = whole.get(KINDS[self._kind].title, "")[:60]
        external = cells.get("external_id", "") or ("" if own_id else own) or None
        read = ReadRow(row.number, title, own_id, external, None, {})
        try:
            self._read_client(read, cells)
            self._read_values(read, whole)
            self._carried.read(read, whole)
            if not own_id:
                complete_people(self._kind, read, cells, self._ways)
            elif read.client is not None:
                read.country = read.client.country
            defaults = complete(self._kind, read, cells)
            # A row of our own export is empty where the record is.
            read.defaults = {} if own_id else defaults
        except NotEnough as error:
            self.findings.no_field(error.fields)
            return RowVerdict(row.number, "error", title, reason=str(error))
        except ValueError as error:
            return RowVerdict(row.number, "error", title, reason=str(error))
        if not self._stored.issuperset(read.values):
            read.extras = {
                name: read.values.pop(name) for name in list(read.values) if name not in self._stored
            }
        named = read.values.get(KINDS[self._kind].title)
        # A licence is called by its product, which is a number by now: the file has the word for it.
        read.title = named[:60] if isinstance(named, str) and named else title
        for name in _KEPT_TIMES:
            if own_id and cells.get(name):
                read.extras[name] = cells[name]
        return self._checked(read)

    def _with_whole_names(self, cells: dict[str, str]) -> dict[str, str]:
        """The cells with the names of people put together from their parts."""
        if self._rule.nature == "person":
            return {**cells, "name": name_of_person(cells)}
        names = self._carried.whole_names(cells)
        return {**cells, **names} if names else cells

    def _know_columns(self, cells: Mapping[str, str]) -> None:
        """Work out once what the cells fill, because all rows of a file have the same."""
        self._cells = frozenset(cells)
        called = {name: cell for cell, name in self._rule.called.items() if cell in cells}
        self._columns = [
            (cell, name, described)
            for name, described in self._fields.items()
            if name not in ("client_id", "currency") and (cell := called.get(name, name)) in cells
        ]
        self._carried.know_columns(cells)

    def _read_client(self, read: ReadRow, cells: Mapping[str, str]) -> None:
        described = self._fields.get("client_id")
        if described is None or described.refers != "client":
            return
        address = self.sender(cells)
        if address:
            read.client = self._references.client_of_mail(address)
        else:
            words = self.client_words(cells)
            try:
                read.client = self._references.client(words)
            except ValueError:
                if reason := self._note_unknown(words):
                    raise ValueError(reason) from None
                raise
        if read.client is not None:
            if read.client.archived_at is not None and not (self._is_own and read.own_id):
                raise ValueError(archived_sentence(read.client))
            read.values["client_id"] = read.client.id
        elif described.required:
            raise NotEnough(("client_id",), NO_CLIENT)

    def _note_unknown(self, words: list[str]) -> str:
        """Remember whom a row means in vain, for proposals; gives back a better reason, or ''."""
        clients = self._references.clients
        if any(map(clients.meant, words)) or any(map(clients.archived, words)):
            return ""
        if self._client_ids == "alone" and is_code(words[0]):
            self.findings.only_an_id(words[0])
            return (
                f"there is no client with the id “{words[0]}”: it was left out of its own file, or has"
                " not come in yet; import the clients first"
            )
        name = next((word for word in words if any(map(str.isalpha, word))), words[0])
        self.findings.no_client(name, clients.near(name))
        return ""

    def _read_values(self, read: ReadRow, cells: Mapping[str, str]) -> None:
        if self._cells != cells.keys():
            self._know_columns(cells)
        currency = self._currency_of(read, cells)
        lengths: dict[str, tuple[str, timedelta]] = {}
        for cell, name, described in self._columns:
            text = cells[cell]
            if not text:
                continue
            try:
                if (length := self._length(name, text)) is not None:
                    lengths[name] = (text, length)
                    continue
                if (settled := settled_in(self._kind, name, text)) is not None and not self._is_own:
                    self._settle(read, described, settled)
                elif described.kind == "reference":
                    self._refer(read, name, described, text, cells.get(name + ALSO, ""))
                elif (value := self._values.read(described, text, currency)) is not None:
                    read.values[name] = value
            except ValueError as error:
                self._keep(read, described, text, error)
        for name, (text, length) in lengths.items():
            self._count(read, name, text, length)
        if (note := self._rule.names_references) and read.kept:
            # In the note at once: rows that differ only in what is not on file are different records.
            read.values[note] = with_lines(str(read.values.get(note) or ""), read.kept)
            read.kept.clear()

    def _settle(self, read: ReadRow, described: Attribute, settled: Settled) -> None:
        """What a cell says was done, and when."""
        read.values[described.name] = self._values.read(described, settled.status)
        if settled.field not in self._cells:
            read.values[settled.field] = self._values.read(self._fields[settled.field], settled.day)

    def _length(self, name: str, text: str) -> timedelta | None:
        """How long a cell says that something took, where it tells no moment."""
        if (self._kind, name) not in SINCE or self._is_own:
            return None
        unit = self._formats.units.get(name, NO_UNIT).time
        if not unit and text.isdecimal() and len(text) <= _FIGURES_OF_A_LENGTH:
            raise ValueError(f"“{text}” of what? name the unit in the column, as in “{name} (min)”")
        return read_length(text, unit)

    def _count(self, read: ReadRow, name: str, text: str, length: timedelta) -> None:
        """The moment or day that lies so long after the one from which it counts."""
        since = SINCE[self._kind, name]
        self._formats.counted[name] = since
        start = str(read.values.get(since) or "")
        if not start:
            reason = ValueError(f"it is so long after {since}, which the file does not tell")
            self._keep(read, self._fields[name], text, reason)
        elif self._fields[name].kind == "time":
            read.values[name] = utc_text(parse_utc(start) + length)
        else:
            read.values[name] = (date.fromisoformat(start) + length).isoformat()

    def _currency_of(self, read: ReadRow, cells: Mapping[str, str]) -> str:
        described = self._fields.get("currency")
        if described is None:
            return self._currency
        text = (
            cells.get("currency", "") or self._currency_beside_amounts(cells) or self._currency_of_columns()
        )
        read.values["currency"] = str(self._values.read(described, text)) if text else self._currency
        return str(read.values["currency"])

    def _currency_beside_amounts(self, cells: Mapping[str, str]) -> str:
        """The currency that an amount of the row names itself, `$12.50`; '' where none does."""
        amounts = (cells[cell] for cell, _, described in self._columns if described.kind == "money")
        return next(
            (code for text in amounts if text and (code := without_currency(with_minor_units(text))[1])), ""
        )

    def _currency_of_columns(self) -> str:
        """The currency that the name of a column of amounts tells."""
        return next((unit.currency for unit in self._formats.units.values() if unit.currency), "")

    def _refer(self, read: ReadRow, name: str, described: Attribute, text: str, also: str) -> None:
        """Find what a cell refers to by its id or word, else by the word `also` that a copy has beside it."""
        client_id = read.client.id if read.client else None
        kind = described.refers or ""
        try:
            read.values[name] = self._references.find(
                kind, text, client_id, must_be_here=not read.own_id and described.when != "behind"
            )
        except ValueError:
            if also:
                self._refer(read, name, described, also, "")
            elif kind != self._kind:
                raise
            else:
                read.later[name] = text

    def _keep(self, read: ReadRow, described: Attribute, text: str, reason: ValueError) -> None:
        """Keep what a field cannot take in the long text of the record, and flag it.

        The row is refused only where the record makes no sense without the field, or nothing else could keep
        what the cell says; an unknown word is kept by its flag at least.
        """
        name = described.name
        if described.kind == "choice":
            self.findings.no_choice(name, text)
        elif described.refers == "staff":
            self.findings.no_colleague(text, reason.names if isinstance(reason, SeveralColleagues) else ())
        if isinstance(reason, TooLong) and described.kind == "text" and self._rule.loses_nothing:
            read.values[name] = text[: described.limit - 1].strip() + "…"
        elif (
            described.required
            or name == self._keeps
            or tells(self._kind, name)
            or (not self._rule.loses_nothing and described.kind != "choice" and not self._notes(described))
        ):
            raise ValueError(f"{name}: {reason}")
        read.flags[name] = str(reason)
        if described.kind == "choice" and "other" in described.choices:
            read.values[name] = "other"  # surely none of the kinds that have a name
        elif (self._kind, name) in _INSTEAD:
            read.values[name] = _INSTEAD[self._kind, name]
        if self._rule.loses_nothing or self._notes(described):
            read.kept.append(f"{name.removesuffix('_id')}: {text}")

    def _notes(self, described: Attribute) -> bool:
        """Whether money stays money without what it refers to: its note has the words, and tells it apart."""
        return bool(self._rule.names_references) and described.kind == "reference" and not described.required

    def _checked(self, read: ReadRow) -> ReadRow | RowVerdict:
        if not read.own_id:
            settle_missing(self._kind, read, self._now, self._today)
            has_openings = "opened_at" in self._cells or bool(self._formats.unread_opening)
            if reason := check_row(self._kind, read, FileTimes(self._now, self._tomorrow, has_openings)):
                return RowVerdict(read.number, "error", read.title, reason=reason)
        for name in self._required:
            if name not in read.later and name not in read.defaults and read.values.get(name) in (None, ""):
                self.findings.no_field((name,))
                return RowVerdict(read.number, "error", read.title, reason=missing_reason(self._fields[name]))
        return read
