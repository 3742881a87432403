"""What the client bought and how they learn to use it: products, licences, usage, plans, announcements."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from onewindow.records.clients import CHANNELS, Channel
from onewindow.records.fields import Record, attribute, record

PlanKind = Literal["onboarding", "project", "delivery", "employee"]
PlanStatus = Literal["running", "done", "stopped"]
StepStatus = Literal["open", "done", "skipped"]
StepResult = Literal["none", "document", "date", "training", "version", "volume"]
ExecutorState = Literal["asked", "ready", "dropped"]
TrainingState = Literal["planned", "done", "passed", "missed"]
FeatureStatus = Literal["asked", "planned", "in_work", "released", "declined"]
AnnouncementState = Literal["draft", "sending", "sent"]
AnnouncementPurpose = Literal["newsletter", "marketing", "service"]
DeliveryState = Literal["queued", "told", "read", "answered", "declined"]
TrainingSessionState = Literal["planned", "held", "cancelled"]
AttendanceState = Literal["invited", "accepted", "attended", "missed", "declined"]
Role = Literal["account_manager", "lead", "support", "product", "quality", "sales", "finance", "admin"]

ROLES = get_args(Role)


@record
class Product(Record):
    """Something the firm sells: a program, a module of it, a service."""

    kind: ClassVar[str] = "product"

    slug: str = attribute("slug", derived=True)
    name: str = attribute("name", required=True)
    parent_id: int | None = attribute("module of", "reference", refers="product")
    unit: str = attribute("sold by", default="licence")
    price: int | None = attribute("price a unit", "money", default=None)
    currency: str = attribute("currency", "currency", default="RUB", limit=3)
    description: str = attribute("description", "long_text")
    is_sold: int = attribute("on sale", "flag", default=1)


@record
class Licence(Record):
    """A product that a client owns, how much of it, and how much is in use."""

    kind: ClassVar[str] = "licence"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    product_id: int = attribute("product", "reference", refers="product", required=True, default=0)
    bought: int = attribute("licences bought", "number", default=1)
    active: int = attribute("active users", "number", default=0, package="stays")
    volume_limit: int | None = attribute("volume limit", "number", default=None)
    starts_on: str | None = attribute("starts on", "date", default=None)
    ends_on: str | None = attribute("ends on", "date", when="ahead", default=None)
    amount: int | None = attribute("price for the term", "money", default=None)
    currency: str = attribute("currency", "currency", default="RUB", limit=3)
    installed_version: str = attribute("installed version")
    last_used_on: str | None = attribute(
        "last used on", "date", when="behind", default=None, later=True, package="stays"
    )
    document_id: int | None = attribute("document", "reference", refers="document", later=True)


def is_in_force(licence: Licence, today: str) -> bool:
    """Whether a licence counts on a day (YYYY-MM-DD); without a beginning or an end it is open there."""
    return (licence.starts_on or "") <= today <= (licence.ends_on or today)


@record
class Workplace(Record):
    """One place at the client where a product is installed."""

    kind: ClassVar[str] = "workplace"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    product_id: int | None = attribute("product", "reference", refers="product")
    name: str = attribute("workplace", required=True)
    contact_id: int | None = attribute("who works there", "reference", refers="contact")
    installed_version: str = attribute("installed version")
    installed_on: str | None = attribute("installed on", "date", default=None)


@record
class Training(Record):
    """A lesson for a person of the client: planned, done, passed or missed."""

    kind: ClassVar[str] = "training"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    title: str = attribute("subject", required=True)
    contact_id: int | None = attribute("who learns", "reference", refers="contact")
    product_id: int | None = attribute("product", "reference", refers="product")
    trainer_id: int | None = attribute("who teaches", "reference", refers="staff")
    planned_on: str | None = attribute("planned on", "date", when="ahead", default=None, after="title")
    held_on: str | None = attribute("held on", "date", when="behind", default=None, later=True)
    state: TrainingState = attribute(
        "state", "choice", default="planned", choices=get_args(TrainingState), later=True
    )
    people: int = attribute("people", "number", default=1)


@record
class Trainee(Record):
    """One person of the client at a lesson that several come to: planned, done, passed or missed."""

    kind: ClassVar[str] = "learner"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    training_id: int = attribute("lesson", "reference", refers="training", required=True, default=0)
    contact_id: int = attribute("who learns", "reference", refers="contact", required=True, default=0)
    state: TrainingState = attribute("state", "choice", default="planned", choices=get_args(TrainingState))
    note: str = attribute("note")


@record
class Playbook(Record):
    """A template of steps for an onboarding, a project, a delivery, a new colleague."""

    kind: ClassVar[str] = "playbook"

    name: str = attribute("name", required=True)
    plan_kind: PlanKind = attribute("kind", "choice", default="onboarding", choices=get_args(PlanKind))
    description: str = attribute("description", "long_text")
    unit: str = attribute("unit of volumes", help="терминал, рейс, час: what phases deliver")
    starts_itself: int = attribute("starts by itself", "flag", default=0, help="when a contract is signed")
    edition: int = attribute("edition", "number", default=1, derived=True)


@record
class PlaybookStep(Record):
    """One step of a playbook, by role and with a relative date."""

    kind: ClassVar[str] = "playbook_step"

    playbook_id: int = attribute("playbook", "reference", refers="playbook", required=True, default=0)
    position: int = attribute("place in the order", "number", default=1)
    title: str = attribute("step", required=True)
    role: Role = attribute("role", "choice", default="account_manager", choices=ROLES)
    due_after_days: int = attribute(
        "working days", "number", default=0, help="after the start, or after the step that it waits for"
    )
    result_kind: StepResult = attribute("ends in", "choice", default="none", choices=get_args(StepResult))
    is_control_point: int = attribute("control point", "flag", default=0)
    step_key: str = attribute("short name", help="by which other steps of the file name it")
    depends_on_id: int | None = attribute("waits for", "reference", refers="playbook_step")
    wanted: str = attribute("what exactly it ends in", help="акт о запуске, 8 человек обучены")
    phase: str = attribute("phase", help="steps of one name are one phase")
    volume: int | None = attribute("volume of the phase", "number", default=None)
    executors: str = attribute("who helps inside", "long_text", help="a line each: склад: собрать 40 ТСД")
    note: str = attribute("how it is done", "long_text")


@record
class Plan(Record):
    """A playbook started for one client (or for one colleague)."""

    kind: ClassVar[str] = "plan"

    client_id: int | None = attribute("client", "reference", refers="client")
    playbook_id: int | None = attribute("playbook", "reference", refers="playbook")
    title: str = attribute("title", required=True)
    plan_kind: PlanKind = attribute("kind", "choice", default="onboarding", choices=get_args(PlanKind))
    status: PlanStatus = attribute(
        "status", "choice", default="running", choices=get_args(PlanStatus), later=True
    )
    started_on: str = attribute("started on", "date", required=True)
    due_on: str | None = attribute("due on", "date", when="ahead", default=None)
    mentor_id: int | None = attribute("mentor", "reference", refers="staff")
    agreed_volume: int | None = attribute("agreed volume", "number", default=None)
    delivered_volume: int | None = attribute("delivered volume", "number", default=None, later=True)
    unit: str = attribute("unit of volumes", later=True)
    owner_id: int | None = attribute("who answers for it", "reference", refers="staff")
    employee_id: int | None = attribute("whose own start", "reference", refers="staff", later=True)
    edition: int = attribute("edition of the playbook", "number", default=0, derived=True)
    closed_on: str | None = attribute("closed on", "date", default=None, derived=True)
    reason: str = attribute("reason", help="why it was stopped or moved", later=True)


@record
class PlanPhase(Record):
    """A part of a project or delivery: what was agreed for it, what was delivered, what was signed."""

    kind: ClassVar[str] = "plan_phase"

    client_id: int | None = attribute("client", "reference", refers="client")
    plan_id: int = attribute("plan", "reference", refers="plan", required=True, default=0)
    position: int = attribute("place in the order", "number", default=1)
    title: str = attribute("phase", required=True)
    due_on: str | None = attribute("due on", "date", when="ahead", default=None)
    agreed_volume: int | None = attribute("agreed volume", "number", default=None)
    delivered_volume: int = attribute("delivered volume", "number", default=0)
    document_id: int | None = attribute("signed document", "reference", refers="document", later=True)


@record
class PlanStep(Record):
    """One step of a client's plan."""

    kind: ClassVar[str] = "plan_step"

    client_id: int | None = attribute("client", "reference", refers="client")
    plan_id: int = attribute("plan", "reference", refers="plan", required=True, default=0)
    position: int = attribute("place in the order", "number", default=1)
    title: str = attribute("step", required=True)
    assignee_id: int | None = attribute("who does it", "reference", refers="staff")
    due_on: str | None = attribute("due on", "date", when="ahead", default=None)
    status: StepStatus = attribute(
        "status", "choice", default="open", choices=get_args(StepStatus), later=True
    )
    result_kind: StepResult = attribute("ends in", "choice", default="none", choices=get_args(StepResult))
    result: str = attribute("result", later=True)
    is_control_point: int = attribute("control point", "flag", default=0)
    done_on: str | None = attribute("done on", "date", when="behind", default=None, later=True)
    role: Role = attribute("role", "choice", default="account_manager", choices=ROLES)
    due_after_days: int = attribute("working days", "number", default=0, later=True)
    depends_on_id: int | None = attribute("waits for", "reference", refers="plan_step", later=True)
    wanted: str = attribute("what exactly it ends in", later=True)
    phase_id: int | None = attribute("phase", "reference", refers="plan_phase", later=True)
    document_id: int | None = attribute("document", "reference", refers="document", later=True)
    training_id: int | None = attribute("lesson", "reference", refers="training", later=True)
    first_due_on: str | None = attribute("first due on", "date", default=None, derived=True)
    reason: str = attribute("reason", help="why it was skipped or moved", later=True)
    passed_over: str = attribute("why a control point was passed over", later=True)
    note: str = attribute("how it is done", "long_text", later=True)


