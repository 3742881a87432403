"""Names of time zones as people type them: which are right, and which are not what they look like."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

_TURNED_ZONE = re.compile(r"(?:Etc/)?GMT([+-])([0-9]{1,2})")
"""Zones whose sign is turned round by an old convention of the tz database: Etc/GMT+3 lies west."""


def zone_problem(name: str) -> str:
    """What is wrong with the name of a time zone, one sentence; '' for a right one."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return f"“{name}” is not a time zone; write for example Europe/Sofia."
    if turned := _TURNED_ZONE.fullmatch(name):
        hours = f"{turned[2]} h {'behind' if turned[1] == '+' else 'ahead of'} Greenwich"
        return f"{name} is {hours}, against what its sign says; write the place: Europe/Moscow."
    return ""
