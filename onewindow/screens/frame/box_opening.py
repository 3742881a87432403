"""A program that opens for a box what is a box itself, so that the box need not know it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from onewindow.screens.frame.host_app import HostApp


class OpensBoxes(HostApp):
    """Opens help and choices over the box that asks for them."""

    def open_help(self, scope: str, works: Callable[[str], bool], place: str = "") -> None:
        """Show the keys of a scope that work in a place, over a box."""
        from onewindow.screens.frame.help import HelpScreen  # no start shows help

        session = self.session_here()
        self.push_screen(HelpScreen(scope, session.settings.keys if session else {}, works, place))

    def open_choices(
        self,
        label: str,
        options: Sequence[tuple[str, str]],
        chosen: Callable[[str | None], None],
        current: str | None = None,
    ) -> None:
        """Let one of some values be chosen, over a box; the cursor begins on the one that stands."""
        from onewindow.screens.frame.chooser import Chooser  # no start asks

        self.push_screen(Chooser(label, options, current=current), chosen)
