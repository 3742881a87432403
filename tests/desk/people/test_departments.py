"""Departments that take parts of requests: the known ones are found, others are refused or marked as new."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich_client import RichClient

from onewindow.desk.people import departments
from onewindow.desk.requests import handing_off
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.desk.window.panels import requests as panel
from onewindow.desk.window.snapshot import load_snapshot
from onewindow.records.requests import HandOff, Request


@pytest.fixture
def known(session: Session, rich_client: RichClient) -> Request:
    """A request of which Разработка has a part; Склад is in the settings."""
    session.settings = replace(session.settings, departments=("Склад",))
    request = rich_client.add(Request(title="не печатает"))
    asked = HandOff(request_id=request.id, department="Разработка", what="собрать журнал", target_min=240)
    handing_off.hand_off(session, asked)
    return request


@pytest.mark.usefixtures("known")
def test_those_in_use_and_of_the_settings_are_offered(session: Session) -> None:
    assert {"Разработка", "Склад"} <= set(departments.known(session))
    assert departments.suggest(session, "разр") == [("Разработка", "Разработка")]
    assert departments.suggest(session, "hfph")[0][0] == "Разработка"


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("typed", ["разр", "РАЗРАБОТКА", " разработка ", "razrabotka"])
def test_a_beginning_that_only_one_has_means_it(session: Session, typed: str) -> None:
    assert departments.named(session, typed) == "Разработка"


@pytest.mark.usefixtures("known")
def test_an_unknown_one_is_refused_with_those_near(session: Session) -> None:
    with pytest.raises(FieldProblems, match="did you mean Разработка"):
        departments.named(session, "Разрабтка")
    with pytest.raises(FieldProblems, match="Склад"):
        departments.named(session, "Юристы")
    assert departments.named(session, "Юристы", is_new=True) == "Юристы"


def test_a_file_without_departments_takes_the_first(session: Session) -> None:
    assert departments.named(session, "склад") == "склад"
    assert departments.named(session, "") == ""


def test_the_row_says_where_it_is_and_how_long_that_has(
    session: Session, rich_client: RichClient, known: Request
) -> None:
    snapshot = load_snapshot(session, rich_client.client.id)
    rows = panel.view(session, snapshot).rows
    row = next(row for row in rows if row.cells[0].text == f"R-{known.number}")
    assert row.cells[1].text == "не печатает"
    assert row.cells[3].text.startswith("at Разработка, 4 h left, ")
    assert row.cells[3].short == "at Разработка, 4 h left"


def test_all_that_are_known_are_named_or_counted(session: Session) -> None:
    names = [f"Отдел {letter}" for letter in "АБВГДЕЖЗИКЛМНО"]
    session.settings = replace(session.settings, departments=tuple(names[:8]))
    with pytest.raises(FieldProblems, match=r"known are Отдел А, .*, Отдел Ж, Отдел З\."):
        departments.named(session, "нетакого")
    session.settings = replace(session.settings, departments=tuple(names))
    with pytest.raises(FieldProblems, match=r"Отдел М and 2 more\."):
        departments.named(session, "нетакого")
