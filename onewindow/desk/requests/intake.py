"""Taking a request in from one typed line: what is understood of it, who takes it, registering it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onewindow.desk.editing import changing
from onewindow.desk.people import routing
from onewindow.desk.requests import handing_off
from onewindow.desk.requests.intake_clients import ClientReader
from onewindow.desk.requests.intake_people import colleagues, named_apart, person_of_client
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client, Contact
from onewindow.records.fields import attribute_of
from onewindow.records.organization import Staff
from onewindow.records.requests import HandOff, HandOffTarget, Priority, Request, RequestKind, Touch
from onewindow.records.structs import frozen_struct
from onewindow.store import rows, timeline
from onewindow.store.changes import Transaction
from onewindow.store.clients import cards as clients
from onewindow.store.engine import Store, Value
from onewindow.store.problems import NotFound, StoreProblem
from onewindow.store.requests import threads as requests
from onewindow.store.search.finding import Hit
from onewindow.text.capture.hints import first_urgent, guessed_department, guessed_kind
from onewindow.text.capture.line import Part, Role, given_back, read_line, title_of, with_part, words_of
from onewindow.text.capture_dates import missing_day
from onewindow.text.similarity import roots, similarity

Choices = Mapping[str, str]
"""What the person decided himself, by role: ids, names of kinds and priorities, '' for none."""

_ALIKE = 0.5
_SHOWN_ALIKE = 3
_OPEN_AT_MOST = 100


@frozen_struct
class Told:
    """One thing that was understood: the stored value, and in a few words why."""

    value: str
    why: str = ""


@frozen_struct
class Understood:
    """What a line says, ready to be registered. `problems` are sentences about what is in the way of that."""

    text: str
    parts: tuple[Part, ...]
    """They cover the text from end to end."""
    title: str
    client: Client | None
    client_why: str
    candidates: tuple[Hit, ...]
    """Clients that may be meant, the likeliest first."""
    contacts: tuple[Contact, ...]
    contact: Told
    kind: Told
    priority: Told
    assignee: Told
    """'' is the queue."""
    colleagues: tuple[int, ...]
    """Staff that may be meant by the name after the @, or who could take it."""
    promised: Told
    """UTC text."""
    promised_read: str
    """What the words of the line say, also where the person wants no promise."""
    tags: str
    department: Told
    """sales or finance, where a lead or a debt goes; '' where nothing is passed on."""
    department_offered: str
    """The department that the words suggest, whether or not it is passed on."""
    spoke_last: Touch | None
    alike: tuple[Request, ...]
    """Open requests of this client that look like this one."""
    problems: tuple[str, ...]


@frozen_struct
class Registered:
    """What came of a line."""

    request: Request
    hand_off: HandOff | None


@frozen_struct
class _Known:
    """What is read once of a client while a line is typed."""

    client: Client
    contacts: tuple[Contact, ...]
    requests: tuple[tuple[Request, frozenset[str]], ...]
    spoke_last: Touch | None


class Intake:
    """Understands a line again and again while it is typed. Each answer is whole; nothing is stored.

    It may be asked from another thread with a store of that thread.
    """

    def __init__(self, session: Session, shown_id: int | None = None) -> None:
        """Begin; `shown_id` is the client on the screen, who need not be named."""
        # Whole and by itself: the directory reads colleagues when they are named, in its own thread only.
        self._staff = dict(session.directory.staff)
        self._me = session.me
        self._now = session.local_now
        self._store = session.store
        self._shown_id = shown_id
        self._clients = ClientReader(session.me.id)
        self._known: dict[int, _Known | None] = {}

    def forget(self) -> None:
        """Read everything again from now on, because something was changed."""
        self._clients.forget()
        self._known.clear()

    def understand(self, text: str, choices: Choices | None = None, store: Store | None = None) -> Understood:
        """What a line says; what the person chose himself stands above what was read."""
        chosen = choices or {}
        store = store or self._store
        parts = read_line(text, self._now())
        promised_read = _value(parts, "promised")
        if chosen.get("promised") == "":
            parts = given_back(parts, "promised")
        named = self._clients.read(store, text, parts, self._shown_id)
        parts, known, why = named.parts, None, named.how
        if chosen.get("client"):
            known, why = self._of(store, int(chosen["client"])), "chosen"
            if chosen["client"] not in {str(hit.client_id) for hit in named.hits}:
                parts = given_back(parts, "client")
        elif named.is_certain:
            known = self._of(store, named.hits[0].client_id)
        elif self._shown_id is not None:
            known, why = self._of(store, self._shown_id), "on the screen"
        parts, contact = self._contact(text, parts, known, chosen)
        parts, assignee, others, unknown = self._assignee(text, parts, known, chosen)
        parts = given_back(parts, *(("number",) if contact.why not in ("by phone", "by address") else ()))
        title = title_of(text, parts)
        words = [word.text for word in words_of(text, parts)]
        kind = _kind(parts, words, chosen)
        department, offered = _department(parts, words, chosen)
        impossible = missing_day([word.casefold() for word in text.split()], self._now())
        problems = [
            *unknown,
            *filter(None, [impossible]),
            *_in_the_way(known, why if not named.is_certain else "", named.hits, title),
        ]
        return Understood(
            text=text,
            parts=parts,
            title=title,
            client=known.client if known else None,
            client_why=why,
            candidates=named.hits,
            contacts=known.contacts if known else (),
            contact=contact,
            kind=kind,
            priority=_priority(parts, words, chosen),
            assignee=assignee,
            colleagues=others,
            promised=_promised(parts, chosen),
            promised_read=promised_read,
            tags=" ".join(part.value for part in parts if part.role == "tag"),
            department=department,
            department_offered=offered,
            spoke_last=known.spoke_last if known else None,
            alike=_alike(known, title, kind.value),
            problems=tuple(problems),
        )

    def _of(self, store: Store, client_id: int) -> _Known | None:
        if client_id not in self._known:
            client = rows.find(store, Client, client_id)
            self._known[client_id] = self._read(store, client) if client else None
        return self._known[client_id]

    def _read(self, store: Store, client: Client) -> _Known:
        opened = requests.open_of_client(store, client.id, _OPEN_AT_MOST)
        spoken = routing.spoke_last(timeline.touches(store, client.id, limit=20))
        return _Known(
            client,
            tuple(clients.contacts(store, client.id)),
            tuple((request, roots(request.title)) for request in opened),
            spoken,
        )

    def _contact(
        self, text: str, parts: tuple[Part, ...], known: _Known | None, chosen: Choices
    ) -> tuple[tuple[Part, ...], Told]:
        if known is None:
            return parts, Told("")
        numbers = [part.value for part in parts if part.role == "number"]
        words = words_of(text, parts)
        named = person_of_client(known.contacts, words, numbers)
        if "contact" in chosen:
            return parts, Told(chosen["contact"], "chosen" if chosen["contact"] else "nobody named")
        if named is None:
            return parts, Told("")
        if named.first < named.end:
            start, end = words[named.first].start, words[named.end - 1].end
            parts = with_part(parts, Part("contact", start, end, str(named.contact.id)))
        return parts, Told(str(named.contact.id), named.how)

    def _assignee(
        self, text: str, parts: tuple[Part, ...], known: _Known | None, chosen: Choices
    ) -> tuple[tuple[Part, ...], Told, tuple[int, ...], list[str]]:
        """Who takes it, who else may be meant, and what is wrong with the name after the @."""
        asked = next((part for part in parts if part.role == "assignee"), None)
        found = self._colleagues(asked.value) if asked else []
        unknown: list[str] = []
        if asked is not None and len(found) != 1 and "assignee" not in chosen:
            some = ", ".join(named_apart(found[:4]))
            name = text[asked.start : asked.end]
            unknown.append(f"{name} may be several: {some}." if found else f"Nobody of us is called {name}.")
        if asked is not None and not found:
            parts = given_back(parts, "assignee")
        route = routing.route(self._staff, known.client, self._now().date().isoformat()) if known else None
        others = [person.id for person in found]
        for offered in (
            route.staff_id if route else None,
            known.client.owner_id if known else None,
            self._me.id,
        ):
            if offered and offered not in others:
                others.append(offered)
        if "assignee" in chosen:
            told = Told(chosen["assignee"], "chosen" if chosen["assignee"] else f"chosen: {routing.ANYBODY}")
        elif len(found) == 1:
            told = Told(str(found[0].id), "named")
        elif route is not None:
            told = Told(str(route.staff_id or ""), route.why)
        else:
            told = Told("")
        return parts, told, tuple(others), unknown

    def _colleagues(self, name: str) -> list[Staff]:
        return colleagues(self._staff.values(), self._me, name)


def register(
    session: Session, line: Understood, seconds: int = 0, values: Mapping[str, Value] | None = None
) -> Registered:
    """Store the request of a line; `seconds` is how long it took to type, 0 where that is not known.

    `values` are fields that were given beside the line and stand above it. Raises StoreProblem with one
    sentence if something is missing; then nothing is stored.
    """
    ready = changing.checked_ahead(session, _asked(line, values), max(0, seconds))

    def work(transaction: Transaction) -> Registered:
        numbered = transaction.numbered(ready.record)
        transaction.relabel(f"new request: R-{numbered.number} {numbered.title}")
        stored = changing.insert_checked(session, transaction, ready.with_record(numbered))
        return Registered(stored, _passed_on(session, transaction, line, stored))

    return session.change("new request", work).result


def register_in(
    session: Session,
    transaction: Transaction,
    line: Understood,
    seconds: int = 0,
    values: Mapping[str, Value] | None = None,
) -> Registered:
    """Store the request of a line, and what is passed on with it, inside somebody's transaction."""
    stored = changing.insert_in(session, transaction, _asked(line, values), max(0, seconds))
    return Registered(stored, _passed_on(session, transaction, line, stored))


