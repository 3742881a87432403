"""Fields that cannot be saved as they were typed, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.store.problems import StoreProblem

NO_FIELD = ""
"""Stands for the record as a whole where no field of it is wrong."""


class FieldProblems(StoreProblem):
    """Some fields cannot be saved as they are; `errors` has one sentence for each."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        """Keep the sentences by field."""
        super().__init__(in_one_line(errors))
        self.errors = dict(errors)


def in_one_line(errors: Mapping[str, str]) -> str:
    """All sentences in one line, each behind its field: `away_till: it is over; login: it is taken.`."""
    sentences = [
        text if not name or text.startswith(f"{name} ") else f"{name}: {text}"
        for name, text in errors.items()
    ]
    return "; ".join([*(sentence.rstrip(".") for sentence in sentences[:-1]), *sentences[-1:]])
