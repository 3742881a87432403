"""Files as other programs write them, made by rule, so that nobody's data is in the tests."""

from __future__ import annotations

import csv
import io
import random
from datetime import UTC, date, datetime, timedelta

_SECTORS = ("medical", "retail", "software", "finance", "telecom")
_FIRST = ("Anna", "Boris", "Cecily", "Darcel", "Elease", "Gladys", "Hayden")
_LAST = ("Snelling", "Faz", "Lampkin", "Schlecht", "Gluck")
PRODUCTS = ("GTX Basic", "GTX Pro", "MG Special", "MG Advanced", "GTX Plus Pro", "GTK 500", "GTX Plus Basic")
AGENTS = tuple(f"{first} {last}" for first in _FIRST for last in _LAST)
COMPANIES = tuple(
    f"Company {_name}{number}" for number in range(17) for _name in ("Acme", "Bio", "Cell", "Dom", "Eco")
)


def _text(header: str, rows: list[list[str]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([header.split(","), *rows])
    return stream.getvalue()


def companies() -> str:
    """85 companies of a CRM, some with a firm above them."""
    rows = [
        [name, _SECTORS[at % 5], str(1980 + at % 30), f"{at * 13.7:.2f}", str(at * 31), "United States", ""]
        for at, name in enumerate(COMPANIES)
    ]
    return _text("account,sector,year_established,revenue,employees,office_location,subsidiary_of", rows)


def agents() -> str:
    """35 sales people with their managers and offices."""
    return _text(
        "sales_agent,manager,regional_office",
        [[name, "Dustin Brinkmann", ("Central", "East", "West")[at % 3]] for at, name in enumerate(AGENTS)],
    )


def products() -> str:
    """7 products with prices."""
    rows = [[name, name[:3], str(55 * (at + 1))] for at, name in enumerate(PRODUCTS)]
    return _text("product,series,sales_price", rows)


def deals() -> str:
    """8 800 deals; one product is spelt in two ways, open deals have no end and no value."""
    chance = random.Random(7)
    rows: list[list[str]] = []
    for at in range(8800):
        engaged = date(2016, 10, 20) + timedelta(days=chance.randrange(400))
        stage = chance.choice(("Won", "Lost", "Engaging", "Prospecting"))
        is_over = stage in ("Won", "Lost")
        product = PRODUCTS[at % 7].replace("GTX Pro", "GTXPro") if at % 3 else PRODUCTS[at % 7]
        closed = (engaged + timedelta(days=chance.randrange(90))).isoformat() if is_over else ""
        value = str(chance.randrange(40, 9000)) if is_over else ""
        rows.append(
            [
                *(f"{at:08X}", AGENTS[at % 35], product, COMPANIES[at % 85], stage),
                *(engaged.isoformat() if stage != "Prospecting" else "", closed, value),
            ]
        )
    return _text(
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value", rows
    )


def tickets() -> str:
    """2 469 tickets of a help desk with line breaks, quotes and delimiters inside their fields."""
    chance = random.Random(11)
    rows: list[list[str]] = []
    for at in range(1, 2470):
        opened = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(900_000))
        status = chance.choice(("Open", "Pending Customer Response", "Closed"))
        solved = f"{opened + timedelta(hours=chance.randrange(1, 90)):%Y-%m-%d %H:%M:%S}"
        text = (
            f'I have an issue with the printer, no. {at}.\r\n\r\nIt says "error; 42".\nPlease\thelp, thanks'
        )
        rows.append(
            [
                *(str(at), COMPANIES[chance.randrange(85)]),
                *(chance.choice(("Technical issue", "Refund request")), "Network problem", text, status),
                "Done,\nas asked" if status == "Closed" else "",
                chance.choice(("Critical", "High", "Medium", "Low")),
                chance.choice(("Email", "Phone", "Chat")),
                *(f"{opened:%Y-%m-%d %H:%M:%S}", solved if status == "Closed" else ""),
            ]
        )
    return _text(
        "Ticket ID,Company,Ticket Type,Ticket Subject,Ticket Description,Ticket Status,Resolution,"
        "Ticket Priority,Ticket Channel,Created at,Solved at",
        rows,
    )


def one_c() -> bytes:
    """A Windows-1251 file as 1C writes: `;`, guillemets, numbers with spaces, dates with dots."""
    lines = ["Код;Наименование;Полное наименование;ИНН;КПП;Телефон;Юр. адрес;Клиент с;Основной менеджер"]
    lines += [
        f'{at:09};ООО «Ромашка {at}»;"Общество ""Ромашка {at}""";;770101001;8 (495) 123-{at % 90 + 10}-67;'
        f"105005, г. Москва, ул. Ладожская, д. {at};{at % 28 + 1:02}.03.2019;Петров"
        for at in range(1, 301)
    ]
    return ("\r\n".join(lines) + "\r\n").encode("cp1251")


def one_c_invoices() -> bytes:
    """Invoices of 1C in Windows-1251 for the clients of `one_c`, found by their codes."""
    lines = ["Номер;Дата;Контрагент;Код контрагента;Сумма;Валюта;Вид документа"]
    lines += [
        f"РМ-{at:05};{at % 28 + 1:02}.03.2026 12:00:00;ООО «Ромашка {at}»;{at:09};{at} 200,50;руб.;"
        "Счет на оплату"
        for at in range(1, 301)
    ]
    return ("\r\n".join(lines) + "\r\n").encode("cp1251")


CARDS = {
    "apple.vcf": (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//macOS 14//EN\r\n"
        "N:Ким;Анна;Сергеевна;;\r\nFN:Анна Ким\r\n"
        "ORG:Ромашка;\r\nitem1.TEL;type=pref:+7 912 000-11-01\r\nitem1.X-ABLabel:_$!<Main>!$_\r\n"
        "EMAIL;type=INTERNET;type=WORK;type=pref:kim@r.ru\r\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-03-05\r\n"
        "END:VCARD\r\n"
    ),
    "google.vcf": (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Boris Faz\nN:Faz;Boris;;;\nORG:Ромашка\nTEL;TYPE=CELL:+79120001102\n"
        "EMAIL;TYPE=INTERNET:faz@r.ru\nCATEGORIES:myContacts\nNOTE:line one\\nline two\nEND:VCARD\n"
    ),
    "outlook.vcf": (
        "BEGIN:VCARD\r\nVERSION:2.1\r\n"
        "N;LANGUAGE=ru;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=CB=EE=EC;=CF=B8=F2=F0\r\n"
        "FN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=CF=B8=F2=F0 =CB=EE=EC\r\n"
        "ORG;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=D0=EE=EC=E0=F8=EA=E0\r\n"
        "TEL;WORK;VOICE:8 912 000-11-03\r\nEND:VCARD\r\n"
    ),
    "android.vcf": (
        "BEGIN:VCARD\nVERSION:2.1\n"
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=98=D0=B2=D0=B0=D0=BD=D0=BE=D0=B2;=\n"
        "=D0=9E=D0=BB=D0=B5=D0=B3;;;\n"
        "ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=A0=D0=BE=D0=BC=D0=B0=D1=88=D0=BA=D0=B0\n"
        "TEL;CELL;PREF:89120001104\nPHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRg\n ABAQAAAQABAAD\n\nEND:VCARD\n"
    ),
    "nextcloud.vcf": (
        "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:8f1c-77\r\nFN:Мария Дончева\r\nN:Дончева;Мария;;;\r\n"
        "ORG:Ромашка\r\n"
        'TEL;VALUE=uri;TYPE="voice,work":tel:+359-2-123-45-05\r\n'
        "EMAIL;PREF=1:mdoncheva\r\n @example.bg\r\nLANG:bg\r\nEND:VCARD\r\n"
    ),
}
"""One card each as five programs write it."""
