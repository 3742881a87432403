"""`onewindow settings …` and `onewindow keys`: what the user chose, and what the keys are.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

import os
from dataclasses import fields

import click

from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import print_object, print_pairs, print_raw
from onewindow.cli.shell.problems import CommandProblem
from onewindow.records.by_name import value_of
from onewindow.store.stored import note


@click.group(name="settings", no_args_is_help=True)
def group() -> None:
    """Your settings file: where it is, what holds now, a file to begin with."""


@group.command(epilog="\b\nExample:\n  $EDITOR $(onewindow settings path)")
def path() -> None:
    """Print where the settings file is, whether it is there or not."""
    from onewindow.settings import settings_path

    print_raw(str(settings_path(os.environ)))


@group.command(epilog="\b\nExample:\n  onewindow settings show --format json")
@click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@pass_invocation
def show(invocation: Invocation, output_format: str) -> None:
    """Print every setting that holds now, with the file of the data."""
    from onewindow.desk.opening import backups_folder

    settings = invocation.settings()
    values: dict[str, object] = {field.name: value_of(settings, field.name) for field in fields(settings)}
    values["database"] = str(invocation.path())
    values["backups"] = str(backups_folder(settings, invocation.path()))
    values["keys"] = {name: list(keys) for name, keys in settings.keys.items()}
    if output_format == "json":
        print_object(values)
        return
    values["keys"] = "; ".join(f"{name} = {', '.join(keys)}" for name, keys in settings.keys.items())
    print_pairs((name, "" if value is None else str(value)) for name, value in values.items())


@group.command(
    epilog="\b\nExamples:\n  onewindow settings template --write\n  onewindow settings template > all.toml"
)
@click.option("--write", is_flag=True, help="Put it where the settings file belongs and print the place.")
def template(*, write: bool) -> None:
    """Print a settings file in which every line says what holds without it."""
    from onewindow import settings
    from onewindow.store.file.paths import write_private

    text = settings.template()
    if not write:
        print_raw(text.rstrip("\n"))
        return
    place = settings.settings_path(os.environ)
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_private(place, text.encode(), is_new=True)
        note(str(place))
    except FileExistsError as error:
        raise CommandProblem(f"{place} is there already; nothing was written.") from error
    print_raw(str(place))


@click.command(epilog="\b\nExample:\n  onewindow keys > KEYS.md")
def keys() -> None:
    """Print all keys of the window as Markdown tables."""
    from onewindow.actions import keys_markdown

    print_raw(keys_markdown().rstrip("\n"))
