"""How the department stays in touch: cadences, occasions, holidays, meetings, a review half way through."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from onewindow.records.cadence import (
    Holiday,
    Occasion,
    OccasionReason,
    PlannedKind,
    TouchCadence,
    TouchMark,
    TouchMarkState,
)
from onewindow.records.meetings import Meeting, MeetingForm, MeetingPerson
from onewindow.records.messages import Template
from onewindow.records.requests import Snooze, Task, Touch
from onewindow.records.reviews import Decision, ReviewDecision, ReviewRound
from onewindow.text.dates import utc_text
from seed.firm import Account, Firm
from seed.moments import HOME_ZONE
from seed.romashka_card import NUMBER

_CADENCES: tuple[tuple[str, str, int, PlannedKind, int, int, int], ...] = (
    ("Ключевые клиенты, прежний порядок", "A", 20, "visit", 60, 90, 900),
    ("Клиенты B, прежний порядок", "B", 40, "meeting", 90, 180, 900),
    ("Ключевые клиенты", "A", 14, "call", 30, 30, 300),
    ("Клиенты B", "B", 28, "call", 60, 60, 300),
    ("Клиенты C", "C", 60, "mail", 120, 120, 300),
    ("Клиенты D", "D", 120, "message", 200, 180, 300),
    ("Все остальные", "", 90, "mail", 180, 180, 300),
)
"""Name, tier, working days, how, alarm, review, valid from so many days ago."""
_OCCASIONS: tuple[tuple[str, OccasionReason, int, int, PlannedKind, str, str], ...] = (
    ("Спасибо за первый заказ", "first_order", 0, 2, "call", "", "thanks"),
    ("Спасибо за оплату ключевому клиенту", "paid_invoice", 0, 1, "message", "A", "thanks"),
    ("Спасибо за рекомендацию", "referral", 0, 3, "visit", "", "thanks"),
    ("Спасибо за высокую оценку", "promoter", 0, 2, "mail", "", "thanks"),
    ("День рождения", "birthday", 0, 0, "call", "", "congratulation"),
    ("Годовщина работы с нами", "anniversary", 0, 0, "mail", "B", "congratulation"),
    ("Праздники", "holiday", 0, 0, "mail", "", "congratulation"),
    ("Как идут дела через три месяца", "start", 3, 0, "call", "", "check_in"),
    ("Как идут дела через год: встреча", "start", 12, 0, "meeting", "", "check_in"),
    ("После обучения", "training", 1, 0, "call", "C", "check_in"),
    ("После новой версии", "release", 2, 0, "mail", "D", "check_in"),
    ("После жалобы", "complaint", 1, 0, "call", "", "check_in"),
)
_HOLIDAYS = (
    ("Новый год", "31.12", "", "", 5),
    ("День защитника Отечества", "23.02", "RU", "", 0),
    ("Международный женский день", "08.03", "", "", 0),
    ("День строителя", "2 sun 8", "RU", "строй", 0),
    ("День работников торговли", "4 sat 7", "RU", "торговля", 0),
    ("Профессиональный праздник работников сельского хозяйства", "2 sun 10", "RU", "сельское", 0),
    ("Освобождение Болгарии", "03.03", "BG", "", 0),
    ("Коледа", "25.12", "BG", "", 4),
)
_AGENDAS = {
    "ru": ("Итоги квартала и план", "Обучение новых сотрудников", "Продление договора", "Разбор отчётов"),
    "bg": ("Резултати и план", "Обучение на новите служители", "Подновяване на договора", "Справки"),
    "en": ("Quarter and plan", "Training of new people", "Renewal", "Reports"),
}
_WHY_MOVED = {
    "ru": "директор в командировке",
    "bg": "управителят е в командировка",
    "en": "the head is travelling",
}
_CAME_OF_IT = {
    "ru": "Показали отчёты, договорились об обучении склада.",
    "bg": "Показахме справките, разбрахме се за обучението.",
    "en": "Showed the reports, agreed on a training.",
}
_FORMS: tuple[MeetingForm, ...] = ("visit", "online", "at_ours")
_PLACES = {"online": "https://meet.example.org/{slug}", "at_ours": "переговорная 2"}
_EVERY_MEETING = 5
_DECISIONS: tuple[tuple[Decision, str], ...] = (
    ("fine", "всё в порядке"),
    ("touch", "давно не говорили"),
    ("snooze", "ждём релиз"),
    ("escalate", "просит скидку, решает руководитель"),
    ("fine", "цели достигнуты"),
)


def agree(firm: Firm) -> None:
    """Tell how often we get in touch, and on which occasions and days."""
    templates = {(template.purpose, template.language): template.id for template in firm.sheets.all(Template)}
    for name, tier, every, how, alarm, review, ago in _CADENCES:
        cadence = TouchCadence(
            name=name,
            tier=tier,
            every_days=every,
            touch_kind=how,
            template_id=None,
            alarm_days=alarm,
            review_days=review,
            valid_from=firm.moments.day(ago),
        )
        firm.sheets.add(cadence, firm.moments.at_text(ago, 10))
    for name, reason, months, days, how, tier, purpose in _OCCASIONS:
        occasion = Occasion(
            name=name,
            reason=reason,
            after_months=months,
            after_days=days,
            touch_kind=how,
            # What goes to all languages finds its template by the purpose and the client's language.
            template_id=templates[purpose, "ru"] if tier == "A" else None,
            tier=tier,
        )
        firm.sheets.add(occasion, firm.moments.at_text(300, 10))
    for name, day, country, industry, ahead in _HOLIDAYS:
        holiday = Holiday(name=name, day=day, country=country, industry=industry, days_before=ahead)
        firm.sheets.add(holiday, firm.moments.at_text(300, 10))


def stay_in_touch(firm: Firm, accounts: list[Account]) -> None:
    """Tell of meetings, of touches that were settled, and of two reviews; one of them is half way."""
    chance = Random("touching")
    here = [account for account in accounts if account.left is None and account.client.number != NUMBER]
    for place, account in enumerate(here[::_EVERY_MEETING]):
        _meet(firm, account, place, chance)
    _settle(firm, here)
    _review(firm, here)


def _meet(firm: Firm, account: Account, place: int, chance: Random) -> None:
    """One meeting of a client: held long ago, to come, put off once or twice, waiting for a time, or off."""
    language = account.client.language
    state = ("held", "planned", "planned", "held", "postponed", "planned", "cancelled")[place % 7]
    put_off = (0, 0, 2, 1, 1, 1, 0)[place % 7]
    ahead = 1 + place % 9 if state == "planned" else -chance.randrange(5, 60)
    form = _FORMS[place % 3]
    meeting = firm.sheets.add(
        Meeting(
            client_id=account.client.id,
            title=_AGENDAS[language][place % 4],
            starts_at=_work_hour(firm, ahead, 10 + place % 7),
            minutes=(60, 45, 90)[place % 3],
            form=form,
            place=_PLACES.get(form, account.client.city).format(slug=account.client.slug),
            staff_id=account.owner.id,
            agenda=account.client.goal or _AGENDAS[language][(place + 1) % 4],
            state=state,
            postponed=put_off,
            sequence=put_off + (state == "cancelled"),
            reason=_WHY_MOVED[language] if put_off or state == "cancelled" else "",
            result=_CAME_OF_IT[language] if state == "held" else "",
        ),
        firm.moments.at_text(max(1, 20 - ahead), 11),
    )
    at = meeting.created_at
    firm.sheets.add(
        MeetingPerson(client_id=account.client.id, meeting_id=meeting.id, contact_id=account.main.id), at
    )
    firm.sheets.add(
        MeetingPerson(client_id=account.client.id, meeting_id=meeting.id, staff_id=account.owner.id), at
    )
    if state == "held":
        kind = "visit" if form == "visit" else "meeting"
        touch = firm.sheets.add(
            Touch(
                client_id=account.client.id,
                touch_kind=kind,
                text=meeting.result,
                at=meeting.starts_at,
                contact_id=account.main.id,
                staff_id=account.owner.id,
                direction="out",
                minutes=meeting.minutes,
                postponed=put_off,
            ),
            meeting.starts_at,
        )
        firm.sheets.replace(meeting.with_changes({"touch_id": touch.id}))


def _work_hour(firm: Firm, ahead: int, hour: int) -> str:
    """An hour of the nearest working day so many days ahead."""
    day = firm.moments.today + timedelta(days=ahead)
    while not firm.calendar.spans(day):
        day += timedelta(days=1 if ahead > 0 else -1)
    return utc_text(datetime.combine(day, time(hour), ZoneInfo(HOME_ZONE)).astimezone(UTC))


def _settle(firm: Firm, here: list[Account]) -> None:
    """Some touches of the last weeks were done, skipped or put off."""
    occasion = next(occasion for occasion in firm.sheets.all(Occasion) if occasion.reason == "start")
    endings: tuple[tuple[TouchMarkState, str], ...] = (
        ("done", "созвонились"),
        ("skipped", "был в отпуске"),
        ("put_off", "просит после отчётности"),
    )
    for place, account in enumerate(here[3:36:11]):
        state, reason = endings[place % 3]
        mark = TouchMark(
            client_id=account.client.id,
            subject=f"{occasion.id}:start",
            due_on=firm.moments.day(10 + place),
            state=state,
            till=firm.moments.day(-7) if state == "put_off" else None,
            reason=reason,
            staff_id=account.owner.id,
            at=firm.moments.at_text(9 + place, 12),
        )
        firm.sheets.add(mark, mark.at)


def _review(firm: Firm, here: list[Account]) -> None:
    lead = next(colleague for colleague in firm.staff.values() if colleague.role == "lead")
    for login, ago, whole in (("petrov", 40, True), ("ivanova", 1, False)):
        person = firm.staff[login]
        theirs = [account for account in here if account.client.owner_id == person.id]
        at = firm.moments.at_text(ago, 15)
        walk = firm.sheets.add(
            ReviewRound(
                name=f"{person.name}, {date.fromisoformat(firm.moments.day(ago)):%d.%m.%Y}",
                staff_id=person.id,
                owner_id=person.id,
                started_at=at,
                ended_at=firm.moments.at_text(ago, 17) if whole else None,
            ),
            at,
        )
        chosen = theirs if whole else theirs[: len(theirs) // 2]
        for place, account in enumerate(chosen):
            _decide(firm, account, walk, place, at, lead.id if not whole else None)


def _decide(
    firm: Firm, account: Account, walk: ReviewRound, place: int, at: str, lead_id: int | None
) -> None:
    """A decision with what it made: in the older round all of that is done by now."""
    decision, reason = _DECISIONS[place % len(_DECISIONS)]
    till = firm.moments.day(-14) if decision == "snooze" else None
    task = None
    if decision in ("touch", "escalate") and lead_id is not None:
        task = firm.sheets.add(
            Task(
                client_id=account.client.id,
                title=f"{account.client.name}: {reason}",
                assignee_id=lead_id if decision == "escalate" else account.owner.id,
                due_on=firm.moments.day(-2),
                task_kind="escalated in review" if decision == "escalate" else "review",
            ),
            at,
        )
    if decision == "snooze" and lead_id is not None:
        firm.sheets.add(
            Snooze(
                client_id=account.client.id,
                staff_id=walk.staff_id,
                subject_kind="client",
                subject_id=account.client.id,
                till=utc_text(firm.moments.now + timedelta(days=14)),
                reason=reason,
            ),
            at,
        )
    firm.sheets.add(
        ReviewDecision(
            client_id=account.client.id,
            review_round_id=walk.id,
            decision=decision,
            reason=reason,
            till=till,
            staff_id=walk.staff_id,
            task_id=task.id if task else None,
            at=at,
        ),
        at,
    )
