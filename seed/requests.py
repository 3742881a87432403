"""Requests: two years of them solved, and what is on the desk today in every state."""

from __future__ import annotations

from datetime import datetime

from onewindow.metrics.policies.working_time import add_open_seconds
from onewindow.records.clients import CHANNELS, Channel
from onewindow.records.organization import Staff
from onewindow.records.requests import Priority, Request, RequestEvent, RequestKind
from seed.firm import Account, Firm
from seed.moments import open_before
from seed.stories import Case, Story

HISTORY_DAYS = 730
_PER_HISTORY = {"A": 22, "B": 12, "C": 6, "D": 3}
_KINDS: dict[RequestKind, int] = {
    "problem": 26,
    "documents": 20,
    "access": 16,
    "question": 18,
    "fault": 6,
    "training": 6,
    "complaint": 5,
    "other": 3,
}
_PRIORITIES: dict[Priority, int] = {"urgent": 6, "high": 20, "normal": 54, "low": 20}
_CHANNELS: dict[Channel, int] = {"phone": 40, "email": 32, "messenger": 16, "portal": 9, "meeting": 3}
_HOUR = 3600
TODAY_STATES = ("late", "soon", "paused", "running", "new", "handed_off", "running", "late_answer", "paused")
_FIRST_DRAWN = 1042
_DRAWN = {_FIRST_DRAWN, 1050, 1051}


def ask(firm: Firm, accounts: list[Account]) -> None:
    """Give every client its requests; those with a drawn number are told before."""
    turn = 0
    for place, account in enumerate(accounts):
        _history(firm, account)
        if account.client.stage in ("active", "onboarding", "leaving") and place % 3 != 1:
            turn += 1
            state = TODAY_STATES[turn % len(TODAY_STATES)]
            _today(firm, account, state)
            if account.client.tier == "A":
                _today(firm, account, "running")
    _rare(firm, accounts)
    _number(firm)


def case_of(firm: Firm, account: Account, kind: RequestKind) -> Case:
    """Something of this kind that the client might ask in its language."""
    groups = account.texts("requests")
    title, text, result, cause = firm.pick(next(g["items"] for g in groups if g["kind"] == kind))
    urgent = kind == "fault" or (kind == "complaint" and firm.chance(0.5))
    priority: Priority = "urgent" if urgent else firm.weighted(_PRIORITIES)
    return Case(kind, title, text, result, cause, priority, firm.weighted(_CHANNELS))


def _assignee(firm: Firm, account: Account, kind: RequestKind) -> Staff:
    office = account.owner.office
    if kind == "complaint":
        return firm.pick(firm.staff_by_role("lead", office))
    if kind in ("problem", "fault") and firm.chance(0.6):
        return firm.pick(firm.staff_by_role("support", office))
    return account.owner


def _history(firm: Firm, account: Account) -> None:
    here = min(account.joined, HISTORY_DAYS) - account.last_day
    count = round(_PER_HISTORY[account.client.tier] * here / HISTORY_DAYS)
    for _ in range(count if account.client.stage != "handover" else 0):
        ago = account.last_day + firm.random.randrange(12, max(13, here))
        hour, minute = firm.random.randrange(9, 18), firm.random.randrange(60)
        opened = firm.moments.at(firm.moments.workday_ago(ago), hour, minute)
        _solved(firm, account, opened)


def _solved(firm: Firm, account: Account, opened: datetime) -> None:
    """Tell a request from the opening to the end, with what usually happens between."""
    case = case_of(firm, account, firm.weighted(_KINDS))
    story = Story(firm, account, case, opened, _assignee(firm, account, case.kind))
    words = account.texts("requests_words")
    random, target = firm.random, story.target
    first = (story.policy.first_response_min or 0) * 60
    answered = first * (random.uniform(0.1, 0.9) if firm.chance(0.88) else random.uniform(1.1, 2.5))
    solved = target * (random.uniform(0.15, 0.95) if firm.chance(0.85) else random.uniform(1.05, 1.9))
    solved = max(solved, answered + 600)
    between = solved - answered
    if firm.chance(0.3):
        given = (account.owner, story.assignee or account.owner)
        from_id = str(given[0].id) if given[0] != given[1] else ""
        story.after(60, "assign", detail={"from_id": from_id, "to_id": str(given[1].id)})
    story.after(answered, "reply", firm.pick(words["reply"]))
    if firm.chance(0.12):
        story.after(answered + between * 0.2, "note", firm.pick(words["note"]))
    if firm.chance(0.22):
        story.after(answered + between * 0.3, "wait_client", firm.pick(words["wait"]))
        story.after(answered + between * 0.6, "client_message", firm.pick(words["again"]), by_us=False)
    if firm.chance(0.06):
        due = add_open_seconds(story.calendar, opened, int(target))
        story.promise(answered + between * 0.4, due, "Назвали срок клиенту.")
    if firm.chance(0.05):
        story.raise_priority(answered + between * 0.5, "urgent", f"{case.priority} → urgent")
    if firm.chance(0.05):
        story.after(solved, "decline", words["decline"][0])
    else:
        story.after(solved, "resolve", case.result or firm.pick(words["done"]))
        if firm.chance(0.2):
            story.after(solved + _HOUR, "thanks", firm.pick(words["thanks"]), by_us=False)
        elif firm.chance(0.04):
            story.after(solved + 9 * _HOUR, "reopen", firm.pick(words["reopen"]), by_us=False)
            story.after(solved + 14 * _HOUR, "resolve", firm.pick(words["done"]))
    story.tell()


