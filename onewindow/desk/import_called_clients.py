"""Clients by what they are also called: other names, legal names, names with or without a legal form."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from onewindow.store import import_matches
from onewindow.store.engine import Store
from onewindow.text.firm_names import legal_forms, said_name
from onewindow.text.fold import sort_key

_ALIKE = 0.8
_SAME_BEGINNING = 3
_NEAR = 3
_Form = frozenset[str]


class CalledClients:
    """All names of the clients that are on file when it is first asked."""

    def __init__(self, store: Store) -> None:
        """Read nothing yet: most files call clients as their cards do."""
        self._store = store
        self._is_read = False
        self._labels: dict[int, str] = {}
        self._whole: dict[str, dict[int, None]] = {}
        self._said: dict[str, list[tuple[_Form, int]]] = {}
        self._beginnings: dict[str, list[str]] = {}

    def read(self) -> None:
        """Read the names, if that has not been done."""
        if self._is_read:
            return
        self._is_read = True
        for client_id, number, name, aliases in import_matches.names_of_clients(self._store):
            self._labels[client_id] = f"C-{number} {name}"
            self._add(client_id, (name, *aliases.splitlines()))
        for client_id, legal_name in import_matches.legal_names(self._store):
            self._add(client_id, (legal_name,))

    def _add(self, client_id: int, names: Iterable[str]) -> None:
        for name in filter(None, map(str.strip, names)):
            self._whole.setdefault(sort_key(name), {})[client_id] = None
            said = said_name(name)
            if said not in self._said:
                self._beginnings.setdefault(said[:_SAME_BEGINNING], []).append(said)
            self._said.setdefault(said, []).append((legal_forms(name), client_id))

    def meant(self, word: str) -> list[int]:
        """Ids of the clients that are called so; those whose whole name it is before others.

        A name without a legal form is that of any; ООО Кедр is not АО Кедр.
        """
        if not any(map(str.isalpha, word)):
            return []
        self.read()
        if whole := self._whole.get(sort_key(word)):
            return list(whole)
        form = legal_forms(word)
        said = self._said.get(said_name(word), ())
        return list(dict.fromkeys(each for other, each in said if not form or not other or form == other))

    def near(self, word: str) -> list[str]:
        """Numbers and names of the few clients whose names are nearest to a word that means none."""
        if not any(map(str.isalpha, word)):
            return []
        self.read()
        said = said_name(word)
        begun = self._beginnings.get(said[:_SAME_BEGINNING], ())
        alike = difflib.get_close_matches(said, begun, _NEAR, _ALIKE)
        ids = dict.fromkeys(each for name in alike for _, each in self._said[name])
        return [self._labels[each] for each in ids if each in self._labels][:_NEAR]
