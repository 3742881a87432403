"""The order of rows, halves of a file and the same file again decide nothing of who is who."""

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
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.reporting.run_report import ImportReport
from onewindow.desk.imports.running import import_file
from onewindow.desk.opening import at_work, prepare_new_file
from onewindow.desk.session.context import Session
from onewindow.records.clients import BillingDetails, Client, Contact
from onewindow.records.organization import Staff
from onewindow.settings import Settings
from onewindow.store import rows
from onewindow.store.engine import open_store
from onewindow.text.dates import utc_text

_INN, _OTHER_INN = "7707083893", "7728168971"
_HEADERS = {"client": "name;tax_id;kpp;phone;email;city", "contact": "client;name;role;phone;email"}
_HEAD = f"ООО Сокол;{_INN};770701001;+7 495 111-22-33;info@sokol.ru;Москва"
_NAMESAKE = "Сокол ООО;;;;sales@sokol.ru;Москва"
_JOINT = f"АО Сокол;{_OTHER_INN};;+7 495 111-22-34;ao@sokol.ru;Москва"
_BARE = "Сокол;;;+7 843 200-00-01;kazan@sokol-kzn.ru;Казань"
_BRANCH = f"ООО «СОКОЛ»;{_INN};165543001;;;Казань"
_BY_PHONE = "ООО Сокол;;;+7 495 111-22-33;;Москва"
_FIRMS = [_HEAD, _NAMESAKE, _JOINT, _BARE, _BRANCH, _BY_PHONE]
_PEOPLE = [
    "Маяк;Смирнов Иван;директор;+7 916 100-00-01;d@mayak.ru",
    "Маяк;Смирнов Иван Петрович;;+7 916 100-00-01;",
    "Маяк;Смирнов И.;бухгалтер;+7 916 100-00-09;b@mayak.ru",
    "Маяк;Иван Смирнов;директор;;d@mayak.ru",
    "Маяк;Смирнов Иван;кладовщик;+7 916 100-00-05;k@mayak.ru",
    "Маяк;Смирнов Иван;кладовщик;;",
    "Маяк;Смирнова Анна;;+7 916 100-00-01;info@mayak.ru",
]


@contextmanager
def new_file() -> Generator[Session]:
    with tempfile.TemporaryDirectory() as place, open_store(Path(place) / "t.db", create=True) as store:
        me = Staff(login="ivanova", name="Иванова Мария")
        stored = prepare_new_file(store, me, "Europe/Moscow", utc_text(NOW - timedelta(days=9)))
        yield at_work(store, stored, Settings(), lambda: NOW, "Europe/Moscow")


def take(session: Session, kind: str, lines: Sequence[str]) -> ImportReport:
    text = "\n".join([_HEADERS[kind], *lines, ""])
    return import_file(session, kind, text.encode(), "file.csv", ImportOptions(create_clients=True))


def verdicts(report: ImportReport) -> list[str]:
    return [each.verdict for each in report.rows]


def known(session: Session, kind: str) -> Counter[tuple[str, ...]]:
    if kind == "contact":
        people = rows.fetch(session.store, Contact, "WHERE archived_at IS NULL")
        return Counter((each.name, each.role, each.phone, each.email) for each in people)
    papers = {each.client_id: each for each in rows.fetch(session.store, BillingDetails, "")}
    made = rows.fetch(session.store, Client, "WHERE archived_at IS NULL")
    return Counter(
        (each.name, each.city, *((own.tax_id, own.kpp, own.phone, own.email) if own else ()))
        for each in made
        for own in [papers.get(each.id)]
    )


@pytest.mark.parametrize(("kind", "lines", "count"), [("client", _FIRMS, 4), ("contact", _PEOPLE, 4)])
def test_a_file_backwards_gives_the_same_and_again_changes_nothing(
    kind: str, lines: list[str], count: int
) -> None:
    with new_file() as session, new_file() as other:
        first = verdicts(take(session, kind, lines))
        take(other, kind, lines[::-1])

        assert known(session, kind) == known(other, kind)
        assert known(session, kind).total() == count
        for again in (lines, lines[::-1], lines):
            assert set(verdicts(take(session, kind, again))) <= {"skip", "error"}
        assert [each == "error" for each in verdicts(take(session, kind, lines))] == [
            each == "error" for each in first
        ]


