"""When two names may mean one firm: legal forms, spelling, alphabet and hidden letters do not count."""

from __future__ import annotations

from onewindow.text.fold import LEGAL_FORMS, fold, skeleton
from onewindow.text.lookalike import in_one_script

_FORMS = frozenset(fold(form) for form in LEGAL_FORMS.split())
_SHORTEST = 3


def firm_key(name: str) -> str:
    """The key under which spellings of one firm's name meet; '' for a name too short to tell firms apart.

    ООО «Щёлково», Shchelkovo LLC and a Щёлково with a Latin o have one key.
    """
    words = fold(in_one_script(name)).split()
    telling = [word for word in words if word not in _FORMS] or words
    key = skeleton(" ".join(telling))
    return key if len(key) >= _SHORTEST else ""
