"""What can go wrong with the store, each as one sentence for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onewindow.records.structs import frozen_struct

_TOLD = 3
"""A refused undo tells so many of the things in its way."""


class StoreProblem(Exception):
    """The store cannot do what was asked; the text is one clear sentence with what to do."""


class NotFound(StoreProblem):
    """A record that was named does not exist."""


class Busy(StoreProblem):
    """Somebody else kept the file locked for too long; nothing was saved."""


class Damaged(StoreProblem):
    """Pages of the file cannot be right; nothing was saved."""


class DiskFailed(StoreProblem):
    """The disk or the system did not read or write; the file itself need not be damaged."""


class NewerFile(StoreProblem):
    """A newer program has brought the file to its own schema; this one writes no more."""


class MovedFile(StoreProblem):
    """The file was moved, removed or replaced while it was open; what is written into it nobody will find."""


@frozen_struct
class Conflict:
    """One field that two people changed: its value before, theirs, and mine."""

    field: str
    before: object
    theirs: object
    mine: object


class Stale(StoreProblem):
    """Somebody changed the same fields meanwhile; nothing was saved."""

    def __init__(self, kind: str, record_id: int, conflicts: tuple[Conflict, ...]) -> None:
        """Keep the conflicts so that a face can show them field by field."""
        names = ", ".join(c.field for c in conflicts)
        super().__init__(f"Somebody else changed {names} of this {kind} meanwhile; nothing was saved.")
        self.kind = kind
        self.record_id = record_id
        self.conflicts = conflicts


class UndoRefused(StoreProblem):
    """A change cannot be undone because people worked since on what it changed or made."""

    def __init__(
        self,
        label: str,
        fields: Mapping[str, tuple[str, ...]],
        since: Sequence[str] = (),
        *,
        of_import: bool = False,
    ) -> None:
        """Keep which fields of which record stand in the way, and clauses of who did what since."""
        where = "; ".join(f"{record}: {', '.join(names)}" for record, names in fields.items())
        reasons = [f"it was changed again since ({where})"] if fields else []
        if since:
            more = f"; and {len(since) - _TOLD} more" if len(since) > _TOLD else ""
            reasons.append(f"it was worked on since: {'; '.join(since[:_TOLD])}{more}")
        hint = " `onewindow import undo last` takes back the rest." if of_import else ""
        super().__init__(f"“{label}” cannot be undone, because {', and '.join(reasons)}.{hint}")
        self.fields = fields
        self.since = tuple(since)
