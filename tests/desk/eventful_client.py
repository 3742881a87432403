"""Ромашка with everything that a panel can say: what is late, over, put off, queued, moved or never was."""

from __future__ import annotations

from rich_client import NOW, RichClient

from onewindow.desk.editing import changing
from onewindow.desk.requests import handing_off, replies
from onewindow.desk.session.context import Session
from onewindow.records.adoption import (
    Announcement,
    Delivery,
    Feature,
    Licence,
    Plan,
    PlanStep,
    Product,
    Release,
    Training,
    Usage,
    Workplace,
)
from onewindow.records.clients import Asset, Client, Consent, Contact, ContactNote, Promise
from onewindow.records.feedback import Feedback, Opportunity, SurveyResponse
from onewindow.records.meetings import Meeting
from onewindow.records.requests import Document, HandOff, Request, Task, Touch
from onewindow.text.dates import week_number


def make_eventful(rich: RichClient) -> RichClient:
    """Add to a rich client what the other states of its records are."""
    _requests(rich)
    _documents(rich)
    _adoption(rich)
    _voice(rich)
    _touches(rich)
    _people(rich)
    return rich


def _requests(rich: RichClient) -> None:
    session = rich.session
    asked = rich.add(Request(title="у склада", assignee_id=session.me.id), days=4)
    rich.clock.now = NOW
    replies.reply_to(session, asked, "смотрим")
    part = HandOff(
        request_id=asked.id, target="internal", department="склад", what="найти акт", target_min=60
    )
    handing_off.hand_off(session, part)
    rich.add(Request(title="к пятнице", promised_at="2026-11-27T12:00:00Z", priority="low"))
    declined = rich.add(Request(title="скидка", assignee_id=rich.petrov.id), days=20)
    replies.decline_with(session, declined, "не наше")
    for title, due_on, till in (
        ("сегодня", "2026-11-23", None),
        ("спит", "2026-11-01", "2026-12-01"),
        ("спит без срока", None, "2026-11-24"),
        ("когда-нибудь", None, None),
    ):
        rich.add(Task(title=title, due_on=due_on, snoozed_till=till, task_kind="follow-up"))


def _documents(rich: RichClient) -> None:
    rich.add(Document(title="оферта", state="signed", expires_on="2026-11-11", signed_on="2026-01-02"))
    rich.add(Document(title="сегодня", state="signed", expires_on="2026-11-23", signed_on="2026-01-03"))
    rich.add(Document(title="вчерашний", state="signed", expires_on="2026-11-22", signed_on="2026-01-03"))
    rich.add(Document(title="старый", state="cancelled", expires_on="2020-01-01"))
    rich.add(Document(title="акт 5", number="5", state="sent", due_on="2026-11-22", issued_on="2026-11-03"))
    rich.add(Document(title="акт 6", state="draft", due_on="2026-11-23", amount=100, currency="EUR"))
    rich.add(Document(title="акт 7", state="missing", due_on="2026-11-24", document_kind="act"))
    rich.add(Document(title="без срока", state="missing", document_kind="other"))


def _adoption(rich: RichClient) -> None:
    session = rich.session
    till = changing.insert(session, Product(name="Касса", slug="kassa"))
    for name, day in (("1.0", "2026-01-01"), ("2.0", "2026-06-01")):
        changing.insert(session, Release(product_id=till.id, version_name=name, released_on=day))
    spare = changing.insert(session, Product(name="Учёт", slug="uchet"))
    rich.add(Licence(product_id=till.id, bought=4, active=1, installed_version="1.0", ends_on="2026-12-01"))
    rich.add(Licence(product_id=spare.id, bought=5, last_used_on="2026-10-24", ends_on="2027-03-01"))
    rich.add(Licence(product_id=spare.id, bought=5, last_used_on="2026-10-25", ends_on="2026-11-22"))
    this_week = week_number(NOW.date())
    for back, users in ((9, 3), (5, 8), (1, 6)):
        rich.add(Usage(product_id=till.id, week=this_week - back, active_users=users))
    rich.add(Training(title="отчёты", planned_on="2026-11-22", people=1, contact_id=rich.main.id))
    rich.add(Training(title="приём", state="passed", held_on="2026-11-01", people=3))
    rich.add(Training(title="права", state="missed", planned_on="2026-10-01", people=2))
    plan = rich.add(Plan(title="касса", started_on="2026-11-01"))
    for place, (title, status) in enumerate((("касса 1", "skipped"), ("касса 2", "open")), 1):
        step = PlanStep(plan_id=plan.id, position=place, title=title)
        reason = "не нужно" if status == "skipped" else ""
        rich.add(step.with_changes({"status": status, "reason": reason}))
    rich.add(Workplace(name="склад 1", product_id=till.id, installed_on="2026-10-01"))
    rich.add(Workplace(name="склад 2", product_id=till.id))


