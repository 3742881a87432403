"""`onewindow guide`: one's own role, another's, and a wrong one."""

from __future__ import annotations

from command_line import CommandLine


def test_the_guide_of_my_role_and_of_another(cli: CommandLine) -> None:
    cli.run("client", "add", "Ромашка")
    mine = cli.out("guide")
    assert mine.startswith("One Window for the ")
    lead = cli.out("guide", "lead")
    assert "onewindow health uncovered" in lead
    assert "W " in lead
    assert "docs/health.md" in lead
    assert cli.run("guide", "boss", code=2).stdout == ""
