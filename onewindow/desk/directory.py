"""What every window needs and hardly ever changes: colleagues, products, policies. Read once, kept fresh."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.desk.clocks import PolicyBook, read_policies
from onewindow.records.adoption import Product
from onewindow.records.department import Staff
from onewindow.records.values import value_class
from onewindow.store import adoption, department
from onewindow.store.engine import Store

KINDS = frozenset({"staff", "product", "policy", "calendar"})
"""A change of one of these makes a directory old."""


@value_class
class Directory:
    """Colleagues and products by id, and the SLA policies."""

    staff: Mapping[int, Staff]
    products: Mapping[int, Product]
    policies: PolicyBook

    def name(self, staff_id: int | None) -> str:
        """A colleague's name, '' for nobody."""
        person = self.staff.get(staff_id or 0)
        return person.name if person else ""

    def surname(self, staff_id: int | None) -> str:
        """The first word of a colleague's name, which is enough in a cell."""
        return self.name(staff_id).partition(" ")[0]

    def product(self, product_id: int | None) -> str:
        """A product's name, '' for none."""
        found = self.products.get(product_id or 0)
        return found.name if found else ""


def read_directory(store: Store) -> Directory:
    """The directory as it is on file now."""
    return Directory(
        {person.id: person for person in department.staff(store)},
        {product.id: product for product in adoption.products(store)},
        read_policies(store),
    )
