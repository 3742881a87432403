"""A measure is one entry: added to the table, it is in reports, texts, machine formats, command and help."""

from __future__ import annotations

from datetime import date

import pytest

from onewindow.cli.metrics import help_text
from onewindow.desk.editing import changing
from onewindow.desk.reports.amounts import COUNT
from onewindow.desk.reports.measures import MEASURES, Gap, Judged, Measure, MeasuredRequest
from onewindow.desk.reports.report_text import amount_text, machine_row
from onewindow.desk.reports.request_reports import PeriodMeasures, read_measures, report
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.requests import Request
from onewindow.store.requests.reports import ReportedRequest


def is_silent(reported: ReportedRequest) -> bool:
    return reported.request.title == "молчит"


def count_events(measured: MeasuredRequest) -> Judged:
    count = len(measured.reported.events)
    return Judged(count, is_met=count == 1)


EVENTS = Measure(
    name="events",
    label="events of a request",
    definition="How many events a request has.",
    unit=COUNT,
    read=count_events,
    share="one only (95 %)",
    hint="how much happened",
    gaps=(Gap("a voice", "says nothing and has no", "say nothing and have no", is_silent),),
)


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> Measure:
    """The measure in the table, for the length of a test."""
    monkeypatch.setitem(MEASURES, EVENTS.name, EVENTS)
    return EVENTS


def read(session: Session) -> PeriodMeasures:
    *_, period = read_measures(session, session.store, date(2026, 1, 1), date(2026, 12, 31))
    return period


@pytest.fixture
def asked(session: Session) -> None:
    """A request that was opened and another that was given away too; of a third nothing can be told."""
    client = changing.insert(session, Client(name="Ромашка", tier="A"))
    changing.insert(session, Request(client_id=client.id, title="вход"))
    busy = changing.insert(session, Request(client_id=client.id, title="печать"))
    changing.change(session, busy, {"assignee_id": session.me.id})
    changing.insert(session, Request(client_id=client.id, title="молчит"))


@pytest.mark.usefixtures("added", "asked")
def test_an_added_measure_is_counted_grouped_and_judged(session: Session) -> None:
    period = read(session)
    (row,) = report(period.requests, "events", "tier")
    assert (row.key, row.times.n, row.times.median) == ("A", 2, 1.5)
    assert row.times.within is not None
    assert (row.times.within.n, row.times.within.value) == (2, 0.5)
    assert amount_text("events", row.times.median) == "1.5"
    told = machine_row(row, "events", "tier")
    assert (told["measure"], told["group"], told["n"], told["in_target"]) == ("events", "A", 2, 0.5)


@pytest.mark.usefixtures("added", "asked")
def test_what_an_added_measure_leaves_out_is_said(session: Session) -> None:
    period = read(session)
    assert period.left_out_text("events", period.requests) == "1 without a voice left out"
    assert period.left_out_text("response", period.requests) == ""
    assert period.untimed_text == "1 of them says nothing and has no events count."


def test_the_help_names_every_measure_and_an_added_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(name in help_text() for name in MEASURES)
    assert "events" not in help_text()
    monkeypatch.setitem(MEASURES, EVENTS.name, EVENTS)
    assert "events (how much happened)" in help_text()


def test_an_unknown_measure_has_no_report() -> None:
    with pytest.raises(KeyError):
        report([], "events", "all")
