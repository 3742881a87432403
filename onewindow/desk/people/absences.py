"""Who is away, and for whom somebody stands in: the same rule by which new requests find their person."""

from __future__ import annotations

from onewindow.desk.people.routing import is_away
from onewindow.desk.session.context import Session
from onewindow.records.absences import absences_of, deputy_on
from onewindow.records.organization import Staff
from onewindow.store.people import organization
from onewindow.store.queue import today as sources
from onewindow.text.dates import short_day


def is_there(session: Session, staff_id: int | None) -> bool:
    """Whether somebody works here and is not away today."""
    person = session.directory.staff.get(staff_id or 0)
    if person is None or person.archived_at is not None:
        return False
    return not is_away(person, session.today().isoformat())


def works_here(session: Session, staff_id: int | None) -> bool:
    """Whether somebody is a colleague who has not left."""
    person = session.directory.staff.get(staff_id or 0)
    return person is not None and person.archived_at is None


def who_works_here(session: Session, *staff_ids: int | None) -> int:
    """The first of some colleagues who works here, else this person: who goes on with what others began."""
    return next(
        (staff_id for staff_id in staff_ids if staff_id and works_here(session, staff_id)), session.me.id
    )


def stand_in(session: Session, owner: Staff, client_deputy_id: int | None) -> int | None:
    """Who stands in for an absent owner: the deputy on the client's card, else their own, if one is there."""
    return next(
        (
            deputy_id
            for deputy_id in (client_deputy_id, deputy_on(owner, session.today().isoformat()))
            if is_there(session, deputy_id)
        ),
        None,
    )


def absences_text(session: Session, person: Staff) -> str:
    """All absences in words: `05.12 – 09.12 Иванова; 30.12 – 09.01.27 Орлов`."""
    texts: list[str] = []
    today = session.today()
    for absence in absences_of(person):
        deputy = session.directory.surname(absence.deputy_id)
        days = (short_day(absence.first, today), "–", short_day(absence.last or "", today))
        texts.append(" ".join(part for part in (*days, deputy) if part))
    return "; ".join(texts)


def away_today(session: Session) -> list[Staff]:
    """The colleagues who are away today, by name."""
    # Not from the directory, which would read thousands of colleagues to find a few.
    return organization.away_on(session.store, session.today().isoformat())


def covered_by_me(session: Session) -> list[Staff]:
    """The colleagues who are away today and for whose clients, some or all, this person may stand in."""
    me, today = session.me.id, session.today().isoformat()
    return [
        person
        for person in away_today(session)
        if person.id != me
        and (deputy_on(person, today) == me or sources.stands_in_for(session.store, person.id, me))
    ]
