"""`onewindow survey ask|invite|invitations|form|take`: how answers to a survey come in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onewindow.cli.editing.record_naming import named_record
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_pairs, print_raw, print_table, print_text, tell
from onewindow.cli.shell.problems import CommandProblem
from onewindow.desk.invitations import inviting, replies
from onewindow.desk.invitations.invitation_text import language_of, message_for
from onewindow.desk.segments import membership
from onewindow.desk.session.naming import resolve_client
from onewindow.desk.surveys.as_text import share_text
from onewindow.desk.surveys.entry import SurveyEntry
from onewindow.desk.surveys.questions import questions_of
from onewindow.exchange.surveys.form_page import form_page
from onewindow.metrics.intervals import wilson
from onewindow.records.clients import Contact
from onewindow.records.feedback import Survey
from onewindow.records.kinds import KINDS
from onewindow.store import surveys
from onewindow.text.clean import clean
from onewindow.text.identifiers.mail_addresses import email_problem
from onewindow.text.plural import counted

if TYPE_CHECKING:
    from onewindow.desk.invitations.inviting import Invitee
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat
    from onewindow.store.surveys import InvitationLine

_survey = click.argument("survey", metavar="SURVEY", shell_complete=complete_record("survey"))
_LEFT_SHOWN = 20
_LEFT_COLUMNS = ("client_id", "client", "contact", "outcome", "reason")
_INVITATION_COLUMNS = ("id", "client_id", "client", "contact", "invited_at", "message", "answered_at")


def _named(session: Session, word: str) -> Survey:
    survey = named_record(session, KINDS["survey"], word)
    assert isinstance(survey, Survey)  # noqa: S101  the kind says so
    return survey


def _contact(session: Session, word: str | None, client_id: int) -> Contact | None:
    if word is None:
        return None
    contact = named_record(session, KINDS["contact"], word, str(client_id))
    assert isinstance(contact, Contact)  # noqa: S101  the kind says so
    return contact


@click.command(
    epilog='\b\nExamples:\n  onewindow survey ask NPS romashka 9 "почините выгрузку"\n'
    '  onewindow survey ask NPS romashka 3 - --contact "Анна Ким" --comment "долго отвечали"'
)
@_survey
@click.argument("client", metavar="CLIENT", shell_complete=complete_record("client"))
@click.argument("answers", nargs=-1, metavar="[ANSWER …]")
@click.option("--contact", metavar="NAME", help="Who answers.")
@click.option("--comment", metavar="TEXT", default="", help="What else was said.")
@click.option("--reasons", metavar="CODES", default="", help="Coded reasons, with ; between.")
@click.option("--channel", metavar="CHANNEL", default="phone", show_default=True, help="How it was asked.")
@pass_invocation
def ask(
    invocation: Invocation,
    survey: str,
    client: str,
    answers: tuple[str, ...],
    *,
    contact: str | None,
    comment: str,
    reasons: str,
    channel: str,
) -> None:
    """Enter the answers of a telephone call, one ANSWER a question in their order; `-` stands for none.

    At a terminal the questions that no ANSWER is given for are asked one by one.
    """
    session = invocation.session()
    asked, whom = _named(session, survey), resolve_client(session, client)
    person = _contact(session, contact, whom.id)
    entry = SurveyEntry(session, asked, whom.id, person.id if person else None, channel)
    questions = questions_of(asked)
    if len(answers) > len(questions):
        raise click.UsageError(
            f"this survey has {counted(len(questions), 'question', 'questions')}, not {len(answers)}",
            click.get_current_context(),
        )
    given = list(answers)
    if len(given) < len(questions) and sys.stdin.isatty():
        for question in questions[len(given) :]:
            text = f"{question.number}. {clean(question.text)} ({question.scale})"
            given.append(click.prompt(text, default="-", show_default=False))
    for question, said in zip(questions, given, strict=False):
        if said.strip() != "-":
            entry.answer(question, said)
    response = entry.save(comment=comment, reasons=reasons)
    print_raw(str(response.id))
    if response.task_id:
        tell("A low mark: a task follows, due in 2 working days.")


@click.command(
    epilog="\b\nExamples:\n  onewindow survey invite NPS --where tier:A --dry-run\n"
    '  onewindow survey invite NPS --client romashka --contact "Анна Ким"'
)
@_survey
@click.option("--where", metavar="FILTER", help="Clients by a filter or a segment.")
@click.option("--client", metavar="CLIENT", shell_complete=complete_record("client"), help="One client.")
@click.option("--contact", metavar="NAME", help="Of one client this person.")
@click.option("--dry-run", is_flag=True, help="Say whom it would reach and why others not; write nothing.")
@format_option
@pass_invocation
def invite(
    invocation: Invocation,
    survey: str,
    *,
    where: str | None,
    client: str | None,
    contact: str | None,
    dry_run: bool,
    output_format: TableFormat,
) -> None:
    """Put invitations into the outbox: one person of each client who consented and was not asked too lately.

    A person is asked by a relationship survey once in 90 days, by a survey of an event once in 14. Who is
    left out is listed with the reason; `outbox send` hands the messages over.
    """
    session = invocation.session()
    asked = _named(session, survey)
    if (where is None) == (client is None):
        raise click.UsageError("say whom: --where FILTER, or --client CLIENT", click.get_current_context())
    whom = resolve_client(session, client) if client is not None else None
    if contact is not None and whom is None:
        raise click.UsageError("--contact goes with --client", click.get_current_context())
    ids = [whom.id] if whom is not None else membership.member_ids(session, where or "")
    person = _contact(session, contact, whom.id) if whom is not None else None
    if dry_run:
        found = list(inviting.invitees(session, asked, ids, person))
        reached, left = sum(not one.why for one in found), [one for one in found if one.why]
        first = next((one for one in found if not one.why), None)
    else:
        invited = inviting.invite(session, asked, ids, person)
        found, reached, left, first = list(invited.left_out), invited.messages, list(invited.left_out), None
    if output_format != "table":
        print_table(map(_outcome, found), _LEFT_COLUMNS, output_format)
        return
    verb = "would be invited" if dry_run else "invited; the messages are in the outbox"
    print_text(f"{counted(reached, 'person', 'people')} {verb}.")
    _print_left(left)
    if first is not None:
        message = message_for(session, asked, first.client, first.contact)
        print_text("")
        print_pairs([("to", message.recipient), ("subject", message.subject)])
        print_text(f"\n{message.text}")


def _print_left(left: list[Invitee]) -> None:
    if not left:
        return
    print_text(f"{counted(len(left), 'client is', 'clients are')} left out:")
    for one in left[:_LEFT_SHOWN]:
        who = f" ({clean(one.contact.name)})" if one.contact else ""
        print_text(f"  {clean(one.client.name)}{who}: {one.why}")
    if len(left) > _LEFT_SHOWN:
        for why, count in inviting.reason_counts(left).items():
            print_text(f"  in all {count}: {why}")


def _outcome(one: Invitee) -> dict[str, object]:
    values = (
        *(one.client.id, one.client.name, one.contact.name if one.contact else ""),
        *("left out" if one.why else "invited", one.why),
    )
    return dict(zip(_LEFT_COLUMNS, values, strict=True))


@click.command(epilog="\b\nExample:\n  onewindow survey invitations NPS --format csv")
@_survey
@format_option
@pass_invocation
def invitations(invocation: Invocation, survey: str, output_format: TableFormat) -> None:
    """List who was invited, how the message stands and when they answered, and the share that did."""
    session = invocation.session()
    lines = surveys.invitation_lines(session.store, _named(session, survey).id)
    print_table(map(_line, lines), _INVITATION_COLUMNS, output_format)
    if output_format == "table" and lines:
        answered = sum(line.answered_at is not None for line in lines)
        print_text(f"answered: {answered} of {len(lines)}, {share_text(wilson(answered, len(lines)))}")


def _line(line: InvitationLine) -> dict[str, object]:
    values = (
        *(line.invitation.id, line.invitation.client_id, line.client, line.contact),
        *(line.invitation.at, line.message_state, line.answered_at),
    )
    return dict(zip(_INVITATION_COLUMNS, values, strict=True))


@click.command(
    epilog="\b\nExample:\n  onewindow survey form NPS --client romashka --to service@firm.example -o nps.html"
)
@_survey
@click.option("--to", required=True, metavar="ADDRESS", help="The mail address that the answers go to.")
@click.option("--client", metavar="CLIENT", shell_complete=complete_record("client"), help="For whom.")
@click.option("--contact", metavar="NAME", help="Of that client this person.")
@click.option("--lang", "language", type=click.Choice(("en", "ru", "bg")), help="Else that of the person.")
@click.option("-o", "--output", metavar="FILE", help="The file to write; else it is printed.")
@click.option("--force", is_flag=True, help="Replace the file if there is one.")
@pass_invocation
def form(
    invocation: Invocation,
    survey: str,
    *,
    to: str,
    client: str | None,
    contact: str | None,
    language: str | None,
    output: str | None,
    force: bool,
) -> None:
    """Write a survey as a page to fill in, which makes a mail of the answers; it loads nothing from outside.

    For a client who was invited and has not answered yet the page carries the code of the invitation, so
    that `survey take` knows whose reply it is; else the address of the mail tells.
    """
    session = invocation.session()
    asked = _named(session, survey)
    if problem := email_problem(to.strip()):
        raise click.UsageError(
            f"--to: “{clean(to)}” is no mail address: {problem}", click.get_current_context()
        )
    if contact is not None and client is None:
        raise click.UsageError("--contact goes with --client", click.get_current_context())
    whom = resolve_client(session, client) if client is not None else None
    person = _contact(session, contact, whom.id) if whom is not None else None
    code = _code(session, asked, whom.id, person) if whom is not None else None
    page = form_page(
        asked.title,
        questions_of(asked),
        language or (language_of(whom, person) if whom is not None else "ru"),
        survey_id=asked.id,
        code=code,
        to=to.strip(),
        gift=asked.incentive,
    )
    if output is None or output == "-":
        print_raw(page)
        return
    path = Path(output)
    if path.exists() and not force:
        raise CommandProblem(f"{path.name} is there already; --force replaces it.")
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise CommandProblem(f"{path.name} cannot be written; look at its path and rights.") from error


def _code(session: Session, survey: Survey, client_id: int, person: Contact | None) -> int | None:
    """The id of the newest invitation of a client that waits for its answer, of one person where named."""
    codes = [
        line.invitation.id
        for line in surveys.invitation_lines(session.store, survey.id)
        if line.invitation.client_id == client_id
        and not line.answered_at
        and (person is None or line.invitation.contact_id == person.id)
    ]
    return codes[-1] if codes else None


@click.command(epilog="\b\nExample:\n  onewindow survey take reply.eml answers.mbox")
@click.argument("files", nargs=-1, required=True, metavar="FILE …", type=click.Path(path_type=Path))
@pass_invocation
def take(invocation: Invocation, files: tuple[Path, ...]) -> None:
    """Take replies from saved mails (.eml, .mbox) or texts: each becomes a response, or says why not."""
    session = invocation.session()
    refused: list[str] = []
    for path in files:
        for reply in replies.take(session, path):
            if reply.response is not None:
                print_raw(str(reply.response.id))
            else:
                refused.append(f"{reply.place}: {reply.why}")
    if len(refused) > 1:
        for said in refused:
            tell(said)
        raise CommandProblem(f"{len(refused)} replies were not taken.")
    if refused:
        raise CommandProblem(refused[0])


COMMANDS = {"ask": ask, "invite": invite, "invitations": invitations, "form": form, "take": take}
"""The verbs by name."""
