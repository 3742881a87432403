"""vCards: every card becomes a row whose headers are our own field names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from onewindow.exchange.encoding.detection import validate_is_text
from onewindow.exchange.own_files import CARD_MAKER, CLIENT_ID
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.rows import RowTable, SourceRow, check_cell
from onewindow.exchange.vcard.lines import Property, read_properties
from onewindow.text.names.person_names import whole_name, words_besides

OUR_CLIENT = "our client id"
"""The column of cards that a One Window wrote with the id of the client."""

# The order of the columns; those of the cards that have none of a kind are left out.
_COLUMNS = (
    *(
        "our client id",
        "organization",
        "department",
        "name",
        "last_name",
        "first_name",
        "middle_name",
        "address_as",
        "role",
    ),
    *("phone", "phone_2", "fax", "email", "email_2", "messenger", "website"),
    *("address", "city", "country", "birthday", "language", "tags", "note", "labels", "external_id"),
)
_NUMBERED = {"phone": ("phone", "phone_2"), "email": ("email", "email_2")}
"""A record has a place for two of each; further ones stand in one cell with the second, for a note."""
_MESSENGERS = (
    *("IMPP", "X-SOCIALPROFILE", "X-SKYPE", "X-SKYPE-USERNAME", "X-TELEGRAM"),
    *("X-WHATSAPP", "X-VIBER", "X-JABBER", "X-ICQ"),
)
_OWN = "\x00own"
"""Marks the rows of our own cards while they are read; no column of a file."""
_KINDS = ("KIND", "X-KIND", "X-ADDRESSBOOKSERVER-KIND")
_NO_PERSONS = {
    "group": "a group of an address book",
    "location": "a place",
    "device": "a device",
    "application": "a program",
}
_BASIC_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*)?")
_YEARLESS_DATE = re.compile(r"--(\d\d)-?(\d\d)(?:T.*)?")
_APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_")


def is_vcard(data: bytes) -> bool:
    """Tell whether a file begins as a vCard, in any of the encodings."""
    return _begins(data, b"BEGIN:VCARD")


def is_calendar(data: bytes) -> bool:
    """Tell whether a file begins as a calendar of events (.ics), written in lines as a card is."""
    return _begins(data, b"BEGIN:VCALENDAR")


def _begins(data: bytes, line: bytes) -> bool:
    start = data[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.upper().startswith(line)


def read_vcards(data: bytes, name: str) -> RowTable:
    """Read every card of a file; a row's number is the line of its BEGIN:VCARD; pictures are left out.

    Raises `FileProblem` when there is no card, or a card has no end.
    """
    validate_is_text(data, name)
    rows = [
        SourceRow(line, _card_row(card), left_out="" if _is_own(card) else _no_person(card))
        for line, card in _cards(read_properties(data), name)
    ]
    if not rows:
        raise FileProblem(name, "there is no BEGIN:VCARD in it", "choose a file of vCards")
    used = {header for row in rows for header in row.values}
    headers = [header for header in _COLUMNS if header in used]
    is_own = all(row.values.pop(_OWN, "") for row in rows)
    return RowTable(headers, _filled(rows, headers, name), "vcard", is_literal=is_own)


def _filled(rows: list[SourceRow], headers: list[str], name: str) -> Iterator[SourceRow]:
    for row in rows:
        cells = {
            header: check_cell(row.values.get(header, ""), name, row.number, header) for header in headers
        }
        if any(cells.values()):
            yield SourceRow(row.number, cells, left_out=row.left_out)


def _cards(properties: Iterable[Property], name: str) -> Iterator[tuple[int, list[Property]]]:
    card: list[Property] | None = None
    begun = nested = 0
    for item in properties:
        marker = (item.name, item.value.partition("\n")[0].strip().upper())
        if marker == ("BEGIN", "VCARD"):
            if card is None:
                begun, card = item.line, []
            elif card and card[-1].name == "AGENT":
                nested += 1
            else:
                raise _unended(name, begun)
        elif marker == ("END", "VCARD") and card is not None:
            if nested:
                nested -= 1
                continue
            yield begun, card
            card = None
        elif card is not None and not nested:
            card.append(item)
    if card is not None:
        raise _unended(name, begun)


def _unended(name: str, line: int) -> FileProblem:
    return FileProblem(name, "the card that begins here has no END:VCARD", "export the cards again", row=line)


def _card_row(card: list[Property]) -> dict[str, str]:
    labels = {item.group: _label(item) for item in card if item.name == "X-ABLABEL" and item.group}
    cells: dict[str, list[str]] = {}
    # Preferred phones and addresses come first, the others in the order of the card.
    for item in sorted(card, key=lambda item: "pref" not in item.types):
        for header, text in _cells(item, labels.get(item.group, "")):
            if text and text not in cells.setdefault(header, []):
                cells[header].append(text)
    if _is_own(card):
        cells["name"], cells[_OWN] = cells.get("name", []), ["yes"]
        for part in ("last_name", "first_name", "middle_name", "titles"):
            cells.pop(part, None)
    else:
        cells.pop(OUR_CLIENT, None)
        _name_organization(card, cells)
    return dict(_spread(cells))


def _is_own(card: list[Property]) -> bool:
    """Whether a One Window wrote a card: its FN is the name as it is kept."""
    return any(item.name == "PRODID" and item.value.strip() == CARD_MAKER for item in card)


def _no_person(card: list[Property]) -> str:
    """What a card is of, where that is neither a person nor a firm, as a clause; else ''."""
    kinds = {item.text().casefold() for item in card if item.name in _KINDS}
    of_members = any(item.name in ("MEMBER", "X-ADDRESSBOOKSERVER-MEMBER") for item in card)
    thing = next((_NO_PERSONS[kind] for kind in sorted(kinds) if kind in _NO_PERSONS), "")
    if of_members and not thing:
        thing = _NO_PERSONS["group"]
    named = next((item.text() for item in card if item.name == "FN"), "")
    return f"“{named[:60]}” is {thing}, no person" if thing else ""


def _name_organization(card: list[Property], cells: dict[str, list[str]]) -> None:
    """Let a company's card give its name as the organization, and any other one have a person's name."""
    is_company = any(
        (item.name, item.value.strip().casefold()) in (("KIND", "org"), ("X-ABSHOWAS", "company"))
        for item in card
    )
    if is_company and "name" in cells:
        cells.setdefault("organization", cells["name"])
        del cells["name"]
    else:
        _name_person(cells)


def _name_person(cells: dict[str, list[str]]) -> None:
    """Let the name have all that its parts say; what it said besides stays in the note."""
    last, first, middle = (cells.get(part, [""])[0] for part in ("last_name", "first_name", "middle_name"))
    shown = cells.get("name", [""])[0]
    name = whole_name(shown, last, first, middle)
    if name:
        cells["name"] = [name]
    titles = cells.pop("titles", [])
    besides = [words_besides(shown, name), *(words_besides(title, f"{shown} {name}") for title in titles)]
    cells.setdefault("note", []).extend(f"name: {words}" for words in besides if words)


def _spread(cells: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Put several phones and e-mails into columns of their own; what is left over joins the last one."""
    for header, texts in cells.items():
        if not texts:
            continue
        columns = _NUMBERED.get(header, (header,))
        yield from zip(columns[:-1], texts, strict=False)
        if len(texts) >= len(columns):
            mark = "\n" if header in ("note", "labels") else ", "
            yield columns[-1], mark.join(texts[len(columns) - 1 :])


