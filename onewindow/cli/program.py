"""The root of the command line: global options, nouns, and the window when no noun is given.

The window, the version and shells are loaded when they are asked for: every command pays for this module.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn, cast

import click

from onewindow.cli.members import MEMBERS, OTHER_NAMES
from onewindow.cli.shell.invocation import Invocation, OpenWindow
from onewindow.cli.shell.lazy_group import LazyGroup
from onewindow.cli.shell.problems import exit_code_of, tell_lost_answer
from onewindow.cli.shell.terminal import COMPLETION_VARIABLE, replace_unknown_letters

_EXAMPLES = """
\b
Examples:
  onewindow                                   open the window
  onewindow demo                              try it on a demo firm
  onewindow client add Ромашка --tier A       a first client
  onewindow request add romashka "Не печатает накладная" --priority high
  onewindow client list --mine --format csv
"""


class Program(LazyGroup):
    """The root group; it ends every run with one sentence at most and an exit code."""

    def main(self, args: Sequence[str] | None = None, *_: object, **extra: Any) -> NoReturn:
        """Run the command line and leave: 0 done, 1 could not, 2 wrong usage, 130 interrupted."""
        words = list(sys.argv[1:] if args is None else args)
        replace_unknown_letters()
        extra["standalone_mode"] = False
        if COMPLETION_VARIABLE in os.environ:
            from onewindow.cli.shell.completion import learn_shells

            learn_shells()
        try:
            _validate_text(words)
            code = cast("object", super().main(words, **extra))
            sys.stdout.flush()
        except BaseException as error:
            code = exit_code_of(error, debug="--debug" in words)
        tell_lost_answer()
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: click.Context) -> Any:
        """Run what was asked for; a value of the file that cannot be read is told as what it is."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            message = ctx.obj.message_by_file(error) if isinstance(ctx.obj, Invocation) else None
            if message is None:
                raise
            raise message from error


def _print_version(context: click.Context, _: click.Parameter, is_asked: bool) -> None:
    if not is_asked or context.resilient_parsing:
        return
    from onewindow.version import full_version_text  # nobody else waits for what it loads

    click.echo(f"onewindow {full_version_text()}")
    context.exit()


def _validate_text(words: list[str]) -> None:
    for word in words:
        # Python reads bytes that are no text as lone surrogates; the file could not store them.
        if any("\ud800" <= letter <= "\udfff" for letter in word):
            raise click.UsageError("one of the words is not text in the encoding of this terminal")


@click.group(
    cls=Program,
    members=MEMBERS,
    other_names=OTHER_NAMES,
    name="onewindow",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog=_EXAMPLES,
)
@click.option(
    "--db",
    "database",
    metavar="FILE",
    help="The file of the data; else ONEWINDOW_DB, else the settings, else the platform's data folder.",
)
@click.option(
    "--as", "login", metavar="LOGIN", help="Who you are; else ONEWINDOW_USER, else the system login."
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(["en", "ru", "bg"]),
    help="Whose keyboard layout keys are read by without switching; texts are English in any case.",
)
@click.option("--no-color", is_flag=True, help="Draw without colours; NO_COLOR does the same.")
@click.option(
    "--ascii", "is_ascii", is_flag=True, help="Draw borders and charts with plain ASCII characters."
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error too.")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version, and the commit it was made from.",
)
@click.pass_context
def program(
    context: click.Context,
    *,
    database: str | None,
    login: str | None,
    language: str | None,
    no_color: bool,
    is_ascii: bool,
    debug: bool,
) -> int | None:
    """Look after clients at one window.

    Without a command it opens the window on the client you last worked with. NOUN VERB --help says what each
    command takes. Clients are named by C-17, id, slug, or any name that means only one of them.
    """
    if database and "://" in database:
        raise click.UsageError("--db takes the path of a file; other databases are not supported", context)
    if no_color:
        os.environ["NO_COLOR"] = "1"
    invocation = Invocation(
        environ=os.environ,
        open_window=cast("OpenWindow | None", context.obj),
        database=Path(database) if database else None,
        login=login,
        language=language,
        ascii=is_ascii,
        debug=debug,
    )
    context.obj = invocation
    context.call_on_close(invocation.close)
    if context.invoked_subcommand is not None:
        return None
    from onewindow.cli.window import open_or_print

    return open_or_print(invocation)
