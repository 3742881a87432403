"""Exports of other programs come in at the first try, a second time change nothing, and leave no trace."""

from __future__ import annotations

import io
import itertools
import json
import zipfile
from pathlib import Path

import pytest
from command_line import CommandLine
from foreign_files import (
    AGENTS,
    CARDS,
    COMPANIES,
    agents,
    companies,
    deals,
    one_c,
    one_c_invoices,
    products,
    tickets,
)
from openpyxl import Workbook

from onewindow.records.kinds import KINDS
from onewindow.store import rows
from onewindow.store.engine import open_store


@pytest.fixture
def shop(cli: CommandLine) -> CommandLine:
    """A file in use, with one client whom no file names."""
    cli.run("client", "add", "Сосед")
    return cli


def _contents(cli: CommandLine) -> dict[str, list[dict[str, object]]]:
    """Everything in daily view, without what every write moves."""
    with open_store(cli.database) as store:
        return {
            name: [
                {
                    field: value
                    for field, value in vars(record).items()
                    if field not in ("version", "updated_at")
                }
                for record in rows.fetch(store, kind.record, "WHERE archived_at IS NULL ORDER BY id")
            ]
            for name, kind in KINDS.items()
            if name != "import_run"
        }


def _counts(text: str) -> tuple[int, int, int]:
    columns = dict(line.rsplit("  ", 1) for line in text.splitlines() if "  " in line)
    counts = {name.strip(): value.strip() for name, value in columns.items()}
    return int(counts["created"]), int(counts["updated"]), int(counts["rejected"])


def _twice(cli: CommandLine, expected: int, kind: str, data: str | bytes, *more: str) -> None:
    """Import from a pipe, compare a second import, take the first back, and bring it in for good."""
    before = _contents(cli)
    first = cli.run("import", kind, "-", *more, stdin=data)
    assert _counts(first.stdout) == (expected, 0, 0), first.stderr
    stored = _contents(cli)
    assert _counts(cli.out("import", kind, "-", *more, stdin=data)) == (0, 0, 0)
    assert _contents(cli) == stored
    assert cli.data("import", "undo", "last")["kept"] == []
    assert _contents(cli) == before
    assert _counts(cli.out("import", kind, "-", *more, stdin=data)) == (expected, 0, 0)


def test_a_crm_with_85_companies_35_sales_people_and_8800_deals(shop: CommandLine) -> None:
    _twice(shop, 85, "clients", companies(), "--map", "account=name")
    _twice(shop, 35, "staff", agents())
    _twice(shop, 7, "products", products())
    _twice(shop, 8800, "opportunities", deals())

    stored = _contents(shop)["opportunity"]
    assert len({deal["client_id"] for deal in stored}) == len(COMPANIES)
    assert len({deal["assignee_id"] for deal in stored}) == len(AGENTS)
    assert len({deal["product_id"] for deal in stored}) == 7
    assert {deal["state"] for deal in stored} == {"won", "lost", "accepted"}
    assert all(deal["closed_on"] for deal in stored if deal["state"] in ("won", "lost"))


def test_a_help_desk_with_2469_tickets_and_line_breaks_inside(cli: CommandLine) -> None:
    cli.run("import", "clients", "-", "--map", "account=name", stdin=companies())
    _twice(cli, 2469, "tickets", tickets())

    stored = _contents(cli)
    first = next(request for request in stored["request"] if request["external_id"] == "1")
    assert str(first["text"]).splitlines()[0] == "I have an issue with the printer, no. 1."
    assert str(first["text"]).count("\n") == 3
    assert {request["status"] for request in stored["request"]} == {"open", "waiting", "resolved"}
    solved = [request for request in stored["request"] if request["status"] == "resolved"]
    assert all(str(request["resolved_at"]) > str(request["opened_at"]) for request in solved)
    assert cli.run("db", "check").exit_code == 0


def test_windows_1251_files_of_1c(shop: CommandLine) -> None:
    _twice(shop, 300, "clients", one_c())
    _twice(shop, 300, "documents", one_c_invoices())

    invoice = _contents(shop)["document"][0]
    assert (invoice["number"], invoice["issued_on"], invoice["amount"], invoice["document_kind"]) == (
        "РМ-00001",
        "2026-03-02",
        120050,
        "invoice",
    )


