"""The brief as it is read: every section of clients of whom much, something or nothing is known."""

from __future__ import annotations

from rich_client import RichClient

from onewindow.desk.editing import changing
from onewindow.desk.meetings import brief as meeting_brief
from onewindow.desk.meetings import planning
from onewindow.desk.meetings.typed_line import read_line
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Licence, Product, Training
from onewindow.records.clients import Client, Contact, ContactNote, Promise
from onewindow.records.feedback import SurveyResponse
from onewindow.records.meetings import Meeting
from onewindow.records.requests import Request, Touch
from onewindow.store import rows


def sections(session: Session, client_id: int) -> dict[str, list[str]]:
    return {
        section.title: list(section.lines) for section in meeting_brief.brief(session, client_id).sections
    }


def test_of_a_new_client_only_what_is_missing_is_said(session: Session) -> None:
    client = changing.insert(session, Client(name="Вектор"))
    assert meeting_brief.lines(meeting_brief.brief(session, client.id)) == [
        "Вектор · C-1 · C · active · health unknown",
        "",
        "HOW THEY ARE",
        "  health unknown, 0 % known",
        "  ! nobody is there: there is no owner",
        "",
        "ASK",
        "  what do they want to reach with us?",
        "  for the card: legal name, tax id, legal address, contact: name",
    ]


def test_a_client_whom_we_never_met_is_read_whole(session: Session, rich_client: RichClient) -> None:
    assert meeting_brief.lines(meeting_brief.brief(session, rich_client.id)) == [
        "Ромашка ООО · C-1 · A · active · health 49 red",
        "",
        "WHO",
        "  Анна Ким, директор, say “Анна Сергеевна”, by phone, +7 912 345-67-89",
        "  ! Анна Ким: по имени; не звонить до 10",
        "  private: болеет за Рубин",
        "  also Борис Ли (бухгалтер)",
        "",
        "GOAL",
        "  закрывать месяц за 2 дня",
        "  measure: сейчас 4",
        "",
        "PROMISED BY US",
        "  отчёт по внедрению, in 2 d",
        "  отгрузка до 10:00, always, kept 14/14",
        "",
        "THEY OWE US",
        "  R-3 счёт на обучение: we wait for their answer",
        "  акт is missing, 23 d late",
        "",
        "OPEN REQUESTS",
        "  ! R-1 отчёт не открывается: urgent, 8 h late, Fr 15:02, Иванова",
        "  R-3 счёт на обучение: normal, 0 m left, Mo 14:32",
        "  R-2 доступ новому сотруднику: normal, 1 h left, Mo 15:32, Петров",
        "",
        "LATELY",
        "  21.11 call: ждёт отчёт (calm)",
        "  20.11 mail out: акт выслан",
        "  20.01 note: не ставить на обед",
        "  1 request settled: R-4 сброс пароля",
        "  NPS 9 of 10",
        "",
        "HOW THEY ARE",
        "  health 49 red, 99 % known",
        "  ! at most 49: an urgent request is open and breached",
        "  support gives 8 of 20 points",
        "",
        "USE",
        "  Склад: 48 of 50 in use, last used 1 d ago",
        "  ! plan: обучение склада, 3 d late",
        "  12 of 20 people trained",
        "",
        "TO TELL",
        "  their wish is out: «выгрузка в 1С», released: tell",
        "",
        "OPPORTUNITIES",
        "  продление, 640 000 ₽, accepted",
        "  + 5 лицензий, 120 000 ₽, idea: 48/50 заняты 21 д",
        "",
        "ASK",
        "  is the goal still the same? how near is it (сейчас 4)?",
        "  for the card: legal address, e-mail for documents, bank, БИК",
    ]


