"""Panel 1: open requests by urgency, each with the clock that presses; then the open tasks."""

from __future__ import annotations

from dataclasses import replace

from onewindow.desk.session.context import Session
from onewindow.desk.sla.clocks import pressing_clock
from onewindow.desk.sla.lateness import by_clock
from onewindow.desk.window.panels.view import PanelView, RecordKey, phrases, pick, rows_of, tally
from onewindow.desk.window.panels.when import When, when
from onewindow.desk.window.snapshot import ClientSnapshot
from onewindow.metrics.sla.lateness import Lateness, figure_text, lateness_of_clock
from onewindow.metrics.sla.stopwatch import Clock
from onewindow.metrics.sla.urgency import warning_level
from onewindow.records.requests import Request, Task
from onewindow.text.layout.cells import Cell, Column, Row, Tone

NAME, NUMBER, TITLE = "requests", "1", "requests"
MODES = ("open", "all")
NEW_KIND = "request"
KINDS = frozenset({"request", "request_event", "task", "client", "policy", "calendar", "message"})
EMPTY = "No open requests. Whatever the client asks for belongs here; n adds a request."

_TITLE = 24
"""Cells that a title keeps as long as anything else can be said shorter, on a line below, or not at all."""
_NEVER = "~"
"""Stands behind every time: it sorts after the digits of ISO texts."""


def view(session: Session, snapshot: ClientSnapshot, mode: str = "") -> PanelView:
    """The panel: requests that are late first, those that wait for the client after those that run."""
    moment = when(session, snapshot)
    # Sorted here again: SQLite puts those without a due time first, and here they come last.
    ranked = sorted(snapshot.requests, key=_rank)
    tasks = sorted(snapshot.tasks, key=lambda task: _task_rank(moment, task))
    shown: list[Request | Task] = [*ranked, *tasks]
    if pick(MODES, mode) == "all":
        shown += snapshot.closed_requests
    late = sum(moment.is_over(request.due_at) for request in ranked if request.due_at)
    before = sum(_was_late(session, snapshot, moment, request) for request in ranked)
    late_tasks = sum(_is_overdue(moment, task) for task in tasks)
    words = "task" if len(tasks) == 1 else "tasks"
    return PanelView(
        name=NAME,
        title=f"{NUMBER} {TITLE}",
        summary=tally(
            (len(ranked), "open"),
            (late, "late"),
            (before, "breached before"),
            (len(tasks), words),
            (late_tasks, "overdue"),
        ),
        worst=_worst(session, snapshot, moment, ranked, tasks),
        columns=_columns(shown),
        rows=rows_of(shown, lambda item: _row(session, snapshot, moment, item)),
        empty=EMPTY,
        new_kind=NEW_KIND,
        kinds=KINDS,
        alarming=phrases((late, "late"), (late_tasks, "overdue")),
    )


def pressing_of(snapshot: ClientSnapshot, request: Request) -> Clock | None:
    """The clock of an open request that ends first, a paused one if nothing runs, None without a policy."""
    clocks = snapshot.clocks.get(request.id)
    return pressing_clock(clocks) if clocks else None


def lateness_in(session: Session, snapshot: ClientSnapshot, request: Request) -> Lateness | None:
    """How late an open request of a snapshot is, or how long is left; None without any time."""
    book, queued = session.directory.policies, snapshot.queued_answers.get(request.id, "")
    return by_clock(book, request, pressing_of(snapshot, request), snapshot.read_at, queued)


def queued_text(moment: When, lateness: Lateness | None) -> str:
    """What waits in the outbox for a request: `answer queued 12:04`, '' for nothing."""
    queued = lateness.answer_queued_at if lateness else None
    return moment.queued(queued) if queued else ""


def who_acts(session: Session, request: Request) -> str:
    """Who has to do the next thing: `me`, a surname, `client`, a department or `nobody`."""
    if request.next_actor == "client":
        return "client"
    if request.next_actor == "internal":
        return request.department or "internal"
    return person(session, request.assignee_id)


def person(session: Session, staff_id: int | None) -> str:
    """One of us in a cell: `me`, a surname, `nobody`."""
    if staff_id == session.me.id:
        return "me"
    return session.directory.surname(staff_id) or "nobody"


def _was_late(session: Session, snapshot: ClientSnapshot, moment: When, request: Request) -> bool:
    """Whether an open request was late once and has time again; no clock is read for one that never was."""
    if not request.late_from or not moment.is_over(request.late_from):
        return False
    lateness = lateness_in(session, snapshot, request)
    return lateness is not None and lateness.breached_before


def _rank(request: Request) -> tuple[str, str]:
    """By the instant that is kept with the request: no clock needs to be read for an order."""
    return request.due_at or _NEVER, request.opened_at


def _columns(shown: list[Request | Task]) -> tuple[Column, ...]:
    numbers = max((len(f"R-{item.number}") for item in shown if isinstance(item, Request)), default=6)
    return (
        Column(width=max(6, numbers)),
        Column(min_width=_TITLE),
        Column(width=22, second=True),
        Column(width=46, second=True, drop_priority=3),
        Column(width=14, second=True, drop_priority=2),
        Column(width=16, second=True, drop_priority=1),
    )


