"""The clients that people archived: a file that names one of them is told so, and no second one is made."""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.records.clients import Client, Requisites
from onewindow.store import import_matches
from onewindow.store.engine import Store
from onewindow.text.fold import sort_key
from onewindow.text.tax_ids import without_country

Found = tuple[Client, Requisites | None]


class ArchivedClients:
    """Read when the first row means nobody on file; those whose import was taken back may come again."""

    def __init__(self, store: Store) -> None:
        """Have nothing read yet."""
        self._store = store
        self._by_key: dict[str, list[Found]] | None = None

    def having(self, name: str, tax_ids: Iterable[str]) -> list[Found]:
        """The archived clients with this name, or one of these tax ids."""
        keys = [*(f"tax {without_country(each)}" for each in tax_ids if each), f"name {sort_key(name)}"]
        known = self._known()
        return list({each[0].id: each for key in keys for each in known.get(key, ())}.values())

    def named(self, word: str, tax_ids: Iterable[str]) -> Client | None:
        """The archived client that a word of a file means: a name, an id in another program, a tax id."""
        ids = [f"id {word}", f"id {word.upper()}"]
        found = [*(each for key in ids for each in self._known().get(key, ())), *self.having(word, tax_ids)]
        return found[0][0] if found else None

    def _known(self) -> dict[str, list[Found]]:
        if self._by_key is None:
            self._by_key = {}
            clients = import_matches.archived_by_people(self._store)
            papers = import_matches.last_requisites_of(self._store, [each.id for each in clients])
            for client in clients:
                requisites = papers.get(client.id)
                keys = [f"name {sort_key(client.name)}", f"id C-{client.number}"]
                if client.external_id:
                    keys.append(f"id {client.external_id}")
                if requisites is not None and requisites.tax_id:
                    keys.append(f"tax {without_country(requisites.tax_id)}")
                for key in keys:
                    self._by_key.setdefault(key, []).append((client, requisites))
        return self._by_key
