"""Clients given from sales to service: the checklist, the questions, the decision."""

from __future__ import annotations

from onewindow.records.voice import Handover, HandoverItem, HandoverItemState, HandoverState
from seed.firm import Account, Firm
from seed.pools import pool

_OFFICE_SALES = {"Москва": "morozov", "Казань": "safina", "София": "koleva"}


def hand_over(firm: Firm, account: Account, place: int) -> None:
    """Tell the handover of a client that came within the last year and a half."""
    if account.joined > 540:
        return
    waiting = account.client.stage == "handover"
    decisions: tuple[HandoverState, ...] = ("accepted", "accepted", "accepted_with_debts")
    state = ("returned" if place % 4 == 2 else "sent") if waiting else decisions[place % 3]
    sent = account.joined + (0 if waiting else 3)
    decided = None if state == "sent" else max(0, sent - 2)
    texts, day = pool("contacting")["handover"], firm.moments.day
    met = not waiting or place % 3 == 0
    handover = firm.sheets.add(
        Handover(
            client_id=account.client.id,
            deal=f"Сделка {firm.random.randrange(300, 999)}: {account.client.name}",
            state=state,
            sales_id=firm.staff[_OFFICE_SALES[account.owner.office]].id,
            receiver_id=account.owner.id,
            contract_number=account.contract.number if account.contract else "",
            sent_on=day(sent),
            decided_on=day(decided) if decided is not None else None,
            reason=texts["returned"][0] if state == "returned" else "",
            meeting_on=day(max(0, sent - 1)) if met else None,
            meeting_form=firm.pick(("онлайн", "в офисе клиента")) if met else "",
            meeting_led_by=account.owner.name if met else "",
            meeting_notes=firm.pick(texts["notes"]) if met else "",
            satisfaction=firm.random.choice((3, 4, 4, 5, 5)) if not waiting else None,
        ),
        firm.moments.at_text(sent, 11),
    )
    for number, title in enumerate(texts["items"]):
        _item(firm, handover, title, _state(firm, state, number), blocker=number in (0, 1))
    for number in range(firm.random.randrange(3) if state != "accepted" else 0):
        _question(firm, handover, number, sent)


def _state(firm: Firm, decision: HandoverState, number: int) -> HandoverItemState:
    if decision == "returned":
        return "missing" if number < 2 else "present"
    if decision == "sent":
        return firm.weighted({"present": 6, "missing": 2, "open": 3})
    return firm.weighted({"present": 9, "not_needed": 1})


def _item(firm: Firm, handover: Handover, title: str, state: HandoverItemState, *, blocker: bool) -> None:
    firm.sheets.add(
        HandoverItem(
            client_id=handover.client_id,
            handover_id=handover.id,
            title=title,
            state=state,
            is_blocker=int(blocker),
        ),
        handover.created_at,
    )


def _question(firm: Firm, handover: Handover, number: int, sent: int) -> None:
    texts = pool("contacting")["handover"]
    answered = sent > 6 or (number == 0 and sent > 2)
    firm.sheets.add(
        HandoverItem(
            client_id=handover.client_id,
            handover_id=handover.id,
            title=texts["questions"][number],
            state="answered" if answered else "asked",
            asked_at=firm.moments.at_text(max(0, sent - 1), 10, 5),
            answered_at=firm.moments.at_text(max(0, sent - 1), 15, 40) if answered else None,
            answer=texts["answers"][number] if answered else "",
        ),
        firm.moments.at_text(max(0, sent - 1), 10, 5),
    )
