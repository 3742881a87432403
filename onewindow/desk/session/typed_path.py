"""Paths as people type and paste them, and the files that complete what was typed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from onewindow.records.structs import frozen_struct

_MOST = 500
_QUOTES = {'"': '"', "'": "'", "“": "”", "«": "»", "`": "`"}
READ_ENDINGS = frozenset(
    {
        *(".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".json", ".jsonl", ".ndjson", ".vcf", ".eml"),
        ".mbox",
    }
)
"""Endings of the files that imports read; others are offered behind them."""


@frozen_struct
class Entry:
    """A file or a folder that fits what was typed."""

    typed: str
    """What stands in the line when it is taken: a folder ends with a `/`."""
    name: str
    is_folder: bool
    size: int


def plain_path(text: str) -> str:
    """The path that a typed or pasted text means: without quotes, `file://` and the marks of a shell."""
    text = text.strip()
    closing = _QUOTES.get(text[:1])
    if closing and len(text) > 1 and text.endswith(closing):
        text = text[1:-1]
    elif closing:
        text = text[1:]
    if text.casefold().startswith("file:"):
        return unquote(urlsplit(text).path)
    # A terminal that a file is dropped on writes a blank as `\ `; on Windows it parts folders.
    if os.sep == "/" and "\\" in text and not Path(text).expanduser().exists():
        text = text.replace("\\ ", " ").replace("\\(", "(").replace("\\)", ")").replace("\\&", "&")
    return text


def path_of(text: str) -> Path:
    """The file that a text means; `~` is the home of who works here."""
    try:
        return Path(plain_path(text)).expanduser()
    except RuntimeError:  # a `~name` of nobody
        return Path(plain_path(text))


def completions(text: str) -> list[Entry]:
    """The folders and files that begin as typed, readable files first; nothing where it cannot be read."""
    plain = plain_path(text)
    if plain == "~":
        plain = "~/"
    folder, begun = plain[: plain.rfind("/") + 1], plain[plain.rfind("/") + 1 :]
    try:
        with os.scandir(path_of(folder or ".")) as entries:
            fitting = [_entry(folder, entry) for entry in entries if _fits(entry.name, begun)]
    except (OSError, ValueError):
        return []
    return sorted(fitting, key=_order)[:_MOST]


def common_beginning(text: str, entries: Iterable[Entry]) -> str:
    """What is typed, completed as far as all that fits begins alike."""
    names = sorted(entry.typed for entry in entries)
    if not names:
        return text
    first, last = names[0], names[-1]
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False)))
    return first[:alike] if alike > len(plain_path(text)) else text


def _fits(name: str, begun: str) -> bool:
    if name.startswith(".") and not begun.startswith("."):
        return False
    return name.casefold().startswith(begun.casefold())


def _entry(folder: str, entry: os.DirEntry[str]) -> Entry:
    try:
        is_folder = entry.is_dir()
        size = 0 if is_folder else entry.stat().st_size
    except OSError:
        is_folder, size = False, 0
    return Entry(f"{folder}{entry.name}{'/' * is_folder}", entry.name, is_folder, size)


def _order(entry: Entry) -> tuple[int, str]:
    ending = Path(entry.name).suffix.casefold()
    place = 1 if entry.is_folder else 0 if ending in READ_ENDINGS else 2
    return place, entry.name.casefold()
