"""Where each command of the root is: a function for each, which imports it when it is named.

A command is loaded when it is asked for, and no other with it;
the list of commands (`members.py`) loads none.

Longer than 400 lines: one function for each noun, in which nothing else is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import click


def load_show() -> click.Command:
    """`onewindow show`."""
    from onewindow.cli.window import show

    return show


def load_search() -> click.Command:
    """`onewindow search`."""
    from onewindow.cli.search import search

    return search


def load_warnings() -> click.Command:
    """`onewindow warnings`."""
    from onewindow.cli.requests.warnings import warnings

    return warnings


def load_today() -> click.Command:
    """`onewindow today`."""
    from onewindow.cli.queue.today import today

    return today


def load_call() -> click.Command:
    """`onewindow call`."""
    from onewindow.cli.meetings.call import call

    return call


def load_interruptions() -> click.Command:
    """`onewindow interruptions`."""
    from onewindow.cli.meetings.call import interruptions

    return interruptions


def load_touch_plan() -> click.Command:
    """`onewindow touch-plan`."""
    from onewindow.cli.touch_plan import group

    return group


def load_review() -> click.Command:
    """`onewindow review`."""
    from onewindow.cli.review import group

    return group


def load_team() -> click.Command:
    """`onewindow team`."""
    from onewindow.cli.queue.team import team

    return team


def load_outbox() -> click.Command:
    """`onewindow outbox`."""
    from onewindow.cli.messages.outbox import group

    return group


def load_novelty() -> click.Command:
    """`onewindow novelty`."""
    from onewindow.cli.announcements.novelty import group

    return group


def load_announce() -> click.Command:
    """`onewindow announce`."""
    from onewindow.cli.announcements.announce import group

    return group


def load_undo() -> click.Command:
    """`onewindow undo`."""
    from onewindow.cli.editing.history import undo

    return undo


def load_history() -> click.Command:
    """`onewindow history`."""
    from onewindow.cli.editing.history import history

    return history


def load_onboarding() -> click.Command:
    """`onewindow onboarding`."""
    from onewindow.cli.plans.onboarding import group

    return group


def load_health() -> click.Command:
    """`onewindow health`."""
    from onewindow.cli.health import group

    return group


def load_adoption() -> click.Command:
    """`onewindow adoption`."""
    from onewindow.cli.adoption.commands import group

    return group


def load_profit() -> click.Command:
    """`onewindow profit`."""
    from onewindow.cli.revenue.profit import group

    return group


def load_metrics() -> click.Command:
    """`onewindow metrics`."""
    from onewindow.cli.metrics import metrics

    return metrics


def load_import() -> click.Command:
    """`onewindow import`."""
    from onewindow.cli.imports.commands import group

    return group


def load_export() -> click.Command:
    """`onewindow export`."""
    from onewindow.cli.editing.export import group

    return group


def load_db() -> click.Command:
    """`onewindow db`."""
    from onewindow.cli.doctor.database import group

    return group


def load_doctor() -> click.Command:
    """`onewindow doctor`."""
    from onewindow.cli.doctor.commands import doctor

    return doctor


def load_guide() -> click.Command:
    """`onewindow guide`."""
    from onewindow.cli.guide import guide

    return guide


def load_demo() -> click.Command:
    """`onewindow demo`."""
    from onewindow.cli.demo import demo

    return demo


def load_settings() -> click.Command:
    """`onewindow settings`."""
    from onewindow.cli.settings import group

    return group


def load_keys() -> click.Command:
    """`onewindow keys`."""
    from onewindow.cli.settings import keys

    return keys


def load_manual() -> click.Command:
    """`onewindow manual`."""
    from onewindow.cli.shell.manual import manual

    return manual


def load_completion() -> click.Command:
    """`onewindow completion`."""
    from onewindow.cli.shell.completion import completion

    return completion


def _calendar() -> click.Command:
    from onewindow.cli.policies.calendar import group

    return group


def _client() -> click.Command:
    from onewindow.cli.clients.client import group

    return group


def _policy() -> click.Command:
    from onewindow.cli.policies.policy import group

    return group


def _request() -> click.Command:
    from onewindow.cli.requests.request import group

    return group


def _feature() -> click.Command:
    from onewindow.cli.feedback.feature import group

    return group


def _feedback() -> click.Command:
    from onewindow.cli.feedback.commands import group

    return group


def _template() -> click.Command:
    from onewindow.cli.templates.template import group

    return group


def _script() -> click.Command:
    from onewindow.cli.templates.script import group

    return group


def _segment() -> click.Command:
    from onewindow.cli.segment import group

    return group


def _session() -> click.Command:
    from onewindow.cli.announcements.training_session import group

    return group


def _message() -> click.Command:
    from onewindow.cli.messages.message import group

    return group


def _hand_off() -> click.Command:
    from onewindow.cli.requests.hand_off import group

    return group


def _meeting() -> click.Command:
    from onewindow.cli.meetings.meeting import group

    return group


def _usage() -> click.Command:
    from onewindow.cli.adoption.usage import group

    return group


def _playbook() -> click.Command:
    from onewindow.cli.plans.playbook import group

    return group


def _plan() -> click.Command:
    from onewindow.cli.plans.plan import group

    return group


def _standard() -> click.Command:
    from onewindow.cli.plans.standard import group

    return group


def _document() -> click.Command:
    from onewindow.cli.documents.document import group

    return group


def _promise() -> click.Command:
    from onewindow.cli.clients.promise import group

    return group


def _contact() -> click.Command:
    from onewindow.cli.clients.contact import group

    return group


def _contact_note() -> click.Command:
    from onewindow.cli.clients.contact_note import group

    return group


def _opportunity() -> click.Command:
    from onewindow.cli.opportunities.opportunity import group

    return group


def _survey() -> click.Command:
    from onewindow.cli.surveys.survey import group

    return group


def _offer() -> click.Command:
    from onewindow.cli.offers.offer import group

    return group


def _handover() -> click.Command:
    from onewindow.cli.handover.commands import group

    return group


def _observation() -> click.Command:
    from onewindow.cli.handover.observation import group

    return group


OWN_GROUPS: Mapping[str, Callable[[], click.Command]] = {
    "calendar": _calendar,
    "client": _client,
    "offer": _offer,
    "policy": _policy,
    "request": _request,
    "feature": _feature,
    "feedback": _feedback,
    "template": _template,
    "script": _script,
    "segment": _segment,
    "session": _session,
    "message": _message,
    "hand_off": _hand_off,
    "meeting": _meeting,
    "usage": _usage,
    "playbook": _playbook,
    "plan": _plan,
    "standard": _standard,
    "document": _document,
    "promise": _promise,
    "contact": _contact,
    "contact_note": _contact_note,
    "opportunity": _opportunity,
    "survey": _survey,
    "handover": _handover,
    "observation": _observation,
}
"""Kind of record -> its commands; other kinds have the common ones only."""
