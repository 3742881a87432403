"""Undo never takes away what others worked on since, and an archived client stays as it is."""

from __future__ import annotations

import pytest
from rich_client import Clock, RichClient

from onewindow.desk.caches import client_caches
from onewindow.desk.editing import changing
from onewindow.desk.editing.archived_clients import ClientArchived
from onewindow.desk.imports import undo
from onewindow.desk.imports.running import import_file
from onewindow.desk.opening import at_work
from onewindow.desk.requests import replies
from onewindow.desk.requests.intake import Intake
from onewindow.desk.requests.registering import register
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client, Contact
from onewindow.records.fields import Record
from onewindow.records.requests import Request, Task
from onewindow.settings import Settings
from onewindow.store import rows
from onewindow.store.people import organization
from onewindow.store.problems import UndoRefused


@pytest.fixture
def other(session: Session, clock: Clock) -> Session:
    """Петров at work on the same file."""
    colleague = organization.staff_by_login(session.store, "petrov")
    assert colleague is not None
    return at_work(session.store, colleague, Settings(), clock, "Europe/Moscow")


def _new_client(session: Session, name: str = "Лютик ООО") -> Client:
    client = changing.add(session, "client", {"name": name})
    assert isinstance(client, Client)
    return client


def _now(session: Session, record: Record) -> Record:
    return rows.get(session.store, type(record), record.id)


def _lives(session: Session, record: Record) -> bool:
    return _now(session, record).archived_at is None


def test_a_new_client_whom_a_colleague_edited_stays(session: Session, other: Session) -> None:
    client = _new_client(session)
    changing.change(other, client, {"city": "Псков", "goal": "расти"})
    with pytest.raises(UndoRefused, match="Петров Олег changed goal, city of the client “Лютик ООО”"):
        session.undo()
    assert _lives(session, client)
    other.undo()
    session.undo()
    assert not _lives(session, client)
    session.redo()
    assert _lives(session, client)


def test_a_new_client_with_new_requests_stays_until_these_are_gone(session: Session, other: Session) -> None:
    client = _new_client(session)
    request = changing.add(other, "request", {"title": "не печатает"}, client.id)
    with pytest.raises(UndoRefused, match="Петров Олег added the request “не печатает”"):
        session.undo()
    assert _lives(session, client)
    changing.archive(other, request)
    session.undo()
    assert not _lives(session, client)


def test_a_client_whom_another_names_is_in_use(session: Session, other: Session) -> None:
    client = _new_client(session)
    changing.add(other, "client", {"name": "Пион", "referrer_id": f"C-{client.number}"})
    with pytest.raises(UndoRefused, match="Петров Олег added the client “Пион”"):
        session.undo()


def test_a_new_request_that_got_only_a_note_stays(
    session: Session, other: Session, rich_client: RichClient
) -> None:
    request = changing.add(session, "request", {"title": "доступ"}, rich_client.id)
    assert isinstance(request, Request)
    replies.note_down(other, request, "звонил, перезвонят")
    with pytest.raises(UndoRefused, match="worked on since: Петров Олег"):
        session.undo()
    assert _lives(session, request)


def test_my_own_later_work_is_taken_back_first_and_stops_nothing(session: Session) -> None:
    client = _new_client(session)
    person = changing.add(session, "contact", {"name": "Анна"}, client.id)
    changing.change(session, person, {"role": "бухгалтер"})
    for _ in range(3):
        session.undo()
    assert not _lives(session, client)
    assert not _lives(session, person)
    for _ in range(3):
        session.redo()
    assert getattr(_now(session, person), "role", "") == "бухгалтер"
    assert client_caches.differences(session.store) == []


def test_undoing_a_restore_archives_nothing_that_was_worked_on(session: Session, other: Session) -> None:
    client = _new_client(session)
    changing.archive(session, client)
    changing.restore(session, client)
    changing.add(other, "task", {"title": "позвонить"}, client.id)
    with pytest.raises(UndoRefused, match="added the task “позвонить”"):
        session.undo()
    assert _lives(session, client)


def test_redo_of_an_archive_is_refused_after_new_work(session: Session, other: Session) -> None:
    client = _new_client(session)
    changing.archive(session, client)
    session.undo()
    changing.add(other, "contact", {"name": "Вера"}, client.id)
    with pytest.raises(UndoRefused, match="added the contact “Вера”"):
        session.redo()
    assert _lives(session, client)


def test_work_before_the_restore_is_no_work_since(session: Session, other: Session) -> None:
    client = _new_client(session)
    changing.add(other, "contact", {"name": "Вера"}, client.id)
    changing.archive(session, client)
    changing.restore(session, client)
    session.undo()
    assert not _lives(session, client)


