"""What a request says of itself, before a face draws it: the head, and what hangs on it."""

from __future__ import annotations

from onewindow.desk.editing.archived_clients import archived_text
from onewindow.desk.health.scoring import BAND_TONES
from onewindow.desk.requests import handing_off
from onewindow.desk.requests.assignment import Linked, RequestSnapshot
from onewindow.desk.session.context import Session
from onewindow.desk.sla.clocks import pressing_clock
from onewindow.desk.sla.event_details import opening_doubt
from onewindow.desk.sla.lateness import by_clock
from onewindow.desk.window.card import GAP, CardLine, Span
from onewindow.desk.window.card_texts import coverage_text, health_text, manner_text
from onewindow.desk.window.panels import promises
from onewindow.desk.window.panels.requests import person, who_acts
from onewindow.desk.window.panels.view import RecordKey
from onewindow.desk.window.panels.when import When, when_at
from onewindow.metrics.sla.lateness import Lateness, figure_text, is_late
from onewindow.metrics.sla.stopwatch import Clock
from onewindow.metrics.sla.urgency import warning_level
from onewindow.records.requests import CLOSED_STATUSES, HandOff, Request, Task
from onewindow.records.structs import frozen_struct
from onewindow.text.dates import utc_text
from onewindow.text.identifiers.phones import format_phone
from onewindow.text.layout.cells import Cell, Column, Row, Tone, tone_of
from onewindow.text.layout.width import cell_width

CLOCK_NAMES = {
    "first_response": "first answer",
    "next_response": "next answer",
    "resolution": "solution",
    "promise": "promised date",
    "internal": "hand-off",
}
"""What the clocks are called on a screen."""
ANSWERED = frozenset({"first_response", "next_response"})
"""The clocks that an answer ends."""
PART_COLUMNS = (Column(width=18), Column(min_width=14), Column(width=22))
"""Of what hangs on a request: how, what, and where it stands."""
SHOWN_PROMISES = 3


def head(session: Session, snapshot: RequestSnapshot, width: int = 200) -> list[CardLine]:
    """Who, what, whose turn, every clock with the worst first, the promised date, and how it was passed.

    The clocks take as many lines of `width` cells as those need in which time runs out.
    """
    pieces = _Pieces(session, snapshot, when_at(session, snapshot.read_at))
    lines = [pieces.title(), pieces.people(), *pieces.clocks(width), pieces.status()]
    return [*lines, *pieces.asked(), *pieces.promises()]


def parts(session: Session, snapshot: RequestSnapshot) -> list[Row]:
    """Hand-offs, other requests and tasks, a row each; the keys are RecordKeys."""
    moment = when_at(session, snapshot.read_at)
    return [
        *(_hand_off_row(moment, part, snapshot.hand_off_clocks[part.id]) for part in snapshot.hand_offs),
        *([_request_row(session, "is merged into", snapshot.merged_into)] if snapshot.merged_into else []),
        *(_request_row(session, "merged in", duplicate) for duplicate in snapshot.merged),
        *(_linked_row(session, linked) for linked in snapshot.linked),
        *(_task_row(session, moment, task) for task in snapshot.tasks),
    ]


def promised_dates(session: Session, snapshot: RequestSnapshot) -> list[str]:
    """The dates that the client was given, a line each: when it was said, for when, why and by whom."""
    moment = when_at(session, snapshot.read_at)
    lines: list[str] = []
    for place, promised in enumerate(snapshot.promised_dates):
        why = promised.reason or ("no reason given" if place else "")
        said = f"{moment.moment(promised.at)} {session.directory.surname(promised.staff_id)}".rstrip()
        lines.append(f"{said}: for {moment.moment(promised.promised_at)}" + (f", {why}" if why else ""))
    return lines


def shown_clocks(snapshot: RequestSnapshot) -> list[Clock]:
    """The clocks that say something: live ones by their end, then paused ones, then those that are over."""
    telling = [clock for clock in snapshot.clocks or () if clock.state != "none"]
    return sorted(telling, key=_clock_rank)


def lateness(session: Session, snapshot: RequestSnapshot) -> Lateness | None:
    """How late the request is or how long is left; None for a closed one and one without a time."""
    pressing = pressing_clock(snapshot.clocks) if snapshot.clocks else None
    book = session.directory.policies
    return by_clock(book, snapshot.request, pressing, snapshot.read_at, snapshot.queued_answer)


