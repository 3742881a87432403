"""What must hold for templates, the words of scripts, and messages: what was sent stays as it is."""

from __future__ import annotations

from onewindow.desk.reference.record_entries import Context, RecordEntry, RecordRules
from onewindow.desk.session.context import Session
from onewindow.desk.templates.writing import PLACES, unknown_places
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.messages import Message, ScriptStep, Template
from onewindow.store import outbox, rows, templates
from onewindow.store.engine import Store
from onewindow.text.fold import fold

_SENT = ("text", "subject", "recipient", "channel", "contact_id", "client_id")


def _template_problems(context: Context, record: Template) -> dict[str, str]:
    before = rows.find(context.store, Template, record.id) if record.id else None
    return {
        **_places("text", record.text),
        **_places("subject", record.subject),
        **(_shortcut(context.store, record, before) if before is not None else {}),
    }


def _typed_template(session: Session, record: Template) -> Template:
    """Refuse a new template with a taken shortcut; a copy of a file may bring one back."""
    if errors := _shortcut(session.store, record, None):
        raise FieldProblems(errors)
    return record


def _shortcut(store: Store, record: Template, before: Template | None) -> dict[str, str]:
    """What is wrong with a shortcut that is typed: another living template of its language has it."""
    if not record.shortcut or record.archived_at is not None:
        return {}
    if before is not None and (before.shortcut, before.language) == (record.shortcut, record.language):
        return {}
    for template in templates.templates(store):
        is_same = fold(template.shortcut) == fold(record.shortcut) and template.language == record.language
        if template.id != record.id and is_same:
            problem = f"“{template.name}” has this shortcut in {template.language} already; take another one."
            return {"shortcut": problem}
    return {}


def _step_problems(_context: Context, record: ScriptStep) -> dict[str, str]:
    return _places("prompt", record.prompt)


def _message_problems(context: Context, record: Message) -> dict[str, str]:
    if not record.id or not any(
        attempt.outcome == "sent" for attempt in outbox.tries(context.store, record.id)
    ):
        return {}
    sent = rows.get(context.store, Message, record.id)
    changed = [name for name in _SENT if getattr(sent, name) != getattr(record, name)]
    return dict.fromkeys(changed, "the message was sent and stays as it is; write a new one.")


def _places(field: str, text: str) -> dict[str, str]:
    """What is wrong with the places of a template's text: those that nothing can fill."""
    unknown = unknown_places(text)
    if not unknown:
        return {}
    named = ", ".join(f"{{{name}}}" for name in unknown)
    known = ", ".join(f"{{{name}}}" for name in PLACES)
    return {field: f"nothing can fill {named}; there are {known}. A plain brace is written twice."}


TEMPLATE = RecordEntry[Session, Template](
    RecordRules(problems=_template_problems, completed_when_typed=_typed_template)
)
SCRIPT_STEP = RecordEntry[Session, ScriptStep](RecordRules(problems=_step_problems))
MESSAGE = RecordEntry[Session, Message](RecordRules(problems=_message_problems))
