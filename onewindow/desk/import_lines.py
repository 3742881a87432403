"""Files with a row for each line of an invoice: what one invoice comes to, however many lines it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from onewindow.desk.import_report import RowVerdict
from onewindow.exchange.rows import SourceRow

_TELLS_APART = ("client_id", "client_id_also", "external_id", "number", "currency")


def gathered(rows: Sequence[SourceRow]) -> tuple[list[SourceRow], list[RowVerdict]]:
    """One row for each invoice with the sum of its lines, and the verdicts of the rows that were added.

    Rows without a number, or with an amount that cannot be read, stay by themselves.
    """
    firsts: dict[tuple[str, ...], SourceRow] = {}
    found: list[SourceRow] = []
    added: list[RowVerdict] = []
    for row in rows:
        values = row.values
        amount = _amount(values)
        numbered = values.get("number", "").strip() or values.get("external_id", "").strip()
        if amount is None or not numbered:
            found.append(row)
            continue
        key = tuple(values.get(name, "").strip().casefold() for name in _TELLS_APART)
        first = firsts.setdefault(key, row)
        if first is row:
            found.append(row)
            continue
        first.values["amount"] = format((_amount(first.values) or Decimal()) + amount, "f")
        reason = f"added to {numbered} in row {first.number}"
        added.append(RowVerdict(row.number, "skip", numbered[:60], reason=reason))
    return found, added


def _amount(values: Mapping[str, str]) -> Decimal | None:
    try:
        return Decimal(values.get("amount", "").strip())
    except InvalidOperation:
        return None
