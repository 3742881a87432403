"""What the cells of a file mean on file: dates, numbers, mails, countries, names, words of other programs."""

from __future__ import annotations

import json
from datetime import date

import pytest

from onewindow.desk.editing import changing
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.reporting.run_report import ImportReport
from onewindow.desk.imports.running import import_file
from onewindow.desk.reports import request_reports
from onewindow.desk.reports.request_reports import read_measures
from onewindow.desk.session.context import Session
from onewindow.desk.sla.clocks import explain, request_clocks
from onewindow.records.clients import BillingDetails, Client, Contact, ContactNote
from onewindow.records.feedback import Opportunity, Revenue, SurveyResponse
from onewindow.records.fields import Record
from onewindow.records.requests import Document, Request, Touch
from onewindow.store import rows
from onewindow.store.requests import threads


def bring(session: Session, kind: str, text: str, name: str = "file.csv", **options: object) -> ImportReport:
    """Import a text with clients made where it names new ones."""
    told = ImportOptions(create_clients=True, **options)  # pyright: ignore[reportArgumentType]
    return import_file(session, kind, text.encode(), name, told)


def on_file(session: Session, record: type[Record], *fields: str) -> list[tuple[object, ...]]:
    """The named fields of all records of a kind, in the order in which they came."""
    return [
        tuple(getattr(each, field) for field in fields)
        for each in rows.fetch(session.store, record, "ORDER BY id")
    ]


def test_times_of_touches_keep_their_instant(session: Session) -> None:
    bring(
        session,
        "touch",
        "client,at,kind,text\n"
        "Час,2026-11-20T24:00:00Z,call,конец дня\n"
        "Час,2026-11-20 14:30 MSK,call,а\n"
        "Час,2026-11-20T14:30:00 Europe/Moscow,call,б\n",
    )
    assert on_file(session, Touch, "at") == [
        ("2026-11-21T00:00:00Z",),
        ("2026-11-20T11:30:00Z",),
        ("2026-11-20T11:30:00Z",),
    ]


def test_an_unknown_zone_of_a_required_time_rejects_the_row_by_its_name(session: Session) -> None:
    report = bring(session, "touch", "client,at,kind,text\nЧас,2026-11-20 14:30 IST,call,а\n")
    assert [(row.verdict, row.reason) for row in report.rows] == [("error", "at: “IST” is not a time zone")]


def test_birthdays_lie_behind_and_empty_dates_are_empty(session: Session) -> None:
    bring(
        session,
        "contact",
        "client,name,birthday\nАльфа,Анна,12.03.58\nАльфа,Вера,12.03.71\nАльфа,Яна,01.01.0001\n",
    )
    assert on_file(session, Contact, "birthday") == [("1958-03-12",), ("1971-03-12",), (None,)]
    report = bring(
        session, "client", "name;since\nБета;01.01.0001 0:00:00\nГамма;05.03.2024\nДельта;31.12.9999\n"
    )
    assert on_file(session, Client, "name", "since")[1:] == [
        ("Бета", None),
        ("Гамма", "2024-03-05"),
        ("Дельта", None),
    ]
    assert [row.reason for row in report.rows] == ["", "", ""]


def test_telephones_and_mails_of_one_cell_take_both_places_and_the_rest_a_note(session: Session) -> None:
    bring(
        session,
        "contact",
        "client,name,phone,email\n"
        'Лилия,Олег,"+7 912 111-22-33, 8 912 444-55-66, 8 912 777-88-99",Oleg <o@x.example>\n'
        "Лилия,Вера,8 (495) 123-45-67 доб. 105,MAILTO:v@x.example; w@x.example\n"
        "Лилия,Борис,359888123456,b@x.example\n",
    )
    assert on_file(session, Contact, "phone", "phone_2", "email", "email_2", "flags") == [
        ("+79121112233", "+79124445566", "o@x.example", "", ""),
        ("+74951234567 ext. 105", "", "v@x.example", "w@x.example", ""),
        ("+359888123456", "", "b@x.example", "", ""),
    ]
    assert on_file(session, ContactNote, "text") == [("phone: +79127778899",)]


def test_a_number_is_read_by_the_country_of_its_row(session: Session) -> None:
    bring(session, "contact", "name,company,phone,country\nJohn Doe,Alfa Inc,905-555-1234,US\n")
    assert on_file(session, Contact, "phone", "flags") == [("+19055551234", "")]


