"""The table of nouns: where each command is and what the list of commands says of it."""

from __future__ import annotations

from functools import partial

import click

from onewindow.cli import loaders
from onewindow.cli.shell.lazy_group import Member
from onewindow.records.kinds import KINDS

_EVERY_DAY, _RECORDS, _FILES, _PROGRAM = "Every day", "Records", "Files and data", "The program"


def _of_kind(name: str, plural: str) -> Member:
    summary = f"Add, list, show, edit, archive and restore {plural}."
    return Member(loaders.OWN_GROUPS.get(name) or partial(_common_verbs, name), summary, _RECORDS)


def _common_verbs(kind: str) -> click.Command:
    # The list of commands is part of every start and loads no command.
    from onewindow.cli.editing.record_group import record_group

    return record_group(kind)


MEMBERS: dict[str, Member] = {
    "show": Member(loaders.load_show, "One client's whole window as text or JSON.", _EVERY_DAY),
    "search": Member(loaders.load_search, "Find clients by name, person, phone, tax id, number.", _EVERY_DAY),
    "warnings": Member(
        loaders.load_warnings, "Requests that come near their term, and who is told.", _EVERY_DAY
    ),
    "today": Member(loaders.load_today, "What to do next, over all your clients, in one order.", _EVERY_DAY),
    "call": Member(loaders.load_call, "Log a call with the request, feedback and sale in it.", _EVERY_DAY),
    "interruptions": Member(loaders.load_interruptions, "The work that you put aside for calls.", _EVERY_DAY),
    "touch-plan": Member(
        loaders.load_touch_plan, "With whom to get in touch when, and for what reasons.", _EVERY_DAY
    ),
    "review": Member(
        loaders.load_review, "Walk a portfolio in order of risk, decide, print the agenda.", _EVERY_DAY
    ),
    "team": Member(loaders.load_team, "Load of each person, absences, everybody's queues.", _EVERY_DAY),
    "outbox": Member(loaders.load_outbox, "Messages to clients: see, send, retry, cancel.", _EVERY_DAY),
    "novelty": Member(
        loaders.load_novelty,
        "Releases and announcements: who was told, and what training led to.",
        _EVERY_DAY,
    ),
    "announce": Member(
        loaders.load_announce, "Announce a novelty: audience, texts, deliveries, answers.", _EVERY_DAY
    ),
    "undo": Member(loaders.load_undo, "Take back your last change, or make it again.", _EVERY_DAY),
    "history": Member(loaders.load_history, "Who changed what and when.", _EVERY_DAY),
    "onboarding": Member(
        loaders.load_onboarding, "Who is being brought in, how far, and how well it goes.", _EVERY_DAY
    ),
    "health": Member(
        loaders.load_health, "Why a client stands where it does, and how it went week by week.", _EVERY_DAY
    ),
    "adoption": Member(
        loaders.load_adoption, "How clients use what they bought, who was taught, what is unused.", _EVERY_DAY
    ),
    "metrics": Member(
        loaders.load_metrics, "How fast we answer and solve, by person, tier, kind or month.", _EVERY_DAY
    ),
    "profit": Member(
        loaders.load_profit,
        "What clients leave after the work for them, by client or group.",
        _EVERY_DAY,
    ),
    **{
        kind.name.replace("_", "-"): _of_kind(kind.name, kind.plural) for kind in KINDS.values() if kind.typed
    },
    "import": Member(loaders.load_import, "Bring in clients and contacts from files.", _FILES),
    "export": Member(loaders.load_export, "Write records of any kind into files.", _FILES),
    "db": Member(loaders.load_db, "Look after the file: check, back up, restore, rebuild.", _FILES),
    "doctor": Member(
        loaders.load_doctor, "Examine terminal, machine, file and backups, and say what mends them.", _FILES
    ),
    "guide": Member(loaders.load_guide, "What your role does here all day, with your keys.", _PROGRAM),
    "demo": Member(loaders.load_demo, "Build the demo firm and open it.", _FILES),
    "settings": Member(loaders.load_settings, "Your settings file: where, what holds, a template.", _PROGRAM),
    "keys": Member(loaders.load_keys, "All keys of the window as Markdown.", _PROGRAM),
    "manual": Member(loaders.load_manual, "Every command with its options as Markdown.", _PROGRAM),
    "completion": Member(loaders.load_completion, "Completion for bash, zsh or fish.", _PROGRAM),
}

OTHER_NAMES = {
    **{
        kind.plural.lower().replace(" ", "-"): kind.name.replace("_", "-")
        for kind in KINDS.values()
        if kind.typed and kind.plural != kind.name
    },
    "imports": "import",
    "exports": "export",
}
"""What people also type: plurals."""
