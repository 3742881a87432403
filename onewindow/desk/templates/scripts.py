"""Scripts: which one fits a request or a talk, its steps with the words to say, and what was done of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from onewindow.desk.editing.changing import change_in, insert_in
from onewindow.desk.session.context import Session
from onewindow.desk.templates.writing import addressee, values_for
from onewindow.records.clients import Client, Contact
from onewindow.records.messages import Script, ScriptMark, ScriptMarkState, ScriptMoment, ScriptStep
from onewindow.records.requests import Request, Touch
from onewindow.records.structs import frozen_struct
from onewindow.store import rows, templates
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store
from onewindow.store.problems import NotFound, StoreProblem
from onewindow.text.fold import fold
from onewindow.text.placeholders import fill


@frozen_struct
class StepState:
    """One step of a script with one request or talk: the words filled in, and its mark if it has one."""

    step: ScriptStep
    words: str
    mark: ScriptMark | None

    @property
    def state(self) -> str:
        """`done`, `skipped`, or '' while nothing was marked."""
        return self.mark.state if self.mark else ""


@frozen_struct
class Followed:
    """A script beside a request or talk, with how far it was followed."""

    script: Script
    steps: tuple[StepState, ...]

    @property
    def next_step(self) -> StepState | None:
        """The first step without a mark."""
        return next((step for step in self.steps if step.mark is None), None)


@frozen_struct
class Deviation:
    """How often one of us skipped one step, of how many times that they met it."""

    staff: str
    script: str
    step: str
    required: bool
    skipped: int
    marked: int
    reasons: tuple[str, ...]
    """Why, the most frequent reason first."""


def fitting(
    session: Session, moments: Sequence[ScriptMoment], request_kind: str = "", language: str = ""
) -> list[Script]:
    """The scripts for one of these moments, best first: by language, kind, and the order of the moments.

    A script for another kind of request does not fit.
    """
    scripts = [
        script
        for script in templates.scripts(session.store)
        if script.moment in moments and script.request_kind in ("", request_kind)
    ]
    return sorted(
        scripts,
        key=lambda script: (
            bool(language) and script.language != language,
            not script.request_kind,
            moments.index(script.moment),
            script.id,
        ),
    )


def for_request(session: Session, request: Request) -> list[Script]:
    """The scripts that fit a request; one that was begun stands first. A difficult talk may come any time."""
    client = rows.get(session.store, Client, request.client_id)
    person = addressee(session, client, request)
    moments: tuple[ScriptMoment, ...] = ("complaint", "intake", "difficult", "other")
    if request.request_kind != "complaint":
        moments = ("intake", "difficult", "complaint", "other")
    scripts = fitting(session, moments, request.request_kind, person.language if person else client.language)
    begun = _begun(session, templates.marks_of_request(session.store, request.id))
    return sorted(scripts, key=lambda script: script.id not in begun)


def for_call(session: Session, client: Client, contact: Contact | None = None) -> list[Script]:
    """The scripts for a talk with a client."""
    language = contact.language if contact else client.language
    return fitting(session, ("call", "intake", "difficult"), "", language)


def followed(
    session: Session,
    script: Script,
    client: Client,
    request: Request | None = None,
    touch: Touch | None = None,
    contact: Contact | None = None,
) -> Followed:
    """A script with its words filled from the card, and the marks of the request or talk."""
    by_step = {mark.script_step_id: mark for mark in _marks(session.store, request, touch)}
    person = contact or addressee(session, client, request)
    values = values_for(session, script.language, client, request, person)
    return Followed(
        script,
        tuple(
            StepState(step, fill(step.prompt, values), by_step.get(step.id))
            for step in templates.steps(session.store, script.id)
        ),
    )


def mark_step(
    session: Session,
    step: ScriptStep,
    state: ScriptMarkState,
    why: str = "",
    *,
    client_id: int,
    request: Request | None = None,
    touch: Touch | None = None,
) -> ScriptMark:
    """Mark a step done or skipped; a further mark replaces the one before.

    Raises StoreProblem when a step that must not be skipped is skipped without a reason.
    """
    return session.change(
        f"script: {step.title}, {state}",
        lambda transaction: mark_step_in(
            session, transaction, step, state, why, client_id=client_id, request=request, touch=touch
        ),
    ).result


def mark_step_in(
    session: Session,
    transaction: Transaction,
    step: ScriptStep,
    state: ScriptMarkState,
    why: str = "",
    *,
    client_id: int,
    request: Request | None = None,
    touch: Touch | None = None,
) -> ScriptMark:
    """Mark a step inside somebody's transaction, for example together with the talk that is logged."""
    validate_skip(step, state, why)
    marks = _marks(transaction.store, request, touch)
    before = next((mark for mark in marks if mark.script_step_id == step.id), None)
    # One mark a step: a correction changes it, so that counts stay right.
    if before is not None:
        values = {"state": state, "note": why, "at": transaction.at, "staff_id": session.me.id}
        return change_in(session, transaction, before, values)
    mark = ScriptMark(
        client_id=client_id,
        script_step_id=step.id,
        request_id=request.id if request else None,
        touch_id=touch.id if touch else None,
        staff_id=session.me.id,
        at=transaction.at,
        state=state,
        note=why,
    )
    return insert_in(session, transaction, mark)


