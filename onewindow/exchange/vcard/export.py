"""vCards that go out: RFC 6350 (4.0), and RFC 2426 (3.0) for older address books."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TextIO

from onewindow.exchange.own_files import CARD_MAKER, CLIENT_ID

Version = Literal["4.0", "3.0"]

CARRIED = frozenset(
    """
    name address_as client_id client_name role phone phone_2 email email_2 messenger language birthday
    external_id updated_at
    """.split()  # noqa: SIM905
)
"""The fields of a contact that a card has a place for."""
_LINE = 75
"""Octets of a line without its break, by both standards."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def write_vcards(
    rows: Iterable[Mapping[str, object]], columns: Iterable[str], stream: TextIO, *, version: Version
) -> None:
    """Write one card for each row of a contact, from those of its fields that are among the columns."""
    names = frozenset(columns)
    for row in rows:
        shown = {name: value for name, value in row.items() if name in names}
        stream.writelines(_folded(line) + "\r\n" for line in _card(shown, version))


def is_changed(text: str) -> bool:
    """Whether a card cannot hold a text as it is: control characters, line ends of other systems."""
    return "\r" in text or _UNPRINTABLE.search(text) is not None


def escaped(text: str) -> str:
    """A text as a vCard value: its marks and line breaks escaped, control characters gone."""
    plain = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"([\\,;])", r"\\\1", plain).replace("\n", "\\n")


def _card(row: Mapping[str, object], version: Version) -> Iterator[str]:
    def value(name: str) -> str:
        return escaped(str(row.get(name) or "").strip())

    yield "BEGIN:VCARD"
    yield f"VERSION:{version}"
    yield f"PRODID:{CARD_MAKER}"
    yield f"FN:{value('name')}"
    # What a family name is, nobody can tell from a whole one: the whole stands where sorting looks.
    yield f"N:{value('name')};;;;"
    for name, field in (("NICKNAME", "address_as"), ("ORG", "client_name"), ("TITLE", "role")):
        if value(field):
            yield f"{name}:{value(field)}"
    if value("client_id"):
        # Firms may have one name: ours is found again by its id.
        yield f"{CLIENT_ID}:{value('client_id')}"
    yield from _ways(row, version)
    if value("messenger"):
        yield f"IMPP:{value('messenger')}"
    if value("language"):
        yield f"{'LANG' if version == '4.0' else 'X-LANG'}:{value('language')}"
    if value("birthday"):
        day = str(row["birthday"])
        yield f"BDAY:{day.replace('-', '') if version == '4.0' else day}"
    if value("external_id"):
        yield f"UID:{value('external_id')}"
    if value("updated_at"):
        yield f"REV:{re.sub('[-:]', '', str(row['updated_at'])) if version == '4.0' else value('updated_at')}"
    yield "END:VCARD"


def _ways(row: Mapping[str, object], version: Version) -> Iterator[str]:
    """Telephones and addresses; the first of each is marked as preferred."""
    preferred = "PREF=1" if version == "4.0" else "TYPE=PREF"
    for name, fields in (("TEL", ("phone", "phone_2")), ("EMAIL", ("email", "email_2"))):
        filled = [escaped(str(row[field])) for field in fields if row.get(field)]
        for place, text in enumerate(filled):
            mark = f";{preferred}" if place == 0 and len(filled) > 1 else ""
            yield f"{name}{mark}:{text}"


def _folded(line: str) -> str:
    """A long line in parts of at most 75 octets, each further one behind a space, no letter cut in two."""
    parts, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > _LINE:
            parts.append(" ")
            size = 1
        parts[-1] += character
        size += width
    return "\r\n".join(parts)
