"""What a step has to end in, and whether it is there: a document, a lesson, a version, a volume."""

from __future__ import annotations

from datetime import date

from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.adoption import Plan, PlanPhase, PlanStep, Training, Workplace
from onewindow.records.requests import Document
from onewindow.store import documents, rows
from onewindow.store.adoption import ownership
from onewindow.store.engine import Store
from onewindow.store.plans import progress as plans
from onewindow.text.fold import fold

SIGNED = ("signed", "received")
"""States of a document that both sides have."""
HELD = ("done", "passed")
"""States of a lesson that took place."""

# Few enough for приёмка and приёмки to meet, enough to tell them from приказ.
_STEM = 5
"""Letters of a word that tell its subject: endings differ."""
_TEACHING = frozenset(
    fold(word)[:_STEM] for word in ("обучение", "обучены", "занятие", "training", "lesson", "course", "урок")
)
"""What every lesson is."""

RESULT_WORDS = {
    "none": "nothing to show",
    "document": "a signed document",
    "date": "a date",
    "training": "people trained",
    "version": "a version at each workplace",
    "volume": "the agreed volume delivered",
}
"""What a step ends in, as people say it."""


def missing(store: Store, step: PlanStep) -> dict[str, str]:
    """Why a step cannot be done with the result it has: one sentence by field, nothing if it can."""
    match step.result_kind:
        case "date":
            return _date(step)
        case "document":
            return _document(store, step) if step.client_id else _text(step, "the document")
        case "training":
            return _training(store, step) if step.client_id else _text(step, "who was taught and examined")
        case "version":
            return _version(store, step) if step.client_id else _text(step, "the version")
        case "volume":
            return _volume(store, step)
        case _:
            return {}


def documents_for(store: Store, client_id: int) -> list[Document]:
    """The client's documents that a step can end in, the newest first; unsigned ones come last."""
    filed = documents.of_client(store, client_id)
    usable = [document for document in filed if document.state not in ("cancelled", "expired")]
    return sorted(
        usable,
        key=lambda document: (document.state not in SIGNED, _backwards(document.signed_on), -document.id),
    )


def trainings_for(store: Store, step: PlanStep) -> list[Training]:
    """The client's lessons that a step can end in, the fitting ones first, then those held last."""
    trainings = [
        training for training in ownership.trainings(store, step.client_id or 0) if training.state != "missed"
    ]
    return sorted(
        trainings,
        key=lambda training: (
            bool(unfit(store, step, training)),
            training.state not in HELD,
            _backwards(training.held_on),
            -training.id,
        ),
    )


def unfit(store: Store, step: PlanStep, training: Training) -> str:
    """Why a lesson is hardly the one that a step ends in, '' if nothing speaks against it.

    It is on another subject than the step where another lesson is on its subject; it was held before the plan
    began; or another step of the plan ended in it.
    """
    plan = rows.find(store, Plan, step.plan_id)
    if plan is not None and training.held_on and training.held_on < plan.started_on:
        return f"it was held on {training.held_on}, before the plan began"
    others = plans.ended_in(store, step.plan_id, training.id, but=step.id)
    if others:
        return f"“{others[0].title}” ended in it already"
    subject = _subject(f"{step.title} {step.wanted}")
    if subject & _subject(training.title):
        return ""
    of_subject = [
        other
        for other in ownership.trainings(store, step.client_id or 0)
        if other.state != "missed" and subject & _subject(other.title)
    ]
    return f"it is on another subject than “{of_subject[0].title}”" if of_subject else ""


def validate_fits(store: Store, step: PlanStep, training: Training) -> None:
    """Raise FieldProblems for a lesson against which something speaks; who ticks may say why it counts."""
    against = unfit(store, step, training)
    if against:
        raise FieldProblems(
            {
                "training_id": f"the lesson “{training.title}” hardly is what “{step.title}” ends in: "
                f"{against}. Choose another one, or write down why it counts."
            }
        )


def _subject(text: str) -> frozenset[str]:
    """The stems of the words that tell what a text is about."""
    return frozenset(word[:_STEM] for word in fold(text).split() if len(word) >= _STEM) - _TEACHING


