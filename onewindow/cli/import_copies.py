"""`onewindow import all DIR`: a whole copy that `export all` wrote, tables that are no records among it.

The import is loaded when a file is read: it is the largest part of the desk.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import print_pairs, print_table, tell
from onewindow.cli.shell.problems import CommandProblem
from onewindow.cli.shell.progress import Phases
from onewindow.desk.editing import changing
from onewindow.desk.editing.copied_tables import COPIED_TABLES, bring_in
from onewindow.exchange.tables.opening import read_source
from onewindow.records.fields import Record
from onewindow.records.kinds import COPIED_KINDS, IMPORTED_KINDS
from onewindow.records.organization import SlaPolicy, WorkingCalendar
from onewindow.store import rows

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session

_COLUMNS = ("file", "created", "updated", "unchanged", "rejected", "flagged")
_FOLDER = "give the folder that “onewindow export all” wrote"
_REJECTED_SHOWN = 5

Counts = dict[str, object]


def table_command(name: str) -> click.Command:
    """The command that imports a table of a copy that is no kind of record."""
    table = COPIED_TABLES[name]

    def run(invocation: Invocation, file: str) -> None:
        path = Path(file).expanduser()
        report = bring_in(invocation.session(create=True), table, read_source(path, path.name), path.name)
        print_pairs([("created", str(report.created)), ("unchanged", str(report.unchanged))])

    word = table.plural.replace(" ", "-")
    text = f"""Bring in {table.plural} from a file that `onewindow export all` wrote.

    What is on file stays as it is, and rows of records that are not here are passed over."""
    command = click.command(word, help=text, epilog=f"\b\nExample:\n  onewindow import {word} {name}.jsonl")(
        pass_invocation(run)
    )
    command.params[:0] = [click.Argument(["file"], metavar="FILE")]
    return command


@click.command(name="all", epilog="\b\nExample:\n  onewindow --db copy.db import all ./copy")
@click.argument("folder", metavar="DIR")
@pass_invocation
def import_all(invocation: Invocation, folder: str) -> None:
    """Bring in a whole copy that `onewindow export all` wrote, file by file in the order of its manifest.

    Into a new file it gives the same clients with all that is theirs. What is on file already stays one
    record. Each file is an import of its own, which `onewindow import undo` takes back.
    """
    target = Path(folder).expanduser()
    files = _listed(target)
    is_new = not invocation.path().exists()
    session = invocation.session(create=True)
    made = _rules(session) if is_new else []
    counts: list[Counts] = []
    complaints: list[str] = []
    for kind, path in files:
        counts.append(_taken(session, kind, path, complaints.append))
    if any(kind == "policy" for kind, _ in files):
        _put_away(session, made)
    print_table(counts, _COLUMNS, "table")
    for complaint in complaints:
        tell(complaint)
    rejected = sum(int(str(row["rejected"])) for row in counts)
    if rejected:
        raise CommandProblem(f"{rejected} rows were rejected; all others came in.")


def _listed(folder: Path) -> list[tuple[str, Path]]:
    """Kind and file of all that a copy lists, in its order; raises CommandProblem for what is no copy."""
    manifest = folder / "manifest.json"
    try:
        listed = json.loads(manifest.read_text("utf-8"))["files"]
        # Only the name: a manifest from elsewhere must not lead out of its folder.
        tables = [(str(entry["kind"]), folder / Path(str(entry["file"])).name) for entry in listed]
    except OSError as error:
        why = (error.strerror or "it cannot be read").casefold()
        raise CommandProblem(f"{manifest}: {why}; {_FOLDER}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise CommandProblem(f"{manifest} lists no files; {_FOLDER}.") from error
    known = {*IMPORTED_KINDS, *COPIED_KINDS, *COPIED_TABLES}
    wrong = [kind for kind, _ in tables if kind not in known]
    missing = [path for _, path in tables if not path.is_file()]
    if wrong:
        raise CommandProblem(f"{manifest}: “{wrong[0]}” is no kind that this version knows; {_FOLDER}.")
    if missing:
        raise CommandProblem(f"{missing[0]} is not there, and the copy needs it; {_FOLDER}.")
    return tables


def _taken(session: Session, kind: str, path: Path, complain: Callable[[str], None]) -> Counts:
    """Import one file of a copy and give back its counts."""
    from onewindow.desk.imports.running import import_file

    session.store.on_progress = Phases()
    counts: Counts = dict.fromkeys(_COLUMNS, 0)
    counts["file"] = path.name
    data = read_source(path, path.name)
    if not data.strip():
        return counts
    if (table := COPIED_TABLES.get(kind)) is not None:
        taken = bring_in(session, table, data, path.name)
        return counts | {"created": taken.created, "unchanged": taken.unchanged}
    report = import_file(session, kind, data, path.name)
    wrong = [row for row in report.rows if row.verdict == "error"]
    for row in wrong[:_REJECTED_SHOWN]:
        complain(f"{path.name}, row {row.row}: {row.name or 'it'} was rejected: {row.reason}.")
    if len(wrong) > _REJECTED_SHOWN:
        complain(f"{len(wrong) - _REJECTED_SHOWN} more of {path.name} were rejected.")
    for row in report.flagged[:_REJECTED_SHOWN]:
        complain(f"{path.name}, row {row.row}: {row.name}: {row.reason}.")
    return counts | {
        "created": report.count("create"),
        "updated": report.count("update"),
        "unchanged": report.unchanged,
        "rejected": len(wrong),
        "flagged": len(report.flagged),
    }


def _rules(session: Session) -> list[Record]:
    """The opening hours and the targets that the program gave a new file."""
    return [*rows.fetch(session.store, SlaPolicy, ""), *rows.fetch(session.store, WorkingCalendar, "")]


def _put_away(session: Session, made: Iterable[Record]) -> None:
    """Archive what the program gave a new file, where the copy has rules of its own."""
    for record in made:
        changing.archive(session, record)
