"""People named in a line: colleagues after an @, and the client's own people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from onewindow.records.clients import Contact
from onewindow.records.organization import Staff
from onewindow.records.structs import frozen_struct
from onewindow.text.capture.line import Word
from onewindow.text.fold import fold, skeleton
from onewindow.text.identifiers.phones import digits
from onewindow.text.names.person_names import surname_place

_ME = frozenset({"me", "я", "меня", "мне", "аз", "мен"})
FROM = frozenset({"от", "from"})
"""Words before a name that leave the title with it."""
_LEAST_LETTERS = 3
# What is left without country code or trunk digit: 8 916 … and +7 916 … are one number.
_PHONE_END = 9
_LONGEST_NAME = 3
_SLIP = 0.75


def colleagues(people: Iterable[Staff], me: Staff, name: str) -> list[Staff]:
    """Whom of us a name after an @ means: login, name or surname in any script, its beginning, or nearly so.

    Several people mean that it must be asked; nobody that the name is unknown.
    """
    if name.casefold() in _ME:
        return [me]
    here = [person for person in people if person.archived_at is None]
    asked = fold(name)
    if not asked:
        return []
    exact = [person for person in here if fold(person.login) == asked]
    if exact:
        return exact
    words_of_all = [(person, [fold(person.login), *fold(person.name).split()]) for person in here]
    called = [(person, _by_use(person)) for person in here]
    sounds = skeleton(asked)
    tiers: tuple[Callable[[str], bool], ...] = (
        lambda word: word == asked,
        lambda word: word.startswith(asked),
        lambda word: skeleton(word) == sounds,
    )
    # A closer fit of a lesser name goes before a looser one of the surname; the surname goes first in each.
    for fits in tiers:
        for use in range(3):
            fitting = [person for person, words in called if any(map(fits, words[use]))]
            if fitting:
                return fitting
    if asked in {fold(person.name) for person in here}:
        return [person for person in here if fold(person.name) == asked]
    return _nearly(words_of_all, asked)


def named_apart(people: Sequence[Staff]) -> list[str]:
    """The names of people among whom one is to choose; of namesakes with the login."""
    names = [person.name for person in people]
    return [
        f"{person.name} (@{person.login})" if names.count(person.name) > 1 else person.name
        for person in people
    ]


def _by_use(person: Staff) -> tuple[list[str], list[str], list[str]]:
    """The folded words of a colleague as people use them: login and surname, given name, patronymic."""
    words = fold(person.name).split()
    place = surname_place(person.name)
    others = [word for at, word in enumerate(words) if at != place]
    return [fold(person.login), *words[place : place + 1]], others[:1], others[1:]


def _nearly(people: Sequence[tuple[Staff, list[str]]], asked: str) -> list[Staff]:
    if len(asked) <= _LEAST_LETTERS:
        return []
    import difflib  # only for a slip of the fingers, which few lines have

    def nearness(words: list[str]) -> float:
        return max(difflib.SequenceMatcher(None, asked, word).ratio() for word in words)

    ranked = [(nearness(words), person) for person, words in people if words]
    best = max((ratio for ratio, _ in ranked), default=0.0)
    return [person for ratio, person in ranked if ratio == best] if best >= _SLIP else []


@frozen_struct
class NamedPerson:
    """A person of the client who is named.

    `first` and `end` are the words of the name, where these can leave the title.
    """

    contact: Contact
    how: str
    first: int = 0
    end: int = 0


def person_of_client(
    contacts: Sequence[Contact], words: Sequence[Word], numbers: Sequence[str]
) -> NamedPerson | None:
    """The person that a line names by telephone, e-mail or name; None where nobody or more than one fits.

    Those words leave the title only where the sentence does without them: before all others, or as “от Ким”
    at its end.
    """
    for typed in numbers:
        fitting = [contact for contact in contacts if _has_number(contact, typed)]
        if len(fitting) == 1:
            return NamedPerson(fitting[0], "by address" if "@" in typed else "by phone")
    keys = [fold(word.text) for word in words]
    for length in range(_LONGEST_NAME, 0, -1):
        for first in range(len(keys) - length + 1):
            named = keys[first : first + length]
            fitting = [contact for contact in contacts if _is_called(contact, named)]
            if len(fitting) == 1:
                return _placed(fitting[0], words, first, first + length)
    return None


def _placed(contact: Contact, words: Sequence[Word], first: int, end: int) -> NamedPerson:
    if first == 0 and end < len(words):
        return NamedPerson(contact, "named", first, end)
    if first > 1 and end == len(words) and words[first - 1].text.casefold() in FROM:
        return NamedPerson(contact, "named", first - 1, end)
    return NamedPerson(contact, "named")


def _is_called(contact: Contact, named: Sequence[str]) -> bool:
    if not all(named) or (len(named) == 1 and len(named[0]) < _LEAST_LETTERS):
        return False
    words = fold(f"{contact.name} {contact.address_as}").split()
    return all(word in words for word in named)


def _has_number(contact: Contact, typed: str) -> bool:
    if "@" in typed:
        return typed.casefold() in (contact.email.casefold(), contact.email_2.casefold())
    end = digits(typed)[-_PHONE_END:]
    return len(end) >= _PHONE_END and any(
        digits(phone)[-_PHONE_END:] == end for phone in (contact.phone, contact.phone_2)
    )
