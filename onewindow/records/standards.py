"""The standards of the department: how things are done here, and the cycle that keeps them alive."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from onewindow.records.fields import Record, attribute, record

CycleState = Literal["write", "refine", "introduce", "train", "motivate"]
CheckOutcome = Literal["passed", "failed"]

CYCLE = get_args(CycleState)
"""The states in their order; after the last one the cycle begins again with refining."""


@record
class Standard(Record):
    """How something is done here: what was agreed, who answers for it, where in its cycle it is."""

    kind: ClassVar[str] = "standard"

    title: str = attribute("title", required=True)
    text: str = attribute("what holds", "long_text")
    location: str = attribute("file or link", limit=1000)
    owner_id: int | None = attribute("who answers for it", "reference", refers="staff")
    cycle: CycleState = attribute("state of the cycle", "choice", default="write", choices=CYCLE)
    review_on: str | None = attribute(
        "review by", "date", when="ahead", default=None, help="within six months; empty: in six months"
    )


@record
class StandardCheck(Record):
    """A check that closed one state of a standard's cycle, or found that it is not closed yet."""

    kind: ClassVar[str] = "standard_check"

    standard_id: int = attribute("standard", "reference", refers="standard", required=True, default=0)
    cycle: CycleState = attribute("checked state", "choice", default="write", choices=CYCLE)
    outcome: CheckOutcome = attribute("outcome", "choice", default="passed", choices=get_args(CheckOutcome))
    checked_on: str = attribute("checked on", "date", when="behind", required=True)
    staff_id: int | None = attribute("who checked", "reference", refers="staff", when="behind")
    note: str = attribute("what was seen", "long_text", required=True)
