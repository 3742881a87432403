"""The clients that people archived: a file that names one of them is told so, and no second one is made."""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.records.clients import BillingDetails, Client
from onewindow.store.engine import Store
from onewindow.store.imports import matches
from onewindow.text.identifiers.tax_ids import without_country
from onewindow.text.names.firm_names import firm_name, said_name

Found = tuple[Client, BillingDetails | None]


class ArchivedClients:
    """Read when the first row means nobody on file; those whose import was taken back may come again."""

    def __init__(self, store: Store) -> None:
        """Have nothing read yet."""
        self._store = store
        self._by_key: dict[str, list[Found]] | None = None

    def having(self, name: str, tax_ids: Iterable[str]) -> list[Found]:
        """The archived clients with this name, whatever its legal form, or one of these tax ids."""
        keys = [
            *(f"tax {without_country(tax_id)}" for tax_id in tax_ids if tax_id),
            f"said {said_name(name)}",
        ]
        known = self._known()
        return list({pair[0].id: pair for key in keys for pair in known.get(key, ())}.values())

    def named(self, word: str, tax_ids: Iterable[str]) -> Client | None:
        """The archived client that a word of a file means: a name, an id in another program, a tax id."""
        ids = [f"id {word}", f"id {word.upper()}"]
        by_id = [pair[0] for key in ids for pair in self._known().get(key, ())]
        return next(iter(by_id), None) or self._called(word, tax_ids)

    def _called(self, word: str, tax_ids: Iterable[str]) -> Client | None:
        """The client who has a tax id, else one of whom a name may be."""
        own = firm_name(word)
        for client, billing_details in self.having(word, tax_ids):
            legal_name = billing_details.legal_name if billing_details is not None else ""
            names = (client.name, *client.aliases.splitlines(), legal_name)
            has_name = any(firm_name(name).is_said_as(own) for name in names)
            if not has_name or any(firm_name(name).may_be(own) for name in names):
                return client
        return None

    def _known(self) -> dict[str, list[Found]]:
        if self._by_key is None:
            self._by_key = {}
            clients = matches.archived_by_people(self._store)
            papers = matches.last_billing_details_of(self._store, [client.id for client in clients])
            for client in clients:
                billing_details = papers.get(client.id)
                legal_name = billing_details.legal_name if billing_details is not None else ""
                names = filter(str.strip, (client.name, *client.aliases.splitlines(), legal_name))
                keys = [*{f"said {said_name(name)}" for name in names}, f"id C-{client.number}"]
                if client.external_id:
                    keys.append(f"id {client.external_id}")
                if billing_details is not None and billing_details.tax_id:
                    keys.append(f"tax {without_country(billing_details.tax_id)}")
                for key in keys:
                    self._by_key.setdefault(key, []).append((client, billing_details))
        return self._by_key
