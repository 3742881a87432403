"""One handover as its screen shows it: what was read of it, and what is under the cursor."""

from __future__ import annotations

from onewindow.desk.handover.as_text import heading
from onewindow.desk.handover.changes import FieldChange
from onewindow.desk.handover.rows import (
    CHECK_COLUMNS,
    CHECK_HEADINGS,
    PART_COLUMNS,
    PART_HEADINGS,
    check_row,
    part_rows,
)
from onewindow.desk.handover.summary import HandoverSnapshot, read_handover
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import RecordKey, tally
from onewindow.metrics.handover.completeness import Line
from onewindow.screens.frame.table_screen import TableScreen
from onewindow.store.problems import StoreProblem
from onewindow.widgets.line_box import LineBox
from onewindow.widgets.table import Table


class HandoverView(TableScreen[int | None]):
    """The checklist, and beside it questions, terms and changes; what is done there a subclass says."""

    def __init__(self, session: Session, handover_id: int) -> None:
        """Read a handover; raises NotFound."""
        checks = Table("checklist", CHECK_HEADINGS, CHECK_COLUMNS)
        super().__init__(session, checks)
        checks.id = "checks"
        self.parts = Table("questions, terms, changes", PART_HEADINGS, PART_COLUMNS)
        self.parts.id = "parts"
        self.snapshot: HandoverSnapshot = read_handover(session, handover_id)
        self.head = LineBox(id="head")

    def who_is_who(self) -> None:
        """Write to the client whom to turn to from now on."""
        raise NotImplementedError

    def reread(self) -> None:
        """Read the handover as it is now."""
        try:
            self.snapshot = read_handover(self.session, self.snapshot.handover.id)
        except StoreProblem as problem:
            self.say(str(problem), warning=True)
            return
        self.show()

    def show(self) -> None:
        """Draw what was read."""
        session, snapshot = self.session, self.snapshot
        checklist = snapshot.checklist
        self.head.set_lines(
            [[(text, "" if place else "title")] for place, text in enumerate(heading(session, snapshot))]
        )
        self.table.show_rows([check_row(n, line) for n, line in enumerate(checklist.lines)])
        counts = tally(
            (len(checklist.missing), "missing"),
            (len(checklist.blockers), "blocker" if len(checklist.blockers) == 1 else "blockers"),
        )
        self.table.set_title("checklist", f"{checklist.percent} %" + (f", {counts}" if counts else ""))
        self.parts.show_rows(part_rows(session, snapshot))
        owed = tally(
            (len(snapshot.debts), "not answered"),
            (len(snapshot.unread_terms), "to acknowledge"),
            (len({difference.place for difference in snapshot.open_differences}), "changes"),
        )
        self.parts.set_title("questions, terms, changes", owed)
        self.show_hints()

    # the row under the cursor

    @property
    def side(self) -> Table:
        """The side that has the keys."""
        return self.parts if self.parts.has_focus else self.table

    @property
    def line(self) -> Line | None:
        """The item of the checklist under the cursor, while that side has the keys."""
        key = self.table.cursor_key
        if self.side is not self.table or not isinstance(key, RecordKey):
            return None
        lines = self.snapshot.checklist.lines
        return lines[key.id] if key.id < len(lines) else None

    @property
    def part(self) -> RecordKey | None:
        """The key of the row under the cursor on the other side, while it has the keys."""
        key = self.parts.cursor_key
        return key if self.side is self.parts and isinstance(key, RecordKey) else None

    @property
    def change(self) -> FieldChange | None:
        """The change to the card under the cursor."""
        key = self.part
        if key is None or key.kind != "handover_change" or key.id >= len(self.snapshot.differences):
            return None
        return self.snapshot.differences[key.id]
