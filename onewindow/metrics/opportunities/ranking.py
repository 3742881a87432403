"""In which order suggestions are worked through: how likely, how much, how soon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median

from onewindow.metrics.opportunities.inputs import Suggestion
from onewindow.records.structs import frozen_struct

URGENCY_DAYS = 30
"""With every so many days that a window is still open, the urgency halves."""


@frozen_struct
class Record:
    """What came of a rule so far: how often its suggestions were shown, and how often they were won."""

    shown: int = 0
    won: int = 0

    @property
    def chance(self) -> float:
        """The chance (won + 1) / (shown + 5): a rule that never spoke counts as one of five."""
        return (self.won + 1) / (self.shown + 5)


@frozen_struct
class Ranked:
    """A suggestion with the factors of its rank."""

    suggestion: Suggestion
    record: Record
    value: float
    """Its amount as a multiple of the median of all suggestions in its currency; 0 where none is known."""
    urgency: float
    """1 on the last day of its window, half as much thirty days before it."""

    @property
    def score(self) -> float:
        """p·value·urgency."""
        return self.record.chance * self.value * self.urgency


def urgency(window_till: str, today: date) -> float:
    """1 on the last day of a window and behind it, half as much thirty days before."""
    left = max(0, (date.fromisoformat(window_till) - today).days)
    return 2.0 ** (-left / URGENCY_DAYS)


def medians(suggestions: Iterable[Suggestion]) -> dict[str, float]:
    """The median amount of suggestions by currency: without rates each is its own measure."""
    amounts: defaultdict[str, list[int]] = defaultdict(list)
    for suggestion in suggestions:
        if suggestion.amount and suggestion.amount > 0:
            amounts[suggestion.currency].append(suggestion.amount)
    return {currency: float(median(values)) for currency, values in amounts.items()}


def ranked(
    suggestions: Sequence[Suggestion],
    records: Mapping[str, Record],
    today: date,
    measures: Mapping[str, float] | None = None,
) -> list[Ranked]:
    """Suggestions by p·value·urgency, the first to be offered first; those of no known amount come last.

    `measures` are the amounts by currency that count as 1; None: the medians of these suggestions.
    """
    measured = medians(suggestions) if measures is None else measures
    rows = [
        Ranked(
            suggestion,
            records.get(suggestion.trigger, Record()),
            _value(suggestion, measured),
            urgency(suggestion.window_till, today),
        )
        for suggestion in suggestions
    ]
    return sorted(rows, key=_order)


def _value(suggestion: Suggestion, measured: Mapping[str, float]) -> float:
    if not suggestion.amount or suggestion.amount < 0:
        return 0.0
    measure = measured.get(suggestion.currency) or float(suggestion.amount)
    return suggestion.amount / measure


def _order(row: Ranked) -> tuple[float, float, int, str, int]:
    made = row.suggestion
    # Where no amount is known the other two factors settle it; client and product make it one order.
    likely = row.record.chance * row.urgency
    return -row.score, -likely, made.client_id, made.trigger, made.product_id or 0
