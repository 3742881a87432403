"""What becomes of an opportunity by keys and verbs: an idea is never won, ends have their reason."""

from __future__ import annotations

import pytest
from screen_host import until

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.opportunities import stages
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.clients import Client, Contact
from onewindow.records.feedback import Opportunity
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.questions import Questions
from onewindow.store import rows
from onewindow.store.problems import StoreProblem


@pytest.fixture
def idea(session: Session, client: Client) -> Opportunity:
    """Five licences, suggested by nobody's word yet."""
    return changing.insert(
        session, Opportunity(client_id=client.id, title="5 licences", state="suggested", assignee_id=None)
    )


def _now(session: Session, opportunity: Opportunity) -> Opportunity:
    return rows.get(session.store, Opportunity, opportunity.id)


async def test_an_idea_is_never_won_but_taken_offered_and_then_won(
    session: Session, client: Client, idea: Opportunity
) -> None:
    app = OneWindowApp(session, client.id)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("5", "x")
        await pilot.pause()
        assert "an idea is not won" in app._window.hint_bar.said  # pyright: ignore[reportPrivateUsage]
        assert _now(session, idea).state == "suggested"
        await pilot.press("m")
        await until(pilot, lambda: _now(session, idea).state == "accepted")
        assert _now(session, idea).assignee_id == session.me.id
        await pilot.press(">")
        await until(pilot, lambda: _now(session, idea).state == "offered")
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, Questions))
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert _now(session, idea).state == "offered", "a won one needs its result"
        await pilot.press(*"by mail", "ctrl+s")
        await until(pilot, lambda: _now(session, idea).state == "won")
    assert (_now(session, idea).reason, _now(session, idea).closed_on) == ("by mail", "2026-11-23")


async def test_declining_an_idea_dismisses_it_and_an_offer_is_lost(
    session: Session, client: Client, idea: Opportunity
) -> None:
    app = OneWindowApp(session, client.id)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("5", "X")
        await until(pilot, lambda: isinstance(app.screen, Questions))
        await pilot.press(*"no branches", "ctrl+s")
        await until(pilot, lambda: _now(session, idea).state == "dismissed")
        await pilot.press("u")
        await until(pilot, lambda: _now(session, idea).state == "suggested")
        await pilot.press(">", "X")
        await until(pilot, lambda: isinstance(app.screen, Questions))
        await pilot.press(*"too dear", "ctrl+s")
        await until(pilot, lambda: _now(session, idea).state == "lost")


def test_the_rules_of_states(session: Session, idea: Opportunity) -> None:
    for state in ("won", "lost"):
        with pytest.raises(StoreProblem, match="an idea is not won or lost"):
            stages.move(session, idea, state, "x")
    with pytest.raises(FieldProblems, match="say why it is dismissed"):
        stages.move(session, idea, "dismissed", "  ")
    with pytest.raises(StoreProblem):
        changing.done_changes(session, idea)
    offered = stages.move(session, idea, "offered")
    with pytest.raises(FieldProblems, match="what was agreed"):
        stages.move(session, offered, "won")
    won = stages.move(session, offered, "won", "signed")
    with pytest.raises(StoreProblem, match="won already"):
        stages.move(session, won, "lost", "x")


async def test_one_key_from_the_card_reaches_a_persons_number(
    session: Session, client: Client, contact: Contact
) -> None:
    app = OneWindowApp(session, client.id)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("0", "backslash")
        await pilot.pause()
        shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())  # pyright: ignore[reportPrivateUsage]
        assert "Анна Ким" in shown
        assert "+7 912 345-67-89" in shown
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RecordForm))
        form = app.screen
        assert isinstance(form, RecordForm)
        assert form.form.values()["name"] == contact.name
        assert form.form.focused_name == "phone"


async def test_an_unknown_number_becomes_a_person_of_a_client(session: Session, client: Client) -> None:
    app = OneWindowApp(session, client.id)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("p")
        await pilot.pause()
        await pilot.press(*"+79261234567")
        await pilot.pause(0.3)
        shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())  # pyright: ignore[reportPrivateUsage]
        assert "Nobody has +7 926 123-45-67." in shown
        await pilot.press("f2")
        await pilot.pause()
        await pilot.press(*"ромаш")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RecordForm))
        form = app.screen
        assert isinstance(form, RecordForm)
        assert form.form.values()["phone"] == "+7 926 123-45-67"
        await pilot.press(*"Ольга", "ctrl+s")
        await until(pilot, lambda: len(rows.fetch(session.store, Contact, "WHERE name = 'Ольга'")) == 1)
    (stored,) = rows.fetch(session.store, Contact, "WHERE name = 'Ольга'")
    assert (stored.client_id, stored.phone) == (client.id, "+79261234567")


async def test_an_unknown_number_becomes_a_new_client_with_its_person(
    session: Session, client: Client
) -> None:
    app = OneWindowApp(session, client.id)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("slash", *"+79261234567", "f3")
        await until(pilot, lambda: isinstance(app.screen, RecordForm))
        await pilot.press(*"Лютик", "ctrl+s")
        await until(pilot, lambda: len(rows.fetch(session.store, Client, "WHERE name = 'Лютик'")) == 1)
        await until(pilot, lambda: isinstance(app.screen, RecordForm))
        form = app.screen
        assert isinstance(form, RecordForm)
        assert form.form.values()["phone"] == "+79261234567"
