"""Import of records of any kind, driven by the descriptions of their fields; thousands of rows a second."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from onewindow.desk.editing.archived_clients import archived_sentence
from onewindow.desk.editing.changing import followed
from onewindow.desk.imports.matching.identities import UNCLEAR, Decision
from onewindow.desk.imports.matching.kinds import rule_of
from onewindow.desk.imports.matching.known_clients import KnownClients
from onewindow.desk.imports.matching.known_people import KnownPeople
from onewindow.desk.imports.matching.known_records import KnownRecords
from onewindow.desk.imports.matching.sources import SourceBook
from onewindow.desk.imports.reading.cell_values import FieldFormats
from onewindow.desk.imports.reading.references import References
from onewindow.desk.imports.reading.request_events import EventStory, RequestStory
from onewindow.desk.imports.reading.row_values import RowReader
from onewindow.desk.imports.reading.stories import Story
from onewindow.desk.imports.reporting.changes import different, reasons_of, with_lines
from onewindow.desk.imports.reporting.findings import Findings
from onewindow.desk.imports.reporting.run_report import RowVerdict
from onewindow.desk.imports.rows.contact_points import Ways
from onewindow.desk.imports.rows.row import ReadRow
from onewindow.desk.imports.writing.companions import ClientCompanions, companions_of
from onewindow.desk.imports.writing.numbering import Numbering
from onewindow.desk.imports.writing.policies import PolicyStory
from onewindow.desk.imports.writing.row_clients import RowClients
from onewindow.desk.session.context import Session
from onewindow.desk.validation import record_rules
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.exchange.rows import SourceRow
from onewindow.records.clients import Client
from onewindow.records.fields import Record
from onewindow.records.kinds import KINDS
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.imports import matches

_TOLD_EVERY = 500
_IN_NO_FILE = ("name_sort", "slug", "flags")
_STORIES: Mapping[str, type[Story[Any]]] = {
    "request": RequestStory,
    "request_event": EventStory,
    "policy": PolicyStory,
}
"""Kinds of which rows tell more than their fields."""


class _Known(Protocol):
    """The records on file that rows of a kind may mean."""

    def prepare(self, rows: Sequence[ReadRow]) -> None: ...
    def decide(self, row: ReadRow) -> Decision: ...
    def record(self, record_id: int) -> Record: ...
    def add(self, record: Record) -> None: ...
    def stored(self, record: Record) -> None: ...
    def take(self, record: Record) -> None: ...
    def order(self, rows: Sequence[ReadRow]) -> Sequence[int]: ...
    def keeps_name(self, record: Record, row: ReadRow) -> bool: ...


class RecordImporter:
    """Takes the rows of a file chunk by chunk inside one transaction, and says what became of each."""

    def __init__(
        self,
        session: Session,
        transaction: Transaction,
        kind: str,
        formats: FieldFormats,
        *,
        client: Client | None = None,
        create_clients: bool = False,
        source: str = "",
        has_lines: bool = False,
    ) -> None:
        """Begin an import; `client` is whose the records are where the file does not say.

        `source` is the program whose ids the file has; `has_lines`: amounts are sums of lines.
        """
        self._session = session
        self._transaction = transaction
        self._kind = KINDS[kind]
        self._rule = rule_of(kind)
        self._context = record_rules.context_of(session, is_import=True)
        self._references = References(transaction, client, source)
        ways = Ways(
            session.settings.region, id_country=formats.id_country, usual_country=formats.usual_country
        )
        self._reader = RowReader(session, kind, formats, self._references, ways)
        self._sources = SourceBook(transaction, kind, source)
        self._companions = companions_of(kind, session, transaction, ways)
        self._known = self._known_of(kind, has_lines=has_lines)
        self._clients = RowClients(
            session, transaction, kind, formats, self._references, self._reader, makes=create_clients
        )
        self._numbering = Numbering(transaction.store, self._kind)
        self._story: Story[Any] = _STORIES.get(kind, Story)(session, transaction)
        self._new: dict[int, tuple[Record, ReadRow]] = {}
        self._later: list[tuple[int, ReadRow]] = []

    def _known_of(self, kind: str, *, has_lines: bool) -> _Known:
        store, companions = self._transaction.store, self._companions
        if isinstance(companions, ClientCompanions):
            return KnownClients(store, self._sources, companions)
        if self._rule.nature == "person":
            return KnownPeople(store, self._sources, companions)
        return KnownRecords(store, kind, self._rule, self._sources, has_lines=has_lines)

    @property
    def findings(self) -> Findings:
        """What could not be made sense of so far."""
        return self._reader.findings

    @property
    def waiting(self) -> set[int]:
        """Numbers of rows that refer to others further down."""
        return {row.number for _, row in self._later}

    def take(self, rows: Iterable[SourceRow]) -> list[RowVerdict]:
        """Store or compare the rows, whose cells are named by field already."""
        return self.store(self.read(rows))

    def read(self, rows: Iterable[SourceRow]) -> list[ReadRow | RowVerdict]:
        """What the rows say, or why one cannot be taken."""
        chunk = list(rows)
        self._clients.prepare(chunk)
        return [self._reader.read(row) for row in chunk]

    def look_up(self, rows: Sequence[ReadRow]) -> None:
        """Find what these rows may mean on file, before `known` is asked or they are stored in parts."""
        self._known.prepare(rows)

    def known(self, row: ReadRow) -> Record | None:
        """The record on file that a row means, after it was looked up."""
        meant = self._known.decide(row).record_id
        return self._known.record(meant) if meant else None

    def store(self, read: Sequence[ReadRow | RowVerdict]) -> list[RowVerdict]:
        """Store rows that were read, or compare them with what is on file."""
        rows = [row for row in read if isinstance(row, ReadRow)]
        self._known.prepare(rows)
        verdict_of = {place: self._taken(rows[place]) for place in self._known.order(rows)}
        for place, verdict in verdict_of.items():
            # What was unclear may be clear by what rows behind it brought, as it were another time.
            if verdict.reason.startswith(UNCLEAR) and not self._known.decide(rows[place]).unclear:
                verdict_of[place] = self._taken(rows[place])
        taken = iter([verdict_of[place] for place in range(len(rows))])
        verdicts = [row if isinstance(row, RowVerdict) else next(taken) for row in read]
        self._flush()
        self._clients.forget()
        self._sources.flush()
        if renumbered := self._numbering.take_renumbered():
            verdicts = [_with_number(verdict, renumbered) for verdict in verdicts]
        return verdicts

    def make_clients(self, read: Iterable[ReadRow | RowVerdict]) -> None:
        """Store the clients whom only the file names and of whom one of these rows is."""
        self._clients.make(read)

    def finish(self) -> dict[int, str]:
        """Resolve references to rows further down; gives back the row numbers of those that mean nothing."""
        lost: dict[int, str] = {}
        if self._kind.name == "client":
            self._references.clients.look_up(word for _, row in self._later for word in row.later.values())
        for place, (record_id, row) in enumerate(self._later, 1):
            if not place % _TOLD_EVERY:
                self._session.store.on_progress("references to other rows", place, len(self._later))
            record = matches.by_ids(self._transaction.store, self._kind.record, [record_id])[0]
            for name, word in row.later.items():
                try:
                    client_id = row.client.id if row.client else None
                    meant = self._references.find(self._kind.name, word, client_id)
                except ValueError as error:
                    lost[row.number] = f"{name.removesuffix('_id')}: {error}"
                else:
                    record = self._transaction.update(record, {name: meant})
        self._story.finish()
        return lost

    def _taken(self, row: ReadRow) -> RowVerdict:
        meant = self._known.decide(row)
        if self._new and (meant.unclear or meant.namesake):
            self._flush()  # what was just made has its short number then, which is told
            meant = self._known.decide(row)
        if meant.unclear:
            return RowVerdict(row.number, "error", row.title, reason=meant.unclear)
        if not meant.record_id:
            return self._create(row, meant)
        known = self._known.record(meant.record_id)
        if known.id in self._new:
            self._flush()
            known = self._known.record(known.id)
        self._clients.make([row])
        row.keeps_name = meant.keeps_name
        verdict = self._update(known, row)
        self._known.take(known)
        return verdict.saying(meant.odd)

    # new records

    def _create(self, row: ReadRow, meant: Decision) -> RowVerdict:
        transaction = self._transaction
        values: dict[str, Value] = {name: value for name, value in row.defaults.items() if value is not None}
        values |= row.fresh | record_rules.implied(self._session, self._kind.name, row.values) | row.values
        if row.kept and self._rule.keeps:
            values[self._rule.keeps] = with_lines(str(values.get(self._rule.keeps) or ""), row.kept)
        own = {
            "id": row.own_id or self._companions.new_id(),
            "external_id": row.external_id,
            "updated_at": transaction.at,
        }
        own["created_at"] = row.extras.get("created_at") or transaction.at
        own["archived_at"] = row.extras.get("archived_at")
        record = self._kind.record(**own, **values)
        record = self._story.begun(record, row)
        record = record.with_changes(self._filled(record, row, is_new=True))
        if errors := record_rules.problems(self._context, record):
            return RowVerdict(row.number, "error", row.title, reason=reasons_of(errors).rstrip("."))
        self._new[record.id] = (record, row)
        wrong = self._companions.begin(record, row)
        self._sources.note(record.id, row.external_id)
        self._known.add(record)
        self._known.take(record)
        self._references.add(record)
        if row.later:
            self._later.append((record.id, row))
        reason = "; ".join(filter(None, (meant.namesake, reasons_of({**wrong, **row.flags, **row.messages}))))
        return RowVerdict(row.number, "create", row.title, record.id, reason)

    def _filled(self, record: Record, row: ReadRow, *, is_new: bool) -> dict[str, Value]:
        """What the program writes itself, into a record of ours only what no file carries.

        Short Latin names come from one book, numbers when it is stored.
        """
        filled = self._companions.filled(record, row, is_new=is_new)
        return {n: v for n, v in filled.items() if not row.own_id or n in _IN_NO_FILE}

    def _flush(self) -> None:
        if not self._new:
            return
        transaction = self._transaction
        # Numbers go by the rows as they stand, in whichever order they were taken.
        self._new = dict(sorted(self._new.items(), key=lambda item: item[1][1].number))
        self._clients.make(row for _, row in self._new.values())
        since = len(transaction.changes)
        new = self._numbering.numbered([record for record, _ in self._new.values()])
        rows_read = [row for _, row in self._new.values()]
        stored: Sequence[Record] = self._story.store(new, rows_read)
        self._new.clear()
        self._companions.flush(stored, since)
        if self._session.registry.of(self._kind.name).consequences.follow_ups:
            # A copy of ours has what followed in rows of its own, or nothing followed.
            ours = {row.own_id for row in rows_read if row.own_id}
            for record in stored:
                if record.id not in ours:
                    followed(self._session, transaction, None, record)
        for record in stored:
            self._known.stored(record)
            self._references.add(record)

    # known records

    def _update(self, known: Record, row: ReadRow) -> RowVerdict:
        before = known
        if not row.own_id:
            self._companions.guard(known, row)
        values: dict[str, Value] = {n: v for n, v in row.values.items() if n not in ("number", "slug")}
        values |= {n: v for n, v in row.defaults.items() if getattr(known, n) in ("", None) and v is not None}
        values |= self._sources.changes(known, row.external_id)
        if row.keeps_name:
            values.pop("name", None)  # another program's capitals, quotes and legal form are no other name
        self._keep_name(known, row, values)
        keeps = self._rule.keeps
        if row.kept and keeps:
            given = str(values.get(keeps) or "")
            text = str(getattr(known, keeps))
            values[keeps] = with_lines(text if not given or text.startswith(given) else given, row.kept)
        values = self._story.changeable(values)
        values |= self._companions.wanted(known, row)
        values |= self._late_references(row)
        changed = different(known, values)
        if changed:
            changed |= different(known, self._filled(known.with_changes(changed), row, is_new=False))
            if errors := record_rules.problems(self._context, known.with_changes(changed)):
                return RowVerdict(row.number, "error", row.title, reason=reasons_of(errors).rstrip("."))
            if self._story.is_known_already(known, known.with_changes(changed)):
                changed = {}
        is_back = bool(known.archived_at) and not row.extras.get("archived_at")
        if (changed or is_back) and row.client is not None and row.client.archived_at is not None:
            return RowVerdict(row.number, "error", row.title, reason=archived_sentence(row.client))
        if is_back:
            record_rules.validate_moving(self._context, known)
            known = self._transaction.restore(known)
        try:
            version = self._story.stored_instead(known, known.with_changes(changed))
        except FieldProblems as problems:
            return RowVerdict(row.number, "error", row.title, reason=reasons_of(problems.errors).rstrip("."))
        after = version or (self._transaction.update(known, changed) if changed else known)
        if changed or is_back:
            after = self._story.went_on(before, after, row, is_changed=bool(changed))
        if changed:
            followed(self._session, self._transaction, before, after)
        differences = {
            name: (getattr(before, name), value) for name, value in changed.items() if name != "name_sort"
        }
        differences |= self._companions.update(after, row)
        if differences or is_back or row.external_id:
            self._known.add(after)
        verdict = "update" if differences else "create" if is_back else "skip"
        return RowVerdict(
            row.number, verdict, row.title, known.id, reasons_of({**row.flags, **row.messages}), differences
        )

    def _keep_name(self, known: Record, row: ReadRow, values: dict[str, Value]) -> None:
        """Leave the name as it is where another row of the file has it, and tell so."""
        typed = values.get("name")
        if not typed or row.own_id or typed == getattr(known, "name", ""):
            return
        if self._known.keeps_name(known, row):
            del values["name"]
            own = str(vars(known)["name"])
            row.messages["name"] = f"another row of this file calls it “{own}”, so “{typed}” was not taken"

    def _late_references(self, row: ReadRow) -> dict[str, Value]:
        references: dict[str, Value] = {}
        for name, word in row.later.items():
            try:
                references[name] = self._references.find(
                    self._kind.name, word, row.client.id if row.client else None
                )
            except ValueError as error:
                row.flags[name] = str(error)
        return references


def _with_number(verdict: RowVerdict, renumbered: Mapping[int, str]) -> RowVerdict:
    """The verdict of a row, which says too where a new record could not keep the number that it brought."""
    return verdict.saying(renumbered.get(verdict.record_id or 0, "") if verdict.verdict == "create" else "")