def _row(session: Session, snapshot: ClientSnapshot, moment: When, item: Request | Task) -> Row:
    if isinstance(item, Task):
        return _task_row(session, moment, item)
    if item.id in snapshot.clocks:
        return _request_row(session, snapshot, moment, item)
    return _closed_row(session, moment, item)


def _request_row(session: Session, snapshot: ClientSnapshot, moment: When, request: Request) -> Row:
    clock, lateness = pressing_of(snapshot, request), lateness_in(session, snapshot, request)
    late = lateness is not None and lateness.is_late
    tone: Tone = "late" if late else _tone(clock)
    promised = f"for {moment.moment(request.promised_at)}" if request.promised_at else ""
    return Row(
        RecordKey("request", request.id),
        (
            Cell(f"R-{request.number}"),
            Cell(request.title),
            Cell(moment.lateness(lateness), tone, short=_in_short(moment, lateness)),
            _note(session, snapshot, moment, request, lateness),
            Cell("" if request.next_actor == "internal" else who_acts(session, request)),
            Cell(promised),
        ),
        "!" if late else "?" if lateness is not None and lateness.breached_before else " ",
    )


def _in_short(moment: When, lateness: Lateness | None) -> str:
    """How late or how long is left without its due moment, which the line of the row says: `2 h late`.

    Of what was late once and has time again the moment is told and the mark says so.
    """
    if lateness is not None and lateness.breached_before:
        return moment.lateness(replace(lateness, breached_before=False))
    return (
        "paused" if lateness is not None and lateness.is_paused else figure_text(lateness) if lateness else ""
    )


def _note(
    session: Session, snapshot: ClientSnapshot, moment: When, request: Request, overall: Lateness | None
) -> Cell:
    """Where else a request is: `at Разработка, 3 h left, Mo 12:00`, `answer queued 12:04`."""
    department, lateness = _at(session, snapshot, request)
    tone: Tone = "late" if lateness is not None and lateness.is_late else ""
    queued = queued_text(moment, overall)
    parts = (department, moment.lateness(lateness) if lateness else "", queued)
    short = (department, figure_text(lateness) if lateness else "", queued)
    return Cell(", ".join(filter(None, parts)), tone, short=", ".join(filter(None, short)))


def _at(session: Session, snapshot: ClientSnapshot, request: Request) -> tuple[str, Lateness | None]:
    """Which department has a request, `at склад`, and how long it has left; '' where none has it."""
    if request.next_actor != "internal":
        return "", None
    # A start without such a request needs none of it.
    from onewindow.desk.sla import hand_off_clock
    from onewindow.store.requests.hand_offs import open_of_request

    for part in open_of_request(session.store, request.id)[:1]:
        book, tier = session.directory.policies, snapshot.client.tier
        clock = hand_off_clock.clock_of(book, request, tier, part, snapshot.read_at)
        return f"at {part.department or part.target}", lateness_of_clock(clock)
    return f"at {request.department or 'another department'}", None


def _tone(clock: Clock | None) -> Tone:
    if clock is None or not clock.live:
        return "dim"
    return "warn" if warning_level(clock) else ""


def _closed_row(session: Session, moment: When, request: Request) -> Row:
    return Row(
        RecordKey("request", request.id),
        (
            Cell(f"R-{request.number}"),
            Cell(request.title),
            Cell(f"{request.status} {moment.age(request.resolved_at)}".rstrip()),
            Cell(""),
            Cell(person(session, request.assignee_id)),
            Cell(moment.moment(request.resolved_at)),
        ),
        style="dim",
    )


def _is_snoozed(moment: When, task: Task) -> bool:
    return (moment.days_to(task.snoozed_till) or 0) > 0


def _is_overdue(moment: When, task: Task) -> bool:
    return (moment.days_to(task.due_on) or 0) < 0 and not _is_snoozed(moment, task)


def _task_rank(moment: When, task: Task) -> tuple[bool, str]:
    return _is_snoozed(moment, task), task.due_on or "9"


def _task_row(session: Session, moment: When, task: Task) -> Row:
    snoozed, overdue = _is_snoozed(moment, task), _is_overdue(moment, task)
    due = moment.due_day(task.due_on)
    if snoozed:
        due = f"from {moment.day(task.snoozed_till)}" + (f", due {moment.day(task.due_on)}" if due else "")
    return Row(
        RecordKey("task", task.id),
        (
            Cell("task"),
            Cell(task.title),
            Cell(due, "late" if overdue else ""),
            Cell(""),
            Cell(person(session, task.assignee_id)),
            Cell(task.task_kind),
        ),
        "!" if overdue else " ",
        "dim" if snoozed else "",
    )


def _worst(
    session: Session, snapshot: ClientSnapshot, moment: When, ranked: list[Request], tasks: list[Task]
) -> str:
    # A request that is late speaks before an overdue task, one that has time left after it.
    overdue = next((task for task in tasks if _is_overdue(moment, task)), None)
    for request in ranked[:1]:
        lateness = lateness_in(session, snapshot, request)
        if lateness is not None and not lateness.is_paused and (lateness.is_late or overdue is None):
            return f"R-{request.number} {request.title}, {moment.lateness(lateness)}"
    return f"{overdue.title}, {moment.due_day(overdue.due_on)}" if overdue else ""
