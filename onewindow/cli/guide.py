"""`onewindow guide`: what a role does here all day, with the keys of this user."""

from __future__ import annotations

import click

from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import print_text
from onewindow.desk.help.guide import GuideLine, guide_lines, role_name

_ROLES = ("account-manager", "lead", "support", "product", "quality", "sales", "finance", "admin")
_INDENT = "  "
_LABEL = 14


@click.command(epilog="\b\nExamples:\n  onewindow guide\n  onewindow guide lead")
@click.argument("role", type=click.Choice(_ROLES), required=False)
@pass_invocation
def guide(invocation: Invocation, role: str | None) -> None:
    """Print what a role does here all day, on a screen or two; without ROLE, yours.

    Keys are those of your own settings. In the window `guide` of the command palette shows the same.
    """
    chosen = role.replace("-", "_") if role else invocation.session().me.role
    print_text(f"One Window for the {role_name(chosen)}\n")
    for line in guide_lines(chosen, invocation.settings().keys):
        print_text(_shown(line))


def _shown(line: GuideLine) -> str:
    if line.is_title or not line.text:
        return line.text
    return f"{_INDENT}{line.label:<{_LABEL}}{line.text}" if line.label else f"{_INDENT}{line.text}"