@pytest.mark.parametrize(("kind", "lines"), [("client", _FIRMS), ("contact", _PEOPLE)])
def test_a_file_in_halves_gives_what_it_gives_at_once(kind: str, lines: list[str]) -> None:
    with new_file() as session, new_file() as other:
        take(session, kind, lines)
        for half in (lines[:3], lines[3:]) * 2:
            take(other, kind, half)

        assert known(session, kind) == known(other, kind)


def test_a_branch_is_new_and_fills_no_namesake_without_a_tax_id(session: Session) -> None:
    take(session, "client", [_HEAD, _NAMESAKE])
    before = known(session, "client")

    report = take(session, "client", [_BRANCH])

    assert verdicts(report) == ["create"]
    assert report.rows[0].reason == "C-1 ООО Сокол on file has its tax id, but with the КПП 770701001"
    assert known(session, "client") - before == Counter(
        [("ООО «СОКОЛ»", "Казань", _INN, "165543001", "", "")]
    )


def test_branches_of_one_file_fill_no_card_that_has_the_name_alone(session: Session) -> None:
    changing.add(session, "client", {"name": "ООО Сокол", "city": "Москва"})

    assert verdicts(take(session, "client", [_BRANCH, _HEAD])) == ["create", "create"]
    assert known(session, "client")["ООО Сокол", "Москва"] == 1


def test_a_name_that_fits_one_of_several_cards_by_nothing_else_is_unclear(session: Session) -> None:
    take(session, "client", [_BRANCH, "ООО Сокол;;;+7 495 111-22-33;a@sokol.ru;Москва"])

    (row,) = take(session, "client", ["ООО Сокол;;;+7 495 111-22-39;b@sokol.ru;"]).rows

    assert row.reason.startswith("unclear: 2 clients on file may be meant (C-1 ")


def test_a_name_that_another_row_has_is_not_overwritten(session: Session) -> None:
    lines = [f"Кедр;{_INN};;;;", f"Кедр Плюс;{_INN};;;;"]
    take(session, "client", lines[1:])

    report = take(session, "client", lines)

    assert verdicts(report) == ["skip", "skip"]
    assert (
        report.rows[0].reason
        == "name: another row of this file calls it “Кедр Плюс”, so “Кедр” was not taken"
    )
    assert verdicts(take(session, "client", lines[:1])) == ["update"]
    assert list(known(session, "client")) == [("Кедр", "", _INN, "", "", "")]


def test_of_rows_that_differ_in_a_field_one_counts_and_the_other_is_told(session: Session) -> None:
    lines = [f"Кедр;{_INN};;;;Уфа", f"Кедр;{_INN};;;;Омск", f"Кедр;{_INN};;+7 495 111-22-33;;"]

    assert sorted(verdicts(take(session, "client", lines))) == ["create", "skip", "update"]
    again = take(session, "client", lines[::-1])

    assert verdicts(again) == ["skip"] * 3
    assert [each.reason for each in again.rows if each.reason] == [
        "city: another row of this file says “Омск”, so “Уфа” was not taken"
    ]
    assert verdicts(take(session, "client", lines[:1])) == ["update"]


def test_names_and_cities_of_one_tax_id_go_to_and_fro_no_more(session: Session) -> None:
    lines = [f"Сосна Юг;{_INN};;;;Тула", f"Сосна Север;{_INN};;;;Тверь", f"Сосна;{_INN};;;;"]
    take(session, "client", lines)
    stored = known(session, "client")

    for again in (lines, lines[::-1]):
        report = take(session, "client", again)
        assert verdicts(report) == ["skip"] * 3
        assert sum("another row of this file calls it" in each.reason for each in report.rows) == 2
    assert known(session, "client") == stored


