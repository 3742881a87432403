"""Zeros that a spreadsheet took from identifiers come back where length and check digits tell them."""

from __future__ import annotations

import pytest

from onewindow.text.identifiers.checks import with_lost_zeros


@pytest.mark.parametrize(
    ("field", "value", "country", "right"),
    [
        ("tax_id", "274062111", "RU", "0274062111"),
        ("tax_id", "274062111", "", "0274062111"),
        ("tax_id", "274062112", "RU", "274062112"),
        ("tax_id", "7707083893", "RU", "7707083893"),
        ("tax_id", "7707083893.0", "RU", "7707083893"),
        ("tax_id", "695089", "BG", "000695089"),
        ("tax_id", "274062111", "DE", "274062111"),
        ("kpp", "27401001", "RU", "027401001"),
        ("bik", "44525225", "RU", "044525225"),
        ("bik", "94525225", "RU", "94525225"),
        ("swift", "12345678", "RU", "12345678"),
        ("tax_id", "нет", "RU", "нет"),
    ],
)
def test_lost_zeros(field: str, value: str, country: str, right: str) -> None:
    assert with_lost_zeros(field, value, country) == right
