"""What became of a record by `x`, in a few words: the message and the label of undo say the same."""

from __future__ import annotations

from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.records.by_name import client_id_of
from onewindow.records.fields import Record


def done_text(session: Session, record: Record) -> str:
    """The kind, number or title, client and what became of it: `act 17 of Ромашка ООО is here`.

    A clause without a capital and an end; each kind of record has its own words in the display of its entry.
    """
    own_words = session.registry.of_record(record).display.done
    if own_words is not None:
        return own_words(session, record)
    return f"{naming.called(session, record)}{of_client(session, record)} is done"


def of_client(session: Session, record: Record) -> str:
    """` of Ромашка ООО`; '' for what belongs to no client."""
    whose = naming.label(session, "client", client_id_of(record))
    return f" of {whose}" if whose else ""


def quoted(text: str) -> str:
    """The first line of a text, in quotes."""
    lines = text.splitlines()
    return f"“{lines[0] if lines else ''}”"
