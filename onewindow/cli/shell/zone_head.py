"""Times as people read them, and the line above a list of them that names their zone.

Zones are loaded when times are printed for people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onewindow.cli.shell.printing import print_text
from onewindow.text.dates import short_moment, to_local

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session


def print_zone(session: Session) -> None:
    """Name the zone of the times that follow, if the office works by another one."""
    from onewindow.desk.sla.shown_zone import zone_line

    if line := zone_line(session):
        print_text(line)


def shown_time(session: Session, stored: str | None) -> str:
    """A stored time in this person's zone and in short, '' for none."""
    return short_moment(to_local(stored, session.zone), session.today()) if stored else ""


def time_and_zone(session: Session, stored: str) -> str:
    """A stored time as it stands in a sentence: this person's, with their zone if the office has another."""
    from onewindow.desk.sla.shown_zone import other_zone

    return f"{shown_time(session, stored)} {other_zone(session)}".rstrip()
