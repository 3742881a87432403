"""A policy that a file tells otherwise is a version from now on, as an edit makes it."""

from __future__ import annotations

from onewindow.desk.imports.reading.stories import Story
from onewindow.desk.sla import policy_versions
from onewindow.desk.sla.policy_versions import COUNTED
from onewindow.records.organization import SlaPolicy


class PolicyStory(Story[SlaPolicy]):
    """Stores versions of policies once, however often their file is read."""

    def is_known_already(self, known: SlaPolicy, meant: SlaPolicy) -> bool:
        """Whether a newer version of a policy says all that a file says, which has come in before."""
        today = self._session.today()
        versions = policy_versions.versions_of(self._transaction, meant, today)
        newest = policy_versions.in_force(versions, today)
        if newest is None or newest.id == known.id or known.valid_from != meant.valid_from:
            return False
        names = ("name", *(name for name in COUNTED if name != "valid_from"))
        return all(getattr(newest, name) == getattr(meant, name) for name in names)
