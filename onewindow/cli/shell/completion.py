"""`onewindow completion`: the script that lets a shell complete nouns, options, clients and choices.

click's shells are loaded when a shell asks: no other command needs them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from onewindow.cli.shell.printing import print_raw
from onewindow.cli.shell.problems import CommandProblem
from onewindow.cli.shell.terminal import COMPLETION_VARIABLE

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_SPECIAL = re.compile(r"[^\w@%+=:,./-]")


def learn_shells() -> None:
    """Let names with blanks and signs reach a line of bash as one word, and keep their commas in fish."""
    from click.shell_completion import BashComplete, FishComplete, add_completion_class

    class Bash(BashComplete):
        source_template = BashComplete.source_template.replace("read type", "read -r type").replace(
            "($value)", '("$value")'
        )

        def format_completion(self, item: CompletionItem) -> str:
            return f"{item.type},{_SPECIAL.sub(lambda sign: chr(92) + sign[0], str(item.value))}"

    class Fish(FishComplete):
        source_template = FishComplete.source_template.replace(
            'string split "," $completion', 'string split --max 1 "," $completion'
        )

    add_completion_class(Bash)
    add_completion_class(Fish)


@click.command(
    epilog="""\b
Examples:
  onewindow completion bash >> ~/.bashrc
  onewindow completion zsh >> ~/.zshrc
  onewindow completion fish > ~/.config/fish/completions/onewindow.fish"""
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that makes Tab complete nouns, options, choices and clients by slug."""
    from click.shell_completion import get_completion_class

    learn_shells()
    completer = get_completion_class(shell)
    if completer is None:
        raise CommandProblem(f"There is no completion for {shell}.")
    script = completer(context.find_root().command, {}, "onewindow", COMPLETION_VARIABLE)
    print_raw(script.source().rstrip("\n"))
