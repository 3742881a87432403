"""A strict reader of one iCalendar event by RFC 5545: it refuses whatever a careful calendar would."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

_LINE = re.compile(r'([A-Z-]+)((?:;[A-Z-]+=(?:"[^"\x00-\x1f\x7f]*"|[^";:,\x00-\x1f\x7f]*))*):(.*)', re.DOTALL)
_PARAMETER = re.compile(r';([A-Z-]+)=(?:"([^"]*)"|([^";:,]*))')
_ESCAPED = re.compile(r"\\([\\;,nN])")
_ONCE = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS", "ORGANIZER")


@dataclass(frozen=True)
class Property:
    """The value of a property as it stands, and its parameters."""

    raw: str
    parameters: dict[str, str]

    @property
    def text(self) -> str:
        """The value as a text; nothing in it may stand unescaped."""
        assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", self.raw), self.raw
        assert not re.search(r"\\(?![\\;,nN])", _ESCAPED.sub("", self.raw)), self.raw
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.raw)

    @property
    def at(self) -> datetime:
        """The value as an instant in UTC."""
        return datetime.strptime(self.raw, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


@dataclass(frozen=True)
class Event:
    """The only event of a calendar: what the calendar says, what the event says, who is asked to come."""

    calendar: dict[str, str]
    properties: dict[str, Property]
    attendees: list[Property]

    def __getitem__(self, name: str) -> Property:
        return self.properties[name]


def read_event(content: str | bytes) -> Event:
    """The event of a file; AssertionError for what breaks the rules."""
    text = content.decode() if isinstance(content, bytes) else content
    assert text.endswith("\r\n")
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", text)
    lines = text[:-2].split("\r\n")
    assert all(0 < len(line.encode()) <= 75 for line in lines)
    unfolded: list[str] = []
    for line in lines:
        if line[0] in " \t":
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    assert unfolded[0] == "BEGIN:VCALENDAR"
    assert unfolded[-2:] == ["END:VEVENT", "END:VCALENDAR"]
    begin = unfolded.index("BEGIN:VEVENT")
    assert sum(line.startswith(("BEGIN:", "END:")) for line in unfolded) == 4
    calendar = dict(line.split(":", 1) for line in unfolded[1:begin])
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    found: dict[str, Property] = {}
    attendees: list[Property] = []
    for line in unfolded[begin + 1 : -2]:
        parts = _LINE.fullmatch(line)
        assert parts is not None, line
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line), line
        given = {name: quoted or plain for name, quoted, plain in _PARAMETER.findall(parts[2])}
        read = Property(parts[3], given)
        if parts[1] == "ATTENDEE":
            attendees.append(read)
            continue
        assert parts[1] not in found, line
        found[parts[1]] = read
    assert set(_ONCE) <= found.keys()
    assert found["DTEND"].at > found["DTSTART"].at
    return Event(calendar, found, attendees)
