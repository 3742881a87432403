"""Files that go out whole or not at all: the formats, and where they are written."""

from __future__ import annotations

import contextlib
import io
import os
import secrets
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, cast, get_args

from onewindow.exchange.export.writer import TableFormat, write_table
from onewindow.exchange.problems import FileProblem
from onewindow.store.stored import note
from onewindow.text.clean import clean

ExportFormat = Literal["csv", "tsv", "xlsx", "json", "jsonl", "md", "vcard", "vcard3"]
EXPORT_FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)
AS_STORED: frozenset[ExportFormat] = frozenset({"json", "jsonl", "vcard", "vcard3"})
"""The formats that take values as they are stored; the others are for spreadsheets and for reading."""

_ENDINGS: Mapping[str, ExportFormat] = {
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".xlsx": "xlsx", ".json": "json", ".jsonl": "jsonl",
    ".ndjson": "jsonl", ".md": "md", ".vcf": "vcard",
}  # fmt: skip
_MODE = 0o600
"""Whoever exported client data decides who else may read it."""

_DATABASE = b"SQLite format 3\x00"
_BESIDE = ("-wal", "-shm", "-journal", ".lock", ".open")
"""The ends of what lies beside a database."""

_NO_LOSS = frozenset(
    {"id", "client_id", "client", "created_at", "archived_at", "version", "flags", "name_sort"}
)
"""What a card may lack without losing anything of the person."""
_SHOWN = 5

