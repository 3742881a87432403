"""add, list, show, edit, archive, restore of any kind of record."""

from __future__ import annotations

import csv
import io
import json

import pytest
from command_line import CommandLine

from onewindow.records.kinds import KINDS


def test_add_prints_the_id_and_show_finds_it(cli: CommandLine) -> None:
    printed = cli.out("client", "add", "Ромашка", "--class", "reseller", "--since", "01.03.2019")

    client = cli.data("client", "list")[0]

    assert printed == str(client["id"])
    assert (client["name"], client["client_class"], client["since"]) == ("Ромашка", "reseller", "2019-03-01")


def test_a_client_is_named_by_number_id_slug_and_name(romashka: CommandLine) -> None:
    client_id = str(romashka.data("client", "list")[0]["id"])
    for name in ("C-1", "с-1", client_id, "romashka", "ромашка", "Ромашка"):
        assert romashka.out("client", "edit", name, "--note", f"by {name}") == client_id
        assert romashka.data("client", "list")[0]["note"] == f"by {name}"


def test_a_phone_and_a_reference_are_read_as_people_write_them(romashka: CommandLine) -> None:
    contact = romashka.data("contact", "show", "Анна Ким")

    assert (contact["phone"], contact["is_main"]) == ("+79123456789", 1)
    assert contact["client_id"] == romashka.data("client", "list")[0]["id"]


def test_money_is_typed_in_units_and_stored_in_minor_units(romashka: CommandLine) -> None:
    document = romashka.data("document", "add", "romashka", "Договор", "--amount", "1 500,50")

    assert (document["amount"], document["currency"]) == (150050, "RUB")


def test_edit_empties_a_field_with_an_empty_text(romashka: CommandLine) -> None:
    romashka.run("client", "edit", "romashka", "--city", "")

    assert romashka.data("client", "list")[0]["city"] == ""


def test_a_printed_record_can_be_given_back(romashka: CommandLine) -> None:
    printed = romashka.run("contact", "show", "Анна Ким", "--format", "json").stdout
    before = json.loads(printed)

    added = romashka.data("contact", "add", "--json", "-", stdin=printed)
    romashka.run("contact", "edit", "--json", "-", stdin=json.dumps({**before, "role": "директор"}))

    own = {"id", "version", "created_at", "updated_at"}
    assert {k: v for k, v in added.items() if k not in own} == {
        k: v for k, v in before.items() if k not in own
    }
    assert added["id"] != before["id"]
    assert romashka.data("contact", "show", str(before["id"]))["role"] == "директор"


def test_ids_survive_readers_that_know_only_doubles(romashka: CommandLine) -> None:
    romashka.run("request", "add", "romashka", "Не печатает")
    for words in (["request", "show", "R-1"], ["request", "list"], ["client", "show", "romashka"]):
        exact = romashka.data(*words)
        rounded = json.loads(json.dumps(exact), parse_int=lambda digits: int(float(digits)))
        assert rounded == exact, words

    request = romashka.data("request", "list")[0]
    assert isinstance(request["id"], str)
    assert isinstance(request["client_id"], str)
    for form in (str, int):
        given = {"id": form(request["id"]), "client_id": form(request["client_id"]), "title": form.__name__}
        assert romashka.out("request", "edit", "--json", "-", stdin=json.dumps(given)) == request["id"]
        assert romashka.data("request", "show", "R-1")["title"] == form.__name__


def test_a_week_of_use_is_any_day_of_it(romashka: CommandLine) -> None:
    romashka.run("product", "add", "Склад")
    use = ["usage", "add", "romashka", "--product", "Склад", "--active-users", "5"]
    stored = romashka.data(*use, "--week", "2026-11-20")

    assert stored["week"] == 2967
    assert "16.11" in romashka.out("usage", "list")
    assert "week from 2026-11-16" in romashka.out("usage", "show", stored["id"])
    message = romashka.refusal(*use, "--week", "2967")
    assert message == "Another record has the same client, product and week already; nothing was saved."


def test_nothing_is_done_to_a_client_who_is_only_alike(romashka: CommandLine) -> None:
    message = romashka.refusal("client", "archive", "romshka")
    assert message == "There is no client “romshka”; did you mean C-1 Ромашка?"
    message = romashka.refusal("client", "edit", "romashka", "--owner", "anan", code=2)
    assert message == "owner: There is no staff “anan”; did you mean anna?"
    assert romashka.data("client", "list")[0]["archived_at"] is None


