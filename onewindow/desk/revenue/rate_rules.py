"""What must hold for exchange rates: a number above nothing, between two different currencies."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from onewindow.desk.reference.record_entries import Context, RecordEntry, RecordRules
from onewindow.desk.session.context import Session
from onewindow.records.organization import ExchangeRate
from onewindow.store.engine import Value
from onewindow.store.revenue import exchange_rates


def _number(text: str) -> Decimal | None:
    """The rate as a number, however its decimals are marked; None for what is none, or not above 0."""
    try:
        number = Decimal(text.strip().replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and number > 0 else None


def _problems(context: Context, record: ExchangeRate) -> dict[str, str]:
    if _number(record.rate) is None:
        return {"rate": "write what one unit is worth as a number, for example 98.50."}
    if record.currency == record.base_currency:
        return {"base_currency": f"one {record.currency} is always one {record.currency}; name another one."}
    twin = exchange_rates.of_day(context.store, record)
    if twin is not None and record.archived_at is None:
        return {"valid_from": f"the rate of that day is on file already: {twin.rate}; change that one."}
    return {}


def _filled(_context: Context, record: ExchangeRate) -> dict[str, Value]:
    number = _number(record.rate)
    return {} if number is None else {"rate": f"{number:f}"}


def _likely(session: Session) -> dict[str, Value]:
    ours = session.settings.currency
    return {
        "currency": "USD" if ours == "EUR" else "EUR",
        "base_currency": ours,
        "valid_from": session.today().isoformat(),
    }


EXCHANGE_RATE = RecordEntry[Session, ExchangeRate](
    RecordRules(problems=_problems, filled=_filled, likely=_likely)
)
