"""Panel 2: documents that are missing, run out or are awaited, then all the others by date."""

from __future__ import annotations

from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import PanelView, RecordKey, phrases, pick, rows_of, tally
from onewindow.desk.window.panels.when import When, when
from onewindow.desk.window.snapshot import ClientSnapshot
from onewindow.records.requests import Document
from onewindow.text.layout.cells import Cell, Column, Row, Tone, mark_of
from onewindow.text.money import format_money

NAME, NUMBER, TITLE = "documents", "2", "documents"
MODES = ("attention first", "by date")
NEW_KIND = "document"
KINDS = frozenset({"document"})
EMPTY = "No documents. Contracts, invoices and acts belong here, also those still missing; n adds one."
COLUMNS = (
    Column(min_width=16),
    Column(width=9),
    Column(width=10),
    Column(width=15, drop_priority=3, align="right"),
    Column(width=13, drop_priority=2),
    Column(width=13, drop_priority=1),
)

_OVER = ("expired", "cancelled")
_AWAITED = ("draft", "sent")


def view(session: Session, snapshot: ClientSnapshot, mode: str = "") -> PanelView:
    """The panel: what is missing, expires or is late stands first, unless it is sorted by date."""
    moment = when(session, snapshot)
    # What is missing without a date is awaited by nobody yet.
    missing = sorted(snapshot.missing, key=lambda document: document.due_on or "9")
    expiring = [document for document in snapshot.expiring if is_expiring(document)]
    # Missing and expiring ones are queries of their own: they may lie behind the newest rows that were read.
    known = {document.id for document in (*missing, *expiring)}
    awaited = [d for d in snapshot.documents if d.id not in known and is_overdue(moment, d)]
    attention = [*missing, *expiring, *awaited]
    first = {document.id for document in attention}
    others = [document for document in snapshot.documents if document.id not in first]
    ordered = [*attention, *others]
    if pick(MODES, mode) == "by date":
        # Stable: what has no date keeps the order of urgency, at the end.
        ordered.sort(key=lambda document: document.issued_on or document.due_on or "", reverse=True)
    ended = sum(_has_ended(moment, document) for document in expiring)
    counts = (
        (len(missing), "missing"),
        (ended, "expired"),
        (len(expiring) - ended, "expires" if len(expiring) - ended == 1 else "expire"),
        (len(awaited), "not back"),
    )
    return PanelView(
        name=NAME,
        title=f"{NUMBER} {TITLE}",
        summary=tally(*counts) or tally((len(ordered), "")),
        worst=_worst(moment, attention),
        columns=COLUMNS,
        rows=rows_of(ordered, lambda document: _row(moment, document, document.id in first)),
        empty=EMPTY,
        new_kind=NEW_KIND,
        kinds=KINDS,
        alarming=phrases(counts[0], counts[1], counts[3]),
    )


def called(document: Document) -> str:
    """A document's title and number, with the period that an act or invoice is for."""
    name = document.title if document.number in document.title else f"{document.title} {document.number}"
    return f"{name}, {document.period}" if document.period and document.period not in name else name


def is_expiring(document: Document) -> bool:
    """Whether the end of a document still matters: it was neither ended nor cancelled by hand."""
    return document.state not in (*_OVER, "missing")


def is_overdue(moment: When, document: Document) -> bool:
    """Whether a document that was sent or drafted should have been back signed by now."""
    return document.state in _AWAITED and (moment.days_to(document.due_on) or 0) < 0


def _has_ended(moment: When, document: Document) -> bool:
    return (moment.days_to(document.expires_on) or 0) < 0


def _state(moment: When, document: Document, urgent: bool) -> tuple[str, str, str, Tone]:
    """What a row says of a document: state, when, the exact date, tone."""
    if document.state == "missing":
        tone = "late" if (moment.days_to(document.due_on) or 0) < 0 else "warn"
        return "missing", moment.due(document.due_on), moment.day(document.due_on), tone
    if urgent and document.expires_on and is_expiring(document) and not is_overdue(moment, document):
        ended = _has_ended(moment, document)
        word, tone = ("expired", "late") if ended else ("expires", "warn")
        return word, moment.away(document.expires_on), f"till {moment.day(document.expires_on)}", tone
    if urgent:
        return document.state, moment.due(document.due_on), f"by {moment.day(document.due_on)}", "late"
    till = f"till {moment.day(document.expires_on)}" if document.expires_on else ""
    return document.state, moment.day(document.issued_on), till, ""


def _row(moment: When, document: Document, urgent: bool) -> Row:
    state, at, exact, tone = _state(moment, document, urgent)
    amount = format_money(document.amount, document.currency) if document.amount is not None else ""
    return Row(
        RecordKey("document", document.id),
        (
            Cell(called(document)),
            Cell(state, tone),
            Cell(at, tone),
            Cell(amount),
            Cell(document.document_kind),
            Cell(exact, "dim"),
        ),
        mark_of(tone),
        "dim" if document.state in _OVER else "",
    )


def _worst(moment: When, attention: list[Document]) -> str:
    for document in attention[:1]:
        state, at, _, _ = _state(moment, document, urgent=True)
        return " ".join(part for part in (called(document), state, at) if part)
    return ""
