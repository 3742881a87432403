"""Completeness of a handover and its report: what counts as there, and what the numbers may never do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.handover.completeness import (
    BLOCKERS,
    TOPICS,
    HandoverInputs,
    Person,
    Word,
    checklist,
    percent_of,
    why,
)
from onewindow.metrics.handover.report import Case, Reply, summary

WHOLE = HandoverInputs(
    billing_details_missing=(),
    contract_number="17/26",
    invoices=("Счёт 1",),
    acts=("Акт 1",),
    people=(Person("Анна", True, True),),
    terms=(("акт до пятого", "договор п. 4"),),
    goal="быстрее",
    goal_measure="2 дня",
    products=("Склад+",),
    meeting_on="2026-11-04",
    meeting_form="онлайн",
    meeting_led_by="Иванова",
    meeting_notes="кто за что отвечает",
)
LACKING = {
    "requisites": {"billing_details_missing": ("КПП",)},
    "contract": {"contract_number": ""},
    "invoices": {"invoices": ()},
    "acts": {"acts": ()},
    "contacts": {"people": (Person("Анна", True, False),)},
    "terms": {"terms": (("скидка", ""),)},
    "goals": {"goal_measure": ""},
    "products": {"products": ()},
    "meeting": {"meeting_form": ""},
}


def facts(**values: object) -> HandoverInputs:
    return HandoverInputs(**{**vars(WHOLE), **values})  # pyright: ignore[reportArgumentType]


def test_a_whole_package_is_complete_and_an_empty_one_lacks_all() -> None:
    assert checklist(WHOLE).percent == 100
    assert checklist(WHOLE).missing == ()
    empty = checklist(HandoverInputs())
    assert empty.percent == 0
    assert {line.topic for line in empty.blockers} == BLOCKERS


@pytest.mark.parametrize("topic", TOPICS)
def test_each_item_goes_missing_alone_and_says_what_it_lacks(topic: str) -> None:
    found = checklist(facts(**LACKING[topic]))
    (line,) = found.missing
    assert (line.topic, line.is_blocker) == (topic, topic in BLOCKERS)
    assert line.missing
    assert any(text.startswith("lacks: ") for text in why(line))
    assert found.percent == 88


def test_a_contact_needs_a_way_to_reach_him_and_his_consent() -> None:
    people = (Person("Анна", False, True), Person("Пётр", True, False))
    line = next(line for line in checklist(facts(people=people)).lines if line.topic == "contacts")
    assert line.missing == ("telephone or e-mail of Анна", "consent of Пётр to keep their data")


def test_a_word_counts_before_what_is_computed_and_what_is_not_needed_is_not_counted() -> None:
    found = checklist(facts(acts=()), {"acts": Word("not_needed", "работы впереди")})
    assert (found.percent, found.needed) == (100, 8)
    found = checklist(WHOLE, {"invoices": Word("missing", "прислали без подписи")})
    assert [line.topic for line in found.missing] == ["invoices"]
    assert why(found.missing[0])[1].endswith("прислали без подписи")


@given(st.integers(0, 50), st.integers(0, 50))
def test_completeness_is_100_only_if_nothing_is_missing(one: int, two: int) -> None:
    present, needed = min(one, two), max(one, two)
    percent = percent_of(present, needed)
    assert 0 <= percent <= 100
    assert (percent == 100) == (present == needed)


cases = st.builds(
    Case,
    present=st.none() | st.integers(0, 9),
    needed=st.none() | st.just(9),
    is_first_pass=st.booleans(),
    questions=st.integers(0, 9),
    replies=st.lists(
        st.builds(Reply, seconds=st.none() | st.integers(0, 10**6), is_met=st.just(False)), max_size=4
    ),
    mark=st.none() | st.integers(0, 5),
    observed=st.lists(st.integers(0, 5), max_size=5),
)


@given(st.lists(cases, max_size=20))
def test_every_number_lies_within_its_interval_and_its_scale(given_cases: list[Case]) -> None:
    found = summary(given_cases)
    for estimate, top in (
        (found.completeness, 100),
        (found.first_pass, 1),
        (found.mark, 5),
        (found.observed, 5),
        (found.answers.within, 1),
    ):
        if estimate is not None:
            assert 0 <= estimate.low <= estimate.value <= estimate.high <= top
            assert estimate.n >= 1
    assert found.n == len(given_cases)
    assert (found.first_pass is None) == (not given_cases)


def test_what_is_late_and_not_answered_counts_as_late_and_has_no_time() -> None:
    replies = [Reply(3600, True), Reply(7200, True), Reply(None, False)]
    found = summary([Case(9, 9, True, 3, replies, 4, ()), Case(6, 9, False, 1, (), None, (3, 5))])
    assert (found.answers.n, found.answers.median) == (2, 5400)
    assert found.answers.within is not None
    assert (found.answers.within.n, round(found.answers.within.value, 2)) == (3, 0.67)
    assert found.completeness is not None
    assert found.completeness.value == 83
    assert found.questions == 2
    assert found.observed is not None
    assert (found.observed.value, found.observed.n) == (4, 1)