@record
class ReadinessItem(Record):
    """What a department inside has to have ready for a step; the step cannot end before it is."""

    kind: ClassVar[str] = "executor"

    client_id: int | None = attribute("client", "reference", refers="client")
    plan_step_id: int = attribute("step", "reference", refers="plan_step", required=True, default=0)
    what: str = attribute("what is to be ready", required=True)
    department: str = attribute("department", help="склад, разработка, бухгалтерия")
    staff_id: int | None = attribute("who does it", "reference", refers="staff")
    due_on: str | None = attribute("due on", "date", when="ahead", default=None)
    state: ExecutorState = attribute("state", "choice", default="asked", choices=get_args(ExecutorState))
    asked_on: str | None = attribute("asked on", "date", default=None, derived=True)
    ready_on: str | None = attribute("ready on", "date", default=None, derived=True)
    answer: str = attribute("answer", later=True)


@record
class Usage(Record):
    """How much a client used a product in one week (`week`: whole weeks since Monday 1970-01-05)."""

    kind: ClassVar[str] = "usage"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    product_id: int = attribute("product", "reference", refers="product", required=True, default=0)
    week: int = attribute("week", "week", default=0, required=True, help="any day of it")
    active_users: int = attribute("active users", "number", default=0)
    volume: int = attribute("volume", "number", default=0)


