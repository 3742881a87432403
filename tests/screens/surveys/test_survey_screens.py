"""Surveys in the window: all of them with their results, and answers by telephone with one key each."""

from __future__ import annotations

import pytest
from screen_host import HostApp, until
from screen_text import screen_text
from textual.pilot import Pilot

from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.feedback import Survey, SurveyResponse
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.surveys.asking import SurveyAsking
from onewindow.screens.surveys.surveys import SurveysScreen
from onewindow.store import rows

QUESTIONS = "Порекомендуете?\nТрудно? | ces\nПочему мы? | reasons: цена, совет | ru: Чем мы вам подошли?"


@pytest.fixture
def survey(session: Session) -> Survey:
    made = changing.add(session, "survey", {"title": "NPS осень", "questions": QUESTIONS})
    assert isinstance(made, Survey)
    return made


def shown(app: HostApp) -> str:
    return "\n".join(screen_text(app))


def _asking(session: Session, survey: Survey, client: Client) -> HostApp:
    return HostApp(session, SurveyAsking(session, survey, client, None))


def _stored(session: Session) -> list[SurveyResponse]:
    return rows.fetch(session.store, SurveyResponse, "WHERE archived_at IS NULL")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_one_key_is_one_answer(
    session: Session, client: Client, survey: Survey, size: tuple[int, int]
) -> None:
    app = _asking(session, survey, client)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "Порекомендуете?" in shown(app)
        assert "0 – точно нет … 10 – точно да" in shown(app)
        assert "t=10" in shown(app)
        assert client.name in shown(app)
        await pilot.press("t")
        assert "Трудно?" in shown(app)
        await pilot.press("9")
        assert "not by “9”" in shown(app)
        await pilot.press("1")
        assert "Чем мы вам подошли?" in shown(app)
        await pilot.press("2", "n")
        await pilot.press(*"люди", "enter")
        await pilot.pause()
        assert "2. Трудно?: 1" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
    (response,) = _stored(session)
    assert (response.score, response.answer_2, response.answer_3, response.reasons, response.channel) == (
        *(10, "1", "люди", "совет"),
        "phone",
    )


async def test_a_question_may_be_passed_over_and_answered_again(
    session: Session, client: Client, survey: Survey
) -> None:
    app = _asking(session, survey, client)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("3", "left", "4", "space", "space", "enter")
        await pilot.pause()
    (response,) = _stored(session)
    assert (response.score, response.answer_2, response.task_id is not None) == (4, "", True)
    session.undo()
    assert _stored(session) == []


async def test_what_was_answered_is_not_thrown_away_by_one_key(
    session: Session, client: Client, survey: Survey
) -> None:
    app = _asking(session, survey, client)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("8", "escape")
        assert app.is_open
        assert "Nothing is stored" in shown(app)
        await pilot.press("s")
        await pilot.pause()
        assert not app.is_open
    assert [response.score for response in _stored(session)] == [8]


async def test_nothing_answered_stores_nothing(session: Session, client: Client, survey: Survey) -> None:
    app = _asking(session, survey, client)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("s")
        assert "an answer to one question at least is needed" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert not app.is_open
    assert _stored(session) == []


async def _text_view(app: HostApp, pilot: Pilot[None]) -> str:
    await until(pilot, lambda: isinstance(app.screen, TextView))
    await pilot.pause()
    return shown(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_result_of_a_survey_and_what_a_client_sees(
    session: Session, client: Client, survey: Survey, size: tuple[int, int]
) -> None:
    typed = {"survey_id": str(survey.id), "score": "3"}
    changing.add(session, "survey_response", typed, client.id)
    app = HostApp(session, SurveysScreen(session))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "NPS осень" in shown(app)
        await pilot.press("enter")
        assert "n 1, too few for a number: 0 promoters" in await _text_view(app, pilot)
        await pilot.press("escape")
        await pilot.press("v")
        assert "── English ──" in await _text_view(app, pilot)
