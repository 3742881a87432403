"""`onewindow export`: every kind, the filters of its list, and a whole copy."""

from __future__ import annotations

import csv
import io
import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command_line import CommandLine
from made_once import copy_of_demo

from onewindow.desk.editing.copied_tables import COPIED_TABLES
from onewindow.desk.editing.export import export_columns, kinds_in_order
from onewindow.exchange.tables.opening import read_rows
from onewindow.records.fields import attributes
from onewindow.records.kinds import KINDS
from onewindow.store.engine import open_store


@pytest.fixture(scope="module")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_demo(
        tmp_path_factory, tmp_path_factory.mktemp("firm") / "demo.db", datetime(2026, 10, 12, 7, tzinfo=UTC)
    )


@pytest.fixture
def firm(demo_file: Path) -> CommandLine:
    return CommandLine(demo_file, "ivanova")


def table(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_columns_of_its_own_names_only_once(kind: str) -> None:
    names = export_columns(KINDS[kind].record, private=True)
    assert len(names) == len(set(names))
    assert {a.name for a in attributes(KINDS[kind].record)} - set(names) <= {"name_sort"}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "import_run"])
def test_every_kind_is_written_whole_and_says_what_its_references_mean(kind: str, firm: CommandLine) -> None:
    noun = kind.replace("_", "-")
    limit = ("--all", "--limit", "40")
    objects = [
        json.loads(line) for line in firm.out("export", noun, *limit, "--format", "jsonl").splitlines()
    ]
    rows = table(firm.run("export", noun, *limit).stdout)
    assert objects
    assert [row["id"] for row in rows] == [str(item["id"]) for item in objects]
    for described in attributes(KINDS[kind].record):
        if described.kind == "reference":
            word = described.name.removesuffix("_id")
            assert all(bool(item[described.name]) == bool(item[word]) for item in objects)
            assert [row[word] for row in rows] == [item[word] or "" for item in objects]


def test_records_of_each_kind_come_after_those_they_refer_to() -> None:
    order = [kind.name for kind in kinds_in_order()]
    assert sorted(order) == sorted(KINDS)
    for kind in KINDS.values():
        for described in attributes(kind.record):
            if described.refers and described.refers != kind.name:
                assert order.index(described.refers) < order.index(kind.name)


def test_money_is_minor_units_for_programs_and_a_decimal_for_spreadsheets(firm: CommandLine) -> None:
    (stored,) = json.loads(firm.out("export", "revenue", "--limit", "1", "--format", "json"))
    (shown,) = table(firm.run("export", "revenue", "--limit", "1").stdout)
    (excel,) = table(firm.run("export", "revenue", "--limit", "1", "--excel").stdout, ";")
    whole, part = divmod(stored["amount"], 100)
    assert shown["amount"] == f"{whole}.{part:02}"
    assert excel["amount"] == f"{whole},{part:02}"
    assert shown["currency"] == stored["currency"] == "RUB"


def test_filters_are_those_of_the_list(firm: CommandLine) -> None:
    for noun, *filters in (
        ("client", "--tier", "A"),
        ("client", "--risk"),
        ("client", "--mine", "--all"),
        ("request", "--client", "romashka", "--all"),
        ("document", "--state", "signed"),
        ("task",),
    ):
        listed = {row["id"] for row in table(firm.run(noun, "list", *filters, "--format", "csv").stdout)}
        exported = {row["id"] for row in table(firm.run("export", noun, *filters).stdout)}
        assert exported == listed
        assert exported or filters[0] == "--mine"


def test_columns_are_chosen_and_may_be_those_of_the_client_list(firm: CommandLine) -> None:
    text = firm.run("export", "clients", "--columns", "name,owner,health", "--limit", "1").stdout
    (row,) = table(text)
    assert list(row) == ["name", "owner", "health"]
    assert row["health"].isdecimal()
    assert "did you mean owner?" in firm.refusal("export", "client", "--columns", "ownr", code=2)


def test_what_is_private_goes_only_when_asked_for(firm: CommandLine) -> None:
    noun = ("export", "contact", "--all")
    assert "birthday" not in firm.run(*noun).stdout.partition("\n")[0]
    assert "BDAY" not in firm.run(*noun, "--format", "vcard").stdout
    assert "BDAY" in firm.run(*noun, "--format", "vcard", "--private").stdout
    assert any(row["birthday"] for row in table(firm.run(*noun, "--private").stdout))


def test_a_file_is_written_in_the_format_of_its_ending(firm: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "clients.xlsx"
    result = firm.run("export", "clients", "-o", str(path))
    assert result.stdout == ""
    assert result.stderr.startswith(f"{len(list(read_rows(path).rows))} clients written to")
    assert stat.S_IMODE(path.stat().st_mode) & ~0o640 == 0
    assert "there is such a file already" in firm.refusal("export", "clients", "-o", str(path))
    firm.run("export", "clients", "-o", str(path), "--limit", "2", "--force")
    assert len(list(read_rows(path).rows)) == 2


def test_what_cannot_be_is_one_sentence(firm: CommandLine, tmp_path: Path) -> None:
    assert "did you mean client" in firm.refusal("export", "clent", code=2)
    assert "did you mean" in firm.refusal("export", "client", "--fromat", "csv", code=2)
    assert "only contacts" in firm.refusal("export", "client", "-o", str(tmp_path / "a.vcf"), code=2)
    assert "--excel is about CSV" in firm.refusal("export", "client", "--format", "json", "--excel", code=2)
    assert not list(tmp_path.glob("*.vcf"))


_OTHER_TABLES = {"health_week": "health_snapshot", "external_id": "external_key"}


def test_a_whole_copy_has_a_file_for_every_kind_and_a_list_of_them(firm: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    firm.run("export", "all", str(folder))
    manifest = json.loads((folder / "manifest.json").read_text())
    records = [kind.name for kind in kinds_in_order() if kind.name != "import_run"]
    assert [entry["kind"] for entry in manifest["files"]] == [*records, *COPIED_TABLES]
    with open_store(firm.database) as store:
        for entry in manifest["files"]:
            lines = (folder / entry["file"]).read_text().splitlines()
            tables = {**{name: kind.table for name, kind in KINDS.items()}, **_OTHER_TABLES}
            stored = store.scalar(f"SELECT COUNT(*) FROM {tables[entry['kind']]}")
            assert len(lines) == entry["records"] == stored
    assert "there is such a file already" in firm.refusal("export", "all", str(folder))


def test_a_copy_of_an_empty_file_is_empty(cli: CommandLine, tmp_path: Path) -> None:
    cli.run("client", "add", "Ромашка")
    cli.run("export", "all", str(tmp_path / "copy"), "--format", "csv")
    assert len((tmp_path / "copy" / "client.csv").read_text().splitlines()) == 2
    assert len((tmp_path / "copy" / "touch.csv").read_text().splitlines()) == 1
