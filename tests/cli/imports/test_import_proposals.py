"""Files in the shapes of public sets come in at the first try, or with what the dry run proposes."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from command_line import CommandLine

_ACCOUNTS = (
    "account,sector,year_established,revenue,employees,office_location,subsidiary_of\n"
    "Acme Corporation,technolgy,1996,1100.04,2822,United States,\n"
    "Betatech,medical,1986,647.18,1185,Kenya,Acme Corporation\n"
    "Bioholding,medical,2012,587.34,1356,Philipines,\n"
    "Bubba Gump,software,2002,987.39,2253,Germany,\n"
)
_SUBSCRIBERS = (
    "customerID,gender,Partner,tenure,PhoneService,Contract,MonthlyCharges,Churn\n"
    "7590-VHVEG,Female,Yes,1,No,Month-to-month,29.85,No\n"
    "5575-GNVDE,Male,No,34,Yes,One year,56.95,No\n"
    "3668-QPYBK,Male,No,2,Yes,Month-to-month,53.85,Yes\n"
)
_TICKETS = (
    "Ticket ID,Customer Name,Customer Email,Customer Age,Date of Purchase,Ticket Type,Ticket Subject,"
    "Ticket Status,Resolution,Ticket Priority,Ticket Channel,First Response Time,Time to Resolution\n"
    "1,Marisa Obrien,c@example.com,32,2021-03-22,Technical issue,Product setup,Pending Customer Response,,"
    "Critical,Social media,2023-06-01 12:15:36,\n"
    "3,Christopher Robbins,g@example.com,48,2020-07-14,Technical issue,Network problem,Closed,Case closed.,"
    "Low,Email,2023-06-01 11:14:38,2023-06-01 18:05:38\n"
)
_CUSTOMERS = "customer_id,first_name,last_name,city\n1,Иван,Петров,Тула\n2,Анна,Ким,Омск\n"
_TRANSACTIONS = (
    "transaction_id,customer_id,transaction_date,gross_turnover,payment_method\n"
    "100,1,2023-01-25,1500.50,card\n101,2,2023-01-26,300,cash\n102,1,2023-02-25,99.90,card\n"
)
_ORDERS = (
    "Row ID,Order ID,Order Date,Ship Date,Customer ID,Customer Name,State,Product Name,Sales,Quantity\n"
    "1,CA-1,11/18/2016,11/21/2016,CG-12520,Claire Gute,Kentucky,Bookcase,261.96,2\n"
    "2,CA-1,11/18/2016,11/21/2016,CG-12520,Claire Gute,Kentucky,Chair,731.94,3\n"
    "3,CA-2,6/12/2016,6/16/2016,DV-13045,Darrin Van Huff,California,Label,14.62,2\n"
)
_ORGANIZATIONS = "id,name,deleted\n10,Альфа,false\n11,Бета,true\n12,Гамма,false\n"
_HELP_DESK = (
    "id,organization_id,subject,status,priority,created_at,solved_at,deleted\n"
    "501,10,Не печатает,solved,high,2023-05-01T10:00:00Z,2023-05-01T12:00:00Z,false\n"
    "502,12,Где счёт,open,normal,2023-05-02T10:00:00Z,,false\n"
    "503,11,Ушёл,open,normal,2023-05-02T10:00:00Z,,false\n"
    "504,10,Спам,open,low,2023-05-02T10:00:00Z,,true\n"
)


class _Shapes:
    def __init__(self, command: CommandLine, folder: Path) -> None:
        self.command = command
        self._folder = folder

    def file(self, text: str, name: str = "file.csv") -> str:
        path = self._folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def proposed(self, *words: str, code: int = 0) -> list[str]:
        """The lines that a dry run proposes, without their reasons."""
        message = self.command.run("import", *words, "--dry-run", code=code).stderr
        _, _, block = message.partition("Proposed; add to the command what is right:\n")
        lines = [line for line in block.splitlines() if line.startswith("  --")]
        return [line.partition("   # ")[0].strip() for line in lines]

    def come_in(self, *words: str, code: int = 0, also: tuple[str, ...] = ()) -> list[dict[str, object]]:
        """What becomes of the rows with all that the dry run proposes."""
        options = [word for line in self.proposed(*words, code=code) for word in shlex.split(line)]
        return self.command.data("import", *words, *options, *also)

    def records(self, noun: str, *names: str) -> list[tuple[object, ...]]:
        """What the export of a kind has in these columns."""
        lines = self.command.out("export", noun, "-o", "-", "--format", "jsonl", "--all").splitlines()
        return [tuple(json.loads(line).get(name) for name in names) for line in lines]


@pytest.fixture
def shapes(romashka: CommandLine, tmp_path: Path) -> _Shapes:
    """A file with one client, and a folder for others."""
    return _Shapes(romashka, tmp_path)


def test_accounts_come_in_at_once_and_a_column_of_countries_is_known_by_its_cells(shapes: _Shapes) -> None:
    path = shapes.file(_ACCOUNTS)

    assert shapes.proposed("clients", path) == [
        "--map subsidiary_of=note",
        "--map office_location=country",
    ]
    assert {row["verdict"] for row in shapes.come_in("clients", path)} == {"create"}
    assert shapes.records("client", "name", "country")[1:4] == [
        ("Acme Corporation", "US"),
        ("Betatech", "KE"),
        ("Bioholding", ""),
    ]


def test_subscribers_are_named_by_their_ids_and_churn_is_a_stage(shapes: _Shapes) -> None:
    path = shapes.file(_SUBSCRIBERS)

    assert shapes.proposed("clients", path, code=1) == [
        "--map customerID=name --map customerID=external_id",
        "--map Churn=stage --value Churn:No=active --value Churn:Yes=lost",
    ]
    assert {row["verdict"] for row in shapes.come_in("clients", path, code=1)} == {"create"}
    assert shapes.records("client", "name", "external_id", "stage")[1:] == [
        ("7590-VHVEG", "7590-VHVEG", "active"),
        ("5575-GNVDE", "5575-GNVDE", "active"),
        ("3668-QPYBK", "3668-QPYBK", "lost"),
    ]


def test_tickets_without_an_opening_get_none_from_the_day_of_a_purchase(shapes: _Shapes) -> None:
    path = shapes.file(_TICKETS)

    assert shapes.proposed("requests", path, code=1) == ["--create-clients"]
    assert {row["verdict"] for row in shapes.come_in("requests", path, code=1)} == {"create"}
    title, status, resolved_at = shapes.records("request", "title", "status", "resolved_at")[1]
    assert (title, status) == ("Network problem", "resolved")
    assert str(resolved_at).startswith("2023-06-01T")


def test_transactions_in_two_files_come_in_with_the_amount_that_is_proposed(shapes: _Shapes) -> None:
    shapes.come_in("clients", shapes.file(_CUSTOMERS, "customers.csv"))
    path = shapes.file(_TRANSACTIONS, "transactions.csv")

    message = shapes.command.run("import", "revenue", path, code=1).stderr
    rows = shapes.come_in("revenue", path, code=1)

    assert "it has no amount; “gross_turnover” was left out: --map gross_turnover=amount" in message
    assert {row["verdict"] for row in rows} == {"create"}
    assert sum(int(str(amount)) for (amount,) in shapes.records("revenue", "amount")) == 190040


def test_orders_with_a_name_and_an_id_of_the_buyer_come_in_as_proposed(shapes: _Shapes) -> None:
    path = shapes.file(_ORDERS)

    assert shapes.proposed("documents", path, "--create-clients", code=1) == [
        "--map 'Order ID=number'",
        "--map 'Product Name=title'",
        "--map Sales=amount",
        "--map 'Order Date=issued_on'",
        "--map State=",
    ]
    rows = shapes.come_in("documents", path, "--create-clients", code=1, also=("--dates", "mdy"))
    # Two amounts of one number, no quantity beside them: two documents, or lines of one? It is asked.
    assert [row["verdict"] for row in rows] == ["create", "error", "create"]
    assert "CA-1" in str(rows[1]["reason"])
    documents = shapes.records("document", "client_name", "number", "amount")
    assert documents == [("Claire Gute", "CA-1", 26196), ("Darrin Van Huff", "CA-2", 1462)]


def test_tickets_of_an_organization_that_was_left_out_make_no_client_of_its_id(shapes: _Shapes) -> None:
    shapes.come_in("clients", shapes.file(_ORGANIZATIONS, "orgs.csv"))
    path = shapes.file(_HELP_DESK, "tickets.csv")

    rows = shapes.command.data("import", "requests", path, "--create-clients")

    assert [row["verdict"] for row in rows] == ["create", "create", "error", "skip"]
    assert "there is no client with the id “11”: it was left out of its own file" in rows[2]["reason"]
    assert [name for (name,) in shapes.records("client", "name")] == ["Ромашка", "Альфа", "Гамма"]
    assert shapes.proposed("requests", path) == ["--map organization_id=client --create-clients"]
    shapes.come_in("requests", path)
    assert [name for (name,) in shapes.records("client", "name")][3:] == ["11"]


def test_unknown_words_are_proposed_with_what_they_may_mean(shapes: _Shapes) -> None:
    path = shapes.file("Клиент;Тема;Статус\nРомашка;раз;Ждём поставку\nРомашка;два;Выполнено частично\n")

    assert shapes.proposed("requests", path) == ["--value 'Статус:Ждём поставку=waiting'"]


def test_a_client_that_is_near_is_proposed_instead_of_a_new_one(shapes: _Shapes) -> None:
    path = shapes.file("Клиент;Тема\nРомашкаа;раз\n")

    assert shapes.proposed("requests", path, code=1) == ["--value 'Клиент:Ромашкаа=C-1'"]
    assert [row["verdict"] for row in shapes.come_in("requests", path, code=1)] == ["create"]
    assert [name for (name,) in shapes.records("client", "name")] == ["Ромашка"]


def test_the_prefix_of_a_name_is_proposed_as_no_name(cli: CommandLine, tmp_path: Path) -> None:
    people = tmp_path / "google.csv"
    people.write_text(
        "Name Prefix,First Name,Last Name,Organization Name,E-mail 1 - Value\n"
        "Dr.,Anna,Kim,Acme,anna@acme.example\nMr.,,,Acme,info@acme.example\n",
        encoding="utf-8",
    )
    cli.run("client", "add", "Acme")
    result = cli.run("import", "contacts", str(people), "--client", "Acme", "--dry-run")
    assert "Name Prefix=name" not in result.stdout + result.stderr


def test_the_credit_side_of_a_bank_is_proposed_as_the_amount(cli: CommandLine, tmp_path: Path) -> None:
    bank = tmp_path / "bank.csv"
    bank.write_text(
        "Дата операции;Контрагент;Дебет;Кредит\n02.11.2026;Лютик;;1 500,00\n03.11.2026;Лютик;200,00;\n",
        encoding="utf-8",
    )
    cli.run("client", "add", "Лютик")
    result = cli.run("import", "revenue", str(bank), "--dry-run", code=1)
    assert "--map 'Кредит=amount'" in result.stdout + result.stderr
    cli.run("import", "revenue", str(bank), "--map", "Кредит=amount")
    assert [revenue["amount"] for revenue in cli.data("revenue", "list")] == [150000]


def test_what_no_column_tells_is_proposed_for_every_row(shapes: _Shapes) -> None:
    cli = shapes.command
    cli.out("client", "add", "Вектор")
    cli.out("product", "add", "Учёт и склад")
    path = shapes.file("client;date;active_users;logins\nВектор;02.11.2026;5;10\nВектор;09.11.2026;6;12\n")

    proposal = shapes.proposed("usage", path, code=1)
    assert proposal == ["--set 'product=Учёт и склад'"], "how many logins there were is nobody's name"
    shapes.come_in("usage", path, code=1)
    assert shapes.records("usage", "active_users") == [(5,), (6,)]


def test_a_made_up_tax_id_is_left_out_and_told(shapes: _Shapes) -> None:
    path = shapes.file("name,country,VAT\nAlpha,US,94-3177549\nBeta,US,12-3456789\nGamma,US,00-0000000\n")

    output = shapes.command.out("import", "clients", path, "--format", "json")

    assert "12-3456789” is no number of anybody, and was left out" in output
    assert "00-0000000" not in output, "zeros say only that there is none"
    assert shapes.records("requisites", "client_name", "tax_id") == [("Alpha", "943177549")]
