"""`onewindow feedback export`: what clients said and what it weighs."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine

from onewindow.exchange.tables.opening import read_rows


@pytest.fixture
def voices(cli: CommandLine) -> CommandLine:
    """Three clients who pay 400, 100 and nothing a year, and want two features."""
    for name in ("Большой", "Средний", "Малый"):
        cli.run("client", "add", name)
    cli.run("contact", "add", "bolshoy", "Анна Ким")
    for client, amount in (("bolshoy", "400"), ("sredniy", "100")):
        cli.run("revenue", "add", client, "--on-date", "2026-05-01", "--amount", amount)
    cli.run("revenue", "add", "bolshoy", "--on-date", "2026-05-02", "--amount", "90", "--kind", "cost")
    cli.run("revenue", "add", "malyy", "--on-date", "2024-05-01", "--amount", "99999")
    for title in ("Отчёт", "Печать"):
        cli.run("feature", "add", title)
    said = ("--said-on", "2026-06-30", "--importance")
    cli.run(
        "feedback",
        "add",
        "bolshoy",
        "=нужен отчёт",
        *said,
        "2",
        "--feature",
        "Отчёт",
        "--contact",
        "Анна Ким",
    )
    cli.run("feedback", "add", "sredniy", "печать!", *said, "2", "--feature", "Печать")
    cli.run("feedback", "add", "malyy", "и мне печать", *said, "1", "--feature", "Печать")
    cli.run("feedback", "add", "malyy", "просто слова", *said, "3")
    cli.run(
        *("feedback", "add", "malyy", "раньше не нужна была", "--said-on", "2026-05-01"),
        *("--importance", "3", "--feature", "Печать"),
    )
    return cli


def exported(cli: CommandLine, *words: str) -> list[dict[str, Any]]:
    return cli.data("feedback", "export", "--as-of", "2026-06-30", *words)


def test_features_are_ranked_by_what_their_askers_pay(voices: CommandLine) -> None:
    report, printing = exported(voices, "--by", "feature")
    # The median of 400 and 100 is 250: weights are the roots of 1.6 and 0.4, and 0.5 for who pays nothing.
    assert (report["feature"], report["impact"], report["rank"], report["plain_rank"]) == (
        "Отчёт",
        2.53,
        1,
        2,
    )
    assert (printing["impact"], printing["plain_impact"]) == (round(2 * 0.4**0.5 + 0.5, 3), 3.0)
    assert (printing["clients"], printing["importance"], printing["quotes"]) == (2, 3, 3)
    assert report["annual_value"] == {"RUB": 40000}
    assert printing["value_at_risk"] == {}


def test_quotes_come_with_their_author_weight_and_the_rank_of_the_feature(voices: CommandLine) -> None:
    rows = exported(voices, "--with-contacts")
    assert [row["feature_rank"] for row in rows] == [1, 2, 2, 2, None]
    first = rows[0]
    assert (first["client_name"], first["contact"], first["quote"]) == ("Большой", "Анна Ким", "=нужен отчёт")
    assert (first["annual_value"], first["currency"], first["weight"]) == (40000, "RUB", 1.265)
    assert [row["impact"] for row in rows if row["quote"].startswith("раньше")] == [0.0]
    assert rows[-1]["impact"] is None


def test_no_name_of_a_person_is_in_it_unless_it_is_asked_for(voices: CommandLine) -> None:
    text = voices.run("feedback", "export", "--format", "csv").stdout
    assert "Анна Ким" not in text
    assert "contact_id" in text.splitlines()[0].split(",")
    assert "Анна Ким" in voices.run("feedback", "export", "--with-contacts", "--format", "csv").stdout
    assert "no contact" in voices.refusal("feedback", "export", "--by", "feature", "--with-contacts", code=2)


def test_the_day_decides_what_is_heard_and_how_old_it_is(voices: CommandLine) -> None:
    assert len(voices.data("feedback", "export", "--since", "2026-06-01", "--as-of", "2026-06-30")) == 4
    assert len(voices.data("feedback", "export", "--as-of", "2026-06-29")) == 1
    now, later = (
        {row["feature"]: row for row in voices.data("feedback", "export", "--by", "feature", "--as-of", day)}
        for day in ("2026-06-30", "2027-06-30")
    )
    assert later["Отчёт"]["plain_impact"] == now["Отчёт"]["plain_impact"] / 2 == 1.0
    # Nobody paid in that later year, so all weigh the same and the wish of two comes first.
    assert (now["Печать"]["rank"], later["Печать"]["rank"]) == (2, 1)


def test_it_is_written_for_spreadsheets_too(voices: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "voices.xlsx"
    result = voices.run("feedback", "export", "--as-of", "2026-06-30", "-o", str(path))
    assert result.stderr.startswith("5 feedback written to")
    rows = [row.values for row in read_rows(path).rows]
    assert (rows[0]["quote"], rows[0]["annual_value"], rows[0]["weight"]) == ("=нужен отчёт", "400", "1.265")
    text = voices.run("feedback", "export", "--as-of", "2026-06-30", "--columns", "quote,annual_value").stdout
    assert list(csv.reader(io.StringIO(text)))[1] == ["'=нужен отчёт", "400.00"]


def test_a_wrong_day_is_one_sentence(voices: CommandLine) -> None:
    assert "is not a date" in voices.refusal("feedback", "export", "--since", "zzz", code=2)
    sentence = voices.refusal("feedback", "export", "--since", "2026-07-01", "--as-of", "2026-06-30", code=2)
    assert "later day" in sentence


def test_what_came_after_the_day_is_left_out(voices: CommandLine) -> None:
    voices.run("client", "edit", "bolshoy", "--tier", "B", "--stage", "leaving")
    asked = voices.data("feedback", "list", "--client", "bolshoy")[0]["id"]
    voices.run("feedback", "edit", asked, "--told-on", "2026-07-02", "--reaction", "обрадовались")
    printing = next(
        row for row in voices.data("feedback", "list", "--client", "sredniy") if row["quote"] == "печать!"
    )
    voices.run("feedback", "edit", printing["id"], "--told-on", "2026-06-30", "--reaction", "ждут")
    then = {row["quote"]: row for row in exported(voices)}
    report = then["=нужен отчёт"]
    assert (report["told_on"], report["reaction"]) == (None, "")
    assert (report["tier"], report["stage"], report["feature_status"]) == (None, None, None)
    assert (then["печать!"]["told_on"], then["печать!"]["reaction"]) == ("2026-06-30", "ждут")
    assert "are left out" in voices.run("feedback", "export", "--as-of", "2026-06-30").stderr
    assert [row["value_at_risk"] for row in exported(voices, "--by", "feature")] == [{}, {}]


def test_today_everything_that_is_known_stands_in_it(voices: CommandLine) -> None:
    voices.run("client", "edit", "bolshoy", "--tier", "B", "--stage", "leaving")
    result = voices.run("feedback", "export", "--format", "csv")
    assert result.stderr == ""
    row = next(row for row in voices.data("feedback", "export") if row["client_name"] == "Большой")
    assert (row["tier"], row["stage"], row["feature_status"]) == ("B", "leaving", "asked")
    by_feature = voices.data("feedback", "export", "--by", "feature")
    risk = {row["feature"]: row["value_at_risk"] for row in by_feature}
    assert risk["Отчёт"] == {"RUB": 40000}
