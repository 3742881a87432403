"""Which person of a client was meant by what found the client: whose number, mail or name was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onewindow.records.clients import Contact
from onewindow.text.fold import fold, layout_variants
from onewindow.text.identifiers.phones import digits

_FEWEST_DIGITS = 4
_OWN_DIGITS = 10
"""Digits of a number behind the code of its country or the trunk prefix, which people write differently."""
_NUMBER = re.compile(r"[0-9 ()+.\-]+")


def person_meant(contacts: Sequence[Contact], query: str) -> Contact | None:
    """The one of a client's people whom a search means; None if it means nobody of them, or several."""
    typed = query.strip()
    if _NUMBER.fullmatch(typed):
        matches = _with_number(contacts, digits(typed))
    elif "@" in typed:
        wanted = typed.casefold()
        matches = [
            contact
            for contact in contacts
            if wanted in contact.email.casefold() or wanted in contact.email_2.casefold()
        ]
    else:
        matches = _with_name(contacts, typed)
    return matches[0] if len(matches) == 1 else None


def _with_number(contacts: Iterable[Contact], wanted: str) -> list[Contact]:
    if len(wanted) < _FEWEST_DIGITS:
        return []
    # Country codes and trunk prefixes are typed in many ways: the last digits decide.
    own = wanted[-_OWN_DIGITS:] if len(wanted) > _OWN_DIGITS else wanted
    return [contact for contact in contacts if own in digits(contact.phone) or own in digits(contact.phone_2)]


def _with_name(contacts: Iterable[Contact], typed: str) -> list[Contact]:
    # A search may have been typed in the wrong keyboard layout.
    readings = [fold(spelling).split() for spelling in (typed, *layout_variants(typed))]
    named = [(contact, fold(f"{contact.name} {contact.address_as}").split()) for contact in contacts]
    for words in readings:
        matches = [
            contact for contact, known in named if words and all(_begins_one(word, known) for word in words)
        ]
        if matches:
            return matches
    return []


def _begins_one(word: str, known: Iterable[str]) -> bool:
    return any(known_word.startswith(word) for known_word in known)
