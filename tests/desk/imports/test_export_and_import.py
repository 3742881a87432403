"""What is exported comes back into an empty file as the same records, of every kind and in every format."""

from __future__ import annotations

import io
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from itertools import cycle
from pathlib import Path

import pytest
from rich_client import NOW, Clock, RichClient

from onewindow.desk.editing import changing
from onewindow.desk.editing.export import export_columns, export_rows, kinds_in_order
from onewindow.desk.imports.running import import_file
from onewindow.desk.opening import at_work, prepare_new_file
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.exchange.export.files import AS_STORED, ExportFormat, Written, ending_of, write_export
from onewindow.records.clients import Client, Contact
from onewindow.records.fields import attributes
from onewindow.records.kinds import COPIED_KINDS, IMPORTED_KINDS, KINDS
from onewindow.records.organization import Staff
from onewindow.records.requests import Touch
from onewindow.settings import Settings
from onewindow.store import rows
from onewindow.store.engine import open_store
from onewindow.text.dates import utc_text

FORMATS: tuple[ExportFormat, ...] = ("csv", "tsv", "xlsx", "json", "jsonl")
HOSTILE = (
    *(
        "=1+1",
        "'=1+1",
        "''=x",
        "-",
        "NULL",
        "n/a",
        "#N/A",
        "нет",
        "007",
        "1e5",
        "Итого",
        "true",
        "12.03.2026",
    ),
    *(
        "_x000D_ _x0041_",
        "a\ufffe\uffffb",
        "\x01\x1b[31m\x7f",
        "a\u00a0b  c",
        "tab\there",
        "\\",
        '"q"; | \\n',
    ),
    *(
        "a\u2028b\x85c\x0bd",
        "\u202eevil",
        "\ufeffmark",
        "’",
        "e\u0301",
        "😀👨\u200d👩\u200d👧",
        "<b>&amp;</b>",
    ),
    *("a\r\nb\rc\n\nd", '="007"', '{"a":1}', "[1]", "nan", "РџСЂРёРІРµС‚", "Г©tГ©", "a,b;c|d\te", "👍"),
)
LONG = (
    *HOSTILE,
    "\n\n  a blank line first\n   indented",
    " \tlead",
    "\n".join(f"=строка {n}\r" for n in range(10_000)) + "_x000D_ end",
    "😀" * 40_000 + "\ufffe",
)
CHECKED = ("slug", "login", "number", "time_zone", "country")
"""Texts that are not free: made by the program, or a word of a list."""


def copied(session: Session, kind: str) -> dict[int, Mapping[str, object]]:
    """The records of a kind by id, without what every write moves."""
    return {
        each.id: {name: value for name, value in vars(each).items() if name not in ("version", "updated_at")}
        for each in rows.fetch(session.store, KINDS[kind].record, "ORDER BY id")
    }


def written(session: Session, kind: str, fmt: ExportFormat) -> tuple[bytes, Written]:
    stream = io.BytesIO()
    found = rows.fetch(session.store, KINDS[kind].record, "ORDER BY id")
    exported = export_rows(session, KINDS[kind], found, as_stored=fmt in AS_STORED)
    told = write_export(exported, export_columns(KINDS[kind].record, private=True), fmt, stream)
    return stream.getvalue(), told


@contextmanager
def empty_file(path: Path) -> Generator[Session]:
    with open_store(path, create=True) as store:
        me = prepare_new_file(
            store,
            Staff(login="copyist", name="Копиров Иван"),
            "Europe/Moscow",
            utc_text(NOW - timedelta(days=1)),
        )
        yield at_work(store, me, Settings(), Clock(NOW), "Europe/Moscow")


def write_hostile_texts(session: Session, kinds: list[str]) -> None:
    """Put other programs' words for nothing, formulas, signs and long notes into every free text on file."""
    lines, texts = cycle(HOSTILE), cycle(LONG)
    for kind in kinds:
        for record in rows.fetch(session.store, KINDS[kind].record, "ORDER BY id"):
            for each in attributes(KINDS[kind].record):
                if each.derived or each.kind not in ("text", "long_text") or each.name in CHECKED:
                    continue
                text = next(texts if each.kind == "long_text" else lines)[: each.limit].rstrip()
                with suppress(FieldProblems):  # a field that takes fewer things: a website, an IBAN
                    record = changing.change(session, record, {each.name: text})


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_kind_comes_back_as_it_was_and_a_second_time_changes_nothing(
    session: Session, rich_client: RichClient, tmp_path: Path, fmt: ExportFormat
) -> None:
    assert rich_client
    kinds = [kind.name for kind in kinds_in_order() if kind.name in (*IMPORTED_KINDS, *COPIED_KINDS)]
    write_hostile_texts(session, [kind for kind in kinds if kind not in ("policy", "staff", "request")])
    filled = [kind for kind in kinds if copied(session, kind)]
    files = {kind: written(session, kind, fmt)[0] for kind in filled}
    with empty_file(tmp_path / "copy.db") as other:
        made = {kind: set(copied(other, kind)) for kind in kinds}
        for kind, data in files.items():
            report = import_file(other, kind, data, f"{kind}.{fmt}")
            assert report.count("error") == 0, (kind, report.rows)
            assert not report.flagged, (kind, report.flagged)
        for kind in filled:
            back = {number: each for number, each in copied(other, kind).items() if number not in made[kind]}
            assert back == copied(session, kind)
        for kind, data in files.items():
            again = import_file(other, kind, data, f"{kind}.{fmt}")
            assert again.count("skip") == len(again.rows), (kind, again.rows)


