"""One handover whole: checklist, questions with clocks, terms, packages, changes to the card."""

from __future__ import annotations

from functools import cached_property

from onewindow.desk.handover import changes as card
from onewindow.desk.handover.changes import CardChange, FieldChange
from onewindow.desk.handover.facts import inputs_of
from onewindow.desk.session.context import Session
from onewindow.desk.sla.lateness import general_calendar
from onewindow.metrics.handover.completeness import Checklist, ItemState, Line, Word, checklist
from onewindow.metrics.policies.working_time import Calendar
from onewindow.metrics.sla.clocks import internal_clock
from onewindow.metrics.sla.stopwatch import Clock
from onewindow.records.clients import Client, Promise
from onewindow.records.handover import DECIDED, Handover, HandoverItem, HandoverPackage, Observation
from onewindow.store import listing, rows
from onewindow.store.handover import packages as handovers
from onewindow.text.dates import parse_utc

_PRESENT_WORDS = ("present", "missing", "not_needed")


class HandoverSnapshot:
    """What is on file of one handover, read at one instant; what is derived is worked out on demand."""

    def __init__(self, session: Session, handover: Handover) -> None:
        """Read it."""
        store = session.store
        self.session = session
        self.handover = handover
        self.client: Client = rows.get(store, Client, handover.client_id)
        self.items: list[HandoverItem] = handovers.items(store, handover.id)
        self.packages: list[HandoverPackage] = handovers.packages(store, handover.id)
        self.observations: list[Observation] = handovers.observations(store, handover.id)
        wanted = [item.promise_id for item in self.items if item.promise_id]
        self.promises: dict[int, Promise] = listing.by_ids(store, Promise, wanted)
        self.calendar = general_calendar(session.directory.policies)

    @cached_property
    def changes(self) -> list[CardChange]:
        """What the last package would change on the card."""
        return card.from_json(self.packages[0].changes) if self.packages else []

    @cached_property
    def differences(self) -> list[FieldChange]:
        """The same field by field, with what the card says now."""
        return card.differences(self.session, self.changes)

    @property
    def open_differences(self) -> list[FieldChange]:
        """Fields that are still to be taken over, or to be decided."""
        return [change for change in self.differences if change.standing in ("new", "change", "conflict")]

    @property
    def questions(self) -> list[HandoverItem]:
        """Questions and debts, the oldest first."""
        return [item for item in self.items if item.item_kind == "question"]

    @property
    def terms(self) -> list[Promise]:
        """Special terms that came with it."""
        promises = (self.promises.get(item.promise_id or 0) for item in self.items)
        return [promise for promise in promises if promise is not None and promise.archived_at is None]

    @property
    def unread_terms(self) -> list[Promise]:
        """Special terms that the service has not acknowledged."""
        since = self.handover.sent_at or ""
        return [promise for promise in self.terms if is_unread(promise, since)]

    @property
    def debts(self) -> list[HandoverItem]:
        """Questions that sales has not answered."""
        return [item for item in self.questions if item.state == "asked"]

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is to be done: accepted, nothing owed, every term acknowledged."""
        is_ours = self.handover.state in DECIDED
        return is_ours and not self.debts and not self.unread_terms

    @cached_property
    def checklist(self) -> Checklist:
        """How each item stands, from the card and the package together."""
        inputs = inputs_of(
            self.session, self.client, self.handover, self.terms, self.changes, self.differences
        )
        return checklist(inputs, self._words(), self._own_lines())

    @cached_property
    def clock(self) -> Clock | None:
        """The time that the service has for its decision; None without any calendar."""
        handover = self.handover
        ended = handover.decided_at if handover.state != "sent" else None
        return clock_between(self.calendar, handover.sent_at, ended, handover.target_min, self.session)

    def clock_of(self, item: HandoverItem) -> Clock | None:
        """The time that sales has for an answer; None for what is no question."""
        return clock_between(self.calendar, item.asked_at, item.answered_at, item.target_min, self.session)

    # inside

    def _words(self) -> dict[str, Word]:
        return {
            item.topic: Word(_state_of(item), item.reason or item.answer or "seen on paper")
            for item in self.items
            if item.item_kind == "check" and item.topic and item.state in _PRESENT_WORDS
        }

    def _own_lines(self) -> tuple[Line, ...]:
        return tuple(
            Line("", item.title, _state_of(item), bool(item.is_blocker), (), _missing_of(item), item.reason)
            for item in self.items
            if item.item_kind == "check" and not item.topic
        )


def is_unread(term: Promise, since: str) -> bool:
    """Whether nobody has acknowledged a term since it was handed over at an instant (UTC text)."""
    if term.status == "acknowledged":
        return (term.acknowledged_at or "") < since
    return term.status == "new"


def read_handover(session: Session, handover_id: int) -> HandoverSnapshot:
    """One handover whole; raises NotFound."""
    return HandoverSnapshot(session, rows.get(session.store, Handover, handover_id))


def clock_between(
    calendar: Calendar | None, since: str | None, ended: str | None, minutes: int, session: Session
) -> Clock | None:
    """An internal clock of so many open minutes from an instant (UTC text); None without a calendar."""
    if calendar is None or not since:
        return None
    end = parse_utc(ended) if ended else None
    return internal_clock(parse_utc(since), end, minutes * 60, calendar, session.now())


def _state_of(item: HandoverItem) -> ItemState:
    if item.state == "not_needed":
        return "not_needed"
    return "present" if item.state in ("present", "answered") else "missing"


def _missing_of(item: HandoverItem) -> tuple[str, ...]:
    return () if item.state in ("present", "answered", "not_needed") else (item.title,)
