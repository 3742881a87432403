"""What is done with records of any kind: made, edited, archived, brought back, changed many at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from slugify import slugify

from onewindow.desk.editing import changing
from onewindow.desk.handover import acknowledging
from onewindow.desk.surveys import detractors
from onewindow.records.clients import Client
from onewindow.store import rows
from onewindow.text.dates import to_local, utc_text
from onewindow.text.fold import sort_key
from tests.simulation import plan_rules
from tests.simulation.model import Draft, Refused, Row
from tests.simulation.people import ZONE
from tests.simulation.step import Step, Work, seen

Maker = Callable[[Work, int], Any]
"""Makes a value of a field, given the client's id."""


def _day(first: int, last: int) -> Maker:
    """A date so many days from today."""

    def made(work: Work, _: int) -> str:
        ahead = work.firm.chance.randrange(first, last)
        return (work.person.session.today() + timedelta(days=ahead)).isoformat()

    return made


def _any(*choices: Any) -> Maker:
    return lambda work, _: work.one_of(*choices)


def _text(work: Work, _: int) -> str:
    return work.word()


def _number(most: int) -> Maker:
    return lambda work, _: work.firm.chance.randrange(most)


def _of(kind: str) -> Maker:
    """A record that the field refers to: of the client, where it is a client's kind."""

    def made(work: Work, client_id: int) -> int | None:
        row = work.pick(kind, lambda each: each.get("client_id", client_id) == client_id)
        return row["id"] if row else None

    return made


def _staff(work: Work, _: int) -> int:
    return work.one_of(*work.firm.people[:3]).session.me.id


def _phone(work: Work, _: int) -> str:
    return f"+7495{work.firm.chance.randrange(2_000_000, 9_999_999)}"


def _soon(work: Work, _: int) -> str:
    """A full hour of the next two weeks, UTC as stored."""
    ahead = timedelta(hours=work.firm.chance.randrange(2, 300))
    return utc_text((work.person.session.now() + ahead).replace(minute=0, second=0))


def _mail(work: Work, _: int) -> str:
    return f"{work.word()}@example.com"


FIELDS: Mapping[str, Mapping[str, Maker]] = {
    "client": {
        "name": lambda work, _: f"{work.one_of('Firma', 'Werk', 'Haus')} {work.one_of('Nord', work.word())}",
        "city": _any("Казань", "Омск", "София"),
        "owner_id": _staff,
        "deputy_id": _staff,
        "tier": _any("A", "B", "C", "D"),
        "client_class": _any("reseller", "regular", "one_off"),
        "stage": _any("handover", "onboarding", "active"),
        "goal": _text,
        "note": _text,
        "tags": _text,
        "aliases": _text,
    },
    "contact": {
        "name": lambda work, _: f"{work.word().title()} Test",
        "phone": _phone,
        "email": _mail,
        "role": _text,
        "preferred_channel": _any("phone", "email", "messenger"),
    },
    "contact_note": {"contact_id": _of("contact"), "text": _text},
    "consent": {
        "contact_id": _of("contact"),
        "purpose": _any("marketing", "survey"),
        "channel": _any("email", "phone"),
        "source": _text,
    },
    "asset": {"name": _text, "serial": _text, "place": _text},
    "promise": {
        "text": _text,
        "promise_kind": _any("spoken"),
        "due_on": _day(3, 40),
        "given_by_id": _staff,
        "evidence": _text,
        "deliverable": _text,
    },
    "document": {
        "title": _text,
        "number": _text,
        "document_kind": _any("invoice", "act", "contract"),
        "state": _any("draft", "sent", "signed", "received", "missing"),
        "due_on": _day(1, 30),
        "note": _text,
    },
    "feedback": {
        "quote": _text,
        "feedback_kind": _any("usage", "remark", "wish"),
        "importance": _number(4),
        "product_id": _of("product"),
        "contact_id": _of("contact"),
    },
    "opportunity": {
        "title": _text,
        "opportunity_kind": _any("licences", "module"),
        "evidence": _text,
        "assignee_id": _staff,
        "expected_on": _day(1, 90),
    },
    "task": {
        "title": _text,
        "assignee_id": _staff,
        "due_on": _day(0, 20),
        "status": _any("open", "done"),
        "text": _text,
    },
    "touch": {
        "text": _text,
        "touch_kind": _any("call", "mail", "note"),
        "direction": _any("in", "out"),
        "mood": _any("calm", "worried"),
        "need": _text,
    },
    "licence": {"product_id": _of("product"), "bought": _number(50), "ends_on": _day(10, 300)},
    "workplace": {"name": _text, "product_id": _of("product")},
    "training": {"title": _text, "trainer_id": _staff, "people": _number(5)},
    "meeting": {
        "title": _text,
        "starts_at": _soon,
        "minutes": _any(30, 60, 90),
        "form": _any("visit", "online", "at_ours"),
        "place": _text,
        "agenda": _text,
    },
    "plan": {"title": _text, "agreed_volume": _number(90), "unit": _text, "mentor_id": _staff},
    "message": {"text": _text, "subject": _text, "recipient": _mail},
    "survey": {
        "title": _text,
        "questions": lambda work, _: f"{work.word()}?",
        "touchpoint": _text,
        "incentive": _text,
    },
    "survey_response": {
        "survey_id": _of("survey"),
        "score": _number(12),
        "contact_id": _of("contact"),
        "comment": _text,
    },
}
"""What people type into the fields of each kind; those that a new record needs come first."""
_NEEDED = {
    "client": 1,
    "contact": 2,
    "contact_note": 2,
    "consent": 1,
    "promise": 3,
    "feedback": 2,
    "task": 2,
    "licence": 2,
    "touch": 2,
    "meeting": 2,
    "survey": 2,
    "survey_response": 2,
}
_DETRACTOR = 6
_OF_NOBODY = ("client", "survey")
"""Kinds whose records belong to no client."""


