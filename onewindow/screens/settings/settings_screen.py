"""Settings: calendars, policies, weights of health, rules to stay in touch; what each of them means."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import ClassVar

from textual.message import Message

from onewindow.desk.cadence import settings as touch_settings
from onewindow.desk.cadence.settings import CadenceRule
from onewindow.desk.editing import changing
from onewindow.desk.health.weights_preview import own_weights, shares_text, weights_of
from onewindow.desk.policies import calendars
from onewindow.desk.policies import matching as policies
from onewindow.desk.policies import replay as policy_replay
from onewindow.desk.policies.replay import Replay
from onewindow.desk.reference.policy_book import whom
from onewindow.desk.session.context import Session
from onewindow.desk.session.reading import BesideReader
from onewindow.desk.validation import calendar_hours
from onewindow.metrics.health.score import weight_shares
from onewindow.metrics.policies.working_time import Calendar
from onewindow.records.by_name import value_if_any, value_of
from onewindow.records.cadence import TouchCadence
from onewindow.records.fields import Record
from onewindow.records.health import HealthLife, HealthWeights
from onewindow.records.organization import SlaPolicy, WorkingCalendar
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.chooser import Chooser, Prompt
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.settings.weights_form import WeightsForm
from onewindow.settings import from_environment, settings_path
from onewindow.store.changes import Change
from onewindow.store.people import organization
from onewindow.store.problems import StoreProblem
from onewindow.text.durations import minutes_text
from onewindow.text.layout.cells import Cell, Column, Row
from onewindow.text.opening_hours import week_text
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

PREVIEW_DAYS = 14
REPLAY_MONTHS = 12
_HEADINGS = ("section", "name", "what it says", "since")
_COLUMNS = (
    Column(width=10, drop_priority=1),
    Column(width=20),
    Column(min_width=30),
    Column(width=10, drop_priority=2),
)
_FILE = "file"
_OWN = "own"
_KINDS = frozenset({"calendar", "policy", "health_weights", "touch_cadence", "occasion", "holiday"})
_RECORD_ACTIONS = frozenset({"record.edit", "record.archive"})


_Row = WorkingCalendar | SlaPolicy | HealthWeights | HealthLife | CadenceRule | None
"""A row: a record, the program's own weights for a time of life, or None for one's own file."""


class SettingsScreen(TableScreen[None]):
    """`enter` edits a row, `n` adds one, `w` shows what it means, `=` replays the past under other rules."""

    scope = "settings"
    verbs: ClassVar = {"record.open": "edit", "record.edit": "new version"}

    class Replayed(Message):
        """Some more of the past has been replayed."""

        def __init__(self, replay: Replay, rule: str) -> None:
            super().__init__()
            self.replay = replay
            self.rule = rule

    class Failed(Message):
        """The past could not be read."""

        def __init__(self, problem: StoreProblem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, session: Session) -> None:
        """Show what everybody on this file shares, and where my own settings lie."""
        super().__init__(session, Table("settings", _HEADINGS, _COLUMNS))
        self._rows: list[_Row] = []
        self._reader = BesideReader(session.store)

    def on_mount(self) -> None:
        """Read the rows and listen to changes."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self._reload()

    def on_unmount(self) -> None:
        """Stop reading and listening."""
        self.session.listeners.remove(self.note_changes)
        self._reader.close()

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Show what this or another process changed."""
        if any(change.entity in _KINDS for change in changes):
            self._reload()

    def own_reason(self, action_id: str) -> str:
        """Why an action can do nothing on this row."""
        row = self._row()
        if action_id in _RECORD_ACTIONS and row is None:
            return "this row is your own file; edit it with any editor"
        if action_id in _RECORD_ACTIONS and isinstance(row, str):
            return "these weights are the program's own; open the row to make a set of yours from them"
        if action_id == "settings.replay" and not isinstance(row, SlaPolicy | WorkingCalendar):
            return "put the cursor on a policy or a calendar"
        return ""

    # what is shown

    def _reload(self) -> None:
        book = self.session.directory.policies
        live = [
            calendar
            for calendar in organization.calendars(self.session.store)
            if calendar.archived_at is None
        ]
        rules = policies.current(book, self.session.today())
        weights = [*self.session.directory.weights.sets.values()]
        own: tuple[HealthLife, ...] = ("active", "onboarding")
        touching = touch_settings.rules_of(self.session.store)
        self._rows = [*live, *rules, *weights, *own, *touching, None]
        self.table.set_source(ListSource([self._shown(row) for row in self._rows]))
        problems = policies.problems(book, self.session.today(), self.session.zone)
        count = f"{len(live)} calendars, {len(rules)} policies, {len(weights)} sets of weights"
        count += f", {len(touching)} rules to stay in touch"
        self.table.set_title("settings", f"{count}, {len(problems)} to look at" if problems else count)
        self.show_hints()

    def _shown(self, row: _Row) -> Row:
        if row is None:
            path = str(settings_path(os.environ))
            return Row(_FILE, (Cell("program", "title"), Cell("your own settings"), Cell(path), Cell("")))
        first = self._rows.index(row) == next(
            place for place, other in enumerate(self._rows) if _section(other) == _section(row)
        )
        section = Cell(_section(row) if first else "", "title")
        if isinstance(row, str):
            what = shares_text(own_weights(row))
            return Row((_OWN, row), (section, Cell(f"built in, {row}"), Cell(what, "dim"), Cell("")))
        if isinstance(row, HealthWeights):
            of_whom = " ".join(part for part in (row.tier or "every tier", row.life) if part)
            what = f"{shares_text(weights_of(row))}; {of_whom}"
            return Row(row.id, (section, Cell(row.name), Cell(what), Cell(row.updated_at[:10])))
        if isinstance(row, CadenceRule):
            since = row.valid_from if isinstance(row, TouchCadence) else ""
            cells = (section, Cell(row.name), Cell(touch_settings.rule_text(self.session, row)), Cell(since))
            return Row(row.id, cells, " ", "" if touch_settings.is_in_force(row) else "dim")
        if isinstance(row, WorkingCalendar):
            return Row(row.id, (section, Cell(row.name), Cell(_hours(row)), Cell("")))
        book = self.session.directory.policies
        what = f"{policies.targets_text(row)}; {policies.line_text(book, whom(row))}"
        return Row(row.id, (section, Cell(row.name), Cell(what), Cell(row.valid_from)))

    def _row(self) -> _Row:
        return self._rows[self.table.cursor] if self._rows else None

    # what is done

    def _open(self) -> None:
        row = self._row()
        if row is None:
            self._why()
        elif isinstance(row, str):
            weights = {name: f"{weight:g}" for name, weight in own_weights(row).items()}
            self._form("health_weights", None, {"life": row, **weights})
        else:
            self._form(row.kind, row)

    def _edit(self) -> None:
        """A calendar is edited; a policy gets a new version, so that the past keeps the old one."""
        row = self._row()
        if not isinstance(row, SlaPolicy):
            self._open()
            return
        tomorrow = self.session.today() + timedelta(days=1)
        preset = {
            "name": row.name,
            "calendar_id": str(row.calendar_id),
            "tier": row.tier,
            "priority": row.priority,
            "request_kind": row.request_kind,
            "valid_from": tomorrow.isoformat(),
            "segment_id": str(row.segment_id or ""),
        }
        preset |= {name: minutes_text(value_of(row, name)) for name in policies.TARGETS}
        self._form("policy", None, preset)

    def _new(self) -> None:
        def chosen(kind: str | None) -> None:
            if kind:
                self._form(kind, None)

        options = [
            ("calendar", "working calendar"),
            ("policy", "SLA policy"),
            ("health_weights", "weights of health"),
            ("touch_cadence", "touch cadence: how often a tier hears from us"),
            ("occasion", "occasion: thanks, congratulations, how is it going"),
            ("holiday", "holiday: a day to congratulate on"),
        ]
        open_over(self, Chooser("What to add?", options), chosen)

    def _form(self, kind: str, record: Record | None, preset: dict[str, str] | None = None) -> None:
        def closed(saved: Record | None) -> None:
            if saved is not None:
                self.say_undoable(f"Saved {value_if_any(saved, 'name')}")

        if kind == "health_weights":
            made = record if isinstance(record, HealthWeights) else None
            open_over(self, WeightsForm(self.session, made, preset), closed)
        else:
            open_over(self, RecordForm(self.session, kind, record, preset=preset), closed)

    def _archive(self) -> None:
        row = self._row()
        if row is not None and not isinstance(row, str):
            changing.archive(self.session, row)
            self.say_undoable(f"Archived {row.name}")

    def _why(self) -> None:
        row = self._row()
        if row is None:
            open_over(self, TextView("Your settings", file_lines()))
        elif isinstance(row, str):
            open_over(self, TextView(f"The program's own weights, {row}", weight_lines(own_weights(row))))
        elif isinstance(row, HealthWeights):
            open_over(self, TextView(row.name, weight_lines(weights_of(row))))
        elif isinstance(row, CadenceRule):
            open_over(self, TextView(row.name, touch_settings.why(self.session, row)))
        elif isinstance(row, WorkingCalendar):
            open_over(self, TextView(row.name, self._calendar_lines(row)))
        else:
            open_over(self, TextView(row.name, self._policy_lines(row)))

    def _calendar_lines(self, row: WorkingCalendar) -> list[str]:
        cal = calendar_hours.stored_calendar(row.hours)
        days = calendars.open_days(cal, self.session.today(), PREVIEW_DAYS)
        return [
            *calendar_hours.calendar_text(cal).splitlines(),
            "",
            "The coming two weeks:",
            *(calendars.day_text(day, self.session.today()) for day in days),
        ]

    def _policy_lines(self, row: SlaPolicy) -> list[str]:
        book, line = self.session.directory.policies, whom(row)
        told = [
            f"from {version.valid_from}: {policies.targets_text(version)}"
            for version in policies.versions(book, line)
        ]
        odd = policies.problems(book, self.session.today(), self.session.zone)
        asked = (row.tier, row.priority or "normal", row.request_kind or "problem")
        segments = frozenset(() if row.segment_id is None else (row.segment_id,))
        which = policies.why_this(book, asked, self.session.today(), self.session.zone, segments)
        notes = ["", "To look at:", *(problem.text for problem in odd)] if odd else []
        return ["Versions, the newest first:", *told, "", *which, *notes]

    def _replay(self) -> None:
        row = self._row()
        if isinstance(row, WorkingCalendar):
            self._run(f"all by {row.name}", calendar_hours.stored_calendar(row.hours), [])
            return
        if not isinstance(row, SlaPolicy):
            return
        of_whom = " ".join(part for part in (row.tier, row.priority, row.request_kind) if part)
        start = f"{of_whom} first {minutes_text(row.first_response_min)}".strip()

        def typed(text: str | None) -> None:
            if not text:
                return
            cal = self.session.directory.policies.calendars[row.calendar_id]
            try:
                rules = [policy_replay.parse_rule(text, policies.day_minutes(cal))]
            except ValueError as error:
                self.say(str(error), warning=True)
                return
            self._run(text, None, rules)

        open_over(self, Prompt("Replay the past with", "rule", start), typed)

    def _run(self, rule: str, cal: Calendar | None, rules: Sequence[policy_replay.Rule]) -> None:
        book, now = self.session.directory.policies, self.session.now()
        other = policy_replay.ReplayBook(book, cal, rules)
        self.say("Replaying the past…")
        self._reader.ask(
            lambda store: policy_replay.replay(store, book, other, now, REPLAY_MONTHS),
            lambda replay: self.post_message(self.Replayed(replay, rule)),
            lambda problem: self.post_message(self.Failed(problem)),
        )

    def on_settings_screen_replayed(self, message: Replayed) -> None:
        """Show the report when all is read, and till then how far it is."""
        if not message.replay.is_complete:
            self.say(f"Replaying the past: {message.replay.requests} requests…")
            return
        self.say("")
        lines = policy_replay.report_lines(message.replay)
        open_over(self, TextView(f"{message.rule}, {REPLAY_MONTHS} months", lines))

    def on_settings_screen_failed(self, message: Failed) -> None:
        """Say what went wrong."""
        self.say(str(message.problem), warning=True)

    routes: ClassVar = {
        "record.open": _open,
        "record.edit": _edit,
        "record.new": _new,
        "record.archive": _archive,
        "record.why": _why,
        "settings.replay": _replay,
    }
    BINDINGS = table_bindings(routes)


def file_lines() -> list[str]:
    """Where my own settings lie, and what is wrong in them."""
    path = settings_path(os.environ)
    problems = from_environment(os.environ)[1]
    lines = [
        f"Settings file: {path}",
        "It exists." if path.exists() else "It does not exist; all is default.",
    ]
    lines += ["", "Mistakes:", *map(str, problems)] if problems else ["", "No mistakes found."]
    return [*lines, "", "`onewindow settings template` prints a file with every setting explained."]


def weight_lines(weights: Mapping[str, float]) -> list[str]:
    """What a set of weights means."""
    total, shares = sum(weights.values()), weight_shares(weights)
    return [
        *(f"{name}: {weight:g} of {total:g}, {100 * shares[name]:.0f} %" for name, weight in weights.items()),
        "",
        "Only their ratio counts: they need not sum to 100. A signal without data takes no part.",
        "A set of a segment counts before one of a tier, and that before one of every tier.",
    ]


def _section(row: _Row) -> str:
    """Under which heading a row stands."""
    if row is None:
        return "program"
    if isinstance(row, WorkingCalendar):
        return "calendars"
    if isinstance(row, CadenceRule):
        return {"touch_cadence": "cadences", "occasion": "occasions", "holiday": "holidays"}[row.kind]
    return "policies" if isinstance(row, SlaPolicy) else "health"


def _hours(record: WorkingCalendar) -> str:
    cal = calendar_hours.stored_calendar(record.hours)
    holidays = f", holidays {cal.holidays.country}" if cal.holidays else ""
    return f"{week_text(dict(enumerate(cal.weekly)))}, {cal.zone}{holidays}"
