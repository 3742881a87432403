"""What was understood of a line, part by part, as both faces show it, and what each part could be instead."""

from __future__ import annotations

from onewindow.desk.people.routing import ANYBODY
from onewindow.desk.requests.intake import ParsedLine, ParsedValue
from onewindow.desk.session.context import Session
from onewindow.desk.session.naming import title_of
from onewindow.records.fields import attribute_of
from onewindow.records.requests import Request
from onewindow.records.structs import frozen_struct
from onewindow.text.dates import parse_utc, relative, to_local
from onewindow.text.layout.cells import Tone

Option = tuple[str, str]
"""A value to choose, and how people read it."""
_SHOWN_DETAILS = 200
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@frozen_struct
class PreviewLine:
    """One part: what it is, what was understood, why, and how many other readings it has."""

    role: str
    label: str
    text: str
    why: str
    others: int = 0
    tone: Tone = ""
    request_id: int | None = None
    """The open request that looks alike, where the line is about one."""


def preview(session: Session, line: ParsedLine) -> list[PreviewLine]:
    """The parts of a line in the order in which they are checked, then open requests that look alike."""
    lines = [
        _client(session, line),
        PreviewLine("title", "what", line.title or "nothing yet", "", tone="" if line.title else "warn"),
        _line(session, line, "kind", "kind", line.kind.value, line.kind),
        _line(session, line, "priority", "priority", line.priority.value, line.priority),
        _assignee(session, line),
        _promised(session, line),
    ]
    if line.contacts or line.contact.value:
        lines.append(_contact(session, line))
    if line.tags:
        lines.append(PreviewLine("tag", "tags", line.tags, ""))
    if line.department_offered:
        lines.append(_department(session, line))
    lines.extend(
        PreviewLine(
            "alike", "open already", title_of(similar), _where(session, similar), 0, "warn", similar.id
        )
        for similar in line.alike
    )
    return lines


def details_line(details: str) -> list[PreviewLine]:
    """The part that says how much text came with the line, none where none did."""
    lines = [line for line in details.split("\n") if line.strip()]
    if not lines:
        return []
    count = f"{len(lines)} line{'s' if len(lines) > 1 else ''}"
    return [PreviewLine("details", "details", " ".join(lines[0][:_SHOWN_DETAILS].split()), count)]


def options(session: Session, line: ParsedLine, role: str) -> list[Option]:
    """Everything that a part could be, what it is now among it; none for a part that is only text."""
    match role:
        case "client":
            hits = [(str(hit.client_id), f"{hit.name} C-{hit.number}") for hit in line.candidates]
            shown = [(str(line.client.id), line.client.name)] if line.client else []
            # The client on the screen is offered too, once, behind those that the line names.
            return list(dict([*hits, *(s for s in shown if s[0] not in dict(hits))]).items())
        case "kind":
            return [(kind, kind) for kind in attribute_of(Request, "request_kind").choices]
        case "priority":
            return [(priority, priority) for priority in attribute_of(Request, "priority").choices]
        case "assignee":
            people = [(str(staff_id), session.directory.name(staff_id)) for staff_id in line.colleagues]
            return [*people, ("", ANYBODY)]
        case "contact":
            return [*((str(contact.id), contact.name) for contact in line.contacts), ("", "nobody named")]
        case "promised":
            return [(line.promised_read, "as typed"), ("", "no promise")] if line.promised_read else []
        case "department":
            return [(line.department_offered, line.department_offered), ("", "not passed on")]
        case _:
            return []


def current(line: ParsedLine, role: str) -> str:
    """The value that a part has now."""
    if role == "client":
        return str(line.client.id) if line.client else ""
    parsed = getattr(line, role)
    return parsed.value if isinstance(parsed, ParsedValue) else ""


def local_moment(session: Session, at: str) -> str:
    """A stored time as people check it: `Fri 27.11 18:00`."""
    local = to_local(at, session.zone)
    return f"{_DAYS[local.weekday()]} {local:%d.%m %H:%M}"


def _line(
    session: Session, line: ParsedLine, role: str, label: str, text: str, parsed: ParsedValue
) -> PreviewLine:
    tone: Tone = "dim" if parsed.why.startswith("guess") or not parsed.why else ""
    return PreviewLine(role, label, text, parsed.why, _others(session, line, role), tone)


def _others(session: Session, line: ParsedLine, role: str) -> int:
    return sum(value != current(line, role) for value, _ in options(session, line, role))


def _client(session: Session, line: ParsedLine) -> PreviewLine:
    others = _others(session, line, "client")
    if line.client is None:
        names = ", ".join(f"{hit.name} C-{hit.number}" for hit in line.candidates[:3])
        return PreviewLine(
            "client", "client", names or "not named yet", "which one?" if names else "", others, "warn"
        )
    spoken = line.spoke_last
    last = (
        f"last spoke {session.directory.surname(spoken.staff_id)}, {to_local(spoken.at, session.zone):%d.%m}"
        if spoken
        else ""
    )
    why = "; ".join(part for part in (last, line.client_why) if part)
    return PreviewLine("client", "client", f"{line.client.name} C-{line.client.number}", why, others)


def _assignee(session: Session, line: ParsedLine) -> PreviewLine:
    parsed = line.assignee
    name = session.directory.name(int(parsed.value)) if parsed.value else ANYBODY
    doubt = next((text for text in line.problems if "@" in text), "")
    text = name if line.client or parsed.value else "not known yet"
    tone: Tone = "warn" if doubt else ""
    return PreviewLine(
        "assignee", "who takes it", text, doubt or parsed.why, _others(session, line, "assignee"), tone
    )


def _promised(session: Session, line: ParsedLine) -> PreviewLine:
    at = line.promised.value
    if not at:
        others = _others(session, line, "promised")
        return PreviewLine("promised", "promised for", "nothing promised", "", others, "dim")
    why = relative(parse_utc(at), session.now())
    return PreviewLine("promised", "promised for", local_moment(session, at), why, 1)


def _contact(session: Session, line: ParsedLine) -> PreviewLine:
    named = next((c for c in line.contacts if str(c.id) == line.contact.value), None)
    others = _others(session, line, "contact")
    if named is None:
        return PreviewLine("contact", "who asked", "nobody named", "", others, "dim")
    why = "; ".join(part for part in (line.contact.why, named.manner) if part)
    return PreviewLine("contact", "who asked", named.name, why, others)


def _department(session: Session, line: ParsedLine) -> PreviewLine:
    parsed = line.department
    what = "a lead" if line.department_offered == "sales" else "a debt"
    text = f"to {parsed.value}" if parsed.value else "not passed on"
    why = parsed.why or f"{what} goes to {line.department_offered}"
    return PreviewLine(
        "department", "hand off", text, f"{what}; {why}", _others(session, line, "department"), "warn"
    )


def _where(session: Session, request: Request) -> str:
    who = session.directory.surname(request.assignee_id) or "nobody"
    return f"{request.status}, {who}, {to_local(request.opened_at, session.zone):%d.%m}"
