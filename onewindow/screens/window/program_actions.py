"""Moving about in the window, and what belongs to the program as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from onewindow.screens.frame.screen_stack import ListsAbove, uncover
from onewindow.screens.window.client_window import WindowScreen
from onewindow.screens.window.intake_actions import IntakeDeeds
from onewindow.widgets.row_list import RowList

if TYPE_CHECKING:
    from onewindow.store.changes import Change

_ORDER = (
    "clients",
    "card",
    "promises",
    "requests",
    "documents",
    "adoption",
    "feedback",
    "opportunities",
    "timeline",
)
_RIGHT = {"requests": "feedback", "documents": "opportunities", "adoption": "timeline"}
_LEFT = {right: left for left, right in _RIGHT.items()}


class ProgramDeeds:
    """Keys that move the focus or the cursor, open other screens, undo, and leave."""

    def __init__(
        self, window: WindowScreen, above: ListsAbove, intake: IntakeDeeds, reason: Callable[[str], str]
    ) -> None:
        """Serve one window; `reason` says why an action can do nothing here and now."""
        self.window, self._above, self._intake, self._reason = window, above, intake, reason

    # the program

    def app_help(self) -> None:
        """Show the keys of this place."""
        from onewindow.screens.frame.help import HelpScreen

        self.window.host.push_screen(HelpScreen(self.window.scope, self.window.session.settings.keys))

    def app_palette(self) -> None:
        """Find any command by name."""
        from onewindow.screens.frame.palette import CommandPalette

        window = self.window

        def chosen(action_id: str | None) -> None:
            if action_id:
                window.deeds.do(action_id)

        window.host.push_screen(
            CommandPalette(window.scope, window.session.settings.keys, self._reason), chosen
        )

    def app_quit(self) -> None:
        """Leave."""
        self.window.host.exit()

    def app_theme(self) -> None:
        """Switch to the next theme."""
        from onewindow.screens.frame.themes import next_theme

        self.window.say(f"Theme: {next_theme(self.window.host)}; “theme” in the settings keeps it.")

    def app_settings(self) -> None:
        """Open calendars, SLA policies, and what my own file says."""
        from onewindow.screens.settings.settings_screen import SettingsScreen

        self.window.host.push_screen(SettingsScreen(self.window.session))

    def app_guide(self) -> None:
        """Show what my role does here all day."""
        from onewindow.desk.help.guide import guide_lines, spoken
        from onewindow.screens.frame.text_view import TextView
        from onewindow.widgets.text_lines import TextLine

        session = self.window.session
        role = session.me.role
        lines = [
            TextLine(line.text, line.label, "title" if line.is_title else "")
            for line in guide_lines(role, session.settings.keys)
        ]
        self.window.host.push_screen(TextView(f"One Window for the {spoken(role)}", lines))

    def app_tour(self) -> None:
        """Begin the tour or take it up again; while it runs, leave it."""
        from onewindow.screens.window.tour import TourLines

        window = self.window
        if window.tour is None:
            window.tour = TourLines(window)
            return
        over = window.tour.is_over
        window.tour.leave()
        window.tour = None
        if not over:
            window.say(f"The tour waits where you left it: {window.why_key('app.palette')} tour goes on.")

    def app_tour_skip(self) -> None:
        """Leave out a step of the tour."""
        window = self.window
        if window.tour is None:
            window.say(f"No tour is running; {window.why_key('app.palette')} tour begins one.", warning=True)
        else:
            window.tour.skip()

    def app_back(self) -> None:
        """To where one came from: the screen on which the client was chosen, else from a panel to the list.

        Before that off the marks of the list, and from the list to the client where it lies over him.
        """
        window = self.window
        clients = window.column.clients
        if window.focused is not clients:
            if not self._above.goes_back():
                self.window.stand_in("clients")
        elif clients.marked_keys:
            clients.set_marked(())
            window.column.show_lines()
        elif window.picture is not None and not window.is_wide:
            self.window.stand_in(window.open_panel)
        elif not self._above.goes_back():
            window.say(f"This is the window itself; {window.why_key('app.quit')} leaves the program.")

    def edit_undo(self) -> None:
        """Take back my last change."""
        self._turn_back(self.window.session.undo, "Undone")

    def edit_redo(self) -> None:
        """Make the change again."""
        self._turn_back(self.window.session.redo, "Done again")

    def _turn_back(self, turn: Callable[[], str], word: str) -> None:
        """Undo or redo, and follow the client who came or went with it."""
        window = self.window
        news: list[Change] = []

        def note(changes: tuple[Change, ...]) -> None:
            news.extend(changes)

        window.session.listeners.append(note)
        try:
            label = turn()
        finally:
            window.session.listeners.remove(note)
        gone = {change.entity_id for change in news if change.entity == "client" and change.op == "archive"}
        back = {change.entity_id for change in news if change.entity == "client" and change.op == "restore"}
        if window.picture is not None and window.picture.client.id in gone:
            window.leave_client()
        elif len(back) == 1:
            window.open_client(back.pop())
        window.say(f"{word}: {window.session.said_of(label)}")

    # the cursor

    def _list(self) -> RowList | None:
        focused = self.window.focused
        return focused if isinstance(focused, RowList) else None

    def move_up(self) -> None:
        """One row up."""
        if found := self._list():
            found.action_cursor_up()

    def move_down(self) -> None:
        """One row down; from the card into the promises."""
        if found := self._list():
            found.action_cursor_down()
        elif self.window.focused is self.window.card:
            self.window.promises.focus()

    def move_page_up(self) -> None:
        """One page up."""
        if found := self._list():
            found.action_page_up()

    def move_page_down(self) -> None:
        """One page down."""
        if found := self._list():
            found.action_page_down()

    def move_first(self) -> None:
        """To the first row."""
        if found := self._list():
            found.action_home()

    def move_last(self) -> None:
        """To the last row."""
        if found := self._list():
            found.action_end()

    # places

    def panel_next(self) -> None:
        """To the next place."""
        self._step(1)

    def panel_previous(self) -> None:
        """To the place before."""
        self._step(-1)

    def panel_left(self) -> None:
        """To the panel on the left, and from there to the client list."""
        here = self._here()
        self.window.stand_in(_LEFT.get(here, "clients"))

    def panel_right(self) -> None:
        """To the panel on the right, and from the list into the client."""
        here = self._here()
        self.window.stand_in(_RIGHT.get(here, here) if here != "clients" else self.window.open_panel)

    def go_card(self) -> None:
        """To the card."""
        self.window.stand_in("card")

    def go_promises(self) -> None:
        """To the promises."""
        self.window.stand_in("promises")

    def go_list(self) -> None:
        """To the client list."""
        self.window.stand_in("clients")

    def go_requests(self) -> None:
        """To panel 1."""
        self.window.stand_in("requests")

    def go_documents(self) -> None:
        """To panel 2."""
        self.window.stand_in("documents")

    def go_adoption(self) -> None:
        """To panel 3."""
        self.window.stand_in("adoption")

    def go_feedback(self) -> None:
        """To panel 4."""
        self.window.stand_in("feedback")

    def go_opportunities(self) -> None:
        """To panel 5."""
        self.window.stand_in("opportunities")

    def go_timeline(self) -> None:
        """To panel 6."""
        self.window.stand_in("timeline")

    def go_find(self) -> None:
        """Find a client."""
        from onewindow.desk.meetings.unknown_caller import UnknownCaller
        from onewindow.screens.frame.finder_screen import ClientFinder

        window = self.window

        def chosen(found: int | UnknownCaller | None) -> None:
            if isinstance(found, UnknownCaller):
                self._intake.unknown_caller(found)
            elif found is not None:
                uncover(window)
                window.open_client(found)
                self._intake.found_by(finder.typed)
                window.deeds.do(f"go.{window.open_panel}")

        finder = ClientFinder(window.session, takes_unknown=True)
        window.host.push_screen(finder, chosen)

    def go_today(self) -> None:
        """What to do next over all clients."""
        from onewindow.screens.queue.today import TodayScreen

        window = self.window
        self._above.show_queue(TodayScreen(window.session, window.last_chosen))

    def go_team(self) -> None:
        """The load of the team."""
        from onewindow.screens.queue.team import TeamScreen

        self._above.show_queue(TeamScreen(self.window.session))

    def go_adoption_screen(self) -> None:
        """How the client uses what he bought."""
        from onewindow.screens.adoption import AdoptionScreen

        window = self.window
        if window.picture is None:
            window.say("There is no client yet.", warning=True)
            return
        window.host.push_screen(AdoptionScreen(window.session, window.picture.client.id))

    def go_handovers(self) -> None:
        """Clients who come from sales."""
        from onewindow.screens.handover.waiting import HandoversScreen

        self._above.show_queue(HandoversScreen(self.window.session))

    def client_handover(self) -> None:
        """The newest handover of the client on the screen."""
        from onewindow.screens.handover.opening import show_newest

        show_newest(self.window)

    def card_hand_off(self) -> None:
        """Hand the client over to another owner."""
        from onewindow.screens.handover.opening import hand_over

        hand_over(self.window)

    def go_plans(self) -> None:
        """Running plans."""
        from onewindow.screens.plans.running import PlansScreen

        window = self.window
        here = window.picture.client.id if window.picture is not None else None
        self._above.show_list(PlansScreen(window.session, here))

    def go_playbooks(self) -> None:
        """Playbooks by which plans start."""
        from onewindow.screens.plans.playbooks import PlaybooksScreen

        self.window.host.push_screen(PlaybooksScreen(self.window.session))

    def go_standards(self) -> None:
        """The register of standards."""
        from onewindow.screens.plans.standards import StandardsScreen

        self.window.host.push_screen(StandardsScreen(self.window.session))

    def go_review(self) -> None:
        """Walk my clients in order of risk."""
        from onewindow.screens.review import ReviewScreen

        self._above.show_queue(ReviewScreen(self.window.session))

    def go_quality(self) -> None:
        """Find what is wrong in the cards."""
        from onewindow.screens.clients.findings import QualityScreen

        self._above.show_list(QualityScreen(self.window.session))

    def go_import(self) -> None:
        """Bring the records of a file in, after a look at its rows."""
        from onewindow.screens.imports.import_screen import ImportScreen

        self.window.host.push_screen(ImportScreen(self.window.session))

    def go_segments(self) -> None:
        """The clients of a saved segment."""
        from onewindow.desk.segments.membership import saved
        from onewindow.screens.frame.chooser import Chooser
        from onewindow.screens.segment import SegmentScreen

        window = self.window
        found = {str(each.id): each for each in saved(window.session)}
        if not found:
            window.say("No segment is saved yet; “new: segment” in the palette makes one.")
            return

        def chosen(segment_id: str | None) -> None:
            if segment_id is not None:
                self._above.show_queue(SegmentScreen(window.session, found[segment_id]))

        options = [(number, f"{each.name}   {each.filter}") for number, each in found.items()]
        window.host.push_screen(Chooser("Which segment?", options), chosen)

    def go_novelties(self) -> None:
        """Announcements, training sessions, releases."""
        from onewindow.screens.announcements.releases import NoveltiesScreen

        self._above.show_queue(NoveltiesScreen(self.window.session))

    def go_alarms(self) -> None:
        """List the alarms of my clients."""
        self._alarms("")

    def go_silence(self) -> None:
        """List the clients who fell silent."""
        self._alarms("silence")

    def _alarms(self, kind: str) -> None:
        from onewindow.screens.alarms import AlarmsScreen

        self._above.show_list(AlarmsScreen(self.window.session, kind))

    def go_metrics(self) -> None:
        """Report on the requests of a period."""
        from onewindow.screens.metrics import MetricsScreen

        self.window.host.push_screen(MetricsScreen(self.window.session))

    def client_back(self) -> None:
        """To the client opened before."""
        self._visit(self.window.place - 1)

    def client_forward(self) -> None:
        """To the client opened after."""
        self._visit(self.window.place + 1)

    def client_previous(self) -> None:
        """Back and forth between two clients."""
        window = self.window
        if len(window.visited) < 2:
            window.say("There is no other client to go back to yet.")
            return
        other = window.visited[window.place - 1] if window.place else window.visited[1]
        window.open_client(other)

    def _visit(self, place: int) -> None:
        window = self.window
        if not 0 <= place < len(window.visited):
            window.say("There is no client further this way.")
            return
        window.place = place
        window.open_client(window.visited[place], remember=False)

    def _here(self) -> str:
        focused = self.window.focused
        return (focused.id if focused is not None else "") or "clients"

    def _step(self, by: int) -> None:
        order = [name for name in _ORDER if self.window.is_wide or name != "clients"]
        here = self._here()
        place = order.index(here) if here in order else 0
        self.window.stand_in(order[(place + by) % len(order)])
