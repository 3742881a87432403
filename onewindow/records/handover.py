"""A client given from sales to service: the handover, its lines and questions, its packages, observations."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from onewindow.records.clients import Promise
from onewindow.records.fields import Record, attribute, record

HandoverState = Literal["sent", "accepted", "accepted_with_debts", "returned"]
HandoverItemState = Literal["open", "present", "missing", "not_needed", "asked", "answered"]
HandoverItemKind = Literal["check", "question", "term"]

DECIDED: tuple[HandoverState, ...] = ("accepted", "accepted_with_debts")
"""The states in which the service has the client."""


@record
class Handover(Record):
    """A client given from sales to service; it is accepted or returned by actions of its own."""

    kind: ClassVar[str] = "handover"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    deal: str = attribute("deal", required=True)
    state: HandoverState = attribute(
        "state", "choice", default="sent", choices=get_args(HandoverState), derived=True
    )
    sales_id: int | None = attribute("salesperson", "reference", refers="staff", when="behind")
    receiver_id: int | None = attribute("who receives", "reference", refers="staff")
    contract_number: str = attribute("contract number")
    sent_on: str = attribute("sent on", "date", when="behind", required=True)
    decided_on: str | None = attribute("decided on", "date", default=None, derived=True)
    reason: str = attribute("reason of return", derived=True)
    meeting_on: str | None = attribute("introduction on", "date", default=None, later=True)
    meeting_form: str = attribute("form of the meeting", help="online, in person", later=True)
    meeting_led_by: str = attribute("who led it", later=True)
    meeting_notes: str = attribute("what was said", "long_text", later=True)
    satisfaction: int | None = attribute(
        "client's mark 0–5", "number", default=None, later=True, package="stays"
    )
    meeting_people: str = attribute("who took part", limit=500, later=True)
    meeting_initiative: str = attribute("whose wish the meeting was", later=True)
    target_min: int = attribute(
        "decision within open minutes", "number", default=480, later=True, package="stays"
    )
    answer_min: int = attribute(
        "answers within open minutes", "number", default=240, later=True, package="stays"
    )
    satisfaction_said: str = attribute(
        "what they said of it", "long_text", limit=1000, later=True, package="stays"
    )
    sent_at: str | None = attribute("sent at", "time", default=None, derived=True)
    decided_at: str | None = attribute("decided at", "time", default=None, derived=True)
    decided_by_id: int | None = attribute(
        "who decided", "reference", refers="staff", when="behind", derived=True
    )
    returns: int = attribute("times returned", "number", default=0, derived=True)
    items_present: int | None = attribute("items there at the decision", "number", default=None, derived=True)
    items_needed: int | None = attribute("items needed then", "number", default=None, derived=True)


@record
class HandoverItem(Record):
    """One line of the handover checklist, a question to the salesperson, or a special term to acknowledge."""

    kind: ClassVar[str] = "handover_item"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    handover_id: int = attribute("handover", "reference", refers="handover", required=True, default=0)
    title: str = attribute("item or question", required=True, limit=1000)
    state: HandoverItemState = attribute(
        "state", "choice", default="open", choices=get_args(HandoverItemState), later=True
    )
    is_blocker: int = attribute("nothing starts without it", "flag", default=0)
    asked_at: str | None = attribute("asked at", "time", when="behind", default=None, later=True)
    answered_at: str | None = attribute("answered at", "time", when="behind", default=None, later=True)
    answer: str = attribute("answer", "long_text", later=True)
    item_kind: HandoverItemKind = attribute(
        "kind of line", "choice", default="check", choices=get_args(HandoverItemKind)
    )
    topic: str = attribute("about", help="which line of the checklist it is about", later=True)
    reason: str = attribute("why it is not needed", later=True)
    asked_by_id: int | None = attribute("who asked", "reference", refers="staff", when="behind", later=True)
    asked_of_id: int | None = attribute("who must answer", "reference", refers="staff", later=True)
    target_min: int = attribute("answer within open minutes", "number", default=240, later=True)
    promise_id: int | None = attribute("special term", "reference", refers="promise", derived=True)
    reopens_id: int | None = attribute("asks again", "reference", refers="handover_item", derived=True)


def term_item(handover: Handover, promise: Promise) -> HandoverItem:
    """The line by which a special term is handed over, to be acknowledged by the receiver."""
    return HandoverItem(
        client_id=handover.client_id,
        handover_id=handover.id,
        title=promise.text,
        item_kind="term",
        promise_id=promise.id,
    )


@record
class HandoverPackage(Record):
    """What sales sent, once for each time it was sent, and what it would change on the card."""

    kind: ClassVar[str] = "handover_package"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    handover_id: int = attribute("handover", "reference", refers="handover", required=True, default=0)
    attempt: int = attribute("sending", "number", default=1, derived=True)
    source: str = attribute("file")
    content: str = attribute("content", "json", limit=1_000_000, derived=True)
    changes: str = attribute("changes to the card", "json", limit=1_000_000, derived=True)


@record
class Observation(Record):
    """How a quality specialist saw one handover: five marks of 0 (not done) to 5 (as it should be)."""

    kind: ClassVar[str] = "observation"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    handover_id: int = attribute("handover", "reference", refers="handover", required=True, default=0)
    observer_id: int | None = attribute("observer", "reference", refers="staff", when="behind")
    observed_on: str = attribute("observed on", "date", when="behind", required=True)
    card_mark: int | None = attribute("card complete and true", "number", default=None, help="0–5")
    meeting_mark: int | None = attribute("introduction to the client", "number", default=None, help="0–5")
    answers_mark: int | None = attribute("answers of the salesperson", "number", default=None, help="0–5")
    client_mark: int | None = attribute("client not pushed off somewhere", "number", default=None, help="0–5")
    time_mark: int | None = attribute("no time lost in clarifications", "number", default=None, help="0–5")
    comment: str = attribute("comment", "long_text", limit=2000)


MARKS = ("card_mark", "meeting_mark", "answers_mark", "client_mark", "time_mark")
"""The five criteria of an observation."""
