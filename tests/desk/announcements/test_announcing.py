"""Announcements: whom they reach, why others are left out, by mail and telephone, back only with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from mail_server import Post, mail_server
from rich_client import NOW, Clock

from onewindow.desk.announcements import announcing, deliveries
from onewindow.desk.editing import changing
from onewindow.desk.messages import sending
from onewindow.desk.opening import at_work
from onewindow.desk.queue.today import read_today
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.desk.window.panels import feedback
from onewindow.desk.window.panels.view import PanelView
from onewindow.desk.window.snapshot import load_snapshot
from onewindow.records.adoption import (
    Announcement,
    Attendance,
    Delivery,
    Licence,
    Product,
    Release,
    TrainingSession,
)
from onewindow.records.clients import Channel, Client, Consent, Contact
from onewindow.records.feedback import Feedback
from onewindow.records.messages import Message, Template
from onewindow.records.requests import Request, Touch
from onewindow.settings import Settings
from onewindow.store import rows
from onewindow.store.announcements import announcement_records
from onewindow.store.problems import StoreProblem
from onewindow.store.rows import fetch
from onewindow.text.dates import utc_text


@pytest.fixture
def post(session: Session) -> Iterator[Post]:
    """A mail server that the settings name."""
    with mail_server() as running:
        session.settings = replace(
            session.settings,
            mail_by="smtp",
            smtp_host="127.0.0.1",
            smtp_port=running.port,
            smtp_security="none",
            mail_from="service@firm.example",
        )
        yield running


class _Firm:
    """Owners of Склад+ who differ in what keeps a mail from them, and one who owns something else."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.product = changing.insert(session, Product(slug="sklad", name="Склад+"))
        self.release = changing.insert(
            session, Release(product_id=self.product.id, version_name="5.2", notes="Выгрузка в 1С")
        )
        self.ok = self.client("Ромашка", "a@ok.ru", consent="given")
        self.bulgarian = self.client("Балкан", "b@ok.bg", consent="given", language="bg")
        self.mute = self.client("Вектор", "c@ok.ru")
        self.refuser = self.client("Сигма", "d@ok.ru", consent="withdrawn")
        self.far = self.client("Юпитер", "", consent="given")
        self.other = self.client("Лютик", "e@ok.ru", consent="given", owns=False)

    def client(
        self, name: str, email: str, *, consent: str = "", language: str = "ru", owns: bool = True
    ) -> Client:
        session = self.session
        client = changing.insert(session, Client(name=name, owner_id=session.me.id))
        person = changing.insert(
            session,
            Contact(
                client_id=client.id,
                name=f"Анна из {name}",
                address_as="Анна",
                email=email,
                phone="+79123456789",
                language=language,  # pyright: ignore[reportArgumentType]
            ),
        )
        if consent:
            for channel in ("email", "phone"):
                changing.insert(
                    session,
                    Consent(
                        client_id=client.id,
                        contact_id=person.id,
                        purpose="newsletter",
                        channel=channel,
                        state=consent,  # pyright: ignore[reportArgumentType]
                        decided_on="2026-01-01",
                    ),
                )
        if owns:
            changing.insert(session, Licence(client_id=client.id, product_id=self.product.id))
        return client

    def announcement(self, channel: Channel = "email", **values: object) -> Announcement:
        blank = Announcement(
            title="Склад+ 5.2 вышел",
            text="{contact}, вышла версия {version} программы {product}: {news}.",
            product_id=self.product.id,
            release_id=self.release.id,
            audience="product:склад",
            channel=channel,
        )
        return changing.insert(self.session, blank.with_changes(values))

    def delivery(self, announcement: Announcement, client: Client) -> Delivery:
        return announcement_records.of_clients(self.session.store, announcement.id, [client.id])[client.id]

    def fresh(self, announcement: Announcement) -> Announcement:
        return rows.get(self.session.store, Announcement, announcement.id)


@pytest.fixture
def firm(session: Session) -> _Firm:
    return _Firm(session)


def test_the_preview_says_who_is_left_out_and_why(session: Session, firm: _Firm) -> None:
    audience = announcing.audience(session, firm.announcement())
    assert (audience.total, audience.reached, audience.waiting) == (5, 2, 0)
    assert audience.left_out == {"no consent": 2, "no address": 1}
    assert audience.named["no consent"] == ["Вектор", "Сигма"]
    assert audience.named["no address"] == ["Юпитер"]
    assert announcement_records.counts(session.store, firm.announcement().id) == {}