def clock_phrase(moment: When, clock: Clock, queued: str = "") -> str:
    """A clock in one phrase: `solution 2 h late, Mo 12:00`, `first answer in time`.

    A clock that an answer will end which waits in the outbox says so; `queued` is when that goes (UTC text).
    """
    name = CLOCK_NAMES[clock.name]
    if clock.ended_at is not None:
        return f"{name} {'late' if clock.state == 'breached' else 'in time'}"
    sent = ", answered when sent" if queued and clock.name in ANSWERED else ""
    return f"{name} {moment.clock(clock)}{sent}"


def clock_tone(clock: Clock | None) -> Tone:
    """How a clock is coloured: late, close to it, or neither."""
    if clock is None or not clock.live:
        return "dim"
    return "late" if is_late(clock) else "warn" if warning_level(clock) else ""


def _clock_rank(clock: Clock) -> tuple[int, str]:
    order = 0 if clock.live else 1 if clock.ended_at is None else 2
    # "~" sorts after the digits of times: a clock without an end stands last among its like.
    return order, utc_text(clock.due_at) if clock.due_at else "~"


@frozen_struct
class _Pieces:
    """The pieces of the head."""

    session: Session
    snapshot: RequestSnapshot
    moment: When

    @property
    def lateness(self) -> Lateness | None:
        return lateness(self.session, self.snapshot)

    def title(self) -> CardLine:
        request = self.snapshot.request
        status = request.status.replace("_", " ")
        late = self.lateness is not None and self.lateness.is_late
        turn = "" if request.status in CLOSED_STATUSES else f"next: {who_acts(self.session, request)}"
        right = [Span(status, "late" if late else "accent"), Span(turn)]
        if request.needs_lead:
            right.insert(0, Span("! a lead must look", "late"))
        mark = "! " if late else ""
        left = (Span(f"{mark}R-{request.number}", "late" if late else "accent"), Span(request.title, "title"))
        return CardLine(left, tuple(span for span in right if span.text))

    def people(self) -> CardLine:
        client, health, contact = self.snapshot.client, self.snapshot.health, self.snapshot.contact
        left = [Span(client.name, "title"), Span(f"C-{client.number}", "dim")]
        left += [Span(archived_text(self.session, client), "warn"), Span(client.tier, "accent")]
        if contact is not None:
            left += [
                Span(contact.name),
                Span(contact.role, "dim", drop=2),
                Span(format_phone(contact.phone), "", drop=3),
                Span(manner_text(contact), "warn"),
            ]
        right = (
            Span(health_text(health), BAND_TONES[health.band], drop=4),
            Span(coverage_text(health), "dim", drop=1),
        )
        return CardLine(tuple(span for span in left if span.text), right)

    def clocks(self, width: int) -> list[CardLine]:
        shown = shown_clocks(self.snapshot)
        if not shown:
            doubt = opening_doubt(self.snapshot.events)
            why = f"no clock: {doubt}" if doubt else "no SLA policy covers this request: it has no clock"
            return [CardLine((Span(why, "dim"),))]
        lines: list[list[Span]] = [[]]
        free = width
        for clock in shown:
            span = Span(clock_phrase(self.moment, clock, self.snapshot.queued_answer), clock_tone(clock))
            needed = cell_width(span.text) + len(GAP)
            if needed > free and lines[-1]:
                if clock.ended_at is not None:
                    break  # what is over is told only where there is room
                lines.append([])
                free = width
            lines[-1].append(span)
            free -= needed
        return [CardLine(tuple(line)) for line in lines]

    def status(self) -> CardLine:
        request, snapshot = self.snapshot.request, self.snapshot
        spans = [Span(f"with {person(self.session, request.assignee_id)}")]
        spans += self._promised()
        if snapshot.passes.total:
            spans.append(Span(f"passed on {_times(snapshot.passes.total)}", "warn"))
        if snapshot.client_passes.total > snapshot.passes.total:
            spans.append(Span(f"client passed on {_times(snapshot.client_passes.total)}", "dim", drop=2))
        product = self.session.directory.product(request.product_id)
        right = [Span(f"{request.priority} {request.request_kind}", "", drop=3), Span(product, "dim", drop=1)]
        return CardLine(tuple(spans), tuple(span for span in right if span.text))

    def _promised(self) -> list[Span]:
        request = self.snapshot.request
        if not request.promised_at:
            return []
        moved = f", moved {_times(self.snapshot.times_moved)}" if self.snapshot.times_moved else ""
        text = f"promised for {self.moment.moment(request.promised_at)}{self._promise_left()}{moved}"
        over = not request.resolved_at and self.moment.is_over(request.promised_at)
        return [Span(text, "late" if over else "warn" if self._warn_now() else ""), *self._warning()]

    def _promise_left(self) -> str:
        """How far the promised date is, where no clock on the line above says it already."""
        has_clock = self.snapshot.clocks is not None and self.snapshot.clocks.promise.state != "none"
        if has_clock or self.lateness is None:
            return ""
        return f", {figure_text(self.lateness)}"

    def _warn_now(self) -> bool:
        """Whether the promised day is today or tomorrow: the last moment to warn the client."""
        request = self.snapshot.request
        day = self.moment.date_of(request.promised_at or "")
        open_still = request.status not in CLOSED_STATUSES
        return open_still and day is not None and 0 <= (day - self.moment.today).days <= 1

    def _warning(self) -> list[Span]:
        return [Span("warn the client if it will not be met", "warn", drop=4)] if self._warn_now() else []

    def asked(self) -> list[CardLine]:
        """What must not be overlooked of hand-offs: a client who does not know yet who answers them."""
        return [
            CardLine((Span(f"! tell the client that {part.department} answers them now", "late"),))
            for part in self.snapshot.hand_offs
            if handing_off.must_tell(part)
        ]

    def promises(self) -> list[CardLine]:
        """The client's promises, the most pressing first, as above every text that is written to them."""
        return [CardLine((Span(line, tone_of(line) or "dim"),)) for line in self._promise_lines()]

    def _promise_lines(self) -> list[str]:
        lines = promise_lines(self.session, self.snapshot)
        more = len(lines) - SHOWN_PROMISES + 1
        return lines if more <= 1 else [*lines[: SHOWN_PROMISES - 1], f"+ {more} more promises"]


