"""Segments: saved filters over clients, and who is in one, or in an audience typed in the same words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from onewindow.desk.filters.conditions import ReadyFilter
from onewindow.desk.filters.names import Names
from onewindow.desk.filters.words import FilterProblem, parse
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.organization import Segment
from onewindow.records.structs import frozen_struct
from onewindow.store import catalogue, rows
from onewindow.store.clients import segment_inputs
from onewindow.store.engine import Store
from onewindow.text.clean import clean

SMALL_PAGE = 200


def ready(session: Session, text: str) -> ReadyFilter:
    """A filter that can be asked often; raises FilterProblem with one sentence and the place.

    What it looked up (names of products, colleagues, other segments) is that of this moment.
    """
    return ReadyFilter(parse(text), Names(session.store, session.me.id))


def matches(session: Session, filter_: str | ReadyFilter, client_id: int) -> bool:
    """Whether a filter lets one client through today; an archived one never. Raises FilterProblem."""
    filter_ready = ready(session, filter_) if isinstance(filter_, str) else filter_
    return filter_ready.lets_through(session.store, client_id, session.today())


def member_ids(session: Session, filter_: str | ReadyFilter, after: int = 0) -> Iterator[int]:
    """The ids of the clients whom a filter lets through, behind an id, in their order.

    Read a page at a time, so memory does not grow with the file. Raises FilterProblem.
    """
    filter_ready = ready(session, filter_) if isinstance(filter_, str) else filter_
    return filter_ready.ids(session.store, session.today(), after)


def members(
    session: Session, filter_: str | ReadyFilter, after: int = 0, limit: int = SMALL_PAGE
) -> list[Client]:
    """The clients whom a filter lets through, the next ones behind the id `after`. Raises FilterProblem."""
    return catalogue.by_ids(session.store, Client, list(islice(member_ids(session, filter_, after), limit)))


def count(session: Session, filter_: str | ReadyFilter) -> int:
    """How many clients a filter lets through. Raises FilterProblem."""
    return sum(1 for _ in member_ids(session, filter_))


def saved(session: Session) -> list[Segment]:
    """All saved segments, by name."""
    return segment_inputs.segments(session.store)


def problem_of(store: Store, segment: Segment) -> str:
    """Why a segment cannot be saved as it is, '' if it can: a filter that cannot be read, or a circle."""
    try:
        ReadyFilter(parse(segment.filter), Names(store, 0, segment), (segment.id,) if segment.id else ())
    except FilterProblem as problem:
        return str(problem)
    return ""


def moving_problem(store: Store, segment: Segment, edited: Segment | None = None) -> str:
    """Why a segment cannot choose policies and weights, '' if it can; `edited` is one as it is to become.

    A clock must not jump because time went by or finance fed something in, so only the card counts.
    """
    try:
        filter_ready = ReadyFilter(parse(segment.filter), Names(store, 0, edited or segment))
    except FilterProblem as problem:
        return str(problem)
    if not filter_ready.moving:
        return ""
    return (
        f"“{clean(segment.name)}” has {', '.join(map(clean, sorted(filter_ready.moving)))}, which lets others"
        " through though no card changed; policies and weights need a segment of fields of the card alone."
    )


def chosen_problem(store: Store, edited: Segment) -> str:
    """Why a segment cannot become as it is to, because policies or weights go by it; '' if it can."""
    # All of them and not this one alone: they may name it in their own filters.
    for segment_id in segment_inputs.choosing_ids(store):
        segment = edited if segment_id == edited.id else rows.find(store, Segment, segment_id)
        problem = moving_problem(store, segment, edited) if segment is not None else ""
        if problem:
            return problem
    return ""


@frozen_struct
class SegmentStatus:
    """The status of a saved segment: how many clients it has, or why it cannot be read."""

    segment: Segment
    count: int | None
    problem: str


def statuses(session: Session, segments: Sequence[Segment]) -> Iterator[SegmentStatus]:
    """Each segment with its count or its problem, as each is known."""
    for segment in segments:
        try:
            yield SegmentStatus(segment, count(session, segment.filter), "")
        except FilterProblem as problem:
            yield SegmentStatus(segment, None, str(problem))
