"""What an import says of what it changed: names, not ids; the place where texts differ; what was added."""

from __future__ import annotations

import pytest

from onewindow.desk.editing import changing
from onewindow.desk.editing.catalogue_rows import Selection, pieces
from onewindow.desk.imports import undo
from onewindow.desk.imports.explanation import full_lines, short_lines
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.reading.shaping import Shape
from onewindow.desk.imports.reporting.differences import shown_change
from onewindow.desk.imports.reporting.run_report import ImportReport, RowVerdict
from onewindow.desk.imports.running import import_file
from onewindow.desk.session.context import Session
from onewindow.exchange.headers.matching import MapProblem
from onewindow.records.clients import BillingDetails, Client
from onewindow.records.feedback import Revenue
from onewindow.records.organization import Staff
from onewindow.records.requests import Document, Request
from onewindow.store import rows


def _import(session: Session, kind: str, text: str, **options: object) -> ImportReport:
    return import_file(session, kind, text.encode(), "file.csv", ImportOptions(**options))  # pyright: ignore[reportArgumentType]


def test_a_reference_is_told_by_names_and_an_addition_as_one(session: Session) -> None:
    _import(session, "client", "name;owner;note\nВектор;Иванова Мария;Отгружают до десяти утра\n")

    report = _import(session, "client", "name;owner;note;tier\nВектор;Петров Олег;;палисандр\n")
    whole = "\n".join(full_lines(report))

    lines = short_lines(report)
    assert lines[0] == "Overwritten owner in 1: Вектор: Иванова Мария → Петров Олег."
    assert lines[1] == "Added to note in 1: Вектор: added “tier: палисандр”."
    assert "row 2, Вектор: owner: Иванова Мария → Петров Олег" in whole
    assert "row 2, Вектор: note: added “tier: палисандр”" in whole
    assert "Rejected:" not in whole, "no heading without anything under it"


def test_what_was_empty_and_is_filled_is_told(session: Session) -> None:
    _import(session, "client", "name\nВектор\n")

    report = _import(session, "client", "name;owner;phone\nВектор;Петров Олег;+7 916 220-14-08\n")

    assert "Filled owner in 1: Вектор: Петров Олег." in short_lines(report)
    assert "Filled phone in 1: Вектор: +79162201408." in short_lines(report)


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("Уфа", "Казань", "Уфа → Казань"),
        (None, "Казань", "(empty) → Казань"),
        (
            "Отгружают до десяти утра, днём на складе никого нет",
            "Отгружают до десяти утра, днём на складе все",
            "…м на складе никого нет → …м на складе все",
        ),
        ("а" * 50 + "б" + "в" * 50, "а" * 50 + "г", f"…{'а' * 12}б{'в' * 27}… → …{'а' * 12}г"),
        ("первое", "первое\nвторое", "added “второе”"),
    ],
)
def test_both_sides_are_cut_around_the_difference(before: str | None, after: str, wanted: str) -> None:
    assert shown_change("note", (before, after), {}) == wanted


def test_an_import_undone_as_a_change_is_reverted_in_every_list(session: Session) -> None:
    _import(session, "client", "name;tax_id\nВектор;7707083893\n")
    session.undo()

    (run,) = undo.runs(session)
    assert run.reverted_at is not None
    shown = [each for piece in pieces(session, session.store, Selection("import_run")) for each in piece.ids]
    assert shown == [run.id], "it stays in the window's list"

    session.redo()
    assert [run.reverted_at for run in undo.runs(session)] == [None]


def test_taking_back_names_the_kinds_and_leaves_a_kept_client_its_tax_id(session: Session) -> None:
    _import(
        session, "client", "name;tax_id;phone\nВектор;7707083893;+79162201408\nБета;7728168971;+79162201409\n"
    )
    (one, _) = rows.fetch(session.store, Client, "WHERE archived_at IS NULL ORDER BY id")
    changing.change(session, one, {"city": "Тверь"})

    report = undo.undo_import(session, undo.named_run(session, "last"))

    assert sorted(report.archived_words.removeprefix("2: ").split(", ")) == ["1 client", "1 requisites"]
    living = rows.fetch(session.store, BillingDetails, "WHERE archived_at IS NULL")
    assert [(each.client_id, each.tax_id) for each in living] == [(one.id, "7707083893")]
    assert {each.kind for each in report.kept} == {"client", "requisites"}


