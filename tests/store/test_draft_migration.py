"""Drafts of an older file go on in the newer one, held by no window."""

from __future__ import annotations

import json
from pathlib import Path

from store_samples import new_store

from onewindow.store import schema
from onewindow.store.session import drafts, interruptions


def test_drafts_and_put_aside_work_of_an_older_file_are_kept(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.execute("DROP TABLE draft")
        store.execute("ALTER TABLE interruption DROP COLUMN holder")
        store.execute("ALTER TABLE interruption DROP COLUMN held_at")
        store.execute(
            "CREATE TABLE draft (login TEXT NOT NULL, form TEXT NOT NULL, typed TEXT NOT NULL,"
            " updated_at TEXT NOT NULL, PRIMARY KEY (login, form)) STRICT, WITHOUT ROWID"
        )
        for form, at in (("new client", "2026-11-20T10:00:00Z"), ("line 17", "2026-11-19T10:00:00Z")):
            store.execute(
                "INSERT INTO draft VALUES ('anna', :form, :typed, :at)",
                form=form,
                typed=json.dumps({"text": form}),
                at=at,
            )
        store.execute(
            "INSERT INTO interruption (login, position, place, form, title, at)"
            " VALUES ('anna', 1, '{}', '', 'отчёт', '2026-11-19T10:00:00Z')"
        )
        script = "0015_draft_windows.sql"
        for statement in schema.statements(schema.script_of(script)):
            store.execute(statement)
        found = drafts.all_of(store, "anna")
        assert [(draft.form, draft.typed, draft.holder) for draft in found] == [
            ("line 17", {"text": "line 17"}, ""),
            ("new client", {"text": "new client"}, ""),
        ]
        assert len({draft.id for draft in found}) == 2
        assert [(work.title, work.holder) for work in interruptions.waiting(store, "anna")] == [("отчёт", "")]
