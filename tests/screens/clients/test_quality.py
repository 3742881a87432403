"""The screen of what is wrong in the cards: found beside the keys, filtered, mended, kept right."""

from __future__ import annotations

from screen_host import HostApp, until
from screen_text import screen_text
from textual.pilot import Pilot

from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.records.clients import BillingDetails, Client, Contact
from onewindow.screens.clients.findings import QualityScreen
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.chooser import Prompt
from onewindow.screens.frame.text_view import TextView
from onewindow.store import rows

HOSTILE = "[/] \x1b]0;x\x07"
LATIN_O = "Рoмашка"


def shown(app: HostApp) -> str:
    return "\n".join(screen_text(app))


def sound(session: Session, name: str, inn: str) -> Client:
    """A client with whom nothing is wrong but what the name says."""
    client = changing.insert(session, Client(name=name, owner_id=session.me.id, country="RU"))
    complete = BillingDetails(
        client_id=client.id, legal_name="ООО", tax_id=inn, kpp="770701001", legal_address="Москва"
    )
    changing.insert(session, complete)
    return client


async def opened(app: HostApp, pilot: Pilot[None]) -> QualityScreen:
    assert isinstance(app.shown, QualityScreen)
    screen = app.shown
    await until(pilot, lambda: screen.is_complete)
    return screen


async def go_to(pilot: Pilot[None], app: HostApp, words: str) -> None:
    """Move the cursor to the row that has these words."""
    await pilot.press("g")
    for _ in range(30):
        if any(words in line and "▌" in line for line in screen_text(app)[1:]):
            return
        await pilot.press("j")
        await pilot.pause()
    raise AssertionError(shown(app))


async def test_findings_are_shown_with_the_client_and_what_is_wrong(session: Session) -> None:
    sound(session, LATIN_O, "7707083893")
    changing.insert(session, Client(name=HOSTILE))
    app = HostApp(session, QualityScreen(session))
    async with app.run_test(size=(110, 24)) as pilot:
        await opened(app, pilot)
        text = shown(app)
        assert "data quality ─ 3 findings, all kinds, all clients" in text
        assert "C-1" in text
        assert "look-alike       C       name:" in text
        assert "invoice          enter   no requisites" in text
        assert "uncovered        a       there is" in text
        assert "“Рoмашка” mixes Latin and Cyrillic" in text
        assert "there is no owner" in text
        assert "\x1b" not in text
        assert "enter mend" in text
        assert "C correct" in text


