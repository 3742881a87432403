"""The table of all records of a kind: paging, filter, order, edits, archive, changes by others."""

from __future__ import annotations

import pytest
from screen_host import HostApp, until
from screen_text import screen_text

from onewindow.desk.editing import changing
from onewindow.desk.editing.catalogue_rows import (
    NEWEST,
    OLDEST,
    RecordTable,
    Selection,
    TooManyToSort,
    pieces,
    table_columns,
)
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Product
from onewindow.records.clients import Client, Contact
from onewindow.records.kinds import KINDS
from onewindow.records.requests import Request
from onewindow.screens.editing.catalogue import Catalogue
from onewindow.store import rows

HOSTILE = "[/] \x1b]0;x\x07"


def shown(app: HostApp) -> str:
    return "\n".join(screen_text(app))


def titles(app: HostApp) -> list[str]:
    """The first words of the rows on the screen."""
    assert isinstance(app.shown, Catalogue)
    table = app.shown.table
    if not table.count:
        return []
    lines = [table.render_line(y).text[3:].split("  ")[0].strip() for y in range(2, table.size.height)]
    return [line for line in lines if line]


def ready(app: HostApp) -> bool:
    return isinstance(app.shown, Catalogue) and app.shown.is_complete


def products(session: Session, *names: str) -> list[Product]:
    return [changing.insert(session, Product(name=name)) for name in names]


async def test_few_kinds_are_sorted_by_name_and_the_order_turns(session: Session) -> None:
    products(session, "Склад", "Бухгалтерия", HOSTILE, "Аптека")
    app = HostApp(session, Catalogue(session, "product"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: ready(app))
        by_name = ["[/] \ufffd]0;x\ufffd", "Аптека", "Бухгалтерия", "Склад"]
        assert sorted(titles(app)) == sorted(by_name)
        assert [title for title in titles(app) if title[0] != "["] == by_name[1:]
        assert "products ─ 4, by name" in shown(app)
        assert screen_text(app)[1].split()[:3] == ["name", "module", "of"]
        order = [NEWEST, OLDEST, "name"]
        await pilot.press("s")
        await until(pilot, lambda: ready(app) and "by module of" in shown(app))
        while "newest first" not in shown(app):
            await pilot.press("s")
            await until(pilot, lambda: ready(app))
        assert titles(app) == ["Аптека", "[/] \ufffd]0;x\ufffd", "Бухгалтерия", "Склад"]
        await pilot.press("s")
        await until(pilot, lambda: "oldest first" in shown(app))
        assert titles(app) == ["Склад", "Бухгалтерия", "[/] \ufffd]0;x\ufffd", "Аптека"]
        assert order[0] != order[1]


async def test_new_edit_archive_bring_back_and_undo(session: Session, client: Client) -> None:
    app = HostApp(session, Catalogue(session, "request", client.id))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: ready(app))
        assert "There are no requests yet." in shown(app)
        await pilot.press("n")
        await pilot.pause()
        await pilot.press(*"printer", "ctrl+s")
        await until(pilot, lambda: titles(app) == ["R-1"])
        assert "Saved R-1 printer; u takes it back." in shown(app)
        assert f"of {client.name}" in shown(app)
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("!", "ctrl+s")
        await until(pilot, lambda: "printer!" in shown(app))
        await pilot.press("d")
        await until(pilot, lambda: titles(app) == [])
        await pilot.press("v")
        await until(pilot, lambda: titles(app) == ["R-1"])
        assert "archived ones too" in shown(app)
        assert "▌a R-1" in shown(app)
        await pilot.press("d")
        await until(pilot, lambda: "▌  R-1" in shown(app))
        await pilot.press("u", "u", "u", "u")
        await until(pilot, lambda: "▌a R-1" in shown(app))
        await pilot.press("U")
        await until(pilot, lambda: "▌  R-1" in shown(app))
    assert [r.title for r in rows.fetch(session.store, Request, "")] == ["printer"]


async def test_the_filter_finds_folded_text_and_escape_takes_it_off(
    session: Session, contact: Contact
) -> None:
    vega = changing.add(session, "client", {"name": "Vega"})
    changing.add(session, "contact", {"name": "Боб", "manner": "ёлка"}, vega.id)
    app = HostApp(session, Catalogue(session, "contact"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: ready(app))
        assert titles(app) == ["Боб", contact.name]
        await pilot.press("f", *"romash")
        await until(pilot, lambda: ready(app) and titles(app) == [contact.name])
        assert "with “romash”" in shown(app)
        await pilot.press("ctrl+u", *"ЕЛКА", "enter")
        await until(pilot, lambda: ready(app) and titles(app) == ["Боб"])
        await pilot.press("escape")
        await until(pilot, lambda: ready(app) and len(titles(app)) == 2)
        assert app.is_open
        await pilot.press("q")
        await until(pilot, lambda: not app.is_open)
    assert app.result is None
    assert session.listeners == []


async def test_what_others_change_is_shown(session: Session, client: Client, other: Session) -> None:
    app = HostApp(session, Catalogue(session, "contact", client.id))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: ready(app))
        made = changing.add(other, "contact", {"name": "Vera"}, client.id)
        stranger = changing.add(other, "client", {"name": "Vega"})
        changing.add(other, "contact", {"name": "Stranger"}, stranger.id)
        session.poll()
        await pilot.pause()
        assert titles(app) == ["Vera"]
        changing.edit(other, made, {"name": "Vera Ann"})
        session.poll()
        await pilot.pause()
        assert titles(app) == ["Vera Ann"]
        changing.archive(other, rows.get(other.store, Contact, made.id))
        session.poll()
        await pilot.pause()
        assert titles(app) == []


