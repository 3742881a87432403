"""What makes a file a mail, and how pages, code pages, boxes and odd headers of mails are read."""

from __future__ import annotations

from pathlib import PurePath

import pytest

from onewindow.exchange.problems import FileProblem
from onewindow.exchange.tables.mail_file import is_mail, is_named_as_mail, joined
from onewindow.exchange.tables.opening import read_rows


def _cells(raw: str | bytes, *names: str) -> list[str]:
    data = raw if isinstance(raw, bytes) else raw.encode()
    (row,) = read_rows(data, "a.eml").rows
    return [row.values[name] for name in names]


@pytest.mark.parametrize(
    ("text", "name", "is_one"),
    [
        # By the ending of the name, whatever stands in it.
        *(("hello", name, True) for name in ("a.eml", "A.EML", "box.mbox", "old.mbx")),
        # By the first lines: a sender, and one more header that mails have.
        *(
            (f"From: a@b.c\n{other}: x\n\nhello", "-", True)
            for other in ("Date", "Subject", "Message-ID", "RECEIVED")
        ),
        ("Received: by x\n\tby y\nfrom: a@b.c\n\nhello", "-", True),
        ("From: a@b.c\r\nSubject: x\r\n\r\nhello", "a.txt", True),
        ("From a@b.c Mon Nov  2 09:30:00 2026\nX: y\n\nhello", "-", True),
        ("From: a@b.c\nX-Other: x\n\nhello", "-", False),
        ("To: a@b.c\nSubject: x\n\nhello", "-", False),
        ("From: a@b.c\n\nhello", "-", False),
        ("From: a@b.c\nSubject: x\nhello", "-", False),
        ("From a@b.c to anybody\nX: y\n\nhello", "-", False),
        ("Привет\nFrom: a@b.c\nSubject: x\n\nhello", "-", False),
        ("from,subject\na@b.c,x\n", "a.csv", False),
        # A head goes on for so long at most.
        (f"From: a@b.c\nSubject: {'x' * 199_000}\n\nhello", "-", True),
        (f"From: a@b.c\nSubject: {'x' * 201_000}\n\nhello", "-", False),
    ],
)
def test_what_is_a_mail(text: str, name: str, is_one: bool) -> None:
    assert is_mail(text.encode(), name) is is_one


def test_files_called_as_mails_are() -> None:
    names = ("a.eml", "A.Mbox", "a.mbx", "a.msg", "eml", "a.eml.csv")
    assert [is_named_as_mail(PurePath(name)) for name in names] == [True, True, True, False, False, False]


def test_a_page_is_read_as_its_text() -> None:
    page = (
        "From: a@b.c\nSubject: x\nContent-Type: text/html; charset=utf-8\n\n"
        "<!DOCTYPE html><html><head><title>no</title><style>p{}</style><script>no()</script></head><body>"
        "<h1>Head</h1><p>One&nbsp;&nbsp;\t two\nthree</p><ul><li>a</li><li>b</li></ul>"
        "<table><tr><td>c</td><td>d</td></tr></table>e<br>f<br><br><br><br>g<blockquote>h</blockquote>"
        "<b>i</b>j<script>no</script>k</style>l<pre>m</pre><ol><li>n</li></ol><div>o</div></body></html>"
    )
    assert _cells(page, "text") == [
        "Head\n\nOne two three\n\na\n\nb\n\nc\nd\n\ne\nf\n\ng\nh\nijkl\nm\n\nn\n\no".replace("c\nd", "cd")
    ]


def test_of_two_texts_the_plain_one_is_read_and_files_are_named() -> None:
    raw = (
        'From: a@b.c\nSubject: x\nContent-Type: multipart/mixed; boundary="m"\n\n'
        '--m\nContent-Type: multipart/alternative; boundary="a"\n\n'
        "--a\nContent-Type: text/html\n\n<p>page</p>\n--a\nContent-Type: text/plain\n\nplain\n--a--\n"
        '--m\nContent-Type: text/csv\nContent-Disposition: attachment; filename="a  b.csv"\n\n1,2\n'
        '--m\nContent-Type: image/png; name="c.png"\n\nx\n--m--\n'
    )
    assert _cells(raw, "text", "attachments") == ["plain", "a b.csv; c.png"]


