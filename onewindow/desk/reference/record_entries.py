"""What the program knows of a kind of record: the shape of an entry, and the registry of all of them.

Each feature writes the entries of its own kinds beside itself, `desk/registry.py` lists them, and `opening`
gives the list to every session. What asks an entry knows no feature.

`S` is the session, which stands above this module: it is given the registry. `R` is the class of the record.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Generic, Literal, TypeVar

from onewindow.records.fields import Record
from onewindow.records.organization import Staff
from onewindow.records.structs import frozen_struct
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store, Value

S = TypeVar("S")
R = TypeVar("R", bound=Record)

Prepared = Callable[[Transaction, R], R | None]
"""Stores a new record as it was worked out ahead; None, and nothing stored, where that holds no more."""
FollowUp = Callable[[S, Transaction, R | None, R], str]
"""Does what a stored record asks of other features, in its transaction; the first record is as it was before,
None for a new one. Gives what was done in a few words for the label of the change, '' for nothing."""
Cache = Literal["search", "row", "row_at_once", "every_row", "turn", "clock"]
"""What is kept beside the records and follows a change of one:

`search`: the words by which its client is found. `row`: the client's row in lists. `row_at_once`: more of
that row than health, alarms, the next touch and what is counted, so that no reader is left to write it.
`every_row`: the rows of any client. `turn`: when something begins or ends next. `clock`: due times.
"""


@frozen_struct
class Context:
    """What a rule may look at: the store inside the write, the present as stored, today's date, my region."""

    store: Store
    registry: Registry[Any]
    at: str
    today: str
    region: str
    is_lead: bool = False
    """Whether the person may pass over what holds others up."""
    me: Staff | None = None
    """Who writes; None where the program does."""
    is_import: bool = False
    """Whether a file brings the record; its reader looks at what the rows name itself."""


@frozen_struct
class Changed(Generic[R]):
    """A record that was changed: as it was on file and is now, what was asked for, and the reason given."""

    before: R
    after: R
    wanted: Mapping[str, Value]
    said: str = ""


def _no_problems(_context: Context, _record: Any) -> dict[str, str]:
    return {}


def _no_values(_context: Context, _record: Any) -> dict[str, Value]:
    return {}


def _nothing_likely(_session: Any) -> dict[str, Value]:
    return {}


def _as_it_is(_context: Context, record: Any, _seconds: int) -> Any:
    return record


def _nothing_implied(_given: Mapping[str, Value]) -> dict[str, Value]:
    return {}


def _nothing_besides(_context: Context, _now: Any, _meant: Any, _wanted: object) -> dict[str, Value]:
    return {}


def _as_typed(_session: Any, record: Any) -> Any:
    return record


def _no_caution(_session: Any, _client_id: int) -> str:
    return ""


def _may_move(_context: Context, _record: Any) -> None:
    return None


@frozen_struct
class RecordRules(Generic[S, R]):
    """What must hold for a kind of record and what the program fills in; a part not given says nothing."""

    problems: Callable[[Context, R], dict[str, str]] = _no_problems
    """What keeps a record from being saved: one sentence by field."""
    filled: Callable[[Context, R], dict[str, Value]] = _no_values
    """What the program writes into a record itself."""
    likely: Callable[[S], dict[str, Value]] = _nothing_likely
    """What a new one most likely has, besides what its fields' names say."""
    begun: Callable[[Context, R, int], R] = _as_it_is
    """A new one with what it has from its beginning; the number is the seconds that it took to type."""
    implied: Callable[[Mapping[str, Value]], dict[str, Value]] = _nothing_implied
    """What fields that were typed say of others that were not."""
    besides: Callable[[Context, R, R, Mapping[str, Value]], dict[str, Value]] = _nothing_besides
    """What a change writes besides what was asked for: of the record on file, of the one meant, of that."""
    completed_when_typed: Callable[[S, R], R] = _as_typed
    """A record that is typed into a form with what its own words say; raises FieldProblems."""
    caution: Callable[[S, int], str] = _no_caution
    """Why one thinks twice before adding one to a client, by id: a sentence, '' for all others."""
    validate_moving: Callable[[Context, R], None] = _may_move
    """Raises StoreProblem where a record may not be archived or brought back by this person."""
    is_judged_alone: bool = False
    """Whether of all that is on file only people may be in the way of a new one: it can be checked ahead."""
    is_of_observers: bool = False
    """Whether a quality specialist writes such records, who may read everything and change nothing else."""


def _not_prepared(_session: Any, _record: Any) -> None:
    return None


def _as_stored(_session: Any, _transaction: Transaction, record: Any) -> Any:
    return record


def _as_changed(_session: Any, _transaction: Transaction, change: Changed[Any]) -> Any:
    return change.after


def _nothing_instead(
    _session: Any, _transaction: Transaction, _now: Any, _meant: Any
) -> Sequence[tuple[Any, Any]]:
    return ()


def _goes_alone(_session: Any, _transaction: Transaction, _record: Any) -> Sequence[Record]:
    return ()


