"""`onewindow meeting …`: planning and moving, invitations, calendar files, the brief and counts.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from onewindow.cli.editing.record_naming import named_record
from onewindow.cli.requests.naming import joined, named_staff
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import file_options, format_option, print_raw, print_table, print_text, tell
from onewindow.desk.meetings import brief as meeting_brief
from onewindow.desk.meetings import planning, times
from onewindow.desk.meetings.typed_line import read_line
from onewindow.desk.requests.client_status import client_zone
from onewindow.desk.session.naming import resolve
from onewindow.desk.templates import writing
from onewindow.records.clients import Client, Contact
from onewindow.records.kinds import KINDS
from onewindow.records.meetings import Meeting
from onewindow.store import rows
from onewindow.store.meetings import MeetingCounts, counts_of_staff
from onewindow.store.people import organization
from onewindow.text.dates import utc_text

if TYPE_CHECKING:
    from pathlib import Path

    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat

_meeting = click.argument("meeting", metavar="MEETING", shell_complete=complete_record("meeting"))
_with = click.option(
    "--with",
    "persons",
    metavar="CONTACT",
    multiple=True,
    shell_complete=complete_record("contact"),
    help="A person of the client; more than once for several.",
)
_colleague = click.option(
    "--colleague",
    "colleagues",
    metavar="LOGIN",
    multiple=True,
    shell_complete=complete_record("staff"),
    help="One of us besides me; more than once for several.",
)


@click.command(
    epilog="""\b
Examples:
  onewindow meeting plan romashka "пт 15:00 итоги квартала онлайн 45м https://meet.example.org/r"
  onewindow meeting plan romashka "25.11 10:00 визит обучение 2ч" --with Ким --colleague petrov"""
)
@click.argument("client", metavar="CLIENT", shell_complete=complete_record("client"))
@click.argument("line", nargs=-1, required=True)
@_with
@_colleague
@click.option("--agenda", default="", metavar="TEXT", help="What it is about; else the client's goal.")
@pass_invocation
def plan(
    invocation: Invocation,
    client: str,
    line: tuple[str, ...],
    *,
    persons: tuple[str, ...],
    colleagues: tuple[str, ...],
    agenda: str,
) -> None:
    """Plan a meeting from one line: day and time of the client, subject, form, length, link. Prints its id.

    What speaks against the time (another meeting, an absence, closed hours) is told, and does not stop it.
    """
    session = invocation.session()
    named = named_client(session, client)
    made = planning.plan(
        session,
        named,
        read_line(session, named, joined(line)),
        contacts=_contacts(session, named.id, persons),
        colleagues=_colleagues(session, colleagues),
        agenda=agenda,
    )
    print_raw(str(made.meeting.id))
    for sentence in made.conflicts:
        tell(sentence)


@click.command(epilog="\b\nExample:\n  onewindow meeting people 12 --with Ким --colleague petrov")
@_meeting
@_with
@_colleague
@pass_invocation
def people(
    invocation: Invocation, meeting: str, persons: tuple[str, ...], colleagues: tuple[str, ...]
) -> None:
    """Let more people take part in a meeting, or without options print who does."""
    session = invocation.session()
    named = _named(session, meeting)
    if persons or colleagues:
        contacts = _contacts(session, named.client_id, persons)
        planning.add_people(session, named, contacts, _colleagues(session, colleagues))
    theirs, ours = planning.people_text(session, named)
    print_text("\n".join([*(f"client: {name}" for name in theirs), *(f"us: {name}" for name in ours)]))


@click.command(
    epilog="""\b
Examples:
  onewindow meeting postpone 12 "пн 15:00" --because "директор в командировке"
  onewindow meeting postpone 12 --because "время найдём позже\""""
)
@_meeting
@click.argument("when", nargs=-1)
@click.option("--because", default="", metavar="REASON", help="Why it moves; needed.")
@pass_invocation
def postpone(invocation: Invocation, meeting: str, when: tuple[str, ...], because: str) -> None:
    """Move a meeting to a new time of the client, or to one to be found; how often is counted."""
    session = invocation.session()
    moved = planning.postpone(session, _named(session, meeting), joined(when), because)
    print_text(planning.meeting_text(session, moved.meeting))
    for sentence in moved.conflicts:
        tell(sentence)


@click.command(epilog='\b\nExample:\n  onewindow meeting cancel 12 "договорились по телефону"')
@_meeting
@click.argument("reason", nargs=-1, required=True)
@pass_invocation
def cancel(invocation: Invocation, meeting: str, reason: tuple[str, ...]) -> None:
    """Call a meeting off, with the reason; `meeting ics` then gives the cancellation."""
    session = invocation.session()
    print_text(
        planning.meeting_text(session, planning.cancel(session, _named(session, meeting), joined(reason)))
    )


@click.command(epilog='\b\nExample:\n  onewindow meeting held 12 "показали отчёты, обучение в декабре"')
@_meeting
@click.argument("result", nargs=-1, required=True)
@pass_invocation
def held(invocation: Invocation, meeting: str, result: tuple[str, ...]) -> None:
    """Note that a meeting took place and what came of it; it stands in the timeline as a touch."""
    session = invocation.session()
    print_raw(str(planning.held(session, _named(session, meeting), joined(result)).touch_id))