async def test_a_client_is_opened_and_other_records_are_edited(session: Session, client: Client) -> None:
    app = HostApp(session, Catalogue(session, "client"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: ready(app) and titles(app) == ["C-1"])
        await pilot.press("i")
        await pilot.pause()
        await pilot.pause()
        assert "Иванова Мария  made" in shown(app)
        await pilot.press("q", "Y")
        await pilot.pause()
        assert app.clipboard.splitlines()[:3] == ["number: 1", "slug: romashka-ooo", "name: Ромашка ООО"]
        await pilot.press("enter")
        await until(pilot, lambda: not app.is_open)
    assert app.result == client.id


async def test_what_cannot_be_done_says_why(session: Session) -> None:
    app = HostApp(session, Catalogue(session, "import_run"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: ready(app))
        await pilot.press("n")
        await pilot.pause()
        assert "import runs are made by the program itself" in shown(app)
        await pilot.press("e")
        await pilot.pause()
        assert "no row is under the cursor" in shown(app)
        await pilot.press("colon")
        await pilot.pause()
        await pilot.press(*"promises", "enter")
        await pilot.pause()
        assert "That belongs to the window: q, then" in shown(app)


async def test_wide_window_shows_more_columns(session: Session, contact: Contact) -> None:
    app = HostApp(session, Catalogue(session, "contact"))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: ready(app))
        wide = screen_text(app)[1]
        await pilot.resize_terminal(60, 24)
        await pilot.pause()
        narrow = screen_text(app)[1]
        assert len(wide.split()) > len(narrow.split()) >= 2
        assert contact.name in shown(app)
        assert "+7 912 345-67-89" not in screen_text(app)[1]


# the rows without a face


def test_every_kind_has_columns_that_begin_with_what_names_it() -> None:
    for kind in KINDS.values():
        columns = table_columns(kind, of_one_client=True)
        named = columns[1 if kind.prefix else 0].attribute
        assert named is not None
        assert named.name == kind.title
        assert len({column.title for column in columns}) == len(columns)
        assert "client_id" not in [column.attribute.name for column in columns if column.attribute]


def read(session: Session, selection: Selection) -> RecordTable:
    table = RecordTable(session, selection)
    for piece in pieces(session, session.store, selection):
        table.take(piece)
    assert table.is_complete
    return table


def names(table: RecordTable) -> list[str]:
    return [row.cells[0].text for row in table.rows(0, table.count)]


def test_rows_come_in_pages_and_keys_are_found(session: Session) -> None:
    products(session, *(f"p{number:03}" for number in range(450)))
    table = read(session, Selection("product"))
    assert names(table) == [f"p{number:03}" for number in reversed(range(450))]
    assert [row.cells[0].text for row in table.rows(200, 202)] == ["p249", "p248"]
    key = table.rows(300, 301)[0].key
    assert table.index_of(key, 0) == table.index_of(key, 300) == 300
    assert table.index_of(1, 0) is None
    by_name = read(session, Selection("product", order="name"))
    assert names(by_name) == [f"p{number:03}" for number in range(450)]
    assert names(read(session, Selection("product", contains="P44"))) == [
        f"p{n}" for n in range(449, 439, -1)
    ]


def test_a_full_last_page_ends_the_reading(session: Session) -> None:
    products(session, *(f"p{number}" for number in range(400)))
    table = read(session, Selection("product", contains="p"))
    assert table.count == 400
    assert read(session, Selection("product", contains="nothing")).count == 0


def test_a_change_is_taken_in_where_it_belongs(session: Session) -> None:
    made = products(session, "a", "b", "c")
    for order in (NEWEST, OLDEST):
        table = read(session, Selection("product", order=order))
        fourth = products(session, "d")[0]
        changing.archive(session, made[1])
        assert table.note([fourth.id, made[1].id, made[0].id])
        assert sorted(names(table)) == ["a", "c", "d"]
        assert names(table) == names(read(session, Selection("product", order=order)))
        changing.restore(session, made[1])
        changing.archive(session, fourth)
        assert table.note([made[1].id, fourth.id])
        assert names(table) == names(read(session, Selection("product", order=order)))
    assert not read(session, Selection("product", order="name")).note([made[0].id])


def test_too_many_rows_are_not_sorted(session: Session) -> None:
    session.change(
        "many", lambda transaction: transaction.insert_many(Product(name=str(n)) for n in range(2001))
    )
    with pytest.raises(TooManyToSort, match="More than 2000 rows are too many"):
        read(session, Selection("product", order="name"))
    assert names(read(session, Selection("product", order="name", contains="200"))) == ["1200", "200", "2000"]


async def test_too_many_rows_are_shown_by_age_instead(session: Session) -> None:
    session.change(
        "many", lambda transaction: transaction.insert_many(Product(name=f"p{n}") for n in range(2001))
    )
    app = HostApp(session, Catalogue(session, "product"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: ready(app) and "2001, newest first" in shown(app))
        assert "rows are too many to sort" in shown(app)
        await pilot.press("G")
        await pilot.pause()
        assert "▌  p0 " in shown(app)
