"""The line above a list of times that names their zone, for people only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onewindow.cli.shell.printing import print_text

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session


def print_zone(session: Session) -> None:
    """Name the zone of the times that follow, if the office works by another one."""
    from onewindow.desk.sla.shown_zone import zone_line

    if line := zone_line(session):
        print_text(line)


def time_and_zone(session: Session, stored: str) -> str:
    """A stored time as it stands in a sentence: this person's, with their zone if the office has another."""
    from onewindow.cli.editing.record_rows import shown_time
    from onewindow.desk.sla.shown_zone import other_zone

    return f"{shown_time(session, stored)} {other_zone(session)}".rstrip()
