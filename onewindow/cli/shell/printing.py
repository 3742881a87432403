"""Where answers go: cleaned for a terminal, raw into a pipe, in the format that was asked for.

Each way to write is loaded when something is written in it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar, cast

import click

from onewindow.text.clean import clean

if TYPE_CHECKING:
    from onewindow.exchange.export.writer import TableFormat

_WIDTH = 100
_NARROWEST_VALUE = 20

F = TypeVar("F", bound=Callable[..., object])

FORMATS = ("table", "json", "jsonl", "csv", "tsv", "md")
"""All that `--format` takes; everything but `table` is for machines and takes raw values."""


def format_option(function: F) -> F:
    """Add `--format` to a command, as the parameter `output_format`."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="table is for people; the others have stable English field names and UTC times.",
    )(function)


def show_format_option(explanation: str) -> Callable[[F], F]:
    """Add `--format` to a `show` that has a text of its own for people beside the formats of lists."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(["text", *FORMATS]),
        default="text",
        show_default=True,
        help=explanation,
    )


def file_options(function: F) -> F:
    """Add `--file` and `--force` to a command that prints a document, as `target` and `force`."""
    to_file = click.option(
        "--file",
        "target",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Where to write it; else it is printed.",
    )
    # Options are listed in the order of their decorators, the outermost first.
    return to_file(click.option("--force", is_flag=True, help="Replace the file if there is one.")(function))


def print_table(
    rows: Iterable[Mapping[str, object]],
    columns: Sequence[str],
    output_format: TableFormat,
    *,
    wrapped: Collection[str] = (),
    is_chosen: bool = False,
) -> None:
    """Write rows to the standard output: raw into a pipe; for eyes cleaned, a table fitted to their width.

    `wrapped` columns go on in further lines instead of being cut. If the columns were chosen, none of them is
    left out of a narrow table.
    """
    from onewindow.exchange.export.writer import write_table

    if sys.stdout.isatty() and output_format == "table":
        _print_fitted(rows, columns, wrapped, is_chosen=is_chosen)
    elif sys.stdout.isatty():
        write_table(rows, columns, output_format, for_eyes())
    else:
        if output_format != "table":
            _speak_utf8()
        write_table(rows, columns, output_format, sys.stdout)


def _print_fitted(
    rows: Iterable[Mapping[str, object]], columns: Sequence[str], wrapped: Collection[str], *, is_chosen: bool
) -> None:
    from onewindow.exchange.export.aligned import write_aligned
    from onewindow.exchange.export.writer import plain_text

    left_out = write_aligned(
        rows, columns, for_eyes(), plain_text, terminal_width(), wrapped=wrapped, may_leave_out=not is_chosen
    )
    if left_out:
        sys.stdout.flush()
        tell(f"Too narrow for {', '.join(left_out)}; --columns chooses what is shown.")


def _speak_utf8() -> None:
    """Let data be UTF-8 whatever the locale is: a letter that it lacks would become a question mark."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="strict")  # pyright: ignore[reportUnknownMemberType]


def for_eyes() -> TextIO:
    """The standard output as a terminal gets it."""
    return cast("TextIO", _ForEyes())


class _ForEyes:
    """The standard output without control characters: data from outside must not steer a terminal."""

    def write(self, text: str) -> int:
        sys.stdout.write(_clean_lines(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)


def _clean_lines(text: str) -> str:
    return "\n".join(clean(line) for line in text.split("\n"))


def terminal_width() -> int:
    """Cells in a line of the terminal: what COLUMNS says, else what the terminal says, else 100."""
    # Not the function of shutil: that module brings three compressors along.
    stated = os.environ.get("COLUMNS", "")
    if stated.isdecimal() and int(stated):
        return int(stated)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or _WIDTH if sys.__stdout__ else _WIDTH
    except (OSError, ValueError):
        return _WIDTH


def print_object(values: Mapping[str, object]) -> None:
    """Write one JSON object; ids are texts in it."""
    from onewindow.exchange.json_files.values import json_text

    if not sys.stdout.isatty():
        _speak_utf8()
    print_text(json_text(values, indent=2))


def print_text(text: str) -> None:
    """Write lines of text, without control characters if a terminal shows them."""
    print_raw(_clean_lines(text) if sys.stdout.isatty() else text)


def print_pairs(pairs: Iterable[tuple[str, str]]) -> None:
    """Write labels and values, one pair a line, the further lines of a long value indented.

    On a terminal long lines go on under their beginning instead of under the labels.
    """
    known = list(pairs)
    width = max((len(label) for label, _ in known), default=0)
    room = terminal_width() - width - 2 if sys.stdout.isatty() else 0
    lines: list[str] = []
    for label, text in known:
        first, *others = _wrapped(text, room) if room > _NARROWEST_VALUE else text.split("\n")
        lines += [f"{label:<{width}}  {first}", *(" " * (width + 2) + other for other in others)]
    print_text("\n".join(lines))


def _wrapped(text: str, room: int) -> list[str]:
    from onewindow.text.layout.width import wrap

    return [part for line in text.split("\n") for part in wrap(clean(line), room) or [""]]


def print_raw(text: str) -> None:
    """Write a text and a newline as they are."""
    sys.stdout.write(text + "\n")


def tell(text: str) -> None:
    """Say something beside the answer, on stderr."""
    click.echo(text, err=True)


def tell_short(number: str) -> None:
    """Say beside an id that was printed the short number that people use; only where a person reads it."""
    if sys.stdout.isatty() and sys.stderr.isatty():
        tell(f"That is {number}.")
