"""The script of a request: steps are done and skipped by one key, with the reason where one is needed."""

from __future__ import annotations

import pytest
from screen_host import HostApp
from screen_text import screen_text

from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.desk.templates import scripts
from onewindow.records.clients import Client, Contact
from onewindow.records.messages import Script, ScriptStep
from onewindow.records.requests import Request
from onewindow.screens.requests.request_screen import RequestScreen
from onewindow.screens.requests.script import ScriptScreen


@pytest.fixture
def request_of(session: Session, client: Client, contact: Contact) -> Request:
    """A request of Анна Ким, with a script that fits it."""
    script = changing.insert(session, Script(name="Приём"))
    for place, (title, words, required) in enumerate(
        (("Имя", "{contact}, здравствуйте", 1), ("Срок", "номер {request}", 1), ("Ещё", "", 0)), 1
    ):
        step = ScriptStep(
            script_id=script.id, position=place, title=title, prompt=words, is_required=required
        )
        changing.insert(session, step)
    return changing.insert(session, Request(client_id=client.id, contact_id=contact.id, title="[b]вход"))


def shown(app: HostApp) -> str:
    return "\n".join(screen_text(app))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (180, 50)])
async def test_steps_are_marked_and_the_cursor_goes_on(
    session: Session, request_of: Request, size: tuple[int, int]
) -> None:
    app = HostApp(session, ScriptScreen(session, request_of))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "script: Приём" in shown(app)
        assert "Анна Ким, здравствуйте" in shown(app)
        await pilot.press("x", "x")
        assert "2 of 3" in shown(app)
        await pilot.press("equals_sign", *"спешил", "enter")
        await pilot.pause()
        assert "3 of 3" in shown(app)
        await pilot.press("u")
        assert "2 of 3" in shown(app)


async def test_a_step_that_must_not_be_skipped_wants_a_reason(session: Session, request_of: Request) -> None:
    app = HostApp(session, ScriptScreen(session, request_of))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("equals_sign", "enter")
        await pilot.pause()
        assert "must not be skipped" in shown(app)
        await pilot.press("equals_sign", *"знакомы", "enter")
        await pilot.pause()
    assert [deviation.reasons for deviation in scripts.deviations(session, "2026-01-01T00:00:00Z")] == [
        ("знакомы",)
    ]


async def test_the_request_screen_opens_its_script(session: Session, request_of: Request) -> None:
    app = HostApp(session, RequestScreen(session, request_of.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("V")
        await pilot.pause()
        assert isinstance(app.screen, ScriptScreen)
