"""Training sessions: when they are, who is invited, who came, and when clients first used what was taught."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from onewindow.records.adoption import Attendance, TrainingSession
from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store
from onewindow.store.rows import build, column_list, fetch, in_chunks

AT_ONCE = 200


class AttendanceLine(NamedTuple):
    """An attendance with what a list shows beside it."""

    attendance: Attendance
    number: int
    client: str
    contact: str


def sessions(store: Store, limit: int = 500) -> list[TrainingSession]:
    """Training sessions, the latest first."""
    return fetch(
        store,
        TrainingSession,
        "WHERE archived_at IS NULL ORDER BY starts_at DESC, id DESC LIMIT :limit",
        limit=limit,
    )


def of_announcement(store: Store, announcement_id: int) -> list[TrainingSession]:
    """The sessions on an announcement, the first one first."""
    return fetch(
        store,
        TrainingSession,
        "WHERE announcement_id = :announcement AND announcement_id IS NOT NULL AND archived_at IS NULL"
        " ORDER BY starts_at, id",
        announcement=announcement_id,
    )


def of_trainer(store: Store, staff_id: int, since: str, till: str) -> list[TrainingSession]:
    """The planned sessions that somebody teaches between two instants (UTC text)."""
    return fetch(
        store,
        TrainingSession,
        "WHERE trainer_id = :staff AND state = 'planned' AND starts_at BETWEEN :since AND :till"
        " AND archived_at IS NULL ORDER BY starts_at, id LIMIT 100",
        staff=staff_id,
        since=since,
        till=till,
    )


def lines(store: Store, session_id: int) -> list[AttendanceLine]:
    """Who is invited to a session and what became of it, in the order of the clients."""
    rows = store.rows(
        f"SELECT {column_list(Attendance, 'a')}, c.number, c.name, COALESCE(p.name, '')"
        " FROM attendance a JOIN client c ON c.id = a.client_id LEFT JOIN contact p ON p.id = a.contact_id"
        " WHERE a.session_id = :session AND a.archived_at IS NULL ORDER BY a.client_id, a.id LIMIT 5000",
        session=session_id,
    )
    return [AttendanceLine(build(Attendance, row[:-3]), *row[-3:]) for row in rows]


def counts(store: Store, session_id: int) -> dict[str, tuple[int, int]]:
    """How many attendances of a session are in each state, and how many people that are."""
    rows = store.rows(
        "SELECT state, people FROM attendance WHERE session_id = :session AND archived_at IS NULL",
        session=session_id,
    )
    counted: dict[str, tuple[int, int]] = {}
    for state, people in rows:
        number, heads = counted.get(state, (0, 0))
        counted[state] = (number + 1, heads + people)
    return counted


def invited(store: Store, session_id: int, client_ids: Sequence[int]) -> set[int]:
    """Those of some clients who have an attendance of a session, archived ones too."""
    invited_ids: set[int] = set()
    for names, parameters in in_chunks(client_ids, AT_ONCE):
        rows = store.rows(
            f"SELECT client_id FROM attendance WHERE session_id = :session AND client_id IN ({names})",
            session=session_id,
            **parameters,
        )
        invited_ids |= {row[0] for row in rows}
    return invited_ids


def attended(store: Store, session_ids: Iterable[int]) -> dict[int, str]:
    """Client -> when the first of some sessions began to which they came (UTC text)."""
    first_times: dict[int, str] = {}
    for session_id in session_ids:
        rows = store.rows(
            "SELECT a.client_id, s.starts_at FROM training_session s CROSS JOIN attendance a"
            " WHERE s.id = :session AND a.session_id = s.id AND a.state = 'attended'"
            " AND a.archived_at IS NULL",
            session=session_id,
        )
        for client_id, starts_at in rows:
            first_times[client_id] = min(first_times.get(client_id, starts_at), starts_at)
    return first_times


def used_in(
    store: Store, client_id: int, products: Collection[int], first_week: int, last_week: int
) -> int | None:
    """The first week of a span in which a client used one of some products; None where they did not."""
    weeks = [
        store.scalar(
            "SELECT week FROM usage WHERE client_id = :client AND product_id = :product"
            " AND week BETWEEN :first AND :last AND (active_users > 0 OR volume > 0)"
            " AND archived_at IS NULL ORDER BY week LIMIT 1",
            client=client_id,
            product=product,
            first=first_week,
            last=last_week,
        )
        for product in sorted(products)
    ]
    return min((week for week in weeks if week is not None), default=None)
