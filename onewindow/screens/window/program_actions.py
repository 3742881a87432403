"""Moving about in the window, and what belongs to the program as a whole.

What a key opens is loaded when it is first pressed: the first key after a start waits for nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from onewindow.screens.frame.lists_above import ListsAbove
from onewindow.screens.frame.themes import next_theme
from onewindow.screens.window.client_window import WindowScreen

if TYPE_CHECKING:
    from onewindow.store.changes import Change


class ProgramActions:
    """Help, commands, themes, the guide, the tour, undo, the way back, and leaving."""

    def __init__(self, window: WindowScreen, above: ListsAbove, reason: Callable[[str], str]) -> None:
        """Serve one window; `reason` says why an action can do nothing here and now."""
        self.window, self._above, self._reason = window, above, reason

    def help(self) -> None:
        """Show the keys of this place."""
        from onewindow.screens.frame.help import HelpScreen

        self.window.host.push_screen(HelpScreen(self.window.scope, self.window.session.settings.keys))

    def palette(self) -> None:
        """Find any command by name."""
        from onewindow.screens.frame.palette import CommandPalette

        window = self.window

        def chosen(action_id: str | None) -> None:
            if action_id:
                window.actions.do(action_id)

        window.host.push_screen(
            CommandPalette(window.scope, window.session.settings.keys, self._reason), chosen
        )

    def quit(self) -> None:
        """Leave."""
        self.window.host.exit()

    def theme(self) -> None:
        """Switch to the next theme."""
        self.window.say(f"Theme: {next_theme(self.window.host)}; “theme” in the settings keeps it.")

    def guide(self) -> None:
        """Show what my role does here all day."""
        from onewindow.desk.help.guide import guide_lines, role_name
        from onewindow.screens.frame.text_view import TextView
        from onewindow.widgets.text_lines import TextLine

        session = self.window.session
        role = session.me.role
        lines = [
            TextLine(line.text, line.label, "title" if line.is_title else "")
            for line in guide_lines(role, session.settings.keys)
        ]
        self.window.host.push_screen(TextView(f"One Window for the {role_name(role)}", lines))

    def tour(self) -> None:
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

    def tour_skip(self) -> None:
        """Leave out a step of the tour."""
        window = self.window
        if window.tour is None:
            window.say(f"No tour is running; {window.why_key('app.palette')} tour begins one.", warning=True)
        else:
            window.tour.skip()

    def back(self) -> None:
        """To where one came from: the screen on which the client was chosen, else from a panel to the list.

        Before that off the marks of the list, and from the list to the client where it lies over them.
        """
        window = self.window
        clients = window.column.clients
        if window.focused is not clients:
            if not self._above.goes_back():
                self.window.stand_in("clients")
        elif clients.marked_keys:
            clients.set_marked(())
            window.column.show_lines()
        elif window.snapshot is not None and not window.is_wide:
            self.window.stand_in(window.open_panel)
        elif not self._above.goes_back():
            window.say(f"This is the window itself; {window.why_key('app.quit')} leaves the program.")

    def undo(self) -> None:
        """Take back my last change."""
        self._turn_back(self.window.session.undo, "Undone")

    def redo(self) -> None:
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
        if window.snapshot is not None and window.snapshot.client.id in gone:
            window.leave_client()
        elif len(back) == 1:
            window.open_client(back.pop())
        window.say(f"{word}: {window.session.said_of(label)}")
