"""Feedback for product managers in the window: ranked, sorted, narrowed, with the evidence beside."""

from __future__ import annotations

import pytest
from screen_host import HostApp, until
from screen_text import screen_text
from textual.pilot import Pilot

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Feature
from onewindow.records.clients import Client, Contact
from onewindow.records.feedback import Feedback, Revenue
from onewindow.screens.feedback.ranking import RankingScreen
from onewindow.screens.frame.chooser import Chooser
from onewindow.store import rows


@pytest.fixture
def wishes(session: Session, client: Client) -> tuple[Feature, Feature]:
    """A heavy client wants one thing, two light ones another."""
    heavy = changing.insert(session, Feature(title="Выгрузка в 1С"))
    plain = changing.insert(session, Feature(title="Выгрузка 1С"))
    changing.insert(session, Revenue(client_id=client.id, on_date="2026-11-01", amount=900_000_00))
    changing.insert(session, _said(client, heavy, "нужна выгрузка", 3))
    for name in ("Ирис", "Роза"):
        other = changing.insert(session, Client(name=name, stage="active"))
        changing.insert(session, Revenue(client_id=other.id, on_date="2026-11-01", amount=100_00))
        changing.insert(session, _said(other, plain, f"и нам, {name}", 2, "remark"))
    return heavy, plain


def _said(client: Client, feature: Feature, words: str, importance: int, kind: str = "wish") -> Feedback:
    return Feedback(
        client_id=client.id,
        quote=words,
        importance=importance,
        said_on="2026-11-20",
        feature_id=feature.id,
        feedback_kind=kind,  # pyright: ignore[reportArgumentType]
    )


def shown(app: HostApp | OneWindowApp) -> str:
    return "\n".join(screen_text(app))


async def read(pilot: Pilot[None], app: HostApp) -> None:
    await until(pilot, lambda: "quotes" in shown(app))


def titles(app: HostApp) -> list[str]:
    return [line for line in shown(app).splitlines() if "Выгрузка" in line and ("asked" in line)]


async def test_features_stand_by_worth_with_the_rank_of_equal_weights_beside(
    session: Session, wishes: tuple[Feature, Feature]
) -> None:
    assert len({one.id for one in wishes}) == 2
    app = HostApp(session, RankingScreen(session))
    async with app.run_test(size=(120, 40)) as pilot:
        await read(pilot, app)
        first, second = titles(app)[:2]
        assert "Выгрузка в 1С" in first
        assert "900 000 ₽" in first
        assert first.replace("▌", " ").split()[:2] == ["1", "2"]
        assert "Выгрузка 1С" in second
        assert "«нужна выгрузка» wish" in shown(app)
        assert "rank 1, 2 if all weighed the same" in shown(app)
        await pilot.press("s")
        await pilot.pause()
        assert "Выгрузка 1С" in titles(app)[0]
        assert "by equal weights" in shown(app)


async def test_the_evidence_names_who_said_it_and_who_heard_it(
    session: Session, client: Client, wishes: tuple[Feature, Feature]
) -> None:
    person = changing.insert(session, Contact(client_id=client.id, name="Лаптева Ирина"))
    said = _said(client, wishes[0], "ещё раз: выгрузка", 3)
    changing.insert(session, said.with_changes({"contact_id": person.id, "staff_id": session.me.id}))
    app = HostApp(session, RankingScreen(session))
    async with app.run_test(size=(140, 40)) as pilot:
        await read(pilot, app)
        surname = session.directory.surname(session.me.id)
        assert f"20.11 Лаптева Ирина, heard by {surname}" in shown(app)
        assert "1 client, importance 3, 2 quotes" in shown(app)


async def test_a_filter_ranks_a_part_only(session: Session, wishes: tuple[Feature, Feature]) -> None:
    assert len({one.id for one in wishes}) == 2
    app = HostApp(session, RankingScreen(session))
    async with app.run_test(size=(160, 40)) as pilot:
        await read(pilot, app)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, Chooser))
        await pilot.press(*"remark", "enter")
        await until(pilot, lambda: "kind: remark" in shown(app) and len(titles(app)) == 1)
        assert "1 features, 2 quotes" in shown(app)


async def test_merging_offers_the_similar_one_first_and_is_undone(
    session: Session, wishes: tuple[Feature, Feature]
) -> None:
    heavy, plain = wishes
    app = HostApp(session, RankingScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await read(pilot, app)
        await pilot.press("J")
        await until(pilot, lambda: isinstance(app.screen, Chooser))
        await pilot.press("enter")
        await until(pilot, lambda: rows.get(session.store, Feature, heavy.id).merged_into_id == plain.id)
        await until(pilot, lambda: "3 quotes" in shown(app) and "1 features" in shown(app))
        await pilot.press("u")
        await until(pilot, lambda: "2 features" in shown(app))


async def test_a_quote_in_the_panel_is_linked_to_the_similar_feature(
    session: Session, client: Client, wishes: tuple[Feature, Feature]
) -> None:
    lone = changing.insert(
        session, Feedback(client_id=client.id, quote="выгрузка в 1с каждый месяц", said_on="2026-11-21")
    )
    app = OneWindowApp(session, client.id)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("4", "J")
        await until(pilot, lambda: isinstance(app.screen, Chooser))
        await pilot.press("enter")
        await until(pilot, lambda: rows.get(session.store, Feedback, lone.id).feature_id is not None)
        assert rows.get(session.store, Feedback, lone.id).feature_id in {one.id for one in wishes}
