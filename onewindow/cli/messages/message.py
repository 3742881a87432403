"""`onewindow message …`: the common verbs, and write, queue, send, cancel.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from onewindow.cli.editing.record_group import RecordGroup, ready
from onewindow.cli.editing.record_naming import named_record
from onewindow.cli.requests.naming import addressee_options, named_subject
from onewindow.cli.shell.completing import complete_choice, complete_record
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import print_raw, tell
from onewindow.cli.shell.problems import CommandProblem
from onewindow.cli.shell.word_choice import WordChoice
from onewindow.cli.shell.zone_head import time_and_zone
from onewindow.desk.outbox import drafting
from onewindow.desk.outbox.drafting import obstacles, queue
from onewindow.desk.session.naming import resolve
from onewindow.desk.templates import writing
from onewindow.records.clients import Channel, Contact
from onewindow.records.kinds import KINDS
from onewindow.records.messages import Message
from onewindow.store import rows

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session

_PURPOSES = ("service", "marketing", "newsletter", "survey")
_CHANNELS = ("email", "messenger", "sms")


def named_message(session: Session, word: str) -> Message:
    """The message that a word means; raises NotFound."""
    message = named_record(session, KINDS["message"], word)
    assert isinstance(message, Message)  # noqa: S101  the kind says so
    return message


@click.command(
    epilog="""\b
Examples:
  onewindow message write --request R-1042 --template ре --queue
  onewindow message write --client romashka --template кто
  onewindow message write --request R-1042 --text "Проверяем, ответим до 15:00" --send"""
)
@addressee_options(
    client="To which client.",
    request="About which request; tells the client too.",
    contact="To whom; else who asked, else the main contact.",
)
@click.option(
    "--template",
    metavar="NAME",
    help="Text from a template: its name, shortcut or id.",
    shell_complete=complete_record("template"),
)
@click.option("--text", metavar="TEXT", help="The text itself; - reads it from the standard input.")
@click.option("--subject", metavar="TEXT", help="Subject of a mail; else that of the template or request.")
@click.option(
    "--channel",
    type=WordChoice(_CHANNELS, "message", "channel"),
    help="By what; else by what the person prefers.",
    shell_complete=complete_choice(_CHANNELS),
)
@click.option(
    "--purpose",
    type=WordChoice(_PURPOSES, "message", "purpose"),
    help="All but service need the person's consent; else by the template.",
)
@click.option("--queue", "is_queued", is_flag=True, help="Queue it at once.")
@click.option("--send", "is_sent", is_flag=True, help="Queue it and send it now.")
@click.option("--at-night", is_flag=True, help="Do not wait for the end of quiet hours.")
@pass_invocation
def write(
    invocation: Invocation,
    *,
    client: str | None,
    request: str | None,
    contact: str | None,
    template: str | None,
    text: str | None,
    subject: str | None,
    channel: Channel | None,
    purpose: str | None,
    is_queued: bool,
    is_sent: bool,
    at_night: bool,
) -> None:
    """Write a message as a draft, from a template or a text, and print its id.

    What a template could not fill stays as ⟨place⟩; such a draft cannot be queued before it is edited.
    """
    context = click.get_current_context()
    if client is None and request is None:
        raise click.UsageError("say to whom: --client or --request", context)
    if template is None and text is None:
        raise click.UsageError("say what: --template or --text", context)
    session = invocation.session()
    whose, about = named_subject(session, client, request)
    person = (
        rows.get(session.store, Contact, resolve(session, "contact", contact, whose.id)) if contact else None
    )
    rendered = None
    if template is not None:
        whom = person or writing.addressee(session, whose, about)
        chosen = writing.named(session, template, whom.language if whom else whose.language)
        rendered = writing.render(session, chosen, whose, about, person)
    message = drafting.drafted(
        session,
        whose,
        _read(text),
        subject=subject or "",
        request=about,
        contact=person,
        channel=channel,
        purpose=purpose,  # pyright: ignore[reportArgumentType]  click has checked it
        filled=rendered,
    )
    if is_queued or is_sent:
        obstacles = drafting.obstacles(session, message)
        if obstacles:
            raise CommandProblem(obstacles[0])
    stored = drafting.draft(session, message)
    if is_queued or is_sent:
        stored = drafting.queue(session, stored, at_night=at_night)
    if is_sent:
        _send(session, stored)
    else:
        _tell_state(session, stored)
    print_raw(str(stored.id))


@click.command(name="queue", epilog="\b\nExample:\n  onewindow message queue 62848121561433255")
@click.argument("message", metavar="ID", shell_complete=complete_record("message"))
@click.option("--at-night", is_flag=True, help="Do not wait for the end of quiet hours.")
@pass_invocation
def queue_up(invocation: Invocation, message: str, at_night: bool) -> None:
    """Let a draft go out with the next `outbox send`; in quiet hours it waits for the morning."""
    session = invocation.session()
    queued = queue(session, named_message(session, message), at_night=at_night)
    _tell_state(session, queued)
    print_raw(str(queued.id))


@click.command(epilog="\b\nExample:\n  onewindow message send 62848121561433255")
@click.argument("message", metavar="ID", shell_complete=complete_record("message"))
@click.option("--at-night", is_flag=True, help="Do not wait for the end of quiet hours.")
@pass_invocation
def send(invocation: Invocation, message: str, at_night: bool) -> None:
    """Send one message now; in quiet hours it is only queued for the morning."""
    session = invocation.session()
    record = named_message(session, message)
    if record.state != "queued":
        record = queue(session, record, at_night=at_night)
    _send(session, record)
    print_raw(str(record.id))


@click.command(epilog="\b\nExample:\n  onewindow message cancel 62848121561433255")
@click.argument("message", metavar="ID", shell_complete=complete_record("message"))
@pass_invocation
def cancel(invocation: Invocation, message: str) -> None:
    """Keep a message from going out."""
    session = invocation.session()
    print_raw(str(drafting.cancel(session, named_message(session, message)).id))


def _send(session: Session, message: Message) -> None:
    """Send what may go now; raises CommandProblem if it could not be sent."""
    from onewindow.desk.messages.sending import send_now

    if message.queued_at and message.queued_at > session.now_text():
        _tell_state(session, message)
        return
    outcome = send_now(session, message)
    if outcome.result != "sent":
        raise CommandProblem(f"Message {message.id} was not sent: {outcome.sentence}")


def _tell_state(session: Session, message: Message) -> None:
    """Say when a queued message goes, or what a draft still lacks."""
    if message.state == "queued" and message.queued_at and message.queued_at > session.now_text():
        at = time_and_zone(session, message.queued_at)
        tell(f"These are quiet hours at the client's: it goes at {at}.")
    elif message.state == "draft":
        for sentence in obstacles(session, message):
            tell(sentence)


def _read(text: str | None) -> str:
    if text != "-":
        return text or ""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig").replace("\0", "\ufffd").rstrip("\n")
    except UnicodeDecodeError:
        raise CommandProblem("The standard input is not UTF-8 text.") from None


group = RecordGroup(
    KINDS["message"],
    ready(write, queue_up, send, cancel),
)