def test_an_import_is_not_undone_over_work_but_taken_back_around_it(session: Session, other: Session) -> None:
    import_file(session, "client", "name\nЛютик\nПион\n".encode(), "new.csv")
    lutik, pion = rows.fetch(session.store, Client, "ORDER BY id DESC LIMIT 2")[::-1]
    changing.change(other, lutik, {"city": "Псков"})
    with pytest.raises(UndoRefused, match="import undo last"):
        session.undo()
    assert _lives(session, pion)
    report = undo.undo_import(session, undo.named_run(session, "last"))
    assert (report.archived, [kept.title for kept in report.kept]) == (1, [f"C-{lutik.number} Лютик"])
    assert (_lives(session, lutik), _lives(session, pion)) == (True, False)


def test_nothing_is_changed_on_or_added_to_an_archived_client(session: Session, other: Session) -> None:
    client = _new_client(session)
    person = changing.add(session, "contact", {"name": "Анна"}, client.id)
    request = changing.add(session, "request", {"title": "счёт"}, client.id)
    assert isinstance(request, Request)
    changing.archive(session, client)
    archived = rows.get(session.store, Client, client.id)
    told = f"Лютик ООО .C-{client.number}. is archived; .*onewindow client restore C-{client.number}"
    line = Intake(other, archived.id).understand("не печатает")
    for work in (
        lambda: changing.change(other, archived, {"city": "Псков"}),
        lambda: changing.change(other, person, {"role": "директор"}),
        lambda: changing.add(other, "task", {"title": "позвонить"}, client.id),
        lambda: replies.reply_to(other, request, "готово"),
        lambda: register(other, line),
        lambda: changing.change_many(other, [archived], {"tags": "важно"}, "tags"),
    ):
        with pytest.raises(ClientArchived, match=told):
            work()
    assert rows.fetch(session.store, Task, "WHERE client_id = :c", c=client.id) == []
    assert _now(session, client) == archived
    changing.restore(other, client)
    assert changing.change(other, archived, {"city": "Псков"}).city == "Псков"


def test_undo_and_restore_go_on_where_the_client_is_archived(session: Session) -> None:
    client = _new_client(session)
    person = changing.add(session, "contact", {"name": "Анна"}, client.id)
    changing.change(session, person, {"role": "бухгалтер"})
    changing.archive(session, client)
    session.undo()
    session.undo()
    session.undo()
    session.undo()
    assert not _lives(session, client)
    for _ in range(4):
        session.redo()
    assert not _lives(session, client)
    changing.restore(session, client)
    assert _lives(session, client)


@pytest.mark.parametrize(
    ("kind", "text"),
    [("contact", "client,name\nЛютик ООО,Вера\n"), ("task", "client,title\nЛютик ООО,позвонить\n")],
)
def test_a_file_names_the_rows_of_archived_clients(session: Session, kind: str, text: str) -> None:
    client = _new_client(session)
    changing.archive(session, client)
    other = _new_client(session, "Пион")
    more = text.splitlines()[1].replace("Лютик ООО", "Пион")
    report = import_file(session, kind, f"{text}{more}\n".encode(), "rows.csv")
    assert [row.verdict for row in report.rows] == ["error", "create"]
    assert f"C-{client.number}) is archived" in report.rows[0].reason
    made = rows.fetch(session.store, Contact if kind == "contact" else Task, "ORDER BY id")
    assert [each.client_id for each in made] == [other.id]


def test_a_record_whose_making_was_taken_back_comes_into_view_by_no_other_undo(
    session: Session, other: Session
) -> None:
    client = _new_client(session)
    changing.archive(other, client)
    assert session.undo() == "new client: C-1 Лютик ООО"
    assert other.undo() == "archived client: C-1 Лютик ООО; it stays archived, for its making was taken back"
    assert not _lives(session, client)
    assert session.redo() == "new client: C-1 Лютик ООО"
    assert _lives(session, client)
    assert other.redo() == "archived client: C-1 Лютик ООО"
    assert not _lives(session, client)
    assert other.undo() == "archived client: C-1 Лютик ООО"
    assert _lives(session, client)


def test_what_somebody_brought_back_after_its_making_was_taken_back_lives_on(
    session: Session, other: Session
) -> None:
    client = _new_client(session)
    session.undo()
    changing.restore(other, _now(session, client))
    changing.archive(other, _now(session, client))
    other.undo()
    assert _lives(session, client)
