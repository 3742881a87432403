"""`onewindow feedback topics`, `competitors` and `reactions`."""

from __future__ import annotations

import pytest
from command_line import CommandLine


@pytest.fixture
def heard(cli: CommandLine) -> CommandLine:
    """Three clients who speak of two products, two competitors and a release."""
    for name in ("Большой", "Средний", "Малый"):
        cli.run("client", "add", name)
    cli.run("revenue", "add", "bolshoy", "--on-date", "2026-11-01", "--amount", "400")
    cli.run("product", "add", "Склад")
    cli.run("product", "add", "Касса")
    cli.run("release", "add", "--product", "Склад", "--version-name", "5.2", "--released-on", "2026-11-01")
    cli.run("release", "add", "--product", "Касса", "--version-name", "5.2")
    cli.run("release", "add", "--product", "Касса", "--version-name", "1.0")
    cli.run("feature", "add", "Отчёт", "--product", "Склад", "--status", "released")
    cli.run("feature", "edit", "Отчёт", "--release", cli.data("release", "list")[0]["id"])
    said = ("--said-on", "2026-11-10")
    cli.run("feedback", "add", "bolshoy", "нужен отчёт", *said, "--feature", "Отчёт")
    cli.run("feedback", "add", "sredniy", "и нам", *said, "--feature", "Отчёт")
    cli.run("feedback", "add", "malyy", "медленно", *said, "--kind", "remark", "--product", "Касса")
    for client, name in (("bolshoy", "Альфа"), ("malyy", "АЛЬФА"), ("sredniy", "Альфа"), ("malyy", "Бета")):
        words = f"у «{name}» дешевле"
        cli.run("feedback", "add", client, words, *said, "--kind", "competitor", "--competitor", name)
    return cli


def test_topics_are_counted_by_clients_with_an_interval(heard: CommandLine) -> None:
    rows = heard.data("feedback", "topics")
    assert [(row["product"], row["feedback_kind"], row["clients"], row["quotes"]) for row in rows] == [
        ("", "competitor", 3, 4),
        ("Склад", "wish", 2, 2),
        ("Касса", "remark", 1, 1),
    ]
    wish = rows[1]
    assert (wish["of_clients"], wish["share"], wish["share_low"], wish["share_high"]) == (
        3,
        0.667,
        0.208,
        0.939,
    )
    assert wish["feature"] == "Отчёт"
    assert [row["feedback_kind"] for row in heard.data("feedback", "topics", "--kind", "wish")] == ["wish"]


def test_competitors_are_one_however_they_are_spelt(heard: CommandLine) -> None:
    alfa, beta = heard.data("feedback", "competitors")
    assert (alfa["competitor"], alfa["clients"], alfa["annual_value"]) == ("Альфа", 3, {"RUB": 40000})
    assert (beta["competitor"], beta["clients"], beta["annual_value"]) == ("Бета", 1, {})


def test_reactions_say_who_was_told_of_a_release(heard: CommandLine) -> None:
    asked = heard.data("feedback", "list", "--client", "bolshoy", "--kind", "wish")[0]["id"]
    heard.run("feedback", "edit", asked, "--told-on", "2026-11-20", "--reaction", "ура")
    result = heard.run("feedback", "reactions", "Склад 5.2", "--format", "json")
    assert (
        "2 had asked for what it brought, 1 of them were told (50 %, 95 %: 9–91 %); 1 reacted."
        in result.stderr
    )
    rows = heard.data("feedback", "reactions", "склад 5.2")
    assert [(row["client_name"], row["outcome"], row["reaction"]) for row in rows] == [
        ("Средний", "open", ""),
        ("Большой", "reacted", "ура"),
    ]
    assert heard.data("feedback", "reactions", "1.0") == []
    assert "name it with its product" in heard.refusal("feedback", "reactions", "5.2")
    assert "There is no release" in heard.refusal("feedback", "reactions", "9.9")


def test_a_segment_is_named_or_written_out(heard: CommandLine) -> None:
    heard.run("client", "edit", "malyy", "--tier", "D")
    heard.run("segment", "add", "Мелкие", "--filter", "tier:D")
    for typed in ("мелкие", "tier:D"):
        assert {row["client_name"] for row in heard.data("feedback", "export", "--segment", typed)} == {
            "Малый"
        }
    assert "There is no segment “нет”; there are: Мелкие" in heard.refusal(
        "feedback", "topics", "--segment", "нет"
    )
