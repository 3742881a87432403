"""Names meet across alphabets, layouts and spellings, and sort by the alphabet."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.text.fold import fold, layout_variants, skeleton, sort_key


@given(st.text())
def test_folded_text_is_ascii_words_and_folds_to_itself(text: str) -> None:
    folded = fold(text)
    assert re.fullmatch("(?:[a-z0-9]+(?: [a-z0-9]+)*)?", folded)
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ООО «Ромашка»", "ooo romashka"),
        ("БЕРЁЗА", "bereza"),
        ("и\u0306од", "yod"),
        ("Щёлково", "schelkovo"),
        ("Велико Търново", "veliko tarnovo"),
        ("объект", "obekt"),
        ("Müller & Søn, Łódź", "muller son lodz"),
        ("ко\u00adоп", "koop"),
        ("R-1042", "r 1042"),
    ],
)
def test_one_spelling_for_search(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Щёлково", "Shchelkovo"),
        ("Вектор", "Vector"),
        ("Юлия", "Yulia"),
        ("Мария", "Maria"),
        ("Юрий", "Yuri"),
        ("Алексей", "Alexei"),
        ("Щерев", "Shterev"),
        ("Михаил", "Mikhail"),
        ("Центр", "Centr"),
    ],
)
def test_spellings_of_one_name_share_the_skeleton(one: str, other: str) -> None:
    assert skeleton(fold(one)) == skeleton(fold(other))


def test_different_names_keep_different_skeletons() -> None:
    names = ["Ромашка", "Вектор", "Сигма", "Юпитер", "Яхонт", "Чехов", "Цехов", "Жуков", "Зуков"]
    assert len({skeleton(fold(name)) for name in names}) == len(names)


def test_the_wrong_layout_reads_both_ways() -> None:
    assert layout_variants("hjvfirf")[0] == "ромашка"
    assert layout_variants("Кщьфырлф")[0] == "Romashka"


def test_bulgarian_layouts_are_among_the_variants() -> None:
    assert "софия" in layout_variants("ifbrs")
    assert "яна" in layout_variants("qna")
    assert "sofia" in layout_variants("ядось")


def test_variants_differ_from_the_text_and_from_each_other() -> None:
    variants = layout_variants("romashka")
    readings = [fold(variant) for variant in variants]
    assert len(set(readings)) == len(readings)
    assert "romashka" not in readings
    assert layout_variants("") == ()


def test_names_sort_by_the_alphabet_without_legal_forms() -> None:
    names = [
        "Яхонт",
        "ООО «Ёлка»",
        "Ель",
        "Acme Ltd",
        "Ltd Zeta",
        "«Альфа»",
        "Éclair",
        "ЕООД Бета",
        "Йод",
        "Игла",
    ]
    ordered = [
        "Acme Ltd",
        "Éclair",
        "Ltd Zeta",
        "«Альфа»",
        "ЕООД Бета",
        "ООО «Ёлка»",
        "Ель",
        "Игла",
        "Йод",
        "Яхонт",
    ]
    assert sorted(names, key=sort_key) == ordered
    assert sorted(names, key=lambda name: sort_key(name).encode()) == ordered


def test_a_name_of_only_a_legal_form_or_signs_still_has_a_key() -> None:
    assert sort_key("ООО") == "ооо"
    assert sort_key("!!!") == "!!!"


@pytest.mark.parametrize(
    "names", [["Zahra", "Zoë", "Zofia"], ["Mukke", "Müller", "Mundt"], ["Émile", "Emma", "Enzo"]], ids=str
)
def test_marked_letters_sort_as_the_plain_ones(names: list[str]) -> None:
    assert sorted([names[2], names[0], names[1]], key=sort_key) == names