def _today(firm: Firm, account: Account, state: str) -> Request:
    """Tell a request that is open now, in the given state."""
    case = case_of(firm, account, firm.weighted(_KINDS))
    assignee = _assignee(firm, account, case.kind)
    words, random = account.texts("requests_words"), firm.random
    target = (firm.policies[account.client.tier, case.priority].resolution_min or 0) * 60
    first = (firm.policies[account.client.tier, case.priority].first_response_min or 0) * 60
    ages = {
        "late": target + random.randrange(1, 9) * _HOUR,
        "soon": target - min(target * 0.8, random.randrange(1, 4) * _HOUR),
        "running": target * random.uniform(0.1, 0.6),
        "paused": target * random.uniform(0.3, 0.8),
        "handed_off": target * random.uniform(0.3, 0.7),
        "new": first * random.uniform(0.1, 0.7),
        "late_answer": first * random.uniform(1.3, 2.5),
    }
    age = max(60, int(ages[state]))
    opened = open_before(firm.calendar, firm.moments.now, age)
    story = Story(firm, account, case, opened, None if state == "new" and firm.chance(0.3) else assignee)
    if state in ("new", "late_answer"):
        return story.tell()
    answered = min(first * random.uniform(0.2, 0.9), age * 0.4)
    story.after(answered, "reply", firm.pick(words["reply"]))
    if state == "paused":
        story.after(age * 0.7, "wait_client", firm.pick(words["wait"]))
    elif state == "handed_off":
        department = firm.pick(("Продукт", "Финансы", "Поддержка"))
        story.hand_off(age * 0.6, department, department)
    elif firm.chance(0.4):
        story.after(age * 0.8, "client_message", firm.pick(words["again"]), by_us=False)
    if state in ("soon", "running") and firm.chance(0.3):
        due = add_open_seconds(story.calendar, firm.moments.now, random.randrange(4, 20) * _HOUR)
        story.promise(age * 0.9, due, "Назвали срок клиенту.")
        if len(case.title) % 2:
            later = add_open_seconds(story.calendar, due, 6 * _HOUR)
            story.promise(age * 0.95, later, "Ждём данные от клиента, срок сдвинули.")
    return story.tell()


def _rare(firm: Firm, accounts: list[Account]) -> None:
    """What happens seldom must still be seen somewhere."""
    present = [account for account in accounts if account.requests and account.client.stage == "active"]
    requests = firm.sheets.all(Request)
    by_place = {request.id: place for place, request in enumerate(requests)}
    for account, channel in zip(present, CHANNELS, strict=False):
        request = account.requests[0]
        requests[by_place[request.id]] = request.with_changes({"channel": channel})
    works = ("paid", "on_site", "pre_sale")
    for place, account in enumerate(present[8:38]):
        place_of = by_place[account.requests[-1].id]
        changes: dict[str, object] = {"work_kind": works[place % 3], "minutes": 60 + 15 * place}
        if place % 3 == 0:
            changes |= {"deliverable": "таблица на двух листах", "acceptance": "письмо «принято»"}
        requests[place_of] = requests[place_of].with_changes(changes)
    for account in present[40:44]:
        whole, part = account.requests[0], account.requests[-1]
        if whole.id == part.id:
            continue
        place_of = by_place[part.id]
        is_closed = part.status == "resolved"
        merged: dict[str, object] = {"merged_into_id": whole.id, "result": "присоединено как повтор"}
        requests[place_of] = requests[place_of].with_changes(merged if is_closed else {"parent_id": whole.id})
        for kind, text in (("link", "Связано с прежним обращением."), ("merge", "Повтор присоединён.")):
            _remark(firm, part, kind, text, whole.id)
    _remark(firm, present[0].requests[0], "no_answer_needed", "Ответ не нужен: письмо для сведения.", None)
    _remark(firm, present[0].requests[0], "resume", "Продолжаем: файл получен.", None)


def _remark(firm: Firm, request: Request, kind: str, text: str, other: int | None) -> None:
    firm.sheets.add(
        RequestEvent(
            client_id=request.client_id,
            request_id=request.id,
            at=request.resolved_at or request.opened_at,
            event_kind=kind,  # pyright: ignore[reportArgumentType]
            staff_id=request.assignee_id,
            text=text,
            detail=f'{{"request_id": {other}}}' if other else "",
        ),
        request.resolved_at or request.opened_at,
    )


def _number(firm: Firm) -> None:
    """Number all requests as they came in; the drawn ones have their numbers already."""
    requests = firm.sheets.all(Request)
    order = sorted(range(len(requests)), key=lambda place: (requests[place].opened_at, requests[place].id))
    drawn = next(i for i, place in enumerate(order) if requests[place].number == _FIRST_DRAWN)
    free = [number for number in range(max(1, _FIRST_DRAWN - drawn), 9999) if number not in _DRAWN]
    numbers = iter(free)
    for place in order:
        if not requests[place].number:
            requests[place] = requests[place].with_changes({"number": next(numbers)})
