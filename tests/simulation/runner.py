"""Runs a seed: steps one after another, each held against the model, and everything undone at the end."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from onewindow.desk.caches import client_caches, day_turn, turn_of_day
from onewindow.records.fields import columns
from onewindow.records.kinds import KINDS
from onewindow.store.doctor import checking
from onewindow.store.people import organization
from onewindow.store.problems import StoreProblem
from onewindow.store.sqlite_library import sqlite
from onewindow.text.dates import parse_utc
from tests.simulation import (
    department_work,
    history_work,
    meeting_work,
    plan_work,
    record_work,
    request_rules,
    request_work,
    sales_work,
    voice_work,
)
from tests.simulation.model import CACHED, NOT_COMPARED, ChangeSet, Draft, Model, Refused, Row
from tests.simulation.people import Firm, Person, firm
from tests.simulation.step import Step, Work

_CACHES_EACH = 10
"""After so many steps all caches are held against the truth."""
_TOLD = 12
"""So many of the last steps are told with a failure."""

Operation = Callable[[Work], Step | None]
OPERATIONS: dict[Operation, int] = {
    record_work.add: 12,
    record_work.edit: 14,
    record_work.archive_or_restore: 4,
    record_work.finish: 3,
    record_work.acknowledge: 2,
    record_work.change_many: 3,
    request_work.take_in: 8,
    request_work.take: 3,
    request_work.assign: 3,
    request_work.reassign: 2,
    request_work.say: 7,
    request_work.client_wrote: 4,
    request_work.wait_or_resume: 4,
    request_work.promise: 3,
    request_work.close: 4,
    request_work.set_priority: 3,
    request_work.lead: 2,
    request_work.correct: 1,
    request_work.split: 2,
    request_work.join: 4,
    request_work.hand_off: 4,
    request_work.department_answers: 5,
    request_work.put_off: 3,
    sales_work.move_opportunity: 4,
    meeting_work.plan: 3,
    meeting_work.settle: 3,
    plan_work.start: 2,
    plan_work.work_on_step: 5,
    plan_work.answer_inside: 2,
    plan_work.end_plan: 2,
    voice_work.draft_message: 2,
    voice_work.send_or_cancel: 3,
    voice_work.answer_mark: 2,
    department_work.absence: 2,
    department_work.policy: 1,
    department_work.opening_hours: 1,
    department_work.set_clock: 1,
    history_work.import_tasks: 1,
    history_work.import_clients: 1,
    history_work.undo_import: 1,
    history_work.undo: 10,
    history_work.redo: 5,
}
"""What people do, and how often."""


class Failure(Exception):
    """A seed after which the file is not as the model says; the text tells what to run and what happened."""

    def __init__(self, seed: int, at: int, told: list[str], reason: str) -> None:
        """Keep the seed, the step, what was done, and what differs."""
        lines = "\n".join(f"  {line}" for line in told[-_TOLD:])
        super().__init__(
            f"Seed {seed} fails at step {at}: python -m tests.simulation --seed {seed}\n{lines}\n{reason}"
        )
        self.seed = seed
        self.at = at
        self.reason = reason


@dataclass
class Run:
    """One seed under way."""

    firm: Firm
    model: Model
    told: list[str] = field(default_factory=list[str])
    verified: dict[str, list[Any]] = field(default_factory=dict[str, list[Any]])
    """The rows of each kind as they were when they last agreed with the model."""
    commits: int = -1
    """SQLite's own count of what others committed, as of `found`."""
    found: dict[str, list[Any]] = field(default_factory=dict[str, list[Any]])
    """All rows as they were read last."""

    def step(self, person: Person, step: Step) -> None:
        """Do a step and hold everything against the model."""
        session = person.session
        today = session.today().isoformat()
        draft = Draft(self.model, person.login, session.me.id, person.at, today)
        refusal = _foretold(step, draft)
        self.told.append(f"{len(self.told) + 1} {person.login} {person.at}: {step.text}")
        refused = ""
        try:
            step.act()
        except StoreProblem as problem:
            refused = str(problem) or "refused"
        self.told[-1] += f" → {refused}" if refused else ""
        if session.me.role == "quality":
            assert refused or not draft.changes, "a quality specialist changes nothing"
        else:
            assert bool(refused) == bool(refusal), (
                f"the desk says “{refused or 'done'}”, the model says “{refusal or 'done'}”"
            )
        self._settle(person, draft if not refused else None)

    def _settle(self, person: Person, draft: Draft | None) -> None:
        found = self._read()
        touched: tuple[tuple[str, int], ...] = ()
        if draft is not None:
            changed = {change.kind for change in draft.changes}
            actual = {(kind, row["id"]): row for kind in changed for row in _as_rows(kind, found[kind])}
            new = {
                kind: sorted(
                    row_id for of, row_id in actual if of == kind and row_id not in self.model.rows[kind]
                )
                for kind in changed
            }
            made = draft.settle(new, actual)
            touched = tuple((change.kind, change.record_id) for change in made.changes)
        kinds = {kind for kind, _ in touched}
        for kind, rows in found.items():
            if kind in kinds or rows != self.verified.get(kind):
                self._compare(kind, rows)
        if kinds & {"request", "request_event"}:
            self._compare_times()
        if draft is not None:
            self._check_caches_of(draft, touched)
        self.firm.tell(person, touched)

    def _read(self) -> dict[str, list[Any]]:
        """All rows of the file, read again only if anybody committed anything since."""
        reader = self.firm.reader
        commits = reader.execute("PRAGMA data_version").fetchone()[0]
        if commits != self.commits:
            self.found, self.commits = _all_rows(reader), commits
        return self.found

    def _check_caches_of(self, draft: Draft, touched: Iterable[tuple[str, int]]) -> None:
        """Hold what is kept beside the clients of a step against their records.

        Nobody's window need have noticed yet what began with the day, and a fast clock may count by what has
        yet to begin; `check_caches` waits for both.
        """
        rows = [self.model.rows[kind][row_id] for kind, row_id in touched]
        rows += [change.old for change in draft.changes]
        clients = {row_id for kind, row_id in touched if kind == "client"}
        clients |= {row["client_id"] for row in rows if row.get("client_id")}
        if not clients or day_turn.has_come(self.firm.store, self.firm.fastest_now()):
            return
        for each in sorted(clients):
            differences = client_caches.differences_of(self.firm.store, each, self.firm.time.now)
            assert not differences, "\n".join(differences[:5])

    def _compare_times(self) -> None:
        """Hold the times beside each request against its events."""
        rows = [dict(zip(_NAMES["request"], row, strict=True)) for row in self.verified["request"]]
        wanted = request_rules.times_of(self.model, rows)
        for row in rows:
            kept = row["responded_at"], row["resolved_at"]
            assert kept == wanted[row["id"]], (
                f"R-{row['number']} was answered and closed at {kept}, its events say {wanted[row['id']]}"
            )

    def _compare(self, kind: str, rows: list[Any]) -> None:
        expected, cached = self.model.rows[kind], CACHED.get(kind, frozenset())
        actual = {row["id"]: row for row in _as_rows(kind, rows)}
        assert actual.keys() == expected.keys(), (
            f"{kind}: only on file {sorted(actual.keys() - expected.keys())},"
            f" only in the model {sorted(expected.keys() - actual.keys())}"
        )
        for row_id, row in actual.items():
            wanted = expected[row_id]
            if row != wanted:
                different = {
                    name: (value, wanted[name])
                    for name, value in row.items()
                    if value != wanted[name] and name not in cached
                }
                assert not different, f"{kind} {row_id} (file, model): {different}"
        self.verified[kind] = rows

    def check_caches(self) -> None:
        """Hold everything that is kept beside the records against them."""
        # Somebody's window is always open, and takes what has begun since into account. What has begun only
        # by a fast clock is counted by whoever has that: a little later it has begun for everybody.
        while day_turn.has_come(self.firm.store, self.firm.fastest_now()):
            begun = parse_utc(str(organization.turns_at(self.firm.store)))
            self.firm.time.now = max(self.firm.time.now, begun)
            turn_of_day.take(self.firm.store, self.firm.time.now)
        differences = client_caches.differences(self.firm.store, self.firm.time.now)
        assert not differences, "\n".join(differences[:5])

    def undo_everything(self, start: dict[str, dict[int, Row]]) -> None:
        """Let everybody take back what he did, the newest first; then all is as it was, what is new archived.

        What an import brought and somebody worked on before the import was taken back is nobody's any more,
        and may keep what it refers to, with all that its maker did before. An undo itself may tell an open
        request the terms that count again.
        """
        by_login = {person.login: person for person in self.firm.people}
        kept = self._kept_of_imports()
        stuck: list[ChangeSet] = []
        while standing := [s for s in self.model.sets if _stands(s) and s not in stuck]:
            self.firm.time.now += timedelta(seconds=1)
            person = by_login[standing[-1].actor]
            step = history_work.undo(Work(self.firm, person, self.model))
            assert step is not None
            self.step(person, step)
            if _stands(standing[-1]):
                assert kept or stuck, "nothing keeps the newest change from being undone"
                stuck += [each for each in standing if each.actor == person.login]
        kept |= {(change.kind, change.record_id) for each in stuck for change in each.changes}
        kept |= {
            (change.kind, change.record_id)
            for each in self.model.sets
            if each.undoes is not None
            for change in each.changes
            if change.op == "insert" and change.kind == "request_event" and change.new["staff_id"] is None
        }
        for kind, rows in self.model.rows.items():
            for row_id, row in rows.items():
                before = start[kind].get(row_id)
                if (kind, row_id) in kept:
                    continue
                assert before or row["archived_at"], f"the new {kind} {row_id} is not archived"
                cached = CACHED.get(kind, ())
                assert not before or all(before[n] == row[n] for n in row if n not in cached), (
                    f"{kind} {row_id} is not as it was"
                )

    def _kept_of_imports(self) -> set[tuple[str, int]]:
        """Records of imports that were taken back for good as imports are."""
        return {
            (change.kind, change.record_id)
            for each in self.model.sets
            if each.undoes is not None and not each.is_undone
            if any(change.kind == "import_run" and change.op == "update" for change in each.changes)
            for change in each.undoes.changes
        }


