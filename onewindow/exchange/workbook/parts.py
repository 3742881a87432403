"""The parts of an XLSX file: which sheets there are, the texts that they share, the formats of numbers.

Names of parts do not depend on case (ECMA-376 part 2), prefixes and the strict namespaces (ISO 29500) change
no name of an element: only what stands behind the colon or the brace is looked at.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from xml.etree.ElementTree import Element, XMLParser, iterparse, parse

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOT_OF_NUMBERS = re.compile(r'"[^"]*"|\\.|_.|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]', re.IGNORECASE)
_OF_DATES = re.compile(r"[dmhys]", re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)
_ZEROS = re.compile(r"0{2,}")
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)))
_ELAPSED_FORMAT = 46
_MOST_STRINGS = 20_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of cells."""

    title: str
    part: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """What must be known of a workbook before its cells are read."""

    sheets: list[Sheet]
    is_since_1904: bool
    strings: list[str]
    styles: list[str]
    """By the number of a style: `date`, `elapsed`, zeros that a number is filled up with, or ''."""


class Parts:
    """The parts of the archive by their names, in any case."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {_key(name): name for name in reversed(archive.namelist())}

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._names

    def open(self, name: str) -> IO[bytes]:
        """The unpacked bytes of a part; raises KeyError when there is none of that name."""
        return self._archive.open(self._names[_key(name)])

    def tree(self, name: str) -> Element:
        """A small part as a tree."""
        with self.open(name) as stream:
            # Expat limits what entities may grow to; a workbook has none.
            return parse(stream, XMLParser()).getroot()  # noqa: S314

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Ids of what a part refers to → the last word of its kind, and the name of its part."""
        folder, file = posixpath.split(name)
        links = posixpath.join(folder, "_rels", f"{file}.rels")
        if links not in self:
            return {}
        by_id: dict[str, tuple[str, str]] = {}
        for link in self.tree(links):
            target = link.get("Target", "").replace("\\", "/")
            if link.get("TargetMode") != "External" and target:
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                by_id[link.get("Id", "")] = (link.get("Type", "").rpartition("/")[2], path)
        return by_id


def read_book(parts: Parts) -> Book:
    """Read what belongs to the whole workbook; raises KeyError, ValueError, ParseError for a damaged one."""
    main = next((part for kind, part in parts.related("").values() if kind == "officeDocument"), "")
    main = main if main in parts else "xl/workbook.xml"
    related = parts.related(main)
    tree = parts.tree(main)
    sheets = [
        Sheet(title, related[link][1], is_hidden)
        for title, link, is_hidden in _sheets(tree)
        if related.get(link, ("", ""))[0] == "worksheet"
    ]
    settings = next(_named(tree, "workbookPr"), None)
    since = settings.get("date1904", "") if settings is not None else ""
    folder = posixpath.dirname(main)
    return Book(
        sheets,
        since in ("1", "true", "on"),
        _strings(parts, _one_of(related, "sharedStrings", f"{folder}/sharedStrings.xml")),
        _styles(parts, _one_of(related, "styles", f"{folder}/styles.xml")),
    )


def unescape(text: str) -> str:
    """The text with `_x000D_` and its like read as the characters that they stand for.

    Half of a character stays out, as U+FFFD: no database keeps it.
    """
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    # Two halves that were escaped one by one are one character again.
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def local(name: str) -> str:
    """The name of an element without its namespace or prefix."""
    return name.rpartition("}")[2].rpartition(":")[2]


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _named(tree: Element, name: str) -> Iterator[Element]:
    return (element for element in tree.iter() if local(element.tag) == name)


def _one_of(related: dict[str, tuple[str, str]], kind: str, usual: str) -> str:
    return next((part for part_kind, part in related.values() if part_kind == kind), usual)


def _sheets(tree: Element) -> Iterator[tuple[str, str, bool]]:
    for sheet in _named(tree, "sheet"):
        link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        yield sheet.get("name", ""), link, sheet.get("state", "visible") != "visible"


def _strings(parts: Parts, name: str) -> list[str]:
    if name not in parts:
        return []
    strings: list[str] = []
    with parts.open(name) as stream:
        events = iterparse(stream, ("start", "end"))  # noqa: S314  see `tree`
        _, root = next(events)
        for event, element in events:
            if event == "end" and local(element.tag) == "si":
                strings.append(_text_of(element))
                root.clear()
                if len(strings) > _MOST_STRINGS:
                    raise ValueError
    return strings


def _text_of(item: Element) -> str:
    """The text of an item, plain or in runs of several fonts; how it is pronounced (rPh) is no part of it."""
    pieces: list[str] = []
    for child in item:
        name = local(child.tag)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            pieces += [element.text or "" for element in child if local(element.tag) == "t"]
    return unescape("".join(pieces))


def _styles(parts: Parts, name: str) -> list[str]:
    if name not in parts:
        return []
    tree = parts.tree(name)
    formats = {
        element.get("numFmtId", ""): element.get("formatCode", "") for element in _named(tree, "numFmt")
    }
    cells = next(_named(tree, "cellXfs"), None)
    return [_kind_of(element.get("numFmtId", "0"), formats) for element in cells] if cells is not None else []


def _kind_of(number: str, formats: dict[str, str]) -> str:
    code = formats.get(number)
    if code is None:
        known = int(number) if number.isdecimal() else 0
        return "date" if known in _DATE_FORMATS else "elapsed" if known == _ELAPSED_FORMAT else ""
    plain = _NOT_OF_NUMBERS.sub("", code.split(";")[0])
    if _ELAPSED.search(plain):
        return "elapsed"
    if _ZEROS.fullmatch(plain):
        return plain
    return "date" if _OF_DATES.search(plain) else ""
