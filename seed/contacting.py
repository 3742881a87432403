"""Touches in every channel, and the tasks that follow from them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from onewindow.records.requests import Direction, Mood, Task, Touch, TouchKind
from seed.firm import Account, Firm
from seed.pools import pool

_KINDS: dict[TouchKind, int] = {
    "call": 38,
    "mail": 26,
    "message": 12,
    "meeting": 6,
    "visit": 3,
    "note": 6,
    "gift": 1,
    "survey": 5,
    "review": 3,
}
_EVERY = {"A": 9, "B": 18, "C": 40, "D": 90}
"""Days between two touches."""
_MOODS: dict[str, dict[Mood, int]] = {
    "growth": {"glad": 5, "calm": 4, "": 3},
    "steady": {"calm": 6, "glad": 1, "": 4},
    "full": {"glad": 4, "calm": 4, "": 2},
    "decline": {"worried": 4, "calm": 3, "angry": 1, "": 2},
    "unused": {"worried": 3, "angry": 3, "": 2},
}
_SILENT_EVERY = 13
_QUIET_DAYS = 80
_GIFT_COST = 180_000


def keep_in_touch(firm: Firm, account: Account, place: int) -> None:
    """Talk to the client as its tier asks; one in thirteen has fallen silent."""
    client = account.client
    silent = 75 if place % _SILENT_EVERY == 5 and client.stage == "active" else 0
    ago = min(account.joined, 730)
    while True:
        ago -= max(1, round(_EVERY[client.tier] * firm.random.uniform(0.5, 1.5)))
        if ago <= max(account.last_day + silent, account.told_till):
            break
        _touch(firm, account, firm.moments.workday_ago(ago))
    if client.stage not in ("lost", "handover"):
        _tasks(firm, account, place)


def used_to_call(firm: Firm, accounts: Sequence[Account]) -> None:
    """Let some of those who fell silent have called week by week before: their silence says something."""
    random = Random("used to call")
    quiet = [
        account
        for place, account in enumerate(accounts)
        if place % _SILENT_EVERY == 5 and account.client.stage == "active" and not account.told_till
    ]
    for account in quiet[::2]:
        texts = account.texts("contacting")["call"]
        product = next(p for p in firm.products.values() if p.id == account.licences[0].product_id)
        ago = min(account.joined, 420)
        while (ago := ago - random.randrange(5, 12)) > _QUIET_DAYS:
            text = random.choice(texts).format(goal=account.client.goal or "", product=product.name)
            made = Touch(touch_kind="call", text=text, direction="in", minutes=6, contact_id=account.main.id)
            touch(firm, account, made, firm.moments.workday_ago(ago), 9 + ago % 8)


def _touch(firm: Firm, account: Account, ago: int) -> None:
    kind = firm.weighted(_KINDS)
    texts = account.texts("contacting")
    goal = account.client.goal or account.client.name
    product = next(p for p in firm.products.values() if p.id == account.licences[0].product_id)
    direction: Direction = "internal" if kind in ("note", "review") else firm.pick(("in", "out"))
    if kind in ("survey", "gift"):
        direction = "out"
    spoken = kind in ("call", "meeting", "visit")
    touch(
        firm,
        account,
        Touch(
            touch_kind=kind,
            text=firm.pick(texts[kind]).format(goal=goal, product=product.name),
            direction=direction,
            mood=firm.weighted(_MOODS[account.trend]) if spoken else "",
            need=firm.pick(texts["need"]) if spoken and firm.chance(0.25) else "",
            fact=firm.pick(texts["fact"]) if spoken and firm.chance(0.2) else "",
            minutes=firm.random.randrange(3, 70) if spoken else 2,
            cost=_GIFT_COST if kind == "gift" else None,
            is_pinned=int(kind == "note" and firm.chance(0.4)),
            is_automatic=int(kind == "survey"),
            postponed=firm.random.choice((0, 0, 0, 1, 2)) if kind == "meeting" else 0,
        ),
        ago,
    )


def touch(firm: Firm, account: Account, made: Touch, ago: int, hour: int = 0) -> Touch:
    """Put a touch of the owner with one of the people into the firm."""
    at = firm.moments.at_text(ago, hour or firm.random.randrange(9, 18), firm.random.randrange(60))
    alone = made.direction == "internal"
    return firm.sheets.add(
        made.with_changes(
            {
                "client_id": account.client.id,
                "contact_id": None if alone else made.contact_id or firm.pick(account.contacts).id,
                "staff_id": account.owner.id,
                "at": at,
            }
        ),
        at,
    )


def _tasks(firm: Firm, account: Account, place: int) -> None:
    titles = pool("contacting")["tasks"]["follow_up"]
    for turn in range(1 + place % 2):
        state = ("open", "done", "open", "dropped", "open")[(place + turn) % 5]
        due = (place * 7 + turn * 5) % 16 - 3
        request = account.requests[-1] if account.requests and turn else None
        firm.sheets.add(
            Task(
                client_id=account.client.id,
                title=titles[(place + turn) % len(titles)],
                assignee_id=account.owner.id,
                due_on=firm.moments.day(-due) if state == "open" else firm.moments.day(due + 9),
                status=state,
                task_kind="follow-up",
                request_id=request.id if request else None,
                text=request.title if request else "",
                snoozed_till=firm.moments.day(-due + 1) if state == "open" and place % 9 == 0 else None,
                done_at=firm.moments.at_text(due + 9, 16) if state == "done" else None,
            ),
            firm.moments.at_text(due + 12, 10),
        )