def test_the_meeting_that_comes_names_its_people_its_agenda_and_how_often_it_moved(
    session: Session, rich_client: RichClient
) -> None:
    client = rows.get(session.store, Client, rich_client.id)
    line = read_line(session, client, "завтра 10:00 итоги")
    meeting = planning.plan(session, client, line, colleagues=[rich_client.petrov.id]).meeting
    planning.plan(session, client, read_line(session, client, "25.11 9:00 обучение"))
    people = ["with Анна Ким; from us Иванова Мария, Петров Олег", "agenda: закрывать месяц за 2 дня"]
    assert sections(session, client.id)["meeting"] == [
        "итоги: 24.11.2026 10:00, 60 min, visit, Казань, planned",
        *people,
    ]
    planning.postpone(session, meeting, "завтра 12:00", "директор занят")
    assert sections(session, client.id)["meeting"] == [
        "итоги: 24.11.2026 12:00, 60 min, visit, Казань, planned, postponed 1 ×",
        *people,
        "! postponed 1 time: директор занят",
        "so far 0 held (0 visits), postponed 1 time, 0 cancelled",
    ]


def test_since_the_last_meeting_only_what_came_after_it_is_told(
    session: Session, rich_client: RichClient
) -> None:
    held = "2026-11-10T09:00:00Z"
    rich_client.add(
        Meeting(title="знакомство", starts_at="2026-06-01T09:00:00Z", state="held", result="давно")
    )
    rich_client.add(
        Meeting(
            title="итоги лета",
            starts_at=held,
            state="held",
            form="online",
            result="ждут отчёт\nкупят кассу",
            postponed=2,
        )
    )
    rich_client.add(Meeting(title="обед", starts_at="2026-11-01T09:00:00Z", state="cancelled", reason="x"))
    rich_client.add(Touch(text="до встречи", at=held))
    after = "после\nвстречи"
    rich_client.add(Touch(text=after, at="2026-11-10T09:00:01Z", touch_kind="message", direction="out"))
    survey = rich_client.made["survey"][0].id
    for score, at, comment in ((3, "2026-11-20T08:00:00Z", "долго\nждали"), (10, held, "до")):
        rich_client.add(
            SurveyResponse(
                survey_id=survey, contact_id=rich_client.main.id, score=score, at=at, comment=comment
            )
        )
    told = sections(session, rich_client.id)
    assert told["meeting"] == ["so far 2 held (1 visit), postponed 2 times, 1 cancelled"]
    assert told["since the meeting of 10.11"] == [
        "then: ждут отчёт / купят кассу",
        "21.11 call: ждёт отчёт (calm)",
        "20.11 mail out: акт выслан",
        "10.11 msg out: после встречи",
        "1 request settled: R-4 сброс пароля",
        "! NPS 3 of 10 «долго ждали»",
        "NPS 9 of 10",
    ]
    assert "lately" not in told


def test_late_and_broken_promises_come_first_and_five_are_told(
    session: Session, rich_client: RichClient
) -> None:
    rich_client.add(Promise(text="забытое", due_on="2026-11-20"))
    rich_client.add(Promise(text="сорванное", due_on="2026-11-10", status="broken"))
    rich_client.add(Promise(text="сдержанное", due_on="2026-11-11", status="kept"))
    rich_client.add(Promise(text="к декабрю", due_on="2026-12-01"))
    rich_client.add(Promise(text="к январю", due_on="2027-01-01"))
    rich_client.add(Request(title="к пятнице", promised_at="2026-11-27T12:00:00Z"))
    rich_client.add(Request(title="к сроку", promised_at="2026-11-23T11:31:59Z"), days=4)
    assert sections(session, rich_client.id)["promised by us"] == [
        "! забытое, 3 d late",
        "! сорванное, broken",
        "отчёт по внедрению, in 2 d",
        "к декабрю, in 8 d",
        "к январю, in 39 d",
        "! R-6 к сроку, for 23.11 14:31",
        "R-5 к пятнице, for 27.11 15:00",
    ]