def test_lists_and_exports_are_narrowed_by_words_several_values_and_days(romashka: CommandLine) -> None:
    for title, opened, priority in (
        ("Печать накладной", "1", "high"),
        ("Отчёт", "2", "low"),
        ("печати нет", "3", "normal"),
    ):
        romashka.run("request", "add", "romashka", title, "--priority", priority, "--tags", f"t{opened}")
    romashka.run("request", "resolve", "R-3", "готово")
    for day, text in (("10.03.2026", "март"), ("10.04.2026", "апрель"), ("10.05.2026", "май")):
        romashka.run("touch", "add", "romashka", text, "--at", day)

    def numbers(*filters: str) -> list[int]:
        listed = [request["number"] for request in romashka.data("request", "list", *filters)]
        exported = romashka.data("export", "request", *filters)
        assert [record["number"] for record in exported] == listed
        return listed

    assert numbers("--title", "ПЕЧАТ") == [1]
    assert numbers("--title", "печат", "--all") == [1, 3]
    assert numbers("--title", "печат", "--all", "--limit", "1") == [1]
    assert numbers("--priority", "high", "--priority", "low") == [1, 2]
    assert numbers("--status", "resolved", "--status", "new") == [1, 2, 3]
    assert numbers("--status", "resolved") == [3]
    assert numbers("--till", "yesterday") == []
    touches = romashka.data("touch", "list", "--since", "10.04.2026", "--till", "30 апреля 2026")
    assert [touch["text"] for touch in touches] == ["апрель"]
    assert "--since: “soon” is not a date" in romashka.refusal("touch", "list", "--since", "soon", code=2)
    assert romashka.data("client", "list", "--name", "ромаш")[0]["slug"] == "romashka"
    assert romashka.data("client", "list", "--city", "казан", "--name", "альфа") == []


def test_json_lines_are_a_batch(romashka: CommandLine) -> None:
    ids = romashka.out("client", "add", "--json", "-", stdin='{"name": "Раз"}\n\n{"name": "Два"}\n').split()
    assert [client["id"] for client in romashka.data("client", "list")][1:] == ids

    printed = romashka.run("client", "list", "--format", "jsonl").stdout
    romashka.run("client", "edit", "--json", "-", stdin=printed.replace('"tags": ""', '"tags": "vip"'))
    assert [client["tags"] for client in romashka.data("client", "list")] == ["vip"] * 3

    message = romashka.refusal("client", "add", "--json", "-", stdin='{"name": "Три"}\n{"name": ')
    assert "line 2" in message
    assert "empty" in romashka.refusal("client", "add", "--json", "-", stdin="")
    assert len(romashka.data("client", "list")) == 3


def test_an_array_is_stored_whole_or_not_at_all(romashka: CommandLine) -> None:
    good = [{"client": "romashka", "title": "раз"}, {"client": "romashka", "title": "два"}]
    bad = [*good, {"client": "romashka", "title": "три", "priority": "soon"}]

    message = romashka.refusal("request", "add", "--json", "-", stdin=json.dumps(bad))
    assert "record 3 of 3" in message
    assert romashka.data("request", "list") == []

    ids = romashka.out("request", "add", "--json", "-", stdin=json.dumps(good)).splitlines()
    assert ids == [str(r["id"]) for r in romashka.data("request", "list")]
    romashka.run("undo")
    assert romashka.data("request", "list") == []


def test_list_shows_what_is_open_and_all_shows_everything(romashka: CommandLine) -> None:
    romashka.run("request", "add", "romashka", "Не печатает")
    romashka.run("request", "add", "romashka", "Не открывается")
    romashka.run("request", "resolve", "R-1", "Готово")
    romashka.run("request", "archive", "R-2")

    assert romashka.data("request", "list") == []
    assert [r["number"] for r in romashka.data("request", "list", "--all")] == [1, 2]
    assert [r["number"] for r in romashka.data("request", "list", "--all", "--limit", "1")] == [1]
    assert [r["number"] for r in romashka.data("request", "list", "--status", "resolved")] == [1]


def test_machine_rows_carry_ids_and_utc_times(romashka: CommandLine) -> None:
    romashka.run("request", "add", "romashka", "Не печатает", "--promised-at", "2030-11-25T14:30:00Z")

    text = romashka.out("request", "list", "--format", "csv")
    row = next(csv.DictReader(io.StringIO(text)))

    assert row["promised_at"] == "2030-11-25T14:30:00Z"
    assert row["opened_at"].endswith("Z")
    assert row["client_id"] == str(romashka.data("client", "list")[0]["id"])
    assert row["id"].isdigit()


