"""Packages from sales on the command line: real files of every form, taken in, accepted, returned, undone."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine
from openpyxl import Workbook

from onewindow.desk.handover.parties import with_party, without_parties

LINES: tuple[dict[str, str], ...] = (
    {"Раздел": "сделка", "Сделка": "Сделка 501", "Продавец": "Морозов"},
    {"Раздел": "клиент", "Сделка": "Сделка 501", "Название": "Василёк ООО"},
    {
        "Раздел": "реквизиты",
        "Название": "ООО «Василёк»",
        "ИНН": "7707083893",
        "КПП": "770701001",
        "Юр. адрес": "Казань, Баумана, 3",
    },
    {"Раздел": "договор", "Номер": "В-77/26", "Дата": "01.11.2026", "Сумма": "120 000,00"},
    {"Раздел": "счёт", "Номер": "551", "Дата": "03.11.2026", "Сумма": "60 000,00"},
    {"Раздел": "акт", "Номер": "12", "Дата": "03.11.2026", "Сумма": "60 000,00"},
    {
        "Раздел": "контакт",
        "Название": "Анна Ким",
        "Телефон": "+7 912 345-67-89",
        "Почта": "kim@vasilek.example",
        "Согласия": "персональные данные, рассылка: нет",
        "Должность": "директор",
    },
    {
        "Раздел": "условие",
        "Название": "Акт до пятого числа",
        "Подтверждение": "договор п. 4.2",
        "Срок": "05.12.2026",
    },
    {"Раздел": "цель", "Название": "Сократить пересорт", "Мера": "до 1 % к марту"},
    {"Раздел": "продукт", "Название": "Склад+", "Количество": "12"},
    {
        "Раздел": "встреча",
        "Дата": "04.11.2026",
        "Форма": "онлайн",
        "Кто вёл": "Иванова",
        "Что обсудили": "Кто за что отвечает",
    },
)


def table(delimiter: str = ";", without: str = "") -> str:
    """The package as a salesperson's spreadsheet saves it, perhaps without a section."""
    headers = list(dict.fromkeys(name for line in LINES for name in line))
    rows = [
        headers,
        *([line.get(name, "") for name in headers] for line in LINES if line["Раздел"] != without),
    ]
    return "\n".join(delimiter.join(row) for row in rows) + "\n"


CSV = table()
PACKAGE: dict[str, Any] = {
    "deal": "Deal 77",
    "contract_number": "B-7",
    "client": {"name": "Ромашка"},
    "contacts": [{"name": "Анна Ким", "phone": "8 903 111-22-33", "role": "директор"}],
    "special terms": ["Отгрузка после 19:00"],
}


@pytest.fixture
def firm(cli: CommandLine) -> CommandLine:
    """A file with a salesperson and a product, and nobody handed over yet."""
    cli.run("staff", "add", "Морозов Денис", "--login", "morozov", "--role", "sales")
    cli.run("staff", "add", "Белова Вера", "--login", "vera", "--role", "account_manager")
    cli.run("staff", "add", "Котова Нина", "--login", "qa", "--role", "quality")
    cli.run("product", "add", "Склад+")
    return cli


