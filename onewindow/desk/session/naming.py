"""Which record somebody means: ids, short numbers, slugs, logins, names; and how each is called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from onewindow.desk.session.context import Session
from onewindow.records.by_name import number_of
from onewindow.records.clients import Client
from onewindow.records.fields import Record, attribute_of
from onewindow.records.kinds import KINDS
from onewindow.records.organization import Staff
from onewindow.store import rows
from onewindow.store.clients import cards as clients
from onewindow.store.people import organization
from onewindow.store.problems import NotFound
from onewindow.store.requests import threads
from onewindow.text.dates import week_monday
from onewindow.text.fold import fold, sort_key
from onewindow.text.money import format_money
from onewindow.text.patterns import pattern

R = TypeVar("R", bound=Record)
Option = tuple[str, str]
"""An id as text, and what people read."""

_SHORT = pattern(r"^([CcСсRr])-?(\d{1,9})$")
"""A short number; a Cyrillic С looks like the Latin C, so it is taken for one."""
PEOPLE = frozenset({"staff", "contact"})
"""Kinds whose titles are names of people."""
_SCAN = 2000
_GUESSES = 3


def _usage_title(_record: Record, week: str) -> str:
    return f"week from {week_monday(int(week)).isoformat()}" if week else ""


def _document_title(record: Record, title: str) -> str:
    return " ".join(part for part in (str(getattr(record, "number", "")), title) if part)


def _revenue_title(record: Record, note: str) -> str:
    if note:
        return note
    return f"revenue of {format_money(getattr(record, 'amount', 0), getattr(record, 'currency', ''))}"


_TITLES: Mapping[str, Callable[[Record, str], str]] = {
    "usage": _usage_title,
    "document": _document_title,
    "revenue": _revenue_title,
}
"""Titles that are more than one field, by kind. Here and not in the entries of these kinds: a title is asked
for on every row of a list, and an entry would load the rules of its feature."""


def title_of(record: Record) -> str:
    """What people call a record: a client's name, a request's number and title."""
    kind = KINDS[record.kind]
    title = str(getattr(record, kind.title) or "")
    if kind.prefix:
        return f"{kind.prefix}-{number_of(record)} {title}"
    if record.kind in _TITLES:
        title = _TITLES[record.kind](record, title)
    return title or f"{kind.display_name} {record.id}"


def called(session: Session, record: Record) -> str:
    """What people call a record, also one that is known by another: a licence by its product."""
    own = session.registry.of_record(record).display.called
    if own is not None and (name := own(session, record)):
        return name
    title = attribute_of(type(record), KINDS[record.kind].title)
    if title.private:
        # Labels of changes are read by everybody, and outlive the fact when it is erased.
        return f"of {getattr(record, 'noted_on', '') or record.id}"
    refers = title.refers
    if refers is None:
        return title_of(record)
    return label(session, refers, getattr(record, KINDS[record.kind].title)) or title_of(record)


def label(session: Session, kind: str, record_id: int | None) -> str:
    """The name of a referred record, '' for none."""
    if record_id is None or record_id == 0:
        return ""
    record = rows.find(session.store, KINDS[kind].record, record_id)
    if record is None:
        return f"{KINDS[kind].display_name} {record_id}?"
    return record.name if isinstance(record, Client) else title_of(record)


def resolve_client(session: Session, text: str, *, archived: bool = False) -> Client:
    """The client somebody names by C-17, id, slug, name, alias, tax id or anything that finds that one only.

    Where several have the name, living ones are meant, or the `archived` ones. Raises NotFound with the
    nearest names when none or several fit.
    """
    store = session.store
    asked = text.strip()
    short = _SHORT.match(asked)
    if short and short[1] in "CcСс":
        numbered = clients.by_number(store, int(short[2]))
        return _exactly("client", asked, [numbered] if numbered else [])
    if asked.isdecimal():
        by_id = rows.find_by_word(store, Client, asked)
        exact = [by_id] if by_id else clients.by_tax_id(store, asked)
    else:
        exact = clients.by_slug(store, asked.casefold()) or clients.by_sort_name(store, sort_key(asked))
    exact = exact or clients.by_external_id(store, asked)
    if exact:
        meant = [c for c in exact if (c.archived_at is not None) == archived]
        return _exactly("client", asked, meant or exact)
    return _exactly("client", asked, _searched(session, asked), _guessed(session, asked))


def _request_by_number(session: Session, asked: str) -> int | None:
    short = _SHORT.match(asked)
    if short is None:
        return None
    numbered = threads.by_number(session.store, int(short[2]))
    return _exactly("request", asked, [numbered] if numbered else []).id


def _colleague_by_login(session: Session, asked: str) -> int | None:
    if asked in ("me", "я", "аз"):
        return session.me.id
    person = organization.staff_by_login(session.store, asked)
    return person.id if person is not None else None


_BY_WORD: Mapping[str, Callable[[Session, str], int | None]] = {
    "request": _request_by_number,
    "staff": _colleague_by_login,
}
"""Kinds whose records have a word of their own besides a title; what looks one up, None where it is none."""


def resolve(
    session: Session, kind: str, text: str, client_id: int | None = None, *, archived: bool = False
) -> int:
    """The id of the record of a kind that somebody names; raises NotFound when none or several fit.

    A name means a living record, or with `archived` one out of the archive; ids and numbers mean either.
    """
    asked = text.strip()
    if kind == "client":
        return resolve_client(session, asked, archived=archived).id
    record = KINDS[kind].record
    by_id = rows.find_by_word(session.store, record, asked)
    if by_id is not None:
        return by_id.id
    if kind in _BY_WORD and (named := _BY_WORD[kind](session, asked)) is not None:
        return named
    candidates = _candidates(session, kind, client_id, archived=archived)
    wanted = fold(asked)
    same = [c for c in candidates if fold(title_of(c)) == wanted]
    close = same or (_closest(wanted, candidates) if wanted else [])
    if len(close) > 1:
        close = session.registry.of(kind).display.meant(session, close)
    if not close and archived:
        return resolve(session, kind, text, client_id)
    if not close and (sentence := _archived_namesake_text(session, kind, wanted, client_id)):
        raise NotFound(sentence)
    return _exactly(kind, asked, close, _nearest_titles(wanted, candidates)).id


def _archived_namesake_text(session: Session, kind: str, wanted: str, client_id: int | None) -> str:
    """The sentence for a name that only archived records have; '' where none has it."""
    archived = _candidates(session, kind, client_id, archived=True) if wanted else ()
    same = [record for record in archived if fold(title_of(record)) == wanted]
    if not same:
        return ""
    ids = ", ".join(str(record.id) for record in same[-_GUESSES:])
    return f"“{title_of(same[-1])}” is archived: bring it back with restore, or name it by its id, {ids}."


def validate_is_here(session: Session, staff_id: int | None) -> None:
    """Raise NotFound for a colleague who left."""
    person = session.directory.staff.get(staff_id or 0)
    if person is not None and person.archived_at is not None:
        raise NotFound(f"{person.name} works here no more; name somebody else.")


def colleague(session: Session, text: str) -> int:
    """The id of the colleague whom somebody names to do something; raises NotFound for one who left."""
    staff_id = resolve(session, "staff", text)
    validate_is_here(session, staff_id)
    return staff_id


def suggest(
    session: Session,
    kind: str,
    text: str,
    client_id: int | None = None,
    limit: int = 20,
    *,
    archived: bool = False,
) -> list[Option]:
    """The records of a kind that fit what was typed so far, best first; everything short for ''.

    They are living ones, or with `archived` those out of the archive (of clients both).
    """
    if kind == "client":
        from onewindow.store.search.finding import find_clients  # as below

        hits = find_clients(session.store, text, session.me.id, limit=limit)
        return [(str(hit.client_id), hit.name) for hit in hits]
    from onewindow.text.names.picking import narrowed  # who only shows a client needs no order of pickers

    options = [
        (str(record.id), title_of(record))
        for record in _candidates(session, kind, client_id, archived=archived)
    ]
    by_name = sorted(options, key=lambda option: sort_key(option[1]))
    return narrowed(by_name, text, lambda option: option[1], people=kind in PEOPLE)[:limit]


def _candidates(
    session: Session, kind: str, client_id: int | None, *, archived: bool = False
) -> Sequence[Record]:
    if kind == "staff":
        people = organization.staff(session.store)
        return [person for person in people if (person.archived_at is not None) == archived]
    if archived:
        from onewindow.store import catalogue  # few names are looked for in the archive

        return catalogue.archived(session.store, KINDS[kind].record, client_id=client_id, limit=_SCAN)
    if kind == "contact" and client_id:
        return clients.contacts(session.store, client_id)
    from onewindow.store import catalogue  # nobody picks from a list before the first frame

    return catalogue.page(session.store, KINDS[kind].record, client_id=client_id, limit=_SCAN)


def _closest(wanted: str, candidates: Sequence[Record]) -> list[Record]:
    """Those in whose title every word begins a word, of these the ones that have all as whole words.

    Петров is the colleague of that name, not one whose patronymic begins with it.
    """
    begun = [record for record in candidates if _matches(wanted, fold(title_of(record)))]
    whole = [record for record in begun if set(wanted.split()) <= set(fold(title_of(record)).split())]
    return whole or begun


def _matches(wanted: str, title: str) -> bool:
    padded = f" {title}"
    return all(f" {word}" in padded for word in wanted.split())


def _searched(session: Session, text: str) -> list[Client]:
    # Most names are given whole, and a start names nobody: searching is loaded when it is needed.
    from onewindow.store.search.archived_hits import find_all
    from onewindow.store.search.finding import ALIKE, ANYWHERE

    wanted = fold(text)
    # What is only alike is a guess: a command must not act on a client whom nobody named.
    hits = [hit for hit in find_all(session.store, text, session.me.id, limit=6) if hit.rank < ALIKE]
    well = [hit for hit in hits if hit.rank <= ANYWHERE]
    if all(hit.archived_at for hit in well):
        hits = well or hits
    else:
        hits = [hit for hit in hits if not hit.archived_at]
    matching = [rows.get(session.store, Client, hit.client_id) for hit in hits]
    called = [c for c in matching if wanted in {fold(name) for name in (c.name, *c.aliases.splitlines())}]
    return called or matching


def _nearest_titles(wanted: str, candidates: Sequence[Record]) -> Iterator[str]:
    import difflib  # 5 ms, for a slip only

    titles = {fold(title_of(record)): title_of(record) for record in candidates}
    titles |= {record.login: record.login for record in candidates if isinstance(record, Staff)}
    yield from (titles[near] for near in difflib.get_close_matches(wanted, titles, _GUESSES, 0.75))


def _guessed(session: Session, text: str) -> Iterator[str]:
    """The clients nearest to a name that nobody has."""
    from onewindow.store.search.finding import find_clients  # as above

    for hit in find_clients(session.store, text, session.me.id, limit=_GUESSES):
        yield f"C-{hit.number} {hit.name}"


def _exactly(kind: str, asked: str, candidates: Sequence[R], near: Iterable[str] = ()) -> R:
    some = list(candidates)
    if len(some) == 1:
        return some[0]
    spoken = KINDS[kind].display_name
    if not some:
        meant = ", ".join(near)
        hint = f"; did you mean {meant}?" if meant else "."
        raise NotFound(f"There is no {spoken} “{asked}”{hint}")
    titles = [title_of(record) for record in some]
    # A title that several have tells nobody which one to say: the id does.
    names = ", ".join(
        title if titles.count(title) == 1 else f"{title} ({record.id})"
        for record, title in zip(some[:5], titles, strict=False)
    )
    raise NotFound(f"“{asked}” may mean several: {names}; say which {spoken}.")