def test_a_client_of_any_country_and_one_of_none(session: Session) -> None:
    bring(session, "client", "name,country,phone\nAlfa,Japan,03-1234-5678\nBeta,Narnia,\nГамма,,\n")
    assert on_file(session, Client, "country", "language") == [("JP", "en"), ("", "en"), ("RU", "ru")]
    assert on_file(session, BillingDetails, "phone")[0] == ("+81312345678",)


def test_a_flag_goes_with_what_it_was_about(session: Session) -> None:
    bring(session, "client", "name,country,stage,rating\nAlfa,Narnia,Negotiation,Hot\n")
    (client,) = rows.fetch(session.store, Client, "")
    assert '"country"' in client.flags
    assert '"stage"' in client.flags
    changing.change(session, client, {"country": "DE", "stage": "leaving"})
    (client,) = rows.fetch(session.store, Client, "")
    assert list(json.loads(client.flags)) == ["tier"]
    changing.change(session, client, {"tier": "A"})
    assert on_file(session, Client, "flags") == [("",)]


def test_a_lost_zero_finds_its_client(session: Session) -> None:
    bring(session, "client", "name,tax_id,country\nНоль,0274062111,RU\n")
    report = bring(session, "client", "name,tax_id,country\nООО Ноль Плюс,274062111,RU\n")
    assert [row.verdict for row in report.rows] == ["update"]
    assert on_file(session, BillingDetails, "tax_id") == [("0274062111",)]


@pytest.mark.parametrize(
    "mark", ["KIND:group", "X-ADDRESSBOOKSERVER-KIND:group", "KIND:location", "MEMBER:urn:uuid:1"]
)
def test_groups_and_places_of_an_address_book_are_no_people(session: Session, mark: str) -> None:
    cards = (
        f"BEGIN:VCARD\nVERSION:4.0\nFN:Поставщики\n{mark}\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:Анна Ким\nN:Ким;Анна;Сергеевна;д-р;\nORG:Лилия\nEND:VCARD\n"
    )
    report = bring(session, "contact", cards, "people.vcf")
    assert on_file(session, Contact, "name") == [("Анна Сергеевна Ким",)]
    assert on_file(session, ContactNote, "text") == [("name: д-р",)]
    assert [row.verdict for row in report.rows] == ["skip", "create"]
    assert "no person" in report.rows[0].reason


def test_requests_keep_the_times_that_a_file_tells_and_metrics_leave_out_what_nobody_measured(
    session: Session,
) -> None:
    report = bring(
        session,
        "request",
        "id,client,subject,created at,First Response Time,resolved at\n"
        "a,Альфа,Без начала,,2026-06-01 09:00,2026-06-01 11:00\n"
        "b,Альфа,Ответ раньше,2026-06-01 08:00,2026-06-01 07:00,2026-06-01 07:30\n"
        "c,Альфа,Как надо,2026-06-01 12:00,2026-06-01 12:30,2026-06-01 13:00\n",
    )
    assert [row.reason for row in report.rows] == [
        "opened_at: the file does not tell when it was opened; metrics leave it out",
        "opened_at: it was opened after its answer; metrics leave it out",
        "",
    ]
    assert on_file(session, Request, "opened_at", "responded_at", "resolved_at", "late_from") == [
        ("2026-06-01T06:00:00Z", "2026-06-01T06:00:00Z", "2026-06-01T08:00:00Z", None),
        ("2026-06-01T05:00:00Z", "2026-06-01T04:00:00Z", "2026-06-01T04:30:00Z", None),
        ("2026-06-01T09:00:00Z", "2026-06-01T09:30:00Z", "2026-06-01T10:00:00Z", None),
    ]
    *_, facts = read_measures(session, session.store, date(2026, 6, 1), date(2026, 6, 1))
    assert (facts.done, facts.untimed) == (3, 2)
    (row,) = request_reports.report(facts.requests, "response", "all")
    assert row.times.n == 1
    for each in rows.fetch(session.store, Request, "ORDER BY id"):
        changing.change(session, each, {"title": f"{each.title}."})
    assert on_file(session, Request, "responded_at")[1] == ("2026-06-01T04:00:00Z",)


