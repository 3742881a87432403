"""What answers are made of, and what was given to other departments: templates, scripts, hand-offs."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import pairwise
from typing import get_args

from onewindow.records.clients import CHANNELS, Channel
from onewindow.records.messages import (
    Message,
    MessagePurpose,
    MessageState,
    Script,
    ScriptMark,
    ScriptStep,
    Template,
)
from onewindow.records.requests import (
    HandOff,
    HandOffState,
    HandOffTarget,
    Request,
    RequestEvent,
    RequestLink,
    RequestRelation,
    Snooze,
    Task,
)
from onewindow.text.dates import parse_utc, utc_text
from seed.firm import Account, Firm
from seed.pools import pool

_HALF_HOUR = timedelta(minutes=30)


def prepare(firm: Firm) -> None:
    """Tell the templates and the scripts of the department."""
    texts = pool("answering")
    at = firm.moments.at_text(600, 10)
    for language in ("ru", "bg", "en"):
        for name, purpose, shortcut, kind, subject, text in texts[language]["templates"]:
            template = Template(
                name=name,
                purpose=purpose,
                shortcut=shortcut,
                request_kind=kind,
                language=language,
                subject=subject,
                text=text,
            )
            firm.sheets.add(template, at)
    for script_text in texts["scripts"]:
        script = Script(
            name=script_text["name"],
            moment=script_text["moment"],
            request_kind=script_text["request_kind"],
            language=script_text.get("language", "ru"),
            description=script_text["description"],
        )
        script = firm.sheets.add(script, at)
        for position, (title, prompt, required) in enumerate(script_text["steps"], 1):
            step = ScriptStep(
                script_id=script.id,
                position=position,
                title=title,
                prompt=prompt,
                is_required=int(required),
            )
            firm.sheets.add(step, at)


def work_through(firm: Firm, accounts: list[Account]) -> None:
    """Tell what else happened to some requests: hand-offs, links, messages, script steps, rows put off."""
    _pass_on(firm)
    _link(firm, accounts)
    _put_right(firm)
    _write_to(firm, accounts)
    _follow_script(firm)
    _put_off(firm)


def _pass_on(firm: Firm) -> None:
    """Every request that waits for a department has its hand-off; older ones show how such things end."""
    texts = pool("answering")["hand_offs"]
    requests = firm.sheets.all(Request)
    waiting = [request for request in requests if request.status == "handed_off"]
    for place, request in enumerate(waiting):
        state: HandOffState = ("asked", "accepted", "ready", "returned")[place % 4]
        target: HandOffTarget = {"Финансы": "finance"}.get(request.department, "internal")  # pyright: ignore[reportAssignmentType]
        texts_of_target = texts["finance"] if target == "finance" else texts["internal"][place % 4]
        _hand_off(firm, request, target, state, (request.department, *texts_of_target[1:]))
    ended = [request for request in requests if request.status == "resolved" and request.resolved_at]
    for place, request in enumerate(ended[5:400:21]):
        target = ("internal", "sales", "internal", "finance")[place % 4]
        texts_of_target = texts["internal"][place % 4] if target == "internal" else texts[target]
        _hand_off(firm, request, target, "dropped" if place % 9 == 8 else "confirmed", texts_of_target)


def _hand_off(
    firm: Firm, request: Request, target: HandOffTarget, state: HandOffState, words: tuple[str, ...]
) -> None:
    department, what, answer = words
    opened = parse_utc(request.opened_at)
    accepted = None if state == "asked" else utc_text(opened + 2 * _HALF_HOUR)
    answered = utc_text(opened + 4 * _HALF_HOUR) if state in ("ready", "returned", "confirmed") else None
    settled = request.resolved_at if state in ("confirmed", "dropped") else None
    asked_at = utc_text(opened + _HALF_HOUR)
    part = firm.sheets.add(
        HandOff(
            client_id=request.client_id,
            request_id=request.id,
            target=target,
            department=department,
            what=what,
            asked_by_id=request.assignee_id,
            state=state,
            asked_at=asked_at,
            accepted_at=accepted,
            answered_at=answered,
            settled_at=settled,
            answer="" if state in ("asked", "accepted") else answer,
            client_told_at=settled,
        ),
        request.opened_at,
    )
    if settled:
        detail = {"hand_off_id": str(part.id), "state": "asked", "department": department}
        firm.sheets.add(
            RequestEvent(
                client_id=request.client_id,
                request_id=request.id,
                at=asked_at,
                event_kind="hand_off",
                staff_id=request.assignee_id,
                text=what,
                detail=json.dumps(detail, ensure_ascii=False),
            ),
            request.opened_at,
        )


def _link(firm: Firm, accounts: list[Account]) -> None:
    """Requests of one client that belong together: complaints that came again, and every other relation."""
    for account in accounts:
        complaints = [request for request in account.requests if request.request_kind == "complaint"]
        for first, second in pairwise(complaints):
            if first.cause and first.cause == second.cause:
                _together(firm, second, first, "repeat", "same cause")
    several = [account for account in accounts if len(account.requests) > 3]
    for place, account in enumerate(several[1:20]):
        relation: RequestRelation = ("related", "duplicate", "split", "caused_by")[place % 4]
        alike = {request.request_kind: request for request in account.requests}
        for first in account.requests:
            second = alike[first.request_kind]
            if second.id != first.id:
                _together(firm, second, first, relation)
                break


def _together(
    firm: Firm, request: Request, other: Request, relation: RequestRelation, note: str = ""
) -> None:
    link = RequestLink(
        client_id=request.client_id,
        request_id=request.id,
        other_id=other.id,
        relation=relation,
        note=note,
    )
    firm.sheets.add(link, request.opened_at)


def _put_right(firm: Firm) -> None:
    """Complaints of the last months have a corrective action; two open requests wait for a lead."""
    actions = pool("answering")["hand_offs"]["corrective"]
    requests = firm.sheets.all(Request)
    since = utc_text(firm.moments.now - timedelta(days=120))
    complaints = [
        request for request in requests if request.request_kind == "complaint" and request.opened_at > since
    ]
    for place, request in enumerate(complaint for complaint in complaints if complaint.resolved_at):
        due = (parse_utc(request.resolved_at or request.opened_at) + timedelta(days=14)).date()
        is_done = due <= firm.moments.now.date() and place % 3 != 2
        firm.sheets.add(
            Task(
                client_id=request.client_id,
                request_id=request.id,
                title=actions[place % len(actions)],
                assignee_id=request.assignee_id,
                due_on=due.isoformat(),
                task_kind="corrective action",
                status="done" if is_done else "open",
                done_at=request.resolved_at if is_done else None,
            ),
            request.resolved_at or request.opened_at,
        )
    waiting = [
        place
        for place, request in enumerate(requests)
        if request.status == "open" and request.priority == "high"
    ]
    for place in waiting[1:6:4]:
        requests[place] = requests[place].with_changes({"needs_lead": 1})


def _write_to(firm: Firm, accounts: list[Account]) -> None:
    """Messages in every state; what was sent stands beside its request."""
    states: tuple[MessageState, ...] = ("sent", "sent", "sent", "queued", "failed", "draft", "cancelled")
    purposes = get_args(MessagePurpose)
    templates = [template for template in firm.sheets.all(Template) if template.purpose == "acknowledge"]
    for place, account in enumerate(a for a in accounts if a.requests and a.main.email):
        if place >= 42:
            break
        request, state = account.requests[-1], states[place % len(states)]
        template = next(template for template in templates if template.language == account.client.language)
        purpose: MessagePurpose = purposes[place % 4] if state == "draft" else "service"
        at, whom = request.opened_at, account.main.address_as or account.main.name
        unsent = state in ("draft", "cancelled")
        turn = place // len(states) * 2 + (state == "cancelled")
        channel: Channel = CHANNELS[turn % len(CHANNELS)] if unsent else "email"
        firm.sheets.add(
            Message(
                client_id=account.client.id,
                contact_id=account.main.id,
                request_id=request.id,
                template_id=template.id,
                staff_id=account.owner.id,
                channel=channel,
                purpose=purpose,
                recipient=account.main.email if channel == "email" else account.main.phone,
                subject=request.title,  # requests get their numbers when all are stored
                text=f"{whom}, здравствуйте! Приняли: {request.title}.",
                state=state,
                queued_at=at if state in ("queued", "sent", "failed") else None,
                sent_at=at if state == "sent" else None,
                tries=3 if state == "failed" else int(state == "sent"),
                error="550 mailbox unavailable" if state == "failed" else "",
            ),
            at,
        )


def _follow_script(firm: Firm) -> None:
    """With some complaints and faults the steps were marked; one that was skipped says why."""
    script_of = {script.request_kind: script for script in firm.sheets.all(Script) if script.request_kind}
    steps = firm.sheets.all(ScriptStep)
    asked = [request for request in firm.sheets.all(Request) if request.request_kind in script_of]
    for request in asked[::6]:
        script = script_of[request.request_kind]
        for step in (step for step in steps if step.script_id == script.id):
            skipped = not step.is_required and request.number % 2 == 0
            firm.sheets.add(
                ScriptMark(
                    client_id=request.client_id,
                    script_step_id=step.id,
                    request_id=request.id,
                    staff_id=request.assignee_id,
                    at=request.opened_at,
                    state="skipped" if skipped else "done",
                    note="клиент торопился" if skipped else "",
                ),
                request.opened_at,
            )


def _put_off(firm: Firm) -> None:
    """A few rows of people's days are put off, with the reason."""
    reasons = pool("answering")["hand_offs"]["snoozed"]
    open_tasks = [task for task in firm.sheets.all(Task) if task.status == "open" and task.assignee_id]
    for place, task in enumerate(open_tasks[1::9]):
        snooze = Snooze(
            client_id=task.client_id,
            staff_id=task.assignee_id,
            subject_kind="task",
            subject_id=task.id,
            till=utc_text(firm.moments.now + timedelta(days=1 + place % 3)),
            reason=reasons[place % len(reasons)],
        )
        firm.sheets.add(snooze)
