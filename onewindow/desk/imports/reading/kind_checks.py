"""What rows of other programs cannot be by their kind, and what the file leaves out of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from onewindow.desk.imports.reading.request_events import NO_OPENING
from onewindow.desk.imports.rows.row import ReadRow

_OUR_NUMBER = re.compile(r"(?i)[CС]-[0-9]+")
"""How a client of ours is numbered, with a Latin letter or a Cyrillic one."""


@dataclass(frozen=True, slots=True)
class FileTimes:
    """What a check has to know of the moment of an import and of its file."""

    now: str
    """The moment of the import, as UTC text."""
    tomorrow: str
    """When the next day begins in the office, as UTC text."""
    has_openings: bool
    """Whether a column tells, or looks as if it told, when requests were opened."""


def check_row(kind: str, row: ReadRow, times: FileTimes) -> str:
    """Why a row cannot be a record of its kind, '' where it can; flags in place what the file leaves out."""
    check = _CHECKS.get(kind)
    return check(row, times) if check else ""


def _client(row: ReadRow, times: FileTimes) -> str:  # noqa: ARG001
    if _OUR_NUMBER.fullmatch(row.title.strip()):
        return f"“{row.title}” is a number of ours and nobody's name; write the name, or leave it out"
    return ""


def _request(row: ReadRow, times: FileTimes) -> str:
    if times.has_openings and not row.values.get("opened_at"):
        row.flags.setdefault("opened_at", NO_OPENING)
    return ""


def _touch(row: ReadRow, times: FileTimes) -> str:
    if str(row.values.get("at") or "") >= times.tomorrow:
        return "it lies ahead, so nothing was said yet; what is planned comes by “import meetings”"
    return ""


def _survey_response(row: ReadRow, times: FileTimes) -> str:
    if not row.values.get("at"):
        row.defaults["at"] = times.now
        row.flags.setdefault("at", "the file does not tell when; the moment of the import stands there")
    return ""


_CHECKS: Mapping[str, Callable[[ReadRow, FileTimes], str]] = {
    "client": _client,
    "request": _request,
    "touch": _touch,
    "survey_response": _survey_response,
}
