"""History calls an undo an undo; an absence that is in the way says how it is changed or ended."""

from __future__ import annotations

import pytest

from onewindow.desk.editing import changing
from onewindow.desk.editing.history_text import history_lines
from onewindow.desk.queue import team
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.organization import Staff
from onewindow.store import rows
from onewindow.store.history import history
from onewindow.store.problems import StoreProblem


def test_an_undo_and_a_redo_are_called_so(session: Session) -> None:
    client = changing.insert(session, Client(name="Ирис"))
    changing.change(session, client, {"city": "Казань"})
    session.undo()
    session.redo()
    lines = [
        line.split("  ")[-1]
        for line in history_lines(session, history(session.store, "client", client.id))
        if not line.startswith(" ")
    ]
    assert lines == ["redo: changed", "undo: changed", "changed", "made"]


def test_an_absence_in_the_way_says_how_to_change_it_and_later_ones_are_noted(session: Session) -> None:
    me = session.me
    team.set_absence(session, me, "24.11 – 04.12")
    me = rows.get(session.store, Staff, me.id)
    with pytest.raises(StoreProblem, match=r"Begin with 24\.11 to change that one, leave"):
        team.set_absence(session, me, "02.12 – 03.12")
    me = team.set_absence(session, me, "25.12 – 31.12")
    me = team.set_absence(session, me, "24.11 – 01.12")
    assert [(absence.first, absence.last) for absence in team.absences_of(me)] == [
        ("2026-11-24", "2026-12-01"),
        ("2026-12-25", "2026-12-31"),
    ]
    me = team.set_absence(session, me, "")
    assert [absence.first for absence in team.absences_of(me)] == ["2026-12-25"]