def written(folder: Path, content: bytes | str, name: str) -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def topics(firm: CommandLine, word: str) -> dict[str, str]:
    return {line["topic"]: line["state"] for line in firm.data("handover", "show", word)["checklist"]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_table_in_any_encoding_makes_a_client_whole(
    firm: CommandLine, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    file = written(tmp_path, table(delimiter).encode(encoding), "package.csv")
    assert "new client" in firm.out("handover", "import", file)
    package = firm.data("handover", "show", "Василёк")
    assert (package["completeness"], package["blockers"], package["salesperson"]) == (
        100,
        [],
        "Морозов Денис",
    )
    card = firm.data("client", "show", "Василёк")
    assert card["client"]["stage"] == "handover"
    assert card["requisites"]["tax_id"] == "7707083893"
    assert card["contacts"][0]["phone"] == "+79123456789"
    assert {consent["purpose"]: consent["state"] for consent in card["consents"]} == {
        "personal_data": "given",
        "newsletter": "refused",
    }
    assert {document["document_kind"]: document["number"] for document in card["documents"]} == {
        "contract": "В-77/26",
        "invoice": "551",
        "act": "12",
    }
    assert (card["promises"][0]["due_on"], card["promises"][0]["status"]) == ("2026-12-05", "new")
    assert card["licences"][0]["bought"] == 12


def test_a_workbook_has_a_sheet_for_each_section(firm: CommandLine, tmp_path: Path) -> None:
    book = Workbook()
    sheets = {
        "Сделка": [["название", "номер договора"], ["Сделка 9", "17/26"]],
        "Клиент": [["название", "ИНН"], ["Лютик", "7707083893"]],
        "Контакты": [
            ["ФИО", "телефон", "согласия"],
            ["Пётр Орлов", "+7 912 345-67-80", "персональные данные"],
        ],
        "Особые условия": [["условие", "подтверждение"], ["нет", ""]],
    }
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    firm.run("handover", "import", written(tmp_path, data.getvalue(), "package.xlsx"))
    states = topics(firm, "Лютик")
    assert (states["contract"], states["contacts"], states["terms"]) == ("present", "present", "not_needed")
    assert states["requisites"] == "missing"


@pytest.mark.parametrize("form", ["one", "list", "lines", "named list"])
def test_json_comes_as_one_a_list_or_lines(firm: CommandLine, tmp_path: Path, form: str) -> None:
    other = {**PACKAGE, "deal": "Deal 78", "client": {"name": "Лютик", "tax_id": "7707083893"}}
    both = [PACKAGE, other]
    text = {
        "one": json.dumps(PACKAGE, ensure_ascii=False),
        "list": json.dumps(both, ensure_ascii=False),
        "lines": "\n".join(json.dumps(either, ensure_ascii=False) for either in both),
        "named list": json.dumps({"packages": both}, ensure_ascii=False),
    }[form]
    firm.run(
        "handover", "import", written(tmp_path, text, "deals.jsonl" if form == "lines" else "deals.json")
    )
    waiting = {waiting["client"]: waiting["deal"] for waiting in firm.data("handover", "waiting")}
    assert waiting == (
        {"Ромашка": "Deal 77"} if form == "one" else {"Ромашка": "Deal 77", "Лютик": "Deal 78"}
    )


def test_a_table_without_sections_has_a_package_in_each_row(firm: CommandLine, tmp_path: Path) -> None:
    text = (
        "Deal,Client,VAT number,Contract number,Contact person,Phone,Special terms,Product,Licences\n"
        "D-1,Lotus,7707083893,17/26,Ann Kim,+7 912 345-67-89,invoice by the 5th,Склад+,5\n"
        "D-2,Iris,,18/26,,,,,\n"
    )
    firm.run("handover", "import", written(tmp_path, text, "deals.csv"))
    card = firm.data("client", "show", "Lotus")
    assert card["contacts"][0]["phone"] == "+79123456789"
    assert card["licences"][0]["bought"] == 5
    assert card["promises"][0]["text"] == "invoice by the 5th"
    assert firm.data("handover", "show", "Iris")["contract_number"] == "18/26"


def test_a_dry_run_tells_and_changes_nothing_and_the_same_file_may_come_again(
    firm: CommandLine, tmp_path: Path
) -> None:
    file = written(tmp_path, CSV, "package.csv")
    rows = firm.data("handover", "import", file, "--dry-run")
    assert {"kind": "contact", "field": "phone", "after": "+7 912 345-67-89"}.items() <= next(
        row for row in rows if row.get("field") == "phone"
    ).items()
    assert firm.data("client", "list") == []
    firm.run("handover", "import", file)
    before = firm.data("client", "show", "Василёк")
    again = firm.out("handover", "import", file)
    assert "on file already" in again
    after = firm.data("client", "show", "Василёк")
    assert {**after, "read_at": ""} == {**before, "read_at": ""}
    assert len(firm.data("handover", "list", "--all")) == 1


def test_an_import_is_taken_back_whole(firm: CommandLine, tmp_path: Path) -> None:
    firm.run("handover", "import", written(tmp_path, CSV, "package.csv"))
    undone = firm.data("import", "undo", "last")
    assert undone["kept"] == []
    assert firm.data("client", "list") == []
    assert firm.data("handover", "list") == []
    assert firm.data("promise", "list") == []


def test_every_cell_that_cannot_be_read_is_named_and_nothing_comes_in(
    firm: CommandLine, tmp_path: Path
) -> None:
    wrong = CSV.replace("05.12.2026", "в среду").replace("Морозов", "Незнайка").replace("60 000,00", "дорого")
    result = firm.run("handover", "import", written(tmp_path, wrong, "package.csv"), code=1)
    sentences = result.stderr.splitlines()
    assert sentences[0].startswith("package.csv, row 2, deal, column Продавец: ")
    assert any(line.startswith("package.csv, row 6, invoice, column Сумма: ") for line in sentences)
    assert any(
        line.startswith("package.csv, row 9, term, column Срок: “в среду” is not") for line in sentences
    )
    assert firm.data("client", "list") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Раздел;Название\nпогода;дождь\n", "row 2, column Раздел: “погода” is no section"),
        ('{"deal": "X",', "is not JSON"),
        ("Раздел;Название\nсделка;Сделка 5\n", "the package names no client"),
    ],
)
def test_a_file_that_is_no_package_is_refused_in_one_sentence(
    firm: CommandLine, tmp_path: Path, text: str, message: str
) -> None:
    assert message in firm.refusal("handover", "import", written(tmp_path, text, "x.csv"))


