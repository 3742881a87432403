"""A call with a client: what is known before it, and its outcome, stored in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onewindow.desk.editing import changing
from onewindow.desk.editing.parsing import read_value
from onewindow.desk.requests.intake import Intake, ParsedLine
from onewindow.desk.requests.registering import Registered, register_in
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.templates.scripts import mark_step_in
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.clients import Client, Contact
from onewindow.records.feedback import Feedback, Opportunity
from onewindow.records.fields import Attribute, Record, attribute_of
from onewindow.records.messages import ScriptMarkState, ScriptStep
from onewindow.records.requests import HandOff, Request, Touch
from onewindow.records.structs import frozen_struct
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.problems import NotFound
from onewindow.text.capture.hints import guessed_department

REQUEST, FEEDBACK, OPPORTUNITY, HAND_OFF = "request", "feedback", "opportunity", "hand_off"
DEPARTMENTS = ("", "sales", "finance")
_READ: dict[str, tuple[type[Record], str]] = {
    "contact_id": (Touch, "contact_id"),
    "direction": (Touch, "direction"),
    "mood": (Touch, "mood"),
    "need": (Touch, "need"),
    "fact": (Touch, "fact"),
    "minutes": (Touch, "minutes"),
    "needs_lead": (Request, "needs_lead"),
    FEEDBACK: (Feedback, "quote"),
    "feedback_kind": (Feedback, "feedback_kind"),
    "competitor": (Feedback, "competitor"),
    OPPORTUNITY: (Opportunity, "title"),
    "amount": (Opportunity, "amount"),
}
"""Field of the outcome -> the field of the record that it fills."""
FIELDS = ("contact_id", "need", "fact", "mood", REQUEST, "needs_lead", HAND_OFF)
MORE_FIELDS = (FEEDBACK, "feedback_kind", OPPORTUNITY, "amount", "competitor", "minutes", "direction")


@frozen_struct
class Mark:
    """What was done with a step of the script while the talk is not stored yet; a skipped one says why."""

    step: ScriptStep
    state: ScriptMarkState
    note: str = ""


@frozen_struct
class Called:
    """What came of a call."""

    touch: Touch
    request: Request | None
    feedback: Feedback | None
    opportunity: Opportunity | None
    hand_off: HandOff | None


def described(field: str) -> Attribute | None:
    """The description of the field that a field of the outcome fills; None for our own two."""
    return attribute_of(*_READ[field]) if field in _READ else None


def heard_department(typed: Mapping[str, str]) -> str:
    """Sales or finance if the words of a call tell of a lead or a debt, else ''."""
    words = " ".join(typed.get(name, "") for name in ("need", "fact", REQUEST)).replace("#", " ")
    return guessed_department(words.split())[0]


def record_call(
    session: Session,
    client: Client,
    typed: Mapping[str, str],
    marks: Sequence[Mark] = (),
    seconds: int = 0,
) -> Called:
    """Store a call with all that was said: touch, request, feedback, opportunity; one undo takes it back.

    `typed` has texts by the names of FIELDS and MORE_FIELDS; `seconds` is how long the call was typed.
    Raises FieldProblems with one sentence a field, or StoreProblem; then nothing is stored.
    """
    values, line = _read(session, client, typed)

    def work(transaction: Transaction) -> Called:
        made = _request(session, transaction, line, values, seconds)
        touch = changing.insert_in(session, transaction, _touch(session, client, typed, values, made))
        for mark in marks:
            mark_step_in(
                session, transaction, mark.step, mark.state, mark.note, client_id=client.id, touch=touch
            )
        feedback = _feedback(session, transaction, client, values)
        opportunity = _opportunity(session, transaction, client, values)
        transaction.relabel(f"call with {client.name}: {touch.text}")
        request = made.request if made else None
        return Called(touch, request, feedback, opportunity, made.hand_off if made else None)

    return session.change(f"call with {client.name}", work).result


def last_mood(touches: Sequence[Touch], contact: Contact | None) -> Touch | None:
    """The last touch in which the mood of this person, or of anybody, is noted; they come newest first."""
    return next((t for t in touches if t.mood and (contact is None or t.contact_id == contact.id)), None)


def _read(
    session: Session, client: Client, typed: Mapping[str, str]
) -> tuple[dict[str, Value], ParsedLine | None]:
    values: dict[str, Value] = {}
    errors: dict[str, str] = {}
    for name, text in typed.items():
        if not text.strip() or name not in _READ:
            continue
        try:
            values[name] = read_value(
                session, attribute_of(*_READ[name]), text, client.id, session.settings.currency
            )
        except (ValueError, NotFound) as error:
            errors[name] = str(error)
    asked, target = typed.get(REQUEST, "").strip(), typed.get(HAND_OFF, "").strip()
    if target not in DEPARTMENTS:
        errors[HAND_OFF] = "a hand-off from a call goes to sales or finance."
    if target and not asked:
        asked = str(values.get("need") or "")
        if not asked:
            errors[REQUEST] = f"say what {target} shall do."
    line = _line(session, client, asked, target, values) if asked else None
    if line is not None and line.problems:
        errors[REQUEST] = line.problems[0]
    if values.get("needs_lead") and line is None:
        errors.setdefault(REQUEST, "a lead looks at requests: say here what it is about.")
    if values.get("amount") is not None and OPPORTUNITY not in values:
        errors[OPPORTUNITY] = "say what the amount is for."
    if not errors and line is None and not values.keys() & {"need", "fact", FEEDBACK, OPPORTUNITY}:
        errors["need"] = "say what they need, or what you learnt."
    if errors:
        raise FieldProblems(errors)
    return values, line


def _line(
    session: Session, client: Client, text: str, target: str, values: Mapping[str, Value]
) -> ParsedLine:
    chosen = {"client": str(client.id)}
    if target:
        chosen["department"] = target
    if values.get("contact_id"):
        chosen["contact"] = str(values["contact_id"])
    return Intake(session, client.id).understand(text, chosen)


def _request(
    session: Session,
    transaction: Transaction,
    line: ParsedLine | None,
    values: Mapping[str, Value],
    seconds: int,
) -> Registered | None:
    if line is None:
        return None
    return register_in(session, transaction, line, seconds, {"needs_lead": values.get("needs_lead") or 0})


def _touch(
    session: Session,
    client: Client,
    typed: Mapping[str, str],
    values: Mapping[str, Value],
    made: Registered | None,
) -> Touch:
    answers = [str(values.get(name) or "") for name in ("need", "fact")]
    answers += [naming.title_of(made.request)] if made else []
    answers += [typed.get(name, "").strip() for name in (FEEDBACK, OPPORTUNITY)]
    fields: dict[str, Value] = {
        name: values[name]
        for name in ("contact_id", "direction", "mood", "need", "fact", "minutes")
        if name in values
    }
    text = "; ".join(part for part in answers if part)
    blank = Touch(client_id=client.id, text=text, at=session.now_text(), staff_id=session.me.id)
    return blank.with_changes(fields | ({"request_id": made.request.id} if made else {}))


def _feedback(
    session: Session, transaction: Transaction, client: Client, values: Mapping[str, Value]
) -> Feedback | None:
    if FEEDBACK not in values:
        return None
    blank = Feedback(client_id=client.id, said_on=session.today().isoformat(), staff_id=session.me.id)
    values_: dict[str, Value] = {"quote": values[FEEDBACK]}
    values_ |= {
        name: values[name] for name in ("feedback_kind", "competitor", "contact_id") if name in values
    }
    return changing.insert_in(session, transaction, blank.with_changes(values_))


def _opportunity(
    session: Session, transaction: Transaction, client: Client, values: Mapping[str, Value]
) -> Opportunity | None:
    if OPPORTUNITY not in values:
        return None
    blank = Opportunity(
        client_id=client.id,
        currency=session.settings.currency,
        assignee_id=session.me.id,
        evidence="said in a call",
    )
    values_ = {"title": values[OPPORTUNITY], "amount": values.get("amount")}
    return changing.insert_in(session, transaction, blank.with_changes(values_))