def test_cards_of_five_programs(cli: CommandLine) -> None:
    cli.run("client", "add", "Ромашка")
    _twice(cli, 5, "contacts", "".join(CARDS.values()))

    people = {str(contact["name"]): contact["phone"] for contact in _contents(cli)["contact"]}
    assert people["Анна Сергеевна Ким"] == "+79120001101"
    assert people["Пётр Лом"] == "+79120001103"
    assert people["Иванов Олег"] == "+79120001104"
    assert people["Мария Дончева"] == "+35921234505"


_ROWS = [
    ["Company", "Deal Name", "Deal ID"],
    ["Ромашка", "Привет; мир, «ё»", "7"],
    ["Ромашка", "Второй", "8"],
]


def _delimited(mark: str) -> str:
    return "\n".join(mark.join(f'"{cell}"' for cell in row) for row in _ROWS) + "\n"


@pytest.mark.parametrize(
    "data",
    [
        _delimited("|").encode(),
        _delimited("\t").encode("utf-16"),
        _delimited(";").encode("utf-8-sig"),
        _delimited(",").encode("cp1251"),
        "".join(json.dumps(dict(zip(_ROWS[0], row, strict=True))) + "\n" for row in _ROWS[1:]).encode(),
    ],
    ids=["bar", "utf-16", "mark", "cp1251", "json-lines"],
)
def test_every_encoding_and_delimiter_comes_through_a_pipe(cli: CommandLine, data: bytes) -> None:
    cli.run("client", "add", "Ромашка")
    _twice(cli, 2, "deals", data)
    assert {opportunity["title"] for opportunity in _contents(cli)["opportunity"]} == {
        "Привет; мир, «ё»",
        "Второй",
    }


def test_a_western_file_in_windows_1252(shop: CommandLine) -> None:
    _twice(shop, 1, "clients", "Company;City\nMüller Söhne GmbH;Köln\n".encode("cp1252"))
    assert _contents(shop)["client"][1]["name"] == "Müller Söhne GmbH"


def _bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(600):
                sheet.write(b" " * 1_000_000)
    return stream.getvalue()


_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'

_END = "</row></sheetData></worksheet>"


def _workbook(sheet: str) -> bytes:
    """A workbook whose only sheet is the given XML."""
    book, made, changed = Workbook(), io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, sheet if name.endswith("sheet1.xml") else source.read(name))
    return changed.getvalue()


def _text_cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


_ENTITIES = "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in itertools.pairwise("abcdefghij")
)

_KINDS = ("clients", "contacts", "deals")
"""What is huge is tried with one of them: whoever reads a file does not know for which kind."""
_BROKEN = {
    "workbook of nested entities": _workbook(
        f'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">{_ENTITIES}]>{_SHEET}{_text_cell("&j;")}' + _END
    ),
    "workbook of 20 000 columns": _workbook(
        _SHEET + "".join(_text_cell(f"c{at}") for at in range(20_000)) + _END
    ),
    "unclosed quote": b'name;city\n"A;B\nC;D\n',
    "binary": bytes(range(256)) * 40,
    "empty": b"",
    "only spaces": b"  \n\n ",
    "ten megabyte cell": b"name;note\nA;" + b"x" * 10_000_000 + b"\n",
    "ten megabyte quoted cell": b'name;note\nA;"' + b"x\n" * 5_000_000 + b'"\n',
    "million columns": b";".join(b"c%d" % at for at in range(1_000_000)) + b"\n1\n",
    "row of a million cells": b"name\n" + b";".join([b"1"] * 1_000_000) + b"\n",
    "truncated workbook": b"PK\x03\x04" + b"\0" * 100,
    "other archive": b"PK\x03\x04",
    "broken json": b'[{"name": "A"}, {"name": ',
    "deep json": b"[" * 100_000,
    "json of a million fields": b"{" + b",".join(b'"f%d":1' % at for at in range(1_000_000)) + b"}",
    "json cell of ten megabytes": b'[{"name": "' + b"x" * 10_000_000 + b'"}]',
    "broken json line": b'{"name": "A"}\n{"name": \n',
    "card without an end": b"BEGIN:VCARD\nFN:A\n",
    "card of ten megabytes": b"BEGIN:VCARD\nFN:A\nNOTE:" + b"x" * 10_000_000 + b"\nEND:VCARD\n",
    "old workbook": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "picture": b"\x89PNG\r\n" + b"\0" * 600,
}


