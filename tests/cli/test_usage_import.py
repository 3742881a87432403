"""Weekly use from files and pipes: gathered, repeated, replaced, refused, taken back."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import CommandLine

from onewindow.desk.caches import client_caches
from onewindow.store.engine import open_store

_DOCS = Path(__file__).parents[2] / "docs" / "usage.md"
_HEAD = "client;product;week;active users;volume\n"


@pytest.fixture
def firm(romashka: CommandLine) -> CommandLine:
    """Ромашка with twenty licences of Склад+, and Вектор with a tax id and none."""
    romashka.run("product", "add", "Склад+")
    romashka.run(
        *("licence", "add", "romashka", "--product", "Склад+", "--bought", "20", "--starts-on", "2024-01-01")
    )
    romashka.run("client", "add", "Вектор")
    romashka.run("requisites", "add", "вектор", "ООО «Вектор»", "--tax-id", "7707083893")
    return romashka


def _events(firm: CommandLine) -> int:
    with open_store(firm.database) as store:
        assert client_caches.differences(store) == []
        return store.scalar("SELECT COUNT(*) FROM event WHERE entity <> 'import_run'")


def _brought(firm: CommandLine, text: str | bytes, *options: str, code: int = 0) -> list[dict[str, object]]:
    words = ("usage", "import", "-", *options, "--format", "json")
    return json.loads(firm.run(*words, stdin=text, code=code).stdout)


def _verdicts(firm: CommandLine, text: str | bytes, *options: str) -> list[object]:
    return [row["verdict"] for row in _brought(firm, text, *options)]


def _weeks(firm: CommandLine) -> list[tuple[object, ...]]:
    shown = json.loads(firm.out("usage", "show", "romashka", "--weeks", "500", "--format", "json"))
    return [(row["week"], row["active_users"], row["volume"]) for row in shown]


def _licence(firm: CommandLine) -> tuple[object, object]:
    (licence,) = json.loads(firm.out("licence", "list", "--client", "romashka", "--format", "json"))
    return licence["active"], licence["last_used_on"]


def test_a_pipe_between_two_processes_fills_the_weeks(firm: CommandLine) -> None:
    rows = "".join(f"ромашка;склад+;2024-10-{day:02};{day};100\n" for day in (7, 14, 21))
    pipe = f"cat | '{sys.executable}' -m onewindow --db '{firm.database}' --as anna usage import -"
    done = subprocess.run(
        ["sh", "-c", pipe], input=(_HEAD + rows).encode(), capture_output=True, check=True, env=os.environ
    )

    assert re.search(r"^created +3$", done.stdout.decode(), re.MULTILINE)
    assert _weeks(firm) == [("2024-10-21", 21, 100), ("2024-10-14", 14, 100), ("2024-10-07", 7, 100)]
    assert _licence(firm) == (21, "2024-10-27")


def test_the_example_of_the_documents_goes_in_whole_and_changes_nothing_twice(firm: CommandLine) -> None:
    (example,) = re.findall(r"^```csv\n(.*?)^```$", _DOCS.read_text("utf-8"), re.MULTILINE | re.DOTALL)

    assert _verdicts(firm, example) == ["create", "create", "create"]
    assert _weeks(firm) == [("2024-11-18", 46, 6440)]
    (function,) = json.loads(firm.out("feature-use", "list", "--format", "json"))
    assert (function["name"], function["users"], function["uses"]) == ("инвентаризация", 30, 210)
    before = _events(firm)
    assert _verdicts(firm, example) == ["skip", "skip", "skip"]
    assert _events(firm) == before


def test_a_changed_figure_replaces_the_week_and_the_licence_follows(firm: CommandLine) -> None:
    firm.run("usage", "import", "-", stdin=_HEAD + "ромашка;склад+;2024-11-04;5;10\n")
    before = _events(firm)

    (row,) = _brought(firm, _HEAD + "ромашка;склад+;2024-11-04;9;10\n")

    assert (row["verdict"], row["differences"]) == ("update", {"active_users": [5, 9]})
    assert _events(firm) == before + 2  # the week and the licence
    assert _licence(firm) == (9, "2024-11-10")


def test_an_older_week_is_kept_and_changes_no_licence(firm: CommandLine) -> None:
    firm.run("usage", "import", "-", stdin=_HEAD + "ромашка;склад+;2024-11-04;9;10\n")
    firm.run("usage", "import", "-", stdin=_HEAD + "ромашка;склад+;2024-10-07;2;10\n")

    assert [week for week, *_ in _weeks(firm)] == ["2024-11-04", "2024-10-07"]
    assert _licence(firm) == (9, "2024-11-10")


def test_an_unused_week_empties_the_licence_but_not_the_day_of_last_use(firm: CommandLine) -> None:
    text = _HEAD + "ромашка;склад+;2024-11-04;9;10\nромашка;склад+;2024-11-11;0;0\n"
    firm.run("usage", "import", "-", stdin=text)

    assert _licence(firm) == (0, "2024-11-10")


def test_days_are_gathered_into_weeks_and_name_the_last_day(firm: CommandLine) -> None:
    text = "day,client,product,users,events\n" + "".join(
        f"2024-11-{day:02},Ромашка,Склад+,{users},{users * 10}\n"
        for day, users in ((4, 3), (5, 7), (6, 5), (10, 0))
    )

    assert _verdicts(firm, text) == ["create", "skip", "skip", "skip"]
    assert _weeks(firm) == [("2024-11-04", 7, 150)]
    assert _licence(firm) == (7, "2024-11-06")


def test_people_are_counted_once_a_week(firm: CommandLine) -> None:
    text = "дата\tклиент\tпродукт\tпользователь\tдокументов\n" + "".join(
        f"{day}.11.2024\tРомашка\tСклад+\t{user}\t4\n"
        for day, user in (("04", "ким"), ("05", "Ким"), ("05", "петров"), ("06", "орлова"))
    )

    firm.run("usage", "import", "-", stdin=text)

    assert _weeks(firm) == [("2024-11-04", 3, 16)]


def test_functions_have_weeks_of_their_own_and_never_lower_those_of_the_product(firm: CommandLine) -> None:
    firm.run("usage", "import", "-", stdin=_HEAD + "ромашка;склад+;2024-11-04;9;10\n")
    functions = (
        "client;product;week;feature;users;uses\n"
        "ромашка;склад+;2024-11-04;отбор;4;70\nромашка;склад+;2024-11-05;Отбор;6;30\n"
        "ромашка;склад+;2024-11-11;приёмка;5;40\n"
    )

    assert _verdicts(firm, functions) == ["create", "skip", "create"]
    assert _weeks(firm) == [("2024-11-11", 5, 0), ("2024-11-04", 9, 10)]
    shown = json.loads(firm.out("feature-use", "list", "--format", "json"))
    assert [(row["name"], row["users"], row["uses"]) for row in shown] == [
        ("отбор", 6, 100),
        ("приёмка", 5, 40),
    ]
    before = _events(firm)
    assert _verdicts(firm, functions) == ["skip", "skip", "skip"]
    assert _events(firm) == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize(
    "text",
    [
        "клиент;продукт;неделя с;активных пользователей;документов\nРомашка;Склад+;04.11.2024;8;10\n",
        "фирма;програма;седмица;потребители;обем\nРомашка;Склад+;2024-11-04;8;10\n",
        '[{"client": "Ромашка", "product": "Склад+", "week": "2024-11-06", "users": 8, "volume": 10}]',
        '{"client": "Ромашка", "product": "Склад+", "week": "2024-W45", "users": 8, "volume": 10}\n',
    ],
)
def test_files_of_three_languages_and_several_encodings(firm: CommandLine, text: str, encoding: str) -> None:
    assert _verdicts(firm, text.encode(encoding)) == ["create"]
    assert _weeks(firm) == [("2024-11-04", 8, 10)]


def test_clients_are_named_in_any_way_and_strangers_go_to_a_file(
    firm: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "use.csv"
    rows = ["C-1;склад+", "romashka;склад+", "7707083893;склад+", "Никто;склад+", "вектор;Луна"]
    source.write_text(_HEAD + "".join(f"{row};2024-11-04;{at};1\n" for at, row in enumerate(rows)), "utf-8")

    result = firm.run("usage", "import", "use.csv")

    assert re.search(r"^created +2$", result.stdout, re.MULTILINE)
    assert "there is no client “Никто”" in result.stderr
    assert "there is no product “Луна”" in result.stderr
    rejected = (tmp_path / "use.rejected.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(";")[0].split(",")[0] for line in rejected[1:]] == ["Никто", "вектор"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("ромашка;склад+;2099-01-05;1;1", "the week from 2099-01-05 has not begun"),
        ("ромашка;склад+;2024-11-04;-3;1", "active users: -3 is less than nothing"),
        ("ромашка;склад+;2024-11-04;;", "it tells no users and no volume"),
        ("ромашка;склад+;;4;", "it has no week and no date"),
        (";склад+;2024-11-04;4;", "it does not say which client it belongs to; name it with --client"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_a_sentence(
    firm: CommandLine, tmp_path: Path, row: str, why: str
) -> None:
    options = ("--rejected", str(tmp_path / "bad.csv"))
    verdicts = _brought(firm, f"{_HEAD}{row}\nромашка;склад+;2024-10-07;1;1\n", *options)

    assert [(verdict["verdict"], verdict["reason"]) for verdict in verdicts] == [
        ("error", why),
        ("create", ""),
    ]


def test_the_number_of_a_week_without_its_year_is_refused(firm: CommandLine, tmp_path: Path) -> None:
    options = ("--rejected", str(tmp_path / "bad.csv"))
    (row,) = _brought(firm, _HEAD + "ромашка;склад+;47;4;1\n", *options, code=1)

    assert row["reason"] == "week 47 of which year? write any day of the week"


def test_a_dry_run_leaves_no_trace_and_an_undo_leaves_the_licence_as_it_was(firm: CommandLine) -> None:
    text = _HEAD + "ромашка;склад+;2024-11-04;9;10\n"
    before = _events(firm)
    assert _verdicts(firm, text, "--dry-run") == ["create"]
    assert (_events(firm), _weeks(firm)) == (before, [])

    firm.run("usage", "import", "-", stdin=text)
    firm.run("import", "undo", "last")

    assert (_weeks(firm), _licence(firm)) == ([], (0, None))
    _events(firm)
    assert _verdicts(firm, text) == ["create"]
    assert _weeks(firm) == [("2024-11-04", 9, 10)]


def test_two_licences_of_one_product_share_its_users(firm: CommandLine) -> None:
    firm.run(
        *("licence", "add", "romashka", "--product", "Склад+", "--bought", "5", "--starts-on", "2024-06-01")
    )
    firm.run("usage", "import", "-", stdin=_HEAD + "ромашка;склад+;2024-11-04;23;10\n")

    shown = json.loads(firm.out("licence", "list", "--client", "romashka", "--format", "json"))
    assert [licence["active"] for licence in shown] == [20, 3]


def test_use_without_a_licence_is_kept_and_said(firm: CommandLine) -> None:
    (row,) = _brought(firm, _HEAD + "вектор;склад+;2024-11-04;4;10\n")

    assert (row["verdict"], row["reason"]) == ("create", "the client has no licence of this product in force")
