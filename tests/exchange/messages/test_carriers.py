"""What a command, a folder and a mail server make of a message: an answer, or a sentence on why not."""

from __future__ import annotations

import email
import email.policy
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from mail_server import mail_server

from onewindow.exchange.messages.mail_text import mail_bytes
from onewindow.exchange.messages.outgoing import NoService, Outgoing, Refused, TryLater, Unclear
from onewindow.exchange.messages.send_command import send_by_command
from onewindow.exchange.messages.send_file import send_into_folder
from onewindow.exchange.messages.send_smtp import MailServer, Security, send_by_smtp

_LETTER = Outgoing(
    key="17.onewindow@firm.example",
    recipient="kim@romashka.example",
    subject="Счёт\r\nBcc: x@y.example",
    text="Добрый день.\n\n.Точка в начале\n",
    sender_name="Иванова, Анна",
    sender_address="ivanova@firm.example",
    at=datetime(2026, 11, 23, 8, 5, tzinfo=timezone(timedelta(hours=3))),
)


def _command(program: str, *words: str) -> list[str]:
    return [sys.executable, "-c", program, *words]


def test_a_command_gets_the_recipient_the_key_and_the_text() -> None:
    program = "import sys; print(sys.argv[1:], ascii(sys.stdin.buffer.read().decode())); print('second')"
    said = send_by_command(_command(program, "to={recipient}", "{key}/{recipient}", "{other}"), _LETTER)
    assert said == (
        "['to=kim@romashka.example', '17.onewindow@firm.example/kim@romashka.example', '{other}'] "
        + ascii(_LETTER.text)
    )
    assert send_by_command(_command("print('x' * 501)"), _LETTER) == "x" * 500
    assert send_by_command(_command("print('  \\n a\\x1b  b ')"), _LETTER) == "a\ufffd b"
    assert send_by_command(_command(""), _LETTER) == ""


@pytest.mark.parametrize(
    ("program", "why", "sentence"),
    [
        ("import sys; sys.exit(75)", TryLater, "it ended with 75"),
        ("import sys; print('full'); sys.exit(75)", TryLater, "full"),
        ("import sys; print('full', file=sys.stderr); print('x'); sys.exit(75)", TryLater, "full"),
        ("import sys; sys.exit('no such number')", Refused, "no such number"),
        ("import sys; sys.exit(74)", Refused, "it ended with 74"),
    ],
)
def test_the_code_of_a_command_says_what_became_of_the_message(
    program: str, why: type[Exception], sentence: str
) -> None:
    with pytest.raises(why) as told:
        send_by_command(_command(program), _LETTER)
    assert (type(told.value), str(told.value)) == (why, f"{sys.executable}: {sentence}")


def test_a_command_that_is_killed_hangs_or_is_not_there() -> None:
    with pytest.raises(Unclear) as told:
        send_by_command(_command("import os; os.kill(os.getpid(), 9)"), _LETTER)
    assert str(told.value) == f"{sys.executable} was stopped by signal 9."
    with pytest.raises(Unclear) as told:
        send_by_command(_command("import time; time.sleep(9)"), _LETTER, timeout=0.2)
    assert str(told.value) == f"{sys.executable} did not end within 0.2 seconds."
    for word, reason in (("/no/such", "No such file or directory"), ("a\0b", "embedded null byte")):
        with pytest.raises(NoService) as missing:
            send_by_command([word], _LETTER)
        assert str(missing.value) == f"{word} cannot be run: {reason}."
    with pytest.raises(Refused) as refused:
        send_by_command(_command(""), replace_recipient("-rf"))
    assert str(refused.value) == "“-rf” would be read as an option of the command."


def replace_recipient(recipient: str) -> Outgoing:
    return Outgoing(
        _LETTER.key,
        recipient,
        _LETTER.subject,
        _LETTER.text,
        _LETTER.sender_name,
        _LETTER.sender_address,
        _LETTER.at,
    )


