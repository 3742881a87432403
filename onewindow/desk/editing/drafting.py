"""Drafts of forms: how a form is called, which drafts can be gone on with, and what each is about."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.records.fields import Record
from onewindow.records.kinds import KINDS
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.session import drafts
from onewindow.store.session.drafts import Draft
from onewindow.text.dates import to_local

SEEN = "@seen"
"""Among the texts of a draft: the last change of the record that the person saw. No field is called so."""
TITLE, PLACE = "@title", "@place"
"""Among the texts of a draft that is no record's form: what is asked, and how one comes there (JSON)."""
LINE, CALL = "line", "call"
"""What is typed into one line, and into the screen of a call; either belongs to a client or to none."""
WHOLE, IN_LINE, EDITED = "@whole", "@line", "@edited"
"""In the draft of a line that goes on in the whole form: the client's id, the line, and whether the form says
more than the line does."""
_SPOKEN = {LINE: "request in one line", CALL: "call"}
_WORDS = 60


@frozen_struct
class FormName:
    """What a form makes or edits: 'new request 17' (for a client) or 'edit client 42'."""

    kind: str
    client_id: int | None = None
    record_id: int | None = None

    @property
    def text(self) -> str:
        """The name as the store keeps it."""
        if self.kind in _SPOKEN:
            return f"{self.kind} {self.client_id}" if self.client_id else self.kind
        verb = "new" if self.record_id is None else "edit"
        number = self.client_id if self.record_id is None else self.record_id
        return " ".join([verb, self.kind, *([str(number)] if number else [])])


def form_name(kind: str, record: Record | None, client_id: int | None) -> FormName:
    """The name of the form that edits a record, or that makes one (of a client)."""
    return FormName(kind, record_id=record.id) if record is not None else FormName(kind, client_id)


def parse(text: str) -> FormName | None:
    """Read a form's name; None for one that this program does not know."""
    verb, kind, number = (*text.split(" "), "", "")[:3]
    if verb in _SPOKEN and not number and (not kind or kind.isdecimal()):
        return FormName(verb, client_id=int(kind) if kind else None)
    if kind not in KINDS or not KINDS[kind].typed or (number and not number.isdecimal()):
        return None
    if verb == "new":
        return FormName(kind, client_id=int(number) if number else None)
    if verb == "edit" and number:
        return FormName(kind, record_id=int(number))
    return None


def record_of(session: Session, name: FormName) -> Record | None:
    """The record that a form edits, or None if it makes a new one or the record is gone."""
    if name.record_id is None:
        return None
    return rows.find(session.store, KINDS[name.kind].record, name.record_id)


def waiting(session: Session, forms: Sequence[str] = ()) -> list[Draft]:
    """The drafts of this person that this window may go on with; of some names, or all of them."""
    login, now = session.me.login, session.now()
    kept = drafts.find(session.store, login, forms) if forms else drafts.all_of(session.store, login)
    return [draft for draft in kept if session.window.may_take(draft.holder, draft.held_at, now)]


def pending_drafts(session: Session) -> list[Draft]:
    """The drafts that this person left and can go on with here, the newest first."""
    pending = [draft for draft in waiting(session) if is_open(session, draft)]
    return sorted(pending, key=lambda draft: (draft.updated_at, draft.id), reverse=True)


def describe(session: Session, draft: Draft) -> str:
    """What a draft is about, in one line: 'new request for Ромашка: printer, 21.11 14:05'."""
    name = name_of(draft)
    if name is None:
        spoken = draft.typed.get(TITLE, draft.form)
        return f"{spoken}: {draft.words}, {when(session, draft)}"
    title = "" if name.kind in _SPOKEN else KINDS[name.kind].title
    words = " ".join(draft.typed.get(title, "")[: 4 * _WORDS].split())[:_WORDS] or draft.words
    said = f": {words}" if words != draft.form else ""
    return f"{what(session, name)}{said}, {when(session, draft)}"


def name_of(draft: Draft) -> FormName | None:
    """The form that goes on with a draft; None for a question, which is asked again where it stood."""
    if WHOLE in draft.typed:
        client = draft.typed[WHOLE]
        return FormName("request", client_id=int(client) if client.isdecimal() else None)
    return parse(draft.form)


def what(session: Session, name: FormName) -> str:
    """What a form makes or edits: 'new request for Ромашка', 'edit request R-1042 printer'."""
    record = record_of(session, name)
    if record is not None:
        return f"edit {KINDS[name.kind].display_name} {naming.called(session, record)}"
    spoken = _SPOKEN.get(name.kind) or f"new {KINDS[name.kind].display_name}"
    client = naming.label(session, "client", name.client_id)
    return spoken + (f" for {client}" if client else "")


def when(session: Session, draft: Draft) -> str:
    """When a draft was last typed in: '14:05', with the date on another day."""
    local = to_local(draft.updated_at, session.zone)
    return f"{local:%H:%M}" if local.date() == session.today() else f"{local:%d.%m %H:%M}"


def is_open(session: Session, draft: Draft) -> bool:
    """Whether there still is what a draft is about."""
    name = name_of(draft)
    if name is None:
        return TITLE in draft.typed
    return name.record_id is None or record_of(session, name) is not None
