"""What was agreed: contracts and other papers, what they brought, and what was promised."""

from __future__ import annotations

from datetime import date, timedelta

from onewindow.records.clients import Promise, PromiseEvent, PromiseStatus
from onewindow.records.feedback import Revenue, RevenueWork
from onewindow.records.organization import ExchangeRate
from onewindow.records.requests import Document, DocumentState
from seed.firm import Account, Firm
from seed.pools import pool

_MONTHS = 24
_PAYMENTS = {"A": 9_000_000, "B": 4_200_000, "C": 1_500_000, "D": 450_000}
"""Minor units a month."""
_SLOPE = {"growth": 0.02, "steady": 0.0, "decline": -0.02, "full": 0.01, "unused": -0.01}
_EXPIRES_IN = (12, 28, 40, 55, 90, 150, 240, 330)
_TITLES = {
    "ru": ("договор", "счёт", "акт"),
    "bg": ("договор", "фактура", "протокол"),
    "en": ("contract", "invoice", "act"),
}
"""Contract, invoice and act as the client calls them."""
_WORK: dict[str, tuple[RevenueWork, RevenueWork]] = {
    "service": ("on_site", "paid"),
    "cost": ("warranty", "pre_sale"),
}
"""For what kind of work money is, with clients of an even number and of an odd one."""
_ACT_STATES: dict[DocumentState, int] = {"signed": 84, "sent": 8, "missing": 8}


def contract_with(firm: Firm, account: Account, place: int) -> None:
    """Sign a contract with the client, if it is far enough for that, and file what belongs to it."""
    client, day = account.client, firm.moments.day
    if client.stage == "handover" and place % 2:
        return
    expires = -_EXPIRES_IN[place % len(_EXPIRES_IN)]
    state: DocumentState = "signed"
    if client.stage == "lost":
        expires, state = account.last_day, "expired"
    elif client.stage == "handover":
        state = "sent"
    signed = account.joined if account.joined < 365 else min(account.joined, 365 + expires)
    contract = file(
        firm,
        account,
        Document(
            document_kind="contract",
            number=f"{firm.random.randrange(3, 90)}/{firm.moments.today.year % 100 - signed // 365}",
            title=_TITLES[client.language][0],
            state=state,
            issued_on=day(signed),
            signed_on=day(signed) if state != "sent" else None,
            expires_on=day(expires),
            amount=_PAYMENTS[client.tier] * 12,
            currency=currency(account),
            location=f"contracts/{client.slug}.pdf",
        ),
        signed,
    )
    account.contract = contract
    if firm.chance(0.5):
        file(firm, account, _specification(firm, account, contract, signed), signed)
    if client.stage in ("active", "leaving") and firm.chance(0.3):
        file(firm, account, _more(firm, account, contract), 20)


def price_currencies(firm: Firm) -> None:
    """Say what the money of foreign clients is worth in roubles."""
    for code, rate in (("EUR", "98.5"), ("GBP", "115.2")):
        firm.sheets.add(
            ExchangeRate(currency=code, rate=rate, base_currency="RUB", valid_from=firm.moments.day(760)),
            firm.moments.at_text(760, 9),
        )


def currency(account: Account) -> str:
    """In which money the client pays."""
    return {"RU": "RUB", "BG": "EUR"}.get(account.client.country, "GBP")


def scaled(account: Account, roubles: int) -> int:
    """An amount in roubles' minor units as an amount in the client's own money, rounded."""
    return roubles if account.client.country == "RU" else roubles // 90 // 100 * 100


def file(firm: Firm, account: Account, document: Document, ago: int) -> Document:
    """Put a document of the client into the firm."""
    stored = firm.sheets.add(
        document.with_changes({"client_id": account.client.id}), firm.moments.at_text(max(ago, 0), 13)
    )
    account.documents.append(stored)
    return stored


