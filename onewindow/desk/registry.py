"""Who says what of which kind of record: the one list of the features' rules.

A kind's rules stand beside its feature and are loaded when the first such record is written: a start
writes none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from onewindow.desk.validation.record_rules import RecordRules


def _client() -> RecordRules[Any]:
    from onewindow.desk.clients.rules import CLIENT

    return CLIENT


def _contact() -> RecordRules[Any]:
    from onewindow.desk.clients.rules import CONTACT

    return CONTACT


def _requisites() -> RecordRules[Any]:
    from onewindow.desk.clients.rules import REQUISITES

    return REQUISITES


def _consent() -> RecordRules[Any]:
    from onewindow.desk.clients.rules import CONSENT

    return CONSENT


def _revenue() -> RecordRules[Any]:
    from onewindow.desk.feedback.revenue_rules import REVENUE

    return REVENUE


def _promise() -> RecordRules[Any]:
    from onewindow.desk.clients.promise_rules import PROMISE

    return PROMISE


def _promise_event() -> RecordRules[Any]:
    from onewindow.desk.clients.promise_rules import PROMISE_EVENT

    return PROMISE_EVENT


def _request() -> RecordRules[Any]:
    from onewindow.desk.requests.rules import REQUEST

    return REQUEST


def _hand_off() -> RecordRules[Any]:
    from onewindow.desk.requests.rules import HAND_OFF

    return HAND_OFF


def _task() -> RecordRules[Any]:
    from onewindow.desk.requests.rules import TASK

    return TASK


def _touch() -> RecordRules[Any]:
    from onewindow.desk.requests.rules import TOUCH

    return TOUCH


def _document() -> RecordRules[Any]:
    from onewindow.desk.clients.document_rules import DOCUMENT

    return DOCUMENT


def _touching() -> RecordRules[Any]:
    from onewindow.desk.cadence.rules import TOUCHING

    return TOUCHING


def _template() -> RecordRules[Any]:
    from onewindow.desk.templates.rules import TEMPLATE

    return TEMPLATE


def _script_step() -> RecordRules[Any]:
    from onewindow.desk.templates.rules import SCRIPT_STEP

    return SCRIPT_STEP


def _message() -> RecordRules[Any]:
    from onewindow.desk.templates.rules import MESSAGE

    return MESSAGE


def _licence() -> RecordRules[Any]:
    from onewindow.desk.adoption.rules import LICENCE

    return LICENCE


def _training() -> RecordRules[Any]:
    from onewindow.desk.adoption.rules import TRAINING

    return TRAINING


def _announcement() -> RecordRules[Any]:
    from onewindow.desk.announcements.rules import ANNOUNCEMENT

    return ANNOUNCEMENT


def _delivery() -> RecordRules[Any]:
    from onewindow.desk.announcements.rules import DELIVERY

    return DELIVERY


def _session() -> RecordRules[Any]:
    from onewindow.desk.announcements.rules import SESSION

    return SESSION


def _plans() -> RecordRules[Any]:
    from onewindow.desk.plans.rules import PLANS

    return PLANS


def _standards() -> RecordRules[Any]:
    from onewindow.desk.plans.standard_rules import STANDARDS

    return STANDARDS


def _handovers() -> RecordRules[Any]:
    from onewindow.desk.handover.rules import HANDOVERS

    return HANDOVERS


def _surveys() -> RecordRules[Any]:
    from onewindow.desk.feedback.survey_rules import SURVEYS

    return SURVEYS


def _feedback() -> RecordRules[Any]:
    from onewindow.desk.feedback.rules import FEEDBACK

    return FEEDBACK


def _opportunity() -> RecordRules[Any]:
    from onewindow.desk.feedback.rules import OPPORTUNITY

    return OPPORTUNITY


def _staff() -> RecordRules[Any]:
    from onewindow.desk.people.staff_rules import STAFF

    return STAFF


def _calendar() -> RecordRules[Any]:
    from onewindow.desk.policies.rules import CALENDAR

    return CALENDAR


def _policy() -> RecordRules[Any]:
    from onewindow.desk.policies.rules import POLICY

    return POLICY


def _segment() -> RecordRules[Any]:
    from onewindow.desk.segments.rules import SEGMENT

    return SEGMENT


def _health_weights() -> RecordRules[Any]:
    from onewindow.desk.health.rules import WEIGHTS

    return WEIGHTS


RULES: Mapping[str, Callable[[], RecordRules[Any]]] = {
    "client": _client,
    "contact": _contact,
    "requisites": _requisites,
    "consent": _consent,
    "revenue": _revenue,
    "promise": _promise,
    "promise_event": _promise_event,
    "request": _request,
    "hand_off": _hand_off,
    "task": _task,
    "touch": _touch,
    "document": _document,
    "meeting": _touching,
    "touch_cadence": _touching,
    "occasion": _touching,
    "holiday": _touching,
    "template": _template,
    "script_step": _script_step,
    "message": _message,
    "licence": _licence,
    "training": _training,
    "announcement": _announcement,
    "delivery": _delivery,
    "session": _session,
    "playbook_step": _plans,
    "plan": _plans,
    "plan_phase": _plans,
    "plan_step": _plans,
    "executor": _plans,
    "standard": _standards,
    "standard_check": _standards,
    "handover": _handovers,
    "handover_item": _handovers,
    "observation": _handovers,
    "survey": _surveys,
    "survey_response": _surveys,
    "feedback": _feedback,
    "opportunity": _opportunity,
    "staff": _staff,
    "calendar": _calendar,
    "policy": _policy,
    "segment": _segment,
    "health_weights": _health_weights,
}
"""Kind -> what gives its rules."""
