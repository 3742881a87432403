"""What the program fills in of documents."""

from __future__ import annotations

from onewindow.desk.editing.done_words import of_client, quoted
from onewindow.desk.reference.record_entries import Context, Display, Done, RecordEntry, RecordRules
from onewindow.desk.session.context import Session
from onewindow.records.requests import Document
from onewindow.store.engine import Value


def _filled(context: Context, record: Document) -> dict[str, Value]:
    if record.state in ("signed", "received") and not record.signed_on and not context.is_import:
        return {"signed_on": context.today}
    return {}


def _received(_session: Session, _record: Document) -> dict[str, Value]:
    return {"state": "received"}


def _received_text(session: Session, record: Document) -> str:
    kind = record.document_kind.replace("_", " ")
    return f"{kind} {record.number or quoted(record.title)}{of_client(session, record)} is here"


DOCUMENT = RecordEntry[Session, Document](
    RecordRules(filled=_filled),
    done=Done(_received, is_done=lambda record: record.state == "received"),
    display=Display(done=_received_text),
)
