"""The script of a request: its steps with the words to say, marked done or skipped while one talks."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.screen import Screen

from onewindow.desk.session.context import Session
from onewindow.desk.templates import scripts
from onewindow.records.clients import Client
from onewindow.records.messages import Script, ScriptMarkState
from onewindow.records.requests import Request
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.chooser import Prompt
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.store import rows
from onewindow.store.changes import Change
from onewindow.store.problems import NotFound, StoreProblem
from onewindow.text.layout.cells import Cell, Column, Row, Tone
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

_HEADINGS = ("", "step", "words to say", "why, or what was said")
_COLUMNS = (
    Column(width=7),
    Column(min_width=24),
    Column(min_width=30),
    Column(min_width=16, drop_priority=1),
)
_SHOWN: dict[str, tuple[str, Tone]] = {
    "done": ("done", "dim"),
    "skipped": ("skipped", "late"),
    "": ("", ""),
}


def open_script(screen: Screen[Any], session: Session, request: Request | None) -> None:
    """Follow the script of a request over a screen; raises StoreProblem where none is meant."""
    if request is None:
        raise StoreProblem("Put the cursor on the request whose script you want.")
    open_over(screen, ScriptScreen(session, request))


class ScriptScreen(TableScreen[None]):
    """`x` marks a step done and goes on, `=` skips it with the reason, `v` is another script."""

    scope = "script"
    verbs: ClassVar = {
        "record.done": "done",
        "script.skip": "skip",
        "record.open": "read",
        "panel.view": "other script",
    }

    def __init__(self, session: Session, request: Request) -> None:
        """Follow the script that was begun with a request, else the one that fits; raises NotFound."""
        super().__init__(session, Table("script", _HEADINGS, _COLUMNS))
        self._request = request
        self._client = rows.get(session.store, Client, request.client_id)
        self._scripts: list[Script] = scripts.for_request(session, request)
        if not self._scripts:
            raise NotFound("There is no script for such a request; “new: script” in the palette makes one.")
        self._place = 0
        self._followed = self._read()

    def on_mount(self) -> None:
        """Show the steps, the cursor on the first that is not marked, and listen to changes."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self._show()
        self._to_next()

    def on_unmount(self) -> None:
        """Stop listening."""
        self.session.listeners.remove(self.note_changes)

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Show the marks again if one changed."""
        if any(change.entity == "script_mark" for change in changes):
            self._show()

    def own_reason(self, action_id: str) -> str:
        """Why an action can do nothing now."""
        if action_id == "panel.view" and len(self._scripts) < 2:
            return "no other script fits"
        return ""

    # inside

    def _read(self) -> scripts.Followed:
        script = self._scripts[self._place]
        return scripts.followed(self.session, script, self._client, self._request)

    def _show(self) -> None:
        self._followed = self._read()
        shown = [self._row(step) for step in self._followed.steps]
        done = sum(step.mark is not None for step in self._followed.steps)
        self.table.set_source(ListSource(shown))
        self.table.set_title(
            f"R-{self._request.number} script: {self._followed.script.name}", f"{done} of {len(shown)}"
        )
        self.show_hints()

    def _row(self, step: scripts.StepState) -> Row:
        word, tone = _SHOWN[step.state]
        return Row(
            step.step.id,
            (
                Cell(word, tone),
                Cell(step.step.title, tone if step.state == "done" else ""),
                Cell(" ".join(step.words.split()), tone if step.state == "done" else ""),
                Cell(step.mark.note if step.mark else "", "dim"),
            ),
            "!" if step.step.is_required and step.state != "done" else " ",
        )

    def _current(self) -> scripts.StepState:
        for step in self._followed.steps:
            if step.step.id == self.table.cursor_key:
                return step
        raise StoreProblem("This script has no steps yet.")

    def _to_next(self) -> None:
        """Put the cursor on the next step without a mark."""
        following = self._followed.next_step
        if following is not None:
            self.table.move_to_key(following.step.id)

    def _mark(self, step: scripts.StepState, state: ScriptMarkState, why: str = "") -> None:
        scripts.mark_step(
            self.session, step.step, state, why, client_id=self._client.id, request=self._request
        )
        self._show()
        self._to_next()
        self.say_undoable(f"{state.capitalize()}: {step.step.title}")

    def _done(self) -> None:
        self._mark(self._current(), "done")

    def _skip(self) -> None:
        step = self._current()

        def answered(why: str | None) -> None:
            if why is None:
                return
            try:
                self._mark(step, "skipped", why.strip())
            except StoreProblem as problem:
                self.say(str(problem), warning=True)

        must = "it must not be skipped: why" if step.step.is_required else "why, or nothing"
        open_over(self, Prompt(f"Skip “{step.step.title}”", must), answered)

    def _read_step(self) -> None:
        step = self._current()
        open_over(self, TextView(step.step.title, step.words.splitlines() or ["(no words)"]))

    def _other(self) -> None:
        self._place = (self._place + 1) % len(self._scripts)
        self._show()
        self._to_next()

    routes: ClassVar = {
        "record.done": _done,
        "script.skip": _skip,
        "record.open": _read_step,
        "panel.view": _other,
    }
    BINDINGS = table_bindings(routes)
