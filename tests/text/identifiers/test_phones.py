"""Numbers are normalised when valid and shown in groups."""

from __future__ import annotations

import subprocess
import sys

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onewindow.text.identifiers.phones import digits, format_phone, normalise_phone, split_phones


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
        ("+4930901820", "+49 30 901 820"),
        ("+375172188431", "+375 17 218 8431"),
        ("+3711234567", "+371 123 4567"),
        ("доб. 12", "доб. 12"),
    ],
)
def test_numbers_are_shown_in_groups(number: str, shown: str) -> None:
    assert format_phone(number) == shown
    assert digits(shown) == digits(number)


def test_the_tables_are_loaded_only_to_normalise() -> None:
    code = (
        "import sys; from onewindow.text.identifiers.phones import format_phone; format_phone('+79123456789')"
    )
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


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("8 (495) 123-45-67 доб. 105", "+74951234567 ext. 105"),
        ("8 495 123 45 67 (доб.105)", "+74951234567 ext. 105"),
        ("8 495 123-45-67, вн. 105", "+74951234567 ext. 105"),
        ("+7 495 123-45-67 внутренний номер 105", "+74951234567 ext. 105"),
        ("+7 495 123-45-67 ext. 105", "+74951234567 ext. 105"),
        ("+7 495 123-45-67 x105", "+74951234567 ext. 105"),
        ("+74951234567#105", "+74951234567 ext. 105"),
        ("8(495)1234567*105", "+74951234567 ext. 105"),
        ("84951234567,,105", "+74951234567 ext. 105"),
        ("tel:+74951234567;ext=105", "+74951234567 ext. 105"),
        ("+74951234567 ext. 105", "+74951234567 ext. 105"),
        ("359888123456", "+359888123456"),
        ("79123456789", "+79123456789"),
        ("+7 495 123-45-67, 105", None),
        ("8 495 123-45-67/68", None),
    ],
)
def test_extensions_are_kept_and_a_lost_plus_comes_back(typed: str, number: str | None) -> None:
    assert normalise_phone(typed, "RU") == number


def test_a_number_belongs_to_its_country_and_eleven_figures_behind_an_8_to_none() -> None:
    assert normalise_phone("905-555-1234", "US") == "+19055551234"
    assert normalise_phone("79123456789", "BG") == "+79123456789"
    assert normalise_phone("84951234567", "BG") is None


def test_an_extension_is_read_aloud_behind_the_number() -> None:
    assert format_phone("+74951234567 ext. 105") == "+7 495 123-45-67 ext. 105"


@pytest.mark.parametrize(
    ("cell", "numbers", "rest"),
    [
        ("+7 912 111-22-33, +7 912 444-55-66", ["+79121112233", "+79124445566"], []),
        ("+7 921 111-22-33 ::: +7 921 444-55-66", ["+79211112233", "+79214445566"], []),
        ("8 912 111-22-33/8 912 444-55-66", ["+79121112233", "+79124445566"], []),
        ("+7 912 111-22-33 +7 912 444-55-66", ["+79121112233", "+79124445566"], []),
        (
            "моб. 8 912 111 22 33; раб. 8 495 123-45-67 доб. 105",
            ["+79121112233", "+74951234567 ext. 105"],
            [],
        ),
        ("8 (495) 123-45-67, доб. 105, 8 912 111 22 33", ["+74951234567 ext. 105", "+79121112233"], []),
        ("8 912 111-22-33 (Анна)", ["+79121112233"], ["Анна"]),
        ("8 912 111-22-33, позвонить", ["+79121112233"], ["позвонить"]),
        ("8 495 123-45-67, 68", ["+74951234567"], ["68"]),
        ("+7 912 111-22-33; 8 912 111 22 33", ["+79121112233"], []),
        ("спросить", [], ["спросить"]),
    ],
)
def test_a_cell_gives_all_its_numbers(cell: str, numbers: list[str], rest: list[str]) -> None:
    assert split_phones(cell, "RU") == (numbers, rest)


def test_two_numbers_with_the_same_end_are_two() -> None:
    assert split_phones("89161234567; 84951234567", "RU") == (["+79161234567", "+74951234567"], [])


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("+7 (912) 345-67-89", "+79123456789"),
        ("+7 (912) 345-67-89 (1234)", None),
        ("+7 912 345-67-89, 5512", None),
    ],
)
def test_a_number_that_ends_otherwise_than_it_was_typed_is_none(typed: str, number: str | None) -> None:
    assert normalise_phone(typed, "RU") == number
