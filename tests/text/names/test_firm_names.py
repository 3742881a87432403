"""Names that may mean one firm have one key, others do not."""

from __future__ import annotations

import pytest

from onewindow.text.names.firm_names import firm_key


@pytest.mark.parametrize(
    "other",
    ["ООО «Щёлково»", "Щёлково, ООО", "Shchelkovo LLC", "ЩЕЛКОВО", "Щёлкoво"],  # the last with a Latin o
)
def test_spellings_of_one_firm_meet(other: str) -> None:
    assert firm_key("Щёлково") == firm_key(other) != ""


def test_other_firms_do_not() -> None:
    names = ["Ромашка", "Ромашка Плюс", "Вектор", "Вектор-2", "ООО", "ОАО"]
    assert len({firm_key(name) for name in names}) == len(names)


def test_a_name_too_short_to_tell_has_none() -> None:
    assert firm_key("АБ") == firm_key("") == firm_key("…") == ""
