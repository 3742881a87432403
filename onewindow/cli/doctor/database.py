"""`onewindow db …`: what the file is, whether it is sound, copies of it, and bringing one back.

The work of a verb is loaded when that verb runs: some of it is the whole desk, and copying a file needs
little.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.doctor.diagnoses import print_diagnoses
from onewindow.cli.doctor.salvage import salvage
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import (
    FORMATS,
    print_object,
    print_pairs,
    print_raw,
    print_table,
    print_text,
)
from onewindow.cli.shell.problems import CommandProblem
from onewindow.cli.shell.progress import Phases
from onewindow.exchange.export.writer import TableFormat
from onewindow.store.problems import Damaged
from onewindow.text.dates import utc_text
from onewindow.text.plural import counted

if TYPE_CHECKING:
    from onewindow.store.engine import Store

_text_or_json = click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.group(name="db", no_args_is_help=True)
def group() -> None:
    """Look after the file of the data: what it is, whether it is sound, backups, restoring."""


@group.command(epilog="\b\nExample:\n  onewindow db info --format json")
@_text_or_json
@pass_invocation
def info(invocation: Invocation, output_format: str) -> None:
    """Print where the file is and what is in it.

    Its size, version, records and backups, and who has it open.
    """
    from onewindow.store.doctor import backup, checking
    from onewindow.store.file import paths

    folder = _backups(invocation)
    path = invocation.path().expanduser()
    try:
        with _opened(invocation) as store:
            values = checking.info(store)
    except Damaged as problem:
        values = checking.info_of_damaged(path) | {"damage": str(problem)}
    values["file_system"] = paths.file_system_type(path)
    copies = backup.backups_in(folder, invocation.path())
    values["backups"] = {
        "folder": str(folder),
        "copies": len(copies),
        "newest": copies[0].name if copies else None,
    }
    if output_format == "json":
        print_object(values)
        return
    print_pairs((name.replace("_", " "), _readable(value)) for name, value in values.items())


def _readable(value: object) -> str:
    if isinstance(value, dict):
        inner = cast("dict[str, object]", value)
        return ", ".join(f"{key} {item}" for key, item in inner.items() if item not in (0, "", None))
    if isinstance(value, list):
        return ", ".join(_readable(item) for item in cast("list[object]", value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


@group.command(epilog="\b\nExamples:\n  onewindow db check\n  onewindow db check --thorough --format json")
@click.option(
    "--thorough", is_flag=True, help="Compare every index with its table and read every backup whole too."
)
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="table", show_default=True)
@pass_invocation
def check(invocation: Invocation, *, thorough: bool, output_format: TableFormat) -> None:
    """Look for damage, dangling references and lost files.

    Lists that differ from the records and bad backups are found too.

    Ends with 1 when there is a fault; warnings and notes are only told. Others may go on working.
    """
    from onewindow.desk.doctor.file_check import check_damaged_file, check_file, check_missing_file
    from onewindow.desk.opening import take_turn

    path, folder = invocation.path(), _backups(invocation)
    if not path.exists() and (lost := list(check_missing_file(path, folder))):
        faults = print_diagnoses(lost, output_format)
    else:
        try:
            with _opened(invocation) as store:
                take_turn(store, datetime.now(UTC))
                diagnoses = list(check_file(store, folder, thorough=thorough))
        except Damaged as problem:
            diagnoses = list(check_damaged_file(path.expanduser(), folder, [str(problem)]))
        faults = print_diagnoses(diagnoses, output_format)
    if faults:
        raise CommandProblem(f"The file is not sound: {counted(faults, 'fault')}; each says what mends it.")
    if output_format == "table":
        print_raw("The file is sound.")


@group.command(epilog="\b\nExamples:\n  onewindow db backup\n  onewindow db backup /mnt/copies/")
@click.argument("target", required=False, metavar="[FILE_OR_DIRECTORY]")
@_text_or_json
@pass_invocation
def backup(invocation: Invocation, target: str | None, output_format: str) -> None:
    """Write a checked copy and print where it is.

    Others may go on working.

    Without a name it goes to the folder of the settings. In a folder, of the older copies the newest of seven
    days and of four weeks are kept.
    """
    from onewindow.store.doctor import backup as copies

    where = Path(target).expanduser() if target else _backups(invocation)
    with _opened(invocation) as store:
        copy = copies.backup(store, where, _now())
    if output_format == "json":
        kept = [backup_file.name for backup_file in copies.backups_in(copy.parent, invocation.path())]
        last = copies.last_change(copy)[0]
        print_object(
            {"path": str(copy), "bytes": copy.stat().st_size, "last_change": last, "in_folder": kept}
        )
    else:
        print_raw(str(copy))


@group.command(epilog="\b\nExample:\n  onewindow db restore backups/onewindow-4d0c51e2-2026-11-23T090000.db")
@click.argument("copy", metavar="BACKUP")
@_text_or_json
@pass_invocation
def restore(invocation: Invocation, copy: str, output_format: str) -> None:
    """Put a backup in the place of the file.

    The old file is set aside and its new name printed; the history says who restored what.

    Refuses a backup that is not good, and does nothing while anybody has the file open, or where that cannot
    be found out.
    """
    from onewindow.desk.session.file_rights import validate_not_quality
    from onewindow.store.doctor.restoring import restore as put_back

    path, login = invocation.path(), invocation.login_name()
    validate_not_quality((path, Path(copy)), login, "restore a backup")
    aside = put_back(path, Path(copy), _now(), login)
    if output_format == "json":
        print_object({"path": str(path), "set_aside": str(aside) if aside else None})
    else:
        print_raw(str(aside or path))


@group.command(epilog="\b\nExamples:\n  onewindow db verify\n  onewindow db verify backups/my.db")
@click.argument("copy", metavar="[FILE]", required=False)
@_text_or_json
@pass_invocation
def verify(invocation: Invocation, copy: str | None, output_format: str) -> None:
    """Say whether a backup is good; without a name, the newest one."""
    from onewindow.store.doctor.backup import backups_in
    from onewindow.store.doctor.backup import verify as problems_of

    if copy is None:
        folder = _backups(invocation)
        path = next(iter(backups_in(folder, invocation.path())), None)
        if path is None:
            raise CommandProblem(f"There is no backup in {folder}; `onewindow db backup` makes one.")
    else:
        path = Path(copy).expanduser()
        if not path.is_file():
            raise CommandProblem(f"There is no file {path}.")
    problems = problems_of(path)
    if output_format == "json":
        print_object({"path": str(path), "good": not problems, "problems": problems})
    if problems:
        raise CommandProblem(problems[0])
    if output_format == "text":
        print_raw("The file is good." if copy else f"{path} is good.")


@group.command(epilog="\b\nExamples:\n  onewindow db history\n  onewindow db history --format jsonl")
@click.option("--limit", type=Count(min=1), metavar="N", default=50, show_default=True, help="The newest N.")
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="table", show_default=True)
@pass_invocation
def history(invocation: Invocation, limit: int, output_format: TableFormat) -> None:
    """Show who restored, rebuilt or salvaged the file, when, and from what; newest first."""
    from onewindow.store.doctor import file_history

    with _opened(invocation) as store:
        done = file_history.actions(store, limit)
    print_table((action._asdict() for action in done), ("at", "actor", "what"), output_format)


group.add_command(salvage)


@group.command(epilog="\b\nExample:\n  onewindow db migrate")
@_text_or_json
@pass_invocation
def migrate(invocation: Invocation, output_format: str) -> None:
    """Bring the file to the schema of this program.

    Every opening does so too. Prints the number of the schema.
    """
    from onewindow.store import schema
    from onewindow.store.file import paths

    path = invocation.path().expanduser()
    header = paths.read_header(path) if path.is_file() else None
    with _opened(invocation) as store:
        version = schema.read_version(store.connection)
    if output_format == "json":
        print_object({"schema_before": header.version if header else 0, "schema_version": version})
    else:
        print_raw(str(version))


@group.command(epilog="\b\nExample:\n  onewindow db rebuild")
@_text_or_json
@pass_invocation
def rebuild(invocation: Invocation, output_format: str) -> None:
    """Make lists, search and damaged indexes again from the records.

    Prints how many clients there are. Where damage leaves no other way, a new file takes the place of the
    old one, which is set aside. Does nothing if records themselves are damaged.
    """
    from onewindow.desk.doctor.rebuilding import rebuild as made_again
    from onewindow.desk.session.file_rights import validate_not_quality

    login = invocation.login_name()
    validate_not_quality((invocation.path(),), login, "rebuild it")
    done = made_again(invocation.path(), datetime.now(UTC), login, Phases())
    if output_format == "json":
        aside = {"set_aside": str(done.set_aside)} if done.set_aside else {}
        print_object({"clients": done.clients, **aside})
        return
    if done.set_aside:
        print_text(f"A new file was made from all records; the old one is {done.set_aside}.")
    print_raw(str(done.clients))


def _opened(invocation: Invocation) -> Store:
    """The file without anybody at work in it: looking after it must leave no trace in its log."""
    from onewindow.store.engine import open_store

    return open_store(invocation.path())


def _backups(invocation: Invocation) -> Path:
    from onewindow.desk.opening import backups_folder

    return backups_folder(invocation.settings(), invocation.path())


def _now() -> str:
    return utc_text(datetime.now(UTC))