def uninstalled(store: Store, client_id: int) -> tuple[list[Workplace], int]:
    """The client's workplaces that have no version or no date of it, and how many workplaces there are."""
    places = ownership.workplaces(store, client_id)
    return [place for place in places if not (place.installed_version and place.installed_on)], len(places)


def versions_text(store: Store, client_id: int) -> str:
    """What is installed where, in one line: `5.1 at 4 workplaces, 5.0 at 1`, the most common first."""
    counts: dict[str, int] = {}
    last = ""
    for place in ownership.workplaces(store, client_id):
        counts[place.installed_version] = counts.get(place.installed_version, 0) + 1
        last = max(last, place.installed_on or "")
    parts = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    named = ", ".join(
        f"{version} at {count}" + (" workplaces" if not place and count != 1 else " workplace" * (not place))
        for place, (version, count) in enumerate(parts)
    )
    return f"{named}, last on {last}" if last else named


def _date(step: PlanStep) -> dict[str, str]:
    try:
        date.fromisoformat(step.result)
    except ValueError:
        return {"result": f"“{step.title}” ends in a date{_wanted(step)}: write it, for example 12.12."}
    return {}


def _text(step: PlanStep, what: str) -> dict[str, str]:
    if step.result.strip():
        return {}
    return {"result": f"“{step.title}” ends in a result{_wanted(step)}: write down {what}."}


def _document(store: Store, step: PlanStep) -> dict[str, str]:
    if not step.document_id:
        return {
            "document_id": f"“{step.title}” ends in a signed document{_wanted(step)}: "
            "choose one of the client's, or register it in panel 2 first."
        }
    document = rows.get(store, Document, step.document_id)
    if document.client_id != step.client_id:
        return {"document_id": f"“{document.title}” is another client's document."}
    if document.state not in SIGNED:
        named = " ".join(filter(None, (document.title, document.number)))
        return {"document_id": f"“{named}” is {document.state}, not signed: have it signed first."}
    return {}


def _training(store: Store, step: PlanStep) -> dict[str, str]:
    if not step.training_id:
        return {
            "training_id": f"“{step.title}” ends in people trained{_wanted(step)}: "
            "choose a lesson of the client, or book it in panel 3 first."
        }
    training = rows.get(store, Training, step.training_id)
    if training.client_id != step.client_id:
        return {"training_id": f"“{training.title}” is another client's lesson."}
    if training.state not in HELD:
        return {"training_id": f"the lesson “{training.title}” is {training.state}: mark it held first."}
    return {}


def _version(store: Store, step: PlanStep) -> dict[str, str]:
    lacking, count = uninstalled(store, step.client_id or 0)
    if not count:
        return {
            "result": f"“{step.title}” ends in a version at each workplace, and none is on file: "
            "add the workplaces in panel 3 first."
        }
    if lacking:
        named = ", ".join(place.name for place in lacking[:3]) + (" …" if len(lacking) > 3 else "")
        return {"result": f"{len(lacking)} of {count} workplaces have no version or no date: {named}."}
    return {}


def _volume(store: Store, step: PlanStep) -> dict[str, str]:
    phase = rows.find(store, PlanPhase, step.phase_id) if step.phase_id else None
    if phase is None:
        return {"phase_id": f"“{step.title}” ends in a volume: say which phase it belongs to."}
    if phase.delivered_volume < (phase.agreed_volume or 1):
        agreed = f" of {phase.agreed_volume}" if phase.agreed_volume else ""
        return {
            "result": f"{phase.delivered_volume}{agreed} delivered in “{phase.title}”: "
            "record the rest first, or skip the step with a reason."
        }
    return {}


def _wanted(step: PlanStep) -> str:
    return f" ({step.wanted})" if step.wanted else ""


def _backwards(day: str | None) -> tuple[int, ...]:
    # Days are text: the newest first, while what stands beside it in the key goes up. None comes first.
    return tuple(-ord(letter) for letter in day or "")
