"""A new field costs one declaration and one line of migration; everything else is derived from these.

`new_field_process.py` declares some of clients, their people, things and promises in a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What each face of the program shows of the new fields."""
    here = Path(__file__).parent
    command = [sys.executable, str(here / "new_field_process.py"), str(tmp_path_factory.mktemp("field"))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=here)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_its_migration_puts_it_behind_the_others_as_its_record_does(seen: dict[str, Any]) -> None:
    assert seen["tables"] == dict.fromkeys(("asset", "client", "contact", "handover", "promise"), True)


def test_a_form_asks_for_it_where_its_declaration_says(seen: dict[str, Any]) -> None:
    form = seen["form"]
    assert form[form.index("industry") + 1] == "founded_on"
    assert form[-3:] == ["ownership", "seats", "is_listed"]
    assert seen["form of a promise"][:2] == ["text", "asked_on"]


def test_the_card_shows_it_in_the_order_of_the_form(seen: dict[str, Any]) -> None:
    labels = [label for label, _ in seen["card"]]
    assert ["founded on", "04.05.02"] in seen["card"]
    assert ["ownership", "state"] in seen["card"]
    assert labels.index("founded on") < labels.index("ownership")


def test_the_catalogue_has_a_column_for_it(seen: dict[str, Any]) -> None:
    assert seen["catalogue"][-1] == "bought on"


def test_lists_filters_and_segments_ask_for_it(seen: dict[str, Any]) -> None:
    of_the_state = ["Ромашка", "Acme", "Акме", "Акме БГ"]
    assert seen["filtered"] == {
        "--ownership state": of_the_state,
        "--where ownership:state": of_the_state,
        "--where основана:>=2002-05": ["Ромашка", "Acme", "Акме", "Акме БГ", "Акме Битрикс"],
        "--where founded:none": [],
        "--where segment:казённые": of_the_state,
        "--where мест:>=40": ["Ромашка"],
        "--where seats:0": ["Acme", "Акме", "Акме БГ", "Акме Битрикс"],
        "--where биржа:да": ["Ромашка"],
        "--listed yes": ["Ромашка"],
    }


def test_a_filter_says_what_it_can_be(seen: dict[str, Any]) -> None:
    assert seen["refused"] == [
        "“ownership:mine” at character 1 cannot be; write ownership:private or state.",
        "“seats:--5” at character 1 cannot be; write seats:5, seats:<5 or seats:>=5.",
    ]


def test_files_fill_it_in_three_languages_and_by_the_name_that_a_program_has(seen: dict[str, Any]) -> None:
    assert seen["imported"] == [
        ["Acme", "2003-04-05", "state"],
        ["Акме", "2003-04-05", "state"],
        ["Акме БГ", "2003-04-05", "state"],
        ["Акме Битрикс", "2003-04-05", "private"],
    ]
    assert seen["imported with a contact"] == ["Иван Петров", "рыбалка"]
    assert seen["imported promises"] == ["приехать", "2020-02-03"]


def test_json_and_chosen_columns_show_it(seen: dict[str, Any]) -> None:
    assert (seen["json"]["founded_on"], seen["json"]["ownership"]) == ("2002-05-04", "state")
    assert seen["columns"].splitlines()[-1].split() == ["Ромашка", "04.05.02", "state"]
    assert "02.01.20" in seen["shown"]


def test_an_export_has_its_column(seen: dict[str, Any]) -> None:
    header, row = (line.split(",") for line in seen["exported"][:2])
    told = dict(zip(header, row, strict=True))
    assert (told["founded_on"], told["ownership"]) == ("2002-05-04", "state")


def test_the_history_tells_how_it_changed(seen: dict[str, Any]) -> None:
    assert "founded on: 04.05.01 → 04.05.02" in seen["history"]


def test_a_handover_carries_it_to_the_next_owner(seen: dict[str, Any]) -> None:
    (client,) = seen["package"]["client"]
    assert (client["founded_on"], client["ownership"]) == ("2002-05-04", "state")
    assert seen["package"]["term"][0]["asked_on"] == "2020-01-02"
    assert seen["taken over"] == {"risk": "переезд", "founded_on": "2002-05-04", "ownership": "state"}