def _voice(rich: RichClient) -> None:
    wish = rich.add(Feature(title="печать", status="in_work"))
    rich.add(Feedback(quote="печатать", importance=2, said_on="2025-12-31", feature_id=wish.id))
    rich.add(Feedback(quote="раньше", said_on="2026-01-01", told_on="2026-02-01", feature_id=wish.id))
    rich.add(Feedback(feedback_kind="usage", quote="жмём всё", said_on="2026-10-01", contact_id=rich.main.id))
    rich.add(Feedback(feedback_kind="reaction", quote="вау", said_on="2026-10-02", reaction="joy"))
    for title, state, amount, till in (
        ("поздно", "offered", 100_000, "2026-11-22"),
        ("скоро", "accepted", None, "2026-12-07"),
        ("нескоро", "offered", 300_000, "2026-12-08"),
        ("без конца", "offered", 1, None),
        ("взяли", "won", 500_000, "2026-12-01"),
        ("ушли", "lost", 600_000, "2026-01-01"),
    ):
        reason = "дорого" if state == "lost" else ""
        made = Opportunity(title=title, amount=amount, window_till=till, reason=reason)
        rich.add(made.with_changes({"state": state}))
    survey = rich.made["survey"][0].id
    for score, at, comment in ((6, "2026-11-20T08:00:00Z", "долго"), (7, "2026-11-19T08:00:00Z", "")):
        rich.add(SurveyResponse(survey_id=survey, score=score, at=at, comment=comment))
    for text, due_on, status in (
        ("забытое", "2026-11-22", "new"),
        ("сегодня", "2026-11-23", "acknowledged"),
        ("через три", "2026-11-26", "acknowledged"),
        ("через четыре", "2026-11-27", "acknowledged"),
        ("сорванное", "2026-11-10", "broken"),
        ("сдержанное", "2026-11-11", "kept"),
    ):
        promise = Promise(text=text, due_on=due_on, given_by_id=rich.petrov.id)
        rich.add(promise.with_changes({"status": status}))
    rich.add(Promise(text="до завтра", valid_till="2026-11-24", given_to_id=rich.main.id))
    rich.add(Promise(text="до вчера", valid_till="2026-11-22"))
    _novelties(rich)


def _novelties(rich: RichClient) -> None:
    session = rich.session
    release = changing.insert(session, Release(product_id=rich.product.id, version_name="5.2"))
    for title, channel in (("выгрузка", "phone"), ("отчёты", "visit")):
        news = Announcement(title=title, release_id=release.id, text=title)
        news = changing.insert(session, news.with_changes({"channel": channel}))
        told = channel == "visit"
        rich.add(
            Delivery(
                announcement_id=news.id,
                contact_id=rich.main.id,
                state="told" if told else "queued",
                told_at="2026-11-18T09:00:00Z" if told else None,
                answer="понравилось" if told else "",
            )
        )


def _touches(rich: RichClient) -> None:
    me = rich.session.me.id
    for kind, way, mood in (
        ("call", "out", "angry"),
        ("mail", "in", ""),
        ("message", "out", "glad"),
        ("meeting", "out", ""),
        ("visit", "in", ""),
        ("gift", "out", ""),
        ("review", "internal", ""),
    ):
        touch = Touch(text=kind, at="2025-12-31T22:30:00Z")
        rich.add(touch.with_changes({"touch_kind": kind, "direction": way, "mood": mood}))
    rich.add(Touch(text="само", touch_kind="mail", at="2026-11-01T09:00:00Z", is_automatic=1))
    for title, at, state, moved in (
        ("была", "2026-11-20T09:00:00Z", "planned", 0),
        ("идёт", "2026-11-23T11:00:00Z", "planned", 0),
        ("будет", "2026-11-25T09:00:00Z", "planned", 2),
        ("отложена", "2026-11-19T09:00:00Z", "postponed", 1),
    ):
        reason = "занят" if moved else ""
        made = Meeting(title=title, starts_at=at, postponed=moved, reason=reason, staff_id=me)
        rich.add(made.with_changes({"state": state}))


def _people(rich: RichClient) -> None:
    session = rich.session
    rich.add(Contact(name="Вера Юг", left_on="2026-05-01", phone="12", messenger="@vera"))
    rich.add(Consent(channel="messenger", purpose="newsletter", decided_on="2026-03-01"))
    rich.add(ContactNote(contact_id=rich.main.id, noted_on="2026-06-01", text="пьёт чай"))
    rich.add(Asset(name="Весы"))
    rival = changing.insert(session, Client(name="Лютик ООО"))
    rich.change(
        rich.client, payment_state="overdue", competitor_of_id=rival.id, goal_measure="", since="2019-05-06"
    )


def eventful(session: Session, rich: RichClient) -> RichClient:
    """The same with a deputy who is away."""
    changing.change(session, rich.petrov, {"away_from": "2026-11-20", "away_till": "2026-11-30"})
    return make_eventful(rich)