def test_a_message_lies_in_a_folder_under_its_key(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    for _ in range(2):
        assert send_into_folder(folder, _LETTER, is_mail=True) == str(folder / "17.onewindow.eml")
        assert send_into_folder(folder, replace_recipient("+7 912\n3"), is_mail=False) == str(
            folder / "17.onewindow.txt"
        )
    assert sorted(path.name for path in folder.iterdir()) == ["17.onewindow.eml", "17.onewindow.txt"]
    assert (folder / "17.onewindow.txt").read_text(encoding="utf-8") == f"+7 912 3\n\n{_LETTER.text}\n"
    assert (folder / "17.onewindow.eml").read_bytes() == mail_bytes(_LETTER)
    (tmp_path / "file").write_text("")
    with pytest.raises(NoService) as refused:
        send_into_folder(tmp_path / "file", _LETTER, is_mail=True)
    assert (
        str(refused.value) == f"{tmp_path / 'file' / '17.onewindow.eml'} cannot be written: Not a directory."
    )


def test_the_bytes_of_a_mail() -> None:
    whole = mail_bytes(_LETTER)
    mail = email.message_from_bytes(whole, policy=email.policy.default)
    assert [(name, mail[name]) for name in ("From", "To", "Subject", "Date", "Message-ID", "Bcc")] == [
        ("From", '"Иванова, Анна" <ivanova@firm.example>'),
        ("To", "kim@romashka.example"),
        ("Subject", "Счёт Bcc: x@y.example"),
        ("Date", "Mon, 23 Nov 2026 08:05:00 +0300"),
        ("Message-ID", "<17.onewindow@firm.example>"),
        ("Bcc", None),
    ]
    assert whole.isascii()
    assert mail.get_content().replace("\r\n", "\n") == _LETTER.text
    assert [*mail.iter_attachments()] == []
    invited = email.message_from_bytes(
        mail_bytes(
            Outgoing(
                _LETTER.key, _LETTER.recipient, "x", "y", "z", "a@b.example",
                datetime(2026, 1, 1, tzinfo=UTC),
                calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", calendar_method="CANCEL",
            )
        ),
        policy=email.policy.default,
    )  # fmt: skip
    (part,) = invited.iter_attachments()
    assert (part.get_content_type(), part.get_filename(), part["Content-Type"].params["method"]) == (
        *("text/calendar", "meeting.ics", "CANCEL"),
    )
    assert part.get_content().splitlines() == ["BEGIN:VCALENDAR", "END:VCALENDAR"]


def _server(port: int, *, host: str = "127.0.0.1", security: Security = "none", user: str = "") -> MailServer:
    return MailServer(host, port, security, user, lambda: "secret")


def test_a_mail_server_takes_refuses_or_puts_off() -> None:
    with mail_server() as post:
        server = _server(post.port)
        assert send_by_smtp(server, _LETTER) == "250 OK queued as 42"
        assert post.recipients == ["kim@romashka.example"]
        for answer, why in {
            "550 no": Refused,
            "450 later": TryLater,
            "399 odd": Refused,
            "500 odd": Refused,
        }.items():
            post.to_text = answer
            with pytest.raises(why) as told:
                send_by_smtp(server, _LETTER)
            assert str(told.value) == answer
        post.to_text = "250 OK"
        for answer, why in {"550 nobody": Refused, "450 busy": TryLater}.items():
            post.to_recipient = answer
            with pytest.raises(why) as told:
                send_by_smtp(server, _LETTER)
            assert str(told.value) == answer
        post.to_recipient, post.breaks_off = "250 OK", True
        with pytest.raises(Unclear, match=r"^The connection broke while the server took the text: .+\.$"):
            send_by_smtp(server, _LETTER)
        post.breaks_off = False
        with pytest.raises(NoService) as unusable:
            send_by_smtp(_server(post.port, security="starttls"), _LETTER)
        assert str(unusable.value) == (
            f"The mail server 127.0.0.1:{post.port} cannot be used: "
            "STARTTLS extension not supported by server.."
        )
        with pytest.raises(
            NoService, match=rf"^The mail server 127\.0\.0\.1:{post.port} cannot be used: .+\.$"
        ):
            send_by_smtp(_server(post.port, user="me"), _LETTER)
        port = post.port
    with pytest.raises(NoService) as gone:
        send_by_smtp(_server(port), _LETTER)
    assert str(gone.value) == f"The mail server 127.0.0.1:{port} does not answer: Connection refused."


def test_a_password_goes_only_over_a_line_that_nobody_reads() -> None:
    with pytest.raises(NoService) as refused:
        send_by_smtp(_server(1, host="mail.firm.example", user="me"), _LETTER)
    assert str(refused.value) == (
        "smtp_security is none, and the password would be readable on its way: choose starttls or ssl."
    )
    for host in ("localhost", "127.0.0.1", "::1"):
        with pytest.raises(NoService, match="does not answer"):
            send_by_smtp(_server(1, host=host, user="me"), _LETTER)
