"""The calendar file is read again by a strict reader, whatever the names are, and no text adds a line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from ical_reader import read_event
from icalendar import Calendar, Event

from onewindow.exchange.ics import calendar_text
from onewindow.exchange.invitation import Attendee, Invitation
from onewindow.text.clean import clean

AT = datetime(2026, 11, 27, 12, tzinfo=UTC)
NAUGHTY = st.text(
    alphabet=st.sampled_from('abЯя№;,:\\"\r\n \t=^|<>«»😀\x00\x1b\u202e') | st.characters(codec="utf-8")
)


def invitation(**values: object) -> Invitation:
    told = {
        "uid": "meeting-7@onewindow",
        "sequence": 2,
        "stamp": AT,
        "starts_at": AT,
        "ends_at": AT + timedelta(minutes=45),
        "title": "Итоги квартала; план, отчёты",
        "place": "Казань, Баумана 5",
        "text": "Первое\nВторое",
        "organiser": Attendee("Иванова Мария", "ivanova@firm.example"),
        "attendees": (Attendee('Анна "Аня" Ким', "a.kim@romashka.example"),),
    }
    return Invitation(**{**told, **values})  # pyright: ignore[reportArgumentType]


def test_a_calendar_reads_back_what_was_written() -> None:
    event = read_event(calendar_text(invitation()))
    assert event.calendar["METHOD"] == "REQUEST"
    assert event["SUMMARY"].text == "Итоги квартала; план, отчёты"
    assert event["DESCRIPTION"].text == "Первое\nВторое"
    assert event["LOCATION"].text == "Казань, Баумана 5"
    assert [event[name].raw for name in ("UID", "SEQUENCE", "STATUS")] == [
        "meeting-7@onewindow",
        "2",
        "CONFIRMED",
    ]
    assert event["DTSTART"].at == AT
    assert event["DTEND"].at - event["DTSTART"].at == timedelta(minutes=45)
    (anna,) = event.attendees
    assert (anna.parameters["CN"], anna.raw) == ("Анна 'Аня' Ким", "mailto:a.kim@romashka.example")
    assert event["ORGANIZER"].raw == "mailto:ivanova@firm.example"


def test_a_cancellation_has_the_same_uid_and_says_so() -> None:
    event = read_event(calendar_text(invitation(is_cancelled=True, sequence=3)))
    assert (event.calendar["METHOD"], event["STATUS"].raw) == ("CANCEL", "CANCELLED")
    assert (event["SEQUENCE"].raw, event["UID"].raw) == ("3", "meeting-7@onewindow")


def test_lines_are_folded_by_octets_and_no_letter_is_cut() -> None:
    text = calendar_text(invitation(title="Ж" * 200))
    lines = text.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert sum(line.startswith(" Ж") for line in lines) >= 5
    assert read_event(text)["SUMMARY"].text == "Ж" * 200


@given(st.text())
def test_folding_only_adds_line_breaks(text: str) -> None:
    lines = calendar_text(invitation(title=text)).split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    begin = next(place for place, line in enumerate(lines) if line.startswith("SUMMARY:"))
    end = next(place for place, line in enumerate(lines) if line.startswith("LOCATION:"))
    title = lines[begin].removeprefix("SUMMARY:") + "".join(line[1:] for line in lines[begin + 1 : end])
    assert title == read_event("\r\n".join(lines))["SUMMARY"].raw


@given(NAUGHTY, NAUGHTY, NAUGHTY)
def test_no_text_adds_a_line_of_its_own(title: str, place: str, name: str) -> None:
    organiser = Attendee(name, "a@b.example")
    text = calendar_text(invitation(title=title, place=place, text=name, organiser=organiser, attendees=()))
    event = read_event(text)
    allowed = {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION"}
    assert event.properties.keys() <= allowed | {"ORGANIZER", "STATUS"}
    lines = title.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert event["SUMMARY"].text == "\n".join(clean(line) for line in lines)


def read_back(text: str) -> Event:
    """The only event of a file, as icalendar reads it."""
    (event,) = Calendar.from_ical(text).events
    assert event.errors == []
    return event


def test_another_program_reads_the_same_event() -> None:
    event = read_back(calendar_text(invitation(title="Ж" * 100, is_cancelled=True)))
    assert (event.summary, event.location) == ("Ж" * 100, "Казань, Баумана 5")
    assert event.description == "Первое\nВторое"
    assert (event.uid, event.sequence, event.status) == ("meeting-7@onewindow", 2, "CANCELLED")
    assert (event.DTSTAMP, event.start, event.end) == (AT, AT, AT + timedelta(minutes=45))
    assert event.organizer is not None
    assert (event.organizer.email, event.organizer.CN) == ("ivanova@firm.example", "Иванова Мария")
    (anna,) = event.attendees
    assert (anna.email, anna.CN, anna.ROLE) == ("a.kim@romashka.example", "Анна 'Аня' Ким", "REQ-PARTICIPANT")
    assert (anna.PARTSTAT, anna.RSVP) == ("NEEDS-ACTION", True)


def test_a_backslash_is_no_line_break() -> None:
    text = calendar_text(invitation(title="C:\\New\\next, C:\\\\N", attendees=()))
    assert read_event(text)["SUMMARY"].text == read_back(text).summary == "C:\\New\\next, C:\\\\N"


def test_times_of_any_zone_are_written_in_utc() -> None:
    at = AT.astimezone(ZoneInfo("Asia/Yekaterinburg"))
    text = calendar_text(invitation(starts_at=at, ends_at=at + timedelta(hours=1), stamp=at))
    assert "DTSTART:20261127T120000Z\r\n" in text
    assert "TZID" not in text
    assert read_event(text)["DTSTAMP"].at == AT
