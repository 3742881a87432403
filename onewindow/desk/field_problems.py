"""Fields that cannot be saved as they were typed, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.store.problems import StoreProblem


class FieldProblems(StoreProblem):
    """Some fields cannot be saved as they are; `errors` has one sentence for each."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        """Keep the sentences by field."""
        super().__init__("; ".join(f"{name}: {text}" for name, text in errors.items()))
        self.errors = dict(errors)
