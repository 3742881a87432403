"""The register of standards: written, refined, introduced, trained, motivated, each closed by a check."""

from __future__ import annotations

from datetime import date

from onewindow.desk.editing import changing
from onewindow.desk.plans.standard_rules import latest_review
from onewindow.desk.session.context import Session
from onewindow.records.standards import CYCLE, CheckOutcome, CycleState, Standard, StandardCheck
from onewindow.records.structs import frozen_struct
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.plans import standards
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import short_day


@frozen_struct
class StandardStatus:
    """A standard with its last check; `days` to its review, negative when that is over."""

    standard: Standard
    last: StandardCheck | None
    days: int


def following(state: CycleState) -> CycleState:
    """The state after one: the last is followed by refining, because the cycle goes on."""
    place = CYCLE.index(state)
    return CYCLE[place + 1] if place + 1 < len(CYCLE) else "refine"


def register(session: Session, *, due_only: bool = False) -> list[StandardStatus]:
    """All standards, those to be looked at first first; only those whose review is due, if asked."""
    today = session.today()
    statuses: list[StandardStatus] = []
    for standard in standards.register(session.store):
        days = (date.fromisoformat(standard.review_on or "9999-12-31") - today).days
        if not due_only or days <= 0:
            statuses.append(
                StandardStatus(standard, next(iter(standards.checks(session.store, standard.id)), None), days)
            )
    return statuses


def check(
    session: Session, standard: Standard, outcome: CheckOutcome, note: str, *, review_on: str | None = None
) -> tuple[StandardCheck, Standard]:
    """Note a check of a standard in its state, today and by this person; a passed one closes the state.

    The standard goes on to the next state and is looked at again within six months. Raises StoreProblem
    without a word of what was seen.
    """
    if not note.strip():
        raise StoreProblem("Say what you saw; a check without a finding proves nothing.")
    today = session.today().isoformat()

    def work(transaction: Transaction) -> tuple[StandardCheck, Standard]:
        made = changing.insert_in(
            session,
            transaction,
            StandardCheck(
                standard_id=standard.id,
                cycle=standard.cycle,
                outcome=outcome,
                checked_on=today,
                staff_id=session.me.id,
                note=note.strip(),
            ),
        )
        values: dict[str, Value] = {"review_on": review_on or latest_review(today)}
        if outcome == "passed":
            values["cycle"] = following(standard.cycle)
        return made, changing.change_in(session, transaction, standard, values)

    return session.change(f"standard checked, {standard.cycle} {outcome}: {standard.title}", work).result


def review(session: Session, standard: Standard, review_on: str | None = None) -> Standard:
    """Look at a standard that holds as it is: only its next date moves, six months on if none is given."""
    values: dict[str, Value] = {"review_on": review_on or latest_review(session.today().isoformat())}
    return changing.change(session, standard, values, f"standard looked at: {standard.title}")


def standard_lines(session: Session, standard: Standard) -> list[str]:
    """A standard as people read it: its text, where it stands, every check."""
    name = session.directory.name
    lines = [standard.title, f"state: {standard.cycle}, owner: {name(standard.owner_id) or 'nobody'}"]
    if standard.review_on:
        lines.append(f"review by {short_day(standard.review_on, session.today())}")
    if standard.location:
        lines.append(standard.location)
    lines += ["", *standard.text.splitlines(), ""]
    for check in standards.checks(session.store, standard.id):
        day = short_day(check.checked_on, session.today())
        lines.append(f"{day}  {check.cycle} {check.outcome}  {name(check.staff_id)}: {check.note}")
    return lines
