"""Dates and times as a letter says them, in the language of the letter."""

from __future__ import annotations

from datetime import date, datetime

_MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    "en": "January February March April May June July August September October November December",
}
_YEAR_SIGN = {"ru": " г.", "bg": " г.", "en": ""}


def month_name(month: int, language: str = "en") -> str:
    """The name of a month, 1 to 12; as it stands behind a day in `ru` and `bg`."""
    return _MONTHS[language].split()[month - 1]


def spoken_date(day: date, language: str, today: date) -> str:
    """A date in `ru`, `bg` or `en`: `25 ноября`, and `25 ноября 2027 г.` outside the year of today."""
    words = f"{day.day} {month_name(day.month, language)}"
    return words if day.year == today.year else f"{words} {day.year}{_YEAR_SIGN[language]}"


def spoken_time(moment: datetime, language: str, now: datetime) -> str:
    """A local time with its date: `25 ноября, 18:00`. `now`, local too, decides about the year."""
    return f"{spoken_date(moment.date(), language, now.date())}, {moment:%H:%M}"
