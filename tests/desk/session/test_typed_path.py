"""Paths as people type, paste and drop them."""

from __future__ import annotations

from pathlib import Path

import pytest

from onewindow.desk.session.typed_path import common_beginning, completions, path_of, plain_path


@pytest.mark.parametrize(
    "text",
    [
        "{}/a b.csv",
        "  {}/a b.csv  ",
        "'{}/a b.csv'",
        '"{}/a b.csv"',
        "{}/a\\ b.csv",
        "file://{}/a%20b.csv",
        "FILE://localhost{}/a%20b.csv",
        "«{}/a b.csv»",
        "~/a b.csv",
    ],
)
def test_one_file_in_every_spelling(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert path_of(text.replace("{}", str(tmp_path))) == tmp_path / "a b.csv"


def test_a_name_with_a_real_backslash_stays(tmp_path: Path) -> None:
    path = tmp_path / "a\\ b.csv"
    path.write_text("x")
    assert path_of(str(path)) == path


def test_files_that_can_be_read_come_first_then_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("a.png", "A2.csv", "a1.XLSX", ".a", "b.csv"):
        (tmp_path / name).write_text("x")
    (tmp_path / "archive").mkdir()
    found = completions("~/a")
    assert [each.typed for each in found] == ["~/a1.XLSX", "~/A2.csv", "~/archive/", "~/a.png"]
    assert [each.name for each in completions("~/.")] == [".a"]
    assert [each.name for each in completions("~")] == ["a1.XLSX", "A2.csv", "b.csv", "archive", "a.png"]


def test_a_path_is_completed_as_far_as_all_that_fits_is_alike(tmp_path: Path) -> None:
    for name in ("clients-1.csv", "clients-2.csv"):
        (tmp_path / name).write_text("x")
    typed = f"{tmp_path}/cl"
    assert common_beginning(typed, completions(typed)) == f"{tmp_path}/clients-"
    assert completions(f"{tmp_path}/none/x") == []
    assert common_beginning("x", []) == "x"


@pytest.mark.parametrize(
    ("text", "path"),
    [("'", ""), ("'a", "a"), ("''", ""), ("“a b”", "a b"), ("`a`", "a"), ("a'", "a'"), ("  a ", "a")],
)
def test_a_quote_that_is_not_closed_yet_is_no_part_of_the_path(text: str, path: str) -> None:
    assert plain_path(text) == path
