"""Addresses that a message can go to: the one check for where they are typed, imported and sent to."""

from __future__ import annotations

import re
from functools import lru_cache

_LONGEST, _LONGEST_NAME = 254, 64
"""Octets of an address and of its part before the @ (RFC 5321, 4.5.3.1); the codec minds the rest."""
_NAME = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+")
_LABEL = re.compile(r"\w(?:[\w-]*\w)?")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_USUAL = re.compile(
    r"[A-Za-z0-9_+-]{1,32}(?:\.[A-Za-z0-9_+-]{1,15}){0,2}@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?\.){1,4}[A-Za-z]{2,12}"
)
"""Nearly all addresses, which need no closer look."""
_NO_SIGN = re.compile(r'[\s<>()\[\]\\":]')
_ANGLED = re.compile(r"<\s*(?:mailto:)?([^<>\s]+@[^<>\s]+?)\s*>", re.IGNORECASE)
_MAILTO = re.compile(r"^(?:mailto|e-?mail|почта)\s*:\s*", re.IGNORECASE)
_BETWEEN_MAILS = re.compile(r"\s*(?::::|[,;|\s])\s*|(?<=\w)/(?=\w)")
_MESSENGER = re.compile(r"[@+]?\w[\w.+@:/-]*")


@lru_cache(maxsize=4096)
def email_problem(address: str) -> str:
    """What is wrong with a mail address, in words that go on behind a colon; '' for one that can be right.

    Letters of any alphabet are right in a domain, which is sent as `xn--…`; before the @ only ASCII letters,
    since most servers refuse others.
    """
    if _USUAL.fullmatch(address):
        return ""
    name, at, domain = address.rpartition("@")
    labels = domain.split(".")
    if not at:
        return "it has no @"
    if any(mark in address for mark in ",;") or "@" in name:
        return "it is more than one"
    if not address.isprintable() or _NO_SIGN.search(address):
        return "it has spaces or signs that no address has"
    if not name or not _NAME.fullmatch(name):
        return "the part before the @ is missing or has signs that no address has"
    if name.startswith(".") or name.endswith(".") or ".." in name:
        return "a dot stands at an end or beside another before the @"
    if len(labels) < 2 or not all(labels):
        return "the domain behind the @ needs two parts with one dot in between, and none at its end"
    if not all(_LABEL.fullmatch(label) for label in labels) or labels[-1].isdecimal():
        return "the domain behind the @ has signs that no domain has"
    if not name.isascii():
        return "it has letters before the @ that most mail servers refuse"
    try:
        encoded = domain.encode("idna")
    except UnicodeError:
        return "the domain behind the @ cannot be written for mail servers"
    if len(name) > _LONGEST_NAME or len(name) + 1 + len(encoded) > _LONGEST:
        return "it is too long"
    return ""


def split_addresses(cell: str) -> tuple[list[str], list[str]]:
    """The mail addresses of a cell in order, without the names and `mailto:` around them, and what is left.

    Reads `Anna Kim <anna@firm.example>`, `MAILTO:a@x.example`, and several with commas, semicolons or spaces
    between. Left are the parts that are no address; names beside an address are not among them.
    """
    if _USUAL.fullmatch(cell):
        return [cell], []
    addresses: list[str] = []
    rest: list[str] = []
    bare = cell
    for match in _ANGLED.finditer(cell):
        addresses.append(match[1])
        bare = bare.replace(match[0], ",")
    for part in _BETWEEN_MAILS.split(bare):
        plain = _MAILTO.sub("", part).partition("?")[0].strip("<>()\"'")
        if not plain:
            continue
        if "@" in plain:
            addresses.append(plain)
        elif not _ANGLED.search(cell):
            rest.append(part)
    good = [address for address in dict.fromkeys(addresses) if not email_problem(address)]
    rest += [address for address in addresses if email_problem(address)]
    return (good, rest) if good else ([], [cell.strip()])


def sms_problem(number: str) -> str:
    """What is wrong with a number that a short message is to go to; '' for one in E.164 (`+79123456789`)."""
    return "" if _E164.fullmatch(number) else "it is not a full number such as +79123456789"


def messenger_problem(name: str) -> str:
    """What is wrong with a name or number in a messenger; '' for one word without signs of a shell."""
    return "" if _MESSENGER.fullmatch(name) else "it is not one word of letters, figures and . _ - @"


def ascii_address(address: str) -> str:
    """A right mail address with its domain in ASCII, as servers take it."""
    name, _, domain = address.rpartition("@")
    return f"{name}@{domain.encode('idna').decode('ascii')}"
