"""Import of every other kind: read, found again, changed, taken back; what cannot be stored is kept."""

from __future__ import annotations

import pytest

from onewindow.desk.editing import changing
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.reporting.run_report import ImportReport
from onewindow.desk.imports.running import import_file
from onewindow.desk.imports.undo import named_run, undo_import
from onewindow.desk.session.context import Session
from onewindow.exchange.problems import FileProblem
from onewindow.records.adoption import Licence, Product, Usage
from onewindow.records.clients import Client, Promise
from onewindow.records.feedback import Feedback, Opportunity, Revenue, Survey, SurveyResponse
from onewindow.records.fields import Record
from onewindow.records.kinds import IMPORTED_KINDS, KINDS
from onewindow.records.organization import Staff
from onewindow.records.requests import Document, Request, RequestEvent, Touch
from onewindow.store import rows

_FILES = {
    "request": (
        "Ticket ID;Organization;Subject;Description;Status;Priority;Created at;Solved at\n"
        '17;Ромашка;"Не печатает";"строка 1\nстрока 2";solved;urgent;2026-03-02 10:00;2026-03-02 15:30\n'
        "18;Ромашка;Нужен доступ;;в работе;высокий;2026-11-20 09:00;\n"
    ),
    "document": (
        "Номер;Дата;Контрагент;Сумма;Вид документа;Статус\n"
        "12/1;05.03.2026;Ромашка;1 200,50;Счет на оплату;Оплачен\n;06.03.2026;Ромашка;7;акт;черновик\n"
    ),
    "product": "SKU;Product;Price;Currency\nA1;Склад;1200,5;EUR\nA2;Касса;;EUR\n",
    "licence": (
        "Account Name;SKU;Seats;Active users;Start date;End date\nРомашка;Учёт;10;7;2026-01-01;2026-12-31\n"
    ),
    "revenue": (
        "Клиент;Месяц;Выручка;Вид\nРомашка;март 2026;1.200,50;лицензии\nРомашка;2026-04;300,00;услуги\n"
    ),
    "usage": "Company;Product;Date;Users;Events\nРомашка;Учёт;2026-03-02;4;10\nРомашка;Учёт;2026-03-04;6;5\n",
    "feedback": "Компания;Дата;Отзыв;Тип\nРомашка;5 марта 2026;Хочу отчёт по складу;пожелание\n",
    "opportunity": (
        "Deal ID,Deal Name,Company,Deal Stage,Amount,Close Date\n"
        'd1,Rollout,Ромашка,Closed Won,"1,200.50",2026-03-05\nd2,More,Ромашка,Демонстрация,30.00,2026-12-05\n'
    ),
    "touch": (
        "Company;Date;Type;Note\nРомашка;2026-03-02 10:00;Call;обсудили сроки\nРомашка;2026-03-02;Note;ждёт\n"
    ),
    "promise": (
        "Клиент;Обещание;Срок;Статус\nРомашка;Скидка 10 %;01.12.2026;новое\nРомашка;Выезд;;выполнено\n"
    ),
    "survey_response": "Company;Survey;Score;Date;Comment\nРомашка;NPS 2026;9;2026-03-02 10:00;всё хорошо\n",
    "handover": "Client;Deal;Sent on;Status\nРомашка;Внедрение;2026-03-02;принят\n",
    "staff": "Sales agent;Regional office\nAnna Snelling;Central\nBoris Faz;East\n",
    "task": "Клиент;Что сделать;Срок\nРомашка;Позвонить;01.12.2026\n",
}


@pytest.fixture
def romashka(session: Session) -> Client:
    """A client, a product and a survey that the files name."""
    client = changing.insert(session, Client(name="Ромашка", tier="A"))
    changing.insert(session, Product(name="Учёт", slug="uchet"))
    changing.insert(session, Survey(title="NPS 2026", questions="Посоветуете нас?"))
    return client


def _import(session: Session, kind: str, text: str | bytes, **options: object) -> ImportReport:
    data = text.encode() if isinstance(text, str) else text
    return import_file(session, kind, data, "file", ImportOptions(**options))  # pyright: ignore[reportArgumentType]


def _verdicts(report: ImportReport) -> list[str]:
    return [row.verdict for row in report.rows]


def _living(session: Session, record: type[Record]) -> list[Record]:
    return rows.fetch(session.store, record, "WHERE archived_at IS NULL ORDER BY id")


def _contents(session: Session) -> dict[str, list[dict[str, object]]]:
    """Everything in daily view, without what every write moves."""
    return {
        name: [
            {field: value for field, value in vars(each).items() if field not in ("version", "updated_at")}
            for each in _living(session, kind.record)
        ]
        for name, kind in KINDS.items()
        if name in IMPORTED_KINDS
    }


