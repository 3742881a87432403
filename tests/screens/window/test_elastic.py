"""The window gives its lines to what is in them: promises first, and no blank lines beside hidden rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screen_host import until
from screen_text import screen_text
from textual.pilot import Pilot

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.outbox import drafting
from onewindow.desk.requests import handing_off
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client, Promise
from onewindow.records.messages import Message
from onewindow.records.requests import HandOff, Request
from onewindow.screens.window.panel_heights import column_heights, folded_heights
from onewindow.store.requests import threads
from onewindow.text.layout.room_shares import share
from onewindow.widgets.panel import Panel

NAMES: tuple[str, ...] = ("requests", "documents", "adoption", "feedback", "opportunities", "timeline")
needs_of_six = st.lists(st.integers(2, 40), min_size=6, max_size=6)


@pytest.fixture
def session(demo: Session) -> Session:
    return demo


@given(st.integers(0, 80), st.lists(st.integers(0, 30), max_size=6))
def test_room_is_shared_by_need(room: int, needs: list[int]) -> None:
    given_ = share(room, needs)
    assert sum(given_) == min(room, sum(needs))
    assert all(got <= need for got, need in zip(given_, needs, strict=True))
    cut = [got for got, need in zip(given_, needs, strict=True) if got < need]
    assert not cut or max(cut) - min(cut) <= 1, "those that are cut are cut to one measure"


@given(st.integers(15, 60), st.lists(st.integers(2, 40), min_size=3, max_size=3))
def test_panels_fill_their_column_and_the_focused_one_is_not_cut_for_others(
    room: int, needs: list[int]
) -> None:
    wanted = dict(zip(NAMES[:3], needs, strict=True))
    heights = column_heights(room, wanted, wanted, "documents")
    assert sum(heights.values()) == room
    others = sum(min(wanted[name], 5) for name in ("requests", "adoption"))
    assert heights["documents"] >= min(wanted["documents"], room - others)
    if sum(needs) <= room:
        assert all(heights[name] >= wanted[name] for name in wanted)


def test_a_second_line_for_each_row_is_given_whole_or_not_at_all() -> None:
    plain = {"requests": 4, "documents": 11, "adoption": 10}
    roomy = column_heights(30, plain | {"requests": 7}, plain, "requests")
    assert roomy == {"requests": 7, "documents": 11, "adoption": 12}
    tight = column_heights(16, plain | {"requests": 9}, plain, "documents")
    assert tight["requests"] == 4


@given(st.integers(19, 40), st.integers(2, 30), needs_of_six)
def test_folded_panels_leave_no_line_blank_while_a_row_is_hidden(
    room: int, promises: int, needs: list[int]
) -> None:
    wanted = dict(zip(NAMES, needs, strict=True))
    for_promises, heights = folded_heights(room, promises, wanted, "requests")
    assert for_promises + sum(heights.values()) == room
    hidden = for_promises < promises or any(heights[name] < wanted[name] for name in NAMES)
    blank = for_promises > promises or any(heights[name] > wanted[name] for name in NAMES)
    assert not (hidden and blank)
    if promises <= 5:
        assert for_promises == promises, "promises stand in front of everything else"


async def test_all_promises_are_seen_in_the_smallest_window(session: Session, romashka: Client) -> None:
    for text, day in (("скидка на терминалы", "2026-11-24"), ("выезд на склад", "2026-11-28")):
        changing.insert(session, Promise(client_id=romashka.id, text=text, due_on=day))
    app = OneWindowApp(session, romashka.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        await until(pilot, lambda: "скидка на терминалы" in "\n".join(screen_text(app)))
        lines = screen_text(app)
    assert all(any(text in line for line in lines) for text in ("выезд на склад", "отгрузка до 10:00"))
    assert lines[3].startswith(" promises ─ 4")
    assert not lines[3].endswith("/4"), "none of them is scrolled away"
    assert all(lines[4:-1]), "and what is below has no blank line"
    assert any(line.startswith(" ! акт") for line in lines), "folded panels show their first rows"


def _of(session: Session, romashka: Client, number: int) -> Request:
    return next(r for r in threads.open_of_client(session.store, romashka.id) if r.number == number)


async def _row_of(pilot: Pilot[None], app: OneWindowApp, title: str) -> str:
    """The lines of a request as one text."""
    await until(pilot, lambda: title in "\n".join(screen_text(app)))
    lines = [line.partition("│")[2] or line for line in screen_text(app)]
    at = next(place for place, line in enumerate(lines) if title in line)
    return f"{lines[at]}\n{lines[at + 1]}"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (180, 50)])
async def test_a_request_handed_off_keeps_its_title_and_shows_the_clock_of_the_department(
    session: Session, romashka: Client, size: tuple[int, int]
) -> None:
    request = _of(session, romashka, 1050)
    handing_off.hand_off(
        session,
        HandOff(
            client_id=romashka.id,
            request_id=request.id,
            department="Разработка",
            what="посмотреть права",
            target_min=210,
        ),
    )
    app = OneWindowApp(session, romashka.id)
    async with app.run_test(size=size) as pilot:
        await pilot.press("1")
        row = await _row_of(pilot, app, "доступ новому сотруднику")
    assert "at Разработка, 3 h left" in row


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (180, 50)])
async def test_a_queued_answer_is_named_without_eating_the_title(
    session: Session, romashka: Client, size: tuple[int, int]
) -> None:
    request = _of(session, romashka, 1042)
    mail = Message(
        client_id=romashka.id, request_id=request.id, recipient="a@b.ru", subject="R", text="готово"
    ).with_changes({"staff_id": session.me.id})
    drafting.queue(session, drafting.draft(session, mail))
    app = OneWindowApp(session, romashka.id)
    async with app.run_test(size=size) as pilot:
        await pilot.press("1")
        row = await _row_of(pilot, app, "отчёт не открывается")
    assert "answer queued" in row
    assert "late" in row


async def test_only_what_is_over_is_red_in_a_title(app: OneWindowApp) -> None:
    async with app.run_test(size=(180, 50)) as pilot:
        await pilot.press("0")
        await until(pilot, lambda: "1 late" in "\n".join(screen_text(app)))
        panel = app.screen.query_one("#requests", Panel)
        red = [part.text for part in panel.render_lead(0) if part.style == panel.tone("late")]
    assert red == ["1 late"]
