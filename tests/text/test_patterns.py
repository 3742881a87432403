"""Expressions that are compiled when they are used first behave like compiled ones."""

from __future__ import annotations

import re

import pytest

from onewindow.text.patterns import pattern


def test_a_pattern_answers_like_a_compiled_expression() -> None:
    digits = pattern(r"(\d+)-(\d+)")
    assert digits.sub(r"\2-\1", "12-34") == "34-12"
    for _ in range(2):
        found = digits.fullmatch("12-34")
        assert found is not None
        assert found.groups() == ("12", "34")
    assert digits.search("none") is None
    assert digits.pattern == r"(\d+)-(\d+)"


def test_a_mistake_is_found_at_the_first_use() -> None:
    broken = pattern("(")
    with pytest.raises(re.error):
        broken.search("")
