"""What happens to a request in the plain model: its fields, and the events that tell its story."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.simulation.model import Draft, Model, Refused, Row

CLOSED = ("resolved", "declined")
OPEN_PARTS = ("asked", "accepted", "ready", "returned")
ANSWERS = ("reply", "no_answer_needed", "resolve", "decline")


def log(
    draft: Draft,
    request: Row,
    kind: str,
    text: str = "",
    detail: Mapping[str, str] | None = None,
    at: str = "",
    *,
    staff: bool = True,
) -> None:
    """One thing that happened to a request; without `staff` the program itself did it."""
    values = {
        "client_id": request["client_id"],
        "request_id": request["id"],
        "at": at or draft.at,
        "event_kind": kind,
        "staff_id": draft.actor_id if staff else None,
        "text": text,
        "detail": json.dumps(detail, ensure_ascii=False) if detail else "",
    }
    draft.insert("request_event", values)


def terms(draft: Draft, request: Row) -> dict[str, str]:
    """What decides by which policy a request is measured."""
    tier = draft.get("client", request["client_id"])["tier"]
    return {"tier": tier, "priority": request["priority"], "request_kind": request["request_kind"]}


def open_request(draft: Draft, values: Mapping[str, Any]) -> Row:
    """A new request, and the event of its opening."""
    request = draft.insert("request", {"opened_at": draft.at, **values})
    log(draft, request, "opened", request["title"], terms(draft, request))
    return request


def events_of(draft: Draft, request_id: int) -> list[Row]:
    """The events of a request that count, causes before effects: as they came on file, by no clock."""
    return [
        row
        for row in draft.all("request_event")
        if row["request_id"] == request_id and row["archived_at"] is None
    ]


def open_parts(draft: Draft, request_id: int) -> list[Row]:
    """What other departments have of a request and have not settled."""
    return [
        row
        for row in draft.all("hand_off")
        if row["request_id"] == request_id and row["state"] in OPEN_PARTS and row["archived_at"] is None
    ]


def refuse_closed(draft: Draft, *requests: Row) -> None:
    """Refuse what cannot be done with a closed request, whether it was seen so or is so by now."""
    for request in requests:
        for each in (request, draft.get("request", request["id"])):
            if each["status"] in CLOSED or each["merged_into_id"] is not None:
                raise Refused("it is closed")


def change(draft: Draft, seen: Row, values: Mapping[str, Any], said: str = "") -> Row:
    """Set fields of a request as somebody saw it, and write down what that means."""
    now = draft.get("request", seen["id"])
    before, ready = draft.save("request", seen, values)
    if ready["status"] == "declined" and not ready["result"]:
        raise Refused("a declined request needs a reason")
    if ready["status"] in CLOSED and now["status"] not in CLOSED:
        if open_parts(draft, seen["id"]):
            raise Refused("another department has something of it")
        if any(
            row["parent_id"] == seen["id"] and row["status"] not in CLOSED and row["archived_at"] is None
            for row in draft.all("request")
        ):
            raise Refused("a part of it is open")
        is_complaint = ready["request_kind"] == "complaint" and ready["status"] == "resolved"
        if is_complaint and not ready["cause"] and ready["merged_into_id"] is None:
            raise Refused("a complaint needs its cause")
    tell(draft, before, ready, said)
    return ready


def tell(draft: Draft, before: Row, after: Row, said: str = "") -> None:
    """Write down what a change of a request means; a reason stands where there is no other text."""
    for kind, text, detail in _meaning(draft, before, after):
        log(draft, after, kind, text or said, detail)
        said = said if text else ""
    if said:
        log(draft, after, "note", said)


def _meaning(draft: Draft, before: Row, after: Row) -> Iterator[tuple[str, str, dict[str, str]]]:
    if any(before[name] != after[name] for name in ("priority", "request_kind")):
        yield "policy", f"{before['priority']} → {after['priority']}", terms(draft, after)
    if before["promised_at"] != after["promised_at"] and after["promised_at"]:
        yield "promise", "", {"promised_at": after["promised_at"]}
    if before["assignee_id"] != after["assignee_id"]:
        ids = {"from_id": str(before["assignee_id"] or ""), "to_id": str(after["assignee_id"] or "")}
        yield "assign", "", ids
    if before["status"] == after["status"]:
        return
    if before["status"] in CLOSED and after["status"] not in CLOSED:
        yield "reopen", "", {}
    elif before["status"] == "waiting":
        yield "resume", "", {}
    if after["status"] == "waiting":
        yield "wait_client", "", {}
    elif after["status"] == "resolved":
        yield "resolve", after["result"], {}
    elif after["status"] == "declined":
        yield "decline", after["result"], {}


def follow_terms(draft: Draft) -> None:
    """After a change of a client: open requests that were measured by another tier are told the new one."""
    clients = {c.record_id for c in draft.changes if c.kind == "client" and c.op != "insert"}
    for request in list(draft.all("request")):
        if request["client_id"] not in clients or request["status"] in CLOSED or request["archived_at"]:
            continue
        told = [e for e in events_of(draft, request["id"]) if e["event_kind"] in ("opened", "policy")]
        known: dict[str, str] = json.loads(told[-1]["detail"] or "{}") if told else {}
        tier = draft.get("client", request["client_id"])["tier"]
        if known and known["tier"] != tier:
            log(
                draft,
                request,
                "policy",
                f"tier {known['tier']} → {tier}",
                {**known, "tier": tier},
                max(draft.at, *(e["at"] for e in told)),
                staff=False,
            )


def times_of(model: Model, requests: list[Row]) -> dict[int, tuple[str | None, str | None]]:
    """When each request was first answered and last closed, by its events that count."""
    answers: dict[int, list[Row]] = {}
    for event in model.living("request_event"):
        if event["event_kind"] in ("reply", "resolve", "decline"):
            answers.setdefault(event["request_id"], []).append(event)
    found: dict[int, tuple[str | None, str | None]] = {}
    for request in requests:
        events = answers.get(request["id"], [])
        told = [(e["event_kind"], max(e["at"], request["opened_at"])) for e in events]
        closing = [at for kind, at in told if kind != "reply"]
        is_closed = bool(closing) and request["status"] in CLOSED
        found[request["id"]] = (told[0][1] if told else None, closing[-1] if is_closed else None)
    return found


def reply(draft: Draft, request_id: int, text: str, then: str = "client") -> None:
    """The client was answered; what a department works on stays its turn."""
    now = draft.get("request", request_id)
    log(draft, now, "reply", text)
    values = {"status": "open" if now["status"] == "new" else now["status"]}
    if now["status"] != "handed_off":
        values["next_actor"] = "client" if now["status"] == "waiting" else then
    change(draft, now, values)


def department_stands(draft: Draft, part: Row, text: str) -> None:
    """A hand-off stands so: an event of its request, whose turn follows."""
    request = draft.get("request", part["request_id"])
    detail = {"hand_off_id": str(part["id"]), "state": part["state"], "department": part["department"]}
    log(draft, request, "hand_off", text, detail)
    working = next(
        (each for each in open_parts(draft, request["id"]) if each["state"] in OPEN_PARTS[:2]), None
    )
    if working is not None and request["status"] in ("new", "open", "handed_off"):
        values = {"status": "handed_off", "next_actor": "internal", "department": working["department"]}
        draft.update("request", request["id"], values)
    elif working is None and request["status"] == "handed_off":
        draft.update("request", request["id"], {"status": "open", "next_actor": "us"})


def unanswered_at(events: list[Row]) -> str:
    """When the client said the oldest thing that nobody has answered, '' if all is answered."""
    since = ""
    for event in events:
        if event["event_kind"] in ("opened", "client_message"):
            is_taken_over = "request_id" in event["detail"]  # it stands where it was said, not where it came
            since = min(since, event["at"]) if since and is_taken_over else since or event["at"]
        elif event["event_kind"] in ANSWERS:
            since = ""
    return since


def title_of(request: Row) -> str:
    """What people call a request."""
    return f"R-{request['number']} {request['title']}"


def merge(draft: Draft, duplicate: Row, target: Row) -> None:
    """A duplicate is closed; what somebody waits for in it is owed by the other request."""
    refuse_closed(draft, target, duplicate)
    duplicate = draft.get("request", duplicate["id"])
    dup, aim = duplicate["id"], target["id"]
    events = events_of(draft, dup)
    for part in open_parts(draft, dup):
        draft.update("hand_off", part["id"], {"request_id": aim})
    for task in list(draft.all("task")):
        if task["request_id"] == dup and task["status"] == "open" and task["archived_at"] is None:
            draft.update("task", task["id"], {"request_id": aim})
    for older in list(draft.all("request")):
        if older["merged_into_id"] == dup and older["archived_at"] is None:
            draft.update("request", older["id"], {"merged_into_id": aim})
    _take_over(draft, duplicate, target, events)
    log(draft, duplicate, "merge", f"merged into R-{target['number']}", {"request_id": str(aim)})
    closed = {
        "status": "resolved",
        "next_actor": "client",
        "merged_into_id": aim,
        "result": duplicate["result"] or f"merged into R-{target['number']}",
    }
    change(draft, draft.get("request", dup), closed)
    log(draft, target, "merge", title_of(duplicate), {"request_id": str(dup)})


def _take_over(draft: Draft, duplicate: Row, target: Row, events: list[Row]) -> None:
    values: Row = {}
    promised = duplicate["promised_at"]
    if promised and (not target["promised_at"] or promised < target["promised_at"]):
        values["promised_at"] = promised
    if duplicate["status"] == "handed_off" and target["status"] in ("new", "open"):
        department = duplicate["department"]
        values |= {"status": "handed_off", "next_actor": "internal", "department": department}
    if duplicate["needs_lead"]:
        values["needs_lead"] = 1
    unanswered = unanswered_at(events)
    answers = [e["at"] for e in events_of(draft, target["id"]) if e["event_kind"] in ANSWERS]
    if unanswered and answers and answers[-1] >= unanswered:
        unanswered = ""
    if unanswered and target["status"] == "waiting":
        values |= {"status": "open", "next_actor": "us"}
    elif unanswered and "status" not in values and target["status"] != "handed_off":
        values["next_actor"] = "us"
    said = f"from R-{duplicate['number']}" if "promised_at" in values else ""
    change(draft, target, values, said)
    if unanswered:
        at = max(unanswered, target["opened_at"])
        detail = {"request_id": str(duplicate["id"])}
        log(draft, target, "client_message", duplicate["title"], detail, at)
