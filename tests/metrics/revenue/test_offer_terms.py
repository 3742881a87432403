"""What an offer comes to, and where it goes beyond its class."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.revenue.offer_terms import LineInput, TermsInput, deviations, offer_sum

PLAIN = TermsInput(0, 0, 1, "", "")
CLASS = TermsInput(5, 14, 2, "два часа", "обучение")


def test_a_discount_is_rounded_once_on_the_whole_sum() -> None:
    found = offer_sum([LineInput(3, 333), LineInput(1, 1)], 5, 3)
    # 1000 less 50.0; 950 in three is 316 and two over, paid first.
    assert (found.lines, found.discount, found.total) == (1_000, 50, 950)
    assert found.instalments == (318, 316, 316)
    assert offer_sum([LineInput(1, 10)], 5, 1).discount == 1  # 0.5 is rounded up
    assert offer_sum([LineInput(1, 9)], 5, 1).discount == 0
    assert offer_sum([], 0, 1) == offer_sum([LineInput(5, 0)], 100, 1)


@pytest.mark.parametrize(("percent", "instalments"), [(-1, 1), (101, 1), (0, 0)])
def test_terms_that_are_none_are_refused(percent: int, instalments: int) -> None:
    with pytest.raises(ValueError, match="0 to 100 percent"):
        offer_sum([], percent, instalments)


@given(
    st.lists(st.builds(LineInput, st.integers(1, 99), st.integers(0, 10**7))),
    st.integers(0, 100),
    st.integers(1, 60),
)
def test_instalments_are_the_total_and_differ_only_in_the_first(
    lines: list[LineInput], percent: int, count: int
) -> None:
    found = offer_sum(lines, percent, count)
    assert sum(found.instalments) == found.total == found.lines - found.discount
    assert len(found.instalments) == count
    assert len(set(found.instalments[1:])) <= 1
    assert 0 <= found.instalments[0] - found.instalments[-1] < count


@pytest.mark.parametrize(
    ("changed", "clause"),
    [
        ({"discount_percent": 5}, ""),
        ({"discount_percent": 6}, "discount 6 %, the class has 5 % at most"),
        ({"payment_days": 14}, ""),
        ({"payment_days": 15}, "15 days to pay, the class has 14 at most"),
        ({"instalments": 2}, ""),
        ({"instalments": 3}, "3 instalments, the class has 2 at most"),
        ({"bonus": "ДВА часа"}, ""),
        ({"bonus": "три часа"}, "bonus “три часа”, the class has “два часа”"),
        ({"extra_service": "обучение"}, ""),
        ({"extra_service": "выезд"}, "service “выезд”, the class has “обучение”"),
    ],
)
def test_each_term_deviates_alone(changed: dict[str, object], clause: str) -> None:
    assert deviations(PLAIN._replace(**changed), CLASS) == ([clause] if clause else [])


def test_without_terms_of_the_class_every_option_deviates() -> None:
    assert deviations(PLAIN, None) == []
    assert deviations(TermsInput(1, 1, 2, "а", "б"), None) == [
        "discount 1 %, the class has 0 % at most",
        "1 days to pay, the class has 0 at most",
        "2 instalments, the class has 1 at most",
        "bonus “а”, the class has none",
        "service “б”, the class has none",
    ]
