"""People by the numbers that they call from, by surnames like patronymics, by mail of a Cyrillic domain."""

from __future__ import annotations

from pathlib import Path

import pytest

from onewindow.exchange.messages.outgoing import Refused, mail_address
from tests.command_line import CommandLine


@pytest.fixture
def cli(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "onewindow.db")


def test_a_number_in_the_form_of_its_country_finds_the_card(cli: CommandLine) -> None:
    for name, person, phone in (
        ("Орион", "Вера Лис", "+7 913 456-78-90"),
        ("Лира", "Ивайло", "+359 887 234 567"),
    ):
        cli.run("client", "add", name)
        cli.run("contact", "add", name, person, "--phone", phone)

    for typed in ("8 913 456", "89134567890", "+7 (913)", "8(913)456-78"):
        output = cli.out("search", typed)
        assert "Орион" in output, typed
        assert "Лира" not in output, typed
    for typed in ("0887 234", "00359887", "+359 887"):
        output = cli.out("search", typed)
        assert "Лира" in output, typed
        assert "Орион" not in output, typed


def test_show_names_a_person_whose_surname_ends_as_a_patronymic_does(cli: CommandLine) -> None:
    cli.run("client", "add", "Орион")
    cli.run("contact", "add", "Орион", "Павел Львович Мартинович")
    cli.run(
        "touch", "add", "Орион", "договорились", "--contact", "Павел Львович Мартинович", "--kind", "call"
    )

    timeline = cli.out("show", "Орион").partition("TIMELINE")[2]

    (line,) = [line for line in timeline.splitlines() if "договорились" in line]
    assert "Мартинович" in line


def test_mail_to_a_cyrillic_domain_goes_out_in_ascii_and_a_cyrillic_name_is_refused() -> None:
    assert mail_address("olga@пример.рф") == "olga@xn--e1afmkfd.xn--p1ai"
    with pytest.raises(Refused, match="ольга"):
        mail_address("ольга@пример.рф")
