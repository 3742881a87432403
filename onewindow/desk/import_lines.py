"""Files with a row for each line of an invoice: what one invoice comes to, however many lines it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Self

from onewindow.desk.import_report import RowVerdict
from onewindow.exchange.column_dates import DateOrder, read_date
from onewindow.exchange.rows import SourceRow
from onewindow.store.line_book import Head, LineBook

_TELLS_APART = ("client_id", "client_id_also", "external_id", "number", "document_kind", "currency")
_DAYS = ("issued_on", "on_date")


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

        Numbers begin anew each year, so another day is another document, which is told; a line without a day
        goes on with the document of its number before it. Rows without a number, or with an amount that
        cannot be read, stay by themselves. `orders` says how the columns of days are written.
        """
        for row in rows:
            values = row.values
            amount = _amount(values)
            name = _numbered(values)
            if amount is not None and name:
                key = "\0".join(values.get(each, "").strip().casefold() for each in _TELLS_APART)
                self._book.add(row.number, key, _day(values, orders), name, amount)

    def take(
        self, rows: Sequence[SourceRow], take: Callable[[list[SourceRow]], list[RowVerdict]]
    ) -> list[RowVerdict]:
        """What became of the next rows, of which those that begin a document are taken, with its sum.

        The lines of a document that was refused are refused with it, so that it can come in whole.
        """
        if not rows:
            return take([])
        first, last = min(row.number for row in rows), max(row.number for row in rows)
        lines, heads = self._book.lines(first, last), self._book.heads(first, last)
        whole: list[SourceRow] = []
        for row in rows:
            if row.number not in lines:
                head = heads.get(row.number)
                whole.append(
                    replace(row, values={**row.values, "amount": head.total}) if head and head.lines else row
                )
        found: list[RowVerdict] = []
        for verdict in take(whole):
            if verdict.verdict == "error":
                self._refused.add(verdict.row)
            found.append(_told(verdict, heads.get(verdict.row)))
        found += (self._of_line(number, head) for number, head in lines.items())
        return found

    def _of_line(self, number: int, head: Head) -> RowVerdict:
        if head.number in self._refused:
            reason = f"{head.name} in row {head.number} was rejected, and this is a line of it"
            return RowVerdict(number, "error", head.name[:60], reason=reason)
        reason = f"added to {head.name} in row {head.number}"
        return RowVerdict(number, "skip", head.name[:60], reason=reason)


def _told(verdict: RowVerdict, head: Head | None) -> RowVerdict:
    """The verdict on a row with what is odd of the document that it begins."""
    if head is None or not head.other:
        return verdict
    odd = f"{head.name} has another date in row {head.other}: two documents"
    return replace(verdict, reason="; ".join(filter(None, (verdict.reason, odd))))


def _numbered(values: Mapping[str, str]) -> str:
    return values.get("number", "").strip() or values.get("external_id", "").strip()


def _day(values: Mapping[str, str], orders: Mapping[str, DateOrder]) -> str:
    """The day of a line, in one form where it can be read; '' for none."""
    name = next((each for each in _DAYS if values.get(each, "").strip()), "")
    text = values[name].strip() if name else ""
    try:
        return read_date(text, orders.get(name, "dmy"), None).day.isoformat() if text else ""
    except ValueError:
        return text


def _amount(values: Mapping[str, str]) -> Decimal | None:
    try:
        return Decimal(values.get("amount", "").strip())
    except InvalidOperation:
        return None
