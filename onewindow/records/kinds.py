"""The register of record kinds: name, table, class, and how people number and name one.

The class of a kind is loaded when it is asked for: whoever only names the kinds needs none of them.

Longer than 400 lines: one table of all kinds, in which people look for any of them.
"""

from __future__ import annotations

from collections.abc import Callable

from onewindow.records.fields import Record
from onewindow.records.structs import frozen_struct


@frozen_struct
class Kind:
    """One kind of record. `title` is the field that names a record to people."""

    name: str
    table: str
    load: Callable[[], type[Record]]
    """Gives the class of its records."""
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
    is_rule: bool = False
    """Whether something is kept in memory that is worked out from such records (`store/rule_cache.py`)."""
    when: str = ""
    """The field that says when such a record happened, by which lists of all are ordered; empty: by entry."""
    word: str = ""
    """The field that tells such records apart better than their title does, a number after the prefix."""

    @property
    def record(self) -> type[Record]:
        """The class of its records, imported on first use."""
        return self.load()

    @property
    def display_name(self) -> str:
        """The kind in words: 'survey response'."""
        return self.label or self.name.replace("_", " ")


# A class of records takes up to a millisecond to build, and a start needs few of the sixty: each of these
# imports a module when a record of it is asked for first. The types that they give are those of the modules.


def _adoption():
    from onewindow.records import adoption

    return adoption


def _messages():
    from onewindow.records import messages

    return messages


def _clients():
    from onewindow.records import clients

    return clients


def _organization():
    from onewindow.records import organization

    return organization


def _offers():
    from onewindow.records import offers

    return offers


def _handover():
    from onewindow.records import handover

    return handover


def _health():
    from onewindow.records import health

    return health


def _meetings():
    from onewindow.records import meetings

    return meetings


def _reviews():
    from onewindow.records import reviews

    return reviews


def _standards():
    from onewindow.records import standards

    return standards


def _cadence():
    from onewindow.records import cadence

    return cadence


def _feedback():
    from onewindow.records import feedback

    return feedback


def _opportunities():
    from onewindow.records import opportunities

    return opportunities


def _baselines():
    from onewindow.records import baselines

    return baselines


def _requests():
    from onewindow.records import requests

    return requests