@pytest.mark.parametrize("output_format", ["table", "json", "jsonl", "csv", "tsv", "md"])
def test_every_format_lists_the_client(romashka: CommandLine, output_format: str) -> None:
    assert "Ромашка" in romashka.out("client", "list", "--format", output_format)


def test_a_table_names_what_machines_get_as_ids(romashka: CommandLine) -> None:
    header, row = romashka.out("contact", "list").splitlines()

    assert "client " in header
    assert "Ромашка" in row
    assert "+7 912 345-67-89" in row


def test_a_list_leaves_private_facts_out_and_a_card_shows_them(romashka: CommandLine) -> None:
    romashka.run("contact", "edit", "Анна Ким", "--birthday", "05.03.1980")

    assert "birthday" not in romashka.data("contact", "list")[0]
    assert romashka.data("contact", "show", "Анна Ким")["birthday"] == "1980-03-05"


def test_columns_are_chosen_by_name(romashka: CommandLine) -> None:
    assert (
        romashka.out("client", "list", "--columns", "name,tier", "--format", "csv") == "name,tier\nРомашка,A"
    )
    assert "no column colour" in romashka.refusal("client", "list", "--columns", "colour", code=2)


def test_delete_archives_and_restore_brings_back(romashka: CommandLine) -> None:
    romashka.run("client", "delete", "romashka")
    assert romashka.data("client", "list") == []

    romashka.run("client", "restore", "C-1")
    assert [c["name"] for c in romashka.data("client", "list")] == ["Ромашка"]


def test_several_are_archived_at_once_and_undone_at_once(cli: CommandLine) -> None:
    cli.run("client", "add", "Ромашка")
    cli.run("client", "add", "Вектор")

    cli.run("client", "archive", "C-1", "C-2")
    assert cli.data("client", "list") == []

    assert cli.out("undo") == "undone: archived 2 clients"
    assert len(cli.data("client", "list")) == 2


def test_a_wrong_value_names_the_field_and_stores_nothing(romashka: CommandLine) -> None:
    assert "tier: “Z” is none of A, B, C, D" in romashka.refusal(
        "client", "edit", "romashka", "--tier", "Z", "--city", "Уфа", code=2
    )
    assert romashka.data("client", "list")[0]["city"] == "Казань"


def test_external_ids_are_kept(cli: CommandLine) -> None:
    assert cli.data("client", "add", "Ромашка", "--external-id", "1C-007")["external_id"] == "1C-007"
    assert cli.data("client", "list", "--tier", "C")[0]["external_id"] == "1C-007"


def test_words_after_the_client_are_the_title(romashka: CommandLine) -> None:
    romashka.run("request", "add", "romashka", "не", "печатает", "--priority", "high")
    romashka.run("request", "add", "--client", "C-1", "не", "видит")
    romashka.run("request", "add", "Ромашка не слышит")

    titles = [request["title"] for request in romashka.data("request", "list")]
    assert titles == ["не печатает", "не видит", "не слышит"]


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS.values() if kind.typed])
def test_every_kind_has_its_verbs_with_help(cli: CommandLine, kind: str) -> None:
    noun = kind.replace("_", "-")
    for verb in ("add", "list", "show", "edit", "archive", "restore"):
        text = cli.out(noun, verb, "--help")
        assert "Example" in text
        assert f"onewindow {noun} {verb}" in text


def test_every_kind_can_be_listed_in_an_empty_file(romashka: CommandLine) -> None:
    for kind in KINDS.values():
        if kind.typed:
            romashka.run(kind.name, "list", "--all")


def test_a_consent_is_of_somebody_who_said_so_somewhere(romashka: CommandLine) -> None:
    message = romashka.refusal("consent", "add", "C-1", "--purpose", "marketing", code=2)
    assert message == (
        "contact_id: who agreed? Name the person; source: where did they say so? Name the contract, letter or"
        " call with its day."
    )
    assert romashka.data("consent", "list") == []
    romashka.run("consent", "add", "C-1", "--contact", "Анна Ким", "--source", "письмо 12.11")
    assert "marketing of Анна Ким" in romashka.out("history", "C-1")
    romashka.run("consent", "add", "C-1", "--state", "withdrawn")


def test_money_is_an_amount(romashka: CommandLine) -> None:
    assert romashka.refusal("revenue", "add", "C-1", "--note", "ноябрь", code=2) == "amount is needed."
    romashka.run("revenue", "add", "C-1", "--amount", "1 500,50")
    assert "revenue of 1 500,50 ₽" in romashka.out("history", "C-1")
