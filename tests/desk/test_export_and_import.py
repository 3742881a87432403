"""What is exported comes back into an empty file as the same records, of every kind and in every format."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from rich_client import NOW, Clock, RichClient

from onewindow.desk.export import export_columns, export_rows, kinds_in_order
from onewindow.desk.importing import import_file
from onewindow.desk.opening import prepare_new_file
from onewindow.desk.session import Session
from onewindow.exchange.writer import write_table
from onewindow.records.department import Staff
from onewindow.records.kinds import IMPORTED_KINDS, KINDS
from onewindow.settings import Settings
from onewindow.store import rows
from onewindow.store.engine import open_store
from onewindow.text.dates import utc_text


def _records(session: Session, kind: str) -> dict[int, Mapping[str, object]]:
    """The records of a kind by id, without what every write moves."""
    return {
        each.id: {name: value for name, value in vars(each).items() if name not in ("version", "updated_at")}
        for each in rows.fetch(session.store, KINDS[kind].record, "ORDER BY id")
    }


@pytest.mark.parametrize("fmt", ["csv", "jsonl"])
def test_every_kind_comes_back_as_it_was_and_a_second_time_changes_nothing(
    session: Session, rich_client: RichClient, tmp_path: Path, fmt: Literal["csv", "jsonl"]
) -> None:
    assert rich_client
    files: dict[str, bytes] = {}
    for kind in kinds_in_order():
        if kind.name in IMPORTED_KINDS:
            stream = io.StringIO()
            found = rows.fetch(session.store, kind.record, "ORDER BY id")
            exported = export_rows(session, kind, found, as_stored=fmt == "jsonl")
            write_table(exported, export_columns(kind.record, private=True), fmt, stream)
            files[kind.name] = stream.getvalue().encode()

    with open_store(tmp_path / "copy.db", create=True) as store:
        me = prepare_new_file(
            store,
            Staff(login="copyist", name="Копиров Иван"),
            "Europe/Moscow",
            utc_text(NOW - timedelta(days=1)),
        )
        other = Session(store, me, Settings(), Clock(NOW), "Europe/Moscow")
        made = {kind: set(_records(other, kind)) for kind in files}
        for kind, data in files.items():
            if not data.strip():
                continue
            report = import_file(other, kind, data, f"{kind}.{fmt}")
            assert report.count("error") == 0, (kind, report.rows)
            copied = {i: each for i, each in _records(other, kind).items() if i not in made[kind]}
            assert copied == _records(session, kind)
        for kind, data in files.items():
            if data.strip():
                again = import_file(other, kind, data, f"{kind}.{fmt}")
                assert again.count("skip") == len(again.rows), (kind, again.rows)
