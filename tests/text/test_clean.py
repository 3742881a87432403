"""Nothing that steers a terminal or hides text survives cleaning."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.text.clean import clean, clean_lines

_HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("\x1b\x00\x7f\x9b\u202e\u2066\u200b\ufeff\r\n\t"))
)


@given(_HOSTILE)
def test_nothing_that_steers_a_terminal_survives(text: str) -> None:
    cleaned = clean(text)
    assert not {unicodedata.category(char) for char in cleaned} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(char) for char in cleaned} & set(
        "LRE RLE LRO RLO PDF LRI RLI FSI PDI".split()  # noqa: SIM905
    )
    assert not set(cleaned) & set("\u200b\u200e\u200f\u061c\ufeff\u2060")


@given(_HOSTILE)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Ромашка", "Ромашка"),
        ("a\tb\nc\r\nd\u2028e", "a b c d e"),
        ("\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"),
        ("\x9b2J\x7f", "\ufffd2J\ufffd"),
        ("abc\u202ecba", "abc\ufffdcba"),
        ("pay\u200bpal\ufeff", "pay\ufffdpal\ufffd"),
        ("\ud800", "\ufffd"),
        ("[/] [@click=app.quit]x[/]", "[/] [@click=app.quit]x[/]"),
    ],
)
def test_hidden_characters_become_visible(raw: str, shown: str) -> None:
    assert clean(raw) == shown


@pytest.mark.parametrize("text", ["10\u00a0000", "東\u3000京", "co\u00adop", "👩\u200d💻"])
def test_honest_invisible_characters_stay(text: str) -> None:
    assert clean(text) == text


def test_lines_are_kept_apart_and_cleaned() -> None:
    assert clean_lines("one\r\ntwo\x07\n\nfour") == ["one", "two\ufffd", "", "four"]
    assert clean_lines("") == []
