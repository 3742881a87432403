"""Lessons and installations: how a lesson went for each person in it, when a place got its version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from onewindow.desk.adoption.summary import states_of
from onewindow.desk.editing import changing
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Trainee, Training, TrainingState, Workplace
from onewindow.records.clients import Contact
from onewindow.records.structs import frozen_struct
from onewindow.store.adoption import function_use, ownership
from onewindow.store.changes import Transaction
from onewindow.store.clients import cards as clients
from onewindow.store.engine import Value
from onewindow.store.problems import NotFound, StoreProblem
from onewindow.text.dates import short_day
from onewindow.text.fold import fold

EVERYBODY = frozenset({"all", "все", "всички", "everybody"})
"""Words for all people at work there."""
UNTAUGHT = frozenset({"untaught", "новые", "необученные", "необучени"})
"""Words for those who had no lesson yet."""


@frozen_struct
class Result:
    """Who passed a lesson, who only came, who missed it, who is to come; names as they are typed."""

    passed: str = ""
    came: str = ""
    missed: str = ""
    planned: str = ""


def settle(session: Session, training: Training, result: Result, day: str | None = None) -> Training:
    """Say how a lesson went, with every person in it, in one change.

    `day` is the day on which it was held (YYYY-MM-DD), else today. Without names the lesson as a whole was
    held. Raises StoreProblem for a name that nobody there has, or that stands twice.
    """
    states = _named(session, training.client_id, result)
    words = set(states.values())
    state: TrainingState = "done"
    if words and words <= {"missed"}:
        state = "missed"
    elif "passed" in words:
        state = "passed"
    # Somebody is still to come: the training is not over, though others missed it.
    elif words and words <= {"planned", "missed"}:
        state = "planned"
    values: dict[str, Value] = {"state": state}
    if state in ("done", "passed"):
        values["held_on"] = day or session.today().isoformat()
    if states:
        values["people"] = max(len(states), 1)

    def work(transaction: Transaction) -> Training:
        _write_people(session, transaction, training, states)
        return changing.change_in(session, transaction, training, values)

    return session.change(f"lesson “{training.title}” {state}", work).result


def book(session: Session, training: Training, people: str) -> Training:
    """Plan a lesson for some people, named with commas between, in one change; raises StoreProblem."""
    states = _named(session, training.client_id, Result(planned=people))
    if states:
        first = next(iter(states)) if len(states) == 1 else training.contact_id
        training = training.with_changes({"people": len(states), "contact_id": first})

    def work(transaction: Transaction) -> Training:
        stored = changing.insert_in(session, transaction, training)
        _write_people(session, transaction, stored, states)
        return stored

    return session.change(f"new lesson “{training.title}”", work).result


def move(session: Session, training: Training, day: str) -> Training:
    """Move a lesson to another day; a missed one is planned again. Raises StoreProblem for a held one."""
    if training.state in ("done", "passed"):
        held = f" on {short_day(training.held_on, session.today())}" if training.held_on else ""
        raise StoreProblem(f"“{training.title}” was held{held}; plan another lesson with n.")
    return changing.change(
        session,
        training,
        {"planned_on": day, "state": "planned"},
        f"lesson “{training.title}” on {date.fromisoformat(day):%d.%m.%Y}",
    )


def install(session: Session, place: Workplace, version: str, day: str | None = None) -> Workplace:
    """Note which version a workplace has since a day, else today; raises StoreProblem without a version."""
    if not version.strip():
        raise StoreProblem("Say which version was installed.")
    on = day or session.today().isoformat()
    values: dict[str, Value] = {"installed_version": version.strip(), "installed_on": on}
    return changing.change(session, place, values, f"{place.name}: version {version.strip()} installed")


def people_of(session: Session, training: Training) -> dict[str, str]:
    """The people of a lesson by state, names with commas between, as `settle` takes them."""
    trainees = _trainees_of(session, training)
    names = {contact.id: contact.name for contact in clients.contacts(session.store, training.client_id)}
    by_state: dict[str, list[str]] = {}
    for trainee in trainees:
        by_state.setdefault(trainee.state, []).append(names.get(trainee.contact_id, "?"))
    if not trainees and training.contact_id in names:
        by_state[training.state] = [names[training.contact_id]]
    return {state: ", ".join(listed) for state, listed in by_state.items()}


def _named(session: Session, client_id: int, result: Result) -> dict[int, TrainingState]:
    """The state of each person who is named, by contact."""
    at_work = [contact for contact in clients.contacts(session.store, client_id) if contact.left_on is None]
    states: dict[int, TrainingState] = {}
    given: tuple[tuple[TrainingState, str], ...] = (
        ("passed", result.passed),
        ("done", result.came),
        ("missed", result.missed),
        ("planned", result.planned),
    )
    for state, text in given:
        for contact_id in _contacts(session, client_id, text, at_work):
            if contact_id in states:
                name = next(contact.name for contact in at_work if contact.id == contact_id)
                raise StoreProblem(f"{name} stands in two lists; name each person in one.")
            states[contact_id] = state
    return states


def _contacts(session: Session, client_id: int, text: str, at_work: Sequence[Contact]) -> list[int]:
    contact_ids: list[int] = []
    for word in (part.strip() for part in text.replace(";", ",").split(",")):
        if not word:
            continue
        if fold(word) in {fold(word_for_all) for word_for_all in EVERYBODY}:
            contact_ids += [contact.id for contact in at_work]
        elif fold(word) in {fold(word_for_some) for word_for_some in UNTAUGHT}:
            trainings = ownership.trainings(session.store, client_id)
            trainees = function_use.trainees(session.store, client_id)
            contact_ids += [
                contact.id for contact in at_work if not states_of(contact.id, trainings, trainees)
            ]
        else:
            try:
                contact_ids.append(naming.resolve(session, "contact", word, client_id))
            except NotFound as problem:
                raise StoreProblem(f"Nobody there is “{word}”: {problem}") from problem
    # Named twice in one list is named once; in two lists it is refused by the caller.
    return list(dict.fromkeys(contact_ids))


def _write_people(
    session: Session, transaction: Transaction, training: Training, states: dict[int, TrainingState]
) -> None:
    known = {trainee.contact_id: trainee for trainee in _trainees_of(session, training)}
    for contact_id, state in states.items():
        before = known.get(contact_id)
        if before is None:
            trainee = Trainee(
                client_id=training.client_id, training_id=training.id, contact_id=contact_id, state=state
            )
            changing.insert_in(session, transaction, trainee)
        else:
            changing.change_in(session, transaction, before, {"state": state})


def _trainees_of(session: Session, training: Training) -> list[Trainee]:
    trainees = function_use.trainees(session.store, training.client_id)
    return [trainee for trainee in trainees if trainee.training_id == training.id]
