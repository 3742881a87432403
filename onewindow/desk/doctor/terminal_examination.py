"""Whether a terminal shows the window as it is meant: type, colours, size, letters, clipboard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from onewindow.desk.doctor.diagnosis import Diagnosis
from onewindow.records.structs import frozen_struct

LEAST_COLUMNS, LEAST_LINES = 80, 24


@frozen_struct
class Terminal:
    """What is known of the terminal that a command was typed in."""

    environ: Mapping[str, str] = field(default_factory=dict[str, str])
    columns: int = LEAST_COLUMNS
    lines: int = LEAST_LINES
    encoding: str = "utf-8"
    is_terminal: bool = True
    """False where the output goes into a pipe or a file."""
    is_windows: bool = False


def examine_terminal(terminal: Terminal) -> Iterator[Diagnosis]:
    """Everything about the terminal, what is right too."""
    if terminal.is_terminal:
        yield _type(terminal.environ, is_windows=terminal.is_windows)
        yield _colours(terminal.environ, is_windows=terminal.is_windows)
        yield _size(terminal)
        yield from _clipboard(terminal.environ)
    else:
        yield Diagnosis("note", "terminal", "No terminal here: the output goes into a pipe or a file.")
    yield _letters(terminal.encoding)
    if not terminal.is_windows:
        yield _locale(terminal.environ)


def _type(environ: Mapping[str, str], *, is_windows: bool) -> Diagnosis:
    name = environ.get("TERM", "")
    if (not name and not is_windows) or name == "dumb":
        return Diagnosis(
            "warning",
            "terminal",
            f"TERM is {name or 'not set'}: the window cannot be drawn, plain text is printed instead.",
            "export TERM=xterm-256color",
        )
    return Diagnosis("ok", "terminal", f"TERM is {name or 'not needed here'}.")


def _colours(environ: Mapping[str, str], *, is_windows: bool) -> Diagnosis:
    if environ.get("NO_COLOR"):
        return Diagnosis("note", "colours", "No colours, because NO_COLOR is set.", "unset NO_COLOR")
    if environ.get("COLORTERM", "") in ("truecolor", "24bit") or is_windows:
        return Diagnosis("ok", "colours", "16 million colours.")
    if "256" in environ.get("TERM", ""):
        return Diagnosis("ok", "colours", "256 colours.")
    return Diagnosis(
        "note", "colours", "16 colours; nearly every terminal can show 256.", "export TERM=xterm-256color"
    )


def _size(terminal: Terminal) -> Diagnosis:
    size = f"{terminal.columns} columns, {terminal.lines} lines"
    if terminal.columns < LEAST_COLUMNS or terminal.lines < LEAST_LINES:
        return Diagnosis(
            "warning",
            "size",
            f"{size}: the window needs {LEAST_COLUMNS} and {LEAST_LINES}.",
            rf"printf '\033[8;{LEAST_LINES};{LEAST_COLUMNS}t'",
        )
    return Diagnosis("ok", "size", f"{size}.")


def _clipboard(environ: Mapping[str, str]) -> Iterator[Diagnosis]:
    if environ.get("TMUX"):
        yield Diagnosis(
            "note",
            "clipboard",
            "tmux passes on what the window copies only if it is told to.",
            "tmux set -g set-clipboard on",
        )
    elif environ.get("STY"):
        yield Diagnosis("note", "clipboard", "GNU screen does not pass on what the window copies.")


def _letters(encoding: str) -> Diagnosis:
    if encoding.replace("-", "").replace("_", "").casefold() != "utf8":
        return Diagnosis(
            "warning",
            "letters",
            f"The output is written as {encoding or 'unknown'}: some letters will be question marks.",
            "export PYTHONUTF8=1",
        )
    return Diagnosis("ok", "letters", "The output is UTF-8.")


def _locale(environ: Mapping[str, str]) -> Diagnosis:
    name = next(
        (environ[variable] for variable in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(variable)), ""
    )
    if "utf8" in name.replace("-", "").casefold():
        return Diagnosis("ok", "locale", f"The locale is {name}.")
    setting = "LC_ALL" if environ.get("LC_ALL") else "LANG"
    return Diagnosis(
        "warning",
        "locale",
        f"The locale is {name or 'not set'}: other programs in this terminal may not show all letters.",
        f"export {setting}=C.UTF-8",
    )
