"""Mail by SMTP. Each step of the talk with the server says what its failure means for the message."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Callable
from typing import Literal

from onewindow.exchange.messages.mail_text import mail_bytes
from onewindow.exchange.messages.outgoing import (
    NoService,
    Outgoing,
    Refused,
    TryLater,
    Unclear,
    mail_address,
    one_line,
)
from onewindow.records.structs import frozen_struct

Security = Literal["starttls", "ssl", "none"]

_TIMEOUT_SECONDS = 30
_NEAR = frozenset({"localhost", "127.0.0.1", "::1"})


@frozen_struct
class MailServer:
    """Where mail is handed over. `password` is asked for when it is needed, and kept nowhere."""

    host: str
    port: int
    security: Security
    user: str
    password: Callable[[], str]


def send_by_smtp(server: MailServer, outgoing: Outgoing) -> str:
    """Hand a mail over and give back the server's answer.

    Raises NoService if the server cannot be used at all, Refused or TryLater as the server says, and Unclear
    if the connection broke after the text was sent.
    """
    content = mail_bytes(outgoing)
    connection = _connected(server)
    try:
        return _hand_over(connection, outgoing, content)
    finally:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            connection.quit()


def _connected(server: MailServer) -> smtplib.SMTP:
    if server.user and server.security == "none" and server.host not in _NEAR:
        raise NoService(
            "smtp_security is none, and the password would be readable on its way: choose starttls or ssl."
        )
    place = f"{server.host}:{server.port}"
    context = ssl.create_default_context()
    try:
        if server.security == "ssl":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=_TIMEOUT_SECONDS, context=context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT_SECONDS)
    except (OSError, smtplib.SMTPException) as error:
        raise NoService(f"The mail server {place} does not answer: {_reason(error)}.") from error
    try:
        if server.security == "starttls":
            connection.starttls(context=context)
        if server.user:
            connection.login(server.user, server.password())
        connection.ehlo_or_helo_if_needed()
    except smtplib.SMTPAuthenticationError as error:
        connection.close()
        raise NoService(f"The mail server {place} refused the user or password: {_reason(error)}.") from error
    except (OSError, smtplib.SMTPException) as error:
        connection.close()
        raise NoService(f"The mail server {place} cannot be used: {_reason(error)}.") from error
    except NoService:
        connection.close()
        raise
    return connection


def _hand_over(connection: smtplib.SMTP, outgoing: Outgoing, content: bytes) -> str:
    try:
        _heed(*connection.mail(mail_address(outgoing.sender_address, may_be_local=True)))
        _heed(*connection.rcpt(mail_address(outgoing.recipient)))
    except (OSError, smtplib.SMTPException) as error:
        raise TryLater(f"The connection broke before the text was sent: {_reason(error)}.") from error
    try:
        code, answer = connection.data(content)
    except smtplib.SMTPDataError as error:  # the server did not want the text: nothing was sent
        code, answer = error.smtp_code, _bytes(error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        raise Unclear(f"The connection broke while the server took the text: {_reason(error)}.") from error
    return _heed(code, answer)


def _heed(code: int, answer: bytes) -> str:
    """The answer of the server as text; raises what its code means."""
    said = one_line(f"{code} {answer.decode('utf-8', 'replace')}")
    if 200 <= code < 300:
        return said
    if 400 <= code < 500:
        raise TryLater(said)
    raise Refused(said)


def _bytes(answer: bytes | str) -> bytes:
    return answer if isinstance(answer, bytes) else answer.encode()


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return one_line(f"{error.smtp_code} {_bytes(error.smtp_error).decode('utf-8', 'replace')}")
    if isinstance(error, OSError) and error.strerror:
        return one_line(error.strerror)
    return one_line(str(error)) or type(error).__name__
