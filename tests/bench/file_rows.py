"""How fast files are read into rows, and how much memory that takes: the readers alone."""

from __future__ import annotations

import csv
import io
import tracemalloc
from collections.abc import Iterator

from onewindow.exchange.export.files import write_export
from onewindow.exchange.tables.opening import read_rows
from tests.bench.samples import Line, milliseconds

_HEADERS = ("name", "tax id", "city", "tier", "note", "phone", "e-mail")
_MEGABYTES = 64
"""What reading may take beside the bytes of the file."""
_ROWS_A_SECOND = {"csv": 60_000, "xlsx": 20_000, "jsonl": 30_000}


def read_files(size: int) -> Iterator[Line]:
    """Rows a second of each format; of CSV, which has no limit of rows, memory and csv.reader alone too."""
    for fmt, budget in _ROWS_A_SECOND.items():
        count = size if fmt == "csv" else size // 10
        stream = io.BytesIO()
        write_export(_rows(count), _HEADERS, fmt, stream)  # type: ignore[arg-type]
        data = stream.getvalue()
        spent = milliseconds(lambda data=data, fmt=fmt: _read(data, fmt))
        rate = count / spent * 1000
        at = f"{count:,} rows of {fmt}".replace(",", " ")
        yield Line(
            "files read", at, f"≥ {budget:,} rows/s", f"{rate:,.0f} rows/s", rate, budget, is_floor=True
        )
        if fmt == "csv":
            yield _memory(data, at)
            yield _against_csv(data, at, spent)


def _memory(data: bytes, at: str) -> Line:
    tracemalloc.start()
    _read(data[: data.rindex(b"\n", 0, 20_000_000) if len(data) > 20_000_000 else None], "csv")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    value = peak / 1_000_000
    return Line("memory of reading", at, f"≤ {_MEGABYTES} MB", f"{value:.0f} MB", value, _MEGABYTES)


def _against_csv(data: bytes, at: str, spent: float) -> Line:
    def plain() -> None:
        for _ in csv.reader(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")):
            pass

    value = spent / milliseconds(plain)
    return Line("reading against csv.reader", at, "≤ 12 ×", f"{value:.1f} ×", value, 12)


def _read(data: bytes, fmt: str) -> None:
    for _ in read_rows(data, f"a.{fmt}").rows:
        pass


def _rows(count: int) -> Iterator[dict[str, object]]:
    for number in range(count):
        yield {
            "name": f"ООО «Север {number:07}»",
            "tax id": f"16{number:08}",
            "city": "Казань",
            "tier": "B",
            "note": "склад, опт; обращались весной",
            "phone": f"+7912{number:07}",
            "e-mail": f"info{number}@firm.example",
        }