def _stands(each: ChangeSet) -> bool:
    return each.undoes is None and not each.is_undone


def _foretold(step: Step, draft: Draft) -> str:
    """Why the rules refuse a step, '' if they allow it."""
    try:
        step.foretell(draft)
        draft.validate_clients()
        request_rules.follow_terms(draft)
    except Refused as refused:
        return str(refused) or "refused"
    return ""


def run_seed(
    seed: int, operations: int, directory: Path | None = None, *, skipped: frozenset[int] = frozenset()
) -> int:
    """Run one seed and give back how many steps were done; raises Failure."""
    with tempfile.TemporaryDirectory(dir=directory) as place, firm(Path(place) / "firm.db", seed) as people:
        found = _all_rows(people.reader)
        run = Run(
            people, Model({kind: {row["id"]: row for row in _as_rows(kind, found[kind])} for kind in KINDS})
        )
        start = {kind: dict(rows) for kind, rows in run.model.rows.items()}
        number = 0
        try:
            for number in range(1, operations + 1):
                people.chance = Random(f"{seed}:{number}")
                people.time.pass_by(people.chance)
                if number not in skipped:
                    _do_something(run)
                if number % _CACHES_EACH == 0:
                    run.check_caches()
            run.undo_everything(start)
            run.check_caches()
            problems = checking.check(people.store)
            assert not problems, problems[0].message
        except Exception as error:
            reason = str(error) if isinstance(error, AssertionError) else repr(error)
            raise Failure(seed, number, run.told, reason) from error
        return len(run.told)


