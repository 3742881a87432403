"""Names of people as the columns of a file tell them."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.text.names.person_names import whole_name


def person_name(values: Mapping[str, str], language: str) -> str:
    """Give back the name with all its parts: `Last First Middle` in Russian, else the first name first."""
    name, last, first, middle = (
        values.get(part, "").strip() for part in ("name", "last_name", "first_name", "middle_name")
    )
    return whole_name(name, last, first, middle, language)
