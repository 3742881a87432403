"""Templates are refused, chosen, filled and expanded as the person who writes expects."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich_client import NOW, Clock, RichClient

from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.desk.templates import writing
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.clients import Client, Contact
from onewindow.records.messages import Template
from onewindow.records.requests import Request
from onewindow.store.problems import NotFound, StoreProblem
from onewindow.text.dates import utc_text


def _add(session: Session, name: str, text: str = "{contact}", **values: str) -> Template:
    return changing.insert(session, Template(name=name, text=text, **values))  # pyright: ignore[reportArgumentType]


def _request(rich: RichClient, **values: str) -> Request:
    return rich.add(Request(title="не печатает", contact_id=rich.main.id, **values))  # pyright: ignore[reportArgumentType]


def test_a_template_with_an_unknown_place_is_not_saved(session: Session) -> None:
    with pytest.raises(FieldProblems, match=r"\{kontakt\}.*\{contact\}"):
        _add(session, "Приём", "{kontakt}, здравствуйте")
    with pytest.raises(FieldProblems) as refused:
        _add(session, "Приём", "текст", subject="{me.__class__}")
    assert set(refused.value.errors) == {"subject"}
    _add(session, "Приём", "{{так}} {contact}")


def test_it_is_filled_from_card_and_request(session: Session, rich_client: RichClient) -> None:
    request = _request(rich_client, promised_at=utc_text(NOW + timedelta(days=2)))
    template = _add(
        session,
        "Приём",
        "{contact}: {title}, {request}, {promised}. {me}, {deputy}",
        subject="{client}\n{request}",
    )
    letter = writing.render(session, template, rich_client.client, request)
    assert letter.text == (
        f"Анна Сергеевна: не печатает, R-{request.number}, 25 ноября, 14:32. Иванова Мария, Петров Олег"
    )
    assert letter.subject == f"Ромашка ООО R-{request.number}"
    assert letter.unfilled == ()


def test_times_are_told_where_the_client_is(session: Session, rich_client: RichClient) -> None:
    client = changing.change(session, rich_client.client, {"time_zone": "Asia/Vladivostok"})
    request = _request(rich_client, promised_at="2026-11-25T11:00:00Z")
    template = _add(session, "Срок", "{promised}")
    assert writing.render(session, template, client, request).text == "25 ноября, 21:00"


def test_what_is_not_known_must_be_filled_by_hand(session: Session, rich_client: RichClient) -> None:
    template = _add(session, "Итог", "{result}; {cause}")
    letter = writing.render(session, template, rich_client.client, _request(rich_client))
    assert letter.text == "⟨result⟩; ⟨cause⟩"
    assert letter.unfilled == ("result", "cause")
    assert writing.still_empty("", letter.text.replace("⟨result⟩", "готово")) == ("cause",)


def test_a_due_time_that_is_over_is_not_told(session: Session, rich_client: RichClient, clock: Clock) -> None:
    request = _request(rich_client)
    template = _add(session, "Приём", "{due}")
    assert writing.render(session, template, rich_client.client, request).unfilled == ()
    clock.now = NOW + timedelta(days=90)
    assert writing.render(session, template, rich_client.client, request).unfilled == ("due",)


def test_a_request_of_another_client_is_refused(session: Session, rich_client: RichClient) -> None:
    other = changing.insert(session, Client(name="Вектор"))
    request = _request(rich_client)
    with pytest.raises(StoreProblem, match="another client"):
        writing.render(session, _add(session, "а"), other, request)


def test_the_language_is_that_of_the_person(session: Session, rich_client: RichClient) -> None:
    for language in ("ru", "bg", "en"):
        _add(session, f"Приём {language}", purpose="acknowledge", language=language)
    boris = changing.insert(session, Contact(client_id=rich_client.id, name="Boris", language="en"))
    about = rich_client.add(Request(title="x", contact_id=boris.id))
    assert writing.best(session, "acknowledge", rich_client.client, about).language == "en"
    assert writing.best(session, "acknowledge", rich_client.client).language == "ru"


def test_the_purpose_and_the_kind_of_request_decide_what_stands_first(
    session: Session, rich_client: RichClient
) -> None:
    _add(session, "Ответ", purpose="reply")
    _add(session, "Принято", purpose="acknowledge")
    _add(session, "Авария", purpose="acknowledge", request_kind="fault")
    fault, question = (
        _request(rich_client, request_kind="fault"),
        _request(rich_client, request_kind="question"),
    )

    def first(request: Request) -> str:
        return writing.fitting(session, "acknowledge", rich_client.client, request)[0].name

    assert (first(fault), first(question)) == ("Авария", "Принято")
    assert writing.best(session, "acknowledge", rich_client.client, question).name == "Принято"
    with pytest.raises(NotFound, match="apology"):
        writing.best(session, "apology", rich_client.client)


def test_letters_find_a_template(session: Session) -> None:
    _add(session, "Принято", shortcut="пр", purpose="acknowledge")
    _add(session, "Просим уточнить", shortcut="ут", purpose="ask")
    known = writing.fitting(session)
    assert writing.matching(known, "ут")[0].name == "Просим уточнить"
    assert [template.name for template in writing.matching(known, "уточнить")] == ["Просим уточнить"]
    assert [template.name for template in writing.matching(known, "прнят")] == ["Принято"]
    assert writing.matching(known, "zzz") == []
    assert writing.named(session, "пр").name == "Принято"
    with pytest.raises(NotFound, match="Принято"):
        writing.named(session, "принятоо"[:4])


def test_a_shortcut_expands_where_the_cursor_stands(session: Session, rich_client: RichClient) -> None:
    _add(session, "Принято", "Приняли, {contact}.", shortcut="пр")
    request = _request(rich_client)
    typed = "Добрый день! пр Спасибо"
    made = writing.expand(session, typed, len("Добрый день! пр"), rich_client.client, request)
    assert made is not None
    text, cursor = made
    assert text == "Добрый день! Приняли, Анна Сергеевна. Спасибо"
    assert text[:cursor].endswith("Анна Сергеевна.")
    assert writing.expand(session, "опр", 3, rich_client.client, request) is None
    assert writing.expand(session, "", 0, rich_client.client, request) is None


def test_who_left_is_not_written_to(session: Session, rich_client: RichClient) -> None:
    request = _request(rich_client)
    changing.change(session, rich_client.main, {"left_on": "2026-11-01"})
    person = writing.addressee(session, rich_client.client, request)
    assert person is not None
    assert person.name == "Борис Ли"


def test_a_word_that_several_templates_bear_is_refused_with_five_of_them(session: Session) -> None:
    made = [_add(session, "Приём", f"{number}", language="ru") for number in range(6)]
    bulgarian = _add(session, "Приём", "x", language="bg")

    with pytest.raises(NotFound) as refused:
        writing.named(session, "приём", "ru")
    named = ", ".join(f"Приём (ru, {template.id})" for template in made[:5])
    assert str(refused.value) == f"“приём” may mean several templates: {named}; name it by its id."
    assert writing.named(session, "приём", "bg").id == bulgarian.id
    assert writing.named(session, str(made[3].id)).id == made[3].id


def test_a_word_that_no_template_bears_is_refused_with_three_near_ones(session: Session) -> None:
    for name in ("Приём А", "Приём Б", "Приём В", "Приём Г"):
        _add(session, name)

    with pytest.raises(NotFound, match="did you mean “Приём А”, “Приём Б”, “Приём В”") as refused:
        writing.named(session, "приём")
    assert "Приём Г" not in str(refused.value)
    with pytest.raises(NotFound, match=r"There is no template “ххх”\.$"):
        writing.named(session, "ххх")
