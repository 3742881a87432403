"""The screen of one request: all of it in sight, a key for every action, the same keys in the panel."""

from __future__ import annotations

from datetime import timedelta

import pytest
from golden import assert_looks_like
from screen_host import Clock, HostApp, until
from screen_text import screen_text
from textual.pilot import Pilot

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.requests import complaints, handing_off, merging, replies
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client, Contact, Promise
from onewindow.records.requests import HandOff, Request
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.action_box import ActionBox
from onewindow.screens.requests.request_screen import RequestScreen
from onewindow.store import rows
from onewindow.store.requests import threads
from onewindow.text.dates import utc_text

HOSTILE = "[/] \x1b]0;x\x07 a\u202eb"
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (180, 50)], ids=["80x24", "120x40", "180x50"])


@pytest.fixture
def asked(session: Session, client: Client, contact: Contact) -> Request:
    """A request of Ромашка with a promise above it."""
    changing.change(
        session, contact, {"address_as": "Анна Сергеевна", "manner": "по имени", "role": "директор"}
    )
    changing.insert(session, Promise(client_id=client.id, text="отгрузка до 10:00"))
    wanted = Request(client_id=client.id, title="отчёт не открывается", contact_id=contact.id)
    return changing.insert(session, wanted)


def shown(app: HostApp | OneWindowApp) -> str:
    return "\n".join(screen_text(app))


def now(session: Session, request: Request) -> Request:
    return rows.get(session.store, Request, request.id)


async def says(pilot: Pilot[None], app: HostApp | OneWindowApp, words: str) -> None:
    await until(pilot, lambda: words in shown(app))


async def boxed(pilot: Pilot[None], app: HostApp | OneWindowApp, title: str) -> None:
    """A box with that title is open and has the keys."""
    await until(pilot, lambda: isinstance(app.screen, ActionBox) and title in shown(app))


def worked(session: Session, clock: Clock, asked: Request) -> Request:
    """A request with everything: talk, a moved date, a hand-off, a part, a duplicate, a corrective action."""
    request = replies.take_over(session, asked)
    request = replies.reply_to(session, request, "Анна Сергеевна, смотрим журнал сервера.", "us")
    request = replies.promise_for(session, request, utc_text(clock.now + timedelta(hours=20)))
    clock.now += timedelta(minutes=40)
    replies.note_down(session, now(session, request), "похоже на R-7: сервер отчётов")
    again = utc_text(clock.now + timedelta(hours=44))
    replies.promise_for(session, now(session, request), again, "ждём выгрузку")
    asked_for = HandOff(request_id=request.id, department="разработка", what="собрать журнал", target_min=30)
    handing_off.hand_off(session, asked_for)
    merging.split(session, now(session, request), "отчёт по остаткам")
    twice = changing.insert(session, Request(client_id=request.client_id, title="не открывается отчёт"))
    merging.merge(session, twice, now(session, request))
    complaints.correct(session, now(session, request), "следить за сервером отчётов", "2026-12-01")
    clock.now += timedelta(hours=1)
    return now(session, request)


@SIZES
async def test_everything_of_a_request_on_one_screen(
    session: Session, asked: Request, clock: Clock, size: tuple[int, int]
) -> None:
    request = worked(session, clock, asked)
    app = HostApp(session, RequestScreen(session, request.id))
    async with app.run_test(size=size) as pilot:
        await says(pilot, app, "corrective action")
        assert_looks_like(app, f"request-{size[0]}x{size[1]}")


@SIZES
async def test_the_answer_is_written_under_promises_and_manner(
    session: Session, asked: Request, size: tuple[int, int]
) -> None:
    app = HostApp(session, RequestScreen(session, asked.id))
    async with app.run_test(size=size) as pilot:
        await pilot.press("r")
        await boxed(pilot, app, "R-1: answer Анна Ким")
        assert "«Анна Сергеевна; по имени»" in shown(app)
        assert_looks_like(app, f"request-answer-{size[0]}x{size[1]}")
        await pilot.press(*"checking", "enter", *"till 15:00", "ctrl+s")
        await says(pilot, app, "u takes it back")
        assert threads.events(session.store, asked.id)[-1].text == "checking\ntill 15:00"
        await says(pilot, app, "till 15:00")


