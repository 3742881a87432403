"""Templates into messages: which one fits, what fills its places, and shortcuts that expand while typing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from onewindow.desk.requests.client_status import client_zone, message_language, plain_state
from onewindow.desk.session.context import Session
from onewindow.desk.templates.correspondence import billing_details_text
from onewindow.records.clients import Client, Contact
from onewindow.records.messages import Template
from onewindow.records.requests import Request
from onewindow.records.structs import frozen_struct
from onewindow.store import rows, templates
from onewindow.store.clients import cards as clients
from onewindow.store.problems import NotFound, StoreProblem
from onewindow.text.clean import clean
from onewindow.text.dates import parse_utc, to_local
from onewindow.text.fold import fold
from onewindow.text.identifiers.phones import format_phone
from onewindow.text.placeholders import fill, places_in, unfilled
from onewindow.text.spoken_dates import spoken_time

PLACES = {
    "contact": "how the person written to wants to be called",
    "client": "name of the client",
    "request": "number of the request, R-1042",
    "title": "what was asked",
    "promised": "the time promised to the client, in the client's zone",
    "due": "when the request must be dealt with next; empty once it is late",
    "result": "what the client got, or the reason why not",
    "cause": "cause found",
    "action": "corrective action",
    "status": "how the request stands, in plain words",
    "department": "department that works on it",
    "me": "my name",
    "deputy": "who answers when I am away",
    "phone": "my telephone",
    "requisites": "the client's requisites as a block",
    "goal": "the client's goal",
    "when": "time of a meeting, in the client's zone",
    "place": "place of a meeting, or its link",
    "agenda": "what a meeting is about",
    "novelty": "title of an announcement",
    "product": "product that an announcement is about",
    "version": "version that an announcement is about",
    "released": "date of that version",
    "news": "what is new in that version",
}
"""Every place a template may have, and what fills it."""

_WORD = re.compile(r"[\w-]+$")


@frozen_struct
class FilledTemplate:
    """A template filled in for somebody."""

    subject: str
    text: str
    language: str
    template_id: int
    purpose: str
    unfilled: tuple[str, ...]
    """Places that still stand as ⟨name⟩ and must be filled by hand."""


def unknown_places(text: str) -> list[str]:
    """The places of a template's text that nothing can fill."""
    return [name for name in places_in(text) if name not in PLACES]


def still_empty(subject: str, text: str) -> tuple[str, ...]:
    """The places in a text that wait to be filled; a message with one is not sent."""
    return tuple(unfilled(f"{subject}\n{text}", PLACES))


def fitting(
    session: Session,
    purpose: str = "",
    client: Client | None = None,
    request: Request | None = None,
    contact: Contact | None = None,
) -> list[Template]:
    """All templates, those that fit first: by the language, the purpose, the kind of the request, the name.

    A template for another kind of request stands behind those for any kind.
    """
    language = _language(session, client, request, contact)
    kind = request.request_kind if request else ""

    def rank(template: Template) -> tuple[bool, bool, int, str]:
        of_kind = 0 if kind and template.request_kind == kind else 1 if not template.request_kind else 2
        return (
            bool(language) and template.language != language,
            bool(purpose) and template.purpose != purpose,
            of_kind,
            template.name,
        )

    return sorted(templates.templates(session.store), key=rank)


def in_language(
    session: Session, choices: Sequence[Template], client: Client, request: Request | None = None
) -> frozenset[str]:
    """The ids, as texts, of those of some templates that are in the language of who is written to."""
    language = _language(session, client, request, addressee(session, client, request))
    return frozenset(str(template.id) for template in choices if template.language == language)


def best(session: Session, purpose: str, client: Client, request: Request | None = None) -> Template:
    """The template for a purpose that fits best; raises NotFound when there is none in the language."""
    contact = addressee(session, client, request)
    language = _language(session, client, request, contact)
    for template in fitting(session, purpose, client, request, contact):
        if (
            template.purpose == purpose
            and template.language == language
            and (not template.request_kind or (request and template.request_kind == request.request_kind))
        ):
            return template
    raise NotFound(
        f"There is no template for “{purpose.replace('_', ' ')}” in the language “{language}”; "
        "`template add` makes one."
    )


def matching(choices: list[Template], typed: str) -> list[Template]:
    """Those of the templates that the typed letters mean: by shortcut, then by words of name or purpose."""
    wanted = fold(typed)
    if not wanted:
        return choices
    short = [template for template in choices if template.shortcut and fold(template.shortcut) == wanted]
    begun = [
        template for template in choices if template.shortcut and fold(template.shortcut).startswith(wanted)
    ]
    named = [template for template in choices if _has_words(f"{template.name} {template.purpose}", wanted)]
    likely = [template for template in choices if _letters_in_order(wanted, fold(template.name))]
    # The best sign first, and each template once.
    return list({template.id: template for template in (*short, *begun, *named, *likely)}.values())


def template_label(template: Template) -> str:
    """What stands in a list of templates: the shortcut, the name, the language."""
    return "  ".join(part for part in (template.shortcut, template.name, template.language) if part)


