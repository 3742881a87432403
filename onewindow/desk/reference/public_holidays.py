"""Public holidays of a country, from the package `holidays`: imported here only, and only when one saves."""

from __future__ import annotations

from datetime import date

from onewindow.metrics.policies.working_time import Holidays

YEARS_BACK, YEARS_AHEAD = 3, 2
"""How far from today the dates reach that are kept beside a calendar."""


def public_holidays(country: str, today: date, known: Holidays | None = None) -> Holidays:
    """Work out the holidays of a country (RU, or DE-BY with its part) around a year.

    What is `known` of the same country before today stays, so that the past is counted as it was. Raise
    ValueError with one sentence for a country that nobody knows.
    """
    import holidays  # over 50 ms: never on the way to a screen

    code = country.strip().upper().replace("_", "-")
    name, _, part = code.partition("-")
    last = today.year + YEARS_AHEAD
    first = today.year - YEARS_BACK
    try:
        # The names in the country's own language, whoever's terminal this is.
        language: str | None = getattr(getattr(holidays, name, None), "default_language", None)
        calendar = holidays.country_holidays(
            name, subdiv=part or None, years=range(first, last + 1), language=language
        )
    except (NotImplementedError, AttributeError, KeyError, TypeError, ValueError):
        raise ValueError(
            f"“{country}” is no country whose holidays are known; write two letters, RU or BG, or DE-BY."
        ) from None
    closed = {day.isoformat(): title for day, title in calendar.items()}
    worked = {day.isoformat() for day in getattr(calendar, "weekend_workdays", ())}
    if known is not None and known.country == code:
        since = today.isoformat()
        past = {day: title for day, title in known.closed.items() if day < since}
        closed = past | {day: title for day, title in closed.items() if day >= since}
        worked = {day for day in known.worked if day < since} | {day for day in worked if day >= since}
        first = min(first, known.first_year)
    return Holidays(code, first, last, dict(sorted(closed.items())), frozenset(worked))


def reaches(known: Holidays, today: date) -> bool:
    """Tell whether holidays are known until the end of next year."""
    return known.last_year > today.year
