"""What a row of another program leaves out, worked out from the rest, and what only a new record needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from onewindow.desk.imports.matching.kinds import UNTOLD
from onewindow.desk.imports.reporting.findings import NotEnough
from onewindow.desk.imports.rows.row import ReadRow
from onewindow.records.requests import CLOSED_STATUSES
from onewindow.store.engine import Value
from onewindow.store.ids import is_own_id
from onewindow.text.choices import direction_in
from onewindow.text.dates import week_number
from onewindow.text.names.slugs import slug_of

Values = dict[str, Value]
_NAME_LENGTH = 200
_ANSWER = re.compile(
    r"(?:(?:re|fwd?|aw|wg|отв|ответ|пересл|отговор)\s*(?:\[\d+\])?\s*:\s*|\[\s*#\s*\d+\s*\]\s*:?\s*)+",
    re.IGNORECASE,
)
"""What stands before the subject of an answer: `Re: [#12] `."""
_FIRST_WEEK = 1043
"""The week of 1990-01-01: whoever writes a smaller number means the week of a year."""


def complete(kind: str, row: ReadRow, names: Mapping[str, str]) -> Values:
    """Put right what a row says, in place, and give back what only a new record takes or an empty field.

    `names` has the words of references as the file has them. Raises ValueError with a reason.
    """
    if (rewrite := _REWRITES.get(kind)) is not None:
        rewrite(row, names)
    work = _COMPLETE.get(kind)
    return work(row.values, names) if work else {}


def _request(values: Values, names: Mapping[str, str]) -> Values:
    if not values.get("title") and values.get("text"):
        first = str(values["text"]).strip().splitlines()[0]
        values["title"] = first if len(first) <= _NAME_LENGTH else first[: _NAME_LENGTH - 1] + "…"
    if not is_own_id(names.get("id", "")) and (answer := _ANSWER.match(str(values.get("title") or ""))):
        # What a mail answers is another program's case: this is a new request.
        values["title"] = str(values["title"])[answer.end() :] or values["title"]
    defaults: Values = {}
    status = values.get("status")
    if status is None and values.get("resolved_at"):
        values["status"] = status = "resolved"
    if status == "declined":
        defaults["result"] = UNTOLD
    if status in CLOSED_STATUSES or status == "waiting":
        values.setdefault("next_actor", "client")
    elif status == "handed_off":
        values.setdefault("next_actor", "internal")
    return defaults


def _touch(values: Values, names: Mapping[str, str]) -> Values:
    if "direction" not in values and (direction := direction_in(names.get("touch_kind", ""))):
        values["direction"] = direction
    return {}


_OF_DEALS = ("title", "amount", "product_id", "expected_on", "closed_on", "begun_on", "evidence", "state")
"""What tells of a deal more than whose it is."""


def _opportunity(values: Values, names: Mapping[str, str]) -> Values:
    defaults: Values = {}
    if not names.get("external_id") and all(values.get(name) in (None, "") for name in _OF_DEALS):
        raise NotEnough(_OF_DEALS, "it tells nothing of a deal: no title, amount, product, date or state")
    if not values.get("title"):
        product = names.get("product_id", "")
        values["title"] = product or f"deal {names.get('external_id', '')}".strip()
    state = values.get("state")
    if state in ("won", "lost", "dismissed"):
        closed = values.get("closed_on") or values.get("expected_on")
        if closed:
            values["closed_on"] = closed
        if state != "won":
            defaults["reason"] = UNTOLD
    return defaults


_TELLING = (
    *("number", "title", "amount", "issued_on", "due_on", "signed_on", "expires_on", "period"),
    *("location", "note"),
)
"""What tells of a document more than whose it is."""


def _document(values: Values, names: Mapping[str, str]) -> Values:
    is_known_elsewhere = bool(names.get("external_id") and values.get("state"))
    if not is_known_elsewhere and all(values.get(name) in (None, "") for name in _TELLING):
        raise NotEnough(_TELLING[:4], "it tells nothing of a document: no number, title, amount or date")
    if not values.get("title"):
        kind = str(values.get("document_kind") or "document").replace("_", " ")
        values["title"] = " ".join(part for part in (kind, str(values.get("number") or "")) if part)
    defaults: Values = {}
    if values.get("state") in ("signed", "received"):
        defaults["signed_on"] = values.get("issued_on")
    return defaults


def _usage(values: Values, names: Mapping[str, str]) -> Values:  # noqa: ARG001
    day = values.get("date")
    if day is not None and "week" not in values:
        values["week"] = week_number(date.fromisoformat(str(day)))
    if "week" not in values:
        raise ValueError("it has no week and no date")
    if int(values["week"] or 0) < _FIRST_WEEK:
        raise ValueError(f"week {values['week']} of which year? write any day of the week")
    return {}


def _feedback(values: Values, names: Mapping[str, str]) -> Values:  # noqa: ARG001
    if values.get("competitor") and "feedback_kind" not in values:
        values["feedback_kind"] = "competitor"
    return {"competitor": UNTOLD} if values.get("feedback_kind") == "competitor" else {}


def _staff(values: Values, names: Mapping[str, str]) -> Values:  # noqa: ARG001
    if not values.get("login"):
        mail = str(values.get("email") or "").partition("@")[0]
        values["login"] = (mail or slug_of(str(values.get("name") or "")).replace("-", "."))[:64]
    values["login"] = str(values["login"]).casefold()
    # Who is on file already keeps their name where a file tells only the login.
    return {} if values.get("name") else {"name": values["login"]}


def _product(values: Values, names: Mapping[str, str]) -> Values:  # noqa: ARG001
    return {"slug": slug_of(str(values.get("name") or "")) or "product"}


def _client(values: Values, names: Mapping[str, str]) -> Values:  # noqa: ARG001
    return {"loss_reason": UNTOLD} if values.get("stage") == "lost" else {}


def _revenue(row: ReadRow, names: Mapping[str, str]) -> None:
    """Money given back is a discount without a minus: so the sums are right."""
    values = row.values
    amount = int(values.get("amount") or 0)
    if amount < 0 and not names.get("revenue_kind") and values.get("revenue_kind") in (None, "", "licence"):
        values["revenue_kind"], values["amount"] = "discount", -amount
        row.flags["amount"] = "money given back came in as a discount, without a minus"


_REWRITES: Mapping[str, Callable[[ReadRow, Mapping[str, str]], None]] = {"revenue": _revenue}
"""Kinds of which a row may come in as something else than it says, which is flagged."""
_COMPLETE: Mapping[str, Callable[[Values, Mapping[str, str]], Values]] = {
    "client": _client,
    "request": _request,
    "touch": _touch,
    "opportunity": _opportunity,
    "document": _document,
    "usage": _usage,
    "feature_use": _usage,
    "feedback": _feedback,
    "staff": _staff,
    "product": _product,
}
