"""Undo, redo, imports, and imports that are taken back."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

from onewindow.desk.imports import running as importing
from onewindow.desk.imports import undo as import_undo
from onewindow.records.organization import ImportRun
from tests.simulation.model import ChangeSet, Draft, Model, Refused, Row
from tests.simulation.step import Step, Work


def undo(work: Work) -> Step | None:
    """Somebody takes their last change back."""

    def foretell(draft: Draft) -> None:
        target = draft.model.last_undoable(draft.actor)
        if target is None:
            raise Refused("nothing to undo")
        draft.take_back(target)

    return Step("undo", work.person.session.undo, foretell)


def redo(work: Work) -> Step | None:
    """Somebody makes again what they took back."""

    def foretell(draft: Draft) -> None:
        target = draft.model.last_redoable(draft.actor)
        if target is None:
            raise Refused("nothing to do again")
        draft.take_back(target)

    return Step("redo", work.person.session.redo, foretell)


def import_tasks(work: Work) -> Step | None:
    """A file of tasks: new ones, and some known by their id in the other program."""
    client = work.pick("client")
    if client is None:
        return None
    session = work.person.session
    known = work.pick("task", lambda row: bool(row["external_id"]) and row["client_id"] is not None)
    rows: list[dict[str, str]] = []
    for _ in range(work.one_of(1, 2, 4)):
        due = (session.today() + timedelta(days=work.one_of(1, 9))).isoformat()
        rows.append(_task(client["number"], work.word(), due, work.word()))
    if known is not None:
        number = work.model.rows["client"][known["client_id"]]["number"]
        rows.append(_task(number, work.word(), known["due_on"] or "", known["external_id"]))
        if work.model.rows["client"][known["client_id"]]["archived_at"]:
            return None

    def foretell(draft: Draft) -> None:
        for each in rows:
            if known is not None and each["id"] == known["external_id"]:
                draft.update("task", known["id"], {"title": each["title"]})
                continue
            values: Row = {"client_id": client["id"], "title": each["title"], "due_on": each["due_on"]}
            draft.insert("task", {**values, "external_id": each["id"], "archived_at": None}, loose=True)
        counts = {"created": len(rows) - (known is not None), "updated": int(known is not None)}
        draft.insert("import_run", {"file_name": "tasks.csv", "record_kind": "task", **counts})

    return Step(
        f"import {len(rows)} tasks",
        lambda: importing.import_file(session, "task", io.BytesIO(_csv(rows, id="external_id")), "tasks.csv"),
        foretell,
    )


def _task(client: int, title: str, due_on: str, external_id: str) -> dict[str, str]:
    return {"client": f"C-{client}", "title": title, "due_on": due_on, "id": external_id}


def import_clients(work: Work) -> Step | None:
    """A file of clients: strangers, and one known by its id in the other program who moved."""
    session = work.person.session
    known = work.pick("client", lambda row: bool(row["external_id"]))
    rows = [
        {"name": f"Import {work.word()} {work.word()}", "city": "Псков", "id": work.word()}
        for _ in range(work.one_of(1, 2))
    ]
    if known is not None:
        rows.append({"name": known["name"], "city": work.word().title(), "id": known["external_id"]})

    def foretell(draft: Draft) -> None:
        for each in rows:
            if known is not None and each["id"] == known["external_id"]:
                draft.update("client", known["id"], {"city": each["city"]})
                continue
            values = {"name": each["name"], "city": each["city"], "external_id": each["id"]}
            draft.insert("client", {**values, "archived_at": None}, loose=True)
        counts = {"created": len(rows) - (known is not None), "updated": int(known is not None)}
        draft.insert("import_run", {"file_name": "clients.csv", "record_kind": "client", **counts})

    return Step(
        f"import {len(rows)} clients",
        lambda: importing.import_file(session, "client", io.BytesIO(_csv(rows)), "clients.csv"),
        foretell,
    )


def _csv(rows: list[dict[str, str]], **renamed: str) -> bytes:
    text = io.StringIO()
    names = [renamed.get(name, name) for name in rows[0]]
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows(row.values() for row in rows)
    return text.getvalue().encode()


def undo_import(work: Work) -> Step | None:
    """An import is taken back; what somebody worked on since stays."""
    row = work.pick("import_run", archived=work.chance(0.1))
    if row is None:
        return None
    session = work.person.session
    run: ImportRun = work.look("import_run", row["id"], stale=0)

    def foretell(draft: Draft) -> None:
        target = _set_of(draft.model, row["id"])
        if row["reverted_at"] is not None or target.is_undone:
            raise Refused("it was taken back already")
        _take_back(draft, target, row["id"])

    return Step("undo import", lambda: import_undo.undo_import(session, run), foretell)


def _set_of(model: Model, run_id: int) -> ChangeSet:
    return next(
        each
        for each in model.sets
        if any(c.op == "insert" and c.kind == "import_run" and c.record_id == run_id for c in each.changes)
    )


def _take_back(draft: Draft, target: ChangeSet, run_id: int) -> None:
    draft.undoes = target
    touched = _touched_since(draft.model, target)
    for change in reversed(target.changes):
        if change.kind == "import_run":
            continue
        now = draft.get(change.kind, change.record_id)
        if change.op in ("insert", "restore"):
            if (change.kind, change.record_id) not in touched:
                draft.archive(change.kind, change.record_id)
        else:
            back = {name: change.old[name] for name, value in change.new.items() if now[name] == value}
            draft.update(change.kind, change.record_id, back)
    draft.update("import_run", run_id, {"reverted_at": draft.at})


def _touched_since(model: Model, target: ChangeSet) -> set[tuple[str, int]]:
    """Records of an import that were worked on later, and its clients to whom work was added."""
    made = {(change.kind, change.record_id) for change in target.changes}
    touched: set[tuple[str, int]] = set()
    for each in model.sets[model.sets.index(target) + 1 :]:
        if each.undoes is not None or each.is_undone:
            continue
        for change in each.changes:
            key = (change.kind, change.record_id)
            if change.op in ("archive", "restore") and key in made:
                continue
            row = model.rows[change.kind][change.record_id]
            keys = {key, ("client", int(row.get("client_id") or 0))}
            touched |= keys & made
    return touched