def add(work: Work) -> Step | None:
    """A new record from what was typed into a form."""
    kind = _kind(work)
    client = None if kind in _OF_NOBODY else work.pick("client")
    if kind not in _OF_NOBODY and client is None:
        return None
    client_id: int = client["id"] if client else 0
    needed = _NEEDED.get(kind, 1)
    values = {
        name: make(work, client_id)
        for place, (name, make) in enumerate(FIELDS[kind].items())
        if place < needed or work.chance(0.5)
    }
    if (kind == "contact_note" and values["contact_id"] is None) or values.get("survey_id", 0) is None:
        return None
    session = work.person.session

    def foretell(draft: Draft) -> None:
        row = {**likely(work, kind, client_id), **values}
        made = draft.insert(kind, row | filled(draft, kind, None, row))
        _validate(draft, kind, None, made)
        if kind == "document":
            plan_rules.follow_contract(draft, None, made)
        if kind == "survey_response":
            follow_mark(work, draft, made)

    typed = {name: _typed(name, value) for name, value in values.items()}
    return Step(
        f"new {kind} {typed}", lambda: changing.add(session, kind, typed, client_id or None), foretell
    )


def _typed(name: str, value: Any) -> str:
    """A value as somebody types it: times by the clock of the office."""
    if name == "starts_at":
        return f"{to_local(value, ZONE):%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)


def _kind(work: Work) -> str:
    """A kind of record that this person may write: private notes are for leads and those of the client."""
    is_lead = work.person.session.me.role == "lead"
    return work.one_of(*(kind for kind in FIELDS if is_lead or kind != "contact_note"))


def likely(work: Work, kind: str, client_id: int) -> Row:
    """What a new record has if nothing else is typed: me, today, now, this client, my region."""
    session = work.person.session
    me, today = session.me.id, session.today().isoformat()
    of_client: Row = {} if kind in _OF_NOBODY else {"client_id": client_id}
    mine: dict[str, Row] = {
        "client": {"owner_id": me, "country": "RU", "since": today},
        "contact_note": {"noted_on": today},
        "consent": {"decided_on": today},
        "promise": {"given_by_id": me, "owner_id": me, "valid_from": today},
        "feedback": {"said_on": today, "staff_id": me},
        "opportunity": {"assignee_id": me},
        "task": {"assignee_id": me},
        "touch": {"staff_id": me, "at": session.now_text()},
        "request": {"assignee_id": me},
        "training": {"trainer_id": me},
        "plan": {"started_on": today},
        "message": {"staff_id": me},
        "meeting": {"staff_id": me},
        "survey_response": {"at": session.now_text()},
    }
    return {**of_client, **mine.get(kind, {})}


