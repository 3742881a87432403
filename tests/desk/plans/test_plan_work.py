"""Work on a plan: what each act is called and moves, and each sentence with which one is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from rich_client import RichClient

from onewindow.desk.adoption import training_results
from onewindow.desk.adoption.training_results import Result
from onewindow.desk.editing import changing
from onewindow.desk.plans import work
from onewindow.desk.plans.plan_view import read_plan, result_text, summary, why_step
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Plan, PlanPhase, PlanStep, ReadinessItem, Training, Workplace
from onewindow.records.clients import Client
from onewindow.records.requests import Document
from onewindow.store import rows
from onewindow.store.adoption import ownership
from onewindow.store.problems import StoreProblem


@dataclass
class Project:
    """A plan of a client in onboarding: three steps that wait for each other, a fourth alone, a phase."""

    session: Session
    client: Client
    plan: Plan
    phase: PlanPhase

    @property
    def steps(self) -> list[PlanStep]:
        """The steps as they are on file."""
        return ownership.steps(self.session.store, self.plan.id)

    @property
    def label(self) -> str:
        """What the last change is called."""
        return str(self.session.store.scalar("SELECT label FROM change_set ORDER BY id DESC LIMIT 1"))

    def days(self) -> list[str | None]:
        """The days of the steps."""
        return [step.due_on for step in self.steps]


@pytest.fixture
def project(session: Session) -> Project:
    client = changing.insert(session, Client(name="Лютик", owner_id=session.me.id, stage="onboarding"))
    plan = changing.insert(
        session,
        Plan(
            client_id=client.id,
            title="внедрение",
            started_on="2026-11-23",
            mentor_id=session.me.id,
            agreed_volume=40,
            unit="ТСД",
        ),
    )
    phase = changing.insert(
        session, PlanPhase(client_id=client.id, plan_id=plan.id, title="склад", agreed_volume=40)
    )
    before = None
    for place, (title, day) in enumerate(
        (
            ("звонок", "2026-11-24"),
            ("установка", "2026-11-27"),
            ("обучение", "2026-12-01"),
            ("сам", "2026-12-02"),
        ),
        1,
    ):
        step = PlanStep(
            client_id=client.id,
            plan_id=plan.id,
            position=place,
            title=title,
            due_on=day,
            depends_on_id=before.id if before and place < 4 else None,
            phase_id=phase.id if place == 2 else None,
            assignee_id=session.me.id,
        )
        before = changing.insert(session, step)
    return Project(session, client, plan, phase)


def test_who_waits_for_a_step_moves_with_it_by_working_days_and_the_plan_ends_with_the_last(
    session: Session, project: Project
) -> None:
    moved = work.move_step(session, project.steps[0], date(2026, 11, 26), " клиент занят ")
    assert [step.title for step in moved] == ["звонок", "установка", "обучение"]
    # Two working days later each: Friday becomes Tuesday.
    assert project.days() == ["2026-11-26", "2026-12-01", "2026-12-03", "2026-12-02"]
    assert project.label == "step moved to 26.11.2026: звонок"
    plan = rows.get(session.store, Plan, project.plan.id)
    phase = rows.get(session.store, PlanPhase, project.phase.id)
    assert (plan.due_on, plan.reason, phase.due_on) == ("2026-12-03", "клиент занят", "2026-12-01")
    assert [step.reason for step in project.steps] == ["клиент занят"] * 3 + [""]
    work.move_step(session, project.steps[1], date(2026, 11, 25), "раньше", alone=True)
    assert project.days() == ["2026-11-26", "2026-11-25", "2026-12-03", "2026-12-02"]
    work.move_plan(session, rows.get(session.store, Plan, plan.id), -1, "успеваем")
    assert project.days() == ["2026-11-25", "2026-11-24", "2026-12-02", "2026-12-01"]
    assert project.label == "plan moved by -1 working days: внедрение"


def test_each_act_on_a_plan_is_called_by_what_was_done(
    session: Session, project: Project, rich_client: RichClient
) -> None:
    first, second, third, fourth = project.steps
    helper = work.ask(session, second, " склад ", " собрать ")
    assert (helper.department, helper.what, helper.due_on) == ("склад", "собрать", "2026-11-27")
    document = changing.insert(session, Document(client_id=project.client.id, title="акт", number="7"))
    acts: dict[str, Callable[[], object]] = {
        "step done: звонок": lambda: work.tick(session, first, result="дозвонились"),
        "step to Петров Олег: установка": lambda: work.assign(session, second, rich_client.petrov.id),
        "mentor Петров Олег: внедрение": lambda: work.set_mentor(
            session, project.plan, rich_client.petrov.id
        ),
        "ready: собрать": lambda: work.mark_ready(session, helper, " собрали "),
        "delivered 30 ТСД: склад": lambda: work.deliver(session, project.phase, 30),
        "step skipped: обучение": lambda: work.skip(session, third, " не нужно "),
        "new executor: коробки": lambda: work.ask(session, fourth, "", "коробки"),
        "lesson “касса” passed": lambda: training_results.settle(
            session, rich_client.add(Training(title="касса")), Result(passed="Анна", missed="Борис")
        ),
        "lesson “учёт” on 30.11.2026": lambda: training_results.move(
            session, rich_client.add(Training(title="учёт", state="missed")), "2026-11-30"
        ),
        "new lesson “отчёты”": lambda: training_results.book(
            session, Training(client_id=rich_client.id, title="отчёты"), "Анна Ким, Борис Ли"
        ),
        "место: version 2.0 installed": lambda: training_results.install(
            session, rich_client.add(Workplace(name="место")), " 2.0 "
        ),
    }
    labels: list[str] = []
    for act in acts.values():
        act()
        labels.append(project.label)
    assert labels == list(acts)
    stored = rows.get(session.store, ReadinessItem, helper.id)
    assert (stored.state, stored.answer, stored.ready_on) == ("ready", "собрали", "2026-11-23")
    work.tick(session, project.steps[1], document_id=document.id)
    assert [result_text(step) for step in project.steps] == [
        "дозвонились",
        "акт 7",
        "skipped: не нужно",
        "",
    ]
    assert rows.get(session.store, PlanPhase, project.phase.id).document_id == document.id
    work.skip(session, project.steps[3], "само")
    plan = rows.get(session.store, Plan, project.plan.id)
    assert summary(session, read_plan(session, plan.id)) == "2/2 steps, mentor Петров, 30/40 ТСД (75%)"
    work.close(session, plan)
    assert project.label == "plan done: внедрение; Лютик is active"
    assert rows.get(session.store, Client, project.client.id).stage == "active"
    ended = rows.get(session.store, Plan, project.plan.id)
    assert (ended.status, ended.closed_on) == ("done", "2026-11-23")


def test_a_plan_that_stops_takes_its_steps_and_what_was_asked_with_it(
    session: Session, project: Project
) -> None:
    helper = work.ask(session, project.steps[1], "склад", "собрать", "2026-11-25", session.me.id)
    assert (helper.due_on, helper.staff_id) == ("2026-11-25", session.me.id)
    work.tick(session, project.steps[0])
    work.stop(session, project.plan, " клиент ушёл ")
    assert project.label == "plan stopped: внедрение"
    assert [(step.status, step.reason) for step in project.steps] == [
        ("done", ""),
        *[("skipped", "plan stopped:  клиент ушёл ")] * 3,
    ]
    assert rows.get(session.store, ReadinessItem, helper.id).state == "dropped"
    assert rows.get(session.store, Plan, project.plan.id).reason == "клиент ушёл"


def test_each_refusal_says_what_is_in_the_way(
    session: Session, project: Project, rich_client: RichClient
) -> None:
    done = work.tick(session, project.steps[0])
    second = project.steps[1]
    helper = work.ask(session, second, "склад", "собрать")
    ready = work.mark_ready(session, work.ask(session, second, "склад", "коробки"))
    undated = changing.insert(
        session, Plan(client_id=rich_client.id, title="без дат", started_on="2026-11-23")
    )
    stopped = work.stop(
        session,
        changing.insert(session, Plan(client_id=rich_client.id, title="стоп", started_on="2026-11-23")),
        "так",
    )
    foreign = rich_client.made["document"][0].id
    counted = work.deliver(session, project.phase, 30)[0]
    lesson = rich_client.made["training"][0]
    assert isinstance(lesson, Training)
    acts: dict[str, Callable[[], object]] = {
        "“звонок” is done already.": lambda: work.tick(session, done),
        "Склад is not ready with “собрать”: mark it ready or drop it first.": lambda: work.tick(
            session, second
        ),
        "“звонок” is done already. ": lambda: work.skip(session, done, "так"),
        "Say why the step is skipped.": lambda: work.skip(session, second, " "),
        "“звонок” is done; only open steps move.": lambda: work.move_step(
            session, done, date(2026, 12, 1), "так"
        ),
        "Say why the date moves; whoever waits for it reads it.": lambda: work.move_step(
            session, second, date(2026, 12, 1), " "
        ),
        "The plan “стоп” is stopped.": lambda: work.move_plan(session, stopped, 1, "так"),
        "Say why the plan moves; the client reads it.": lambda: work.move_plan(session, project.plan, 1, ""),
        "By how many working days does it move? 5 is a week later, -5 a week earlier.": lambda: (
            work.move_plan(session, project.plan, 0, "так")
        ),
        "No open step of this plan has a date.": lambda: work.move_plan(session, undated, 1, "так"),
        "There is no such colleague any more.": lambda: work.assign(session, second, 1),
        "“звонок” is done; nothing is needed for it any more.": lambda: work.ask(session, done, "", "х"),
        "“коробки” is ready already.": lambda: work.mark_ready(session, ready),
        "Say why it is needed no more.": lambda: work.mark_ready(session, helper, " ", dropped=True),
        "Only 30 were delivered in “склад”.": lambda: work.deliver(session, counted, -31),
        "40 are agreed in “склад” and 10 are left; change that first.": lambda: work.deliver(
            session, counted, 11
        ),
        "That document is another client's.": lambda: work.deliver(session, counted, 1, foreign),
        "The step “2. установка” and 2 more is open: do or skip it first.": lambda: work.close(
            session, project.plan
        ),
        "The plan “стоп” is stopped already.": lambda: work.close(session, stopped),
        "The plan “стоп” is stopped already. ": lambda: work.stop(session, stopped, "так"),
        "Say why the plan is stopped.": lambda: work.stop(session, project.plan, " "),
        "“склад” was held on 10.11; plan another lesson with n.": lambda: training_results.move(
            session, lesson, "2026-12-01"
        ),
        "Анна Ким stands in two lists; name each person in one.": lambda: training_results.settle(
            session, lesson, Result(passed="Анна", missed="Анна Ким")
        ),
        "Say which version was installed.": lambda: training_results.install(session, Workplace(), " "),
    }
    said: list[str] = []
    for act in acts.values():
        with pytest.raises(StoreProblem) as problem:
            act()
        said.append(str(problem.value))
    assert said == [sentence.rstrip() for sentence in acts]
    # Up to what is agreed all may be delivered, and all may be taken back.
    assert work.deliver(session, counted, 10)[1].delivered_volume == 40
    full = rows.get(session.store, PlanPhase, project.phase.id)
    assert work.deliver(session, full, -40)[0].delivered_volume == 0


def test_why_a_step_is_due_and_who_does_it(session: Session, project: Project) -> None:
    work.ask(session, project.steps[1], "склад", "собрать", "2026-11-25")
    work.move_step(session, project.steps[1], date(2026, 12, 1), "ждём")
    changing.change(
        session,
        project.steps[1],
        {"result_kind": "document", "wanted": "акт", "is_control_point": 1, "note": "раз\nдва"},
    )
    steps = project.steps
    assert why_step(session, read_plan(session, project.plan.id), steps[1]) == [
        "set by hand: Fr 27.11",
        "moved from 27.11 by +2 working days: ждём",
        "who: Иванова, by the role account manager",
        "ends in a signed document (акт); without it the step stays open",
        "control point: the steps after it wait until it passes",
        "inside: склад: собрать, asked by 25.11",
        "",
        "раз",
        "два",
    ]
    assert why_step(session, read_plan(session, project.plan.id), steps[2])[-1] == (
        "held up by the control point 2. установка"
    )
