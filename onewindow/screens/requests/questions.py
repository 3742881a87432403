"""What each action on a request asks: its fields, what stands above them, what is done with the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from onewindow.desk.editing.parsing import read_value, typed_text
from onewindow.desk.people import departments
from onewindow.desk.requests import complaints, handing_off, merging, replies
from onewindow.desk.requests.assignment import RequestSnapshot, read_request
from onewindow.desk.requests.detail_view import promise_lines, promised_dates
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.desk.window.card_texts import manner_text
from onewindow.records.fields import Record, attribute_of
from onewindow.records.requests import HandOff, HandOffState, HandOffTarget, Request, RequestRelation, Task
from onewindow.screens.frame.action_box import Question, Values
from onewindow.store import rows
from onewindow.store.engine import Value
from onewindow.store.problems import NotFound, StoreProblem
from onewindow.widgets.field_spec import FieldSpec, Option
from onewindow.widgets.form_fields import YES

MERGE = "merge"
_SHOWN_PROMISES = 3
_TARGETS: dict[HandOffTarget, str] = {
    "internal": "a department",
    "sales": "sales: a lead",
    "finance": "finance: a debt",
}
_JOINTS: dict[str, str] = {
    MERGE: "is a duplicate: merge it",
    "related": "belongs to it",
    "repeat": "repeats it",
    "caused_by": "was caused by it",
    "duplicate": "says the same, both stay",
}


def reply(session: Session, request: Request) -> Question:
    """The answer to the client, under what they were promised and how they want to be spoken to."""
    snapshot = read_request(session, request.id)
    whom = snapshot.contact.name if snapshot.contact else snapshot.client.name

    def do(typed: Values) -> str:
        then = "us" if typed["then"] == "us" else "client"
        replies.reply_to(session, request, _said(typed["text"], "Write what you answer."), then)
        return f"Answered {naming.title_of(request)}"

    return Question(
        title=f"R-{request.number}: answer {whom}",
        fields=(
            FieldSpec("text", "answer", "long_text", required=True),
            FieldSpec(
                "then",
                "acts next",
                "choice",
                choices=(("client", "client"), ("us", "us")),
                never_empty=True,
                help="us: there is more to do before they have what they asked for",
            ),
        ),
        do=do,
        draft=_draft("reply", request),
        letter_of=request,
        purpose="reply",
        above=_in_sight(session, snapshot),
        first={"then": "client"},
    )


def one_text(
    session: Session,
    request: Request,
    verb: str,
    label: str,
    do: Callable[[Session, Request, str], object],
    done: str,
    *,
    needed: str = "",
) -> Question:
    """An action that asks for one text; `needed` is what to say when it is missing, '' if it may be."""

    def answer(typed: Values) -> str:
        do(session, request, _said(typed["text"], needed) if needed else typed["text"].strip())
        return f"{done} {naming.title_of(request)}"

    spec = FieldSpec("text", label, "long_text", required=bool(needed))
    title = f"R-{request.number}: {verb}"
    return Question(title, (spec,), answer, _draft(verb, request))


def resolve(session: Session, request: Request) -> Question:
    """What the client got, the minutes, and the cause, which a complaint needs."""
    snapshot = read_request(session, request.id)
    is_complaint = request.request_kind == "complaint"

    def do(typed: Values) -> str:
        minutes = _read(session, Request, "minutes", "minutes", typed["minutes"])
        replies.resolve_with(
            session, request, typed["result"].strip(), int(minutes or 0), typed["cause"].strip()
        )
        return f"Resolved {naming.title_of(request)}"

    return Question(
        title=f"R-{request.number}: resolve",
        fields=(
            FieldSpec("result", "what the client got", "long_text"),
            FieldSpec("minutes", "minutes spent now", "number"),
            FieldSpec(
                "cause", "cause", required=is_complaint, later=not is_complaint, help="what it came from"
            ),
        ),
        do=do,
        draft=_draft("resolve", request),
        letter_of=request,
        purpose="resolved",
        above=_in_sight(session, snapshot),
        first={"result": request.result, "cause": request.cause},
        focus="result",
    )


def date(session: Session, request: Request) -> Question:
    """The date that the client is given; from the second one on with the reason."""
    snapshot = read_request(session, request.id)

    def do(typed: Values) -> str:
        at = str(_read(session, Request, "promised_at", "promised_at", typed["promised_at"]) or "")
        if not at:
            raise FieldProblems({"promised_at": "name the date that the client is given."})
        if request.promised_at and not typed["reason"].strip():
            raise FieldProblems({"reason": "the date moves: say why, so that the client can be told."})
        replies.promise_for(session, request, at, typed["reason"].strip())
        return f"Date given for {naming.title_of(request)}"

    known = promised_dates(session, snapshot)
    return Question(
        title=f"R-{request.number}: date for the client",
        fields=(
            FieldSpec(
                "promised_at", "promised for", "time", required=True, hint="day.month hour:minute, fri 15:00"
            ),
            FieldSpec("reason", "why it moves" if known else "reason", required=bool(known)),
        ),
        do=do,
        draft=_draft("date", request),
        above=tuple(known[-_SHOWN_PROMISES:]),
        first={"promised_at": typed_text(session, request, attribute_of(Request, "promised_at"))},
        focus="promised_at",
    )


def assign(session: Session, request: Request) -> Question:
    """Who has the request from now on, and why."""

    def do(typed: Values) -> str:
        staff_id = _reference(typed, "staff", "name who is to do it.")
        replies.assign_to(session, request, staff_id, typed["reason"].strip())
        return f"{naming.title_of(request)} to {naming.label(session, 'staff', staff_id)}"

    return Question(
        title=f"R-{request.number}: give it to whom?",
        fields=(_staff(session, "staff", "to whom", required=True), FieldSpec("reason", "reason")),
        do=do,
        draft=_draft("assign", request),
    )


def hand_off(session: Session, request: Request) -> Question:
    """What goes to which side, by when, and what the client is told of it."""

    def do(typed: Values) -> str:
        asked = HandOff(
            request_id=request.id,
            target=_target(typed["target"]),
            department=departments.named(session, typed["department"], is_new=typed["is_new"] == YES),
            what=_said(typed["what"], "say what is to be done.", "what"),
            assignee_id=int(typed["assignee"]) if typed["assignee"] else None,
            target_min=int(_read(session, HandOff, "target_min", "target_min", typed["target_min"]) or 0),
        )
        if asked.target == "internal" and not asked.department:
            raise FieldProblems({"department": "name the department that is to do it."})
        stored = handing_off.hand_off(session, asked, typed["told"])
        return f"{naming.title_of(request)} to {stored.department}"

    return Question(
        title=f"R-{request.number}: hand off",
        fields=(
            FieldSpec("what", "what is to be done", "long_text", required=True),
            FieldSpec(
                "target",
                "to",
                "choice",
                choices=tuple(_TARGETS.items()),
                never_empty=True,
                help="a lead or a debt stays in sight until that side confirms",
            ),
            FieldSpec(
                "department",
                "department",
                "reference",
                suggest=lambda text: departments.suggest(session, text),
                help="those in use and of the settings; ctrl+o lists them",
            ),
            FieldSpec("is_new", "a new department", "flag", help="nobody has used its name before"),
            _staff(session, "assignee", "who does it"),
            FieldSpec("target_min", "within open minutes", "number"),
            FieldSpec("told", "what the client is told", "long_text", help="who answers from now on"),
        ),
        do=do,
        draft=_draft("hand off", request),
        first={"target": "internal", "target_min": str(handing_off.TARGET_MINUTES)},
    )


def move_hand_off(session: Session, part: HandOff, state: HandOffState) -> Question:
    """What the other side said as a hand-off goes on."""

    def do(typed: Values) -> str:
        handing_off.move_on(session, part, state, typed["answer"])
        return f"{part.department or part.target}: {state} “{part.what}”"

    needed = state in ("returned", "dropped")
    return Question(
        title=f"{part.department or part.target}: {part.what}: {state}",
        fields=(FieldSpec("answer", "why" if needed else "what they said", "long_text", required=needed),),
        do=do,
        draft=f"hand-off {part.id} {state}",
    )


def tell_client(session: Session, part: HandOff) -> Question:
    """What the client is told of a lead or a debt that another side has now."""
    request = rows.get(session.store, Request, part.request_id)
    snapshot = read_request(session, request.id)

    def do(typed: Values) -> str:
        handing_off.tell_client(session, part, typed["text"])
        return f"The client knows that {part.department} answers now"

    return Question(
        title=f"R-{request.number}: tell the client who answers now",
        fields=(FieldSpec("text", "what the client is told", "long_text", required=True),),
        do=do,
        draft=f"hand-off {part.id} told",
        above=_in_sight(session, snapshot),
    )


def split(session: Session, request: Request) -> Question:
    """What the part is called that becomes a request of its own."""

    def do(typed: Values) -> str:
        title = _said(typed["title"], "write what the part is called.", "title")
        part = merging.split(session, request, title, typed["text"].strip())
        return f"New request {naming.title_of(part)}"

    return Question(
        title=f"R-{request.number}: split a part off",
        fields=(
            FieldSpec("title", "the part", required=True, more_into="text"),
            FieldSpec("text", "details", "long_text"),
        ),
        do=do,
        draft=_draft("split", request),
    )


def join(session: Session, request: Request) -> Question:
    """The other request, and how both belong together."""

    def do(typed: Values) -> str:
        other = rows.get(
            session.store, Request, _reference(typed, "other", "name the other request of this client.")
        )
        how = typed["how"]
        if how == MERGE:
            merging.merge(session, request, other)
            return f"Merged {naming.title_of(request)} into R-{other.number}"
        merging.link(session, request, other, _relation(how), typed["note"].strip())
        return f"Linked R-{request.number} and R-{other.number}"

    def suggest(text: str) -> list[Option]:
        suggested = naming.suggest(session, "request", text, request.client_id)
        return [option for option in suggested if option[0] != str(request.id)]

    return Question(
        title=f"R-{request.number}: join with another request",
        fields=(
            FieldSpec("other", "other request", "reference", required=True, suggest=suggest),
            FieldSpec("how", "this one", "choice", choices=tuple(_JOINTS.items()), never_empty=True),
            FieldSpec("note", "note", help="what both have in common"),
        ),
        do=do,
        draft=_draft("join", request),
        first={"how": MERGE},
    )


def corrective_task(session: Session, request: Request) -> Question:
    """What is done so that it does not happen again, by when and by whom."""

    def do(typed: Values) -> str:
        what = _said(typed["what"], "write what is done so that it does not happen again.", "what")
        due = str(_read(session, Task, "due_on", "due_on", typed["due_on"]) or "")
        if not due:
            raise FieldProblems({"due_on": "name the day by which it is done."})
        who = int(typed["assignee"]) if typed["assignee"] else None
        complaints.correct(session, request, what, due, who)
        return f"Corrective action for {naming.title_of(request)}"

    return Question(
        title=f"R-{request.number}: corrective action",
        fields=(
            FieldSpec("what", "what is done", required=True),
            FieldSpec("due_on", "by", "date", required=True, hint="day.month"),
            _staff(session, "assignee", "who does it"),
        ),
        do=do,
        draft=_draft("correct", request),
    )


def _in_sight(session: Session, snapshot: RequestSnapshot) -> tuple[str, ...]:
    """Whom one writes to, and the client's promises: three at most, late ones first."""
    contact = snapshot.contact
    person = " ".join(part for part in (contact.name, manner_text(contact)) if part) if contact else ""
    promises = promise_lines(session, snapshot)
    more = len(promises) - _SHOWN_PROMISES
    rest = (f"+ {more} more promises",) if more > 0 else ()
    return tuple(part for part in (person, *promises[:_SHOWN_PROMISES], *rest) if part)


