"""Mails saved as files (.eml), or many in one (.mbox): every mail becomes a row."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import PurePath

from onewindow.exchange.encoding.detection import detect_encoding
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.reading_notes import ReadingNotes
from onewindow.exchange.rows import RowTable, SourceRow, check_cell
from onewindow.text.clean import sound

HEADERS = (
    *("from", "from name", "to", "cc", "date", "subject", "text", "attachments", "message id"),
    *("channel", "activity type"),
)
"""The columns; of more than one address or attachment they are parted by `; `.

The last two say that it is a mail, as a request and as a touchpoint call it.
"""

_ENDINGS = (".eml", ".mbox", ".mbx")
_HEAD = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}\r?\n", re.ASCII)
_SENDER = re.compile(rb"^from:", re.IGNORECASE | re.MULTILINE)
_OTHER = re.compile(rb"^(?:date|subject|message-id|received):", re.IGNORECASE | re.MULTILINE)
_NEXT_OF_MANY = re.compile(rb"(?:\A|(?<=\n))From \S+[^\r\n]*\d{4}[^\r\n]*\r?\n")
_LINE_FROM = re.compile(rb"(?m)^(>*From )")
_KEPT_FROM = re.compile(rb"(?m)^>(>*From )")
_LONGEST_HEAD = 200_000
# The library lets out what breaks inside it when a header is not as the standard has it.
_BROKEN = (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError)
_BREAKING = frozenset("p div br tr li h1 h2 h3 h4 h5 h6 table blockquote ul ol pre".split())  # noqa: SIM905
_UNSEEN = frozenset(("style", "script", "head", "title"))
_BLANKS = re.compile(r"[ \t\u00a0]+")
_LINE_ENDS = re.compile(r"[\r\n]+")
_MANY_LINES = re.compile(r"\n{3,}")


def is_mail(data: bytes, name: str) -> bool:
    """Whether the bytes are a mail, or a box of mails: by the ending of the name, or by their first lines."""
    if PurePath(name).suffix.casefold() in _ENDINGS:
        return True
    if _NEXT_OF_MANY.match(data):
        return True
    head = _HEAD.match(data[:_LONGEST_HEAD])
    return head is not None and bool(_SENDER.search(head[0])) and bool(_OTHER.search(head[0]))


def read_mails(data: bytes, name: str) -> RowTable:
    """Read mails as rows with the columns of `HEADERS`; a row's number is its place in the file.

    Dates are ISO texts with the offset that the sender named. Raises FileProblem when there is no mail in it.
    """
    mails = _each(data)
    first = BytesParser(policy=policy.default).parsebytes(mails[0], headersonly=True) if mails else None
    if first is None or not first.keys():
        raise FileProblem(name, "there is no mail in it", "save the mail again as .eml, with its headers")
    notes = ReadingNotes()
    return RowTable(list(HEADERS), _rows(mails, name, notes), "mail", notes)


def joined(mails: Iterable[bytes]) -> bytes:
    """Many mails, or boxes of mails, as one box."""
    box = bytearray()
    for data in mails:
        for mail in _each(data):
            box += b"From - Thu Jan 1 00:00:00 1970\n" + _LINE_FROM.sub(rb">\1", mail).rstrip() + b"\n\n"
    return bytes(box)


def is_named_as_mail(path: PurePath) -> bool:
    """Whether a file is called as mails are."""
    return path.suffix.casefold() in _ENDINGS


def _each(data: bytes) -> list[bytes]:
    if not _NEXT_OF_MANY.match(data):
        return [data.lstrip(b"\xef\xbb\xbf\r\n")]
    return [_KEPT_FROM.sub(rb"\1", mail) for mail in _NEXT_OF_MANY.split(data) if mail.strip()]


def _rows(mails: list[bytes], name: str, notes: ReadingNotes) -> Iterator[SourceRow]:
    parser = BytesParser(policy=policy.default)
    for number, raw in enumerate(mails, start=1):
        try:
            cells = _cells(parser.parsebytes(raw))
        except _BROKEN as error:
            what = "the mail is damaged"
            raise FileProblem(name, what, "save it again as .eml", row=number) from error
        notes.rows += 1
        yield SourceRow(
            number, {header: check_cell(sound(cells[header]), name, number, header) for header in HEADERS}
        )
    notes.is_finished = True


def _cells(mail: EmailMessage) -> dict[str, str]:
    sender, address = next(iter(_addresses(mail, "from")), ("", ""))
    return {
        "from": address,
        "from name": sender,
        "to": "; ".join(address for _, address in _addresses(mail, "to")),
        "cc": "; ".join(address for _, address in _addresses(mail, "cc")),
        "date": _date(mail),
        "subject": _header(mail, "subject"),
        "text": _body(mail),
        "attachments": "; ".join(_attachments(mail)),
        "message id": _header(mail, "message-id").strip("<> "),
        "channel": "email",
        "activity type": "email",
    }


def _header(mail: EmailMessage, name: str) -> str:
    """A header as text, also one that was written in plain bytes of some code page."""
    raw = next((value for key, value in mail.raw_items() if key.casefold() == name), None)
    if raw is None:
        return ""
    text = str(raw)
    if not text.isascii():
        data = text.encode("utf-8", "surrogateescape")
        text = data.decode(detect_encoding(data), errors="replace")
    with contextlib.suppress(
        LookupError, ValueError, MessageError
    ):  # a code page that nobody knows: told as it stands
        text = str(make_header(decode_header(text)))
    return " ".join(text.split())


def _addresses(mail: EmailMessage, name: str) -> list[tuple[str, str]]:
    return [(title, address) for title, address in getaddresses([_header(mail, name)]) if address]


def _date(mail: EmailMessage) -> str:
    text = _header(mail, "date")
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return text
    # "-0000" says that the moment is in UTC and nobody knows where it was written.
    return _in_utc(moment).isoformat(timespec="seconds")


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _body(mail: EmailMessage) -> str:
    part = mail.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    text = _content(part)
    if part.get_content_subtype() == "html":
        reader = _Page()
        reader.feed(text)
        reader.close()
        text = reader.text()
    return text.replace("\r\n", "\n").strip()


def _content(part: MIMEPart) -> str:
    data = part.get_payload(decode=True)
    raw = data if isinstance(data, bytes) else b""
    for codec in (part.get_content_charset() or "", detect_encoding(raw), "cp1251"):
        try:
            return raw.decode(codec)
        except (LookupError, ValueError):
            continue
    return raw.decode("utf-8", errors="replace")


def _attachments(mail: EmailMessage) -> Iterator[str]:
    for part in mail.walk():
        name = part.get_filename()
        if name:
            yield " ".join(name.split())


class _Page(HTMLParser):
    """The text of a page: lines where blocks begin, no style and no script."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BREAKING:
            self._pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BREAKING and tag != "br":
            self._pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._pieces.append(_LINE_ENDS.sub(" ", data))

    def text(self) -> str:
        """The lines, blanks and empty lines brought together."""
        lines = (line.strip() for line in _BLANKS.sub(" ", "".join(self._pieces)).split("\n"))
        return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip()
