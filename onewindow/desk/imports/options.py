"""How a file is to be read, as a person or a profile says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onewindow.desk.imports.reading.shaping import Shape
from onewindow.exchange.columns.dates import DateOrder
from onewindow.exchange.rows import ReadAs
from onewindow.records.clients import Client

_AS_IT_IS = Shape()
_READ_AS_IT_IS = ReadAs()


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is to be read."""

    mapped: Mapping[str, str] = field(default_factory=dict[str, str])
    """Header → field; an empty field leaves the column out."""
    dates: DateOrder | None = None
    """The order of day and month where a column cannot tell it."""
    create_clients: bool = False
    """Whether clients whom only the file names are made."""
    client: Client | None = None
    """Whose the records are where a row names no client."""
    source: str = ""
    """The program that the file comes from: its ids are those of this program only."""
    shape: Shape = _AS_IT_IS
    """What cells mean, and constants for the whole file."""
    read_as: ReadAs = _READ_AS_IT_IS
    """How the file itself is read."""
