"""The table of nouns: where each command is and what the list of commands says of it."""

from __future__ import annotations

from onewindow.cli.shell.lazy_group import Member
from onewindow.records.kinds import KINDS

_EVERY_DAY, _RECORDS, _FILES, _PROGRAM = "Every day", "Records", "Files and data", "The program"
_OWN_MODULES = {
    "calendar": "onewindow.cli.policies.calendar",
    "client": "onewindow.cli.clients.client",
    "policy": "onewindow.cli.policies.policy",
    "request": "onewindow.cli.requests.request",
    "feedback": "onewindow.cli.feedback.commands",
    "template": "onewindow.cli.templates.template",
    "script": "onewindow.cli.templates.script",
    "segment": "onewindow.cli.segment",
    "session": "onewindow.cli.announcements.training_session",
    "message": "onewindow.cli.messages.message",
    "hand_off": "onewindow.cli.requests.hand_off",
    "meeting": "onewindow.cli.meetings.meeting",
    "usage": "onewindow.cli.adoption.usage",
    "playbook": "onewindow.cli.plans.playbook",
    "plan": "onewindow.cli.plans.plan",
    "standard": "onewindow.cli.plans.standard",
    "document": "onewindow.cli.documents.document",
    "promise": "onewindow.cli.clients.promise",
    "contact": "onewindow.cli.clients.contact",
    "contact_note": "onewindow.cli.clients.contact_note",
    "opportunity": "onewindow.cli.feedback.opportunity",
    "handover": "onewindow.cli.handover.commands",
    "observation": "onewindow.cli.handover.observation",
}


def _command(module: str, attribute: str, summary: str, section: str) -> Member:
    return Member(module, attribute, summary, section)


def _of_kind(name: str, plural: str) -> Member:
    module = _OWN_MODULES.get(name)
    summary = f"Add, list, show, edit, archive and restore {plural}."
    if module:
        return Member(module, "group", summary, _RECORDS)
    return Member("onewindow.cli.editing.record_group", "record_group", summary, _RECORDS, kind=name)


MEMBERS: dict[str, Member] = {
    "show": _command(
        "onewindow.cli.window", "show", "One client's whole window as text or JSON.", _EVERY_DAY
    ),
    "search": _command(
        "onewindow.cli.search", "search", "Find clients by name, person, phone, tax id, number.", _EVERY_DAY
    ),
    "warnings": _command(
        "onewindow.cli.requests.warnings",
        "warnings",
        "Requests that come near their term, and who is told.",
        _EVERY_DAY,
    ),
    "today": _command(
        "onewindow.cli.queue.today",
        "today",
        "What to do next, over all your clients, in one order.",
        _EVERY_DAY,
    ),
    "call": _command(
        "onewindow.cli.meetings.call",
        "call",
        "Log a call with the request, feedback and sale in it.",
        _EVERY_DAY,
    ),
    "interruptions": _command(
        "onewindow.cli.meetings.call", "interruptions", "The work that you put aside for calls.", _EVERY_DAY
    ),
    "touch-plan": _command(
        "onewindow.cli.touch_plan",
        "group",
        "With whom to get in touch when, and for what reasons.",
        _EVERY_DAY,
    ),
    "review": _command(
        "onewindow.cli.review",
        "group",
        "Walk a portfolio in order of risk, decide, print the agenda.",
        _EVERY_DAY,
    ),
    "team": _command(
        "onewindow.cli.queue.team", "team", "Load of each person, absences, everybody's queues.", _EVERY_DAY
    ),
    "outbox": _command(
        "onewindow.cli.messages.outbox", "group", "Messages to clients: see, send, retry, cancel.", _EVERY_DAY
    ),
    "novelty": _command(
        "onewindow.cli.announcements.novelty",
        "group",
        "Releases and announcements: who was told, and what training led to.",
        _EVERY_DAY,
    ),
    "announce": _command(
        "onewindow.cli.announcements.announce",
        "group",
        "Announce a novelty: audience, texts, deliveries, answers.",
        _EVERY_DAY,
    ),
    "undo": _command(
        "onewindow.cli.editing.history", "undo", "Take back your last change, or make it again.", _EVERY_DAY
    ),
    "history": _command("onewindow.cli.editing.history", "history", "Who changed what and when.", _EVERY_DAY),
    "onboarding": _command(
        "onewindow.cli.plans.onboarding",
        "group",
        "Who is being brought in, how far, and how well it goes.",
        _EVERY_DAY,
    ),
    "health": _command(
        "onewindow.cli.health",
        "group",
        "Why a client stands where it does, and how it went week by week.",
        _EVERY_DAY,
    ),
    "adoption": _command(
        "onewindow.cli.adoption.commands",
        "group",
        "How clients use what they bought, who was taught, what is unused.",
        _EVERY_DAY,
    ),
    "metrics": _command(
        "onewindow.cli.metrics",
        "metrics",
        "How fast we answer and solve, by person, tier, kind or month.",
        _EVERY_DAY,
    ),
    **{
        kind.name.replace("_", "-"): _of_kind(kind.name, kind.plural) for kind in KINDS.values() if kind.typed
    },
    "import": _command(
        "onewindow.cli.imports.commands", "group", "Bring in clients and contacts from files.", _FILES
    ),
    "export": _command(
        "onewindow.cli.editing.export", "group", "Write records of any kind into files.", _FILES
    ),
    "db": _command(
        "onewindow.cli.doctor.database",
        "group",
        "Look after the file: check, back up, restore, rebuild.",
        _FILES,
    ),
    "doctor": _command(
        "onewindow.cli.doctor.commands",
        "doctor",
        "Examine terminal, machine, file and backups, and say what mends them.",
        _FILES,
    ),
    "guide": _command(
        "onewindow.cli.guide", "guide", "What your role does here all day, with your keys.", _PROGRAM
    ),
    "demo": _command("onewindow.cli.demo", "demo", "Build the demo firm and open it.", _FILES),
    "settings": _command(
        "onewindow.cli.settings", "group", "Your settings file: where, what holds, a template.", _PROGRAM
    ),
    "keys": _command("onewindow.cli.settings", "keys", "All keys of the window as Markdown.", _PROGRAM),
    "manual": _command(
        "onewindow.cli.shell.manual", "manual", "Every command with its options as Markdown.", _PROGRAM
    ),
    "completion": _command(
        "onewindow.cli.shell.completion", "completion", "Completion for bash, zsh or fish.", _PROGRAM
    ),
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
