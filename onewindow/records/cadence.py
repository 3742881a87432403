"""How we stay in touch: how often, for which reasons, on which days, and what became of each touch."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from onewindow.records.fields import Record, attribute, record

PlannedKind = Literal["call", "mail", "message", "meeting", "visit"]
OccasionReason = Literal[
    "first_order",
    "paid_invoice",
    "referral",
    "promoter",
    "birthday",
    "anniversary",
    "holiday",
    "start",
    "training",
    "release",
    "complaint",
]
TouchMarkState = Literal["done", "skipped", "put_off"]

_TIERS = ("", "A", "B", "C", "D")


@record
class TouchCadence(Record):
    """How often a client of a tier or segment hears from one of us; in working days of that calendar."""

    kind: ClassVar[str] = "touch_cadence"

    name: str = attribute("name", required=True)
    tier: str = attribute("tier", "choice", choices=_TIERS, help="empty: every tier")
    segment_id: int | None = attribute("segment", "reference", refers="segment", help="goes before the tier")
    every_days: int = attribute(
        "every working days", "number", default=20, help="since the last personal touch"
    )
    touch_kind: PlannedKind = attribute("how", "choice", default="call", choices=get_args(PlannedKind))
    template_id: int | None = attribute("template", "reference", refers="template")
    alarm_days: int = attribute("alarm after days", "number", default=45, help="without a touch; 0: never")
    review_days: int = attribute(
        "reviewed every days", "number", default=90, help="longer ago is said in the review; 0: never"
    )
    valid_from: str = attribute("valid from", "date", when="ahead", required=True)


@record
class Occasion(Record):
    """A reason that comes back: what it is, how long after it we get in touch, whom it concerns."""

    kind: ClassVar[str] = "occasion"

    name: str = attribute("name", required=True)
    reason: OccasionReason = attribute("reason", "choice", default="start", choices=get_args(OccasionReason))
    after_months: int = attribute("months after it", "number", default=0)
    after_days: int = attribute("days after it", "number", default=0)
    touch_kind: PlannedKind = attribute("how", "choice", default="call", choices=get_args(PlannedKind))
    template_id: int | None = attribute("template", "reference", refers="template")
    tier: str = attribute("tier", "choice", choices=_TIERS, help="empty: every tier")
    segment_id: int | None = attribute("segment", "reference", refers="segment")
    is_on: int = attribute("in force", "flag", default=1)


@record
class Holiday(Record):
    """A day on which clients are congratulated: a date, or a weekday of a month."""

    kind: ClassVar[str] = "holiday"

    name: str = attribute("name", required=True)
    day: str = attribute(
        "day of the year", required=True, help="31.12, or 2 sun 8: the second Sunday of August"
    )
    country: str = attribute("country", "country", help="name or two letters; empty: every country", limit=2)
    industry: str = attribute("industry", help="word of the client's industry; empty: all")
    days_before: int = attribute(
        "days ahead", "number", default=0, help="so many days before we get in touch"
    )


@record
class TouchMark(Record):
    """What became of one touch that was due: done, skipped, or put off, and why."""

    kind: ClassVar[str] = "touch_mark"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    subject: str = attribute("which reason", required=True)
    due_on: str = attribute("was due on", "date", when="ahead", required=True)
    state: TouchMarkState = attribute("state", "choice", default="done", choices=get_args(TouchMarkState))
    till: str | None = attribute("not before", "date", when="soon", default=None)
    reason: str = attribute("why")
    staff_id: int | None = attribute("who of us", "reference", refers="staff", when="behind")
    touch_id: int | None = attribute("the touch", "reference", refers="touch")
    message_id: int | None = attribute("the message", "reference", refers="message")
    at: str = attribute("at", "time", required=True)