def test_an_account_is_a_client_a_code_or_a_bank_account(session: Session) -> None:
    bring(session, "client", "account,name\nKonto Ltd,Alfa\n")
    bring(session, "client", "account,sector\nAcme,retail\n")
    bring(session, "client", "account,name\nACC-17,Beta\n")
    bring(session, "client", "name,account\nGamma,40702810900000002851\n")
    assert on_file(session, Client, "name") == [("Konto Ltd",), ("Acme",), ("Beta",), ("Gamma",)]
    assert on_file(session, Contact, "name") == [("Alfa",)]
    assert [account for (account,) in on_file(session, BillingDetails, "account")] == ["40702810900000002851"]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("InvoiceNo", "invoice"),
        ("Номер счета", "invoice"),
        ("Contract number", "contract"),
        ("Номер акта", "act"),
    ],
)
def test_the_name_of_a_column_of_numbers_tells_what_documents_are_of(
    session: Session, header: str, kind: str
) -> None:
    bring(session, "document", f"{header},Client,Date,Total\nN-1,Alfa,2026-01-05,100\n")
    assert on_file(session, Document, "number", "document_kind") == [("N-1", kind)]


def test_what_the_other_program_threw_away_stays_out_and_is_told(session: Session) -> None:
    report = bring(
        session,
        "request",
        "id,client,subject,status,deleted\n1,Alfa,A,deleted,\n2,Alfa,B,Спам,\n3,Alfa,C,open,true\n4,Alfa,D,open,false\n",
    )
    assert [row.verdict for row in report.rows] == ["skip", "skip", "skip", "create"]
    assert report.rows[0].reason == "the other program holds it as “deleted”"
    assert on_file(session, Request, "title") == [("D",)]


def test_an_unknown_word_is_flagged_and_kept_in_every_kind_and_refused_where_it_tells_all(
    session: Session,
) -> None:
    changing.add(session, "survey", {"title": "S", "metric": "nps", "questions": "Q?"})
    answered = bring(session, "survey_response", "survey,client,score,channel\nS,Alfa,9,carrier pigeon\n")
    asked = bring(session, "request", "client,subject,channel\nAlfa,Printer,carrier pigeon\n")
    for report in (answered, asked):
        assert report.rows[0].verdict == "create"
        assert "“carrier pigeon” is not one of" in report.rows[0].reason
    assert on_file(session, SurveyResponse, "score", "comment") == [(9, "channel: carrier pigeon")]
    assert on_file(session, Request, "text") == [("channel: carrier pigeon",)]
    paid = bring(session, "revenue", "client,date,amount,kind\nAlfa,2026-01-05,100,чушь\n")
    assert [row.verdict for row in paid.rows] == ["error"]


def test_opportunities_know_when_they_began(session: Session) -> None:
    bring(
        session,
        "opportunity",
        "id,client,title,engage date,close date,stage\n1,Alfa,One,2025-01-10,2025-03-01,Won\n",
    )
    assert on_file(session, Opportunity, "begun_on", "closed_on") == [("2025-01-10", "2025-03-01")]
    client_id = rows.fetch(session.store, Client, "")[0].id
    made = changing.add(session, "opportunity", {"title": "Новая"}, client_id)
    assert getattr(made, "begun_on", None) == session.today().isoformat()


def test_a_client_that_a_file_of_people_names_is_of_the_country_of_its_row(session: Session) -> None:
    bring(
        session,
        "contact",
        "client,name,phone,country\nSofia Soft,Иво,0888123456,България\nРомашка,Анна,8 912 000-11-01,\n",
    )
    assert on_file(session, Client, "name", "country") == [("Sofia Soft", "BG"), ("Ромашка", "RU")]
    assert on_file(session, Contact, "phone") == [("+359888123456",), ("+79120001101",)]


def test_a_phone_that_is_typed_is_of_the_country_of_the_client(session: Session) -> None:
    client = changing.add(session, "client", {"name": "София Софт", "country": "България"})
    contact = changing.add(session, "contact", {"name": "Иво", "phone": "0888 123 456"}, client.id)

    assert isinstance(contact, Contact)
    assert (contact.phone, contact.flags) == ("+359888123456", "")
    moved = changing.edit(session, contact, {"phone_2": "02 123 4567"})
    assert moved.phone_2 == "+35921234567"


