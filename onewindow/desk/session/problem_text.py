"""What is said of an error that has a cause outside the program: the store, a file, the system."""

from __future__ import annotations

from pathlib import Path

from onewindow.exchange.problems import FileProblem
from onewindow.store import unreadable
from onewindow.store.engine import open_store
from onewindow.store.failures import WAY_OUT, explained
from onewindow.store.problems import StoreProblem
from onewindow.text.clean import clean

_BREAKS_ON_A_VALUE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
"""The errors that a value brings about which is not what its column says."""
_SEARCHING_SECONDS = 2.0
_damage: dict[Path, str] = {}
"""What was said of files in which a value cannot be read."""


def known_sentence(error: BaseException, path: Path | None = None) -> str | None:
    """One sentence for people, or None for an error that is a fault of the program itself.

    `path` is the file of the data, which is looked at to tell a damaged file from a failing disk.
    """
    text = clean(str(error)).strip()
    if isinstance(error, StoreProblem | FileProblem):
        return text
    if isinstance(error, OSError):
        what = (error.strerror or "the system refused").lower()
        return f"{clean(str(error.filename))}: {what}." if error.filename else f"{what}."
    if isinstance(error, UnicodeEncodeError):
        # Text of the command line and of names of files may hold bytes that are no text.
        return "A text holds half of a character, which cannot be stored: write it anew; nothing was saved."
    explanation = explained(error, path)
    if explanation is not None:
        return clean(str(explanation))
    return unreadable_value(path) if path and isinstance(error, _BREAKS_ON_A_VALUE) else None


def unreadable_value(path: Path) -> str | None:
    """One sentence on a value of the file that cannot be read, None if none is found in two seconds.

    What was found holds as long as the file is open in this process: it is searched once.
    """
    if path not in _damage:
        sentence = _searched(path)
        if sentence is None:
            return None
        _damage[path] = sentence
    return _damage[path]


def _searched(path: Path) -> str | None:
    try:
        with open_store(path) as store:
            value = next(unreadable.unreadable_values(store, _SEARCHING_SECONDS), None)
    except StoreProblem:
        return None
    if value is None:
        return None
    return (
        f"{clean(str(path))} is damaged: it holds values that cannot be read, such as {value.message()}. "
        f"`onewindow db check` names each of them; {WAY_OUT}."
    )
