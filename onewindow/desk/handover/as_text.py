"""A whole handover as plain text, as Markdown to be sent on, and as values with stable names."""

from __future__ import annotations

from onewindow.desk.handover.changes import FieldChange
from onewindow.desk.handover.content import Content, content_from, news
from onewindow.desk.handover.summary import HandoverSnapshot, is_unread
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.when import When, when_at
from onewindow.desk.window.show_json import Values, clock_values, record_values
from onewindow.metrics.handover.completeness import Line
from onewindow.records.clients import Promise
from onewindow.records.handover import MARKS, HandoverItem
from onewindow.records.kinds import KINDS
from onewindow.text.clean import clean
from onewindow.text.layout.width import wrap

MARK_OF_STATE = {"present": "+", "missing": "-", "not_needed": "o"}
"""The sign before an item: there, missing, not needed; a blocker that is missing has `!`."""
SPOKEN = {
    "sent": "waits for a decision",
    "accepted": "accepted",
    "accepted_with_debts": "accepted with debts",
    "returned": "returned to sales",
}
_INDENT = "  "


def heading(session: Session, snapshot: HandoverSnapshot) -> list[str]:
    """Client, deal, state with its clock, completeness, who gives and who receives."""
    handover, names = snapshot.handover, session.directory
    moment = when_at(session, session.now())
    state = SPOKEN[handover.state]
    if handover.state == "sent":
        state += f", {moment.clock(snapshot.clock)}" if snapshot.clock else ""
    elif handover.decided_at:
        state += (
            f" {moment.moment(handover.decided_at)} by {names.name(handover.decided_by_id) or 'somebody'}"
        )
    if handover.reason:
        state += f": {handover.reason}"
    people = (
        f"{names.name(handover.sales_id) or 'sales'} → {names.name(handover.receiver_id) or 'nobody yet'}"
    )
    return [
        f"{snapshot.client.name}, {handover.deal}",
        state,
        f"{people}, sent {moment.day(handover.sent_on)}, {complete_text(snapshot)}",
    ]


def complete_text(snapshot: HandoverSnapshot) -> str:
    """How complete it is: `66 % complete, 3 missing, 2 blockers`."""
    checklist = snapshot.checklist
    parts = [f"{checklist.percent} % complete"]
    if checklist.missing:
        parts.append(f"{len(checklist.missing)} missing")
    if checklist.blockers:
        parts.append(f"{len(checklist.blockers)} blocker{'s' if len(checklist.blockers) > 1 else ''}")
    return ", ".join(parts)


def sign_of(line: Line) -> str:
    """The sign before an item of the checklist."""
    return "!" if line.state == "missing" and line.is_blocker else MARK_OF_STATE[line.state]


def line_text(line: Line) -> str:
    """An item with what is there or missing, or the word on it."""
    details = line.reason or ", ".join(line.missing if line.state == "missing" else line.found)
    return f"{line.title}: {details}" if details and details != line.title else line.title


def question_text(session: Session, snapshot: HandoverSnapshot, item: HandoverItem) -> str:
    """A question with its clock and its answer."""
    names = session.directory
    whom = names.surname(item.asked_of_id) or "sales"
    state = {"asked": "not answered", "answered": "answered", "present": "settled"}.get(
        item.state, item.state
    )
    clock = snapshot.clock_of(item)
    moment = when_at(session, session.now())
    timed = f", {moment.clock(clock)}" if clock and (clock.live or clock.state == "breached") else ""
    again = ", asked again" if item.reopens_id else ""
    said = f": {item.answer}" if item.answer else ""
    return f"{item.title} ({whom}, {state}{timed}{again}){said}"


def change_text(change: FieldChange) -> str:
    """One field of a package against the card: `phone: +7 … → +7 …`."""
    what = f"{KINDS[change.kind].display_name} {change.title}, {change.label}"
    if change.standing == "new":
        return f"{what}: {change.after}"
    if change.standing == "conflict":
        card = f"was {change.before or 'empty'}, card now {change.now or 'empty'}"
        return f"{what}: {card}, package {change.after}"
    return f"{what}: {change.before or 'empty'} → {change.after}"


