"""Rows of handovers for the screens: the list, the checklist of one, and what else belongs to it."""

from __future__ import annotations

from onewindow.desk.handover.as_text import sign_of
from onewindow.desk.handover.listing import View
from onewindow.desk.handover.summary import HandoverSnapshot, is_unread
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.promises import kept_of
from onewindow.desk.window.panels.view import RecordKey
from onewindow.desk.window.panels.when import When, when_at
from onewindow.metrics.handover.completeness import Line
from onewindow.metrics.sla.stopwatch import Clock
from onewindow.records.clients import Promise
from onewindow.records.handover import MARKS, HandoverItem
from onewindow.records.kinds import KINDS
from onewindow.text.layout.cells import Cell, Column, Row, Tone

HEADINGS = ("client", "deal", "state", "ready", "what is missing or owed", "from", "to", "sent")
COLUMNS = (
    Column(width=20),
    Column(width=18, drop_priority=2),
    Column(width=22),
    Column(width=5, align="right"),
    Column(min_width=30),
    Column(width=9, drop_priority=1),
    Column(width=9, drop_priority=3),
    Column(width=11, drop_priority=4),
)
CHECK_HEADINGS = ("item", "state", "what is there, missing or why not")
CHECK_COLUMNS = (Column(width=36), Column(width=10), Column(min_width=16))
PART_HEADINGS = ("what", "about", "state")
PART_COLUMNS = (Column(width=9), Column(min_width=18), Column(width=22))
_STATES = {"present": "there", "missing": "missing", "not_needed": "not needed"}
_SHORT = {"contacts with consents": "contacts, consents", "special terms with evidence": "special terms"}


def list_row(session: Session, moment: When, snapshot: HandoverSnapshot, view: View) -> Row:
    """One handover of a list."""
    handover, names = snapshot.handover, session.directory
    stands, tone = _standing(moment, snapshot, view)
    return Row(
        RecordKey("handover", handover.id),
        (
            Cell(snapshot.client.name),
            Cell(handover.deal, "dim"),
            Cell(stands, tone),
            Cell(f"{snapshot.checklist.percent}%"),
            Cell(_wanting(snapshot)),
            Cell(names.surname(handover.sales_id), "dim"),
            Cell(names.surname(handover.receiver_id)),
            Cell(moment.moment(handover.sent_at), "dim"),
        ),
        "!" if tone == "late" else " ",
    )


def _standing(moment: When, snapshot: HandoverSnapshot, view: View) -> tuple[str, Tone]:
    if view == "waiting":
        return moment.clock(snapshot.clock), tone_of(snapshot.clock)
    if view == "owing":
        clocks = [clock for item in snapshot.debts if (clock := snapshot.clock_of(item))]
        worst = min(clocks, key=lambda clock: clock.remaining_s or 0, default=None)
        return (moment.clock(worst), tone_of(worst)) if worst else ("terms unread", "warn")
    return (
        f"{'returned' if view == 'returned' else 'since'} {moment.day_of(snapshot.handover.decided_at)}",
        "",
    )


def _wanting(snapshot: HandoverSnapshot) -> str:
    handover = snapshot.handover
    if handover.state == "returned":
        return handover.reason
    if handover.state == "sent":
        names = [line.title for line in snapshot.checklist.missing]
        marks = ["!" if line.is_blocker else "" for line in snapshot.checklist.missing]
        return ", ".join(mark + name for mark, name in zip(marks, names, strict=True)) or "nothing"
    owed = [item.title for item in snapshot.debts]
    if snapshot.unread_terms:
        owed.append(f"{len(snapshot.unread_terms)} terms to acknowledge")
    return "; ".join(owed)


def tone_of(clock: Clock | None) -> Tone:
    """How a clock is coloured: late, near its end, or neither."""
    if clock is None or not clock.live:
        return "dim"
    if clock.state == "breached":
        return "late"
    return "warn" if clock.target_s and (clock.remaining_s or 0) <= clock.target_s // 4 else ""


def check_row(place: int, line: Line) -> Row:
    """One item of the checklist; its key is the place."""
    details = line.reason or ", ".join(line.missing if line.state == "missing" else line.found)
    details = "" if details == line.title else details
    tone: Tone = ("late" if line.is_blocker else "warn") if line.state == "missing" else ""
    return Row(
        RecordKey("check", place),
        (
            Cell(_SHORT.get(line.title, line.title)),
            Cell(_STATES[line.state], tone or "dim"),
            Cell(details, "dim" if line.state != "missing" else ""),
        ),
        sign_of(line) if line.state == "missing" else " ",
    )