@record
class FeatureUse(Record):
    """How much a client used one function of a product or module in one week."""

    kind: ClassVar[str] = "feature_use"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    product_id: int = attribute("product or module", "reference", refers="product", required=True, default=0)
    name: str = attribute("function", required=True, help="as the program calls it: заявка с телефона")
    week: int = attribute("week", "week", default=0, required=True, help="any day of it")
    users: int = attribute("users", "number", default=0)
    uses: int = attribute("times used", "number", default=0)


@record
class Release(Record):
    """A version of a product that clients received."""

    kind: ClassVar[str] = "release"

    product_id: int = attribute("product", "reference", refers="product", required=True, default=0)
    version_name: str = attribute("version", required=True)
    released_on: str | None = attribute("released on", "date", default=None)
    notes: str = attribute("what is new", "long_text")


@record
class Feature(Record):
    """Something clients wish for, and what becomes of it."""

    kind: ClassVar[str] = "feature"

    title: str = attribute("title", required=True)
    product_id: int | None = attribute("product", "reference", refers="product")
    status: FeatureStatus = attribute("status", "choice", default="asked", choices=get_args(FeatureStatus))
    release_id: int | None = attribute("came with", "reference", refers="release")
    description: str = attribute("description", "long_text")
    status_on: str | None = attribute("in that state since", "date", default=None, derived=True)
    merged_into_id: int | None = attribute("merged into", "reference", refers="feature", derived=True)


