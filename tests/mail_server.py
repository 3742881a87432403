"""A real mail server on the loopback, whose answers a test chooses."""

from __future__ import annotations

import contextlib
import email
import email.policy
import socket
from collections.abc import Generator
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as SmtpSession


@dataclass
class Post:
    """What the server got, and what it says to the next mails."""

    raw: list[bytes] = field(default_factory=list[bytes])
    recipients: list[str] = field(default_factory=list[str])
    to_recipient: str = "250 OK"
    to_text: str = "250 OK queued as 42"
    breaks_off: bool = False
    """Whether it takes the text and dies before it answers."""
    port: int = 0

    @property
    def mails(self) -> list[EmailMessage]:
        """The mails, read."""
        return [email.message_from_bytes(each, policy=email.policy.default) for each in self.raw]

    async def handle_RCPT(  # noqa: N802  the name that the server asks for
        self, server: SMTP, session: SmtpSession, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take or refuse a recipient."""
        del server, session, options
        self.recipients.append(address)
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: SMTP, session: SmtpSession, envelope: Envelope) -> str:  # noqa: N802
        """Take a text."""
        del session
        self.raw.append(cast("bytes", envelope.content))
        if self.breaks_off:
            cast("Any", server).transport.abort()
        return self.to_text


@contextlib.contextmanager
def mail_server() -> Generator[Post]:
    """A running server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        post = Post(port=free.getsockname()[1])
    controller = Controller(post, hostname="127.0.0.1", port=post.port)
    controller.start()
    try:
        yield post
    finally:
        controller.stop()
