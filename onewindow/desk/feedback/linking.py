"""Which feature a quote asks for: similar ones are offered, quotes linked, features that are one merged."""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.desk.editing import changing
from onewindow.desk.editing.done_words import quoted
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Feature
from onewindow.records.feedback import Feedback
from onewindow.records.structs import frozen_struct
from onewindow.store import feedback as feedback_store
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store, Value
from onewindow.store.problems import StoreProblem
from onewindow.text.similarity import similarity
from onewindow.text.trigrams import trigrams

ALIKE = 0.4
"""From so much of the shorter text on a feature is offered: less finds titles that share an ending."""
OFFERED = 5


@frozen_struct
class Similar:
    """A feature that a text may mean, and how much of the shorter text stands in the other: 0 to 1."""

    feature: Feature
    score: float


class Features:
    """The features of a file with their trigrams, read once and asked again and again while one types."""

    def __init__(self, store: Store) -> None:
        """Read the features that are not archived."""
        self._known = [(one, trigrams(one.title)) for one in feedback_store.features(store)]

    def similar(
        self, text: str, product_id: int | None = None, *, without: Iterable[int] = (), limit: int = OFFERED
    ) -> list[Similar]:
        """The features that a text may mean, the likeliest first; of equals those of a product come first."""
        asked, left_out = trigrams(text), set(without)
        found = [
            Similar(feature, score)
            for feature, known in self._known
            if feature.id not in left_out and (score := similarity(asked, known)) >= ALIKE
        ]
        found.sort(
            key=lambda one: (
                *(-one.score, one.feature.product_id != product_id),
                *(one.feature.title, one.feature.id),
            )
        )
        return found[:limit]


def link(session: Session, quote: Feedback, feature: Feature | None) -> Feedback:
    """Link a quote to a feature, or to none; what the client was told of another one is told no more.

    The label of the change names both.
    """
    if quote.feature_id == (feature.id if feature else None):
        return quote
    values: dict[str, Value] = {"feature_id": feature.id if feature else None}
    if quote.feature_id is not None:
        values |= {"told_on": None, "told_status": "", "outcome": "open"}
    if feature is not None and quote.product_id is None:
        values["product_id"] = feature.product_id
    title = quoted(feature.title) if feature else "no feature"
    return changing.change(session, quote, values, f"linked to {title}: {naming.title_of(quote)}")


def link_to_new(session: Session, quote: Feedback, title: str) -> Feedback:
    """Make a feature of that title, of the quote's product, and link the quote to it, in one change.

    Raises StoreProblem without a title.
    """
    if not title.strip():
        raise StoreProblem("Name the feature that is asked for.")

    def work(transaction: Transaction) -> Feedback:
        feature = changing.insert_in(
            session, transaction, Feature(title=title.strip(), product_id=quote.product_id)
        )
        return changing.change_in(session, transaction, quote, {"feature_id": feature.id})

    return session.change(f"new feature: {title.strip()}", work).result


def merge(session: Session, feature: Feature, into: Feature) -> Feature:
    """Merge a feature into another one: its quotes move there, and it is archived; one undo takes all back.

    Raises StoreProblem for a feature and itself, and for archived ones.
    """
    if feature.id == into.id:
        raise StoreProblem(f"{quoted(feature.title)} cannot be merged into itself; name another feature.")
    for one in (feature, into):
        if one.archived_at is not None:
            raise StoreProblem(f"{quoted(one.title)} is archived; restore it first.")

    def work(transaction: Transaction) -> Feature:
        for quote in feedback_store.on_feature(transaction.store, feature.id):
            changing.change_in(session, transaction, quote, {"feature_id": into.id})
        merged = changing.change_in(session, transaction, feature, {"merged_into_id": into.id})
        return changing.archive_in(session, transaction, merged)

    label = f"merged feature {quoted(feature.title)} into {quoted(into.title)}"
    return session.change(label, work).result
