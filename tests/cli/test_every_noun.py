"""The common verbs of every kind of record, on the demo firm: formats, columns, and records given back."""

from __future__ import annotations

import csv
import io
import json
import shutil
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command_line import CommandLine
from made_once import copy_of_demo

from onewindow.cli.shell.printing import FORMATS
from onewindow.records.kinds import KINDS
from onewindow.text.layout.width import cell_width

NOUNS = [kind.name.replace("_", "-") for kind in KINDS.values() if kind.typed]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_demo(
        tmp_path_factory, tmp_path_factory.mktemp("firm") / "demo.db", datetime(2026, 10, 12, 7, tzinfo=UTC)
    )


@pytest.fixture
def firm(built: Path) -> CommandLine:
    """The demo firm, to be read only."""
    return CommandLine(built, "ivanova")


@pytest.fixture
def own_firm(built: Path, tmp_path: Path) -> CommandLine:
    """A copy of it to be written to."""
    return CommandLine(Path(shutil.copy(built, tmp_path / "own.db")), "ivanova")


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_is_listed_and_shown_in_every_format(noun: str, firm: CommandLine) -> None:
    texts = {
        name: firm.run(noun, "list", "--all", "--limit", "3", "--format", name).stdout for name in FORMATS
    }
    objects = json.loads(texts["json"])
    assert [json.loads(line) for line in texts["jsonl"].splitlines()] == objects
    assert [row["id"] for row in csv.DictReader(io.StringIO(texts["csv"]))] == [
        str(item["id"]) for item in objects
    ]
    assert texts["md"].count("\n") == len(objects) + 2
    assert len(texts["table"].splitlines()) == len(objects) + 1
    one = str(objects[0]["id"])
    shown = {name: firm.run(noun, "show", one, "--format", name).stdout for name in FORMATS}
    assert json.loads(shown["jsonl"])["id"] == objects[0]["id"]
    assert len(list(csv.DictReader(io.StringIO(shown["csv"])))) == 1
    assert shown["table"]


ONE_EACH = (
    *("client", "usage", "feature-use", "learner", "staff", "contact-note", "health-weights", "segment"),
    *("exchange-rate", "class-terms"),
)
"""A second record with the same content is refused, or means the first."""


@pytest.mark.parametrize("noun", [noun for noun in NOUNS if noun not in ONE_EACH])
def test_records_that_were_printed_or_exported_can_be_given_back(noun: str, own_firm: CommandLine) -> None:
    for source in ((noun, "list"), ("export", noun)):
        records = json.loads(own_firm.out(*source, "--all", "--limit", "2", "--format", "json"))
        stored = own_firm.out(noun, "add", "--json", "-", stdin=json.dumps(records)).splitlines()
        assert len(set(stored)) == len(records)
        again = json.loads(
            own_firm.out(noun, "edit", "--json", "-", "--format", "json", stdin=json.dumps(records))
        )
        assert [returned["id"] for returned in again] == [record["id"] for record in records]


def test_a_client_that_was_printed_can_be_given_back(own_firm: CommandLine) -> None:
    (before,) = json.loads(own_firm.out("client", "list", "--limit", "1", "--format", "json"))
    after = json.loads(
        own_firm.out("client", "edit", "--json", "-", "--format", "json", stdin=json.dumps([before]))
    )
    assert after[0].items() <= before.items()


def test_an_id_in_an_array_wins_over_the_word_beside_it(own_firm: CommandLine) -> None:
    (before,) = json.loads(own_firm.out("export", "client", "--limit", "1", "--format", "json"))
    staff = json.loads(own_firm.out("staff", "list", "--format", "json"))
    other = next(colleague["id"] for colleague in staff if colleague["id"] != before["owner_id"])
    own_firm.run("client", "edit", "--json", "-", stdin=json.dumps({**before, "owner_id": other}))
    (after,) = json.loads(own_firm.out("export", "client", "--limit", "1", "--format", "json"))
    assert (after["owner_id"], after["owner"] == before["owner"]) == (other, False)


def test_a_client_is_read_aloud_line_by_line(firm: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = firm.out("show", "romashka").splitlines()
    assert max(map(cell_width, lines)) <= 80
    drawn = {letter for line in lines for letter in line if "BOX DRAWINGS" in unicodedata.name(letter, "")}
    blocks = {letter for line in lines for letter in line if "BLOCK" in unicodedata.name(letter, "")}
    assert drawn | blocks == set()
    headings = [line.partition(":")[0] for line in lines if line.partition(":")[0].isupper()]
    assert headings[:3] == ["PROMISES", "REQUESTS", "DOCUMENTS"]
