"""What a query is made of: which of its words are too short to be looked for inside of others."""

from __future__ import annotations

import pytest

from onewindow.store.search import terms


@pytest.mark.parametrize(
    ("typed", "is_vague"),
    [("склад", True), ("складо", False), ("складов", False), ("складская а", True), ("", False)],
)
def test_words_of_five_letters_stand_inside_of_many_others(typed: str, is_vague: bool) -> None:
    assert terms.is_vague(terms.reading_of(typed)) is is_vague


def test_what_is_looked_for_inside_of_words_is_not_vague() -> None:
    assert not terms.is_vague(terms.inside_words(terms.reading_of("скл")))
