"""One row of a file as it was read: what every importer of every kind takes."""

from __future__ import annotations

from dataclasses import dataclass, field

from onewindow.records.clients import Client
from onewindow.store.engine import Value


@dataclass(slots=True)
class ReadRow:
    """One row read."""

    number: int
    title: str
    own_id: int
    external_id: str | None
    client: Client | None
    values: dict[str, Value]
    defaults: dict[str, Value] = field(default_factory=dict[str, Value])
    """What a new record takes, or one on file whose field is empty."""
    fresh: dict[str, Value] = field(default_factory=dict[str, Value])
    """What only a new record takes."""
    extras: dict[str, Value] = field(default_factory=dict[str, Value])
    """What the file tells beyond the record: when a request changed, when a deal began."""
    companions: dict[str, dict[str, Value]] = field(default_factory=dict[str, dict[str, Value]])
    """Values of the records that the row carries along, by kind; an empty one is none."""
    kept: list[str] = field(default_factory=list[str])
    """Lines of what could not be stored where it belongs."""
    flags: dict[str, str] = field(default_factory=dict[str, str])
    messages: dict[str, str] = field(default_factory=dict[str, str])
    """What is said of it to whoever imports it, and marks nothing on file."""
    later: dict[str, str] = field(default_factory=dict[str, str])
    """References to records of the same kind that may stand further down in the file."""
    keeps_name: bool = False
    """Whether the record that it means is called so already, whatever stands on the card."""
    country: str = ""
    """Where its telephones and identifiers belong; '' where nothing says it."""

    def companion(self, kind: str) -> dict[str, Value]:
        """The values of the record of that kind that the row carries along; none of them for none."""
        return self.companions.get(kind, {})