def _marks(store: Store, request: Request | None, touch: Touch | None) -> list[ScriptMark]:
    """What was marked with a request, else with a talk."""
    if request is not None:
        return templates.marks_of_request(store, request.id)
    return templates.marks_of_touch(store, touch.id) if touch is not None else []


def validate_skip(step: ScriptStep, state: ScriptMarkState, why: str) -> None:
    """Raise StoreProblem when a step that must not be skipped would be skipped without a reason."""
    if state == "skipped" and step.is_required and not why.strip():
        raise StoreProblem(f"“{step.title}” must not be skipped; say why you do.")


def named(session: Session, word: str) -> Script:
    """The script that a word names by id or by (part of) its name; raises NotFound."""
    known = templates.scripts(session.store)
    wanted = fold(word)
    scripts = [script for script in known if word == str(script.id) or fold(script.name) == wanted]
    scripts = scripts or [script for script in known if wanted and wanted in fold(script.name)]
    if len(scripts) == 1:
        return scripts[0]
    if not scripts:
        raise NotFound(f"There is no script “{word}”; `script list` shows them.")
    names = ", ".join(f"{script.name} ({script.id})" for script in scripts[:5])
    raise NotFound(f"“{word}” may mean several scripts: {names}; name it by its id.")


def deviations(session: Session, since: str, till: str = "9") -> list[Deviation]:
    """Who skipped which step how often from an instant until another (UTC text), the worst first.

    Steps that must not be skipped come first, then what was skipped most.
    """
    store = session.store
    with store.read():
        marks = templates.marks_between(store, since, till)
        steps = {
            step_id: rows.get(store, ScriptStep, step_id)
            for step_id in {mark.script_step_id for mark in marks}
        }
        scripts = {step.script_id: rows.get(store, Script, step.script_id) for step in steps.values()}
    groups: dict[tuple[int | None, int], list[ScriptMark]] = {}
    for mark in marks:
        groups.setdefault((mark.staff_id, mark.script_step_id), []).append(mark)
    deviating = [
        _deviation(session, steps[step_id], scripts[steps[step_id].script_id], staff_id, group)
        for (staff_id, step_id), group in groups.items()
        if any(mark.state == "skipped" for mark in group)
    ]
    return sorted(
        deviating,
        key=lambda deviation: (not deviation.required, -deviation.skipped, deviation.staff, deviation.step),
    )


def _deviation(
    session: Session, step: ScriptStep, script: Script, staff_id: int | None, marks: Iterable[ScriptMark]
) -> Deviation:
    known = list(marks)
    skipped = [mark for mark in known if mark.state == "skipped"]
    reasons = Counter(mark.note for mark in skipped if mark.note)
    return Deviation(
        staff=session.directory.name(staff_id),
        script=script.name,
        step=step.title,
        required=bool(step.is_required),
        skipped=len(skipped),
        marked=len(known),
        reasons=tuple(reason for reason, _ in reasons.most_common()),
    )


def _begun(session: Session, marks: Iterable[ScriptMark]) -> set[int]:
    return {rows.get(session.store, ScriptStep, mark.script_step_id).script_id for mark in marks}
