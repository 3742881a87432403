"""What mends a finding: the form on its field, a corrected name, an owner, two cards side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from onewindow.desk.clients.findings import Finding
from onewindow.desk.editing import changing
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.window.client_compare import compared
from onewindow.records.clients import Client
from onewindow.records.fields import Record, attribute_of
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.chooser import Chooser, Prompt
from onewindow.screens.frame.text_view import TextView, width_in
from onewindow.store import rows
from onewindow.store.changes import record_of

_Work = Callable[[], Record]
"""Saves and gives back the record."""
_MOST_OFFERED = 2000


class Fix:
    """Opens over a screen what mends a finding."""

    def __init__(self, screen: Screen[Any], session: Session, save: Callable[[_Work], None]) -> None:
        """Serve one screen; `save` does a change and says what came of it."""
        self._screen = screen
        self._session = session
        self._save = save

    def mend(self, finding: Finding) -> None:
        """Open the form on the field that is wrong; for doubles, both cards side by side."""
        if finding.members:
            self._compare(finding)
            return
        record = (
            record_of(self._session.store, finding.record, finding.record_id) if finding.record_id else None
        )
        client_id = None if finding.record == "client" else finding.client_id
        form = RecordForm(self._session, finding.record, record, client_id, focus=finding.field)
        open_over(self._screen, form, self._closed)

    def correct(self, finding: Finding) -> None:
        """Ask for the name, with the proposal typed already."""
        record = record_of(self._session.store, finding.record, finding.record_id)
        label = attribute_of(type(record), finding.field).label

        def typed(text: str | None) -> None:
            if text:
                self._save(lambda: changing.edit(self._session, record, {finding.field: text}))

        open_over(self._screen, Prompt(f"Correct: {finding.name}", label, finding.proposal), typed)

    def assign(self, finding: Finding) -> None:
        """Ask who looks after the client."""
        session = self._session

        def chosen(staff_id: str | None) -> None:
            if staff_id is not None:
                client = rows.get(session.store, Client, finding.client_id)
                self._save(lambda: changing.change(session, client, {"owner_id": int(staff_id)}))

        colleagues = naming.suggest(session, "staff", "", limit=_MOST_OFFERED)
        open_over(self._screen, Chooser(f"Who looks after {finding.name}?", colleagues, people=True), chosen)

    def _compare(self, finding: Finding) -> None:
        first = finding.client_id
        others = [member for member in finding.members if member != first]
        if len(others) == 1:
            self._show_both(first, others[0])
            return

        def chosen(other: str | None) -> None:
            if other is not None:
                self._show_both(first, int(other))

        options = [
            (str(member), naming.label(self._session, "client", member)) for member in others[:_MOST_OFFERED]
        ]
        open_over(self._screen, Chooser(f"Compare {finding.name} with whom?", options), chosen)

    def _show_both(self, first: int, second: int) -> None:
        names = [naming.label(self._session, "client", member) for member in (first, second)]
        lines = compared(self._session, first, second, width_in(self._screen))
        open_over(self._screen, TextView(" · ".join(names), lines))

    def _closed(self, record: Record | None) -> None:
        if record is not None:
            self._save(lambda: record)
