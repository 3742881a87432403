"""What becomes of a wish reaches who wished for it: told, how they took it, or no wish to hear of it."""

from __future__ import annotations

from onewindow.desk.editing import changing
from onewindow.desk.editing.done_words import quoted
from onewindow.desk.feedback.wish_status import is_to_notify
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Feature
from onewindow.records.feedback import Feedback
from onewindow.store import feedback as feedback_store
from onewindow.store import rows
from onewindow.store.engine import Value
from onewindow.store.problems import StoreProblem


def notified(session: Session, quote: Feedback) -> str:
    """What was done by telling a client, a clause: `Ромашка was told of “печать этикеток”`."""
    whom = naming.label(session, "client", quote.client_id) or "the client"
    # What came out is called as the row of the day calls it; what is tied to nothing, by the client's words.
    return f"{whom} was told of {quoted(naming.label(session, 'feature', quote.feature_id) or quote.quote)}"


def notify(session: Session, quote: Feedback) -> Feedback:
    """Note that the client was told what became of a wish, once for all their quotes on that feature.

    Raises StoreProblem where they know it already; who was left untold may be told after all.
    """
    feature = _feature(session, quote)
    knows = quote.told_status == feature.status if feature is not None else bool(quote.told_on)
    if knows and quote.outcome != "declined":
        raise StoreProblem(f"{notified(session, quote)} already.")
    values: dict[str, Value] = {
        "told_on": session.today().isoformat(),
        "told_status": feature.status if feature else "",
        "outcome": "told",
        # What they said to the news before belongs to that news; the log keeps it.
        "reaction": "" if quote.told_status else quote.reaction,
    }
    others = [other for other in _same_wishes(session, quote) if is_to_notify(feature, other)]
    return changing.change_many(session, [quote, *others], values, notified(session, quote))[0]


def react(session: Session, quote: Feedback, words: str) -> Feedback:
    """Note how a client took what they were told; who was not told before is told with it.

    Raises StoreProblem without words.
    """
    if not words.strip():
        raise StoreProblem("Write what the client said to it.")
    feature = _feature(session, quote)
    values: dict[str, Value] = {"reaction": words.strip(), "outcome": "reacted"}
    if not quote.told_on or is_to_notify(feature, quote):
        values |= {
            "told_on": session.today().isoformat(),
            "told_status": feature.status if feature else "",
        }
    others = [other for other in _same_wishes(session, quote) if is_to_notify(feature, other)]
    label = f"reaction of {naming.label(session, 'client', quote.client_id)}: {words.strip()}"
    return changing.change_many(session, [quote, *others], values, label)[0]


def decline(session: Session, quote: Feedback, reason: str) -> Feedback:
    """Note that a client is not to hear of a wish any more, with the reason; Today leaves it out for good.

    Raises StoreProblem without the reason.
    """
    if not reason.strip():
        raise StoreProblem("Say why the client is not told of it.")
    feature = _feature(session, quote)
    values: dict[str, Value] = {
        "outcome": "declined",
        "reaction": reason.strip(),
        "told_status": feature.status if feature else "",
    }
    title = naming.label(session, "feature", quote.feature_id) or quote.quote
    label = f"not told of {quoted(title)}: {naming.label(session, 'client', quote.client_id)}"
    others = [other for other in _same_wishes(session, quote) if is_to_notify(feature, other)]
    return changing.change_many(session, [quote, *others], values, label)[0]


def _feature(session: Session, quote: Feedback) -> Feature | None:
    return rows.find(session.store, Feature, quote.feature_id) if quote.feature_id else None


def _same_wishes(session: Session, quote: Feedback) -> list[Feedback]:
    """The other quotes of the client on the same feature."""
    if quote.feature_id is None:
        return []
    same = feedback_store.on_feature(session.store, quote.feature_id, quote.client_id)
    return [other for other in same if other.id != quote.id]
