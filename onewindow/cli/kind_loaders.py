"""Where the commands of those kinds of records are that have some of their own; imported when named."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import click


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
    from onewindow.cli.feedback.opportunity import group

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
    "policy": _policy,
    "request": _request,
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
    "handover": _handover,
    "observation": _observation,
}
"""Kind of record -> its commands; other kinds have the common ones only."""
