"""`onewindow calendar …`: the common verbs with hours as people write them, what is open when, holidays.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import click

from onewindow.cli.editing.record_group import Builder, RecordGroup, ready
from onewindow.cli.editing.record_naming import named_record
from onewindow.cli.editing.record_reading import current_invocation
from onewindow.cli.editing.record_rows import machine_row
from onewindow.cli.editing.record_writing import add_command, edit_command
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import FORMATS, print_object, print_raw, print_table, print_text, tell
from onewindow.desk.policies import calendars
from onewindow.desk.validation import calendar_hours
from onewindow.records.kinds import KINDS, Kind
from onewindow.records.organization import WorkingCalendar
from onewindow.store.people import organization
from onewindow.text.opening_hours import spans_text
from onewindow.text.typed_dates import parse_when

if TYPE_CHECKING:
    from onewindow.desk.policies.calendars import OpenDay
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat
    from onewindow.metrics.policies.working_time import Calendar

_KIND = KINDS["calendar"]
_OWN = ("zone", "since", "close", "open", "usual", "holidays")
_DAYS_SHOWN = 28
_COLUMNS = ("date", "weekday", "hours", "open_seconds", "differs", "reason")


def _options() -> list[click.Parameter]:
    return [
        click.Option(["--zone"], metavar="ZONE", help="Time zone, for example Europe/Sofia; else yours."),
        click.Option(
            ["--from", "since"],
            metavar="DATE",
            help="The day from which the hours hold; the past is counted by the old ones.",
        ),
        click.Option(
            ["--close"],
            multiple=True,
            metavar="DATE",
            help='A date, or DATE..DATE, that is closed, with a reason behind it: "8.01 inventory".',
        ),
        click.Option(
            ["--open"],
            multiple=True,
            metavar="DATE_HOURS",
            help='A date with hours of its own: "2026-11-28 10:00-15:00 sale".',
        ),
        click.Option(
            ["--usual"], multiple=True, metavar="DATE", help="A date that is like its weekday again."
        ),
        click.Option(
            ["--holidays"],
            metavar="COUNTRY",
            help="Close on the public holidays of a country: RU, BG, DE-BY; none for no holidays.",
        ),
    ]


def _with_options(build: Callable[[Kind], click.Command], epilog: str) -> Builder:
    """A common verb that takes the parts of a calendar one by one too."""

    def made(kind: Kind) -> click.Command:
        command = build(kind)
        common = cast("Callable[..., None]", command.callback)

        def callback(**given: Any) -> None:
            parts = {name: given.pop(name) for name in _OWN}
            hours = given.get("hours")
            is_whole = isinstance(hours, str) and (hours.lstrip().startswith("{") or "\n" in hours.strip())
            if any(parts.values()) or (hours is not None and not is_whole):
                if is_whole or given.get("json_source"):
                    raise click.UsageError("give a whole calendar, or its parts", click.get_current_context())
                given["hours"] = _hours(given.get("record"), hours, parts)
            common(**given)

        command.callback = callback
        command.params = [
            *(param for param in command.params if isinstance(param, click.Argument)),
            *_options(),
            *(param for param in command.params if not isinstance(param, click.Argument)),
        ]
        for param in command.params:
            if isinstance(param, click.Option) and param.name == "hours":
                param.help = (
                    "Hours by weekday: mon-fri 9:00-13:00 14:00-18:00; sat 10-15. Or a whole calendar."
                )
        command.epilog = epilog
        return command

    return made


def _hours(record: str | None, hours: str | None, parts: dict[str, Any]) -> str:
    session = current_invocation().session(create=record is None)
    before = None
    if record is not None:
        before = calendar_hours.stored_calendar(_named(session, record).hours)
    elif hours is None:
        raise click.UsageError(
            'say when it is open: --hours "mon-fri 9:00-18:00"', click.get_current_context()
        )
    change = calendars.CalendarChange(
        zone=parts["zone"],
        hours=hours,
        since=parts["since"] or "",
        close=parts["close"],
        open=parts["open"],
        usual=parts["usual"],
        holidays=parts["holidays"],
    )
    after = calendars.changed(before, change, session.zone, session.today())
    if before is not None and calendars.changes_the_past(before, after, session.today()):
        tell(
            "Other hours count from now on; a date that was closed or opened counts so, a past one too."
            " What was late stays late."
        )
    return calendar_hours.hours_json(after)


def _show(kind: Kind) -> click.Command:
    @click.command(
        name="show",
        epilog='\b\nExamples:\n  onewindow calendar show "working week" --month 2027-01\n'
        '  onewindow calendar show "working week" --year 2027 --format csv',
    )
    @click.argument("record", metavar="CALENDAR", shell_complete=complete_record(kind.name))
    @click.option("--month", metavar="YYYY-MM", help="Every day of a month; else the next four weeks.")
    @click.option("--year", type=click.IntRange(1970, 2999), metavar="YYYY", help="Every day of a year.")
    @click.option(
        "--format",
        "output_format",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="json and jsonl give the record, with --month or --year its days as data.",
    )
    @pass_invocation
    def show(
        invocation: Invocation, record: str, month: str | None, year: int | None, output_format: TableFormat
    ) -> None:
        """Show the hours of a calendar, and what is open each day with the reason where it differs."""
        session = invocation.session()
        calendar = _named(session, record)
        if output_format != "table" and month is None and year is None:
            if output_format == "json":
                print_object(machine_row(calendar))
            else:
                print_table([machine_row(calendar)], list(machine_row(calendar)), output_format)
            return
        cal = calendar_hours.stored_calendar(calendar.hours)
        first, count = _stretch(session, month, year)
        days = calendars.open_days(cal, first, count)
        if output_format != "table":
            print_table([_row(day_hours) for day_hours in days], _COLUMNS, output_format)
            return
        print_text(
            "\n".join(
                [
                    calendar.name,
                    *_about(session, cal, calendar),
                    "",
                    *(calendars.day_text(day, session.today()) for day in days),
                ]
            )
        )

    return show


def _about(session: Session, cal: Calendar, record: WorkingCalendar) -> list[str]:
    lines = [f"  {line}" for line in calendar_hours.calendar_text(cal).splitlines()]
    if cal.holidays is not None:
        known = cal.holidays
        lines.append(f"  holidays of {known.country} are known from {known.first_year} to {known.last_year}")
    users = [p.name for p in session.directory.policies.policies if p.calendar_id == record.id]
    lines.append(f"  counts for {len(users)} SLA policies" if users else "  no SLA policy counts by it")
    return lines


def _row(day: OpenDay) -> dict[str, object]:
    return {
        "date": day.day.isoformat(),
        "weekday": f"{day.day:%a}".casefold(),
        "hours": spans_text(day.spans),
        "open_seconds": day.open_s,
        "differs": day.differs,
        "reason": day.reason,
    }


def _stretch(session: Session, month: str | None, year: int | None) -> tuple[date, int]:
    """The first day to be shown, and how many."""
    if month is not None:
        try:
            first = date.fromisoformat(f"{month}-01")
            following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        except ValueError:
            raise click.UsageError(
                f"“{month}” is no month; write for example 2027-01", click.get_current_context()
            ) from None
        return first, (following - first).days
    if year is not None:
        return date(year, 1, 1), (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return session.today(), _DAYS_SHOWN


@click.command(
    epilog='\b\nExample:\n  onewindow calendar open-time "13.11 16:30" "16.11 10:00" --calendar Москва'
)
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.option(
    "--calendar",
    "record",
    metavar="CALENDAR",
    shell_complete=complete_record("calendar"),
    help="Which calendar counts; needed if there are several.",
)
@pass_invocation
def open_time(invocation: Invocation, start: str, end: str, record: str | None) -> None:
    """Count the open time between two instants and show the arithmetic: nights, breaks, holidays."""
    session = invocation.session()
    known = _live(session)
    if record is None and len(known) != 1:
        names = ", ".join(calendar.name for calendar in known)
        raise click.UsageError(f"say which --calendar: {names}", click.get_current_context())
    calendar = _named(session, record) if record is not None else known[0]
    try:
        first, last = (parse_when(text, session.local_now()) for text in (start, end))
    except ValueError as error:
        raise click.UsageError(str(error), click.get_current_context()) from None
    if last < first:
        raise click.UsageError("the end lies before the beginning", click.get_current_context())
    lines = calendars.open_time_lines(calendar_hours.stored_calendar(calendar.hours), first, last)
    print_text("\n".join(lines))


@click.command(epilog="\b\nExample:\n  onewindow calendar refresh")
@click.argument("records", metavar="[CALENDAR]...", nargs=-1, shell_complete=complete_record("calendar"))
@pass_invocation
def refresh(invocation: Invocation, records: tuple[str, ...]) -> None:
    """Work out the public holidays of calendars again, from today on; all of them if none is named."""
    from onewindow.desk.editing import changing

    session = invocation.session()
    for calendar in [_named(session, word) for word in records] or _live(session):
        before = calendar_hours.stored_calendar(calendar.hours)
        after = calendars.with_current_holidays(before, session.today())
        if before.holidays is None:
            continue
        changing.change(session, calendar, {"hours": calendar_hours.hours_json(after)})
        print_raw(str(calendar.id))


def _named(session: Session, word: str) -> WorkingCalendar:
    return cast("WorkingCalendar", named_record(session, _KIND, word, None))


def _live(session: Session) -> Sequence[WorkingCalendar]:
    return [calendar for calendar in organization.calendars(session.store) if calendar.archived_at is None]


group = RecordGroup(
    _KIND,
    {
        "add": _with_options(
            add_command,
            '\b\nExample:\n  onewindow calendar add Москва --zone Europe/Moscow --hours "пн-пт 9-13, 14-18"'
            ' --holidays RU --close "8.01 инвентаризация"',
        ),
        "edit": _with_options(
            edit_command,
            '\b\nExamples:\n  onewindow calendar edit Москва --open "2026-11-28 10:00-15:00"\n'
            '  onewindow calendar edit Москва --hours "mon-fri 9-18" --from 2027-01-01',
        ),
        "show": _show,
        **ready(open_time, refresh),
    },
)
