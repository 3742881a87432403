"""Every key of the one table, pressed on the first row of the screen that it belongs to, on the demo.

What comes of it must be seen: a change that undo takes back whole, words, another screen, or something that
moved. Boxes, forms and lines where one types are places too. A new action with a key is covered by itself; a
new scope needs its way there.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pressing import Presser
from textual.pilot import Pilot

from onewindow import actions
from onewindow.actions import SCOPES, Action
from onewindow.app import OneWindowApp
from onewindow.desk.session.context import Session

WAYS: dict[str, tuple[str, ...]] = {
    "list": ("go.list",),
    "card": ("go.card",),
    "promises": ("go.promises",),
    "requests": ("go.requests",),
    "documents": ("go.documents",),
    "adoption": ("go.adoption",),
    "feedback": ("go.feedback",),
    "opportunities": ("go.opportunities",),
    "timeline": ("go.timeline",),
    "adoption_screen": ("go.adoption_screen",),
    "request": ("go.requests", "record.open"),
    "catalogue": ("all.document",),
    "today": ("go.today",),
    "team": ("go.team",),
    "handovers": ("go.handovers",),
    "handover": ("go.handovers", "⏎"),
    "plans": ("go.plans",),
    "plan": ("go.plans", "⏎"),
    "playbooks": ("go.playbooks",),
    "playbook": ("go.playbooks", "⏎"),
    "standards": ("go.standards",),
    "quality": ("go.quality",),
    "import": ("go.import", *"people", "⏎"),
    "alarms": ("go.alarms",),
    "suggestions": ("go.suggestions",),
    "renewals": ("go.renewals",),
    "whitespace": ("go.whitespace",),
    "rates": ("go.rates",),
    "surveys": ("go.surveys",),
    "ranking": ("go.ranking",),
    "metrics": ("go.metrics",),
    "metric_rows": ("go.metrics", "⏎"),
    "profit": ("go.profit",),
    "revenue_reports": ("go.revenue_reports",),
    "offers": ("go.offers",),
    "outbox": ("go.outbox",),
    "segment": ("go.segments", "⏎"),
    "novelties": ("go.novelties",),
    "announcement": ("go.novelties", "⏎"),
    "session": ("go.novelties", "f", "⏎"),
    "script": ("go.requests", "message.script"),
    "settings": ("app.settings",),
    "review": ("go.review",),
    "reader": ("go.requests", "record.why"),
    "form": ("go.documents", "record.edit"),
    "finder": ("go.find",),
    "capture": ("go.requests", "record.new", "п"),
    "call": ("call.take",),
}
"""Scope -> how its place is reached from the window: actions by name, then keys."""
ELSEWHERE = {
    "global": "works in every place; by name in test_every_action",
    "window": "the same; keys of the window itself are pressed in its panels",
    "rows": "moves the cursor, which may stand at an end",
    "drafts": "needs a draft: test_drafts",
    "conflict": "needs two people: test_record_form",
}
SILENT = frozenset({"finder.up", "finder.down", "capture.up", "capture.down", "call.up", "call.down"})
"""These may find nothing to move."""
_AT_ENDS = frozenset({"caller.contact", "caller.client", "caller.lead", "files.complete"})
"""Only for an unknown number, at the phone: test_opportunity_keys; for a path: test_import_screen."""


def _own(scope: str) -> list[tuple[Action, str]]:
    """The actions of a scope, each with the first of its keys that works there."""
    return [
        (action, keys[0])
        for action in actions.ACTIONS
        if action.scope == scope and action.id not in SILENT | _AT_ENDS
        if (keys := actions.usable_keys(action, scope))
    ]


def _at(app: OneWindowApp) -> str:
    return str(getattr(app.screen, "scope", ""))


async def _go(presser: Presser, pilot: Pilot[None], scope: str) -> None:
    await presser.home(presser.window)
    for step in WAYS[scope]:
        if "." in step:
            presser.window.actions.do(step)
        else:
            await pilot.press("enter" if step == "⏎" else step)
        await presser.settle()
    assert _at(presser.app) == scope, f"the way to {scope} leads to {presser.app.screen}"


def test_every_scope_has_its_way_or_a_reason_why_not() -> None:
    assert WAYS.keys() | ELSEWHERE.keys() == SCOPES.keys()
    assert not WAYS.keys() & ELSEWHERE.keys()


async def test_something_comes_of_every_key_on_the_first_row(
    app: OneWindowApp, demo: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "people.csv").write_text("Название,Город\nНовая фирма,Тверь\nЕщё фирма,\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    silent: list[str] = []
    async with app.run_test(size=(100, 30)) as pilot:
        presser = Presser(app, pilot, demo)
        await presser.settle()
        for scope in WAYS:
            place = None
            for action, key in _own(scope):
                if place is None or app.screen is not place or _at(app) != scope:
                    await _go(presser, pilot, scope)
                    place = app.screen
                if not actions.is_typing(scope):
                    await pilot.press("home")
                outcome = await presser.outcome(lambda key=key: pilot.press(key))
                if place in app.screen_stack:
                    await presser.home(place)
                if not outcome:
                    silent.append(f"{scope}: {key} {action.id}")
    assert silent == []
