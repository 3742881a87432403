"""Numbers are normalised when valid and shown in groups."""

from __future__ import annotations

import subprocess
import sys

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

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


@st.composite
def _mobiles(draw: st.DrawFn) -> str:
    """What looks like a mobile number of Russia or Bulgaria, in the groups and with the slips of people."""
    code, start = draw(st.sampled_from([("+7", "9"), ("8", "9"), ("+359", "8"), ("0", "8"), ("7", "9")]))
    rest = start + draw(st.text("0123456789", min_size=8, max_size=9))
    cut = draw(st.integers(1, 4))
    area = draw(st.sampled_from(["{}", "({})", " {}", " ({}) ", "-{}-", "({}"])).format(rest[:cut])
    return (
        code
        + area
        + "".join(digit + draw(st.sampled_from(["", "", "-", " ", ".", "--"])) for digit in rest[cut:])
    )


@given(_mobiles(), st.sampled_from(["RU", "BG", "KZ", "DE"]))
@example("8 (912) 345-67-89", "RU")
@example("+359 88 812 34 56", "RU")
@example("0888123456", "BG")
def test_the_short_way_for_mobiles_says_what_the_library_says(typed: str, region: str) -> None:
    try:
        number = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        expected = None
    else:
        written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        expected = written if phonenumbers.is_valid_number(number) else None
    assert normalise_phone(typed, region) == expected


@pytest.mark.parametrize(("code", "starts"), [("+7", range(900, 1000)), ("+359", (87, 88, 89))])
def test_the_short_way_takes_valid_numbers_of_all_areas(code: str, starts: range | tuple[int, ...]) -> None:
    for start in starts:
        for end in ("0000000", "1234567", "0012345", "9999999"):
            number = phonenumbers.parse(f"{code}{start}{end}")
            expected = f"{code}{start}{end}" if phonenumbers.is_valid_number(number) else None
            assert normalise_phone(f"{code} {start} {end}", "DE") == expected
