"""The Adoption screen: a year in bars, functions, places, people; lessons booked, held, missed and moved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from golden import assert_looks_like
from screen_host import HostApp, until
from screen_text import screen_text
from textual.pilot import Pilot

from onewindow.desk.adoption.summary import read_adoption
from onewindow.desk.editing import changing
from onewindow.desk.imports.running import import_file
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import RecordKey
from onewindow.records.adoption import Licence, Product, Release, Training, Workplace
from onewindow.records.clients import Client, Contact
from onewindow.screens.adoption import AdoptionScreen
from onewindow.store import rows

_SIZES = [(80, 24), (120, 40), (180, 50)]


@pytest.fixture
def learning(session: Session, client: Client, contact: Contact) -> Client:
    """Ромашка with Склад+ of an old version, two places, three people and one lesson to come."""
    assert contact.id
    product = changing.insert(session, Product(name="Склад+", slug="sklad"))
    for version, day in (("5.1", "2026-01-10"), ("5.2", "2026-11-01")):
        release = Release(product_id=product.id, version_name=version, released_on=day)
        changing.insert(session, release)
    licence = Licence(client_id=client.id, product_id=product.id, bought=40, starts_on="2025-01-01")
    changing.insert(session, licence.with_changes({"installed_version": "5.1"}))
    for name, day in (("Приёмка", "2026-02-01"), ("Касса", None)):
        place = Workplace(client_id=client.id, product_id=product.id, name=name)
        values = {"installed_on": day, "installed_version": "5.1" if day else ""}
        changing.insert(session, place.with_changes(values))
    for name in ("Пётр Зуев", "Ольга Орлова"):
        changing.insert(session, Contact(client_id=client.id, name=name, role="кладовщик"))
    other = changing.insert(session, Client(name="Вектор"))
    use(session, client.name, [30 + week % 3 for week in range(50)], "отбор")
    use(session, other.name, [5], "инвентаризация")
    lesson = Training(client_id=client.id, title="приёмка", planned_on="2026-11-20")
    changing.insert(session, lesson)
    return client


def use(session: Session, client: str, weeks: list[int], function: str) -> None:
    """Bring in so many weeks of use, the last of them the week before this one, with a function."""
    monday = session.today() - timedelta(days=session.today().weekday())
    lines = ["client;product;week;users;feature;uses"]
    for place, users in enumerate(weeks):
        day = monday - timedelta(weeks=len(weeks) - place)
        lines += [
            f"{client};Склад+;{day};{users};;",
            f"{client};Склад+;{day};{users // 2};{function};{users * 9}",
        ]
    import_file(session, "usage", "\n".join(lines).encode(), "use.csv")


def shown(app: HostApp) -> str:
    return "\n".join(screen_text(app))


def on(app: HostApp, session: Session, kind: str, name: str) -> AdoptionScreen:
    """The screen with its cursor on a record."""
    screen = app.shown
    assert isinstance(screen, AdoptionScreen)
    snapshot = read_adoption(session, screen.snapshot.client.id)
    records = {
        "training": [(place.title, place.id) for place in snapshot.trainings],
        "workplace": [(place.name, place.id) for product in snapshot.products for place in product.places],
        "licence": [(product.name, product.licences[0].id) for product in snapshot.products],
    }
    assert screen.table.move_to_key(RecordKey(kind, dict(records[kind])[name]))
    return screen


async def typed(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*("space" if letter == " " else letter for letter in text))


@pytest.mark.parametrize("size", _SIZES)
async def test_the_screen_as_it_looks(session: Session, learning: Client, size: tuple[int, int]) -> None:
    app = HostApp(session, AdoptionScreen(session, learning.id))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert "Склад+ 5.1 (newest 5.2)" in shown(app)
        assert "never touched" in shown(app)
        assert "workplaces 1/2, trained 0/1" in shown(app)
        assert_looks_like(app, f"adoption-{size[0]}x{size[1]}")


async def test_a_lesson_is_booked_for_those_who_had_none_and_held_with_everybody_in_one_change(
    session: Session, learning: Client
) -> None:
    app = HostApp(session, AdoptionScreen(session, learning.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("n")
        await pilot.pause()
        await typed(pilot, "отбор")
        await pilot.press("tab")
        await typed(pilot, "26.11")
        await pilot.press("tab")
        await typed(pilot, "untaught")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Booked" in shown(app))
        snapshot = read_adoption(session, learning.id)
        assert {person.status for person in snapshot.people} == {"planned"}

        on(app, session, "training", "отбор")
        await pilot.press("x")
        await pilot.pause()
        await typed(pilot, "Ким, Зуев")
        await pilot.press("tab", "ctrl+u")
        await pilot.press("tab")
        await typed(pilot, "Орлова")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "“отбор” passed" in shown(app))

    snapshot = read_adoption(session, learning.id)
    assert sorted(person.status for person in snapshot.people) == ["missed", "passed", "passed"]
    assert snapshot.taught == 2
    session.undo()
    assert {person.status for person in read_adoption(session, learning.id).people} == {"planned"}


async def test_a_place_gets_the_newest_version_and_a_lesson_another_day(
    session: Session, learning: Client
) -> None:
    app = HostApp(session, AdoptionScreen(session, learning.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        on(app, session, "workplace", "Касса")
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "workplaces 2/2" in shown(app))

        on(app, session, "training", "приёмка")
        await pilot.press("t")
        await pilot.pause()
        await typed(pilot, "1.12")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "on 01.12" in shown(app))

    place = next(
        workplace for workplace in rows.fetch(session.store, Workplace, "") if workplace.name == "Касса"
    )
    assert (place.installed_version, place.installed_on) == ("5.2", "2026-11-23")
    (lesson,) = rows.fetch(session.store, Training, "")
    assert (lesson.planned_on, lesson.state) == ("2026-12-01", "planned")


async def test_why_tells_every_week_and_a_missed_lesson_says_so(session: Session, learning: Client) -> None:
    app = HostApp(session, AdoptionScreen(session, learning.id))
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.pause()
        on(app, session, "licence", "Склад+")
        await pilot.press("w")
        await until(pilot, lambda: "2026-11-16" in shown(app))
        assert "median of the last 4 weeks" in shown(app)
        assert "no evidence of change" in shown(app) or "no alarm" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        on(app, session, "training", "приёмка")
        await pilot.press("X")
        await pilot.pause()
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "“приёмка” missed" in shown(app))

    assert {person.status for person in read_adoption(session, learning.id).people} == {"missed"}


async def test_a_row_that_only_counts_says_why_nothing_can_be_done(
    session: Session, learning: Client
) -> None:
    app = HostApp(session, AdoptionScreen(session, learning.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        on(app, session, "licence", "Склад+")
        await pilot.press("j", "x")
        await until(pilot, lambda: "lessons are held and workplaces installed" in shown(app))
        await pilot.press("t")
        await until(pilot, lambda: "only a lesson can be missed or moved" in shown(app))
