"""What takes the rows of a file, whatever their kind, and what it is given to begin with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from onewindow.desk.imports.reading.cell_values import FieldFormats
from onewindow.desk.imports.reporting.findings import Findings
from onewindow.desk.imports.reporting.run_report import RowVerdict
from onewindow.desk.session.context import Session
from onewindow.exchange.rows import SourceRow
from onewindow.records.clients import Client
from onewindow.store.changes import Transaction


@dataclass(frozen=True, slots=True)
class ImportTask:
    """One file that comes in."""

    session: Session
    transaction: Transaction
    kind: str
    formats: FieldFormats
    client: Client | None
    """Whose the records are where the file does not say."""
    create_clients: bool
    source: str
    """The program whose ids the file has."""
    is_own: bool
    """Whether a One Window wrote the file."""
    has_lines: bool
    """Whether amounts are sums of lines."""


class Importer(Protocol):
    """Takes rows and says what became of each."""

    @property
    def findings(self) -> Findings:
        """What could not be made sense of so far."""
        ...

    @property
    def waiting(self) -> Collection[int]:
        """Numbers of rows that refer to others further down."""
        ...

    def take(self, rows: list[SourceRow]) -> list[RowVerdict]:
        """Store or compare the rows, whose cells are named by field already."""
        ...

    def finish(self) -> Mapping[int, str]:
        """What had to wait for the last row; gives back why rows by number came to nothing."""
        ...


@runtime_checkable
class Gathering(Protocol):
    """An importer that must have seen all rows before it takes any."""

    def gather(self, rows: Iterable[SourceRow]) -> None:
        """Read the next rows, each once, before `settle` is called."""
        ...

    def settle(self) -> None:
        """Work out what all the rows come to."""
        ...
