"""The form of a set of weights: while one types, it counts what would become of the clients."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.message import Message

from onewindow.desk.health.weights_preview import Preview, preview, preview_lines, shares_text, weights_of
from onewindow.desk.reference.health_weights import SIGNALS
from onewindow.desk.session.context import Session
from onewindow.desk.session.reading import BesideReader
from onewindow.records.health import HealthWeights
from onewindow.screens.editing.record_form import RecordForm
from onewindow.store.problems import StoreProblem
from onewindow.widgets.form import Form
from onewindow.widgets.line_box import LineBox

_COUNTED = frozenset({"tier", "life", "segment_id", *SIGNALS})
"""The fields that move clients."""


class WeightsForm(RecordForm):
    """A record form with the shares in percent, and the bands before and after, above its fields."""

    DEFAULT_CSS = """
    WeightsForm #preview { dock: top; height: 3; }
    """

    class Counted(Message):
        """Some more clients were looked at."""

        def __init__(self, preview: Preview) -> None:
            super().__init__()
            self.preview = preview

    class Failed(Message):
        """The clients could not be read."""

        def __init__(self, problem: StoreProblem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(
        self, session: Session, record: HealthWeights | None, preset: Mapping[str, str] | None = None
    ) -> None:
        """Edit a set of weights, or make a new one."""
        super().__init__(session, "health_weights", record, preset=preset)
        self._session = session
        self._replaced = record
        self._reader = BesideReader(session.store)
        self._shares = ""
        self._preview = LineBox(id="preview")

    def contents(self) -> ComposeResult:
        """The preview above the fields."""
        yield self._preview
        yield from super().contents()

    def on_mount(self) -> None:
        """Count for what the form begins with."""
        super().on_mount()
        self._count(self.form.values())

    def on_unmount(self) -> None:
        """Stop counting."""
        super().on_unmount()
        self._reader.close()

    def on_form_edited(self, message: Form.Edited) -> None:
        """Keep the draft and count again."""
        super().on_form_edited(message)
        self._count(message.values)

    def on_weights_form_counted(self, message: Counted) -> None:
        """Show the counts so far."""
        self._show(*preview_lines(message.preview))

    def on_weights_form_failed(self, message: Failed) -> None:
        """Say what went wrong."""
        self._show(str(message.problem))

    def _count(self, values: Mapping[str, str]) -> None:
        """Ask for the bands under these values; texts that are no weights yet leave the last counts."""
        try:
            proposed = self._entry.as_typed(values, _COUNTED)
        except StoreProblem:
            return
        if not isinstance(proposed, HealthWeights) or min(weights_of(proposed).values()) < 0:
            return
        self._shares = shares_text(weights_of(proposed))
        self._show("counting…")
        now, owner = self._session.now(), self._session.me.id
        self._reader.ask(
            lambda store: preview(store, proposed, self._replaced, now, owner),
            lambda preview: self.post_message(self.Counted(preview)),
            lambda problem: self.post_message(self.Failed(problem)),
        )

    def _show(self, *lines: str) -> None:
        self._preview.set_lines([[(self._shares, "dim")], *([(line, "accent")] for line in lines)])