async def test_a_corrected_name_is_proposed_saved_and_undone(session: Session) -> None:
    client = sound(session, LATIN_O, "7707083893")
    app = HostApp(session, QualityScreen(session))
    async with app.run_test(size=(110, 24)) as pilot:
        screen = await opened(app, pilot)
        await pilot.press("C")
        await pilot.pause()
        assert isinstance(app.screen, Prompt)
        assert "Ромашка" in shown(app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Nothing to mend here." in shown(app))
        assert rows.get(session.store, Client, client.id).name == "Ромашка"
        assert "takes it back" in shown(app)
        await pilot.press("u")
        await until(pilot, lambda: screen.is_complete and LATIN_O in shown(app))
        assert rows.get(session.store, Client, client.id).name == LATIN_O
        await pilot.press("C", "escape")
        await pilot.pause()
        assert rows.get(session.store, Client, client.id).name == LATIN_O


async def test_enter_opens_the_form_on_the_field_and_the_finding_goes(session: Session) -> None:
    client = sound(session, "Ромашка", "7707083893")
    person = changing.insert(session, Contact(client_id=client.id, name="Анна", phone="12"))
    app = HostApp(session, QualityScreen(session))
    async with app.run_test(size=(110, 40)) as pilot:
        await opened(app, pilot)
        await pilot.press("enter")
        await pilot.pause()
        form = app.screen
        assert isinstance(form, RecordForm)
        for _ in "12":
            await pilot.press("backspace")
        await pilot.press(*"89123456789", "ctrl+s")
        await until(pilot, lambda: app.screen is app.shown and "Nothing to mend" in shown(app))
        assert rows.get(session.store, Contact, person.id).phone == "+79123456789"


async def test_missing_requisites_are_made(session: Session) -> None:
    client = changing.insert(session, Client(name="Ромашка", owner_id=session.me.id))
    app = HostApp(session, QualityScreen(session))
    async with app.run_test(size=(110, 40)) as pilot:
        await opened(app, pilot)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press(*"OOO X", "ctrl+s")
        await until(pilot, lambda: "an invoice needs tax id, legal address" in shown(app))
        made = rows.fetch(session.store, BillingDetails, "WHERE client_id = :id", id=client.id)
        assert [billing_details.legal_name for billing_details in made] == ["OOO X"]


async def test_the_filter_passes_over_kinds_without_findings_and_mine_leaves_others_out(
    session: Session,
) -> None:
    sound(session, LATIN_O, "7707083893")
    changing.insert(session, Client(name="Чужой"))
    app = HostApp(session, QualityScreen(session))
    async with app.run_test(size=(110, 24)) as pilot:
        await opened(app, pilot)
        seen: list[str] = []
        for _ in range(4):
            await pilot.press("f")
            await pilot.pause()
            seen.append(shown(app).partition("findings, ")[2].partition(",")[0])
        assert seen == ["invoice", "look-alike", "uncovered", "all kinds"]
        await pilot.press("v")
        await pilot.pause()
        assert "1 of 3 findings, all kinds, my clients" in shown(app)
        assert "Чужой" not in shown(app)


async def test_an_uncovered_client_is_assigned(session: Session) -> None:
    client = sound(session, "Ромашка", "7707083893")
    changing.change(session, client, {"owner_id": None})
    app = HostApp(session, QualityScreen(session))
    async with app.run_test(size=(110, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("a", *"petrov")
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: "Nothing to mend here." in shown(app))
        owner = rows.get(session.store, Client, client.id).owner_id
        assert session.directory.name(owner) == "Петров Олег"


async def test_doubles_are_compared_opened_and_gone_when_mended(session: Session, other: Session) -> None:
    sound(session, "Ромашка", "7707083893")
    second = sound(session, "Бета", "7707083893")
    app = HostApp(session, QualityScreen(session))
    async with app.run_test(size=(110, 30)) as pilot:
        screen = await opened(app, pilot)
        assert "2 findings" in shown(app)
        await pilot.press("C")
        await pilot.pause()
        assert "this finding is not about letters" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TextView)
        assert "C-1" in shown(app)
        assert "C-2" in shown(app)
        await pilot.press("escape")
        changing.archive(other, rows.get(other.store, Client, second.id))
        session.poll()
        await until(pilot, lambda: screen.is_complete and "Nothing to mend here." in shown(app))
        changing.restore(session, rows.get(session.store, Client, second.id))
        await until(pilot, lambda: screen.is_complete and "2 findings" in shown(app))
        await go_to(pilot, app, "C-2  ")
        await pilot.press("O")
        await until(pilot, lambda: not app.is_open)
        assert app.result == second.id


async def test_a_colleague_who_leaves_uncovers_his_clients_at_once(session: Session) -> None:
    petrov = next(p for p in session.directory.staff.values() if p.login == "petrov")
    client = sound(session, "Ромашка", "7707083893")
    changing.change(session, client, {"owner_id": petrov.id})
    app = HostApp(session, QualityScreen(session))
    async with app.run_test(size=(110, 24)) as pilot:
        screen = await opened(app, pilot)
        assert "Nothing to mend here." in shown(app)
        changing.archive(session, petrov)
        await until(pilot, lambda: screen.is_complete and "works here no more" in shown(app))


async def test_a_change_during_the_first_look_is_not_lost(session: Session) -> None:
    session.change("many", lambda t: t.insert_many(Client(name=f"Клиент {n}") for n in range(1500)))
    first = rows.fetch(session.store, Client, "ORDER BY id LIMIT 1")[0]
    last = rows.fetch(session.store, Client, "ORDER BY id DESC LIMIT 1")[0]
    app = HostApp(session, QualityScreen(session))
    async with app.run_test(size=(110, 24)) as pilot:
        screen = app.shown
        assert isinstance(screen, QualityScreen)
        await until(pilot, lambda: "checked" in shown(app))
        for client in (first, last):
            changing.change(session, client, {"owner_id": session.me.id})
        await until(pilot, lambda: screen.is_complete)
        await pilot.press("v")
        await pilot.pause()
        assert "2 of 2998 findings" in shown(app)


async def test_the_window_opens_it_from_the_palette_and_takes_the_client(session: Session) -> None:
    from onewindow.app import OneWindowApp

    first = sound(session, "Ромашка", "7707083893")
    changing.insert(session, Client(name="Бета", owner_id=session.me.id))
    app = OneWindowApp(session, first.id)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("colon", *"data quality", "enter")
        await until(pilot, lambda: isinstance(app.screen, QualityScreen) and app.screen.is_complete)
        await pilot.press("O")
        await until(pilot, lambda: not isinstance(app.screen, QualityScreen))
        assert "Бета" in "\n".join(screen_text(app)[1:3])
