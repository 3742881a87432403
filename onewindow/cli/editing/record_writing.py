"""The verbs that change records of any kind: add, edit, archive, restore.

Changing and its rules are loaded when a verb runs: help and Tab name the verbs of every kind.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Generator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from onewindow.cli.editing.printed_pages import record_printed
from onewindow.cli.editing.record_fields import (
    field_options,
    given_options,
    read_given,
    read_json_source,
    required_words,
)
from onewindow.cli.editing.record_naming import a_kind, named_record, of_client_option, spelling
from onewindow.cli.editing.record_reading import current_invocation
from onewindow.cli.editing.record_rows import machine_columns, machine_row
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.printing import FORMATS, print_object, print_raw, print_table, tell, tell_short
from onewindow.desk.session.naming import resolve_client
from onewindow.desk.session.private_facts import blanked, is_hidden
from onewindow.records.by_name import client_id_of, number_of, value_if_any
from onewindow.records.fields import Record
from onewindow.records.kinds import Kind
from onewindow.store.changes import Transaction
from onewindow.store.problems import NotFound, StoreProblem

_SHORT = {"client": "C", "request": "R"}
"""Kinds that people know by a short number -> the letter before it."""

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.store.engine import Value

_EXAMPLES = {
    "client": "client add Ромашка --tier A --city Казань",
    "contact": 'contact add romashka "Анна Ким" --phone "8 912 345-67-89" --main yes',
    "request": 'request add romashka "Не печатает накладная" --priority high',
    "promise": 'promise add romashka "Пришлём акт" --due-on fri',
    "document": 'document add romashka "Договор" --number 12/26 --expires-on 31.12.2026',
    "task": 'task add romashka "Позвонить" --due-on tomorrow',
    "touch": 'touch add romashka "Обсудили обновление" --kind call --mood calm',
    "feedback": 'feedback add romashka "Хочу отчёт по складу" --kind wish --importance 2',
}


def add_command(kind: Kind) -> click.Command:
    """`add`: the words, one option a field, or whole records as JSON; prints the id."""
    words = required_words(kind.name)
    usage = " ".join(word.removesuffix("_id").upper() for word in words)

    def add(
        words: tuple[str, ...], json_source: str | None, output_format: str | None, **typed: str | None
    ) -> None:
        invocation = current_invocation()
        given = given_options(typed)
        if json_source is not None:
            if words or given:
                raise click.UsageError("give fields either as options or as --json", _context())
            objects, is_array = read_json_source(json_source)
        else:
            given = {**_placed(kind, words, given), **given}
            if not given:
                raise click.UsageError(f"say what the {kind.display_name} is", _context())
            objects, is_array = [given], False
        session = invocation.session(create=True)
        if not is_array and json_source is None:
            objects = [dict(_parted(session, kind, objects[0]))]
        source = _Source(is_data=json_source is not None, count=len(objects))
        _print_stored(session, _insert_all(session, kind, objects, source), output_format, is_array=is_array)

    return click.Command(
        "add",
        callback=add,
        short_help=f"Store a new {kind.display_name} and print its id.",
        help=f"Store a new {kind.display_name} and print its id."
        " Dates, times and money are read as people write them: 25.11, fri, +3d, 1 500,50.",
        epilog=_examples(
            *([_EXAMPLES[kind.name]] if kind.name in _EXAMPLES else []),
            f"{kind.name.replace('_', '-')} add --json - < records.json",
        ),
        params=[
            click.Argument(
                ["words"],
                nargs=-1,
                metavar=f"[{usage}]" if usage else "[WORDS]",
                shell_complete=complete_record("client", first_word_only=True)
                if "client_id" in words
                else None,
            ),
            *field_options(kind.record),
            _json_option(),
            _format_option(),
        ],
    )


def edit_command(kind: Kind) -> click.Command:
    """`edit`: one option a field, or JSON; prints the id."""

    def edit(
        record: str | None,
        json_source: str | None,
        output_format: str | None,
        of_client: str | None = None,
        **typed: str | None,
    ) -> None:
        given = given_options(typed)
        if json_source is not None and given:
            raise click.UsageError("give fields either as options or as --json", _context())
        objects, is_array = read_json_source(json_source) if json_source is not None else ([given], False)
        objects = [record_printed(kind, item) for item in objects]
        if (record is None and not all("id" in item for item in objects)) or (is_array and record):
            raise click.UsageError(
                f"name the {kind.display_name}, or give JSON records with their ids", _context()
            )
        if not any(objects):
            raise click.UsageError("say what to change, one option a field", _context())
        session = current_invocation().session()
        pairs = [
            (named_record(session, kind, record or str(item["id"]), of_client), item) for item in objects
        ]
        source = _Source(is_data=json_source is not None, count=len(pairs))
        _print_stored(session, _change_all(session, kind, pairs, source), output_format, is_array=is_array)

    noun = kind.name.replace("_", "-")
    return click.Command(
        "edit",
        callback=edit,
        short_help=f"Change fields of {a_kind(kind)} and print its id.",
        help=f"Change fields of {a_kind(kind)} and print its id; an empty text empties a field.",
        epilog=_examples(f"{noun} edit {spelling(kind)} {_sample_option(kind)}"),
        params=[
            click.Argument(
                ["record"],
                required=False,
                metavar=spelling(kind),
                shell_complete=complete_record(kind.name),
            ),
            *field_options(kind.record),
            *of_client_option(kind),
            _json_option(),
            _format_option(),
        ],
    )


def archive_command(kind: Kind) -> click.Command:
    """`archive`, also called `delete`: out of the daily view, back with `restore` or `undo`."""
    return _moving_command(
        kind,
        "archive",
        f"Take {kind.plural} out of the daily view; nothing is lost, `restore` brings it back.",
    )


def restore_command(kind: Kind) -> click.Command:
    """`restore`: back from the archive."""
    return _moving_command(kind, "restore", f"Bring archived {kind.plural} back, by id, number or name.")


def _moving_command(kind: Kind, verb: str, text: str) -> click.Command:
    def move(records: tuple[str, ...], output_format: str | None, of_client: str | None = None) -> None:
        from onewindow.desk.editing import changing

        session = current_invocation().session()
        is_archive = verb == "archive"
        targets = [named_record(session, kind, word, of_client, archived=not is_archive) for word in records]
        if len(targets) == 1:
            moved = [(changing.archive if is_archive else changing.restore)(session, targets[0])]
        else:
            act = changing.archive_in if is_archive else changing.restore_in
            moved = session.change(
                f"{verb}d {len(targets)} {kind.plural}",
                lambda transaction: [act(session, transaction, record) for record in targets],
            ).result
        _print_stored(session, moved, output_format, is_array=len(moved) > 1)

    return click.Command(
        verb,
        callback=move,
        short_help=text,
        help=text,
        epilog=_examples(f"{kind.name.replace('_', '-')} {verb} {spelling(kind)}"),
        params=[
            click.Argument(
                ["records"],
                nargs=-1,
                required=True,
                metavar=f"{spelling(kind)}...",
                shell_complete=complete_record(kind.name, archived=verb == "restore"),
            ),
            *of_client_option(kind),
            _format_option(),
        ],
    )


def _placed(kind: Kind, words: Sequence[str], given: Mapping[str, object]) -> dict[str, object]:
    """The words before the options under the fields that they fill: the client, then what it is called."""
    fields = [name for name in required_words(kind.name) if name not in given]
    if not words:
        return {}
    if not fields:
        raise click.UsageError(f"“{words[0]}” is one word too many", _context())
    *before, last = fields
    placed: dict[str, object] = dict(zip(before, words, strict=False))
    if rest := words[len(before) :]:
        placed[last] = " ".join(rest)
    return placed


def _parted(session: Session, kind: Kind, given: Mapping[str, object]) -> Mapping[str, object]:
    """A client and a title that were given as one text, taken apart where the client's name ends."""
    words = str(given.get("client_id", "")).split()
    if kind.title not in required_words(kind.name) or kind.title in given or len(words) < 2:
        return given
    for end in range(len(words) - 1, 0, -1):
        try:
            client = resolve_client(session, " ".join(words[:end]))
        except NotFound:
            continue
        return {**given, "client_id": str(client.id), kind.title: " ".join(words[end:])}
    return given


