"""The department itself: staff, calendars, SLA policies, segments, import runs."""

from __future__ import annotations

from typing import ClassVar

from onewindow.records.adoption import ROLES, Role
from onewindow.records.fields import Record, attribute, record
from onewindow.records.requests import PRIORITIES


@record
class Staff(Record):
    """One of us."""

    kind: ClassVar[str] = "staff"

    login: str = attribute("login", required=True, help="name on the server, small letters", limit=64)
    name: str = attribute("name", required=True)
    role: Role = attribute("role", "choice", default="account_manager", choices=ROLES)
    office: str = attribute("office")
    department: str = attribute("department")
    phone: str = attribute("phone", "phone")
    email: str = attribute("e-mail", "email")
    language: str = attribute("language", "choice", default="ru", choices=("ru", "bg", "en"))
    away_from: str | None = attribute("away from", "date", when="ahead", default=None)
    away_till: str | None = attribute("away till", "date", when="ahead", default=None)
    deputy_id: int | None = attribute("deputy", "reference", refers="staff")
    open_limit: int = attribute("open requests at most", "number", default=25)
    hour_rate: int | None = attribute("cost of an hour", "money", default=None)
    currency: str = attribute("currency", "currency", default="RUB", limit=3)
    absences: str = attribute("absences", "json", derived=True, help="each with who stands in")
    time_zone: str = attribute(
        "time zone",
        help="IANA name for the times this person sees; empty: that of the computer",
        later=True,
    )


@record
class WorkingCalendar(Record):
    """Opening hours: zone, intervals by weekday, exceptions by date, public holidays."""

    kind: ClassVar[str] = "calendar"

    name: str = attribute("name", required=True)
    hours: str = attribute(
        "hours",
        "hours",
        required=True,
        help="lines: Europe/Moscow, mon-fri 9-13 14-18, holidays RU, 31.12 9-13 short day",
    )


@record
class SlaPolicy(Record):
    """How fast a request must be answered, by tier, priority and kind; empty means any. In open minutes."""

    kind: ClassVar[str] = "policy"

    name: str = attribute("name", required=True)
    calendar_id: int = attribute("calendar", "reference", refers="calendar", required=True, default=0)
    tier: str = attribute("tier", "choice", choices=("", "A", "B", "C", "D"))
    priority: str = attribute("priority", "choice", choices=("", *PRIORITIES))
    request_kind: str = attribute("kind of request")
    first_response_min: int | None = attribute(
        "first answer, minutes", "number", default=None, help="open time: 15m, 4h, 1h30m"
    )
    next_response_min: int | None = attribute(
        "next answer, minutes", "number", default=None, help="open time: 15m, 4h, 1h30m"
    )
    resolution_min: int | None = attribute(
        "solution, minutes", "number", default=None, help="open time: 15m, 4h, 1h30m"
    )
    valid_from: str = attribute("valid from", "date", when="ahead", required=True)
    segment_id: int | None = attribute(
        "segment", "reference", refers="segment", help="only for its clients; fields of the card alone"
    )


@record
class ExchangeRate(Record):
    """What one unit of a currency was worth in another from a day on, for sums over several currencies."""

    kind: ClassVar[str] = "exchange_rate"

    currency: str = attribute("one", "currency", required=True, default="EUR", limit=3)
    rate: str = attribute("is worth", required=True, help="98.50", limit=20)
    base_currency: str = attribute("in", "currency", required=True, default="RUB", limit=3)
    valid_from: str = attribute("from", "date", required=True)


@record
class Segment(Record):
    """A saved filter over clients."""

    kind: ClassVar[str] = "segment"

    name: str = attribute("name", required=True)
    filter: str = attribute("filter", required=True, help="tier:A stage:active city:Казань")


@record
class ImportRun(Record):
    """One import of a file: what came in and what was made of it."""

    kind: ClassVar[str] = "import_run"

    file_name: str = attribute("file")
    record_kind: str = attribute("kind")
    created: int = attribute("created", "number", default=0)
    updated: int = attribute("updated", "number", default=0)
    skipped: int = attribute("skipped", "number", default=0)
    rejected: int = attribute("rejected", "number", default=0)
    reverted_at: str | None = attribute("reverted at", "time", default=None)
