"""`onewindow announce …`, `novelty …` and `session …`: from an audience to answers and a report."""

from __future__ import annotations

import pytest
from command_line import CommandLine


@pytest.fixture
def sklad(romashka: CommandLine) -> CommandLine:
    """Ромашка owns Склад+ 5.2, and there is an announcement of it by telephone."""
    romashka.run("product", "add", "Склад+")
    romashka.run("release", "add", "--product", "Склад+", "--version-name", "5.2", "--notes", "Выгрузка")
    romashka.run("licence", "add", "romashka", "Склад+")
    romashka.run(
        *(
            "announce",
            "add",
            "Новый склад",
            "--text",
            "{contact}, вышла версия {version}",
            "--channel",
            "phone",
        ),
        *("--product", "Склад+", "--release", "5.2", "--audience", "product:склад", "--purpose", "service"),
    )
    return romashka


def test_an_announcement_goes_its_way_from_the_command_line(sklad: CommandLine) -> None:
    assert sklad.out("announce", "audience", "Новый") == "product:склад: 1 client, it reaches 1 by phone."
    assert "Анна Ким, вышла версия 5.2" in sklad.out("announce", "preview", "Новый", "--client", "romashka")
    assert sklad.refusal("announce", "state", "Новый", "romashka", "told").endswith(
        "`announce queue` does that."
    )
    assert sklad.out("announce", "queue", "Новый") == "1 client is queued."
    assert sklad.out("announce", "send", "Новый").startswith("1 client is to be told by phone")
    sklad.run("announce", "state", "Новый", "romashka", "told")
    assert "give a reason" in sklad.refusal("announce", "state", "Новый", "romashka", "queued")
    output = sklad.out(
        *("announce", "state", "Новый", "romashka", "answered", "--answer", "Ждали!", "--becomes", "feedback")
    )
    assert output.startswith("answered feedback ")
    (row,) = sklad.data("announce", "list", "Новый")
    assert (row["state"], row["answer"], row["client"]) == ("answered", "Ждали!", "Ромашка")
    assert sklad.data("feedback", "list")[0]["quote"] == "Ждали!"
    (listed,) = sklad.data("novelty", "list")
    assert (listed["state"], listed["answered"], listed["answered_share"]) == ("sent", 1, 1.0)
    assert "1 client was told" in sklad.out("announce", "report", "Новый")
    assert sklad.data("announce", "audience", "Новый")["left_out"] == {"has it": 1}


def test_a_session_is_invited_to_marked_and_reported(sklad: CommandLine) -> None:
    sklad.run(
        *("session", "add", "Приёмка", "--starts-at", "2026-01-12 11:00", "--product", "Склад+"),
        *("--announcement", "Новый", "--capacity", "5"),
    )
    message = sklad.refusal("novelty", "report", "Новый")
    assert message == "No training session on “Новый склад” was held yet; `session add` makes one."
    assert sklad.out("session", "invite", "Приёмка") == "1 client is invited."
    assert "is invited already" in sklad.refusal("session", "invite", "Приёмка", "romashka")
    assert "seats are taken" in sklad.refusal(
        "session", "mark", "Приёмка", "romashka", "accepted", "--people", "9"
    )
    sklad.run(
        "session", "mark", "Приёмка", "romashka", "attended", "--people", "2", "--note", "просит запись"
    )
    (row,) = sklad.data("session", "people", "Приёмка")
    assert (row["state"], row["people"], row["note"]) == ("attended", 2, "просит запись")
    assert sklad.out("session", "close", "Приёмка") == "held: 1 attended (2 people) · 5 seats"
    (training,) = sklad.data("training", "list", "--all")
    assert (training["state"], training["people"]) == ("done", 2)
    report = sklad.out("novelty", "report", "Новый", "--within", "30")
    assert "too few to compare" not in report
    assert "nobody to compare with" in report
    assert "12.01 11:00 Приёмка, held" in sklad.out("novelty", "show", "Новый")
    assert "name an announcement" in sklad.refusal("novelty", "report", code=2)


def test_nothing_was_sent_on_a_day_that_has_not_come(cli: CommandLine) -> None:
    message = cli.refusal("announcement", "add", "Выпуск", "--sent-on", "01.01.2090", code=2)
    assert message == "sent_on: 01.01.2090 has not come yet; “sent on” is of something that has happened."
