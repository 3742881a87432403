"""`onewindow opportunity suggest`, `renewals`, `whitespace`, `forecast`, `rates`, and what keys do."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from command_line import CommandLine


def today() -> date:
    return datetime.now(ZoneInfo("Europe/Moscow")).date()


@pytest.fixture
def firm(romashka: CommandLine) -> CommandLine:
    """Ромашка with ten seats of Склад that end in forty days, all paid; nobody agreed to advertising yet."""
    romashka.run("product", "add", "Склад", "--price", "1200")
    romashka.run("product", "add", "Портал", "--price", "500")
    ends = (today() + timedelta(days=40)).isoformat()
    romashka.run(
        *("licence", "add", "romashka", "Склад", "--bought", "10", "--active", "9", "--ends-on", ends),
        *("--last-used-on", "today", "--amount", "90000"),
    )
    romashka.run("touch", "add", "romashka", "встреча", "--kind", "meeting", "--mood", "glad")
    return romashka


def agreed(firm: CommandLine) -> None:
    firm.run(
        *("consent", "add", "romashka", "--purpose", "marketing", "--channel", "email", "--state", "given"),
        *("--contact", "Ким", "--decided-on", "today", "--source", "письмо"),
    )


def test_a_suggestion_is_held_back_until_somebody_agrees(firm: CommandLine) -> None:
    held = firm.run("opportunity", "suggest")
    assert "There is nothing to suggest." in held.stderr
    assert "1 more is held back; --not-offered says why." in held.stderr
    (row,) = firm.data("opportunity", "suggest", "--not-offered")
    assert (row["trigger"], row["not_offered"]) == ("renewal", "nobody there agreed to be offered something")
    agreed(firm)
    (row,) = firm.data("opportunity", "suggest", "--client", "ромашка")
    assert (row["rank"], row["amount"], row["currency"], row["not_offered"]) == (1, 9_000_000, "RUB", "")
    assert (row["chance"], row["urgency"]) == (0.2, round(2 ** (-40 / 30), 4))
    assert row["expected"] == round(0.2 * 9_000_000 * 2 ** (-40 / 30), 2)
    assert firm.data("opportunity", "suggest", "--trigger", "reorder") == []
    why = firm.out("opportunity", "suggest", "--client", "romashka", "--why")
    assert "chance = (won + 1) / (shown + 5) = (0 + 1) / (0 + 5) = 0.200" in why
    assert "nothing forbids to offer it" in why


def test_a_suggestion_is_taken_or_declined_by_its_key(firm: CommandLine) -> None:
    taken = firm.run("opportunity", "accept", "romashka/renewal")
    assert taken.stderr == "Mind: nobody there agreed to be offered something.\n"
    assert firm.data("opportunity", "show", taken.stdout.strip())["state"] == "accepted"
    firm.run("undo")
    assert "it is not offered now: nobody there agreed" in firm.refusal("opportunity", "offer", "C-1/renewal")
    agreed(firm)
    firm.run("opportunity", "dismiss", "C-1/renewal", "перейдут на другую программу")
    (row,) = firm.data("opportunity", "suggest", "--not-offered")
    assert row["not_offered"].startswith("dismissed on")
    assert "No rule suggests “C-1/reorder” now" in firm.refusal("opportunity", "accept", "C-1/reorder")


def test_what_is_taken_is_not_taken_a_second_time(firm: CommandLine) -> None:
    first = firm.out("opportunity", "accept", "romashka/renewal")
    again = firm.refusal("opportunity", "accept", "romashka/renewal")
    assert f"it is accepted already, as opportunity {first}." in again
    assert "it is accepted already" in firm.refusal("opportunity", "dismiss", "romashka/renewal", "дорого")
    assert [row["id"] for row in firm.data("opportunity", "list", "--all")] == [first]


def test_ideas_of_one_title_are_told_apart_by_their_ids(firm: CommandLine) -> None:
    ids = [firm.out("opportunity", "add", "romashka", "продление") for _ in range(2)]
    assert "; say which opportunity" in (said := firm.refusal("opportunity", "accept", "продление"))
    assert all(f"продление ({each})" in said for each in ids)


def test_a_segment_that_is_not_there_has_no_whitespace(firm: CommandLine) -> None:
    assert "There is no segment “Казан”." in firm.refusal("opportunity", "whitespace", "--segment", "Казан")


def test_the_calendar_of_renewals(firm: CommandLine) -> None:
    (row,) = firm.data("opportunity", "renewals")
    assert (row["days"], row["step"], row["amount"], row["state"]) == (40, 60, 9_000_000, "")
    assert firm.data("opportunity", "renewals", "--days", "39") == []
    number = firm.out("opportunity", "accept", "C-1/renewal")
    (row,) = firm.data("opportunity", "renewals")
    assert (row["state"], row["opportunity_id"]) == ("accepted", number)
    follows = (today() + timedelta(days=41)).isoformat()
    firm.run("licence", "add", "romashka", "Склад", "--bought", "10", "--starts-on", follows)
    assert firm.data("opportunity", "renewals") == []


def test_the_whitespace_and_who_is_in_it(firm: CommandLine) -> None:
    firm.run("client", "add", "Мята")
    firm.run("client", "add", "Лютик")
    firm.run("segment", "add", "Казань", "--filter", "city:Казань")
    cells = firm.data("opportunity", "whitespace")
    assert [(cell["product"], cell["members"], cell["owners"]) for cell in cells] == [
        ("Портал", 1, 0),
        ("Склад", 1, 1),
    ]
    assert (cells[1]["share"], cells[1]["low"], cells[1]["high"]) == (1.0, 0.2065, 1.0)
    (without,) = firm.data("opportunity", "whitespace", "--segment", "Казань", "--product", "Портал")
    assert without["client"] == "Ромашка"
    assert firm.data("opportunity", "whitespace", "--segment", "Казань", "--product", "Склад") == []


def test_forecast_and_rates_of_what_is_on_file(firm: CommandLine) -> None:
    for title, state, reason in (
        ("a", "won", "mail"),
        ("b", "lost", "dear"),
        ("c", "lost", "dear"),
        ("d", "offered", ""),
    ):
        number = firm.out("opportunity", "add", "romashka", title, "--amount", "1000", "--state", "offered")
        if state != "offered":
            firm.run("opportunity", "win" if state == "won" else "lose", number, reason)
    (row,) = firm.data("opportunity", "forecast")
    # (1 + 1) / (3 + 2) of 1 000.00
    assert (row["n"], row["open_amount"], row["expected"]) == (1, 100_000, 40_000)
    assert (row["low"], row["high"]) == (0, 100_000)
    rates = {one["trigger"]: one for one in firm.data("opportunity", "rates")}
    assert (rates[""]["won"], rates[""]["lost"], rates[""]["won_of_closed"]) == (1, 2, 0.3333)
    assert rates["renewal"]["shown"] == 0


def test_a_rule_rests_until_it_is_brought_back(firm: CommandLine) -> None:
    assert "There is no rule “nonsense”" in firm.refusal("opportunity", "retire", "nonsense")
    firm.run("opportunity", "retire", "renewal", "нет смысла")
    assert firm.data("opportunity", "suggest", "--not-offered") == []
    rates = {one["trigger"]: one for one in firm.data("opportunity", "rates")}
    assert rates["renewal"]["retired_because"] == "нет смысла"
    firm.run("opportunity", "bring-back", "renewal")
    assert len(firm.data("opportunity", "suggest", "--not-offered")) == 1
    firm.run("undo")
    assert firm.data("opportunity", "suggest", "--not-offered") == []


def test_two_ways_of_saying_whose_are_refused(firm: CommandLine) -> None:
    said = firm.run("opportunity", "suggest", "--mine", "--client", "romashka", code=2).stderr
    assert "--client, --owner and --mine say three ways whose" in said
    assert "machine formats" in firm.run("opportunity", "suggest", "--why", "--format", "csv", code=2).stderr
