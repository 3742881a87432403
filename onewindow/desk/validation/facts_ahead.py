"""What has happened is not in the future, and what is due not in the past, checked where it is set."""

from __future__ import annotations

from datetime import timedelta

from onewindow.records.fields import Record, attributes
from onewindow.text.dates import day_in_full, parse_utc, utc_text

_TOLERANCE = timedelta(minutes=1)
"""Two clocks of one office differ by so much."""
_STILL_OPEN = {
    "promise": ("status", ("new", "acknowledged"), "one that was kept or broken is entered with that status"),
    "task": ("status", ("open",), "what is done already is entered as done"),
}
"""Kinds with a day to be met: the field of their state, its values while that day counts, and the way out."""


def facts_ahead(record: Record, before: Record | None, at: str, today: str) -> dict[str, str]:
    """One sentence for each date or time of a fact that lies ahead, by field; `at` is UTC text.

    What is as it was `before` is left alone, so that an old slip never keeps other fields from being saved.
    """
    latest = {"date": today, "time": utc_text(parse_utc(at) + _TOLERANCE)}
    errors: dict[str, str] = {}
    for described in attributes(type(record)):
        value = getattr(record, described.name)
        if described.when not in ("behind", "born") or described.kind not in latest:
            continue
        if not value or value <= latest[described.kind]:
            continue
        if before is None or getattr(before, described.name) != value:
            day = day_in_full(value)
            errors[described.name] = (
                f"{day} has not come yet; “{described.label}” is of something that has happened."
            )
    return errors


def due_behind(record: Record, today: str, before: Record | None = None) -> dict[str, str]:
    """The sentence for a day to be met that is over when somebody types it, by field; {} for a right one.

    A file may tell of what is late already, so readers of files do not ask this.
    """
    if record.kind not in _STILL_OPEN:
        return {}
    state, while_open, way_out = _STILL_OPEN[record.kind]
    due_on = getattr(record, "due_on", None)
    if not due_on or due_on >= today or getattr(record, state) not in while_open:
        return {}
    if before is not None and getattr(before, "due_on", None) == due_on:
        return {}
    return {"due_on": f"{day_in_full(due_on)} is over, and what is due lies ahead; {way_out}."}
