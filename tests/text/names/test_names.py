"""A name is shortened only where it is sure which word is the surname."""

from __future__ import annotations

import pytest

from onewindow.text.names.person_names import short_name, surname_place, whole_name, words_besides


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Куликова Татьяна Евгеньевна", "Куликова"),
        ("ИЛЬИН ПЁТР ИЛЬИЧ", "ИЛЬИН"),
        ("Анна Ким", "Анна Ким"),
        ("Мария Петрова Иванова", "Мария Петрова Иванова"),
        ("Анна Сергеевна Ким", "Анна Сергеевна Ким"),
        ("Роман Аркадьевич Абрамович", "Роман Аркадьевич Абрамович"),
        ("Абрамович Роман Аркадьевич", "Абрамович"),
        ("Anna", "Anna"),
        ("", ""),
    ],
)
def test_short_name(name: str, short: str):
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Роман Аркадьевич Абрамович", 2),
        ("Абрамович Роман Аркадьевич", 0),
        ("Анна Сергеевна Ким", 2),
        ("Ким Анна Сергеевна", 0),
        ("Роман Петров", 1),
    ],
)
def test_a_surname_that_looks_like_a_patronymic_is_one(name: str, place: int):
    assert surname_place(name) == place


@pytest.mark.parametrize(
    ("name", "last", "first", "middle", "whole"),
    [
        ("Анна Ким", "Ким", "Анна", "Сергеевна", "Анна Сергеевна Ким"),
        ("Ким Анна", "Ким", "Анна", "Сергеевна", "Ким Анна Сергеевна"),
        ("Анна", "Ким", "", "Сергеевна", "Ким Анна Сергеевна"),
        ("Анна", "Ким", "Анна", "", "Ким Анна"),
        ("", "Kim", "Anna", "", "Anna Kim"),
        ("John Public", "Public", "John", "Quinlan", "John Quinlan Public"),
        ("Анна из Альфы", "Ким", "Анна", "", "Анна Ким"),
        ("Ким", "Ким", "", "Сергеевна", "Ким Сергеевна"),
        ("Анна Сергеевна Ким", "Ким", "Анна", "", "Анна Сергеевна Ким"),
        ("Роман Абрамович", "Абрамович", "Роман", "Аркадьевич", "Роман Аркадьевич Абрамович"),
    ],
)
def test_a_whole_name_loses_no_part(name: str, last: str, first: str, middle: str, whole: str):
    assert whole_name(name, last, first, middle) == whole


def test_what_a_name_said_besides_its_parts_is_told():
    assert words_besides("Анна из Альфы", "Анна Ким") == "Анна из Альфы"
    assert words_besides("Ким Анна", "Анна Сергеевна Ким") == ""
