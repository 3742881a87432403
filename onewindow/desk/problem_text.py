"""What is said of an error that has a cause outside the program: the store, a file, the system."""

from __future__ import annotations

from pathlib import Path

from onewindow.exchange.problems import FileProblem
from onewindow.store.failures import explained
from onewindow.store.problems import StoreProblem
from onewindow.text.clean import clean


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
    told = explained(error, path)
    return clean(str(told)) if told else None