def test_a_service_announcement_needs_no_consent_and_a_text_for_all_languages_reaches_all(
    session: Session, firm: _Firm
) -> None:
    audience = announcing.audience(session, firm.announcement(purpose="service"))
    assert (audience.reached, audience.left_out) == (4, {"no address": 1})
    assert announcing.audience(session, firm.announcement(audience="", purpose="service")).total == 6


def test_templates_speak_the_languages_they_have(session: Session, firm: _Firm) -> None:
    template = changing.insert(
        session,
        Template(
            name="Выпуск",
            purpose="announcement",
            language="ru",
            subject="{novelty}",
            text="{contact}: {version}",
        ),
    )
    announcement = firm.announcement(template_id=template.id)
    assert announcing.audience(session, announcement).left_out == {
        "no consent": 2,
        "no address": 1,
        "no text": 1,
    }
    with pytest.raises(StoreProblem, match="in the language of Балкан"):
        announcing.text_for(session, announcement, firm.bulgarian)
    changing.insert(
        session,
        Template(
            name="выпуск", purpose="announcement", language="bg", subject="Нова", text="Здравей, {contact}"
        ),
    )
    assert announcing.audience(session, announcement).reached == 2
    texts = {
        client.name: announcing.text_for(session, announcement, client)
        for client in (firm.ok, firm.bulgarian)
    }
    assert (texts["Ромашка"].subject, texts["Ромашка"].text) == ("Склад+ 5.2 вышел", "Анна: 5.2")
    assert texts["Балкан"].text == "Здравей, Анна"


def test_queueing_again_adds_only_those_who_came_since(session: Session, firm: _Firm) -> None:
    announcement = firm.announcement()
    assert announcing.queue(session, announcement) == announcing.Queued(2, {"no consent": 2, "no address": 1})
    again = announcing.queue(session, announcement)
    assert (again.added, again.left_out["has it"]) == (0, 2)
    late = firm.client("Новый", "n@ok.ru", consent="given")
    assert announcing.queue(session, announcement).added == 1
    assert firm.delivery(announcement, late).state == "queued"
    assert announcement_records.counts(session.store, announcement.id) == {"queued": 3}
    assert firm.fresh(announcement).state == "sending"
    session.undo()
    assert announcement_records.counts(session.store, announcement.id) == {"queued": 2}


def test_mails_arrive_in_the_words_of_the_client_and_the_delivery_is_told(
    session: Session, firm: _Firm, post: Post
) -> None:
    announcement = firm.announcement()
    announcing.queue(session, announcement)
    assert announcing.put_out(session, announcement) == announcing.PutOut(2, {}, 0)
    assert announcing.put_out(session, announcement).messages == 0
    assert [outcome.result for outcome in sending.send_due(session)] == ["sent", "sent"]
    assert sorted(post.recipients) == ["a@ok.ru", "b@ok.bg"]
    first = next(mail for mail in post.mails if mail["To"] == "a@ok.ru")
    assert first["Subject"] == "Склад+ 5.2 вышел"
    assert first.get_content().strip() == "Анна, вышла версия 5.2 программы Склад+: Выгрузка в 1С."
    told = firm.delivery(announcement, firm.ok)
    assert (told.state, told.told_at, told.at) == ("told", utc_text(NOW), utc_text(NOW))
    assert (firm.fresh(announcement).state, firm.fresh(announcement).sent_on) == ("sent", "2026-11-23")
    (touch,) = fetch(session.store, Touch, "WHERE client_id = :client", client=firm.ok.id)
    assert (touch.touch_kind, touch.direction) == ("mail", "out")


def test_a_consent_taken_back_after_queueing_blocks_the_mail(
    session: Session, firm: _Firm, post: Post
) -> None:
    announcement = firm.announcement()
    announcing.queue(session, announcement)

    def withdraw(client: Client) -> None:
        contact = firm.delivery(announcement, client).contact_id
        changing.insert(
            session,
            Consent(
                client_id=client.id,
                contact_id=contact,
                purpose="newsletter",
                state="withdrawn",
                decided_on="2026-11-23",
            ),
        )

    withdraw(firm.ok)
    put_out = announcing.put_out(session, announcement)
    assert (put_out.messages, put_out.held) == (1, {announcing.LEFT_OUT["no consent"]: 1})
    withdraw(firm.bulgarian)
    assert [outcome.result for outcome in sending.send_due(session)] == ["failed"]
    assert post.raw == []
    assert announcement_records.counts(session.store, announcement.id) == {"queued": 2}