def filled(draft: Draft, kind: str, before: Row | None, row: Row) -> Row:
    """What the program writes itself: names to sort by, short names, when something was settled."""
    today = draft.today
    match kind:
        case "client":
            own: Row = {"name_sort": sort_key(row["name"])}
            return own if before else {**own, "slug": _slug(draft, row["name"]), "number": 0}
        case "promise":
            return _since(before, row, "settled_at", row.get("status") in ("kept", "broken"), draft.at)
        case "task":
            return _since(before, row, "done_at", row.get("status", "open") != "open", draft.at)
        case "opportunity":
            closed = row.get("state") in ("won", "lost", "dismissed")
            begun = {} if before or row.get("begun_on") else {"begun_on": today}
            return begun | _since(before, row, "closed_on", closed, today)
        case "document" if row.get("state") in ("signed", "received") and not row.get("signed_on"):
            return {"signed_on": today}
        case "plan":
            own = {"owner_id": row["mentor_id"]} if row.get("mentor_id") and not row.get("owner_id") else {}
            return own | _since(before, row, "closed_on", row.get("status", "running") != "running", today)
        case _:
            return {}


def _since(before: Row | None, row: Row, name: str, holds: bool, moment: str) -> Row:
    """When something came true: kept as long as it is, gone when it no longer is."""
    known = row.get(name) if before is None else before[name]
    if holds == bool(known):
        return {}
    return {name: moment if holds else None}


def _slug(draft: Draft, name: str) -> str:
    wanted = slugify(name, max_length=60)
    taken = {row["slug"] for row in draft.all("client")}
    found, count = wanted, 1
    while found in taken:
        count += 1
        found = f"{wanted}-{count}"
    return found


def edit(work: Work) -> Step | None:
    """Some fields typed into the form of a record, seen now or a while ago."""
    kind = _kind(work)
    row = work.pick(kind, archived=work.chance(0.1))
    if row is None:
        return None
    record = work.look(kind, row["id"], stale=0.4)
    names = work.firm.chance.sample(sorted(FIELDS[kind]), k=min(2, len(FIELDS[kind])))
    values = {name: FIELDS[kind][name](work, row.get("client_id", 0)) for name in names}
    if None in (values.get("contact_id", 0), values.get("survey_id", 0)):
        return None
    session = work.person.session

    def foretell(draft: Draft) -> None:
        before, after = save(draft, kind, seen(record), values)
        if kind == "survey_response" and after is not before:
            follow_mark(work, draft, after)

    typed = {name: _typed(name, value) for name, value in values.items()}
    return Step(f"edit {kind} {row['id']} {typed}", lambda: changing.edit(session, record, typed), foretell)


def save(draft: Draft, kind: str, before: Row, values: Mapping[str, Any]) -> tuple[Row, Row]:
    """Set fields of a record as somebody saw it, and what follows from them."""
    wanted = {name: value for name, value in values.items() if before[name] != value}
    if not wanted:
        now = draft.get(kind, before["id"])
        return now, now
    now, after = draft.save(kind, before, wanted)
    _validate(draft, kind, now, after)
    after = draft.update(kind, before["id"], filled(draft, kind, now, after))
    if kind == "client" and None not in (now["owner_id"], after["owner_id"]):
        plan_rules.hand_on(draft, after["id"], now["owner_id"], after["owner_id"])
    if kind == "document":
        plan_rules.follow_contract(draft, now, after)
    return now, after


def _validate(draft: Draft, kind: str, before: Row | None, row: Row) -> None:
    """Refuse a mark beyond its survey's scale, and other questions of a survey that was answered."""
    if kind == "survey_response":
        survey = draft.get("survey", row["survey_id"])
        if not survey["scale_min"] <= row["score"] <= survey["scale_max"]:
            raise Refused("beyond the scale")
    if kind == "survey" and before is not None and before["questions"] != row["questions"]:
        answers = (each for each in draft.all("survey_response") if each["survey_id"] == row["id"])
        if any(each["archived_at"] is None for each in answers):
            raise Refused("it was answered")