@frozen_struct
class Consequences(Generic[S, R]):
    """What else happens in a transaction that writes such a record; a part not given does nothing."""

    prepared: Callable[[S, R], Prepared[R] | None] = _not_prepared
    """Work that can be done before one's turn to write, for a new one of a kind that is judged alone."""
    stored: Callable[[S, Transaction, R], R] = _as_stored
    """After a new one was stored; gives the record as it is then."""
    changed: Callable[[S, Transaction, Changed[R]], R] = _as_changed
    """After one was changed; gives the record as it is then."""
    instead: Callable[[S, Transaction, R, R], Sequence[tuple[R | None, R]]] = _nothing_instead
    """What is stored instead of changing one: pairs of the record on file, None for a new one, and what it is
    to be, first the one that was asked for. Nothing for a plain change."""
    also_archived: Callable[[S, Transaction, R], Sequence[Record]] = _goes_alone
    """Records that go before one that is archived."""
    follow_ups: tuple[FollowUp[S, R], ...] = ()
    """What other features do about it."""


def _nobody_else(_session: Any, _record: Any) -> Sequence[Any]:
    return ()


def _not_yet(_record: Any) -> bool:
    return False


@frozen_struct
class Done(Generic[S, R]):
    """What `x` means for a kind of record."""

    changes: Callable[[S, R], dict[str, Value]]
    """The values that it sets; raises StoreProblem where it is not as simple as that."""
    also: Callable[[S, R], Sequence[R]] = _nobody_else
    """Other records that are done with it."""
    mark: Callable[[S, R], R] | None = None
    """Does it, where it is more than setting values."""
    is_done: Callable[[R], bool] = _not_yet
    """Whether it is done already: another `x` would only give it another day."""


@frozen_struct
class Concerned:
    """Clients whose rows in lists are made of such records, which do not belong to them."""

    clients: Callable[[Store, set[int]], Collection[int]]
    """Their ids, by the ids of the records."""
    at_once: int = 0
    """So many of them are renewed with a change, more of them soon after."""
    by_new_ones: bool = True
    """Whether a new record concerns anybody."""


def _row_as_stored(record: Any) -> Any:
    return record


def _request_named(record: Any) -> int | None:
    request_id: object = getattr(record, "request_id", None)
    return request_id if isinstance(request_id, int) else None


def _all_of_them(_session: Any, records: Sequence[Any]) -> Sequence[Any]:
    return records


@frozen_struct
class Display(Generic[S, R]):
    """How a kind of record is shown, where its fields alone do not say it."""

    texts: Mapping[str, Callable[[S, R], str]] = {}
    """How fields are read by people whose kind does not say it, by field."""
    called: Callable[[S, R], str] | None = None
    """What people call one, where its title does not say it; '' where that does."""
    done: Callable[[S, R], str] | None = None
    """What became of one by `x`, a clause: `task “call” of Ромашка is done`."""
    row: Callable[[R], R] = _row_as_stored
    """A record as lists of all of its kind show it."""
    shows_archived: bool = False
    """Whether such lists show archived ones without being asked."""
    about_request: Callable[[R], int | None] = _request_named
    """The request that one is, or is about, by id."""
    meant: Callable[[S, Sequence[R]], Sequence[R]] = _all_of_them
    """Of records that have a name those whom it means: of versions the one that counts."""


@frozen_struct
class RecordEntry(Generic[S, R]):
    """All that the program knows of a kind of record beyond its fields."""

    rules: RecordRules[S, R] = RecordRules()
    consequences: Consequences[S, R] = Consequences()
    done: Done[S, R] | None = None
    caches: frozenset[Cache] = frozenset()
    display: Display[S, R] = Display()
    concerned: Concerned | None = None

    def followed_by(self, *follow_ups: FollowUp[S, R]) -> RecordEntry[S, R]:
        """The same entry with what another feature, one that stands higher, does about such records."""
        return dataclasses.replace(
            self,
            consequences=dataclasses.replace(
                self.consequences, follow_ups=(*self.consequences.follow_ups, *follow_ups)
            ),
        )


class Registry(Generic[S]):
    """The entries of all kinds; each is loaded when it is asked for first: a start asks for hardly any."""

    def __init__(self, loaders: Mapping[str, Callable[[], RecordEntry[S, Any]]]) -> None:
        """Give the entry of each kind by what loads it."""
        self._loaders = loaders
        self._entries: dict[str, RecordEntry[S, Any]] = {}

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds that have an entry."""
        return frozenset(self._loaders)

    def of(self, kind: str) -> RecordEntry[S, Any]:
        """The entry of a kind; raises KeyError for one that is not listed."""
        entry = self._entries.get(kind)
        if entry is None:
            entry = self._entries[kind] = self._loaders[kind]()
        return entry

    def of_record(self, record: R) -> RecordEntry[S, R]:
        """The entry of a record's kind."""
        return self.of(record.kind)
