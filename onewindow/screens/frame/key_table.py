"""Which action a key means in a place: the table of actions with the user's own keys, turned round."""

from __future__ import annotations

from functools import cache

from onewindow import actions
from onewindow.actions import Action, Rebound
from onewindow.widgets.hint_bar import ShownHint


class KeyTable:
    """Key -> action for every scope, with the user's keys in place."""

    def __init__(self, rebound: Rebound) -> None:
        """Take the keys that the user chose; they are checked already."""
        self.rebound = rebound
        self.of_scope = cache(self._of_scope)

    def _of_scope(self, scope: str) -> dict[str, Action]:
        by_key: dict[str, Action] = {}
        for action in actions.for_scope(scope):
            for key in actions.keys_of(action, self.rebound):
                by_key.setdefault(key, action)
        return by_key

    def action(self, scope: str, key: str) -> Action | None:
        """What a key means in a scope, or None."""
        return self.of_scope(scope).get(key)

    def hints(self, scope: str, why_not: dict[str, str], hidden: frozenset[str]) -> list[ShownHint]:
        """The hint bar of a scope; what can do nothing now is dimmed, and pressing its key says why."""
        return [
            ShownHint(hint.label, hint.verb, "" if hint.actions[0].id in why_not else None)
            for hint in actions.hints(scope, self.rebound)
            if hint.actions[0].id not in hidden
        ]


def without_effect(key: str, rebound: Rebound | None = None) -> str:
    """What is said of a letter or sign that means nothing here; '' for any other key."""
    label = actions.key_label(key)
    if len(label) != 1 and key != "space":
        return ""
    return f"{label} does nothing here; {actions.main_key('app.help', rebound)} shows the keys."
