"""A message as the bytes of a mail: headers in ASCII, the text in UTF-8, lines that every server takes."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from onewindow.exchange.messages.outgoing import Outgoing, mail_address, one_line

_SEVEN_BITS = SMTP.clone(cte_type="7bit")


def mail_bytes(outgoing: Outgoing) -> bytes:
    """The whole mail with CRLF line ends; raises Refused for an address that is none.

    Headers are built by `email` from single cleaned lines, so that no text can add one.
    """
    message = EmailMessage(policy=_SEVEN_BITS)
    message["From"] = Address(
        one_line(outgoing.sender_name), addr_spec=mail_address(outgoing.sender_address, may_be_local=True)
    )
    message["To"] = Address(addr_spec=mail_address(outgoing.recipient))
    message["Subject"] = one_line(outgoing.subject)
    message["Date"] = format_datetime(outgoing.at)
    message["Message-ID"] = f"<{outgoing.key}>"
    message.set_content(outgoing.text)
    if outgoing.calendar:
        message.add_attachment(
            outgoing.calendar.encode(),
            maintype="text",
            subtype="calendar",
            filename="meeting.ics",
            params={"method": outgoing.calendar_method, "charset": "utf-8"},
        )
    return message.as_bytes()
