"""Clients given from sales to service: the checklist, the questions, the decision, what was observed."""

from __future__ import annotations

from random import Random

from onewindow.metrics.handover.completeness import TOPICS
from onewindow.records.handover import Handover, HandoverItem, HandoverItemState, HandoverState, Observation
from seed.firm import Account, Firm
from seed.handover_packages import is_whole, send_package
from seed.pools import pool

_OFFICE_SALES = {"Москва": "morozov", "Казань": "safina", "София": "koleva"}
_TOPICS = tuple(TOPICS)
_OBSERVED_EVERY = 6


def hand_over(firm: Firm, account: Account, place: int) -> None:
    """Tell the handover of a client that came within the last year and a half."""
    if account.joined > 540:
        return
    random = Random(f"handover {account.client.number}")
    waiting = account.client.stage == "handover"
    decisions: tuple[HandoverState, ...] = ("accepted", "accepted", "accepted_with_debts")
    state = ("returned" if place % 4 == 2 else "sent") if waiting else decisions[place % 3]
    sent = (
        random.choice((0, 1, account.joined)) if state == "sent" else account.joined + (0 if waiting else 3)
    )
    decided = None if state == "sent" else max(0, sent - 2)
    texts, day, at = pool("contacting")["handover"], firm.moments.day, firm.moments.at_text
    met = not waiting or place % 3 == 0
    complete = waiting and not met and is_whole(account) and account.client.tier in "CD"
    returns = 1 if state == "returned" or random.random() < 0.2 else 0
    handover = firm.sheets.add(
        Handover(
            client_id=account.client.id,
            deal=f"Сделка {firm.random.randrange(300, 999)}: {account.client.name}",
            state=state,
            sales_id=firm.staff[_OFFICE_SALES[account.owner.office]].id,
            receiver_id=account.owner.id,
            contract_number=_contract_number(account, waiting=waiting),
            sent_on=day(sent),
            decided_on=day(decided) if decided is not None else None,
            reason=texts["returned"][0] if state == "returned" else "",
            meeting_on=day(max(0, sent - 1)) if met else None,
            meeting_form=firm.pick(("онлайн", "в офисе клиента")) if met else "",
            meeting_led_by=account.owner.name if met else "",
            meeting_notes=firm.pick(texts["notes"]) if met else "",
            satisfaction=firm.random.choice((3, 4, 4, 5, 5)) if not waiting else None,
            meeting_people=account.main.name if met or complete else "",
            meeting_initiative=random.choice(("наша", "клиента", "продавца")) if met else "",
            satisfaction_said="" if waiting or random.random() < 0.6 else random.choice(texts["said"]),
            sent_at=at(sent, 10),
            decided_at=at(decided, *random.choice(((9, 40), (12, 15), (17, 5))))
            if decided is not None
            else None,
            decided_by_id=account.owner.id if decided is not None else None,
            returns=returns,
            items_needed=len(_TOPICS) - random.randrange(2) if decided is not None else None,
            items_present=_present(state, random) if decided is not None else None,
        ),
        at(sent, 10),
    )
    if complete:
        handover = _introduce(firm, account, handover)
    for number, topic in enumerate(_TOPICS):
        _word(firm, handover, topic, _state(firm, state, number))
    for number in range(firm.random.randrange(3) if state != "accepted" else 0):
        _question(firm, account, handover, number, sent)
    _terms(firm, account, handover)
    if state in ("accepted_with_debts", "returned"):
        _debts(firm, account, handover, random)
    if state == "sent":
        if not is_whole(account):
            _own_line(firm, handover)
        send_package(firm, account, handover, random)
    if decided is not None and place % _OBSERVED_EVERY == 0:
        _observe(firm, handover, decided, random)


def _introduce(firm: Firm, account: Account, handover: Handover) -> Handover:
    """Let the package of a client say how they were introduced, and that nothing special was agreed."""
    values = {
        "meeting_on": handover.sent_on,
        "meeting_form": "онлайн",
        "meeting_led_by": firm.staff[_OFFICE_SALES[account.owner.office]].name,
        "meeting_notes": pool("contacting")["handover"]["notes"][0],
    }
    after = handover.with_changes(values)
    firm.sheets.replace(after)
    if not any(promise.promise_kind == "term" for promise in account.promises):
        reason = pool("contacting")["handover"]["no_terms"]
        _add(firm, after, TOPICS["terms"], "not_needed", after.created_at, topic="terms", reason=reason)
    return after


