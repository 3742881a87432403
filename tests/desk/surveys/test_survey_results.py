"""What a survey came to: numbers with n and interval, people by name, parts, reasons, who was answered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from rich_client import Clock, RichClient

from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.desk.surveys import detractors, overview, scores
from onewindow.desk.surveys.as_text import machine_rows, people_rows, result_lines
from onewindow.desk.surveys.results import GROUPS, results
from onewindow.records.clients import Client
from onewindow.records.feedback import Survey, SurveyResponse
from onewindow.records.organization import Segment
from onewindow.store import rows

QUESTIONS = "Порекомендуете?\nТрудно заказать? | ces | ordering\nПочему мы? | reasons: цена, совет"


def _survey(session: Session, **typed: str) -> Survey:
    made = changing.add(session, "survey", {"title": "NPS", "questions": QUESTIONS, **typed})
    assert isinstance(made, Survey)
    return made


def _answers(session: Session, survey: Survey, client_id: int, marks: list[int], **more: str) -> None:
    for mark in marks:
        values = {"survey_id": str(survey.id), "score": str(mark), **more}
        changing.add(session, "survey_response", values, client_id)


def test_nps_with_its_interval_and_the_groups_by_name(session: Session, rich_client: RichClient) -> None:
    survey = _survey(session)
    other = changing.insert(session, Client(name="Альфа", tier="B"))
    _answers(session, survey, rich_client.id, [10] * 10 + [8] * 5)
    _answers(session, survey, other.id, [3] * 5, comment="долго")
    result = results(session, survey)
    asked = result.questions[0]
    assert asked.score is not None
    assert asked.score.value is not None
    assert (asked.score.n, asked.score.value.value) == (20, 25)
    lines = result_lines(session, result)
    told = "NPS 25 (−11.7 … 55.2), n 20: 10 promoters, 5 passives, 5 detractors"
    assert f"  {told}" in lines
    (detracting,) = [line for line in lines if line.startswith("  detractors:")]
    assert detracting == "  detractors: " + "; ".join(["Альфа 3"] * 5)
    people = list(people_rows(result))
    assert {row["client"] for row in people if row["group"] == "detractor"} == {"Альфа"}
    assert {row["said"] for row in people if row["group"] == "detractor"} == {"долго"}


def test_below_ten_answers_only_counts(session: Session, rich_client: RichClient) -> None:
    survey = _survey(session)
    _answers(session, survey, rich_client.id, [10] * 8 + [0])
    result = results(session, survey)
    assert "  n 9, too few for a number: 8 promoters, 0 passives, 1 detractor" in result_lines(
        session, result
    )
    (row, *_) = machine_rows(result)
    assert (row["n"], row["value"], row["is_few"], row["promoters"]) == (9, None, True, 8)


def test_a_question_nobody_answered_says_so(session: Session) -> None:
    result = results(session, _survey(session))
    assert "  no answer yet" in result_lines(session, result)
    assert result.responses == 0


def test_a_gift_for_answers_is_warned_of(session: Session, rich_client: RichClient) -> None:
    survey = _survey(session, incentive="кружка")
    _answers(session, survey, rich_client.id, [10])
    warning = result_lines(session, results(session, survey))[1]
    assert warning.startswith("! Something was given for an answer (кружка)")
    assert [row["is_paid_for"] for row in machine_rows(results(session, survey))] == [True, True, True]
    plain = _survey(session, title="без")
    assert not any(line.startswith("!") for line in result_lines(session, results(session, plain)))
    assert any("!" in line for line in overview.overview_lines(overview.overview(session)))


def test_days_count_whole_and_by_the_clock_here(session: Session, rich_client: RichClient) -> None:
    survey = _survey(session)
    _answers(session, survey, rich_client.id, [9], at="20.11.2026 00:00")
    _answers(session, survey, rich_client.id, [8], at="20.11.2026 23:59")
    _answers(session, survey, rich_client.id, [7], at="21.11.2026 00:00")
    day = date(2026, 11, 20)
    assert results(session, survey, day, day).responses == 2
    assert results(session, survey, day + timedelta(days=1)).responses == 1
    assert results(session, survey, None, day - timedelta(days=1)).responses == 0


@pytest.mark.parametrize("by", GROUPS)
def test_parts_hold_all_answers(session: Session, rich_client: RichClient, by: str) -> None:
    changing.insert(session, Segment(name="все", filter="class:regular"))
    survey = _survey(session)
    other = changing.insert(session, Client(name="Альфа", tier="D"))
    _answers(session, survey, rich_client.id, [9, 8])
    _answers(session, survey, other.id, [1])
    first = [asked for asked in results(session, survey, by=by).questions if asked.question.number == 1]
    whole, *parts = first
    assert whole.score is not None
    assert whole.score.n == 3
    assert sum(part.score.n for part in parts if part.score) == (0 if by == "all" else 3)


def test_parts_by_tier_are_named(session: Session, rich_client: RichClient) -> None:
    survey = _survey(session)
    other = changing.insert(session, Client(name="Альфа", tier="D"))
    _answers(session, survey, rich_client.id, [9, 8])
    _answers(session, survey, other.id, [1])
    parts = results(session, survey, by="tier").questions[1:3]
    assert [(part.part, part.score.n if part.score else 0) for part in parts] == [("A", 2), ("D", 1)]


def test_an_unknown_part_is_refused(session: Session) -> None:
    with pytest.raises(ValueError, match="is none of"):
        results(session, _survey(session), by="colour")


def test_coded_reasons_are_counted_of_those_who_gave_one(session: Session, rich_client: RichClient) -> None:
    survey = _survey(session)
    _answers(session, survey, rich_client.id, [9] * 3, reasons="цена", answer_3="дёшево")
    _answers(session, survey, rich_client.id, [9], reasons="цена; совет")
    _answers(session, survey, rich_client.id, [9])
    why = results(session, survey).questions[2]
    assert [(reason.code, reason.share.value, reason.share.n) for reason in why.reasons] == [
        ("цена", 1.0, 4),
        ("совет", 0.25, 4),
    ]
    assert len(why.words) == 3


def test_low_marks_that_were_answered_and_by_whom(
    session: Session, rich_client: RichClient, clock: Clock
) -> None:
    survey = _survey(session)
    _answers(session, survey, rich_client.id, [2, 5, 6])
    responses = rows.fetch(
        session.store, SurveyResponse, "WHERE survey_id = :survey ORDER BY id", survey=survey.id
    )
    detractors.answer(session, responses[0], "позвонила")
    clock.now += timedelta(days=9)
    detractors.answer(session, responses[1], "поздно")
    result = results(session, survey)
    assert (result.loop.n, result.loop.closed, result.loop.in_time) == (3, 2, 1)
    assert [low.closed_by for low in result.low_marks] == ["ivanova", "ivanova", ""]
    lines = result_lines(session, result)
    assert (
        "low marks followed up: 2 of 3, 66.7 % (20.8–93.9); within 2 working days: 1, 33.3 % (6.1–79.2)"
        in lines
    )
    assert "  Ромашка ООО 6: not answered, due 25.11" in lines


def test_aspects_are_counted_over_surveys_of_one_scale(session: Session, rich_client: RichClient) -> None:
    first = _survey(session)
    second = _survey(session, title="заказ", metric="ces", questions="Трудно? | заказ")
    seven = _survey(session, title="семь", metric="ces", scale_min="1", questions="Трудно? | заказ")
    _answers(session, first, rich_client.id, [9] * 4, answer_2="1")
    _answers(session, second, rich_client.id, [0] * 6)
    _answers(session, seven, rich_client.id, [7])
    aspects = overview.overview(session).aspects
    assert [(shown.question.aspect, shown.question.highest, shown.score.n) for shown in aspects] == [
        ("ordering", 5, 10),
        ("ordering", 7, 1),
    ]
    assert aspects[0].score.value is not None
    assert aspects[0].score.value.value == 0.4
    assert "  ordering (ces 1–7, lower is better): n 1, too few for a number: 1 × 7" in (
        overview.overview_lines(overview.overview(session))
    )
    named = list(overview.overview_rows(overview.overview(session)))
    assert [row["survey"] for row in named][-2:] == ["", ""]


def test_marks_of_a_period_for_reports(session: Session, rich_client: RichClient) -> None:
    survey = _survey(session)
    _answers(session, survey, rich_client.id, [9, 0], answer_2="3")
    given = [mark for mark in scores.marks(session, *scores.ALWAYS) if mark.survey.id == survey.id]
    assert [(mark.question.metric, mark.mark) for mark in given] == [
        *(("nps", 9), ("nps", 0), ("ces", 3), ("ces", 3))
    ]
    assert {mark.question.metric for mark in scores.marks(session, *scores.ALWAYS, ("ces",))} == {"ces"}
    with pytest.raises(ValueError, match="scales never mix"):
        scores.score(given)
    assert scores.score(given[:2]).n == 2
