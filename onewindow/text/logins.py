"""Logins: one spelling of each, whatever the case and the code points it was typed in."""

from __future__ import annotations

import unicodedata


def as_login(text: str) -> str:
    """Return a login as it is stored: without a leading @, in small letters, composed (NFC)."""
    small = unicodedata.normalize("NFC", text.strip().removeprefix("@")).casefold()
    return unicodedata.normalize("NFC", small)
