"""Files with a row for each line of an invoice: what one invoice comes to, however many lines it has."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Self

from onewindow.desk.imports.reporting.run_report import RowVerdict
from onewindow.exchange.columns.dates import DateOrder, read_date
from onewindow.exchange.rows import SourceRow
from onewindow.store.imports.line_book import Head, Line, LineBook

_TELLS_APART = ("client_id", "client_id_also", "external_id", "number", "document_kind", "currency")
_CLIENT = ("client_id", "client_id_also")
_DAYS = ("issued_on", "on_date")
_DAY = "day"
"""Stands for the day among what tells documents apart, in one form."""


class DocumentLines:
    """The documents of a file whose rows are lines: one row for each, and what becomes of the other lines."""

    def __init__(self) -> None:
        """Know no lines yet."""
        self._book = LineBook()
        self._refused: set[int] = set()

    def __enter__(self) -> Self:
        """Be there till the end of the import."""
        return self

    def __exit__(self, *_: object) -> None:
        """Forget them."""
        self._book.close()

    def gather(self, rows: Iterable[SourceRow], orders: Mapping[str, DateOrder]) -> None:
        """Gather lines of documents: rows of one number, if client, kind, currency and day agree.

        What a line leaves empty is that of the other rows of its block, as papers print client and number
        once. Numbers begin again each year, so another day is another document, which is told. Rows without a
        number that say whose they are stay by themselves. `orders` says how the columns of days are written.
        """
        block: list[_Cells] = []
        for row in rows:
            cells = _Cells(row, orders)
            if block and not cells.goes_on(block[0]):
                self._add(block)
                block = []
            if cells.name or block:
                block.append(cells)
        self._add(block)

    def _add(self, block: Sequence[_Cells]) -> None:
        """Add the rows of a block with what they say of each other."""
        if len(block) > 1:
            _fill(block)
        # Lines that name no client may stand far from the document that does.
        is_strayed = bool(block) and block[0].needs_client
        known = self._book.only_key(block[0].name) if is_strayed else ""
        for cells in block:
            key = known or "\0".join(cells.texts.get(field, "").casefold() for field in _TELLS_APART)
            filled = json.dumps(cells.filled) if cells.filled else ""
            day = cells.texts.get(_DAY, "")
            self._book.add(Line(cells.number, key, day, block[0].name, cells.amount, filled))

    def take(
        self, rows: Sequence[SourceRow], take: Callable[[list[SourceRow]], list[RowVerdict]]
    ) -> list[RowVerdict]:
        """What became of the next rows, of which those that begin a document are taken, with its sum.

        The lines of a document that was refused are refused with it, so that it can come in whole; and a
        document is refused if the amount of one of its lines cannot be read.
        """
        if not rows:
            return take([])
        first, last = min(row.number for row in rows), max(row.number for row in rows)
        lines, heads = self._book.lines(first, last), self._book.heads(first, last)
        whole: list[SourceRow] = []
        verdicts: list[RowVerdict] = []
        for row in rows:
            head = heads.get(row.number)
            if row.number in lines:
                continue
            if head is None or not head.lines:
                whole.append(row)
            elif head.broken:
                self._refused.add(row.number)
                verdicts.append(_broken(row.number, head))
            else:
                filled: dict[str, str] = json.loads(head.filled) if head.filled else {}
                whole.append(replace(row, values={**row.values, **filled, "amount": head.total}))
        for verdict in take(whole):
            if verdict.verdict == "error":
                self._refused.add(verdict.row)
            verdicts.append(_with_lines_of(verdict, heads.get(verdict.row)))
        verdicts += (self._of_line(number, head) for number, head in lines.items())
        return verdicts

    def _of_line(self, number: int, head: Head) -> RowVerdict:
        if head.broken == number:
            return _broken(number, head)
        if head.number in self._refused:
            reason = f"{head.name} in row {head.number} was rejected, and this is a line of it"
            return RowVerdict(number, "error", head.name[:60], reason=reason)
        reason = f"added to {head.name} in row {head.number}"
        return RowVerdict(number, "skip", head.name[:60], reason=reason)


def _with_lines_of(verdict: RowVerdict, head: Head | None) -> RowVerdict:
    """The verdict on a row with what is odd of the document that it begins."""
    if head is None or not head.other:
        return verdict
    return verdict.saying(f"{head.name} has another date in row {head.other}: two documents")


def _broken(number: int, head: Head) -> RowVerdict:
    """The verdict on a row of a document of which a line tells no amount."""
    where = "this row" if head.broken == number else f"row {head.broken}"
    reason = f"the amount of {where} cannot be read, so {head.name} would come to less than it does"
    return RowVerdict(number, "error", head.name[:60], reason=reason)


class _Cells:
    """What one row says of the document that it is a line of."""

    __slots__ = ("_can_name_client", "_day_field", "amount", "filled", "name", "number", "texts")

    def __init__(self, row: SourceRow, orders: Mapping[str, DateOrder]) -> None:
        values = row.values
        self.number = row.number
        self.texts = {name: text for name in _TELLS_APART if (text := values.get(name, "").strip())}
        if day := _day(values, orders):
            self.texts[_DAY] = day
        self.name = self.texts.get("number") or self.texts.get("external_id", "")
        self.amount = _amount(values)
        self.filled: dict[str, str] = {}
        """What its neighbours say, by field."""
        self._day_field = next((field for field in _DAYS if field in values), "")
        self._can_name_client = any(field in values for field in _CLIENT)

    @property
    def has_client(self) -> bool:
        """Whether it names a client."""
        return any(field in self.texts for field in _CLIENT)

    @property
    def needs_client(self) -> bool:
        """Whether it names no client, though there are columns for it."""
        return self._can_name_client and not self.has_client

    def goes_on(self, first: _Cells) -> bool:
        """Whether it is of the block that this row begins."""
        if self.name:
            return self.name == first.name
        is_other_day = bool(self.texts.get(_DAY)) and self.texts[_DAY] != first.texts.get(_DAY)
        return self._can_name_client and not self.has_client and not is_other_day

    def fill(self, cells: Mapping[str, str]) -> None:
        """Take what other rows say of what this one leaves empty; several cells tell one client."""
        had_client = self.has_client
        for name, text in cells.items():
            if name in self.texts or (had_client and name in _CLIENT):
                continue
            self.texts[name] = text
            field = self._day_field if name == _DAY else name
            if field:
                self.filled[field] = text


def _fill(block: Sequence[_Cells]) -> None:
    """Fill what rows leave empty: with what all others say, or with what the row before says."""
    said: dict[str, set[str]] = {}
    for cells in block:
        for name, text in cells.texts.items():
            said.setdefault(name, set()).add(text)
    of_all = {name: next(iter(texts)) for name, texts in said.items() if len(texts) == 1}
    before: dict[str, str] = {}
    for cells in block:
        cells.fill({**before, **of_all})
        # The lines of several documents have days of their own; one without goes on with the one before.
        before = {name: text for name, text in cells.texts.items() if name != "external_id"}


def _day(values: Mapping[str, str], orders: Mapping[str, DateOrder]) -> str:
    """The day of a line, in one form where it can be read; '' for none."""
    name = next((field for field in _DAYS if values.get(field, "").strip()), "")
    text = values[name].strip() if name else ""
    try:
        return read_date(text, orders.get(name, "dmy"), None).day.isoformat() if text else ""
    except ValueError:
        return text


def _amount(values: Mapping[str, str]) -> Decimal | None:
    """What a line comes to, nothing for a head without an amount of its own; None for what no number is."""
    text = values.get("amount", "").strip()
    try:
        return Decimal(text) if text else Decimal()
    except InvalidOperation:
        return None