@pytest.mark.parametrize(
    "header", ["Клиент;Город;ФИО;Телефон;E-mail", "Организация;Город;Контактное лицо;Телефон;E-mail"]
)
def test_people_of_one_firm_a_row_each_make_no_two_firms(header: str) -> None:
    lines = ["Плющ;Уфа;Петров Иван;+7 916 100-00-22;p@p.ru", "Плющ;Уфа;Сидоров Пётр;+7 916 100-00-23;s@p.ru"]
    for parts in ([lines], [lines[::-1]], [lines[:1], lines[1:]], [lines[1:], lines[:1]]):
        with new_file() as session:
            texts = ["\n".join([header, *part, ""]).encode() for part in parts]
            for text in texts:
                import_file(session, "client", text, "file.csv", ImportOptions())
            for text in texts:
                again = import_file(session, "client", text, "file.csv", ImportOptions())
                assert set(verdicts(again)) == {"skip"}
            assert [name for name, *_ in known(session, "client")] == ["Плющ"]
            assert sorted(name for name, *_ in known(session, "contact")) == ["Петров Иван", "Сидоров Пётр"]


def test_roles_of_one_person_go_to_and_fro_no_more() -> None:
    lines = ["Маяк;Ким Анна Сергеевна;директор;;kim@mayak.ru", "Маяк;А. Ким;зам;;kim@mayak.ru"]
    for each in (lines, lines[::-1]):
        with new_file() as session:
            take(session, "contact", each)
            report = take(session, "contact", each)
            assert verdicts(report) == ["skip"] * 2
            assert list(known(session, "contact")) == [("Ким Анна Сергеевна", "директор", "", "kim@mayak.ru")]


@pytest.mark.parametrize("typed", ["Иван Смирнов", "СМИРНОВ ИВАН", "Смирнов И."])
def test_a_person_keeps_the_spelling_of_the_name(session: Session, typed: str) -> None:
    take(session, "contact", _PEOPLE[:1])

    assert verdicts(take(session, "contact", [f"Маяк;{typed};;;d@mayak.ru"])) == ["skip"]
    assert [name for name, *_ in known(session, "contact")] == ["Смирнов Иван"]


def test_other_names_of_several_rows_are_kept_side_by_side(session: Session) -> None:
    text = f"name;inn;aliases\nРомашка;{_INN};Daisy\nРомашка;{_INN};Цветы\n"

    for expected in ({"create", "update"}, {"skip"}):
        report = import_file(session, "client", text.encode(), "file.csv", ImportOptions())
        assert set(verdicts(report)) == expected
    (client,) = rows.fetch(session.store, Client, "")
    assert client.aliases.splitlines() == ["Daisy", "Цветы"]


_FIRM_ROWS = st.lists(
    st.builds(
        "{};{};{};{};{}".format,
        st.sampled_from(["Кедр", "ООО Кедр", "Кедр ООО", "АО Кедр", "КЕДР", "Kedr LLC", "Кедр Плюс", "Ель"]),
        st.sampled_from([";", ";", f"{_INN};", f"{_INN};770701001", f"{_INN};165543001", f"{_OTHER_INN};"]),
        st.sampled_from(["", "", "+7 495 111-22-33", "+7 495 111-22-34"]),
        st.sampled_from(["", "", "info@k.ru", "a@k.ru", "b@k.ru"]),
        st.sampled_from(["", "", "Москва", "Казань"]),
    ),
    unique=True,
    min_size=2,
    max_size=5,
)
_PEOPLE_ROWS = st.lists(
    st.builds(
        "Маяк;{};{};{};{}".format,
        st.sampled_from(["Смирнов Иван", "Иван Смирнов", "Смирнов Иван Петрович", "Смирнов И.", "Лом Иван"]),
        st.sampled_from(["", "", "директор", "кладовщик"]),
        st.sampled_from(["", "", "+7 916 100-00-01", "+7 916 100-00-05"]),
        st.sampled_from(["", "", "a@k.ru", "b@k.ru", "info@k.ru"]),
    ),
    unique=True,
    min_size=2,
    max_size=5,
)


@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
@pytest.mark.parametrize("kind", ["client", "contact"])
def test_any_rows_in_any_order_and_again(kind: str, data: st.DataObject) -> None:
    lines: Sequence[str] = data.draw(_FIRM_ROWS if kind == "client" else _PEOPLE_ROWS)
    shuffled: Sequence[str] = data.draw(st.permutations(lines))
    with new_file() as session, new_file() as other:
        first = verdicts(take(session, kind, lines))
        take(other, kind, shuffled)
        stored = known(session, kind)

        assert known(other, kind) == stored
        again = verdicts(take(session, kind, lines))
        assert set(again) <= {"skip", "error"}
        assert [each == "error" for each in again] == [each == "error" for each in first]
        assert known(session, kind) == stored