def _staff(session: Session, name: str, label: str, *, required: bool = False) -> FieldSpec:
    def suggest(text: str) -> list[Option]:
        if text.isdecimal() and len(text) > 9:
            return [(text, naming.label(session, "staff", int(text)))]
        return naming.suggest(session, "staff", text)

    return FieldSpec(name, label, "reference", required=required, suggest=suggest)


def _draft(verb: str, request: Request) -> str:
    return f"{verb} request {request.id}"


def _said(text: str, sentence: str, field: str = "text") -> str:
    if not text.strip():
        raise FieldProblems({field: sentence})
    return text.strip()


def _read(session: Session, record: type[Record], name: str, field: str, text: str) -> Value:
    try:
        return read_value(session, attribute_of(record, name), text)
    except (ValueError, NotFound) as error:
        raise FieldProblems({field: str(error)}) from error


def _reference(typed: Mapping[str, str], field: str, sentence: str) -> int:
    if not typed[field].isdecimal():
        raise FieldProblems({field: sentence})
    return int(typed[field])


def _target(word: str) -> HandOffTarget:
    return "sales" if word == "sales" else "finance" if word == "finance" else "internal"


def _relation(word: str) -> RequestRelation:
    for relation in merging.RELATION_WORDS:
        if relation == word:
            return relation
    raise StoreProblem("Choose how the two belong together.")
