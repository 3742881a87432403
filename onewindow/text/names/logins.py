"""Logins: one spelling of each, whatever the case and the code points it was typed in."""

from __future__ import annotations

import unicodedata

_NEVER = frozenset('/\\[]:;|=,+*?<>"')
"""Signs that neither the systems of servers nor Windows allow in the name of an account."""


def as_login(text: str) -> str:
    """Return a login as it is stored: without a leading @, in small letters, composed (NFC)."""
    small = unicodedata.normalize("NFC", text.strip().removeprefix("@")).casefold()
    return unicodedata.normalize("NFC", small)


def login_problem(login: str) -> str:
    """What is wrong with a login, one sentence; '' for one that a system can have.

    Letters of any alphabet are right; a space is not, since it would not stand in a command either.
    """
    wrong = [sign for sign in login if sign.isspace() or not sign.isprintable() or sign in _NEVER]
    if not wrong:
        return ""
    what = "a space" if wrong[0].isspace() else f"“{wrong[0]}”" if wrong[0].isprintable() else "such a sign"
    return f"no login has {what}; write the name by which one signs in on the server, such as kim."
