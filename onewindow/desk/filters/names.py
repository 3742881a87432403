"""What the words of a filter name: segments, products with their modules, colleagues and offices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from onewindow.desk.filters.words import CARD, NONE, FilterProblem, Term
from onewindow.records.adoption import Product
from onewindow.records.organization import Segment, Staff
from onewindow.store.adoption import ownership
from onewindow.store.clients import segment_inputs
from onewindow.store.engine import Store
from onewindow.store.people import organization
from onewindow.text.clean import clean
from onewindow.text.fold import fold
from onewindow.text.names.logins import as_login

T = TypeVar("T", Segment, Product, Staff)


class Names:
    """What the words of filters name, read from a file when it is first asked for."""

    def __init__(self, store: Store, me: int, edited: Segment | None = None) -> None:
        """`me` is who asks; `edited` is a segment as it is to become, not yet on file so."""
        self._store = store
        self._me = me
        self._edited = edited
        self._segments: list[Segment] | None = None
        self._products: list[Product] | None = None
        self._staff: list[Staff] | None = None

    def segment(self, term: Term, value: str) -> Segment:
        """The saved segment with a name or id."""
        if self._segments is None:
            known = {segment.id: segment for segment in segment_inputs.segments(self._store)}
            if self._edited is not None:
                known[self._edited.id] = self._edited
            self._segments = list(known.values())
        return _named(term, value, self._segments, lambda segment: (segment.name, str(segment.id)))

    def products(self, term: Term) -> frozenset[int]:
        """The ids of the products that a word names, with their modules."""
        if self._products is None:
            self._products = ownership.products(self._store)
        ids = {
            _named(
                term, value, self._products, lambda product: (product.name, product.slug, str(product.id))
            ).id
            for value in term.values
        }
        added = ids
        # Modules have modules: on until a step adds nothing.
        while added:
            added = {product.id for product in self._products if product.parent_id in added} - ids
            ids = ids | added
        return frozenset(ids)

    def staff(self, term: Term) -> frozenset[int | None]:
        """The ids of the colleagues whom a word names, None among them for nobody."""
        return frozenset(self._person(term, value) for value in term.values)

    def of_offices(self, term: Term) -> frozenset[int | None]:
        """The ids of the colleagues in the offices that a word names."""
        wanted = {fold(value) for value in term.values}
        ids = frozenset(person.id for person in self._everybody() if fold(person.office) in wanted)
        if not ids:
            known = sorted({person.office for person in self._everybody() if person.office})
            raise FilterProblem(f"{term.text}: nobody works there; there are {', '.join(map(clean, known))}.")
        return ids

    def _person(self, term: Term, value: str) -> int | None:
        if value == NONE:
            return None
        if value == "me":
            return self._me
        people = self._everybody()
        login = [person for person in people if as_login(person.login) == as_login(value)]
        return (
            login[0].id
            if login
            else _named(term, value, people, lambda person: (person.name, str(person.id))).id
        )

    def _everybody(self) -> list[Staff]:
        if self._staff is None:
            self._staff = organization.staff(self._store)
        return self._staff


def asks_for(term: Term) -> str:
    """The kind of the field of the card that a word asks for, '' for none."""
    return CARD[term.field].kind if term.field in CARD else ""


def _named(term: Term, value: str, known: Sequence[T], names: Callable[[T], Iterable[str]]) -> T:
    """The one that has a name, else the only one whose name begins so; raises FilterProblem."""
    wanted = fold(value)
    exact = [candidate for candidate in known if any(fold(name) == wanted for name in names(candidate))]
    fitting = exact or [
        candidate
        for candidate in known
        if wanted and f" {fold(_first(names(candidate)))}".find(f" {wanted}") >= 0
    ]
    if len(fitting) == 1:
        return fitting[0]
    called = [clean(_first(names(candidate))) for candidate in fitting[:5]]
    word = {"not-owning": "product"}.get(term.field, term.field)
    kind = "colleague" if asks_for(term) == "reference" else word
    if fitting:
        raise FilterProblem(
            f"{term.field}:{clean(value)} may mean {', '.join(called)}; write more of the name, or all of it."
        )
    raise FilterProblem(f"{term.field}:{clean(value)} names nothing: there is no {kind} “{clean(value)}”.")


def _first(names: Iterable[str]) -> str:
    return next(iter(names))
