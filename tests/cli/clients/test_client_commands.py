"""What only clients and requests have: the window, the past, checks, lists, the life of a request."""

from __future__ import annotations

from pathlib import Path

from command_line import CommandLine


def test_show_prints_the_window_as_text_and_json(romashka: CommandLine) -> None:
    romashka.run("request", "add", "romashka", "Не печатает")

    assert "Не печатает" in romashka.out("client", "show", "romashka")
    assert romashka.out("show", "C-1") == romashka.out("client", "show", "C-1")
    assert romashka.data("show", "C-1")["client"]["name"] == "Ромашка"


def test_as_of_shows_the_card_before_a_change_and_refuses_the_future(romashka: CommandLine) -> None:
    before = romashka.data("client", "list")[0]["updated_at"]
    with_city = romashka.data("client", "show", "romashka", "--as-of", before)

    assert with_city["client"]["city"] == "Казань"
    assert "has not come yet" in romashka.refusal("show", "romashka", "--as-of", "+3d")
    assert "is not on file before" in romashka.refusal("show", "romashka", "--as-of", "01.01.2020")


def test_lists_by_owner_alarm_and_stage(romashka: CommandLine) -> None:
    romashka.run("client", "add", "Вектор", "--owner", "", "--stage", "onboarding")
    romashka.run("touch", "add", "romashka", "Созвонились")

    def names(*flags: str) -> list[str]:
        return [client["name"] for client in romashka.data("client", "list", *flags)]

    assert names() == ["Ромашка", "Вектор"]
    assert names("--mine") == ["Ромашка"]
    assert names("--alarm") == ["Вектор"]
    assert names("--silent") == []
    assert names("--onboarding") == ["Вектор"]
    assert names("--onboarding", "--mine") == []
    assert names("--tier", "A") == ["Ромашка"]


def test_a_lost_client_is_listed_only_with_all(romashka: CommandLine) -> None:
    romashka.run("client", "edit", "romashka", "--stage", "lost", "--loss-reason", "закрылся")

    assert romashka.data("client", "list") == []
    assert [client["stage"] for client in romashka.data("client", "list", "--all")] == ["lost"]


def test_check_finds_gaps_wrong_ids_and_twins(romashka: CommandLine) -> None:
    romashka.run("client", "add", "Рoмашка")  # with a Latin o
    romashka.run("requisites", "add", "C-1", "ООО Ромашка", "--tax-id", "7707083894")
    romashka.run("requisites", "add", "C-2", "ООО Ромашка", "--tax-id", "7707083894")

    findings = {(f["number"], f["check"], f["field"]) for f in romashka.data("client", "check")}

    both = {
        (number, check, "tax_id") for number in (1, 2) for check in ("identifier", "duplicate", "invoice")
    }
    assert findings == both | {(2, "look_alike", "name")}
    only = romashka.data("client", "check", "C-2", "--kind", "look_alike")
    assert [(f["number"], f["check"]) for f in only] == [(2, "look_alike")]
    assert only[0]["mend"] == "onewindow client edit C-2 --name 'Ромашка'"
    assert "“Рoмашка” mixes" in romashka.out("client", "check", "--kind", "look_alike")
    romashka.run("client", "edit", "C-2", "--owner", "")
    assert {f["number"] for f in romashka.data("client", "check", "--mine")} == {1}
    uncovered = romashka.data("client", "check", "--kind", "uncovered")
    assert [(f["number"], f["field"]) for f in uncovered] == [(2, "owner_id")]


def test_a_request_is_taken_answered_paused_and_closed(romashka: CommandLine) -> None:
    romashka.run("request", "add", "romashka", "Не печатает", "--priority", "high")
    romashka.run("request", "take", "R-1")
    romashka.run("request", "reply", "1", "Смотрим")
    assert romashka.data("request", "show", "R-1")["responded_at"]
    romashka.run("request", "wait", "R-1", "ждём скан")
    assert romashka.data("request", "show", "R-1")["status"] == "waiting"
    assert any("paused" in line.lower() for line in romashka.out("request", "why", "R-1").splitlines())
    romashka.run("request", "resolve", "R-1", "Обновили", "драйвер", "--minutes", "15")

    closed = romashka.data("request", "show", "R-1")
    assert (closed["status"], closed["result"], closed["minutes"]) == ("resolved", "Обновили драйвер", 15)
    assert "resolved" in romashka.refusal("request", "reply", "R-1", "ещё")

    romashka.run("request", "reopen", "R-1", "Ошибка вернулась")
    assert romashka.data("request", "show", "R-1")["status"] == "open"


def test_history_tells_who_changed_what(romashka: CommandLine) -> None:
    romashka.run("client", "edit", "romashka", "--city", "Уфа")

    assert "city: Казань → Уфа" in romashka.out("history", "romashka")
    line = romashka.data("history", "client", "romashka")[0]
    assert (line["actor"], line["old"], line["new"]) == ("anna", {"city": "Казань"}, {"city": "Уфа"})


def test_undo_and_redo(romashka: CommandLine) -> None:
    romashka.run("client", "edit", "romashka", "--city", "Уфа")

    romashka.run("undo")
    assert romashka.data("client", "list")[0]["city"] == "Казань"
    romashka.run("undo", "--redo")
    assert romashka.data("client", "list")[0]["city"] == "Уфа"


def test_search_finds_by_phone_and_in_another_layout(romashka: CommandLine) -> None:
    for query in ("912 345", "hjvfirf", "анна"):
        assert [hit["name"] for hit in romashka.data("search", query)] == ["Ромашка"]


def test_the_file_is_checked_copied_and_restored(romashka: CommandLine, tmp_path: Path) -> None:
    assert romashka.out("db", "check") == "The file is sound."
    assert romashka.data("db", "info")["records"]["client"] == 1
    copy = romashka.out("db", "backup", str(tmp_path / "copies") + "/")
    assert romashka.out("db", "verify", copy) == "The file is good."
    romashka.run("client", "add", "Вектор")

    romashka.run("db", "restore", copy)

    assert [client["name"] for client in romashka.data("client", "list")] == ["Ромашка"]
    assert "There is no file" in romashka.refusal("db", "verify", str(tmp_path / "none.db"))