@record
class Announcement(Record):
    """A novelty told to an audience through one channel."""

    kind: ClassVar[str] = "announcement"

    title: str = attribute("title", required=True)
    text: str = attribute("text", "long_text")
    product_id: int | None = attribute("product", "reference", refers="product")
    release_id: int | None = attribute("release", "reference", refers="release")
    audience: str = attribute("audience", help="filter: tier:A product:склад, segment:name; empty: everybody")
    channel: Channel = attribute("channel", "choice", default="email", choices=CHANNELS)
    state: AnnouncementState = attribute(
        "state", "choice", default="draft", choices=get_args(AnnouncementState)
    )
    sent_on: str | None = attribute("sent on", "date", when="behind", default=None)
    template_id: int | None = attribute(
        "template",
        "reference",
        refers="template",
        help="with those of its name in other languages; empty: the text above for everybody",
    )
    purpose: AnnouncementPurpose = attribute(
        "purpose",
        "choice",
        default="newsletter",
        choices=get_args(AnnouncementPurpose),
        help="all but service needs a consent for the channel",
    )


@record
class Delivery(Record):
    """What became of an announcement at one client."""

    kind: ClassVar[str] = "delivery"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    announcement_id: int = attribute(
        "announcement", "reference", refers="announcement", required=True, default=0
    )
    contact_id: int | None = attribute("contact", "reference", refers="contact")
    state: DeliveryState = attribute("state", "choice", default="queued", choices=get_args(DeliveryState))
    at: str | None = attribute("since", "time", default=None)
    answer: str = attribute("answer", "long_text")
    told_at: str | None = attribute("told at", "time", default=None, derived=True)
    staff_id: int | None = attribute("who told it", "reference", refers="staff", when="behind", later=True)
    message_id: int | None = attribute("message", "reference", refers="message", derived=True)
    reason: str = attribute("why skipped or corrected", later=True)


@record
class TrainingSession(Record):
    """A lesson on a novelty or product that several clients are invited to."""

    kind: ClassVar[str] = "session"

    title: str = attribute("subject", required=True)
    starts_at: str = attribute("begins", "time", when="soon", required=True)
    announcement_id: int | None = attribute("announcement", "reference", refers="announcement")
    product_id: int | None = attribute("product", "reference", refers="product")
    trainer_id: int | None = attribute("who teaches", "reference", refers="staff")
    audience: str = attribute(
        "audience", help="filter: product:склад -used:never; empty: that of the announcement"
    )
    place: str = attribute("place or link")
    capacity: int | None = attribute("seats", "number", default=None, help="empty: any number")
    minutes: int = attribute("minutes", "number", default=60)
    state: TrainingSessionState = attribute(
        "state", "choice", default="planned", choices=get_args(TrainingSessionState), later=True
    )
    note: str = attribute("note", "long_text", later=True)


@record
class Attendance(Record):
    """Whether a client comes to a training session, and who of their people."""

    kind: ClassVar[str] = "attendance"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    session_id: int = attribute("session", "reference", refers="session", required=True, default=0)
    contact_id: int | None = attribute("who comes", "reference", refers="contact")
    state: AttendanceState = attribute(
        "state", "choice", default="invited", choices=get_args(AttendanceState)
    )
    at: str | None = attribute("since", "time", default=None)
    people: int = attribute("people", "number", default=1)
    note: str = attribute("note")
    training_id: int | None = attribute("lesson", "reference", refers="training", derived=True)
