"""What becomes of meetings: planned with the people who come, put off, called off, held."""

from __future__ import annotations

from datetime import timedelta

from onewindow.desk.meetings import planning
from onewindow.desk.meetings.typed_line import MeetingLine
from onewindow.records.meetings import Meeting
from onewindow.text.dates import utc_text
from tests.simulation.model import Draft, Refused, Row
from tests.simulation.record_work import save
from tests.simulation.step import Step, Work, seen


def plan(work: Work) -> Step | None:
    """Somebody plans a meeting, with a person of the client if there is one, and sometimes a colleague."""
    row = work.pick("client")
    if row is None:
        return None
    client, session = work.look("client", row["id"]), work.person.session
    person = work.pick("contact", lambda each: each["client_id"] == row["id"])
    contacts = [work.look("contact", person["id"])] if person else []
    colleagues = work.one_of((), (), (work.one_of(*work.firm.people[:3]).session.me.id,))
    starts_at = utc_text((session.now() + timedelta(hours=work.one_of(3, 30, 200))).replace(second=0))
    line = MeetingLine(
        starts_at=starts_at,
        title=work.word(),
        minutes=work.one_of(30, 60),
        form=work.one_of("visit", "online", "at_ours"),
        place=work.one_of("", work.word()),
    )

    def foretell(draft: Draft) -> None:
        of_client = {"client_id": row["id"]}
        named = {name: getattr(line, name) for name in ("title", "starts_at", "minutes", "form")}
        place = line.place or (client.city if line.form == "visit" else "")
        led = {"place": place, "staff_id": session.me.id, "agenda": client.goal}
        meeting = draft.insert("meeting", {**of_client, **named, **led})
        comes = [{"contact_id": each.id} for each in contacts]
        comes += [{"staff_id": each} for each in dict.fromkeys((session.me.id, *colleagues))]
        for each in comes:
            draft.insert("meeting_person", {**of_client, "meeting_id": meeting["id"], **each})

    return Step(
        f"plan meeting {line.title} with client {row['number']}",
        lambda: planning.plan(session, client, line, contacts=contacts, colleagues=colleagues),
        foretell,
    )


def settle(work: Work) -> Step | None:
    """A meeting loses its time, is called off, or was held, which becomes a touch."""
    row = work.pick("meeting", lambda each: each["state"] in ("planned", "postponed") or work.chance(0.1))
    if row is None:
        return None
    meeting: Meeting = work.look("meeting", row["id"], stale=0.3)
    session, said = work.person.session, work.one_of("", work.word(), work.word(), work.word())
    state = work.one_of("postponed", "cancelled", "held", "held")

    def foretell(draft: Draft) -> None:
        if meeting.state in ("held", "cancelled") or not said:
            raise Refused("it is settled, or there is no reason")
        if state == "held":
            touch = draft.insert("touch", _touch(draft, meeting, said))
            values: Row = {"state": "held", "result": said, "touch_id": touch["id"]}
        elif state == "postponed":
            values = {"state": "postponed", "reason": said, "postponed": meeting.postponed + 1}
        else:
            values = {"state": "cancelled", "reason": said}
        save(draft, "meeting", seen(meeting), values)

    acts = {
        "postponed": lambda: planning.postpone(session, meeting, "", said),
        "cancelled": lambda: planning.cancel(session, meeting, said),
        "held": lambda: planning.held(session, meeting, said),
    }
    return Step(f"meeting {meeting.title} is {state}", acts[state], foretell)


def _touch(draft: Draft, meeting: Meeting, said: str) -> Row:
    came = (
        each["contact_id"]
        for each in draft.all("meeting_person")
        if each["meeting_id"] == meeting.id and each["archived_at"] is None and each["contact_id"]
    )
    return {
        "client_id": meeting.client_id,
        "touch_kind": "visit" if meeting.form == "visit" else "meeting",
        "text": said,
        "at": min(meeting.starts_at, draft.at),
        "contact_id": next(came, None),
        "staff_id": meeting.staff_id or draft.actor_id,
        "direction": "out",
        "minutes": meeting.minutes,
        "postponed": meeting.postponed,
    }
