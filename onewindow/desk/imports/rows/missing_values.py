"""What a row does not tell, or what cannot have come yet: it stays untold, and is said."""

from __future__ import annotations

from collections.abc import Collection

from onewindow.desk.imports.rows.row import ReadRow
from onewindow.records.choice_words import words_of
from onewindow.records.fields import attributes
from onewindow.records.kinds import KINDS
from onewindow.store.engine import Value
from onewindow.text.choices import read_word

_BEHIND = {
    "request": ("opened_at", "responded_at", "resolved_at"),
    "opportunity": ("closed_on", "begun_on"),
    "promise": ("settled_at", "acknowledged_at"),
}
"""Fields by kind of what has happened, and so lies behind."""
UNTOLD_FIELDS = {"request": ("channel",), "revenue": ("revenue_kind",)}
"""Choices by kind whose default says something that the file may not: a default is told."""
_NO_OPENING = (
    "The file does not tell when requests were opened: new open ones begin now;"
    " --map COLUMN=opened_at says which column tells it."
)
_CLOSED = ("won", "lost", "dismissed")
_SETTLED = ("kept", "broken")
_WORDS_OF_A_KIND = 3
_OF_NO_KIND = ("акт сверки", "акт о сверке", "act of reconciliation")
"""Names that begin as those of another kind."""


def notes_of_missing(kind: str, fields: Collection[str]) -> list[str]:
    """What new records have where a file has no column for it and nobody said it, one sentence each."""
    known = {described.name: described for described in attributes(KINDS[kind].record)}
    missing = (known[name] for name in UNTOLD_FIELDS.get(kind, ()) if name not in fields)
    opened = [_NO_OPENING] if kind == "request" and "opened_at" not in fields else []
    return opened + [
        f"The file does not tell the {described.label}: it is “{described.default}” in new records;"
        f" --set {described.name}=… says another."
        for described in missing
    ]


def settle_missing(kind: str, row: ReadRow, now: str, today: str) -> None:
    """Take out of a row of another program what cannot be, and flag what it does not tell; in place.

    `now` is UTC text, `today` the day of the office.
    """
    for name in _BEHIND.get(kind, ()):
        value = str(row.values.get(name) or "")
        if value > (now if value.endswith("Z") else today):
            del row.values[name]
            row.flags[name] = f"{value[:10]} lies ahead, so it did not happen then"
            row.kept.append(f"{name}: {value[:10]}")
            if name == "closed_on":
                row.values.setdefault("expected_on", value)
    work = {"opportunity": _opportunity, "promise": _promise, "document": _document}.get(kind)
    if work is not None:
        work(row, row.values)


def _opportunity(row: ReadRow, values: dict[str, Value]) -> None:
    if values.get("state") in _CLOSED and not values.get("closed_on"):
        row.flags.setdefault("closed_on", "the file does not tell when it was closed")


def _promise(row: ReadRow, values: dict[str, Value]) -> None:
    if values.get("status") in _SETTLED and not values.get("settled_at"):
        row.flags.setdefault("settled_at", f"the file does not tell when it was {values['status']}")
    if values.get("promise_kind", "spoken") == "spoken" and not values.get("due_on"):
        values.pop("promise_kind", None)
        row.fresh["promise_kind"] = "term"
        row.flags.setdefault("due_on", "a spoken promise needs a date; without one it is kept as a term")


def _document(row: ReadRow, values: dict[str, Value]) -> None:
    """Its kind is what its name begins with: Счёт на оплату 17, Акт, УПД."""
    if values.get("document_kind"):
        return
    document_kind = ""
    for text in (str(values.get("title") or ""), str(values.get("number") or "")):
        words = text.replace("№", " ").split()
        spoken = (" ".join(words[:count]) for count in range(_WORDS_OF_A_KIND, 0, -1))
        if text.casefold().startswith(_OF_NO_KIND):
            document_kind = "other"
        document_kind = document_kind or next(
            (kind for text in spoken if text and (kind := _kind_of(text))), ""
        )
    row.defaults["document_kind"] = document_kind or "other"
    if not document_kind:
        row.messages.setdefault("document_kind", "the file does not tell it, so it is “other”")


def _kind_of(words: str) -> str:
    choices = tuple(words_of("document", "document_kind"))
    return read_word("document", "document_kind", choices, words) or ""
