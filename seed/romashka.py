"""The client that the documentation shows: its six panels, with the numbers that are drawn there."""

from __future__ import annotations

from datetime import date, timedelta

from onewindow.records.adoption import Licence, PlanStep, Training, TrainingState, Usage, Workplace
from onewindow.records.clients import Promise, PromiseEvent
from onewindow.records.requests import Direction, Document, DocumentKind, Mood, Touch, TouchKind
from seed.adoption import WEEKS, lesson
from seed.agreements import file, give
from seed.contacting import touch
from seed.feedback import answer, quote, suggest
from seed.firm import Account, Firm
from seed.moments import open_before
from seed.plans import start_plan
from seed.pools import pool
from seed.stories import Case, Story

_HOUR = 3600
_TOLD_DAYS = 30
_MONTHS = tuple(
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()  # noqa: SIM905
)
_SEATS = 50
_CONTRACT_ENDS = 40
_KEPT_EVERY = 21
"""So many days lie between two deliveries under the special term."""


def tell(firm: Firm, account: Account) -> None:
    """Fill the six panels as they are drawn."""
    account.told_till = _TOLD_DAYS
    contract = _documents(firm, account)
    _licences(firm, account, contract)
    _plan(firm, account)
    _promises(firm, account, contract)
    _feedback(firm, account)


def ask(firm: Firm, account: Account) -> None:
    """Tell the three requests with the drawn numbers."""
    now, late = firm.moments.now, account.client.tier
    support = account.owner
    target = (firm.policies[late, "normal"].resolution_min or 0) * 60
    report = Case(
        "problem",
        "отчёт не открывается",
        "При открытии отчёта по остаткам окно закрывается без сообщения.",
        channel="phone",
    )
    story = Story(firm, account, report, open_before(firm.calendar, now, target + 2 * _HOUR), support)
    story.after(900, "reply", "Анна, приняли, смотрим журнал сервера.")
    story.after(5 * _HOUR, "client_message", "Завтра закрываем месяц, отчёт нужен.", by_us=False)
    story.after(6 * _HOUR, "reply", "Причину нашли, пересчитываем итоги.")
    story.tell(1042)
    high = (firm.policies[late, "high"].resolution_min or 0) * 60
    access = Case(
        "access",
        "доступ новому сотруднику",
        "С понедельника выходит кладовщик.",
        priority="high",
        channel="email",
    )
    story = Story(firm, account, access, open_before(firm.calendar, now, high - 3 * _HOUR), support)
    story.after(600, "reply", "Сделаем сегодня, пришлите фамилию.")
    story.tell(1050)
    bill = Case("documents", "счёт на обучение", "Нужен счёт на двоих, занятие в среду.", channel="email")
    story = Story(firm, account, bill, open_before(firm.calendar, now, 4 * _HOUR), support)
    story.after(1200, "reply", "Подготовлю, на какое юрлицо выставить?")
    story.after(1300, "wait_client", "Ждём ответ, на какое юрлицо выставить.")
    story.tell(1051)


def _documents(firm: Firm, account: Account) -> Document:
    day = firm.moments.day
    contract = file(
        firm,
        account,
        Document(
            document_kind="contract",
            number="17/21",
            title="договор",
            state="signed",
            issued_on=day(365 - _CONTRACT_ENDS),
            signed_on=day(365 - _CONTRACT_ENDS),
            expires_on=day(-_CONTRACT_ENDS),
            amount=64_000_000,
            location="contracts/romashka-17-21.pdf",
        ),
        365 - _CONTRACT_ENDS,
    )
    account.contract = contract
    ended = firm.moments.today.replace(day=1) - timedelta(days=1)
    month = _MONTHS[ended.month - 1]
    file(
        firm,
        account,
        Document(
            document_kind="act",
            title=f"акт за {month}",
            state="missing",
            due_on=ended.isoformat(),
            period=ended.isoformat()[:7],
            parent_id=contract.id,
        ),
        1,
    )
    papers: tuple[tuple[int, DocumentKind, str], ...] = (
        (30, "invoice", "счёт за квартал"),
        (62, "specification", "спецификация № 4"),
    )
    for ago, kind, title in papers:
        file(
            firm,
            account,
            Document(
                document_kind=kind,
                number=f"{ago + 81}",
                title=title,
                state="signed",
                issued_on=day(ago),
                signed_on=day(ago),
                amount=16_000_000,
                parent_id=contract.id,
            ),
            ago,
        )
    return contract


def _licences(firm: Firm, account: Account, contract: Document) -> None:
    day = firm.moments.day
    for slug, seats, active in (("sklad", _SEATS, 48), ("finansy", 12, 7), ("sklad-tsd", 8, 3)):
        product = firm.products[slug]
        newest = [r.version_name for (owner, _), r in firm.releases.items() if owner == slug][-1]
        licence = firm.sheets.add(
            Licence(
                client_id=account.client.id,
                product_id=product.id,
                bought=seats,
                active=active,
                starts_on=day(365 - _CONTRACT_ENDS),
                ends_on=day(-_CONTRACT_ENDS),
                amount=(product.price or 0) * seats,
                installed_version=newest,
                last_used_on=day(0),
                document_id=contract.id,
            ),
            firm.moments.at_text(365 - _CONTRACT_ENDS, 14),
        )
        account.licences.append(licence)
        for ago in range(WEEKS, -1, -1):
            users = active - 2 - ago if ago < 8 else round(active * (0.78 - 0.3 * ago / WEEKS))
            monday = date(1970, 1, 5) + timedelta(weeks=firm.moments.last_week - ago)
            firm.sheets.add(
                Usage(
                    client_id=account.client.id,
                    product_id=product.id,
                    week=firm.moments.last_week - ago,
                    active_users=max(1, users),
                    volume=max(1, users) * 140,
                ),
                f"{monday + timedelta(days=7)}T03:00:00Z",
            )
    for place, name in enumerate(("Приёмка", "Отгрузка", "Бухгалтерия")):
        firm.sheets.add(
            Workplace(
                client_id=account.client.id,
                product_id=account.licences[0].product_id,
                name=name,
                contact_id=account.contacts[3 - place].id,
                installed_version="5.1" if place else "5.2",
                installed_on=day(9 if not place else 210),
            ),
            firm.moments.at_text(210, 12),
        )