def _asked(line: Understood, values: Mapping[str, Value] | None) -> Request:
    """The record that a line and values beside it make; raises StoreProblem if something is missing."""
    if line.problems:
        raise StoreProblem(line.problems[0])
    return request_of(line).with_changes(values or {})


def request_of(line: Understood) -> Request:
    """The record that a line makes; a line too long for a title stands whole in the details."""
    limit = attribute_of(Request, "title").limit
    title = line.title
    if len(title) > limit:
        title = title[: limit - 1].rsplit(" ", 1)[0] + "…"
    return Request(
        client_id=line.client.id if line.client else 0,
        title=title,
        text=line.title if title != line.title else "",
        request_kind=_as_kind(line.kind.value),
        priority=_as_priority(line.priority.value),
        assignee_id=int(line.assignee.value) if line.assignee.value else None,
        contact_id=int(line.contact.value) if line.contact.value else None,
        promised_at=line.promised.value or None,
        tags=line.tags,
    )


def as_typed(session: Session, line: Understood) -> dict[str, str]:
    """What was understood as the texts of a form, so that the full form goes on with it."""
    from onewindow.desk.editing.parsing import typed_text
    from onewindow.records.fields import typed_attributes

    made = request_of(line)
    typed = {a.name: typed_text(session, made, a) for a in typed_attributes(Request) if a.kind != "flag"}
    named = ("client_id", "title", "request_kind", "priority", "assignee_id", "contact_id", "promised_at")
    return {name: typed[name] for name in (*named, "tags", "text")}