def test_at_night_it_waits_for_working_hours(session: Session, clock: Clock, firm: _Firm, post: Post) -> None:
    clock.now = NOW.replace(hour=20)
    announcement = firm.announcement()
    assert announcing.audience(session, announcement).waiting == 2
    announcing.queue(session, announcement)
    announcing.put_out(session, announcement)
    assert list(sending.send_due(session)) == []
    clock.now = NOW + timedelta(days=1)
    assert len(list(sending.send_due(session))) == 2
    assert len(post.raw) == 2


def test_by_telephone_the_owners_tell_it(session: Session, firm: _Firm) -> None:
    announcement = firm.announcement("phone")
    announcing.queue(session, announcement)
    assert announcing.put_out(session, announcement) == announcing.PutOut(0, {}, 3)
    waiting = announcement_records.to_tell(session.store, session.me.id, 10)
    assert {item.delivery.client_id for item in waiting} == {firm.ok.id, firm.bulgarian.id, firm.far.id}
    told = deliveries.move(session, waiting[0].delivery, "told")
    assert (told.state, told.staff_id, told.told_at) == ("told", session.me.id, utc_text(NOW))
    (touch,) = fetch(session.store, Touch, "WHERE client_id = :client", client=told.client_id)
    assert (touch.touch_kind, touch.text) == ("call", "told of “Склад+ 5.2 вышел”")
    assert len(announcement_records.to_tell(session.store, session.me.id, 10)) == 2
    session.undo()
    assert len(announcement_records.to_tell(session.store, session.me.id, 10)) == 3
    assert fetch(session.store, Touch, "WHERE archived_at IS NULL") == []


def test_states_go_forward_and_back_only_with_a_reason(session: Session, firm: _Firm) -> None:
    announcement = firm.announcement("phone")
    announcing.queue(session, announcement)
    delivery = deliveries.move(session, firm.delivery(announcement, firm.ok), "read")
    with pytest.raises(StoreProblem, match="It is read already; give a reason why it becomes told"):
        deliveries.move(session, delivery, "told")
    with pytest.raises(FieldProblems, match="it is read already"):
        changing.change(session, delivery, {"state": "queued"})
    with pytest.raises(StoreProblem, match="Write what was answered"):
        deliveries.move(session, delivery, "answered")
    back = deliveries.move(session, delivery, "queued", reason="перепутали клиента")
    assert (back.state, back.told_at, back.reason) == ("queued", None, "перепутали клиента")
    declined = deliveries.move(session, back, "declined", answer="не нужно")
    with pytest.raises(StoreProblem, match="give a reason"):
        deliveries.move(session, declined, "answered", answer="передумали")
    assert deliveries.move(session, declined, "answered", answer="передумали", reason="x").state == "answered"


def test_an_answer_becomes_a_quote_or_a_request(session: Session, firm: _Firm) -> None:
    announcement = firm.announcement("phone")
    announcing.queue(session, announcement)
    first = deliveries.answer(session, firm.delivery(announcement, firm.ok), "Отлично, ждали", "feedback")
    assert first.feedback is not None
    quote = rows.get(session.store, Feedback, first.feedback.id)
    assert (quote.feedback_kind, quote.release_id, quote.quote) == (
        "reaction",
        firm.release.id,
        "Отлично, ждали",
    )
    second = deliveries.answer(
        session, firm.delivery(announcement, firm.far), "Помогите обновиться\nв пятницу", "request"
    )
    assert second.request is not None
    request = rows.get(session.store, Request, second.request.id)
    assert (request.title, request.product_id) == ("Помогите обновиться", firm.product.id)
    assert request.due_at is not None
    assert firm.delivery(announcement, firm.far).answer == "Помогите обновиться\nв пятницу"


def test_told_by_telephone_before_the_mail_went_the_mail_does_not_go(
    session: Session, clock: Clock, firm: _Firm, post: Post
) -> None:
    clock.now = NOW.replace(hour=20)
    announcement = firm.announcement()
    announcing.queue(session, announcement)
    announcing.put_out(session, announcement)
    deliveries.move(session, firm.delivery(announcement, firm.ok), "told")
    clock.now = NOW + timedelta(days=1)
    assert len(list(sending.send_due(session))) == 1
    assert post.recipients == ["b@ok.bg"]


