"""What completes a row of clients or people: names from parts, ways to reach them, what a new one takes."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.desk.import_rows import ReadRow
from onewindow.desk.import_ways import Ways
from onewindow.desk.rules import zone_problem
from onewindow.exchange.countries import read_country
from onewindow.exchange.person_names import person_name
from onewindow.store.engine import Value
from onewindow.text.identifiers import compact, with_lost_zeros
from onewindow.text.names import words_besides

NAMES = ("name", "last_name", "first_name", "middle_name")
"""Cells of which one at least is filled where a row names a person."""


def complete_people(kind: str, row: ReadRow, cells: Mapping[str, str], ways: Ways) -> None:
    """Put right what a row of clients or people of another program says, in place; of other kinds nothing."""
    if kind == "client":
        _client(row, cells, ways)
    elif kind == "contact":
        _contact(row, cells, ways)


def _client(row: ReadRow, cells: Mapping[str, str], ways: Ways) -> None:
    values, requisites = row.values, row.companion("requisites")
    person = row.companion("contact")
    if person:
        # In a file that names a person, the phone and the address are his.
        person.update({key: requisites.pop(key) for key in ("phone", "email") if key in requisites})
        if unsaid := words_besides(cells.get("contact.name", ""), str(person["name"])):
            row.kept.append(f"contact: {unsaid}")
    name = values.get("name") or requisites.get("legal_name") or person.get("name")
    if name:
        values["name"] = name  # of a list of people each is a client
    zone = str(values.get("time_zone") or "")
    if zone and (wrong := zone_problem(zone)):
        row.flags["time_zone"] = wrong.rstrip(".")
        row.kept.append(f"time_zone: {values.pop('time_zone')}")
    row.country = country = str(values.get("country") or "")
    row.kept += ways.spread(person, country)
    row.kept += ways.spread(requisites, country, places=1)
    _restore_zeros(requisites, country or ways.region)
    # A country that nobody can read is not ours.
    lives_in = "" if "country" in row.flags else country or ways.region
    row.fresh = {"country": lives_in, "language": ways.language(lives_in) if lives_in else "en"}


def _restore_zeros(requisites: dict[str, Value], country: str) -> None:
    for field in ("tax_id", "kpp", "bik"):
        if text := str(requisites.get(field) or ""):
            tidy = _tidy_tax_id(text) if field == "tax_id" else text
            requisites[field] = with_lost_zeros(field, tidy, country)


def _tidy_tax_id(typed: str) -> str:
    """A tax id without what people put between its digits; a text of other kinds as typed."""
    digits = compact(typed)
    return digits if digits.isalnum() and any(each.isdigit() for each in digits) else typed


def _contact(row: ReadRow, cells: Mapping[str, str], ways: Ways) -> None:
    whose = row.client.country if row.client else ""
    row.country = (read_country(cells["country"]) or "" if cells.get("country") else "") or whose
    typed = row.kept
    row.kept = [note] if (note := cells.get("note", "")) else []
    row.kept += ways.spread(row.values, row.country) + typed
    if unsaid := words_besides(cells.get("name", ""), str(row.values.get("name") or "")):
        row.kept.append(f"name: {unsaid}")
    row.fresh = {"language": ways.language(whose)}


def name_of_person(cells: Mapping[str, str], prefix: str = "") -> str:
    """The whole name of the person whom a row names in its cells, '' for nobody."""
    named = {part: cells.get(prefix + part, "") for part in NAMES}
    return person_name(named, "") if any(named.values()) else ""
