"""Which zone the shown times are of, said where that is not the zone of the opening hours."""

from __future__ import annotations

from onewindow.desk.reference.policy_book import PolicyBook
from onewindow.desk.session.context import Session
from onewindow.desk.sla.lateness import general_calendar

_UTC_NAMES = frozenset({"UTC", "Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "UCT", "Universal", "Zulu"})
"""What servers call the one zone that everybody calls UTC."""

_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError)
"""What reading hours raises that are no hours."""


def zone_name(zone: str) -> str:
    """An IANA zone as people are told of it: `Europe/Moscow`, and `UTC` by whatever name a server has it."""
    return "UTC" if zone in _UTC_NAMES else zone


def other_zone(session: Session) -> str:
    """The zone in which this person sees times if the office works by another one; '' where they agree.

    The office's is that of the general opening hours; where there are none, nothing can be mistaken.
    """
    office, shown = _office_zone(session), zone_name(session.zone)
    return "" if office in ("", shown) else shown


def office_zone(session: Session) -> str:
    """The zone in which the office works, whoever asks and wherever; without opening hours this person's."""
    return _office_zone(session) or session.zone


def zone_note(session: Session) -> str:
    """What the head of a list of times says of its zone: `times in UTC`; '' where it is the office's own."""
    zone = other_zone(session)
    return f"times in {zone}" if zone else ""


def zone_line(session: Session) -> str:
    """The same as a sentence of its own, with the reason why it is said; '' where the zones agree."""
    zone = other_zone(session)
    return f"Times in {zone}, opening hours in {_office_zone(session)}." if zone else ""


def _office_zone(session: Session) -> str:
    """The zone of the general opening hours; '' where there are none, or none that can be read."""
    try:
        book = session.directory.policies
    except _UNREADABLE:
        return ""  # told where they are needed; a head of a list must not end the window
    return zone_of_hours(book)


def zone_of_hours(book: PolicyBook) -> str:
    """The zone of the general opening hours; '' where there are none, or none that can be read."""
    try:
        office = general_calendar(book)
    except _UNREADABLE:
        return ""  # as above
    return "" if office is None else zone_name(office.zone)
