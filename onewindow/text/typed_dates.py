"""Reading the dates and times people type: 25.11, fri, завтра 15:00, +3d, след 2 дни."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

from onewindow.records.fields import Lean
from onewindow.text.clean import clean
from onewindow.text.date_words import MONTHS, NEAR_DAYS, NOON, NOW, UNITS, WEEKDAYS, Unit
from onewindow.text.dates import FIRST_YEAR, LAST_YEAR, within_reach
from onewindow.text.day_grammar import (
    Place,
    coming_weekday,
    existing,
    full_year,
    last_weekday,
    later,
    moved,
    on_the_dial,
    written_day,
)
from onewindow.text.patterns import pattern
from onewindow.text.spoken_dates import month_name

MORNING = time(9, 0)

_TYPED = Place()

_OFFSET = pattern(
    r"(?P<lead>[+-]|in |через |след |преди )\s*(?P<count>[0-9]{1,4}|an?\b)?\s*(?P<unit>[^\W\d_]+)"
)
_BACK = pattern(r"(?:(?P<count>[0-9]{1,4}|an?)\s*)?\b(?P<unit>[^\W\d_]+) (?:ago|назад)")
_TIME = r"(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2})(?::[0-9]{2})?)?(?: ?(?P<half>am|pm))?"
_TIME_LAST = pattern(rf"(?:^|[ t])(?P<at>(?:at|в|във|к) )?{_TIME}$")
_TIME_FIRST = pattern(rf"^(?P<at>(?:at|в|във|к) )?{_TIME} ")
_NOON = pattern(rf"\b{NOON}\b")
_ON = pattern(
    r"^(?:(?:on|в|во|във) )?"
    r"(?:(?:next|this|след\.?|следующ(?:ий|ую|ая|ее)|следващ(?:ия|ият|ата|а)|эт(?:от|у|а|о)|този|тази) )?"
)


_NEXT = pattern(r"\b(?:next|след\.?|следующ\w*|следващ\w*)\b")


_SLIP_DAYS = 120
"""So long after a day without a year nobody who plans something soon means the next one."""


_EXAMPLE_DAYS = 7


class NoSuchDay(ValueError):
    """A day or time was plainly meant, and the calendar does not have it; the text is one sentence."""


def _unreadable(text: str, what: str, example: str) -> ValueError:
    import difflib  # only a day that cannot be read asks for it

    words = [*NEAR_DAYS, *WEEKDAYS, *MONTHS]
    near = [near for word in _words(text).split() for near in difflib.get_close_matches(word, words, 1, 0.8)]
    meant = f"; did you mean {near[0]}?" if near and near[0] not in _words(text).split() else ""
    return ValueError(f"“{clean(text)[:40]}” is not a {what}: write {example}{meant}")


def example_day(today: date, lean: Lean = "") -> date:
    """The day that a hint names: a week ahead, or a week ago of what has happened."""
    return today + timedelta(days=-_EXAMPLE_DAYS if lean == "behind" else _EXAMPLE_DAYS)


def example_days(today: date, lean: Lean = "") -> str:
    """How a day may be written, by days that can be meant: `06.12.2026, tomorrow, fri or +3d`."""
    day = f"{example_day(today, lean):%d.%m.%Y}"
    return f"{day}, yesterday or fri" if lean == "behind" else f"{day}, tomorrow, fri or +3d"


def _example_moments(today: date, lean: Lean) -> str:
    day = f"{example_day(today, lean):%d.%m} 15:00"
    return f"{day}, yesterday 3pm or today 9:00" if lean == "behind" else f"{day}, tomorrow 3pm or +2h"


def _words(text: str) -> str:
    return " ".join(text.casefold().split())


def _written_day(text: str, today: date, lean: Lean) -> date | None:
    """Return the date written in figures or with its month's name; NoSuchDay when there is none such."""
    written = written_day(text, _TYPED)
    if written is None or written.end < len(text) or not written.month:
        return None
    number, month, year = written.day, written.month, written.year
    if not year and lean == "born":
        raise NoSuchDay(f"Which year? Write {number:02}.{month:02}. with the year of birth: 31.12.1985.")
    if not year:
        return _without_year(number, month, today, lean)
    full = full_year(year)
    day = existing(full, month, number)
    if day is None:
        raise _no_such_day(full, month, number, today)
    if written.is_short and lean in ("behind", "born") and day > today:
        # Of what has happened: somebody born in 58 was not born in 2058.
        return existing(full - 100, month, number) or day
    return day


def _without_year(number: int, month: int, today: date, lean: Lean) -> date:
    """The next such day, the last one, or that of this year; today is both the next and the last."""
    year = today.year
    this_year = existing(year, month, number)
    if lean == "soon" and this_year is not None and 0 < (today - this_year).days <= _SLIP_DAYS:
        raise NoSuchDay(
            f"{number:02}.{month:02} is over; write {number:02}.{month:02}.{year + 1} if next year is meant."
        )
    if lean in ("ahead", "soon") and (month, number) < (today.month, today.day):
        year += 1
    elif lean == "behind" and (month, number) > (today.month, today.day):
        year -= 1
    day = existing(year, month, number)
    if day is None:
        raise _no_such_day(year, month, number, today)
    return day


