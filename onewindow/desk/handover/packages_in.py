"""Packages from sales taken in: handovers, special terms, proposals for the card; a file in one transaction.

The same file may come again: what is on file already is left as it is. A package for a handover that was
returned sends it again; one for a handover that was accepted brings proposals to be taken over later.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from onewindow.desk.editing.archived_clients import archived_sentence
from onewindow.desk.editing.changing import change_in, insert_in
from onewindow.desk.handover import changes as card
from onewindow.desk.handover.changes import CardChange, FieldChange
from onewindow.desk.handover.parties import with_party
from onewindow.desk.handover.reading import Entry, Package, PackageProblems, Values, read_package
from onewindow.desk.imports.matching.named_clients import NamedClients
from onewindow.desk.imports.reporting.run_report import Verdict
from onewindow.desk.people.absences import works_here
from onewindow.desk.session.context import Session
from onewindow.exchange.handover.package import PackageText, read_packages
from onewindow.exchange.tables.opening import read_source
from onewindow.records.clients import Client, Promise
from onewindow.records.fields import columns
from onewindow.records.handover import Handover, HandoverItem, HandoverPackage, term_item
from onewindow.records.organization import ImportRun
from onewindow.records.structs import frozen_struct
from onewindow.store.changes import Transaction
from onewindow.store.clients import cards as clients
from onewindow.store.engine import Value
from onewindow.store.handover import packages as handovers
from onewindow.store.handover import promises
from onewindow.text.fold import fold
from onewindow.text.identifiers.checks import compact

_RECEIVES = ("account_manager", "lead", "support")


@frozen_struct
class PackageVerdict:
    """What became of one package of a file."""

    row: int
    verdict: Verdict
    client: str
    client_id: int
    is_new_client: bool
    deal: str
    handover_id: int
    changes: tuple[FieldChange, ...]
    """What it makes or changes on the card, as it stood before."""
    terms: tuple[str, ...]
    """Special terms that it brings and the file did not have."""
    left_out: tuple[str, ...]


@frozen_struct
class HandoverReport:
    """One file of packages: its run (None after a dry run) and what became of each."""

    run_id: int | None
    file_name: str
    packages: tuple[PackageVerdict, ...]
    seconds: float

    def count(self, verdict: Verdict) -> int:
        """How many packages had this verdict."""
        return [package.verdict for package in self.packages].count(verdict)


class _DryRun(Exception):
    """Carries the report out of a transaction that must leave no trace."""

    def __init__(self, report: HandoverReport) -> None:
        super().__init__()
        self.report = report


def import_handovers(
    session: Session,
    source: str | Path | bytes | BinaryIO,
    name: str = "",
    client: Client | None = None,
    *,
    dry_run: bool = False,
) -> HandoverReport:
    """Take in the packages of a file; `client` is whose they are where a package names no client.

    Raises FileProblem, or PackageProblems with a sentence for each cell that cannot be read; then nothing
    came in. A dry run does all of it and leaves no trace.
    """
    file_name = name or (Path(source).name if isinstance(source, str | Path) else "input")
    texts = read_packages(read_source(source, file_name), file_name)
    # All files are read before the first is stored: a mistake leaves nothing half done.
    read = _read_all(session, texts, file_name)
    run_id, started = session.store.ids.new_id(), time.monotonic()

    def work(transaction: Transaction) -> HandoverReport:
        intake = _Intake(session, transaction, file_name, client)
        verdicts = tuple(intake.take(package) for package in read)
        report = HandoverReport(run_id, file_name, verdicts, time.monotonic() - started)
        # Raised inside, so that the same code runs and everything is rolled back.
        if dry_run:
            raise _DryRun(HandoverReport(None, file_name, verdicts, report.seconds))
        if any(verdict.verdict != "skip" for verdict in verdicts):
            transaction.insert(
                ImportRun(
                    id=run_id,
                    file_name=file_name,
                    record_kind="handover",
                    created=report.count("create"),
                    updated=report.count("update"),
                    skipped=report.count("skip"),
                )
            )
        return report

    try:
        return session.change(f"handover from {file_name}", work, run_id=run_id).result
    except _DryRun as stopped:
        return stopped.report


def _read_all(session: Session, texts: Sequence[PackageText], file_name: str) -> list[Package]:
    packages: list[Package] = []
    problems: list[str] = []
    for text in texts:
        try:
            packages.append(read_package(session, text, file_name))
        except PackageProblems as refused:
            problems += refused.sentences
    if problems:
        raise PackageProblems(problems)
    return packages


class _Intake:
    """Takes packages inside one transaction."""

    def __init__(
        self, session: Session, transaction: Transaction, file_name: str, client: Client | None
    ) -> None:
        self._session = session
        self._transaction = transaction
        self._store = transaction.store
        self._file = file_name
        self._client = client

    def take(self, package: Package) -> PackageVerdict:
        """Store one package, or find that it is on file."""
        client, is_new = self._client_of(package)
        if client.archived_at is not None:
            raise PackageProblems([f"{self._file}, row {package.row}: {archived_sentence(client)}."])
        handover = self._handover_of(client, package)
        if handover is not None:
            last = handovers.last_package(self._store, handover.id)
            # The same package sent twice is no second attempt.
            if last is not None and last.content == package.content:
                return self._verdict("skip", package, client, handover, (), (), is_new=False)
        verdict: Verdict = "create" if handover is None else "update"
        handover = self._stored(client, package, handover)
        # Before anything goes to the card: differences are told against what it said.
        changes = card.propose(self._session, self._store, client, package)
        shown = tuple(card.differences(self._session, changes))
        # A client made by the package has nothing to conflict with.
        if is_new:
            changes = card.apply_in(self._session, self._transaction, client.id, changes)
        self._keep(client, handover, package, changes)
        terms = tuple(self._term(client, handover, entry) for entry in package.terms)
        if package.has_no_terms:
            self._no_terms(client, handover)
        new_terms = tuple(text for text in terms if text)
        return self._verdict(verdict, package, client, handover, shown, new_terms, is_new=is_new)

    def _verdict(
        self,
        verdict: Verdict,
        package: Package,
        client: Client,
        handover: Handover,
        changes: tuple[FieldChange, ...],
        terms: tuple[str, ...],
        *,
        is_new: bool,
    ) -> PackageVerdict:
        return PackageVerdict(
            row=package.row,
            verdict=verdict,
            client=client.name,
            client_id=client.id,
            is_new_client=is_new,
            deal=handover.deal,
            handover_id=handover.id,
            changes=changes,
            terms=terms,
            left_out=package.left_out,
        )

    # whose

    def _client_of(self, package: Package) -> tuple[Client, bool]:
        if self._client is not None and not package.client_words:
            return self._client, False
        known = NamedClients(self._store)
        known.look_up(package.client_words)
        for word in package.client_words:
            # Words come surest first; a tax id that differs rules a namesake out.
            fitting = [client for client in known.meant(word) if self._may_be(client, package)]
            if len(fitting) > 1:
                raise PackageProblems(
                    [f"{self._file}, row {package.row}: “{word}” may mean several clients; add the tax id."]
                )
            if fitting:
                return fitting[0], False
        if self._client is not None:
            return self._client, False
        name = package.client.get("name")
        if not name:
            raise PackageProblems(
                [f"{self._file}, row {package.row}: the package names no client; add the name, or --client."]
            )
        return self._new_client(package), True

    def _may_be(self, client: Client, package: Package) -> bool:
        """Whether no tax id says that the client is somebody else."""
        tax_id = str(package.billing_details.get("tax_id") or "")
        known = clients.billing_details(self._store, client.id)
        return not tax_id or known is None or not known.tax_id or compact(known.tax_id) == compact(tax_id)

    def _new_client(self, package: Package) -> Client:
        values: Values = {
            "country": self._session.settings.region,
            "since": self._session.today().isoformat(),
            **package.client,
            "stage": "handover",
            "owner_id": self._receiver(package, None),
        }
        return insert_in(self._session, self._transaction, Client(**values))  # pyright: ignore[reportArgumentType]

    def _receiver(self, package: Package, client: Client | None) -> int | None:
        named = package.deal.get("receiver_id")
        if isinstance(named, int):
            return named
        if client is not None and works_here(self._session, client.owner_id):
            return client.owner_id
        return self._session.me.id if self._session.me.role in _RECEIVES else None

    # the handover

    def _handover_of(self, client: Client, package: Package) -> Handover | None:
        external = str(package.deal.get("external_id") or "")
        if external:
            same = [
                handover
                for handover in handovers.by_external_id(self._store, external)
                if handover.client_id == client.id
            ]
            if same:
                return same[0]
        wanted = fold(str(package.deal["deal"]))
        return next(
            (
                handover
                for handover in handovers.of_client(self._store, client.id)
                if fold(handover.deal) == wanted and not (external and handover.external_id)
            ),
            None,
        )

    def _stored(self, client: Client, package: Package, known: Handover | None) -> Handover:
        values: Values = {name: value for name, value in package.deal.items() if name in columns(Handover)}
        today = self._session.today().isoformat()
        if known is None:
            is_sales = self._session.me.role == "sales"
            first: Values = {
                "client_id": client.id,
                "sent_on": today,
                "receiver_id": self._receiver(package, client),
                "sales_id": self._session.me.id if is_sales else None,
            }
            return insert_in(self._session, self._transaction, Handover(**{**first, **values}))  # pyright: ignore[reportArgumentType]
        if known.state == "returned":
            values |= {"state": "sent", "sent_on": today, "sent_at": self._transaction.at}
            values |= {"decided_on": None, "decided_at": None, "decided_by_id": None}
        else:
            values.pop("sent_on", None)
        wanted = {name: value for name, value in values.items() if getattr(known, name) != value}
        return change_in(self._session, self._transaction, known, wanted) if wanted else known

    def _keep(
        self, client: Client, handover: Handover, package: Package, changes: Sequence[CardChange]
    ) -> None:
        before = handovers.packages(self._store, handover.id)
        self._transaction.insert(
            HandoverPackage(
                client_id=client.id,
                handover_id=handover.id,
                attempt=len(before) + 1,
                source=self._file[:200],
                content=package.content,
                changes=card.to_json(changes),
            )
        )

    # special terms

    def _term(self, client: Client, handover: Handover, entry: Entry) -> str:
        """Let a term be a promise that the receiver must acknowledge; gives back its text if it is new."""
        values = self._term_values(client, handover, entry)
        wanted = fold(str(values["text"]))
        known = next((p for p in promises.of_client(self._store, client.id) if fold(p.text) == wanted), None)
        promise = known or insert_in(self._session, self._transaction, Promise(**values))  # pyright: ignore[reportArgumentType]
        if known is not None:
            filled = {
                name: value
                for name, value in values.items()
                if value not in ("", None) and getattr(known, name) in ("", None)
            }
            promise = change_in(self._session, self._transaction, known, filled) if filled else known
        items = handovers.items(self._store, handover.id)
        if all(item.promise_id != promise.id for item in items):
            self._transaction.insert(term_item(handover, promise))
        return "" if known is not None else promise.text

    def _term_values(self, client: Client, handover: Handover, entry: Entry) -> dict[str, Value]:
        values: Values = {
            "given_by_id": handover.sales_id,
            "promise_kind": "term",
            **entry.values,
            "client_id": client.id,
            "status": "new",
            "owner_id": handover.receiver_id
            or (client.owner_id if works_here(self._session, client.owner_id) else None),
        }
        if entry.person:
            wanted = fold(entry.person)
            people = clients.contacts(self._store, client.id)
            contact = next(
                (contact for contact in people if wanted in (fold(contact.name), fold(contact.address_as))),
                None,
            )
            if contact is not None:
                values["given_to_id"] = contact.id
            else:
                evidence = str(values.get("evidence") or "")
                values["evidence"] = with_party(evidence, "given_to", entry.person)
        return values

    def _no_terms(self, client: Client, handover: Handover) -> None:
        items = handovers.items(self._store, handover.id)
        if any(item.topic == "terms" and item.item_kind == "check" for item in items):
            return
        self._transaction.insert(
            HandoverItem(
                client_id=client.id,
                handover_id=handover.id,
                title="special terms",
                topic="terms",
                state="not_needed",
                reason="sales says that nothing special was agreed",
            )
        )
