"""What clients say and might buy: feedback, survey answers, opportunities, which announcements they heard."""

from __future__ import annotations

from datetime import date

from onewindow.records.adoption import Delivery, DeliveryState, Feature
from onewindow.records.feedback import (
    Feedback,
    FeedbackOutcome,
    Opportunity,
    OpportunityState,
    PublicReview,
    ReviewMood,
    SurveyResponse,
)
from onewindow.records.requests import Task
from seed.agreements import currency, scaled
from seed.firm import Account, Firm
from seed.pools import pool

_DELIVERY: dict[DeliveryState, int] = {"queued": 1, "told": 4, "read": 4, "answered": 3, "declined": 1}
_STATES: tuple[OpportunityState, ...] = ("suggested", "accepted", "offered", "won", "lost", "dismissed")
_MOODS = {"growth": 8.6, "steady": 7.8, "full": 8.8, "decline": 6.2, "unused": 4.6}
_BUSY = 0.8
_QUOTES = {"A": 4, "B": 2, "C": 1, "D": 0}


def listen(firm: Firm, account: Account, place: int) -> None:
    """Write down the client's own words."""
    if account.client.stage == "handover":
        return
    quotes = pool("voice")["feedback"][account.client.language]
    count = _QUOTES[account.client.tier] + int(place % 3 == 0)
    for turn in range(count):
        quote(firm, account, quotes[(place * 5 + turn * 7) % len(quotes)])


def quote(
    firm: Firm, account: Account, row: list[str], ago: int | None = None, *, told: bool | None = None
) -> Feedback:
    """Put one quote into the firm, linked to its feature and, if that is out, to the release."""
    kind, words, importance, product, feature_key, competitor, reaction = row
    if ago is None:
        ago = account.last_day + firm.random.randrange(3, max(4, min(account.joined - account.last_day, 500)))
    feature = firm.features.get(feature_key)
    release = next((r for r in firm.releases.values() if feature and r.id == feature.release_id), None)
    released = release is not None and kind == "wish"
    knows = (firm.chance(0.6) if told is None else told) and (
        released or (feature and feature.status == "declined")
    )
    if kind == "reaction" and release is None:
        release = next((r for (slug, _), r in reversed(firm.releases.items()) if slug == product), None)
    if kind == "reaction":
        knows = True
    speaker = firm.pick(account.contacts)
    told_on = firm.moments.day(min(ago, firm.random.randrange(0, 9))) if knows else None
    reacted = reaction if knows else ""
    return firm.sheets.add(
        Feedback(
            client_id=account.client.id,
            feedback_kind=kind,  # pyright: ignore[reportArgumentType]
            quote=words,
            importance=int(importance),
            contact_id=speaker.id,
            said_on=firm.moments.day(ago),
            product_id=firm.products[product].id,
            feature_id=feature.id if feature else None,
            release_id=release.id if release and kind == "reaction" else None,
            competitor=competitor,
            staff_id=account.owner.id,
            told_on=told_on,
            reaction=reacted,
            told_status=feature.status if feature and told_on else "",
            outcome=_outcome(account, told_on, feature, reacted),
        ),
        firm.moments.at_text(ago, 15),
    )


def _outcome(account: Account, told_on: str | None, feature: Feature | None, reacted: str) -> FeedbackOutcome:
    """What came of telling a client; of those who were told of a refusal every other one wants no more."""
    if not told_on:
        return "open"
    if feature is not None and feature.status == "declined" and account.client.id % 2:
        return "declined"
    return "reacted" if reacted else "told"


def survey(firm: Firm, account: Account, place: int) -> None:
    """Answers to the surveys; a detractor of the last days is not answered yet."""
    client = account.client
    if client.stage in ("handover", "lost"):
        return
    mood = _MOODS[account.trend]
    for ago in range(20 + place % 30, min(account.joined, 720), 182):
        score = max(0, min(10, round(firm.random.gauss(mood, 1.6))))
        answer(firm, account, "nps", score, ago)
    for request in account.requests:
        if request.status == "resolved" and firm.chance(0.3):
            ago = (firm.moments.today.toordinal()) - _ordinal(request.resolved_at or request.opened_at)
            score = max(0, min(5, round(firm.random.gauss(mood / 2 + 0.2, 0.9))))
            answer(firm, account, "csat", score, ago)
    if client.stage == "active" and account.joined > 60:
        answer(
            firm, account, "ces", firm.random.choice((0, 0, 1, 1, 1, 2, 3, 4)), min(account.joined - 50, 700)
        )
    if place % 4 == 0:
        answer(firm, account, "why", firm.random.randrange(2, 6), min(account.joined, 700))


def _ordinal(stamp: str) -> int:
    return date.fromisoformat(stamp[:10]).toordinal()


def answer(firm: Firm, account: Account, key: str, score: int, ago: int) -> SurveyResponse:
    """Put an answer into the firm; an old detractor was called back, a new one waits."""
    kept = firm.surveys[key]
    good = score / kept.scale_max if kept.direction == "higher_is_better" else 1 - score / kept.scale_max
    mark = "high" if good >= 0.85 else "middle" if good >= 0.65 else "low"
    task = _call_back(firm, account, ago) if key == "nps" and score <= 6 else None
    return firm.sheets.add(
        SurveyResponse(
            client_id=account.client.id,
            survey_id=kept.id,
            contact_id=account.main.id,
            score=score,
            comment=firm.pick(account.texts("voice_comments")[mark]) if firm.chance(0.7) else "",
            channel=kept.channel,
            at=firm.moments.at_text(max(ago, 0), 14, firm.random.randrange(60)),
            task_id=task.id if task else None,
        ),
        firm.moments.at_text(max(ago, 0), 14),
    )


