"""Who a row of a file means: the decision itself, and what comes of it in files of several programs."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich_client import NOW

from onewindow.desk.editing import changing
from onewindow.desk.imports.matching.decision import decide
from onewindow.desk.imports.matching.identities import Decision, Identity, Nature
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.reporting.run_report import ImportReport
from onewindow.desk.imports.running import import_file
from onewindow.desk.imports.undo import named_run, undo_import
from onewindow.desk.opening import at_work, prepare_new_file
from onewindow.desk.session.context import Session
from onewindow.records.clients import BillingDetails, Client, Contact
from onewindow.records.feedback import Revenue
from onewindow.records.fields import Record
from onewindow.records.organization import Staff
from onewindow.records.requests import Request
from onewindow.settings import Settings
from onewindow.store import rows
from onewindow.store.engine import open_store
from onewindow.text.dates import utc_text

_INN, _OTHER_INN = "7707083893", "7736050003"


_Words = set[str]


def _who(
    name: str = "",
    record_id: int = 0,
    *,
    external: set[tuple[str, str]] | None = None,
    tax_id: str = "",
    kpp: str = "",
    phones: _Words | None = None,
    mails: _Words | None = None,
    place: str = "",
    client_id: int = 0,
    facts: tuple[object, ...] | None = None,
) -> Identity:
    return Identity(
        record_id,
        label=name,
        external=frozenset(external or ()),
        tax_id=tax_id,
        kpp=kpp,
        name=name,
        words=frozenset(name.split()),
        phones=frozenset(phones or ()),
        mails=frozenset(mails or ()),
        place=place,
        client_id=client_id,
        facts=facts,
    )


_ANY, _CRM, _DESK = {("", "17")}, {("crm", "17")}, {("desk", "17")}


@pytest.mark.parametrize(
    ("row", "known", "nature", "expected"),
    [
        # the same
        (_who("b", 5), _who("a", 5, tax_id="1"), "firm", "same"),
        (_who("b", external=_CRM), _who("a", 7, external=_CRM), "firm", "same"),
        (_who("b", tax_id="1"), _who("a", 7, tax_id="1"), "firm", "same"),
        (_who("b", tax_id="1", kpp="9"), _who("a", 7, tax_id="1"), "firm", "same"),
        (_who("ромашка", external=_ANY), _who("ромашка плюс", 7, external=_ANY), "firm", "same"),
        (_who("ромашка", external=_ANY), _who("ромашка", 7, external=_CRM), "firm", "same"),
        (_who("ким анна", phones={"9"}), _who("ким анна сергеевна", 7, phones={"9"}), "person", "same"),
        (_who("ким а с", phones={"9"}), _who("ким анна сергеевна", 7, phones={"9"}), "person", "same"),
        (_who("лом анна", mails={"a@b"}), _who("ким анна", 7, mails={"a@b"}), "person", "same"),
        (_who("ким анна"), _who("ким анна", 7, phones={"9"}), "person", "same"),
        (_who("ким", phones={"8", "9"}), _who("ким", 7, phones={"9"}, mails={"x"}), "person", "same"),
        (_who("вектор", phones={"8"}), _who("вектор", 7, phones={"9"}), "firm", "same"),
        (_who(facts=(1, 2)), _who("", 7, facts=(1, 2)), "thing", "same"),
        # somebody else
        (_who("вектор", tax_id="1"), _who("вектор", 7, tax_id="2"), "firm", "new"),
        (_who("вектор", tax_id="1", kpp="8"), _who("вектор", 7, tax_id="1", kpp="9"), "firm", "new"),
        (_who("вектор", external=_DESK), _who("ромашка", 7, external=_CRM), "firm", "new"),
        (_who("вектор", external={("", "1")}), _who("вектор", 7, external={("", "2")}), "firm", "new"),
        (_who("эра", phones={"8"}, mails={"x"}), _who("эра", 7, phones={"9"}, mails={"y"}), "firm", "new"),
        (_who("вектор", phones={"8"}, place="a"), _who("вектор", 7, phones={"9"}, place="b"), "firm", "new"),
        (_who("вектор юг", phones={"9"}), _who("вектор", 7, phones={"9"}), "firm", "new"),
        (_who("ким анна", phones={"8"}), _who("ким анна", 7, phones={"9"}), "person", "new"),
        (_who("лом анна", phones={"9"}), _who("ким анна", 7, phones={"9"}), "person", "new"),
        (_who("лом пётр", mails={"a@b"}), _who("ким анна", 7, mails={"a@b"}), "person", "new"),
        (_who("ким анна", client_id=1), _who("ким анна", 7, client_id=2), "person", "new"),
        (_who(facts=(1, 2)), _who("", 7, facts=(1, 3)), "thing", "new"),
        # nobody knows
        (_who("вектор", external=_ANY), _who("ромашка", 7, external=_ANY), "firm", "unclear"),
        (_who("a", external=_ANY, tax_id="1"), _who("a", 7, external=_ANY, tax_id="2"), "firm", "unclear"),
        (_who("a", external=_CRM, tax_id="1"), _who("a", 7, external=_CRM, tax_id="2"), "firm", "unclear"),
        (_who("a", external=_ANY, client_id=1), _who("a", 7, external=_ANY, client_id=2), "thing", "unclear"),
        (_who("a", external=_ANY), _who("b", 7, external=_ANY), "thing", "unclear"),
    ],
)  # fmt: skip
def test_each_line_of_the_table(row: Identity, known: Identity, nature: Nature, expected: str) -> None:
    found = decide(row, [known], nature)

    told = "unclear" if found.unclear else "same" if found.record_id else "new"
    assert told == expected


def test_a_stronger_key_goes_before_a_weaker_and_the_order_on_file_never_counts() -> None:
    by_name = _who("вектор", 1)
    by_tax = _who("ромашка", 2, tax_id="1")
    row = _who("вектор", tax_id="1")

    assert decide(row, [by_name, by_tax], "firm") == decide(row, [by_tax, by_name], "firm") == Decision(2)
    two = decide(_who("вектор"), [by_name, _who("вектор", 3)], "firm")
    assert two.unclear.startswith("unclear: 2 clients on file may be meant (вектор, вектор)")
    placed = [_who("вектор", 4, place="уфа"), _who("вектор", 5, place="омск")]
    assert decide(_who("вектор", place="омск"), placed, "firm").record_id == 5


def _import(session: Session, kind: str, text: str, **options: object) -> ImportReport:
    return import_file(session, kind, text.encode(), "file", ImportOptions(**options))  # pyright: ignore[reportArgumentType]


def _verdicts(report: ImportReport) -> list[str]:
    return [row.verdict for row in report.rows]


def _living(session: Session, record: type[Record], *names: str) -> list[tuple[object, ...]]:
    found = rows.fetch(session.store, record, "WHERE archived_at IS NULL ORDER BY id")
    return [tuple(getattr(each, name) for name in names) for each in found]


def test_words_for_nothing_identify_no_client(session: Session) -> None:
    text = (
        "name,tax_id,phone,city,external_id\n"
        "Север,0000000000,8 912 111-22-33,Казань,0\nЮг,0000000000,нет,Уфа,-\n"
        "Восток,нет,,Тула,NULL\nЗапад,нет,,Орёл,0\nЦентр,-,,Омск,n/a\nПолюс,—,,Томск,не указано\n"
    )

    assert _verdicts(_import(session, "client", text)) == ["create"] * 6
    assert _verdicts(_import(session, "client", text)) == ["skip"] * 6
    assert {tax_id for (tax_id,) in _living(session, BillingDetails, "tax_id")} == {""}
    assert {each for (each,) in _living(session, Client, "external_id")} == {None}


def test_requests_and_payments_with_a_filler_as_their_id_stay_with_their_clients(session: Session) -> None:
    _import(session, "client", "name\nВектор\nБета\n")
    _import(session, "request", "client,title,external_id\nВектор,не печатает,-\nБета,нет доступа,-\n")
    _import(
        session, "revenue", "client,date,amount,external_id\nВектор,01.10.2026,100,0\nБета,02.10.2026,200,0\n"
    )

    vektor, beta = (each for (each,) in _living(session, Client, "id"))
    assert _living(session, Request, "client_id", "title") == [(vektor, "не печатает"), (beta, "нет доступа")]
    assert _living(session, Revenue, "client_id", "amount") == [(vektor, 10000), (beta, 20000)]


def test_namesakes_of_one_file_are_two_people_and_come_again_as_they_were(session: Session) -> None:
    text = (
        "client,name,role,phone,email\nВектор,Иван Иванов,директор,+7 912 345-67-89,ivan@vector.example\n"
        "Вектор,Иван Иванов,кладовщик,+7 921 765-43-21,vanya@vector.example\n"
    )

    first = _import(session, "contact", text, create_clients=True)
    again = _import(session, "contact", text)
    nameless = _import(session, "contact", "client,name,manner\nВектор,Иван Иванов,кратко\n")

    assert (_verdicts(first), _verdicts(again)) == (["create"] * 2, ["skip"] * 2)
    assert "with another phone" in first.rows[1].reason
    people = _living(session, Contact, "role", "phone")
    assert people == [("директор", "+79123456789"), ("кладовщик", "+79217654321")]
    assert nameless.rows[0].reason.startswith("unclear: 2 people on file may be meant")


def test_a_branch_renames_no_head_office(session: Session) -> None:
    head = f"name,tax_id,kpp\nВектор,{_INN},770701001\n"
    _import(session, "client", head)

    report = _import(session, "client", f"name,tax_id,kpp\nВектор Казань,{_INN},165501001\n")

    assert _verdicts(report) == ["create"]
    assert "with the КПП 770701001" in report.rows[0].reason
    assert _living(session, Client, "name") == [("Вектор",), ("Вектор Казань",)]
    assert _verdicts(_import(session, "client", head)) == ["skip"]
    unclear = _import(session, "client", f"name,tax_id,city\nФилиал,{_INN},Уфа\n")
    assert unclear.rows[0].reason.startswith("unclear: 2 clients on file may be meant")


def test_ids_of_two_programs_do_not_meet(session: Session) -> None:
    accounts = f"external_id,name,tax_id\n17,Альфа,{_INN}\n"
    desk = f"external_id,name,tax_id\n17,Бета,{_OTHER_INN}\n"
    _import(session, "client", accounts)

    refused = _import(session, "client", desk)
    taken = _import(session, "client", desk, source="desk")
    again = _import(session, "client", desk.replace("Бета", "Бета Плюс"), source="desk")

    assert refused.rows[0].reason == f"unclear: the id 17 is C-1 Альфа on file, but with the tax id {_INN}"
    assert (_verdicts(taken), _verdicts(again)) == (["create"], ["update"])
    assert _living(session, Client, "name") == [("Альфа",), ("Бета Плюс",)]
    assert _verdicts(_import(session, "client", accounts)) == ["skip"]
    tickets = "id,client,subject\n5,17,Не печатает\n"
    _import(session, "request", tickets, source="desk")
    ids = {name: each for each, name in _living(session, Client, "id", "name")}
    assert _living(session, Request, "client_id", "external_id") == [(ids["Бета Плюс"], "5")]
    unsure = _import(session, "request", "id,client,subject\n6,17,Не печатает\n")
    assert "may mean several clients" in unsure.rows[0].reason
    foreign = _import(session, "request", "id,client,subject\n7,17,Не печатает\n", source="shop")
    assert foreign.rows[0].verdict == "create"  # the id of no source may be of any
    undo_import(session, named_run(session, str(taken.run_id)))
    assert _living(session, Client, "name")[0] == ("Альфа",)


def test_ids_of_two_programs_that_are_not_named_again_make_no_double(session: Session) -> None:
    files = {"one": f"id,name,inn\n17,Альфа,{_INN}\n", "two": f"id,name,inn\n19,ООО Альфа,{_INN}\n"}
    for source, text in files.items():
        _import(session, "client", text, source=source)

    for text in (*files.values(), files["two"], files["one"]):
        assert set(_verdicts(_import(session, "client", text))) <= {"skip", "error"}
    assert _living(session, Client, "name") == [("Альфа",)]


@pytest.mark.parametrize("header", ["номер", "number", "ticket id"])
def test_the_number_of_ours_in_a_column_of_ids_is_that_request(session: Session, header: str) -> None:
    _import(session, "client", "name\nВектор\nБета\n")
    _import(session, "request", "client,title\nВектор,Не печатает принтер\n")
    (number,) = (each for (each,) in _living(session, Request, "number"))

    for written in (f"R-{number}", f"r-{number}", str(number)):
        text = f"{header},клиент,тема,приоритет\n{written},Вектор,не печатает принтер,{{}}\n"
        assert _verdicts(_import(session, "request", text.format("urgent"))) == ["update"]
        assert _verdicts(_import(session, "request", text.format("low"))) == ["update"]
    assert len(_living(session, Request, "id")) == 1
    assert _living(session, Request, "external_id") == [(None,)]


def test_a_number_of_another_program_is_no_number_of_ours(session: Session) -> None:
    _import(session, "client", "name\nВектор\nБета\n")
    _import(session, "request", "client,title\nВектор,Не печатает принтер\n")
    (number,) = (each for (each,) in _living(session, Request, "number"))

    named = _import(session, "request", f"номер,клиент,тема\nr-{number},Вектор,Принтер опять\n", source="crm")
    assert _verdicts(named) == ["create"]
    others = f"номер,клиент,тема\n{number},Вектор,Не печатает сканер\nR-{number},Бета,Не печатает принтер\n"
    assert _verdicts(_import(session, "request", others)) == ["create", "create"]


def test_a_ticket_with_the_number_of_another_help_desk_is_refused_or_new(session: Session) -> None:
    _import(session, "client", "name\nВектор\nБета\n")
    _import(session, "request", "id,client,subject,created\n17,Вектор,Не печатает,2026-03-02 10:00\n")

    other = "id,client,subject,created\n17,{},Нет доступа,2026-03-05 10:00\n"
    moved = _import(session, "request", other.format("Бета"))
    alike = _import(session, "request", other.format("Вектор"))
    taken = _import(session, "request", other.format("Вектор"), source="второй")
    again = _import(session, "request", other.format("Вектор"), source="второй")

    assert "of another client" in moved.rows[0].reason
    assert "nothing else of it agrees; is it of another program?" in alike.rows[0].reason
    assert (_verdicts(taken), _verdicts(again)) == (["create"], ["skip"])
    assert _living(session, Request, "title") == [("Не печатает",), ("Нет доступа",)]


def test_payments_of_one_day_are_told_apart_by_their_amounts(session: Session) -> None:
    _import(session, "client", "name\nВектор\n")
    first, second = (f"client,date,amount\nВектор,01.10.2026,{amount}\n" for amount in ("100", "250"))

    assert _verdicts(_import(session, "revenue", first)) == ["create"]
    assert _verdicts(_import(session, "revenue", second)) == ["create"]
    assert _verdicts(_import(session, "revenue", second + "Вектор,01.10.2026,250\n")) == ["skip", "create"]
    assert Counter(_living(session, Revenue, "amount")) == {(10000,): 1, (25000,): 2}
    numbers = "id,client,kind,number,date,amount\n5,Вектор,invoice,{},{},70\n"
    assert _verdicts(_import(session, "document", numbers.format("А-1", "01.10.2026"))) == ["create"]
    assert _verdicts(_import(session, "document", numbers.format("А-1", "03.10.2026"))) == ["update"]
    other = _import(session, "document", numbers.format("77", "09.10.2026").replace(",70", ",80"))
    assert "is it of another program?" in other.rows[0].reason
    documents = "client,kind,date,amount\nВектор,invoice,01.10.2026,{}\n"
    assert _verdicts(_import(session, "document", documents.format("100"))) == ["create"]
    assert _verdicts(_import(session, "document", documents.format("250"))) == ["create"]


@contextmanager
def _new_file() -> Generator[Session]:
    with tempfile.TemporaryDirectory() as place, open_store(Path(place) / "t.db", create=True) as store:
        me = Staff(login="ivanova", name="Иванова Мария")
        stored = prepare_new_file(store, me, "Europe/Moscow", utc_text(NOW - timedelta(days=9)))
        yield at_work(store, stored, Settings(), lambda: NOW, "Europe/Moscow")


_NAMES = st.sampled_from(["Вектор", "ООО Вектор", "Ромашка", "Лютик", "вектор"])
_CLIENT_ROWS = st.lists(
    st.tuples(_NAMES, st.sampled_from([_INN, _OTHER_INN]), st.sampled_from(["770701001", "165501001"])),
    unique_by=lambda row: row[1:],
    min_size=1,
    max_size=4,
)
_MONEY_ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Альфа", "Бета"]),
        st.sampled_from(["01.10.2026", "02.10.2026"]),
        st.sampled_from(["100", "250,50"]),
        st.sampled_from(["", "аванс"]),
    ),
    min_size=1,
    max_size=7,
)
_PEOPLE_ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Альфа", "Бета"]),
        st.sampled_from(["Ким Анна", "Лом Пётр"]),
        st.sampled_from(["+7 912 345-67-01", "+7 912 345-67-02", "+7 912 345-67-03"]),
    ),
    unique=True,
    min_size=1,
    max_size=6,
)
_HEADERS = {"client": "name,tax_id,kpp", "revenue": "client,date,amount,note", "contact": "client,name,phone"}
_RECORDS: dict[str, tuple[type[Record], tuple[str, ...]]] = {
    "client": (Client, ("name",)),
    "revenue": (Revenue, ("client_id", "on_date", "amount", "note")),
    "contact": (Contact, ("client_id", "name", "phone")),
}


def _text(kind: str, lines: Sequence[tuple[str, ...]]) -> str:
    quoted = (",".join(f'"{cell}"' for cell in line) for line in lines)
    return "\n".join([_HEADERS[kind], *quoted]) + "\n"


def _everything(session: Session, kind: str) -> Counter[tuple[object, ...]]:
    record, names = _RECORDS[kind]
    found = rows.fetch(session.store, record, "WHERE archived_at IS NULL")
    named = {each.id: each.name for each in rows.fetch(session.store, Client, "")}
    return Counter(
        tuple(
            named.get(getattr(each, name)) if name == "client_id" else getattr(each, name) for name in names
        )
        for each in found
    )


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
@pytest.mark.parametrize("kind", ["client", "revenue", "contact"])
def test_twice_in_halves_in_another_order_and_taken_back(kind: str, data: st.DataObject) -> None:
    strategy = {"client": _CLIENT_ROWS, "revenue": _MONEY_ROWS, "contact": _PEOPLE_ROWS}[kind]
    lines: list[tuple[str, ...]] = data.draw(strategy)
    shuffled: list[tuple[str, ...]] = data.draw(st.permutations(lines))
    with _new_file() as session, _new_file() as other:
        for each in (session, other):
            if kind != "client":
                _import(each, "client", "name\nАльфа\nБета\n")
        before = _everything(session, kind)
        report = _import(session, kind, _text(kind, lines))
        stored = _everything(session, kind)

        assert {row.verdict for row in report.rows} <= {"create", "skip"}
        assert _verdicts(_import(session, kind, _text(kind, lines))) == ["skip"] * len(lines)
        # Alike payments must not be parted: n alike in a file mean n on file.
        shuffled.sort()
        middle = shuffled.index(shuffled[len(shuffled) // 2])
        for half in (shuffled[middle:][::-1], shuffled[:middle]):
            if half:
                _import(other, kind, _text(kind, half))
        assert _everything(other, kind) == stored
        undo_import(session, named_run(session, str(report.run_id)))
        assert _everything(session, kind) == before


def test_an_edit_by_hand_makes_no_stranger_of_a_client(session: Session) -> None:
    text = f"external_id,name,tax_id,city\n1,Вектор,{_INN},Уфа\n"
    _import(session, "client", text, source="crm")
    (client,) = rows.fetch(session.store, Client, "")
    changing.change(session, client, {"name": "Вектор Плюс", "city": "Омск"})

    report = _import(session, "client", text, source="crm")

    assert report.rows[0].differences == {"name": ("Вектор Плюс", "Вектор"), "city": ("Омск", "Уфа")}
    assert len(_living(session, Client, "id")) == 1
