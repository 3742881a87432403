"""`onewindow playbook …`: the common verbs, and playbooks as files.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.editing.record_group import RecordGroup, ready
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_raw, print_table, print_text, tell
from onewindow.cli.shell.typed_day import typed_day
from onewindow.desk.plans.playbooks import as_file, problems_of, take_file, tried_dates
from onewindow.desk.session.naming import resolve, resolve_client
from onewindow.exchange.playbook_file import read_playbook, write_playbook
from onewindow.exchange.problems import FileProblem
from onewindow.ordinary_file import is_endless
from onewindow.records.adoption import Playbook
from onewindow.records.kinds import KINDS
from onewindow.store import rows
from onewindow.text.plural import counted

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat

SHIPPED = ("onboarding", "project", "delivery", "employee")
"""The playbooks that come with the program."""

_COLUMNS = ("position", "step", "role", "after", "days", "due_on", "ends_in", "control_point", "phase")


@click.command("import", epilog="\b\nExample:\n  onewindow playbook import onboarding employee my.toml")
@click.argument("files", metavar="FILE", nargs=-1, required=True)
@pass_invocation
def import_command(invocation: Invocation, files: tuple[str, ...]) -> None:
    """Take playbooks from TOML files, or those that come with the program by their names.

    The names are onboarding, project, delivery, employee. A playbook of the same name is brought to what the
    file says; plans that run keep the steps they were started with.
    """
    session = invocation.session()
    # All are read before the first one is stored: a mistake in the last leaves the file as it was.
    read = [read_playbook(*_text(name)) for name in files]
    for content in read:
        playbook, done = take_file(session, content)
        print_text(f"{playbook.id}  {playbook.name}: {done}, {counted(len(content.steps), 'step')}")


@click.command(epilog="\b\nExample:\n  onewindow playbook export Внедрение > onboarding.toml")
@click.argument("playbook", metavar="ID_OR_NAME")
@pass_invocation
def export(invocation: Invocation, playbook: str) -> None:
    """Write a playbook as a TOML file to the standard output."""
    session = invocation.session()
    print_text(write_playbook(as_file(session, _named(session, playbook))).rstrip("\n"))


@click.command(epilog="\b\nExample:\n  onewindow playbook dates Внедрение --on 28.12.2026")
@click.argument("playbook", metavar="ID_OR_NAME")
@click.option("--on", "started", default="", metavar="DATE", help="The start to try; today if left out.")
@format_option
@pass_invocation
def dates(invocation: Invocation, playbook: str, started: str, output_format: str) -> None:
    """Show the steps of a playbook, and when each would be due if it started on a date."""
    session = invocation.session()
    day = typed_day(session, started, "--on") if started else session.today()
    tried = tried_dates(session, _named(session, playbook), day)
    titles = {step.id: step.title for step, _ in tried}
    rows = [
        {
            "id": step.id,
            "position": step.position,
            "step": step.title,
            "role": step.role,
            "after": titles.get(step.depends_on_id or 0, ""),
            "days": step.due_after_days,
            "due_on": due.isoformat(),
            "ends_in": step.result_kind,
            "wanted": step.wanted,
            "control_point": bool(step.is_control_point),
            "phase": step.phase,
            "volume": step.volume,
        }
        for step, due in tried
    ]
    print_table(rows, _COLUMNS, cast("TableFormat", output_format))


@click.command(epilog="\b\nExample:\n  onewindow playbook check my.toml")
@click.argument("playbook", metavar="FILE_OR_NAME")
@pass_invocation
def check(invocation: Invocation, playbook: str) -> None:
    """Say what is wrong with a playbook: a file before it is taken, or one that is kept."""
    if playbook.endswith(".toml"):
        checked = read_playbook(*_text(playbook))
        print_text(f"{playbook}: {checked.name}, {counted(len(checked.steps), 'step')}, nothing is wrong.")
        return
    session = invocation.session()
    problems = problems_of(session, _named(session, playbook))
    print_text("\n".join(problems) or "Nothing is wrong.")
    if problems:
        tell(f"{len(problems)} things to look at.")


@click.command(epilog="\b\nExample:\n  onewindow playbook start Внедрение romashka")
@click.argument("playbook", metavar="ID_OR_NAME")
@click.argument("client", metavar="CLIENT")
@click.option("--on", "started", default="", metavar="DATE", help="When it starts; today if left out.")
@pass_invocation
def start(invocation: Invocation, playbook: str, client: str, started: str) -> None:
    """Start a playbook for a client; `onewindow plan start` knows more options."""
    from onewindow.desk.plans import starting

    session = invocation.session()
    day = typed_day(session, started, "--on") if started else None
    plan = starting.start(session, resolve_client(session, client), _named(session, playbook), day)
    print_raw(str(plan.id))
    if message := starting.running_too_message(session, plan):
        tell(message)


def _text(name: str) -> tuple[str, str]:
    """The text of a file, or of one that comes with the program, and what it is called in complaints."""
    if name in SHIPPED:
        from importlib.resources import files

        return (files("seed") / "playbooks" / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml"
    try:
        if is_endless(Path(name)):
            raise FileProblem(name, "it is no ordinary file", "name a file of TOML")
        return Path(name).read_text(encoding="utf-8"), Path(name).name
    except FileNotFoundError as error:
        raise FileProblem(
            name, "there is no such file", f"name one, or one of {', '.join(SHIPPED)}"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise FileProblem(name, f"it cannot be read ({error})", "write it as TOML in UTF-8") from error


def _named(session: Session, word: str) -> Playbook:
    return rows.get(session.store, Playbook, resolve(session, "playbook", word))


group = RecordGroup(
    KINDS["playbook"],
    ready(import_command, export, dates, check, start),
)
