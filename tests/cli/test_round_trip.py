"""What is exported and imported into an empty file are the same records, of every kind."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine

import seed
from onewindow.desk.export import export_columns, kinds_in_order
from onewindow.records.kinds import IMPORTED_KINDS, KINDS
from onewindow.store.engine import open_store

NOT_IMPORTED = KINDS.keys() - set(IMPORTED_KINDS)
"""Runs, and rows that somebody put off, are of the file in which they were made."""
KINDS_THERE_AND_BACK = [kind for kind in KINDS if kind not in NOT_IMPORTED]
IN_A_WORKBOOK = ("staff", "client", "contact", "product", "document", "licence", "revenue")


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    path = tmp_path_factory.mktemp("firm") / "demo.db"
    with open_store(path, create=True) as store:
        seed.build(store, datetime(2026, 10, 12, 7, tzinfo=UTC), 120)
        # One week of use in twenty tells as much as all of them.
        store.execute("DELETE FROM usage WHERE week % 20 <> 0")
    return CommandLine(path, "ivanova")


def brought_into_an_empty_file(folder: Path, ending: str, kinds: list[str]) -> CommandLine:
    other = CommandLine(folder / "other.db", "boss")
    for kind in kinds:
        other.run("import", kind.replace("_", "-"), str(folder / f"{kind}.{ending}"))
    return other


@pytest.fixture(scope="module", params=["csv", "jsonl"])
def copied(
    request: pytest.FixtureRequest, firm: CommandLine, tmp_path_factory: pytest.TempPathFactory
) -> CommandLine:
    """A file that holds what a whole copy in one format gave."""
    folder = tmp_path_factory.mktemp("copy")
    firm.run("export", "all", str(folder / "files"), "--format", request.param, "--private")
    order = [kind.name for kind in kinds_in_order() if kind.name not in NOT_IMPORTED]
    return brought_into_an_empty_file(folder / "files", request.param, order)


def records(cli: CommandLine, kind: str) -> dict[int, dict[str, Any]]:
    text = cli.out("export", kind.replace("_", "-"), "--all", "--private", "--format", "jsonl")
    return {each["id"]: each for each in map(json.loads, text.splitlines())}


def assert_same(kind: str, before: CommandLine, after: CommandLine) -> None:
    wanted, found = records(before, kind), records(after, kind)
    assert wanted
    assert wanted.keys() <= found.keys()
    compared = set(export_columns(KINDS[kind].record, private=True)) - {"updated_at"}
    for record_id, record in wanted.items():
        differing = {name for name in compared if found[record_id][name] != record[name]}
        assert differing == set(), (kind, record_id)


@pytest.mark.parametrize("kind", KINDS_THERE_AND_BACK)
def test_records_are_the_same_there_and_back(kind: str, firm: CommandLine, copied: CommandLine) -> None:
    assert_same(kind, firm, copied)


def test_a_workbook_goes_there_and_back(firm: CommandLine, tmp_path: Path) -> None:
    for kind in IN_A_WORKBOOK:
        firm.run("export", kind, "--all", "--private", "-o", str(tmp_path / f"{kind}.xlsx"))
    other = brought_into_an_empty_file(tmp_path, "xlsx", list(IN_A_WORKBOOK))
    for kind in ("staff", "client", "contact", "product", "document", "revenue"):
        assert_same(kind, firm, other)


def test_a_file_for_excel_goes_there_and_back(firm: CommandLine, tmp_path: Path) -> None:
    for kind in ("staff", "client", "requisites"):
        firm.run("export", kind, "--all", "--excel", "-o", str(tmp_path / f"{kind}.csv"))
    other = brought_into_an_empty_file(tmp_path, "csv", ["staff", "client", "requisites"])
    assert_same("requisites", firm, other)


def test_a_file_that_comes_back_to_where_it_was_changes_nothing(firm: CommandLine, tmp_path: Path) -> None:
    own = CommandLine(Path(shutil.copy(firm.database, tmp_path / "own.db")), "ivanova")
    for kind in ("client", "contact", "request", "document", "licence", "revenue", "touch", "feedback"):
        path = tmp_path / f"{kind}.csv"
        own.run("export", kind, "--all", "--private", "-o", str(path))
        verdicts = own.data("import", kind, str(path))
        assert {each["verdict"] for each in verdicts} == {"skip"}, kind
