"""A message on its way out: what a carrier gets, and the ways in which handing it over can fail."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address

from onewindow.records.structs import frozen_struct
from onewindow.text.clean import clean
from onewindow.text.identifiers.mail_addresses import ascii_address, email_problem


@frozen_struct
class Outgoing:
    """One message as a carrier gets it."""

    key: str
    """What is stable over all tries: `62848.onewindow@firm.ru`. A mail carries it as its Message-ID."""
    recipient: str
    subject: str
    text: str
    sender_name: str
    sender_address: str
    at: datetime
    """When it is sent, aware."""
    calendar: str = ""
    """An iCalendar file that a mail carries, '' for none."""
    calendar_method: str = "REQUEST"


class Refused(Exception):
    """The message cannot be delivered, and trying again would not help."""


class TryLater(Exception):
    """The message was not taken now; a later try may succeed."""


class Unclear(Exception):
    """Nobody can tell whether the message was taken: the connection or the command broke off."""


class NoService(Exception):
    """The carrier itself cannot work: not there, wrong password. No message is to blame."""


def one_line(text: str) -> str:
    """A text as one line for a header: no breaks, no control characters, single spaces."""
    return " ".join(clean(text).split())


def mail_address(text: str, *, may_be_local: bool = False) -> str:
    """A mail address for headers and envelopes, its domain in ASCII; raises Refused for any other text.

    A sender `may_be_local`, which is what a mail server of one's own makes good.
    """
    address = text.strip()
    is_local = may_be_local and address.endswith("@localhost")
    problem = email_problem(f"{address}.local" if is_local else address)
    if problem:
        raise Refused(f"“{one_line(text)}” is not a mail address: {problem}.")
    whole = ascii_address(address)
    try:
        Address(addr_spec=whole)
    # What a header is made of; the library lets out whatever breaks inside it, IndexError too.
    except Exception:
        raise Refused(f"“{one_line(text)}” is not a mail address.") from None
    return whole
