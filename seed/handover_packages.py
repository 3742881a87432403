"""Packages that wait for a decision: a whole one, one with blockers, one that differs from the card."""

from __future__ import annotations

import json
from collections.abc import Mapping
from random import Random

from onewindow.desk.handover.changes import CardChange, to_json
from onewindow.records.clients import BillingDetails
from onewindow.records.handover import Handover, HandoverPackage
from onewindow.store.engine import Value
from seed import tax_numbers
from seed.firm import Account, Firm
from seed.people import phone
from seed.pools import pool

_TITLES = {"ru": ("Счёт", "Акт"), "bg": ("Фактура", "Протокол"), "en": ("Invoice", "Act")}


_IN_CONFLICT = 58
"""The client on whose card somebody has written what its package says otherwise."""


def send_package(firm: Firm, account: Account, handover: Handover, random: Random) -> None:
    """Send the package of a client who waits; every second one is whole, the others lack papers."""
    changes = [_goal(account), _person(account, random)]
    if is_whole(account):
        changes += [_paper(firm, account, place, random) for place in range(2)]
        changes += _legal(firm, account, random)
    kept = [change for change in changes if change is not None]
    firm.sheets.add(
        HandoverPackage(
            client_id=account.client.id,
            handover_id=handover.id,
            attempt=1,
            source=f"сделка-{account.client.number}.xlsx",
            content=_content(account, handover, kept),
            changes=to_json(kept),
        ),
        handover.created_at,
    )


def is_whole(account: Account) -> bool:
    """Whether the package of a client has all that is needed."""
    return account.client.number % 10 == 0


def _change(
    kind: str,
    title: str,
    after: Mapping[str, Value],
    record_id: int | None = None,
    before: Mapping[str, Value] | None = None,
) -> CardChange:
    return CardChange(kind, record_id, record_id is None, title, dict(before or {}), dict(after), {}, "")


def _goal(account: Account) -> CardChange | None:
    client = account.client
    if client.goal and client.goal_measure:
        return None
    goal, measure = pool("contacting")["goals"][client.language][client.number % 3]
    before = {"goal": client.goal, "goal_measure": client.goal_measure}
    return _change("client", client.name, {"goal": goal, "goal_measure": measure}, client.id, before)


def _person(account: Account, random: Random) -> CardChange:
    """Another telephone, and of one client a role that somebody has put right on the card since."""
    main = account.main
    before: dict[str, Value] = {"phone": main.phone}
    after: dict[str, Value] = {"phone": phone(random, account.client.country)}
    if account.client.number == _IN_CONFLICT:
        before["role"], after["role"] = "", f"{main.role}, подпись"
    return _change("contact", main.name, after, main.id, before)


def _paper(firm: Firm, account: Account, place: int, random: Random) -> CardChange:
    title = _TITLES[account.client.language][place]
    number = str(random.randrange(100, 900))
    after: dict[str, Value] = {
        "document_kind": ("invoice", "act")[place],
        "number": number,
        "title": title,
        "state": ("sent", "signed")[place],
        "issued_on": firm.moments.day(account.joined),
        "signed_on": None if place == 0 else firm.moments.day(account.joined),
        "amount": 1_500_000,
        "currency": {"RU": "RUB", "BG": "EUR"}.get(account.client.country, "GBP"),
    }
    return _change("document", f"{title} {number}", after)


def _legal(firm: Firm, account: Account, random: Random) -> list[CardChange]:
    client = account.client
    if any(details.client_id == client.id for details in firm.sheets.all(BillingDetails)):
        return []
    after: dict[str, Value] = {"legal_name": client.name, "legal_address": f"{client.city}, Складская, 4"}
    if client.country == "RU":
        number = tax_numbers.inn(random, "77")
        after |= {"tax_id": number, "kpp": tax_numbers.kpp(number)}
    else:
        after["tax_id"] = tax_numbers.eik(random)
    return [_change("requisites", client.name, after)]


def _content(account: Account, handover: Handover, changes: list[CardChange]) -> str:
    """The package as sales wrote it: the deal, the client, and each record that it speaks of."""
    sections_of: dict[str, list[dict[str, str]]] = {
        "deal": [{"deal": handover.deal}],
        "client": [{"name": account.client.name}],
    }
    sections = {"client": "goal", "document": "document"}
    for change in changes:
        cells = {name: str(value) for name, value in sorted(change.after.items()) if value not in (None, "")}
        sections_of.setdefault(sections.get(change.kind, change.kind), []).append(cells)
    return json.dumps(sections_of, ensure_ascii=False, sort_keys=True)
