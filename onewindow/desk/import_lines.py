"""Files with a row for each line of an invoice: what one invoice comes to, however many lines it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from onewindow.desk.import_report import RowVerdict
from onewindow.exchange.column_dates import DateOrder, read_date
from onewindow.exchange.rows import SourceRow

_TELLS_APART = ("client_id", "client_id_also", "external_id", "number", "document_kind", "currency")
_DAYS = ("issued_on", "on_date")

_Key = tuple[str, ...]


@dataclass(slots=True)
class Invoices:
    """One row for each invoice with the sum of its lines, and what became of the other lines."""

    rows: list[SourceRow] = field(default_factory=list[SourceRow])
    heads: dict[int, SourceRow] = field(default_factory=dict[int, SourceRow])
    """Number of a row that was added → the row that it was added to."""
    odd: dict[int, str] = field(default_factory=dict[int, str])
    """Number of a row → what is odd of the document that it begins."""

    def verdicts(self, taken: Sequence[RowVerdict]) -> list[RowVerdict]:
        """What became of all rows, once it is known of those of `rows`.

        The lines of a document that was refused are refused with it, so that it can come in whole.
        """
        refused = {each.row for each in taken if each.verdict == "error"}
        found = [self._told(each) for each in taken]
        for number, head in self.heads.items():
            name = _numbered(head.values)
            if head.number in refused:
                reason = f"{name} in row {head.number} was rejected, and this is a line of it"
                found.append(RowVerdict(number, "error", name[:60], reason=reason))
            else:
                reason = f"added to {name} in row {head.number}"
                found.append(RowVerdict(number, "skip", name[:60], reason=reason))
        return found

    def _told(self, verdict: RowVerdict) -> RowVerdict:
        odd = self.odd.get(verdict.row)
        return replace(verdict, reason="; ".join(filter(None, (verdict.reason, odd)))) if odd else verdict


def gathered(rows: Sequence[SourceRow], orders: Mapping[str, DateOrder]) -> Invoices:
    """Gather the lines of documents: rows of one number, if client, kind, currency and day agree.

    Numbers begin anew each year, so another day is another document, which is told; a line without a day
    goes on with the document of its number before it. Rows without a number, or with an amount that cannot
    be read, stay by themselves. `orders` says how the columns of days are written.
    """
    found = Invoices()
    firsts: dict[_Key, dict[str, SourceRow]] = {}
    last: dict[_Key, SourceRow] = {}
    for row in rows:
        values = row.values
        amount = _amount(values)
        if amount is None or not _numbered(values):
            found.rows.append(row)
            continue
        key = tuple(values.get(name, "").strip().casefold() for name in _TELLS_APART)
        day = _day(values, orders)
        of_number = firsts.setdefault(key, {})
        first = of_number.get(day) if day else last.get(key)
        if first is not None:
            last[key] = first
            found.heads[row.number] = first
            first.values["amount"] = format((_amount(first.values) or Decimal()) + amount, "f")
            continue
        if of_number:
            other = next(iter(of_number.values()))
            found.odd[row.number] = (
                f"{_numbered(values)} has another date in row {other.number}: two documents"
            )
        of_number[day] = last[key] = row
        found.rows.append(row)
    return found


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