def part_rows(session: Session, snapshot: HandoverSnapshot) -> list[Row]:
    """Questions with their clocks, terms to acknowledge, changes to the card, meeting, mark, observations."""
    moment = when_at(session, session.now())
    since = snapshot.handover.sent_at or ""
    rows = [_question(session, moment, snapshot, item) for item in snapshot.questions]
    rows += [_term(session, moment, term, since) for term in snapshot.terms]
    rows += _changes(snapshot)
    rows.append(_meeting(moment, snapshot))
    rows.append(_mark(snapshot))
    rows += [_observation(session, moment, snapshot, place) for place in range(len(snapshot.observations))]
    rows += [
        Row(
            RecordKey("handover_package", package.id),
            (
                Cell("package", "dim"),
                Cell(f"{package.attempt}. {package.source}", "dim"),
                Cell(moment.moment(package.created_at), "dim"),
            ),
        )
        for package in snapshot.packages
    ]
    return rows


def _question(session: Session, moment: When, snapshot: HandoverSnapshot, item: HandoverItem) -> Row:
    clock = snapshot.clock_of(item)
    is_open = item.state == "asked"
    who = session.directory.surname(item.asked_of_id) or "sales"
    state = (
        moment.clock(clock)
        if is_open and clock
        else {"answered": "answered", "present": "settled"}.get(item.state, item.state)
    )
    tone = tone_of(clock) if is_open else "good" if item.state == "answered" else "dim"
    said = f": «{item.answer}»" if item.answer else f" ({who})"
    return Row(
        RecordKey("handover_item", item.id),
        (Cell("question"), Cell(item.title + said), Cell(state, tone)),
        "!" if tone == "late" else "?" if item.state == "answered" else " ",
    )


def _term(session: Session, moment: When, term: Promise, since: str) -> Row:
    unread = is_unread(term, since)
    due = f", by {moment.day(term.due_on)}" if term.due_on else ""
    proof = f" ({term.evidence})" if term.evidence else " (no evidence)"
    by = session.directory.surname(term.acknowledged_by_id)
    kept = kept_of(term)
    proof += f", {kept}" if kept else ""
    state = "to acknowledge" if unread else f"known to {by}" if by else term.status
    return Row(
        RecordKey("promise", term.id),
        (Cell("term"), Cell(f"{term.text}{due}{proof}"), Cell(state, "warn" if unread else "dim")),
        "?" if unread else " ",
    )


def _changes(snapshot: HandoverSnapshot) -> list[Row]:
    rows: list[Row] = []
    seen: set[int] = set()
    for number, change in enumerate(snapshot.differences):
        if change.standing in ("done", "kept") or (change.standing == "new" and change.place in seen):
            continue
        seen.add(change.place)
        key = RecordKey("handover_change", number)
        what = f"{KINDS[change.kind].display_name} {change.title}"
        if change.standing == "new":
            fields = [o for o in snapshot.differences if o.place == change.place]
            fields_text = ", ".join(f"{other.label} {other.after}" for other in fields)
            rows.append(
                Row(key, (Cell("new"), Cell(f"{what}: {fields_text}"), Cell("with acceptance", "dim")))
            )
        elif change.standing == "conflict":
            fields_text = f"{what}, {change.label}: card {change.now or '–'}, package {change.after}"
            rows.append(
                Row(key, (Cell("conflict", "late"), Cell(fields_text), Cell("whose counts?", "late")), "!")
            )
        else:
            fields_text = f"{what}, {change.label}: {change.now or '–'} → {change.after}"
            rows.append(Row(key, (Cell("change"), Cell(fields_text), Cell("with acceptance", "dim"))))
    return rows


def _meeting(moment: When, snapshot: HandoverSnapshot) -> Row:
    handover = snapshot.handover
    parts = (
        handover.meeting_form,
        f"led by {handover.meeting_led_by}" if handover.meeting_led_by else "",
        handover.meeting_people,
        handover.meeting_notes,
    )
    details = ", ".join(part for part in parts if part)
    held = moment.day(handover.meeting_on) if handover.meeting_on else "not held yet"
    return Row(RecordKey("meeting", handover.id), (Cell("meeting"), Cell(details or "–"), Cell(held, "dim")))


def _mark(snapshot: HandoverSnapshot) -> Row:
    handover = snapshot.handover
    mark = "not asked yet" if handover.satisfaction is None else f"{handover.satisfaction} of 5"
    said = f"«{handover.satisfaction_said}»" if handover.satisfaction_said else "how was the handover?"
    return Row(RecordKey("mark", handover.id), (Cell("mark"), Cell(f"client: {said}"), Cell(mark, "dim")))


def _observation(session: Session, moment: When, snapshot: HandoverSnapshot, place: int) -> Row:
    observation = snapshot.observations[place]
    given = [getattr(observation, name) for name in MARKS]
    marks = " ".join("–" if mark is None else str(mark) for mark in given)
    who = session.directory.surname(observation.observer_id) or "somebody"
    return Row(
        RecordKey("observation", observation.id),
        (
            Cell("observed"),
            Cell(f"{marks}  {observation.comment}"),
            Cell(f"{who} {moment.day(observation.observed_on)}", "dim"),
        ),
    )
