"""What the program knows of each kind of record: the one list of the entries that features write.

An entry stands beside its feature and is imported when it is asked for first: a start asks for hardly any of
them, and with all of them it would read every feature before its first frame.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from onewindow.desk.session.context import Session
from onewindow.desk.validation.record_entries import RecordEntry, Registry

Entry = RecordEntry[Session, Any]


def _plain() -> Entry:
    """A kind that is no more than its fields."""
    return RecordEntry()


def _client() -> Entry:
    from onewindow.desk.clients.rules import CLIENT
    from onewindow.desk.plans.followups import after_client

    return CLIENT.followed_by(after_client)


def _contact() -> Entry:
    from onewindow.desk.clients.rules import CONTACT

    return CONTACT


def _requisites() -> Entry:
    from onewindow.desk.clients.rules import REQUISITES

    return REQUISITES


def _consent() -> Entry:
    from onewindow.desk.clients.rules import CONSENT

    return CONSENT


def _promise() -> Entry:
    from onewindow.desk.clients.promise_rules import PROMISE

    return PROMISE


def _promise_event() -> Entry:
    from onewindow.desk.clients.promise_rules import PROMISE_EVENT

    return PROMISE_EVENT


def _request() -> Entry:
    from onewindow.desk.requests.rules import REQUEST

    return REQUEST


def _request_event() -> Entry:
    from onewindow.desk.requests.rules import REQUEST_EVENT

    return REQUEST_EVENT


def _hand_off() -> Entry:
    from onewindow.desk.requests.rules import HAND_OFF

    return HAND_OFF


def _document() -> Entry:
    from onewindow.desk.clients.document_rules import DOCUMENT
    from onewindow.desk.plans.followups import after_document

    return DOCUMENT.followed_by(after_document)


def _task() -> Entry:
    from onewindow.desk.requests.rules import TASK

    return TASK


def _touch() -> Entry:
    from onewindow.desk.requests.rules import TOUCH

    return TOUCH


def _meeting() -> Entry:
    from onewindow.desk.cadence.rules import MEETING

    return MEETING


def _touch_mark() -> Entry:
    from onewindow.desk.cadence.rules import TOUCH_MARK

    return TOUCH_MARK


def _template() -> Entry:
    from onewindow.desk.templates.rules import TEMPLATE

    return TEMPLATE


def _message() -> Entry:
    from onewindow.desk.templates.rules import MESSAGE

    return MESSAGE


def _script_step() -> Entry:
    from onewindow.desk.templates.rules import SCRIPT_STEP

    return SCRIPT_STEP


def _product() -> Entry:
    from onewindow.desk.adoption.rules import PRODUCT

    return PRODUCT


def _licence() -> Entry:
    from onewindow.desk.adoption.rules import LICENCE

    return LICENCE


def _training() -> Entry:
    from onewindow.desk.adoption.rules import TRAINING

    return TRAINING


def _playbook_step() -> Entry:
    from onewindow.desk.plans.rules import PLAYBOOK_STEP

    return PLAYBOOK_STEP


def _plan() -> Entry:
    from onewindow.desk.plans.rules import PLAN

    return PLAN


def _plan_phase() -> Entry:
    from onewindow.desk.plans.rules import PLAN_PHASE

    return PLAN_PHASE


def _plan_step() -> Entry:
    from onewindow.desk.plans.rules import PLAN_STEP

    return PLAN_STEP


def _executor() -> Entry:
    from onewindow.desk.plans.rules import EXECUTOR

    return EXECUTOR


def _release() -> Entry:
    from onewindow.desk.announcements.rules import RELEASE

    return RELEASE


def _announcement() -> Entry:
    from onewindow.desk.announcements.rules import ANNOUNCEMENT

    return ANNOUNCEMENT


def _delivery() -> Entry:
    from onewindow.desk.announcements.rules import DELIVERY

    return DELIVERY


def _session() -> Entry:
    from onewindow.desk.announcements.rules import SESSION

    return SESSION


def _usage() -> Entry:
    from onewindow.desk.adoption.rules import USAGE

    return USAGE


def _feedback() -> Entry:
    from onewindow.desk.feedback.rules import FEEDBACK

    return FEEDBACK


def _survey() -> Entry:
    from onewindow.desk.feedback.survey_rules import SURVEY

    return SURVEY


def _survey_response() -> Entry:
    from onewindow.desk.feedback.survey_rules import RESPONSE

    return RESPONSE


def _opportunity() -> Entry:
    from onewindow.desk.feedback.rules import OPPORTUNITY

    return OPPORTUNITY


def _revenue() -> Entry:
    from onewindow.desk.feedback.revenue_rules import REVENUE

    return REVENUE


def _handover() -> Entry:
    from onewindow.desk.handover.rules import HANDOVER

    return HANDOVER


def _handover_item() -> Entry:
    from onewindow.desk.handover.rules import HANDOVER_ITEM

    return HANDOVER_ITEM


def _observation() -> Entry:
    from onewindow.desk.handover.rules import OBSERVATION

    return OBSERVATION


def _staff() -> Entry:
    from onewindow.desk.people.staff_rules import STAFF

    return STAFF


def _calendar() -> Entry:
    from onewindow.desk.policies.rules import CALENDAR

    return CALENDAR


def _policy() -> Entry:
    from onewindow.desk.policies.rules import POLICY

    return POLICY


def _health_weights() -> Entry:
    from onewindow.desk.health.rules import WEIGHTS

    return WEIGHTS


def _touch_cadence() -> Entry:
    from onewindow.desk.cadence.rules import CADENCE

    return CADENCE


def _occasion() -> Entry:
    from onewindow.desk.cadence.rules import OCCASION

    return OCCASION


def _holiday() -> Entry:
    from onewindow.desk.cadence.rules import HOLIDAY

    return HOLIDAY


def _standard() -> Entry:
    from onewindow.desk.plans.standard_rules import STANDARD

    return STANDARD


def _standard_check() -> Entry:
    from onewindow.desk.plans.standard_rules import STANDARD_CHECK

    return STANDARD_CHECK


def _segment() -> Entry:
    from onewindow.desk.segments.rules import SEGMENT

    return SEGMENT


def _import_run() -> Entry:
    from onewindow.desk.imports.undo import IMPORT_RUN

    return IMPORT_RUN


ENTRIES: Mapping[str, Callable[[], Entry]] = {
    "client": _client,
    "contact": _contact,
    "contact_note": _plain,
    "consent": _consent,
    "requisites": _requisites,
    "asset": _plain,
    "promise": _promise,
    "promise_event": _promise_event,
    "request": _request,
    "request_event": _request_event,
    "hand_off": _hand_off,
    "request_link": _plain,
    "document": _document,
    "task": _task,
    "touch": _touch,
    "meeting": _meeting,
    "meeting_person": _plain,
    "touch_mark": _touch_mark,
    "review_decision": _plain,
    "snooze": _plain,
    "template": _template,
    "message": _message,
    "script": _plain,
    "script_step": _script_step,
    "script_mark": _plain,
    "product": _product,
    "licence": _licence,
    "workplace": _plain,
    "training": _training,
    "learner": _plain,
    "playbook": _plain,
    "playbook_step": _playbook_step,
    "plan": _plan,
    "plan_phase": _plan_phase,
    "plan_step": _plan_step,
    "executor": _executor,
    "release": _release,
    "feature": _plain,
    "announcement": _announcement,
    "delivery": _delivery,
    "session": _session,
    "attendance": _plain,
    "usage": _usage,
    "feature_use": _plain,
    "feedback": _feedback,
    "survey": _survey,
    "survey_response": _survey_response,
    "opportunity": _opportunity,
    "revenue": _revenue,
    "handover": _handover,
    "handover_item": _handover_item,
    "handover_package": _plain,
    "observation": _observation,
    "staff": _staff,
    "calendar": _calendar,
    "policy": _policy,
    "health_weights": _health_weights,
    "touch_cadence": _touch_cadence,
    "occasion": _occasion,
    "holiday": _holiday,
    "review_round": _plain,
    "standard": _standard,
    "standard_check": _standard_check,
    "segment": _segment,
    "import_run": _import_run,
}
"""Kind -> what gives its entry."""

REGISTRY = Registry(ENTRIES)
"""What `opening` gives to every session."""
