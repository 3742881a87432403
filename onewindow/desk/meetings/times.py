"""When a meeting can be: the hours of both sides, what colleagues have already, who is away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from onewindow.desk.cadence.due_rules import calendar_hours, stored_hours
from onewindow.desk.requests.client_status import client_zone
from onewindow.desk.session.context import Session
from onewindow.metrics import free_slots
from onewindow.metrics.free_slots import Span
from onewindow.metrics.policies.working_time import Calendar
from onewindow.records.absences import absence_on, absences_of
from onewindow.records.clients import Client
from onewindow.records.meetings import Meeting
from onewindow.store import meetings, rows
from onewindow.text.dates import parse_utc, to_local, utc_text

LOOK_AHEAD_DAYS = 21
_DAY = (time(9), time(18))
"""Office hours where no calendar says more."""
_LONGEST = timedelta(days=1)


def span_of(starts_at: str, minutes: int) -> Span:
    """Begin and end of a meeting."""
    begin = parse_utc(starts_at)
    return begin, begin + timedelta(minutes=minutes)


def slots(
    session: Session, client: Client, staff_ids: Sequence[int], minutes: int, count: int = 8
) -> list[datetime]:
    """The next beginnings (aware, UTC) at which both sides work and these colleagues are free."""
    now = session.now()
    till = now + timedelta(days=LOOK_AHEAD_DAYS)
    hours = calendar_hours(session.store)
    ours = _open(stored_hours(hours.get("")), session.zone, now, till)
    theirs = _open(
        stored_hours(hours.get(client.country) or hours.get("")), client_zone(session, client), now, till
    )
    # Both sides' hours first: taking colleagues' meetings out of what is common costs less.
    free = free_slots.common(ours, theirs)
    for staff_id in staff_ids:
        free = free_slots.without(free, _busy(session, staff_id, now, till))
    return free_slots.slots(free, minutes, count)


def conflicts(
    session: Session,
    client: Client,
    staff_ids: Iterable[int],
    starts_at: str,
    minutes: int,
    *,
    but: int = 0,
) -> list[str]:
    """What speaks against a time, one sentence each; the meeting with the id `but` does not count."""
    begin, end = span = span_of(starts_at, minutes)
    problems: list[str] = []
    if begin < session.now():
        problems.append("It lies in the past.")
    for staff_id in staff_ids:
        person = session.directory.staff.get(staff_id)
        if person is None:
            continue
        absence = absence_on(person, f"{begin.astimezone(ZoneInfo(session.zone)):%Y-%m-%d}")
        if absence is not None:
            till = f" till {absence.last}" if absence.last else ""
            problems.append(f"{person.name} is away then{till}.")
        problems += [
            f"{person.name} has another meeting then: {conflict}."
            for conflict in _others(session, staff_id, span, but)
        ]
    hours = calendar_hours(session.store)
    sides = (
        ("our", stored_hours(hours.get("")), session.zone),
        (
            "the client's",
            stored_hours(hours.get(client.country) or hours.get("")),
            client_zone(session, client),
        ),
    )
    for whose, calendar, zone in sides:
        # A day more at both ends, since the zone may put the time on another date.
        open_spans = _open(calendar, zone, begin - _LONGEST, end + _LONGEST)
        if not any(start <= begin and end <= stop for start, stop in open_spans):
            local = begin.astimezone(ZoneInfo(zone))
            problems.append(f"It is outside of {whose} working hours: {local:%a %d.%m %H:%M} there.")
    return problems


def _others(session: Session, staff_id: int, span: Span, but: int) -> Iterator[str]:
    for meeting in _meetings(session, staff_id, *span):
        if meeting.id != but and free_slots.overlaps(span, span_of(meeting.starts_at, meeting.minutes)):
            client = rows.get(session.store, Client, meeting.client_id)
            local = to_local(meeting.starts_at, session.zone)
            yield f"{local:%H:%M} {client.name}, {meeting.title}"


def _busy(session: Session, staff_id: int, since: datetime, till: datetime) -> list[Span]:
    spans = [
        span_of(meeting.starts_at, meeting.minutes) for meeting in _meetings(session, staff_id, since, till)
    ]
    person = session.directory.staff.get(staff_id)
    zone = ZoneInfo(session.zone)
    for absence in absences_of(person) if person is not None else ():
        begin = datetime.combine(date.fromisoformat(absence.first), time(), zone)
        # An absence without an end lasts as far as anybody looks.
        last = date.fromisoformat(absence.last) if absence.last else max(till, begin).date()
        spans.append((begin, datetime.combine(last + timedelta(days=1), time(), zone)))
    return spans


def _meetings(session: Session, staff_id: int, since: datetime, till: datetime) -> list[Meeting]:
    """What a person leads or joins and what may reach into a time."""
    # A meeting that began before may still be going on.
    early = utc_text(since - _LONGEST)
    own = meetings.planned(session.store, staff_id, early, utc_text(till))
    return own + meetings.joined(session.store, staff_id)


def _open(calendar: Calendar | None, zone_name: str, since: datetime, till: datetime) -> list[Span]:
    """The open time by a calendar, read by the clock of a zone, between two instants."""
    zone = ZoneInfo(zone_name)
    day, last = since.astimezone(zone).date(), till.astimezone(zone).date()
    spans: list[Span] = []
    while day <= last:
        # Of this very day: the offset of a zone changes over the year.
        midnight = datetime.combine(day, time(), zone)
        for begin, end in _hours(calendar, day):
            opens = (midnight + timedelta(seconds=begin)).astimezone(UTC)
            closes = (midnight + timedelta(seconds=end)).astimezone(UTC)
            if closes > since and opens < till:
                spans.append((max(opens, since.astimezone(UTC)), min(closes, till.astimezone(UTC))))
        day += timedelta(days=1)
    return spans


def _hours(calendar: Calendar | None, day: date) -> Sequence[tuple[int, int]]:
    if calendar is not None:
        return calendar.spans(day)
    return [tuple(3600 * clock.hour for clock in _DAY)] if day.weekday() < 5 else []  # pyright: ignore[reportReturnType]