def test_a_client_is_found_by_its_tax_id_without_the_zero_that_a_spreadsheet_took(session: Session) -> None:
    bring(session, "client", "name,inn\nАдыгея,0274062111\n")
    bring(session, "revenue", "client,date,id,amount\n274062111,2026-11-02,1,100\n")

    assert on_file(session, Client, "name") == [("Адыгея",)]


def test_what_was_wrong_with_the_person_of_a_client_is_forgotten_when_it_is_mended(session: Session) -> None:
    bring(session, "client", "name,contact,birthday,tier\nРомашка,Анна,весной,платина\n")
    (client,) = rows.fetch(session.store, Client, "")
    assert set(json.loads(client.flags)) == {"tier", "contact.birthday"}
    (contact,) = rows.fetch(session.store, Contact, "")

    changing.edit(session, contact, {"role": "директор"})
    assert on_file(session, Client, "flags") == [(client.flags,)]
    (contact,) = rows.fetch(session.store, Contact, "")
    changing.edit(session, contact, {"birthday": "05.03.1990"})

    (client,) = rows.fetch(session.store, Client, "")
    assert set(json.loads(client.flags)) == {"tier"}
    session.undo()
    (client,) = rows.fetch(session.store, Client, "")
    assert set(json.loads(client.flags)) == {"tier", "contact.birthday"}


def test_an_answer_that_a_file_does_not_tell_is_no_answer_and_is_counted_beside(session: Session) -> None:
    bring(
        session,
        "request",
        "id,client,subject,created at,first response,resolved at,status\n"
        "a,Альфа,Решено,2026-06-01 09:00,,2026-06-05 11:00,solved\n"
        "b,Альфа,Ждём клиента,2026-06-01 09:00,,,pending\n"
        "c,Альфа,Как надо,2026-06-01 12:00,2026-06-01 12:30,2026-06-01 13:00,solved\n",
    )

    assert on_file(session, Request, "responded_at", "resolved_at") == [
        (None, "2026-06-05T08:00:00Z"),
        (None, None),
        ("2026-06-01T09:30:00Z", "2026-06-01T10:00:00Z"),
    ]
    *_, facts = read_measures(session, session.store, date(2026, 6, 1), date(2026, 6, 1))
    (response,) = request_reports.report(facts.requests, "response", "all")
    (resolution,) = request_reports.report(facts.requests, "resolution", "all")
    assert (response.times.n, resolution.times.n) == (1, 2)
    assert facts.untimed_text == ("2 of them do not tell when it was answered and have no response time.")
    for each in rows.fetch(session.store, Request, "ORDER BY id"):
        book = session.directory.policies
        events = threads.events(session.store, each.id)
        clocks = request_clocks(book, each, "C", events, session.clock())
        assert clocks is not None
        assert clocks.first_response.breached is False
        changing.change(session, each, {"title": f"{each.title}."})
    assert on_file(session, Request, "responded_at")[0] == (None,)


def test_an_opening_that_is_missing_in_its_column_is_flagged_and_said_in_why(session: Session) -> None:
    report = bring(
        session,
        "request",
        "id,client,subject,created at,resolved at,status\n"
        "a,Альфа,Открыта,,,open\n"
        "b,Альфа,Когда-нибудь,31.12.9999,,open\n"
        "c,Альфа,Решена,,2026-06-05 11:00,solved\n",
    )

    assert {row.reason for row in report.rows} == {
        "opened_at: the file does not tell when it was opened; metrics leave it out"
    }
    *_, solved = rows.fetch(session.store, Request, "ORDER BY id")
    events = threads.events(session.store, solved.id)
    book = session.directory.policies
    said = explain(book, solved, "C", events, session.clock(), "Europe/Moscow")
    assert said[0].startswith("Nobody knows when it was opened: the file does not tell when it was opened.")
    clocks = request_clocks(book, solved, "C", events, session.clock())
    assert clocks is not None
    assert not any(clock.breached for clock in (clocks.first_response, clocks.resolution))


def test_numbers_that_a_spreadsheet_made_fractions_of_are_whole_again(session: Session) -> None:
    bring(session, "client", "id,name,inn,kpp,phone\n17.0,Альфа,7707083893.0,770701001.0,89120001101.0\n")
    bring(session, "revenue", "client,date,id,amount\n7707083893.0,2026-11-02,1,100.0\n")

    assert on_file(session, Client, "name", "external_id") == [("Альфа", "17")]
    assert on_file(session, BillingDetails, "tax_id", "kpp", "phone") == [
        ("7707083893", "770701001", "+79120001101")
    ]
    assert on_file(session, Revenue, "amount") == [(10000,)]


