"""Small ways of the window: what a key that does nothing says, and which words find what."""

from __future__ import annotations

import pytest
from screen_host import until
from screen_text import screen_text

from onewindow.app import OneWindowApp
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Training
from onewindow.records.fields import typed_attributes
from onewindow.screens.frame.chooser import Chooser
from onewindow.store.session import drafts
from onewindow.store.session.drafts import Draft


def shown(app: OneWindowApp) -> str:
    return "\n".join(screen_text(app))


async def test_x_on_a_client_says_what_can_be_done(app: OneWindowApp) -> None:
    async with app.run_test(size=(160, 40)) as pilot:
        await pilot.press("c", "x")
        await until(
            pilot, lambda: "a client is never “done”: d archives it, e changes its stage" in shown(app)
        )


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("встреча", "meeting"),
        ("задача", "task"),
        ("обращение", "request"),
        ("договор", "document"),
        ("звонок", "touch"),
        ("пожелание", "feedback"),
    ],
)
async def test_a_new_record_is_found_by_the_words_of_the_palette(
    app: OneWindowApp, typed: str, kind: str
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "N")
        await until(pilot, lambda: isinstance(app.screen, Chooser))
        await pilot.press(*typed)
        chooser = app.screen
        assert isinstance(chooser, Chooser)
        await until(pilot, lambda: chooser.finder.rows.cursor_key == kind)


def test_a_training_is_booked_by_its_subject_and_then_its_day() -> None:
    names = [attribute.name for attribute in typed_attributes(Training) if attribute.name != "client_id"]
    assert names[:2] == ["title", "planned_on"]


def test_a_draft_is_known_by_words_and_never_by_an_id(session: Session) -> None:
    long = "очень длинный заголовок обращения который не помещается в одной строке"
    texts = {"licence": "63055488614405907", "why": long}
    kept = Draft(1, "ask Done", texts, session.now_text())
    assert kept.words == "очень длинный заголовок обращения который не помещается в…"
    assert Draft(1, "ask Done", {"number": "63055488614405907"}, "").words == "ask Done"
    assert Draft(1, "ask", {"phone": "79123456789"}, "").words == "79123456789"
    assert drafts.all_of(session.store, session.me.login) == []
