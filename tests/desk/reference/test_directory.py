"""Colleagues are read when they are named, and nobody can tell."""

from __future__ import annotations

from onewindow.desk.editing import changing
from onewindow.desk.reference.directory import Colleagues
from onewindow.desk.session.context import Session
from onewindow.records.organization import Staff
from onewindow.store.people import organization


def test_a_colleague_who_is_named_is_read_alone(session: Session) -> None:
    everybody = {person.id: person for person in organization.staff(session.store)}
    colleagues = Colleagues(session.store)
    asked: list[str] = []
    session.store.connection.set_trace_callback(asked.append)
    assert {staff_id: colleagues[staff_id] for staff_id in (*everybody, *everybody)} == everybody
    session.store.connection.set_trace_callback(None)
    assert len(asked) == len(everybody)
    assert all(" WHERE id = " in statement for statement in asked)
    assert colleagues.get(0) is None
    assert colleagues.get(987_654) is None
    assert 987_654 not in colleagues


def test_all_colleagues_come_by_name_whoever_was_named_before(session: Session) -> None:
    expected = [person.name for person in organization.staff(session.store)]
    colleagues = Colleagues(session.store)
    assert colleagues.get(987_654) is None
    assert colleagues[session.me.id] == session.me
    assert [person.name for person in colleagues.values()] == expected
    assert len(colleagues) == len(expected)
    assert colleagues.get(987_654) is None
    assert colleagues[session.me.id] == session.me


def test_a_directory_knows_a_colleague_under_his_new_name(session: Session) -> None:
    assert session.directory.surname(session.me.id) == "Иванова"
    changing.change(session, session.me, {"name": "Сидорова Мария"})
    assert session.directory.surname(session.me.id) == "Сидорова"
    newcomer = changing.insert(session, Staff(login="late", name="Поздний Пётр"))
    assert session.directory.name(newcomer.id) == "Поздний Пётр"
