"""Every reference offers records in the one order of pickers."""

from __future__ import annotations

import pytest

from onewindow.desk.editing import changing
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client, Contact
from onewindow.records.kinds import KINDS
from onewindow.records.organization import Staff
from onewindow.store.problems import NotFound


@pytest.mark.parametrize("typed", ["петров", "petrov", "gtnhjd"])
def test_the_surname_stands_first_among_staff_and_contacts(session: Session, typed: str) -> None:
    client = changing.insert(session, Client(name="Ромашка", owner_id=session.me.id))
    for login, name in (("gusev", "Гусев Роман Петрович"), ("ap", "Анна Петрова"), ("op", "Петров Олег Я")):
        changing.insert(session, Staff(login=login, name=name))
        changing.insert(session, Contact(client_id=client.id, name=name))
    expected = ["Анна Петрова", "Петров Олег Я", "Гусев Роман Петрович"]
    staff = [label for _, label in naming.suggest(session, "staff", typed) if label != "Петров Олег"]
    assert staff == expected
    assert [label for _, label in naming.suggest(session, "contact", typed, client.id)] == expected


def test_a_client_called_so_stands_before_one_who_has_the_word_inside(session: Session) -> None:
    for name in ("Гусев Роман Петрович ИП", "Торговый дом Петров", "Петров и сыновья"):
        changing.insert(session, Client(name=name, owner_id=session.me.id))
    found = [label for _, label in naming.suggest(session, "client", "петров")]
    assert found[0] == "Петров и сыновья"
    assert len(found) == 3


def test_things_that_begin_so_stand_before_those_with_the_word_later(session: Session) -> None:
    for kind in ("product", "feature", "playbook"):
        for name in ("Новый отчёт", "Отчёт о продажах", "Безотчётный"):
            changing.insert(session, KINDS[kind].record(**{KINDS[kind].title: name}))
        found = [label for _, label in naming.suggest(session, kind, "отчёт")]
        assert found == ["Отчёт о продажах", "Новый отчёт", "Безотчётный"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("петров", "op"), ("Петров", "op"), ("игорь", "igor"), ("Орлова Анна", "anna2")]
)
def test_a_whole_word_names_the_person_and_not_who_has_it_in_another(
    session: Session, typed: str, meant: str
) -> None:
    for login, name in (
        ("gusev", "Гусев Роман Петрович"),
        ("ksenia", "Белова Ксения Игоревна"),
        ("igor", "Сомов Игорь Андреевич"),
        ("anna2", "Орлова Анна Сергеевна"),
    ):
        if not any(each.name == name for each in session.directory.staff.values()):
            changing.insert(session, Staff(login=login, name=name))
    people = {each.id: each.name for each in session.directory.staff.values()}
    expected = {"op": "Петров Олег", "igor": "Сомов Игорь", "anna2": "Орлова Анна"}[meant]
    assert people[naming.resolve(session, "staff", typed)].startswith(expected)


def test_a_beginning_that_several_have_is_asked_back(session: Session) -> None:
    for login, name in (("gusev", "Гусев Роман Петрович"), ("ap", "Петрова Анна")):
        changing.insert(session, Staff(login=login, name=name))
    with pytest.raises(NotFound, match="may mean several"):
        naming.resolve(session, "staff", "петр")


@pytest.mark.parametrize("word", ["9223372036854775808", "9999999999999999999", "99999999999999999999", "²"])
@pytest.mark.parametrize("kind", ["client", "request", "staff", "product"])
def test_figures_that_are_no_id_of_any_file_name_nothing(session: Session, kind: str, word: str) -> None:
    with pytest.raises(NotFound, match="There is no"):
        naming.resolve(session, kind, word)
    assert naming.suggest(session, kind, word) == []