def _call_back(firm: Firm, account: Account, ago: int) -> Task | None:
    answered = ago > 30
    if not answered and firm.chance(0.4):
        return None
    return firm.sheets.add(
        Task(
            client_id=account.client.id,
            title=firm.pick(pool("contacting")["tasks"]["follow_up"][:1]),
            assignee_id=account.owner.id,
            due_on=firm.moments.day(ago - 2),
            status="done" if answered else "open",
            task_kind="detractor",
            done_at=firm.moments.at_text(ago - 1, 12) if answered else None,
        ),
        firm.moments.at_text(ago, 14),
    )


def offer(firm: Firm, account: Account, place: int) -> None:
    """Opportunities in every state, with the client's own numbers as evidence."""
    client = account.client
    if client.stage not in ("active", "leaving", "lost"):
        return
    rows = [row for row in pool("voice")["offers"]["rows"] if _fits(firm, account, row)]
    for turn in range({"A": 3, "B": 2, "C": 1, "D": place % 2}[client.tier]):
        state = _STATES[(place + turn * 2) % len(_STATES)] if client.stage == "active" else "lost"
        suggest(firm, account, rows[(place + turn * 3) % len(rows)], state)


def _fits(firm: Firm, account: Account, row: list[str | int]) -> bool:
    """Whether the evidence would be true of this client."""
    first = account.licences[0]
    if row[0] == "licences":
        return first.active >= _BUSY * first.bought and first.bought > 4
    if row[0] == "module":
        product_id = firm.products[str(row[2])].id
        return all(owned.product_id != product_id for owned in account.licences)
    return True


def suggest(
    firm: Firm, account: Account, row: list[str | int], state: OpportunityState, amount: int | None = None
) -> Opportunity:
    """Put one opportunity into the firm."""
    kind, title, slug, trigger, evidence, roubles = row
    owned = account.licences[0]
    product = firm.products[str(slug)]
    if kind == "licences":
        product = next(p for p in firm.products.values() if p.id == owned.product_id)
    expires = account.contract.expires_on if account.contract else None
    if kind == "renewal" and account.contract:
        amount = account.contract.amount
    numbers = {
        "days": (date.fromisoformat(expires) - firm.moments.today).days if expires else 90,
        "more": max(2, owned.bought // 8),
        "product": product.name,
        "active": owned.active,
        "bought": owned.bought,
    }
    closed = state in ("won", "lost", "dismissed")
    ago = account.last_day + (firm.random.randrange(5, 200) if closed else 0)
    ends = pool("voice")["ends"]
    return firm.sheets.add(
        Opportunity(
            client_id=account.client.id,
            title=str(title).format(**numbers),
            opportunity_kind=kind,  # pyright: ignore[reportArgumentType]
            state=state,
            product_id=product.id,
            amount=amount or scaled(account, int(roubles) * 100 * int(numbers["more"])),
            currency=currency(account),
            evidence=str(evidence).format(**numbers),
            trigger=str(trigger),
            expected_on=firm.moments.day(ago - 20) if state != "suggested" else None,
            window_till=firm.moments.day(ago - firm.random.randrange(15, 70)),
            assignee_id=account.owner.id if state != "suggested" else None,
            reason=firm.pick(ends[state]) if closed else "",
            closed_on=firm.moments.day(ago) if closed else None,
        ),
        firm.moments.at_text(ago + 6, 11),
    )


def announce(firm: Firm, accounts: list[Account]) -> None:
    """Tell the announcements to those who own the product; some have answered."""
    for key, announcement in firm.announcements.items():
        if announcement.state == "draft":
            continue
        sent = next(
            (row.get("days", 1) for row in pool("department")["announcement"] if row["key"] == key), 1
        )
        for account in accounts:
            owns = any(owned.product_id == announcement.product_id for owned in account.licences)
            if not owns or account.client.stage not in ("active", "onboarding"):
                continue
            state = firm.weighted(_DELIVERY)
            firm.sheets.add(
                Delivery(
                    client_id=account.client.id,
                    announcement_id=announcement.id,
                    contact_id=account.main.id,
                    state=state,
                    at=None
                    if state == "queued"
                    else firm.moments.at_text(sent, 12, firm.random.randrange(60)),
                    answer=firm.pick(("поставьте в четверг", "покажите на складе", "пока не нужно"))
                    if state == "answered"
                    else "",
                ),
                firm.moments.at_text(sent, 10),
            )


def read_in_public(firm: Firm, accounts: list[Account]) -> None:
    """What stood in public: one review was answered, one waits for somebody else than Иванова."""
    active = [account for account in accounts if account.client.stage == "active"]
    others = [account for account in active if account.owner.login != "ivanova"]
    told: tuple[tuple[Account, int, ReviewMood, str, str], ...] = (
        (active[0], 40, "mixed", "Программа хорошая, но обновления ставят долго.", "Ускорили: теперь ночью."),
        (others[0], 0, "negative", "Неделю не можем выгрузить остатки, сдвигаем отгрузки.", ""),
    )
    for account, ago, mood, words, answer_text in told:
        firm.sheets.add(
            PublicReview(
                client_id=account.client.id,
                quote=words,
                link=f"https://reviews.example/{account.client.slug}",
                mood=mood,
                author=account.main.name,
                seen_on=firm.moments.day(ago),
                due_on=firm.moments.day(ago - 1),
                assignee_id=account.owner.id,
                reacted_on=firm.moments.day(ago - 1) if answer_text else None,
                reaction=answer_text,
            ),
            firm.moments.at_text(ago, 10),
        )