def _contract_number(account: Account, *, waiting: bool) -> str:
    if account.contract is not None:
        return account.contract.number
    return f"{account.client.number}-П" if waiting and is_whole(account) else ""


def _present(state: HandoverState, random: Random) -> int:
    if state == "accepted":
        return len(_TOPICS) - 1
    return random.randrange(5, 8) if state == "accepted_with_debts" else random.randrange(3, 6)


def _state(firm: Firm, decision: HandoverState, number: int) -> HandoverItemState:
    if decision == "returned":
        return "missing" if number < 2 else "present"
    if decision == "sent":
        return firm.weighted({"present": 6, "missing": 2, "open": 3})
    return firm.weighted({"present": 9, "not_needed": 1})


def _word(firm: Firm, handover: Handover, topic: str, state: HandoverItemState) -> None:
    """What somebody said of an item; of a package that waits nobody has said anything."""
    if handover.state == "sent" or (handover.state == "returned" and state == "present"):
        return
    reasons = pool("contacting")["handover"]["words"]
    _add(firm, handover, TOPICS[topic], state, handover.created_at, topic=topic, reason=reasons[state])


def _own_line(firm: Firm, handover: Handover) -> None:
    title = pool("contacting")["handover"]["own"]
    _add(firm, handover, title, "open", handover.created_at)


def _add(
    firm: Firm,
    handover: Handover,
    title: str,
    state: HandoverItemState,
    at: str,
    **values: object,
) -> HandoverItem:
    item = HandoverItem(client_id=handover.client_id, handover_id=handover.id, title=title, state=state)
    return firm.sheets.add(item.with_changes(values), at)


def _question(firm: Firm, account: Account, handover: Handover, number: int, sent: int) -> None:
    texts = pool("contacting")["handover"]
    answered = sent > 6 or (number == 0 and sent > 2)
    at = firm.moments.at_text
    _add(
        firm,
        handover,
        texts["questions"][number],
        ("present" if sent > 9 else "answered") if answered else "asked",
        at(max(0, sent - 1), 10, 5),
        item_kind="question",
        asked_at=at(max(0, sent - 1), 10, 5),
        answered_at=at(max(0, sent - 1), *((15, 40) if number % 2 else (11, 50))) if answered else None,
        answer=texts["answers"][number] if answered else "",
        asked_by_id=account.owner.id,
        asked_of_id=handover.sales_id,
    )


def _debts(firm: Firm, account: Account, handover: Handover, random: Random) -> None:
    """What was missing when the client was taken: asked of sales, answered at leisure or not yet."""
    texts, at = pool("contacting")["handover"]["debts"], firm.moments.at_text
    begun = max(1, account.joined - 1)
    for topic in random.sample(sorted(texts), 2):
        title, answer = texts[topic]
        recent = begun <= 44
        late = recent and random.random() < 0.5
        taken = random.randrange(0, 3)
        asked = at(random.choice((0, 1, 3)), 10, 30) if late else at(begun, 11)
        _add(
            firm,
            handover,
            title,
            "asked" if late else "answered" if recent else "present",
            asked,
            item_kind="question",
            topic=topic,
            asked_at=asked,
            answered_at=None if late else at(max(0, begun - taken), 16 if taken else 12, 20),
            answer="" if late else answer,
            asked_by_id=account.owner.id,
            asked_of_id=handover.sales_id,
        )


def _terms(firm: Firm, account: Account, handover: Handover) -> None:
    """The special terms that sales had agreed, to be acknowledged one by one."""
    for promise in account.promises:
        if promise.promise_kind == "term":
            if promise.status == "new":
                firm.sheets.replace(promise.with_changes({"given_by_id": handover.sales_id}))
            _add(
                firm,
                handover,
                promise.text,
                "open",
                handover.created_at,
                item_kind="term",
                promise_id=promise.id,
            )


def _observe(firm: Firm, handover: Handover, decided: int, random: Random) -> None:
    marks = [random.choice((2, 3, 3, 4, 4, 5)) for _ in range(5)]
    firm.sheets.add(
        Observation(
            client_id=handover.client_id,
            handover_id=handover.id,
            observer_id=firm.staff_by_role("quality")[0].id,
            observed_on=firm.moments.day(decided),
            card_mark=marks[0],
            meeting_mark=marks[1],
            answers_mark=marks[2] if random.random() < 0.8 else None,
            client_mark=marks[3],
            time_mark=marks[4],
            comment=random.choice(pool("contacting")["handover"]["observed"]),
        ),
        firm.moments.at_text(decided, 17, 30),
    )
