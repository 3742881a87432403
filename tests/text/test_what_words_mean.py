"""Every word and sign that people write, read as it always was: `tests/text/read` has a line for each.

A line is what somebody wrote, an arrow and what is read from it; a new line needs only the first of these.
ONEWINDOW_GOLDEN=write fills in the rest, and the difference is read before it is committed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from onewindow.records.fields import attribute_of
from onewindow.records.kinds import KINDS
from onewindow.text import choices, dates, empty_words, fold, money, opening_hours, thanks, typed_dates
from onewindow.text.capture import hints
from onewindow.text.capture_dates import find_deadline, missing_day
from onewindow.text.clean import clean, says_nothing
from onewindow.text.durations import parse_minutes
from onewindow.text.identifiers import checks, mail_addresses, phones, tax_ids
from onewindow.text.layout.width import cell_width
from onewindow.text.names import firm_names, person_names

NOW = datetime(2026, 11, 23, 11, 32, tzinfo=ZoneInfo("Europe/Moscow"))
TODAY = NOW.date()
_READ = Path(__file__).parent / "read"


def _deadline(text: str) -> str:
    words = text.casefold().split()
    found = find_deadline(words, NOW)
    if found is None:
        return f"no deadline {missing_day(words, NOW)}".strip()
    taken = " ".join(words[found.first : found.end])
    return f"{taken} = {found.moment:%a %d.%m.%Y %H:%M}{'' if found.names_day else ', no day'}"


def _day(text: str) -> str:
    return f"{typed_dates.parse_date(text, TODAY):%a %d.%m.%Y}"


def _moment(text: str) -> str:
    return f"{typed_dates.parse_when(text, NOW):%a %d.%m.%Y %H:%M}"


def _empty(text: str) -> str:
    known = [field for field in ("name", "phone", "email", "tax_id") if empty_words.identifies(field, text)]
    return (
        f"{'nothing' if empty_words.is_filler(text) else 'something'}, known by {'/'.join(known) or 'none'}"
    )


def _amount(text: str) -> str:
    minor, currency = money.parse_money(text, "BYN")
    return f"{minor} {currency}, {money.format_money(minor, currency)}"


def _choice(text: str) -> str:
    field, _, word = text.partition(": ")
    kind, _, name = field.partition(".")
    described = attribute_of(KINDS[kind].record, name)
    return f"{choices.read_choice(described, word)}, likely {choices.likely_choice(described, word)}"


def _plain(text: str) -> str:
    return f"{choices.read_flag(text)} {choices.read_currency(text)} {choices.direction_in(text)!r}"


def _firm(text: str) -> str:
    said, forms = firm_names.said_and_forms(text)
    return f"{said!r} {' '.join(sorted(forms))}"


def _person(text: str) -> str:
    return f"{person_names.short_name(text)}, {person_names.surname_place(text)}"


def _whole(text: str) -> str:
    name, last, first, middle, language = (part.strip() for part in text.split("/"))
    whole = person_names.whole_name(name, last, first, middle, language)
    return f"{whole}; besides {person_names.words_besides(name, whole)!r}"


def _asked(text: str) -> str:
    words = text.split()
    told = (hints.guessed_kind(words), hints.guessed_department(words), hints.first_urgent(words))
    return str(told) + (" thanks" if thanks.is_thanks(text) else "")


def _sign(text: str) -> str:
    char = chr(int(text, 16))
    hidden = {char: "stays", " ": "a space", "\ufffd": "hidden"}[clean(char)]
    return f"{cell_width(char)} wide, {cell_width('a' + char + chr(0xFE0F)) - 1} as a picture, {hidden}, " + (
        "says nothing" if says_nothing(char) else "says something"
    )


def _letters(text: str) -> str:
    return f"{fold.fold(text)} {fold.skeleton(fold.fold(text))} {fold.sort_key(text)!r}"


def _hours(text: str) -> str:
    return opening_hours.week_text(opening_hours.parse_week(text))


def _number(text: str) -> str:
    field, country, value = text.split(" ", 2)
    wrong = checks.check_identifiers({field: value}, country.replace("-", "")).get(field, "right")
    return f"{wrong}; {checks.with_lost_zeros(field, value, country.replace('-', ''))}"


def _tax_id(text: str) -> str:
    tidy = tax_ids.tidy_tax_id(text)
    return f"{tidy}, of {tax_ids.country_in(tidy) or 'nowhere'}, {tax_ids.without_country(tidy)}"


def _mail(text: str) -> str:
    shared = " shared" if mail_addresses and empty_words.is_shared_mailbox(text) else ""
    return f"{mail_addresses.email_problem(text) or 'right'}; {mail_addresses.split_addresses(text)}{shared}"


def _messenger(text: str) -> str:
    return (
        f"{mail_addresses.messenger_problem(text) or 'right'}; {mail_addresses.sms_problem(text) or 'right'}"
    )


def _phone(text: str) -> str:
    region, _, cell = text.partition(" ")
    one = phones.normalise_phone(cell, region)
    shown = phones.format_phone(one) if one else None
    return f"{one} {shown}, {phones.split_extension(cell)}, {phones.split_phones(cell, region)}"


def _minutes(text: str) -> str:
    return f"{parse_minutes(text)}, of days of 8 hours {parse_minutes(text, 480)}"


def _date(text: str) -> str:
    day = date.fromisoformat(text)
    told = (dates.format_date(text, TODAY), dates.weekday_date(day, TODAY), dates.short_day(text, TODAY))
    return " | ".join((*told, dates.day_in_full(text)))


def _ago(text: str) -> str:
    then = datetime.fromisoformat(text).replace(tzinfo=NOW.tzinfo)
    told = (dates.ago(then, NOW), dates.relative(then, NOW), dates.moment_near(then, NOW))
    return " | ".join((*told, dates.short_moment(then, TODAY)))


_READERS: dict[str, Callable[[str], str]] = {
    "deadlines": _deadline,
    "days": _day,
    "moments": _moment,
    "empty": _empty,
    "amounts": _amount,
    "choices": _choice,
    "answers": _plain,
    "firms": _firm,
    "people": _person,
    "whole-names": _whole,
    "requests": _asked,
    "signs": _sign,
    "letters": _letters,
    "opening-hours": _hours,
    "numbers": _number,
    "tax-ids": _tax_id,
    "mail": _mail,
    "messengers": _messenger,
    "phones": _phone,
    "minutes": _minutes,
    "dates": _date,
    "ago": _ago,
}


def _read(reader: Callable[[str], str], text: str) -> str:
    try:
        return reader(text).replace("\n", " ")
    except ValueError as error:
        return f"refused: {error}"


@pytest.mark.parametrize("name", _READERS)
def test_what_is_written_is_read_as_ever(name: str) -> None:
    file = _READ / f"{name}.txt"
    lines = file.read_text(encoding="utf-8").splitlines()
    written = [line.partition(" → ")[0] for line in lines]
    read = [f"{text} → {_read(_READERS[name], text)}" for text in written]
    if os.environ.get("ONEWINDOW_GOLDEN") == "write":
        file.write_text("".join(f"{line}\n" for line in read), encoding="utf-8")
        lines = read
    assert read == lines
