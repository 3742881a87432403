"""Alarms about use and lessons, kept beside the client in the change that causes them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from onewindow.desk.alarms import ranked
from onewindow.desk.caches import client_caches
from onewindow.desk.editing import changing
from onewindow.desk.imports.running import import_file
from onewindow.desk.session.context import Session
from onewindow.desk.why import why
from onewindow.desk.window.snapshot import load_snapshot
from onewindow.records.adoption import Licence, Product, Training
from onewindow.records.clients import Client
from onewindow.text.dates import short_day

_FALLEN = [40, 41, 39, 40, 42, 38, 40, 41, 39, 40, 41, 40, 21, 20, 22, 19]


@pytest.fixture
def client(session: Session) -> Client:
    """Вектор, who bought fifty licences of Склад+ long ago."""
    client = changing.insert(session, Client(name="Вектор", owner_id=session.me.id))
    own(session, client, "Склад+", 50)
    return client


def own(session: Session, client: Client, name: str, bought: int, **values: object) -> Licence:
    product = changing.insert(session, Product(name=name, slug=name))
    licence = Licence(client_id=client.id, product_id=product.id, bought=bought, starts_on="2020-01-01")
    return changing.insert(session, licence.with_changes(values))


def use(session: Session, weeks: list[int], product: str = "Склад+", client: str = "Вектор") -> None:
    """Bring in so many full weeks of use, the last of them the week before this one."""
    monday = session.today() - timedelta(days=session.today().weekday())
    days = (monday - timedelta(weeks=len(weeks) - place) for place in range(len(weeks)))
    rows = (f"{client};{product};{day};{users}\n" for day, users in zip(days, weeks, strict=True))
    import_file(session, "usage", ("client;product;week;users\n" + "".join(rows)).encode(), "use.csv")


def alarms(session: Session, client: Client) -> dict[str, str]:
    assert client_caches.differences(session.store) == []
    return {alarm.kind: alarm.text for alarm in load_snapshot(session, client.id).alarms}


def test_use_that_falls_is_an_alarm_of_the_import_itself_and_goes_with_its_undo(
    session: Session, client: Client
) -> None:
    use(session, _FALLEN[:12])
    assert alarms(session, client) == {}
    use(session, _FALLEN)

    assert alarms(session, client) == {"decline": "Склад+ 40 → 20.5 users (−49 %)"}
    assert [alarm.client.name for alarm in ranked.alarms(session, frozenset({"decline"}))] == ["Вектор"]

    session.undo()
    assert alarms(session, client) == {}


def test_a_season_that_comes_every_year_is_no_alarm(session: Session, client: Client) -> None:
    use(session, [*_FALLEN, *[40] * 36, *_FALLEN])
    assert alarms(session, client) == {}
    use(session, [*_FALLEN[:-4], 9, 8, 9, 8])
    assert set(alarms(session, client)) == {"decline"}


def test_licences_that_are_paid_and_not_used_for_a_month_are_an_alarm(
    session: Session, client: Client
) -> None:
    own(session, client, "Касса", 1, last_used_on=(session.today() - timedelta(days=31)).isoformat())

    since = short_day((session.today() - timedelta(days=31)).isoformat(), session.today())
    assert alarms(session, client)["unused"] == f"Касса since {since}, 1 licence"


def test_a_pause_is_an_alarm_only_for_whom_it_is_new(session: Session, client: Client) -> None:
    use(session, [9, 0, 0, 9, 0, 0, 9, 0, 0, 9, 0, 0, 9, 0, 0, 9, 0, 0])
    assert alarms(session, client) == {}

    other = changing.insert(session, Client(name="Юпитер", owner_id=session.me.id))
    own(session, other, "Финансы", 9)
    use(session, [*[9] * 12, 0, 0], "Финансы", "Юпитер")
    assert alarms(session, other) == {"unused": "Финансы for 2 weeks, every week before"}


def test_a_product_that_was_bought_and_never_touched_is_an_alarm_if_others_are_used(
    session: Session, client: Client
) -> None:
    own(session, client, "Терминалы", 8)
    assert alarms(session, client) == {}  # nobody tells of any use
    use(session, [9] * 5)

    assert alarms(session, client) == {"never_used": "Терминалы, 8 licences"}


def test_an_alarm_takes_the_new_name_of_a_product(session: Session, client: Client) -> None:
    licence = own(session, client, "Терминалы", 8)
    use(session, [9] * 5)
    product = session.directory.products[licence.product_id]

    changing.change(session, product, {"name": "Сканеры"}, "renamed")

    assert client_caches.differences(session.store) == []
    client_caches.catch_up(session.store, session.now())
    assert alarms(session, client) == {"never_used": "Сканеры, 8 licences"}


@pytest.mark.parametrize(
    ("lessons", "text"),
    [
        ([(8, "planned")], "“склад” of {0} has no result"),
        ([(7, "planned")], ""),
        ([(30, "missed")], "“склад” of {0} was missed and not repeated"),
        ([(30, "missed"), (-3, "planned")], ""),
        ([(100, "missed")], ""),
        ([(30, "passed")], ""),
    ],
)
def test_a_lesson_that_came_to_no_end_is_an_alarm(
    session: Session, client: Client, lessons: list[tuple[int, str]], text: str
) -> None:
    days = [(session.today() - timedelta(days=ago)).isoformat() for ago, _ in lessons]
    for day, (_, state) in zip(days, lessons, strict=True):
        lesson = Training(client_id=client.id, title="склад", planned_on=day)
        changing.insert(session, lesson.with_changes({"state": state}))

    assert alarms(session, client).get("training", "") == text.format(short_day(days[0], session.today()))


def test_why_tells_the_arithmetic_of_each_alarm(session: Session, client: Client) -> None:
    use(session, _FALLEN)

    lines = "\n".join(why(session, load_snapshot(session, client.id), "health"))

    assert "median of the last 4 weeks 20.5, of 12 weeks before 40: -49 %" in lines
    assert "decline: the interval leaves out 0" in lines
    assert "no alarm: never_used" in lines
