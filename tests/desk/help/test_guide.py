"""The guide of every role: short, with keys of this user, and nothing in it that there is not."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
import pytest
from whole_answers import assert_says

from onewindow.actions import by_id
from onewindow.cli.program import program
from onewindow.desk.help.guide import GUIDES, guide_lines, role_name
from onewindow.desk.help.tour import STEPS, filled
from onewindow.records.organization import ROLES
from onewindow.text.placeholders import places_in

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_a_guide_of_two_screens_at_most(role: str) -> None:
    lines = guide_lines(role)
    assert 8 <= len(lines) <= 46
    assert all((DOCS / page).exists() for page in GUIDES[role].pages)


def test_keys_are_those_of_this_user() -> None:
    lines = {line.text: line.label for line in guide_lines("account_manager", {"go.today": ("f3",)})}
    assert lines[by_id("go.today").help] == "f3"
    assert lines[by_id("call.take").help] == "A"


@pytest.mark.parametrize("role", ROLES)
def test_each_command_in_a_guide_exists(role: str) -> None:
    for section in GUIDES[role].sections:
        for line in section.commands:
            words = shlex.split(line.partition("  ")[0])
            command: click.Command = program
            assert words.pop(0) == "onewindow"
            while words and isinstance(command, click.Group):
                context = click.Context(command)
                found = command.get_command(context, words[0])
                if found is None:
                    break
                command = found
                words.pop(0)
            assert command is not program, line
            options = {name for each in command.params for name in each.opts}
            assert all(word in options for word in words if word.startswith("--")), line


def test_each_step_of_the_tour_names_actions_and_fits_a_small_terminal() -> None:
    for step in STEPS:
        assert all(by_id(name) for name in places_in(step.words))
        assert len(filled(step, {})) <= 74
        assert len(f"8/8 {step.name}. {step.worth}") <= 74
        assert sum(map(bool, (step.action, step.inserts, step.opens_client))) == 1


def test_the_guides_of_all_roles_as_they_are_read() -> None:
    lines: list[str] = []
    for role in ROLES:
        lines.append(f"== {role_name(role)}")
        lines += [f"{'# ' if line.is_title else ''}{line.label:8} {line.text}" for line in guide_lines(role)]
    assert_says([line.rstrip() for line in lines], "guides")
