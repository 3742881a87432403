"""Whose number, mail or name a search meant, among the people of one client."""

from __future__ import annotations

import pytest

from onewindow.desk.meetings.caller import person_meant
from onewindow.records.clients import Contact

PEOPLE = (
    Contact(id=1, client_id=1, name="Ким Анна Сергеевна", phone="+79123456789", email="kim@romashka.ru"),
    Contact(
        id=2, client_id=1, name="Лаптева Ирина Юрьевна", phone="+79162201408", phone_2="+74951234567 ext. 105"
    ),
    Contact(id=3, client_id=1, name="Лаптев Олег Иванович", email="ok@romashka.ru", email_2="Oleg@Mail.ru"),
)


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("+7 916 220-14-08", 2),
        ("8 (916) 220 14 08", 2),
        ("2201408", 2),
        ("1408", 2),
        ("8 495 123-45-67", 2),
        ("+7 912 345-67-89", 1),
        ("408", None),
        ("+7 999 765-43-21", None),
        ("oleg@mail", 3),
        ("kim@", 1),
        ("@romashka.ru", None),
        ("лаптева", 2),
        ("лаптев", None),
        ("лаптев олег", 3),
        ("kfgntdf", 2),
        ("ким", 1),
        ("ромашка", None),
        ("", None),
    ],
)
def test_one_person_is_meant_or_nobody(typed: str, who: int | None) -> None:
    contact = person_meant(PEOPLE, typed)
    assert (contact.id if contact else None) == who
