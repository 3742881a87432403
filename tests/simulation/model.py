"""The firm in plain dicts: what every row must hold after each step, and what undo and redo make of it.

The model knows the rules only as far as the documents tell them. It never looks at the log or the caches.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from onewindow.records.fields import attributes, columns
from onewindow.records.kinds import KINDS

Value = str | int | None
Row = dict[str, Any]
Op = Literal["insert", "update", "archive", "restore"]

NOT_COMPARED = frozenset({"version", "updated_at"})
"""What undo does not restore, and no step foretells."""
CACHED = {"request": frozenset({"due_at", "late_from", "responded_at", "resolved_at"})}
"""Fields that are worked out from other rows: told of by the check of the caches, not by the model."""


class Refused(Exception):
    """The rules refuse a step; nothing of it may be stored."""


@dataclass(frozen=True)
class Change:
    """One change of a row: the changed fields before and after, all of a new row."""

    op: Op
    kind: str
    record_id: int
    old: Row
    new: Row


@dataclass(eq=False)
class ChangeSet:
    """What one step changed, as one person's undo takes it back."""

    actor: str
    changes: list[Change]
    undoes: ChangeSet | None = None
    is_undone: bool = False


class Model:
    """All rows of a file by kind and id, and the change sets in their order."""

    def __init__(self, rows: dict[str, dict[int, Row]]) -> None:
        """Begin with what is on file."""
        self.rows = rows
        self.sets: list[ChangeSet] = []
        self.numbers = {
            kind.name: max((row["number"] for row in rows[kind.name].values()), default=0)
            for kind in KINDS.values()
            if kind.prefix
        }

    def living(self, kind: str) -> list[Row]:
        """The rows of a kind that are not archived, the oldest first."""
        return [row for row in self.rows[kind].values() if row["archived_at"] is None]

    def last_undoable(self, actor: str) -> ChangeSet | None:
        """The newest change of a person that stands."""
        return next((s for s in reversed(self.sets) if s.actor == actor and _stands(s)), None)

    def last_redoable(self, actor: str) -> ChangeSet | None:
        """The newest undo of a person, if they changed nothing since."""
        for each in reversed(self.sets):
            if each.actor != actor:
                continue
            if each.undoes is None:
                return None
            if not each.is_undone and each.undoes.undoes is None:
                return each
        return None


def _stands(each: ChangeSet) -> bool:
    return each.undoes is None and not each.is_undone


def _does(each: ChangeSet, op: Op, change: Change) -> bool:
    """Whether a change set has that operation on the record of a change."""
    return any(
        (other.op, other.kind, other.record_id) == (op, change.kind, change.record_id)
        for other in each.changes
    )


