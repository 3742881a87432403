"""Packages from sales as their files have them: the lines of each, their rows, and what is left out."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from onewindow.exchange.handover.package import PackageText, read_packages
from onewindow.exchange.problems import FileProblem


def _told(package: PackageText) -> list[str]:
    """A package in lines: `section row: field=cell`, the name of its column in brackets if it is another."""
    lines = [
        f"{line.section} {line.row}: "
        + ", ".join(
            f"{field}={text}" + (f" ({line.columns[field]})" if line.columns[field] != field else "")
            for field, text in line.cells.items()
        )
        for line in package.lines
    ]
    return [*lines, *(f"left out: {name}" for name in package.left_out)]


def _read(data: str | bytes, name: str) -> list[list[str]]:
    whole = data if isinstance(data, bytes) else data.encode()
    return [_told(package) for package in read_packages(whole, name)]


def test_lines_of_a_table_go_to_the_deal_they_name_else_to_that_of_the_line_before() -> None:
    table = (
        "Раздел;Сделка;Название;Телефон;Цвет\nсделка;Сделка 1;;;\nклиент;Сделка 1;Лютик;;синий\n"
        "контакт;Сделка 2;Анна;+7 1;\nконтакт;;Олег;;\n;;;;\nклиент;;Роза;;\nусловие;Сделка 1;позже;;\n"
    )
    assert _read(table, "deals.csv") == [
        [
            "deal 2: deal=Сделка 1 (Сделка)",
            "client 3: name=Лютик (Название)",
            "term 8: text=позже (Название)",
            "left out: client: Цвет",
        ],
        [
            "contact 4: name=Анна (Название), phone=+7 1 (Телефон)",
            "contact 5: name=Олег (Название)",
            "client 7: name=Роза (Название)",
            "left out: client: Цвет",
        ],
    ]


def test_a_second_deal_of_a_table_without_deals_begins_a_package() -> None:
    table = "Section;Name\nclient;Lotus\ndeal;D 1\nterm;x\ndeal;D 2\nclient;Iris\ndeal;D 3\nclient;Rose\n"
    assert _read(table, "deals.csv") == [
        ["client 2: name=Lotus (Name)", "deal 3: deal=D 1 (Name)", "term 4: text=x (Name)"],
        ["deal 5: deal=D 2 (Name)", "client 6: name=Iris (Name)"],
        ["deal 7: deal=D 3 (Name)", "client 8: name=Rose (Name)"],
    ]


def test_each_row_of_a_table_without_sections_is_a_package() -> None:
    table = (
        "Deal;Client;Company;VAT number;Contact person;Phone;Email;Special terms;Colour\n"
        "D-1;Lotus;Lotus Ltd;7707083893;Ann Kim;+7 9;a@b.c;late;red\nD-2;;Iris;;;+7 8;i@b.c;;\n"
    )
    left_out = ["left out: VAT number", "left out: Colour"]
    assert _read(table, "flat.csv") == [
        [
            "deal 2: deal=D-1 (Deal)",
            "client 2: name=Lotus (Client)",
            # Where the row names a person, its phone and address are theirs.
            "contact 2: name=Ann Kim (Contact person), phone=+7 9 (Phone), email=a@b.c (Email)",
            "term 2: text=late (Special terms)",
            *left_out,
        ],
        [
            "deal 3: deal=D-2 (Deal)",
            "client 3: name=Iris (Company)",
            "requisites 3: phone=+7 8 (Phone), email=i@b.c (Email)",
            *left_out,
        ],
    ]


def _workbook(sheets: dict[str, list[list[str]]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_sheets_of_a_workbook_are_sections_and_others_are_passed_over() -> None:
    sheets = {
        "Список": [["x"], ["нет"]],
        "Сделка": [["Название", "Номер договора"], ["Сделка 1", "17/26"], ["Сделка 2", "18/26"]],
        "Клиент": [["Сделка", "Название"], ["Сделка 2", "Ирис"], ["Сделка 1", "Лютик"]],
        "Контакты": [["ФИО", "Название сделки", "Цвет"], ["Анна Ким", "Сделка 1", "красный"]],
        "Погода": [["Название"], ["дождь"]],
    }
    assert _read(_workbook(sheets), "deals.xlsx") == [
        [
            "deal 2: deal=Сделка 1 (Название), contract_number=17/26 (Номер договора)",
            "client 3: name=Лютик (Название)",
            "contact 2: name=Анна Ким (ФИО)",
            "left out: contact: Цвет",
        ],
        [
            "deal 3: deal=Сделка 2 (Название), contract_number=18/26 (Номер договора)",
            "client 2: name=Ирис (Название)",
            "left out: contact: Цвет",
        ],
    ]


def test_a_deal_of_a_table_goes_by_its_name_where_no_other_cell_says_it() -> None:
    table = "Раздел;Сделка;Название\nклиент;С 1;Ирис\nсделка;;С 1\nсделка;;С 2\nклиент;С 2;Лютик\n"
    assert _read(table, "deals.csv") == [
        ["client 2: name=Ирис (Название)", "deal 3: deal=С 1 (Название)"],
        ["deal 4: deal=С 2 (Название)", "client 5: name=Лютик (Название)"],
    ]


def test_sheets_of_deals_by_their_own_columns() -> None:
    sheets = {
        "Deal": [["Deal", "Contract number"], ["D 1", "17"], ["D 2", "18"]],
        "Client": [["Deal", "Name"], ["D 2", "Iris"], ["D 1", "Lotus"]],
        "Terms": [["Term"], ["late"]],
    }
    assert _read(_workbook(sheets), "deals.xlsx") == [
        [
            "deal 2: deal=D 1 (Deal), contract_number=17 (Contract number)",
            "client 3: name=Lotus (Name)",
            "term 2: text=late (Term)",
        ],
        ["deal 3: deal=D 2 (Deal), contract_number=18 (Contract number)", "client 2: name=Iris (Name)"],
    ]


def test_a_workbook_without_such_sheets_is_read_as_its_first_table() -> None:
    sheets = {"List 1": [["Section", "Name"], ["client", "Lotus"]], "Sheet 2": [["Client"], ["Iris"]]}
    assert _read(_workbook(sheets), "deals.xlsx") == [["client 2: name=Lotus (Name)"]]


def test_an_object_of_json_has_a_value_an_object_or_a_list_under_each_section() -> None:
    text = """{
        "deal": "D", "contract_number": 17, "sales": null, "weather": "x", "colour": [1],
        "client": {"name": "Lotus", "note": null, "tags": ["a", null, true], "kpp": false,
                   "goal": {"a": 1, "b": [2, "c"]}, "size of shoes": 44},
        "terms": ["t1", "", " t2 ", {"text": "t3", "due": "2026-12-01"}], "contacts": [{"name": "Ann"}, {}]
    }"""
    assert _read(text, "deal.json") == [
        [
            "client 1: name=Lotus, tags=a; ; yes, kpp=no, goal=a: 1; b: 2; c",
            "term 1: text=t1 (value)",
            "term 1: text=t2 (value)",
            "term 1: text=t3, due_on=2026-12-01 (due)",
            "contact 1: name=Ann",
            "deal 1: deal=D, contract_number=17",
            "left out: weather",
            "left out: colour",
            "left out: client: size of shoes",
        ]
    ]


_IRIS = '{"client":{"name":"Iris"},"deal":{"name":"E"}}'


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('[{"deal":"D","client":"Lotus"},{"client":{"name":"Iris"},"deal":{"name":"E"}}]', "a.json"),
        ('[{"deal":"D","client":"Lotus"},{"client":{"name":"Iris"},"deal":{"name":"E"}}]', "a.txt"),
        ('\n{"deal":"D","client":"Lotus"}\n\n{"client":{"name":"Iris"},"deal":{"name":"E"}}\n', "a.jsonl"),
        ('{"deal":"D","client":"Lotus"}\n{"client":{"name":"Iris"},"deal":{"name":"E"}}', "a.ndjson"),
        *(
            (f'{{"n":1,"{key}":[{{"deal":"D","client":"Lotus"}},{_IRIS}]}}', "a.json")
            for key in [
                "packages",
                "handovers",
                "deals",
                "items",
                "data",
                "пакеты",
                "передачи",
                "сделки",
                "пакети",
            ]
        ),
    ],
)
def test_several_packages_of_json(text: str, name: str) -> None:
    lotus, iris = _read(text, name)
    assert lotus == ["client 1: name=Lotus (value)", "deal 1: deal=D"]
    assert iris == ["client 2: name=Iris", "deal 2: deal=E (name)"]


def test_a_package_without_lines_is_none() -> None:
    assert _read('[{"client":"Lotus"},{"weather":"x"},{}]', "a.json") == [["client 1: name=Lotus (value)"]]


_SECTIONS = "write deal, client, requisites, contract, invoice, contact, term, goal or the like"


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        (
            "a.csv",
            "Section;Name\nclient;Lotus\n;Iris\n",
            f"a.csv, row 3, column Section: the row names no section; {_SECTIONS}.",
        ),
        (
            "a.csv",
            f"Section;Name\n{'weather ' * 6};Iris\n",
            f"a.csv, row 2, column Section: “{'weather ' * 5}” is no section; {_SECTIONS}.",
        ),
        (
            "a.csv",
            "Colour;Shape\nred;round\n",
            "a.csv: there is no package in it; give each row a section, for example deal, contact.",
        ),
        (
            "a.json",
            "{}",
            "a.json: there is no package in it; give each row a section, for example deal, contact.",
        ),
        ("a.json", '[{"client":"x"},"y"]', "a.json, row 2: the package is not an object; write it as {…}."),
        (
            "a.json",
            '{"client":\n"x"',
            "a.json, row 2: line 2 is not JSON (Expecting ',' delimiter); correct that line.",
        ),
        (
            "a.json",
            '{"terms":[' + ",".join(['"x"'] * 5001) + "]}",
            "a.json, row 1: “terms” has over 5000 entries; split the package.",
        ),
    ],
)
def test_what_is_no_package_is_told_with_its_place(name: str, text: str, sentence: str) -> None:
    with pytest.raises(FileProblem) as refused:
        read_packages(text.encode(), name)
    assert str(refused.value) == sentence


def test_five_thousand_entries_of_a_section_are_read() -> None:
    text = '{"terms":[' + ",".join(['"x"'] * 5000) + "]}"
    (package,) = read_packages(text.encode(), "a.json")
    assert len(package.lines) == 5000
