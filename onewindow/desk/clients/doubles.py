"""Cards that may be one client, by what only one client can have, and by how their names sound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from onewindow.desk.clients.findings import Finding
from onewindow.records.named_tuples import NamedTuple
from onewindow.store.clients import doubles as client_doubles
from onewindow.store.engine import Store
from onewindow.text.names.firm_names import firm_key

_PAGE = 5000
_NAMED = 3
_DISPLAY_NAMES = {"tax_id": "tax id", "phone": "phone", "email": "e-mail", "name": "name"}


class _Client(NamedTuple):
    number: int
    name: str
    owner_id: int | None


class KnownKeys:
    """Keys of names worked out before: a second look at a large file costs a fraction of the first."""

    def __init__(self) -> None:
        """Know nothing."""
        self._keys: dict[str, str] = {}

    def key(self, name: str) -> str:
        """The key under which spellings of a name meet."""
        key = self._keys.get(name)
        if key is None:
            key = self._keys[name] = firm_key(name)
        return key


def doubles(store: Store, known: KnownKeys) -> Iterator[Finding]:
    """A finding for each client of each group of cards that may be one; the cards of a group come together.

    Cards that share a tax id come first, those whose names only sound alike last.
    """
    clients = _clients(store)
    # By the group itself: cards that share a tax id and a phone are one finding with two reasons.
    reasons: dict[tuple[int, ...], dict[str, str]] = {}
    for field in client_doubles.SHARED_FIELDS:
        for value, ids in client_doubles.shared_values(store, field):
            reasons.setdefault(ids, {}).setdefault(field, value)
    for ids in _same_names(clients, known):
        reasons.setdefault(ids, {}).setdefault("name", "")
    for ids, shared in reasons.items():
        what = " and ".join(f"{_DISPLAY_NAMES[field]} {value}".rstrip() for field, value in shared.items())
        for one in ids:
            client = clients[one]
            # One more than are named is enough to find them without this one: groups may be large.
            others = [other for other in ids[: _NAMED + 1] if other != one][:_NAMED]
            named = ", ".join(f"C-{clients[other].number} {clients[other].name}" for other in others)
            more = len(ids) - 1 - len(others)
            named += f" and {more} more" if more else ""
            yield Finding(
                *(one, client.number, client.name, client.owner_id, "duplicate", "client", one),
                *(next(iter(shared)), f"the same {what} as {named}", "", ids),
            )


def _clients(store: Store) -> dict[int, _Client]:
    by_id: dict[int, _Client] = {}
    after = 0
    while page := client_doubles.names(store, after, _PAGE):
        for client_id, number, name, owner_id in page:
            by_id[client_id] = _Client(number, name, owner_id)
        after = page[-1][0]
    return by_id


def _same_names(clients: dict[int, _Client], known: KnownKeys) -> Iterator[tuple[int, ...]]:
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for client_id, client in clients.items():
        key = known.key(client.name)
        if key:
            groups[key].append(client_id)
    return (tuple(ids) for ids in groups.values() if len(ids) > 1)