def _cells(item: Property, label: str) -> Iterator[tuple[str, str]]:
    if item.parameters.get("encoding", "").casefold() in ("b", "base64"):
        return
    read = _READERS.get(item.name)
    if read is not None:
        yield from read(item)
    elif item.name in _MESSENGERS:
        yield "messenger", _messenger(item)
    if label and item.name != "X-ABLABEL" and read is not None:
        yield "labels", f"{item.text()}: {label}"


def _plain(header: str) -> Callable[[Property], Iterator[tuple[str, str]]]:
    def read(item: Property) -> Iterator[tuple[str, str]]:
        yield header, item.text()

    return read


def _person(item: Property) -> Iterator[tuple[str, str]]:
    yield from zip(("last_name", "first_name", "middle_name"), item.parts(), strict=False)
    yield "titles", " ".join(part for part in item.parts()[3:] if part)


def _organization(item: Property) -> Iterator[tuple[str, str]]:
    company, *units = item.parts()
    yield "organization", company
    yield "department", ", ".join(unit for unit in units if unit)


def _phone(item: Property) -> Iterator[tuple[str, str]]:
    text = item.text()
    number = text[4:] if text.casefold().startswith("tel:") else text
    yield (
        "fax" if "fax" in item.types and "voice" not in item.types else "phone",
        number.replace(";ext=", " ext. "),
    )


def _email(item: Property) -> Iterator[tuple[str, str]]:
    text = item.text()
    yield "email", text[7:] if text.casefold().startswith("mailto:") else text


def _address(item: Property) -> Iterator[tuple[str, str]]:
    box, extended, street, city, region, code, country = (item.parts() + [""] * 7)[:7]
    yield "address", ", ".join(part for part in (code, country, region, city, street, extended, box) if part)
    yield "city", city
    yield "country", country


def _birthday(item: Property) -> Iterator[tuple[str, str]]:
    text = item.text()
    full = _BASIC_DATE.fullmatch(text)
    yearless = _YEARLESS_DATE.fullmatch(text)
    if full and full[1] != item.parameters.get("x-apple-omit-year"):
        yield "birthday", f"{full[1]}-{full[2]}-{full[3]}"
    elif full:
        yield "birthday", f"--{full[2]}-{full[3]}"
    elif yearless:
        yield "birthday", f"--{yearless[1]}-{yearless[2]}"
    else:
        yield "birthday", text


def _messenger(item: Property) -> str:
    text = item.text()
    if item.name in ("IMPP", "X-SOCIALPROFILE"):
        service = item.parameters.get("x-service-type", "").casefold()
        return (
            text
            if not service or text.casefold().startswith((f"{service}:", "http"))
            else f"{service}:{text}"
        )
    return f"{item.name.split('-')[1].casefold()}:{text}"


def _label(item: Property) -> str:
    text = item.text()
    built_in = _APPLE_LABEL.fullmatch(text)
    return built_in[1].casefold() if built_in else text


_READERS: dict[str, Callable[[Property], Iterator[tuple[str, str]]]] = {
    "FN": _plain("name"),
    "N": _person,
    "NICKNAME": _plain("address_as"),
    "ORG": _organization,
    "TITLE": _plain("role"),
    "ROLE": _plain("role"),
    "TEL": _phone,
    "EMAIL": _email,
    "ADR": _address,
    "BDAY": _birthday,
    "NOTE": _plain("note"),
    "URL": _plain("website"),
    "LANG": _plain("language"),
    "CATEGORIES": _plain("tags"),
    "UID": _plain("external_id"),
    CLIENT_ID: _plain(OUR_CLIENT),
}