def test_a_known_client_keeps_the_card_until_the_handover_is_accepted(
    firm: CommandLine, tmp_path: Path
) -> None:
    firm.run("client", "add", "Ромашка", "--stage", "handover")
    firm.run("contact", "add", "ромашка", "Анна Ким", "--phone", "8 912 345-67-89", "--role", "бухгалтер")
    file = written(tmp_path, json.dumps(PACKAGE, ensure_ascii=False), "deal.json")
    firm.run("handover", "import", file)
    assert firm.data("contact", "list")[0]["phone"] == "+79123456789"
    changes = {row["field"]: row for row in firm.data("handover", "show", "ромашка")["changes"]}
    assert (changes["phone"]["standing"], changes["role"]["standing"]) == ("change", "change")
    firm.run("contact", "edit", "Анна Ким", "--role", "финансовый директор")
    conflict = next(e for e in firm.data("handover", "show", "ромашка")["changes"] if e["field"] == "role")
    assert (conflict["standing"], conflict["before"], conflict["now"], conflict["after"]) == (
        "conflict",
        "бухгалтер",
        "финансовый директор",
        "директор",
    )
    message = firm.refusal("handover", "accept", "ромашка", "--debts")
    assert "Choose whose value counts" in message
    firm.run("handover", "choose", "ромашка", "contact.role", "card")
    firm.run("handover", "accept", "ромашка", "--debts")
    contact = firm.data("contact", "list")[0]
    assert (contact["phone"], contact["role"]) == ("+79031112233", "финансовый директор")


def test_accepting_asks_sales_for_what_is_missing_and_starts_the_onboarding(
    firm: CommandLine, tmp_path: Path
) -> None:
    playbook = firm.out("playbook", "add", "Внедрение", "--plan-kind", "onboarding")
    firm.run("playbook-step", "add", "Звонок", "--playbook", playbook, "--position", "1")
    file = written(tmp_path, table(without="продукт").replace("770701001", ""), "package.csv")
    firm.run("handover", "import", file)
    message = firm.refusal("handover", "accept", "Василёк")
    assert "requisites, products and licences" in message
    firm.run("handover", "accept", "Василёк", "--debts")
    package = firm.data("handover", "show", "Василёк")
    assert package["state"] == "accepted_with_debts"
    assert {item["topic"] for item in package["questions"]} == {"requisites", "products"}
    assert all(item["clock"]["target_seconds"] == 240 * 60 for item in package["questions"])
    assert not package["is_closed"]
    assert firm.data("client", "show", "Василёк")["client"]["stage"] == "onboarding"
    assert [plan["title"] for plan in firm.data("plan", "list")] == ["Внедрение"]
    for question in package["questions"]:
        firm.run("handover", "answer", "Василёк", str(question["id"]), "пришлю сегодня")
        firm.run("handover", "settle", "Василёк", str(question["id"]))
    firm.run("handover", "acknowledge", "Василёк", "1")
    assert firm.data("handover", "show", "Василёк")["is_closed"]
    assert "already" in firm.refusal("handover", "accept", "Василёк")