class Draft:
    """What a step is going to change, foretold over the model and kept apart until it is done.

    New rows have ids below 0 until `Draft.settle` learns the real ones.
    """

    def __init__(self, model: Model, actor: str, actor_id: int, at: str, today: str) -> None:
        """Begin a step of a person at an instant (UTC text), which is a day where they are (ISO)."""
        self.model = model
        self.actor = actor
        self.actor_id = actor_id
        self.at = at
        self.today = today
        self.changes: list[Change] = []
        self.loose: dict[int, frozenset[str]] = {}
        """New rows of which only these fields are foretold, by their id below 0."""
        self.undoes: ChangeSet | None = None
        """What this step takes back."""
        self._rows: dict[tuple[str, int], Row] = {}
        self._made = 0

    def get(self, kind: str, record_id: int) -> Row:
        """A row as it is at this point of the step."""
        return self._rows.get((kind, record_id)) or self.model.rows[kind][record_id]

    def all(self, kind: str) -> Iterator[Row]:
        """The rows of a kind as they are at this point, archived ones too."""
        for record_id in self.model.rows[kind]:
            yield self.get(kind, record_id)
        for (of, record_id), row in self._rows.items():
            if of == kind and record_id < 0:
                yield row

    def insert(self, kind: str, values: Mapping[str, Any], *, loose: bool = False) -> Row:
        """A new row with the defaults of its kind; `loose`: only the given fields are foretold."""
        record = KINDS[kind].record
        unknown = values.keys() - set(columns(record))
        assert not unknown, unknown
        self._made -= 1
        row: Row = {name: getattr(record(), name) for name in columns(record) if name not in NOT_COMPARED}
        row |= {"id": self._made, "created_at": self.at} | dict(values)
        if KINDS[kind].prefix and not row["number"]:
            used = [each["number"] for each in self.all(kind) if each["id"] < 0]
            row["number"] = max([self.model.numbers[kind], *used]) + 1
        self._rows[kind, self._made] = row
        if loose:
            self.loose[self._made] = frozenset(values) | {"created_at"}
        self.changes.append(Change("insert", kind, self._made, {}, dict(row)))
        return row

    def update(self, kind: str, record_id: int, values: Mapping[str, Any], op: Op = "update") -> Row:
        """Set fields of a row; those that hold the value already do not count."""
        now = self.get(kind, record_id)
        new = {name: value for name, value in values.items() if now[name] != value}
        if new:
            self._rows[kind, record_id] = {**now, **new}
            old = {name: now[name] for name in new}
            self.changes.append(Change(op, kind, record_id, old, new))
        return self.get(kind, record_id)

    def save(self, kind: str, seen: Row, wanted: Mapping[str, Any]) -> tuple[Row, Row]:
        """Set fields of a row as somebody saw it earlier; gives the row before and after.

        What both changed is refused; what only the other changed stays.
        """
        now = self.get(kind, seen["id"])
        changed = {name: value for name, value in wanted.items() if value != seen[name]}
        for name, value in changed.items():
            if now[name] not in (seen[name], value):
                raise Refused(f"both changed {name}")
        return now, self.update(kind, seen["id"], changed)

    def archive(self, kind: str, record_id: int) -> None:
        """Take a row out of view; an archived one stays as it is."""
        if self.get(kind, record_id)["archived_at"] is None:
            self.update(kind, record_id, {"archived_at": self.at}, "archive")

    def restore(self, kind: str, record_id: int) -> None:
        """Bring a row back into view."""
        self.update(kind, record_id, {"archived_at": None}, "restore")

    def take_back(self, target: ChangeSet) -> None:
        """Undo a change set, or an undo: refused where somebody changed one of its fields since.

        Neither is a record archived on which somebody worked since, or to which a living one came to refer.
        """
        self.undoes = target
        in_the_way: list[str] = []
        leaving = {
            (change.kind, change.record_id)
            for change in target.changes
            if change.op in ("insert", "restore")
            if self.get(change.kind, change.record_id)["archived_at"] is None
        }
        for change in reversed(target.changes):
            now = self.get(change.kind, change.record_id)
            if change.op == "insert":
                self.archive(change.kind, change.record_id)
                continue
            if change.op == "archive" and now["archived_at"] and self._is_unmade(change, target):
                continue
            changed = [name for name, value in change.new.items() if now[name] != value]
            if change.op != "update" and changed and now["archived_at"] == change.old["archived_at"]:
                continue
            if changed:
                in_the_way += changed
            else:
                op: Op = {"archive": "restore", "restore": "archive"}.get(change.op, "update")  # pyright: ignore[reportAssignmentType]
                self.update(change.kind, change.record_id, change.old, op)
        in_the_way += self._work_since(target, leaving)
        if in_the_way:
            raise Refused(f"changed since: {', '.join(in_the_way)}")
        if target.undoes is not None:
            self._bring_after(target.undoes)

    def _is_unmade(self, change: Change, target: ChangeSet) -> bool:
        """Whether a record's making was taken back after a change archived it, and nobody wants it again."""
        sets = self.model.sets
        unmade = any(
            each.undoes is not None and not each.is_undone and _does(each.undoes, "insert", change)
            for each in sets[sets.index(target) + 1 :]
        )
        return unmade and not self._holds("restore", change)

    def _bring_after(self, redone: ChangeSet) -> None:
        """What a change made or archived that was made again, as the changes say that stand."""
        for change in redone.changes:
            if change.op == "archive" and not self._holds("restore", change):
                self.archive(change.kind, change.record_id)
            elif change.op == "insert" and not self._holds("archive", change):
                self.update(change.kind, change.record_id, {"archived_at": None}, "restore")

    def _holds(self, op: Op, change: Change) -> bool:
        """Whether a change stands that archived a record, or brought it back."""
        return any(_stands(each) and _does(each, op, change) for each in self.model.sets)

    def validate_clients(self) -> None:
        """Refuse what changes an archived client or adds to one; undo, redo and imports go their own way."""
        if self.undoes is not None or any(change.kind == "import_run" for change in self.changes):
            return
        moved = {c.record_id for c in self.changes if c.kind == "client" and c.op == "archive"}
        for change in self.changes:
            row = self.get(change.kind, change.record_id)
            client_id = change.record_id if change.kind == "client" else row.get("client_id")
            if change.op not in ("insert", "update") or client_id is None or client_id in moved:
                continue
            if self.get("client", client_id)["archived_at"] is not None:
                raise Refused(f"client {client_id} is archived")

    def _work_since(self, target: ChangeSet, leaving: set[tuple[str, int]]) -> Iterator[str]:
        """What was done after a change set with records that its undo archives."""
        for each in self.model.sets[self.model.sets.index(target) + 1 :]:
            for change in each.changes:
                if change.op not in ("insert", "update"):
                    continue
                if change.op == "update" and (
                    each.undoes or each.is_undone or change.new.keys() <= CACHED.get(change.kind, frozenset())
                ):
                    continue
                key = (change.kind, change.record_id)
                if key in leaving:
                    if change.op == "update":
                        yield f"work on {key}"
                    continue
                row = self.get(*key)
                if row.get("event_kind") == "policy":
                    continue  # the program tells the terms of a request; nobody worked on it
                if _refers(change.kind, row, leaving) and not self._is_out_of_view(change.kind, row, leaving):
                    yield f"{key} refers to it"

    def _is_out_of_view(self, kind: str, row: Row, leaving: set[tuple[str, int]]) -> bool:
        """Whether a row is archived, or one that it cannot be without."""
        needed = {
            (a.refers, row[a.name])
            for a in attributes(KINDS[kind].record)
            if a.refers and a.required and row[a.name]
        }
        return row["archived_at"] is not None or any(
            self.get(of, record_id)["archived_at"] is not None for of, record_id in needed - leaving
        )

    def settle(self, new_ids: Mapping[str, list[int]], actual: Mapping[tuple[str, int], Row]) -> ChangeSet:
        """Put the step into the model, with the ids that the new rows got, oldest first by kind.

        Of loose rows the fields that were not foretold are taken from `actual`.
        """
        mapping: dict[int, int] = {}
        for kind, ids in new_ids.items():
            waiting = [actual[kind, record_id] for record_id in ids]
            for made in (
                change.new for change in self.changes if change.op == "insert" and change.kind == kind
            ):
                if waiting:
                    mapping[made["id"]] = _likest(made, waiting)["id"]
        changes = [self._settled(change, mapping, actual) for change in self.changes]
        for change in changes:
            rows = self.model.rows[change.kind]
            rows[change.record_id] = {**rows.get(change.record_id, {}), **change.new}
            if change.op == "insert" and KINDS[change.kind].prefix:
                self.model.numbers[change.kind] = max(self.model.numbers[change.kind], change.new["number"])
        made = ChangeSet(self.actor, changes, self.undoes)
        if self.undoes is not None:
            self.undoes.is_undone = True
            if self.undoes.undoes is not None:
                self.undoes.undoes.is_undone = False
        if made.changes or made.undoes:
            self.model.sets.append(made)
        return made

    def _settled(
        self, change: Change, mapping: Mapping[int, int], actual: Mapping[tuple[str, int], Row]
    ) -> Change:
        new = {name: _real(value, mapping) for name, value in change.new.items()}
        record_id = mapping.get(change.record_id, change.record_id)
        foretold = self.loose.get(change.record_id)
        if change.op == "insert" and foretold is not None and record_id > 0:
            given = actual[change.kind, record_id]
            new = {name: new[name] if name in foretold else given[name] for name in new} | {"id": record_id}
        return Change(change.op, change.kind, record_id, change.old, new)


def _likest(made: Row, waiting: list[Row]) -> Row:
    """Take out of some new rows the one that a foretold row means; the oldest, where several are as like."""

    def is_like(row: Row) -> bool:
        sure = (name for name, value in made.items() if not isinstance(value, int) or value >= 0)
        return all(row[name] == made[name] for name in sure if not str(made[name]).startswith("{"))

    found = next(filter(is_like, waiting), waiting[0])
    waiting.remove(found)
    return found


def _refers(kind: str, row: Row, keys: set[tuple[str, int]]) -> bool:
    """Whether a row names one of these."""
    return any((a.refers, row[a.name]) in keys for a in attributes(KINDS[kind].record) if a.refers)


def _real(value: Any, mapping: Mapping[int, int]) -> Any:
    """A value with the real ids of new rows, in the details of events too."""
    if isinstance(value, int) and value < 0:
        return mapping.get(value, value)
    if isinstance(value, str) and value.startswith("{") and '"-' in value:
        detail: dict[str, str] = json.loads(value)
        for name, text in detail.items():
            if name.endswith("_id") and text.startswith("-"):
                detail[name] = str(mapping.get(int(text), int(text)))
        return json.dumps(detail, ensure_ascii=False)
    return value
