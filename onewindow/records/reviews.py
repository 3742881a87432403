"""Reviews of a portfolio: one walk through it, and what was decided of each client."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from onewindow.records.fields import Record, attribute, record

Decision = Literal["touch", "snooze", "escalate", "fine"]


@record
class ReviewRound(Record):
    """One walk through the clients of a person or segment, from its first decision to its end."""

    kind: ClassVar[str] = "review_round"

    name: str = attribute("name", required=True)
    staff_id: int | None = attribute("who reviews", "reference", refers="staff", when="behind")
    # Clients of somebody who left are walked too.
    owner_id: int | None = attribute("whose clients", "reference", refers="staff", when="behind")
    segment_id: int | None = attribute("segment", "reference", refers="segment")
    started_at: str = attribute("started at", "time", required=True)
    ended_at: str | None = attribute("ended at", "time", default=None)


@record
class ReviewDecision(Record):
    """What was decided of one client in one round, and why."""

    kind: ClassVar[str] = "review_decision"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    review_round_id: int = attribute("round", "reference", refers="review_round", required=True, default=0)
    decision: Decision = attribute("decision", "choice", default="fine", choices=get_args(Decision))
    reason: str = attribute("reason", required=True)
    till: str | None = attribute("till", "date", when="soon", default=None)
    staff_id: int | None = attribute("who decided", "reference", refers="staff", when="behind")
    task_id: int | None = attribute("the task", "reference", refers="task")
    at: str = attribute("at", "time", when="behind", required=True)
