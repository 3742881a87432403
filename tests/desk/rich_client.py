"""Ромашка ООО, a client with something of everything, and a clock that only the tests move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.records.adoption import (
    Feature,
    Licence,
    Plan,
    PlanStep,
    Product,
    Training,
    Usage,
)
from onewindow.records.clients import Asset, BillingDetails, Client, Consent, Contact, ContactNote, Promise
from onewindow.records.feedback import Feedback, Opportunity, Survey, SurveyResponse
from onewindow.records.fields import Record
from onewindow.records.organization import Staff
from onewindow.records.requests import Document, Request, Task, Touch
from onewindow.text.dates import week_number

R = TypeVar("R", bound=Record)

NOW = datetime(2026, 11, 23, 11, 32, tzinfo=UTC)
"""A Monday, 14:32 in Moscow: the office is open from 9 to 18."""
HOSTILE = "=cmd()\x1b[31m\u202eevil\n[b]Ромашка[/b]"


@dataclass
class Clock:
    """A clock that stands still."""

    now: datetime

    def __call__(self) -> datetime:
        """The time at which it stands."""
        return self.now


@dataclass
class RichClient:
    """Makes the records of one client; what it made last of a kind is found by `made`."""

    session: Session
    clock: Clock
    client: Client
    main: Contact
    product: Product
    petrov: Staff
    made: dict[str, list[Record]]

    @property
    def id(self) -> int:
        """The client's id."""
        return self.client.id

    def add(self, record: R, days: float = 0) -> R:
        """Store a record as if `days` ago; it becomes this client's if it belongs to one."""
        self.clock.now = NOW - timedelta(days=days)
        if "client_id" in vars(record) and not vars(record)["client_id"]:
            record = record.with_changes({"client_id": self.id})
        stored = changing.insert(self.session, record)
        self.clock.now = NOW
        self.made.setdefault(stored.kind, []).append(stored)
        return stored

    def change(self, record: R, days: float = 0, **values: str | int | None) -> R:
        """Change a record as if `days` ago."""
        self.clock.now = NOW - timedelta(days=days)
        changed = changing.change(self.session, record, values)
        self.clock.now = NOW
        return changed


def make_rich_client(session: Session, clock: Clock) -> RichClient:
    """Ромашка ООО: something of everything, on 2026-11-23 at 14:32 Moscow time."""
    me = session.me.id
    petrov = next(person for person in session.directory.staff.values() if person.login == "petrov")
    client = changing.insert(
        session,
        Client(
            name="Ромашка ООО",
            tier="A",
            owner_id=me,
            deputy_id=petrov.id,
            since="2021-03-01",
            goal="закрывать месяц за 2 дня",
            goal_measure="сейчас 4",
            aliases="Romashka\nРомаха",
            tags="склад vip",
            city="Казань",
            payment_state="paid",
            paid_till="2026-10-31",
        ),
    )
    main = changing.insert(
        session,
        Contact(
            client_id=client.id,
            name="Анна Ким",
            address_as="Анна Сергеевна",
            role="директор",
            manner="по имени; не звонить до 10",
            phone="+79123456789",
            email="kim@romashka.ru",
            is_main=1,
        ),
    )
    product = changing.insert(session, Product(name="Склад", slug="sklad"))
    rich = RichClient(session, clock, client, main, product, petrov, {})
    _people(rich)
    _work(rich)
    _adoption(rich)
    _voice(rich)
    return rich


def _people(rich: RichClient) -> None:
    rich.add(Contact(name="Борис Ли", role="бухгалтер", phone="+79123456780"))
    rich.add(ContactNote(contact_id=rich.main.id, noted_on="2026-05-01", text="болеет за Рубин"))
    rich.add(Consent(contact_id=rich.main.id, channel="email", decided_on="2026-01-10", source="п. 7"))
    rich.add(
        Consent(contact_id=rich.main.id, channel="phone", state="refused", decided_on="2026-02-10"),
    )
    rich.add(BillingDetails(legal_name="ООО «Ромашка»", tax_id="7707083893", kpp="770701001"))
    rich.add(Asset(name="Сканер", serial="SN-1", place="склад"))


