"""Every catalogue is in the order that its title says."""

from __future__ import annotations

import pytest
from screen_host import HostApp, until

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.fields import attribute_of
from onewindow.records.kinds import KINDS
from onewindow.records.requests import Request, Touch
from onewindow.screens.editing.catalogue import Catalogue
from onewindow.screens.requests.capture import CaptureScreen
from onewindow.store import catalogue, rows


@pytest.mark.parametrize("kind", KINDS)
async def test_rows_are_in_the_order_of_the_title(demo: Session, kind: str) -> None:
    shown = Catalogue(demo, kind)
    app = HostApp(demo, shown)
    async with app.run_test(size=(200, 40)) as pilot:
        await until(pilot, lambda: shown.is_complete)
        ids = [row.key for row in shown.table._source.rows(0, min(200, shown.table.count))]  # pyright: ignore[reportPrivateUsage]
        title = shown.selection.order_text
    records = catalogue.by_ids(demo.store, KINDS[kind].record, [one for one in ids if isinstance(one, int)])
    when = KINDS[kind].when
    if title.startswith("newest first by "):
        assert title == f"newest first by {attribute_of(KINDS[kind].record, when).label}"
        keys = [(getattr(record, when), record.id) for record in records]
        assert keys == sorted(keys, reverse=True)
    elif title == "newest first":
        assert not when
        assert [record.id for record in records] == sorted((record.id for record in records), reverse=True)
    else:
        assert title == f"by {attribute_of(KINDS[kind].record, KINDS[kind].title).label}"


async def test_a_touch_of_the_past_goes_to_its_place(session: Session, client: Client) -> None:
    for text, at in (("второй", "2026-11-20T10:00:00Z"), ("первый", "2026-11-22T10:00:00Z")):
        changing.insert(session, Touch(client_id=client.id, text=text, at=at))
    shown = Catalogue(session, "touch")
    app = HostApp(session, shown)

    def texts() -> list[str]:
        return [row.cells[0].text for row in shown.table._source.rows(0, shown.table.count)]  # pyright: ignore[reportPrivateUsage]

    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: texts() == ["первый", "второй"])
        changing.insert(session, Touch(client_id=client.id, text="между", at="2026-11-21T10:00:00Z"))
        await until(pilot, lambda: texts() == ["первый", "между", "второй"])
        await pilot.press("s")
        await until(pilot, lambda: texts() == ["второй", "между", "первый"])


def test_pages_of_what_happened_follow_one_another(session: Session, client: Client) -> None:
    for number in range(7):
        changing.insert(
            session, Touch(client_id=client.id, text=str(number), at=f"2026-11-{20 + number % 3}T10:00:00Z")
        )
    whole = catalogue.newest_ids(session.store, Touch)
    paged: list[int] = []
    before = catalogue.LAST_ID
    while page := catalogue.newest_ids(session.store, Touch, before=before, limit=2):
        paged += page
        before = page[-1]
    assert paged == whole
    assert len(whole) == 7


def test_undo_says_whose_change_it_took_back(session: Session, client: Client) -> None:
    changing.insert(session, Request(client_id=client.id, title="нет доступа"))
    assert session.said_of(session.undo()).endswith("(Ромашка ООО)")
    assert session.said_of(session.redo()).endswith("(Ромашка ООО)")
    renamed = rows.get(session.store, Client, client.id)
    changing.change(session, renamed, {"city": "Тула"}, "city of Ромашка ООО")
    assert session.said_of(session.undo()) == "city of Ромашка ООО"


async def test_the_line_of_a_request_is_for_the_client_it_names(session: Session, client: Client) -> None:
    changing.insert(session, Client(name="Вектор", owner_id=session.me.id))
    app = OneWindowApp(session, client.id)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("1", "n")
        await until(pilot, lambda: isinstance(app.screen, CaptureScreen))
        line = app.screen
        assert isinstance(line, CaptureScreen)
        assert line.title_text == "new request for Ромашка ООО"
        await pilot.press(*"вектор не печатает")
        await until(pilot, lambda: line.title_text == "new request for Вектор")
        frame = str(line._frame.border_title)  # pyright: ignore[reportPrivateUsage]
        assert "Вектор" in frame
