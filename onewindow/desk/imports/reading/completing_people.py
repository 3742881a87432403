"""What completes a row of clients or people: names from parts, ways to reach them, what a new one takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from onewindow.desk.imports.rows.contact_points import Ways
from onewindow.desk.imports.rows.row import ReadRow
from onewindow.desk.validation.time_zones import zone_problem
from onewindow.exchange.values.countries import read_country
from onewindow.exchange.values.person_names import person_name
from onewindow.store.engine import Value
from onewindow.text.identifiers.checks import with_lost_zeros
from onewindow.text.identifiers.tax_ids import is_same_tax_id, tidy_tax_id
from onewindow.text.names.person_names import words_besides

NOWHERE = "ZZ"
"""The country of a row whose country nobody can read: a number without a plus is of none."""
_MORE_WAYS = ("phone_2", "email_2", "phone_3", "phone_4", "phone_5", "email_3", "email_4")
NAMES = ("name", "last_name", "first_name", "middle_name")
"""Cells of which one at least is filled where a row names a person."""


def complete_people(kind: str, row: ReadRow, cells: Mapping[str, str], ways: Ways) -> None:
    """Put right what a row of clients or people of another program says, in place; of other kinds nothing."""
    work = _PEOPLE.get(kind)
    if work is not None:
        work(row, cells, ways)


def _client(row: ReadRow, cells: Mapping[str, str], ways: Ways) -> None:
    values, billing_details = row.values, row.companion("requisites")
    person = row.companion("contact")
    if person:
        # In a file that names a person, the phone and the address are theirs.
        person.update({key: billing_details.pop(key) for key in ("phone", "email") if key in billing_details})
        if unsaid := words_besides(cells.get("contact.name", ""), str(person["name"])):
            row.kept.append(f"contact: {unsaid}")
    name = values.get("name") or billing_details.get("legal_name") or person.get("name")
    if name:
        values["name"] = name  # of a list of people each is a client
    zone = str(values.get("time_zone") or "")
    if zone and (wrong := zone_problem(zone)):
        row.flags["time_zone"] = wrong.rstrip(".")
        row.kept.append(f"time_zone: {values.pop('time_zone')}")
    _one_tax_id(row, billing_details, cells.get("vat_id", ""))
    # A country that nobody can read is not ours.
    is_unknown = "country" in row.flags
    country_said = str(values.get("country") or ways.country_of(str(billing_details.get("tax_id") or "")))
    row.country = country = NOWHERE if is_unknown else country_said
    more = {name: cells[name] for name in _MORE_WAYS if cells.get(name)}
    # Further numbers are those of the person whom the row names, else of the firm, which has room for one.
    whose = person or billing_details
    whose.update({name: text for name, text in more.items() if name not in whose})
    if more and not person:
        row.companions["requisites"] = billing_details
    _keep_more(row, ways.spread(person, country))
    _keep_more(row, ways.spread(billing_details, country, places=1))
    _restore_zeros(billing_details, country or ways.region)
    lives_in = "" if is_unknown else country or ways.region
    row.fresh = {"country": lives_in, "language": ways.language(lives_in) if lives_in else "en"}


def _keep_more(row: ReadRow, lines: Iterable[str]) -> None:
    """Put into the note, and say, what there was no room for."""
    for line in lines:
        row.kept.append(line)
        name, _, text = line.partition(": ")
        row.messages.setdefault(name, f"“{text[:60]}” is kept in the note: there is no other place for it")


def _one_tax_id(row: ReadRow, billing_details: dict[str, Value], vat: str) -> None:
    """Let the VAT number be the tax id where there is no other; one that is another is kept and flagged."""
    tax_id = str(billing_details.get("tax_id") or "")
    if not vat:
        return
    if not tax_id:
        billing_details["tax_id"] = vat
        row.companions["requisites"] = billing_details
    elif not is_same_tax_id(tidy_tax_id(tax_id), tidy_tax_id(vat)):
        row.kept.append(f"VAT number: {vat}")
        row.flags["vat_id"] = f"the VAT number {vat} is not the tax id {tax_id} with its country before it"


def _restore_zeros(billing_details: dict[str, Value], country: str) -> None:
    for field in ("tax_id", "kpp", "bik"):
        if text := str(billing_details.get(field) or ""):
            tidy = tidy_tax_id(text) if field == "tax_id" else text
            billing_details[field] = with_lost_zeros(field, tidy, country)


def _contact(row: ReadRow, cells: Mapping[str, str], ways: Ways) -> None:
    whose = row.client.country if row.client else ""
    country_said = cells.get("country", "")
    row.country = (
        (read_country(country_said) or NOWHERE if country_said else "") or whose or ways.country_of("")
    )
    typed = row.kept
    row.kept = [note] if (note := cells.get("note", "")) else []
    row.values.update({name: cells[name] for name in _MORE_WAYS[2:] if cells.get(name)})
    _keep_more(row, ways.spread(row.values, row.country))
    row.kept += typed
    if unsaid := words_besides(cells.get("name", ""), str(row.values.get("name") or "")):
        row.kept.append(f"name: {unsaid}")
    row.fresh = {"language": ways.language(whose)}


_PEOPLE: Mapping[str, Callable[[ReadRow, Mapping[str, str], Ways], None]] = {
    "client": _client,
    "contact": _contact,
}


def name_of_person(cells: Mapping[str, str], prefix: str = "") -> str:
    """The whole name of the person whom a row names in its cells, '' for nobody."""
    named = {part: cells.get(prefix + part, "") for part in NAMES}
    return person_name(named, "") if any(named.values()) else ""
