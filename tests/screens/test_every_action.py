"""What works in every place and what has no key, by name on the demo: something comes of it.

A screen that opens must have its rows; what changes records must be taken back whole by undo; anything else
says something, or moves something to be seen. A new action is covered by itself. Keys that belong to one
screen are pressed there: test_every_key.
"""

from __future__ import annotations

import pytest
from pressing import Presser

from onewindow import actions
from onewindow.actions import Action
from onewindow.app import OneWindowApp
from onewindow.desk.session.context import Session

_ENDS = "app.quit"
"""Closes the window: asked for last, by the test itself."""


_PARTS = 3
"""The longest of all tests is shared among so many, which may run side by side."""
_EVERYWHERE = frozenset({"global", "window", "rows"})


def _is_asked_by_name(action: Action) -> bool:
    if action.id == _ENDS or actions.is_typing(action.scope) or actions.is_box(action.scope):
        return False
    return action.scope in _EVERYWHERE or not action.keys


def _may_be_silent(action_id: str) -> bool:
    """The cursor may stand at an end already."""
    return action_id.startswith("move.")


@pytest.mark.parametrize("part", range(_PARTS))
async def test_something_comes_of_every_action(app: OneWindowApp, demo: Session, part: int) -> None:
    silent: list[str] = []
    async with app.run_test(size=(100, 30)) as pilot:
        presser = Presser(app, pilot, demo)
        await presser.settle()
        for action in list(filter(_is_asked_by_name, actions.ACTIONS))[part::_PARTS]:
            presser.window.stand_in("documents" if action.id == "go.requests" else "requests")
            await pilot.pause()
            outcome = await presser.outcome(lambda name=action.id: presser.window.actions.do(name))
            await presser.home(presser.window)
            if not outcome and not _may_be_silent(action.id):
                silent.append(action.id)
        presser.window.actions.do(_ENDS)
    assert silent == []
