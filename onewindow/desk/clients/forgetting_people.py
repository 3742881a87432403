"""What is private of a person of a client, and erasing all of it for good: facts and notes."""

from __future__ import annotations

from onewindow.desk.session import naming, private_facts
from onewindow.desk.session.context import Session
from onewindow.records.clients import Contact, ContactNote
from onewindow.records.fields import Record, attributes
from onewindow.store.changes import Transaction
from onewindow.store.clients import cards as clients
from onewindow.store.problems import StoreProblem


def private_held(session: Session, contact: Contact) -> list[str]:
    """What is private of a person and on file, as people call it; [] for nothing.

    Raises StoreProblem for whom it is hidden from.
    """
    if private_facts.is_hidden(session, contact):
        raise StoreProblem(f"What you erase is {private_facts.HIDDEN}.")
    held = [a.label for a in attributes(Contact) if a.private and getattr(contact, a.name)]
    notes = len(_notes_of(session, contact))
    return [*held, *([f"{notes} note{'s' if notes > 1 else ''}"] if notes else [])]


def erase_person(session: Session, contact: Contact) -> None:
    """Erase a person's private facts and all notes on that person for good; not undone by `u`.

    Raises StoreProblem for whom they are hidden from, and where there is nothing to erase.
    """
    if not private_held(session, contact):
        raise StoreProblem(f"Nothing private of {contact.name} is on file.")
    records: list[Record] = [contact, *_notes_of(session, contact)]

    def erase(transaction: Transaction) -> None:
        for record in records:
            transaction.erase(record, [a.name for a in attributes(type(record)) if a.private])

    session.change(f"erased private facts of {naming.title_of(contact)}", erase)


def _notes_of(session: Session, contact: Contact) -> list[ContactNote]:
    notes = clients.contact_notes(session.store, contact.client_id, 2000)
    return [note for note in notes if note.contact_id == contact.id and note.text]
