"""What has happened is not in the future: the dates and times of facts, checked where they are set."""

from __future__ import annotations

from datetime import timedelta

from onewindow.records.fields import Record, attributes
from onewindow.text.dates import parse_utc, utc_text

_TOLERANCE = timedelta(minutes=1)
"""Two clocks of one office differ by so much."""


def facts_ahead(record: Record, before: Record | None, at: str, today: str) -> dict[str, str]:
    """One sentence for each date or time of a fact that lies ahead, by field; `at` is UTC text.

    What is as it was `before` is left alone, so that an old slip never keeps other fields from being saved.
    """
    latest = {"date": today, "time": utc_text(parse_utc(at) + _TOLERANCE)}
    errors: dict[str, str] = {}
    for described in attributes(type(record)):
        value = getattr(record, described.name)
        if described.when not in ("behind", "born") or not value or value <= latest[described.kind]:
            continue
        if before is None or getattr(before, described.name) != value:
            day = f"{value[8:10]}.{value[5:7]}.{value[:4]}"
            errors[described.name] = (
                f"{day} has not come yet; “{described.label}” is of something that has happened."
            )
    return errors
