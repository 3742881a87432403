"""Playbooks as people keep them: from files and into files, step by step in the app, tried on a date."""

from __future__ import annotations

from datetime import date

from onewindow.desk.editing import changing
from onewindow.desk.plans.dates import calendar_for, step_dates
from onewindow.desk.session.context import Session
from onewindow.exchange.playbook_file import START, FileStep, PlaybookFile
from onewindow.records.adoption import Playbook, PlaybookStep
from onewindow.store import catalogue, rows
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.plans import progress as plans
from onewindow.store.problems import StoreProblem
from onewindow.text.fold import fold


def all_playbooks(session: Session) -> list[Playbook]:
    """Every playbook in use, by kind and name."""
    playbooks = [
        playbook
        for playbook in catalogue.page(session.store, Playbook, limit=500)
        if playbook.archived_at is None
    ]
    return sorted(playbooks, key=lambda playbook: (playbook.plan_kind, playbook.name, playbook.id))


def take_file(session: Session, file: PlaybookFile) -> tuple[Playbook, str]:
    """Store a playbook from a file, or bring the one of the same name to what the file says.

    Steps are known again by their key, else by their title; those that the file has no more are archived.
    Plans that run keep the steps they were started with. Gives back the playbook and what was done: added,
    changed, or unchanged.
    """

    def work(transaction: Transaction) -> tuple[Playbook, str]:
        known = next(
            (candidate for candidate in all_playbooks(session) if fold(candidate.name) == fold(file.name)),
            None,
        )
        values: dict[str, Value] = {
            "plan_kind": file.kind,
            "description": file.description,
            "unit": file.unit,
            "starts_itself": int(file.starts_itself),
        }
        if known is None:
            playbook = transaction.insert(Playbook(name=file.name).with_changes(values))
            _steps_in(session, transaction, playbook, file)
            return playbook, "added"
        playbook = changing.change_in(session, transaction, known, values)
        if _steps_in(session, transaction, playbook, file):
            return transaction.update(playbook, {"edition": playbook.edition + 1}), "changed"
        return playbook, "unchanged" if playbook.version == known.version else "changed"

    return session.change(f"playbook from a file: {file.name}", work).result


def as_file(session: Session, playbook: Playbook) -> PlaybookFile:
    """A playbook as a file has it, which brings the same one back."""
    steps = plans.playbook_steps(session.store, playbook.id)
    keys = {step.id: step.step_key or f"step-{place}" for place, step in enumerate(steps, start=1)}
    return PlaybookFile(
        name=playbook.name,
        kind=playbook.plan_kind,
        description=playbook.description,
        unit=playbook.unit,
        starts_itself=bool(playbook.starts_itself),
        steps=tuple(
            FileStep(
                key=keys[step.id],
                title=step.title,
                role=step.role,
                after=keys.get(step.depends_on_id or 0, START),
                days=step.due_after_days,
                result=step.result_kind,
                wanted=step.wanted,
                control_point=bool(step.is_control_point),
                phase=step.phase,
                volume=step.volume,
                executors=tuple(line.strip() for line in step.executors.splitlines() if line.strip()),
                note=step.note,
            )
            for step in steps
        ),
    )


def tried_dates(
    session: Session, playbook: Playbook, started_on: date, tier: str = ""
) -> list[tuple[PlaybookStep, date]]:
    """On which date each step would be due if the playbook started then; raises StoreProblem."""
    steps = plans.playbook_steps(session.store, playbook.id)
    try:
        dates = step_dates(calendar_for(session, tier), steps, started_on)
    except ValueError as error:
        raise StoreProblem(str(error)) from error
    return [(step, dates[step.id]) for step in steps]


def problems_of(session: Session, playbook: Playbook) -> list[str]:
    """What would hinder a playbook that starts today, a sentence each."""
    steps = plans.playbook_steps(session.store, playbook.id)
    if not steps:
        return [f"“{playbook.name}” has no steps."]
    problems: list[str] = []
    try:
        tried_dates(session, playbook, session.today())
    except StoreProblem as problem:
        problems.append(str(problem))
    problems += [
        f"Nobody has the role {role}: its steps start without anybody."
        for role in dict.fromkeys(step.role for step in steps)
        if not plans.staff_of_role(session.store, role)
    ]
    if not any(step.is_control_point for step in steps):
        problems.append("No step is a control point: nobody looks before it goes on.")
    problems += [
        f"Step {step.position} “{step.title}” ends in nothing that can be shown."
        for step in steps
        if step.result_kind == "none" and step.is_control_point
    ]
    return problems


def move(session: Session, step: PlaybookStep, by: int) -> PlaybookStep:
    """Change places with the step before (-1) or after (1); raises StoreProblem at an end."""
    steps = plans.playbook_steps(session.store, step.playbook_id)
    place = next(at for at, other in enumerate(steps) if other.id == step.id)
    if not 0 <= place + by < len(steps):
        raise StoreProblem("It is the first step already." if by < 0 else "It is the last step already.")
    steps[place], steps[place + by] = steps[place + by], steps[place]

    def work(transaction: Transaction) -> PlaybookStep:
        _number(transaction, steps)
        _next_edition(transaction, step.playbook_id)
        return step

    return session.change(f"step moved: {step.title}", work).result


def _steps_in(session: Session, transaction: Transaction, playbook: Playbook, file: PlaybookFile) -> bool:
    """Bring the steps to those of a file; says whether any had to change."""
    known = plans.playbook_steps(session.store, playbook.id)
    by_key = {step.step_key: step for step in known if step.step_key}
    by_title = {fold(step.title): step for step in known}
    kept: dict[str, PlaybookStep] = {}
    before = len(transaction.changes)
    for place, filed in enumerate(file.steps, start=1):
        # The key first: a title may be changed, a key stays.
        stored = by_key.get(filed.key) or by_title.get(fold(filed.title))
        # Two steps of one title: the second is a new one, not the first again.
        if stored is not None and stored.id in {step.id for step in kept.values()}:
            stored = None
        values: dict[str, Value] = {
            "position": place,
            "title": filed.title,
            "role": filed.role,
            "due_after_days": filed.days,
            "result_kind": filed.result,
            "is_control_point": int(filed.control_point),
            "step_key": filed.key,
            "wanted": filed.wanted,
            "phase": filed.phase,
            "volume": filed.volume,
            "executors": "\n".join(filed.executors),
            "note": filed.note,
        }
        if stored is None:
            made = PlaybookStep(playbook_id=playbook.id).with_changes(values)
            kept[filed.key] = transaction.insert(made)
        else:
            kept[filed.key] = transaction.update(stored, values)
    # In a second round, since a step may wait for one that comes further down.
    for filed in file.steps:
        after = kept[filed.after].id if filed.after != START else None
        transaction.update(kept[filed.key], {"depends_on_id": after})
    living = {step.id for step in kept.values()}
    for step in known:
        if step.id not in living:
            transaction.archive(step)
    return len(transaction.changes) > before


def _number(transaction: Transaction, steps: list[PlaybookStep]) -> None:
    for place, step in enumerate(steps, start=1):
        transaction.update(step, {"position": place})


def _next_edition(transaction: Transaction, playbook_id: int) -> None:
    playbook = rows.get(transaction.store, Playbook, playbook_id)
    transaction.update(playbook, {"edition": playbook.edition + 1})
