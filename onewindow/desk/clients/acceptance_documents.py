"""The closing documents of a client by month: what lacks since his service began, and places made for it."""

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


def months_lines(found: Sequence[Month]) -> list[str]:
    """The checklist in plain lines, the newest month first."""
    lines: list[str] = []
    for each in reversed(found):
        parts = [f"no {paper}" for paper in each.lacks] + [f"{paper} not signed" for paper in each.unsigned]
        lines.append(f"{each.month}: {', '.join(parts) or 'closed'}")
    return lines


def register_missing(session: Session, client: Client) -> list[Document]:
    """Make a place for each closing document that lacks, to be seen in his documents and in the day.

    Places that are there already stay as they are. Raises StoreProblem if nothing lacks.
    """
    store = session.store
    known = {
        (each.document_kind, each.period)
        for each in documents.of_client(store, client.id, _READ_AT_MOST)
        if each.state == "missing"
    }
    wanted: list[tuple[Paper, str]] = [
        (paper, month.month)
        for month in checklist_of(session, store, client)
        for paper in month.lacks
        if (paper, month.month) not in known
    ]
    if not wanted:
        raise StoreProblem(f"{client.name} has a document, or a place for one, in every month.")

    def work(transaction: Transaction) -> list[Document]:
        return [insert_in(session, transaction, _place(client, paper, month)) for paper, month in wanted]

    return session.change(f"{len(wanted)} closing documents awaited of {client.name}", work).result


def _place(client: Client, paper: Paper, month: str) -> Document:
    year, number = int(month[:4]), int(month[5:])
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
    """The day on which service began: the first signed contract or licence, else his first day."""
    signed = [each.signed_on for each in papers if each.document_kind == "contract" and each.signed_on]
    begun = [each.starts_on for each in ownership.licences(store, client.id) if each.starts_on]
    days = sorted([*signed, *begun] or ([client.since] if client.since else []))
    return date.fromisoformat(days[0]) if days else None


def _closings(papers: Sequence[Document]) -> list[Closing]:
    found: list[Closing] = []
    for paper in PAPERS:
        found += [
            # An invoice is closed when it is sent: nobody signs it.
            Closing(paper, month, paper == "invoice" or each.state in _SIGNED)
            for each in papers
            if each.document_kind == paper
            and each.state not in _NOT_THERE
            and (month := each.period[:7] or (each.issued_on or "")[:7])
        ]
    return found
