"""The promises panel: special terms and spoken promises, the most pressing first."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import PanelView, RecordKey, phrases, pick, rows_of
from onewindow.desk.window.panels.view import tally as counts
from onewindow.desk.window.panels.when import When, when
from onewindow.desk.window.snapshot import ClientSnapshot
from onewindow.metrics.health.signals import WINDOW_DAYS
from onewindow.metrics.promises import broken_at, is_open, is_standing, tally
from onewindow.records.clients import Promise
from onewindow.text.layout.cells import Cell, Column, Row, Tone, mark_of
from onewindow.text.names.person_names import short_name

NAME, NUMBER, TITLE = "promises", "p", "promises"
MODES = ("open", "all")
NEW_KIND = "promise"
KINDS = frozenset({"promise", "promise_event"})
EMPTY = "No promises. Special terms and spoken promises belong here; n adds one."
SOON_DAYS = 3
"""From so many days before its date on a promise is marked."""


def view(session: Session, snapshot: ClientSnapshot, mode: str = "") -> PanelView:
    """The panel: late and broken ones, then by date, then those that hold always; settled ones on demand."""
    moment = when(session, snapshot)
    ordered = in_order(moment, snapshot.promises)
    current = [promise for promise in ordered if is_current(moment, promise)]
    shown = ordered if pick(MODES, mode) == "all" else current
    late = sum(is_late(moment, promise) for promise in current)
    broken = sum(is_broken(moment, promise) for promise in current)
    return PanelView(
        name=NAME,
        title=TITLE,
        summary=counts((len(current), ""), (late, "late"), (broken, "broken")),
        worst=_worst(moment, current),
        columns=_columns(moment, shown),
        rows=rows_of(shown, lambda promise: _row(session, snapshot, moment, promise)),
        empty=EMPTY,
        new_kind=NEW_KIND,
        kinds=KINDS,
        alarming=phrases((late, "late"), (broken, "broken")),
    )


def in_order(moment: When, given: Sequence[Promise]) -> list[Promise]:
    """Promises as they press: late and broken ones, then by date, those that hold always last."""
    return sorted(given, key=lambda promise: _rank(moment, promise))


def is_current(moment: When, promise: Promise) -> bool:
    """Whether a promise still binds, or was broken so lately that it weighs on the client's health."""
    if promise.status == "broken" and not is_standing(promise):
        return is_broken(moment, promise)
    return is_open(promise) and (moment.days_to(promise.valid_till) or 0) >= 0


def is_broken(moment: When, promise: Promise) -> bool:
    """Whether a promise was broken so lately, and not kept since, that it weighs on the client's health."""
    at = broken_at(promise)
    if at is None:
        return False
    settled = moment.date_of(at) if at else None
    return settled is None or (moment.today - settled).days <= WINDOW_DAYS


def is_late(moment: When, promise: Promise) -> bool:
    """Whether the date of an open promise is over."""
    return is_open(promise) and (moment.days_to(promise.due_on) or 0) < 0


def holds_from_to(moment: When, promise: Promise) -> str:
    """The date of a promise: `25.11`, `always`, or until when it holds."""
    if promise.due_on:
        return moment.day(promise.due_on)
    return f"to {moment.day(promise.valid_till)}" if promise.valid_till else "always"


def parties(session: Session, snapshot: ClientSnapshot, promise: Promise) -> str:
    """Who gave it to whom, and where that stands: `Иванова → Ким, письмо 12.11`."""
    giver = session.directory.surname(promise.given_by_id)
    taker = short_name(snapshot.contact_name(promise.given_to_id))
    people = f"{giver} → {taker}" if giver and taker else giver or taker
    return ", ".join(part for part in (people, promise.evidence) if part)


def status_text(moment: When, promise: Promise) -> str:
    """How a promise stands: `in 3 d`, `2 d late`, `kept 14/14`, `broken`; `new` until it is acknowledged."""
    if not is_open(promise):
        return promise.status
    text = moment.due(promise.due_on) if promise.due_on else kept_of(promise)
    unread = "new" if promise.status == "new" else ""
    broken = "broken" if is_standing(promise) and is_broken(moment, promise) else ""
    return ", ".join(part for part in (broken, text, unread) if part)


def how_it_stands(moment: When, promise: Promise) -> str:
    """When it is due, or how often a standing one was kept: `in 3 d`, `always, kept 14/15`; `broken`."""
    if promise.due_on:
        return moment.due(promise.due_on) if is_open(promise) else promise.status
    broken = "broken" if is_broken(moment, promise) else ""
    return ", ".join(part for part in ("always", broken, kept_of(promise)) if part)


def tone_of(moment: When, promise: Promise) -> Tone:
    """How much a promise presses: late or broken, near its day, or neither."""
    if not is_current(moment, promise):
        return ""
    if is_late(moment, promise) or is_broken(moment, promise):
        return "late"
    return "warn" if _is_soon(moment, promise) else ""


def mark(moment: When, promise: Promise) -> str:
    """The same as one mark: `!`, `?` or a space."""
    return mark_of(tone_of(moment, promise))


def kept_of(promise: Promise) -> str:
    """How often a promise was kept of the times it was kept or broken: `kept 14/14`; '' for none yet."""
    kept, broken = tally(promise)
    return f"kept {kept}/{kept + broken}" if kept + broken else ""


def _columns(moment: When, shown: list[Promise]) -> tuple[Column, ...]:
    dates = max((len(holds_from_to(moment, promise)) for promise in shown), default=6)
    return (
        Column(width=max(6, dates)),
        Column(min_width=18),
        Column(min_width=16, drop_priority=1),
        Column(width=15),
    )


def _is_soon(moment: When, promise: Promise) -> bool:
    days = moment.days_to(promise.due_on)
    return is_open(promise) and days is not None and days <= SOON_DAYS


def _rank(moment: When, promise: Promise) -> tuple[int, str]:
    if not is_current(moment, promise):
        return 3, promise.due_on or "9"
    if is_broken(moment, promise):
        return 1, promise.due_on or ""
    # Only late ones come before broken ones: they can still be saved.
    return (0 if is_late(moment, promise) else 2), promise.due_on or "9"


def _row(session: Session, snapshot: ClientSnapshot, moment: When, promise: Promise) -> Row:
    current, tone = is_current(moment, promise), tone_of(moment, promise)
    return Row(
        RecordKey("promise", promise.id),
        (
            Cell(holds_from_to(moment, promise)),
            Cell(promise.text),
            Cell(parties(session, snapshot, promise), "dim"),
            Cell(status_text(moment, promise), tone),
        ),
        mark_of(tone),
        "" if current else "dim",
    )


def _worst(moment: When, current: list[Promise]) -> str:
    for promise in current[:1]:
        parts = (f"{holds_from_to(moment, promise)} {promise.text}", status_text(moment, promise))
        return ", ".join(part for part in parts if part)
    return ""