def test_a_client_who_was_skipped_is_not_queued_again(session: Session, firm: _Firm) -> None:
    announcement = firm.announcement("phone")
    announcing.queue(session, announcement)
    delivery = firm.delivery(announcement, firm.ok)
    with pytest.raises(StoreProblem, match="Say why"):
        deliveries.skip(session, delivery, " ")
    deliveries.skip(session, delivery, "уходит от нас")
    again = announcing.queue(session, announcement)
    assert (again.added, again.left_out["skipped"]) == (0, 1)
    session.undo()
    assert firm.delivery(announcement, firm.ok).archived_at is None


def test_who_declined_a_novelty_of_the_product_is_left_alone_for_half_a_year(
    session: Session, clock: Clock, firm: _Firm
) -> None:
    first = firm.announcement("phone")
    announcing.queue(session, first)
    deliveries.move(session, firm.delivery(first, firm.ok), "declined")
    second = firm.announcement("email")
    assert announcing.audience(session, second).left_out["declined"] == 1
    reach = announcing.reach_of(session, second, firm.ok.id)
    assert reach is not None
    assert reach.why == "declined"
    assert announcing.reach_of(session, second, firm.other.id) is None
    clock.now += timedelta(days=200)
    assert "declined" not in announcing.audience(session, second).left_out


def test_two_who_queue_at_once_make_one_delivery_each(session: Session, firm: _Firm) -> None:
    announcement = firm.announcement("phone")
    with session.store.another() as store:
        other = at_work(store, session.me, Settings(), session.clock, session.zone)
        reached = [reach for reach in announcing.reaches(session, announcement) if not reach.why]
        assert announcing.queue(other, announcement).added == len(reached) == 3
        assert announcing.queue(session, announcement).added == 0
    assert announcement_records.counts(session.store, announcement.id) == {"queued": 3}
    assert [sent.state for sent in fetch(session.store, Message, "")] == []


def test_what_is_to_be_told_stands_in_the_day_and_in_the_clients_window(
    session: Session, firm: _Firm
) -> None:
    announcement = firm.announcement("phone")
    announcing.queue(session, announcement)
    rows_of_day = [row for row in read_today(session).rows if row.item.group == "novelties"]
    assert {(row.item.title, row.item.reason) for row in rows_of_day} == {
        ("tell of Склад+ 5.2 вышел", "by phone")
    }
    assert {row.item.client_id for row in rows_of_day} == {firm.ok.id, firm.bulgarian.id, firm.far.id}

    def panel(mode: str = "") -> PanelView:
        return feedback.view(session, load_snapshot(session, firm.ok.id), mode)

    assert panel().summary == "1 to tell"
    assert [cell.text for cell in panel().rows[0].cells[:4]] == [
        *("novelty", "Склад+ 5.2 вышел", "", "tell by phone"),
    ]
    told = changing.mark_done(session, firm.delivery(announcement, firm.ok))
    assert told.state == "told"
    assert panel().rows == ()
    assert [cell.text for cell in panel("novelties").rows[0].cells[3:4]] == ["told"]
    assert len([row for row in read_today(session).rows if row.item.group == "novelties"]) == 2


def test_a_session_stands_in_the_day_of_who_teaches(session: Session, clock: Clock) -> None:
    lesson = changing.insert(
        session,
        TrainingSession(
            title="Приёмка", starts_at="2026-11-24T08:00:00Z", trainer_id=session.me.id, place="класс 2"
        ),
    )
    (row,) = [row for row in read_today(session).rows if row.item.kind == "session"]
    assert (row.item.title, row.item.reason) == ("11:00 Приёмка", "you teach, класс 2")
    clock.now += timedelta(days=2)
    (row,) = [row for row in read_today(session).rows if row.item.kind == "session"]
    assert row.item.reason == "was it held?"
    with pytest.raises(StoreProblem, match="Nobody is invited to “Приёмка”"):
        changing.mark_done(session, lesson)
    client = changing.insert(session, Client(name="Ромашка", owner_id=session.me.id))
    came = Attendance(client_id=client.id, session_id=lesson.id, state="attended", at=session.now_text())
    changing.insert(session, came)
    assert changing.mark_done(session, lesson).state == "held"
    assert [row for row in read_today(session).rows if row.item.kind == "session"] == []
