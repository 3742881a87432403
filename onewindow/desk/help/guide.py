"""What each role does here all day, on a screen or two: keys from the table of actions, commands, pages."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.actions import Rebound, by_id, main_key
from onewindow.records.structs import frozen_struct


@frozen_struct
class Section:
    """Some keys and commands under a heading."""

    title: str
    actions: tuple[str, ...] = ()
    """Ids of actions; what they do stands in the table of actions."""
    commands: tuple[str, ...] = ()
    """Command lines to try, each with two blanks and what it gives."""


@frozen_struct
class RoleGuide:
    """One role: what it is here for, what it does, and where more is written."""

    purpose: str
    sections: tuple[Section, ...]
    pages: tuple[str, ...]
    """Files under docs/."""


_MOVING = Section(
    "To get anywhere", ("go.find", "go.list", "go.card", "go.promises", "app.help", "app.palette")
)
_WHY = Section("To understand and to take back", ("record.why", "record.history", "edit.undo", "edit.redo"))

GUIDES: Mapping[str, RoleGuide] = {
    "account_manager": RoleGuide(
        "You know your clients; they come to you with anything, and you see that it is solved.",
        (
            Section("In the morning", ("go.today", "go.handovers", "list.filter")),
            Section(
                "When a client calls or writes", ("call.take", "go.find", "record.new", "interruption.push")
            ),
            Section(
                "To work on a request",
                ("request.reply", "request.wait", "request.date", "request.hand_off", "record.done"),
            ),
            Section("To keep your word", ("go.promises", "promises.kept", "message.write")),
            _WHY,
        ),
        ("requests.md", "messages.md", "touch-plan.md", "health.md", "keys.md"),
    ),
    "support": RoleGuide(
        "You answer and solve requests before their time is over, whoever the client belongs to.",
        (
            Section("What is next", ("go.today", "today.filter", "today.take", "today.put_off")),
            Section(
                "To work on a request",
                ("request.reply", "message.script", "request.wait", "request.resume", "record.done"),
            ),
            Section("What is not yours", ("request.hand_off", "request.assign", "request.ask_a_lead")),
            _MOVING,
            _WHY,
        ),
        ("requests.md", "messages.md", "keys.md"),
    ),
    "lead": RoleGuide(
        "You see whose work grows over their head, which clients nobody looks after, and what will be late.",
        (
            Section("The team", ("go.team", "team.view", "team.assign", "team.absence", "go.metrics")),
            Section("Your own day", ("go.today", "today.filter", "request.lead_looked")),
            Section(
                "Clients in danger",
                ("list.filter", "record.why"),
                (
                    "onewindow health uncovered  clients for whom nobody is there",
                    "onewindow health silence  clients who fell silent against their own past",
                    "onewindow health alarms  everything that wants a look, the gravest first",
                ),
            ),
            Section("The rules", ("app.settings", "settings.replay", "go.quality")),
        ),
        ("health.md", "formulas.md", "requests.md", "shared-server.md"),
    ),
    "product": RoleGuide(
        "You hear what clients say of the product, in their words, ranked by what it is worth.",
        (
            Section(
                "On the command line",
                (),
                (
                    "onewindow feedback export --by feature  features by what they mean to clients",
                    "onewindow feedback list --format csv  every quote with its client",
                    "onewindow feature list  what is planned and released",
                ),
            ),
            Section("In the window", ("go.feedback", "record.follow", "go.find", "app.palette")),
        ),
        ("formulas.md", "usage.md", "segments.md", "command-line.md"),
    ),
    "quality": RoleGuide(
        "You read everything, change nothing, and check case by case.",
        (
            Section("A case", ("go.find", "record.history", "record.why", "go.timeline")),
            Section("Many cases", ("go.metrics", "metrics.by", "metrics.period", "go.quality")),
            Section(
                "On the command line",
                (),
                (
                    "onewindow client check  what is missing, wrong, doubled or stale",
                    "onewindow metrics response  how fast we answer, with intervals",
                    "onewindow history --limit 20  who changed what and when",
                ),
            ),
        ),
        ("looking-after-the-data.md", "formulas.md", "command-line.md"),
    ),
    "sales": RoleGuide(
        "You hand clients over with all that was promised, and answer what is asked back.",
        (
            Section("In the morning", ("go.today", "go.handovers", "handovers.view")),
            Section("What service asks you", ("handover.reply", "record.open", "record.done")),
            _MOVING,
        ),
        ("requests.md", "keys.md"),
    ),
    "finance": RoleGuide(
        "You say what is paid; questions about debts come to you, and the client is told that you answer.",
        (
            Section("In the morning", ("go.today", "record.open", "record.done")),
            Section("Papers of a client", ("go.find", "go.documents", "record.copy_all")),
            Section(
                "On the command line",
                (),
                (
                    "onewindow hand-off list  what was passed on, and how it stands",
                    "onewindow document list  contracts, invoices, acts",
                ),
            ),
        ),
        ("requests.md", "command-line.md"),
    ),
    "admin": RoleGuide(
        "You look after the file: people, calendars, terms, imports, backups.",
        (
            Section("In the window", ("app.settings", "go.quality", "app.palette", "go.team")),
            Section(
                "On the command line",
                (),
                (
                    "onewindow doctor  terminal, machine, file and backups, and what mends them",
                    "onewindow db backup  a copy that was tried",
                    "onewindow import clients clients.csv --dry-run  what an import would do",
                    "onewindow health snapshot  once a day from cron where no window stays open",
                ),
            ),
        ),
        ("looking-after-the-data.md", "shared-server.md", "command-line.md", "segments.md"),
    ),
}
"""The guide of each role."""


@frozen_struct
class GuideLine:
    """One line of a guide: a key or '' and what it does; headings are titles."""

    text: str
    label: str = ""
    is_title: bool = False


def guide_lines(role: str, rebound: Rebound | None = None) -> list[GuideLine]:
    """The guide of a role with the keys of this user; raises KeyError for a role that there is not."""
    guide = GUIDES[role]
    lines = [GuideLine(guide.purpose)]
    for section in guide.sections:
        lines += [GuideLine(""), GuideLine(section.title, is_title=True)]
        lines += [_of_action(action_id, rebound) for action_id in section.actions]
        lines += [GuideLine(command) for command in section.commands]
    pages = ", ".join(f"docs/{page}" for page in guide.pages)
    keys = f"{main_key('app.palette', rebound)} tour"
    return [
        *lines,
        GuideLine(""),
        GuideLine(f"More: {pages}"),
        GuideLine(f"{keys} shows the window in ten minutes, on your own clients."),
    ]


def role_name(role: str) -> str:
    """A role as people say it."""
    return role.replace("_", " ")


def _of_action(action_id: str, rebound: Rebound | None) -> GuideLine:
    action = by_id(action_id)
    key = main_key(action_id, rebound)
    label = key if key != ":" else f"{main_key('app.palette', rebound)} {action.verb}"
    return GuideLine(action.help, label)
