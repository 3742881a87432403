"""Playbooks as TOML: what is written is read back, and every mistake names file, step and field."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.exchange.playbook_file import FileStep, PlaybookFile, read_playbook, write_playbook
from onewindow.exchange.problems import FileProblem
from onewindow.records.adoption import ROLES, PlanKind, StepResult

_HEAD = 'name = "x"\nkind = "onboarding"\n'

lines = st.text(st.characters(exclude_categories=("C", "Z")), max_size=40)
words = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40)


@st.composite
def playbooks(draw: st.DrawFn) -> PlaybookFile:
    keys = draw(st.lists(words.filter(lambda key: key != "start"), unique=True, max_size=6))
    steps = tuple(
        FileStep(
            key=key,
            title=draw(words),
            role=draw(st.sampled_from(ROLES)),
            after=draw(st.sampled_from(["start", *keys[:place]])),
            days=draw(st.integers(0, 2000)),
            result=draw(st.sampled_from([r for r in get_args(StepResult) if r != "volume"])),
            wanted=draw(lines),
            control_point=draw(st.booleans()),
            phase=draw(words),
            volume=draw(st.none() | st.integers(0, 10**9)),
            executors=tuple(draw(st.lists(words, max_size=2))),
            note=draw(lines),
        )
        for place, key in enumerate(keys)
    )
    return PlaybookFile(
        name=draw(words),
        kind=draw(st.sampled_from(get_args(PlanKind))),
        description=draw(lines),
        unit=draw(lines),
        starts_itself=draw(st.booleans()),
        steps=steps,
    )


@given(playbooks())
def test_what_is_written_is_read_back(playbook: PlaybookFile) -> None:
    assert read_playbook(write_playbook(playbook), "x.toml") == playbook


@pytest.mark.parametrize("name", ["onboarding", "project", "delivery", "employee"])
def test_the_playbooks_that_come_along_can_be_read(name: str) -> None:
    text = (files("seed") / "playbooks" / f"{name}.toml").read_text(encoding="utf-8")
    found = read_playbook(text, f"{name}.toml")
    assert found.kind == name
    assert any(step.control_point for step in found.steps)


def test_the_example_in_the_documentation_is_a_playbook() -> None:
    text = (Path(__file__).parents[2] / "docs" / "playbooks.md").read_text(encoding="utf-8")
    example = text.partition("```text\n")[2].partition("```")[0]
    found = read_playbook(example, "playbooks.md")
    assert [step.after for step in found.steps] == ["start", "call"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = [", "p.toml: it is not TOML"),
        ('kind = "onboarding"', "p.toml, field name: it is missing"),
        ('name = "x"\nkind = "party"', "p.toml, field kind: .* write one of onboarding, project"),
        (_HEAD + "steps = []", "p.toml, field steps: there is no such field"),
        (_HEAD + '[[step]]\ntitle = "a"\nrole = "boss"', "step 1 «a», field role: .* account_manager"),
        (_HEAD + '[[step]]\ntitle = "a"\ndays = -1', "step 1 «a», field days: .* whole number from 0"),
        (_HEAD + '[[step]]\ntitle = "a"\ndays = true', "step 1 «a», field days"),
        (_HEAD + '[[step]]\ntitle = "a"\nafter = "b"', "step 1 «a», field after: there is no step “b”"),
        (_HEAD + '[[step]]\ntitle = "a"\nresult = "volume"', "step 1 «a», field phase"),
        (_HEAD + '[[step]]\ntitle = "a\\nb"', "step 1, field title"),
        (
            _HEAD + '[[step]]\nkey = "k"\ntitle = "a"\n[[step]]\nkey = "k"\ntitle = "b"',
            "step 2 «b», field key: “k” is taken",
        ),
        (
            _HEAD
            + '[[step]]\nkey = "k"\ntitle = "a"\nafter = "l"\n[[step]]\nkey = "l"\ntitle = "b"\nafter = "k"',
            "step 1 «a», field after: these steps wait for each other",
        ),
    ],
)
def test_a_mistake_is_one_sentence_with_its_place(text: str, said: str) -> None:
    with pytest.raises(FileProblem, match=said) as problem:
        read_playbook(text, "p.toml")
    assert "\n" not in str(problem.value)