def _passed_on(
    session: Session, transaction: Transaction, line: Understood, request: Request
) -> HandOff | None:
    if not line.department.value:
        return None
    target: HandOffTarget = "sales" if line.department.value == "sales" else "finance"
    asked = HandOff(request_id=request.id, target=target, what=request.title)
    return handing_off.hand_off_in(session, transaction, asked, request)


def _value(parts: Sequence[Part], role: Role) -> str:
    return next((part.value for part in parts if part.role == role), "")


def _kind(parts: Sequence[Part], words: Sequence[str], chosen: Choices) -> Told:
    if "kind" in chosen:
        return Told(chosen["kind"], "chosen")
    given = _value(parts, "kind")
    if given:
        return Told(given, "named")
    guessed, word = guessed_kind(words)
    return Told(guessed, f"guess, {word}") if guessed else Told("problem", "guess")


def _priority(parts: Sequence[Part], words: Sequence[str], chosen: Choices) -> Told:
    if "priority" in chosen:
        return Told(chosen["priority"], "chosen")
    given = [part.value for part in parts if part.role == "priority"]
    if given:
        return Told(given[-1], "named")
    urgent = first_urgent(words)
    return Told("urgent", f"guess, {urgent}") if urgent else Told("normal")


def _promised(parts: Sequence[Part], chosen: Choices) -> Told:
    if chosen.get("promised"):
        return Told(chosen["promised"], "chosen")
    return Told(_value(parts, "promised"))


def _department(parts: Sequence[Part], words: Sequence[str], chosen: Choices) -> tuple[Told, str]:
    """Where a lead or a debt is passed on to; words only propose it, a mark or the person decides it."""
    given = _value(parts, "department")
    guessed, word = guessed_department(words)
    offered = given or guessed or chosen.get("department", "")
    if "department" in chosen:
        return Told(chosen["department"], "chosen"), offered
    if given:
        return Told(given, "named"), offered
    return Told("", f"proposed, {word}" if guessed else ""), offered


def _in_the_way(known: _Known | None, unsure: str, hits: Sequence[Hit], title: str) -> list[str]:
    found: list[str] = []
    if known is None and hits:
        names = ", ".join(f"C-{hit.number} {hit.name}" for hit in hits[:4])
        found.append(f"Which client: {names}? {'Name it in full.' if unsure else ''}".strip())
    elif known is None:
        found.append("Begin with the client: name, C-17, or telephone.")
    if not title:
        found.append("Say what the client asks for.")
    return found


def _alike(known: _Known | None, title: str, kind: str) -> tuple[Request, ...]:
    if known is None or not title:
        return ()
    asked = roots(title)
    ranked = [
        (similarity(asked, told), request.request_kind == kind, request) for request, told in known.requests
    ]
    near = sorted((r for r in ranked if r[0] >= _ALIKE), key=lambda r: (-r[0], not r[1], r[2].id))
    return tuple(request for _, _, request in near[:_SHOWN_ALIKE])


def _as_kind(name: str) -> RequestKind:
    from typing import cast

    if name not in attribute_of(Request, "request_kind").choices:
        raise NotFound(f"There is no kind of request “{name}”.")
    return cast("RequestKind", name)


def _as_priority(name: str) -> Priority:
    from typing import cast

    if name not in attribute_of(Request, "priority").choices:
        raise NotFound(f"There is no priority “{name}”.")
    return cast("Priority", name)
