"""The team of a lead: load and absences of each person, queues of the department, and who takes what over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from onewindow.desk.editing import changing
from onewindow.desk.people.absences import is_there
from onewindow.desk.people.routing import is_away
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.when import when_at
from onewindow.records.absences import Absence, absence_values, absences_of, current_or_next, deputy_on
from onewindow.records.organization import Staff
from onewindow.records.requests import CLOSED_STATUSES, Request
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.engine import Store, Value
from onewindow.store.people import organization
from onewindow.store.problems import NotFound, StoreProblem
from onewindow.store.queue import team
from onewindow.store.queue.team import Load
from onewindow.text.dates import utc_text
from onewindow.text.patterns import pattern

WORKERS = ("account_manager", "support", "lead")
"""Roles that are listed although they have no open request."""
NEARLY_FULL = 0.8


@frozen_struct
class Member:
    """One person with their load; `staff` is None for what nobody has taken."""

    staff: Staff | None
    load: Load
    uncovered: int = 0
    """Clients of an absent person for whom nobody stands in."""

    @property
    def limit(self) -> int:
        """How many open requests they should have at most, 0 for no limit."""
        return self.staff.open_limit if self.staff is not None else 0

    @property
    def fullness(self) -> str:
        """`over` above their limit, `full` near it, '' below."""
        if not self.limit:
            return ""
        if self.load.open > self.limit:
            return "over"
        return "full" if self.load.open >= NEARLY_FULL * self.limit else ""


@frozen_struct
class Team:
    """The people read so far, by how much burns with them; `is_complete` once all are."""

    members: tuple[Member, ...]
    is_complete: bool


def read_team(session: Session) -> Team:
    """The load of everybody."""
    *_, complete = reader_of(session)(session.store)
    return complete


def reader_of(session: Session) -> Callable[[Store], Iterator[Team]]:
    """What reads the load of everybody, one person after another, on a store that may be another thread's.

    All that the session knows is taken now, since a session belongs to its own thread.
    """
    now, midnight, today = session.now_text(), _midnight(session), session.today().isoformat()
    staff = sorted(session.directory.staff.values(), key=lambda person: person.name)
    here = frozenset(
        person.id for person in staff if person.archived_at is None and not is_away(person, today)
    )
    return lambda store: _loads(store, staff, here, now, midnight, today)


def _loads(
    store: Store, staff: list[Staff], here: frozenset[int], now: str, till: str, today: str
) -> Iterator[Team]:
    members = [Member(None, team.load_of(store, None, now, till))]
    for person in staff:
        load = team.load_of(store, person.id, now, till)
        if load.open or (person.archived_at is None and person.role in WORKERS):
            members.append(Member(person, load, _uncovered(store, person, staff, here, today)))
            yield Team(_ordered(members), is_complete=False)
    yield Team(_ordered(members), is_complete=True)


def _uncovered(store: Store, person: Staff, staff: list[Staff], here: frozenset[int], today: str) -> int:
    """Clients of an absent person for whom neither their deputy nor that one's own stands in."""
    if person.id in here or deputy_on(person, today) in here:
        return 0
    # A deputy who is away stands in for nobody.
    gone = [None, *(other.id for other in staff if other.id not in here)]
    return sum(team.clients_with_deputy(store, person.id, deputy_id) for deputy_id in gone)


def may_lead(session: Session) -> bool:
    """Whether this person may give away the work of others."""
    return session.is_lead


def reassign(session: Session, requests: Sequence[Request], staff_id: int, reason: str) -> str:
    """Give open requests to somebody in one change; returns what to tell, and a warning if it is too many.

    Anybody may give away their own and take what nobody has; the rest needs a lead. Raises StoreProblem for
    that, for no reason, and where all are theirs already or closed; then nothing is changed.
    """
    person = session.directory.staff.get(staff_id)
    if person is None or person.archived_at is not None:
        raise StoreProblem("There is no such colleague any more.")
    wanted = [request for request in requests if request.assignee_id != staff_id]
    # Somebody may have closed one since it was shown.
    moved = [
        request
        for request in wanted
        if rows.get(session.store, Request, request.id).status not in CLOSED_STATUSES
        and request.status not in CLOSED_STATUSES
    ]
    if not moved:
        raise StoreProblem(f"{person.name} has all of them already, or they are closed.")
    # Nobody's requests are free to take; what a colleague has, only a lead moves.
    foreign = [request for request in moved if request.assignee_id not in (session.me.id, None)]
    if foreign and not may_lead(session):
        raise StoreProblem(
            f"R-{foreign[0].number} is another's work, which a lead gives away; your own you may give away."
        )
    if not reason.strip():
        raise StoreProblem("Say why; whoever takes it over reads it.")
    values: dict[str, Value] = {"assignee_id": staff_id}
    label = f"{_counted(moved)} to {person.name}"
    session.change(
        label,
        lambda transaction: [
            changing.change_in(session, transaction, request, values, reason.strip()) for request in moved
        ],
    )
    return f"{label}.{_warning(session, person)}"