def test_money_given_back_is_a_discount_and_a_deal_of_nothing_is_refused(session: Session) -> None:
    _import(session, "client", "name\nВектор\n")

    money = _import(
        session, "revenue", "client;date;amount\nВектор;03.02.2026;100\nВектор;04.02.2026;-40,50\n"
    )
    deals = _import(session, "opportunity", "client;notice\nВектор;\nВектор;x\n")

    assert [row.reason for row in money.rows][
        1
    ] == "amount: money given back came in as a discount, without a minus"
    found = session.store.rows("SELECT revenue_kind, amount FROM revenue ORDER BY id")
    assert found == [("licence", 10000), ("discount", 4050)]
    assert {row.verdict for row in deals.rows} == {"error"}
    assert deals.rows[0].reason.startswith("it tells nothing of a deal")


def test_made_clients_and_missing_colleagues_are_said(session: Session) -> None:
    text = "client;date;amount\nЛютик АО;03.02.2026;100\nЛютик АО;04.02.2026;50\nРоза;05.02.2026;70\n"
    money = _import(session, "revenue", text, create_clients=True)
    people = _import(session, "client", "name;owner\nВектор;Ларин Пётр\n")

    assert "2 clients made, whom only this file names: Лютик АО, Роза." in money.notes
    assert (
        "No colleague is called Ларин Пётр; bring colleagues in first (`onewindow import staff`, or"
        " `onewindow staff add`), then this file again."
    ) in people.notes


def test_a_folder_of_the_other_program_is_no_client(session: Session) -> None:
    text = (
        "Код;Наименование;ПометкаУдаления;Это группа\n"
        "00-13;Покупатели;Нет;Да\n00-14;Вектор;Нет;Нет\n00-15;Старые;Да;Нет\n"
    )
    report = _import(session, "client", text)

    assert [row.name for row in report.rows if row.verdict == "create"] == ["Вектор"]
    left_out = "\n".join(line for line in short_lines(report) if line.startswith("Left out"))
    assert "it is a folder of the other program: “Это группа: Да” (row 2" in left_out
    assert "the other program holds it as “ПометкаУдаления: Да” (row 4" in left_out


def test_each_row_of_a_reason_has_its_own_word(session: Session) -> None:
    _import(session, "client", "name\nВектор\n")
    text = "client;title;status\nВектор;Печать;open\nВектор;Вход;Suspended\nВектор;Отчёт;Deleted\n"
    (told,) = [line for line in short_lines(_import(session, "request", text)) if line.startswith("Left out")]
    assert told.startswith("Left out 2: the other program holds it as “Suspended” (row 3")
    assert told.rstrip(".").endswith(": “Deleted”)")
    again = "client;title;status\nВектор;Вход;Deleted\nВектор;Отчёт;Deleted\n"
    (told,) = [
        line for line in short_lines(_import(session, "request", again)) if line.startswith("Left out")
    ]
    assert told.count("“Deleted”") == 1


def test_a_row_is_named_on_one_line(session: Session) -> None:
    text = 'client;amount;on date;note\n;1,50;01.11.2026;"Оплата\nсчёта 5"\n'
    assert all("\n" not in line for line in short_lines(_import(session, "revenue", text)))


def test_an_amount_of_three_decimals_is_no_thousand(session: Session) -> None:
    _import(session, "client", "name\nВектор\n")
    text = "client;amount;currency;on date\nВектор;12.345;BHD;01.11.2026\nВектор;12.345;RUB;02.11.2026\n"
    _import(session, "revenue", text)
    found = rows.fetch(session.store, Revenue, "ORDER BY on_date")
    assert [(each.amount, each.currency) for each in found] == [(12345, "BHD"), (1234500, "RUB")]


def test_amounts_are_read_as_other_programs_write_them(session: Session) -> None:
    _import(session, "client", "name\nВектор\n")
    amounts = {"250,00-": -25000, "1 000−": -100000, "+500": 50000, "1e3": 100000, "1,2E+03": 120000}
    lines = "".join(f"Вектор;{text};{day:02}.11.2026;invoice\n" for day, text in enumerate(amounts, 1))
    report = _import(session, "document", f"client;amount;date;document kind\n{lines}")
    assert not report.count("error"), short_lines(report)
    found = rows.fetch(session.store, Document, "ORDER BY issued_on")
    assert [each.amount for each in found] == list(amounts.values())


