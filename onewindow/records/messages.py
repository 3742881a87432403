"""What answers are made of: templates, messages to clients, and scripts with their steps."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from onewindow.records.clients import CHANNELS, Channel
from onewindow.records.fields import Record, attribute, record

TemplatePurpose = Literal[
    "acknowledge",
    "reply",
    "ask",
    "resolved",
    "declined",
    "warn",
    "status",
    "apology",
    "who_is_who",
    "thanks",
    "congratulation",
    "check_in",
    "meeting",
    "announcement",
    "survey",
    "offer",
    "letter",
    "other",
]
MessageState = Literal["draft", "queued", "sent", "failed", "cancelled"]
MessagePurpose = Literal["service", "marketing", "newsletter", "survey"]
ScriptMoment = Literal["intake", "call", "difficult", "complaint", "visit", "other"]
ScriptMarkState = Literal["done", "skipped"]


@record
class Template(Record):
    """A text with places for what the card knows: {contact}, {request}, {promised} and others."""

    kind: ClassVar[str] = "template"

    name: str = attribute("name", required=True)
    shortcut: str = attribute("shortcut", help="a few letters that bring it into a reply", limit=20)
    purpose: TemplatePurpose = attribute(
        "used for", "choice", default="reply", choices=get_args(TemplatePurpose)
    )
    request_kind: str = attribute("kind of request", help="empty: any")
    language: str = attribute("language", "choice", default="ru", choices=("ru", "bg", "en"))
    subject: str = attribute("subject of the mail")
    text: str = attribute("text", "long_text", required=True)


@record
class Message(Record):
    """A mail or short message to a client: drafted, queued, sent or failed."""

    kind: ClassVar[str] = "message"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    contact_id: int | None = attribute("to whom", "reference", refers="contact")
    request_id: int | None = attribute("about request", "reference", refers="request")
    template_id: int | None = attribute("template", "reference", refers="template", later=True)
    staff_id: int | None = attribute("who of us", "reference", refers="staff", when="behind")
    channel: Channel = attribute("channel", "choice", default="email", choices=CHANNELS)
    purpose: MessagePurpose = attribute(
        "purpose",
        "choice",
        default="service",
        choices=get_args(MessagePurpose),
        help="all but service needs the person's consent",
    )
    recipient: str = attribute("address or number")
    subject: str = attribute("subject")
    text: str = attribute("text", "long_text", required=True)
    state: MessageState = attribute(
        "state", "choice", default="draft", choices=get_args(MessageState), derived=True
    )
    queued_at: str | None = attribute("queued for", "time", default=None, derived=True)
    sent_at: str | None = attribute("sent at", "time", default=None, derived=True)
    tries: int = attribute("tries", "number", default=0, derived=True)
    error: str = attribute("what went wrong", "long_text", derived=True)


@record
class Script(Record):
    """What to say and ask, step by step, in one kind of moment."""

    kind: ClassVar[str] = "script"

    name: str = attribute("name", required=True)
    moment: ScriptMoment = attribute("moment", "choice", default="intake", choices=get_args(ScriptMoment))
    request_kind: str = attribute("kind of request", help="empty: any")
    language: str = attribute("language", "choice", default="ru", choices=("ru", "bg", "en"))
    description: str = attribute("description", "long_text")


@record
class ScriptStep(Record):
    """One step of a script."""

    kind: ClassVar[str] = "script_step"

    script_id: int = attribute("script", "reference", refers="script", required=True, default=0)
    position: int = attribute("place in the order", "number", default=1)
    title: str = attribute("step", required=True)
    prompt: str = attribute("words to say", "long_text")
    is_required: int = attribute("must not be skipped", "flag", default=0)


@record
class ScriptMark(Record):
    """A step that was done or skipped with one request or in one talk; a skipped one says why."""

    kind: ClassVar[str] = "script_mark"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    script_step_id: int = attribute("step", "reference", refers="script_step", required=True, default=0)
    request_id: int | None = attribute("request", "reference", refers="request")
    touch_id: int | None = attribute("talk", "reference", refers="touch")
    staff_id: int | None = attribute("who", "reference", refers="staff", when="behind")
    at: str = attribute("at", "time", required=True)
    state: ScriptMarkState = attribute("state", "choice", default="done", choices=get_args(ScriptMarkState))
    note: str = attribute("why skipped, or what was said")
