"""The register of record kinds: name, table, where the class is, and how people number and name one."""

from __future__ import annotations

from importlib import import_module

from onewindow.records.fields import Record
from onewindow.records.values import value_class


@value_class
class Kind:
    """One kind of record. `title` is the field that names a record to people."""

    name: str
    table: str
    module: str
    class_name: str
    plural: str
    title: str
    prefix: str = ""
    """Letter of the short number (`R-1042`), empty if the kind has none."""
    of_client: bool = True
    """Whether its records belong to a client."""
    typed: bool = True
    """Whether people make and edit such records by hand."""
    label: str = ""
    """What people call it, where that is not its name."""
    when: str = ""
    """The field that says when such a record happened, by which lists of all are ordered; empty: by entry."""

    @property
    def record(self) -> type[Record]:
        """The dataclass, imported on first use."""
        return getattr(import_module(f"onewindow.records.{self.module}"), self.class_name)

    @property
    def spoken(self) -> str:
        """The kind in words: 'survey response'."""
        return self.label or self.name.replace("_", " ")


_ALL = (
    Kind("client", "client", "clients", "Client", "clients", "name", "C", of_client=False),
    Kind("contact", "contact", "clients", "Contact", "contacts", "name"),
    Kind("contact_note", "contact_note", "clients", "ContactNote", "contact notes", "text"),
    Kind("consent", "consent", "clients", "Consent", "consents", "purpose"),
    Kind("requisites", "requisites", "clients", "Requisites", "requisites", "legal_name"),
    Kind("asset", "asset", "clients", "Asset", "assets", "name"),
    Kind("promise", "promise", "clients", "Promise", "promises", "text"),
    Kind(
        "promise_event",
        "promise_event",
        "clients",
        "PromiseEvent",
        "promise events",
        "outcome",
        typed=False,
    ),
    Kind("request", "request", "work", "Request", "requests", "title", "R"),
    Kind("request_event", "request_event", "work", "RequestEvent", "request events", "text", typed=False),
    Kind("hand_off", "hand_off", "work", "HandOff", "hand-offs", "what", label="hand-off"),
    Kind("request_link", "request_link", "work", "RequestLink", "request links", "relation"),
    Kind("document", "document", "work", "Document", "documents", "title"),
    Kind("task", "task", "work", "Task", "tasks", "title"),
    Kind("touch", "touch", "work", "Touch", "touches", "text", when="at"),
    Kind("meeting", "meeting", "meetings", "Meeting", "meetings", "title", when="starts_at"),
    Kind(
        "meeting_person",
        "meeting_person",
        "meetings",
        "MeetingPerson",
        "meeting people",
        "note",
        typed=False,
    ),
    Kind("touch_mark", "touch_mark", "touching", "TouchMark", "touch marks", "subject", typed=False),
    Kind(
        "review_decision",
        "review_decision",
        "reviewing",
        "ReviewDecision",
        "review decisions",
        "reason",
        typed=False,
    ),
    Kind("snooze", "snooze", "work", "Snooze", "snoozes", "reason", typed=False),
    Kind("template", "template", "answering", "Template", "templates", "name", of_client=False),
    Kind("message", "message", "answering", "Message", "messages", "subject"),
    Kind("script", "script", "answering", "Script", "scripts", "name", of_client=False),
    Kind("script_step", "script_step", "answering", "ScriptStep", "script steps", "title", of_client=False),
    Kind("script_mark", "script_mark", "answering", "ScriptMark", "script marks", "note"),
    Kind("product", "product", "adoption", "Product", "products", "name", of_client=False),
    Kind("licence", "licence", "adoption", "Licence", "licences", "product_id"),
    Kind("workplace", "workplace", "adoption", "Workplace", "workplaces", "name"),
    Kind("training", "training", "adoption", "Training", "trainings", "title"),
    Kind("learner", "learner", "adoption", "Learner", "learners", "contact_id"),
    Kind("playbook", "playbook", "adoption", "Playbook", "playbooks", "name", of_client=False),
    Kind(
        "playbook_step",
        "playbook_step",
        "adoption",
        "PlaybookStep",
        "playbook steps",
        "title",
        of_client=False,
    ),
    Kind("plan", "plan", "adoption", "Plan", "plans", "title"),
    Kind("plan_phase", "plan_phase", "adoption", "PlanPhase", "plan phases", "title"),
    Kind("plan_step", "plan_step", "adoption", "PlanStep", "plan steps", "title"),
    Kind("executor", "executor", "adoption", "Executor", "executors", "what"),
    Kind("release", "release", "adoption", "Release", "releases", "version_name", of_client=False),
    Kind("feature", "feature", "adoption", "Feature", "features", "title", of_client=False),
    Kind(
        "announcement", "announcement", "adoption", "Announcement", "announcements", "title", of_client=False
    ),
    Kind("delivery", "delivery", "adoption", "Delivery", "deliveries", "state"),
    Kind(
        "session",
        "training_session",
        "adoption",
        "TrainingSession",
        "sessions",
        "title",
        of_client=False,
        label="training session",
    ),
    Kind("attendance", "attendance", "adoption", "Attendance", "attendances", "state"),
    Kind("usage", "usage", "adoption", "Usage", "usage", "week"),
    Kind("feature_use", "feature_use", "adoption", "FeatureUse", "feature use", "name"),
    Kind("feedback", "feedback", "voice", "Feedback", "feedback", "quote", when="said_on"),
    Kind("survey", "survey", "voice", "Survey", "surveys", "title", of_client=False),
    Kind(
        "survey_response",
        "survey_response",
        "voice",
        "SurveyResponse",
        "survey responses",
        "comment",
        when="at",
    ),
    Kind("opportunity", "opportunity", "voice", "Opportunity", "opportunities", "title"),
    Kind("revenue", "revenue", "voice", "Revenue", "revenue", "note", when="on_date"),
    Kind("handover", "handover", "handover", "Handover", "handovers", "deal"),
    Kind("handover_item", "handover_item", "handover", "HandoverItem", "handover items", "title"),
    Kind(
        "handover_package",
        "handover_package",
        "handover",
        "HandoverPackage",
        "sales packages",
        "source",
        typed=False,
    ),
    Kind("observation", "observation", "handover", "Observation", "observations", "comment"),
    Kind("staff", "staff", "department", "Staff", "staff", "name", of_client=False),
    Kind("calendar", "calendar", "department", "WorkingCalendar", "calendars", "name", of_client=False),
    Kind(
        "policy",
        "policy",
        "department",
        "SlaPolicy",
        "SLA policies",
        "name",
        of_client=False,
        label="SLA policy",
    ),
    Kind(
        "health_weights",
        "health_weights",
        "health",
        "HealthWeights",
        "health weights",
        "name",
        of_client=False,
        label="health weights",
    ),
    Kind(
        "touch_cadence",
        "touch_cadence",
        "touching",
        "TouchCadence",
        "touch cadences",
        "name",
        of_client=False,
    ),
    Kind("occasion", "occasion", "touching", "Occasion", "occasions", "name", of_client=False),
    Kind("holiday", "holiday", "touching", "Holiday", "holidays", "name", of_client=False),
    Kind(
        "review_round",
        "review_round",
        "reviewing",
        "ReviewRound",
        "review rounds",
        "name",
        of_client=False,
        typed=False,
    ),
    Kind("standard", "standard", "standards", "Standard", "standards", "title", of_client=False),
    Kind(
        "standard_check",
        "standard_check",
        "standards",
        "StandardCheck",
        "standard checks",
        "note",
        of_client=False,
    ),
    Kind("segment", "segment", "department", "Segment", "segments", "name", of_client=False),
    Kind(
        "import_run",
        "import_run",
        "department",
        "ImportRun",
        "import runs",
        "file_name",
        of_client=False,
        typed=False,
    ),
)

KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}
"""Every kind by its name."""

IMPORTED_KINDS = tuple(
    kind.name for kind in _ALL if kind.typed or kind.name in ("request_event", "promise_event")
)
"""The kinds of records that files of any program may bring."""
COPIED_KINDS = tuple(
    kind.name for kind in _ALL if kind.name not in IMPORTED_KINDS and kind.name != "import_run"
)
"""The kinds that only a copy of a One Window brings; a run of an import is of its own file for good."""


def kind_of(record: Record) -> Kind:
    """The kind of a record."""
    return KINDS[record.kind]


DONE_KINDS = frozenset(
    {
        *(
            "request",
            "promise",
            "plan",
            "plan_step",
            "training",
            "task",
            "feedback",
            "document",
            "opportunity",
        ),
        *("delivery", "session"),
    }
)
"""The kinds of record that can be done: what that means for each is in `desk/editing/changing.py`."""