@pytest.mark.parametrize("kind", list(_FILES))
def test_a_second_import_changes_nothing_and_taking_back_restores_the_file(
    session: Session, romashka: Client, kind: str
) -> None:
    assert romashka.id
    before = _contents(session)

    first = _import(session, kind, _FILES[kind])
    stored = _contents(session)
    again = _import(session, kind, _FILES[kind])

    assert set(_verdicts(first)) <= {"create", "skip"}, first.rows
    assert first.count("create") == len(stored[kind]) - len(before[kind]) > 0
    assert set(_verdicts(again)) == {"skip"}, again.rows
    assert _contents(session) == stored

    undone = undo_import(session, named_run(session, str(first.run_id)))
    assert undone.kept == ()
    assert _contents(session) == before
    assert set(_verdicts(_import(session, kind, _FILES[kind]))) <= {"create", "skip"}


@pytest.mark.parametrize("kind", list(_FILES))
def test_a_dry_run_says_the_same_and_leaves_no_trace(session: Session, romashka: Client, kind: str) -> None:
    before = (_contents(session), session.store.scalar("SELECT COUNT(*) FROM event"), romashka.id)

    dry = import_file(session, kind, _FILES[kind].encode(), "file", dry_run=True)

    assert (_contents(session), session.store.scalar("SELECT COUNT(*) FROM event"), romashka.id) == before
    assert _verdicts(dry) == _verdicts(_import(session, kind, _FILES[kind]))


def test_tickets_keep_their_times_so_that_their_clocks_are_right(session: Session, romashka: Client) -> None:
    _import(session, "request", _FILES["request"])

    solved, open_ = _living(session, Request)
    assert isinstance(solved, Request)
    assert (solved.external_id, solved.client_id, solved.priority) == ("17", romashka.id, "urgent")
    assert (solved.opened_at, solved.resolved_at) == ("2026-03-02T07:00:00Z", "2026-03-02T12:30:00Z")
    assert solved.text == "строка 1\nстрока 2"
    assert solved.due_at is None
    events = rows.fetch(session.store, RequestEvent, "ORDER BY at, id")
    assert [(e.request_id, e.event_kind, e.at) for e in events][:2] == [
        (solved.id, "opened", solved.opened_at),
        (solved.id, "resolve", solved.resolved_at),
    ]
    assert isinstance(open_, Request)
    assert (open_.status, open_.number) == ("open", solved.number + 1)
    assert open_.due_at is not None


def test_a_ticket_that_was_solved_meanwhile_is_resolved_at_its_own_time(
    session: Session, romashka: Client
) -> None:
    assert romashka.id
    _import(session, "request", _FILES["request"])

    report = _import(
        session,
        "request",
        _FILES["request"]
        .replace("в работе", "решено")
        .replace("2026-11-20 09:00;\n", "2026-11-20 09:00;2026-11-21 12:00\n"),
    )

    assert _verdicts(report) == ["skip", "update"]
    assert report.rows[1].differences["status"] == ("open", "resolved")
    request = _living(session, Request)[1]
    assert isinstance(request, Request)
    assert (request.status, request.resolved_at) == ("resolved", "2026-11-21T09:00:00Z")
    undo_import(session, named_run(session, "last"))
    request = _living(session, Request)[1]
    assert isinstance(request, Request)
    assert (request.status, request.resolved_at) == ("open", None)


def test_stages_of_deals_and_their_dates_become_states(session: Session, romashka: Client) -> None:
    report = _import(session, "opportunity", _FILES["opportunity"])

    won, open_ = _living(session, Opportunity)
    assert isinstance(won, Opportunity)
    assert (won.state, won.closed_on, won.amount, won.client_id) == ("won", "2026-03-05", 120050, romashka.id)
    assert isinstance(open_, Opportunity)
    assert (open_.state, open_.closed_on, open_.expected_on) == ("accepted", None, "2026-12-05")
    assert open_.evidence == "state: Демонстрация"
    assert "state" in report.rows[1].reason


def test_days_of_use_add_up_to_weeks_over_the_whole_file(session: Session, romashka: Client) -> None:
    _import(session, "usage", _FILES["usage"])

    (week,) = _living(session, Usage)
    assert isinstance(week, Usage)
    assert (week.client_id, week.active_users, week.volume) == (romashka.id, 6, 15)

    more = _import(session, "usage", "Company;Product;Date;Users;Events\nРомашка;Учёт;2026-03-05;9;20\n")
    assert more.rows[0].differences == {"active_users": (6, 9), "volume": (15, 20)}


