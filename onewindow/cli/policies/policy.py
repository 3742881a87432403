"""`onewindow policy …`: the common verbs with typed targets, versions, which one counts, replay.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import click

from onewindow.cli.editing.record_group import RecordGroup, ready
from onewindow.cli.editing.record_naming import named_record
from onewindow.cli.editing.record_reading import current_invocation
from onewindow.cli.editing.record_writing import add_command, edit_command
from onewindow.cli.shell.completing import complete_choice, complete_record
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_raw, print_table, print_text, tell
from onewindow.cli.shell.word_choice import WordChoice
from onewindow.desk.policies import matching as policies
from onewindow.desk.policies.matching import targets_text
from onewindow.desk.policies.shadows import shadow_of
from onewindow.desk.reference.policy_book import whom
from onewindow.desk.reference.policy_segments import of_client
from onewindow.desk.session import naming
from onewindow.desk.session.naming import resolve_client
from onewindow.desk.sla.policy_versions import COUNTED
from onewindow.records.by_name import value_if_any, value_of
from onewindow.records.kinds import KINDS, Kind
from onewindow.records.organization import SlaPolicy
from onewindow.records.requests import PRIORITIES
from onewindow.store.people import organization
from onewindow.text.durations import minutes_text
from onewindow.text.typed_dates import parse_date

if TYPE_CHECKING:
    from datetime import date

    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat
    from onewindow.records.fields import Lean

_KIND = KINDS["policy"]
_TARGETS = {"first": "first_response_min", "next": "next_response_min", "solution": "resolution_min"}
_COLUMNS = (
    *("id", "name", "segment_id", "tier", "priority", "request_kind"),
    *("first", "next", "solution", "valid_from"),
)
_DAY = "a day is the open time of the calendar's longest weekday"


def _target_options() -> list[click.Parameter]:
    words = {"first": "the first answer", "next": "the next answer", "solution": "the solution"}
    return [
        click.Option(
            [f"--{name}", f"target_{name}"],
            metavar="LENGTH",
            help=f"Target of {what} in working time: 10m, 4h, 2d ({_DAY}), none.",
        )
        for name, what in words.items()
    ]


def _add(kind: Kind) -> click.Command:
    """`add` with targets as people type them."""
    command = add_command(kind)
    common = cast("Callable[..., None]", command.callback)

    def callback(**given: Any) -> None:
        typed = {_TARGETS[name]: given.pop(f"target_{name}") for name in _TARGETS}
        typed = {name: text for name, text in typed.items() if text is not None}
        if given.get("json_source") is None:
            session = current_invocation().session(create=True)
            if given.get("calendar_id") is None:
                given["calendar_id"] = _only_calendar(session)
            given["valid_from"] = given.get("valid_from") or session.today().isoformat()
            given |= {name: str(value) for name, value in _read(session, given, typed).items()}
        common(**given)
        _tell_shadow(current_invocation().session())

    command.callback = callback
    command.params = [*command.params, *_target_options()]
    command.epilog = (
        '\b\nExample:\n  onewindow policy add "A urgent" --tier A --priority urgent --first 10m --solution 4h'
    )
    return command


def _tell_shadow(session: Session) -> None:
    """Say of the newest policy that it will never count, if that is so."""
    book = session.directory.policies
    newest = max(book.policies, key=lambda policy: policy.id)
    if shadow := shadow_of(book, newest, session.now_text()):
        tell(shadow)


def _edit(kind: Kind) -> click.Command:
    """`edit`, which says from when on a change counts."""
    command = edit_command(kind)
    common = cast("Callable[..., None]", command.callback)

    def callback(**given: Any) -> None:
        session = current_invocation().session()
        before = {_counted(policy) for policy in session.directory.policies.policies}
        common(**given)
        for policy in session.directory.policies.policies:
            if _counted(policy) not in before:
                _tell_since(session, policy)

    command.callback = callback
    return command


def _counted(policy: SlaPolicy) -> tuple[object, ...]:
    return tuple(value_of(policy, name) for name in ("id", *COUNTED))


def _tell_since(session: Session, policy: SlaPolicy) -> None:
    """Say of a changed policy what holds, and from when on."""
    ahead = policy.valid_from > session.today().isoformat()
    since = f"from {policy.valid_from} on" if ahead else "from now on"
    tell(f"“{policy.name}”: {targets_text(policy)}, {since}; what was late in the past stays late.")


def _read(session: Session, given: dict[str, Any], typed: dict[str, str]) -> dict[str, Any]:
    if not typed:
        return {}
    number = naming.resolve(session, "calendar", str(given["calendar_id"]))
    targets = policies.read_targets(session.directory.policies.calendars[number], typed)
    return {name: value for name, value in targets.items() if value is not None}


def _only_calendar(session: Session) -> str:
    live = [calendar for calendar in organization.calendars(session.store) if calendar.archived_at is None]
    if len(live) == 1:
        return str(live[0].id)
    names = ", ".join(calendar.name for calendar in live)
    raise click.UsageError(f"say which --calendar: {names}", click.get_current_context())


@click.command(
    epilog='\b\nExamples:\n  onewindow policy change "A high" --first 15m --from 2027-01-01\n'
    '  onewindow policy change "A high" --end'
)
@click.argument("policy", metavar="POLICY", shell_complete=complete_record("policy"))
@click.option(
    "--calendar", metavar="CALENDAR", shell_complete=complete_record("calendar"), help="Count by it."
)
@click.option("--end", "is_end", is_flag=True, help="No targets any more; a more general policy counts then.")
@click.option("--from", "since", metavar="DATE", help="The first day of the new version; else from now on.")
@pass_invocation
def change(
    invocation: Invocation,
    policy: str,
    calendar: str | None,
    is_end: bool,
    since: str | None,
    **typed: str | None,
) -> None:
    """Let other targets count from now or a date on: a new version; what was late stays late."""
    session = invocation.session()
    record = _named(session, policy)
    day = _date(session, since, "ahead") if since else session.today()
    if day < session.today():
        tell(f"{day:%d.%m.%Y} lies behind: requests are counted by it from now on.")
    values: dict[str, Any] = dict.fromkeys(policies.TARGETS) if is_end else {}
    if calendar is not None:
        values["calendar_id"] = naming.resolve(session, "calendar", calendar)
    cal = session.directory.policies.calendars[values.get("calendar_id", record.calendar_id)]
    targets = {
        _TARGETS[name.removeprefix("target_")]: text for name, text in typed.items() if text is not None
    }
    values |= policies.read_targets(cal, targets)
    if not values:
        raise click.UsageError(
            "say what is to change: --first, --next, --solution", click.get_current_context()
        )
    made = policies.add_version(session, record, values, day)
    print_raw(str(made.id))
    _tell_since(session, made)


change.params += _target_options()


@click.command(epilog='\b\nExample:\n  onewindow policy versions "A high"')
@click.argument("policy", metavar="POLICY", shell_complete=complete_record("policy"))
@format_option
@pass_invocation
def versions(invocation: Invocation, policy: str, output_format: TableFormat) -> None:
    """List the versions of a policy, the newest first."""
    session = invocation.session()
    line = whom(_named(session, policy))
    lines = policies.versions(session.directory.policies, line)
    print_table([_row(version) for version in lines], _COLUMNS, output_format)


@click.command(epilog="\b\nExample:\n  onewindow policy which --tier A --priority high --on 2027-01-11")
@click.option("--tier", default="", metavar="TIER", shell_complete=complete_choice("ABCD"), help="A to D.")
@click.option(
    "--priority",
    default="normal",
    type=WordChoice(PRIORITIES, "request", "priority"),
    show_default=True,
    help="Priority.",
)
@click.option("--kind", default="problem", metavar="KIND", show_default=True, help="Kind of request.")
@click.option("--on", "day", metavar="DATE", help="On which date; else today.")
@click.option(
    "--client",
    metavar="CLIENT",
    shell_complete=complete_record("client"),
    help="For a request of this client: by its tier and its segments.",
)
@pass_invocation
def which(
    invocation: Invocation, tier: str, priority: str, kind: str, day: str | None, client: str | None
) -> None:
    """Say which policy counts for a tier, priority and kind on a date, or for a client, and why."""
    session = invocation.session()
    on = _date(session, day) if day else session.today()
    client_record = resolve_client(session, client) if client else None
    segments = of_client(session.store, client_record.id) if client_record else frozenset[int]()
    asked = (client_record.tier if client_record and not tier else tier.upper(), priority, kind)
    lines = policies.why_this(session.directory.policies, asked, on, session.zone, segments)
    print_text("\n".join(lines))


@click.command(epilog="\b\nExample:\n  onewindow policy check")
@format_option
@pass_invocation
def check(invocation: Invocation, output_format: TableFormat) -> None:
    """Look for policies that never count, overlaps, gaps and holidays that run out."""
    session = invocation.session()
    problems = policies.problems(session.directory.policies, session.today(), session.zone)
    if output_format != "table":
        print_table(
            [{"kind": problem.kind, "problem": problem.text} for problem in problems],
            ["kind", "problem"],
            output_format,
        )
    else:
        print_text(
            "\n".join(problem.text for problem in problems) or "The policies neither overlap nor leave gaps."
        )


def _row(policy: SlaPolicy) -> dict[str, object]:
    row: dict[str, object] = {name: value_if_any(policy, name) for name in _COLUMNS}
    row |= {name: minutes_text(value_of(policy, field)) for name, field in _TARGETS.items()}
    return row


def _date(session: Session, text: str, lean: Lean = "") -> date:
    try:
        return parse_date(text, session.today(), lean)
    except ValueError as error:
        raise click.UsageError(str(error), click.get_current_context()) from None


def _named(session: Session, word: str) -> SlaPolicy:
    """The newest version of the policy that a name, or its beginning, means; or the one with an id."""
    known, wanted = session.directory.policies.policies, word.casefold()
    exact = [policy for policy in known if policy.name.casefold() == wanted]
    meant = exact or [policy for policy in known if policy.name.casefold().startswith(wanted)]
    if len({whom(policy) for policy in meant}) == 1:
        return max(meant, key=lambda policy: (policy.valid_from, policy.id))
    return cast("SlaPolicy", named_record(session, _KIND, word, None))


def _replay(_: Kind) -> click.Command:
    from onewindow.cli.policies.replay import replay

    return replay


group = RecordGroup(
    _KIND,
    {
        "add": _add,
        "edit": _edit,
        **ready(change, versions, which, check),
        "replay": _replay,
    },
)
