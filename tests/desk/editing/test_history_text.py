"""History as people read it: who did what when, references named, hidden fields left out."""

from __future__ import annotations

from datetime import timedelta

from onewindow.desk.editing import changing
from onewindow.desk.editing.history_text import history_lines
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.store.history import client_history, history


def test_each_field_is_told_before_and_after(session: Session) -> None:
    client = changing.add(session, "client", {"name": "Ромашка"})
    petrov = next(p for p in session.directory.staff.values() if p.login == "petrov")
    session.clock.now += timedelta(days=1)  # pyright: ignore[reportFunctionMemberAccess]
    after = changing.edit(session, client, {"owner_id": str(petrov.id), "name": "Ромашка 2", "since": ""})
    assert isinstance(after, Client)
    assert history_lines(session, history(session.store, "client", client.id)) == [
        "24.11.2026 14:32  Иванова Мария  changed",
        "    name: Ромашка → Ромашка 2",
        "    owner: Иванова Мария → Петров Олег",
        "    client since: 23.11 → (empty)",
        "23.11.2026 14:32  Иванова Мария  made",
    ]


def test_lines_of_several_records_say_which(session: Session) -> None:
    client = changing.add(session, "client", {"name": "Ромашка"})
    request = changing.add(session, "request", {"title": "printer"}, client.id)
    changing.archive(session, request)
    lines = history_lines(session, client_history(session.store, client.id))
    assert lines[0] == "23.11.2026 14:32  Иванова Мария  archived request R-1 printer"
    assert lines[-1] == "23.11.2026 14:32  Иванова Мария  made client C-1 Ромашка"
    assert history_lines(session, [])[0].startswith("Nothing is on record yet: ")
