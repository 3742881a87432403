"""`onewindow db …`: what the file is, whether it is sound, copies of it, and bringing one back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.invocation import Invocation, pass_invocation
from onewindow.cli.printing import FORMATS, print_object, print_pairs, print_raw, print_table
from onewindow.cli.problems import CommandProblem
from onewindow.exchange.writer import TableFormat

if TYPE_CHECKING:
    from onewindow.store.engine import Store

_BACKUPS = "backups"


@click.group(name="db", no_args_is_help=True)
def group() -> None:
    """Look after the file of the data: what it is, whether it is sound, backups, restoring."""


@group.command(epilog="\b\nExample:\n  onewindow db info --format json")
@click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@pass_invocation
def info(invocation: Invocation, output_format: str) -> None:
    """Print where the file is, how large, of which version, how many records, who has it open."""
    from onewindow.store import checking

    with _opened(invocation) as store:
        values = checking.info(store)
    if output_format == "json":
        print_object(values)
        return
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        if isinstance(value, dict):
            inner = cast("dict[str, object]", value)
            shown = ", ".join(f"{key} {each}" for key, each in inner.items() if each not in (0, "", None))
        else:
            shown = "" if value is None else str(value)
        pairs.append((name.replace("_", " "), shown))
    print_pairs(pairs)


@group.command(epilog="\b\nExamples:\n  onewindow db check\n  onewindow db check --thorough")
@click.option("--thorough", is_flag=True, help="Compare every index with its table too; takes twice as long.")
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="table", show_default=True)
@pass_invocation
def check(invocation: Invocation, *, thorough: bool, output_format: TableFormat) -> None:
    """Look for damage, dangling references, lists and searches that differ from the records."""
    from onewindow.desk import caches
    from onewindow.store import checking

    with _opened(invocation) as store:
        found = [(each.area, each.message) for each in checking.check(store, thorough=thorough)]
        found += [("caches", message) for message in caches.differences(store)]
    rows = [{"area": area, "message": message} for area, message in found]
    if output_format != "table" or found:
        print_table(rows, ("area", "message"), output_format)
    if found:
        raise CommandProblem(
            f"{len(found)} things are wrong with the file; `onewindow db rebuild` mends caches."
        )
    if output_format == "table":
        print_raw("The file is sound.")


@group.command(epilog="\b\nExamples:\n  onewindow db backup\n  onewindow db backup /mnt/copies/")
@click.argument("target", required=False, metavar="[FILE_OR_DIRECTORY]")
@pass_invocation
def backup(invocation: Invocation, target: str | None) -> None:
    """Write a checked copy and print where it is; in a directory, older copies are thinned out."""
    from onewindow.store.backup import backup as write_copy

    with _opened(invocation) as store:
        where = Path(target).expanduser() if target else store.path.with_name(_BACKUPS)
        print_raw(str(write_copy(store, where, _now())))


@group.command(epilog="\b\nExample:\n  onewindow db restore backups/onewindow-2026-11-23T0900.db")
@click.argument("copy", metavar="BACKUP")
@pass_invocation
def restore(invocation: Invocation, copy: str) -> None:
    """Put a backup in the place of the file; the old file is set aside and its new name printed."""
    from onewindow.store.backup import restore as put_back

    aside = put_back(invocation.path(), Path(copy), _now())
    print_raw(str(aside) if aside else str(invocation.path()))


@group.command(epilog="\b\nExample:\n  onewindow db verify backups/onewindow-2026-11-23T0900.db")
@click.argument("copy", metavar="FILE")
def verify(copy: str) -> None:
    """Say whether a backup is good."""
    from onewindow.store.backup import verify as problems_of

    path = Path(copy).expanduser()
    if not path.is_file():
        raise CommandProblem(f"There is no file {path}.")
    problems = problems_of(path)
    if problems:
        raise CommandProblem(problems[0])
    print_raw("The file is good.")


@group.command(epilog="\b\nExample:\n  onewindow db migrate")
@pass_invocation
def migrate(invocation: Invocation) -> None:
    """Bring the file to the schema of this program, as every opening does, and print its number."""
    with _opened(invocation) as store:
        print_raw(str(store.scalar("PRAGMA user_version")))


@group.command(epilog="\b\nExample:\n  onewindow db rebuild")
@pass_invocation
def rebuild(invocation: Invocation) -> None:
    """Make the lists and the search anew from the records, and print how many clients there are."""
    from onewindow.desk import caches

    with _opened(invocation) as store:
        print_raw(str(caches.rebuild(store, datetime.now(UTC))))


def _opened(invocation: Invocation) -> Store:
    """The file without anybody at work in it: looking after it must leave no trace in its log."""
    from onewindow.store.engine import open_store

    return open_store(invocation.path())


def _now() -> str:
    from onewindow.text.dates import utc_text

    return utc_text(datetime.now(UTC))
