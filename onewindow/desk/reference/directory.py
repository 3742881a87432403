"""What every window needs and hardly ever changes: colleagues, products, policies. Read once, kept fresh."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onewindow.desk.reference.health_weights import WeightBook, read_weights
from onewindow.desk.reference.policy_book import PolicyBook, read_policies
from onewindow.records.adoption import Product
from onewindow.records.organization import Staff
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.adoption import ownership
from onewindow.store.engine import Store
from onewindow.store.people import organization

KINDS = frozenset({"staff", "product", "release", "policy", "calendar", "health_weights", "segment"})
"""A change of one of these makes a directory old."""


class Colleagues(Mapping[int, Staff]):
    """Colleagues by id, each read when named first: a window names a dozen of what may be thousands.

    For the thread of its store only.
    """

    def __init__(self, store: Store) -> None:
        """Read nobody yet."""
        self._store = store
        # Nobody has the id 0, by which an empty field is looked up.
        self._known: dict[int, Staff | None] = {0: None}
        self._is_whole = False

    def __getitem__(self, staff_id: int) -> Staff:
        if not self._is_whole and staff_id not in self._known:
            self._known[staff_id] = rows.find(self._store, Staff, staff_id)
        person = self._known.get(staff_id)
        if person is None:
            raise KeyError(staff_id)
        return person

    def __iter__(self) -> Iterator[int]:
        if not self._is_whole:
            self._known = {person.id: person for person in organization.staff(self._store)}
            self._is_whole = True
        return (staff_id for staff_id, person in self._known.items() if person is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class NewestVersions(dict[int, str]):
    """The version of a product that came out last, '' for none; each read when it is asked for first."""

    def __init__(self, store: Store) -> None:
        """Read nothing yet."""
        super().__init__()
        self._store = store

    def __missing__(self, product_id: int) -> str:
        version = self[product_id] = ownership.newest_version(self._store, product_id)
        return version


@frozen_struct
class Directory:
    """Colleagues and products by id, the SLA policies, and what the signals of health weigh."""

    staff: Mapping[int, Staff]
    products: Mapping[int, Product]
    policies: PolicyBook
    weights: WeightBook
    newest_versions: Mapping[int, str]
    """The version that came out last by product, '' for none."""

    def name(self, staff_id: int | None) -> str:
        """A colleague's name, '' for nobody."""
        person = self.staff.get(staff_id or 0)
        return person.name if person else ""

    def surname(self, staff_id: int | None) -> str:
        """The first word of a colleague's name, which is enough in a cell."""
        return self.name(staff_id).partition(" ")[0]

    def product(self, product_id: int | None) -> str:
        """A product's name, '' for none."""
        product = self.products.get(product_id or 0)
        return product.name if product else ""


def read_directory(store: Store) -> Directory:
    """The directory as it is on file now."""
    return Directory(
        Colleagues(store),
        {product.id: product for product in ownership.products(store)},
        read_policies(store),
        read_weights(store),
        NewestVersions(store),
    )