def test_eight_open_requests_are_named_and_the_rest_is_counted(
    session: Session, rich_client: RichClient
) -> None:
    for number in range(5):
        rich_client.add(Request(title=f"вопрос {number}"))
    assert len(sections(session, rich_client.id)["open requests"]) == 8
    rich_client.add(Request(title="вопрос 5"))
    told = sections(session, rich_client.id)["open requests"]
    assert (len(told), told[-1]) == (9, "and 1 more")


def test_people_of_the_client_are_named_with_what_those_may_know_who_look_after_them(
    session: Session, rich_client: RichClient
) -> None:
    for number in range(5):
        rich_client.add(Contact(name=f"Гость {number}", role="" if number == 2 else f"роль {number}"))
    rich_client.add(Contact(name="Бывший", left_on="2026-01-01"))
    rich_client.change(rich_client.main, birthday="1980-02-29")
    for day, text in (("2026-05-02", "пьёт чай"), ("2026-05-03", "ходит в горы")):
        rich_client.add(ContactNote(contact_id=rich_client.main.id, noted_on=day, text=text))
    assert sections(session, rich_client.id)["who"] == [
        "Анна Ким, директор, say “Анна Сергеевна”, by phone, +7 912 345-67-89",
        "! Анна Ким: по имени; не звонить до 10",
        "birthday 29.02.1980",
        "private: ходит в горы",
        "private: пьёт чай",
        "also Борис Ли (бухгалтер), Гость 0 (роль 0), Гость 1 (роль 1), Гость 2, Гость 3 (роль 3)",
    ]


def test_what_to_ask_follows_from_what_is_old_missed_or_not_used(
    session: Session, rich_client: RichClient
) -> None:
    rich_client.add(Touch(text="звонок", at="2026-11-10T09:00:00Z", need="печать этикеток"))
    rich_client.add(Touch(text="давно", at="2026-02-10T09:00:00Z", need="старое"))
    rich_client.add(Training(title="отчёты", planned_on="2026-11-22", people=4))
    till = changing.insert(session, Product(name="Касса", slug="kassa"))
    rich_client.add(Licence(product_id=till.id, bought=10, active=6))
    rich_client.add(Licence(product_id=till.id, bought=10, active=2))
    rich_client.change(rich_client.client, goal_reviewed_on="2026-05-26")
    told = sections(session, rich_client.id)
    asked = [
        "what became of: печать этикеток (heard 10.11)?",
        "what keeps 4 people from using Касса?",
        "when can the missed training be held?",
        "for the card: legal address, e-mail for documents, bank, БИК",
    ]
    assert told["ask"] == ["is the goal still the same? how near is it (сейчас 4)?", *asked]
    assert told["use"] == [
        "Склад: 48 of 50 in use, last used 1 d ago",
        "Касса: 6 of 10 in use",
        "Касса: 2 of 10 in use",
        "! plan: обучение склада, 3 d late",
        "12 of 24 people trained",
    ]
    client = rows.get(session.store, Client, rich_client.id)
    # Half a year on the day is not too old to be asked about.
    rich_client.change(client, goal_reviewed_on="2026-05-27", goal_measure="")
    assert sections(session, rich_client.id)["ask"] == asked
    assert sections(session, rich_client.id)["goal"] == ["закрывать месяц за 2 дня"]


def test_markdown_has_a_heading_and_a_list_for_each_section(session: Session) -> None:
    client = changing.insert(session, Client(name="А_Б", goal="1\n2", tier="B"))
    assert meeting_brief.as_markdown(meeting_brief.brief(session, client.id)).splitlines() == [
        "# А\\_Б · C-1 · B · active · health unknown",
        "",
        "## goal",
        "",
        "- 1 / 2",
        "",
        "## how they are",
        "",
        "- health unknown, 0 % known",
        "- ! nobody is there: there is no owner",
        "",
        "## ask",
        "",
        "- is the goal still the same? how near is it?",
        "- for the card: legal name, tax id, legal address, contact: name",
    ]