def test_two_colleagues_of_one_surname_are_said_as_two_and_not_as_nobody(session: Session) -> None:
    changing.insert(session, Staff(login="mivanova", name="Иванова Майя"))

    report = _import(session, "client", "name;owner\nВектор;Иванова\nЗенит;Ларин\n")

    both = "Иванова Майя (mivanova), Иванова Мария (ivanova)"
    assert (
        f"Several colleagues are called Иванова: {both}; --value COLUMN:Иванова=LOGIN says who is meant."
        in (report.notes)
    )
    assert sum("No colleague is called Ларин; " in note for note in report.notes) == 1
    assert not any("No colleague is called Иванова" in note for note in report.notes)
    assert f"owner: “Иванова” may mean several colleagues ({both})" in report.rows[0].reason
    again = _import(
        session, "client", "name;owner\nВектор;Иванова\n", shape=Shape(words={"owner:Иванова": "mivanova"})
    )
    assert again.rows[0].verdict == "update"


@pytest.mark.parametrize(
    ("shape", "wanted"),
    [
        (Shape({"tier": "Z"}), "--set tier=Z: tier: “Z” is not one of A, B, C, D."),
        (Shape({"since": "31.06.2026"}), "--set since=31.06.2026: since: "),
        (Shape({"country": "Нетландия"}), "--set country=Нетландия: country: “Нетландия” is not a country."),
        (Shape({"owner": "Ларин"}), "--set owner=Ларин: there is no colleague “Ларин”."),
        (Shape(words={"Класс:vip": "Z"}), "--value Класс:vip=Z: tier: “Z” is not one of A, B, C, D."),
    ],
)
def test_a_value_for_the_whole_file_that_its_field_cannot_take_is_refused_at_once(
    session: Session, shape: Shape, wanted: str
) -> None:
    with pytest.raises(MapProblem) as refused:
        _import(session, "client", "name;Класс\nВектор;vip\n", shape=shape, mapped={"Класс": "tier"})

    assert wanted in str(refused.value)
    assert rows.fetch(session.store, Client, "") == []


@pytest.mark.parametrize(
    "text",
    [
        '{"_embedded": {"leads": [{"name": "Вектор"}, {"name": "Альфа"}]}}',
        '{"meta": {"count": 2}, "data": {"items": [{"name": "Вектор"}, {"name": "Альфа"}]}}',
        '{"result": {"page": 1, "clients": {"list": [{"name": "Вектор"}, {"name": "Альфа"}]}}}',
    ],
)
def test_the_list_of_an_answer_is_found_where_it_lies_deeper(session: Session, text: str) -> None:
    report = import_file(session, "client", text.encode(), "answer.json", ImportOptions())
    assert [row.name for row in report.rows if row.verdict == "create"] == ["Вектор", "Альфа"]


def test_rows_of_a_report_are_counted_and_chosen_by_what_became_of_them() -> None:
    verdicts = [
        RowVerdict(2, "create", "а", 1),
        RowVerdict(3, "create", "б", 2, "the phone looks wrong"),
        RowVerdict(4, "error", "в", None, "no name"),
        RowVerdict(5, "error", "г", 4, "its number is taken"),
        RowVerdict(6, "skip", "д", 5),
        RowVerdict(7, "skip", "е", None, "it is deleted there"),
    ]
    report = ImportReport(None, "file.csv", "client", verdicts, {}, (), 0.0)
    assert (report.total, report.count("create"), report.count("error"), report.unchanged) == (6, 2, 2, 1)
    assert [row.row for row in report.flagged] == [3]
    assert [row.row for row in report.passed_over] == [7]
    assert not report.is_refused
    refused = ImportReport(None, "file.csv", "client", [verdicts[2], verdicts[5]], {}, (), 0.0)
    assert refused.is_refused
    assert not ImportReport(None, "file.csv", "client", [], {}, (), 0.0).is_refused


def test_an_imported_request_waits_for_the_client_where_it_is_done_or_waits(session: Session) -> None:
    _import(
        session,
        "request",
        "client;title;status\nАльфа;а;new\nАльфа;б;waiting\nАльфа;в;resolved\nАльфа;г;handed_off\n",
        create_clients=True,
    )
    told = {each.title: each.next_actor for each in rows.fetch(session.store, Request, "ORDER BY id")}
    assert told == {"а": "us", "б": "client", "в": "client", "г": "internal"}
