"""`onewindow completion`: the script that lets a shell complete nouns, options, clients and choices."""

from __future__ import annotations

import click

from onewindow.cli.printing import print_raw
from onewindow.cli.problems import CommandProblem

_VARIABLE = "_ONEWINDOW_COMPLETE"


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

    found = get_completion_class(shell)
    if found is None:
        raise CommandProblem(f"There is no completion for {shell}.")
    script = found(context.find_root().command, {}, "onewindow", _VARIABLE)
    print_raw(script.source().rstrip("\n"))
