"""Words with hidden letters of the other script are found."""

from __future__ import annotations

from onewindow.text.lookalike import mixed_scripts


def test_words_that_hide_the_other_script_are_found() -> None:
    assert mixed_scripts("ООО Pомашка и Вeктор, Аcme") == ["Pомашка", "Вeктор", "Аcme"]


def test_honest_words_are_not_reported() -> None:
    assert mixed_scripts("Ромашка Acme VIPклиент IT-отдел 1С R-1042 Müller") == []
    assert mixed_scripts("") == []
