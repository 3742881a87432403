"""`onewindow review` as people type it."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import CommandLine


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    line = CommandLine(tmp_path / "own.db")
    for name in ("Альфа", "Бета"):
        line.run("client", "add", name, "--owner", "anna")
    return line


def test_a_portfolio_is_walked_and_ends_in_an_agenda(line: CommandLine, tmp_path: Path) -> None:
    assert [reviewed["client"] for reviewed in line.data("review", "list")] == ["Альфа", "Бета"]
    assert "Nothing was reviewed" in line.refusal("review", "agenda")
    assert line.out("review", "decide", "alfa", "fine", "всё", "в", "порядке").isdigit()
    assert [reviewed["client"] for reviewed in line.data("review", "list")] == ["Бета"]
    (decided, _) = sorted(line.data("review", "list", "--all"), key=lambda reviewed: not reviewed["decision"])
    assert (decided["decision"], decided["reason"]) == ("fine", "всё в порядке")
    assert "Decided before:" in line.out("review", "why", "alfa")
    target = tmp_path / "agenda.md"
    assert line.out("review", "agenda", "--file", str(target)) == str(target)
    assert "- reviewed: 1, not yet: 1" in target.read_text(encoding="utf-8")
    assert line.out("review", "end").startswith("Ended: ")
    (report,) = line.data("review", "report")
    assert (report["reviewed"], report["fine"]) == (1, 1)
    assert report["ended_at"]
    assert len(line.data("review", "list")) == 2


def test_what_cannot_be_is_said_in_a_sentence(line: CommandLine) -> None:
    assert "not ahead" in line.refusal("review", "decide", "alfa", "touch", "x", "--till", "вчера")
    line.run("client", "add", "Ушёл", "--stage", "lost", "--loss-reason", "цена")
    assert "none of these clients" in line.refusal("review", "decide", "Ушёл", "fine", "x")
    line.run("segment", "add", "Все", "--filter", "tier:C")
    assert "not both" in line.refusal("review", "list", "--owner", "anna", "--segment", "Все", code=2)
