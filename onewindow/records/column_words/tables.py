"""The names of columns by kind of record and field."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.records.column_words import adoption, feedback, requests, touchpoints
from onewindow.records.column_words.client import BILLING_DETAILS, CLIENT
from onewindow.records.column_words.contact import CONTACT

COLUMN_WORDS: Mapping[str, Mapping[str, str]] = {
    "client": CLIENT,
    "requisites": BILLING_DETAILS,
    "contact": CONTACT,
    "request": requests.REQUEST,
    "document": requests.DOCUMENT,
    "touch": requests.TOUCH,
    "promise": requests.PROMISE,
    "task": requests.TASK,
    "opportunity": feedback.OPPORTUNITY,
    "revenue": feedback.REVENUE,
    "feedback": feedback.FEEDBACK,
    "survey_response": feedback.SURVEY_RESPONSE,
    "handover": feedback.HANDOVER,
    "product": adoption.PRODUCT,
    "licence": adoption.LICENCE,
    "usage": adoption.USAGE,
    "feature_use": adoption.FEATURE_USE,
    "learner": adoption.LEARNER,
    "staff": adoption.STAFF,
    "meeting": touchpoints.MEETING,
    "touch_cadence": touchpoints.CADENCE,
    "occasion": touchpoints.OCCASION,
    "holiday": touchpoints.HOLIDAY,
}
"""Between the names of a field stand `;`. `external_id`, which every record has, is named here too."""