Rows = Iterable[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: how many records, and sentences on what the format could not hold as it is."""

    count: int
    notes: tuple[str, ...] = ()


def format_of(path: Path) -> ExportFormat | None:
    """The format that the ending of a name tells, None for an ending that tells nothing."""
    return _ENDINGS.get(path.suffix.casefold())


def ending_of(fmt: ExportFormat) -> str:
    """The ending of a file in a format, with its dot."""
    return ".vcf" if fmt.startswith("vcard") else f".{fmt}"


def write_export(
    rows: Rows,
    columns: Sequence[str],
    fmt: ExportFormat,
    stream: BinaryIO,
    *,
    title: str = "",
    excel: bool = False,
) -> Written:
    """Write rows as bytes of a format; text is UTF-8. What comes back says how many there were.

    `excel` puts a byte order mark before CSV and uses `;` and decimal commas; `title` names the sheet of a
    workbook. Raises FileProblem for more rows than a sheet holds.
    """
    counted = _Counted(rows)
    if fmt == "xlsx":
        from onewindow.exchange.export.workbook import write_workbook  # openpyxl: only for a workbook

        notes = write_workbook(counted, columns, stream, title)
        return Written(counted.count, tuple(notes))
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=False)
    try:
        if fmt in ("vcard", "vcard3"):
            # Only a card needs what writes cards.
            from onewindow.exchange.vcard.export import CARRIED, is_changed, write_vcards

            counted.is_changed = is_changed
            counted.carried = [column for column in columns if column in CARRIED]
            counted.watched = [column for column in columns if column not in CARRIED | _NO_LOSS]
            write_vcards(counted, columns, text, version="3.0" if fmt == "vcard3" else "4.0")
        else:
            if excel:
                text.write("\N{BYTE ORDER MARK}")
            write_table(counted, columns, cast("TableFormat", fmt), text, excel=excel)
        text.flush()
    finally:
        with contextlib.suppress(OSError):
            text.detach()
    return Written(counted.count, counted.sentences())


@contextlib.contextmanager
def whole_file(path: Path, *, force: bool = False) -> Generator[BinaryIO]:
    """A stream whose bytes become the file at the end, readable by its owner only, or leave no trace.

    Raises FileProblem if there is such a file and `force` is not given, or if it cannot be written.
    """
    target = _resolved(path)
    _check(target, force=force)
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    with _explained(target):
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
        if hasattr(os, "fchmod"):
            os.fchmod(handle, _MODE)  # whatever the umask is
    try:
        with open(handle, "wb") as stream:  # noqa: PTH123  the mode is that of the handle
            yield stream
            with _explained(target):
                stream.flush()
                os.fsync(stream.fileno())
        _check(target, force=force)
        with _explained(target):
            beside.replace(target)
        note(str(target))
    finally:
        beside.unlink(missing_ok=True)


def validate_free_path(path: Path, *, force: bool = False, reading: Path | None = None) -> None:
    """Raise FileProblem if nothing is to be written there.

    That is a database and what belongs to one, and the file that is being read; what else exists is replaced
    only with `force`. What takes anything, as /dev/null does, is always free.
    """
    target = _resolved(path)
    if reading is not None and _resolved(reading) == target:
        raise FileProblem(str(path), "it is the file that is read", "name another")
    if not target.is_char_device():
        _check(target, force=force)


def _resolved(path: Path) -> Path:
    try:
        return path.expanduser().resolve()
    except (RuntimeError, OSError) as error:
        raise FileProblem(str(path), "its links lead in a circle", "give the path of a file") from error


def _belongs_to_database(target: Path) -> bool:
    """Whether a file is a SQLite database, or one that SQLite or One Window keeps beside it."""
    mains = [
        target,
        *(target.with_name(target.name.removesuffix(end)) for end in _BESIDE if target.name.endswith(end)),
    ]
    for main in mains:
        try:
            with main.open("rb") as stream:
                if stream.read(len(_DATABASE)) == _DATABASE:
                    return True
        except OSError:
            continue
    return False


def _check(target: Path, *, force: bool) -> None:
    if target.is_dir():
        raise FileProblem(str(target), "it is a folder", "give the path of a file")
    if target.exists() and not target.is_file():
        raise FileProblem(str(target), "it is no ordinary file", "leave -o out to write to the output")
    if _belongs_to_database(target):
        raise FileProblem(str(target), "it is a database, or belongs to one", "name another file")
    if target.exists() and not force:
        raise FileProblem(str(target), "there is such a file already", "name another or add --force")


@contextlib.contextmanager
def _explained(target: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        why = (error.strerror or "the system refused").casefold()
        raise FileProblem(
            str(target), f"it cannot be written ({why})", "check the folder and the free space"
        ) from error


class _Counted:
    """Rows that are counted as they pass, and how many have something in columns that the format has not."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self.count = 0
        self.watched: Sequence[str] = ()
        self.carried: Sequence[str] = ()
        self.is_changed: Callable[[str], bool] | None = None
        self._changed: list[str] = []
        self._lost: dict[str, list[str]] = {}

    def sentences(self) -> tuple[str, ...]:
        """Which columns were left out, of how many records and whose."""
        sentences: list[str] = []
        for column, whose in self._lost.items():
            sentences.append(f"A card has no place for {column}: left out of {_listed(whose)}.")
        if self._changed:
            sentences.append(f"A card cannot hold control characters: left out of {_listed(self._changed)}.")
        return tuple(sentences)

    def __iter__(self) -> Iterator[Mapping[str, object]]:
        for row in self._rows:
            self.count += 1
            for column in self.watched:
                if row.get(column) not in (None, "", False, [], {}):
                    self._lost.setdefault(column, []).append(_called(row))
            if self.is_changed is not None:
                texts = ((column, row.get(column)) for column in self.carried)
                self._changed += [
                    f"{column} of {_called(row)}"
                    for column, text in texts
                    if isinstance(text, str) and self.is_changed(text)
                ]
            yield row


def _called(row: Mapping[str, object]) -> str:
    return clean(str(row.get("name") or row.get("id")))


def _listed(whose: Sequence[str]) -> str:
    more = f" and {len(whose) - _SHOWN} more" if len(whose) > _SHOWN else ""
    return ", ".join(whose[:_SHOWN]) + more
