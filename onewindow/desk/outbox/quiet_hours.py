"""When a message may reach a client: not at night where they are, and advertising only in working hours."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from onewindow.desk.requests.client_status import client_zone
from onewindow.desk.session.context import Session
from onewindow.metrics.policies.working_time import Calendar, open_intervals
from onewindow.records.clients import Client
from onewindow.records.messages import Message
from onewindow.text.dates import parse_utc

_LOOK_AHEAD = timedelta(days=30)


def goes_at(session: Session, client: Client, purpose: str) -> datetime:
    """The first instant from now on (aware, UTC) at which a message of that purpose may go to a client.

    The quiet hours of the settings are counted where the client is. What is no service message waits for the
    working hours of the calendar that holds for the client, too.
    """
    now = session.now()
    if purpose == "service":
        return end_of_quiet(session, client, now)
    calendar = _calendar(session, client)
    if calendar is None:
        return end_of_quiet(session, client, now)
    for begin, end in open_intervals(calendar, now, now + _LOOK_AHEAD):
        # The working hours are ours, the quiet hours the client's: both must let it through.
        at = end_of_quiet(session, client, max(begin, now))
        if at < end:
            return at
    return end_of_quiet(session, client, now)


def end_of_quiet(session: Session, client: Client, at: datetime) -> datetime:
    """The instant itself if it is not in the quiet hours where the client is, else their end."""
    begin, end = _clock(session.settings.quiet_from), _clock(session.settings.quiet_till)
    local = at.astimezone(ZoneInfo(client_zone(session, client)))
    # 21:00–08:00 is two pieces of a day.
    over_midnight = begin > end
    clock = local.time()
    is_quiet = clock >= begin or clock < end if over_midnight else begin <= clock < end
    if not is_quiet:
        return at
    day = local.date() + timedelta(days=1) if over_midnight and clock >= begin else local.date()
    return datetime.combine(day, end, local.tzinfo).astimezone(at.tzinfo)


def may_wake(session: Session, client: Client, message: Message) -> bool:
    """Whether somebody said of a queued message that it cannot wait: it was queued for a quiet hour."""
    if message.purpose != "service" or not message.queued_at:
        return False
    queued_for = parse_utc(message.queued_at)
    return end_of_quiet(session, client, queued_for) != queued_for


def is_quiet(session: Session, client: Client) -> bool:
    """Whether it is too late or too early now to disturb a client."""
    now = session.now()
    return end_of_quiet(session, client, now) != now


def _clock(text: str) -> time:
    return time.fromisoformat(text)


def _calendar(session: Session, client: Client) -> Calendar | None:
    policy = session.directory.policies.policy_for(
        client.tier, "normal", "question", session.today().isoformat()
    )
    return policy.calendar if policy else None
