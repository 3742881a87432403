"""What the program knows of each kind of record: the one list of the entries that features write.

An entry stands beside its feature and is loaded when it is asked for first: a start asks for hardly any of
them, and with all of them it would read every feature before its first frame. So each function imports one
module when an entry of it is asked for; the types that they give are those of the modules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from onewindow.desk.reference.record_entries import RecordEntry, Registry
from onewindow.desk.session.context import Session

Entry = RecordEntry[Session, Any]


def _plain() -> Entry:
    """A kind that is no more than its fields."""
    return RecordEntry()


def _adoption_rules():
    from onewindow.desk.adoption import rules as adoption_rules

    return adoption_rules


def _announcement_rules():
    from onewindow.desk.announcements import rules as announcement_rules

    return announcement_rules


def _baselines():
    from onewindow.desk.metrics import baselines

    return baselines


def _cadence_rules():
    from onewindow.desk.cadence import rules as cadence_rules

    return cadence_rules


def _client_rules():
    from onewindow.desk.clients import rules as client_rules

    return client_rules


def _document_rules():
    from onewindow.desk.clients import document_rules

    return document_rules


def _feedback_rules():
    from onewindow.desk.feedback import rules as feedback_rules

    return feedback_rules


def _handover_rules():
    from onewindow.desk.handover import rules as handover_rules

    return handover_rules


def _health_rules():
    from onewindow.desk.health import rules as health_rules

    return health_rules


def _import_undo():
    from onewindow.desk.imports import undo

    return undo


def _opportunity_rules():
    from onewindow.desk.opportunities import rules as opportunity_rules

    return opportunity_rules


def _plan_followups():
    from onewindow.desk.plans import followups

    return followups


def _plan_rules():
    from onewindow.desk.plans import rules as plan_rules

    return plan_rules


def _policy_rules():
    from onewindow.desk.policies import rules as policy_rules

    return policy_rules


def _promise_rules():
    from onewindow.desk.clients import promise_rules

    return promise_rules


def _request_rules():
    from onewindow.desk.requests import rules as request_rules

    return request_rules


def _offer_rules():
    from onewindow.desk.offers import rules as offer_rules

    return offer_rules


def _rate_rules():
    from onewindow.desk.revenue import rate_rules

    return rate_rules


def _revenue_rules():
    from onewindow.desk.revenue import revenue_rules

    return revenue_rules


def _segment_rules():
    from onewindow.desk.segments import rules as segment_rules

    return segment_rules


def _staff_rules():
    from onewindow.desk.people import staff_rules

    return staff_rules


def _standard_rules():
    from onewindow.desk.plans import standard_rules

    return standard_rules


def _survey_rules():
    from onewindow.desk.surveys import rules as survey_rules

    return survey_rules


def _review_rules():
    from onewindow.desk.surveys import public_reviews

    return public_reviews


def _template_rules():
    from onewindow.desk.templates import rules as template_rules

    return template_rules


ENTRIES: Mapping[str, Callable[[], Entry]] = {
    "client": lambda: _client_rules().CLIENT.followed_by(_plan_followups().after_client),
    "contact": lambda: _client_rules().CONTACT,
    "contact_note": _plain,
    "consent": lambda: _client_rules().CONSENT,
    "requisites": lambda: _client_rules().BILLING_DETAILS,
    "asset": _plain,
    "promise": lambda: _promise_rules().PROMISE,
    "promise_event": lambda: _promise_rules().PROMISE_EVENT,
    "request": lambda: _request_rules().REQUEST,
    "request_event": lambda: _request_rules().REQUEST_EVENT,
    "hand_off": lambda: _request_rules().HAND_OFF,
    "request_link": _plain,
    "document": lambda: _document_rules().DOCUMENT.followed_by(_plan_followups().after_document),
    "task": lambda: _request_rules().TASK,
    "touch": lambda: _request_rules().TOUCH,
    "meeting": lambda: _cadence_rules().MEETING,
    "meeting_person": _plain,
    "touch_mark": lambda: _cadence_rules().TOUCH_MARK,
    "review_decision": _plain,
    "snooze": _plain,
    "template": lambda: _template_rules().TEMPLATE,
    "message": lambda: _template_rules().MESSAGE,
    "script": _plain,
    "script_step": lambda: _template_rules().SCRIPT_STEP,
    "script_mark": _plain,
    "product": lambda: _adoption_rules().PRODUCT,
    "licence": lambda: _adoption_rules().LICENCE,
    "workplace": _plain,
    "training": lambda: _adoption_rules().TRAINING,
    "learner": _plain,
    "playbook": _plain,
    "playbook_step": lambda: _plan_rules().PLAYBOOK_STEP,
    "plan": lambda: _plan_rules().PLAN,
    "plan_phase": lambda: _plan_rules().PLAN_PHASE,
    "plan_step": lambda: _plan_rules().PLAN_STEP,
    "executor": lambda: _plan_rules().EXECUTOR,
    "release": lambda: _announcement_rules().RELEASE,
    "feature": lambda: _feedback_rules().FEATURE,
    "announcement": lambda: _announcement_rules().ANNOUNCEMENT,
    "delivery": lambda: _announcement_rules().DELIVERY,
    "session": lambda: _announcement_rules().SESSION,
    "attendance": _plain,
    "usage": lambda: _adoption_rules().USAGE,
    "feature_use": _plain,
    "feedback": lambda: _feedback_rules().FEEDBACK,
    "survey": lambda: _survey_rules().SURVEY,
    "survey_response": lambda: _survey_rules().RESPONSE,
    "survey_invitation": _plain,
    "public_review": lambda: _review_rules().PUBLIC_REVIEW,
    "opportunity": lambda: _opportunity_rules().OPPORTUNITY,
    "suggestion_mark": _plain,
    "retired_trigger": _plain,
    "revenue": lambda: _revenue_rules().REVENUE,
    "handover": lambda: _handover_rules().HANDOVER,
    "handover_item": lambda: _handover_rules().HANDOVER_ITEM,
    "handover_package": _plain,
    "offer": lambda: _offer_rules().OFFER,
    "offer_line": lambda: _offer_rules().OFFER_LINE,
    "class_terms": lambda: _offer_rules().CLASS_TERMS,
    "observation": lambda: _handover_rules().OBSERVATION,
    "staff": lambda: _staff_rules().STAFF,
    "calendar": lambda: _policy_rules().CALENDAR,
    "policy": lambda: _policy_rules().POLICY,
    "health_weights": lambda: _health_rules().WEIGHTS,
    "touch_cadence": lambda: _cadence_rules().CADENCE,
    "occasion": lambda: _cadence_rules().OCCASION,
    "holiday": lambda: _cadence_rules().HOLIDAY,
    "review_round": _plain,
    "standard": lambda: _standard_rules().STANDARD,
    "standard_check": lambda: _standard_rules().STANDARD_CHECK,
    "segment": lambda: _segment_rules().SEGMENT,
    "baseline": lambda: _baselines().BASELINE,
    "exchange_rate": lambda: _rate_rules().EXCHANGE_RATE,
    "import_run": lambda: _import_undo().IMPORT_RUN,
}
"""Kind -> what gives its entry."""

REGISTRY = Registry(ENTRIES)
"""What `opening` gives to every session."""
