"""What has to be known of a client before a decision, on one screen, and whose clients can be walked."""

from __future__ import annotations

from onewindow.desk.meetings import brief as meeting_brief
from onewindow.desk.meetings.brief import Brief, Section
from onewindow.desk.review.reviewing import Scope, last_decisions
from onewindow.desk.segments.membership import saved
from onewindow.desk.session.context import Session

_ORDER = (
    "goal",
    "how they are",
    "open requests",
    "promised by us",
    "use",
    "to tell",
    "opportunities",
    "meeting",
    "who",
)
_LINES = 4


def before_decision(session: Session, client_id: int) -> Brief:
    """The brief of a client for a review: their goal and last decisions first; a few lines of each part."""
    whole = meeting_brief.brief(session, client_id)
    known = {section.title: section for section in whole.sections}
    parts = [known[title] for title in _ORDER if title in known]
    decided = tuple(last_decisions(session, client_id)) or ("never reviewed",)
    parts.insert(1 if parts and parts[0].title == "goal" else 0, Section("last reviews", decided))
    sections = tuple(Section(section.title, section.lines[:_LINES]) for section in parts)
    return Brief(whole.client, whole.headline, whole.meeting, sections)


def scopes(session: Session) -> list[tuple[Scope, str]]:
    """What can be reviewed: my clients, those of a colleague, those of a saved segment."""
    me = session.me.id
    choices = [(Scope(owner_id=me), "my clients")]
    colleagues = [
        person
        for person in session.directory.staff.values()
        if person.archived_at is None
        and person.id != me
        and person.role in ("account_manager", "lead", "support")
    ]
    choices += [(Scope(owner_id=person.id), f"{person.name}: clients") for person in colleagues]
    return choices + [
        (Scope(segment_id=segment.id), f"segment: {segment.name}") for segment in saved(session)
    ]
