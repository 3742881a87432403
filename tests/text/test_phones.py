"""Numbers are normalised when valid and shown in groups."""

from __future__ import annotations

import subprocess
import sys

import pytest

from onewindow.text.phones import digits, format_phone, normalise_phone


@pytest.mark.parametrize(
    ("typed", "region", "number"),
    [
        ("8 (912) 345-67-89", "RU", "+79123456789"),
        ("+7 912 345 67 89", "BG", "+79123456789"),
        ("02 981 1234", "bg", "+35929811234"),
        ("12", "RU", None),
        ("not a phone", "RU", None),
        ("", "BG", None),
    ],
)
def test_only_valid_numbers_are_kept(typed: str, region: str, number: str | None) -> None:
    assert normalise_phone(typed, region) == number


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+79123456789", "+7 912 345-67-89"),
        ("+35921234567", "+359 2 123 4567"),
        ("+359881234567", "+359 88 123 4567"),
        ("+35952123456", "+359 52 123 456"),
        ("+35980012345", "+359 800 12 345"),
        ("+12125551234", "+1 212 555 1234"),
        ("+442071234567", "+44 207 123 4567"),
        ("+3711234567", "+371 123 4567"),
        ("доб. 12", "доб. 12"),
    ],
)
def test_numbers_are_shown_in_groups(number: str, shown: str) -> None:
    assert format_phone(number) == shown
    assert digits(shown) == digits(number)


def test_the_tables_are_loaded_only_to_normalise() -> None:
    code = "import sys; from onewindow.text.phones import format_phone; format_phone('+79123456789')"
    code += "; sys.exit('phonenumbers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