def named(session: Session, word: str, language: str = "") -> Template:
    """The template that a word names by id, name or shortcut, in the language if several do.

    Raises NotFound with what may be meant.
    """
    known = templates.templates(session.store)
    wanted = fold(word)
    matches = [template for template in known if word == str(template.id)]
    matches = matches or [template for template in known if fold(template.name) == wanted]
    matches = matches or [
        template for template in known if template.shortcut and fold(template.shortcut) == wanted
    ]
    if len(matches) > 1:
        matches = [template for template in matches if template.language == language] or matches
    if len(matches) == 1:
        return matches[0]
    if not matches:
        near = matching(known, word)[:3]
        hint = f"; did you mean {', '.join(f'“{template.name}”' for template in near)}?" if near else "."
        raise NotFound(f"There is no template “{word}”{hint}")
    names = ", ".join(f"{template.name} ({template.language}, {template.id})" for template in matches[:5])
    raise NotFound(f"“{word}” may mean several templates: {names}; name it by its id.")


def render(
    session: Session,
    template: Template,
    client: Client,
    request: Request | None = None,
    contact: Contact | None = None,
    extra: Mapping[str, str] | None = None,
) -> FilledTemplate:
    """A template filled from the card, the request, the person written to, and what is given in `extra`.

    If nobody is named, that is who asked, else the main contact. What is not known stays a place to be
    filled. Raises StoreProblem for a request of another client.
    """
    if request is not None and request.client_id != client.id:
        raise StoreProblem(f"R-{request.number} is a request of another client than {client.name}.")
    person = contact or addressee(session, client, request)
    values = values_for(session, template.language, client, request, person)
    values |= {name: clean(value) for name, value in (extra or {}).items() if value}
    subject = " ".join(fill(template.subject, values).split())
    text = fill(template.text, values)
    return FilledTemplate(
        subject, text, template.language, template.id, template.purpose, still_empty(subject, text)
    )


def values_for(
    session: Session, language: str, client: Client, request: Request | None, contact: Contact | None
) -> dict[str, str]:
    """What each place is filled with, cleaned, '' where nothing is known; dates in the message's language."""
    me, staff = session.me, session.directory.staff
    deputy = staff.get(client.deputy_id or 0)
    if deputy is None or deputy.id == me.id:
        # I am the client's deputy myself: then mine is meant.
        deputy = staff.get(me.deputy_id or 0)
    values = {
        "contact": (contact.address_as or contact.name) if contact else "",
        "client": client.name,
        "me": me.name,
        "deputy": deputy.name if deputy else "",
        "phone": format_phone(me.phone) if me.phone else "",
        "goal": client.goal,
    }
    if request is not None:
        values |= {
            "request": f"R-{request.number}",
            "title": request.title,
            "promised": _when(session, client, request.promised_at, language),
            "due": _when(session, client, request.due_at, language, ahead=True),
            "result": request.result,
            "cause": request.cause,
            "action": request.corrective_action,
            "status": plain_state(request, language),
            "department": request.department,
        }
    filled = {name: clean(value) for name, value in values.items()}
    billing_details = clients.billing_details(session.store, client.id)
    return {**filled, "requisites": billing_details_text(billing_details, client.country)}


def expand(
    session: Session,
    text: str,
    cursor: int,
    client: Client,
    request: Request | None = None,
    contact: Contact | None = None,
) -> tuple[str, int] | None:
    """The text with the shortcut before the cursor replaced by its template, and the cursor behind it.

    None if the word before the cursor is no shortcut. `cursor` counts characters from the beginning.
    """
    match = _WORD.search(text[:cursor])
    if match is None:
        return None
    person = contact or addressee(session, client, request)
    wanted = fold(match[0])
    for template in fitting(session, "", client, request, person):
        if template.shortcut and fold(template.shortcut) == wanted:
            said = render(session, template, client, request, person).text
            return f"{text[: match.start()]}{said}{text[cursor:]}", match.start() + len(said)
    return None


def addressee(session: Session, client: Client, request: Request | None = None) -> Contact | None:
    """Who is written to if nobody is named: who asked, else the main contact, else the first one there."""
    if request is not None and request.contact_id:
        asked = rows.find(session.store, Contact, request.contact_id)
        if asked is not None and not asked.left_on and asked.archived_at is None:
            return asked
    people = clients.contacts(session.store, client.id)
    return next((contact for contact in people if not contact.left_on), None)


def _language(
    session: Session, client: Client | None, request: Request | None, contact: Contact | None
) -> str:
    if contact is not None:
        return contact.language
    if client is None:
        return ""
    return message_language(session, client, request.contact_id if request else None)


def _when(session: Session, client: Client, at: str | None, language: str, *, ahead: bool = False) -> str:
    """A stored time in words where the client is; '' for none, or if `ahead` for one that is over."""
    if not at or (ahead and parse_utc(at) <= session.now()):
        return ""
    zone = client_zone(session, client)
    local = to_local(at, zone)
    return spoken_time(local, language, session.now().astimezone(local.tzinfo))


def _has_words(name: str, wanted: str) -> bool:
    padded = f" {fold(name)}"
    return all(f" {word}" in padded for word in wanted.split())


def _letters_in_order(wanted: str, name: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in wanted)
