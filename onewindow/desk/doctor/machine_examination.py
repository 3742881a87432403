"""Whether the machine has what the program needs: versions, sound settings, clock and time zone."""

from __future__ import annotations

import platform
import shlex
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from onewindow.desk.doctor.diagnosis import Diagnosis
from onewindow.settings import Problem, Settings, is_zone, zone_of
from onewindow.store.sqlite_library import has_wal_reset_bug, sqlite
from onewindow.version import full_version_text

_EARLIEST_YEAR = 2025
"""Before this program was written no clock can be right."""


def examine_versions() -> Iterator[Diagnosis]:
    """The versions of the program and of what it stands on."""
    try:
        version("onewindow")
    except PackageNotFoundError:
        yield Diagnosis("note", "version", "One Window runs from its source, it is not installed.", _INSTALL)
    else:
        yield Diagnosis("ok", "version", f"One Window {full_version_text()}.")
    yield Diagnosis("ok", "version", f"Python {platform.python_version()}.")
    try:
        yield Diagnosis("ok", "version", f"Textual {version('textual')}.")
    except PackageNotFoundError:
        yield Diagnosis("fault", "version", "Textual is missing: the window cannot be opened.", _INSTALL)
    name = f"SQLite {sqlite.sqlite_version} ({sqlite.__name__.partition('.')[0]})"
    if has_wal_reset_bug():
        yield Diagnosis(
            "note",
            "version",
            f"{name} can damage a shared log, so only writers empty it, which costs some speed.",
            "python -m pip install 'pysqlite3>=0.6.1'",
        )
    else:
        yield Diagnosis("ok", "version", f"{name}, with safe checkpoints.")


_INSTALL = "python -m pip install --upgrade onewindow"


def examine_settings(path: Path, problems: Sequence[Problem]) -> Iterator[Diagnosis]:
    """The mistakes in the settings file."""
    for problem in problems:
        place = f"+{problem.line} " if problem.line else ""
        yield Diagnosis(
            "warning", "settings", f"{path}, {problem}.", f"${{EDITOR:-vi}} {place}{shlex.quote(str(path))}"
        )
    if not problems:
        state = "has no mistakes" if path.exists() else "is not there, so all is as the program comes"
        yield Diagnosis("ok", "settings", f"{path} {state}.")


def examine_clock(now: datetime, settings: Settings, environ: Mapping[str, str]) -> Iterator[Diagnosis]:
    """Whether the clock can be right, and whether it is known in which zone to show times."""
    if now.year < _EARLIEST_YEAR:
        yield Diagnosis(
            "fault", "clock", f"The clock says {now:%d.%m.%Y %H:%M} UTC.", "sudo timedatectl set-ntp true"
        )
    named = environ.get("TZ", "").removeprefix(":")
    zone = zone_of(settings, environ)
    if settings.time_zone == "system" and named and not is_zone(named):
        yield Diagnosis(
            "warning",
            "time zone",
            f"TZ is {named}, which is no zone; times are shown in {zone}.",
            "export TZ=Europe/Moscow",
        )
    else:
        yield Diagnosis("ok", "time zone", f"Times are shown in {zone}.")
