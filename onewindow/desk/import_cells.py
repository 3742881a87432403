"""Cells of a file read into values: what cannot be stored where it belongs is kept as typed elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.desk.import_values import FieldFormats
from onewindow.desk.import_ways import EMAILS, PHONES, spread
from onewindow.desk.session import Session
from onewindow.exchange.column_dates import DateOrder, is_empty_date, read_date
from onewindow.exchange.values import CHOICE_FIELDS, read_choice
from onewindow.records.fields import Attribute, Record, attributes
from onewindow.store.engine import Value
from onewindow.text.addresses import split_addresses
from onewindow.text.dates import within_reach
from onewindow.text.fold import fold
from onewindow.text.identifiers import CHECKED, check_identifiers
from onewindow.text.logins import as_login
from onewindow.text.names import surname_place
from onewindow.text.phones import split_phones

_WORDS_OF_LANGUAGE = {"BG": "bg", "RU": "ru", "BY": "ru", "KZ": "ru", "KG": "ru", "AM": "ru", "UZ": "ru"}


class CellReader:
    """Reads cells into the values of fields; remembers what it read, because files repeat themselves."""

    def __init__(self, session: Session, formats: FieldFormats | None = None) -> None:
        """Know the region, the colleagues, and how the file writes dates."""
        self._today = session.today()
        self._dates = formats.dates if formats else dict[str, DateOrder]()
        self.region = session.settings.region
        self._left = _left_by_word(session)
        self._staff = _staff_by_word(session)
        self._known: dict[tuple[str, str], Value] = {}
        self._phones: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
        self._right_phones: set[Value] = set()
        self._present: dict[tuple[str, ...], list[tuple[str, str, Attribute]]] = {}

    def read(
        self, record: type[Record], cells: Mapping[str, str], names: tuple[str, ...]
    ) -> tuple[dict[str, Value], dict[str, str]]:
        """Values of the named fields that the row fills, and the reasons of those that cannot be read."""
        values: dict[str, Value] = {}
        problems: dict[str, str] = {}
        for name, stored_name, described in self._present.get(names) or self._columns(record, cells, names):
            text = cells[name].strip()
            if not text:
                continue
            try:
                value = self._value(described, name, text)
                if value is not None:
                    values[stored_name] = value
            except ValueError as error:
                problems[name] = str(error)
        return values, problems

    def _columns(
        self, record: type[Record], cells: Mapping[str, str], names: tuple[str, ...]
    ) -> list[tuple[str, str, Attribute]]:
        """The named fields that the file has; worked out once, because all its rows have the same cells."""
        if names not in self._present:
            described = {a.name: a for a in attributes(record)}
            self._present[names] = [
                (name, _stored_name(name), described[_stored_name(name)]) for name in names if name in cells
            ]
        return self._present[names]

    def spread_ways(self, values: dict[str, Value], country: str, places: int = 2) -> list[str]:
        """Put the telephones and mails of a row where the record has places for them, telephones in E.164.

        Gives back lines for a note of what has no place. `country` is where numbers without a code belong.
        """

        def split(cell: str) -> tuple[list[str], list[str]]:
            key = (cell, country)
            if key not in self._phones:
                self._phones[key] = split_phones(cell, country or self.region)
                self._right_phones.update(self._phones[key][0])
            return self._phones[key]

        return [*spread(values, PHONES, split, places), *spread(values, EMAILS, split_addresses, places)]

    def country(self, cells: Mapping[str, str]) -> str:
        """The country that a row of people names for itself, '' for none; the client has one of its own."""
        named = cells.get("country", "").strip()
        return (read_choice("country", named) or "") if named else ""

    def wrong_identifiers(self, values: Mapping[str, Value], country: str) -> dict[str, str]:
        """Why identifiers among values look wrong, by field; a phone that `phone` could read is right."""
        texts = {
            name: str(value)
            for name, value in values.items()
            if name in CHECKED and value and not (name in PHONES and value in self._right_phones)
        }
        return check_identifiers(texts, country) if texts else {}

    def language(self, country: str) -> str:
        """The language that clients of a country most likely speak."""
        return _WORDS_OF_LANGUAGE.get(country or self.region, "en")

    def _value(self, described: Attribute, name: str, text: str) -> Value:
        if described.kind in ("choice", "date", "reference", "flag") or name == "country":
            key = (name, text)
            if key not in self._known:
                self._known[key] = self._read(described, name, text)
            return self._known[key]
        if len(text) > described.limit:
            raise ValueError(f"{len(text)} characters are too many, {described.limit} fit")
        return " ".join(text.split()) if described.kind == "text" and not text.isprintable() else text

    def _read(self, described: Attribute, name: str, text: str) -> Value:
        if name in CHOICE_FIELDS:
            value = read_choice(name, text)
            if value is None:
                raise ValueError("this word is not known")
            return int(value) if described.kind == "flag" else value
        if described.kind == "reference":
            staff_id = self._staff.get(fold(text)) or self._staff.get(text.casefold())
            if staff_id is None:
                left = self._left.get(fold(text)) or self._left.get(as_login(text))
                raise ValueError(f"{left} works here no more" if left else "no colleague is called so")
            return staff_id
        if is_empty_date(text):
            return None
        latest = self._today if described.when in ("behind", "born") else None
        found = read_date(text, self._dates.get(name, "dmy"), latest)
        return within_reach(found.day).isoformat()


def kept_lines(cells: Mapping[str, str], problems: Mapping[str, str]) -> list[str]:
    """What could not be stored where it belongs, as lines of a note: `tier: платиновый`."""
    return [f"{name}: {cells[name]}" for name in problems]


def _stored_name(name: str) -> str:
    return f"{name}_id" if name in ("owner", "deputy") else name


def _left_by_word(session: Session) -> dict[str, str]:
    """The names of colleagues who left, by login and folded name."""
    left = [person for person in session.directory.staff.values() if person.archived_at is not None]
    return {word: each.name for each in left for word in (fold(each.name), as_login(each.login))}


def _staff_by_word(session: Session) -> dict[str, int]:
    """Colleagues by login, e-mail and name, and by surname where only one has it."""
    people = [person for person in session.directory.staff.values() if person.archived_at is None]
    found: dict[str, int] = {}
    surnames: dict[str, list[int]] = {}
    for person in people:
        words = person.name.split()
        if words:
            surnames.setdefault(fold(words[surname_place(person.name)]), []).append(person.id)
    found.update({surname: ids[0] for surname, ids in surnames.items() if len(ids) == 1})
    for person in people:
        for word in (fold(person.name), person.email.casefold(), as_login(person.login)):
            if word:
                found[word] = person.id
    return found