def test_an_archived_client_comes_back_with_all_that_is_his_and_stays_as_it_is(
    session: Session, rich_client: RichClient, tmp_path: Path
) -> None:
    changing.archive(session, rich_client.main)
    changing.archive(session, rows.get(session.store, Client, rich_client.id))
    kinds = ["staff", "client", "contact", "contact_note", "touch"]
    with empty_file(tmp_path / "copy.db") as other:
        for kind in kinds:
            report = import_file(other, kind, written(session, kind, "csv")[0], f"{kind}.csv")
            assert report.count("error") == 0, (kind, report.rows)
        for kind in kinds[1:]:
            assert copied(other, kind) == copied(session, kind)
        changed = written(session, "touch", "csv")[0].replace("ждёт отчёт".encode(), "ждёт счёт".encode())
        report = import_file(other, "touch", changed, "touch.csv")
        assert [row.reason.split(";")[0] for row in report.rows if row.verdict == "error"] == [
            f"Ромашка ООО (C-{rich_client.client.number}) is archived"
        ]
        assert copied(other, "touch") == copied(session, "touch")


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "jsonl"])
def test_the_longest_note_comes_back_whole(
    session: Session, rich_client: RichClient, tmp_path: Path, fmt: ExportFormat
) -> None:
    note = rich_client.made["touch"][0]
    changing.change(session, note, {"text": "=" + "ж\n" * 999_999 + "."})
    with empty_file(tmp_path / "copy.db") as other:
        for kind in ("staff", "client", "contact", "touch"):
            import_file(other, kind, written(session, kind, fmt)[0], f"{kind}.{fmt}")
        assert len(rows.get(other.store, Touch, note.id).text) == 2_000_000
        assert copied(other, "touch") == copied(session, "touch")


@pytest.mark.parametrize("fmt", ["vcard", "vcard3"])
def test_people_come_back_from_cards_and_what_a_card_cannot_hold_is_said(
    session: Session, rich_client: RichClient, tmp_path: Path, fmt: ExportFormat
) -> None:
    held = [text for text in HOSTILE if not {"\x1b", "\r", "\x0b"} & set(text)]
    for place, text in enumerate((*held, "О'Нил-Ким Анна Петровна", "Петров_2 Пётр")):
        person = Contact(
            client_id=rich_client.id, name=text, address_as=held[place % 7], role=held[place % 11],
            phone=f"+7912345{place:04}", phone_2="+79033334455 ext. 105", email=f"a{place}@romashka.ru",
            birthday="1980-02-29", language="ru", external_id=f"x{place}", messenger=text,
        )  # fmt: skip
        changing.insert(session, person)
    shown = changing.insert(session, Contact(client_id=rich_client.id, name="Ли\x07 Вэй", role="a\x1b[31mb"))
    data, told = written(session, "contact", fmt)
    assert (
        told.notes[-1]
        == "A card cannot hold control characters: left out of name of Ли\ufffd Вэй, role of Ли\ufffd Вэй."
    )
    carried = ("name", "address_as", "role", "messenger", "phone", "phone_2", "email", "birthday", "language")
    with empty_file(tmp_path / "copy.db") as other:
        changing.insert(other, Client(name="Ромашка ООО"))
        report = import_file(other, "contact", data, f"people{ending_of(fmt)}")
        assert {row.verdict for row in report.rows} == {"create"}
        back = {each.phone or each.name: each for each in rows.fetch(other.store, Contact, "ORDER BY id")}
    for person in rows.fetch(session.store, Contact, "ORDER BY id"):
        if person.id != shown.id:
            found = back[person.phone or person.name]
            assert {name: getattr(found, name) for name in carried} == {
                name: getattr(person, name) for name in carried
            }
    assert back["Ли Вэй"].role == "a[31mb"