def test_a_returned_package_comes_again_and_its_clock_starts_again(firm: CommandLine, tmp_path: Path) -> None:
    poor = CSV.replace("770701001", "")
    firm.run("handover", "import", written(tmp_path, poor, "package.csv"))
    firm.run("handover", "return", "Василёк", "нет", "КПП")
    assert firm.data("handover", "waiting") == []
    firm.run("handover", "import", written(tmp_path, CSV, "package.csv"))
    package = firm.data("handover", "show", "Василёк")
    assert (package["state"], package["returns"], len(package["packages"])) == ("sent", 1, 2)
    assert package["completeness"] == 100
    firm.run("handover", "accept", "Василёк")
    assert firm.data("client", "show", "Василёк")["requisites"]["kpp"] == "770701001"


def test_an_answer_that_is_not_enough_is_asked_again_with_a_clock_of_its_own(
    firm: CommandLine, tmp_path: Path
) -> None:
    firm.run("handover", "import", written(tmp_path, CSV, "package.csv"))
    firm.run("handover", "ask", "Василёк", "Обещали", "скидку?", "--about", "terms")
    firm.run("handover", "answer", "Василёк", "1", "да")
    firm.run("handover", "ask-again", "Василёк", "1", "какую?")
    first, second = firm.data("handover", "show", "Василёк")["questions"]
    assert (first["state"], first["answer"]) == ("present", "да")
    assert (second["title"], second["state"], second["reopens_id"]) == ("какую?", "asked", first["id"])
    assert "no question “7”" in firm.refusal("handover", "answer", "Василёк", "7", "что?")


def test_who_may_decide(firm: CommandLine, tmp_path: Path) -> None:
    vera, quality = CommandLine(firm.database, "vera"), CommandLine(firm.database, "qa")
    firm.run("handover", "import", written(tmp_path, CSV, "package.csv"))
    assert "receives this client, or a lead decides" in vera.refusal("handover", "accept", "Василёк")
    assert "observe" in quality.refusal("handover", "accept", "Василёк")
    firm.run("handover", "accept", "Василёк")


def test_a_word_counts_before_what_is_computed_and_needs_a_reason(firm: CommandLine, tmp_path: Path) -> None:
    firm.run("handover", "import", written(tmp_path, table(without="акт"), "package.csv"))
    assert topics(firm, "Василёк")["acts"] == "missing"
    assert "Say why" in firm.refusal("handover", "word", "Василёк", "acts", "not-needed")
    firm.run("handover", "word", "Василёк", "acts", "not-needed", "работы ещё не начались")
    assert topics(firm, "Василёк")["acts"] == "not_needed"
    assert firm.data("handover", "show", "Василёк")["completeness"] == 100
    firm.run("handover", "word", "Василёк", "acts", "computed")
    assert topics(firm, "Василёк")["acts"] == "missing"


def test_the_clients_mark_is_kept_for_both_sides(firm: CommandLine, tmp_path: Path) -> None:
    firm.run("handover", "import", written(tmp_path, CSV, "package.csv"))
    firm.run("handover", "rate", "Василёк", "4", "быстро", "познакомили")
    assert "4 of 5" in firm.out("handover", "show", "Василёк")
    firm.run("handover", "rate", "Василёк", "9", code=2)