def set_absence(session: Session, person: Staff, typed: str) -> Staff:
    """Note an absence typed as `25.11 – 30.11 Иванова`: first day, last day, who stands in; '' ends it.

    Raises StoreProblem for what cannot be read, for a deputy who is away then, and for others' absences
    unless a lead notes them.
    """
    is_own = person.id == session.me.id
    if not (is_own or may_lead(session) or organization.is_admin(session.store, session.me.id)):
        raise StoreProblem("A lead notes the absences of others; you may note your own.")
    today = session.today().isoformat()
    if not typed.strip():
        ended = current_or_next(person, today)
        left = [absence for absence in absences_of(person) if absence != ended and absence.end >= today]
        then = f", away again from {left[0].first}" if left else ""
        return _with_absences(session, person, left, f"{person.name} is here{then}")
    wanted = _read_absence(session, typed)
    kept = [absence for absence in absences_of(person) if absence.end >= today]
    # The same first day again is the same absence, with another end or deputy perhaps.
    known = [absence for absence in kept if absence.first != wanted.first]
    for absence in known:
        if absence.overlaps(wanted):
            begins = when_at(session, session.now()).day(absence.first)
            raise StoreProblem(
                f"{person.name} is away {_days(session, absence)} already."
                f" Begin with {begins} to change that one, leave the line empty to end it."
            )
    deputy = session.directory.staff.get(wanted.deputy_id or person.deputy_id or 0)
    if deputy is not None and deputy.id == person.id:
        raise StoreProblem("Nobody can stand in for themselves.")
    if deputy is not None and any(absence.overlaps(wanted) for absence in absences_of(deputy)):
        raise StoreProblem(f"{deputy.name} is away then too; choose another deputy.")
    label = f"{person.name} is away {_days(session, wanted)}"
    return _with_absences(session, person, [*known, wanted], label)


def _with_absences(session: Session, person: Staff, kept: list[Absence], label: str) -> Staff:
    """Keep these absences of somebody, the nearest as the days of the record itself."""
    values: dict[str, Value] = dict(absence_values(kept, session.today().isoformat()))
    # Who stands in for the first time becomes the usual deputy.
    usual = next((absence.deputy_id for absence in kept if absence.deputy_id), None)
    if person.deputy_id is None and usual is not None:
        values["deputy_id"] = usual
    return changing.change(session, person, values, label)


def absence_said(session: Session, before: Staff, after: Staff) -> str:
    """What to tell of an absence that was noted or ended: its days, who stands in, and what is missing."""
    known = absences_of(before)
    noted = [absence for absence in absences_of(after) if absence not in known]
    if not noted:
        left = current_or_next(after, session.today().isoformat())
        return f"{after.name} is here{f'; away again {_days(session, left)}' if left else ''}."
    deputy_id = noted[0].deputy_id or after.deputy_id
    who = session.directory.surname(deputy_id)
    if not who:
        stands = "nobody is named who stands in: write a name behind the days"
    else:
        stands = f"{who} stands in" if noted[0].deputy_id else f"{who}, the usual deputy, stands in"
    return f"{after.name} is away {_days(session, noted[0])}; {stands}."


def _days(session: Session, absence: Absence) -> str:
    """The days of an absence as all screens show days."""
    moment = when_at(session, session.now())
    first = moment.day(absence.first)
    if absence.last is None:
        return f"from {first} till further notice"
    return f"on {first}" if absence.last == absence.first else f"{first} – {moment.day(absence.last)}"


_LONGEST_TURN = 183
"""Days that an absence over the end of a year may have where no year was typed: longer is a slip."""