def promise_lines(session: Session, snapshot: RequestSnapshot) -> list[str]:
    """The client's promises that bind now, a line each, late ones first and marked."""
    moment = when_at(session, snapshot.read_at)
    current = [promise for promise in snapshot.promises if promises.is_current(moment, promise)]
    current.sort(key=lambda promise: (not promises.is_late(moment, promise), promise.due_on or "9"))
    lines: list[str] = []
    for promise in current:
        mark = f"{promises.mark(moment, promise)} ".lstrip()
        said = (
            f"promised {promises.holds_from_to(moment, promise)}",
            promise.text,
            promises.status_text(moment, promise),
        )
        lines.append(mark + "  ".join(part for part in said if part))
    return lines


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _hand_off_row(moment: When, part: HandOff, clock: Clock | None) -> Row:
    open_still = handing_off.is_open(part)
    late = open_still and is_late(clock)
    state: str = part.state
    if part.state in ("asked", "accepted") and clock is not None:
        state = f"{part.state}, {moment.clock(clock)}"
    elif part.settled_at or part.answered_at:
        state = f"{part.state} {moment.day_of(part.settled_at or part.answered_at)}"
    tone: Tone = "late" if late else "warn" if part.state in ("ready", "returned") else ""
    answer = f" → {part.answer}" if part.answer else ""
    cells = (Cell(part.department or part.target), Cell(f"{part.what}{answer}"), Cell(state, tone))
    marked = late or handing_off.must_tell(part)
    return Row(RecordKey("hand_off", part.id), cells, "!" if marked else " ", "" if open_still else "dim")


def _linked_row(session: Session, linked: Linked) -> Row:
    note = f" ({linked.note})" if linked.note else ""
    return _request_row(session, linked.how, linked.request, note)


def _request_row(session: Session, how: str, request: Request, note: str = "") -> Row:
    closed = request.status in CLOSED_STATUSES
    state = request.status if closed else f"{request.status}, {who_acts(session, request)}".replace("_", " ")
    cells = (Cell(how), Cell(f"R-{request.number} {request.title}{note}"), Cell(state))
    return Row(RecordKey("request", request.id), cells, " ", "dim" if closed else "")


def _task_row(session: Session, moment: When, task: Task) -> Row:
    who = person(session, task.assignee_id)
    is_open = task.status == "open"
    late = is_open and (moment.days_to(task.due_on) or 0) < 0
    state = f"{who}, {moment.due(task.due_on)}".rstrip(", ") if is_open else task.status
    cells = (Cell(task.task_kind or "task"), Cell(task.title), Cell(state, "late" if late else ""))
    return Row(RecordKey("task", task.id), cells, "!" if late else " ", "" if is_open else "dim")
