"""Playbooks, plans, onboardings and standards on the command line."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine

import seed
from onewindow.store.engine import open_store


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("firm") / "demo.db"
    with open_store(path, create=True) as store:
        seed.build(store, datetime.now(UTC).replace(hour=7), 120)
    return path


@pytest.fixture
def firm(built: Path, tmp_path: Path) -> CommandLine:
    """The demo firm as it stands today, with a lead at work."""
    return CommandLine(Path(shutil.copy(built, tmp_path / "own.db")), "orlova")


def plan(firm: CommandLine, word: str) -> dict[str, Any]:
    return json.loads(firm.out("plan", "show", word, "--format", "json"))


def new_plan(firm: CommandLine, playbook: str = "Внедрение", *more: str) -> str:
    firm.run("client", "add", "Лютик", "--owner", "ivanova", "--stage", "onboarding")
    return firm.out("plan", "start", "лютик", "--playbook", playbook, *more)


def test_a_plan_is_shown_with_the_reason_of_each_date(firm: CommandLine) -> None:
    text = firm.out("plan", "show", "romashka", "--why")
    assert "6/8 steps, 1 late" in text
    assert "working days =" in text
    assert "control point: the steps after it wait" in text


def test_a_step_is_ticked_only_with_its_result(firm: CommandLine) -> None:
    made = new_plan(firm)
    message = firm.run("plan", "step", "done", made, "1", code=1).stderr
    assert "ends in a date" in message
    firm.run("plan", "step", "done", made, "1", "--result", "15.12.2030")
    assert plan(firm, made)["steps"][0]["result"] == "2030-12-15"
    firm.run("plan", "step", "done", made, "2")
    assert "is not ready" in firm.run("plan", "step", "done", made, "3", code=1).stderr
    firm.run("plan", "step", "ready", made, "3", "--answer", "всё есть")
    assert "none is on file" in firm.run("plan", "step", "done", made, "3", code=1).stderr
    firm.run("workplace", "add", "Касса", "--client", "лютик")
    assert "no version or no date: Касса" in firm.run("plan", "step", "done", made, "3", code=1).stderr
    place = json.loads(firm.out("workplace", "list", "--client", "лютик", "--format", "json"))[0]["id"]
    firm.run("workplace", "edit", str(place), "--installed-version", "5.2", "--installed-on", "01.12.2026")
    firm.run("plan", "step", "done", made, "3")
    assert "5.2 at 1 workplace" in plan(firm, made)["steps"][2]["result"]


def test_a_document_must_be_signed_and_the_clients_own(firm: CommandLine) -> None:
    made = new_plan(firm, "Поставка")
    draft = firm.out("document", "add", "спецификация", "--client", "лютик", "--kind", "specification")
    assert (
        "draft, not signed" in firm.run("plan", "step", "done", made, "1", "--document", draft, code=1).stderr
    )
    firm.run("document", "edit", draft, "--state", "signed")
    firm.run("plan", "step", "done", made, "1", "--document", draft)
    assert plan(firm, made)["steps"][0]["result"] == "спецификация"


def test_a_control_point_holds_up_what_follows_and_a_lead_can_pass_over_it(firm: CommandLine) -> None:
    made = new_plan(firm)
    manager = CommandLine(firm.database, "ivanova")
    assert "comes first" in firm.run("plan", "step", "done", made, "6", code=1).stderr
    assert "Only a lead" in manager.run("plan", "step", "done", made, "6", "--over", "надо", code=1).stderr
    assert "a lead only" in manager.run("plan", "step", "skip", made, "3", "--reason", "нет", code=1).stderr
    firm.run("plan", "step", "done", made, "6", "--over", "клиент начал сам")
    assert plan(firm, made)["steps"][5]["status"] == "done"


def test_moving_a_step_moves_those_that_wait_for_it(firm: CommandLine) -> None:
    made = new_plan(firm, "Внедрение", "--on", "23.11.2026")
    before = [step["due_on"] for step in plan(firm, made)["steps"]]
    assert before[2:5] == ["2026-11-30", "2026-12-04", "2026-12-10"]
    firm.run("plan", "step", "move", made, "3", "02.12.2026", code=2)
    firm.run("plan", "step", "move", made, "3", "02.12.2026", "--reason", "нет ключей")
    after = [step["due_on"] for step in plan(firm, made)["steps"]]
    assert after[2:5] == ["2026-12-02", "2026-12-08", "2026-12-14"]
    assert after[:2] == before[:2]
    firm.run("plan", "move", made, "--reason", "раньше", "--", "-1")
    assert [step["due_on"] for step in plan(firm, made)["steps"]][2] == "2026-12-01"
    assert "moved from 30.11 by +1 working days: раньше" in firm.out("plan", "show", made, "--why")


def test_a_plan_ends_only_when_nothing_is_open_and_the_client_becomes_active(firm: CommandLine) -> None:
    firm.run("playbook", "add", "Коротко", "--kind", "onboarding")
    for title in ("раз", "два"):
        firm.run("playbook-step", "add", title, "--playbook", "Коротко")
    made = new_plan(firm, "Коротко")
    firm.run("plan", "step", "ask", made, "2", "Склад", "коробки")
    firm.run("plan", "step", "done", made, "1")
    assert "is open" in firm.run("plan", "done", made, code=1).stderr
    assert "Склад is not ready" in firm.run("plan", "step", "done", made, "2", code=1).stderr
    firm.run("plan", "step", "ready", made, "2", "склад")
    firm.run("plan", "step", "done", made, "2")
    firm.run("plan", "done", made)
    (client,) = json.loads(firm.out("client", "list", "--format", "json", "--name", "Лютик"))
    assert client["stage"] == "active"
    firm.run("undo")
    (client,) = json.loads(firm.out("client", "list", "--format", "json", "--name", "Лютик"))
    assert (client["stage"], plan(firm, made)["status"]) == ("onboarding", "running")


def test_a_stopped_plan_asks_nobody_any_more(firm: CommandLine) -> None:
    made = new_plan(firm)
    firm.run("plan", "stop", made, "--reason", "договор расторгнут")
    shown = plan(firm, made)
    assert shown["status"] == "stopped"
    assert {step["status"] for step in shown["steps"]} == {"skipped"}
    assert {inner["state"] for step in shown["steps"] for inner in step["inside"]} == {"dropped"}


def test_a_delivery_counts_what_was_agreed_and_delivered_in_phases(firm: CommandLine) -> None:
    made = new_plan(firm, "Поставка", "--volume", "90")
    assert [phase["agreed_volume"] for phase in plan(firm, made)["phases"]] == [60, 30]
    assert firm.out("plan", "deliver", made, "Партия 1", "25") == "Партия 1: 25 of 60 терминал"
    firm.run("plan", "deliver", made, "1", "35")
    rows = json.loads(firm.out("plan", "report", "phases", "--format", "json"))
    first = next(row for row in rows if row["client"] == "Лютик")
    assert (first["remaining"], first["share"]) == (0, 1.0)
    assert plan(firm, made)["delivered_volume"] == 60
    assert "Only 60" in firm.run("plan", "deliver", made, "1", "--", "-61", code=1).stderr


def test_the_reports_tell_readiness_and_time_to_value(firm: CommandLine) -> None:
    departments = json.loads(firm.out("plan", "report", "readiness", "--format", "json"))
    assert {"department", "asked", "late", "ready"} <= departments[0].keys()
    report = json.loads(firm.out("onboarding", "report", "--format", "json"))
    assert report["plans"] == report["done"] + report["running"] + report["stopped"]
    assert report["in_time_low"] <= report["in_time_share"] <= report["in_time_high"]
    assert len(report["days_to_value"]) == report["done"]


def test_a_new_colleague_and_their_mentor_see_the_start(firm: CommandLine) -> None:
    for login in ("orlova", "egorova"):
        mine = json.loads(
            CommandLine(firm.database, login).out("onboarding", "list", "--mine", "--format", "json")
        )
        assert any("Егорова" in row["plan"] for row in mine)


def test_playbooks_go_into_files_and_come_back(firm: CommandLine, tmp_path: Path) -> None:
    text = firm.out("playbook", "export", "Внедрение")
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    assert "unchanged" in firm.out("playbook", "import", str(path))
    path.write_text(text.replace("days = 5", "days = 7", 1), encoding="utf-8")
    assert "changed" in firm.out("playbook", "import", str(path))
    (listed,) = json.loads(firm.out("playbook", "list", "--kind", "onboarding", "--format", "json"))
    assert listed["edition"] == 2
    assert firm.out("playbook", "export", "Внедрение") == path.read_text(encoding="utf-8").rstrip("\n")
    assert "unchanged" in firm.out("playbook", "import", "delivery")
    assert "6/8 steps" in firm.out("plan", "show", "romashka"), "a running plan keeps its steps"
    path.write_text(text.replace('role = "support"', 'role = "boss"', 1), encoding="utf-8")
    message = firm.run("playbook", "import", str(path), code=1).stderr
    assert "mine.toml, step 3 «Установка на рабочие места», field role" in message


def test_a_start_can_be_tried_on_a_date_with_holidays(firm: CommandLine) -> None:
    dates = json.loads(firm.out("playbook", "dates", "Внедрение", "--on", "28.12.2026", "--format", "json"))
    assert [row["due_on"] for row in dates][:2] == ["2026-12-29", "2026-12-30"]
    assert dates[2]["due_on"] > "2027-01-08", "the holidays of the new year are left out"


def test_a_standard_goes_round_its_cycle_by_checks(firm: CommandLine) -> None:
    assert "Жалоба" in firm.out("standard", "due")
    said = firm.out("standard", "check", "Жалоба", "все жалобы ноября по форме")
    assert said.startswith("Жалоба: ответ в тот же день и причина: train, review by ")
    failed = firm.out("standard", "check", "Жалоба", "двое не знали", "--failed")
    assert failed.startswith("Жалоба: ответ в тот же день и причина: train,")
    message = firm.run("standard", "edit", "Жалоба", "--cycle", "motivate", code=2).stderr
    assert "is not closed by a check yet" in message
    assert "six months" in firm.run("standard", "review", "Жалоба", "--by", "01.01.2099", code=2).stderr
    assert "Жалоба" not in firm.out("standard", "due")


def test_a_second_plan_of_one_playbook_at_one_client_is_told(firm: CommandLine) -> None:
    playbook = next(
        playbook["name"]
        for playbook in firm.data("playbook", "list")
        if playbook["plan_kind"] == "onboarding"
    )
    firm.run("client", "add", "Второй пуск")
    assert firm.run("plan", "start", "Второй пуск", "--playbook", playbook).stderr == ""
    message = firm.run("plan", "start", "Второй пуск", "--playbook", playbook).stderr
    assert message.startswith(f"“{playbook}” runs there since ")
    assert message.endswith("already, so there are two now; undo takes this one back.\n")
    assert firm.run("playbook", "start", playbook, "Второй пуск").stderr == message
