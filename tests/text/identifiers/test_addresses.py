"""Mail addresses out of cells of address books."""

from __future__ import annotations

import pytest

from onewindow.text.identifiers.mail_addresses import split_addresses


@pytest.mark.parametrize(
    ("cell", "found", "rest"),
    [
        ("Anna Kim <anna@firm.example>", ["anna@firm.example"], []),
        ("MAILTO:anna@firm.example", ["anna@firm.example"], []),
        ("mailto:anna@firm.example?subject=hi", ["anna@firm.example"], []),
        ('"Ким, Анна" <anna@x.example>; b@y.example', ["anna@x.example", "b@y.example"], []),
        ("a@x.example ::: b@y.example", ["a@x.example", "b@y.example"], []),
        ("a@x.example, a@x.example", ["a@x.example"], []),
        ("a@x.example (рабочий)", ["a@x.example"], ["(рабочий)"]),
        ("ivan..p@x.example", [], ["ivan..p@x.example"]),
        ("не почта", [], ["не почта"]),
    ],
)
def test_a_cell_gives_all_its_addresses(cell: str, found: list[str], rest: list[str]) -> None:
    assert split_addresses(cell) == (found, rest)
