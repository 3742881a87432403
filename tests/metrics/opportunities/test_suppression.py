"""What forbids to offer something: each reason alone, at its border, with its numbers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.opportunities.inputs import ClientFacts, Past, Suggestion
from onewindow.metrics.opportunities.suppression import NAMES, reasons

TODAY = date(2026, 11, 23)
OFFER = Suggestion(7, "seats_busy", "licences", 1, "2 more licences", "9 of 10", 100, "RUB", "2026-12-23")


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def why(**values: object) -> list[str]:
    facts = ClientFacts(
        **{"client_id": 7, "today": TODAY, "health": 80.0, **values}  # pyright: ignore[reportArgumentType]
    )
    return [f"{reason.name}: {reason.text}" for reason in reasons(facts, OFFER)]


def past(state: str, days: int = 0, **values: object) -> tuple[Past, ...]:
    known: dict[str, object] = {
        "title": "5 licences",
        "trigger": "seats_busy",
        "kind": "licences",
        "product_id": 1,
        "state": state,
        "closed_on": ago(days) if state in ("won", "lost", "dismissed") else None,
        "reason": "too dear",
    }
    return (Past(**{**known, **values}),)  # pyright: ignore[reportArgumentType]


def test_nothing_forbids_an_offer_to_a_client_in_good_order() -> None:
    assert why() == []


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"late_requests": 1}, "breach: 1 open request past the due time"),
        ({"broken_promises": 2}, "broken_promise: 2 promises broken"),
        ({"health": None}, "health: health is unknown"),
        ({"health": 49.0}, "health: health 49 is below 50"),
        ({"unanswered_detractors": 1}, "detractor: 1 low NPS mark without an answer"),
        (
            {"onboarding": "onboarding is not finished: Склад"},
            "onboarding: onboarding is not finished: Склад",
        ),
        ({"has_consent": False}, "no_consent: nobody there agreed to be offered something"),
    ],
)
def test_each_reason_of_the_client_alone(values: dict[str, object], reason: str) -> None:
    assert why(**values) == [reason]


@pytest.mark.parametrize(("health", "forbids"), [(49.9, True), (50.0, False), (50.1, False)])
def test_health_forbids_below_fifty(health: float, forbids: bool) -> None:
    assert bool(why(health=health)) == forbids


@pytest.mark.parametrize(("days", "forbids"), [(0, True), (179, True), (180, False)])
def test_what_was_refused_comes_again_after_180_days(days: int, forbids: bool) -> None:
    said = why(past=past("lost", days))
    assert bool(said) == forbids
    if days == 0:
        assert said == ["refused: refused on 23.11.2026: too dear; again from 22.05.2027"]


@pytest.mark.parametrize(("days", "forbids"), [(0, True), (89, True), (90, False)])
@pytest.mark.parametrize("state", ["dismissed", "won"])
def test_what_was_decided_comes_again_after_90_days(state: str, days: int, forbids: bool) -> None:
    assert bool(why(past=past(state, days))) == forbids


@pytest.mark.parametrize("state", ["suggested", "accepted", "offered"])
def test_what_is_under_way_is_not_suggested_again(state: str) -> None:
    (said,) = why(past=past(state))
    assert said.startswith("under_way: under way already: “5 licences”")


def test_another_offer_forbids_nothing() -> None:
    assert why(past=past("lost", product_id=2)) == []
    assert why(past=past("lost", trigger="asked_module", kind="module")) == []
    assert why(past=past("lost", trigger="", product_id=None)), (
        "licences of no product are these licences too"
    )
    assert why(past=past("won", 5, trigger="")) == [], "a sale by hand is no answer to the rule"
    assert why(past=past("dismissed", 5, trigger="")), "declined by hand is declined"


@given(
    st.fixed_dictionaries(
        {
            "late_requests": st.integers(0, 2),
            "broken_promises": st.integers(0, 2),
            "health": st.none() | st.floats(0, 100),
            "unanswered_detractors": st.integers(0, 2),
            "onboarding": st.sampled_from(["", "not finished"]),
            "has_consent": st.booleans(),
        }
    )
)
def test_every_reason_that_holds_is_told_once_and_in_one_order(values: dict[str, object]) -> None:
    told = [said.partition(":")[0] for said in why(**values)]
    health = values["health"]
    expected = {
        "breach": bool(values["late_requests"]),
        "broken_promise": bool(values["broken_promises"]),
        "health": health is None or (isinstance(health, float) and health < 50),
        "detractor": bool(values["unanswered_detractors"]),
        "onboarding": bool(values["onboarding"]),
        "no_consent": not values["has_consent"],
    }
    assert told == [name for name in NAMES if expected.get(name)]
