"""What stands in a page of a SQLite file: its kind, its children, and its rows, checked as they are read."""

from __future__ import annotations

import struct

from onewindow.records.named_tuples import NamedTuple
from onewindow.store.salvage.pages import PAGE_SIZE, Pages, offset_in

TABLE_INNER, TABLE_LEAF, INDEX_INNER, INDEX_LEAF = 0x05, 0x0D, 0x02, 0x0A
_INNER = (TABLE_INNER, INDEX_INNER)
_KINDS = frozenset({TABLE_INNER, TABLE_LEAF, INDEX_INNER, INDEX_LEAF})
_LEAST_PAYLOAD = (PAGE_SIZE - 12) * 32 // 255 - 23
_MOST_IN_LEAF = PAGE_SIZE - 35
_MOST_IN_INDEX = (PAGE_SIZE - 12) * 64 // 255 - 23
_LARGEST_PAYLOAD = 1 << 30
_INTEGER_BYTES = (0, 1, 2, 3, 4, 6, 8)

RawValue = int | str | bytes | float | None


class BrokenPage(Exception):
    """A page, or a row in it, cannot be right."""


class Layout(NamedTuple):
    """A page as far as it can be trusted: its kind, where its cells begin, and its last child."""

    kind: int
    cells: tuple[int, ...]
    last_child: int
    content: bytes
    missing: int
    """Cells whose places cannot be right."""


class RawRow(NamedTuple):
    """One row: its row id (0 in indexes) and its values as they are stored."""

    rowid: int
    values: tuple[RawValue, ...]


def layout(pages: Pages, number: int) -> Layout:
    """How a page is built; raises BrokenPage if it is none of a tree."""
    content = pages.page(number)
    if content is None:
        raise BrokenPage
    begin = offset_in(number)
    kind = content[begin]
    if kind not in _KINDS:
        raise BrokenPage
    count = int.from_bytes(content[begin + 3 : begin + 5], "big")
    header = begin + (12 if kind in _INNER else 8)
    if header + 2 * count > PAGE_SIZE:
        raise BrokenPage
    cells = struct.unpack(f">{count}H", content[header : header + 2 * count])
    possible = tuple(cell for cell in cells if header + 2 * count <= cell < PAGE_SIZE - 1)
    if cells and not possible:
        raise BrokenPage
    last = int.from_bytes(content[begin + 8 : begin + 12], "big") if kind in _INNER else 0
    return Layout(kind, possible, last, content, count - len(possible))


def children(page: Layout) -> list[int]:
    """The pages below an inner one, in order."""
    below = [int.from_bytes(page.content[cell : cell + 4], "big") for cell in page.cells]
    return [*below, page.last_child]


def rows(pages: Pages, page: Layout) -> tuple[list[RawRow], int, list[int]]:
    """The rows of a page, how many of its rows cannot be read, and the pages on which long rows go on."""
    good: list[RawRow] = []
    broken = page.missing
    chained: list[int] = []
    for cell in page.cells:
        try:
            row, chain = _row(pages, page, cell)
        except (BrokenPage, IndexError, UnicodeDecodeError, struct.error):
            broken += 1
        else:
            good.append(row)
            chained += chain
    return good, broken, chained


def _row(pages: Pages, page: Layout, cell: int) -> tuple[RawRow, list[int]]:
    at = cell + 4 if page.kind == INDEX_INNER else cell
    length, at = varint(page.content, at)
    rowid = 0
    if page.kind == TABLE_LEAF:
        rowid, at = varint(page.content, at)
    if not 0 < length < _LARGEST_PAYLOAD:
        raise BrokenPage
    most = _MOST_IN_LEAF if page.kind == TABLE_LEAF else _MOST_IN_INDEX
    if length <= most:
        if at + length > PAGE_SIZE:
            raise BrokenPage
        return RawRow(rowid, record(page.content[at : at + length])), []
    local = _LEAST_PAYLOAD + (length - _LEAST_PAYLOAD) % (PAGE_SIZE - 4)
    local = local if local <= most else _LEAST_PAYLOAD
    if at + local + 4 > PAGE_SIZE:
        raise BrokenPage
    parts = [page.content[at : at + local]]
    missing = length - local
    following = int.from_bytes(page.content[at + local : at + local + 4], "big")
    chain: list[int] = []
    while missing > 0:
        content = pages.page(following) if 1 < following <= pages.count else None
        if content is None or following in chain:
            raise BrokenPage
        chain.append(following)
        parts.append(content[4 : 4 + missing])
        missing -= PAGE_SIZE - 4
        following = int.from_bytes(content[:4], "big")
    return RawRow(rowid, record(b"".join(parts))), chain


def record(payload: bytes) -> tuple[RawValue, ...]:
    """The values of a stored row; raises BrokenPage or a decoding error if it cannot be one."""
    header, at = varint(payload, 0)
    if not 0 < header <= len(payload):
        raise BrokenPage
    values: list[RawValue] = []
    body = header
    while at < header:
        kind, at = varint(payload, at)
        value, size = _value(payload, body, kind)
        values.append(value)
        body += size
    if at != header or body != len(payload):
        raise BrokenPage
    return tuple(values)


def _value(payload: bytes, at: int, kind: int) -> tuple[RawValue, int]:
    if kind in (0, 8, 9):
        return (None if kind == 0 else kind - 8), 0
    if kind <= 6:
        size = _INTEGER_BYTES[kind]
    elif kind == 7:
        size = 8
    elif kind < 12:
        raise BrokenPage
    else:
        size = (kind - 12) // 2
    content = payload[at : at + size]
    if len(content) != size:
        raise BrokenPage
    if kind == 7:
        return struct.unpack(">d", content)[0], size
    if kind < 7:
        return int.from_bytes(content, "big", signed=True), size
    return (content.decode("utf-8") if kind % 2 else content), size


def varint(content: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends; numbers above 63 bits are negative."""
    number = 0
    for place in range(at, at + 8):
        byte = content[place]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, place + 1
    number = number << 8 | content[at + 8]
    return (number - (1 << 64) if number >> 63 else number), at + 9
