"""`onewindow doctor`: whether terminal, machine, file and backups are fit for work.

What examines is loaded when it runs: help and Tab need none of it.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from onewindow.cli.doctor.diagnoses import print_diagnoses
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import FORMATS, print_raw
from onewindow.cli.shell.problems import CommandProblem
from onewindow.exchange.export.writer import TableFormat
from onewindow.text.dates import utc_text
from onewindow.text.plural import counted

if TYPE_CHECKING:
    from onewindow.desk.doctor.diagnosis import Diagnosis
    from onewindow.desk.doctor.terminal_examination import Terminal


@click.command(
    epilog="\b\nExamples:\n  onewindow doctor\n  onewindow doctor --drill\n  onewindow doctor --format json"
)
@click.option("--drill", is_flag=True, help="Also restore the newest backup into a temporary file.")
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="table", show_default=True)
@pass_invocation
def doctor(invocation: Invocation, *, drill: bool, output_format: TableFormat) -> None:
    """Examine terminal, locale, versions, settings, clock, disk, rights, space and backups.

    Says with which command each thing is mended, and changes nothing itself. Ends with 1 when there is a
    fault; warnings and notes are only told. `onewindow db check` looks into the file.
    """
    levels: Counter[str] = Counter()
    faults = print_diagnoses(_counting(_examined(invocation, drill=drill), levels), output_format)
    if faults:
        raise CommandProblem(f"{counted(faults, 'fault')}; each says what mends it.")
    if output_format == "table":
        warnings = levels["warning"]
        print_raw(f"No faults, {counted(warnings, 'warning')}." if warnings else "All is well.")


def _counting(diagnoses: Iterator[Diagnosis], levels: Counter[str]) -> Iterator[Diagnosis]:
    for diagnosis in diagnoses:
        levels[diagnosis.level] += 1
        yield diagnosis


def _examined(invocation: Invocation, *, drill: bool) -> Iterator[Diagnosis]:
    from onewindow.desk.doctor.file_examination import examine_file
    from onewindow.desk.doctor.machine_examination import examine_clock, examine_settings, examine_versions
    from onewindow.desk.doctor.terminal_examination import examine_terminal
    from onewindow.desk.opening import backups_folder, database_path
    from onewindow.settings import from_environment, settings_path

    settings, mistakes = from_environment(invocation.environ)
    path = database_path(settings, invocation.database)
    backups = backups_folder(settings, path)
    now = datetime.now(UTC)
    yield from examine_terminal(_terminal(invocation))
    yield from examine_versions()
    yield from examine_settings(settings_path(invocation.environ), mistakes)
    yield from examine_clock(now, settings, invocation.environ)
    yield from examine_file(path, backups, now)
    if drill:
        from onewindow.desk.doctor.restore_drill import drill as practised

        yield from practised(path, backups, utc_text(now))


def _terminal(invocation: Invocation) -> Terminal:
    from onewindow.desk.doctor.terminal_examination import Terminal

    is_terminal = sys.stdout.isatty()
    try:
        size = os.get_terminal_size(sys.stdout.fileno()) if is_terminal else os.terminal_size((80, 24))
    except (OSError, ValueError):
        size = os.terminal_size((80, 24))
    return Terminal(
        environ=invocation.environ,
        columns=size.columns,
        lines=size.lines,
        encoding=sys.stdout.encoding or "",
        is_terminal=is_terminal,
        is_windows=os.name == "nt",
    )
