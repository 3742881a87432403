"""Taking a request in from one typed line: what is understood of it, and who takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onewindow.desk.people import routing
from onewindow.desk.requests.intake_clients import ClientReader, NamedClient
from onewindow.desk.requests.intake_people import colleagues, named_apart, person_of_client
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client, Contact
from onewindow.records.organization import Staff
from onewindow.records.requests import Request, Touch
from onewindow.records.structs import frozen_struct
from onewindow.store import rows, timeline
from onewindow.store.clients import cards as clients
from onewindow.store.engine import Store
from onewindow.store.requests import threads as requests
from onewindow.store.search.finding import Hit
from onewindow.text.capture.hints import first_urgent, guessed_department, guessed_kind
from onewindow.text.capture.line import Part, Role, given_back, read_line, title_of, with_part, words_of
from onewindow.text.capture_dates import missing_day
from onewindow.text.similarity import roots, similarity

Choices = Mapping[str, str]
"""What the person decided by hand, by role: ids, names of kinds and priorities, '' for none."""

# Half of the roots in common: less finds any two requests about the same report.
_ALIKE = 0.5
_SHOWN_ALIKE = 3
_OPEN_AT_MOST = 100


@frozen_struct
class ParsedValue:
    """One thing that was understood: the stored value, and in a few words why."""

    value: str
    why: str = ""


@frozen_struct
class ParsedLine:
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
    contact: ParsedValue
    kind: ParsedValue
    priority: ParsedValue
    assignee: ParsedValue
    """'' is the queue."""
    colleagues: tuple[int, ...]
    """Staff that may be meant by the name after the @, or who could take it."""
    promised: ParsedValue
    """UTC text."""
    promised_read: str
    """What the words of the line say, also where the person wants no promise."""
    tags: str
    department: ParsedValue
    """sales or finance, where a lead or a debt goes; '' where nothing is passed on."""
    department_offered: str
    """The department that the words suggest, whether or not it is passed on."""
    spoke_last: Touch | None
    alike: tuple[Request, ...]
    """Open requests of this client that look like this one."""
    problems: tuple[str, ...]


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

    def understand(self, text: str, choices: Choices | None = None, store: Store | None = None) -> ParsedLine:
        """What a line says; what the person chose by hand stands above what was read."""
        chosen = choices or {}
        store = store or self._store
        parts = read_line(text, self._now())
        promised_read = _value(parts, "promised")
        if chosen.get("promised") == "":
            parts = given_back(parts, "promised")
        # The client first: whom a name or a number means among people depends on whose people they are.
        named = self._clients.read(store, text, parts, self._shown_id)
        parts, known, why = self._client(store, named, chosen)
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
        return ParsedLine(
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

    def _client(
        self, store: Store, named: NamedClient, chosen: Choices
    ) -> tuple[tuple[Part, ...], _Known | None, str]:
        """The parts with the name among them, what is known of the client, and why it is this one."""
        if chosen.get("client"):
            is_named = chosen["client"] in {str(hit.client_id) for hit in named.hits}
            parts = named.parts if is_named else given_back(named.parts, "client")
            return parts, self._of(store, int(chosen["client"])), "chosen"
        if named.is_certain:
            return named.parts, self._of(store, named.hits[0].client_id), named.how
        if self._shown_id is not None:
            return named.parts, self._of(store, self._shown_id), "on the screen"
        return named.parts, None, named.how

    def _of(self, store: Store, client_id: int) -> _Known | None:
        # Asked with each key: read once a client, and again after `forget`.
        if client_id not in self._known:
            client = rows.find(store, Client, client_id)
            self._known[client_id] = self._read(store, client) if client else None
        return self._known[client_id]

    def _read(self, store: Store, client: Client) -> _Known:
        # The roots of titles once, not with each key: they cost more than comparing them does.
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
    ) -> tuple[tuple[Part, ...], ParsedValue]:
        if known is None:
            return parts, ParsedValue("")
        numbers = [part.value for part in parts if part.role == "number"]
        words = words_of(text, parts)
        named = person_of_client(known.contacts, words, numbers)
        if "contact" in chosen:
            return parts, ParsedValue(chosen["contact"], "chosen" if chosen["contact"] else "nobody named")
        if named is None:
            return parts, ParsedValue("")
        if named.first < named.end:
            start, end = words[named.first].start, words[named.end - 1].end
            parts = with_part(parts, Part("contact", start, end, str(named.contact.id)))
        return parts, ParsedValue(str(named.contact.id), named.how)

    def _assignee(
        self, text: str, parts: tuple[Part, ...], known: _Known | None, chosen: Choices
    ) -> tuple[tuple[Part, ...], ParsedValue, tuple[int, ...], list[str]]:
        """Who takes it, who else may be meant, and what is wrong with the name after the @."""
        asked = next((part for part in parts if part.role == "assignee"), None)
        named = self._colleagues(asked.value) if asked else []
        unknown: list[str] = []
        if asked is not None and len(named) != 1 and "assignee" not in chosen:
            some = ", ".join(named_apart(named[:4]))
            name = text[asked.start : asked.end]
            unknown.append(f"{name} may be several: {some}." if named else f"Nobody of us is called {name}.")
        if asked is not None and not named:
            parts = given_back(parts, "assignee")
        route = routing.route(self._staff, known.client, self._now().date().isoformat()) if known else None
        others = [person.id for person in named]
        for offered in (
            route.staff_id if route else None,
            known.client.owner_id if known else None,
            self._me.id,
        ):
            if offered and offered not in others:
                others.append(offered)
        if "assignee" in chosen:
            assignee = ParsedValue(
                chosen["assignee"], "chosen" if chosen["assignee"] else f"chosen: {routing.ANYBODY}"
            )
        elif len(named) == 1:
            assignee = ParsedValue(str(named[0].id), "named")
        elif route is not None:
            assignee = ParsedValue(str(route.staff_id or ""), route.why)
        else:
            assignee = ParsedValue("")
        return parts, assignee, tuple(others), unknown

    def _colleagues(self, name: str) -> list[Staff]:
        return colleagues(self._staff.values(), self._me, name)


def _value(parts: Sequence[Part], role: Role) -> str:
    return next((part.value for part in parts if part.role == role), "")


def _kind(parts: Sequence[Part], words: Sequence[str], chosen: Choices) -> ParsedValue:
    if "kind" in chosen:
        return ParsedValue(chosen["kind"], "chosen")
    given = _value(parts, "kind")
    if given:
        return ParsedValue(given, "named")
    guessed, word = guessed_kind(words)
    return ParsedValue(guessed, f"guess, {word}") if guessed else ParsedValue("problem", "guess")


def _priority(parts: Sequence[Part], words: Sequence[str], chosen: Choices) -> ParsedValue:
    if "priority" in chosen:
        return ParsedValue(chosen["priority"], "chosen")
    # The last one: who types a second priority corrects the first.
    given = [part.value for part in parts if part.role == "priority"]
    if given:
        return ParsedValue(given[-1], "named")
    urgent = first_urgent(words)
    return ParsedValue("urgent", f"guess, {urgent}") if urgent else ParsedValue("normal")


def _promised(parts: Sequence[Part], chosen: Choices) -> ParsedValue:
    if chosen.get("promised"):
        return ParsedValue(chosen["promised"], "chosen")
    return ParsedValue(_value(parts, "promised"))


def _department(parts: Sequence[Part], words: Sequence[str], chosen: Choices) -> tuple[ParsedValue, str]:
    """Where a lead or a debt is passed on to; words only propose it, a mark or the person decides it."""
    given = _value(parts, "department")
    guessed, word = guessed_department(words)
    offered = given or guessed or chosen.get("department", "")
    if "department" in chosen:
        return ParsedValue(chosen["department"], "chosen"), offered
    if given:
        return ParsedValue(given, "named"), offered
    return ParsedValue("", f"proposed, {word}" if guessed else ""), offered


def _in_the_way(known: _Known | None, unsure: str, hits: Sequence[Hit], title: str) -> list[str]:
    problems: list[str] = []
    if known is None and hits:
        names = ", ".join(f"C-{hit.number} {hit.name}" for hit in hits[:4])
        problems.append(f"Which client: {names}? {'Name it in full.' if unsure else ''}".strip())
    elif known is None:
        problems.append("Begin with the client: name, C-17, or telephone.")
    if not title:
        problems.append("Say what the client asks for.")
    return problems


def _alike(known: _Known | None, title: str, kind: str) -> tuple[Request, ...]:
    if known is None or not title:
        return ()
    asked = roots(title)
    ranked = [
        (similarity(asked, known_roots), request.request_kind == kind, request)
        for request, known_roots in known.requests
    ]
    near = sorted((r for r in ranked if r[0] >= _ALIKE), key=lambda r: (-r[0], not r[1], r[2].id))
    return tuple(request for _, _, request in near[:_SHOWN_ALIKE])