def test_days_of_a_spreadsheet_and_words_for_no_day(session: Session) -> None:
    report = bring(
        session,
        "document",
        "client;number;kind;issued_on;expires_on\n"
        "Альфа;1;договор;46000;бессрочно\n"
        "Альфа;2;договор;45999,5;не закрыта\n",
    )

    assert [row.reason for row in report.rows] == ["", ""]
    assert on_file(session, Document, "issued_on") == [("2025-12-09",), ("2025-12-08",)]


def test_a_kind_that_is_none_of_ours_is_other(session: Session) -> None:
    report = bring(session, "document", "client;number;kind\nАльфа;1;Акт сверки\n")

    assert on_file(session, Document, "document_kind") == [("other",)]
    assert "“Акт сверки” is not one of" in report.rows[0].reason


def test_a_solution_that_a_file_does_not_tell_is_not_made_up_and_is_counted_beside(session: Session) -> None:
    report = bring(
        session,
        "request",
        "id,client,subject,created at,first response,resolved at,status\n"
        "a,Альфа,Без времени,2026-06-01 09:00,,,solved\n"
        "b,Альфа,Неясно,2026-06-01 09:00,2026-06-01 09:20,after lunch,solved\n"
        "c,Альфа,Открыта,2026-06-01 09:00,2026-06-01 09:20,2026-06-02 09:00,open\n"
        "d,Альфа,Отклонена,2026-06-01 09:00,,,declined\n"
        "e,Альфа,Как надо,2026-06-01 12:00,2026-06-01 12:30,2026-06-01 13:00,solved\n",
    )

    assert on_file(session, Request, "responded_at", "resolved_at") == [
        (None, None),
        ("2026-06-01T06:20:00Z", None),
        ("2026-06-01T06:20:00Z", None),
        (None, None),
        ("2026-06-01T09:30:00Z", "2026-06-01T10:00:00Z"),
    ]
    untold = "resolved_at: the file does not tell when it was resolved; metrics leave it out"
    reasons = [row.reason for row in report.rows]
    assert (reasons[0], reasons[3], reasons[4]) == (untold, untold, "")
    assert "“after lunch”" in reasons[1]
    assert "is open by its status" in reasons[2]
    *_, facts = read_measures(session, session.store, date(2026, 6, 1), date(2026, 6, 1))
    (resolution,) = request_reports.report(facts.requests, "resolution", "all")
    assert resolution.times.median == 3600
    assert facts.untimed_text.endswith(
        "3 of them do not tell when it was resolved and have no resolution time."
    )
    for each in rows.fetch(session.store, Request, "ORDER BY id"):
        changing.change(session, each, {"title": f"{each.title}."})
    assert [at for (at,) in on_file(session, Request, "resolved_at")][:4] == [None] * 4


def test_a_touch_has_the_direction_of_its_kind_its_whole_text_and_lies_behind(session: Session) -> None:
    report = bring(
        session,
        "touch",
        "Клиент;Дата;Тип;Тема;Описание\n"
        "Лютик;27.11.2025;Исходящий звонок;Оплата;Обещал заплатить\n"
        "Лютик;20.11.2025 10:00;Входящее письмо;Вопрос;\n"
        "Лютик;21.11.2025 10:00;Outbound email;;Ответ\n"
        "Лютик;22.11.2025 10:00;Голубь;Голубь;прилетел\n"
        "Лютик;02.12.2099 10:00;Встреча;План;Обсудить\n",
    )

    assert on_file(session, Touch, "touch_kind", "direction", "text") == [
        ("call", "out", "Оплата\nОбещал заплатить"),
        ("mail", "in", "Вопрос"),
        ("mail", "out", "Ответ"),
        ("note", "in", "Голубь\nприлетел\ntouch_kind: Голубь"),
    ]
    assert [row.verdict for row in report.rows] == [*["create"] * 4, "error"]
    assert report.rows[0].reason == report.rows[1].reason == report.rows[2].reason == ""
    assert "it lies ahead" in report.rows[4].reason