def change_lines(snapshot: HandoverSnapshot) -> list[str]:
    """What is still to be taken over: a new record in one line, a changed one field by field."""
    lines: list[str] = []
    whole: dict[int, list[FieldChange]] = {}
    for change in snapshot.open_differences:
        if change.standing == "new":
            whole.setdefault(change.place, []).append(change)
        else:
            lines.append(change_text(change))
    for fields in whole.values():
        fields_text = ", ".join(f"{change.label} {change.after}" for change in fields)
        lines.append(f"new {KINDS[fields[0].kind].display_name} {fields[0].title}: {fields_text}")
    return lines


def handover_text(session: Session, snapshot: HandoverSnapshot, width: int = 80) -> str:
    """The whole handover as cleaned lines of `width` cells."""
    blocks = [[title.upper(), *lines] for title, lines in _blocks(session, snapshot) if lines]
    parts = [heading(session, snapshot), *blocks]
    return "\n\n".join("\n".join(_wrapped(block, width)) for block in parts) + "\n"


def handover_markdown(session: Session, snapshot: HandoverSnapshot) -> str:
    """The same in Markdown, to be sent or kept beside the contract."""
    first, *others = heading(session, snapshot)
    parts = [f"# {_safe(first)}", *(_safe(line) for line in others)]
    for title, lines in _blocks(session, snapshot):
        if lines:
            parts.append(f"## {title[:1].upper()}{title[1:]}")
            parts.append("\n".join(f"- {_safe(line)}" for line in lines))
    return "\n\n".join(parts) + "\n"


def handover_json(session: Session, snapshot: HandoverSnapshot) -> Values:
    """The handover's own fields, beside them the checklist, questions, terms, changes and observations."""
    checklist, clock = snapshot.checklist, snapshot.clock
    return {
        **record_values(snapshot.handover),
        "client": snapshot.client.name,
        "salesperson": session.directory.name(snapshot.handover.sales_id),
        "receiver": session.directory.name(snapshot.handover.receiver_id),
        "is_closed": snapshot.is_closed,
        "completeness": checklist.percent,
        "blockers": [line.topic or line.title for line in checklist.blockers],
        "clock": clock_values(clock) if clock else None,
        "checklist": [
            {
                "topic": line.topic or None,
                "title": line.title,
                "state": line.state,
                "is_blocker": line.is_blocker,
                "found": list(line.found),
                "lacks": list(line.missing),
                "reason": line.reason or None,
            }
            for line in checklist.lines
        ],
        "questions": [
            {
                **record_values(item),
                "clock": clock_values(question_clock)
                if (question_clock := snapshot.clock_of(item))
                else None,
            }
            for item in snapshot.questions
        ],
        "terms": [
            {**record_values(term), "is_acknowledged": not is_unread(term, snapshot.handover.sent_at or "")}
            for term in snapshot.terms
        ],
        "changes": [vars(change) for change in snapshot.differences],
        "packages": [
            {"attempt": package.attempt, "source": package.source, "sent_at": package.created_at}
            for package in snapshot.packages
        ],
        "observations": [record_values(observation) for observation in snapshot.observations],
    }


def content_markdown(name: str, content: Content, new: list[str]) -> str:
    """The package of a card in Markdown, with what is new since the package before it."""
    parts = [f"# {_safe(name)}"]
    if new:
        parts += ["## New since the last package", "\n".join(f"- {_safe(line)}" for line in new)]
    for section, entries in content.items():
        lines = [", ".join(f"{label}: {text}" for label, text in entry.items()) for entry in entries]
        parts += [f"## {section.title()}", "\n".join(f"- {_safe(line)}" for line in lines)]
    return "\n\n".join(parts) + "\n"


