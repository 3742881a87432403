"""Mistyped words of a command line get the nearest word that there is."""

from __future__ import annotations

import pytest
from command_line import CommandLine


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("clent list", "client"),
        ("client lsit", "list"),
        ("contact shwo 1", "show"),
        ("client list --fromat csv", "--format"),
        ("client list --format cvs", "csv"),
        ("client list --columns nmae", "name"),
        ("client list --columns ownr", "owner"),
        ("client list --stage actve", "active"),
        ("request add romashka x --priority hgih", "high"),
        ("completion bsh", "bash"),
        ("db chek", "check"),
        ("export clinets", "clients"),
        ("export client --columns ownr", "owner"),
        ("feedback exprot", "export"),
    ],
)
def test_a_mistyped_word_gets_the_nearest(romashka: CommandLine, words: str, meant: str) -> None:
    sentence = romashka.refusal(*words.split(), code=2).casefold()
    assert f"did you mean {meant}?" in sentence.replace("'", "")


@pytest.mark.parametrize("words", ["zzzzzz", "client zzzzzz", "client list --columns zzzzzz"])
def test_a_word_like_nothing_gets_no_suggestion(romashka: CommandLine, words: str) -> None:
    assert "did you mean" not in romashka.refusal(*words.split(), code=2)


def test_a_mistyped_field_of_json_gets_the_nearest(romashka: CommandLine) -> None:
    text = '{"client": "romashka", "titel": "x"}'
    sentence = romashka.refusal("request", "add", "--json", "-", stdin=text)
    assert sentence == "titel: there is no such field; did you mean title?"
