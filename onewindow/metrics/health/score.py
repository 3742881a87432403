"""The health of a client, 0 to 100: a weighted mean of signals, by how fresh they are, under named caps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from types import MappingProxyType
from typing import Literal

from onewindow.records.structs import frozen_struct

Band = Literal["red", "amber", "green", "unknown"]

ACTIVE_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"adoption": 35, "support": 20, "sentiment": 15, "relationship": 15, "promises": 10, "onboarding": 5}
)
ONBOARDING_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"adoption": 25, "support": 15, "sentiment": 5, "relationship": 15, "promises": 0, "onboarding": 40}
)

MOOD_HALF_LIFE_DAYS = 45.0
SURVEY_HALF_LIFE_DAYS = 120.0
MEETING_HALF_LIFE_DAYS = 60.0

MIN_COVERAGE = 0.5
RED_UP_TO = 50.0
AMBER_UP_TO = 75.0
HYSTERESIS = 3.0


@frozen_struct
class Signal:
    """One input: a value from 0 (bad) to 1 (good) or None when missing, its weight, and how old it is.

    Without a half-life it does not age, as a number measured today does not.
    """

    name: str
    value: float | None
    weight: float
    age_days: float = 0.0
    half_life_days: float | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.value is not None and not 0 <= self.value <= 1:
            raise ValueError(f"The signal {self.name} must lie between 0 and 1, not {self.value}.")
        if not (self.weight >= 0 and isfinite(self.weight)):
            raise ValueError(f"The weight of {self.name} must be a number that is not negative.")
        if not self.age_days >= 0 or (self.half_life_days is not None and not self.half_life_days > 0):
            raise ValueError(
                f"The age of {self.name} cannot be negative, and its half-life must be positive."
            )

    @property
    def freshness(self) -> float:
        """Give f: 0 when missing, 1 when new, half after each half-life."""
        if self.value is None:
            return 0.0
        return 1.0 if self.half_life_days is None else 2.0 ** (-self.age_days / self.half_life_days)


@frozen_struct
class Cap:
    """A reason why health cannot be better than a limit."""

    limit: float
    reason: str


BREACHED_URGENT = Cap(49, "an urgent request is open and breached")
BROKEN_PROMISE = Cap(49, "a promise is broken")
UNANSWERED_DETRACTOR = Cap(59, "a detractor has no answer yet")
UNUSED_LICENCES = Cap(59, "paid licences unused for 30 days")


@frozen_struct
class Contribution:
    """What one signal gives: points of the 100, and the points it could give at best."""

    signal: Signal
    points: float
    possible: float


@frozen_struct
class Health:
    """The result: `score` is None when unknown, `raw` is the score before caps.

    `caps` are those that lower the score, the lowest first.
    """

    score: float | None
    coverage: float
    band: Band
    contributions: tuple[Contribution, ...]
    caps: tuple[Cap, ...]
    raw: float | None


def weight_shares(weights: Mapping[str, float]) -> dict[str, float]:
    """Give what each signal counts of all, 0 to 1; 0 for each where all weights are 0."""
    total = sum(weights.values())
    return {name: weight / total if total else 0.0 for name, weight in weights.items()}


def health(signals: Iterable[Signal], caps: Iterable[Cap] = (), previous_band: Band | None = None) -> Health:
    """Give 100 sum(w f s) / sum(w f) under the caps, with coverage sum(w f) / sum(w) and the band.

    Coverage under a half is unknown. A band is left only when its border is passed by 3 points; a cap knows
    no such mercy, its own band holds at once.
    """
    parts = tuple(signals)
    limits = sorted(caps, key=lambda cap: cap.limit)
    largest = max((part.weight for part in parts), default=0.0) or 1.0
    weight = sum(part.weight / largest for part in parts)
    fresh = sum(part.weight / largest * part.freshness for part in parts)
    coverage = fresh / weight if weight else 0.0
    contributions = tuple(_contribution(part, part.weight / largest, fresh) for part in parts)
    if not fresh or coverage < MIN_COVERAGE:
        return Health(None, coverage, "unknown", contributions, (), None)
    raw = min(100.0, sum(part.points for part in contributions))
    lowering = tuple(cap for cap in limits if cap.limit < raw)
    score = lowering[0].limit if lowering else raw
    band = band_of(raw, previous_band)
    if limits:
        band = _ORDER[min(_ORDER.index(band), _ORDER.index(band_of(limits[0].limit)))]
    return Health(score, coverage, band, contributions, lowering, raw)


def band_of(score: float, previous: Band | None = None) -> Band:
    """Name the band of a score: red up to 50, amber up to 75, green above; the previous holds 3 points on."""
    place = _ORDER.index(previous) if previous in _ORDER else None
    for number, border in enumerate((RED_UP_TO, AMBER_UP_TO)):
        if place is None:
            edge = border
        elif place <= number:
            edge = border + HYSTERESIS
        else:
            edge = border - HYSTERESIS
        if score <= edge:
            return _ORDER[number]
    return "green"


def points_of(result: Health) -> dict[str, float]:
    """Give the points of the 100 that each signal gave; this is what a snapshot keeps."""
    return {part.signal.name: part.points for part in result.contributions}


def moved(old: Mapping[str, float], after: Health) -> tuple[tuple[str, float], ...]:
    """Give the signals whose points changed since a snapshot with the change, the largest first."""
    new = points_of(after)
    changes = [(name, new.get(name, 0.0) - old.get(name, 0.0)) for name in {**old, **new}]
    return tuple(
        sorted((item for item in changes if abs(item[1]) >= 0.05), key=lambda item: (-abs(item[1]), item[0]))
    )


def explain(result: Health, before: Mapping[str, float] | None = None) -> list[str]:
    """Give the arithmetic in plain lines: signals, coverage, what moved since the points of a snapshot, caps.

    The result comes last.
    """
    lines = [_signal_line(part) for part in result.contributions]
    lines.append(f"coverage {_percent(result.coverage)}")
    if before is not None:
        lines += [f"since the last snapshot: {name} {change:+.1f}" for name, change in moved(before, result)]
    if result.raw is not None and result.caps:
        lines.append(f"before caps {result.raw:.0f}")
    lines += [f"at most {cap.limit:.0f}: {cap.reason}" for cap in result.caps]
    if result.score is None:
        lines.append(f"health unknown: less than {_percent(MIN_COVERAGE)} of the weight is covered")
    else:
        lines.append(f"health {result.score:.0f} {result.band}")
    return lines


_ORDER: Sequence[Band] = ("red", "amber", "green")


def _contribution(part: Signal, weight: float, fresh: float) -> Contribution:
    possible = 100 * weight * part.freshness / fresh if fresh else 0.0
    return Contribution(part, possible * (part.value or 0.0), possible)


def _signal_line(part: Contribution) -> str:
    signal = part.signal
    note = f", {signal.note}" if signal.note else ""
    if signal.value is None:
        return f"{signal.name}: no data, weight {signal.weight:g}{note}"
    aged = "" if signal.freshness == 1 else f" x freshness {signal.freshness:.2f}"
    arithmetic = f"value {signal.value:.2f}, weight {signal.weight:g}{aged}"
    return f"{signal.name}: {part.points:.1f} of {part.possible:.1f} points, {arithmetic}{note}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