_ALL = (
    Kind("client", "client", lambda: _clients().Client, "clients", "name", "C", of_client=False, word="slug"),
    Kind("contact", "contact", lambda: _clients().Contact, "contacts", "name"),
    Kind("contact_note", "contact_note", lambda: _clients().ContactNote, "contact notes", "text"),
    Kind("consent", "consent", lambda: _clients().Consent, "consents", "purpose"),
    Kind("requisites", "requisites", lambda: _clients().BillingDetails, "requisites", "legal_name"),
    Kind("asset", "asset", lambda: _clients().Asset, "assets", "name"),
    Kind("promise", "promise", lambda: _clients().Promise, "promises", "text"),
    Kind(
        "promise_event",
        "promise_event",
        lambda: _clients().PromiseEvent,
        "promise events",
        "outcome",
        typed=False,
    ),
    Kind("request", "request", lambda: _requests().Request, "requests", "title", "R", word="number"),
    Kind(
        "request_event",
        "request_event",
        lambda: _requests().RequestEvent,
        "request events",
        "text",
        typed=False,
    ),
    Kind("hand_off", "hand_off", lambda: _requests().HandOff, "hand-offs", "what", label="hand-off"),
    Kind("request_link", "request_link", lambda: _requests().RequestLink, "request links", "relation"),
    Kind("document", "document", lambda: _requests().Document, "documents", "title", word="number"),
    Kind("task", "task", lambda: _requests().Task, "tasks", "title"),
    Kind("touch", "touch", lambda: _requests().Touch, "touches", "text", when="at"),
    Kind("meeting", "meeting", lambda: _meetings().Meeting, "meetings", "title", when="starts_at"),
    Kind(
        "meeting_person",
        "meeting_person",
        lambda: _meetings().MeetingPerson,
        "meeting people",
        "note",
        typed=False,
    ),
    Kind("touch_mark", "touch_mark", lambda: _cadence().TouchMark, "touch marks", "subject", typed=False),
    Kind(
        "review_decision",
        "review_decision",
        lambda: _reviews().ReviewDecision,
        "review decisions",
        "reason",
        typed=False,
    ),
    Kind("snooze", "snooze", lambda: _requests().Snooze, "snoozes", "reason", typed=False),
    Kind("template", "template", lambda: _messages().Template, "templates", "name", of_client=False),
    Kind("message", "message", lambda: _messages().Message, "messages", "subject"),
    Kind("script", "script", lambda: _messages().Script, "scripts", "name", of_client=False),
    Kind(
        "script_step",
        "script_step",
        lambda: _messages().ScriptStep,
        "script steps",
        "title",
        of_client=False,
    ),
    Kind("script_mark", "script_mark", lambda: _messages().ScriptMark, "script marks", "note"),
    Kind("product", "product", lambda: _adoption().Product, "products", "name", of_client=False, word="slug"),
    Kind("licence", "licence", lambda: _adoption().Licence, "licences", "product_id"),
    Kind("workplace", "workplace", lambda: _adoption().Workplace, "workplaces", "name"),
    Kind("training", "training", lambda: _adoption().Training, "trainings", "title"),
    Kind("learner", "learner", lambda: _adoption().Trainee, "learners", "contact_id"),
    Kind("playbook", "playbook", lambda: _adoption().Playbook, "playbooks", "name", of_client=False),
    Kind(
        "playbook_step",
        "playbook_step",
        lambda: _adoption().PlaybookStep,
        "playbook steps",
        "title",
        of_client=False,
    ),
    Kind("plan", "plan", lambda: _adoption().Plan, "plans", "title"),
    Kind("plan_phase", "plan_phase", lambda: _adoption().PlanPhase, "plan phases", "title"),
    Kind("plan_step", "plan_step", lambda: _adoption().PlanStep, "plan steps", "title"),
    Kind("executor", "executor", lambda: _adoption().ReadinessItem, "executors", "what"),
    Kind(
        "release",
        "release",
        lambda: _adoption().Release,
        "releases",
        "version_name",
        of_client=False,
        is_rule=True,
    ),
    Kind("feature", "feature", lambda: _adoption().Feature, "features", "title", of_client=False),
    Kind(
        "announcement",
        "announcement",
        lambda: _adoption().Announcement,
        "announcements",
        "title",
        of_client=False,
    ),
    Kind("delivery", "delivery", lambda: _adoption().Delivery, "deliveries", "state"),
    Kind(
        "session",
        "training_session",
        lambda: _adoption().TrainingSession,
        "sessions",
        "title",
        of_client=False,
        label="training session",
    ),
    Kind("attendance", "attendance", lambda: _adoption().Attendance, "attendances", "state"),
    Kind("usage", "usage", lambda: _adoption().Usage, "usage", "week"),
    Kind("feature_use", "feature_use", lambda: _adoption().FeatureUse, "feature use", "name"),
    Kind("feedback", "feedback", lambda: _feedback().Feedback, "feedback", "quote", when="said_on"),
    Kind("survey", "survey", lambda: _feedback().Survey, "surveys", "title", of_client=False),
    Kind(
        "survey_response",
        "survey_response",
        lambda: _feedback().SurveyResponse,
        "survey responses",
        "comment",
        when="at",
    ),
    Kind(
        "survey_invitation",
        "survey_invitation",
        lambda: _feedback().SurveyInvitation,
        "invitations",
        "at",
        when="at",
        typed=False,
    ),
    Kind(
        "public_review",
        "public_review",
        lambda: _feedback().PublicReview,
        "public reviews",
        "quote",
        when="seen_on",
    ),
    Kind("opportunity", "opportunity", lambda: _feedback().Opportunity, "opportunities", "title"),
    Kind(
        "suggestion_mark",
        "suggestion_mark",
        lambda: _opportunities().SuggestionMark,
        "suggestion marks",
        "trigger",
        typed=False,
        label="suggestion",
    ),
    Kind(
        "retired_trigger",
        "retired_trigger",
        lambda: _opportunities().RetiredTrigger,
        "retired triggers",
        "trigger",
        of_client=False,
        typed=False,
    ),
    Kind("revenue", "revenue", lambda: _feedback().Revenue, "revenue", "note", when="on_date"),
    Kind("offer", "offer", lambda: _offers().Offer, "offers", "title"),
    Kind("offer_line", "offer_line", lambda: _offers().OfferLine, "offer lines", "title"),
    Kind(
        "class_terms",
        "class_terms",
        lambda: _offers().ClassTerms,
        "terms of classes",
        "client_class",
        of_client=False,
        label="terms of a class",
    ),
    Kind("handover", "handover", lambda: _handover().Handover, "handovers", "deal"),
    Kind("handover_item", "handover_item", lambda: _handover().HandoverItem, "handover items", "title"),
    Kind(
        "handover_package",
        "handover_package",
        lambda: _handover().HandoverPackage,
        "sales packages",
        "source",
        typed=False,
    ),
    Kind("observation", "observation", lambda: _handover().Observation, "observations", "comment"),
    Kind("staff", "staff", lambda: _organization().Staff, "staff", "name", of_client=False, word="login"),
    Kind(
        "calendar",
        "calendar",
        lambda: _organization().WorkingCalendar,
        "calendars",
        "name",
        of_client=False,
        is_rule=True,
    ),
    Kind(
        "policy",
        "policy",
        lambda: _organization().SlaPolicy,
        "SLA policies",
        "name",
        of_client=False,
        label="SLA policy",
        is_rule=True,
    ),
    Kind(
        "health_weights",
        "health_weights",
        lambda: _health().HealthWeights,
        "health weights",
        "name",
        of_client=False,
        label="health weights",
        is_rule=True,
    ),
    Kind(
        "touch_cadence",
        "touch_cadence",
        lambda: _cadence().TouchCadence,
        "touch cadences",
        "name",
        of_client=False,
        is_rule=True,
    ),
    Kind(
        "occasion",
        "occasion",
        lambda: _cadence().Occasion,
        "occasions",
        "name",
        of_client=False,
        is_rule=True,
    ),
    Kind("holiday", "holiday", lambda: _cadence().Holiday, "holidays", "name", of_client=False, is_rule=True),
    Kind(
        "review_round",
        "review_round",
        lambda: _reviews().ReviewRound,
        "review rounds",
        "name",
        of_client=False,
        typed=False,
    ),
    Kind("standard", "standard", lambda: _standards().Standard, "standards", "title", of_client=False),
    Kind(
        "standard_check",
        "standard_check",
        lambda: _standards().StandardCheck,
        "standard checks",
        "note",
        of_client=False,
    ),
    Kind(
        "segment",
        "segment",
        lambda: _organization().Segment,
        "segments",
        "name",
        of_client=False,
        is_rule=True,
    ),
    Kind(
        "exchange_rate",
        "exchange_rate",
        lambda: _organization().ExchangeRate,
        "exchange rates",
        "currency",
        of_client=False,
        when="valid_from",
    ),
    Kind("baseline", "baseline", lambda: _baselines().Baseline, "baselines", "name", of_client=False),
    Kind(
        "import_run",
        "import_run",
        lambda: _organization().ImportRun,
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
        *("delivery", "session", "public_review"),
    }
)
"""The kinds of record that can be done: what that means for each is said in its entry in the registry."""
