"""The lists of clients that a person goes through: which filter and order are on."""

from __future__ import annotations

from onewindow.desk.clients.client_list import ClientListSource
from onewindow.desk.session.context import Session
from onewindow.store.clients.client_list import FILTERS, ORDERS, FilterName, ListFilter, Order

_DISPLAY_NAMES: dict[FilterName, str] = {
    "my": "my",
    "team": "team",
    "risk": "at risk",
    "alarm": "alarms",
    "onboarding": "onboarding",
    "silent": "silent",
    "all": "all",
}
_OF_NO_TEAM: frozenset[FilterName] = frozenset({"my", "all"})


class ClientLists:
    """My clients to begin with; all of them for somebody who has none of their own."""

    def __init__(self, session: Session) -> None:
        """Choose the first filter."""
        self.session = session
        self.filter: FilterName = "my"
        self.order: Order = "name"
        # Somebody new has no clients yet: an empty list would look like an empty file.
        if not self.source().count:
            self.filter = "all"

    def source(self) -> ClientListSource:
        """The list as it is on file now."""
        return ClientListSource(self.session.store, self.listed(), self.order, now=self.session.now_text())

    def listed(self) -> ListFilter:
        """The filter with whose clients it means."""
        session = self.session
        team = () if self.filter in _OF_NO_TEAM else self._team()
        return ListFilter(self.filter, session.me.id, team or (session.me.id,))

    def _team(self) -> tuple[int, ...]:
        department = self.session.me.department
        return tuple(
            person.id
            for person in self.session.directory.staff.values()
            if department and person.department == department and person.archived_at is None
        )

    def title(self) -> str:
        """The filter as people call it."""
        return _DISPLAY_NAMES[self.filter]

    def next_filter(self) -> None:
        """Go to the next filter, in its usual order."""
        self.filter = FILTERS[(FILTERS.index(self.filter) + 1) % len(FILTERS)]
        self.order = ORDERS[self.filter][0]

    def next_order(self) -> None:
        """Go to the next order that the filter offers."""
        offered = ORDERS[self.filter]
        self.order = offered[(offered.index(self.order) + 1) % len(offered)]
