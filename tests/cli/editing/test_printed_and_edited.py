"""What `show --format json` prints is taken by `edit --json`, and what was changed in it is stored."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine
from made_once import copy_of_demo


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    path: Path = tmp_path_factory.mktemp("firm") / "demo.db"
    return CommandLine(copy_of_demo(tmp_path_factory, path, datetime(2026, 10, 12, 7, tzinfo=UTC)), "ivanova")


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("client", "glossary"),
        ("request", "title"),
        ("plan", "title"),
        ("script", "name"),
        ("segment", "name"),
        ("handover", "contract_number"),
        ("contact", "address_as"),
        ("task", "title"),
        ("promise", "evidence"),
    ],
)
def test_a_printed_record_is_edited_in_place(firm: CommandLine, kind: str, field: str) -> None:
    first = firm.data(kind, "list")[0]["id"]
    printed: dict[str, Any] = firm.data(kind, "show", first)
    record = printed if "id" in printed else printed[kind]
    record[field] = f"{record[field]} и ещё"
    assert firm.out(kind, "edit", "--json", "-", stdin=json.dumps(printed)).strip() == first
    again = firm.data(kind, "show", first)
    assert (again if "id" in again else again[kind])[field] == record[field]


def test_a_key_that_nothing_printed_is_still_refused_by_its_name(firm: CommandLine) -> None:
    first = firm.data("plan", "list")[0]["id"]
    refused = firm.refusal("plan", "edit", first, "--json", "-", stdin=json.dumps({"phasen": 1}))
    assert "phasen: there is no such field" in refused
