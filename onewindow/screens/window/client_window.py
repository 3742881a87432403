"""The window: one client whole, the list of clients beside it, six panels below the card.

Longer than 400 lines: `WindowScreen` is one class, whose parts show one snapshot and share the focus.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from onewindow.actions import main_key
from onewindow.desk.session.context import Session
from onewindow.desk.window.card import CardView, card_view
from onewindow.desk.window.panels.registry import PANELS, panel_view
from onewindow.desk.window.panels.view import PanelView, RecordKey, fitted
from onewindow.desk.window.snapshot import ClientSnapshot, load_snapshot
from onewindow.screens.frame.host_app import HostApp, KeyedScreen
from onewindow.screens.frame.key_table import KeyTable, without_effect
from onewindow.screens.window import drawing
from onewindow.screens.window.client_column import ClientColumn
from onewindow.screens.window.panel_heights import folded_heights
from onewindow.store.changes import Change
from onewindow.store.problems import StoreProblem
from onewindow.widgets.backgrounds import Background, HorizontalBackground, VerticalBackground
from onewindow.widgets.hint_bar import HintBar
from onewindow.widgets.host import host_of
from onewindow.widgets.line_box import Line, LineBox
from onewindow.widgets.panel import Panel
from onewindow.widgets.row_list import RowList
from onewindow.widgets.rows import ListSource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onewindow.screens.frame.protocols import DoesActions, LooksOn
    from onewindow.screens.frame.screen_stack import Step
    from onewindow.screens.window.suggestions import PanelSuggestions

NUMBERED = ("requests", "documents", "adoption", "feedback", "opportunities", "timeline")
_SIDES = (NUMBERED[:3], NUMBERED[3:])
"""Those in the columns on the left and on the right."""
_WIDTHS = [(0, "-narrow"), (drawing.NARROW, "-wide"), (drawing.HUGE, "-huge")]
_HEIGHTS = [(0, "-low"), (36, "-high")]
_REST_SECONDS = 0.12
"""How long the cursor must rest on a client before it is shown: a held key must not read every client."""
LATE_LEVEL = 100
"""The level of a warning that says the term is over."""
_TICK_SECONDS = 20.0
"""How often the clocks are read again; they show minutes at the finest."""


class WindowScreen(Screen[None], KeyedScreen):
    """One client whole. Every key is an action of the table; another object does them."""

    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS
    AUTO_FOCUS = ""
    BLANK = True
    """Its own lines are never seen: what lies on it covers it."""

    actions: DoesActions
    """Who does the actions, given by who opens the window."""

    def __init__(self, session: Session, client_id: int | None) -> None:
        """Show a client first, read before the first frame so that nothing flickers in; None: no client."""
        super().__init__()
        self.session = session
        self.snapshot: ClientSnapshot | None = None
        self.views: dict[str, PanelView] = {}
        self.modes: dict[str, str] = {}
        self.keys = KeyTable(session.settings.keys)
        self.visited: list[int] = []
        self.place = 0
        self.open_panel = "requests"
        self.last_chosen: RecordKey | None = None
        """The row that was last opened from the day, where the day begins next time."""
        self.way_back: Sequence[Step] = ()
        """The way to the screen on which this client was chosen, as long as they are shown."""
        self.tour: LooksOn | None = None
        """The tour, while somebody takes it."""
        self._card: CardView | None = None
        self.unread: Exception | None = None
        """What kept the first client from being shown: the window opens without that client."""
        self._list_moved = False
        self._near = 0
        self.top = LineBox(id="top")
        self.column = ClientColumn(session)
        self.card = LineBox(can_focus=True, id="card")
        self.promises = Panel("", "promises", id="promises")
        self.panels = {name: Panel(str(n), name, id=name) for n, name in enumerate(NUMBERED, 1)}
        self._sides = {
            VerticalBackground(classes="column"): _SIDES[0],
            VerticalBackground(classes="column -right"): _SIDES[1],
        }
        self.hint_bar = HintBar(id="hints")
        if client_id is not None:
            self._read_first(client_id)

    def expect_size(self, size: Size) -> None:
        """Take the classes of a terminal of this size now: the toolkit would style the first frame twice."""
        for breakpoints, cells in ((_WIDTHS, size.width), (_HEIGHTS, size.height)):
            self.add_class(max(step for step in breakpoints if step[0] <= cells)[1])
        for side, names in self._sides.items():
            side.set_class(self.open_panel in names, "-open")

    def compose(self) -> ComposeResult:
        """Lay out the top line, the client column, the client and the hints."""
        yield self.top
        with HorizontalBackground(id="body"):
            yield self.column
            with VerticalBackground(id="main"):
                yield self.card
                yield self.promises
                with Background(id="columns"):
                    for side, names in self._sides.items():
                        with side:
                            yield from (self.panels[name] for name in names)
        yield self.hint_bar

    def on_mount(self) -> None:
        """Show what was read, and begin to listen to changes and to the clock."""
        self.session.listeners.append(self.note_changes)
        self.set_interval(_TICK_SECONDS, self.reread)
        self.show_all()
        self.call_after_refresh(self.count_warnings)
        if self.snapshot is not None:
            self.column.stand_on(self.snapshot.client.id)
        # A key typed before the first frame may have chosen a place already.
        if self.focused is None:
            self._first_focus()

    def _first_focus(self) -> None:
        target = self.column.clients if self.snapshot is None or self.is_wide else self.panels["requests"]
        self.set_focus(target)

    # what is shown

    @property
    def host(self) -> App[Any]:
        """The app that shows the window."""
        return host_of(self)

    def host_text(self, client_id: int | None) -> str:
        """A text that was pasted on a client where nobody types, for its next request; '' for none."""
        return self.host.take_refused(client_id) if isinstance(self.host, HostApp) else ""

    @property
    def is_wide(self) -> bool:
        """Whether the list stands beside the client and all panels are open."""
        return self.host.size.width >= drawing.NARROW

    @property
    def scope(self) -> str:
        """The scope of the action table that the focus is in."""
        focused = self.focused
        if focused is self.card:
            return "card"
        if focused is self.column.clients or focused is None:
            return "list"
        return focused.id or "window"

    def open_client(self, client_id: int, *, remember: bool = True) -> None:
        """Show another client; raises nothing: a client that is gone says so in the hint line."""
        self._list_moved = False
        if self.snapshot is not None and self.snapshot.client.id == client_id:
            self.column.stand_on(client_id)
            return
        self.way_back = ()
        try:
            self._read(client_id)
        except StoreProblem as problem:
            self.say(str(problem), warning=True)
            return
        if remember:
            # As in a browser: who goes elsewhere from the middle gives up the way forward.
            del self.visited[self.place + 1 :]
            self.visited.append(client_id)
            self.place = len(self.visited) - 1
        for panel in (self.promises, *self.panels.values()):
            panel.cursor = 0
        self.show_client()
        self.column.stand_on(client_id)
        if self.tour is not None:
            self.tour.opened(client_id)

    def on_screen_resume(self) -> None:
        """Go on with the tour when what lay over the window is closed."""
        if self.tour is not None:
            self.tour.back()

    def show_record(self, key: RecordKey) -> None:
        """Put the focus and the cursor on a record of the client, if a panel shows it; else on the card."""
        for name, view in self.views.items():
            place = next((at for at, row in enumerate(view.rows) if row.key == key), None)
            if place is not None:
                panel = self.promises if name == "promises" else self.panels[name]
                self.actions.do(f"go.{name}")
                panel.cursor = place
                return
        # A suggestion is worked out behind the first frame: its row is not there yet.
        self.actions.do("go.opportunities" if key.kind == "suggestion_mark" else "go.card")

    def stand_in(self, place: str) -> None:
        """Put the focus on a place by its id: a panel, the card, the promises; else on the list."""
        places: dict[str, Widget] = {"card": self.card, "promises": self.promises, **self.panels}
        target = places.get(place, self.column.clients)
        if not self.is_wide:
            self.set_class(target is self.column.clients, "-list")
        self.set_focus(target, scroll_visible=False)

    def leave_client(self) -> None:
        """Show the client under the list's cursor in place of one who is gone from the file, or nobody."""
        gone = self.snapshot.client.id if self.snapshot else 0
        self.visited = [client_id for client_id in self.visited if client_id != gone]
        self.place = max(0, len(self.visited) - 1)
        neighbour = self.column.clients.cursor_key
        if isinstance(neighbour, int):
            self.open_client(neighbour)
            return
        self.snapshot, self.views, self._card = None, {}, None
        for panel in (self.promises, *self.panels.values()):
            panel.set_source(ListSource())
            panel.set_empty()
            panel.set_title(panel.id or "")
        self.show_client()

    def _read_first(self, client_id: int) -> None:
        try:
            self._read(client_id)
            self.visited.append(client_id)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            self.snapshot, self.views, self.unread = None, {}, error

    def _read(self, client_id: int) -> None:
        before, self.snapshot = self.snapshot, load_snapshot(self.session, client_id)
        if before is not None and before.client.id == client_id:
            self.snapshot = self._suggestions.carried_into(before, self.snapshot)
        self.views = {
            name: panel_view(self.session, self.snapshot, name, self.modes.get(name, "")) for name in PANELS
        }
        self._card = card_view(self.session, self.snapshot)
        self.unread = None

    def count_warnings(self) -> None:
        """Count my requests that used up three quarters of a term and are not late yet; draw the top line."""
        from onewindow.desk.requests.warnings import my_warnings  # not needed before the first frame

        warnings = my_warnings(self.session)
        self._near = sum(warning.alert.level < LATE_LEVEL and warning.alert.is_due for warning in warnings)
        self.show_top()

    def reread(self) -> None:
        """Read the client on the screen again: the clocks run and others work."""
        self.count_warnings()
        if self.snapshot is not None:
            self._read(self.snapshot.client.id)
        self.show_all()

    def show_all(self) -> None:
        """Draw everything again from what was read."""
        self.show_top()
        self.column.reload()
        self.show_client()

    def show_client(self) -> None:
        """Draw the card, the promises and the panels from what was read; unchanged lines cost nothing."""
        self.show_card()
        adds = self.why_key("record.new")
        for name, view in self.views.items():
            panel = self.promises if name == "promises" else self.panels[name]
            drawing.fill_panel(panel, fitted(view), adds)
        self.fold()
        self.show_hints()
        self.call_after_refresh(lambda: self._suggestions.look())

    @cached_property
    def _suggestions(self) -> PanelSuggestions:
        from onewindow.screens.window.suggestions import PanelSuggestions  # behind the first frame

        return PanelSuggestions(self, self._show_suggestions)

    def _show_suggestions(self) -> None:
        if self.snapshot is not None:
            name = "opportunities"
            self.views[name] = panel_view(self.session, self.snapshot, name, self.modes.get(name, ""))
            self.show_client()

    def show_card(self) -> None:
        """Draw the card in the form that fits the width."""
        self.card.lay_out(self._card_lines)

    def _card_lines(self, width: int) -> list[Line]:
        # In a narrow window the card is as wide as the window, also while the list lies over it.
        room = max(10, (width if self.is_wide else self.size.width) - 1)
        adds, is_unread = self.why_key("record.new"), self.unread is not None
        return drawing.card_lines(self._card, adds, room, is_wide=self.is_wide, is_unread=is_unread)

    def show_top(self) -> None:
        """Draw the line of my day."""
        drawing.draw_day(self.top, self.session, self._near)

    def fold(self) -> None:
        """Give promises and panels the lines that they need; in a narrow window most panels fold."""
        size = self.size if self.size.width else self.host.size
        lines = len(self._card_lines(drawing.client_width(size.width, is_wide=self.is_wide)))
        room = size.height - min(drawing.CARD_LINES, max(1, lines)) - 1
        if self.is_wide:
            width = drawing.client_width(size.width, is_wide=True)
            heights = drawing.wide_heights(
                self.promises, self.panels, _SIDES, self.open_panel, width=width, room=room - 1
            )
        else:
            needs = {name: panel.lines_wanted(size.width) for name, panel in self.panels.items()}
            wanted = self.promises.lines_wanted(size.width)
            promises, heights = folded_heights(room, wanted, needs, self.open_panel)
            heights["promises"] = promises
        for name, height in heights.items():
            panel = self.promises if name == "promises" else self.panels[name]
            panel.collapsed = not self.is_wide and height == 1 and name != "promises"
            panel.stand_in(height)
        for side, names in self._sides.items():
            side.set_class(self.open_panel in names, "-open")

    def show_hints(self) -> None:
        """Draw the keys of the place that has the focus."""
        hidden = frozenset({"go.list"}) if self.is_wide else frozenset[str]()
        scope = self.scope
        why_not = self.actions.reasons(scope)
        self.hint_bar.set_hints(self.keys.hints(scope, why_not, hidden))

    def why_key(self, action_id: str) -> str:
        """The key to press for an action, as people read it."""
        return main_key(action_id, self.session.settings.keys)

    # what happens

    def take_key(self, key: str) -> bool:
        """Do what a key means here, and tell whether it meant anything."""
        action = self.keys.action(self.scope, key)
        if action is None:
            said = without_effect(key, self.session.settings.keys)
            if said:
                self.say(said, warning=True)
            return bool(said)
        if action.id.startswith("move."):
            self._list_moved = self._list_moved or self.focused is self.column.clients
        else:
            self._catch_up()
        self.actions.do(action.id)
        return True

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Read again what somebody, perhaps we, changed; a change of another client touches only the list."""
        mine = self.snapshot.client.id if self.snapshot else None
        if mine is None or any(change.client_id in (mine, None) for change in changes):
            if mine is not None:
                self._read(mine)
            self.show_client()
        self.count_warnings()
        self.column.note_changes(changes)

    def selected_key(self) -> RecordKey | None:
        """The record under the cursor of the focused panel, or None."""
        focused = self.focused
        if isinstance(focused, Panel):
            key = focused.cursor_key
            return key if isinstance(key, RecordKey) else None
        if self.snapshot is not None and focused is self.card:
            return RecordKey("client", self.snapshot.client.id)
        return None

    @on(RowList.RowHighlighted, "#clients")
    def _client_highlighted(self, event: RowList.RowHighlighted) -> None:
        event.stop()
        self.column.show_lines()
        key = event.key
        if isinstance(key, int) and self.is_wide and self.focused is self.column.clients:
            self.set_timer(_REST_SECONDS, lambda: self._rested_on(key))

    def _catch_up(self) -> None:
        """Show the client under the list's cursor now: what is done next must be done to that client."""
        key = self.column.clients.cursor_key
        if self._list_moved and self.is_wide and isinstance(key, int):
            self.open_client(key)

    def _rested_on(self, client_id: int) -> None:
        if self.column.clients.cursor_key == client_id and self.focused is self.column.clients:
            self.open_client(client_id)

    @on(RowList.RowOpened)
    def _row_opened(self, event: RowList.RowOpened) -> None:
        event.stop()
        self.actions.do("record.open")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Unfold the panel that got the focus, and show its keys."""
        widget: Widget = event.widget
        if widget.id in self.panels:
            self.open_panel = widget.id
            if widget.id == "opportunities":
                self._suggestions.note_seen()
        if not self.is_wide:
            self.set_class(widget is self.column.clients, "-list")
        self.fold()
        self.show_hints()

    def on_resize(self) -> None:
        """Draw the form of card and panels that fits."""
        # A window that grows is narrow by its classes for a moment yet: to hide the list now would take the
        # focus away from it.
        if not self.is_wide:
            self.set_class(self.focused is self.column.clients, "-list")
        self.fold()
        self.show_hints()
        # The card's own width is known only after it is laid out.
        self.call_after_refresh(self.show_card)
