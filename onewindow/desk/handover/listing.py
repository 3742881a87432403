"""The handovers of a department: what waits first, with its clock, completeness and blockers."""

from __future__ import annotations

from typing import Literal

from onewindow.desk.handover.summary import HandoverSnapshot
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.when import when_at
from onewindow.records.handover import Handover
from onewindow.store.handover import packages as handovers
from onewindow.text.dates import utc_text

View = Literal["waiting", "owing", "returned", "accepted"]
VIEWS: tuple[View, ...] = ("waiting", "owing", "returned", "accepted")
"""Waiting for a decision, accepted with something owed, returned to sales, done."""

_SHOWN = 300


def snapshots(session: Session, view: View, *, mine: bool = False) -> list[HandoverSnapshot]:
    """The handovers of a view, those that press first; `mine` are those that I receive or sold."""
    handovers = [
        HandoverSnapshot(session, handover)
        for handover in _records(session, view)
        if not mine or is_mine(session, handover)
    ]
    if view == "owing":
        handovers = [snapshot for snapshot in handovers if not snapshot.is_closed]
    elif view == "accepted":
        handovers = [snapshot for snapshot in handovers if snapshot.is_closed]
    if view == "waiting":
        handovers.sort(
            key=lambda snapshot: (
                snapshot.clock.remaining_s if snapshot.clock and snapshot.clock.remaining_s else 0
            )
        )
    return handovers


def is_mine(session: Session, handover: Handover) -> bool:
    """Whether I receive a handover or gave it."""
    return session.me.id in (handover.receiver_id, handover.sales_id)


def waiting_rows(session: Session, *, mine: bool, for_people: bool) -> list[dict[str, object]]:
    """Handovers that wait for a decision as rows with plain field names."""
    moment = when_at(session, session.now())
    rows: list[dict[str, object]] = []
    for snapshot in snapshots(session, "waiting", mine=mine):
        handover, clock = snapshot.handover, snapshot.clock
        due_at = utc_text(clock.due_at) if clock and clock.due_at else None
        rows.append(
            {
                "id": handover.id,
                "client_id": handover.client_id,
                "client": snapshot.client.name,
                "deal": handover.deal,
                "sent_at": moment.moment(handover.sent_at) if for_people else handover.sent_at,
                "due_at": moment.moment(due_at) if for_people else due_at,
                "state": moment.clock(clock) if for_people else (clock.state if clock else ""),
                "complete": snapshot.checklist.percent,
                "blockers": ", ".join(line.topic or line.title for line in snapshot.checklist.blockers),
                "receiver": session.directory.name(handover.receiver_id),
            }
        )
    return rows


def _records(session: Session, view: View) -> list[Handover]:
    store = session.store
    match view:
        case "waiting":
            return handovers.in_state(store, "sent", _SHOWN)
        case "returned":
            return handovers.in_state(store, "returned", _SHOWN)
        case _:
            return [
                *handovers.in_state(store, "accepted_with_debts", _SHOWN),
                *handovers.in_state(store, "accepted", _SHOWN),
            ]
