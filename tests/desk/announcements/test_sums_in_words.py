"""Money of several currencies in one line."""

from __future__ import annotations

from onewindow.desk.announcements.as_text import money_text


def test_sums_stand_by_their_currency_and_no_sum_is_nothing() -> None:
    assert money_text({"RUB": 12_000_000, "EUR": 30_000}) == "300 €, 120 000 ₽"
    assert money_text({"EUR": 30_000, "RUB": 12_000_000}) == "300 €, 120 000 ₽"
    assert money_text({}) == "nothing"
