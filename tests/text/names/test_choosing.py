"""The order of every picker: surname, given name, any word, inside; in any alphabet and layout."""

from __future__ import annotations

import pytest

from onewindow.text.names.person_names import surname_place
from onewindow.text.names.picking import narrowed

STAFF = ["Гусев Роман Петрович", "Орлова Петра Ивановна", "Иванов Пётр", "Петров Олег", "Шпетрова Анна"]


def _people(typed: str, names: list[str] | None = None) -> list[str]:
    return narrowed(names or STAFF, typed, str, people=True)


@pytest.mark.parametrize("typed", ["петр", "petr", "gtnh", "ПЕТР"])
def test_a_surname_comes_before_a_given_name_and_a_patronymic(typed: str) -> None:
    assert _people(typed) == [
        "Петров Олег",
        "Орлова Петра Ивановна",
        "Иванов Пётр",
        "Гусев Роман Петрович",
        "Шпетрова Анна",
    ]


def test_the_whole_surname_leaves_out_who_has_another() -> None:
    assert _people("петров")[0] == "Петров Олег"
    assert _people("петров о") == ["Петров Олег"]
    assert _people("олег петров") == ["Петров Олег"]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Петров Олег", 0),
        ("Олег Петров", 1),
        ("Роман Петрович Гусев", 2),
        ("Гусев Роман Петрович", 0),
        ("Анна Ким", 0),
        ("Мария Николова Иванова", 0),
        ("Petrov", 0),
        ("", 0),
    ],
)
def test_the_surname_is_known_by_the_other_words(name: str, place: int) -> None:
    assert surname_place(name) == place


def test_a_surname_written_last_counts_as_one() -> None:
    assert _people("петр", ["Пётр Иванов", "Олег Петров"]) == ["Олег Петров", "Пётр Иванов"]


def test_other_things_are_ordered_by_where_the_words_stand() -> None:
    names = ["Отчёт за месяц", "Новый отчёт", "Безотчётный", "Отчёт за год"]
    assert narrowed(names, "отчёт", str) == ["Отчёт за месяц", "Отчёт за год", "Новый отчёт", "Безотчётный"]


def test_nothing_typed_offers_everything_as_it_stands() -> None:
    assert _people("") == STAFF
    assert _people("  ") == STAFF


def test_what_only_sounds_alike_is_offered_when_nothing_else_fits() -> None:
    assert _people("Shchelkin", ["Щёлкин Иван", "Петров Олег"]) == ["Щёлкин Иван"]
    assert _people("жжж") == []