def archive_or_restore(work: Work) -> Step | None:
    """A record taken out of the daily view, or brought back."""
    kind = work.one_of(*FIELDS, "request")
    back = work.chance(0.4)
    row = work.pick(kind, lambda each: bool(each["archived_at"]) == back, archived=back)
    if row is None or (kind == "client" and not back and len(work.model.living("client")) < 4):
        return None
    record = work.look(kind, row["id"])
    session = work.person.session
    if back:
        return Step(
            f"restore {kind} {row['id']}",
            lambda: changing.restore(session, record),
            lambda draft: draft.restore(kind, row["id"]),
        )
    return Step(
        f"archive {kind} {row['id']}",
        lambda: changing.archive(session, record),
        lambda draft: _archived(draft, kind, row["id"]),
    )


def _archived(draft: Draft, kind: str, record_id: int) -> None:
    """An answer takes the task along that follows it and is still open."""
    row = draft.get(kind, record_id)
    if kind == "survey_response" and not row["archived_at"] and (task := _open_task(draft, row)):
        draft.archive("task", task["id"])
    draft.archive(kind, record_id)


def follow_mark(work: Work, draft: Draft, row: Row) -> None:
    """A low mark opens a task of the owner's; one that is low no more drops it."""
    if row["score"] <= _DETRACTOR and draft.get("survey", row["survey_id"])["metric"] == "nps":
        if row["task_id"] is None:
            session, client = work.person.session, draft.get("client", row["client_id"])
            said = f": «{row['comment']}»" if row["comment"] else ""
            due = detractors.due_on(session, rows.get(session.store, Client, client["id"]), row["at"])
            owed = {"title": f"answer to a mark of {row['score']}{said}", "task_kind": "detractor"}
            whose = {"client_id": client["id"], "assignee_id": client["owner_id"] or session.me.id}
            task = draft.insert("task", {**owed, **whose, "due_on": due.isoformat()})
            draft.update("survey_response", row["id"], {"task_id": task["id"]})
    elif task := _open_task(draft, row):
        save(draft, "task", task, {"status": "dropped"})


def _open_task(draft: Draft, row: Row) -> Row | None:
    task = draft.get("task", row["task_id"]) if row["task_id"] else None
    return task if task and task["status"] == "open" and task["archived_at"] is None else None


def finish(work: Work) -> Step | None:
    """What `x` means: a task done, a document received, a client told."""
    kind, wanted = work.one_of(
        ("task", {"status": "done"}),
        ("document", {"state": "received"}),
        ("feedback", {"told_on": work.person.session.today().isoformat(), "outcome": "told"}),
    )
    row = work.pick(kind)
    if row is None:
        return None
    record = work.look(kind, row["id"])
    session = work.person.session

    def foretell(draft: Draft) -> None:
        before = seen(record)
        is_done = before["told_on"] if kind == "feedback" else wanted.items() <= before.items()
        if is_done:
            raise Refused("it is done already")
        save(draft, kind, before, wanted)

    return Step(f"done {kind} {row['id']}", lambda: changing.mark_done(session, record), foretell)


def acknowledge(work: Work) -> Step | None:
    """Somebody says that they know of a promise."""
    row = work.pick("promise")
    if row is None:
        return None
    record = work.look("promise", row["id"])
    session = work.person.session

    def foretell(draft: Draft) -> None:
        if record.status not in ("new", "acknowledged") or record.acknowledged_at is not None:
            raise Refused("it has ended, or was acknowledged")
        me = session.me.id
        values = {"status": "acknowledged", "acknowledged_by_id": me, "acknowledged_at": draft.at}
        save(draft, "promise", seen(record), values | ({} if record.owner_id else {"owner_id": me}))

    return Step(
        f"acknowledge promise {row['id']}", lambda: acknowledging.acknowledge(session, record), foretell
    )


def change_many(work: Work) -> Step | None:
    """Several clients get a new owner or a tag at once; one undo takes all back."""
    clients = work.model.living("client")
    if len(clients) < 2:
        return None
    chosen = work.firm.chance.sample(clients, k=min(3, len(clients)))
    records = [work.look("client", row["id"]) for row in chosen]
    values = work.one_of({"owner_id": _staff(work, 0)}, {"tags": work.word()})
    session = work.person.session

    def foretell(draft: Draft) -> None:
        for record in records:
            save(draft, "client", seen(record), values)

    return Step(
        f"change clients {[row['number'] for row in chosen]} {values}",
        lambda: changing.change_many(session, records, values, "change of many"),
        foretell,
    )


def void(_: object) -> None:
    """Nothing: a foretelling gives back nothing."""
