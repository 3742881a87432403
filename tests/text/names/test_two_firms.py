"""Whether two names are of one firm: the same word for word, said alike, or contradicting each other."""

from __future__ import annotations

from itertools import product

import pytest

from onewindow.text.names.firm_names import firm_key, firm_name
from onewindow.text.similarity import roots, similarity


@pytest.mark.parametrize(
    ("one", "other", "is_same", "is_said_as", "contradicts"),
    [
        ("ООО Кедр", "Кедр, ООО", True, True, False),
        ("ООО Кедр", "ООО «КЕДР»", True, True, False),
        ("ООО Кедр", "Кедр", False, True, False),
        ("ООО Кедр", "ИП Кедр", False, True, True),
        ("ООО Кедр", "Kedr LLC", False, True, False),
        ("ООО Кедр", "Kedr Ltd", False, True, False),
        ("ООО Кедр", "Kedr JSC", False, True, True),
        ("АО Кедр", "Kedr JSC", False, True, False),
        ("Кедр", "Kedr", False, True, False),
        ("ООО Русь", "ООО Рус", False, False, False),
        ("C++ Ltd", "C Ltd", False, False, False),
        ("Ёлка", "Елка", True, True, False),
        ("ООО Кедр", "ООО Сосна", False, False, False),
    ],
)
def test_names_of_firms_compared(
    one: str, other: str, is_same: bool, is_said_as: bool, contradicts: bool
) -> None:
    for first, second in ((firm_name(one), firm_name(other)), (firm_name(other), firm_name(one))):
        told = (first.is_same(second), first.is_said_as(second), first.contradicts(second))
        assert told == (is_same, is_said_as, contradicts)
        assert first.may_be(second) is (is_said_as and not contradicts)


_HOME = {
    "LLC": ("Ltd", "ООО", "ООД", "ЕООД", "ТОО", "ТОВ", "ОДО"),
    "Ltd": ("LLC", "ООО", "ООД", "ЕООД", "ТОО", "ТОВ", "ОДО"),
    "JSC": ("АО", "ПАО", "ОАО", "ЗАО", "НАО", "АД", "ЕАД", "PJSC", "OJSC", "CJSC"),
    "PJSC": ("JSC", "ПАО", "PLC"),
    "OJSC": ("JSC", "ОАО"),
    "CJSC": ("JSC", "ЗАО"),
    "PLC": ("PJSC", "ПАО"),
}


@pytest.mark.parametrize("abroad", _HOME)
def test_a_form_abroad_is_one_of_those_at_home_and_no_other(abroad: str) -> None:
    every = sorted({*_HOME, *(form for forms in _HOME.values() for form in forms), "ИП", "GmbH"})
    named = {form: firm_name(f"Вектор {form}") for form in every}
    agree = {form for form in every if not named[abroad].contradicts(named[form])}
    assert agree == {
        abroad, *_HOME[abroad], *(other for other, forms in _HOME.items() if abroad in forms)
    }  # fmt: skip


def test_spellings_of_a_firm_have_one_key_and_short_names_none() -> None:
    assert firm_key("ООО «Щёлково»") == firm_key("Shchelkovo LLC") == firm_key("Щёлкoво")
    assert (firm_key("аб"), firm_key("абв")) == ("", "abv")


def test_texts_are_alike_by_what_stands_in_the_shorter_one() -> None:
    short, long = roots("принтер печатает"), roots("принтера нет, печатаем на другом складе")
    assert (similarity(short, long), similarity(long, short)) == (1.0, 1.0)
    assert similarity(roots("принтер завис"), long) == 0.5
    assert similarity(roots("сканер"), long) == 0.0
    for one, other in product((frozenset[str](), short), repeat=2):
        assert similarity(one, other) == (1.0 if one and other else 0.0)