def _plan(firm: Firm, account: Account) -> None:
    plan = start_plan(firm, account, "onboarding", 36, done=6)
    steps = [step for step in firm.sheets.all(PlanStep) if step.plan_id == plan.id]
    late, last = steps[6], steps[7]
    firm.sheets.replace(
        late.with_changes(
            {
                "title": "обучение склада",
                "assignee_id": firm.staff["petrov"].id,
                "due_on": firm.moments.day(3),
                "reason": "ждали приезда второй смены",
            }
        )
    )
    firm.sheets.replace(plan.with_changes({"due_on": firm.moments.day(-9)}))
    firm.sheets.replace(
        last.with_changes({"due_on": firm.moments.day(-9), "reason": "после обучения склада, просила Анна"})
    )
    held: tuple[tuple[str, TrainingState, int, int], ...] = (
        ("приёмка и размещение", "done", 7, 20),
        ("закрытие месяца", "passed", 5, 12),
    )
    for title, state, people, ago in held:
        lesson(
            firm,
            account,
            Training(
                client_id=account.client.id,
                title=title,
                contact_id=account.contacts[2].id,
                planned_on=firm.moments.day(ago),
                held_on=firm.moments.day(ago),
                state=state,
                people=people,
            ),
            ago,
        )
    lesson(
        firm,
        account,
        Training(
            title="обучение склада",
            contact_id=account.contacts[2].id,
            planned_on=firm.moments.day(3),
            people=8,
        ),
        10,
    )


def _promises(firm: Firm, account: Account, contract: Document) -> None:
    written = firm.moments.today - timedelta(days=10)
    give(
        firm,
        account,
        Promise(
            text="отчёт по внедрению",
            status="acknowledged",
            due_on=firm.moments.day(-3),
            evidence=f"письмо {written:%d.%m}",
            deliverable="отчёт на две страницы с цифрами до и после",
            acceptance="письмо Анны «принято»",
        ),
        10,
    )
    term = give(
        firm,
        account,
        Promise(
            text="отгрузка до 10:00",
            promise_kind="term",
            status="acknowledged",
            evidence="договор п. 4.2",
            document_id=contract.id,
            in_contract=1,
            valid_from=contract.signed_on,
            kept_count=14,
        ),
        365 - _CONTRACT_ENDS,
    )
    for turn in range(term.kept_count):
        ago = _KEPT_EVERY * (turn + 1)
        firm.sheets.add(
            PromiseEvent(
                client_id=account.client.id,
                promise_id=term.id,
                outcome="kept",
                happened_on=firm.moments.day(ago),
                staff_id=account.owner.id,
            ),
            firm.moments.at_text(ago, 12),
        )


def _feedback(firm: Firm, account: Account) -> None:
    rows = pool("voice")["feedback"]["ru"]
    export, cheaper = rows[0], next(row for row in rows if row[0] == "competitor")
    quote(firm, account, export, 61, told=False)
    quote(firm, account, cheaper, 9)
    for kind, ago in (("usage", 35), ("remark", 90), ("reaction", 40)):
        quote(firm, account, next(row for row in rows if row[0] == kind and row[2] < 3), ago)
    offers = {str(row[0]): row for row in pool("voice")["offers"]["rows"]}
    evidence = list(offers["licences"])
    evidence[1] = "+ 5 лицензий"
    suggest(firm, account, evidence, "accepted", 12_000_000)
    suggest(firm, account, offers["renewal"], "offered", 64_000_000)
    for kind in ("module", "service", "upgrade"):
        suggest(firm, account, offers[kind], "suggested")
    for ago, score in ((25, 7), (207, 8), (390, 9)):
        answer(firm, account, "nps", score, ago)
    recent: tuple[tuple[int, TouchKind, Direction, str, Mood], ...] = (
        (1, "call", "in", "Ждёт отчёт, спокойна", "calm"),
        (2, "mail", "out", "Акт выслан", ""),
        (140, "meeting", "out", "Разобрали закрытие месяца: сейчас четыре дня, цель два", "glad"),
        (9, "call", "in", "Сравнивает цену с «Альфой», просит расчёт на пять мест", "worried"),
        (24, "review", "internal", "Обзор клиента: цель на контроле, предложить места", ""),
    )
    for ago, kind, direction, text, mood in recent:
        touch(
            firm,
            account,
            Touch(
                touch_kind=kind,
                text=text,
                direction=direction,
                mood=mood,
                contact_id=account.main.id,
                minutes=6,
            ),
            ago,
            15,
        )