def _do_something(run: Run) -> None:
    chance = run.firm.chance
    person = chance.choices(run.firm.people, (10, 8, 8, 1))[0]
    if chance.random() < 0.5:
        run.firm.hear(person)
    step = None
    while step is None:  # there is nothing yet that some operations could be done with
        operation = chance.choices(list(OPERATIONS), list(OPERATIONS.values()))[0]
        step = operation(Work(run.firm, person, run.model))
    run.step(person, step)


_NAMES = {
    kind: tuple(name for name in columns(described.record) if name not in NOT_COMPARED)
    for kind, described in KINDS.items()
}


_WORKED_OUT = re.compile(r'(, )?"(after": "\d+|missed_\w+": "[-\w:]+)"')
"""What the program works out and the model does not: which event came before where clocks tell it otherwise,
and what a merged request had missed, which the times kept beside the requests are held against."""


_QUERIES = {
    kind: f"SELECT {', '.join(names)} FROM {KINDS[kind].table} ORDER BY id" for kind, names in _NAMES.items()
}


def _all_rows(reader: sqlite.Connection) -> dict[str, list[Any]]:
    """The rows of every kind on one snapshot."""
    reader.execute("BEGIN")
    try:
        return {kind: reader.execute(query).fetchall() for kind, query in _QUERIES.items()}
    finally:
        reader.execute("ROLLBACK")


def _as_rows(kind: str, rows: list[Any]) -> list[Row]:
    found = [dict(zip(_NAMES[kind], row, strict=True)) for row in rows]
    if kind == "request_event":
        for row in found:
            row["detail"] = _WORKED_OUT.sub("", row["detail"]).replace("{, ", "{").replace("{}", "")
    return found
