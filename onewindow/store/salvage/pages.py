"""The pages of a SQLite file, read without SQLite: for files that it does not read any more.

The log (-wal) is laid over the file as SQLite would do, as far as its checksums are right. What the disk does
not give, and what lies behind the end of a file that was cut, are pages without content. Nothing is written.
The format is described at sqlite.org/fileformat2.html.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from types import TracebackType

_MAGIC = b"SQLite format 3\x00"
PAGE_SIZE = 4096
"""Of every file of ours; what a head says that is not this is taken for damage."""
_WAL_HEADER_BYTES, _FRAME_HEADER_BYTES = 32, 24
_LITTLE, _BIG = 0x377F0682, 0x377F0683
_LOCK_BYTE = 0x4000_0000
_FIRST_PAGE_OFFSET = 100


class Pages:
    """A file as pages, numbered from 1."""

    def __init__(self, path: Path) -> None:
        """Open a file and read its log; raises OSError if the file cannot be opened at all."""
        self._file = os.open(path, os.O_RDONLY)
        self._size = os.fstat(self._file).st_size
        self.refused: set[int] = set()
        """Pages that the disk did not give, and why the last of them."""
        self.reason = ""
        log, committed = _read_log(path.with_name(path.name + "-wal"))
        self._log = log
        head = self.page(1) or b""
        self.has_head = head.startswith(_MAGIC) and int.from_bytes(head[16:18], "big") == PAGE_SIZE
        pages_in_head = int.from_bytes(head[28:32], "big") if self.has_head else 0
        whole = -(-self._size // PAGE_SIZE)
        # That number may be damaged too: no file loses more than three of four pages.
        self.count = max(whole, committed, pages_in_head if pages_in_head <= 4 * max(whole, 1) else 0)
        self.version = int.from_bytes(head[60:64], "big") if self.has_head else 0
        self.free = self._free_pages(head) if self.has_head else frozenset[int]()

    def page(self, number: int) -> bytes | None:
        """The content of a page, None where there is none or the disk does not give it."""
        if number in self._log:
            return self._log[number]
        try:
            content = os.pread(self._file, PAGE_SIZE, (number - 1) * PAGE_SIZE)
        except OSError as error:
            self.refused.add(number)
            self.reason = (error.strerror or str(error)).lower()
            return None
        return content if len(content) == PAGE_SIZE else None

    @property
    def never_used(self) -> int:
        """The page that SQLite keeps for locks."""
        return _LOCK_BYTE // PAGE_SIZE + 1

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def __enter__(self) -> Pages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _free_pages(self, head: bytes) -> frozenset[int]:
        """The pages that hold nothing any more; an old copy of rows may still stand in them."""
        free: set[int] = set()
        trunk = int.from_bytes(head[32:36], "big")
        while trunk and trunk not in free and trunk <= self.count:
            content = self.page(trunk)
            if content is None:
                break
            following, number = struct.unpack(">II", content[:8])
            if number > PAGE_SIZE // 4 - 2:
                break
            free.add(trunk)
            free.update(struct.unpack(f">{number}I", content[8 : 8 + 4 * number]))
            trunk = following
        return frozenset(free)


def offset_in(number: int) -> int:
    """Where the tree of a page begins: the first page begins with the head of the file."""
    return _FIRST_PAGE_OFFSET if number == 1 else 0


def _read_log(path: Path) -> tuple[dict[int, bytes], int]:
    """The newest content of each page in a log, and the number of pages after its last commit."""
    try:
        content = path.read_bytes()
    except OSError:
        return {}, 0
    if len(content) < _WAL_HEADER_BYTES:
        return {}, 0
    magic, _, size, _, salt_1, salt_2 = struct.unpack(">IIIIII", content[:24])
    if magic not in (_LITTLE, _BIG) or size != PAGE_SIZE:
        return {}, 0
    order = "<" if magic == _LITTLE else ">"
    sums = _checksum(content[:24], order, (0, 0))
    if sums != struct.unpack(">II", content[24:32]):
        return {}, 0
    kept: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    count = 0
    at = _WAL_HEADER_BYTES
    while at + _FRAME_HEADER_BYTES + PAGE_SIZE <= len(content):
        head = content[at : at + _FRAME_HEADER_BYTES]
        page = content[at + _FRAME_HEADER_BYTES : at + _FRAME_HEADER_BYTES + PAGE_SIZE]
        number, committed, first, second, sum_1, sum_2 = struct.unpack(">IIIIII", head)
        if (first, second) != (salt_1, salt_2):
            break
        sums = _checksum(page, order, _checksum(head[:8], order, sums))
        if sums != (sum_1, sum_2):
            break
        pending[number] = page
        if committed:
            kept |= pending
            pending = {}
            count = committed
        at += _FRAME_HEADER_BYTES + PAGE_SIZE
    return kept, count


def _checksum(content: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFF_FFFF
        second = (second + odd + first) & 0xFFFF_FFFF
    return first, second
