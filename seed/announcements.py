"""Training sessions and who came to them, the lessons that followed, and the words of an announcement."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from onewindow.desk.outbox.drafting import decision
from onewindow.records.adoption import (
    Announcement,
    Attendance,
    AttendanceState,
    Delivery,
    Training,
    TrainingSession,
    TrainingState,
)
from onewindow.records.clients import Client, Consent
from onewindow.records.feedback import Opportunity, Revenue
from onewindow.records.messages import Template
from onewindow.text.dates import utc_text
from seed.firm import Account, Firm
from seed.pools import pool
from seed.romashka_card import NUMBER

_HELD: dict[AttendanceState, int] = {"attended": 5, "missed": 2, "declined": 2, "invited": 1}
_PLANNED: dict[AttendanceState, int] = {"accepted": 4, "invited": 4, "declined": 1}
_LESSON: dict[AttendanceState, TrainingState] = {
    "accepted": "planned",
    "attended": "done",
    "missed": "missed",
}
_WORDS = (
    ("bg", "{contact}, каним Ви на двадесет минути онлайн: показваме какво носи {product} {version}. {me}"),
    ("ru", "{contact}, приглашаем на двадцать минут онлайн: покажем, что нового в {product} {version}. {me}"),
)
_BOUGHT_AFTER = 0.35
"""The share of those who came to the old session and bought something in the three months behind it."""


def tell(firm: Firm, accounts: list[Account]) -> None:
    """Hold the sessions, and word the announcement of the newest release in two languages."""
    chance = Random("novelties")
    _word(firm)
    _settle(firm)
    for row in pool("department")["session"]:
        lesson = _session(firm, row)
        owners = [account for account in accounts if _may_come(account, lesson)]
        # Every second one is invited by hand; the firm does not ask all at once.
        for account in owners[:: 1 if len(owners) < 12 else 2]:
            _attend(firm, chance, account, lesson, row)


def _word(firm: Firm) -> None:
    """The release of the portal is told in the language of each client."""
    made = [
        firm.sheets.add(
            Template(
                name="Портал 1.9", purpose="announcement", language=language, subject="{novelty}", text=text
            ),
            firm.moments.at_text(3, 10),
        )
        for language, text in _WORDS
    ]
    changed = firm.announcements["portal19"].with_changes({"template_id": made[0].id})
    firm.sheets.replace(changed)
    firm.announcements["portal19"] = changed


def _settle(firm: Firm) -> None:
    """Give each delivery when it was told and by whom; of one that is sent nobody waits any more.

    Nobody was told without consent, so the deliveries of those who gave none are taken out.
    """
    clients = {client.id: client for client in firm.sheets.all(Client)}
    known = {announcement.id: announcement for announcement in firm.announcements.values()}
    consents: dict[int, list[Consent]] = {}
    for consent in firm.sheets.all(Consent):
        consents.setdefault(consent.client_id, []).append(consent)
    deliveries = firm.sheets.all(Delivery)
    kept: list[Delivery] = []
    for delivery in deliveries:
        about, at, state = known[delivery.announcement_id], delivery.at, delivery.state
        if not _may_be_told(about, delivery, consents.get(delivery.client_id, [])):
            continue
        if about.audience.startswith("country:BG") and clients[delivery.client_id].country != "BG":
            continue
        if state == "queued" and about.state == "sent":
            state, at = "told", delivery.created_at
        changes: dict[str, object] = {"state": state, "at": at}
        if state != "queued":
            changes |= {"told_at": at, "staff_id": clients[delivery.client_id].owner_id}
        kept.append(delivery.with_changes(changes))
    deliveries[:] = kept


def _may_be_told(about: Announcement, delivery: Delivery, consents: list[Consent]) -> bool:
    decided = decision(consents, delivery.contact_id, about.purpose, about.channel)
    return about.purpose == "service" or (decided is not None and decided.state == "given")


def _session(firm: Firm, row: dict[str, object]) -> TrainingSession:
    days = int(str(row["days"]))
    starts = (
        firm.moments.at(max(days, 0), 11) if days >= 0 else firm.moments.at(0, 11) + timedelta(days=-days)
    )
    announcement = firm.announcements.get(str(row.get("announcement", "")))
    return firm.sheets.add(
        TrainingSession(
            title=str(row["title"]),
            starts_at=utc_text(starts),
            announcement_id=announcement.id if announcement else None,
            product_id=firm.products[str(row["product"])].id,
            trainer_id=firm.staff[str(row["trainer"])].id,
            audience=str(row.get("audience", "")),
            place=str(row["place"]),
            capacity=int(str(row["capacity"])) if "capacity" in row else None,
            state=row["state"],  # pyright: ignore[reportArgumentType]
            note="перенесли: тренер на внедрении" if row["state"] == "cancelled" else "",
        ),
        firm.moments.at_text(max(days, 0) + 14, 10),
    )


def _may_come(account: Account, lesson: TrainingSession) -> bool:
    if account.client.number == NUMBER or account.client.stage not in ("active", "onboarding", "leaving"):
        return False
    if lesson.place.endswith("portal-19") and account.client.country != "BG":
        return False
    return any(owned.product_id == lesson.product_id for owned in account.licences)


def _attend(
    firm: Firm, chance: Random, account: Account, lesson: TrainingSession, row: dict[str, object]
) -> None:
    days = int(str(row["days"]))
    weights = _PLANNED if lesson.state == "planned" else _HELD
    state = chance.choices(list(weights), list(weights.values()))[0]
    if lesson.state == "cancelled":
        state = "invited"
    people = chance.randrange(1, 5)
    at = firm.moments.at_text(max(days, 0) + (0 if state in ("attended", "missed") else 7), 14)
    training = _lesson(firm, account, lesson, state, people, days)
    firm.sheets.add(
        Attendance(
            client_id=account.client.id,
            session_id=lesson.id,
            contact_id=account.main.id,
            state=state,
            at=at,
            people=people,
            note="просит запись" if state == "missed" and chance.random() < 0.5 else "",
            training_id=training.id if training else None,
        ),
        at,
    )
    if state == "attended" and row["key"] == "priemka" and chance.random() < _BOUGHT_AFTER:
        _buy(firm, chance, account, days)


def _lesson(
    firm: Firm, account: Account, lesson: TrainingSession, state: AttendanceState, people: int, days: int
) -> Training | None:
    if state not in _LESSON:
        return None
    return firm.sheets.add(
        Training(
            client_id=account.client.id,
            title=lesson.title,
            contact_id=account.main.id,
            product_id=lesson.product_id,
            trainer_id=lesson.trainer_id,
            planned_on=firm.moments.day(days),
            held_on=firm.moments.day(days) if state == "attended" else None,
            state=_LESSON[state],
            people=people,
        ),
        firm.moments.at_text(max(days, 0) + 7, 12),
    )


def _buy(firm: Firm, chance: Random, account: Account, days: int) -> None:
    """Terminals, some weeks after the session on them."""
    ago = days - chance.randrange(15, 80)
    product = firm.products["sklad-tsd"]
    amount = chance.randrange(4, 20) * 4_500_000
    firm.sheets.add(
        Opportunity(
            client_id=account.client.id,
            title="Терминалы после обучения приёмке",
            opportunity_kind="module",
            state="won",
            product_id=product.id,
            amount=amount,
            evidence="были на обучении, просили счёт",
            trigger="trained",
            closed_on=firm.moments.day(ago),
            assignee_id=account.owner.id,
        ),
        firm.moments.at_text(ago + 10, 11),
    )
    firm.sheets.add(
        Revenue(
            client_id=account.client.id,
            on_date=firm.moments.day(ago),
            revenue_kind="licence",
            amount=amount,
            product_id=product.id,
            note="Терминалы",
        ),
        firm.moments.at_text(ago, 16),
    )
