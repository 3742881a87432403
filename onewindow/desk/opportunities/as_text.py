"""Suggestions in words and as plain fields: what is offered, why, in which order, and why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from onewindow.desk.opportunities.deciding import key_of
from onewindow.desk.opportunities.suggesting import Suggested
from onewindow.desk.session.context import Session
from onewindow.metrics.intervals import Estimate
from onewindow.metrics.opportunities.forecast import Forecast
from onewindow.metrics.opportunities.triggers import TRIGGERS
from onewindow.store.engine import Value
from onewindow.text.dates import shorten_days
from onewindow.text.money import format_money, minor_digits

COLUMNS = (
    *("rank", "key", "client_id", "number", "client", "owner", "trigger", "kind", "title"),
    *("product_id", "product"),
    *("evidence", "amount", "currency", "window_till", "shown", "won", "chance", "urgency", "expected"),
    "not_offered",
)
"""The fields of a suggestion for machines; amounts are minor units, `expected` is chance·amount·urgency."""
TABLE_COLUMNS = ("key", "client", "title", "worth", "till", "why")


def named(trigger: str) -> str:
    """What people call a rule; a name that is none of ours comes back as it is."""
    known = TRIGGERS.get(trigger)
    return known.label if known else trigger.replace("_", " ")


def share_text(share: Estimate | None) -> str:
    """A share with its interval and what it rests on: `40 % (21–63) of 20`; `–` where nothing was counted."""
    if share is None:
        return "–"
    return f"{100 * share.value:.0f} % ({100 * share.low:.0f}–{100 * share.high:.0f}) of {share.n}"


def expected_text(one: Forecast) -> str:
    """What is expected with its interval, in whole units: `2 370 772 ₽ (916 377 ₽ … 3 825 167 ₽)`."""
    middle, low, high = (whole_text(value, one.currency) for value in (one.expected, one.low, one.high))
    return f"{middle} ({low} … {high})"


def whole_text(amount: float, currency: str) -> str:
    """An amount of minor units without its decimals: what is only expected is known to no cent."""
    unit = 10 ** minor_digits(currency)
    return format_money(round(amount / unit) * unit, currency)


def amount_text(suggested: Suggested) -> str:
    """The amount with its currency, '' where none is known."""
    made = suggested.suggestion
    return "" if made.amount is None else format_money(made.amount, made.currency)


def evidence_text(session: Session, suggested: Suggested) -> str:
    """The evidence with its days in short."""
    return shorten_days(suggested.suggestion.evidence, session.today())


def reasons_text(session: Session, suggested: Suggested) -> str:
    """Why it is not offered, '' where nothing forbids it."""
    return shorten_days("; ".join(reason.text for reason in suggested.reasons), session.today())


def reasons_of_all(session: Session, held: Sequence[Suggested]) -> str:
    """What holds several back, the most frequent reason first."""
    counts = Counter(reason.text for suggested in held for reason in suggested.reasons)
    return shorten_days("; ".join(text for text, _ in counts.most_common()), session.today())


def values(session: Session, suggested: Suggested, rank: int) -> dict[str, Value | float]:
    """A suggestion as plain fields, by COLUMNS."""
    made, record, client = suggested.suggestion, suggested.ranked.record, suggested.client
    urgency = suggested.ranked.urgency
    return {
        "rank": rank,
        "key": key_of(session, suggested),
        "client_id": client.id,
        "number": f"C-{client.number}",
        "client": client.name,
        "owner": session.directory.name(client.owner_id),
        "trigger": made.trigger,
        "kind": made.kind,
        "title": made.title,
        "product_id": made.product_id,
        "product": session.directory.product(made.product_id),
        "evidence": made.evidence,
        "amount": made.amount,
        "currency": made.currency,
        "window_till": made.window_till,
        "shown": record.shown,
        "won": record.won,
        "chance": round(record.chance, 4),
        "urgency": round(urgency, 4),
        "expected": round(record.chance * (made.amount or 0) * urgency, 2),
        "not_offered": "; ".join(reason.text for reason in suggested.reasons),
    }


def table_values(session: Session, suggested: Suggested) -> dict[str, Value]:
    """A suggestion as people read it in a table, by TABLE_COLUMNS."""
    made, client = suggested.suggestion, suggested.client
    reasons = reasons_text(session, suggested)
    return {
        "key": key_of(session, suggested),
        "client": client.name,
        "title": made.title,
        "worth": amount_text(suggested),
        "till": made.window_till,
        "why": f"not offered: {reasons}" if reasons else evidence_text(session, suggested),
    }


def why_lines(session: Session, suggested: Suggested) -> list[str]:
    """The rule, its evidence, the arithmetic of the rank, and what forbids it: the result last."""
    made, ranked = suggested.suggestion, suggested.ranked
    record = ranked.record
    known = TRIGGERS.get(made.trigger)
    lines = [
        f"{made.title}: suggested by the rule “{named(made.trigger)}”",
        f"the rule: {known.says}" if known else "the rule is none of this program's",
        f"evidence: {made.evidence}",
        f"chance = (won + 1) / (shown + 5) = ({record.won} + 1) / ({record.shown} + 5) = {record.chance:.3f}",
        f"urgency {ranked.urgency:.3f}: worth while till {made.window_till}, it halves for each 30 days left",
    ]
    if made.amount is None:
        lines.append("no amount is known: it stands behind those of which one is")
    else:
        expected = format_money(round(record.chance * made.amount * ranked.urgency), made.currency)
        lines.append(
            f"rank by chance × amount × urgency = {record.chance:.3f} × {amount_text(suggested)}"
            f" × {ranked.urgency:.3f} = {expected}"
        )
    lines += [f"not offered: {reason.text}" for reason in suggested.reasons]
    if not suggested.reasons:
        lines.append("nothing forbids to offer it")
    return [shorten_days(line, session.today()) for line in lines]
