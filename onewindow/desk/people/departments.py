"""The departments that take parts of our work: those of the settings, and those in use."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.store.requests import hand_offs
from onewindow.text.fold import fold, sort_key
from onewindow.text.names.picking import narrowed

_ALIKE = 0.7
_SAID = 12
"""Departments that a sentence names at most."""
_NEAR = 3


def known(session: Session) -> list[str]:
    """Their names, each in the spelling used most, in the order of the alphabet."""
    spellings: dict[str, str] = {}
    for name in (*session.settings.departments, *hand_offs.departments(session.store)):
        if name.strip():
            spellings.setdefault(fold(name), name.strip())
    return sorted(spellings.values(), key=sort_key)


def suggest(session: Session, typed: str) -> list[tuple[str, str]]:
    """Those that fit what was typed, as options of a field."""
    return [(name, name) for name in narrowed(known(session), typed, str)]


def _all_of(names: Sequence[str]) -> str:
    """What departments there are, and how many more where they are too many to be said."""
    more = len(names) - _SAID
    # "and 1 more" would take the room of its name.
    if more <= 1:
        return f"known are {', '.join(names)}."
    return f"known are {', '.join(names[:_SAID])} and {more} more."


def named(session: Session, typed: str, *, is_new: bool = False) -> str:
    """The department that somebody means, by its name or a beginning that only it has; '' for nothing.

    `is_new` says that a name which nobody has used is meant; a file without any department takes it in any
    case. Raises FieldProblems for an unknown one, with those that are near.
    """
    asked = " ".join(typed.split())
    names = known(session)
    same = [name for name in names if fold(name) == fold(asked)]
    if same or not asked:
        return same[0] if same else ""
    begun = [name for name in names if fold(name).startswith(fold(asked))]
    if len(begun) == 1 and not is_new:
        return begun[0]
    # Where there is nothing to mistake it for, the first department is new in any case.
    if is_new or not names:
        return asked
    folded = {fold(name): name for name in names}
    near = begun or [folded[match] for match in difflib.get_close_matches(fold(asked), folded, _NEAR, _ALIKE)]
    meant = f"did you mean {', '.join(near[:_NEAR])}?" if near else _all_of(names)
    raise FieldProblems(
        {"department": f"there is no department “{asked}”: {meant} A new one is marked as new."}
    )
