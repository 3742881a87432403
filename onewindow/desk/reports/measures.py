"""What reports measure of a request: one entry a measure, from which everything that tells of it derives.

The command and its help, the window, the amounts, the shares and the sentences about what is left out read
`MEASURES`; nothing else knows a measure by its name.
"""

from __future__ import annotations

from collections.abc import Callable

from onewindow.desk.reports.amounts import COUNT, SHORT_TIME, WORKING_TIME, Unit
from onewindow.desk.sla.event_details import is_answer_time_unknown, is_solution_time_unknown, opening_doubt
from onewindow.desk.sla.reassignments import reassignments_of
from onewindow.metrics.sla.clocks import Clocks
from onewindow.metrics.sla.stopwatch import Clock
from onewindow.records.structs import frozen_struct
from onewindow.store.requests.reports import ReportedRequest


@frozen_struct
class Judged:
    """One amount of a request, None while it has none yet, and whether it met its target.

    The amount is in the unit of its measure: seconds of working time, seconds, or a count.
    """

    amount: int | None
    is_met: bool


@frozen_struct
class MeasuredRequest:
    """What a measure may read: a request with its events, and its clocks if anything can be counted."""

    reported: ReportedRequest
    clocks: Clocks | None
    """None if no policy covers it, or nobody knows when it was opened."""


@frozen_struct
class Gap:
    """Something that the file which brought a request did not tell, so that measures leave it out."""

    missing: str
    """What is missing, after a number and “without”."""
    one: str
    """The same said of one such request, up to the names of the measures that leave it out."""
    many: str
    """That of more than one."""
    is_in: Callable[[ReportedRequest], bool]


@frozen_struct
class Measure:
    """One measure: how it is called, what it means, how it is read of a request and how it is told."""

    name: str
    """On the command line, and in the machine formats."""
    label: str
    """In titles."""
    definition: str
    """In sentences: what is counted and what is not, and what its share says."""
    unit: Unit
    """What its amounts are counted in, and how people read them."""
    read: Callable[[MeasuredRequest], Judged | None]
    """What it finds in a request; None if it says nothing of it (yet)."""
    share: str = ""
    """The heading of the share that met its target, with its interval; '' for a measure without a target."""
    hint: str = ""
    """What the help of the command puts behind the name; '' where the name says all."""
    gaps: tuple[Gap, ...] = ()
    """For what a request is left out of it."""
    is_usual: bool = False
    """Whether the command reports on it when no measure is named."""
    explains_losses: bool = False
    """Whether the window sets losses of clients against it."""


def _doubtful_opening(reported: ReportedRequest) -> bool:
    return bool(opening_doubt(reported.events))


def _untold_answer(reported: ReportedRequest) -> bool:
    return not _doubtful_opening(reported) and is_answer_time_unknown(reported.events)


def _untold_solution(reported: ReportedRequest) -> bool:
    return not _doubtful_opening(reported) and is_solution_time_unknown(reported.request, reported.events)


NO_OPENING = Gap(
    "an opening",
    "has no opening to count from and no",
    "have no opening to count from and no",
    _doubtful_opening,
)
"""Nobody knows when it was opened, or it was answered before that; it has no clocks."""
_NO_ANSWER_TIME = Gap(
    "a time of an answer",
    "does not tell when it was answered and has no",
    "do not tell when it was answered and have no",
    _untold_answer,
)
_NO_SOLUTION_TIME = Gap(
    "a time of a solution",
    "does not tell when it was resolved and has no",
    "do not tell when it was resolved and have no",
    _untold_solution,
)


def _response(measured: MeasuredRequest) -> Judged | None:
    return _judge(measured.clocks.first_response) if measured.clocks else None


def _resolution(measured: MeasuredRequest) -> Judged | None:
    return _judge(measured.clocks.resolution) if measured.clocks else None


def _judge(clock: Clock) -> Judged | None:
    if clock.state == "none" and clock.breached:
        return Judged(None, is_met=False)  # it was late under a target that was taken away since
    if clock.state == "none" or (clock.ended_at is None and not clock.breached):
        return None
    return Judged(clock.elapsed_s if clock.ended_at else None, not clock.breached)


def _intake(measured: MeasuredRequest) -> Judged | None:
    seconds = measured.reported.request.intake_seconds
    return Judged(seconds, is_met=True) if seconds else None


def _reassignments(measured: MeasuredRequest) -> Judged:
    count = reassignments_of(measured.reported.events).total
    return Judged(count, is_met=not count)


_ALL = (
    Measure(
        name="response",
        label="first response",
        definition="Working time from the opening to the first human answer. In target: answered before "
        "the first response was due; what is late and still unanswered counts as late and has no time.",
        unit=WORKING_TIME,
        read=_response,
        share="in target (95 %)",
        gaps=(NO_OPENING, _NO_ANSWER_TIME),
        is_usual=True,
        explains_losses=True,
    ),
    Measure(
        name="resolution",
        label="resolution",
        definition="Working time from the opening to the solution, without waiting for the client. In "
        "target: solved before it was due; what is late and still open counts as late and has no time.",
        unit=WORKING_TIME,
        read=_resolution,
        share="in target (95 %)",
        gaps=(NO_OPENING, _NO_SOLUTION_TIME),
        is_usual=True,
        explains_losses=True,
    ),
    Measure(
        name="intake",
        label="seconds to register",
        hint="seconds to register",
        definition="Seconds from the opening of the form or the capture line to its saving. Requests from "
        "files have none.",
        unit=SHORT_TIME,
        read=_intake,
    ),
    Measure(
        name="passes",
        label="passes from hand to hand",
        hint="from hand to hand",
        definition="How often a request changed hands or was given to a department after it was first "
        "assigned; never: it was ended by the one who had it first.",
        unit=COUNT,
        read=_reassignments,
        share="never (95 %)",
    ),
)

MEASURES = {measure.name: measure for measure in _ALL}
"""What is measured of each request, by its name, in the order in which the window steps through it."""
