"""`onewindow policy …`: typed targets, versions, which one counts and why, gaps, and the past replayed."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command_line import CommandLine

import seed
from onewindow.store.engine import open_store


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("firm") / "demo.db"
    with open_store(path, create=True) as store:
        seed.build(store, datetime.now(UTC), 120)
    return path


@pytest.fixture
def firm(built: Path, tmp_path: Path) -> CommandLine:
    return CommandLine(Path(shutil.copy(built, tmp_path / "own.db")), "orlova")


def test_targets_are_typed_as_people_say_them(cli: CommandLine) -> None:
    cli.run(
        "policy", "add", "Важные", "--tier", "A", "--priority", "high", "--first", "10m", "--solution", "2d"
    )
    stored = next(policy for policy in cli.data("policy", "list") if policy["name"] == "Важные")
    assert (stored["first_response_min"], stored["next_response_min"], stored["resolution_min"]) == (
        10,
        None,
        1080,
    )
    refusal = cli.refusal("policy", "add", "X", "--first", "4 года", code=2)
    assert "no length of working time" in refusal
    cli.refusal("policy", "add", "Пустая", code=2)


def test_a_change_makes_a_version_and_the_past_keeps_the_old_one(romashka: CommandLine) -> None:
    romashka.run("policy", "change", "high", "--first", "15m", "--from", "2027-01-01")
    rows = romashka.data("policy", "versions", "high")
    assert [(row["valid_from"], row["first"]) for row in rows] == [
        ("2027-01-01", "15m"),
        ("2000-01-01", "1h"),
    ]
    before = romashka.out("policy", "which", "--priority", "high", "--on", "2026-12-31")
    after = romashka.out("policy", "which", "--priority", "high", "--on", "2027-01-01")
    assert "from 2000-01-01): first 1h, next 2h, solution 8h. counts" in before
    assert "from 2027-01-01): first 15m, next 2h, solution 8h. counts" in after
    assert "an older version" in after
    assert "a day is 9h of open time" in after
    romashka.run("policy", "change", "high", "--end", "--from", "2027-02-01")
    assert "No policy counts" in romashka.out("policy", "which", "--priority", "high", "--on", "2027-02-01")
    assert "say what is to change" in romashka.refusal("policy", "change", "high", code=2)


def test_a_changed_target_makes_a_version_from_now_on_and_says_so(romashka: CommandLine) -> None:
    message = romashka.run("policy", "edit", "normal requests", "--first-response-min", "8h").stderr
    assert message == (
        "“normal requests”: first 8h, next 4h, solution 16h, from now on; what was late in the past stays"
        " late.\n"
    )
    rows = romashka.data("policy", "versions", "normal")
    assert [row["first"] for row in rows] == ["8h", "2h"]
    message = romashka.run("policy", "change", "normal", "--first", "1h").stderr
    assert "first 1h, next 4h, solution 16h, from now on" in message
    assert [row["first"] for row in romashka.data("policy", "versions", "normal")] == ["1h", "2h"]
    message = romashka.run("policy", "change", "normal", "--first", "3h", "--from", "2099-01-01").stderr
    assert "from 2099-01-01 on; what was late in the past stays late" in message
    refusal = romashka.refusal("policy", "edit", "normal requests", "--valid-from", "2020-01-01", code=2)
    assert "what was counted stays" in refusal
    romashka.run("policy", "archive", "normal requests")
    assert "No policy counts" in romashka.out("policy", "which", "--priority", "normal")


def test_no_target_is_zero(romashka: CommandLine) -> None:
    typed = romashka.refusal("policy", "add", "Ноль", "--priority", "urgent", "--first", "0m", code=2)
    assert "write none for no target" in typed
    edited = romashka.refusal("policy", "edit", "normal requests", "--first-response-min", "0", code=2)
    assert "write none for no target" in edited


def test_a_policy_that_never_counts_is_told(romashka: CommandLine) -> None:
    message = romashka.run("policy", "add", "A быстро", "--tier", "A", "--first", "5m").stderr
    assert message.startswith("“A быстро” (tier A, any priority, any kind) never counts: “urgent requests”,")
    assert "name the priority too" in message
    more = ("--tier", "A", "--priority", "urgent", "--first", "5m")
    assert romashka.run("policy", "add", "A срочно", *more).stderr == ""
    (problem,) = romashka.data("policy", "check")
    assert problem["kind"] == "shadow"
    assert (
        "never counts: “A срочно”, “high requests”, “normal requests”, “low requests”" in problem["problem"]
    )
    romashka.run("policy", "change", "low", "--end")
    (problem,) = (finding for finding in romashka.data("policy", "check") if finding["kind"] == "shadow")
    assert "counts only in part: “A срочно”" not in problem["problem"]
    assert "counts only in part: “high requests”, “normal requests” come first" in problem["problem"]


def test_gaps_and_overlaps_are_found(romashka: CommandLine) -> None:
    assert romashka.out("policy", "check") == "The policies neither overlap nor leave gaps."
    romashka.run(
        "policy", "add", "ещё раз", "--priority", "low", "--first", "1h", "--valid-from", "2000-01-01"
    )
    romashka.run("policy", "change", "urgent", "--end", "--from", "2026-01-01")
    problems = romashka.data("policy", "check")
    assert [problem["kind"] for problem in problems] == ["overlap", "gap", "gap", "gap", "gap"]
    assert "tier A, urgent, any kind" in problems[1]["problem"]


def test_the_past_is_replayed_under_other_targets(firm: CommandLine) -> None:
    lines = firm.out("policy", "replay", "--months", "24", "--set", "first 1m").splitlines()
    assert "nothing is changed" in lines[0]
    rows = firm.data("policy", "replay", "--months", "24", "--set", "first 1m")
    every = {row["clock"]: row for row in rows if row["group"] == "all"}
    assert every["first_response"]["after"] > every["first_response"]["before"]
    assert every["first_response"]["low"] > 0
    assert every["first_response"]["verdict"] == "more breaches"
    assert every["resolution"]["verdict"] == "no evidence of change"
    moved = firm.data("policy", "replay", "--months", "24", "--set", "first 1m", "--moved")
    assert len(moved) == every["first_response"]["after"] - every["first_response"]["before"]
    assert {(row["clock"], row["after"]) for row in moved} == {("first_response", "late")}
    by_tier = [row for row in rows if row["clock"] == "first_response" and row["group"].startswith("tier")]
    assert sum(row["n"] for row in by_tier) == every["first_response"]["n"]


def test_a_replay_of_what_is_changes_nothing(firm: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "policies.json"
    file.write_text(firm.out("policy", "list", "--all", "--format", "json"), "utf-8")
    rows = firm.data("policy", "replay", "--policy-file", str(file))
    assert rows
    assert all(row["before"] == row["after"] and row["verdict"] == "no evidence of change" for row in rows)


def test_a_replay_without_or_with_a_wrong_difference_is_refused(firm: CommandLine) -> None:
    assert "what is to differ" in firm.refusal("policy", "replay", code=2)
    assert "“soon” is no tier" in firm.refusal("policy", "replay", "--set", "A soon 5m", code=2)
    assert "names no target" in firm.refusal("policy", "replay", "--set", "A high", code=2)


def test_warnings_are_listed_for_me_and_for_the_team(firm: CommandLine) -> None:
    mine = json.loads(firm.out("warnings", "--format", "json"))
    team = json.loads(firm.out("warnings", "--team", "--format", "json"))
    assert team
    assert {row["request"] for row in mine} <= {row["request"] for row in team}
    assert {row["level"] for row in team} <= {75, 90, 100}
    assert firm.out("warnings", "--team").startswith("level")
    assert "give --team or --mine" in firm.refusal("warnings", "--team", "--mine", code=2)


def test_the_day_of_a_version_is_that_of_its_calendar_whatever_zone_the_reader_has(
    romashka: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    romashka.run("policy", "change", "high", "--first", "15m", "--from", "2099-03-02")

    def counts(day: str) -> str:
        lines = romashka.out("policy", "which", "--priority", "high", "--on", day).splitlines()
        (counted_line,) = [line for line in lines if "counts: " in line]
        return counted_line

    assert "from 2000-01-01" in counts("2099-03-01")
    assert "from 2099-03-02" in counts("2099-03-02")
    message = romashka.run("policy", "change", "low", "--first", "1h", "--from", "2020-12-01").stderr
    assert "01.12.2020 lies behind: requests are counted by it from now on." in message


def test_a_new_policy_without_targets_ends_nothing_quietly(cli: CommandLine) -> None:
    cli.run("policy", "add", "Всем", "--first", "1h", "--valid-from", "01.01.2020")
    message = cli.refusal("policy", "add", "P", code=2)
    assert message == (
        "resolution_min: give at least one target: the first answer, the next answer or the solution."
    )
    assert "“Всем”" in cli.out("policy", "which", "--priority", "low")
    assert "P" not in {policy["name"] for policy in cli.data("policy", "list", "--all")}


def test_no_solution_is_due_before_the_first_answer(cli: CommandLine) -> None:
    message = cli.refusal("policy", "add", "P", "--first", "100m", "--solution", "50m", code=2)
    assert message == (
        "resolution_min: the solution is due after 50m, before the first answer (1h40m);"
        " give it as long or longer."
    )
    cli.run("policy", "add", "P", "--tier", "A", "--first", "50m", "--solution", "50m")
    assert "before the first answer" in cli.refusal("policy", "change", "P", "--first", "1h", code=2)


def test_another_policy_for_the_same_requests_is_called_no_version(cli: CommandLine) -> None:
    cli.run("policy", "add", "Старая", "--tier", "A", "--first", "1h", "--valid-from", "01.01.2020")
    cli.run("policy", "add", "Новая", "--tier", "A", "--first", "2h")
    output = cli.out("policy", "which", "--tier", "A")
    assert "replaced by a later policy for the same requests" in output
    cli.run("policy", "change", "Новая", "--end")
    ended = next(line for line in cli.out("policy", "which", "--tier", "A").splitlines() if "“Новая”" in line)
    assert ended.count("ended") == 1
