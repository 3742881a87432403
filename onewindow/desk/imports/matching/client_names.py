"""Clients by all that they are called: other names, legal names, former names, whatever the legal form."""

from __future__ import annotations

import difflib

from onewindow.desk.imports.matching.identities import Identity
from onewindow.desk.imports.matching.name_evidence import decide_by_name
from onewindow.records.clients import Client
from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store
from onewindow.store.imports import matches
from onewindow.store.imports.large_dict import LargeDict
from onewindow.text.names.firm_names import firm_name, said_name

_ALIKE = 0.8
_SAME_BEGINNING = 3
_NEAR = 3
_Name = tuple[int, str]
"""A client's id, and a name."""


class Names(NamedTuple):
    """What a client is called besides the name on the card."""

    others: tuple[str, ...] = ()
    """Other names and the legal name."""
    former: tuple[str, ...] = ()
    """What stood on the card before."""


class CalledClients:
    """All names of the clients that are on file when it is first asked, and of those that it is told of."""

    def __init__(self, store: Store) -> None:
        """Read nothing yet: most files call clients as their cards do."""
        self._store = store
        self._is_read = False
        self._labels: LargeDict[int, str] = LargeDict()
        self._others: LargeDict[int, Names] = LargeDict()
        """Of the few who have any."""
        self._said: LargeDict[str, list[_Name]] = LargeDict()
        self._beginnings: dict[str, list[str]] = {}
        """Of the names, while they are in memory."""

    def read(self) -> None:
        """Read the names, if that has not been done."""
        if self._is_read:
            return
        self._is_read = True
        names: dict[int, str] = {}
        for client_id, number, name, aliases in matches.names_of_clients(self._store):
            names[client_id] = name
            self._labels[client_id] = f"C-{number} {name}"
            self._add(client_id, name)
            if aliases:
                self._know(client_id, tuple(filter(None, map(str.strip, aliases.splitlines()))))
        for client_id, legal_name in matches.legal_names(self._store):
            if legal_name != names.get(client_id):
                self._know(client_id, (legal_name,))
        for client_id, name in matches.former_names(self._store):
            if client_id in names and name != names[client_id]:
                self._know(client_id, (), (name,))

    def _know(self, client_id: int, others: tuple[str, ...], former: tuple[str, ...] = ()) -> None:
        known = self._others.get(client_id, Names())
        self._others[client_id] = Names(known.others + others, known.former + former)
        for name in (*others, *former):
            self._add(client_id, name)

    def _add(self, client_id: int, name: str) -> None:
        said = said_name(name)
        known = self._said.get(said, [])
        if (client_id, name) not in known:
            self._said[said] = [*known, (client_id, name)]
            if self._said.is_in_file:
                self._beginnings.clear()
            elif not known:
                self._beginnings.setdefault(said[:_SAME_BEGINNING], []).append(said)

    def add(self, client: Client, legal_name: str = "") -> None:
        """Know a client who is new, or called otherwise than before, if the names have been read."""
        if not self._is_read:
            return
        self._labels[client.id] = f"C-{client.number} {client.name}"
        self._add(client.id, client.name)
        others = (*client.aliases.splitlines(), legal_name)
        known = self._others.get(client.id, Names()).others
        if new := tuple(other for other in others if other.strip() and other not in (client.name, *known)):
            self._know(client.id, new)

    def having(self, said: str) -> list[int]:
        """Ids of the clients of whom a name is said so, whatever its legal form and alphabet."""
        self.read()
        return list(dict.fromkeys(client_id for client_id, _ in self._said.get(said, [])))

    def names_of(self, client_id: int) -> Names:
        """What a client is called besides the name on the card, if the names have been read."""
        return self._others.get(client_id, Names())

    def meant(self, word: str) -> list[int]:
        """Ids of the clients that a name means: one, several where it may be any of them, or none.

        A name without a legal form is that of any; ООО Кедр is not АО Кедр.
        """
        if not any(map(str.isalpha, word)):
            return []
        known = [self._identity(client_id) for client_id in self.having(said_name(word))]
        return decide_by_name(firm_name(word), known) if known else []

    def _identity(self, client_id: int) -> Identity:
        label = self._labels.get(client_id, "")
        names = self._others.get(client_id, Names())
        return Identity(
            client_id,
            label=label,
            called=tuple(map(firm_name, (label.partition(" ")[2], *names.others))),
            formerly=tuple(map(firm_name, names.former)),
        )

    def near(self, word: str) -> list[str]:
        """Numbers and names of the few clients whose names are nearest to a word that means none."""
        if not any(map(str.isalpha, word)):
            return []
        self.read()
        said = said_name(word)
        begin = said[:_SAME_BEGINNING]
        begun = self._said.keys_beginning(begin) if self._said.is_in_file else self._beginnings.get(begin, [])
        alike = difflib.get_close_matches(said, begun, _NEAR, _ALIKE)
        ids = dict.fromkeys(client_id for name in alike for client_id, _ in self._said.get(name, []))
        return [label for client_id in ids if (label := self._labels.get(client_id, ""))][:_NEAR]
