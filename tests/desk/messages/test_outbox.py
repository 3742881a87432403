"""Messages go out once, by the right channel, with consent, not at night; each that went is a reply."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from mail_server import Post, mail_server
from rich_client import NOW, Clock, RichClient

from onewindow.desk.editing import changing
from onewindow.desk.messages import sending
from onewindow.desk.outbox import drafting
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.exchange.messages.outgoing import Outgoing
from onewindow.records.clients import Client, Consent, Contact
from onewindow.records.messages import Message, Template
from onewindow.records.requests import Request
from onewindow.settings import Settings
from onewindow.store import outbox as outbox_store
from onewindow.store import rows, timeline
from onewindow.store.outbox import MessageTry
from onewindow.store.problems import StoreProblem, UndoRefused
from onewindow.store.requests import threads
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


def _request(rich: RichClient) -> Request:
    return rich.add(Request(title="не печатает", contact_id=rich.main.id))


def _queued(session: Session, rich: RichClient, text: str = "Проверяем", **values: str | int) -> Message:
    message = drafting.drafted(session, rich.client, text, subject="Тема").with_changes(values)
    return drafting.queue(session, drafting.draft(session, message))


def _sent(session: Session) -> list[str]:
    return [outcome.result for outcome in sending.send_due(session)]


def _fresh(session: Session, message: Message) -> Message:
    return rows.get(session.store, Message, message.id)


def _put_settings(session: Session, **values: object) -> None:
    session.settings = replace(session.settings, **values)  # pyright: ignore[reportArgumentType]


# by mail


def test_a_mail_arrives_as_it_was_written(session: Session, rich_client: RichClient, post: Post) -> None:
    text = "Анна Сергеевна, здравствуйте!\n\n.точка в начале\nИванова ✓"
    message = _queued(session, rich_client, text)
    assert _sent(session) == ["sent"]
    (mail,) = post.mails
    assert mail["To"] == "kim@romashka.ru"
    assert mail["Subject"] == "Тема"
    assert mail["From"].addresses[0].display_name == "Иванова Мария"
    assert mail["From"].addresses[0].addr_spec == "service@firm.example"
    assert mail["Message-ID"] == f"<{message.id}.onewindow@firm.example>"
    assert mail["Date"].datetime == NOW
    assert mail.get_content().replace("\r\n", "\n").rstrip("\n") == text
    assert post.raw[0].isascii()
    done = _fresh(session, message)
    assert (done.state, done.sent_at, done.tries, done.error) == ("sent", utc_text(NOW), 1, "")


@pytest.mark.parametrize(
    "subject",
    [
        "Тема\r\nBcc: spy@evil.example",
        "a\nX-Spam: yes",
        "\u2028Bcc: spy@evil.example",
        "x\x00y",
        "=?utf-8?q?a?=",
    ],
)
def test_a_subject_cannot_add_a_header(
    session: Session, rich_client: RichClient, post: Post, subject: str
) -> None:
    _queued(session, rich_client, subject=subject)
    assert _sent(session) == ["sent"]
    (mail,) = post.mails
    assert set(mail.keys()) <= {
        *("From", "To", "Subject", "Date", "Message-ID", "MIME-Version"),
        *("Content-Type", "Content-Transfer-Encoding", "X-Peer", "X-MailFrom", "X-RcptTo"),
    }
    assert post.recipients == ["kim@romashka.ru"]


@pytest.mark.parametrize(
    "recipient",
    [
        "kim@romashka.ru\r\nBcc: spy@evil.example",
        "a@b.ru, spy@evil.example",
        "kim",
        "<a@b.ru>",
        "кимм@romashka.ru",
    ],
)
def test_a_bad_address_is_refused_and_nothing_is_sent(
    session: Session, rich_client: RichClient, post: Post, recipient: str
) -> None:
    with pytest.raises(StoreProblem, match="is no e-mail address: "):
        _queued(session, rich_client, recipient=recipient)
    message = changing.change(session, _queued(session, rich_client), {"recipient": recipient})
    assert _sent(session) == ["failed"]
    assert post.raw == []
    assert "is no e-mail address: " in _fresh(session, message).error


def test_a_message_goes_to_the_address_that_its_person_has_now(
    session: Session, rich_client: RichClient, post: Post
) -> None:
    message = _queued(session, rich_client)
    person = rows.get(session.store, Contact, message.contact_id or 0)
    changing.change(session, person, {"email": "anna.kim@romashka.ru"})
    assert _sent(session) == ["sent"]
    assert post.recipients == ["anna.kim@romashka.ru"]
    assert _fresh(session, message).recipient == "anna.kim@romashka.ru"


def test_an_address_that_somebody_typed_stays(session: Session, rich_client: RichClient, post: Post) -> None:
    message = _queued(session, rich_client, recipient="secretary@romashka.ru")
    person = rows.get(session.store, Contact, message.contact_id or 0)
    changing.change(session, person, {"email": "anna.kim@romashka.ru"})
    assert _sent(session) == ["sent"]
    assert post.recipients == ["secretary@romashka.ru"]


def test_nothing_goes_to_somebody_who_was_taken_off_or_to_an_archived_client(
    session: Session, rich_client: RichClient, post: Post
) -> None:
    first, second = _queued(session, rich_client), _queued(session, rich_client)
    person = rows.get(session.store, Contact, first.contact_id or 0)
    changing.archive(session, person)
    assert drafting.obstacles(session, first) == [
        "Анна Ким was taken off the client's people; write to somebody else."
    ]
    assert _sent(session) == ["failed", "failed"]
    assert "was taken off the client's people" in _fresh(session, second).error
    session.undo()
    changing.archive(session, rows.get(session.store, Client, first.client_id))
    assert "is archived" in drafting.obstacles(session, _fresh(session, first))[0]
    assert post.raw == []


def test_an_address_that_was_emptied_is_told(session: Session, rich_client: RichClient, post: Post) -> None:
    message = _queued(session, rich_client)
    person = rows.get(session.store, Contact, message.contact_id or 0)
    changing.change(session, person, {"email": ""})
    assert _sent(session) == ["failed"]
    assert _fresh(session, message).error == "There is no e-mail address to send it to."
    assert post.raw == []


def test_a_server_that_refuses_makes_it_failed_and_a_retry_keeps_the_key(
    session: Session, rich_client: RichClient, post: Post
) -> None:
    message = _queued(session, rich_client)
    post.to_recipient = "550 mailbox unavailable"
    assert _sent(session) == ["failed"]
    failed = _fresh(session, message)
    assert (failed.state, failed.error) == ("failed", "550 mailbox unavailable")
    assert _sent(session) == []
    post.to_recipient = "250 OK"
    drafting.queue(session, failed)
    assert _sent(session) == ["sent"]
    keys = {attempt.message_key for attempt in outbox_store.tries(session.store, message.id)}
    assert keys == {f"{message.id}.onewindow@firm.example"}
    assert [attempt.outcome for attempt in outbox_store.tries(session.store, message.id)] == [
        "refused",
        "sent",
    ]


def test_a_busy_server_is_tried_again_later_and_given_up_in_the_end(
    session: Session, rich_client: RichClient, post: Post, clock: Clock
) -> None:
    message = _queued(session, rich_client)
    post.to_text = "451 try again later"
    assert _sent(session) == ["later"]
    assert _sent(session) == []
    results: list[str] = []
    for _ in range(4):
        clock.now = datetime.fromisoformat(_fresh(session, message).queued_at or "")
        results = _sent(session)
    assert results == ["failed"]
    assert "451" in _fresh(session, message).error


def test_a_server_that_is_away_blames_no_message(
    session: Session, rich_client: RichClient, post: Post
) -> None:
    first, second = _queued(session, rich_client, "раз"), _queued(session, rich_client, "два")
    _put_settings(session, smtp_port=1)
    outcomes = list(sending.send_due(session))
    assert [outcome.result for outcome in outcomes] == ["later"]
    assert "does not answer" in outcomes[0].sentence
    assert {_fresh(session, message).state for message in (first, second)} == {"queued"}
    _put_settings(session, smtp_port=post.port)
    assert _sent(session) == ["sent", "sent"]


def test_a_password_never_travels_in_the_open(session: Session, rich_client: RichClient) -> None:
    _put_settings(session, mail_by="smtp", smtp_host="mail.example", smtp_user="u", smtp_security="none")
    _queued(session, rich_client)
    (outcome,) = sending.send_due(session)
    assert "choose starttls or ssl" in outcome.sentence


def test_a_missing_password_is_said(
    session: Session, rich_client: RichClient, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    del post
    _put_settings(session, smtp_user="robot")
    monkeypatch.delenv("ONEWINDOW_SMTP_PASSWORD", raising=False)
    _queued(session, rich_client)
    (outcome,) = sending.send_due(session)
    assert "ONEWINDOW_SMTP_PASSWORD" in outcome.sentence


# never twice


def test_a_message_is_not_sent_twice(session: Session, rich_client: RichClient, post: Post) -> None:
    message = _queued(session, rich_client)
    assert _sent(session) == ["sent"]
    assert _sent(session) == []
    with pytest.raises(StoreProblem, match="sent already"):
        drafting.queue(session, _fresh(session, message))
    with pytest.raises(StoreProblem, match="sent already"):
        drafting.cancel(session, _fresh(session, message))
    assert len(post.raw) == 1


def test_undo_does_not_unsend(session: Session, rich_client: RichClient, post: Post) -> None:
    message = _queued(session, rich_client)
    assert _sent(session) == ["sent"]
    with pytest.raises(UndoRefused):
        session.undo()
    assert _fresh(session, message).state == "sent"
    assert len(post.raw) == 1


def test_a_record_put_back_into_the_queue_is_not_sent_again(
    session: Session, rich_client: RichClient, post: Post
) -> None:
    message = _queued(session, rich_client)
    assert _sent(session) == ["sent"]
    changing.change(session, _fresh(session, message), {"state": "queued"})
    assert _sent(session) == ["sent"]
    assert len(post.raw) == 1
    assert _fresh(session, message).state == "sent"


def _left_behind(session: Session, message: Message, ago: timedelta) -> None:
    """A try that a program began and did not end."""
    begun = MessageTry(message.id, 1, "smtp", "k@x", "cron", utc_text(NOW - ago), None, "started", "")
    with session.store.exclusive():
        outbox_store.begin_try(session.store, begun)


def test_what_a_stopped_program_left_is_for_a_person_to_decide(
    session: Session, rich_client: RichClient, post: Post
) -> None:
    lost, arrived = _queued(session, rich_client, "раз"), _queued(session, rich_client, "два")
    for message in (lost, arrived):
        _left_behind(session, message, timedelta(hours=1))
    assert _sent(session) == ["unknown", "unknown"]
    assert post.raw == []
    assert "not known" in _fresh(session, lost).error
    assert sending.confirm_sent(session, _fresh(session, arrived)).state == "sent"
    drafting.queue(session, _fresh(session, lost))
    assert _sent(session) == ["sent"]
    assert [mail["Message-ID"] for mail in post.mails] == ["<k@x>"]


def test_what_somebody_is_sending_just_now_is_left_to_him(
    session: Session, rich_client: RichClient, post: Post
) -> None:
    message = _queued(session, rich_client)
    _left_behind(session, message, timedelta(minutes=1))
    assert _sent(session) == []
    assert post.raw == []
    with pytest.raises(StoreProblem, match="just now by cron"):
        drafting.cancel(session, message)


def test_a_connection_that_breaks_after_the_text_is_not_repeated(
    session: Session, rich_client: RichClient, post: Post
) -> None:
    message = _queued(session, rich_client)
    post.breaks_off = True
    assert _sent(session) == ["unknown"]
    assert _fresh(session, message).state == "failed"
    assert _sent(session) == []
    assert len(post.raw) == 1


# what a sent message is


def test_a_message_is_a_reply_once_and_ends_the_first_response(
    session: Session, rich_client: RichClient, post: Post
) -> None:
    del post
    request = _request(rich_client)
    message = drafting.drafted(session, rich_client.client, "Проверяем", request=request)
    assert message.subject == f"R-{request.number}: не печатает"
    drafting.queue(session, drafting.draft(session, message))
    assert rows.get(session.store, Request, request.id).responded_at is None
    assert _sent(session) == ["sent"]
    answered = rows.get(session.store, Request, request.id)
    assert (answered.responded_at, answered.status, answered.next_actor) == (utc_text(NOW), "open", "client")
    replies = [event for event in threads.events(session.store, request.id) if event.event_kind == "reply"]
    assert [(event.text, event.staff_id) for event in replies] == [("Проверяем", session.me.id)]
    touch = timeline.touches(session.store, rich_client.id)[0]
    assert (touch.touch_kind, touch.direction, touch.request_id) == ("mail", "out", request.id)


def test_an_acknowledgement_is_no_answer(session: Session, rich_client: RichClient, post: Post) -> None:
    changing.insert(
        session, Template(name="Принято", purpose="acknowledge", text="{title}", subject="{request}")
    )
    request = _request(rich_client)
    drafting.queue(session, drafting.draft_from_template(session, "acknowledge", rich_client.client, request))
    assert _sent(session) == ["sent"]
    assert rows.get(session.store, Request, request.id).responded_at is None
    assert post.mails[0].get_content().strip() == "не печатает"


def test_a_sent_message_stays_as_it_is(session: Session, rich_client: RichClient, post: Post) -> None:
    del post
    message = _queued(session, rich_client)
    assert _sent(session) == ["sent"]
    with pytest.raises(FieldProblems, match="was sent"):
        changing.change(session, _fresh(session, message), {"text": "другое"})


# what keeps one back


def test_an_unfilled_place_blocks(session: Session, rich_client: RichClient) -> None:
    message = drafting.draft(session, drafting.drafted(session, rich_client.client, "до ⟨due⟩", subject="x"))
    with pytest.raises(StoreProblem, match="⟨due⟩"):
        drafting.queue(session, message)


@pytest.mark.parametrize(
    ("purpose", "channel", "decisions", "allowed"),
    [
        ("service", "email", [], True),
        ("marketing", "email", [], False),
        ("marketing", "email", [("given", "2026-01-01")], True),
        ("marketing", "email", [("given", "2026-01-01"), ("withdrawn", "2026-02-01")], False),
        ("marketing", "email", [("refused", "2026-01-01"), ("given", "2026-02-01")], True),
        ("marketing", "email", [("given", "2026-02-01"), ("refused", "2026-02-01")], False),
        ("survey", "email", [("given", "2026-01-01")], False),
        ("marketing", "sms", [("given", "2026-01-01")], False),
    ],
)
def test_consent_decides(
    session: Session,
    rich_client: RichClient,
    purpose: str,
    channel: str,
    decisions: list[tuple[str, str]],
    allowed: bool,
) -> None:
    for consent in rich_client.made["consent"]:
        changing.archive(session, consent)
    for state, day in decisions:
        values = {"client_id": rich_client.id, "contact_id": rich_client.main.id, "state": state}
        changing.insert(session, Consent(**values, decided_on=day))  # pyright: ignore[reportArgumentType]
    message = drafting.drafted(session, rich_client.client, "текст", subject="x").with_changes(
        {"purpose": purpose, "channel": channel}
    )
    problem = drafting.consent_problem(session, message)
    assert (problem == "") == allowed
    assert allowed or problem.startswith("Анна Ким ")


def test_consent_for_the_whole_client_counts_where_the_person_decided_nothing(
    session: Session, rich_client: RichClient
) -> None:
    for consent in rich_client.made["consent"]:
        changing.archive(session, consent)
    changing.insert(session, Consent(client_id=rich_client.id, decided_on="2026-01-01"))
    message = drafting.drafted(session, rich_client.client, "x", purpose="marketing")
    assert drafting.consent_problem(session, message) == ""
    changing.insert(
        session,
        Consent(
            client_id=rich_client.id,
            contact_id=rich_client.main.id,
            state="refused",
            decided_on="2025-01-01",
        ),
    )
    assert "refused" in drafting.consent_problem(session, message)


def test_consent_withdrawn_after_queueing_keeps_it_back(
    session: Session, rich_client: RichClient, post: Post
) -> None:
    message = _queued(session, rich_client, purpose="marketing")
    rich_client.add(
        Consent(contact_id=rich_client.main.id, state="withdrawn", decided_on="2026-11-22", channel="email")
    )
    assert _sent(session) == ["failed"]
    assert post.raw == []
    assert "withdrawn" in _fresh(session, message).error


@pytest.mark.parametrize(
    ("zone", "hour", "goes"),
    [
        ("Europe/Moscow", "20:59", "20:59"),
        ("Europe/Moscow", "21:00", "08:00"),
        ("Europe/Moscow", "23:30", "08:00"),
        ("Europe/Moscow", "07:59", "08:00"),
        ("Asia/Vladivostok", "14:30", "01:00"),
    ],
)
def test_nobody_is_disturbed_at_night(
    session: Session, rich_client: RichClient, clock: Clock, zone: str, hour: str, goes: str
) -> None:
    """Times are those of Moscow; in Vladivostok it is seven hours later."""
    changing.change(session, rich_client.client, {"time_zone": zone})
    at = datetime.fromisoformat(f"2026-11-24T{hour}:00+03:00").astimezone(UTC)
    clock.now = at
    queued = _queued(session, rich_client)
    told = datetime.fromisoformat(queued.queued_at or "").astimezone(at.tzinfo) + timedelta(hours=3)
    assert f"{told:%H:%M}" == goes
    assert (queued.queued_at == utc_text(at)) == (hour == goes)


def test_what_was_held_up_till_night_waits_for_the_morning(
    session: Session, rich_client: RichClient, post: Post, clock: Clock
) -> None:
    message = _queued(session, rich_client)
    urgent = drafting.drafted(session, rich_client.client, "авария", subject="x")
    clock.now = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)  # 23:00 in Moscow
    drafting.queue(session, drafting.draft(session, urgent), at_night=True)
    assert _sent(session) == ["sent"]
    assert post.mails[0].get_content().strip() == "авария"
    assert _fresh(session, message).queued_at == "2026-11-24T05:00:00Z"


def test_who_left_or_has_no_address_is_not_written_to(session: Session, rich_client: RichClient) -> None:
    message = drafting.draft(session, drafting.drafted(session, rich_client.client, "x", subject="x"))
    changing.change(session, rich_client.main, {"left_on": "2026-11-01"})
    with pytest.raises(StoreProblem, match="left the client on 2026-11-01"):
        drafting.queue(session, message)
    with pytest.raises(StoreProblem, match="no e-mail address"):
        drafting.queue(session, message.with_changes({"recipient": "", "contact_id": None}))
    with pytest.raises(StoreProblem, match="cannot go by visit"):
        drafting.queue(session, message.with_changes({"channel": "visit"}))


# other carriers


def _phone(rich: RichClient) -> dict[str, str]:
    return {"channel": "sms", "recipient": rich.main.phone, "subject": ""}


def _command(tmp_path: Path, code: str) -> tuple[str, ...]:
    script = tmp_path / "send.py"
    script.write_text(code, encoding="utf-8")
    return (sys.executable, str(script), "--to", "{recipient}")


def test_a_command_gets_recipient_and_text_without_a_shell(
    session: Session, rich_client: RichClient, tmp_path: Path
) -> None:
    code = (
        "import sys, pathlib\n"
        f"got = pathlib.Path({str(tmp_path / 'got')!r})\n"
        "got.write_bytes(sys.argv[2].encode() + b'|' + sys.stdin.buffer.read())\n"
        "print('id 7')"
    )
    _put_settings(session, sms_command=_command(tmp_path, code))
    message = _queued(session, rich_client, "Готово; $(touch x) `id`\nЖдём", **_phone(rich_client))
    (outcome,) = sending.send_due(session)
    assert (outcome.result, outcome.sentence) == ("sent", "id 7")
    assert (tmp_path / "got").read_text("utf-8") == "+79123456789|Готово; $(touch x) `id`\nЖдём"
    assert timeline.touches(session.store, rich_client.id)[0].touch_kind == "message"
    assert _fresh(session, message).state == "sent"


@pytest.mark.parametrize(
    ("code", "result", "told"),
    [
        ("import sys; sys.exit('баланс исчерпан')", "failed", "баланс исчерпан"),
        ("import sys; print('занято'); sys.exit(75)", "later", "занято"),
        ("import os; os.kill(os.getpid(), 9)", "unknown", "signal 9"),
    ],
)
def test_a_command_that_fails_says_what_became_of_the_message(
    session: Session, rich_client: RichClient, tmp_path: Path, code: str, result: str, told: str
) -> None:
    _put_settings(session, sms_command=_command(tmp_path, code))
    _queued(session, rich_client, **_phone(rich_client))
    (outcome,) = sending.send_due(session)
    assert outcome.result == result
    assert told in outcome.sentence


def test_a_recipient_is_never_an_option(session: Session, rich_client: RichClient, tmp_path: Path) -> None:
    _put_settings(session, sms_command=_command(tmp_path, "print('ran')"))
    with pytest.raises(StoreProblem, match="is no phone number"):
        _queued(session, rich_client, channel="sms", recipient="--delete", subject="")


@pytest.mark.parametrize(
    "recipient", ["+79123456789; touch X", "$(touch X)", "+79123456789`touch X`", "12", "Анна"]
)
def test_only_a_full_number_reaches_a_command(
    session: Session, rich_client: RichClient, tmp_path: Path, recipient: str
) -> None:
    _put_settings(session, sms_command=_command(tmp_path, "print('ran')"))
    message = _queued(session, rich_client, channel="sms", recipient="8 (912) 345-67-89", subject="")
    assert drafting.address_of(session, message) == "+79123456789"
    changing.change(session, message, {"recipient": recipient})
    assert _sent(session) == ["failed"]
    assert "is no phone number: it is not a full number" in _fresh(session, message).error


def test_a_command_that_is_not_there_blames_no_message(session: Session, rich_client: RichClient) -> None:
    _put_settings(session, sms_command=("/no/such/command",))
    message = _queued(session, rich_client, **_phone(rich_client))
    assert _sent(session) == ["later"]
    assert _fresh(session, message).state == "queued"


def test_without_settings_messages_become_files(
    session: Session, rich_client: RichClient, tmp_path: Path
) -> None:
    _put_settings(session, outbox_folder=None)
    mail = _queued(session, rich_client, "Готово")
    short = _queued(session, rich_client, "Готово", **_phone(rich_client))
    _left_behind(session, mail, timedelta(hours=1))  # a file may be written twice: nobody has to decide
    assert _sent(session) == ["sent", "sent"]
    folder = tmp_path / "outbox"
    names = {path.name for path in folder.iterdir()}
    assert names == {"k.eml", f"{short.id}.onewindow.txt"}
    assert (folder / f"{short.id}.onewindow.txt").read_text("utf-8") == "+79123456789\n\nГотово\n"


def test_the_channel_is_the_one_the_person_prefers(session: Session, rich_client: RichClient) -> None:
    assert drafting.drafted(session, rich_client.client, "x").channel == "email"
    changing.change(session, rich_client.main, {"preferred_channel": "sms"})
    message = drafting.drafted(session, rich_client.client, "x")
    assert (message.channel, message.recipient) == ("sms", "+79123456789")
    changing.change(
        session,
        rows.get(session.store, type(rich_client.main), rich_client.main.id),
        {"preferred_channel": "messenger"},
    )
    assert drafting.drafted(session, rich_client.client, "x").channel == "email"


def test_default_settings_send_nothing_away() -> None:
    defaults = Settings()
    assert (defaults.mail_by, defaults.sms_command, defaults.messenger_command) == ("folder", (), ())


# one bad message and the others

BAD_ADDRESSES = [
    *(
        "ivan..petrov@mail.ru",
        "a@b.ru.",
        "a@b..ru",
        ".a@b.ru",
        "a.@b.ru",
        "a@-b.ru-",
        "a@" + "b" * 70 + ".ru",
    ),
    *("a@b.ru" + "x" * 400, "a@[1.2.3", "a@xn--ы.ru", "a@\ud83d.ru", "@", "a@", "@b.ru", "a b@c.ru", "нет"),
]


@pytest.mark.usefixtures("post")
@pytest.mark.parametrize("way", ["smtp", "folder"])
def test_a_bad_address_stops_neither_the_queue_nor_the_program(
    session: Session, rich_client: RichClient, way: str
) -> None:
    if way == "folder":
        _put_settings(session, mail_by="folder")
    for bad in BAD_ADDRESSES:
        queued = _queued(session, rich_client)
        # As a file has it that was filled before addresses were looked at.
        with session.store.exclusive():
            session.store.execute(
                "UPDATE message SET recipient = :bad WHERE id = :id",
                bad=bad.encode("utf-8", "replace").decode(),
                id=queued.id,
            )
    last = _queued(session, rich_client, "за ними")
    outcomes = list(sending.send_due(session))
    assert len(outcomes) == len(BAD_ADDRESSES) + 1
    assert _fresh(session, last).state == "sent"
    for outcome in outcomes[:-1]:
        assert outcome.result in ("failed", "sent")
        assert "went wrong" not in outcome.sentence
        if ".." in outcome.message.recipient or outcome.message.recipient.endswith("."):
            assert outcome.result == "failed"
            assert "e-mail address" in outcome.sentence


def test_a_message_that_breaks_its_carrier_stops_no_other(
    session: Session, rich_client: RichClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    plain = sending.carrier_for

    def breaking(session: Session, channel: str) -> sending.Carrier | None:
        carrier = plain(session, channel)
        if carrier is None:
            return None

        def send(outgoing: Outgoing) -> str:
            if "беда" in outgoing.text:
                raise KeyError(outgoing.text)
            return carrier.send(outgoing)

        return replace(carrier, send=send, repeatable=False)

    monkeypatch.setattr(sending, "carrier_for", breaking)
    bad, good = _queued(session, rich_client, "беда"), _queued(session, rich_client, "за ней")
    first, second = sending.send_due(session)
    assert (first.result, second.result) == ("unknown", "sent")
    assert "It is not known whether it was sent." in first.sentence
    assert "беда" not in first.sentence
    assert _fresh(session, bad).state == "failed"
    assert _fresh(session, good).state == "sent"


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        ("250 OK", "sent"),
        ("350 go on", "failed"),
        ("399 odd", "failed"),
        ("400 later", "later"),
        ("499 later", "later"),
        ("500 never", "failed"),
        ("599 never", "failed"),
    ],
)
def test_only_what_a_server_puts_off_is_tried_again(
    session: Session, rich_client: RichClient, post: Post, answer: str, result: str
) -> None:
    message = _queued(session, rich_client)
    post.to_text = answer
    assert _sent(session) == [result]
    assert _fresh(session, message).error == ("" if result == "sent" else answer)