@click.command(epilog="\b\nExample:\n  onewindow meeting invite 12 --template вс")
@_meeting
@click.option(
    "--template", metavar="NAME", shell_complete=complete_record("template"), help="Else the one that fits."
)
@pass_invocation
def invite(invocation: Invocation, meeting: str, template: str | None) -> None:
    """Queue the invitation; a mail carries the calendar file. Prints the message's id."""
    session = invocation.session()
    named = _named(session, meeting)
    language = rows.get(session.store, Client, named.client_id).language
    chosen = writing.named(session, template, language) if template else None
    print_raw(str(planning.invite(session, named, chosen).id))


@click.command(epilog="\b\nExample:\n  onewindow meeting ics 12 --file встреча.ics")
@_meeting
@file_options
@pass_invocation
def ics(invocation: Invocation, meeting: str, target: Path | None, *, force: bool) -> None:
    """Write a meeting as an iCalendar file: an invitation, or the cancellation of one that is off."""
    from onewindow.desk.meetings.calendar import calendar_file

    session = invocation.session()
    content = calendar_file(session, _named(session, meeting))[0].encode()
    if target is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    from onewindow.exchange.export.files import whole_file

    with whole_file(target, force=force) as stream:
        stream.write(content)
    print_text(str(target))


@click.command(epilog="\b\nExample:\n  onewindow meeting slots romashka --minutes 90 --colleague petrov")
@click.argument("client", metavar="CLIENT", shell_complete=complete_record("client"))
@click.option("--minutes", type=click.IntRange(1, 600), default=60, show_default=True, metavar="N")
@_colleague
@click.option("--limit", type=click.IntRange(1, 100), default=8, show_default=True, metavar="N")
@format_option
@pass_invocation
def slots(
    invocation: Invocation,
    client: str,
    *,
    minutes: int,
    colleagues: tuple[str, ...],
    limit: int,
    output_format: TableFormat,
) -> None:
    """List the next times at which both sides work and we are free."""
    session = invocation.session()
    named = named_client(session, client)
    staff = [session.me.id, *_colleagues(session, colleagues)]
    free = times.slots(session, named, staff, minutes, limit)
    if output_format != "table":
        print_table(({"starts_at": utc_text(at)} for at in free), ("starts_at",), output_format)
        return
    if not free:
        print_text(f"No common time within {times.LOOK_AHEAD_DAYS} days.")
        return
    here, there = ZoneInfo(session.zone), ZoneInfo(client_zone(session, named))
    rows = (
        {"here": f"{at.astimezone(here):%a %d.%m %H:%M}", "there": f"{at.astimezone(there):%H:%M}"}
        for at in free
    )
    print_table(rows, ("here", "there"), "table")


@click.command(
    epilog="""\b
Examples:
  onewindow meeting brief romashka
  onewindow meeting brief 12 --format md"""
)
@click.argument("word", metavar="CLIENT|MEETING", shell_complete=complete_record("client"))
@click.option(
    "--format", "output_format", type=click.Choice(["text", "md"]), default="text", show_default=True
)
@pass_invocation
def brief(invocation: Invocation, word: str, output_format: str) -> None:
    """Print all that one must know before meeting a client, on one page."""
    session = invocation.session()
    meeting = rows.find_by_word(session.store, Meeting, word)
    client_id = meeting.client_id if meeting else named_client(session, word).id
    content = meeting_brief.brief(session, client_id, meeting)
    print_text(
        meeting_brief.as_markdown(content)
        if output_format == "md"
        else "\n".join(meeting_brief.lines(content))
    )


@click.command(epilog="\b\nExample:\n  onewindow meeting counts --format csv")
@format_option
@pass_invocation
def counts(invocation: Invocation, output_format: TableFormat) -> None:
    """Count the meetings of each person: held, of them visits, times postponed, cancelled."""
    session = invocation.session()
    rows = (
        {"person": colleague.name, **counts_of_staff(session.store, colleague.id)._asdict()}
        for colleague in organization.staff(session.store)
        if colleague.archived_at is None
    )
    shown = [row for row in rows if any(row[name] for name in MeetingCounts._fields)]
    print_table(shown, ("person", *MeetingCounts._fields), output_format)


def named_client(session: Session, word: str) -> Client:
    """The client that a word names; raises NotFound."""
    return rows.get(session.store, Client, resolve(session, "client", word))


def _named(session: Session, word: str) -> Meeting:
    meeting = named_record(session, KINDS["meeting"], word)
    assert isinstance(meeting, Meeting)  # noqa: S101  the kind says so
    return meeting


def _contacts(session: Session, client_id: int, words: tuple[str, ...]) -> list[Contact]:
    return [rows.get(session.store, Contact, resolve(session, "contact", word, client_id)) for word in words]


def _colleagues(session: Session, words: tuple[str, ...]) -> list[int]:
    return [named_staff(session, word) for word in words]
