"""Who may restore or rebuild the file: everybody but quality specialists."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from onewindow.store.doctor import file_history
from onewindow.store.problems import StoreProblem


def validate_not_quality(paths: Iterable[Path], login: str, what: str) -> None:
    """Raise StoreProblem if the first of the files that knows the person calls them a quality specialist."""
    for path in paths:
        role = file_history.role_in(path.expanduser(), login.removeprefix("@").casefold())
        if role == "quality":
            raise StoreProblem(
                f"You may read everything here and not {what}; ask a lead, or an administrator of the file."
            )
        if role:
            return
