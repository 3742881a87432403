"""Offers: the next step by one key, a no with its reason, the letter as the client reads it."""

from __future__ import annotations

import pytest
from golden import assert_looks_like
from screen_host import Clock, HostApp, until
from screen_text import screen_text
from textual.pilot import Pilot

from onewindow.desk.editing import changing
from onewindow.desk.offers import drafting
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Product
from onewindow.records.clients import Client
from onewindow.records.offers import ClassTerms, Offer
from onewindow.records.organization import Staff
from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.offers import OffersScreen
from onewindow.store import rows


def shown(app: HostApp) -> str:
    return "\n".join(screen_text(app))


@pytest.fixture
def offer(session: Session, clock: Clock) -> Offer:
    """An offer within the class to a client with markup in the name; I am no lead."""
    assert clock.now
    changing.insert(session, ClassTerms(client_class="regular", discount_percent=5, payment_days=14))
    client = changing.insert(session, Client(name="[/] Ромашка", tier="A"))
    product = changing.insert(session, Product(name="Склад", price=2_400_000))
    return drafting.draft(session, client, [(product, 2)])


def as_role(session: Session, role: str) -> None:
    """Be of another role from now on."""
    me = rows.get(session.store, Staff, session.me.id)
    session.me = me.with_changes({"role": role})


def now(session: Session, offer: Offer) -> Offer:
    return rows.get(session.store, Offer, offer.id)


@pytest.mark.usefixtures("offer")
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (180, 50)], ids=["80x24", "120x40", "180x50"])
async def test_offers_with_their_next_step(session: Session, size: tuple[int, int]) -> None:
    app = HostApp(session, OffersScreen(session))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert_looks_like(app, f"offers-{size[0]}x{size[1]}")


async def answer(pilot: Pilot[None], words: str) -> None:
    await pilot.pause()
    await pilot.press(*words, "ctrl+s")
    await pilot.pause()


async def test_x_sends_and_then_asks_what_was_agreed(session: Session, offer: Offer) -> None:
    app = HostApp(session, OffersScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("x")
        assert now(session, offer).state == "sent"
        assert "is with the client" in shown(app)
        await pilot.press("x")
        await answer(pilot, "ok")
        await until(pilot, lambda: now(session, offer).state == "accepted")
        assert "No open offer" in shown(app)
        await pilot.press("f")
        assert "1 answered in a year" in shown(app)
        await pilot.press("x")
        assert "it is accepted already" in shown(app)
        await pilot.press("u", "f")
        await until(pilot, lambda: "the client answers" in shown(app))


async def test_beyond_the_class_only_a_lead_takes_the_next_step(session: Session, offer: Offer) -> None:
    as_role(session, "account_manager")
    changing.change(session, offer, {"discount_percent": 9})
    app = HostApp(session, OffersScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        assert "submit it to a lead" in shown(app)
        await pilot.press("x")
        assert now(session, offer).state == "to_approve"
        assert "1 open, 1 for a lead" in shown(app)
        await pilot.press("x")
        assert "it waits for a lead" in shown(app)
        as_role(session, "lead")
        await pilot.press("X")
        await answer(pilot, "too much")
        await until(pilot, lambda: now(session, offer).state == "refused")
        assert now(session, offer).reason == "too much"
        await pilot.press("x", "x")
        assert now(session, offer).state == "approved"


async def test_a_no_needs_its_reason(session: Session, offer: Offer) -> None:
    app = HostApp(session, OffersScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("x", "X")
        await answer(pilot, "")
        assert now(session, offer).state == "sent"
        await answer(pilot, "dear")
        await until(pilot, lambda: now(session, offer).state == "declined")
        assert now(session, offer).answer == "dear"


async def test_a_line_is_added_and_a_wrong_number_is_told(session: Session, offer: Offer) -> None:
    app = HostApp(session, OffersScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("plus")
        await pilot.pause()
        await pilot.press("tab", *"setup", "tab", *"two", "tab", *"500", "ctrl+s")
        await pilot.pause()
        assert "is no number of pieces" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
    assert drafting.whole(session, now(session, offer)).sum.lines == 4_800_000


async def test_enter_reads_the_letter_and_w_takes_it_apart(session: Session, offer: Offer) -> None:
    app = HostApp(session, OffersScreen(session))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TextView)
        assert "| Склад | 2 | 24 000 ₽ | 48 000 ₽ |" in shown(app)
        await pilot.press("q", "w")
        await pilot.pause()
        assert "line        Склад: 2 × 24 000 ₽ = 48 000 ₽" in shown(app)
        await pilot.press("q", "O")
        await until(pilot, lambda: not app.is_open)
    assert isinstance(app.result, Chosen)
    assert app.result.client_id == offer.client_id


async def test_n_drafts_for_the_client_it_was_opened_on(session: Session, offer: Offer) -> None:
    app = HostApp(session, OffersScreen(session, offer.client_id))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("n")
        await pilot.pause()
        await pilot.press("tab", *"Склад", "tab", "3", "tab", *"pilot", "ctrl+s")
        await until(pilot, lambda: "2 open" in shown(app))
        assert "Drafted “pilot”" in shown(app)
        assert "72 000 ₽" in shown(app)
