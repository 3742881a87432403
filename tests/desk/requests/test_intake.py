"""Taking a request in from one line: clients, people, routing, doubles, and what is stored."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich_client import RichClient

from onewindow.desk.editing import changing
from onewindow.desk.people import routing
from onewindow.desk.requests.intake import Intake
from onewindow.desk.requests.intake_people import colleagues
from onewindow.desk.requests.intake_preview import options, preview
from onewindow.desk.requests.registering import register
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.organization import Staff
from onewindow.records.requests import Request
from onewindow.store.problems import StoreProblem


def staff(session: Session, login: str) -> Staff:
    return next(person for person in session.directory.staff.values() if person.login == login)


def make_client(session: Session, name: str, **typed: str) -> Client:
    made = changing.add(session, "client", {"name": name, **typed})
    assert isinstance(made, Client)
    return made


def test_the_longest_name_is_the_client(session: Session) -> None:
    make_client(session, "Север ООО")
    far = make_client(session, "Север Дальний")
    made = make_client(session, "Аптека 36,6", aliases="Доктор Лапин")

    assert Intake(session).understand("север дальний не печатает").client == far
    line = Intake(session).understand("Доктор Лапин: не печатает")
    assert (line.client, line.title) == (made, "не печатает")
    unsure = Intake(session).understand("дальнийй не печатает")
    assert unsure.client is None


def test_a_whole_name_wins_and_the_others_are_offered(session: Session) -> None:
    plain = make_client(session, "Вектор ООО")
    other = make_client(session, "Вектор Плюс")

    line = Intake(session).understand("вектор не печатает")

    assert line.client == plain
    assert [value for value, _ in options(session, line, "client")] == [str(plain.id), str(other.id)]
    chosen = Intake(session).understand("вектор не печатает", {"client": str(other.id)})
    assert (chosen.client, chosen.title) == (other, "не печатает")


def test_the_client_on_the_screen_need_not_be_named(session: Session) -> None:
    here = make_client(session, "Ромашка")
    there = make_client(session, "Печать")
    intake = Intake(session, here.id)

    assert intake.understand("врач не может войти").client == here
    assert intake.understand("печать не ставится").client == there
    own = intake.understand("ромашка не печатает")
    assert (own.client, own.title) == (here, "не печатает")
    kept = intake.understand("печать не ставится", {"client": str(here.id)})
    assert (kept.client, kept.title) == (here, "печать не ставится")
    assert intake.understand(f"C-{there.number} не печатает").client == there


def test_people_of_the_client(session: Session) -> None:
    client = make_client(session, "Ромашка")
    kim = changing.add(session, "contact", {"name": "Ким Анна", "phone": "8 912 345-67-89"}, client.id)
    changing.add(session, "contact", {"name": "Лем Анна"}, client.id)
    intake = Intake(session, client.id)

    for text, title in (
        ("Анна Ким не может войти", "не может войти"),
        ("8 (912) 345-67-89 не может войти", "не может войти"),
        ("не может войти, от Ким", "не может войти"),
        ("пропуск для Ким на склад", "пропуск для Ким на склад"),
    ):
        line = intake.understand(text)
        assert (line.contact.value, line.title) == (str(kim.id), title)
    assert intake.understand("Анна не может войти").contact.value == ""


def test_colleagues_by_login_surname_beginning_and_slip(session: Session) -> None:
    changing.insert(session, Staff(login="georgiev", name="Георгиев Иван"))
    people = list(session.directory.staff.values())

    def found(name: str) -> list[str]:
        return [person.login for person in colleagues(people, session.me, name)]

    assert found("petrov") == found("Петров") == found("петр") == found("олег") == ["petrov"]
    assert found("Georgieff") == found("георгиев") == ["georgiev"]
    assert found("я") == found("me") == [session.me.login]
    assert found("иван") == ["georgiev"]
    assert found("щщщщ") == []


def test_a_patronymic_means_nobody_whose_surname_somebody_else_has(session: Session) -> None:
    changing.insert(session, Staff(login="admin", name="Гусев Роман Петрович"))
    people = list(session.directory.staff.values())
    assert [person.login for person in colleagues(people, session.me, "петр")] == ["petrov"]
    assert [person.login for person in colleagues(people, session.me, "петрович")] == ["admin"]
    changing.insert(session, Staff(login="rimma", name="Гусева Римма Львовна"))
    client = make_client(session, "Ромашка")
    said = Intake(session, client.id).understand("не печатает @гус").problems
    assert said == ("@гус may be several: Гусев Роман Петрович, Гусева Римма Львовна.",)


def test_the_owner_takes_it_else_the_deputy_else_the_queue(session: Session) -> None:
    me, petrov = session.me, staff(session, "petrov")
    client = make_client(session, "Ромашка")
    today = session.today().isoformat()

    assert routing.route(session.directory.staff, client, today) == routing.Route(me.id, "the client's owner")
    away = {"away_from": "2020-01-01", "away_till": f"{session.today().year + 9}-12-31"}
    changing.edit(session, me, away)
    assert routing.route(session.directory.staff, client, today).staff_id is None
    client = changing.edit(session, client, {"deputy_id": str(petrov.id)})
    route = routing.route(session.directory.staff, client, today)
    assert route.staff_id == petrov.id
    assert "away till 31.12" in route.why
    changing.edit(session, petrov, away)
    assert routing.route(session.directory.staff, client, today).staff_id is None
    assert routing.ANYBODY in routing.route(session.directory.staff, client, today).why


def test_an_open_request_that_looks_alike_is_shown(session: Session) -> None:
    client = make_client(session, "Ромашка")
    register(session, Intake(session, client.id).understand("отчёт по складу не открывается"))
    register(session, Intake(session, client.id).understand("продлить договор"))

    line = Intake(session, client.id).understand("не открываются складские отчёты")

    assert [request.title for request in line.alike] == ["отчёт по складу не открывается"]
    assert any(shown.role == "alike" and "R-1" in shown.text for shown in preview(session, line))
    assert Intake(session, client.id).understand("нужен новый принтер").alike == ()


def test_the_preview_tells_why_and_who_spoke_last(session: Session, rich_client: RichClient) -> None:
    client = rich_client.client
    shown = {
        line.role: line for line in preview(session, Intake(session, client.id).understand("нет доступа"))
    }

    assert "last spoke" in shown["client"].why
    assert shown["assignee"].why == "the client's owner"
    assert (shown["kind"].text, shown["kind"].why) == ("access", "guess, доступа")


def test_registering_keeps_the_seconds_and_one_undo_takes_all_back(session: Session) -> None:
    client = make_client(session, "Ромашка")

    made = register(session, Intake(session, client.id).understand("оплатят долг в пятницу #долг"), 7)

    assert made.request.intake_seconds == 7
    assert made.hand_off is not None
    assert made.hand_off.target == "finance"
    assert session.undo().startswith("new request: R-1")


def test_a_title_too_long_is_whole_in_the_details(session: Session) -> None:
    client = make_client(session, "Ромашка")
    words = " ".join(f"слово{place}" for place in range(80))

    made = register(session, Intake(session, client.id).understand(words)).request

    assert len(made.title) <= 200
    assert made.text == words


def test_what_is_missing_is_said_and_nothing_stored(session: Session) -> None:
    with pytest.raises(StoreProblem, match="Begin with the client"):
        register(session, Intake(session).understand("не печатает"))


_WORDS = "ромашка ким анна от до пт ! @petrov @x #доступ 89123456789 C-1 C-999 R-1 ,"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(_WORDS.split())))
def test_any_line_is_covered_by_its_parts(
    rich_client: RichClient, session: Session, words: list[str]
) -> None:
    text = " ".join(words)
    for shown in (None, rich_client.client.id):
        line = Intake(session, shown).understand(text)
        assert "".join(text[part.start : part.end] for part in line.parts) == text
        assert preview(session, line)


def test_nobody_takes_what_belongs_to_a_client_without_owner_and_deputy(session: Session) -> None:
    """Also where a colleague has the lowest id that there can be."""
    first = Staff(id=1, login="first", name="Первый")
    route = routing.route({1: first}, Client(name="Ромашка"), session.today().isoformat())
    assert route == routing.Route(None, "the queue, the client has no owner and no deputy is here")


def test_of_requests_that_look_alike_those_of_the_same_kind_come_first_then_the_oldest(
    session: Session,
) -> None:
    client = make_client(session, "Ромашка")
    for title, kind in (
        ("не открывается отчёт по складу", "access"),
        ("не открывается отчёт по кассе и складу", "problem"),
        ("не открывается отчёт по складу", "problem"),
        ("не открывается отчёт по складу", "access"),
    ):
        asked = Request(client_id=client.id, title=title)
        changing.insert(session, asked.with_changes({"request_kind": kind}))

    line = Intake(session, client.id).understand("отчёт по складу не открывается")

    assert line.kind.value == "problem"
    assert [request.number for request in line.alike] == [2, 3, 1]
