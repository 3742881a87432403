"""What the log tells of records, as lines that people read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onewindow.desk.editing.parsing import shown_text
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.session.private_facts import is_hidden, private_fields
from onewindow.desk.sla.shown_zone import zone_line
from onewindow.records.fields import Record, attributes
from onewindow.records.kinds import KINDS
from onewindow.store import rows
from onewindow.store.engine import Value
from onewindow.store.history import HistoryLine
from onewindow.text.dates import to_local

_WORDS = {
    "insert": "made",
    "update": "changed",
    "archive": "archived",
    "restore": "brought back",
    "erase": "erased private facts",
}
_UNSPOKEN = frozenset({"name_sort", "slug", "flags"})
"""Fields that follow others and say nothing new."""
_NOTHING = "(empty)"


def history_lines(session: Session, lines: Sequence[HistoryLine]) -> list[str]:
    """A line for each event (when, who, what was done) and one below it for each field: before → after.

    References are named. Where the events are of several records, each line says of which. A zone that is not
    that of the office stands above them.
    """
    several = len({(line.entity, line.entity_id) for line in lines}) > 1
    logins = {person.login: person.name for person in session.directory.staff.values()}
    records: dict[tuple[str, int], Record | None] = {}
    texts: list[str] = []
    for line in lines:
        key = line.entity, line.entity_id
        if key not in records:
            records[key] = rows.find(session.store, KINDS[line.entity].record, line.entity_id)
        record = records[key]
        about = ""
        if several:
            title = naming.called(session, record) if record is not None else str(line.entity_id)
            about = f" {KINDS[line.entity].display_name} {title}"
        at = f"{to_local(line.at, session.zone):%d.%m.%Y %H:%M}"
        done = f"{line.by}: {_WORDS.get(line.op, line.op)}" if line.by else _WORDS.get(line.op, line.op)
        texts.append(f"{at}  {logins.get(line.actor, line.actor)}  {done}{about}")
        if record is not None:
            texts += _fields(session, record, line)
    if texts:
        return [*filter(None, [zone_line(session)]), *texts]
    return ["Nothing is on record yet: what came with a load of many keeps no history of its own."]


def _fields(session: Session, record: Record, line: HistoryLine) -> list[str]:
    texts: list[str] = []
    for described in attributes(type(record)):
        name = described.name
        if name in line.new and name not in _UNSPOKEN:
            before = _value(session, record, name, line.old.get(name))
            texts.append(f"    {described.label}: {before} → {_value(session, record, name, line.new[name])}")
    return texts


def _value(session: Session, record: Record, name: str, value: Value) -> str:
    described = next(a for a in attributes(type(record)) if a.name == name)
    if described.private and is_hidden(session, record):
        return "(private)"
    return shown_text(session, record.with_changes({name: value}), described) or _NOTHING


def without_private(session: Session, line: HistoryLine) -> HistoryLine:
    """An event without the values of private fields that are not for this person."""
    names = private_fields(line.entity)
    if not names or not (line.old or line.new):
        return line
    record = rows.find(session.store, KINDS[line.entity].record, line.entity_id)
    if record is not None and not is_hidden(session, record):
        return line
    old, new = ({n: v for n, v in values.items() if n not in names} for values in (line.old, line.new))
    return replace(line, old=old, new=new)