@pytest.mark.parametrize(
    ("what", "kind"),
    [(what, kind) for what in _BROKEN for kind in _KINDS if kind == _KINDS[0] or "million" not in what],
)
def test_a_malformed_file_gets_one_sentence_and_changes_nothing(
    romashka: CommandLine, tmp_path: Path, what: str, kind: str
) -> None:
    path = tmp_path / "broken"
    path.write_bytes(_BROKEN[what])
    before = _contents(romashka)

    sentence = romashka.refusal(
        "import", kind, str(path), *(["--client", "romashka"] if kind != "clients" else [])
    )

    assert sentence.startswith("broken")
    assert sentence.endswith(".")
    assert len(sentence) < 400
    assert "inside One Window" not in sentence
    assert _contents(romashka) == before
    assert romashka.data("import", "runs") == []


def test_a_zip_bomb_is_refused_before_it_is_unpacked(romashka: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(_bomb())
    assert path.stat().st_size < 1_000_000

    assert "would unpack to 600 MB" in romashka.refusal("import", "clients", str(path))


def test_rejected_rows_are_mended_and_imported_again(romashka: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("Company;Deal Name;Deal ID;Лишнее\nРомашка;a;1;x\nРомашкаа;b;2;y\n", encoding="utf-8")

    result = romashka.run("import", "deals", str(path))

    rejected = tmp_path / "deals.rejected.csv"
    assert str(rejected) in result.stderr
    lines = rejected.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Company,Deal Name,Deal ID,Лишнее,rejected because"
    assert lines[1].startswith("Ромашкаа,b,2,y,")
    rejected.write_text(
        rejected.read_text(encoding="utf-8-sig").replace("Ромашкаа,", "Ромашка,"), encoding="utf-8"
    )
    again = romashka.run("import", "deals", str(rejected))
    assert _counts(again.stdout) == (1, 0, 0)
    assert "rejected because" not in again.stderr
    romashka.run(
        *("import", "deals", "-", "--rejected", str(tmp_path / "x.csv")),
        stdin="Company;Deal Name\nКрокус;c\n",
        code=1,
    )
    assert (tmp_path / "x.csv").read_text(encoding="utf-8-sig").splitlines()[1].startswith("Крокус,c,")


def test_a_profile_remembers_the_map_and_the_dates(romashka: CommandLine) -> None:
    text = "Фирма;Штука;Когда\nРомашка;a;03/04/2026\n"
    maps = ("--map", "Фирма=client", "--map", "Штука=title", "--map", "Когда=expected_on")
    assert "--dates" in romashka.refusal("import", "deals", "-", *maps, stdin=text)

    romashka.run("import", "deals", "-", *maps, "--dates", "mdy", "--save-profile", "ours", stdin=text)

    assert romashka.data("import", "profiles") == [
        {
            "name": "ours",
            "kind": "opportunity",
            "source": "ours",
            "map": {"Фирма": "client", "Штука": "title", "Когда": "expected_on"},
            "set": {},
            "value": {},
            "dates": "mdy",
            "create_clients": False,
            "encoding": "",
            "sheet": "",
            "header_row": 0,
            "delimiter": "",
        }
    ]
    assert _counts(romashka.out("import", "deals", "-", "--profile", "ours", stdin=text)) == (0, 0, 0)
    assert _contents(romashka)["opportunity"][0]["expected_on"] == "2026-03-04"
    assert "there are: ours" in romashka.refusal("import", "deals", "-", "--profile", "theirs", stdin=text)
    assert "is for opportunity files" in romashka.refusal(
        "import", "clients", "-", "--profile", "ours", stdin=text
    )


def test_a_dry_run_prints_a_verdict_and_the_differences_of_every_row(romashka: CommandLine) -> None:
    text = "Company;Deal Name;Deal ID;Amount\nРомашка;a;1;{}\nРомашка;b;2;5,00\nНет;c;3;7,00\n"
    romashka.run("import", "deals", "-", "--rejected", "/dev/null", stdin=text.format("1,00"))

    output = romashka.out("import", "deals", "-", "--dry-run", stdin=text.format("9,00"))

    assert "would be updated  1" in output
    verdicts = romashka.data("import", "deals", "-", "--dry-run", stdin=text.format("9,00"))
    assert [row["verdict"] for row in verdicts] == ["update", "skip", "error"]
    assert verdicts[0]["differences"] == {"amount": [100, 900]}
    assert _contents(romashka)["opportunity"][0]["amount"] == 100


def _mail(number: int, subject: str) -> str:
    return (
        f"From: Anna <a{number}@x.ru>\nTo: me@y.ru\nDate: Fri, 27 Nov 2026 10:0{number}:00 +0300\n"
        f"Subject: {subject}\nMessage-ID: <m{number}@x>\n\nHello\nFrom here on nothing\n"
    )


def test_a_folder_of_mails_comes_in_at_once_and_each_once(romashka: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "mails"
    folder.mkdir()
    for number, subject in ((1, "Re: [#12] no access"), (2, "FW: Отв: счёт"), (3, "[1C] fails")):
        (folder / f"{number}.eml").write_text(_mail(number, subject), "utf-8")
    (folder / "readme.txt").write_text("nothing", "utf-8")

    first = romashka.data("import", "requests", str(folder), "--client", "C-1")
    again = romashka.data(
        "import", "requests", *(str(folder / f"{n}.eml") for n in (2, 1)), "--client", "C-1"
    )

    assert [verdict["verdict"] for verdict in (*first, *again)] == ["create"] * 3 + ["skip"] * 2
    requests = romashka.data("request", "list")
    assert {request["title"] for request in requests} == {"no access", "счёт", "[1C] fails"}
    assert all("From here on nothing" in request["text"] for request in requests)


def test_several_files_that_are_no_mails_are_refused_by_name(romashka: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title\nx\n")
    (tmp_path / "1.eml").write_text(_mail(1, "x"))
    files = (str(tmp_path / "1.eml"), str(tmp_path / "a.csv"))
    refusal = romashka.refusal("import", "requests", *files, code=2)
    assert "only mails (.eml, .mbox) come in several at a time; import a.csv by itself" in refusal
    (tmp_path / "empty").mkdir()
    refusal = romashka.refusal("import", "requests", str(tmp_path / "empty"), code=2)
    assert "there are no mails (.eml, .mbox) in" in refusal


def test_a_report_to_the_output_is_printed(romashka: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name;city\nКедр;Тула\nДуб;Омск;лишнее\n", "utf-8")
    out = romashka.out("import", "clients", str(tmp_path / "a.csv"), "--report", "-", "--dry-run")
    assert "Import of client records from a.csv" in out
    assert "it has 3 cells but there are 2 column names" in out


def test_a_folder_says_what_of_it_stays_out_and_one_mail_keeps_its_name(
    romashka: CommandLine, tmp_path: Path
) -> None:
    folder = tmp_path / "выгрузка"
    folder.mkdir()
    (folder / "1.eml").write_text(_mail(1, "не печатает"), "utf-8")
    for name in ("a.csv", "b.csv"):
        (folder / name).write_text("name\nВектор\n", "utf-8")

    done = romashka.run("import", "requests", str(folder), "--client", "C-1")

    message = "Of выгрузка only mails come in, without a.csv and 1 more: import tables by themselves."
    assert message in done.stderr
    assert "1.eml" in done.stdout
    assert "1 file of mails" not in done.stdout


def test_a_number_of_ours_is_no_name_of_a_client(romashka: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,city\nC-17,Тула\nС-9,Омск\nВектор C-17,Уфа\n", "utf-8")

    rows = romashka.data("import", "clients", str(path))

    assert [row["verdict"] for row in rows] == ["error", "error", "create"]
    assert (
        rows[0]["reason"] == "“C-17” is a number of ours and nobody's name; write the name, or leave it out"
    )
