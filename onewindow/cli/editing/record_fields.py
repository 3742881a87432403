"""The fields of a record as options and as JSON, read into what is stored.

Readers of values are loaded when values were typed.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.editing.record_rows import LATENESS_COLUMNS, STAT_COLUMNS
from onewindow.cli.shell.completing import complete_choice, complete_record
from onewindow.cli.shell.problems import CommandProblem, nearest
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.exchange.json_files.values import sound_value
from onewindow.ordinary_file import is_endless
from onewindow.records.by_name import value_of
from onewindow.records.fields import COMMON, Attribute, Record, attributes, typed_attributes
from onewindow.records.kinds import KINDS
from onewindow.store.problems import NotFound
from onewindow.text.clean import clean
from onewindow.text.dates import parse_utc, within_reach

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.store.engine import Value

EXTERNAL_ID = "external_id"
_WORKED_OUT: Mapping[str, tuple[str, ...]] = {
    "client": tuple(STAT_COLUMNS),
    "request": (
        *LATENESS_COLUMNS,
        *(
            "read_at",
            "health",
            "clocks",
            "lateness",
            "queued_answers",
            "events",
            "hand_offs",
            "linked",
            "merged",
        ),
        *("tasks", "promised_dates", "times_moved", "passes", "client_passes"),
    ),
    "plan": ("phases", "steps"),
    "script": ("steps",),
    "segment": ("clients", "problem"),
    "handover": (
        *("salesperson", "is_closed", "completeness", "blockers", "clock", "checklist", "questions", "terms"),
        *("changes", "packages", "observations"),
    ),
}
"""What rows of a kind, and `show` of one, have beside its own fields."""
_METAVARS = {
    "date": "DATE", "week": "DATE", "time": "TIME", "money": "AMOUNT", "number": "NUMBER", "flag": "YES|NO",
    "phone": "PHONE", "email": "EMAIL", "currency": "CODE", "country": "COUNTRY", "json": "JSON",
    "hours": "HOURS",
}  # fmt: skip
_NOT_BLANK = re.compile(r"[^ \t\r\n]")
_SHORTEST_TIME = len("2026-11-25T14:30:00Z")


def field_options(record: type[Record]) -> list[click.Option]:
    """One option for each field that people type, and one for the id of another program."""
    names = _option_names(record)
    options = [
        click.Option(
            [*names[a.name], a.name],
            metavar=_metavar(a),
            help=_help(a),
            shell_complete=_completer(a),
        )
        for a in typed_attributes(record)
    ]
    foreign = click.Option(
        ["--external-id", EXTERNAL_ID],
        metavar="TEXT",
        help="Its id in another program; imports find it by that.",
    )
    return [*options, foreign]


def read_given(
    session: Session,
    record: type[Record],
    given: Mapping[str, object],
    client_id: int | None = None,
    *,
    before: Record | None = None,
    passed: set[str] | None = None,
) -> dict[str, Value]:
    """Values as typed on the command line or in JSON, read into what is stored; raises FieldProblems.

    A text is read as people type it; a JSON number is the stored value itself (minor units, an id), and no
    text. What the
    program fills in, and what only tells of other records, is refused by name; but a printed or an exported
    record can be given back: with the record `before` such a field may say what it has already, and of a
    new one, which the printed id tells, its name is put into `passed`.
    """
    from onewindow.desk.editing.parsing import currency_of

    known = {a.name: a for a in attributes(record)}
    read_only = _read_only_names(record, given)
    short = {
        name.removeprefix("--").replace("-", "_"): field
        for field, names in _option_names(record).items()
        for name in names
    }
    currency = currency_of(session, given.get("currency"))
    values: dict[str, Value] = {}
    errors: dict[str, str] = {}
    for name, value in given.items():
        field = name if name in known or name in COMMON else short.get(name, name)
        if field == EXTERNAL_ID:
            if value is not None and (isinstance(value, bool) or not isinstance(value, str | int)):
                errors[name] = "write a text."
                continue
            values[EXTERNAL_ID] = str(value).strip() if value not in (None, "") else None
        elif record.kind == "request" and field == "opened_at" and before is None and "id" not in given:
            try:
                values[field] = _read(session, known[field], value, client_id, currency)
            except ValueError as error:
                errors[name] = str(error)
        elif field in COMMON or name in read_only or (field in known and known[field].derived):
            if problem := _not_taken(field, value, given, before, is_read_only=name in read_only):
                errors[name] = problem
            elif passed is not None:
                passed.add(name)
        elif field not in known:
            errors[name] = f"there is no such field{nearest(name, [*known, *short]) or '.'}"
        else:
            try:
                values[field] = _read(session, known[field], value, client_id, currency)
            except (ValueError, NotFound) as error:
                errors[name.removesuffix("_id")] = str(error)
    if errors:
        raise FieldProblems(errors)
    return values


def _not_taken(
    field: str, value: object, given: Mapping[str, object], before: Record | None, *, is_read_only: bool
) -> str:
    """Why a field that the program fills in is refused, '' where it only repeats what was printed."""
    is_printed = "id" in given
    if before is None or is_read_only:
        is_empty = value in (None, "", 0, [], {})
        return "" if is_printed or is_empty else "the program fills this in; leave it out."
    stored = value_of(before, field)
    if field == "id" or _is_same(value, stored):
        return ""
    if field in ("version", "updated_at"):
        return f"the record was changed since it was printed (it is {stored} now); read it again."
    if field == "archived_at":
        return "archive and restore are commands of their own."
    return "the program fills this in; leave it out."


def _is_same(given: object, stored: object) -> bool:
    if isinstance(given, dict | list):
        return bool(stored) and json.loads(str(stored)) == given
    return str(given if given is not None else "") == str(stored if stored is not None else "")


def read_json_source(source: str) -> tuple[list[dict[str, object]], bool]:
    """The objects of `--json` (a file, or - for stdin), and whether there may be several.

    They come as one object, as an array, or one behind the other, as JSON lines do.
    """
    name = "the standard input" if source == "-" else source
    try:
        if source != "-" and is_endless(Path(source)):
            raise CommandProblem(
                f"{name} is no ordinary file; write it to one, or read it with - from stdin."
            )
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        objects, is_array = _json_values(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CommandProblem(f"{name} is not UTF-8 text.") from error
    except json.JSONDecodeError as error:
        raise CommandProblem(f"{name}, line {error.lineno}: this is not JSON ({error.msg}).") from error
    except RecursionError as error:
        raise CommandProblem(f"{name} holds JSON that is nested too deep.") from error
    except _Twice as error:
        raise CommandProblem(f"{name}: “{error}” is given twice in one object; leave one of them.") from error
    if not objects:
        raise CommandProblem(f"{name} holds no record: the array is empty.")
    for place, read_only in enumerate(objects, 1):
        if not isinstance(read_only, dict):
            raise CommandProblem(f"{name}, record {place}: write a JSON object with field names.")
    return cast("list[dict[str, object]]", objects), is_array


def _json_values(text: str) -> tuple[list[object], bool]:
    """All values of a JSON text and whether there are several; raises JSONDecodeError."""
    decoder, objects, end = json.JSONDecoder(object_pairs_hook=_object), list[object](), 0
    # raw_decode reads one value and takes no blanks before it, so values may span lines or share one.
    while rest := _NOT_BLANK.search(text, end):
        value, end = decoder.raw_decode(text, rest.start())
        objects.append(sound_value(value))
    if len(objects) == 1 and isinstance(objects[0], list):
        return cast("list[object]", objects[0]), True
    if not objects:
        raise json.JSONDecodeError("it is empty", text, 0)
    return objects, len(objects) > 1


class _Twice(Exception):
    """A name that one object has two values for; nobody could tell which one is meant."""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    # The pairs are compared, not the object: a dict has already dropped the first of two values.
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(clean(next(name for name in names if names.count(name) > 1)))
    return values


def given_options(typed: Mapping[str, object]) -> dict[str, object]:
    """The options that were written."""
    return {name: value for name, value in typed.items() if value not in (None, ())}


def _read_only_names(record: type[Record], given: Mapping[str, object]) -> set[str]:
    """Names in a printed or exported record that say again what its ids say, or what was worked out."""
    names: set[str] = set()
    for attribute in attributes(record):
        word = attribute.name.removesuffix("_id")
        if attribute.kind == "reference":
            names.add(f"{word}_name")
            if attribute.derived or given.get(attribute.name):
                names.add(word)
    return names | set(_WORKED_OUT.get(record.kind, ()))


def _read(
    session: Session, described: Attribute, value: object, client_id: int | None, currency: str
) -> Value:
    from onewindow.desk.editing.parsing import read_value

    if described.kind in ("json", "hours") and isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False)
    if value is None:
        value = ""
    if isinstance(value, bool):
        if described.kind != "flag":
            raise ValueError("true and false are for questions of yes or no only.")
        return int(value)
    if isinstance(value, int):
        if described.kind in ("number", "week", "money", "flag"):
            return _whole(described, value)
        if described.kind == "reference" or str(value) in described.choices:
            return read_value(session, described, str(value), client_id, currency)
        raise ValueError(f"{value} is a number, but this is a text: write it in quotes.")
    if isinstance(value, str):
        if described.kind == "time" and len(value) == _SHORTEST_TIME and value.endswith("Z"):
            within_reach(parse_utc(value).date())
            return value
        return read_value(session, described, value, client_id, currency)
    raise ValueError("write a text or a whole number.")


def _whole(described: Attribute, value: int) -> int:
    if described.kind == "flag" and value not in (0, 1):
        raise ValueError("write true or false.")
    if abs(value) >= 2**63:
        raise ValueError(f"{value} is too large.")
    return value


def _option_names(record: type[Record]) -> dict[str, list[str]]:
    """The options of each field: `--owner` for owner_id, `--class` for client_class, and the whole name."""
    fields = [a.name for a in typed_attributes(record)]
    short = {name: _short_name(name, record.kind) for name in fields}
    names_of: dict[str, list[str]] = {}
    for name in fields:
        brief = short[name]
        is_free = brief == name or (brief not in fields and list(short.values()).count(brief) == 1)
        names = [brief, name] if is_free else [name]
        names_of[name] = [f"--{alias.replace('_', '-')}" for alias in dict.fromkeys(names)]
    return names_of


def _short_name(name: str, kind: str) -> str:
    return name.removesuffix("_id").removeprefix("is_").removeprefix(f"{kind}_").removeprefix("plan_")


def _metavar(described: Attribute) -> str:
    if described.kind == "choice":
        return "|".join(choice for choice in described.choices if choice)
    if described.kind == "reference":
        return (described.refers or "").upper()
    return _METAVARS.get(described.kind, "TEXT")


def _help(described: Attribute) -> str:
    label = described.label[:1].upper() + described.label[1:]
    return f"{label}: {described.help}." if described.help else f"{label}."


def _completer(described: Attribute):
    if described.kind == "choice":
        return complete_choice(described.choices)
    if described.kind == "reference" and described.refers in KINDS:
        return complete_record(described.refers or "")
    return None


def required_words(kind_name: str) -> Sequence[str]:
    """The words that `add` takes before its options: the client and the field that names the record."""
    kind = KINDS[kind_name]
    names = {a.name: a for a in typed_attributes(kind.record)}
    words = ["client_id"] if "client_id" in names else []
    return [*words, kind.title] if kind.title in names else words