def _insert_all(
    session: Session, kind: Kind, objects: Sequence[Mapping[str, object]], source: _Source
) -> list[Record]:
    from onewindow.desk.editing import changing
    from onewindow.desk.validation.record_rules import implied

    records: list[Record] = []
    passed: set[str] = set()
    for place, given in enumerate(objects, 1):
        with source.record(place):
            client_id = _client_of(session, given)
            start = changing.blank(session, kind.name, client_id)
            values = read_given(session, type(start), given, client_id, passed=passed)
            _tell_years(session, type(start), given, values)
            record = start.with_changes({**implied(session, kind.name, values), **values})
            records.append(record if source.is_data else _as_in_a_form(session, record))
    if passed:
        tell(f"Not taken over from what was printed, the program fills it in: {', '.join(sorted(passed))}.")
    _caution(session, kind, records)
    if len(records) == 1:
        with source.record(1):
            return [changing.insert(session, records[0])]
    label = f"{len(records)} new {kind.plural}"

    def work(transaction: Transaction) -> list[Record]:
        stored: list[Record] = []
        for place, record in enumerate(records, 1):
            with source.record(place):
                stored.append(changing.insert_in(session, transaction, record))
        return stored

    return session.change(label, work).result if records else []


def _caution(session: Session, kind: Kind, records: Sequence[Record]) -> None:
    """Say on stderr why one thinks twice before adding such records, which are added all the same."""
    caution = session.registry.of(kind.name).rules.caution
    client_ids = dict.fromkeys(client_id_of(record) for record in records)
    for said in filter(None, (caution(session, client_id) for client_id in client_ids if client_id)):
        tell(said)