def _no_such_day(year: int, month: int, number: int, today: date) -> NoSuchDay:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        why = f"years go from {FIRST_YEAR} to {LAST_YEAR}"
    elif not 1 <= month <= 12:
        why = "a year has 12 months"
    else:
        name = month_name(month) + (f" {year}" if month == 2 else "")
        why = f"{name} has {monthrange(year, month)[1]} days"
    return NoSuchDay(f"There is no day {number:02}.{month:02}: {why}; write {example_days(today)}.")


def _offset(text: str) -> tuple[int, Unit] | None:
    """Return the signed count and the unit of `+3d`, `через неделю`, `2 days ago`."""
    match = _OFFSET.fullmatch(text) or _BACK.fullmatch(text)
    if not match or match["unit"] not in UNITS:
        return None
    lead = match.groupdict().get("lead", "-")
    written = match["count"] or ""
    count = int(written) if written.isdecimal() else 1
    return (-count if lead in {"-", "преди "} else count), UNITS[match["unit"]]


def _day(text: str, today: date, lean: Lean) -> date | None:
    if text in NEAR_DAYS:
        return today + timedelta(days=NEAR_DAYS[text])
    weekday = WEEKDAYS.get(_ON.sub("", text).rstrip("."))
    if weekday is not None and lean == "behind" and not _NEXT.search(text):
        return last_weekday(today, weekday)
    if weekday is not None:
        return coming_weekday(today, weekday)
    offset = _offset(text)
    if offset and offset[1] not in {"minute", "hour"}:
        return moved(today, *offset)
    return _written_day(text, today, lean)


def parse_date(text: str, today: date, lean: Lean = "") -> date:
    """Return the day meant by what was typed, seen from `today`.

    A day without a year is in this year, where it must lie ahead the next such day, where it must lie behind
    the last one, and of a birth it is refused; a weekday is the next such day after today, behind the last
    one before it. ValueError carries one sentence with examples.
    """
    try:
        day = _day(_words(text), today, lean)
    except NoSuchDay:
        raise
    except (ValueError, OverflowError):
        day = None
    if day is None:
        raise _unreadable(text, "date", example_days(today, lean))
    return _in_reach(day)


def _in_reach(day: date) -> date:
    try:
        return within_reach(day)
    except ValueError as error:
        raise NoSuchDay(str(error)) from None


def _moment(text: str, now: datetime, at: time, lean: Lean) -> datetime | None:
    if text in NOW:
        return now.replace(second=0, microsecond=0)
    if text.endswith(" utc"):
        moment = _moment(text.removesuffix(" utc"), now.astimezone(UTC), at, lean)
        return moment and moment.astimezone(now.tzinfo)
    offset = _offset(text)
    if offset and offset[1] in {"minute", "hour"}:
        return later(now, *offset)
    text = _NOON.sub("12:00", text)
    match = _TIME_LAST.search(text) or _TIME_FIRST.search(text)
    if match and (match["minute"] or match["half"] or match["at"]):
        at = on_the_dial(int(match["hour"]), int(match["minute"] or 0), half=match["half"] or "")
        text = (text[: match.start()] + text[match.end() :]).rstrip(" ,") or "today"
    day = _day(text, now.date(), lean)
    return None if day is None else the_one_moment(datetime.combine(_in_reach(day), at, now.tzinfo))


def the_one_moment(moment: datetime) -> datetime:
    """The same; NoSuchDay in the hour that is left out when the clocks are put forward.

    Of an hour that comes twice when they are put back the first is meant; `said_of_two` says so.
    """
    back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    if back.replace(tzinfo=None) == moment.replace(tzinfo=None):
        return moment
    raise NoSuchDay(
        f"There is no {moment:%H:%M} on {moment:%d.%m.%Y}, as clocks are put forward: write {back:%H:%M}."
    )


def said_of_two(moment: datetime) -> str:
    """Which one is meant of an hour that comes twice when clocks are put back, and how to write the other.

    Empty at any other hour; the moment is in the zone of the reader.
    """
    first, second = (moment.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second or first.astimezone(moment.tzinfo).replace(tzinfo=None) != moment.replace(tzinfo=None):
        return ""
    meant, other = ("second", first) if moment.fold else ("first", second)
    return f"{meant} {moment:%H:%M} of that night, the other is {other:%d.%m.%Y %H:%M} utc"


def parse_when(text: str, now: datetime, at: time = MORNING, lean: Lean = "") -> datetime:
    """Return the moment meant by what was typed, in the zone of the aware local `now`.

    A time without a day is today's, a day without a time gets `at`, and `utc` behind both is the zone that
    they are in; days as in `parse_date`. ValueError carries one sentence with examples.
    """
    try:
        moment = _moment(_words(text), now, at, lean)
    except NoSuchDay:
        raise
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        raise _unreadable(text, "date and time", _example_moments(now.date(), lean))
    _in_reach(moment.date())
    return moment
