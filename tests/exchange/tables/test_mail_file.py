"""Mails saved as files: who wrote, when, what, with which attachments."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

import pytest

from onewindow.exchange.headers.matching import match_headers
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.tables.mail_file import HEADERS
from onewindow.exchange.tables.opening import read_rows


def mail() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Анна Ким <anna@romashka.example>"
    message["To"] = "help@firm.example, Пётр <petr@firm.example>"
    message["Date"] = format_datetime(datetime.fromisoformat("2026-11-02T09:30:00+03:00"))
    message["Subject"] = "Не открывается отчёт"
    message["Message-ID"] = "<17@romashka.example>"
    message.set_content("Добрый день.\n\nОтчёт не открывается.\n")
    message.add_attachment(b"x", maintype="image", subtype="png", filename="снимок экрана.png")
    return message


def test_a_mail_is_one_row() -> None:
    for name in ("письмо.eml", "stdin"):
        table = read_rows(mail().as_bytes(), name)
        assert table.file_format == "mail"
        assert [row.values for row in table.rows] == [
            {
                "from": "anna@romashka.example",
                "from name": "Анна Ким",
                "to": "help@firm.example; petr@firm.example",
                "cc": "",
                "date": "2026-11-02T09:30:00+03:00",
                "subject": "Не открывается отчёт",
                "text": "Добрый день.\n\nОтчёт не открывается.",
                "attachments": "снимок экрана.png",
                "message id": "17@romashka.example",
                "channel": "email",
                "activity type": "email",
            }
        ]


def test_the_columns_of_a_mail_fill_requests_and_touchpoints() -> None:
    request = match_headers(HEADERS, "request").fields
    assert request == {
        "from": "contact_id",
        "date": "opened_at",
        "subject": "title",
        "text": "text",
        "message id": "external_id",
        "channel": "channel",
    }
    touch = match_headers(HEADERS, "touch").fields
    assert {header: touch[header] for header in ("from", "date", "message id", "activity type")} == {
        "from": "contact_id",
        "date": "at",
        "message id": "external_id",
        "activity type": "touch_kind",
    }


def test_a_page_becomes_text_and_a_date_without_a_zone_is_utc() -> None:
    raw = (
        b"From: a@b.example\r\nDate: Mon, 2 Nov 2026 09:30:00 -0000\r\nSubject: Hi\r\n"
        b"Content-Type: text/html; charset=utf-8\r\n\r\n"
        b"<html><head><style>p {}</style></head><body><p>One &amp;\r\ntwo</p>"
        b"<div>three<br>four</div></body></html>"
    )
    (row,) = read_rows(raw, "a.eml").rows
    assert row.values["date"] == "2026-11-02T09:30:00+00:00"
    assert row.values["text"] == "One & two\n\nthree\nfour"


def test_headers_and_texts_in_plain_windows_1251_are_read() -> None:
    raw = "From: Анна <a@b.example>\r\nSubject: Вопрос про отчёт\r\n\r\nДобрый день\r\n".encode("cp1251")
    (row,) = read_rows(raw, "a.eml").rows
    assert [row.values[name] for name in ("from name", "subject", "text")] == [
        *("Анна", "Вопрос про отчёт", "Добрый день"),
    ]


def test_an_unknown_code_page_and_no_date_stop_nothing() -> None:
    raw = (
        b"From: =?utf-8?b?0?= <a@b.example>\r\nSubject: =?klingon?q?x?=\r\nDate: yesterday\r\n"
        b"Content-Type: text/plain; charset=klingon\r\n\r\ntext\r\n"
    )
    (row,) = read_rows(raw, "a.eml").rows
    assert (row.values["text"], row.values["date"]) == ("text", "yesterday")


def test_a_box_of_mails_is_a_row_each() -> None:
    one = b"From anna@b.example Mon Nov  2 09:30:00 2026\nFrom: a@b.example\nSubject: One\n\n>From here\n\n"
    two = b"From petr@b.example Mon Nov  2 09:31:00 2026\nFrom: p@b.example\nSubject: Two\n\nbye\n"
    rows = list(read_rows(one + two, "box").rows)
    assert [(row.number, row.values["subject"], row.values["text"]) for row in rows] == [
        (1, "One", "From here"),
        (2, "Two", "bye"),
    ]


def test_a_table_with_such_names_is_no_mail() -> None:
    assert read_rows(b"from,subject\na@b.example,Hi\n", "a.csv").file_format == "csv"
    with pytest.raises(FileProblem, match="there is no mail in it"):
        read_rows(b"\n\nhello\n", "a.eml")
    outlook = b"\xd0\xcf\x11\xe0" + "__substg1.0_0037".encode("utf-16-le")
    with pytest.raises(FileProblem, match=r"it is a mail saved by Outlook; save it as \.eml"):
        read_rows(outlook, "a.msg")
