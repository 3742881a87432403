"""What is done with the department itself: absences, policies, opening hours, and somebody's clock."""

from __future__ import annotations

import json
from datetime import timedelta

from onewindow.desk.editing import changing
from onewindow.desk.policies import matching as policies
from onewindow.desk.queue import team
from onewindow.records.organization import SlaPolicy
from tests.simulation.model import Draft, Refused, Row
from tests.simulation.record_work import save, void
from tests.simulation.step import Step, Work, seen


def absence(work: Work) -> Step | None:
    """Somebody notes an absence, their own or as a lead that of others, or ends it."""
    session = work.person.session
    person = work.look("staff", work.one_of(*work.firm.people[:3]).session.me.id, stale=0.1)
    first = session.today() + timedelta(days=work.one_of(0, 1, 5))
    last = first + timedelta(days=work.one_of(0, 7))
    ends = work.chance(0.4)
    typed = "" if ends else f"{first:%d.%m.%Y} – {last:%d.%m.%Y}"

    def foretell(draft: Draft) -> None:
        if person.id != session.me.id and session.me.role != "lead":
            raise Refused("a lead notes the absences of others")
        before = seen(person)
        known: list[Row] = json.loads(before["absences"] or "[]")
        kept = [each for each in known if each["till"] >= draft.today]
        if ends:
            kept = kept[1:]
        else:
            wanted: Row = {"from": first.isoformat(), "till": last.isoformat(), "deputy_id": None}
            kept = [each for each in kept if each["from"] != wanted["from"]]
            if any(each["from"] <= wanted["till"] and wanted["from"] <= each["till"] for each in kept):
                raise Refused("away then already")
            kept = sorted([*kept, wanted], key=lambda each: each["from"])
        days = (kept[0]["from"], kept[0]["till"]) if kept else (None, None)
        text = json.dumps(kept) if kept else ""
        save(draft, "staff", before, {"absences": text, "away_from": days[0], "away_till": days[1]})

    return Step(
        f"absence of {person.login}: {typed}", lambda: team.set_absence(session, person, typed), foretell
    )


def policy(work: Work) -> Step | None:
    """Other targets count from a day on."""
    work.firm.hear(work.person)
    session = work.person.session
    row = work.pick("policy")
    if row is None:
        return None
    line: SlaPolicy = work.look("policy", row["id"], stale=0)
    since = session.today() + timedelta(days=work.one_of(0, 1, 4))
    values = {"resolution_min": work.one_of(240, 600, 2000), "first_response_min": work.one_of(15, 240)}

    def foretell(draft: Draft) -> None:
        day, for_whom = since.isoformat(), ("tier", "priority", "request_kind", "segment_id")
        same = [
            each
            for each in draft.all("policy")
            if each["archived_at"] is None
            and each["valid_from"] == day
            and all(each[name] == row[name] for name in for_whom)
        ]
        if same:
            draft.update("policy", same[0]["id"], values)
            return
        kept = ("name", "calendar_id", *for_whom, "next_response_min")
        draft.insert("policy", {**{name: row[name] for name in kept}, **values, "valid_from": day})

    return Step(
        f"policy {row['name']} {values} from {since}",
        lambda: policies.add_version(session, line, values, since),
        foretell,
    )


def opening_hours(work: Work) -> Step | None:
    """The working week gets other hours, or a day is closed."""
    row = work.pick("calendar")
    if row is None:
        return None
    session = work.person.session
    record = work.look("calendar", row["id"], stale=0.1)
    hours = json.loads(record.hours)
    if work.chance(0.5):
        hours["weekly"][work.one_of("mon", "wed", "sat")] = [work.one_of("10:00-14:00", "09:00-18:00")]
    else:
        day = session.today() + timedelta(days=work.one_of(0, 1, 2))
        hours.setdefault("exceptions", {})[day.isoformat()] = []
    values = {"hours": json.dumps(hours)}
    return Step(
        f"opening hours {values}",
        lambda: changing.change(session, record, values),
        lambda draft: void(draft.save("calendar", seen(record), values)),
    )


def set_clock(work: Work) -> Step | None:
    """Somebody's clock is set, back too; nobody's data changes by that."""
    skew = timedelta(seconds=work.one_of(-200_000, -3_600, -5, 0, 0, 45, 4_000))

    def act() -> None:
        work.person.clock.skew = skew

    return Step(f"clock set to {skew}", act, lambda _: None)
