"""Every action of the one table, by name on the demo: something comes of it, and undo takes it back whole.

A screen that opens must have its rows; what changes records must be taken back whole by undo; anything else
says something, or moves something to be seen. A new action is covered by itself.
"""

from __future__ import annotations

from pressing import Presser

from onewindow import actions
from onewindow.app import OneWindowApp
from onewindow.desk.session import Session

_ENDS = "app.quit"
"""Closes the window: asked for last, by the test itself."""


def _may_be_silent(action_id: str) -> bool:
    """The cursor may stand at an end already."""
    return action_id.startswith("move.")


async def test_something_comes_of_every_action(app: OneWindowApp, demo: Session) -> None:
    silent: list[str] = []
    async with app.run_test(size=(120, 40)) as pilot:
        presser = Presser(app, pilot, demo)
        await presser.settle()
        for action in actions.ACTIONS:
            if action.id == _ENDS or actions.is_typing(action.scope) or actions.is_box(action.scope):
                continue
            presser.window.deeds.focus("documents" if action.id == "go.requests" else "requests")
            await pilot.pause()
            outcome = await presser.outcome(lambda name=action.id: presser.window.deeds.do(name))
            await presser.home(presser.window)
            if not outcome and not _may_be_silent(action.id):
                silent.append(action.id)
        presser.window.deeds.do(_ENDS)
    assert silent == []
