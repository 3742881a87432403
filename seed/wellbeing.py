"""How the clients of the firm were, week by week, and what the department weighs."""

from __future__ import annotations

from datetime import timedelta

from onewindow.desk.caches import client_caches
from onewindow.desk.health import history
from onewindow.records.health import HealthLife, HealthWeights
from onewindow.store.engine import Store
from onewindow.store.health import snapshots
from onewindow.store.health.snapshots import Band, HealthSnapshot
from onewindow.text.dates import utc_text
from seed.firm import Account, Firm

_WEEKS = 11
_SLOPE = {"growth": 2.4, "steady": 0.3, "full": 0.8, "decline": -2.6, "unused": -1.5}
_SETS: tuple[tuple[str, str, HealthLife, tuple[int, ...]], ...] = (
    ("Внедрение", "", "onboarding", (25, 15, 5, 15, 0, 40)),
    ("Ключевые клиенты", "A", "active", (35, 20, 15, 15, 10, 5)),
    ("Клиенты B", "B", "active", (35, 20, 15, 15, 10, 5)),
    ("Клиенты C: важнее использование", "C", "active", (40, 20, 10, 15, 10, 5)),
    ("Клиенты D: без встреч", "D", "active", (45, 25, 10, 5, 10, 5)),
)


def weigh(firm: Firm) -> None:
    """Tell what the department weighs."""
    for name, tier, life, weights in _SETS:
        signals = ("adoption", "support", "sentiment", "relationship", "promises", "onboarding")
        firm.sheets.add(
            HealthWeights(name=name, tier=tier, life=life, **dict(zip(signals, weights, strict=True))),
            firm.moments.at_text(500, 10),
        )


def remember(store: Store, firm: Firm, accounts: list[Account]) -> None:
    """Keep the weeks before this one of the told clients: each led to how it is now. Inside no write."""
    now = firm.moments.now
    accounts_by_id = {account.client.id: account for account in accounts if account.client.stage != "lost"}
    kept: list[HealthSnapshot] = []
    for today in history.snapshots(store, accounts_by_id, now):
        account = accounts_by_id[today.client_id]
        weeks = range(1, min(_WEEKS, account.joined // 7))
        kept += [_earlier(firm, today, ago, _SLOPE[account.trend]) for ago in weeks]
    with store.exclusive():
        snapshots.save(store, kept)
        # The band of now holds on to that of the week before.
        client_caches.renew(store, accounts_by_id, now)


def _earlier(firm: Firm, today: HealthSnapshot, ago: int, slope: float) -> HealthSnapshot:
    """How the client was so many weeks ago, if it went by its trend with some chance."""
    moved = -slope * ago + firm.random.uniform(-4, 4)
    score = None if today.score is None else max(5, min(98, round(today.score + moved)))
    band: Band = "unknown" if score is None else "red" if score <= 50 else "amber" if score <= 75 else "green"
    share = 1.0 if not today.score or score is None else score / today.score
    return HealthSnapshot(
        client_id=today.client_id,
        week=today.week - ago,
        score=score,
        band=band,
        coverage=today.coverage,
        points={name: round(min(100.0, points * share), 1) for name, points in today.points.items()},
        taken_at=utc_text(firm.moments.now - timedelta(weeks=ago)),
    )
