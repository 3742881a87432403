"""`onewindow template …`: the common verbs, a template filled in for a client, and the list of places.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.editing.record_group import RecordGroup, ready
from onewindow.cli.requests.naming import addressee_options, named_subject
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import FORMATS, print_object, print_pairs, print_table, print_text, tell
from onewindow.desk.session.naming import resolve
from onewindow.records.clients import Contact
from onewindow.records.kinds import KINDS
from onewindow.store import rows

if TYPE_CHECKING:
    from onewindow.exchange.export.writer import TableFormat


@click.command(
    epilog="""\b
Examples:
  onewindow template render Принято --request R-1042
  onewindow template render кто --client romashka"""
)
@click.argument("template", metavar="NAME", shell_complete=complete_record("template"))
@addressee_options(
    client="Whose card fills it.",
    request="The request that it is about; tells the client too.",
    contact="Who is written to; else who asked, else the main contact.",
)
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text")
@pass_invocation
def render(
    invocation: Invocation,
    template: str,
    client: str | None,
    request: str | None,
    contact: str | None,
    output_format: str,
) -> None:
    """Fill a template from the card of a client and from a request, and print it.

    NAME is its name, shortcut or id. What is not known stays as ⟨place⟩ and is named on stderr.
    """
    from onewindow.desk.templates import writing

    if client is None and request is None:
        raise click.UsageError("say for whom: --client or --request", click.get_current_context())
    session = invocation.session()
    whose, about = named_subject(session, client, request)
    if contact is None:
        person = writing.addressee(session, whose, about)
    else:
        person = rows.get(session.store, Contact, resolve(session, "contact", contact, whose.id))
    chosen = writing.named(session, template, person.language if person else whose.language)
    message = writing.render(session, chosen, whose, about, person)
    if output_format == "json":
        print_object(
            {
                "template_id": message.template_id,
                "language": message.language,
                "subject": message.subject,
                "text": message.text,
                "unfilled": list(message.unfilled),
            }
        )
        return
    print_text(f"{message.subject}\n\n{message.text}" if message.subject else message.text)
    if message.unfilled:
        tell(f"Still to be filled: {', '.join(message.unfilled)}.")


@click.command(epilog="\b\nExample:\n  onewindow template places")
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="table")
def places(output_format: TableFormat) -> None:
    """List every place that a template may have, and what fills it."""
    from onewindow.desk.templates.writing import PLACES

    if output_format == "table":
        print_pairs((f"{{{name}}}", text) for name, text in PLACES.items())
        return
    rows = ({"place": name, "help": text} for name, text in PLACES.items())
    print_table(rows, ("place", "help"), output_format)


group = RecordGroup(KINDS["template"], ready(render, places))
