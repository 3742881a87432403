"""The whole window as plain text, one item a line: for `onewindow client show` and for screen readers."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.desk.session.context import Session
from onewindow.desk.sla.reassignments import reassignments_of_client
from onewindow.desk.sla.shown_zone import zone_line
from onewindow.desk.window import card_texts
from onewindow.desk.window.panels import adoption
from onewindow.desk.window.panels.registry import PANELS, panel_view
from onewindow.desk.window.panels.view import PanelView, RecordKey
from onewindow.desk.window.panels.when import When, when
from onewindow.desk.window.show_json import window_json
from onewindow.desk.window.snapshot import ClientSnapshot
from onewindow.records.clients import Contact
from onewindow.text.clean import clean
from onewindow.text.identifiers.phones import format_phone
from onewindow.text.layout.cells import Row
from onewindow.text.layout.width import wrap
from onewindow.text.plural import counted

__all__ = ["window_json", "window_text"]

_INDENT = "  "
_PINNED = "^"


def window_text(session: Session, snapshot: ClientSnapshot, width: int = 80) -> str:
    """The window as cleaned lines of at most `width` cells: headings, one item a line, no drawing."""
    blocks = [list(_identity(session, snapshot))]
    # Promises first: what the window shows above the panels is what one should know before anything is said.
    for name in ("promises", *(name for name in PANELS if name != "promises")):
        view = panel_view(session, snapshot, name)
        blocks.append([_heading(view), *(f"- {line}" for line in _items(snapshot, view))])
    return "\n\n".join("\n".join(_wrapped(block, width)) for block in blocks) + "\n"


def _identity(session: Session, snapshot: ClientSnapshot) -> Iterator[str]:
    client, moment = snapshot.client, when(session, snapshot)
    health, directory = snapshot.health, session.directory
    yield f"{client.name}, C-{client.number}"
    yield from filter(None, [zone_line(session)])
    if client.archived_at is not None:
        from onewindow.desk.editing.archived_clients import archived_text  # few are

        yield f"{archived_text(session, client)}; `onewindow client restore C-{client.number}` brings it back"
    since = f", client since {moment.day(client.since)}" if client.since else ""
    city = f", {client.city}" if client.city else ""
    yield f"tier {client.tier}, {client.client_class.replace('_', ' ')}, {client.stage}{since}{city}"
    cap = card_texts.cap_text(health)
    yield f"{card_texts.health_text(health)}, {card_texts.coverage_text(health)}" + (
        f", {cap}" if cap else ""
    )
    yield from filter(None, [card_texts.rivals_text(session, client)])
    for alarm in snapshot.alarms:
        yield f"alarm: {alarm.label}" + (f", since {moment.day(alarm.since)}" if alarm.since else "")
    yield from filter(None, [card_texts.handover_text(snapshot, moment)])
    owner, deputy = directory.name(client.owner_id), directory.name(client.deputy_id)
    yield f"owner {owner or 'nobody'}, deputy {deputy or 'nobody'}"
    billing_details = snapshot.billing_details
    if billing_details is not None and billing_details.tax_id:
        wrong = card_texts.flag_of(billing_details.flags, "tax_id")
        mark = f"wrong: {wrong}" if wrong else "ok"
        tax_id = f"{card_texts.tax_name(client.country)} {billing_details.tax_id}"
        yield f"{billing_details.legal_name}, {tax_id} {mark}"
    yield card_texts.invoice_text(snapshot)
    yield from filter(None, [card_texts.payment_text(client, moment)])
    for contact in snapshot.contacts:
        yield f"contact: {_contact(snapshot, contact, moment)}"
    if client.goal:
        yield f"goal: {client.goal}" + (f" ({client.goal_measure})" if client.goal_measure else "")
    if client.tags:
        yield f"tags: {client.tags}"
    if client.aliases:
        yield f"also called: {', '.join(client.aliases.splitlines())}"
    passes = reassignments_of_client(session.store, client.id)
    if passes.total:
        people = counted(passes.people, "time")
        yield f"passed on: {people} to another person, {passes.departments} to a department"
    missing = card_texts.card_gaps(snapshot)
    next_gap = f", next to fill: {missing[0]}" if missing else ""
    yield f"card {card_texts.card_completeness(snapshot)} % complete{next_gap}"


def _contact(snapshot: ClientSnapshot, contact: Contact, moment: When) -> str:
    parts = [
        contact.name,
        contact.role,
        format_phone(contact.phone),
        format_phone(contact.phone_2),
        contact.email,
        contact.messenger,
        card_texts.manner_text(contact),
        f"prefers {contact.preferred_channel}",
        _consents(snapshot, contact),
        f"left {moment.day(contact.left_on)}" if contact.left_on else "",
    ]
    return ", ".join(part for part in parts if part)


def _consents(snapshot: ClientSnapshot, contact: Contact) -> str:
    """What one person agreed to; what was agreed for the whole client stands with the main contact."""
    whole_client = contact is snapshot.main_contact
    own = [c for c in snapshot.consents if whole_client or c.contact_id is not None]
    return card_texts.consent_words(own, contact.id)


def _heading(view: PanelView) -> str:
    title = PANELS[view.name].title.upper()
    return f"{title}: {view.summary or ('none' if not view.rows else len(view.rows))}"


def _items(snapshot: ClientSnapshot, view: PanelView) -> Iterator[str]:
    """One line a row, every column of it; bars, which cannot be read aloud, are left to their figures."""
    points = {
        RecordKey("plan_step", step.id)
        for plan_steps in snapshot.steps.values()
        for step in plan_steps
        if step.is_control_point
    }
    for row in view.rows:
        yield _item(row, row.key in points)


def _item(row: Row, is_control_point: bool) -> str:
    texts = [cell.text for cell in row.cells]
    if isinstance(row.key, RecordKey) and row.key.kind == "licence":
        texts[adoption.CURVE_PLACE] = ""
    if is_control_point:
        texts[0] = f"control point {texts[0].lstrip('◆* ')}"
    if row.mark == _PINNED:
        texts.insert(0, "pinned")
    urgent = f"{row.mark} " if row.mark in ("!", "?") else ""
    return urgent + "; ".join(text.rstrip(". ") for text in texts if text)


def _wrapped(lines: list[str], width: int) -> Iterator[str]:
    for line in lines:
        first, *rest = wrap(clean(line), width)
        yield first
        if rest:
            indented = wrap(" ".join(rest), width - len(_INDENT))
            yield from (_INDENT + part for part in indented)