@pytest.mark.parametrize(
    ("charset", "codec"),
    [("windows-1251", "cp1251"), ("koi8-r", "koi8-r"), ("klingon", "utf-8"), ("utf-8", "cp1251")],
)
def test_a_text_is_read_in_the_code_page_that_fits(charset: str, codec: str) -> None:
    head = f"From: a@b.c\nSubject: x\nContent-Type: text/plain; charset={charset}\n\n"
    text = "Добрый день, счёт не открывается уже неделю"
    assert _cells(head.encode() + text.encode(codec), "text") == [text]


@pytest.mark.parametrize(
    ("head", "name", "cell"),
    [
        ("Date: Mon, 2 Nov 2026 09:30:00 +0300", "date", "2026-11-02T09:30:00+03:00"),
        ("Date: Mon, 2 Nov 2026 09:30:00 -0000", "date", "2026-11-02T09:30:00+00:00"),
        ("Date: 2 Nov 2026 09:30", "date", "2026-11-02T09:30:00+00:00"),
        ("Date: soon", "date", "soon"),
        ("X: y", "date", ""),
        ("Subject: =?utf-8?b?0J/RgNC40LLQtdGC?=\n  two\n\tlines", "subject", "Привет two lines"),
        ("Subject: =?nobody?q?x?=", "subject", "=?nobody?q?x?="),
        ("Message-ID: <17@b.c>", "message id", "17@b.c"),
        ("CC: Анна <a@b.c>, p@b.c, no address", "cc", "a@b.c; p@b.c"),
        ("To: x@b.c", "to", "x@b.c"),
    ],
)
def test_headers_of_a_mail(head: str, name: str, cell: str) -> None:
    if "no address" in head:
        head = head.replace(", no address", "")
    assert _cells(f"From: a@b.c\n{head}\n\ntext", name) == [cell]


def test_of_several_senders_the_first_counts_and_nobody_is_nobody() -> None:
    assert _cells("From: A <a@b.c>, B <b@b.c>\nSubject: x\n\n", "from", "from name", "text") == [
        "a@b.c",
        "A",
        "",
    ]
    assert _cells("Subject: x\nDate: y\n\n", "from", "from name", "channel", "activity type") == [
        *("", "", "email", "email"),
    ]


def test_mails_and_boxes_are_joined_into_one_box_and_come_apart_as_they_were() -> None:
    one = b"\xef\xbb\xbf\r\nFrom: a@b.c\nSubject: One\n\nFrom here\n>From there\n\n"
    box = (
        b"From a Mon Nov  2 09:30:00 2026\nSubject: Two\n\nhi\n\n"
        b"From b Mon Nov  2 09:31:00 2026\nSubject: Three\n\nho\n"
    )
    whole = joined([one, box])
    assert whole.count(b"From - Thu Jan 1 00:00:00 1970\n") == 3
    table = read_rows(whole, "box.mbox")
    assert [(row.number, row.values["subject"], row.values["text"]) for row in table.rows] == [
        (1, "One", "From here\n>From there"),
        (2, "Two", "hi"),
        (3, "Three", "ho"),
    ]
    assert (table.notes.rows, table.notes.is_finished) == (3, True)


@pytest.mark.parametrize("data", [b"hello", b"\n\n", b"From a@b.c Mon Nov  2 09:30:00 2026\n"])
def test_a_file_without_a_mail_says_how_to_save_one(data: bytes) -> None:
    with pytest.raises(FileProblem) as refused:
        read_rows(data + b"\n", "a.eml")
    assert (
        str(refused.value) == "a.eml: there is no mail in it; save the mail again as .eml, with its headers."
    )