def _specification(firm: Firm, account: Account, contract: Document, signed: int) -> Document:
    return Document(
        document_kind="specification",
        number=f"С-{firm.random.randrange(10, 99)}",
        title="спецификация лицензий",
        state="signed",
        issued_on=firm.moments.day(signed),
        signed_on=firm.moments.day(signed),
        parent_id=contract.id,
        amount=contract.amount,
        currency=currency(account),
        version_note=firm.pick(("", "добавлены терминалы")),
    )


def _more(firm: Firm, account: Account, contract: Document) -> Document:
    day = firm.moments.day
    choices = (
        Document(
            document_kind="licence",
            number=f"Л-{contract.number}",
            title="лицензионный сертификат",
            state="received",
        ),
        Document(document_kind="offer", title="предложение на вторую смену", state="draft", due_on=day(-6)),
        Document(document_kind="offer", title="предложение по терминалам", state="sent", expires_on=day(-18)),
        Document(document_kind="other", title="доверенность на кладовщика", state="missing", due_on=day(-3)),
        Document(document_kind="other", title="письмо о смене адреса", state="received"),
        Document(document_kind="invoice", number="черновик", title="счёт на обучение", state="cancelled"),
    )
    chosen = firm.pick(choices)
    return chosen.with_changes(
        {
            "issued_on": None if chosen.state == "missing" else day(20),
            "currency": currency(account),
            "parent_id": contract.id,
        }
    )


