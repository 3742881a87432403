"""A meeting in one typed line: `пт 15:00 итоги квартала онлайн 45м`, in the client's time."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from onewindow.desk.requests.client_status import client_zone
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.meetings import MeetingForm
from onewindow.records.structs import frozen_struct
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import to_local, utc_text
from onewindow.text.durations import parse_minutes
from onewindow.text.typed_dates import NoSuchDay, parse_date, parse_when, said_of_two, the_one_moment

_LONGEST_WHEN = 5
_HOUR_MINUTE = re.compile(r"(?:[01]?[0-9]|2[0-3])[:.][0-5][0-9]")
_DAY_MONTH = re.compile(r"[0-3][0-9][./](?:[0-9]{2})(?:[./][0-9]{2,4})?")
"""A day of two and a month of two figures; 5.2 is a version."""
_AT = frozenset({"at", "в", "во", "във", "к"})
_LENGTH = re.compile(r"([0-9]{1,3})\s*(м|мин|min|m|ч|час|часа|h|hour|hours)\.?")
_HOURS = frozenset({"ч", "час", "часа", "h", "hour", "hours"})
_FORMS: dict[str, MeetingForm] = {
    **dict.fromkeys(("визит", "выезд", "visit", "посещение", "посещаване", "визита"), "visit"),
    **dict.fromkeys(("онлайн", "online", "zoom", "видео", "video", "teams", "meet"), "online"),
    **dict.fromkeys(("офис", "офисе", "office", "офиса"), "at_ours"),
}
_LINK = re.compile(r"https?://\S+")


@frozen_struct
class MeetingLine:
    """What a line says; `starts_at` is UTC text, and what the line leaves out is the usual."""

    starts_at: str
    title: str
    minutes: int
    form: MeetingForm
    place: str


def read_line(session: Session, client: Client, text: str) -> MeetingLine:
    """What a typed line means; raises StoreProblem where the time or the subject is missing.

    The time is that of the client. A length (45м, 2h), a form (визит, онлайн, офис) and a link may stand
    anywhere; what is left is the subject.
    """
    links = _LINK.findall(text)
    words = _LINK.sub(" ", text).split()
    words, minutes = _length(words)
    words, form = _form(words)
    place = ""
    if links:
        place, form = links[0], form or "online"
    now = session.now().astimezone(ZoneInfo(client_zone(session, client)))
    when, rest = _when(words, now)
    if when is None:
        raise StoreProblem("When? Write a day with a time: пт 15:00 итоги квартала, tomorrow 10:00 demo.")
    title = " ".join(rest).strip(" -–:,;")
    if not title:
        raise StoreProblem("What about? Write the subject behind the time: пт 15:00 итоги квартала.")
    return MeetingLine(utc_text(when), title, minutes, form or "visit", place)


def read_time(session: Session, client: Client, text: str) -> str:
    """A typed time in the client's zone as UTC text; raises StoreProblem."""
    now = session.now().astimezone(ZoneInfo(client_zone(session, client)))
    try:
        when = parse_when(text, now, lean="soon")
    except ValueError as error:
        raise StoreProblem(f"When? {error}") from error
    if not _HOUR_MINUTE.search(text) and not re.search(r"[0-9]\s*(?:am|pm|h|ч)", text):
        raise StoreProblem(f"At what time on {when:%d.%m}? Write it too: {text.strip()} 15:00.")
    return utc_text(when)


def _when(words: list[str], now: datetime) -> tuple[datetime | None, list[str]]:
    """The longest run of words that is a day with a time, and the words around it.

    Raises StoreProblem for a day or an hour that the calendar does not have, rather than reading another one.
    """
    bare = [word.strip(",;") for word in words]
    has_clock = any(":" in word and _HOUR_MINUTE.fullmatch(word) for word in bare)
    for length in range(min(_LONGEST_WHEN, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            run = bare[start : start + length]
            if not any(_HOUR_MINUTE.fullmatch(word) for word in run):
                continue
            if length == 1 and "." in run[0] and has_clock:
                continue  # beside a time of day, 12.13 can only be meant as a day
            try:
                text = run[0].replace(".", ":") if length == 1 else " ".join(run)
                moment = parse_when(text, now, lean="soon")
            except NoSuchDay as error:
                raise StoreProblem(str(error)) from error
            except ValueError:
                continue
            rest = words[:start] + words[start + length :]
            is_time_only = all(_HOUR_MINUTE.fullmatch(word) or word.casefold() in _AT for word in run)
            return _day_elsewhere(moment, rest, now) if is_time_only else (moment, rest)
    return None, words


def _day_elsewhere(moment: datetime, rest: list[str], now: datetime) -> tuple[datetime, list[str]]:
    """The time on the day that stands apart from it among the other words, where there is one."""
    for place, word in enumerate(rest):
        if not _DAY_MONTH.fullmatch(word.strip(",;")):
            continue
        try:
            day = parse_date(word.strip(",;"), now.date(), "soon")
        except NoSuchDay as error:
            raise StoreProblem(str(error)) from error
        return _on(day, moment), rest[:place] + rest[place + 1 :]
    return moment, rest


def _on(day: date, clock: datetime) -> datetime:
    try:
        return the_one_moment(datetime.combine(day, clock.time(), clock.tzinfo))
    except NoSuchDay as error:
        raise StoreProblem(str(error)) from error


def said_time(session: Session, client: Client, starts_at: str) -> list[str]:
    """What is to be said of a time: which one is meant of an hour that the client's clocks show twice."""
    which = said_of_two(to_local(starts_at, client_zone(session, client)))
    return [f"Taken for the {which}."] if which else []


def _length(words: list[str]) -> tuple[list[str], int]:
    for place, word in enumerate(words):
        if match := _LENGTH.fullmatch(word.casefold().strip(",;")):
            count = int(match[1])
            minutes = count * 60 if match[2] in _HOURS else count
            return words[:place] + words[place + 1 :], minutes
        if re.fullmatch(r"[0-9]+h[0-9]+m?", word.casefold().strip(",;")):
            return words[:place] + words[place + 1 :], parse_minutes(word.strip(",;")) or 60
    return words, 60


def _form(words: list[str]) -> tuple[list[str], MeetingForm | None]:
    for place, word in enumerate(words):
        form = _FORMS.get(word.casefold().strip(".,;"))
        if form is not None:
            return words[:place] + words[place + 1 :], form
    return words, None
