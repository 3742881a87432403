"""What the program fills in of documents."""

from __future__ import annotations

from onewindow.desk.validation.record_rules import Context, RecordRules
from onewindow.records.work import Document
from onewindow.store.engine import Value


def _filled(context: Context, record: Document) -> dict[str, Value]:
    if record.state in ("signed", "received") and not record.signed_on and not context.is_import:
        return {"signed_on": context.today}
    return {}


DOCUMENT = RecordRules[Document](filled=_filled)