def _change_all(
    session: Session,
    kind: Kind,
    pairs: Sequence[tuple[Record, Mapping[str, object]]],
    source: _Source,
) -> list[Record]:
    from onewindow.desk.editing import changing

    wanted: list[tuple[Record, dict[str, Value]]] = []
    for place, (before, given) in enumerate(pairs, 1):
        with source.record(place):
            client_id = client_id_of(before)
            values = read_given(session, type(before), given, client_id, before=before)
            _tell_years(session, type(before), given, values)
            wanted.append((before, values))
    if len(wanted) == 1:
        with source.record(1):
            return [changing.change(session, *wanted[0])]

    def work(transaction: Transaction) -> list[Record]:
        changed: list[Record] = []
        for place, (before, values) in enumerate(wanted, 1):
            with source.record(place):
                changed.append(changing.change_in(session, transaction, before, values))
        return changed

    return session.change(f"edited {len(wanted)} {kind.plural}", work).result


def _as_in_a_form(session: Session, record: Record) -> Record:
    """A record as a form would take it: a promise has the day that its words name, or one is asked for."""
    from onewindow.desk.validation.record_rules import completed_when_typed

    return completed_when_typed(session, record)


def _tell_years(
    session: Session, record: type[Record], given: Mapping[str, object], values: Mapping[str, Value]
) -> None:
    """Say which year a day typed without one was taken for, where that is not this year."""
    from onewindow.desk.editing.parsing import taken_years

    typed = {name: value for name, value in given.items() if isinstance(value, str)}
    for taken in taken_years(session, record, typed, values):
        tell(f"Taken for {taken}.")


def _client_of(session: Session, given: Mapping[str, object]) -> int | None:
    named = given.get("client_id", given.get("client"))
    if named in (None, "") or isinstance(named, bool) or not isinstance(named, str | int):
        return None  # what is no name is refused with its field
    return resolve_client(session, str(named)).id


class _Source:
    """Where given values come from, so that what is wrong with them is told in its own way."""

    def __init__(self, *, is_data: bool, count: int) -> None:
        self.is_data = is_data
        self.count = count

    @contextlib.contextmanager
    def record(self, place: int) -> Generator[None]:
        """Name the record of an array in what goes wrong with it; wrong data is no mistake of usage."""
        try:
            yield
        except StoreProblem as error:
            if not self.is_data:
                raise
            where = f"record {place} of {self.count}: " if self.count > 1 else ""
            raise StoreProblem(f"{where}{error}") from error


def _print_stored(
    session: Session, stored: Sequence[Record], output_format: str | None, *, is_array: bool
) -> None:
    stored = [blanked(record) if is_hidden(session, record) else record for record in stored]
    if output_format != "json" and len(stored) == 1:
        _tell_flags(stored[0])
    if output_format == "json" and not is_array:
        print_object(machine_row(stored[0]))
    elif output_format in (None, "table"):
        for record in stored:
            print_raw(str(record.id))
            if record.kind in _SHORT:
                tell_short(f"{_SHORT[record.kind]}-{number_of(record)}")
    elif stored or output_format == "json":
        columns = machine_columns(type(stored[0])) if stored else []
        print_table(map(machine_row, stored), columns, output_format)  # pyright: ignore[reportArgumentType]


def _tell_flags(record: Record) -> None:
    """Say of an identifier or address that was kept as typed why it looks wrong."""
    flags = value_if_any(record, "flags")
    for name, why in json.loads(flags).items() if flags else ():
        tell(f"Kept as typed, with a flag: {name.replace('_', ' ')}: {why}.")


def _sample_option(kind: Kind) -> str:
    first = field_options(kind.record)[1 if kind.of_client else 0]
    return f"{first.opts[0]} …"


def _json_option() -> click.Option:
    return click.Option(
        ["--json", "json_source"],
        metavar="FILE",
        help="A record, or several as an array or as JSON lines, from a file or - for stdin; numbers are"
        " stored values.",
    )


def _format_option() -> click.Option:
    return click.Option(
        ["--format", "output_format"], type=click.Choice(FORMATS), help="Print the record, not only its id."
    )


def _examples(*lines: str) -> str:
    return "\b\nExamples:\n" + "\n".join(f"  onewindow {line}" for line in lines)


def _context() -> click.Context:
    return click.get_current_context()