def _blocks(session: Session, snapshot: HandoverSnapshot) -> list[tuple[str, list[str]]]:
    moment = when_at(session, session.now())
    since = snapshot.handover.sent_at or ""
    return [
        ("checklist", [f"{sign_of(line)} {line_text(line)}" for line in snapshot.checklist.lines]),
        (
            "questions to sales",
            [
                f"{number}. {question_text(session, snapshot, item)}"
                for number, item in enumerate(snapshot.questions, 1)
            ],
        ),
        (
            "special terms",
            [
                f"{'?' if is_unread(term, since) else '+'} {_term_text(session, moment, term)}"
                for term in snapshot.terms
            ],
        ),
        (
            "changes to the card",
            change_lines(snapshot),
        ),
        ("new since the package before", _news(snapshot)),
        ("introduction meeting", _meeting(moment, snapshot)),
        ("client's mark", _mark(session, snapshot)),
        (
            "observations",
            [_observation(session, moment, snapshot, n) for n in range(len(snapshot.observations))],
        ),
        (
            "sent",
            [
                f"{package.attempt}. {package.source}, {moment.moment(package.created_at)}"
                for package in snapshot.packages
            ],
        ),
    ]


def _term_text(session: Session, moment: When, term: Promise) -> str:
    due = f", by {moment.day(term.due_on)}" if term.due_on else ""
    giver = session.directory.surname(term.given_by_id)
    details = ", ".join(part for part in (giver, term.evidence) if part)
    return f"{term.text}{due}" + (f" ({details})" if details else "")


def _news(snapshot: HandoverSnapshot) -> list[str]:
    """What the last package says otherwise than the one before it."""
    if len(snapshot.packages) < 2:
        return []
    last, before = snapshot.packages[:2]
    return news(content_from(before.content), content_from(last.content))


def _meeting(moment: When, snapshot: HandoverSnapshot) -> list[str]:
    handover = snapshot.handover
    parts = {
        "on": moment.day(handover.meeting_on) if handover.meeting_on else "",
        "form": handover.meeting_form,
        "led by": handover.meeting_led_by,
        "took part": handover.meeting_people,
        "wished by": handover.meeting_initiative,
        "said": handover.meeting_notes,
    }
    return [f"{name}: {text}" for name, text in parts.items() if text]


def _mark(session: Session, snapshot: HandoverSnapshot) -> list[str]:
    handover, names = snapshot.handover, session.directory
    if handover.satisfaction is None:
        return []
    said = f": «{handover.satisfaction_said}»" if handover.satisfaction_said else ""
    whose = ", ".join(name for name in map(names.surname, (handover.sales_id, handover.receiver_id)) if name)
    return [f"{handover.satisfaction} of 5 for {whose or 'both departments'}{said}"]


def _observation(session: Session, moment: When, snapshot: HandoverSnapshot, place: int) -> str:
    observation = snapshot.observations[place]
    marks = [getattr(observation, name) for name in MARKS]
    given = " ".join("–" if mark is None else str(mark) for mark in marks)
    who = session.directory.surname(observation.observer_id) or "somebody"
    said = f": {observation.comment}" if observation.comment else ""
    return f"{moment.day(observation.observed_on)} {who} {given}{said}"


def _wrapped(block: list[str], width: int) -> list[str]:
    head, *lines = block
    rows = wrap(clean(head), width) or [""]
    for line in lines:
        first, *others = wrap(clean(line), width - len(_INDENT)) or [""]
        rows += [first, *(_INDENT + other for other in others)]
    return rows


def _safe(text: str) -> str:
    """A line of Markdown: what would begin a heading, a list or a tag is text."""
    plain = clean(text).replace("<", "&lt;").replace("|", "\\|")
    return plain.replace("*", "\\*").replace("_", "\\_").replace("`", "\\`").replace("[", "\\[")