def test_a_quality_specialist_observes_and_changes_nothing_else(firm: CommandLine, tmp_path: Path) -> None:
    quality = CommandLine(firm.database, "qa")
    firm.run("handover", "import", written(tmp_path, CSV, "package.csv"))
    handover = str(firm.data("handover", "show", "Василёк")["id"])
    seen = ("observation", "add", "Василёк", "--handover", handover)
    marks = ("--card-mark", "4", "--meeting-mark", "5", "--answers-mark", "3", "--time-mark", "2")
    quality.run(*seen, *marks, "--comment", "познакомил сам")
    assert "0 to 5" in quality.refusal(*seen, "--card-mark", "7", code=2)
    assert "change nothing" in quality.refusal("handover", "ask", "Василёк", "что?")
    assert "4 5 3 – 2: познакомил сам" in firm.out("handover", "show", "Василёк")
    rows = {row["criterion"]: row["mark"] for row in firm.data("observation", "report")}
    assert rows["introduction to the client"] == 5
    firm.run("handover", "accept", "Василёк")
    (row,) = firm.data("handover", "report", "--by", "salesperson")
    assert (row["group"], row["n"], row["complete"], row["first_pass"]) == ("Морозов Денис", 1, 100, 1)
    assert (row["observations"], row["observed"]) == (1, 3.5)
    assert firm.data("handover", "report", "--from", "2020-01-01", "--to", "2020-12-31") == []


def test_what_one_side_exports_the_other_takes_in(firm: CommandLine, tmp_path: Path) -> None:
    firm.run("handover", "import", written(tmp_path, CSV, "package.csv"))
    text = firm.out("handover", "export", "Василёк")
    other = CommandLine(tmp_path / "other.db")
    other.run("product", "add", "Склад+")
    other.run("handover", "import", written(tmp_path, text, "from-us.json"))
    before, after = (side.data("client", "show", "Василёк") for side in (firm, other))
    for name in ("name", "goal", "goal_measure", "country"):
        assert after["client"][name] == before["client"][name]
    assert after["requisites"]["tax_id"] == before["requisites"]["tax_id"]
    assert after["contacts"][0]["phone"] == before["contacts"][0]["phone"]
    assert {d["number"] for d in after["documents"]} == {d["number"] for d in before["documents"]}
    assert after["promises"][0]["evidence"].startswith("договор п. 4.2")
    assert "## Contact" in firm.out("handover", "export", "Василёк", "--format", "md")


@pytest.mark.parametrize(("block", "name"), [("csv", "Василёк"), ("json", "Cornflower")])
def test_the_examples_of_the_document_are_taken_in(
    firm: CommandLine, tmp_path: Path, block: str, name: str
) -> None:
    document = (Path(__file__).parents[2] / "docs" / "handover.md").read_text(encoding="utf-8")
    example = document.partition(f"```{block}\n")[2].partition("```")[0]
    result = firm.run("handover", "import", written(tmp_path, example, f"example.{block}"))
    assert "Left out" not in result.stderr
    missing = {line["topic"] for line in firm.data("handover", "show", name)["checklist"] if line["lacks"]}
    assert missing == (
        {"products"} if block == "csv" else {"requisites", "invoices", "acts", "goals", "products"}
    )


def test_who_gave_a_term_in_another_firm_goes_on_as_it_came(firm: CommandLine, tmp_path: Path) -> None:
    term = {"text": "отгрузка до 10:00", "evidence": "договор п. 4.2", "given_by": "Чужой Пётр Ильич"}
    package = json.dumps({**PACKAGE, "special terms": [term]})
    firm.run("handover", "import", written(tmp_path, package, "theirs.json"))
    firm.run("handover", "accept", "Ромашка", "--debts")
    (kept,) = firm.data("client", "show", "Ромашка")["promises"]
    assert kept["evidence"] == "договор п. 4.2 (given by Чужой Пётр Ильич)"
    assert kept["given_by_id"] is None
    (out,) = json.loads(firm.out("handover", "export", "Ромашка"))["term"]
    assert (out["evidence"], out["given_by"]) == ("договор п. 4.2", "Чужой Пётр Ильич")


def test_names_behind_evidence_are_found_again_whatever_stands_there() -> None:
    noted = with_party(with_party("письмо (копия)", "given_by", "Пётр (склад)"), "given_to", "Анна")
    assert without_parties(noted) == ("письмо (копия)", {"given_by": "Пётр склад", "given_to": "Анна"})
    assert without_parties(with_party("", "given_by", "Пётр")) == ("", {"given_by": "Пётр"})
    assert without_parties("договор (given orally)") == ("договор (given orally)", {})
    assert len(with_party("а" * 300, "given_by", "Пётр")) == 200
