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
    key = skeleton(said_name(in_one_script(name)))
    return key if len(key) >= _SHORTEST else ""


def legal_forms(name: str) -> frozenset[str]:
    """The legal forms that a name names, folded; none where there is nothing else in it."""
    words = frozenset(fold(name).split())
    return words & _FORMS if words - _FORMS else frozenset()


def said_name(name: str) -> str:
    """A firm's name as people say it: folded, without its legal form unless there is nothing else."""
    words = fold(name).split()
    return " ".join(word for word in words if word not in _FORMS) or " ".join(words)
