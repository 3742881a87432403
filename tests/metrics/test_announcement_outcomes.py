"""What followed an announcement is counted by client and day, and money by currency."""

from __future__ import annotations

from datetime import date

from onewindow.metrics.announcement_outcomes import (
    OpportunityInput,
    SaleInput,
    comparisons,
    effect_of,
    parties,
    ripe,
)

TOLD = {1: date(2026, 3, 1), 2: date(2026, 3, 10)}


def test_only_what_lies_within_the_days_after_telling_counts() -> None:
    effect = effect_of(
        TOLD,
        {"queued": 4, "told": 1, "answered": 1},
        [(1, "2026-03-01"), (1, "2026-03-31"), (1, "2026-04-01"), (2, "2026-03-11")],
        [
            OpportunityInput(1, "2026-03-02", "won", "2026-03-31"),
            OpportunityInput(2, "2026-03-02", "open", None),
        ],
        [SaleInput(1, "2026-03-05", 100, "RUB"), SaleInput(1, "2026-03-06", 7, "EUR")],
        30,
    )
    assert (effect.notified, effect.requests, effect.opportunities, effect.won) == (2, 2, 1, 1)
    assert effect.money == {"RUB": 100, "EUR": 7}
    assert effect.counts == {
        "read": 1, "answered": 1, "declined": 0, "asked us": 2, "opportunity": 1, "bought": 1
    }  # fmt: skip
    assert effect.shares["asked us"].value == 1


def test_more_states_than_days_of_telling_make_no_share_above_one() -> None:
    assert effect_of(TOLD, {"answered": 5}, [], [], [], 30).shares["answered"].value == 1


def test_nobody_told_has_no_shares() -> None:
    assert effect_of({}, {"queued": 3}, [], [], [], 30).shares == {}


def test_days_are_over_on_the_last_of_them() -> None:
    assert ripe(TOLD, 30, date(2026, 3, 30)) == []
    assert ripe(TOLD, 30, date(2026, 3, 31)) == [1]


def test_trained_clients_stand_beside_the_others() -> None:
    begins = {client: date(2026, 3, 1) for client in (1, 2, 3)}
    sales = [SaleInput(1, "2026-03-02", 50, "RUB"), SaleInput(3, "2026-07-01", 9, "RUB")]
    won = [OpportunityInput(2, "2026-03-05", "won", "2026-03-06")]
    trained, untrained = parties(begins, [1, 9], won, sales, 90)
    assert (trained.clients, trained.bought, trained.won, trained.money) == (1, 1, 0, {"RUB": 50})
    assert (untrained.clients, untrained.bought, untrained.opportunity, untrained.won) == (2, 0, 1, 1)
    assert comparisons(trained, untrained)["bought"].verdict == "too few to compare, fewer than 10 in a group"
