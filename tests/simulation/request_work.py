"""What is done with requests: taken in, answered, handed on, split, merged, closed, put off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from onewindow.desk.editing import changing
from onewindow.desk.queue import snoozing, team
from onewindow.desk.requests import complaints, handing_off, intake, merging, registering, replies
from onewindow.records.requests import HandOff, Request
from onewindow.text.dates import utc_text
from tests.simulation import request_rules as rules
from tests.simulation.model import Draft, Refused, Row
from tests.simulation.record_work import likely, void
from tests.simulation.request_rules import CLOSED
from tests.simulation.step import Step, Work, seen


def take_in(work: Work) -> Step | None:
    """A new request: the full form, or one line as it is typed during a call."""
    client = work.pick("client")
    if client is None:
        return None
    session = work.person.session
    title = f"{work.word()} {work.word()}"
    if work.chance(0.5):
        to = work.one_of(*work.firm.people[:3]).session.me.id
        choices = {"assignee": work.one_of("", str(to)), "contact": "", "department": "", "promised": ""}
        line = intake.Intake(session, client["id"]).understand(title, choices)

        def foretell(draft: Draft) -> None:
            assignee = int(choices["assignee"]) if choices["assignee"] else None
            values = {"client_id": client["id"], "title": title, "assignee_id": assignee}
            rules.open_request(draft, {**values, "intake_seconds": 7})

        return Step(f"line {title}", lambda: registering.register(session, line, 7), foretell)
    values: Row = {
        "title": title,
        "request_kind": work.one_of("problem", "question", "complaint", "documents"),
        "priority": work.one_of("urgent", "high", "normal", "low"),
        "channel": work.one_of("phone", "email"),
        "text": work.word(),
    }
    return Step(
        f"new request {values}",
        lambda: changing.add(session, "request", values, client["id"]),
        lambda draft: void(rules.open_request(draft, {**likely(work, "request", client["id"]), **values})),
    )


Act = Callable[[Request], object]
Foretelling = Callable[[Draft, Row], None]


def _closed(row: Row) -> bool:
    return row["status"] in CLOSED


def _open(row: Row) -> bool:
    return row["status"] not in CLOSED


def _request(work: Work, *, stale: float = 0.25) -> Request | None:
    """A request to do something with, mostly an open one, as it was seen now or earlier."""
    row = work.pick("request", _closed if work.chance(0.15) else _open)
    return work.look("request", row["id"], stale=stale) if row else None


def _step(text: str, request: Request, act: Act, foretell: Foretelling) -> Step:
    return Step(
        f"{text} R-{request.number}", lambda: act(request), lambda draft: foretell(draft, seen(request))
    )


def _sets(values: Mapping[str, Any], said: str = "") -> Foretelling:
    def foretell(draft: Draft, request: Row) -> None:
        rules.refuse_closed(draft, request)
        rules.change(draft, request, values, said)

    return foretell


def take(work: Work) -> Step | None:
    """Somebody makes a request their own."""
    request = _request(work)
    if request is None:
        return None
    session = work.person.session
    status = "open" if request.status == "new" else request.status
    sets = _sets({"assignee_id": session.me.id, "status": status})

    def foretell(draft: Draft, before: Row) -> None:
        if before["assignee_id"] == session.me.id and before["status"] != "new":
            raise Refused("it is theirs already")
        sets(draft, before)

    return _step("take", request, lambda r: replies.take_over(session, r), foretell)


def assign(work: Work) -> Step | None:
    """Somebody gives a request to somebody, with the reason."""
    request = _request(work)
    if request is None:
        return None
    session, to, said = work.person.session, work.one_of(*work.firm.people[:3]).session.me.id, work.word()

    def foretell(draft: Draft, row: Row) -> None:
        rules.refuse_closed(draft, row)
        if row["assignee_id"] == to:
            raise Refused("it is his already")
        rules.change(draft, row, {"assignee_id": to}, said)

    return _step(f"assign to {to}", request, lambda r: replies.assign_to(session, r, to, said), foretell)


def reassign(work: Work) -> Step | None:
    """A lead gives several requests to somebody, or somebody gives away his own."""
    found = work.model.living("request")
    if len(found) < 2:
        return None
    chosen = [work.look("request", row["id"]) for row in work.firm.chance.sample(found, k=2)]
    session, to, said = work.person.session, work.one_of(*work.firm.people[:3]).session.me.id, work.word()

    def foretell(draft: Draft) -> None:
        rows = [seen(request) for request in chosen]
        moved = [
            row
            for row in rows
            if row["assignee_id"] != to
            and row["status"] not in CLOSED
            and draft.get("request", row["id"])["status"] not in CLOSED
        ]
        if not moved:
            raise Refused("nothing to give")
        others = [row for row in moved if row["assignee_id"] not in (session.me.id, None)]
        if others and session.me.role != "lead":
            raise Refused("another's work")
        for row in moved:
            rules.change(draft, row, {"assignee_id": to}, said)

    numbers = [request.number for request in chosen]
    return Step(f"reassign {numbers} to {to}", lambda: team.reassign(session, chosen, to, said), foretell)


def say(work: Work) -> Step | None:
    """An answer, a note, what the client said, or that it needs no answer."""
    request = _request(work)
    if request is None:
        return None
    session, text = work.person.session, work.word()

    def reply(draft: Draft, row: Row) -> None:
        rules.refuse_closed(draft, row)
        rules.reply(draft, row["id"], text)

    def no_answer(draft: Draft, row: Row) -> None:
        rules.refuse_closed(draft, row)
        rules.log(draft, row, "no_answer_needed", text)

    def note(draft: Draft, row: Row) -> None:
        rules.log(draft, row, "note", text)

    match work.one_of("reply", "reply", "note", "no answer"):
        case "reply":
            return _step("reply to", request, lambda r: replies.reply_to(session, r, text), reply)
        case "note":
            return _step("note on", request, lambda r: replies.note_down(session, r, text), note)
        case _:
            act: Act = lambda r: replies.no_answer_needed(session, r, text)  # noqa: E731
            return _step("no answer for", request, act, no_answer)


def client_wrote(work: Work) -> Step | None:
    """The client writes: waiting ends, a closed request opens again, bare thanks change nothing."""
    request = _request(work)
    if request is None:
        return None
    session, text, thanks = work.person.session, work.word(), work.chance(0.3)

    def foretell(draft: Draft, row: Row) -> None:
        if row["merged_into_id"] is not None:
            row = draft.get("request", row["merged_into_id"])
        closed = row["status"] in CLOSED
        if closed and thanks:
            rules.log(draft, row, "thanks", text)
            return
        values: Row = {}
        if closed or row["status"] == "waiting":
            values = {"status": "open", "next_actor": "us"}
        elif row["status"] != "handed_off":
            values = {"next_actor": "us"}
        rules.change(draft, row, values)
        rules.log(draft, row, "client_message", text)

    return _step(
        f"client wrote (thanks: {thanks}) on",
        request,
        lambda r: replies.client_wrote(session, r, text, thanks=thanks),
        foretell,
    )


def wait_or_resume(work: Work) -> Step | None:
    """A request waits for the client, or goes on."""
    request = _request(work)
    if request is None:
        return None
    session, text = work.person.session, work.word()
    if work.chance(0.5):

        def wait(draft: Draft, row: Row) -> None:
            rules.refuse_closed(draft, row)
            if row["status"] == "waiting":
                raise Refused("it waits already")
            rules.change(draft, row, {"status": "waiting", "next_actor": "client"}, text)

        return _step("wait in", request, lambda r: replies.wait_for_client(session, r, text), wait)

    def again(draft: Draft, row: Row) -> None:
        if row["status"] not in (*CLOSED, "waiting"):
            raise Refused("it is open already")
        if draft.get("request", row["id"])["merged_into_id"] is not None:
            raise Refused("it was merged")
        values = {"status": "open", "next_actor": "us"}
        rules.change(draft, row, values, text)

    return _step("open again", request, lambda r: replies.open_again(session, r, text), again)


def promise(work: Work) -> Step | None:
    """The client gets a date, or a later one with the reason."""
    request = _request(work)
    if request is None:
        return None
    session, reason = work.person.session, work.one_of("", work.word())
    at = utc_text(session.now() + timedelta(hours=work.one_of(-1, 5, 30, 100)))

    def foretell(draft: Draft, row: Row) -> None:
        rules.refuse_closed(draft, row)
        if at <= draft.at or row["promised_at"] == at or (row["promised_at"] and not reason):
            raise Refused("no such date")
        rules.change(draft, row, {"promised_at": at}, reason)

    return _step(
        f"promise {at} for", request, lambda r: replies.promise_for(session, r, at, reason), foretell
    )


def close(work: Work) -> Step | None:
    """A request is resolved or declined."""
    request = _request(work)
    if request is None:
        return None
    session, text, cause = work.person.session, work.word(), work.one_of("", work.word())
    minutes = work.firm.chance.randrange(30)

    def resolve(draft: Draft, row: Row) -> None:
        rules.refuse_closed(draft, row)
        values = {
            "status": "resolved",
            "next_actor": "client",
            "result": text,
            "minutes": row["minutes"] + minutes,
            "cause": cause or row["cause"],
        }
        rules.change(draft, row, values)

    if work.chance(0.7):
        return _step(
            "resolve", request, lambda r: replies.resolve_with(session, r, text, minutes, cause), resolve
        )
    decline = _sets({"status": "declined", "next_actor": "client", "result": text})
    return _step("decline", request, lambda r: replies.decline_with(session, r, text), decline)


def set_priority(work: Work) -> Step | None:
    """A request becomes more or less urgent, or another kind."""
    request = _request(work)
    if request is None:
        return None
    session = work.person.session
    values = work.one_of({"priority": work.one_of("urgent", "high", "low")}, {"request_kind": "question"})
    return _step(
        f"{values} for",
        request,
        lambda r: changing.change(session, r, values),
        lambda draft, row: void(
            rules.change(draft, row, values) if any(row[k] != v for k, v in values.items()) else None
        ),
    )


def lead(work: Work) -> Step | None:
    """A lead is asked, or has looked."""
    request = _request(work)
    if request is None:
        return None
    session, text = work.person.session, work.word()
    if work.chance(0.5):
        return _step(
            "ask lead about",
            request,
            lambda r: replies.ask_lead(session, r, text),
            lambda draft, row: void(rules.change(draft, row, {"needs_lead": 1}, f"A lead is asked: {text}")),
        )

    def looked(draft: Draft, row: Row) -> None:
        if not row["needs_lead"]:
            raise Refused("nobody asked")
        rules.change(draft, row, {"needs_lead": 0}, f"A lead looked: {text}")

    return _step("lead looked at", request, lambda r: replies.lead_looked(session, r, text), looked)


def correct(work: Work) -> Step | None:
    """A corrective action is promised: a task, told on the request."""
    request = _request(work, stale=0)
    if request is None:
        return None
    session, what = work.person.session, work.word()
    due_day = session.today() + timedelta(days=3)
    due = due_day.isoformat()

    def foretell(draft: Draft, row: Row) -> None:
        task = {
            "client_id": row["client_id"],
            "request_id": row["id"],
            "title": what,
            "task_kind": complaints.CORRECTIVE,
            "due_on": due,
            "assignee_id": row["assignee_id"] or session.me.id,
        }
        draft.insert("task", task)
        rules.log(draft, row, "note", f"Corrective action by {due_day:%d.%m.%Y}: {what}")
        if not row["corrective_action"]:
            rules.change(draft, draft.get("request", row["id"]), {"corrective_action": what})

    return _step("correct", request, lambda r: complaints.correct(session, r, what, due), foretell)


def split(work: Work) -> Step | None:
    """A part of a request becomes a request of its own."""
    request = _request(work)
    if request is None:
        return None
    session, title = work.person.session, f"{work.word()} {work.word()}"
    same = ("client_id", "request_kind", "priority", "assignee_id", "contact_id", "channel", "product_id")

    def foretell(draft: Draft, row: Row) -> None:
        rules.refuse_closed(draft, row)
        part = rules.open_request(
            draft,
            {name: row[name] for name in (*same, "work_kind")} | {"title": title, "parent_id": row["id"]},
        )
        _linked(draft, part, row, "split", ("was split from", "gave a part to"))

    return _step("split", request, lambda r: merging.split(session, r, title), foretell)


def _linked(
    draft: Draft, one: Row, other: Row, relation: str, spoken: tuple[str, str], note: str = ""
) -> None:
    ids = {"client_id": one["client_id"], "request_id": one["id"], "other_id": other["id"]}
    draft.insert("request_link", {**ids, "relation": relation, "note": note})
    for first, second, words in ((one, other, spoken[0]), (other, one, spoken[1])):
        text = " ".join(part for part in (f"{words} {rules.title_of(second)}", note) if part)
        rules.log(draft, first, "link", text, {"request_id": str(second["id"])})


def join(work: Work) -> Step | None:
    """Two requests are linked, or one is merged into the other as a duplicate."""
    one = work.pick("request", _open)
    other = work.pick("request", lambda row: bool(one) and row["client_id"] == one["client_id"])
    if one is None or other is None:
        return None
    first, second = (work.look("request", row["id"], stale=0.1) for row in (one, other))
    session, note = work.person.session, work.word()
    if work.chance(0.4):

        def link(draft: Draft) -> None:
            pair = {first.id, second.id}
            if first.id == second.id or any(
                {row["request_id"], row["other_id"]} == pair and row["relation"] == "related"
                for row in draft.all("request_link")
                if row["archived_at"] is None
            ):
                raise Refused("linked already, or one and the same")
            _linked(draft, seen(first), seen(second), "related", ("belongs to", "belongs to"), note)

        return Step(
            f"link R-{first.number} R-{second.number}",
            lambda: merging.link(session, first, second, "related", note),
            link,
        )

    def merge(draft: Draft) -> None:
        if first.id == second.id:
            raise Refused("one and the same")
        rules.merge(draft, seen(first), seen(second))

    return Step(
        f"merge R-{first.number} into R-{second.number}",
        lambda: merging.merge(session, first, second),
        merge,
    )


def hand_off(work: Work) -> Step | None:
    """A part of a request goes to another department."""
    request = _request(work)
    if request is None:
        return None
    session, what = work.person.session, work.word()
    target, department = work.one_of(("internal", "склад"), ("internal", "разработка"), ("sales", ""))
    asked = HandOff(request_id=request.id, target=target, department=department, what=what, target_min=120)
    told = work.one_of("", "", work.word())

    def foretell(draft: Draft, row: Row) -> None:
        rules.refuse_closed(draft, draft.get("request", row["id"]))
        values = {
            "client_id": row["client_id"],
            "request_id": row["id"],
            "target": target,
            "department": department or target,
            "what": what,
            "target_min": 120,
            "asked_by_id": session.me.id,
            "asked_at": draft.at,
        }
        part = draft.insert("hand_off", values)
        rules.department_stands(draft, part, what)
        if told:
            rules.reply(draft, row["id"], told)
            draft.update("hand_off", part["id"], {"client_told_at": draft.at})

    return _step(
        f"hand off to {target}", request, lambda _: handing_off.hand_off(session, asked, told), foretell
    )


def department_answers(work: Work) -> Step | None:
    """A department moves on with its part, or the client hears who answers him."""
    row = work.pick("hand_off")
    if row is None:
        return None
    part: HandOff = work.look("hand_off", row["id"], stale=0.1)
    session, text = work.person.session, work.one_of("", work.word(), work.word())
    if work.chance(0.2):

        def told(draft: Draft) -> None:
            if not text:
                raise Refused("say what he was told")
            rules.reply(draft, part.request_id, text)
            draft.save("hand_off", seen(part), {"client_told_at": draft.at})

        return Step(f"tell client of {part.what}", lambda: handing_off.tell_client(session, part, text), told)
    state = work.one_of("accepted", "ready", "returned", "confirmed", "confirmed", "dropped", "asked")

    def foretell(draft: Draft) -> None:
        if state not in handing_off.next_states(part) or (state in ("returned", "dropped") and not text):
            raise Refused("no such state, or no reason")
        if state == "confirmed" and part.target != "internal" and part.client_told_at is None:
            raise Refused("the client must hear first")
        values = {"state": state, "answer": text or part.answer}
        before, after = draft.save("hand_off", seen(part), values)
        after = draft.update("hand_off", part.id, _stamps(before, after["state"], draft.at))
        if before["state"] != after["state"]:
            rules.department_stands(draft, after, text or after["answer"])

    return Step(
        f"hand-off {part.what} becomes {state}",
        lambda: handing_off.move_on(session, part, state, text),
        foretell,
    )


def _stamps(part: Row, state: str, at: str) -> Row:
    """When a hand-off was accepted, answered and settled."""
    answered, settled = state in ("ready", "returned", "confirmed"), state in ("confirmed", "dropped")
    found: Row = {}
    if state in ("accepted", "ready", "confirmed") and not part["accepted_at"]:
        found["accepted_at"] = at
    if state != "dropped" and answered != bool(part["answered_at"]):
        found["answered_at"] = at if answered else None
    if settled != bool(part["settled_at"]):
        found["settled_at"] = at if settled else None
    return found


def put_off(work: Work) -> Step | None:
    """A row of somebody's day is put off, or stands there again."""
    session = work.person.session
    snooze = work.pick("snooze")
    if snooze is not None and work.chance(0.4):
        record = work.look("snooze", snooze["id"])
        return Step(
            "bring back",
            lambda: snoozing.bring_back(session, record),
            lambda draft: draft.archive("snooze", record.id),
        )
    row = work.pick("request")
    if row is None:
        return None
    record, reason = work.look("request", row["id"]), work.word()
    till = session.local_now() + timedelta(hours=work.one_of(2, 40))

    def foretell(draft: Draft) -> None:
        for older in draft.all("snooze"):
            mine = older["staff_id"] == session.me.id and older["subject_id"] == record.id
            if mine and older["archived_at"] is None and older["till"] > draft.at:
                draft.archive("snooze", older["id"])
        values = {
            "client_id": record.client_id,
            "staff_id": session.me.id,
            "subject_kind": "request",
            "subject_id": record.id,
            "till": utc_text(till.replace(second=0)),
            "reason": reason,
        }
        draft.insert("snooze", values)

    typed = f"{till:%Y-%m-%d %H:%M}"
    return Step(
        f"put off R-{record.number} till {typed}",
        lambda: snoozing.put_off(session, record, typed, reason),
        foretell,
    )
