"""Importing in the window: a file is found, looked at, read otherwise, brought in, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import assert_looks_like
from screen_host import HostApp, until
from screen_text import screen_text
from sound_file import assert_sound
from textual.pilot import Pilot

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.imports.lists import TakenKey
from onewindow.desk.imports.profiles import profiles
from onewindow.desk.imports.reporting.window_words import in_window
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.organization import ImportRun
from onewindow.records.requests import Request
from onewindow.screens.frame.file_finder import FileFinder
from onewindow.screens.imports.import_screen import ImportScreen
from onewindow.store import rows
from onewindow.store.changes import last_seq

CLIENTS = """Название;Город;Телефон;Уровень;Погода
Ромашка ООО;Тверь;;A;
Сигма [/b];Казань;+79123456789;;
;Омск;;;
"""


@pytest.fixture
def clients_file(tmp_path: Path) -> Path:
    """Ромашка in another city, a new client with a hostile name, and one without a name; of Windows."""
    folder = tmp_path / "файлы и письма"
    folder.mkdir()
    path = folder / "клиенты.csv"
    path.write_text(CLIENTS.replace("[/b]", "[/b]\x1b[31m\x07"), "cp1251")
    return path


def shown(app: HostApp | OneWindowApp) -> str:
    return "\n".join(screen_text(app))


async def ready(pilot: Pilot[None], app: HostApp | OneWindowApp, words: str = "new, ") -> ImportScreen:
    await until(pilot, lambda: words in shown(app))
    assert isinstance(app.screen, ImportScreen)
    return app.screen


async def choose(pilot: Pilot[None], screen: ImportScreen, what: str, which: str) -> None:
    """Put the cursor on a line of how the file is read, and open it."""
    screen.set_focus(screen.taken)
    await pilot.pause()
    assert screen.taken.move_to_key(TakenKey(what, which))
    await pilot.press("enter")
    await pilot.pause()


async def test_from_the_palette_to_the_records_and_back(
    app: OneWindowApp, demo: Session, clients_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(clients_file.parent.parent))
    before = last_seq(demo.store)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(":", *"загрузить файл", "enter")
        await until(pilot, lambda: isinstance(app.screen, FileFinder))
        await pilot.press(*"~/фай", "tab")
        await until(pilot, lambda: "~/файлы и письма/" in shown(app) and "клиенты.csv" in shown(app))
        await pilot.press("enter")
        await ready(pilot, app, "1 new, 1 updated, 1 refused, 1 value overwritten")
        text = shown(app)
        assert "Windows-1251" in text
        assert "guessed: 4 of 5 columns fit" in text
        assert "city: Москва → Тверь" in text
        assert "it has no name" in text
        assert "\x1b" not in text
        assert last_seq(demo.store) == before, "nothing is written before ctrl+s"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Imported: 1 new, 1 updated" in shown(app))
        runs = demo.store.rows("SELECT created, updated, rejected FROM import_run ORDER BY id DESC LIMIT 1")
        assert runs == [(1, 1, 1)]
        assert demo.store.scalar("SELECT city FROM client WHERE name = 'Ромашка ООО'") == "Тверь"
        refused = clients_file.with_name("клиенты.rejected.csv")
        assert "Омск" in refused.read_text("utf-8")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "it is in already" in shown(app))
        await pilot.press("u")
        await until(pilot, lambda: "Undone: import of клиенты.csv" in shown(app))
        assert demo.store.scalar("SELECT city FROM client WHERE name = 'Ромашка ООО'") == "Москва"
        new = demo.store.rows("SELECT archived_at FROM client WHERE name LIKE 'Сигма [%'")
        assert len(new) == 1
        assert new[0][0]


@pytest.mark.usefixtures("client")
async def test_a_field_is_found_by_the_names_that_columns_have(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "tickets.csv"
    path.write_text("Клиент,Тема,Создано,Финал\nРомашка ООО,не печатает,03.04.2026,04.04.2026\n", "utf-8")
    app = HostApp(session, ImportScreen(session, str(path)))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot, app, "1 new")
        await choose(pilot, screen, "column", "Финал")
        await pilot.press(*"решен", "enter")
        await until(pilot, lambda: screen.options.mapped == {"Финал": "resolved_at"})


async def test_each_line_can_be_read_otherwise(session: Session, client: Client, tmp_path: Path) -> None:
    path = tmp_path / "tickets.csv"
    path.write_text("Клиент,Тема,Создано,Важность,Код\nРомашка ООО,не печатает,03.04.2026,P1,7\n", "utf-8")
    app = HostApp(session, ImportScreen(session, str(path)))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot, app, "1 new")
        assert screen.look is not None
        assert screen.look.kind == "request"
        assert client.name in shown(app)
        # a column fills another field
        await choose(pilot, screen, "column", "Код")
        await pilot.press(*"leave it", "enter")
        await until(pilot, lambda: "left out" in shown(app))
        # one column fills two
        await choose(pilot, screen, "column", "Тема")
        await pilot.press(*"one more", "enter")
        await pilot.pause()
        await pilot.press(*"deliverable", "enter")
        await until(pilot, lambda: "→ title, deliverable" in shown(app))
        # a source, a constant, a word
        await choose(pilot, screen, "taken", "source")
        await pilot.press(*"zendesk", "enter")
        await until(pilot, lambda: screen.options.source == "zendesk")
        await choose(pilot, screen, "taken", "set")
        await pilot.press(*"channel", "enter")
        await pilot.pause()
        await pilot.press(*"phone", "enter")
        await until(pilot, lambda: "channel = phone" in shown(app))
        await choose(pilot, screen, "taken", "words")
        await pilot.press(*"важность", "enter")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press(*"urgent", "enter")
        await until(pilot, lambda: "Важность:P1 = urgent" in shown(app))
        await choose(pilot, screen, "taken", "dates")
        await pilot.press(*"day", "enter")
        await until(pilot, lambda: "day first" in shown(app) and "1 new" in shown(app))
        # all of it under a name
        await choose(pilot, screen, "taken", "profile")
        await pilot.press(*"keep", "enter")
        await pilot.pause()
        await pilot.press("ctrl+u", *"desk", "enter")
        await until(pilot, lambda: "desk" in profiles(session) and "1 new" in shown(app))
        assert session.store.scalar("SELECT COUNT(*) FROM request") == 0
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Imported: 1 new" in shown(app))
    request = rows.find(session.store, Request, session.store.scalar("SELECT id FROM request"))
    assert request is not None
    assert (request.title, request.channel, request.priority) == ("не печатает", "phone", "urgent")
    assert request.deliverable == "не печатает"
    assert request.opened_at[:10] == "2026-04-03"
    assert request.external_id is None
    assert profiles(session)["desk"]["source"] == "zendesk"
    assert_sound(session)


async def test_a_profile_by_name_reads_the_file_as_it_says(
    session: Session, client: Client, tmp_path: Path
) -> None:
    from onewindow.desk.imports.options import ImportOptions
    from onewindow.desk.imports.profiles import save_profile

    save_profile(session, "склад", "product", ImportOptions(mapped={"Описание": "name"}))
    path = tmp_path / "x.csv"
    path.write_text("Описание;Город\nСклад+;Тверь\n", "utf-8")
    app = HostApp(session, ImportScreen(session, str(path)))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "column names" in shown(app))
        screen = app.screen
        assert isinstance(screen, ImportScreen)
        await choose(pilot, screen, "taken", "profile")
        await pilot.press(*"склад", "enter")
        await until(pilot, lambda: "products" in shown(app) and "1 new" in shown(app))
        assert screen.look is not None
        assert screen.look.fields["Описание"] == ("name",)
    assert client.name


async def test_what_cannot_be_read_is_said_and_mended_on_the_screen(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "tasks.csv"
    path.write_text("Title,Due\nCall,03/04/2026\n", "utf-8")
    app = HostApp(session, ImportScreen(session, str(path)))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "day" in shown(app) and "month" in shown(app))
        screen = app.screen
        assert isinstance(screen, ImportScreen)
        await pilot.press("ctrl+s")
        assert session.store.scalar("SELECT COUNT(*) FROM import_run") == 0
        await choose(pilot, screen, "taken", "dates")
        await pilot.press(*"month", "enter")
        await until(pilot, lambda: "Dates with the month first in Due" in shown(app))
        await choose(pilot, screen, "taken", "file")
        await pilot.press("ctrl+u", *f"'{tmp_path}/none.csv'", "enter")
        await until(pilot, lambda: "There is no file" in shown(app))


async def test_an_import_is_stopped_before_its_commit(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_text("name,city\n" + "".join(f"Firm {n},Town\n" for n in range(2100)), "utf-8")
    app = HostApp(session, ImportScreen(session, str(path)))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await ready(pilot, app, "2100 new")
        # Somebody else writes just now, so that it cannot be done before it is stopped.
        with session.store.another() as other, other.exclusive():
            await pilot.press("ctrl+s")
            await until(pilot, lambda: "stops it" in shown(app))
            assert "is running" in screen.reason("go.requests")
            await pilot.press("q")
        await until(pilot, lambda: "Stopped: nothing came in." in shown(app))
        assert app.screen is screen
        assert session.store.scalar("SELECT COUNT(*) FROM client") == 0
        assert session.store.rows("SELECT id FROM import_run") == []
        assert rows.find(session.store, ImportRun, 1) is None


async def test_a_filter_a_row_and_the_report(session: Session, client: Client, clients_file: Path) -> None:
    app = HostApp(session, ImportScreen(session, str(clients_file)))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot, app)
        await pilot.press("tab", "f", "f")
        await until(pilot, lambda: "updated rows" in shown(app))
        assert screen.rows.count == 1
        await pilot.press("enter")
        await until(pilot, lambda: "As the file has it:" in shown(app))
        assert "city: Казань → Тверь" in shown(app)
        await pilot.press("escape", "v")
        await until(pilot, lambda: "Rejected:" in shown(app) or "Overwritten:" in shown(app))
        assert "run: none, nothing was stored" in shown(app)
    assert client.city == "Казань"


async def test_the_phone_rings_and_the_file_is_there_again(
    app: OneWindowApp, clients_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(clients_file.parent)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(":", *"внос", "enter")
        await until(pilot, lambda: isinstance(app.screen, FileFinder))
        await until(pilot, lambda: "клиенты.csv" in shown(app))
        await pilot.press("enter")
        await ready(pilot, app)
        await pilot.press("f8")
        await until(pilot, lambda: "who calls" in shown(app))
        await pilot.press("escape", "f9")
        await until(pilot, lambda: "import of клиенты.csv" in shown(app) and "1 new, " in shown(app))


async def test_leaving_the_first_question_leaves_the_screen(session: Session) -> None:
    app = HostApp(session, ImportScreen(session))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, FileFinder))
        await pilot.press("escape")
        await until(pilot, lambda: not app.is_open)


async def test_who_may_only_read_is_told_so(session: Session, clients_file: Path) -> None:
    quality = changing.edit(session, session.me, {"role": "quality"})
    session.me = quality
    app = HostApp(session, ImportScreen(session, str(clients_file)))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "change nothing" in shown(app))
        await pilot.press("ctrl+s")
        assert session.store.scalar("SELECT COUNT(*) FROM client") == 0


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (180, 50)], ids=["80x24", "120x40", "180x50"])
async def test_looks(
    session: Session,
    client: Client,
    clients_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
) -> None:
    monkeypatch.chdir(clients_file.parent)
    app = HostApp(session, ImportScreen(session, clients_file.name))
    async with app.run_test(size=size) as pilot:
        await ready(pilot, app)
        assert client.name in shown(app)
        await pilot.pause()
        assert_looks_like(app, f"import-{size[0]}x{size[1]}")


async def test_what_would_bring_more_in_is_a_line_to_be_taken(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "subscribers.csv"
    path.write_text("customerID,tenure,Churn\n7590-VHVEG,1,No\n3668-QPYBK,2,Yes\n", "utf-8")
    app = HostApp(session, ImportScreen(session, str(path)))
    async with app.run_test(size=(148, 40)) as pilot:
        screen = await ready(pilot, app, "2 refused")
        text = shown(app)
        assert "→ name, external_id ?" in text
        assert "→ stage, No = active, Yes = lost ?" in text
        assert "it has no name; “customerID” could be it too: enter on its line" in text
        assert "--" not in text
        await choose(pilot, screen, "proposal", "0")
        screen = await ready(pilot, app, "2 new")
        await choose(pilot, screen, "proposal", "0")
        await ready(pilot, app, "2 new")
        await until(pilot, lambda: "stage lost" in shown(app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Imported: 2 new" in shown(app))
        stages = session.store.rows("SELECT name, stage FROM client WHERE name LIKE '%-%' ORDER BY id")
        assert stages == [("7590-VHVEG", "active"), ("3668-QPYBK", "lost")]


async def test_the_window_names_its_lines_and_no_options(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "tickets.csv"
    path.write_text("Клиент,Тема\nНекий Незнакомец,не печатает\n", "utf-8")
    app = HostApp(session, ImportScreen(session, str(path)))
    async with app.run_test(size=(148, 40)) as pilot:
        screen = await ready(pilot, app, "1 refused")
        assert "or say yes on the line “new clien" in shown(app)
        assert "--" not in shown(app)
        await choose(pilot, screen, "proposal", "0")
        await ready(pilot, app, "1 new")


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (
            "there is no client “Я”; import the clients first, or add --create-clients",
            "there is no client “Я”; import the clients first, or say yes on the line “new clients”",
        ),
        ("name the client with --client", "name the client on the line “client”"),
        ("choose with --source", "choose on the line “source”"),
        ("say which with --dates dmy or --dates mdy", "say which on the line “dates”"),
        ("Read the sheet A, not B; --sheet names another.", "Read the sheet A, not B."),
        (
            "it has no amount; “Сумма, руб.” was left out: --map 'Сумма, руб.=amount'",
            "it has no amount; “Сумма, руб.” was left out: enter on its line takes it in",
        ),
        ("--map x=y: the file has no column x; it has a.", "x=y: the file has no column x; it has a."),
    ],
)
def test_a_sentence_for_the_command_becomes_one_for_the_window(told: str, wanted: str) -> None:
    assert in_window(told) == wanted
