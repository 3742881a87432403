"""Handovers in the window: what waits, one of them by all its keys, at every size."""

from __future__ import annotations

import pytest
from golden import assert_looks_like
from screen_host import HostApp, until
from screen_text import screen_text
from textual.pilot import Pilot

from onewindow.app import OneWindowApp
from onewindow.desk.handover.summary import HandoverSnapshot, read_handover
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.handover import Handover
from onewindow.screens.handover.checklist import HandoverScreen
from onewindow.screens.handover.waiting import HandoversScreen
from onewindow.store import rows
from onewindow.store.handover import packages as handovers

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (180, 50)], ids=["80x24", "120x40", "180x50"])


def shown(app: HostApp | OneWindowApp) -> str:
    return "\n".join(screen_text(app))


def waiting(session: Session, name: str) -> Handover:
    """The handover of a client of the demo firm that waits."""
    sent = handovers.in_state(session.store, "sent")
    return next(h for h in sent if rows.get(session.store, Client, h.client_id).name == name)


def now(session: Session, handover: Handover) -> HandoverSnapshot:
    return read_handover(session, handover.id)


async def ready(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.pause()


@SIZES
async def test_what_waits_stands_with_its_clock_and_what_is_missing(
    demo: Session, size: tuple[int, int]
) -> None:
    app = HostApp(demo, HandoversScreen(demo))
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        assert_looks_like(app, f"handovers-{size[0]}x{size[1]}")


@SIZES
async def test_one_handover_is_whole_on_one_screen(demo: Session, size: tuple[int, int]) -> None:
    app = HostApp(demo, HandoverScreen(demo, waiting(demo, "Fresh Line").id))
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        assert_looks_like(app, f"handover-{size[0]}x{size[1]}")


async def test_h_opens_them_from_the_window_and_o_leads_to_the_client(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("H")
        await until(pilot, lambda: "handovers: waiting" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "checklist ─" in shown(app))
        name = screen_text(app)[0].strip().split(",")[0]
        await pilot.press("O")
        await until(pilot, lambda: "One Window" in shown(app) and name in screen_text(app)[1])


async def test_a_question_is_asked_answered_and_asked_again_by_keys(demo: Session) -> None:
    handover = waiting(demo, "Fresh Line")
    app = HostApp(demo, HandoverScreen(demo, handover.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("n", *"Кто платит?", "ctrl+s")
        await until(pilot, lambda: "Кто платит?" in shown(app))
        asked = now(demo, handover).questions[-1]
        assert (asked.state, asked.asked_of_id) == ("asked", handover.sales_id)
        await pilot.press("tab", "j", "r", *"да", "ctrl+s")
        await ready(pilot)
        assert [item.answer for item in now(demo, handover).questions][1] == "да"
        await pilot.press("X", *"сколько?", "ctrl+s")
        await ready(pilot)
        again = now(demo, handover).questions[-1]
        assert (again.title, again.state, again.reopens_id) == (
            "сколько?",
            "asked",
            now(demo, handover).questions[1].id,
        )


async def to_row(pilot: Pilot[None], screen: HandoverScreen, wanted: str) -> None:
    """Put the cursor of the second side on the row that begins so."""
    await pilot.press("home")
    for _ in range(screen.parts.count):
        row = screen.parts.cursor_row
        if row is not None and row.cells[0].text == wanted:
            return
        await pilot.press("j")
    raise AssertionError(f"there is no row “{wanted}”")


async def test_blockers_leave_debts_or_a_return_and_a_conflict_waits_for_a_choice(demo: Session) -> None:
    handover = waiting(demo, "Fresh Line")
    screen = HandoverScreen(demo, handover.id)
    app = HostApp(demo, screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("x")
        await until(pilot, lambda: "Missing: contract number" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Choose whose value counts" in shown(app))
        await pilot.press("tab")
        await to_row(pilot, screen, "conflict")
        await pilot.press("X")
        await until(pilot, lambda: "conflict" not in shown(app))
        await pilot.press("tab", "x")
        await until(pilot, lambda: "Missing: contract number" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Tell the client whom to turn to?" in shown(app))
        snapshot = now(demo, handover)
        assert snapshot.handover.state == "accepted_with_debts"
        assert {item.topic for item in snapshot.debts} >= {"contract", "invoices", "acts"}
        await pilot.press("enter")
        await until(pilot, lambda: "message" in shown(app))


async def test_a_whole_handover_is_accepted_by_one_key_and_its_term_acknowledged(demo: Session) -> None:
    demo.me = next(p for p in demo.directory.staff.values() if p.role == "lead")
    handover = waiting(demo, "Идель Фарм")
    screen = HandoverScreen(demo, handover.id)
    app = HostApp(demo, screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("x")
        await until(pilot, lambda: "Tell the client" in shown(app))
        await pilot.press("escape")
        await ready(pilot)
        client = rows.get(demo.store, Client, handover.client_id)
        assert (now(demo, handover).handover.state, client.stage) == ("accepted", "onboarding")
        await pilot.press("u")
        await ready(pilot)
        assert rows.get(demo.store, Client, handover.client_id).stage == "handover"


async def test_a_term_is_acknowledged_and_an_item_is_not_needed_with_a_reason(demo: Session) -> None:
    handover = waiting(demo, "Fresh Line")
    screen = HandoverScreen(demo, handover.id)
    app = HostApp(demo, screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        while screen.line is not None and screen.line.topic != "acts":
            await pilot.press("j")
        await pilot.press("enter", *"not needed", "enter")
        await until(pilot, lambda: "why" in shown(app))
        await pilot.press(*"работы впереди", "ctrl+s")
        await ready(pilot)
        line = next(item for item in now(demo, handover).checklist.lines if item.topic == "acts")
        assert (line.state, line.reason) == ("not_needed", "работы впереди")
        await pilot.press("tab")
        await to_row(pilot, screen, "term")
        await pilot.press("m")
        await until(pilot, lambda: "known to Иванова" in shown(app))
        assert now(demo, handover).unread_terms == []
        await to_row(pilot, screen, "mark")
        await pilot.press("enter", "4", "tab", *"быстро", "ctrl+s")
        await until(pilot, lambda: "4 of 5" in shown(app))


async def test_a_handover_is_returned_with_a_reason_by_its_receiver_only(demo: Session) -> None:
    handover = waiting(demo, "Fresh Line")
    app = HostApp(demo, HandoverScreen(demo, handover.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("X", *"нет договора", "ctrl+s")
        await until(pilot, lambda: "returned to sales" in shown(app))
        assert now(demo, handover).handover.reason == "нет договора"
    foreign = waiting(demo, "Кофейная карта")
    app = HostApp(demo, HandoverScreen(demo, foreign.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("x")
        await until(pilot, lambda: "receives this client, or a lead decides" in shown(app))


async def test_a_handover_is_typed_in_the_window(demo: Session) -> None:
    app = HostApp(demo, HandoversScreen(demo))
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("n")
        await ready(pilot)
        await pilot.press(*"Ромашка ООО", "enter", *"Сделка 9", "ctrl+s")
        await until(pilot, lambda: "Ромашка ООО, Сделка 9" in shown(app))


async def test_the_report_stands_behind_a_key_of_the_list(demo: Session) -> None:
    app = HostApp(demo, HandoversScreen(demo))
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("v")
        await until(pilot, lambda: "How clients are handed over" in shown(app))
        assert "first pass" in shown(app)


async def test_d_on_the_card_hands_a_client_over_to_another_owner(demo: Session, app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("0", "D")
        await until(pilot, lambda: "over to whom?" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "what they must know first" in shown(app))
        await pilot.press(*"ухожу в отпуск", "ctrl+s")
        await until(pilot, lambda: "waits for Петров" in shown(app))
        (sent,) = [h for h in handovers.in_state(demo.store, "sent") if h.deal == "Иванова → Петров"]
        assert demo.directory.name(sent.receiver_id).startswith("Петров")
        assert handovers.last_package(demo.store, sent.id) is not None
