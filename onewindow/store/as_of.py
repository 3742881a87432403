"""What the log tells of whole tables at an instant: what was changed since, and what came on file since."""

from __future__ import annotations

import json
from collections.abc import Mapping

from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store, Value


class Rewound(NamedTuple):
    """What became of one kind of record after an instant."""

    before: Mapping[int, Mapping[str, Value]]
    """By id the fields that were changed since, with what they held at the instant."""
    later: frozenset[int]
    """The ids of those that came on file since."""

    def held(self, record_id: int) -> Mapping[str, Value]:
        """What a record held at the instant in fields changed since; nothing where it was not on file yet."""
        return {} if record_id in self.later else self.before.get(record_id, {})


NOTHING_CHANGED = Rewound({}, frozenset())


def rewound(store: Store, kind: str, at: str) -> Rewound:
    """All that was changed of a kind of record after an instant (UTC text)."""
    before: dict[int, dict[str, Value]] = {}
    later: set[int] = set()
    for entity_id, op, old in store.rows(
        "SELECT entity_id, op, old FROM event WHERE entity = :entity AND at > :at ORDER BY entity_id, seq",
        entity=kind,
        at=at,
    ):
        if op == "insert":
            later.add(entity_id)
        elif old is not None:
            held = before.setdefault(entity_id, {})
            # The first change after the instant knows what stood before it; later ones know what came of it.
            for name, value in json.loads(old).items():
                held.setdefault(name, value)
    return Rewound(before, frozenset(later))


def logged_since(store: Store) -> str | None:
    """When the first change of the file was logged (UTC text), None where nothing is."""
    return store.scalar("SELECT at FROM change_set ORDER BY id LIMIT 1")
