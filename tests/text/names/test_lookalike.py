"""Words with hidden letters of the other script are found, and brought into one script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.text.names.confusables import in_one_script, mixed_scripts


def test_words_that_hide_the_other_script_are_found() -> None:
    assert mixed_scripts("ООО Pомашка и Вeктор, Аcme") == ["Pомашка", "Вeктор", "Аcme"]


def test_honest_words_are_not_reported() -> None:
    assert mixed_scripts("Ромашка Acme VIPклиент IT-отдел 1С R-1042 Müller") == []
    assert mixed_scripts("") == []


@pytest.mark.parametrize(
    ("mixed", "meant"),
    [
        ("ООО Pомашка и Вeктор", "ООО Ромашка и Вектор"),
        ("Аcme", "Acme"),
        ("Aсе", "Асе"),  # one Latin letter, two Cyrillic ones
        ("ACЕ", "ACE"),  # two Latin letters, one Cyrillic
        ("VIPклиент Acme", "VIPклиент Acme"),
        ("", ""),
    ],
)
def test_a_word_is_brought_into_the_script_it_was_meant_in(mixed: str, meant: str) -> None:
    assert in_one_script(mixed) == meant


@given(st.text(alphabet="acesрстуАВСABCжzШ -1"))
def test_nothing_is_mixed_afterwards_and_nothing_else_changes(text: str) -> None:
    mended = in_one_script(text)
    assert mixed_scripts(mended) == []
    assert len(mended) == len(text)
    assert in_one_script(mended) == mended
