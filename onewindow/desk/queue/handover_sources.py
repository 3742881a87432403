"""What handovers give somebody to do: clients to accept, questions of the service, answers, terms to know."""

from __future__ import annotations

from onewindow.desk.reference.directory import Directory
from onewindow.records.clients import Promise
from onewindow.records.handover import Handover, HandoverItem
from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store
from onewindow.store.handover import packages as handovers

HANDOVERS_AT_MOST = 20
"""Of each source: more stand on the screen of handovers."""


class Asked(NamedTuple):
    """One thing to do: since when (UTC text), and within how many open minutes, None without a clock."""

    record: Handover | HandoverItem | Promise
    title: str
    reason: str
    since: str
    minutes: int | None


def asked_of(store: Store, names: Directory, staff_id: int) -> list[Asked]:
    """What handovers ask of one person, source by source, each along its index."""
    asked = [
        _waiting(names, handover) for handover in handovers.waiting_for(store, staff_id, HANDOVERS_AT_MOST)
    ]
    asked += [_question(names, item) for item in handovers.asked_of(store, staff_id, HANDOVERS_AT_MOST)]
    asked += [_answer(names, item) for item in handovers.answered_for(store, staff_id, HANDOVERS_AT_MOST)]
    return asked + [
        _term(names, promise) for promise in handovers.unread_terms(store, staff_id, HANDOVERS_AT_MOST)
    ]


def _waiting(names: Directory, handover: Handover) -> Asked:
    giver = names.surname(handover.sales_id) or "sales"
    again = ", returned before" if handover.returns else ""
    reason = f"handed over by {giver}: accept or return{again}"
    return Asked(handover, handover.deal, reason, handover.sent_at or "", handover.target_min)


def _question(names: Directory, item: HandoverItem) -> Asked:
    asker = names.surname(item.asked_by_id) or "the service"
    return Asked(item, item.title, f"{asker} asks about the handover", item.asked_at or "", item.target_min)


def _answer(names: Directory, item: HandoverItem) -> Asked:
    whom = names.surname(item.asked_of_id) or "sales"
    return Asked(item, item.title, f"{whom} answered: {item.answer}", item.answered_at or "", None)


def _term(names: Directory, term: Promise) -> Asked:
    giver = names.surname(term.given_by_id)
    reason = "special term, to be acknowledged" + (f", given by {giver}" if giver else "")
    return Asked(term, term.text, reason, term.created_at, None)
