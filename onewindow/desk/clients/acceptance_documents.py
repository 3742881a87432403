"""The acceptance documents of a client by month: what is missing since service began, and places for it."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date

from onewindow.desk.editing.changing import insert_in
from onewindow.desk.session.context import Session
from onewindow.metrics.acceptance_documents import (
    PAPERS,
    Closing,
    Month,
    Paper,
    closing_checklist,
    months_between,
)
from onewindow.records.clients import Client
from onewindow.records.requests import Document
from onewindow.store import documents
from onewindow.store.adoption import ownership
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store
from onewindow.store.problems import StoreProblem

MONTHS = 12
"""How far back is looked, at most."""
_READ_AT_MOST = 1000
_NOT_THERE = ("missing", "cancelled", "draft")
_SIGNED = ("signed", "received")
_TITLES: dict[str, dict[Paper, str]] = {
    "ru": {"invoice": "счёт", "act": "акт"},
    "bg": {"invoice": "фактура", "act": "протокол"},
    "en": {"invoice": "invoice", "act": "act"},
}


def checklist_of(session: Session, store: Store, client: Client, months: int = MONTHS) -> list[Month]:
    """How each of the last full months of a client's service stands, the oldest first."""
    papers = documents.of_client(store, client.id, _READ_AT_MOST)
    start = _start(store, client, papers)
    if start is None:
        return []
    return closing_checklist(months_between(start, session.today(), months), _closings(papers))


def months_lines(months: Sequence[Month]) -> list[str]:
    """The checklist in plain lines, the newest month first."""
    lines: list[str] = []
    for month in reversed(months):
        parts = [f"no {paper}" for paper in month.missing] + [
            f"{paper} not signed" for paper in month.unsigned
        ]
        lines.append(f"{month.month}: {', '.join(parts) or 'closed'}")
    return lines


def register_missing(session: Session, client: Client) -> list[Document]:
    """Make a place for each missing acceptance document, to be seen among the documents and in the day.

    Places that are there already stay as they are. Raises StoreProblem if nothing is missing.
    """
    store = session.store
    known = {
        (document.document_kind, document.period)
        for document in documents.of_client(store, client.id, _READ_AT_MOST)
        if document.state == "missing"
    }
    missing: list[tuple[Paper, str]] = [
        (paper, month.month)
        for month in checklist_of(session, store, client)
        for paper in month.missing
        if (paper, month.month) not in known
    ]
    if not missing:
        raise StoreProblem(f"{client.name} has a document, or a place for one, in every month.")

    def work(transaction: Transaction) -> list[Document]:
        return [insert_in(session, transaction, _place(client, paper, month)) for paper, month in missing]

    return session.change(f"{len(missing)} closing documents awaited of {client.name}", work).result


def _place(client: Client, paper: Paper, month: str) -> Document:
    year, number = int(month[:4]), int(month[5:])
    # Due at the end of its own month: the oldest is the most overdue.
    last = date(year, number, calendar.monthrange(year, number)[1])
    return Document(
        client_id=client.id,
        document_kind=paper,
        title=_TITLES.get(client.language, _TITLES["en"])[paper],
        state="missing",
        period=month,
        due_on=last.isoformat(),
    )


def _start(store: Store, client: Client, papers: Sequence[Document]) -> date | None:
    """The day on which service began: the first signed contract or licence, else the client's first day."""
    signed = [
        document.signed_on
        for document in papers
        if document.document_kind == "contract" and document.signed_on
    ]
    begun = [licence.starts_on for licence in ownership.licences(store, client.id) if licence.starts_on]
    days = sorted([*signed, *begun] or ([client.since] if client.since else []))
    return date.fromisoformat(days[0]) if days else None


def _closings(papers: Sequence[Document]) -> list[Closing]:
    closings: list[Closing] = []
    for paper in PAPERS:
        closings += [
            # An invoice is closed when it is sent: nobody signs it.
            Closing(paper, month, paper == "invoice" or document.state in _SIGNED)
            for document in papers
            if document.document_kind == paper
            and document.state not in _NOT_THERE
            and (month := document.period[:7] or (document.issued_on or "")[:7])
        ]
    return closings
