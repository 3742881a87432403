"""Reports of faults of the program itself: where in its code something broke, and nothing that anybody typed.

A report names the classes of the errors, and file, line and function of each step that led there. The texts
of errors and the values of variables stay out, because they may hold what clients wrote.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from traceback import StackSummary, walk_tb
from types import FrameType

from onewindow.text.clean import clean
from onewindow.version import version_text

_KEPT = 20
"""How many reports stay in the folder; older ones are removed."""
_PER_RUN = 10
"""How many reports one run writes at most: a program that breaks in ever new ways must not fill a disk."""
_STEPS = 30
"""How many steps of an error are told from its beginning and from its end: a recursion has a thousand."""
_MODE, _FOLDER_MODE = 0o600, 0o700
_NAME = "fault-*.txt"


def reports_folder() -> Path:
    """Where reports lie: the folder of the platform for what a program logs."""
    from platformdirs import user_log_path  # only a fault asks for the folder

    return user_log_path("onewindow", appauthor=False)


class FaultReports:
    """The reports of one run; the same fault is written once."""

    def __init__(self, folder: Path | None = None) -> None:
        """Write into that folder, or into the one of the platform, which is made by the first report."""
        self._folder = folder
        self._written: dict[str, Path | None] = {}

    def note(self, error: BaseException, doing: str = "") -> Path | None:
        """Write a report and give its path; None if it cannot be written.

        A fault that was noted in this run already gives the path of its first report. `doing` is a name in
        the code for what was being done. Raises nothing.
        """
        mark = fingerprint(error)
        if mark not in self._written:
            has_room = sum(path is not None for path in self._written.values()) < _PER_RUN
            self._written[mark] = self._write(error, doing) if has_room else None
        return self._written[mark]

    def sentence(self, error: BaseException, doing: str = "", end: str = "") -> str:
        """Write a report; one sentence on what happened, how it goes on (`end`) and where the report lies."""
        path = self.note(error, doing)
        rest = f"; {end}." if end else "."
        what = f"Something went wrong inside One Window ({type(error).__name__}){rest}"
        return f"{what} Report: {clean(str(path))}" if path else what

    def _write(self, error: BaseException, doing: str) -> Path | None:
        try:
            folder = self._folder or reports_folder()
            folder.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
            path = _stored(folder, report_text(error, doing))
            _thin_out(folder)
        except (OSError, ValueError, RuntimeError):
            return None
        return path


REPORTS = FaultReports()
"""The reports of this process."""


def fingerprint(error: BaseException) -> str:
    """What two appearances of the same fault have in common: the classes of the errors and the last place."""
    parts: list[str] = []
    for fault in _chain(error):
        parts.append(type(fault).__name__)
        steps = list(walk_tb(fault.__traceback__))
        if steps:
            frame, line = steps[-1]
            parts.append(f"{_place(frame.f_code.co_filename)}:{line}")
    return " ".join(parts)


def report_text(error: BaseException, doing: str = "") -> str:
    """A report as text: versions, the classes of the errors, and the places in the code."""
    lines = [
        f"One Window {version_text()}, Python {sys.version.split()[0]}, {sys.platform}",
        f"at {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC" + (f", doing {doing}" if doing else ""),
        "Texts and values are left out on purpose; nothing here is about a client.",
    ]
    for fault in _chain(error):
        lines += ["", _class_name(fault), *_steps(fault)]
    return "\n".join(lines) + "\n"


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        following = following.__cause__ or following.__context__


def _class_name(error: BaseException) -> str:
    kind = type(error)
    number = f" {error.errno}" if isinstance(error, OSError) and error.errno is not None else ""
    code = getattr(error, "sqlite_errorname", None)
    return f"{kind.__module__}.{kind.__qualname__}{number}" + (f" {code}" if isinstance(code, str) else "")


def _steps(error: BaseException) -> list[str]:
    frames: list[tuple[FrameType, int]] = list(walk_tb(error.__traceback__))
    left_out = len(frames) - 2 * _STEPS
    if left_out > 0:
        head, tail = frames[:_STEPS], frames[-_STEPS:]
        return [*_told(head), f"  … {left_out} further steps", *_told(tail)]
    return _told(frames)


def _told(frames: list[tuple[FrameType, int]]) -> list[str]:
    lines: list[str] = []
    for step in StackSummary.extract(iter(frames), lookup_lines=False, capture_locals=False):
        lines.append(f"  {_place(step.filename)}:{step.lineno} {step.name}")
        if step.line:
            lines.append(f"    {step.line}")
    return lines


def _place(filename: str) -> str:
    """A file of code without the folders before the package: they carry the names of people."""
    parts = Path(filename).parts
    for root in ("site-packages", "onewindow", "seed"):
        if root in parts:
            at = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[at + (root == "site-packages") :])
    return parts[-1] if parts else filename


def _stored(folder: Path, text: str) -> Path:
    """Write a new file that only this person may read."""
    stem = f"fault-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    for number in range(1, 100):
        path = folder / (f"{stem}.txt" if number == 1 else f"{stem}-{number}.txt")
        with suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
            with open(handle, "w", encoding="utf-8", errors="replace") as stream:  # noqa: PTH123  the mode is that of the handle
                stream.write(text)
            return path
    raise FileExistsError(str(folder))


def _thin_out(folder: Path) -> None:
    by_age = sorted(folder.glob(_NAME), key=lambda path: path.stat().st_mtime_ns)
    for path in by_age[:-_KEPT]:
        path.unlink(missing_ok=True)