def _work(rich: RichClient) -> None:
    late = Request(title="отчёт не открывается", priority="urgent", assignee_id=rich.session.me.id)
    rich.add(late, days=3)
    rich.add(
        Request(title="доступ новому сотруднику", assignee_id=rich.petrov.id, contact_id=rich.main.id),
        days=1 / 24,
    )
    waiting = rich.add(Request(title="счёт на обучение", promised_at=None), days=1 / 12)
    rich.change(waiting, days=1 / 24, status="waiting", next_actor="client")
    closed = rich.add(Request(title="сброс пароля"), days=10)
    rich.change(closed, days=9.9, status="resolved", result="сделано")
    rich.add(Task(title="позвонить после обучения", due_on="2026-11-20", assignee_id=rich.petrov.id))
    rich.add(
        Document(title="акт", document_kind="act", period="2026-10", state="missing", due_on="2026-10-31")
    )
    rich.add(
        Document(
            title="договор",
            number="17/21",
            state="signed",
            issued_on="2021-03-01",
            expires_on="2027-01-02",
            amount=64_000_000,
        )
    )
    rich.add(
        Document(title="счёт", number="88", document_kind="invoice", state="sent", issued_on="2026-11-02")
    )
    rich.add(
        Promise(
            text="отчёт по внедрению",
            due_on="2026-11-25",
            given_by_id=rich.session.me.id,
            given_to_id=rich.main.id,
            evidence="письмо 12.11",
            status="acknowledged",
        )
    )
    rich.add(
        Promise(
            text="отгрузка до 10:00",
            promise_kind="term",
            evidence="договор п. 4.2",
            status="acknowledged",
            kept_count=14,
        )
    )


def _adoption(rich: RichClient) -> None:
    rich.add(
        Licence(
            product_id=rich.product.id, bought=50, active=48, last_used_on="2026-11-22", ends_on="2027-06-30"
        )
    )
    this_week = week_number(NOW.date())
    for back, users in enumerate((46, 46, 44, 43, 42, 40, 38, 30)):
        rich.add(Usage(product_id=rich.product.id, week=this_week - back, active_users=users))
    plan = rich.add(
        Plan(title="внедрение", started_on="2026-10-01", due_on="2026-12-20", mentor_id=rich.petrov.id)
    )
    titles = ("договор", "установка", "права", "данные", "склад", "касса", "обучение склада", "приёмка")
    for place, title in enumerate(titles, 1):
        done = place <= 6
        rich.add(
            PlanStep(
                plan_id=plan.id,
                position=place,
                title=title,
                assignee_id=rich.petrov.id,
                due_on="2026-11-20" if place < 8 else "2026-12-15",
                status="done" if done else "open",
                done_on="2026-11-01" if done else None,
                is_control_point=int(place == 8),
            )
        )
    rich.add(Training(title="склад", state="done", held_on="2026-11-10", people=12))
    rich.add(Training(title="касса", planned_on="2026-12-01", people=8, trainer_id=rich.petrov.id))


def _voice(rich: RichClient) -> None:
    feature = rich.add(Feature(title="выгрузка в 1С", status="released"))
    rich.add(
        Feedback(
            quote="выгрузка в 1С",
            importance=3,
            said_on="2026-06-01",
            feature_id=feature.id,
            contact_id=rich.main.id,
        )
    )
    rich.add(
        Feedback(
            feedback_kind="competitor",
            quote="у Альфы дешевле",
            said_on="2026-11-14",
            competitor="Альфа",
        )
    )
    rich.add(
        Opportunity(
            title="продление",
            opportunity_kind="renewal",
            amount=64_000_000,
            window_till="2027-01-02",
        )
    )
    rich.add(
        Opportunity(
            title="+ 5 лицензий",
            state="suggested",
            amount=12_000_000,
            evidence="48/50 заняты 21 д",
            trigger="licences",
            window_till="2026-12-20",
        )
    )
    rich.add(Opportunity(title="модуль «Касса»", state="dismissed", reason="нет кассиров"))
    survey = rich.add(Survey(title="осень", questions="Порекомендуете?"))
    rich.add(SurveyResponse(survey_id=survey.id, contact_id=rich.main.id, score=9, at="2026-11-12T08:00:00Z"))
    rich.add(
        Touch(
            text="ждёт отчёт",
            at="2026-11-21T12:00:00Z",
            contact_id=rich.main.id,
            mood="calm",
            staff_id=rich.session.me.id,
        )
    )
    rich.add(Touch(text="акт выслан", touch_kind="mail", direction="out", at="2026-11-20T12:00:00Z"))
    rich.add(
        Touch(
            text="не ставить на обед",
            touch_kind="note",
            direction="internal",
            at="2026-01-20T12:00:00Z",
            is_pinned=1,
        )
    )
