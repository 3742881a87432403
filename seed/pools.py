"""The data beside this module: text pools and tables, read once and never changed."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from onewindow.exchange.playbook_file import PlaybookFile, read_playbook


@cache
def pool(name: str) -> dict[str, Any]:
    """The tables of `data/NAME.toml`; treat them as constants."""
    return tomllib.loads((files("seed") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def table(name: str) -> list[dict[str, str]]:
    """The rows of `data/NAME.tsv` by column name."""
    lines = (files("seed") / "data" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def playbooks() -> tuple[PlaybookFile, ...]:
    """Every playbook, in the order of the file names."""
    folder = sorted((files("seed") / "playbooks").iterdir(), key=lambda entry: entry.name)
    return tuple(
        read_playbook(entry.read_text(encoding="utf-8"), entry.name)
        for entry in folder
        if entry.name.endswith(".toml")
    )
