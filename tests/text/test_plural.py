"""Counts as people say them."""

from __future__ import annotations

import pytest

from onewindow.text.plural import counted


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (-1, "-1 day"), (21, "21 days")]
)
def test_one_is_one(number: int, said: str) -> None:
    assert counted(number, "day") == said


def test_a_plural_that_is_no_noun_with_an_s() -> None:
    assert counted(1, "person", "people") == "1 person"
    assert counted(3, "step of plans goes", "steps of plans go") == "3 steps of plans go"
