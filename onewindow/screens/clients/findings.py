"""What is wrong in the cards, found while one looks, and mended row by row."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.message import Message

from onewindow import actions
from onewindow.desk.clients import checks
from onewindow.desk.clients.checks import Page
from onewindow.desk.clients.doubles import KnownKeys, doubles
from onewindow.desk.clients.finding_rows import COLUMNS, DISPLAY_NAMES, FIXED_BY, HEADINGS, FindingTable
from onewindow.desk.clients.findings import CHECKS, Finding
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.session.reading import BesideReader
from onewindow.records.fields import Record
from onewindow.screens.clients.fixes import Fix
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.store.changes import Change
from onewindow.store.problems import StoreProblem
from onewindow.widgets.table import Table

_NEEDS_ROW = frozenset({"record.open", "quality.correct", "quality.assign", "quality.client"})
_VERBS = {"record.open": "mend", "panel.view": "mine/all"}
_ANEW = 200
"""When more clients than these change at once, everything is checked again."""


def _keys(session: Session) -> dict[str, str]:
    """The key that a row names, by action."""
    labels: dict[str, str] = {}
    for action_id in ("record.open", *FIXED_BY.values()):
        keys = actions.usable_keys(actions.by_id(action_id), "quality", session.settings.keys)
        labels[action_id] = actions.key_label(keys[0]) if keys else ":"
    return labels


class QualityScreen(TableScreen[int | None]):
    """Gives back the id of a client who was opened from a finding, else None."""

    scope = "quality"
    verbs = _VERBS

    class Checked(Message):
        """Some cards have been checked; `question` is the number of the question that this answers."""

        def __init__(self, question: int, page: Page) -> None:
            super().__init__()
            self.question = question
            self.page = page

    class Compared(Message):
        """The doubles have been looked for again."""

        def __init__(self, question: int, findings: list[Finding]) -> None:
            super().__init__()
            self.question = question
            self.findings = findings

    class Failed(Message):
        """The cards could not be read."""

        def __init__(self, problem: StoreProblem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, session: Session) -> None:
        """Check all clients in daily view."""
        super().__init__(session, Table("data quality", HEADINGS, COLUMNS))
        self._findings = FindingTable(_keys(session))
        self._known = KnownKeys()
        self._reader = BesideReader(session.store)
        self._question = 0
        self._done, self._total, self._upto = 0, 0, 0
        self._is_complete = False
        self._wants_doubles = False
        self._changed: set[int] = set()
        """Clients who changed during the first look: a page on its way may show them as they were."""
        self._mending = Fix(self, session, self._save)

    def on_mount(self) -> None:
        """Begin to check, and listen to changes."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self.table.set_source(self._findings)
        self._check_all()

    def on_unmount(self) -> None:
        """Stop checking and listening."""
        self.session.listeners.remove(self.note_changes)
        self._reader.close()

    @property
    def is_complete(self) -> bool:
        """Whether all cards have been checked and compared as they are now."""
        return self._is_complete and not self._wants_doubles

    # checking

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Check again what this or another process changed."""
        caches = {change.entity: self.session.registry.of(change.entity).caches for change in changes}
        clients = {
            change.client_id for change in changes if change.client_id and "row" in caches[change.entity]
        }
        if len(clients) > _ANEW or any(change.entity == "staff" for change in changes):
            self._check_all()
            return
        if not clients:
            return
        if self._is_complete:
            self._check_again(clients)
        else:
            self._changed |= clients
            self._check_again({client_id for client_id in clients if client_id <= self._upto})
        if any("search" in kind_caches for kind_caches in caches.values()):
            self._wants_doubles = True
        self._compare_again()
        self._show()

    def _check_all(self) -> None:
        self._findings.clear()
        self._done, self._total, self._upto = 0, 0, 0
        self._is_complete = self._wants_doubles = False
        self._changed.clear()
        self._question += 1
        session, known, question = self.session, self._known, self._question
        self._reader.ask(
            lambda store: checks.pages(session, store, known=known),
            lambda page: self.post_message(self.Checked(question, page)),
            lambda problem: self.post_message(self.Failed(problem)),
        )
        self._show()

    def _check_again(self, client_ids: set[int]) -> None:
        self._findings.replace_cards(client_ids, checks.of_clients(self.session, client_ids))

    def _compare_again(self) -> None:
        # A newer question stops the older one, so the first look at all cards must have come to its end.
        if self._is_complete and self._wants_doubles:
            self._question += 1
            known, question = self._known, self._question
            self._reader.ask(
                lambda store: [list(doubles(store, known))],
                lambda differences: self.post_message(self.Compared(question, differences)),
                lambda problem: self.post_message(self.Failed(problem)),
            )

    def on_quality_screen_checked(self, message: Checked) -> None:
        """Show what further cards gave."""
        if message.question != self._question:
            return
        page = message.page
        self._findings.take(page.findings)
        self._done, self._total, self._upto = page.done, page.total, page.upto
        if page.is_last:
            self._is_complete = True
            self._check_again(self._changed)
            self._changed.clear()
            self._compare_again()
        self._show()

    def on_quality_screen_compared(self, message: Compared) -> None:
        """Show the doubles as they are now."""
        if message.question == self._question:
            self._wants_doubles = False
            self._findings.replace_doubles(message.findings)
            self._show()

    def on_quality_screen_failed(self, message: Failed) -> None:
        """Say what went wrong."""
        self.say(str(message.problem), warning=True)

    # what is shown

    def _show(self) -> None:
        self.table.set_source(self._findings)
        self._show_title()
        self.show_hints()
        self.table.set_empty("Nothing to mend here." if self.is_complete else "Looking…")

    def _show_title(self) -> None:
        shown = self._findings
        parts = [
            f"{shown.count} of {shown.known} findings"
            if shown.count != shown.known
            else f"{shown.count} findings",
            DISPLAY_NAMES[shown.check] if shown.check else "all kinds",
            "my clients" if shown.owner_id is not None else "all clients",
        ]
        if not self._is_complete:
            parts.append(f"checked {self._done} of {self._total or 'all'} cards")
        elif self._wants_doubles:
            parts.append("looking for doubles")
        self.table.set_title("data quality", ", ".join(parts))

    # what is done

    def own_reason(self, action_id: str) -> str:
        """What a row, or its kind of finding, does not allow."""
        finding = self._finding()
        if action_id in _NEEDS_ROW and finding is None:
            return "no finding is under the cursor"
        if action_id == "quality.correct" and finding and not finding.proposal:
            return "this finding is not about letters"
        return ""

    def _finding(self) -> Finding | None:
        return self._findings.finding(self.table.cursor)

    def _mend(self) -> None:
        if finding := self._finding():
            self._mending.mend(finding)

    def _correct(self) -> None:
        if finding := self._finding():
            self._mending.correct(finding)

    def _assign(self) -> None:
        if finding := self._finding():
            self._mending.assign(finding)

    def _client(self) -> None:
        if finding := self._finding():
            self.dismiss(finding.client_id)

    def _filter(self) -> None:
        order = ["", *CHECKS]
        counts = self._findings.counts()
        place = order.index(self._findings.check)
        following = [*order[place + 1 :], *order[: place + 1]]
        # A kind without findings is passed over, unless it may still get some.
        wanted = next(kind for kind in following if not kind or counts[kind] or not self._is_complete)
        self._findings.show(wanted, self._findings.owner_id)
        self._show()

    def _view(self) -> None:
        mine = self.session.me.id if self._findings.owner_id is None else None
        self._findings.show(self._findings.check, mine)
        self._show()

    def _save(self, work: Callable[[], Record]) -> None:
        try:
            saved = work()
        except StoreProblem as problem:
            self.say(str(problem), warning=True)
            return
        self.say_undoable(f"Saved {naming.title_of(saved)}")

    routes: ClassVar = {
        "record.open": _mend,
        "quality.filter": _filter,
        "panel.view": _view,
        "quality.correct": _correct,
        "quality.assign": _assign,
        "quality.client": _client,
    }
    BINDINGS = table_bindings(routes)
