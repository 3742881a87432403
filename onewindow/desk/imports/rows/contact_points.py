"""Telephones, mails and identifiers of one row: spread over the fields that hold them, and looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from onewindow.store.engine import Value
from onewindow.text.identifiers.checks import CHECKED, check_identifiers
from onewindow.text.identifiers.mail_addresses import split_addresses
from onewindow.text.identifiers.phones import split_phones
from onewindow.text.identifiers.tax_ids import country_in

PHONES = ("phone", "phone_2")
EMAILS = ("email", "email_2")
ALL_PHONES = (*PHONES, "phone_3", "phone_4", "phone_5")
ALL_EMAILS = (*EMAILS, "email_3", "email_4")
"""Cells that a file may have; a record has room for two at most, what is more goes to the note."""

Split = Callable[[str], tuple[list[str], list[str]]]
"""What a cell says, in order, and the parts of it that cannot be read."""

_WORDS_OF_LANGUAGE = {"BG": "bg", "RU": "ru", "BY": "ru", "KZ": "ru", "KG": "ru", "AM": "ru", "UZ": "ru"}
_REMEMBERED = 20_000


class Ways:
    """Knows where numbers without a code belong; remembers what it read, because files repeat themselves."""

    def __init__(self, region: str, *, id_country: str = "", usual_country: str = "") -> None:
        """Begin with nothing read; `region` is the country of rows of which nothing says another.

        `id_country` is that of the tax ids by what their column is called, `usual_country` that of all
        rows that name one.
        """
        self.region = region
        self._id_country = id_country
        self._usual = usual_country
        self._phones: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
        self._right_phones: set[Value] = set()
        self._right_mails: set[Value] = set()

    def spread(self, values: dict[str, Value], country: str, places: int = 2) -> list[str]:
        """Put the telephones and mails of a row where the record has places for them, telephones in E.164.

        Gives back lines for a note of what has no place. `country` is where numbers without a code belong.
        """

        def split_mails(cell: str) -> tuple[list[str], list[str]]:
            parts = split_addresses(cell)
            if len(self._right_mails) > _REMEMBERED:
                self._right_mails.clear()
            self._right_mails.update(parts[0])
            return parts

        def split(cell: str) -> tuple[list[str], list[str]]:
            key = (cell, country)
            parts = self._phones.get(key)
            if parts is None:
                if len(self._phones) > _REMEMBERED:
                    self._phones.clear()
                    self._right_phones.clear()
                parts = self._phones[key] = split_phones(cell, country or self.region)
                self._right_phones.update(parts[0])
            return parts

        lines: list[str] = []
        if not values.keys().isdisjoint(ALL_PHONES):
            lines += spread(values, ALL_PHONES, split, places)
        if not values.keys().isdisjoint(ALL_EMAILS):
            lines += spread(values, ALL_EMAILS, split_mails, places)
        return lines

    def country_of(self, tax_id: str) -> str:
        """The country of a row that names none, by its tax id, else by the other rows; else ''."""
        return country_in(tax_id) or (self._id_country if tax_id else "") or self._usual

    def wrong_identifiers(self, values: Mapping[str, Value], country: Value) -> dict[str, str]:
        """Why identifiers among values look wrong, by field; ways that were read here are right."""
        texts = {
            name: str(values[name])
            for name in CHECKED.intersection(values)
            if (value := values[name])
            and not (value in self._right_phones if name in PHONES else value in self._right_mails)
        }
        return check_identifiers(texts, str(country or self.region)) if texts else {}

    def one_phone(self, typed: str, country: str) -> str:
        """The telephone that a cell says as a country writes it; '' where it says none, or several."""
        numbers, rest = split_phones(typed, country or self.region)
        if len(numbers) != 1 or rest:
            return ""
        self._right_phones.update(numbers)
        return numbers[0]

    def language(self, country: str) -> str:
        """The language that clients of a country most likely speak."""
        return _WORDS_OF_LANGUAGE.get(country or self.region, "en")


def spread(
    values: dict[str, Value], fields: Sequence[str], split: Split, places: int | None = None
) -> list[str]:
    """Put what the cells of these fields say into them: the first where it stood, others where there is room.

    A cell of which nothing can be read stays as typed. `places`: how many of the fields the record has. Gives
    back lines for a note: cells with more than there is room for, and with parts that cannot be read.
    """
    typed = {name: str(values[name]) for name in fields if values.get(name)}
    if not typed:
        return []
    if len(typed) == 1 and (name := next(iter(typed))) in fields[: places or len(fields)]:
        parts, rest = split(typed[name])
        if len(parts) == 1 and not rest:  # as nearly all cells are
            values[name] = parts[0]
            return []
    if fields[0] not in typed and len(typed) > 1:
        typed = dict(zip(fields, typed.values(), strict=False))  # somebody's only ways are no second ones
        for name in fields:
            values.pop(name, None)
        values.update(typed)
    free = list(fields[: places or len(fields)])
    lines: list[str] = []
    further: list[tuple[str, str]] = []
    for name, text in typed.items():
        parts, rest = split(text)
        first, *more = parts or [text]
        if name in free:
            values[name] = first
            free.remove(name)
        else:
            del values[name]
            further.append((name, first))
        further += [(name, text) for text in more]
        if parts and rest:
            lines.append(f"{name}: {text}")
    known = {values.get(name) for name in fields}
    for name, text in further:
        if text in known:
            continue
        if free:
            values[free.pop(0)] = text
        else:
            lines.append(f"{name}: {text}")
    return lines
