"""A step that ends in trained people: the fitting lesson first, another one only with a reason."""

from __future__ import annotations

import pytest

from onewindow.desk.editing import changing
from onewindow.desk.plans import step_results
from onewindow.desk.plans import work as plan_work
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.adoption import Plan, PlanStep, Training
from onewindow.records.clients import Client


@pytest.fixture
def step(session: Session) -> PlanStep:
    """The second step of a plan, whose first one ended in a lesson."""
    client = changing.insert(session, Client(name="Ромашка", owner_id=session.me.id))
    plan = changing.insert(session, Plan(client_id=client.id, title="Внедрение", started_on="2026-11-01"))
    return changing.insert(
        session,
        PlanStep(
            client_id=client.id,
            plan_id=plan.id,
            title="Обучение кассиров",
            result_kind="training",
            wanted="все кассиры работают сами",
        ),
    )


def _lesson(session: Session, step: PlanStep, title: str, day: str = "2026-11-15") -> Training:
    return changing.insert(
        session, Training(client_id=step.client_id or 0, title=title, state="done", held_on=day, people=3)
    )


def test_the_lesson_on_the_subject_stands_first_and_is_taken(session: Session, step: PlanStep) -> None:
    fits = _lesson(session, step, "Работа кассира", "2026-11-10")
    other = _lesson(session, step, "Складской учёт", "2026-11-20")
    assert [training.id for training in step_results.trainings_for(session.store, step)] == [
        fits.id,
        other.id,
    ]
    plan_work.tick(session, step, training_id=fits.id)


def test_one_on_another_subject_needs_a_reason(session: Session, step: PlanStep) -> None:
    _lesson(session, step, "Работа кассира")
    other = _lesson(session, step, "Складской учёт")
    with pytest.raises(FieldProblems, match="another subject than “Работа кассира”") as refused:
        plan_work.tick(session, step, training_id=other.id)
    assert list(refused.value.errors) == ["training_id"]
    plan_work.tick(session, step, training_id=other.id, result="кассиры были там же")


def test_one_from_before_the_plan_needs_a_reason(session: Session, step: PlanStep) -> None:
    old = _lesson(session, step, "Работа кассира", "2026-03-01")
    with pytest.raises(FieldProblems, match="before the plan began"):
        plan_work.tick(session, step, training_id=old.id)
