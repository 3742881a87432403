"""Who buys less, why clients left, whom they brought, what campaigns and actions led to."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from command_line import CommandLine


def read(cli: CommandLine, *words: str) -> list[dict[str, Any]]:
    return json.loads(cli.out("profit", *words, "--format", "json"))


def pay(cli: CommandLine, client: str, day: str, amount: str, kind: str = "licence", *more: str) -> None:
    cli.run(
        *("revenue", "add", "--client", client, "--on-date", day, "--amount", amount),
        *("--revenue-kind", kind, *more),
    )


def test_a_client_who_pays_less_month_by_month_is_falling(romashka: CommandLine) -> None:
    romashka.run("client", "add", "Вектор")
    for month in range(12):
        year, place = 2024 + (month + 9) // 12, (month + 9) % 12 + 1
        pay(romashka, "romashka", f"{year}-{place:02}-10", "1000", "subscription")
        pay(romashka, "romashka", f"{year + 1}-{place:02}-10", "600", "subscription")
    pay(romashka, "vektor", "2025-10-01", "10000")
    pay(romashka, "vektor", "2024-10-31", "500", "discount")
    first, second = read(romashka, "trends", "--to", "31.10.2026")
    assert (first["name"], first["before"], first["now"]) == ("Ромашка", 1_200_000, 720_000)
    assert (first["direction"], first["change_a_month"]) == ("falling", -40_000)
    assert (second["name"], second["before"], second["now"]) == ("Вектор", -50_000, 1_000_000)
    assert [row["name"] for row in read(romashka, "trends", "--falling", "--to", "31.10.2026")] == ["Ромашка"]
    assert "12 000 ₽" in romashka.out("profit", "trends", "--to", "31.10.2026")
    # The running month is no whole one, so nothing of it counts.
    pay(romashka, "romashka", "2026-10-02", "100000")
    assert read(romashka, "trends", "--to", "31.10.2026")[0]["now"] == 720_000


def test_reasons_of_losses_are_counted_with_a_years_value(romashka: CommandLine) -> None:
    for name, reason in (("Вектор", "Дорого"), ("Сатурн", "дорого"), ("Юпитер", "закрылись")):
        romashka.run("client", "add", name, "--stage", "lost", "--loss-reason", reason)
    pay(romashka, "vektor", "2025-03-01", "100")
    pay(romashka, "vektor", "2024-04-01", "50")
    pay(romashka, "vektor", "2024-03-31", "7")
    pay(romashka, "saturn", "2026-01-01", "10")
    pay(romashka, "saturn", "2026-01-01", "3", "discount")
    pay(romashka, "saturn", "2026-01-01", "4", "cost")
    pay(romashka, "iupiter", "2026-01-01", "9", "licence", "--currency", "EUR")
    rows = read(romashka, "losses")
    assert [(row["reason"], row["clients"], row["lost_value"]) for row in rows] == [
        ("Дорого", ["Вектор", "Сатурн"], 15_000 + 700),
        ("закрылись", ["Юпитер"], 0),
    ]
    assert round(rows[0]["share"], 4) == 0.6667
    assert (round(100 * rows[0]["share_low"]), round(100 * rows[0]["share_high"])) == (21, 94)
    assert rows[1]["left_out"] == {"EUR": 900}
    text = romashka.out("profit", "losses")
    assert "Fewer than 10 clients are lost" in text
    assert "9 € without a rate" in text


def test_without_losses_and_referrals_that_is_said(romashka: CommandLine) -> None:
    assert romashka.out("profit", "losses").strip() == "No client is lost."
    assert "Nobody is noted as referred" in romashka.out("profit", "referrals")
    assert "No announcement was sent" in romashka.out("profit", "campaigns")
    assert "No action of this period lies 60 days back yet." in romashka.out("profit", "actions")


def test_referrers_with_whom_they_brought(romashka: CommandLine) -> None:
    romashka.run("client", "add", "Вектор", "--referrer", "romashka")
    romashka.run(
        "client", "add", "Сатурн", "--referrer", "romashka", "--stage", "lost", "--loss-reason", "закрылись"
    )
    romashka.run("client", "add", "Юпитер", "--referrer", "vektor")
    pay(romashka, "vektor", "2026-10-01", "1000")
    pay(romashka, "saturn", "2026-10-01", "100", "cost")
    pay(romashka, "romashka", "2026-10-01", "777")
    pay(romashka, "vektor", "2026-10-02", "5")
    first, second = read(romashka, "referrals", "--from", "1.1.2026", "--to", "1.10.2026")
    assert (first["name"], first["brought"], first["still_here"]) == ("Ромашка", 2, 1)
    assert (first["revenue"], first["contribution"]) == (100_000, 90_000)
    assert first["clients"] == ["C-2", "C-3"]
    assert (second["name"], second["contribution"]) == ("Вектор", 0)


def test_money_after_a_campaign_by_kind_of_revenue_and_work(romashka: CommandLine) -> None:
    today = date.today()  # noqa: DTZ011  the days of the machine, as the command takes them

    def ago(days: int) -> str:
        return (today - timedelta(days=days)).isoformat()

    romashka.run("announcement", "add", "Новый обмен", "--state", "sent", "--sent-on", ago(40))
    identity = json.loads(romashka.out("announcement", "list", "--all", "--format", "json"))[0]["id"]
    romashka.run(
        *("delivery", "add", "--announcement", str(identity), "--client", "romashka", "--state", "told"),
        *("--at", f"{ago(40)} 12:00"),
    )
    (campaign,) = read(romashka, "campaigns")
    assert (campaign["title"], campaign["told"], campaign["amount"]) == ("Новый обмен", 1, 0)
    pay(romashka, "romashka", ago(40), "1")
    pay(romashka, "romashka", ago(39), "100", "service", "--work-kind", "paid")
    pay(romashka, "romashka", ago(10), "20", "service", "--work-kind", "paid")
    pay(romashka, "romashka", ago(10), "3", "discount")
    pay(romashka, "romashka", ago(9), "50", "cost")
    kinds = [(row["revenue_kind"], row["work_kind"], row["amount"]) for row in read(romashka, "campaigns")]
    assert kinds == [("discount", "", -300), ("service", "paid", 12_000)]
    kinds = [(row["work_kind"], row["amount"]) for row in read(romashka, "campaigns", "--within", "29")]
    assert kinds == [("paid", 10_000)]
    assert "service (paid) 120 ₽" in romashka.out("profit", "campaigns")
    assert read(romashka, "campaigns", "--to", ago(41)) == []


@pytest.mark.parametrize("words", [("actions", "--within", "0"), ("actions", "--outcome", "lost")])
def test_what_cannot_be_asked_is_refused(romashka: CommandLine, words: tuple[str, ...]) -> None:
    romashka.run("profit", *words, code=2)


def test_money_without_a_rate_is_told_and_makes_no_trend(romashka: CommandLine) -> None:
    romashka.run("client", "add", "Вектор", "--referrer", "romashka")
    pay(romashka, "vektor", "2025-09-01", "90", "licence", "--currency", "EUR")
    pay(romashka, "vektor", "2026-03-01", "40", "licence", "--currency", "EUR")
    pay(romashka, "vektor", "2026-03-02", "5", "discount", "--currency", "EUR")
    until = ("--to", "31.10.2026")
    (row,) = read(romashka, "trends", *until)
    assert (row["before"], row["now"], row["direction"]) == (0, 0, "unknown without a rate")
    assert (row["left_out_before"], row["left_out_now"]) == ({"EUR": 9000}, {"EUR": 3500})
    text = romashka.out("profit", "trends", *until)
    assert "nothing bought" not in text
    assert "0 ₽ + 90 € without a rate" in text
    assert "125 € left out: there is no exchange rate of EUR in RUB" in text
    assert read(romashka, "trends", "--falling", *until) == []
    period = ("--from", "01.01.2026", *until)
    assert read(romashka, "referrals", *period)[0]["left_out"] == {"EUR": 3500}
    assert "0 ₽ + 35 € without a rate" in romashka.out("profit", "referrals", *period)
    romashka.run("exchange-rate", "add", "--currency", "EUR", "--rate", "100")
    assert read(romashka, "trends", *until)[0]["direction"] != "unknown without a rate"
    assert "without a rate" not in romashka.out("profit", "trends", *until)
