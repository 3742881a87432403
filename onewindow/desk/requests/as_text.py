"""A whole request as plain text and as values with stable names: for `onewindow request show`."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.desk.requests import detail_view, details, thread_view
from onewindow.desk.requests.assignment import RequestSnapshot
from onewindow.desk.session.context import Session
from onewindow.desk.sla.event_details import detail_of
from onewindow.desk.sla.lateness import lateness_values
from onewindow.desk.sla.shown_zone import zone_line
from onewindow.desk.window.panels.when import when_at
from onewindow.desk.window.show_json import Values, clock_values, clocks_values, record_values
from onewindow.records.requests import Request
from onewindow.text.clean import clean_lines
from onewindow.text.dates import utc_text
from onewindow.text.layout.cells import Row
from onewindow.text.layout.width import wrap

_INDENT = "  "


def request_text(session: Session, snapshot: RequestSnapshot, width: int = 80) -> str:
    """Head, details, clocks, dates, what hangs on it, and the thread: cleaned lines of `width` cells."""
    moment = when_at(session, snapshot.read_at)
    head = [_line(line.left, line.right) for line in detail_view.head(session, snapshot)]
    blocks = [
        ["", *head, *filter(None, [zone_line(session)])],
        ["DETAILS", *_details(session, snapshot.request)],
        [
            "CLOCKS",
            *(
                f"- {detail_view.clock_phrase(moment, clock, snapshot.queued_answer)}"
                for clock in detail_view.shown_clocks(snapshot)
            ),
        ],
        [
            "DATES GIVEN TO THE CLIENT",
            *(f"- {line}" for line in detail_view.promised_dates(session, snapshot)),
        ],
        ["BELONGS TO IT", *(f"- {_row(row)}" for row in detail_view.parts(session, snapshot))],
        ["THREAD", *_thread(session, snapshot)],
    ]
    shown = [block for block in blocks if len(block) > 1]
    return "\n\n".join("\n".join(_wrapped(block, width)) for block in shown).lstrip("\n") + "\n"


def request_json(session: Session, snapshot: RequestSnapshot) -> Values:
    """The request's own fields, beside them its clocks, events and what hangs on it; times are UTC text."""
    clocks = snapshot.clocks
    return {
        **record_values(snapshot.request),
        "read_at": utc_text(snapshot.read_at),
        "client": snapshot.client.name,
        "health": {"score": snapshot.health.score, "band": snapshot.health.band},
        "contact": snapshot.contact.name if snapshot.contact else None,
        "clocks": clocks_values(clocks) if clocks else None,
        "lateness": lateness_values(detail_view.lateness(session, snapshot)),
        "queued_answers": [record_values(message) for message in snapshot.queued],
        "events": [{**record_values(event), "detail": detail_of(event) or None} for event in snapshot.events],
        "hand_offs": [
            {
                **record_values(part),
                "clock": clock_values(clock) if (clock := snapshot.hand_off_clocks[part.id]) else None,
            }
            for part in snapshot.hand_offs
        ],
        "linked": [
            {
                "how": other.how,
                "note": other.note,
                "request_id": other.request.id,
                "number": other.request.number,
                "title": other.request.title,
                "status": other.request.status,
            }
            for other in snapshot.linked
        ],
        "merged": [record_values(duplicate) for duplicate in snapshot.merged],
        "tasks": [record_values(task) for task in snapshot.tasks],
        "promised_dates": [
            {
                "at": promised.at,
                "promised_at": promised.promised_at,
                "reason": promised.reason,
                "staff": session.directory.name(promised.staff_id),
            }
            for promised in snapshot.promised_dates
        ],
        "times_moved": snapshot.times_moved,
        "passes": {"people": snapshot.passes.people, "departments": snapshot.passes.departments},
        "client_passes": {
            "people": snapshot.client_passes.people,
            "departments": snapshot.client_passes.departments,
        },
    }


def _line(left: tuple[detail_view.Span, ...], right: tuple[detail_view.Span, ...]) -> str:
    return ", ".join(span.text for span in (*left, *right) if span.text)


def _details(session: Session, request: Request) -> Iterator[str]:
    for label, text in details.details(session, request):
        yield f"- {label}: {text}"


def _row(row: Row) -> str:
    urgent = f"{row.mark} " if row.mark in ("!", "?") else ""
    return urgent + "; ".join(cell.text for cell in row.cells if cell.text)


def _thread(session: Session, snapshot: RequestSnapshot) -> Iterator[str]:
    for moment, text, _ in thread_view.entry_lines(thread_view.thread(session, snapshot)):
        yield f"- {moment} {text}"


def _wrapped(lines: list[str], width: int) -> Iterator[str]:
    for line in lines:
        for place, given in enumerate(clean_lines(line) or [""]):
            indent = _INDENT if place else ""
            first, *rest = wrap(given, width - len(indent)) or [""]
            yield indent + first
            if rest:
                yield from (_INDENT + part for part in wrap(" ".join(rest), width - len(_INDENT)))