def earn(firm: Firm, account: Account) -> None:
    """Two years of payments by month, invoices and acts of the last quarter, gifts and discounts."""
    first = min(_MONTHS, account.joined // 30)
    last = account.last_day // 30
    base = scaled(account, _PAYMENTS[account.client.tier])
    for ago in range(first, last, -1):
        grown = base * (1 + _SLOPE[account.trend] * (first - ago)) * firm.random.uniform(0.93, 1.07)
        _payment(firm, account, ago, max(10_000, int(grown) // 100 * 100), "subscription")
        if ago % 12 == 0:
            _payment(firm, account, ago, base * 3, "licence")
        if firm.chance(0.12):
            _payment(firm, account, ago, base // 3, firm.pick(("service", "goods")))
        if firm.chance(0.04):
            _payment(firm, account, ago, base // 10, firm.pick(("discount", "cost")))
        if ago <= last + 3:
            _acceptance_documents(firm, account, ago, int(grown) // 100 * 100)


def _payment(firm: Firm, account: Account, ago: int, amount: int, kind: str) -> None:
    on = f"{firm.moments.month(ago)}-{firm.random.randrange(3, 26):02}"
    firm.sheets.add(
        Revenue(
            client_id=account.client.id,
            on_date=min(on, firm.moments.today.isoformat()),
            revenue_kind=kind,  # pyright: ignore[reportArgumentType]
            amount=amount,
            currency=currency(account),
            product_id=account.licences[0].product_id if account.licences else None,
            document_id=account.contract.id if account.contract else None,
            work_kind=_WORK.get(kind, ("", ""))[account.client.number % 2],
            note={"service": "выезд инженера", "goods": "терминалы", "discount": "скидка за ожидание"}.get(
                kind, ""
            ),
        ),
        f"{min(on, firm.moments.today.isoformat())}T08:00:00Z",
    )


def _acceptance_documents(firm: Firm, account: Account, ago: int, amount: int) -> None:
    period = firm.moments.month(ago)
    closes = date.fromisoformat(f"{firm.moments.month(ago - 1)}-01") - timedelta(days=1)
    day = closes.isoformat()
    if day > firm.moments.today.isoformat():
        return
    days_ago = (firm.moments.today - closes).days
    for kind, state in (("invoice", "sent"), ("act", firm.weighted(_ACT_STATES))):
        missing = state == "missing"
        file(
            firm,
            account,
            Document(
                document_kind=kind,  # pyright: ignore[reportArgumentType]
                number="" if missing else f"{firm.random.randrange(100, 999)}",
                title=_TITLES[account.client.language][1 if kind == "invoice" else 2],
                state=state,  # pyright: ignore[reportArgumentType]
                issued_on=None if missing else day,
                due_on=day if missing else None,
                signed_on=day if state == "signed" else None,
                period=period,
                amount=amount,
                currency=currency(account),
                parent_id=account.contract.id if account.contract else None,
            ),
            days_ago,
        )


def promise(firm: Firm, account: Account, place: int) -> None:
    """Special terms and spoken promises in every state."""
    client = account.client
    if client.stage == "handover" and not place % 2:
        return
    pools = pool("contacting")["promises"][client.language]
    count = {"A": 2, "B": 1, "C": 1, "D": 0}[client.tier]
    if client.tier in "AB" or place % 4 == 0:
        text, evidence, _, _ = firm.pick(pools["term"])
        kept = firm.random.randrange(0, 30)
        new = client.stage in ("handover", "onboarding") or place % 9 == 0
        give(
            firm,
            account,
            Promise(
                text=text,
                promise_kind="term",
                status="new" if new else "acknowledged",
                evidence=evidence,
                document_id=account.contract.id if account.contract else None,
                in_contract=int("4" in evidence or "6" in evidence),
                valid_from=firm.moments.day(account.joined),
                valid_till=None if firm.chance(0.6) else firm.moments.day(-firm.random.randrange(20, 300)),
                kept_count=kept,
                broken_count=firm.random.randrange(0, 2) if kept > 10 else 0,
            ),
            account.joined,
        )
    for turn in range(count):
        _spoken(firm, account, pools["spoken"], place + turn)


def _spoken(firm: Firm, account: Account, pool_: list[list[str]], place: int) -> None:
    text, evidence, deliverable, acceptance = firm.pick(pool_)
    given = min(account.joined, account.last_day + firm.random.randrange(2, 20))
    states: tuple[tuple[PromiseStatus, int], ...] = (
        ("acknowledged", -firm.random.randrange(1, 9)),
        ("kept", given - 1),
        ("kept", max(1, given - 3)),
        ("new", -firm.random.randrange(2, 6)),
        ("acknowledged", 1),
        ("kept", max(1, given - 2)),
        ("broken", max(1, given - 2)),
        ("kept", given - 1),
        ("withdrawn", -4),
        ("acknowledged", 0),
    )
    status, due = states[place % len(states)]
    if account.client.stage == "lost":
        status, due = "withdrawn", account.last_day + 1
        if "обещан" in account.client.loss_reason:
            status = "broken"
    give(
        firm,
        account,
        Promise(
            text=text,
            status=status,
            due_on=firm.moments.day(due),
            evidence=evidence.format(day=firm.moments.day(given)[8:] + "." + firm.moments.day(given)[5:7]),
            deliverable=deliverable,
            acceptance=acceptance,
            kept_count=int(status == "kept"),
            broken_count=int(status == "broken"),
            settled_at=firm.moments.at_text(max(due, 0), 16)
            if status in ("kept", "broken", "withdrawn")
            else None,
        ),
        given,
    )


def give(firm: Firm, account: Account, promise_: Promise, ago: int) -> Promise:
    """Put a promise of the client's owner to its main contact into the firm."""
    owner = account.owner.id
    known = promise_.status != "new"
    stored = firm.sheets.add(
        promise_.with_changes(
            {
                "client_id": account.client.id,
                "given_by_id": promise_.given_by_id or owner,
                "given_to_id": promise_.given_to_id or account.main.id,
                "owner_id": owner,
                "acknowledged_by_id": owner if known else None,
                "acknowledged_at": firm.moments.at_text(ago, 15) if known else None,
            }
        ),
        firm.moments.at_text(ago, 14),
    )
    account.promises.append(stored)
    if (stored.status == "kept" or stored.status == "broken") and stored.settled_at:
        firm.sheets.add(
            PromiseEvent(
                client_id=account.client.id,
                promise_id=stored.id,
                outcome=stored.status,
                happened_on=stored.settled_at[:10],
                staff_id=owner,
            ),
            stored.settled_at,
        )
    return stored
