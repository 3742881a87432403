"""Which release is meant by a version, or by a product with a version."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.records.adoption import Product, Release
from onewindow.store.engine import Store
from onewindow.store.listing import listed
from onewindow.store.problems import NotFound
from onewindow.text.fold import fold


def release_named(
    store: Store, products: Mapping[int, Product], typed: str, product_id: int | None = None
) -> Release:
    """The release that is meant by an id, a version, or a product with a version; raises NotFound.

    `product_id` narrows it to those of a product.
    """
    releases = [one for one in listed(store, Release) if product_id in (None, one.product_id)]
    makers = {number: product.name for number, product in products.items()}
    called = {one.id: f"{makers.get(one.product_id, '')} {one.version_name}".strip() for one in releases}
    wanted = fold(typed)
    found = [
        one
        for one in releases
        if typed == str(one.id) or wanted in (fold(one.version_name), fold(called[one.id]))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(called[one.id] for one in found)
        raise NotFound(f"{typed} may be {several}; name it with its product.")
    raise NotFound(f"There is no release “{typed}”; `onewindow release list` names them.")
