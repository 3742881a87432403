"""What an import could not make sense of, gathered while rows are read, for proposals at the end."""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.records.fields import Attribute

_NAMES_TOLD = 5
_WORDS_KEPT = 30
"""So many unknown words of one field, and so many unknown clients, are remembered."""


NO_CLIENT = "it does not say which client it belongs to; name it with --client"


class NotEnough(ValueError):
    """A row lacks fields of which one at least is needed; the text is the reason."""

    def __init__(self, fields: Iterable[str], reason: str) -> None:
        """Tell which fields."""
        super().__init__(reason)
        self.fields = tuple(fields)


def missing_reason(described: Attribute) -> str:
    """Why a row without this field is refused, as a clause: a date is called so, whatever day it is of."""
    name = described.name.removesuffix("_id").replace("_", " ")
    return f"it has no date ({described.name})" if described.kind in ("date", "time") else f"it has no {name}"


class Findings:
    """Fields that were missing, words that were not known; costs nothing for a row that comes in whole."""

    def __init__(self) -> None:
        """Begin with nothing found."""
        self.missing: dict[str, int] = {}
        """Fields without which rows were refused, and how many rows."""
        self.words: dict[str, dict[str, None]] = {}
        """Field → the first words that are none of its choices."""
        self.clients: dict[str, list[str]] = {}
        """The first words that mean no client → numbers and names of clients on file that are near."""
        self.colleagues: dict[str, tuple[str, ...]] = {}
        """The first words that mean no colleague, or several → the names of those."""
        self.made_clients = 0
        self.made_names: list[str] = []
        """The first of the clients that were made."""
        self.ids_without_names: dict[str, None] = {}
        """The first ids of the other program that name no client on file, and nothing else does."""

    def made(self, names: Iterable[str]) -> None:
        """Clients whom only the file names were made."""
        for name in names:
            self.made_clients += 1
            if len(self.made_names) < _NAMES_TOLD:
                self.made_names.append(name)

    def no_field(self, fields: Iterable[str]) -> None:
        """A row was refused for want of any of these fields."""
        for field in fields:
            self.missing[field] = self.missing.get(field, 0) + 1

    def no_choice(self, field: str, word: str) -> None:
        """A word is none of the choices of a field."""
        known = self.words.setdefault(field, {})
        if len(known) < _WORDS_KEPT:
            known[word] = None

    def no_client(self, word: str, near: list[str]) -> None:
        """A word means no client."""
        if len(self.clients) < _WORDS_KEPT:
            self.clients[word] = near

    def no_colleague(self, word: str, several: Iterable[str] = ()) -> None:
        """A word means no colleague, or several, whose names these are."""
        if len(self.colleagues) < _WORDS_KEPT:
            self.colleagues[word] = tuple(several)

    def only_an_id(self, word: str) -> None:
        """An id of the other program is all that says whose a row is."""
        if len(self.ids_without_names) < _WORDS_KEPT:
            self.ids_without_names[word] = None