async def test_what_is_typed_stays_a_draft_and_errors_stand_beside_the_field(
    session: Session, asked: Request
) -> None:
    app = HostApp(session, RequestScreen(session, asked.id))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("X")
        await boxed(pilot, app, "decline")
        await pilot.press("ctrl+s")
        await says(pilot, app, "write the reason; the client sees it.")
        await pilot.press(*"no such", "escape")
        await says(pilot, app, "Draft kept")
        await pilot.press("X")
        await boxed(pilot, app, "no such")
        await pilot.press("ctrl+s")
        await says(pilot, app, "Declined R-1")
        assert (now(session, asked).status, now(session, asked).result) == ("declined", "no such")
        await pilot.press("r")
        await says(pilot, app, "R-1 is declined")


async def test_a_day_of_keys_on_one_request(session: Session, asked: Request) -> None:
    app = HostApp(session, RequestScreen(session, asked.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("m")
        await says(pilot, app, "R-1 is yours")
        await pilot.press("m")
        await says(pilot, app, "R-1 is yours already")
        await pilot.press("n")
        await boxed(pilot, app, "internal note")
        await pilot.press(*"called", "ctrl+s")
        await says(pilot, app, "internal note: called")
        await pilot.press("z")
        await boxed(pilot, app, "wait for the client")
        await pilot.press(*"a scan", "ctrl+s")
        await says(pilot, app, "waits for the client: a scan")
        assert now(session, asked).status == "waiting"
        await pilot.press("Z")
        await boxed(pilot, app, "open again")
        await pilot.press("ctrl+s")
        await says(pilot, app, "Opened again")
        await pilot.press("t")
        await boxed(pilot, app, "date for the client")
        await pilot.press(*"someday", "ctrl+s")
        await says(pilot, app, "tomorrow")
        await pilot.press("ctrl+g")
        await says(pilot, app, "Thrown away; u brings it back.")
        await pilot.press("t")
        await boxed(pilot, app, "date for the client")
        await pilot.press(*"+3d 15:00", "ctrl+s")
        await says(pilot, app, "promised for 26.11 15:00")
        await pilot.press("t")
        await boxed(pilot, app, "date for the client")
        await pilot.press(*["backspace"] * 20, *"+4d", "ctrl+s")
        await says(pilot, app, "the date moves: say why")
        await pilot.press(*"late", "ctrl+s")
        await says(pilot, app, "moved once")
        await pilot.press("x")
        await boxed(pilot, app, "resolve")
        await pilot.press(*"fixed", "tab", *"15", "ctrl+s")
        await says(pilot, app, "Resolved R-1")
        closed = now(session, asked)
        assert (closed.status, closed.result, closed.minutes) == ("resolved", "fixed", 15)
        await pilot.press("u")
        await says(pilot, app, "Undone: resolved R-1")
        assert now(session, asked).status == "open"


async def test_a_hand_off_is_followed_from_its_row(session: Session, asked: Request) -> None:
    app = HostApp(session, RequestScreen(session, asked.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("D")
        await boxed(pilot, app, "hand off")
        await pilot.press(*"find it", "ctrl+s")
        await says(pilot, app, "name the department")
        await pilot.press(*"store", "ctrl+s")
        await says(pilot, app, "asked, ")
        await pilot.press("x")
        await boxed(pilot, app, "resolve")
        await pilot.press("ctrl+s")
        await says(pilot, app, "R-1 cannot be resolved: store has not settled “find it”")
        await pilot.press("escape", "tab", "enter")
        await says(pilot, app, "what now?")
        await pilot.press(*"confirmed", "enter")
        await boxed(pilot, app, "confirmed")
        await pilot.press(*"in box 3", "ctrl+s")
        await says(pilot, app, "store confirmed: in box 3")
        assert now(session, asked).status == "open"


async def test_a_merge_and_its_undo_by_one_key(session: Session, client: Client, asked: Request) -> None:
    twice = changing.insert(session, Request(client_id=client.id, title="again the report"))
    app = HostApp(session, RequestScreen(session, twice.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("J")
        await boxed(pilot, app, "join with another request")
        await pilot.press(*"R-1", "ctrl+s")
        await says(pilot, app, "is merged into")
        assert now(session, twice).merged_into_id == asked.id
        await pilot.press("u")
        await says(pilot, app, "Undone: merged R-2")
        assert now(session, twice).merged_into_id is None


async def test_the_next_of_the_queue_without_leaving(
    session: Session, client: Client, asked: Request
) -> None:
    other = changing.insert(session, Request(client_id=client.id, title="доступ врачу"))
    app = HostApp(session, RequestScreen(session, asked.id, [asked.id, other.id]))
    async with app.run_test(size=(80, 24)) as pilot:
        await says(pilot, app, "1 of 2")
        await pilot.press("right_square_bracket")
        await says(pilot, app, "доступ врачу")
        assert "2 of 2" in shown(app)
        await pilot.press("right_square_bracket")
        await says(pilot, app, "This is the last one.")
        await pilot.press("left_square_bracket")
        await says(pilot, app, "1 of 2")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, RecordForm))
        await pilot.press("escape", "escape")
        await until(pilot, lambda: not app.is_open)


async def test_hostile_words_stay_words(session: Session, asked: Request) -> None:
    replies.client_wrote(session, asked, HOSTILE)
    app = HostApp(session, RequestScreen(session, asked.id))
    async with app.run_test(size=(80, 24)) as pilot:
        await says(pilot, app, "[/]")
        assert "\x1b" not in shown(app)
        assert "\u202e" not in shown(app)


async def test_what_a_colleague_writes_appears(session: Session, other: Session, asked: Request) -> None:
    app = HostApp(session, RequestScreen(session, asked.id))
    async with app.run_test(size=(80, 24)) as pilot:
        await says(pilot, app, "opened")
        replies.reply_to(other, asked, "уже отвечаю")
        session.poll()
        await says(pilot, app, "Петров: answered: уже отвечаю")


async def test_the_same_keys_in_the_panel_and_the_screen_by_enter(
    app: OneWindowApp, demo: Session, romashka: Client
) -> None:
    first = next(request for request in threads.open_of_client(demo.store, romashka.id) if request.due_at)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "r")
        await boxed(pilot, app, f"R-{first.number}: answer")
        await pilot.press(*"on it", "ctrl+s")
        await says(pilot, app, "takes it back")
        assert threads.events(demo.store, first.id)[-1].text == "on it"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RequestScreen))
        assert "1 of 3" in shown(app)
        await pilot.press("O")
        await until(pilot, lambda: not isinstance(app.screen, RequestScreen))


async def test_a_task_row_says_why_a_key_of_requests_does_nothing(
    app: OneWindowApp,
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("0", "colon")
        await pilot.press(*"decline")
        await says(pilot, app, "no request is under the cursor")


MAIL = "\n".join(
    ["Не открывается отчёт по складу.", "Ошибка 504", "", *(f"строка {n}" for n in range(1, 60)), "Спасибо!"]
)


async def test_the_details_of_a_request_stand_whole_under_its_opening_and_open_at_their_beginning(
    session: Session, client: Client, clock: Clock
) -> None:
    request = changing.insert(session, Request(client_id=client.id, title="Добрый день!", text=MAIL))
    app = HostApp(session, RequestScreen(session, request.id))
    async with app.run_test(size=(100, 30)) as pilot:
        await says(pilot, app, "details: Не открывается отчёт по складу.")
        lines = screen_text(app)
        opened = next(n for n, line in enumerate(lines) if "opened: Добрый день!" in line)
        assert [line.strip() for line in lines[opened + 1 : opened + 5]] == [
            "details: Не открывается отчёт по складу.",
            "Ошибка 504",
            "",
            "строка 1",
        ]
        assert "Спасибо!" not in shown(app)
        await pilot.press("end")
        await says(pilot, app, "Спасибо!")
    # What was said since is what one comes for; "took it" is no such thing.
    clock.now += timedelta(minutes=5)
    request = replies.take_over(session, request)
    app = HostApp(session, RequestScreen(session, request.id))
    async with app.run_test(size=(100, 30)) as pilot:
        await says(pilot, app, "details: Не открывается отчёт по складу.")
    replies.reply_to(session, now(session, request), "смотрим", "us")
    app = HostApp(session, RequestScreen(session, request.id))
    async with app.run_test(size=(100, 30)) as pilot:
        await says(pilot, app, "answered: смотрим")
        assert "details:" not in shown(app)


async def test_a_result_that_the_thread_says_already_is_not_said_twice(
    session: Session, asked: Request
) -> None:
    replies.decline_with(session, asked, "не наш сервер")
    app = HostApp(session, RequestScreen(session, asked.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await says(pilot, app, "не наш сервер")
        assert shown(app).count("не наш сервер") == 1


async def test_a_long_text_opens_at_its_beginning_to_be_edited(session: Session, client: Client) -> None:
    request = changing.insert(session, Request(client_id=client.id, title="Добрый день!", text=MAIL))
    app = HostApp(session, RecordForm(session, "request", request, client.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await says(pilot, app, "Ошибка 504")
        assert "Спасибо!" not in shown(app)