def _read_absence(session: Session, typed: str) -> Absence:
    """The first day, the last one and the deputy of a line; “25.12 – 10.01” goes over the year's end.

    A day alone is that one day; “с 25.11” and “25.11 –” go on till further notice.
    """
    # “с 25.11” has no end, “25.11” is one day: the word decides.
    line, begun = _FROM.subn("", typed.strip(), count=1)
    begin, till, rest = _TILL.sub("–", f"{line} ", count=1).partition("–")
    if not till:
        first, whom = _day_first(session, begin)
        return Absence(first, None if begun else first, _person(session, whom))
    first = _day(session, begin)
    if not rest.strip():
        return Absence(first)
    last, whom = _day_first(session, rest)
    if last < first and _YEAR.search(rest) is None:
        last = _next_year(last)
        if (date.fromisoformat(last) - date.fromisoformat(first)).days > _LONGEST_TURN:
            raise StoreProblem(f"“{typed.strip()}” ends before it begins; write the year if it is that long.")
    if last < first:
        raise StoreProblem(f"It ends on {last}, before it begins on {first}.")
    return Absence(first, last, _person(session, whom))


def _day_first(session: Session, text: str) -> tuple[str, str]:
    """The day with which a text begins, and the words behind it."""
    words = text.split()
    # The longest reading first: “25 ноября Иванова” must not end at “25”.
    for count in range(len(words), 0, -1):
        day = _day_or_none(session, " ".join(words[:count]))
        if day is not None:
            return day, " ".join(words[count:])
    raise StoreProblem(f"“{text.strip()}” does not begin with a date; write {absence_example(session)}.")


def absence_example(session: Session) -> str:
    """How an absence is written, by days that lie ahead."""
    from onewindow.text.typed_dates import example_day  # as beside `parse_date`: not before somebody types

    first = example_day(session.today())
    return f"{first:%d.%m} – {first + timedelta(days=5):%d.%m} {session.me.name.split()[0]}"


def _next_year(day: str) -> str:
    """The same day of the year after, the 28th for a 29 February that it lacks."""
    next_day = date.fromisoformat(day)
    return (next_day + timedelta(days=365 if next_day.month > 2 or next_day.day < 29 else 364)).isoformat()


_YEAR = pattern(r"\d{4}|\d\d?[./]\d\d?[./]\d\d")
_FROM = pattern(r"(?i:с|со|от|from|since)\s+")
_TILL = pattern(r"\s+(?:-|—|–|до|по|till|to)\s+|(?<=\.\d\d)-(?=\d)|\s*[–—]\s*")


def _day(session: Session, text: str) -> str:
    day = _day_or_none(session, text)
    if day is None:
        raise StoreProblem(f"“{text.strip()}” is not a date; write {absence_example(session)}.")
    return day


def _day_or_none(session: Session, text: str) -> str | None:
    # The queue needs this module too and reads no typed dates; an absence is seldom typed.
    from onewindow.text.typed_dates import parse_date

    try:
        return parse_date(text.strip(), session.today()).isoformat()
    except ValueError:
        return None


def _person(session: Session, text: str) -> int | None:
    if not text:
        return None
    try:
        return naming.colleague(session, text)
    except NotFound as error:
        raise StoreProblem(f"Who stands in? {error}") from error


def _ordered(members: list[Member]) -> tuple[Member, ...]:
    """Nobody's first, then by late, by unanswered, by open requests, by name."""
    return tuple(
        sorted(
            members,
            key=lambda member: (
                member.staff is not None,
                -member.load.late,
                -member.load.unanswered,
                -member.load.open,
                member.staff.name if member.staff else "",
            ),
        )
    )


def _warning(session: Session, person: Staff) -> str:
    load = team.load_of(session.store, person.id, session.now_text(), _midnight(session))
    away = "" if is_there(session, person.id) else f" {person.name} is away."
    if person.open_limit and load.open > person.open_limit:
        over = load.open - person.open_limit
        return f" That makes {load.open} open, {over} over the limit of {person.open_limit}.{away}"
    return away


def _counted(requests: Sequence[Request]) -> str:
    return naming.title_of(requests[0]) if len(requests) == 1 else f"{len(requests)} requests"


def _midnight(session: Session) -> str:
    local = session.local_now()
    day = local.date() + timedelta(days=1)
    return utc_text(datetime.combine(day, time(), local.tzinfo).astimezone(UTC))
