"""Whole pages as `show` prints them, given back to be edited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from onewindow.cli.shell.printing import tell
from onewindow.records.kinds import Kind


def record_printed(kind: Kind, given: Mapping[str, object]) -> Mapping[str, object]:
    """What may be edited of a whole page as `client show` prints one: the record that it is about."""
    inside = given.get(kind.name)
    if "id" in given or not isinstance(inside, dict) or "id" not in inside:
        return given
    tell(
        f"Of what was printed only the {kind.display_name} itself is taken; the rest has commands of its own."
    )
    return cast("Mapping[str, object]", inside)
