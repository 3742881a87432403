"""Going from a screen over the window to another one, or to a place in the window, by the window's keys."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from textual.screen import Screen

from onewindow.screens.frame.screen_stack import uncover
from onewindow.widgets.host import host_of

PLACES = frozenset(
    f"go.{name}"
    for name in (
        *("requests", "documents", "adoption", "feedback", "opportunities", "timeline"),
        *("card", "promises", "list"),
    )
)
"""Places in the window itself: what lies over it is closed."""
_SCREEN_OF = {
    f"go.{scope}": scope
    for scope in ("today", "team", "metrics", "review", "handovers", "novelties", "plans")
}
"""Action -> the scope of the screen that it opens, which may lie open below already."""
_OF_PROGRAM = frozenset({"app.quit", "app.theme", "app.settings", "app.guide"})


@runtime_checkable
class _Deeds(Protocol):
    def do(self, action_id: str) -> None:
        """Do an action of the window."""
        ...


def goes(screen: Screen[Any], action_id: str) -> bool:
    """Whether an action of the window can be done from a screen over it."""
    known = action_id.startswith(("go.", "all.")) or action_id in _OF_PROGRAM
    return known and _deeds(screen) is not None


def go(screen: Screen[Any], action_id: str) -> None:
    """Do an action of the window from a screen over it: over this one, below it, or in the window."""
    deeds, app = _deeds(screen), host_of(screen)
    if deeds is None:
        return
    stack = app.screen_stack
    below = next(
        (each for each in stack[1:] if getattr(each, "scope", "") == _SCREEN_OF.get(action_id, " ")), None
    )
    if action_id in PLACES:
        uncover(stack[0])
    elif below is not None:
        uncover(below)
        return
    deeds.do(action_id)


def _deeds(screen: Screen[Any]) -> _Deeds | None:
    """What does the actions of the window that lies below all screens; None in an app without it."""
    found: object = getattr(host_of(screen).screen_stack[0], "deeds", None)
    return found if isinstance(found, _Deeds) else None
