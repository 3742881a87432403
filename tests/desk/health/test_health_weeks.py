"""Health by the department's own weights, and week by week."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich_client import Clock, RichClient

from onewindow.desk.caches import client_caches
from onewindow.desk.editing import changing
from onewindow.desk.health import history as health_history
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.desk.why import why
from onewindow.desk.window.card import card_view
from onewindow.desk.window.snapshot import ClientSnapshot, load_snapshot
from onewindow.records.health import HealthWeights
from onewindow.store.clients import client_stats
from onewindow.store.health import snapshots

ADOPTION_ONLY = HealthWeights(
    name="Только использование",
    tier="A",
    adoption=7,
    support=0,
    sentiment=0,
    relationship=0,
    promises=0,
    onboarding=0,
)


def snapshot(session: Session, client: RichClient) -> ClientSnapshot:
    return load_snapshot(session, client.client.id)


def values(loaded: ClientSnapshot) -> dict[str, float | None]:
    return {part.signal.name: part.signal.value for part in loaded.health.contributions}


def test_a_set_of_one_weight_makes_health_that_signal(session: Session, rich_client: RichClient) -> None:
    tier = snapshot(session, rich_client).client.tier
    changing.insert(session, ADOPTION_ONLY.with_changes({"tier": tier}))
    loaded = snapshot(session, rich_client)
    adoption = values(loaded)["adoption"]
    assert adoption is not None
    assert loaded.health.raw == pytest.approx(100 * adoption)  # pyright: ignore[reportUnknownMemberType]
    assert loaded.health.coverage == 1
    assert "the weights are those of “Только использование”" in why(session, loaded, "health")


def test_the_set_of_a_tier_beats_that_of_every_tier(session: Session, rich_client: RichClient) -> None:
    client = snapshot(session, rich_client).client
    for_all = changing.insert(session, ADOPTION_ONLY.with_changes({"tier": "", "name": "Всем"}))
    assert session.directory.weights.chosen(client) == for_all
    own = changing.insert(session, ADOPTION_ONLY.with_changes({"tier": client.tier}))
    assert session.directory.weights.chosen(client) == own
    session.undo()
    assert session.directory.weights.chosen(client) == for_all


def test_sums_of_any_size_count_and_bad_ones_are_refused(session: Session) -> None:
    changing.insert(session, ADOPTION_ONLY.with_changes({"tier": "B", "support": 990}))
    with pytest.raises(FieldProblems, match="negative"):
        changing.insert(session, ADOPTION_ONLY.with_changes({"tier": "C", "promises": -1}))
    with pytest.raises(FieldProblems, match="above 0"):
        changing.insert(session, ADOPTION_ONLY.with_changes({"tier": "C", "adoption": 0}))
    with pytest.raises(FieldProblems, match="edit those"):
        changing.insert(session, ADOPTION_ONLY.with_changes({"tier": "B"}))


def test_lists_follow_other_weights_at_once_and_agree_with_the_card(
    session: Session, rich_client: RichClient, clock: Clock
) -> None:
    client = snapshot(session, rich_client).client
    clock.now += timedelta(minutes=1)
    changing.insert(session, ADOPTION_ONLY.with_changes({"tier": client.tier}))
    listed, card = client_stats.find(session.store, client.id), snapshot(session, rich_client).health
    assert listed is not None
    assert card.score is not None
    assert (listed.coverage, listed.health, listed.band) == (100, round(card.score), card.band)
    assert client_caches.differences(session.store) == []
    with session.store.exclusive():
        session.store.execute("UPDATE client_stat SET health = 7, computed_at = '2026-11-01T00:00:00Z'")
    assert f"Client {client.id}: the lists say health 7" in " ".join(client_caches.differences(session.store))


def test_lists_of_a_large_file_follow_other_weights_when_they_are_read(
    session: Session, rich_client: RichClient, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_caches, "_RULED_AT_ONCE", 0)
    client = snapshot(session, rich_client).client
    before = client_stats.find(session.store, client.id)
    clock.now += timedelta(minutes=1)
    changing.insert(session, ADOPTION_ONLY.with_changes({"tier": client.tier}))
    after = client_stats.find(session.store, client.id)
    assert before is not None
    assert after is not None
    assert (before.coverage, after.coverage) == (99, 100)
    assert client_caches.differences(session.store) == []


def test_a_week_is_kept_once_and_tells_what_moved(
    session: Session, rich_client: RichClient, clock: Clock
) -> None:
    client_id = rich_client.client.id
    assert health_history.keep_week(session.store, session.now()) is None
    kept = health_history.kept_this_week(session.store, session.now())
    assert kept >= 1
    score = snapshot(session, rich_client).health.score
    clock.now += timedelta(days=1)
    health_history.keep_week(session.store, session.now())
    assert health_history.kept_this_week(session.store, session.now()) == kept
    clock.now += timedelta(days=40)
    lines = why(session, snapshot(session, rich_client), "health")
    assert any(line.startswith("since the last snapshot: ") for line in lines)
    assert score is not None
    assert any(f"was {score:.0f}" in line for line in lines)
    (week,) = snapshots.of_client(session.store, client_id, 0)
    assert week.points.keys() == values(snapshot(session, rich_client)).keys()


def test_the_card_shows_the_weeks_as_bars(session: Session, rich_client: RichClient, clock: Clock) -> None:
    health_history.keep_week(session.store, session.now())
    clock.now += timedelta(days=14)
    line = card_view(session, snapshot(session, rich_client)).wide[0]
    spark = line.right[1].text
    assert len(spark) == 8
    assert spark[:5] == " " * 5
    assert spark[5] != " "
    assert spark[6] == " "  # nobody kept the week between
    assert spark[7] != " "
