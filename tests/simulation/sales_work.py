"""What becomes of ideas and offers: taken, offered, declined, won or lost, as keys and verbs do it."""

from __future__ import annotations

from onewindow.desk.opportunities import stages
from onewindow.records.feedback import Opportunity, OpportunityState
from tests.simulation.model import Draft, Refused
from tests.simulation.record_work import save
from tests.simulation.step import Step, Work, seen

_FOLLOWING = {
    "suggested": ("accepted", "offered", "dismissed"),
    "accepted": ("offered", "won", "lost", "dismissed"),
    "offered": ("won", "lost", "dismissed"),
    "won": (),
    "lost": (),
    "dismissed": ("accepted", "offered"),
}
"""State -> what may become of it."""
_ENDS = ("won", "lost", "dismissed")


def move_opportunity(work: Work) -> Step | None:
    """Somebody takes, offers, declines, wins or loses one, mostly with the reason that ends need."""
    row = work.pick("opportunity", archived=work.chance(0.1))
    if row is None:
        return None
    record: Opportunity = work.look("opportunity", row["id"], stale=0.3)
    session = work.person.session
    state: OpportunityState = work.one_of("accepted", "offered", "offered", "won", "lost", "dismissed")
    said = work.one_of(work.word(), work.word(), "")

    def foretell(draft: Draft) -> None:
        before = seen(record)
        if state not in _FOLLOWING[before["state"]]:
            raise Refused("that cannot follow")
        if state in _ENDS and not said:
            raise Refused("an end needs its reason")
        values = {"state": state, "reason": said if state in _ENDS else ""}
        if state not in _ENDS and before["assignee_id"] is None:
            values["assignee_id"] = session.me.id
        save(draft, "opportunity", before, values)

    return Step(
        f"opportunity {row['id']} becomes {state}",
        lambda: stages.move(session, record, state, said),
        foretell,
    )