def test_values_of_several_countries_arrive_as_they_were_meant(session: Session, romashka: Client) -> None:
    for kind in ("document", "revenue", "licence", "feedback", "promise", "survey_response", "touch"):
        _import(session, kind, _FILES[kind])

    assert romashka.id
    paid, draft = _living(session, Document)
    assert isinstance(paid, Document)
    assert (paid.document_kind, paid.state, paid.amount, paid.signed_on) == (
        "invoice",
        "received",
        120050,
        "2026-03-05",
    )
    assert isinstance(draft, Document)
    assert (draft.title, draft.amount) == ("act", 700)
    march, april = _living(session, Revenue)
    assert isinstance(march, Revenue)
    assert isinstance(april, Revenue)
    assert (march.on_date, march.amount, april.on_date) == ("2026-03-01", 120050, "2026-04-01")
    (licence,) = _living(session, Licence)
    assert isinstance(licence, Licence)
    assert (licence.bought, licence.active, licence.ends_on) == (10, 7, "2026-12-31")
    (wish,) = _living(session, Feedback)
    assert isinstance(wish, Feedback)
    assert (wish.feedback_kind, wish.said_on) == ("wish", "2026-03-05")
    new, kept = _living(session, Promise)
    assert isinstance(new, Promise)
    assert isinstance(kept, Promise)
    assert (new.due_on, new.status, kept.status) == ("2026-12-01", "new", "kept")
    (answer,) = _living(session, SurveyResponse)
    assert isinstance(answer, SurveyResponse)
    assert (answer.score, answer.at) == (9, "2026-03-02T07:00:00Z")
    call, _ = _living(session, Touch)
    assert isinstance(call, Touch)
    assert (call.touch_kind, call.at) == ("call", "2026-03-02T07:00:00Z")


def test_an_unknown_client_rejects_the_row_or_is_made_with_a_flag(session: Session, romashka: Client) -> None:
    assert romashka.id
    text = "Company;Deal Name;Deal ID\nРомашка;a;1\nВектор;b;2\nвектор;c;3\n"

    refused = _import(session, "opportunity", text)
    made = _import(session, "opportunity", text, create_clients=True)

    assert _verdicts(refused) == ["create", "error", "error"]
    assert "no client “Вектор”" in refused.rows[1].reason
    assert [row.values["Deal ID"] for row in refused.rejected] == ["2", "3"]
    assert _verdicts(made) == ["skip", "create", "create"]
    vektor = [each for each in _living(session, Client) if getattr(each, "name", "") == "Вектор"]
    assert len(vektor) == 1
    assert "import" in str(getattr(vektor[0], "flags", ""))
    undo_import(session, named_run(session, "last"))
    assert len(_living(session, Client)) == 1


def test_rows_without_ids_that_are_alike_stay_as_many_as_they_are(session: Session, romashka: Client) -> None:
    assert romashka.id
    text = "Клиент;Дата;Сумма\n" + "Ромашка;05.03.2026;100,00\n" * 3

    assert _verdicts(_import(session, "revenue", text)) == ["create"] * 3
    assert _verdicts(_import(session, "revenue", text)) == ["skip"] * 3
    assert _verdicts(_import(session, "revenue", text + "Ромашка;05.03.2026;100,00\n")) == [
        *["skip"] * 3,
        "create",
    ]


def test_what_cannot_be_read_is_kept_where_there_is_room_and_refused_where_not(
    session: Session, romashka: Client
) -> None:
    assert romashka.id
    kept = _import(session, "document", "Клиент;Номер;Сумма\nРомашка;1;много\n")
    refused = _import(session, "licence", "Клиент;Продукт;Количество\nРомашка;Учёт;много\n")
    lost = _import(session, "licence", "Клиент;Продукт;Количество\nРомашка;Нет такого;5\n")

    (document,) = _living(session, Document)
    assert getattr(document, "note", "") == "amount: много"
    assert "amount" in kept.rows[0].reason
    assert _verdicts(refused) == ["error"]
    assert refused.rows[0].reason.startswith("bought:")
    assert "there is no product “Нет такого”" in lost.rows[0].reason


def test_dates_that_can_be_read_both_ways_are_refused_until_somebody_decides(
    session: Session, romashka: Client
) -> None:
    assert romashka.id
    text = "Клиент;Дата оплаты;Сумма\nРомашка;03/04/2026;100,00\n"

    with pytest.raises(FileProblem, match=r"column Дата оплаты.*--dates"):
        _import(session, "revenue", text)

    _import(session, "revenue", text, dates="mdy")
    (payment,) = _living(session, Revenue)
    assert getattr(payment, "on_date", "") == "2026-03-04"


def test_references_find_records_by_any_of_their_names(session: Session, romashka: Client) -> None:
    _import(session, "staff", _FILES["staff"])
    agent = _living(session, Staff)[-1]
    names = (f"C-{romashka.number}", romashka.slug, str(romashka.id), "РОМАШКА")
    text = "Company;Deal Name;Deal ID;Product;Sales agent\n" + "".join(
        f"{name};x;{at};УЧЁТ;{who}\n"
        for at, (name, who) in enumerate(
            zip(names, ("Boris Faz", "Faz Boris", "boris.faz", "Boris"), strict=True)
        )
    )

    report = _import(session, "opportunity", text)

    assert _verdicts(report) == ["create"] * 4
    deals = _living(session, Opportunity)
    assert {getattr(each, "assignee_id", 0) for each in deals} == {agent.id}
    assert None not in {getattr(each, "product_id", None) for each in deals}
