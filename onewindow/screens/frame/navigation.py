"""Going from a screen over the window to another one, or to a place in the window, by the window's keys."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from onewindow.screens.frame.host_app import HasScope
from onewindow.screens.frame.protocols import WINDOW_PLACES, DoesActions, HasActions
from onewindow.screens.frame.screen_stack import uncover
from onewindow.widgets.host import host_of

PLACES = frozenset(f"go.{place}" for place in WINDOW_PLACES)
"""Actions that go to places in the window itself: what lies over it is closed."""
_SCREEN_OF = {
    f"go.{scope}": scope
    for scope in ("today", "team", "metrics", "review", "handovers", "novelties", "plans", "ranking")
}
"""Action -> the scope of the screen that it opens, which may lie open below already."""
_OF_PROGRAM = frozenset({"app.quit", "app.theme", "app.settings", "app.guide"})


def goes(screen: Screen[Any], action_id: str) -> bool:
    """Whether an action of the window can be done from a screen over it."""
    known = action_id.startswith(("go.", "all.")) or action_id in _OF_PROGRAM
    return known and _actions(screen) is not None


def go(screen: Screen[Any], action_id: str) -> None:
    """Do an action of the window from a screen over it: over this one, below it, or in the window."""
    actions, app = _actions(screen), host_of(screen)
    if actions is None:
        return
    stack, opens = app.screen_stack, _SCREEN_OF.get(action_id)
    below = next((shown for shown in stack[1:] if isinstance(shown, HasScope) and shown.scope == opens), None)
    if action_id in PLACES:
        uncover(stack[0])
    elif below is not None:
        uncover(below)
        return
    actions.do(action_id)


def _actions(screen: Screen[Any]) -> DoesActions | None:
    """What does the actions of the window that lies below all screens; None in an app without it."""
    below = host_of(screen).screen_stack[0]
    return below.actions if isinstance(below, HasActions) else None
