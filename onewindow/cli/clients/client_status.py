"""`onewindow client status`: a page for the client about all of their open requests."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import print_raw, print_text
from onewindow.cli.shell.word_choice import WordChoice
from onewindow.desk.requests.client_status import statuses_of
from onewindow.desk.requests.status_page import FORMATS, page
from onewindow.desk.session.naming import resolve_client
from onewindow.exchange.export.files import whole_file


@click.command(
    epilog="""\b
Examples:
  onewindow client status romashka
  onewindow client status romashka -o status.html
  onewindow client status romashka --lang en --as md"""
)
@click.argument("client", metavar="CLIENT", shell_complete=complete_record("client"))
@click.option(
    "-o",
    "--output",
    "output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write it into a file; .html, .md or .txt tells the form.",
)
@click.option(
    "--as", "form", type=click.Choice(["txt", "md", "html"]), help="The form; else by the file, else txt."
)
@click.option(
    "--lang",
    "language",
    type=WordChoice(["ru", "bg", "en"], "template", "language"),
    help="Language of the page; else that of the client.",
)
@click.option("--force", is_flag=True, help="Replace the file if there is one.")
@pass_invocation
def status(
    invocation: Invocation,
    client: str,
    output: Path | None,
    form: str | None,
    language: str | None,
    *,
    force: bool,
) -> None:
    """Write a page for a client: how their open requests stand, and who answers for them.

    The page needs nothing beside it, and nothing internal is in it.
    """
    chosen = form or (output.suffix.lower().removeprefix(".") if output else "txt")
    if chosen not in FORMATS:
        raise click.UsageError(
            "end the file with .txt, .md or .html, or say --as", click.get_current_context()
        )
    session = invocation.session()
    text = page(statuses_of(session, resolve_client(session, client), language or ""), chosen)
    if output is not None:
        with whole_file(output, force=force) as stream:
            stream.write(text.encode())
        print_raw(str(output))
    elif sys.stdout.isatty():
        print_text(text.rstrip("\n"))
    else:
        sys.stdout.write(text)
