"""Plans, playbooks and standards in the window: at every size, and worked through by keys."""

from __future__ import annotations

import pytest
from golden import assert_looks_like
from screen_host import HostApp
from screen_text import screen_text
from textual.pilot import Pilot

from onewindow.app import OneWindowApp
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import RecordKey
from onewindow.records.adoption import Plan, PlanStep
from onewindow.screens.frame.questions import Questions
from onewindow.screens.plans.plan import PlanScreen
from onewindow.screens.plans.playbooks import PlaybookScreen, PlaybooksScreen
from onewindow.screens.plans.running import PlansScreen
from onewindow.screens.plans.standards import StandardsScreen
from onewindow.store import rows
from onewindow.store.adoption import ownership
from onewindow.store.plans import progress as plans

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (180, 50)], ids=["80x24", "120x40", "180x50"])


def romashka(session: Session) -> Plan:
    return plans.running_plans(session.store, naming.resolve_client(session, "romashka").id)[0]


def delivery(session: Session) -> Plan:
    return plans.running(session.store, "delivery")[0]


def steps(session: Session, plan: Plan) -> list[PlanStep]:
    return ownership.steps(session.store, plan.id)


async def ready(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.pause()


def shown(app: HostApp | OneWindowApp) -> str:
    return "\n".join(screen_text(app))


@SIZES
async def test_a_plan_is_whole_on_one_screen(demo: Session, size: tuple[int, int]) -> None:
    app = HostApp(demo, PlanScreen(demo, romashka(demo).id))
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        assert_looks_like(app, f"plan-{size[0]}x{size[1]}")


@SIZES
async def test_a_delivery_shows_its_phases_and_who_inside_is_ready(
    demo: Session, size: tuple[int, int]
) -> None:
    app = HostApp(demo, PlanScreen(demo, delivery(demo).id))
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        assert_looks_like(app, f"plan-delivery-{size[0]}x{size[1]}")


@SIZES
async def test_the_lists_of_plans_playbooks_and_standards(demo: Session, size: tuple[int, int]) -> None:
    onboarding = plans.playbooks(demo.store, "onboarding")[0]
    screens = {
        "plans": PlansScreen(demo),
        "playbooks": PlaybooksScreen(demo),
        "playbook": PlaybookScreen(demo, onboarding.id),
        "standards": StandardsScreen(demo),
    }
    for name, screen in screens.items():
        app = HostApp(demo, screen)
        async with app.run_test(size=size) as pilot:
            await ready(pilot)
            assert_looks_like(app, f"{name}-{size[0]}x{size[1]}")


async def test_a_step_is_ticked_with_a_lesson_that_was_held_and_refused_without(demo: Session) -> None:
    plan = romashka(demo)
    app = HostApp(demo, PlanScreen(demo, plan.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("x")
        await ready(pilot)
        assert isinstance(app.screen, Questions)
        await pilot.press("ctrl+s")
        await ready(pilot)
        assert isinstance(app.screen, Questions), "a lesson is needed"
        await pilot.press(*"месяца")
        await ready(pilot)
        await pilot.press("enter", "ctrl+s")
        await ready(pilot)
        assert steps(demo, plan)[6].status == "open", "a lesson on another subject wants a reason"
        await pilot.press("tab", *"склад был там же", "ctrl+s")
        await ready(pilot)
        assert steps(demo, plan)[6].status == "done"
        await pilot.press("u")
        await ready(pilot)
        assert steps(demo, plan)[6].status == "open"


async def test_a_step_moves_and_is_skipped_only_with_a_reason(demo: Session) -> None:
    plan = romashka(demo)
    app = HostApp(demo, PlanScreen(demo, plan.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("X")
        await ready(pilot)
        await pilot.press("ctrl+s")
        await ready(pilot)
        assert isinstance(app.screen, Questions)
        await pilot.press(*"сами", "ctrl+s")
        await ready(pilot)
        step = steps(demo, plan)[6]
        assert (step.status, step.reason) == ("skipped", "сами")
        assert app.screen.table.move_to_key(RecordKey("plan_step", steps(demo, plan)[7].id))  # type: ignore[attr-defined]
        await pilot.press("t")
        await ready(pilot)
        await pilot.press(*"01.12.2027", "tab", *"позже", "ctrl+s")
        await ready(pilot)
        assert steps(demo, plan)[7].due_on == "2027-12-01"
        assert rows.get(demo.store, Plan, plan.id).due_on == "2027-12-01"


async def test_w_explains_the_date(demo: Session) -> None:
    app = HostApp(demo, PlanScreen(demo, romashka(demo).id))
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("w")
        await ready(pilot)
        assert "working days =" in shown(app)
        assert "moved from" in shown(app)


async def test_what_is_delivered_counts_in_the_phase(demo: Session) -> None:
    plan = delivery(demo)
    phase = next(p for p in plans.phases(demo.store, plan.id) if p.delivered_volume < (p.agreed_volume or 0))
    screen = PlanScreen(demo, plan.id)
    app = HostApp(demo, screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        assert screen.table.move_to_key(RecordKey("plan_phase", phase.id))
        await pilot.press("x")
        await ready(pilot)
        await pilot.press(*"4", "ctrl+s")
        await ready(pilot)
        after = next(p for p in plans.phases(demo.store, plan.id) if p.id == phase.id)
        assert after.delivered_volume == phase.delivered_volume + 4


async def test_steps_of_a_playbook_are_moved_and_a_start_is_tried(demo: Session) -> None:
    playbook = plans.playbooks(demo.store, "onboarding")[0]
    screen = PlaybookScreen(demo, playbook.id)
    app = HostApp(demo, screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        first = plans.playbook_steps(demo.store, playbook.id)[0]
        await pilot.press("right_square_bracket")
        await ready(pilot)
        assert plans.playbook_steps(demo.store, playbook.id)[1].id == first.id
        await pilot.press("t")
        await ready(pilot)
        await pilot.press(*"28.12.2026", "ctrl+s")
        await ready(pilot)
        assert "start 28.12.2026" in shown(app)


async def test_n_starts_a_plan_for_the_client_of_the_window(demo: Session) -> None:
    client = naming.resolve_client(demo, "romashka")
    app = HostApp(demo, PlansScreen(demo, client.id))
    before = len(plans.running_plans(demo.store, client.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("n")
        await ready(pilot)
        assert isinstance(app.screen, Questions)
        await pilot.press("right", "ctrl+s")
        await ready(pilot)
        assert isinstance(app.screen, PlanScreen)
        assert len(plans.running_plans(demo.store, client.id)) == before + 1


async def test_a_check_closes_the_state_of_a_standard(demo: Session) -> None:
    screen = StandardsScreen(demo)
    app = HostApp(demo, screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("x")
        await ready(pilot)
        await pilot.press(*"все знают", "ctrl+s")
        await ready(pilot)
        assert "train, review by" in shown(app)
