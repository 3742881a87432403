"""The daily work: requests and their events, documents, tasks, touches."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from onewindow.records.clients import CHANNELS, Channel
from onewindow.records.fields import Record, attribute, record

RequestKind = Literal["problem", "fault", "documents", "access", "question", "training", "complaint", "other"]
Priority = Literal["urgent", "high", "normal", "low"]
RequestStatus = Literal["new", "open", "waiting", "handed_off", "resolved", "declined"]
NextActor = Literal["us", "client", "internal"]
WorkKind = Literal["warranty", "paid", "on_site", "pre_sale"]
RequestEventKind = Literal[
    "opened",
    "client_message",
    "reply",
    "note",
    "wait_client",
    "resume",
    "no_answer_needed",
    "thanks",
    "resolve",
    "decline",
    "reopen",
    "assign",
    "hand_off",
    "promise",
    "policy",
    "link",
    "merge",
]
DocumentKind = Literal["contract", "specification", "invoice", "act", "licence", "offer", "other"]
DocumentState = Literal["missing", "draft", "sent", "signed", "received", "expired", "cancelled"]
TaskStatus = Literal["open", "done", "dropped"]
TouchKind = Literal["call", "mail", "message", "meeting", "visit", "note", "gift", "survey", "review"]
Direction = Literal["in", "out", "internal"]
Mood = Literal["", "angry", "worried", "calm", "glad"]
HandOffTarget = Literal["internal", "sales", "finance"]
HandOffState = Literal["asked", "accepted", "ready", "confirmed", "returned", "dropped"]
RequestRelation = Literal["related", "duplicate", "split", "repeat", "caused_by"]

PRIORITIES = get_args(Priority)
CLOSED_STATUSES: tuple[RequestStatus, ...] = ("resolved", "declined")
"""The states of a request in which nobody has to do anything."""
OPEN_HAND_OFFS: tuple[HandOffState, ...] = ("asked", "accepted", "ready", "returned")
"""The states of a hand-off that keep its request from being closed."""


@record
class Request(Record):
    """Anything a client asks for. Its clocks are computed from its events, never stored."""

    kind: ClassVar[str] = "request"

    number: int = attribute("number", "number", default=0, derived=True)
    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    title: str = attribute("what is asked", required=True)
    request_kind: RequestKind = attribute("kind", "choice", default="problem", choices=get_args(RequestKind))
    priority: Priority = attribute("priority", "choice", default="normal", choices=PRIORITIES)
    status: RequestStatus = attribute(
        "status", "choice", default="new", choices=get_args(RequestStatus), later=True
    )
    next_actor: NextActor = attribute(
        "who acts next", "choice", default="us", choices=get_args(NextActor), later=True
    )
    assignee_id: int | None = attribute("assignee", "reference", refers="staff")
    contact_id: int | None = attribute("who asked", "reference", refers="contact")
    channel: Channel = attribute("channel", "choice", default="phone", choices=CHANNELS)
    promised_at: str | None = attribute("promised to the client for", "time", when="soon", default=None)
    text: str = attribute("details", "long_text")
    deliverable: str = attribute("what exactly is delivered", later=True)
    acceptance: str = attribute(
        "accepted by", help="format or sign by which both see that it is done", later=True
    )
    product_id: int | None = attribute("product", "reference", refers="product")
    work_kind: WorkKind = attribute(
        "kind of work", "choice", default="warranty", choices=get_args(WorkKind), later=True
    )
    department: str = attribute("handed to department", later=True)
    tags: str = attribute("tags", help="words with spaces between", later=True)
    cause: str = attribute("cause", later=True)
    corrective_action: str = attribute("corrective action", later=True)
    result: str = attribute("result", "long_text", help="what the client got, or why not", later=True)
    minutes: int = attribute("minutes spent", "number", default=0, later=True)
    opened_at: str = attribute("opened at", "time", derived=True)
    responded_at: str | None = attribute("first answered at", "time", default=None, derived=True)
    resolved_at: str | None = attribute("resolved at", "time", default=None, derived=True)
    due_at: str | None = attribute("due at", "time", default=None, derived=True)
    intake_seconds: int = attribute("seconds to register", "number", default=0, derived=True)
    parent_id: int | None = attribute("part of", "reference", refers="request", later=True)
    merged_into_id: int | None = attribute("merged into", "reference", refers="request", derived=True)
    needs_lead: int = attribute("a lead must look", "flag", default=0, later=True)
    late_from: str | None = attribute("late from", "time", default=None, derived=True)
    """The first time that it missed, which stays, else the one that comes next; empty for neither."""


UNTOLD_OPENING = "opening"
"""In the details of the event that opened a request: why the file that brought it does not tell when."""


@record
class RequestEvent(Record):
    """One fact in the life of a request. The SLA clocks are computed from these."""

    kind: ClassVar[str] = "request_event"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    request_id: int = attribute("request", "reference", refers="request", required=True, default=0)
    at: str = attribute("at", "time", required=True)
    event_kind: RequestEventKind = attribute(
        "what happened", "choice", default="note", choices=get_args(RequestEventKind)
    )
    staff_id: int | None = attribute("who", "reference", refers="staff", when="behind")
    text: str = attribute("text", "long_text")
    detail: str = attribute("detail", "json", derived=True)


@record
class Document(Record):
    """A contract, invoice, act … or the place where one is missing."""

    kind: ClassVar[str] = "document"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    document_kind: DocumentKind = attribute(
        "kind", "choice", default="contract", choices=get_args(DocumentKind)
    )
    number: str = attribute("number")
    title: str = attribute("title", required=True)
    state: DocumentState = attribute("state", "choice", default="draft", choices=get_args(DocumentState))
    issued_on: str | None = attribute("date", "date", default=None)
    due_on: str | None = attribute("needed by", "date", when="ahead", default=None)
    signed_on: str | None = attribute("signed on", "date", when="behind", default=None, later=True)
    expires_on: str | None = attribute("valid till", "date", when="ahead", default=None)
    period: str = attribute("for the period", help="2026-10")
    amount: int | None = attribute("amount", "money", default=None)
    currency: str = attribute("currency", "currency", default="RUB", limit=3)
    location: str = attribute("file or link", limit=1000)
    parent_id: int | None = attribute("belongs to", "reference", refers="document", later=True)
    version_note: str = attribute("what changed in this version", later=True)
    note: str = attribute("note", "long_text")
    paid_on: str | None = attribute(
        "paid on",
        "date",
        when="behind",
        default=None,
        later=True,
        help="the mark of finance; payments that name the document count too",
    )


@record
class Task(Record):
    """Something one of us has to do; it may belong to no client."""

    kind: ClassVar[str] = "task"

    client_id: int | None = attribute("client", "reference", refers="client")
    title: str = attribute("what to do", required=True)
    assignee_id: int | None = attribute("who does it", "reference", refers="staff")
    due_on: str | None = attribute("due on", "date", when="ahead", default=None)
    status: TaskStatus = attribute(
        "status", "choice", default="open", choices=get_args(TaskStatus), later=True
    )
    task_kind: str = attribute("reason", help="follow-up, warn client, corrective action …")
    request_id: int | None = attribute("for request", "reference", refers="request")
    text: str = attribute("details", "long_text")
    snoozed_till: str | None = attribute("not before", "date", when="soon", default=None, later=True)
    done_at: str | None = attribute("done at", "time", default=None, derived=True)


@record
class Touch(Record):
    """One contact with the client in any channel, or a note about them."""

    kind: ClassVar[str] = "touch"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    touch_kind: TouchKind = attribute("kind", "choice", default="call", choices=get_args(TouchKind))
    text: str = attribute("what was said", "long_text", required=True)
    at: str = attribute("when", "time", when="behind", default="", required=True)
    contact_id: int | None = attribute("with whom", "reference", refers="contact")
    staff_id: int | None = attribute("who of us", "reference", refers="staff", when="behind")
    direction: Direction = attribute("direction", "choice", default="in", choices=get_args(Direction))
    mood: Mood = attribute("mood", "choice", default="", choices=get_args(Mood))
    need: str = attribute("need heard")
    fact: str = attribute("fact learnt")
    minutes: int = attribute("minutes", "number", default=0, later=True)
    cost: int | None = attribute("cost", "money", default=None, help="gift or goodwill", later=True)
    currency: str = attribute("currency", "currency", default="RUB", limit=3, later=True)
    is_pinned: int = attribute("pinned", "flag", default=0)
    is_automatic: int = attribute("sent by a machine", "flag", default=0, later=True)
    request_id: int | None = attribute("about request", "reference", refers="request", later=True)
    postponed: int = attribute("times postponed", "number", default=0, later=True)
    link: str = attribute("link", limit=1000, later=True)


@record
class HandOff(Record):
    """A part of a request given to another department, with a clock of its own until that side confirms."""

    kind: ClassVar[str] = "hand_off"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    request_id: int = attribute("request", "reference", refers="request", required=True, default=0)
    target: HandOffTarget = attribute(
        "to whom",
        "choice",
        default="internal",
        choices=get_args(HandOffTarget),
        help="sales takes leads, finance takes debts",
    )
    department: str = attribute("department", help="склад, разработка, бухгалтерия")
    what: str = attribute("what is to be done", "long_text", required=True)
    assignee_id: int | None = attribute("who does it", "reference", refers="staff")
    asked_by_id: int | None = attribute("who asked", "reference", refers="staff", when="behind")
    state: HandOffState = attribute(
        "state", "choice", default="asked", choices=get_args(HandOffState), later=True
    )
    target_min: int = attribute("within open minutes", "number", default=480)
    asked_at: str = attribute("asked at", "time", derived=True)
    accepted_at: str | None = attribute("accepted at", "time", default=None, derived=True)
    settled_at: str | None = attribute("settled at", "time", default=None, derived=True)
    answer: str = attribute("answer", "long_text", later=True)
    client_told_at: str | None = attribute("client told at", "time", when="behind", default=None, later=True)
    answered_at: str | None = attribute("answered at", "time", default=None, derived=True)


@record
class RequestLink(Record):
    """How two requests of a client belong together."""

    kind: ClassVar[str] = "request_link"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    request_id: int = attribute("request", "reference", refers="request", required=True, default=0)
    other_id: int = attribute("other request", "reference", refers="request", required=True, default=0)
    relation: RequestRelation = attribute(
        "how", "choice", default="related", choices=get_args(RequestRelation)
    )
    note: str = attribute("note")


@record
class Snooze(Record):
    """A row of somebody's day put off, with the reason; the record itself goes on as it was."""

    kind: ClassVar[str] = "snooze"

    client_id: int | None = attribute("client", "reference", refers="client")
    staff_id: int | None = attribute("whose day", "reference", refers="staff", when="behind")
    subject_kind: str = attribute("kind of record", required=True)
    subject_id: int = attribute("record", "number", default=0, required=True)
    till: str = attribute("not before", "time", when="soon", required=True)
    reason: str = attribute("reason", required=True)
