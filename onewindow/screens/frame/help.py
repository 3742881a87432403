"""Every key of a place, by groups."""

from __future__ import annotations

from collections.abc import Callable

from onewindow import actions
from onewindow.actions import SCOPES, Rebound
from onewindow.screens.frame.text_view import TextView
from onewindow.widgets.text_lines import TextLine

_LAST = 1000


def help_lines(scope: str, rebound: Rebound, works: Callable[[str], bool] = lambda _: True) -> list[TextLine]:
    """The keys of a scope and what they do, under a heading for each group, in the order of the hint bar.

    Actions for which `works` says no are left out: the place does not have them.
    """
    groups: dict[str, list[TextLine]] = {}
    rank: dict[str, int] = {}
    for action in actions.for_scope(scope):
        keys = actions.usable_keys(action, scope, rebound)
        if keys and works(action.id):
            label = " ".join(map(actions.key_label, keys))
            groups.setdefault(action.group, []).append(TextLine(action.help, label))
            rank[action.group] = min(rank.get(action.group, _LAST), action.hint or _LAST)
    lines: list[TextLine] = []
    for group in sorted(groups, key=rank.__getitem__):
        lines += [*([TextLine("")] if lines else []), TextLine(group, tone="title"), *groups[group]]
    return lines


class HelpScreen(TextView):
    """What every key does in the place that had the focus."""

    DEFAULT_CSS = """
    HelpScreen > Vertical { max-height: 20; }
    """

    def __init__(
        self, scope: str, rebound: Rebound, works: Callable[[str], bool] = lambda _: True, place: str = ""
    ) -> None:
        """Show the keys of a scope that work in the place, with the user's own in place.

        The title names the `place`, or else the scope.
        """
        super().__init__(f"Keys: {place or SCOPES[scope]}", help_lines(scope, rebound, works))

    def action_help(self) -> None:
        """Close: the key that opened it closes it."""
        self.action_back()
