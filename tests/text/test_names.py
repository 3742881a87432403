"""A name is shortened only where it is sure which word is the surname."""

from __future__ import annotations

import pytest

from onewindow.text.names import short_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Куликова Татьяна Евгеньевна", "Куликова"),
        ("ИЛЬИН ПЁТР ИЛЬИЧ", "ИЛЬИН"),
        ("Анна Ким", "Анна Ким"),
        ("Мария Петрова Иванова", "Мария Петрова Иванова"),
        ("Анна Сергеевна Ким", "Анна Сергеевна Ким"),
        ("Anna", "Anna"),
        ("", ""),
    ],
)
def test_short_name(name: str, short: str):
    assert short_name(name) == short
