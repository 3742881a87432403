"""Names of people from the columns of a file."""

from __future__ import annotations

from onewindow.exchange.values.person_names import person_name


def test_name_is_whole_or_put_together_by_the_custom_of_the_language() -> None:
    parts = {"last_name": "Петрова", "first_name": "Анна", "middle_name": ""}
    assert person_name(parts, "ru") == "Петрова Анна"
    assert person_name(parts, "bg") == "Анна Петрова"
    assert person_name({**parts, "name": " Анна М. Петрова "}, "ru") == "Анна М. Петрова"
    assert (
        person_name({**parts, "name": "Анна", "middle_name": "Сергеевна"}, "ru") == "Петрова Анна Сергеевна"
    )
