"""Records as rows: raw values for machines, a few readable columns for people.

The text of fields is loaded when people read them, not machines.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from onewindow.cli.shell.zone_head import shown_time
from onewindow.desk.health.alarm import unpack
from onewindow.records.by_name import number_of, value_of
from onewindow.records.fields import Attribute, Record, attributes, columns
from onewindow.records.kinds import KINDS

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.store.clients.client_stats import ClientStat

STAT_COLUMNS: tuple[str, ...] = (
    "health",
    "band",
    "open_requests",
    "next_due_at",
    "last_touch_at",
    "completeness",
    "alarms",
)
"""What rows of clients have beside the client's own fields; it is worked out and never given."""

LATENESS_COLUMNS: tuple[str, ...] = (
    "is_late",
    "is_paused",
    "slack_seconds",
    "answer_queued_at",
    "breached_before",
)
"""What rows of requests have beside the request's own fields; it is worked out and never given."""

_READABLE_AT_MOST = 6
_READABLE_KINDS = frozenset(
    {"text", "choice", "date", "time", "money", "number", "week", "phone", "email", "reference"}
)


def machine_columns(record: type[Record], *, private: bool = True) -> list[str]:
    """The names of all fields: id, external_id, those of the kind, times; private ones only if asked for."""
    hidden = {a.name for a in attributes(record) if a.private and not private}
    last = ("version", "created_at", "updated_at", "archived_at")
    own = [name for name in columns(record) if name not in hidden and name not in ("id", *last)]
    return ["id", *own, *last]


def machine_row(record: Record) -> dict[str, object]:
    """A record with its values as stored: UTC times, minor units of money, ids; JSON fields as objects."""
    row: dict[str, object] = {name: value_of(record, name) for name in machine_columns(type(record))}
    for described in attributes(type(record)):
        if described.kind in ("json", "hours") and row[described.name]:
            row[described.name] = json.loads(str(row[described.name]))
    return row


def readable_columns(record: type[Record]) -> list[str]:
    """The columns of a table for people: what the record is called, then its most telling fields."""
    kind = KINDS[record.kind]
    names = {a.name: a for a in attributes(record)}
    chosen = [name for name in ("client_id", kind.title) if name in names]
    others = [
        a for a in names.values() if a.name not in chosen and a.kind in _READABLE_KINDS and not a.derived
    ]
    ranked = sorted(others, key=_readability)[: _READABLE_AT_MOST - len(chosen) + 1]
    # The rank only chooses; the columns stand in the order of the record, as everywhere.
    return ["id", *chosen, *(a.name for a in others if a in ranked)]


def all_columns(columns: Sequence[str], *, is_all: bool) -> list[str]:
    """The columns of a table for people; where archived records are among the rows, it says which are."""
    return [*columns, "archived_at"] if is_all else list(columns)


def readable_rows(session: Session, records: Iterable[Record]) -> Iterator[Mapping[str, object]]:
    """Records with their values as people read them, under the headings of `readable_name`."""
    # Rows of one list often refer to the same few records: each label is read once.
    labels: dict[tuple[str, int], str] = {}
    for record in records:
        kind = KINDS[record.kind]
        row: dict[str, object] = {
            a.name: _shown(session, record, a, labels) for a in attributes(type(record))
        }
        short = f"{kind.prefix}-{number_of(record)}" if kind.prefix else str(record.id)
        named = {readable_name(name): value for name, value in row.items()}
        yield {**named, "id": short, "archived_at": shown_time(session, record.archived_at)}


def readable_name(column: str) -> str:
    """The heading of a column for people: `client` for client_id, whose cells are names there."""
    return column.removesuffix("_id")


def _readability(described: Attribute) -> int:
    order = ("choice", "date", "week", "time", "reference", "phone", "email", "money", "number", "text")
    return order.index(described.kind) - (10 if described.required else 0)


def _shown(session: Session, record: Record, described: Attribute, labels: dict[tuple[str, int], str]) -> str:
    from onewindow.desk.editing.parsing import shown_text

    value = value_of(record, described.name)
    if described.kind != "reference" or not isinstance(value, int):
        return shown_text(session, record, described)
    key = (described.refers or "", value)
    if key not in labels:
        labels[key] = shown_text(session, record, described)
    return labels[key]


def stat_values(stat: ClientStat | None) -> Mapping[str, object]:
    """The columns that lists have beside the client's own; empty for an archived one."""
    if stat is None:
        return dict.fromkeys(STAT_COLUMNS)
    other = {
        "open_requests": stat.open_count,
        "alarms": ", ".join(alarm.kind for alarm in unpack(stat.alarms)),
    }
    return {name: other[name] if name in other else value_of(stat, name) for name in STAT_COLUMNS}
