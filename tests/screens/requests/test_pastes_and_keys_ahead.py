"""Pasted texts are whole in every field; keys typed ahead wait for their place; no paste is run as keys."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic, process_time
from typing import Any

import pytest
from screen_host import HostApp, until
from screen_text import screen_text
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.editing.drafting import pending_drafts
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client, Promise
from onewindow.records.requests import Request
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.action_box import ActionBox
from onewindow.screens.frame.chooser import Prompt
from onewindow.screens.frame.finder_screen import ClientFinder
from onewindow.screens.frame.palette import CommandPalette
from onewindow.screens.requests.capture import CaptureScreen
from onewindow.screens.requests.request_screen import RequestScreen
from onewindow.screens.window.client_window import WindowScreen
from onewindow.screens.window.drafts import DraftsScreen
from onewindow.store import rows
from onewindow.store.requests import threads
from onewindow.store.session import drafts
from onewindow.widgets.bursts import Brackets, KeyBurst, is_plain

LETTER = "Добрый день!\nНе печатает принтер в бухгалтерии.\n\nСрочно, Анна"
LONG = "\n".join(f"строка {number:05} {'x' * 80}" for number in range(10_000))


def text(app: HostApp | OneWindowApp) -> str:
    return "\n".join(screen_text(app))


def open_requests(session: Session, client: Client) -> list[Request]:
    return threads.open_of_client(session.store, client.id)


async def test_a_letter_pasted_into_the_line_is_title_and_details(
    app: OneWindowApp, demo: Session, romashka: Client
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "n")
        await until(pilot, lambda: isinstance(app.screen, CaptureScreen) and app.focused is not None)
        app.post_message(events.Paste(LETTER.replace("\n", "\r\n")))
        await until(pilot, lambda: "2 lines" in text(app))
        await pilot.press("ctrl+n")
        await until(pilot, lambda: isinstance(app.screen, RecordForm))
        form = app.screen
        assert isinstance(form, RecordForm)
        assert form.form.values()["text"] == LETTER.partition("\n")[2]
        await pilot.press("escape", "n")
        await until(pilot, lambda: "2 lines" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Saved R-" in text(app))
    made = max(open_requests(demo, romashka), key=lambda request: request.number)
    assert (made.title, made.text) == ("Добрый день!", LETTER.partition("\n")[2])


async def test_ten_thousand_lines_are_there_at_once_and_whole(session: Session, client: Client) -> None:
    app = HostApp(session, CaptureScreen(session, client.id))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.focused is not None)
        begun = process_time()
        app.post_message(events.Paste(LONG))
        await until(pilot, lambda: "9999 lines" in text(app))
        assert process_time() - begun < 1.0
        await until(pilot, lambda: len(pending_drafts(session)) == 1)
        await pilot.press("enter")
        await until(pilot, lambda: not app.is_open)
    made = open_requests(session, client)[0]
    assert f"{made.title}\n{made.text}" == LONG


async def test_ten_thousand_lines_in_a_field_of_lines_and_in_one_of_one_line(
    session: Session, client: Client
) -> None:
    app = HostApp(session, RecordForm(session, "promise", None, client.id))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.focused is not None)
        begun = process_time()
        app.post_message(events.Paste(LONG))
        await until(pilot, lambda: any(len(d.typed["text"]) == len(LONG) for d in pending_drafts(session)))
        assert process_time() - begun < 1.5
        assert pending_drafts(session)[0].typed["text"] == LONG
    line = HostApp(session, Prompt("Skip this step", "why"))
    async with line.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: line.focused is not None)
        begun = process_time()
        line.post_message(events.Paste(LONG))
        await pilot.press("enter")
        await until(pilot, lambda: not line.is_open)
        assert process_time() - begun < 1.5
    assert line.result == LONG.replace("\n", " / ")


@pytest.mark.parametrize("pasted", ["один\nдва\r\nтри\rчетыре", "\nодин\n\nдва\nтри\nчетыре\n"])
async def test_where_there_is_one_line_only_no_line_is_lost(session: Session, pasted: str) -> None:
    app = HostApp(session, Prompt("Skip this step", "why", "сначала "))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.focused is not None)
        app.post_message(events.Paste(pasted))
        await pilot.press("enter")
        await until(pilot, lambda: not app.is_open)
    assert app.result == "сначала один / два / три / четыре"


async def test_a_name_pasted_from_two_lines_is_found(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("/")
        await until(pilot, lambda: isinstance(app.screen, ClientFinder) and app.focused is not None)
        app.post_message(events.Paste("Ромашка\nООО\n"))
        await until(pilot, lambda: "C-17" in text(app) and "Ромашка ООО" in text(app))


async def test_a_title_of_a_form_gives_further_lines_to_the_details(session: Session, client: Client) -> None:
    app = HostApp(session, RecordForm(session, "request", None, client.id))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.focused is not None)
        app.post_message(events.Paste(LETTER))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not app.is_open)
    made = open_requests(session, client)[0]
    assert f"{made.title}\n{made.text}" == LETTER


# fields that choose


async def test_a_date_typed_into_a_choice_is_refused_aloud_and_not_saved_over(
    session: Session, client: Client
) -> None:
    app = HostApp(session, RecordForm(session, "promise", None, client.id))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*"позвонить", "tab")
        form = app.screen
        assert isinstance(form, RecordForm)
        assert form.form.focused_name == "due_on"
        await pilot.press("tab", *"завтра")
        await until(pilot, lambda: "“завтра” is none of these: term, spoken." in text(app))
        assert form.form.values()["promise_kind"] == "spoken"
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert app.is_open
        assert "“завтра” is none of these" in text(app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "A spoken promise needs a date" in text(app))
        assert form.form.focused_name == "due_on"
        await pilot.press(*"27.11", "ctrl+s")
        await until(pilot, lambda: not app.is_open)
    [made] = rows.fetch(session.store, Promise, "")
    assert (made.text, made.promise_kind, made.due_on) == ("позвонить", "spoken", "2026-11-27")


@pytest.mark.parametrize(
    ("words", "day"), [("позвонить завтра", "2026-11-24"), ("a call on friday", "2026-11-27")]
)
async def test_the_day_in_the_words_of_a_spoken_promise_is_its_date(
    session: Session, client: Client, words: str, day: str
) -> None:
    app = HostApp(session, RecordForm(session, "promise", None, client.id))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*words, "ctrl+s")
        await until(pilot, lambda: not app.is_open)
    [made] = rows.fetch(session.store, Promise, "")
    assert (made.text, made.due_on) == (words, day)


async def test_a_time_of_any_day_is_no_date_of_a_promise(session: Session, client: Client) -> None:
    app = HostApp(session, RecordForm(session, "promise", None, client.id))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*"отгрузка до 10:00", "ctrl+s")
        await until(pilot, lambda: "A spoken promise needs a date" in text(app))


async def test_a_term_needs_no_date(session: Session, client: Client) -> None:
    app = HostApp(session, RecordForm(session, "promise", None, client.id))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*"отгрузка до 10:00", "tab", "tab", "t", "ctrl+s")
        await until(pilot, lambda: not app.is_open)
    [made] = rows.fetch(session.store, Promise, "")
    assert (made.promise_kind, made.due_on) == ("term", None)


# keys typed ahead


async def burst(app: OneWindowApp, typed: str) -> None:
    app.post_message(KeyBurst(typed))


async def test_what_is_typed_behind_n_goes_into_the_line(
    app: OneWindowApp, demo: Session, romashka: Client
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1")
        await burst(app, "nведомость за ноябрь\r")
        await until(pilot, lambda: "Saved R-" in text(app))
        assert isinstance(app.screen, WindowScreen)
    assert "ведомость за ноябрь" in [request.title for request in open_requests(demo, romashka)]


async def test_keys_posted_one_by_one_wait_for_each_box(
    app: OneWindowApp, demo: Session, romashka: Client
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        for key in ("1", "n", *"первая", "enter", "n", *"вторая", "enter", "enter", "r", *"смотрим"):
            app.post_message(events.Key(key, key if len(key) == 1 else "\r"))
        await until(pilot, lambda: isinstance(app.screen, ActionBox) and "смотрим" in text(app))
        assert isinstance(app.screen_stack[-2], RequestScreen)
    titles = [request.title for request in open_requests(demo, romashka)]
    assert {"первая", "вторая"} <= set(titles)


async def test_a_paste_where_nobody_types_is_not_run_and_the_next_request_has_it(
    app: OneWindowApp, demo: Session
) -> None:
    before = demo.store.scalar("SELECT COALESCE(MAX(seq), 0) FROM event")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1")
        await burst(app, "xxx\rдобрый день, не печатает\rn\r")
        await until(pilot, lambda: "3 pasted lines would have run as keys" in text(app))
        assert isinstance(app.screen, WindowScreen)
        assert demo.store.scalar("SELECT COALESCE(MAX(seq), 0) FROM event") == before
        app.post_message(events.Paste(LETTER))
        await until(pilot, lambda: "3 pasted lines would have run as keys" in text(app))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, CaptureScreen) and "Добрый день!" in text(app))
        assert "2 lines" in text(app)


@pytest.mark.parametrize(
    "line", ["взнять трубку, м xK", "xвсё понятно", "Ромашка ООО, Казань", "Quit it now please"]
)
async def test_a_long_line_pasted_where_nobody_types_is_not_run(
    app: OneWindowApp, demo: Session, line: str
) -> None:
    before = demo.store.scalar("SELECT COALESCE(MAX(seq), 0) FROM event")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1")
        await burst(app, line)
        await until(pilot, lambda: "would have run as keys" in text(app))
        assert isinstance(app.screen, WindowScreen)
    assert demo.store.scalar("SELECT COALESCE(MAX(seq), 0) FROM event") == before


async def test_held_keys_and_a_few_commands_at_once_are_keys(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await burst(app, "1jj")
        window = app.screen
        assert isinstance(window, WindowScreen)
        await until(pilot, lambda: window.scope == "requests" and window.panels["requests"].cursor == 2)
        await burst(app, "k" * 30)
        await until(pilot, lambda: window.panels["requests"].cursor == 0)


async def test_lines_that_came_as_keys_into_a_line_are_a_paste(
    app: OneWindowApp, demo: Session, romashka: Client
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "n")
        await until(pilot, lambda: isinstance(app.screen, CaptureScreen) and app.focused is not None)
        await burst(app, LETTER.replace("\n", "\r") + "\r")
        await until(pilot, lambda: "2 lines" in text(app))
        assert isinstance(app.screen, CaptureScreen)
        await pilot.press("enter")
        await until(pilot, lambda: "Saved R-" in text(app))
    made = max(open_requests(demo, romashka), key=lambda request: request.number)
    assert f"{made.title}\n{made.text}" == LETTER


async def test_a_form_takes_text_tab_and_text_at_once(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("P", "n")
        await until(pilot, lambda: isinstance(app.screen, RecordForm) and app.focused is not None)
        form = app.screen
        assert isinstance(form, RecordForm)
        await pilot.press("tab")
        await burst(app, "27.11\tspoken")
        await until(pilot, lambda: form.form.values()["due_on"] == "27.11")
        await until(pilot, lambda: form.form.focused_name == "promise_kind")
        assert form.form.values()["promise_kind"] == "spoken"


# questions that nobody saw


async def test_keys_typed_before_the_offer_is_seen_go_where_they_were_meant(
    app: OneWindowApp, demo: Session, romashka: Client
) -> None:
    drafts.keep(demo.store, None, demo.me.login, "new contact 1", {"name": "важный"}, "", demo.now_text())
    async with app.run_test(size=(120, 40)) as pilot:
        app.post_message(KeyBurst("1nведомость\r", is_early=True))
        await until(pilot, lambda: "Saved R-" in text(app))
        assert isinstance(app.screen, WindowScreen)
    assert "ведомость" in [request.title for request in open_requests(demo, romashka)]
    assert [draft.words for draft in pending_drafts(demo)] == ["важный"]


async def test_a_letter_that_comes_with_the_offer_is_no_answer_to_it(
    app: OneWindowApp, demo: Session
) -> None:
    drafts.keep(demo.store, None, demo.me.login, "new contact 1", {"name": "важный"}, "", demo.now_text())
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, DraftsScreen) and app.screen.shown_at > 0)
        late = events.Key("d", "d")
        offer = app.screen
        assert isinstance(offer, DraftsScreen)
        late.time = offer.shown_at + 0.1
        app.post_message(late)
        await until(pilot, lambda: isinstance(app.screen, WindowScreen))
        assert len(pending_drafts(demo)) == 1


async def test_the_offer_answers_to_enter_at_once(app: OneWindowApp, demo: Session, romashka: Client) -> None:
    form = f"new contact {romashka.id}"
    drafts.keep(demo.store, None, demo.me.login, form, {"name": "важный"}, "", demo.now_text())
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, DraftsScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RecordForm) and "важный" in text(app))


async def sees_the_offer(pilot: Pilot[None], app: OneWindowApp) -> None:
    """Wait until the offer was there so long that a letter is meant for it."""
    await until(
        pilot,
        lambda: isinstance(app.screen, DraftsScreen) and 0 < app.screen.shown_at < monotonic() - 0.4,
    )


@pytest.mark.parametrize(("key", "kind"), [("slash", ClientFinder), ("colon", CommandPalette)])
async def test_who_searches_at_the_offer_searches(
    app: OneWindowApp, demo: Session, key: str, kind: type[Screen[Any]]
) -> None:
    drafts.keep(demo.store, None, demo.me.login, "new contact 1", {"name": "важный"}, "", demo.now_text())
    async with app.run_test(size=(120, 40)) as pilot:
        await sees_the_offer(pilot, app)
        await pilot.press(key, *"лаптева")
        await until(pilot, lambda: isinstance(app.screen, kind) and "лаптева" in text(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, WindowScreen))


async def test_the_phone_rings_at_the_offer_too(app: OneWindowApp, demo: Session) -> None:
    drafts.keep(demo.store, None, demo.me.login, "new contact 1", {"name": "важный"}, "", demo.now_text())
    async with app.run_test(size=(120, 40)) as pilot:
        await sees_the_offer(pilot, app)
        await pilot.press("p", *"2201408")
        await until(pilot, lambda: isinstance(app.screen, ClientFinder) and "2201408" in text(app))


async def test_letters_at_the_offer_say_that_they_do_nothing_and_enter_behind_them_opens_nothing(
    app: OneWindowApp, demo: Session, romashka: Client
) -> None:
    form = f"new contact {romashka.id}"
    drafts.keep(demo.store, None, demo.me.login, form, {"name": "важный"}, "", demo.now_text())
    async with app.run_test(size=(120, 40)) as pilot:
        await sees_the_offer(pilot, app)
        await pilot.press("1")
        await until(pilot, lambda: "1 does nothing in this list; q leaves it for later." in text(app))
        await pilot.press("n", "d")
        await until(pilot, lambda: "d came with letters that do nothing here" in text(app))
        await pilot.press("n", "enter")
        assert isinstance(app.screen, DraftsScreen)
        assert [draft.words for draft in pending_drafts(demo)] == ["важный"]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RecordForm) and "важный" in text(app))


async def test_a_word_typed_at_the_offer_discards_nothing(app: OneWindowApp, demo: Session) -> None:
    drafts.keep(demo.store, None, demo.me.login, "new contact 1", {"name": "важный"}, "", demo.now_text())
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, DraftsScreen))
        await pilot.pause(0.4)
        await burst(app, "nведомость")
        await until(pilot, lambda: "would have run as keys" in text(app))
        assert {draft.words for draft in pending_drafts(demo)} == {"важный", "nведомость"}


async def test_a_key_pressed_before_a_question_was_seen_does_not_answer_it(
    app: OneWindowApp, demo: Session, romashka: Client
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("0", "e")
        await until(pilot, lambda: isinstance(app.screen, RecordForm) and app.focused is not None)
        await pilot.press(*"!")
        changing.edit(demo, rows.get(demo.store, Client, romashka.id), {"name": "Ромашка иначе"})
        early = events.Key("t", "t")
        app.post_message(events.Key("ctrl+s", None))
        await until(pilot, lambda: "meanwhile" in text(app))
        app.post_message(early)
        await until(pilot, lambda: "is no answer to it" in text(app))
    assert rows.get(demo.store, Client, romashka.id).name == "Ромашка иначе"


def test_a_burst_tells_a_paste_from_an_enter() -> None:
    assert not KeyBurst("ведомость\r").is_paste
    assert not KeyBurst("ведомость\r1jj").is_paste
    assert not KeyBurst("\rведомость").is_paste
    assert KeyBurst("ведомость\r1jjj").is_paste
    assert KeyBurst("a\r\nbbbb\r\n").is_paste
    assert not KeyBurst("a\r\nbbbb\r\n", is_early=True).is_paste
    assert not KeyBurst("jjjjjjjjjj").is_long
    assert not KeyBurst("abcdefg").is_long
    assert KeyBurst("abcdefgh").is_long


def test_only_text_that_came_at_once_is_read_as_such() -> None:
    assert is_plain("ab\r\n\tв")
    assert not is_plain("a")
    assert not is_plain("\x1b[A")
    assert not is_plain("ab\x13")


@pytest.mark.parametrize("size", [1, 3, 7, 4096])
def test_brackets_are_found_however_the_reads_are_cut(size: int) -> None:
    sent = "ab\x1b[200~один\rдва\x1b[Aтри\x1b[201~cd\x1b[200~\x1b[201~e"
    brackets = Brackets()
    keys = ""
    pasted: list[str] = []
    for at in range(0, len(sent), size):
        for part in brackets.split(sent[at : at + size]):
            if isinstance(part, str):
                keys += part
            else:
                pasted.append(part.text)
    if size > 1:
        assert (keys, pasted) == ("abcde", ["один\rдва\x1b[Aтри", ""])
    else:
        # A beginning of which every byte comes alone is left to the toolkit, which reads it all the same.
        assert keys == sent


# keys that nobody aimed


def _events(session: Session) -> int:
    return session.store.scalar("SELECT COALESCE(MAX(seq), 0) FROM event")


@pytest.mark.parametrize("typed", ["вчера", "dddd", "dd", "xu", "Qj", "1x"])
async def test_a_short_word_where_nobody_types_changes_nothing(
    app: OneWindowApp, demo: Session, typed: str
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("c")
        before = _events(demo)
        await burst(app, typed)
        await until(pilot, lambda: "change nothing: press them again" in text(app))
        await pilot.pause()
        assert _events(demo) == before
        assert app.return_code is None
        assert isinstance(app.screen, WindowScreen)


async def test_keys_that_only_look_may_come_at_once(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("c", "g")
        before = app.shown_client
        await burst(app, "jj")
        await until(pilot, lambda: app.shown_client != before)
        assert "press them again" not in text(app)


async def test_keys_from_before_the_first_picture_change_nothing(app: OneWindowApp, demo: Session) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        before = _events(demo)
        for _ in range(4):
            key = events.Key("d", "d")
            key.time -= 60
            app.post_message(key)
        await until(pilot, lambda: "change nothing: press them again" in text(app))
        assert _events(demo) == before
        await pilot.press("d")
        await until(pilot, lambda: "rchived" in text(app))
        assert _events(demo) > before


async def test_a_choice_quotes_what_was_typed_and_knows_the_words_of_the_line(
    demo: Session, romashka: Client
) -> None:
    demo.settings = replace(demo.settings, keyboard="ru")
    app = OneWindowApp(demo, romashka.id)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        app.push_screen(RecordForm(demo, "request", None, romashka.id))
        await pilot.pause()
        form = app.screen
        assert isinstance(form, RecordForm)
        for name, typed, value in (
            ("priority", "вы", "high"),
            ("request_kind", "доку", "documents"),
            ("priority", "гкп", "urgent"),
        ):
            form.form.focus_field(name)
            await pilot.press(*typed)
            await until(pilot, lambda name=name, value=value: form.form.values()[name] == value)
            await pilot.press("tab")
        form.form.focus_field("priority")
        await pilot.press(*"завтра")
        await until(pilot, lambda: "“завтра” is none of these: urgent, high, normal, low." in text(app))


async def test_promises_that_a_form_does_not_show_are_counted(demo: Session, romashka: Client) -> None:
    for day in ("2026-11-27", "2026-11-28"):
        spoken = Promise(client_id=romashka.id, text="перезвонить", promise_kind="spoken", due_on=day)
        changing.insert(demo, spoken)
    app = OneWindowApp(demo, romashka.id)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("2", "n")
        await until(pilot, lambda: isinstance(app.screen, RecordForm))
        await until(pilot, lambda: "+ 1 more" in text(app))
        assert text(app).count("перезвонить") == 2


async def test_a_word_that_comes_at_once_chooses_in_a_choice_and_leads_on(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "e")
        await until(pilot, lambda: isinstance(app.screen, RecordForm) and app.focused is not None)
        await pilot.press("tab")
        await burst(app, "complaint\turgent")
        await until(pilot, lambda: "‹ urgent ›  urgent" in text(app))
        assert "‹ complaint ›" in text(app)
        assert "would have run as keys" not in text(app)


async def test_a_word_that_a_busy_machine_takes_in_pieces_chooses_what_was_typed(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "e")
        await until(pilot, lambda: isinstance(app.screen, RecordForm) and app.focused is not None)
        await pilot.press("tab")
        first, last = events.Key("c", "c"), events.Key("o", "o")
        app.post_message(first)
        await until(pilot, lambda: "‹ complaint ›  c" in text(app))
        last.time = first.time + 0.9
        app.post_message(last)
        await until(pilot, lambda: "‹ complaint ›  co" in text(app))
        again = events.Key("d", "d")
        again.time = last.time + 1.1
        app.post_message(again)
        await until(pilot, lambda: "‹ documents ›  d" in text(app))
