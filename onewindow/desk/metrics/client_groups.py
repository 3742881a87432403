"""Into which groups a case falls: by client, by who did it, by product, by when the client came."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from onewindow.desk.filters.words import FilterProblem
from onewindow.desk.metrics.cases import Case
from onewindow.desk.segments import membership
from onewindow.desk.session.context import Session
from onewindow.store.adoption import ownership
from onewindow.store.engine import Store
from onewindow.store.metrics import clients, work
from onewindow.store.metrics.clients import ClientRow
from onewindow.store.people import organization

GROUPS = {
    "all": "all",
    "month": "month",
    "manager": "manager of the client",
    "person": "who did it",
    "segment": "segment",
    "tier": "tier",
    "class": "class",
    "product": "product",
    "cohort": "year in which the client came",
    "quarter": "quarter in which the client came",
    "country": "country",
    "industry": "industry",
    "client": "client",
}
"""What a figure can be grouped by, by its name on the command line; metrics add words of their own."""

NOBODY, NONE = "nobody", "none"
_UNKNOWN = "unknown"


class ClientGroups:
    """Tells the groups of cases; what a grouping needs is read when it is asked for first."""

    def __init__(self, session: Session, store: Store, day: str) -> None:
        """`day` is that on which owned products count; the store may be one of another thread."""
        self._session = session
        self._store = store
        self._day = day

    def of(self, by: str) -> Callable[[Case], tuple[str, ...]]:
        """Gives a function from a case to the names of its groups: none, one, or several of segments.

        Raises KeyError for a grouping that it does not know.
        """
        tellers: dict[str, Callable[[Case], tuple[str, ...]]] = {
            "all": lambda _: ("all",),
            "month": lambda case: (case.on[:7],),
            "manager": lambda case: (self._manager(case),),
            "person": lambda case: (self._person(case),),
            "segment": lambda case: self._segments.get(case.client_id, ()),
            "tier": lambda case: (self._row(case).tier,),
            "class": lambda case: (self._row(case).client_class,),
            "product": self._products_of,
            "cohort": lambda case: ((self._row(case).since or "")[:4] or _UNKNOWN,),
            "quarter": lambda case: (_quarter(self._row(case).since),),
            "country": lambda case: (self._row(case).country or NONE,),
            "industry": lambda case: (self._row(case).industry or NONE,),
            "client": lambda case: (self._client(case),),
        }
        return tellers[by]

    def client_name(self, client_id: int) -> str:
        """The name of a client, '' for one who is not on file."""
        row = self._clients.get(client_id)
        return row.name if row else ""

    def _row(self, case: Case) -> ClientRow:
        return self._clients.get(case.client_id) or _NO_CLIENT

    def _client(self, case: Case) -> str:
        row = self._row(case)
        return f"{row.name} C-{row.number}" if row.number else row.name  # of two of one name each for itself

    def _manager(self, case: Case) -> str:
        return self._names.get(self._row(case).owner_id or 0, NOBODY)

    def _person(self, case: Case) -> str:
        return self._names.get(case.person_id, NOBODY) if case.person_id else self._manager(case)

    def _products_of(self, case: Case) -> tuple[str, ...]:
        if case.product_id:
            return (self._products.get(case.product_id, NONE),)
        owned = self._owned.get(case.client_id, ())
        return tuple(self._products.get(product_id, NONE) for product_id in owned) or (NONE,)

    @cached_property
    def _clients(self) -> dict[int, ClientRow]:
        return {row.id: row for page in clients.clients(self._store) for row in page}

    @cached_property
    def _names(self) -> dict[int, str]:
        return {person.id: person.name for person in organization.staff(self._store)}

    @cached_property
    def _products(self) -> dict[int, str]:
        return {product.id: product.name for product in ownership.products(self._store)}

    @cached_property
    def _owned(self) -> dict[int, list[int]]:
        owned: dict[int, list[int]] = {}
        for page in clients.clients(self._store):
            for use in work.licences(self._store, page[0].id, page[-1].id, self._day):
                owned.setdefault(use.client_id, []).append(use.product_id)
        return owned

    @cached_property
    def _segments(self) -> dict[int, tuple[str, ...]]:
        beside = self._session.beside(self._store)
        names: dict[int, tuple[str, ...]] = {}
        for segment in membership.saved(beside):
            try:
                for client_id in membership.member_ids(beside, segment.filter):
                    names[client_id] = (*names.get(client_id, ()), segment.name)
            except FilterProblem:
                continue  # the list of segments says what is wrong with it
        return names


_NO_CLIENT = ClientRow(0, 0, NONE, None, "", None, "", 0, None, NONE, NONE, "", "")


def _quarter(since: str | None) -> str:
    return f"{since[:4]} Q{(int(since[5:7]) + 2) // 3}" if since else _UNKNOWN
