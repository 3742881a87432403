"""Private facts of persons: who sees them, and that all other records are nobody's secret."""

from __future__ import annotations

import pytest
from rich_client import RichClient

from onewindow.desk.editing import changing
from onewindow.desk.opening import at_work
from onewindow.desk.session import private_facts
from onewindow.desk.session.context import Session
from onewindow.records.clients import ContactNote
from onewindow.records.organization import Staff
from onewindow.records.requests import Task
from onewindow.store.problems import StoreProblem


@pytest.fixture
def stranger(session: Session) -> Session:
    """A colleague who does not look after Ромашка."""
    orlov = changing.insert(session, Staff(login="orlov", name="Орлов Борис"))
    return at_work(session.store, orlov, session.settings, session.clock, session.zone)


def test_only_records_with_private_fields_are_hidden(rich_client: RichClient, stranger: Session) -> None:
    task, note = Task(client_id=rich_client.id, title="x"), rich_client.made["contact_note"][0]
    assert isinstance(note, ContactNote)
    hidden = [private_facts.is_hidden(stranger, each) for each in (task, note, rich_client.main)]
    assert hidden == [False, True, True]
    assert not any(private_facts.is_hidden(rich_client.session, each) for each in (task, note))


def test_a_stranger_gets_persons_without_birthdays_and_no_notes(
    rich_client: RichClient, stranger: Session
) -> None:
    main = rich_client.change(rich_client.main, birthday="1980-02-29")
    note = rich_client.made["contact_note"][0]
    task = Task(client_id=rich_client.id, title="x")
    given = list(private_facts.without_hidden(stranger, [main, note, task]))
    assert given == [main.with_changes({"birthday": None}), task]
    assert list(private_facts.without_hidden(rich_client.session, [main, note])) == [main, note]
    assert private_facts.visible(stranger, main).birthday is None
    with pytest.raises(StoreProblem, match="private: for who looks after the client, and leads"):
        private_facts.visible(stranger, note)


def test_a_stranger_may_leave_a_birthday_and_not_set_one(rich_client: RichClient, stranger: Session) -> None:
    main = rich_client.change(rich_client.main, birthday="1980-02-29")
    wanted = {"role": "директор", "birthday": None}
    assert private_facts.validate_change(stranger, main, dict(wanted)) == {"role": "директор"}
    assert private_facts.validate_change(rich_client.session, main, dict(wanted)) == wanted
    with pytest.raises(StoreProblem, match="What you change is private"):
        private_facts.validate_change(stranger, main, {"birthday": "1980-03-01"})
