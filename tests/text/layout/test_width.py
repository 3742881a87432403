"""Widths agree with the painter, and fitted text takes exactly its cells."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from onewindow.text.clean import clean
from onewindow.text.layout.width import cell_width, fit, wrap

_WRITING = st.text(
    st.one_of(
        st.characters(max_codepoint=0x52F, exclude_categories=["Cn", "Cs"]),
        st.sampled_from("東京한국สวัสดีनमस्तेשלום مرحبا№₽€…«»—👍🏽🇧🇬"),
        st.sampled_from("\u0301\u0306\u200d\ufe0f☎❤👩💻#1☀"),
    )
).map(clean)


@pytest.mark.parametrize(
    "text",
    [
        "Ромашка ООО",
        "№ 5 — 120 000 ₽ «да»…",
        "東京株式会社",
        "e\u0301 и\u0306",
        "👩\u200d💻 👍🏽 🇧🇬 ☎\ufe0f ❤\ufe0f 1\ufe0f⃣",
        "한국어 ﾊﾝｶｸ ｱ",
        "नमस्ते สวัสดี שָׁלוֹם",
        "a\u00adb\u00a0c\u3000d",
        "╭─┐▁▂█░",
    ],
)
def test_widths_agree_with_the_painter(text: str) -> None:
    assert cell_width(text) == cell_len(text)


@given(_WRITING)
def test_widths_agree_with_the_painter_for_any_mix(text: str) -> None:
    assert cell_width(text) == cell_len(text)


@given(_WRITING, st.integers(0, 30), st.sampled_from(["left", "right"]))
@example("a\u200d", 3, "left")
def test_fit_takes_exactly_the_width(text: str, width: int, align: str) -> None:
    assert cell_len(fit(text, width, "right" if align == "right" else "left")) == width


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("Иванова", 9, "Иванова  "),
        ("Иванова", 5, "Иван…"),
        ("Иванова", 7, "Иванова"),
        ("東京都", 4, "東… "),
        ("東京都", 1, "…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("anything", 0, ""),
    ],
)
def test_fit_cuts_between_characters(text: str, width: int, fitted: str) -> None:
    assert fit(text, width) == fitted


def test_fit_aligns_right_and_takes_another_ellipsis() -> None:
    assert fit("42", 5, "right") == "   42"
    assert fit("abcdef", 5, ellipsis="...") == "ab..."
    assert fit("abcdef", 2, ellipsis="...") == "ab"


def test_wrap_breaks_between_words_and_inside_long_ones() -> None:
    assert wrap("ждёт отчёт, спокойна", 11) == ["ждёт отчёт,", "спокойна"]
    assert wrap("abcdefgh ij", 3) == ["abc", "def", "gh", "ij"]
    assert wrap("one\n\ntwo", 10) == ["one", "", "two"]
    assert wrap("東京都", 4) == ["東京", "都"]


@given(_WRITING, st.integers(2, 20))
def test_wrapped_lines_fit_and_lose_no_letters(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_width(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("☎", 1),
        ("☎\ufe0f", 2),
        ("☎\ufe0f\ufe0f", 2),  # a second sign of the style widens nothing
        ("a\ufe0f", 1),
        ("1\ufe0f", 2),
        ("東\ufe0f", 2),
        ("\ufe0f", 0),
        ("\ufe0fa", 1),
    ],
)
def test_the_emoji_style_widens_a_narrow_sign_once(text: str, cells: int) -> None:
    assert cell_width(text) == cells
