"""The clients whom rows name: looked up many at a time, made where only the file knows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onewindow.desk.imports.matching.kinds import importable
from onewindow.desk.imports.reading.cell_values import FieldFormats
from onewindow.desk.imports.reading.meaningful_headers import is_code
from onewindow.desk.imports.reading.references import References
from onewindow.desk.imports.reading.row_values import RowReader
from onewindow.desk.imports.reporting.run_report import RowVerdict
from onewindow.desk.imports.rows.row import ReadRow
from onewindow.desk.imports.writing.client_stubs import Stranger, meant_clients, store_clients
from onewindow.desk.session.context import Session
from onewindow.exchange.rows import SourceRow
from onewindow.exchange.values.countries import read_country
from onewindow.records.clients import Client
from onewindow.store.changes import Transaction
from onewindow.store.ids import is_own_id


class RowClients:
    """Knows the clients of the rows of one file; where it may, makes those whom only the file names."""

    def __init__(
        self,
        session: Session,
        transaction: Transaction,
        kind: str,
        formats: FieldFormats,
        references: References,
        reader: RowReader,
        *,
        makes: bool,
    ) -> None:
        """Begin with none; `makes`: clients whom only the file names are made."""
        self._session = session
        self._transaction = transaction
        self._references = references
        self._reader = reader
        self._makes = makes
        self._client_ids = formats.client_ids
        self._is_own = formats.is_literal
        self._refers = {a.refers for a in importable(kind).values() if a.refers}
        self._client_fields = [a.name for a in importable(kind).values() if a.refers == "client"]
        self._meant: dict[int, Client] = {}
        """Clients by id whom only the file names, and who are stored once a row of theirs comes in."""

    def prepare(self, chunk: Sequence[SourceRow]) -> None:
        """Look up whom the next rows name, and what else they refer to of those."""
        words = [word for row in chunk for word in self._reader.client_words(row.values)]
        also = [row.values.get(name, "").strip() for name in self._client_fields for row in chunk]
        missing = set(self._references.clients.look_up([*words, *also]))
        if missing and self._makes:
            countries: dict[Stranger, str] = {}
            for row in chunk:
                if (stranger := self._stranger(row, missing)) is not None:
                    country = read_country(row.values.get("country", "")) or ""
                    countries[stranger] = countries.get(stranger) or country
            made = meant_clients(self._session, self._transaction, self._references.clients, countries)
            self._meant |= {client.id: client for client in made}
        named = [self._references.clients.meant(word) for word in dict.fromkeys(words)]
        senders = {sender: None for row in chunk if (sender := self._reader.sender(row.values))}
        self._references.clients.look_up_mails(senders)
        named += [self._references.clients.of_mail(sender) for sender in senders]
        self._references.prepare(self._refers, [client for clients in named for client in clients])

    def make(self, read: Iterable[ReadRow | RowVerdict]) -> None:
        """Store the clients whom only the file names and of whom one of these rows is."""
        if not self._meant:
            return
        rows = [row for row in read if isinstance(row, ReadRow)]
        named = {row.client.id for row in rows if row.client}
        named |= {
            int(row.values[name] or 0) for row in rows for name in self._client_fields if name in row.values
        }
        clients = [self._meant.pop(client_id) for client_id in sorted(named & self._meant.keys())]
        made = store_clients(
            self._transaction, self._references.clients, clients, self._session.settings.currency
        )
        stored = {client.id: client for client in made}
        self._reader.findings.made(client.name for client in made)
        for row in rows:
            if row.client and row.client.id in stored:
                row.client = stored[row.client.id]
        self._references.clients.replace(stored)

    def forget(self) -> None:
        """Make none of the clients of whom no row came in."""
        self._references.clients.replace(dict.fromkeys(self._meant))
        self._meant.clear()

    def _stranger(self, row: SourceRow, missing: set[str]) -> Stranger | None:
        words = self._reader.client_words(row.values)
        if self._client_ids == "alone" and any(map(is_code, words)):
            return None  # 11 of organization_id is nobody's name
        if missing.issuperset(words) and any(map(self._references.clients.archived, words)):
            return None
        own = next(filter(is_own_id, words), "") if self._is_own else ""
        if not own and self._client_ids in ("tax", "code") and row.values.get("client_id", "").strip():
            if len(words) == 1:
                return None
            key, name = words[:2]
            known = self._references.clients
            if key not in missing or not (name in missing or known.is_made_with_id(name)):
                return None
            return Stranger(name, key, key) if self._client_ids == "code" else Stranger(name, "", key, key)
        # A name makes a better client than an id does.
        if not words or not missing.issuperset(words):
            return None
        return Stranger(max(words, key=lambda word: any(map(str.isalpha, word))), also=own)
