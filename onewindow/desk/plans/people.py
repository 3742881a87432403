"""Who does the steps of a plan: playbooks name roles, a plan that starts finds the people."""

from __future__ import annotations

from datetime import date

from onewindow.desk.people.routing import is_away
from onewindow.desk.session.context import Session
from onewindow.records.absences import deputy_on
from onewindow.records.clients import Client
from onewindow.records.organization import Staff
from onewindow.store.plans import progress as plans


class People:
    """Finds the people of one plan; who has one step of a role has the others of it, while they are here."""

    def __init__(
        self,
        session: Session,
        client: Client | None,
        owner: Staff | None,
        employee: Staff | None = None,
        mentor: Staff | None = None,
    ) -> None:
        """Look for people around the owner of a client, or around a new employee and their mentor."""
        self._session = session
        self._client = client
        self._owner = owner
        self._known = [person for person in (employee, mentor) if person is not None and employee is not None]
        self._office = owner.office if owner is not None else session.me.office
        self._chosen: dict[str, list[int]] = {}
        self._of_roles: dict[str, list[Staff]] = {}
        self._load: dict[int, int] = {}

    def who(self, role: str, due_on: date) -> int | None:
        """Who does a step of a role on a date; None when there is nobody.

        An account manager's step is the owner's; in a new employee's own start their role is theirs,
        then their mentor's. Else it goes to whoever of the role works in the owner's office and has least
        open work, then to a deputy of one who is away, then to another office.
        """
        # First of all: the client meets one face for a role, even where another has less work by now.
        for staff_id in self._chosen.get(role, ()):
            if self._is_here(self._person(staff_id), due_on):
                return staff_id
        known = (person for person in self._known if person.role == role and self._is_here(person, due_on))
        person = next(known, None)
        if person is None and role == "account_manager" and self._client is not None:
            person = self._of_owner(due_on)
        person = person or self._of_role(role, due_on)
        if person is not None:
            self._chosen.setdefault(role, []).append(person.id)
        return person.id if person is not None else None

    def _of_owner(self, due_on: date) -> Staff | None:
        if self._owner is None:
            return None
        own = deputy_on(self._owner, due_on.isoformat())
        deputies = (self._client.deputy_id if self._client else None, own)
        others = (self._person(deputy_id) for deputy_id in deputies)
        return next((person for person in (self._owner, *others) if self._is_here(person, due_on)), None)

    def _of_role(self, role: str, due_on: date) -> Staff | None:
        if role not in self._of_roles:
            self._of_roles[role] = plans.staff_of_role(self._session.store, role)
        staff = self._of_roles[role]
        near = [person for person in staff if person.office == self._office]
        day = due_on.isoformat()
        deputies = [self._person(deputy_on(person, day)) for person in near if is_away(person, day)]
        for group in (near, deputies, staff):
            here = [person for person in group if person is not None and self._is_here(person, due_on)]
            if here:
                # The name, then the id, so that equals come out alike each time.
                return min(here, key=lambda person: (self._load_of(person.id), person.name, person.id))
        return None

    def _load_of(self, staff_id: int) -> int:
        if staff_id not in self._load:
            self._load[staff_id] = plans.open_work(self._session.store, staff_id)
        return self._load[staff_id]

    def _person(self, staff_id: int | None) -> Staff | None:
        return self._session.directory.staff.get(staff_id or 0)

    def _is_here(self, person: Staff | None, day: date) -> bool:
        return person is not None and person.archived_at is None and not is_away(person, day.isoformat())
