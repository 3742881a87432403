"""Deadlines inside of a sentence: до пт, завтра к обеду, до петък 14:00, by fri, in 2h."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from onewindow.records.named_tuples import NamedTuple
from onewindow.text.date_words import INFLECTED_WEEKDAYS, MONTH_STEMS, NEAR_DAYS, UNITS, WEEKDAYS
from onewindow.text.dates import format_date
from onewindow.text.day_grammar import coming_weekday, later, on_the_dial
from onewindow.text.typed_dates import NoSuchDay, example_days, parse_date, parse_when, the_one_moment

DAY_END = time(18)
"""What is promised for a day is promised for the end of its work."""
_MOST_WORDS = 8
_MOST_YEARS = 20
"""A number behind a month is a year if it is so near; 2000 штук are none."""

_LEADS = (
    ("no", "later", "than"), ("не", "позднее"), ("не", "позже"), ("не", "по", "късно", "от"),
    ("най", "късно", "до"), ("до",), ("к",), ("ко",), ("към",), ("преди",), ("срок",),
    ("by",), ("till",), ("until",), ("before",), ("due",),
)  # fmt: skip
_FROM_NOW = frozenset({"in", "within", "через", "след"})
_BETWEEN = frozenset(
    {"в", "во", "във", "at", "on", "the", "next", "следующий", "следующей", "следващия", "около"}
)
_NOT_BARE_AFTER = frozenset({"на", "с", "со", "от", "за", "for", "from", "since", "of", "про", "об", "след"})
"""A bare day after one of these is what the request is about, no deadline: перенести на завтра."""

_DAYPART_WORDS = {
    time(10): "утро утру утра утром сутрин сутринта morning",
    time(12): "обед обеда обеду обяд обяда полдень полудня noon lunch lunchtime midday",
    DAY_END: "вечер вечера вечеру вечером вечерта evening eod",
}
_DAYPARTS: dict[tuple[str, ...], time] = {
    **{(word,): clock for clock, words in _DAYPART_WORDS.items() for word in words.split()},
    ("конца", "дня"): DAY_END, ("концу", "дня"): DAY_END, ("конец", "дня"): DAY_END,
    ("края", "на", "деня"): DAY_END, ("end", "of", "day"): DAY_END, ("end", "of", "the", "day"): DAY_END,
    ("close", "of", "business"): DAY_END,
}  # fmt: skip
_WEEK_ENDS = (
    ("конца", "недели"), ("концу", "недели"), ("края", "на", "седмицата"),
    ("end", "of", "week"), ("end", "of", "the", "week"),
)  # fmt: skip
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])([:.])([0-5][0-9])")
_HOUR = re.compile(r"([01]?[0-9]|2[0-3])(ч|h|am|pm)?")
_HOUR_WORDS = frozenset({"ч", "часов", "час", "h", "am", "pm"})
_AMOUNT = re.compile(r"\+?([0-9]{1,3})([^\W\d_]+)")
_ORDINAL = re.compile(r"([0-9]{1,2})(?:-?(?:го|му|ти|ви|ри|th|st|nd|rd))")
_HALF_HOURS = (("полчаса",), ("половин", "час"), ("half", "an", "hour"))


class Deadline(NamedTuple):
    """The words from `first` up to `end`, and the moment that they mean (aware, in the zone of now)."""

    first: int
    end: int
    moment: datetime
    names_day: bool = True
    """Whether a day is named, and not a time of any day only."""


class _Found(NamedTuple):
    length: int
    moment: datetime
    names_day: bool = True


def find_deadline(words: Sequence[str], now: datetime) -> Deadline | None:
    """The first deadline in case-folded words, or None; it never lies in the past of the aware local `now`.

    It begins with a word such as до, by, in; or it is a day in the last words: позвонить завтра.
    """
    for first in range(len(words)):
        try:
            deadline = _from_now(words, first, now) or _till(words, first, now)
        except (ValueError, OverflowError):
            continue
        if deadline is not None and deadline.moment > now:
            return Deadline(first, first + deadline.length, deadline.moment, deadline.names_day)
    return None


def _from_now(words: Sequence[str], at: int, now: datetime) -> _Found | None:
    """через 2 часа, in 2h, след седмица, +3d."""
    word = words[at]
    if word.startswith("+") and (amount := _AMOUNT.fullmatch(word)):
        return _moved(1, amount[1], amount[2], now)
    if word not in _FROM_NOW:
        return None
    for half in _HALF_HOURS:
        if _stands(words, at + 1, half):
            return _Found(1 + len(half), later(now, 30, "minute"))
    following = words[at + 1] if at + 1 < len(words) else ""
    unit = words[at + 2] if at + 2 < len(words) else ""
    if amount := _AMOUNT.fullmatch(following):
        return _moved(2, amount[1], amount[2], now)
    if following.isdecimal() and len(following) < 4:
        return _moved(3, following, unit, now)
    if following in ("a", "an", "един", "една", "один", "одну"):
        return _moved(3, "1", unit, now)
    return _moved(2, "1", following, now)


def _moved(length: int, count: str, unit: str, now: datetime) -> _Found | None:
    if unit not in UNITS:
        return None
    if UNITS[unit] in ("minute", "hour"):
        return _Found(length, later(now, int(count), UNITS[unit]))
    return _Found(length, parse_when(f"+{count} {unit}", now, DAY_END))


def missing_day(words: Sequence[str], now: datetime) -> str:
    """The sentence about a day or hour that a deadline names and that never comes; '' without one.

    A day only behind a word that leads a deadline: `версия 31.06` is no day. An hour that clocks leave out
    is meant wherever a deadline can stand.
    """
    for lead in _LEADS:
        for at in range(len(words) - len(lead)):
            named = words[at + len(lead)]
            is_day = named in NEAR_DAYS or (named[:1].isdigit() and any(mark in named for mark in "./"))
            if not is_day or not _stands(words, at, lead):
                continue
            try:
                day = parse_date(named, now.date(), "soon")
            except NoSuchDay as error:
                return str(error)
            except ValueError:
                continue
            if day < now.date():
                return (
                    f"{format_date(day.isoformat(), now.date())} is over, and a deadline lies ahead;"
                    f" write {example_days(now.date())}."
                )
    return _missing_hour(words, now)


def _missing_hour(words: Sequence[str], now: datetime) -> str:
    for first in range(len(words)):
        try:
            deadline = _from_now(words, first, now) or _till(words, first, now)
        except NoSuchDay as error:
            return str(error)
        except (ValueError, OverflowError):
            continue
        if deadline is not None and deadline.moment > now:
            return ""
    return ""


def _till(words: Sequence[str], first: int, now: datetime) -> _Found | None:
    """A day, a time of day, or both, with the words before and between them."""
    day: date | None = None
    at: time | None = None
    is_led = False
    zone = now.tzinfo
    here, end = first, first
    while here < min(len(words), first + _MOST_WORDS):
        if lead := next((lead for lead in _LEADS if _stands(words, here, lead)), None):
            is_led, here = True, here + len(lead)
            continue
        if is_led and here == end + 1 and end == first and (offset := _so_long(words, here, now)):
            return _Found(here + offset.length - first, offset.moment)
        length = 0
        if at is None and (part := _part_of_day(words, here)):
            length, at = part
        elif day is None and (led := _day(words, here, now, is_led=is_led)):
            length, day, at = led[0], led[1], led[2] or at
        elif at is None and (clock := _clock(words, here, is_led=is_led)):
            length, at = clock
        elif at is not None and words[here] == "utc":
            length, zone = 1, UTC
        elif words[here] in _BETWEEN:
            here += 1
            continue
        else:
            break
        here += length
        end = here
    if end == first or (day is None and at is None):
        return None
    if not is_led and (day is None or end < len(words) or _is_about(words, first)):
        return None
    return _Found(end - first, _moment(day, at, now.astimezone(zone)).astimezone(now.tzinfo), day is not None)


def _so_long(words: Sequence[str], at: int, now: datetime) -> _Found | None:
    """до 2 дни, до 3 часа: within so long; but до 15 часов is a time of day."""
    if at + 1 < len(words) and words[at].isdecimal() and len(words[at]) < 4:
        unit = words[at + 1]
        if unit in UNITS and unit not in _HOUR_WORDS:
            return _moved(2, words[at], unit, now)
    return None


def _is_about(words: Sequence[str], first: int) -> bool:
    return first > 0 and words[first - 1] in _NOT_BARE_AFTER


def _part_of_day(words: Sequence[str], at: int) -> tuple[int, time] | None:
    for part, clock in _DAYPARTS.items():
        if _stands(words, at, part):
            return len(part), clock
    return None


def _clock(words: Sequence[str], at: int, *, is_led: bool) -> tuple[int, time] | None:
    written = words[at]
    half = words[at + 1] if at + 1 < len(words) and words[at + 1] in _HOUR_WORDS else ""
    if match := _CLOCK.fullmatch(written):
        is_half = half in ("am", "pm")
        return 1 + is_half, on_the_dial(int(match[1]), int(match[3]), half=half if is_half else "")
    match = _HOUR.fullmatch(written)
    if match and is_led and (match[2] or half):
        return 1 + (not match[2]), on_the_dial(int(match[1]), half=_half(match[2] or half))
    return None


def _half(word: str) -> str:
    return word if word in ("am", "pm") else ""


def _day(
    words: Sequence[str], at: int, now: datetime, *, is_led: bool
) -> tuple[int, date, time | None] | None:
    """How many words name a day, the day, and the time that goes with it of itself."""
    today, word = now.date(), words[at]
    for weekend in _WEEK_ENDS:
        if is_led and _stands(words, at, weekend):
            return len(weekend), today + timedelta(days=(4 - today.weekday()) % 7), DAY_END
    if word in NEAR_DAYS:
        return 1, today + timedelta(days=NEAR_DAYS[word]), None
    weekday = WEEKDAYS.get(word, INFLECTED_WEEKDAYS.get(word) if is_led else None)
    if weekday is not None:
        return 1, coming_weekday(today, weekday), None
    if named := _month_day(words, at, today):
        return (*named, None)
    if ordinal := _ORDINAL.fullmatch(word):
        return (1, _coming(today, int(ordinal[1])), None) if is_led else None
    if word[:1].isdigit() and any(mark in word for mark in "./-"):
        try:
            day = parse_date(word, today)
        except ValueError:
            return None
        has_year = sum(letter in "./-" for letter in word) > 1
        return 1, day if day >= today or has_year else _next_year(day), None
    return None


def _month_day(words: Sequence[str], at: int, today: date) -> tuple[int, date] | None:
    """25 ноября, nov 25, 5-го мая, 25 ноября 2027."""
    if at + 1 >= len(words):
        return None
    number, name = words[at], words[at + 1]
    if not number[:1].isdecimal():
        number, name = name, number
    if ordinal := _ORDINAL.fullmatch(number):
        number = ordinal[1]
    month = MONTH_STEMS.get(name[:3])
    if month is None or not number.isdecimal() or len(number) > 2 or len(name) > 9:
        return None
    year = words[at + 2] if at + 2 < len(words) else ""
    if year.isdecimal() and 0 <= int(year) - today.year <= _MOST_YEARS:
        return 3, date(int(year), month, int(number))
    day = date(today.year, month, int(number))
    return 2, day if day >= today else _next_year(day)


def _coming(today: date, number: int) -> date:
    if number >= today.day:
        return today.replace(day=number)
    month = today.month % 12 + 1
    return date(today.year + (month == 1), month, number)


def _next_year(day: date) -> date:
    return day.replace(year=day.year + 1)


def _moment(day: date | None, at: time | None, now: datetime) -> datetime:
    clock = at or DAY_END
    moment = datetime.combine(day or now.date(), clock, now.tzinfo)
    # A time without a day that is over today is tomorrow's.
    return the_one_moment(moment + timedelta(days=1) if day is None and moment <= now else moment)


def _stands(words: Sequence[str], at: int, wanted: tuple[str, ...]) -> bool:
    return tuple(words[at : at + len(wanted)]) == wanted
