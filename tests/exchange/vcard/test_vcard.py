"""vCards as phones, Outlook, Apple and Google write them."""

from __future__ import annotations

import base64
import quopri

import pytest

from onewindow.exchange.headers.matching import match_headers
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.tables.opening import read_rows


def cards(data: bytes) -> list[dict[str, str]]:
    rows = [row.values for row in read_rows(data, "people.vcf").rows]
    return [{header: cell for header, cell in row.items() if cell} for row in rows]


def printable(text: str, codec: str) -> bytes:
    return quopri.encodestring(text.encode(codec), quotetabs=True).replace(b"=\n", b"=\r\n")


def test_old_android_card_is_quoted_printable_with_soft_breaks_and_a_photo() -> None:
    long_note = "Звонить после десяти утра, лучше в мессенджер, не в понедельник"
    photo = base64.b64encode(bytes(range(120))).decode()
    data = b"\r\n".join(
        [
            b"BEGIN:VCARD",
            b"VERSION:2.1",
            b"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:" + printable("Петрова;Анна;Сергеевна;;", "utf-8"),
            b"TEL;CELL;PREF:+79123456789",
            b"TEL;WORK;FAX:84951234567",
            b"NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:" + printable(long_note, "utf-8"),
            b"PHOTO;ENCODING=BASE64;JPEG:" + photo[:60].encode(),
            b" " + photo[60:120].encode(),
            photo[120:].encode(),
            b"",
            b"EMAIL;INTERNET:anna@example.com",
            b"END:VCARD",
            b"",
        ]
    )
    assert cards(data) == [
        {
            "name": "Петрова Анна Сергеевна",
            "last_name": "Петрова",
            "first_name": "Анна",
            "middle_name": "Сергеевна",
            "phone": "+79123456789",
            "fax": "84951234567",
            "note": long_note,
            "email": "anna@example.com",
        }
    ]


def test_charset_of_a_property_decides_its_letters() -> None:
    quoted = b"FN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:" + printable("Иван Ильин", "cp1251")
    raw = b"ORG;CHARSET=windows-1251:" + "Ромашка;Склад".encode("cp1251")
    data = b"\n".join([b"BEGIN:VCARD", b"VERSION:2.1", quoted, raw, b"TITLE:buyer", b"END:VCARD"])
    assert cards(data) == [
        {"name": "Иван Ильин", "organization": "Ромашка", "department": "Склад", "role": "buyer"}
    ]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_whole_file_may_be_in_any_encoding(codec: str) -> None:
    data = "begin:vcard\r\nversion:3.0\r\nfn:Георги Иванов\r\nend:vcard\r\n".encode(codec)
    assert cards(data) == [{"name": "Георги Иванов"}]


APPLE = r"""BEGIN:VCARD
VERSION:3.0
N:Smith;John;;;
FN:John Smith
ORG:Daisy\, Ltd;
TEL;type=HOME;type=VOICE:+359 2 123 4567
item1.TEL;type=pref:+359888123456
item1.X-ABLabel:Accounts\; night
item2.URL;type=pref:https\://daisy.example
item2.X-ABLabel:_$!<HomePage>!$_
IMPP;X-SERVICE-TYPE=Telegram;type=pref:x-apple:johnny
BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12
NOTE:first line\nsecond\, with comma and a very long
  continuation
ADR;TYPE=WORK:;;1 Vitosha;Sofia;;1000;Bulgaria
END:VCARD
"""


def test_apple_card_has_groups_labels_escapes_and_folds() -> None:
    assert cards(APPLE.encode()) == [
        {
            "organization": "Daisy, Ltd",
            "name": "John Smith",
            "last_name": "Smith",
            "first_name": "John",
            "phone": "+359888123456",
            "phone_2": "+359 2 123 4567",
            "messenger": "telegram:x-apple:johnny",
            "website": "https://daisy.example",
            "address": "1000, Bulgaria, Sofia, 1 Vitosha",
            "city": "Sofia",
            "country": "Bulgaria",
            "birthday": "--04-12",
            "note": "first line\nsecond, with comma and a very long continuation",
            "labels": "+359888123456: Accounts; night\nhttps://daisy.example: homepage",
        }
    ]


FOUR = """BEGIN:VCARD
VERSION:4.0
KIND:individual
FN:Мария Димитрова
TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+359-2-555-1234;ext=102
EMAIL:mailto:maria@example.com
EMAIL;TYPE=work:m.d@example.com
BDAY:19850412
LANG:bg
UID:urn:uuid:4fbe8971
CATEGORIES:vip,sofia
PHOTO:data:image/jpeg;base64,MIICajCCAdOgAwIBAgICBEUwDQYJ
END:VCARD
BEGIN:VCARD
VERSION:4.0
KIND:org
FN:Лайка ООД
END:VCARD
"""


def test_version_four_uris_and_companies() -> None:
    assert cards(FOUR.encode()) == [
        {
            "name": "Мария Димитрова",
            "phone": "+359-2-555-1234 ext. 102",
            "email": "maria@example.com",
            "email_2": "m.d@example.com",
            "birthday": "1985-04-12",
            "language": "bg",
            "tags": "vip,sofia",
            "external_id": "urn:uuid:4fbe8971",
        },
        {"organization": "Лайка ООД"},
    ]


def test_row_number_is_the_line_of_the_card() -> None:
    assert [row.number for row in read_rows(FOUR.encode(), "a.vcf").rows] == [1, 14]


def test_headers_of_cards_are_fields_of_a_contact() -> None:
    table = read_rows(APPLE.encode(), "a.vcf")
    match = match_headers(table.headers, "contact")
    assert match.fields["organization"] == "client"
    assert {"name", "last_name", "first_name", "phone", "phone_2", "messenger", "birthday", "note"} <= set(
        match.fields.values()
    )


def test_card_inside_a_card_belongs_to_nobody() -> None:
    data = b"BEGIN:VCARD\nFN:Boss\nAGENT:\nBEGIN:VCARD\nFN:Clerk\nEND:VCARD\nEND:VCARD\n"
    assert cards(data) == [{"name": "Boss"}]


def test_stray_lines_continue_the_property_before_them() -> None:
    data = b"BEGIN:VCARD\nstray\nFN:Anna\nNOTE:first\nsecond\n\nTEL:1\nEND:VCARD\n"
    assert cards(data) == [{"name": "Anna", "phone": "1", "note": "first\nsecond"}]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\n", "row 4: the card that begins here has no END"),
        (b"BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD", "row 1: the card that begins here has no END"),
        (b"FN:A\nEND:VCARD\n", "there is no BEGIN:VCARD in it"),
    ],
)
def test_malformed_cards_are_refused_with_their_line(data: bytes, sentence: str) -> None:
    with pytest.raises(FileProblem, match=sentence):
        cards(data)
