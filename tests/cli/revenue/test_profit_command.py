"""`onewindow profit`: what is left of what clients paid."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from command_line import CommandLine

DAY = date.today() - timedelta(days=29)  # noqa: DTZ011  a day of the machine, as the command takes them
"""When the money came in: within the year on which reports are made, whenever the test is run."""


def typed(day: date) -> str:
    return f"{day:%d.%m.%Y}"


@pytest.fixture
def firm(romashka: CommandLine) -> CommandLine:
    """Two clients: one paid and was worked for, the other only cost work; an hour of mine costs 1 200 ₽."""
    me = json.loads(romashka.out("staff", "list", "--format", "json"))[0]["login"]
    romashka.run("staff", "edit", me, "--hour-rate", "1200")
    romashka.run("client", "add", "Вектор", "--tier", "B", "--client-class", "one_off")
    revenue = ("revenue", "add", "--client", "romashka", "--on-date", typed(DAY))
    romashka.run(*revenue, "--amount", "10000", "--revenue-kind", "service", "--work-kind", "paid")
    romashka.run(*revenue, "--amount", "500", "--revenue-kind", "discount")
    romashka.run(*revenue, "--amount", "300", "--revenue-kind", "cost", "--work-kind", "paid")
    romashka.run("request", "add", "romashka", "настроить обмен", "--work-kind", "paid")
    romashka.run("request", "resolve", "R-1", "готово", "--minutes", "90")
    romashka.run("request", "add", "vektor", "не печатает")
    romashka.run("request", "resolve", "R-2", "готово", "--minutes", "30")
    return romashka


def rows(firm: CommandLine, *words: str) -> list[dict[str, Any]]:
    return json.loads(firm.out("profit", "report", *words, "--format", "json"))


def test_each_client_with_the_best_first_or_last(firm: CommandLine) -> None:
    best = rows(firm)
    assert [row["group"] for row in best] == ["Ромашка", "Вектор"]
    first = best[0]
    assert (first["revenue"], first["discounts"], first["direct_cost"]) == (1_000_000, 50_000, 30_000)
    assert (first["minutes"], first["work"], first["contribution"]) == (90, 180_000, 740_000)
    assert first["margin"] == 0.74
    assert first["client"] == "C-1"
    assert (best[1]["contribution"], best[1]["margin"], best[1]["roi"]) == (-60_000, None, -1.0)
    assert [row["group"] for row in rows(firm, "--least")] == ["Вектор", "Ромашка"]
    assert [row["group"] for row in rows(firm, "--limit", "1")] == ["Ромашка"]


def test_kinds_of_work_have_their_money_and_their_time(firm: CommandLine) -> None:
    found = {row["group"]: row for row in rows(firm, "--by", "work")}
    assert {name: row["contribution"] for name, row in found.items()} == {
        "paid": 1_000_000 - 30_000 - 180_000,
        "warranty": -60_000,
        "no kind of work": -50_000,
    }


def test_groups_count_their_clients_and_give_a_mean(firm: CommandLine) -> None:
    firm.run("client", "add", "Тихий", "--client-class", "one_off")
    regular, one_off = rows(firm, "--by", "class")
    assert (regular["group"], regular["clients"], regular["mean"]) == ("regular", 1, 740_000.0)
    assert (one_off["group"], one_off["clients"], one_off["mean"]) == ("one_off", 2, -30_000.0)
    assert regular["mean_low"] is None
    assert one_off["mean_low"] < -30_000 < one_off["mean_high"]
    assert "too few to compare" in firm.out("profit", "report", "--by", "class")


def test_the_period_has_both_its_days(firm: CommandLine) -> None:
    def revenue(since: str, till: str) -> int:
        return sum(row["revenue"] for row in rows(firm, "--from", since, "--to", till))

    before, after = DAY - timedelta(days=1), DAY + timedelta(days=1)
    assert revenue(typed(DAY), typed(DAY)) == 1_000_000
    assert revenue(typed(after), typed(after)) == 0
    assert revenue(typed(before), typed(before)) == 0
    assert (
        "--from is a later day"
        in firm.run("profit", "report", "--from", "2.11.2026", "--to", "1.11.2026", code=2).stderr
    )


def test_a_filter_leaves_out_other_clients(firm: CommandLine) -> None:
    assert [row["group"] for row in rows(firm, "--filter", "tier:B")] == ["Вектор"]
    assert [row["clients"] for row in rows(firm, "--by", "tier", "--filter", "tier:B")] == [1]


def test_a_saved_segment_is_a_group_and_the_rest_another(firm: CommandLine) -> None:
    firm.run("segment", "add", "Ключевые", "--filter", "tier:A")
    found = {row["group"]: row["contribution"] for row in rows(firm, "--by", "segment")}
    assert found == {"Ключевые": 740_000, "none": -60_000}


def test_money_without_a_rate_is_left_out_and_told_until_there_is_one(firm: CommandLine) -> None:
    firm.run(
        *("revenue", "add", "--client", "vektor", "--on-date", typed(DAY), "--amount", "10 EUR"),
        *("--currency", "EUR"),
    )
    vector = rows(firm)[1]
    assert (vector["contribution"], vector["left_out"]) == (-60_000, {"EUR": 1_000})
    text = firm.out("profit", "report")
    assert (
        "10 € left out: there is no exchange rate of EUR in RUB; add one with: onewindow exchange-rate"
        in text
    )
    firm.run("exchange-rate", "add", "--currency", "EUR", "--rate", "98,50", "--valid-from", "01.01.2026")
    vector = rows(firm)[1]
    assert (vector["contribution"], vector["left_out"]) == (98_500 - 60_000, {})
    assert "left out" not in firm.out("profit", "report")
    in_euro = rows(firm, "--currency", "евро")
    assert (in_euro[1]["currency"], in_euro[1]["revenue"]) == ("EUR", 1_000)


def test_work_of_people_without_a_cost_is_told(romashka: CommandLine) -> None:
    romashka.run("request", "add", "romashka", "не печатает")
    romashka.run("request", "resolve", "R-1", "готово", "--minutes", "75")
    assert "1 h 15 m of work counts for nothing" in romashka.out("profit", "report")


def test_nothing_is_told_as_nothing(romashka: CommandLine) -> None:
    assert "Nothing came in and nothing was spent" in romashka.out("profit", "report")
    assert rows(romashka) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--rate", "0"), "write what one unit is worth as a number, for example 98.50."),
        (("--rate", "сто"), "write what one unit is worth as a number"),
        (("--rate", "NaN"), "write what one unit is worth as a number"),
        (("--rate", "1", "--currency", "RUB"), "one RUB is always one RUB"),
    ],
)
def test_a_rate_that_is_none_is_refused(romashka: CommandLine, words: tuple[str, ...], told: str) -> None:
    assert told in romashka.run("exchange-rate", "add", *words, code=2).stderr


def test_a_second_rate_of_a_day_is_refused_with_the_first(romashka: CommandLine) -> None:
    rate = ("exchange-rate", "add", "--currency", "EUR", "--valid-from", "01.11.2026", "--rate")
    romashka.run(*rate, "98.50")
    assert "on file already: 98.50" in romashka.run(*rate, "99", code=2).stderr
    romashka.run(*rate[:5], "02.11.2026", "--rate", "99")


def test_a_currency_that_is_none_is_refused(romashka: CommandLine) -> None:
    assert "is no currency" in romashka.run("profit", "report", "--currency", "Ы", code=2).stderr


def test_money_counts_by_the_rate_of_its_own_day_in_every_report(romashka: CommandLine) -> None:
    for day, rate in (("2026-01-01", "100"), ("2026-03-20", "200")):
        romashka.run("exchange-rate", "add", "--currency", "EUR", "--rate", rate, "--valid-from", day)
    revenue = ("revenue", "add", "--client", "romashka", "--currency", "EUR", "--amount", "10")
    for day in ("2026-02-28", "2026-03-19", "2026-03-20"):
        romashka.run(*revenue, "--on-date", day, "--revenue-kind", "licence")
    for day in ("2026-03-19", "2026-03-20"):
        romashka.run(*revenue, "--on-date", day, "--revenue-kind", "discount")
    months = rows(romashka, "--by", "month", "--from", "2026-02-01", "--to", "2026-03-31")
    assert [(row["group"], row["revenue"], row["discounts"]) for row in months] == [
        ("2026-02", 100_000, 0),
        ("2026-03", 100_000 + 200_000, 100_000 + 200_000),
    ]
    # A shorter period takes no rate of a day behind it.
    (first,) = rows(romashka, "--from", "2026-03-01", "--to", "2026-03-19")
    assert (first["revenue"], first["contribution"]) == (100_000, 0)
    trend = json.loads(romashka.out("profit", "trends", "--to", "2026-04-30", "--format", "json"))
    assert trend[0]["now"] == 100_000
    romashka.run("client", "edit", "romashka", "--stage", "lost", "--loss-reason", "дорого")
    losses = json.loads(romashka.out("profit", "losses", "--format", "json"))
    assert losses[0]["lost_value"] == 100_000
