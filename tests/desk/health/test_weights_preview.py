"""What other weights would make of the clients: the counts are what the lists say once they are saved."""

from __future__ import annotations

from collections import Counter

import pytest

from onewindow.desk.caches import client_caches
from onewindow.desk.editing import changing
from onewindow.desk.health import weights_preview
from onewindow.desk.health.weights_preview import preview, preview_lines, shares_text
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Licence, Product
from onewindow.records.clients import Client, Tier
from onewindow.records.health import HealthWeights
from onewindow.records.requests import Request, Touch
from onewindow.store.clients import client_stats


def firm(session: Session) -> None:
    """Clients who use what they bought, or not, and who were met and served in time."""
    product = changing.insert(session, Product(name="Учёт"))
    now, today = session.now_text(), session.today().isoformat()
    tiers: tuple[tuple[int, Tier], ...] = ((1, "A"), (5, "B"), (9, "B"), (2, "C"), (10, "A"))
    for used, tier in tiers:
        client = changing.insert(session, Client(name=f"к{used}{tier}", tier=tier, owner_id=session.me.id))
        mine, text = client.id, "x"
        for record in (
            Licence(client_id=mine, product_id=product.id, bought=10, active=used, last_used_on=today),
            Touch(client_id=mine, text=text, touch_kind="meeting", mood="glad", at=now),
            Request(client_id=mine, title=text, opened_at=now, status="resolved", resolved_at=now),
        ):
            changing.insert(session, record)


def bands(session: Session) -> Counter[str]:
    return Counter(stat.band for stat in client_stats.between(session.store, 0, 2**63 - 1).values())


def test_the_counts_are_what_the_lists_say_after_saving(session: Session) -> None:
    firm(session)
    proposed = HealthWeights(
        name="использование", adoption=90, support=2, sentiment=2, relationship=2, promises=2, onboarding=2
    )
    *_, last = preview(session.store, proposed, None, session.now(), session.me.id)
    assert last.is_complete
    assert last.mine == last.everybody
    before = Counter[str]()
    after = Counter[str]()
    for (old, new), count in last.everybody.items():
        before[old] += count
        after[new] += count
    assert +before == +bands(session)
    assert before != after
    saved = changing.insert(session, proposed)
    every = client_stats.between(session.store, 0, 2**63 - 1)
    with session.store.exclusive():
        client_caches.renew(session.store, every, session.now())
    assert +bands(session) == +after
    # Edited back to what it was, nothing would change.
    *_, same = preview(session.store, saved, saved, session.now(), session.me.id)
    assert "none would change" in preview_lines(same)[1]


def test_a_set_of_one_tier_moves_only_its_clients(session: Session) -> None:
    firm(session)
    proposed = HealthWeights(
        name="A", tier="A", adoption=100, support=0, sentiment=0, relationship=0, promises=0
    )
    *_, last = preview(session.store, proposed, None, session.now(), 0)
    assert sum(last.everybody.values()) == last.total == 5
    assert sum(count for (old, new), count in last.everybody.items() if old != new) <= 2
    assert not any(last.mine.values())


def test_shares_are_percent_whatever_the_weights_sum_to() -> None:
    assert shares_text({"adoption": 0.5, "support": 0.5, "promises": 0}) == "adoption 50 %, support 50 %"
    assert shares_text({"adoption": 0}) == "every weight is 0: no health"


def test_an_empty_file_is_looked_at_at_once(session: Session) -> None:
    (only,) = preview(session.store, HealthWeights(name="x"), None, session.now(), 0)
    assert only.is_complete


@pytest.mark.parametrize("page", [1, 2, 4, 5, 6])
def test_each_client_is_looked_at_once_however_many_are_read_at_a_time(
    session: Session, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    firm(session)
    changing.archive(session, changing.insert(session, Client(name="ушёл", owner_id=session.me.id)))
    monkeypatch.setattr(weights_preview, "_AT_ONCE", page)
    previews = list(preview(session.store, HealthWeights(name="x"), None, session.now(), session.me.id))

    assert [counted.looked for counted in previews] == sorted({min(5, page * n) for n in range(1, 6)})
    assert [counted.is_complete for counted in previews][-1:] == [True]
    assert sum(previews[-1].everybody.values()) == 5
