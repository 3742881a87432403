"""Meetings: of a client, of a person, with those who take part."""

from __future__ import annotations

from onewindow.records.meetings import Meeting, MeetingPerson
from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store
from onewindow.store.rows import build, column_list, fetch

LIMIT = 200


class MeetingCounts(NamedTuple):
    """How a client's or person's meetings went: held, of them visits, times postponed, cancelled."""

    held: int
    visits: int
    postponed: int
    cancelled: int


def of_client(store: Store, client_id: int, limit: int = LIMIT) -> list[Meeting]:
    """The meetings of a client, the latest first."""
    return fetch(
        store,
        Meeting,
        "WHERE client_id = :client AND archived_at IS NULL ORDER BY starts_at DESC, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )


def unsettled(store: Store, client_id: int, limit: int = 20) -> list[Meeting]:
    """The meetings of a client that are to come, or of which nobody said how they went; the nearest first."""
    meetings = fetch(
        store,
        Meeting,
        "WHERE client_id = :client AND state IN ('planned', 'postponed') AND archived_at IS NULL"
        " ORDER BY starts_at DESC, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )
    return meetings[::-1]


def planned(store: Store, staff_id: int, since: str, till: str, limit: int = LIMIT) -> list[Meeting]:
    """Planned meetings that a person leads and that begin between two instants (UTC text), in order."""
    return fetch(
        store,
        Meeting,
        "WHERE staff_id = :staff AND state = 'planned' AND starts_at >= :since AND starts_at < :till"
        " AND archived_at IS NULL ORDER BY starts_at, id LIMIT :limit",
        staff=staff_id,
        since=since,
        till=till,
        limit=limit,
    )


def joined(store: Store, staff_id: int, limit: int = LIMIT) -> list[Meeting]:
    """Planned meetings in which a person takes part without leading them, those noted last first."""
    rows = store.rows(
        f"SELECT {column_list(Meeting, 'm')} FROM meeting_person p CROSS JOIN meeting m"
        " WHERE p.staff_id = :staff AND m.id = p.meeting_id AND m.state = 'planned'"
        " AND m.staff_id <> :staff AND p.archived_at IS NULL AND m.archived_at IS NULL"
        " ORDER BY p.meeting_id DESC LIMIT :limit",
        staff=staff_id,
        limit=limit,
    )
    return [build(Meeting, row) for row in rows]


def people(store: Store, meeting_id: int) -> list[MeetingPerson]:
    """Who takes part in a meeting, in the order in which they were named."""
    return fetch(
        store,
        MeetingPerson,
        "WHERE meeting_id = :meeting AND archived_at IS NULL ORDER BY meeting_id, id",
        meeting=meeting_id,
    )


def of_message(store: Store, message_id: int) -> Meeting | None:
    """The meeting to which a message invites, or None."""
    meetings = fetch(
        store,
        Meeting,
        "WHERE message_id = :message AND message_id IS NOT NULL AND archived_at IS NULL ORDER BY id LIMIT 1",
        message=message_id,
    )
    return meetings[0] if meetings else None


def counts_of_client(store: Store, client_id: int) -> MeetingCounts:
    """How the meetings of a client went."""
    return _counts(store, "client_id = :id", client_id)


def counts_of_staff(store: Store, staff_id: int) -> MeetingCounts:
    """How the meetings went that a person leads."""
    return _counts(store, "staff_id = :id", staff_id)


def _counts(store: Store, whose: str, record_id: int) -> MeetingCounts:
    row = store.one(
        "SELECT COUNT(*) FILTER (WHERE state = 'held'),"
        " COUNT(*) FILTER (WHERE state = 'held' AND form = 'visit'),"
        " CAST(COALESCE(SUM(postponed), 0) AS BIGINT), COUNT(*) FILTER (WHERE state = 'cancelled')"
        f" FROM meeting WHERE {whose} AND archived_at IS NULL",
        id=record_id,
    )
    return MeetingCounts(*row) if row else MeetingCounts(0, 0, 0, 0)


def untold_announcements(store: Store, client_id: int, limit: int) -> list[str]:
    """The titles of announcements of which a client has not been told yet, the oldest first."""
    rows = store.rows(
        "SELECT a.title FROM delivery d JOIN announcement a ON a.id = d.announcement_id"
        " WHERE d.client_id = :client AND d.state = 'queued' AND d.archived_at IS NULL"
        " ORDER BY d.client_id, d.announcement_id, d.id LIMIT :limit",
        client=client_id,
        limit=limit,
    )
    return [row[0] for row in rows]
