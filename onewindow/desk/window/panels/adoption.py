"""Panel 3: what the client bought and how much of it is in use, the running plans, the lessons."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.desk.session.context import Session
from onewindow.desk.window.panels import plan_rows
from onewindow.desk.window.panels.requests import person
from onewindow.desk.window.panels.view import PanelView, RecordKey, phrases, pick, rows_of, tally
from onewindow.desk.window.panels.when import When, when
from onewindow.desk.window.snapshot import ClientSnapshot
from onewindow.metrics.health.signals import UNUSED_AFTER_DAYS
from onewindow.records.adoption import Licence, Plan, PlanStep, Training
from onewindow.records.structs import frozen_struct
from onewindow.text.layout.bars import bars
from onewindow.text.layout.cells import Cell, Column, Row, Tone, mark_of

NAME, NUMBER, TITLE = "adoption", "3", "adoption"
MODES = ("all", "licences", "plan", "trainings")
NEW_KIND = "training"
KINDS = frozenset({"licence", "usage", "plan", "plan_step", "training", "product", "workplace", "release"})
EMPTY = "No licences, plans or lessons. What the client bought and learns belongs here; n books a training."
BAR_WEEKS = 7
COLUMNS = (
    Column(min_width=14),
    Column(width=12, second=True),
    Column(width=BAR_WEEKS, second=True, drop_priority=2),
    Column(width=15, second=True),
    Column(width=16, second=True, drop_priority=1),
)
CURVE_PLACE = 2
"""The column of the bars in the row of a licence."""
CHANGE_WEEKS = 4
"""The change of users is counted against so many weeks before the last report."""

Listed = Licence | Plan | PlanStep | Training


def view(session: Session, snapshot: ClientSnapshot, mode: str = "") -> PanelView:
    """The panel: late steps and lessons first, then licences, plans with their open steps, lessons."""
    moment = when(session, snapshot)
    chosen = pick(MODES, mode)
    late_steps = plan_rows.late_steps(moment, snapshot)
    late_trainings = [training for training in snapshot.trainings if is_missed(moment, training)]
    shown: list[Listed] = []
    if chosen == "all":
        shown += [*late_steps, *late_trainings]
    if chosen in ("all", "licences"):
        shown += snapshot.licences
    if chosen in ("all", "plan"):
        shown += plan_rows.plans_with_steps(moment, snapshot, every=chosen == "plan")
    if chosen in ("all", "trainings"):
        skipped = {training.id for training in late_trainings} if chosen == "all" else set[int]()
        shown += [
            training
            for training in sorted(snapshot.trainings, key=lambda training: training.state != "planned")
            if training.id not in skipped
        ]
    states = [licence_state(moment, licence)[0].partition(" ")[0] for licence in snapshot.licences]
    late = len(late_steps) + len(late_trainings)
    wrong = (late, "late"), (states.count("ended"), "ended"), (states.count("unused"), "unused")
    return PanelView(
        name=NAME,
        title=f"{NUMBER} {TITLE}",
        summary=", ".join(part for part in (tally(*wrong), progress(snapshot)) if part),
        worst=_worst(session, snapshot, moment, late_steps, late_trainings),
        columns=COLUMNS,
        rows=rows_of(shown, lambda item: _row(session, snapshot, moment, item)),
        empty=EMPTY,
        new_kind=NEW_KIND,
        kinds=KINDS,
        alarming=phrases(*wrong),
    )


@frozen_struct
class Use:
    """Reported weekly users of a product: the last figure and its change against four weeks before."""

    last: int | None
    change: int | None


def use_of(weeks: Sequence[int | None]) -> Use:
    """The use that weekly figures show, oldest first; the last report counts, however old it is."""
    reported = [place for place, users in enumerate(weeks) if users is not None]
    if not reported:
        return Use(None, None)
    last = weeks[reported[-1]]
    earlier = [weeks[place] for place in reported if place <= reported[-1] - CHANGE_WEEKS]
    change = last - earlier[-1] if earlier and last is not None and earlier[-1] is not None else None
    return Use(last, change)


def progress(snapshot: ClientSnapshot) -> str:
    """How far the client is: `step 6/8, trained 12/20, places 2/3`, else the licences in use."""
    parts = [part for part in (plan_rows.steps_done(snapshot),) if part]
    taught, people = trained(snapshot.trainings)
    if people:
        parts.append(f"trained {taught}/{people}")
    installed, places = snapshot.places
    if installed < places:
        parts.append(f"places {installed}/{places}")
    if not parts and snapshot.licences:
        active = sum(licence.active for licence in snapshot.licences)
        parts.append(f"licences {active}/{sum(licence.bought for licence in snapshot.licences)}")
    return ", ".join(parts)


def trained(trainings: Sequence[Training]) -> tuple[int, int]:
    """People of lessons done or passed, and of all lessons but missed ones: what `trained 12/20` counts."""
    taught = sum(training.people for training in trainings if training.state in ("done", "passed"))
    return taught, sum(training.people for training in trainings if training.state != "missed")


def is_missed(moment: When, training: Training) -> bool:
    """Whether a lesson was planned for a day that is over."""
    return training.state == "planned" and (moment.days_to(training.planned_on) or 0) < 0


def licence_state(moment: When, licence: Licence) -> tuple[str, bool]:
    """What is wrong with a licence (`ended 5 d ago`, `unused 34 d`, '') and whether it is."""
    ends = moment.days_to(licence.ends_on)
    if ends is not None and ends < 0:
        return f"ended {moment.away(licence.ends_on)}", True
    used = moment.days_to(licence.last_used_on)
    if licence.bought and used is not None and -used >= UNUSED_AFTER_DAYS:
        return f"unused {-used} d", True
    return "", False


def trend(session: Session, snapshot: ClientSnapshot, licence: Licence) -> str:
    """The last weeks of use with its figures: `▃▄▅▆▆▇▇ users 46 (+4)`; '' without any report."""
    return f"{curve(session, snapshot, licence)} {users_text(snapshot, licence)}".strip()


def curve(session: Session, snapshot: ClientSnapshot, licence: Licence) -> str:
    """The last weeks of use as bars; a full one stands for all that was bought; '' without any report."""
    weeks = snapshot.usage.get(licence.product_id, ())
    if use_of(weeks).last is None:
        return ""
    reported = max(place for place, users in enumerate(weeks) if users is not None) + 1
    recent = weeks[:reported][-BAR_WEEKS:]
    # More may use it than was bought: the highest bar is then the use, so that none is cut off.
    top = max([licence.bought, *(users for users in recent if users is not None)])
    return bars(recent, BAR_WEEKS, hi=top, ascii=session.settings.ascii)


def users_text(snapshot: ClientSnapshot, licence: Licence) -> str:
    """The last reported users with their change in four weeks: `users 46 (+4)`; '' without any report."""
    use = use_of(snapshot.usage.get(licence.product_id, ()))
    if use.last is None:
        return ""
    return f"users {use.last}" if use.change is None else f"users {use.last} ({use.change:+d})"


def _licence_row(session: Session, snapshot: ClientSnapshot, moment: When, licence: Licence) -> Row:
    problem, wrong = licence_state(moment, licence)
    ends = moment.days_to(licence.ends_on)
    if not problem and ends is not None and ends <= session.settings.expiring_within_days:
        problem = f"ends {moment.away(licence.ends_on)}"
    used = f"used {moment.away(licence.last_used_on)}" if licence.last_used_on else "use not recorded"
    tone: Tone = "late" if wrong else "warn" if problem else ""
    return Row(
        RecordKey("licence", licence.id),
        (
            Cell(_product_text(session, licence)),
            Cell(f"{licence.active}/{licence.bought}"),
            Cell(curve(session, snapshot, licence)),
            Cell(problem or users_text(snapshot, licence), tone),
            Cell(used, "dim"),
        ),
        mark_of(tone),
    )


def _product_text(session: Session, licence: Licence) -> str:
    """A product, with its version where a newer one is out."""
    name = session.directory.product(licence.product_id) or "licences"
    newest = session.directory.newest_versions[licence.product_id]
    installed = licence.installed_version
    return f"{name} {installed}, {newest} is out" if installed and newest not in ("", installed) else name


def _row(session: Session, snapshot: ClientSnapshot, moment: When, item: Listed) -> Row:
    if isinstance(item, Licence):
        return _licence_row(session, snapshot, moment, item)
    if isinstance(item, PlanStep):
        return plan_rows.step_row(session, moment, item)
    if isinstance(item, Training):
        return _training_row(session, snapshot, moment, item)
    return plan_rows.plan_row(session, snapshot, moment, item)


def _training_row(session: Session, snapshot: ClientSnapshot, moment: When, training: Training) -> Row:
    late = is_missed(moment, training)
    planned = training.state == "planned"
    at = (
        moment.due(training.planned_on)
        if planned
        else f"{training.state} {moment.day(training.held_on)}".rstrip()
    )
    people = (
        f"{training.people} people" if training.people != 1 else snapshot.contact_name(training.contact_id)
    )
    return Row(
        RecordKey("training", training.id),
        (
            Cell(f"{training.title}, {people}" if people else training.title),
            Cell(person(session, training.trainer_id) if training.trainer_id else ""),
            Cell(""),
            Cell(at, "late" if late else ""),
            Cell("training", "dim"),
        ),
        "!" if late else " ",
        "" if planned else "dim",
    )


def _worst(
    session: Session, snapshot: ClientSnapshot, moment: When, steps: list[PlanStep], trainings: list[Training]
) -> str:
    parts: list[str] = []
    for licence in snapshot.licences[:1]:
        figures = trend(session, snapshot, licence)
        used = f"licences {licence.active}/{licence.bought}"
        problem, wrong = licence_state(moment, licence)
        parts.append(f"! {used} {problem}" if wrong else f"{used} {figures}".rstrip())
    parts += [f"! {step.title} {moment.due(step.due_on)}" for step in steps[:1]]
    parts += [
        f"! {training.title} {moment.due(training.planned_on)}" for training in trainings[:1] if not steps
    ]
    # A folded panel shows the first words: what is late goes before the licences.
    return ", ".join(reversed(parts) if steps or trainings else parts)
