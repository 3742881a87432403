"""The card: its lines at every width, its fields one by one, and what leaves it in the client's language."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich_client import HOSTILE, RichClient

from onewindow.desk.editing.changing import archive, insert
from onewindow.desk.session.context import Session
from onewindow.desk.templates.correspondence import billing_details_block
from onewindow.desk.window.card import CardLine, Span, card_view, laid_out
from onewindow.desk.window.card_fields import card_fields
from onewindow.desk.window.card_texts import flag_of, payment_text
from onewindow.desk.window.panels.view import RecordKey
from onewindow.desk.window.panels.when import when
from onewindow.desk.window.snapshot import load_snapshot
from onewindow.records.clients import Client
from onewindow.records.fields import attribute_of
from onewindow.records.kinds import KINDS
from onewindow.text.layout.width import cell_width


def drawn(line: CardLine, width: int) -> str:
    return "".join(span.text for span in laid_out(line, width))


def wide(session: Session, client_id: int, width: int = 118) -> list[str]:
    lines = card_view(session, load_snapshot(session, client_id)).wide
    return [" ".join(drawn(line, width).split()) for line in lines]


def test_the_wide_card_says_who_how_whom_and_what(session: Session, rich_client: RichClient):
    assert wide(session, rich_client.id) == [
        "Ромашка ООО C-1 A regular · active since 2021 health 49 red 99 % known",
        "Иванова deputy Петров ИНН 7707083893 ok no invoice yet: legal address paid till 31.10 (finance)",
        "Анна Ким, директор +7 912 345-67-89 «Анна Сергеевна; по имени; не звонить до 10» prefers phone"
        " + 1 contact",
        "goal: закрывать месяц за 2 дня (сейчас 4) marketing: phone no, email yes"
        " card 58 %, next: legal address",
        "health at most 49: an urgent request is open and breached tags: склад vip"
        " also called: Romashka, Ромаха",
    ]


def test_the_narrow_card_is_three_lines_of_80_cells(session: Session, rich_client: RichClient):
    lines = card_view(session, load_snapshot(session, rich_client.id)).narrow
    texts = [drawn(line, 80) for line in lines]
    assert [cell_width(text) for text in texts] == [80, 80, 80]
    assert texts[0].startswith("Ромашка ООО  C-1  A  active  ")
    assert texts[0].endswith("  health 49 red  99 % known")
    assert texts[1].startswith("Анна Ким, директор  +7 912 345-67-89  «Анна Сергеевна; по имени; не звон")
    assert texts[1].endswith("  + 1")
    assert texts[2].strip() == "Иванова  health at most 49: an urgent request is open and breached"


def test_pieces_name_the_record_and_field_that_they_show(session: Session, rich_client: RichClient):
    view = card_view(session, load_snapshot(session, rich_client.id))
    spans = [span for line in (*view.wide, *view.narrow) for span in (*line.left, *line.right)]
    by_field = {span.field: span for span in spans}
    assert by_field["phone"].key == RecordKey("contact", rich_client.main.id)
    assert by_field["tax_id"].key == RecordKey("requisites", rich_client.made["requisites"][0].id)
    computed = {"health", "completeness", "contacts"}
    for span in spans:
        assert span.key is not None
        if span.field not in computed:
            attribute_of(KINDS[span.key.kind].record, span.field)


@given(
    st.lists(st.tuples(st.text(max_size=12), st.integers(0, 3)), max_size=5),
    st.lists(st.tuples(st.text(max_size=8), st.integers(0, 3)), max_size=3),
    st.integers(1, 60),
)
def test_a_line_takes_exactly_its_width(
    left: list[tuple[str, int]], right: list[tuple[str, int]], width: int
):
    line = CardLine(
        tuple(Span(text, drop=drop) for text, drop in left),
        tuple(Span(text, drop=drop) for text, drop in right),
    )
    text = drawn(line, width)
    assert cell_width(text) == width
    assert not any(unicodedata.category(char) == "Cc" for char in text)


def test_pieces_vanish_by_their_order_before_any_is_cut():
    line = CardLine((Span("name"), Span("first", drop=1), Span("second", drop=2)), (Span("right"),))
    assert drawn(line, 26) == "name  first  second  right"
    assert drawn(line, 25) == "name  second        right"
    assert drawn(line, 18) == "name         right"
    assert drawn(line, 10) == "na…  right"


def test_who_is_away_or_missing_is_said(session: Session, rich_client: RichClient):
    rich_client.change(session.me, away_from="2026-11-20", away_till="2026-11-30")
    assert wide(session, rich_client.id)[1].startswith("Иванова (away till 30.11) deputy Петров ")
    rich_client.change(session.directory.staff[session.me.id], away_till="2026-11-22")
    client = rich_client.change(rich_client.client, deputy_id=None)
    assert wide(session, rich_client.id)[1].startswith("Иванова no deputy ")
    rich_client.change(client, owner_id=None)
    assert wide(session, rich_client.id)[1].startswith("no owner ")


def test_a_wrong_tax_id_and_phone_are_marked_by_a_word(session: Session, rich_client: RichClient):
    rich_client.change(rich_client.made["requisites"][0], tax_id="7707083894")
    rich_client.change(rich_client.main, phone="12345")
    lines = wide(session, rich_client.id)
    assert "ИНН 7707083894 wrong" in lines[1]
    assert "no invoice yet: tax id, legal address" in lines[1]
    assert "12345 (check)" in lines[2]


def test_a_client_with_everything_for_an_invoice_is_ready(session: Session, rich_client: RichClient):
    rich_client.change(rich_client.made["requisites"][0], legal_address="Казань, Баумана 1")
    assert "ready to invoice" in wide(session, rich_client.id)[1]


def test_a_competitor_among_the_clients_is_named_first(session: Session, rich_client: RichClient):
    rival = insert(session, Client(name="Лютик"))
    rich_client.change(rich_client.client, competitor_of_id=rival.id)
    assert wide(session, rich_client.id)[-1].startswith("! competes with Лютик health at most 49")
    narrow = card_view(session, load_snapshot(session, rich_client.id)).narrow
    assert drawn(narrow[2], 80).startswith("! competes with Лютик")


def test_an_empty_client_says_what_is_missing(session: Session):
    empty = insert(session, Client(name="Пусто"))
    lines = wide(session, empty.id)
    assert "health unknown" in lines[0]
    assert lines[1] == "no owner no invoice yet: legal name, tax id, legal address"
    assert lines[2] == "no contact yet: whom do we call?"
    assert lines[3].startswith("no goal written down card ")


@pytest.mark.parametrize(
    ("state", "till", "text"),
    [
        ("unknown", None, ""),
        ("paid", None, "paid (finance)"),
        ("paid", "2026-12-31", "paid till 31.12 (finance)"),
        ("overdue", "2026-09-30", "payment overdue, paid till 30.09 (finance)"),
        ("due", None, "payment due (finance)"),
    ],
)
def test_the_payment_badge(
    session: Session, rich_client: RichClient, state: str, till: str | None, text: str
):
    snapshot = load_snapshot(session, rich_client.id)
    client = snapshot.client.with_changes({"payment_state": state, "paid_till": till})
    assert payment_text(client, when(session, snapshot)) == text


def test_hostile_texts_leave_the_card_clean(session: Session, rich_client: RichClient):
    rich_client.change(rich_client.client, name=HOSTILE, goal=HOSTILE)
    rich_client.change(rich_client.main, name=HOSTILE, manner=HOSTILE)
    for line in card_view(session, load_snapshot(session, rich_client.id)).wide:
        text = drawn(line, 100)
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "\n" not in text


@pytest.mark.parametrize("flags", ["", "[1]", "not json", "null", '{"other": "x"}'])
def test_flags_that_say_nothing_of_a_field(flags: str):
    assert flag_of(flags, "tax_id") == ""


def test_fields_walk_through_everything_on_the_card(session: Session, rich_client: RichClient):
    fields = card_fields(session, load_snapshot(session, rich_client.id))
    by_label = {(field.section, field.label): field for field in fields}
    assert by_label["client", "owner"].value == "Иванова Мария"
    assert by_label["contact Анна Ким", "phone"].value == "+7 912 345-67-89"
    assert by_label["contact Анна Ким", "marketing by phone"].value == "refused since 2026-02-10"
    assert by_label["contact Анна Ким", "marketing by email"].value == "given since 2026-01-10, п. 7"
    assert by_label["contact Борис Ли", "role"].value == "бухгалтер"
    assert by_label["private notes", "Анна Ким, 2026-05-01"].value == "болеет за Рубин"
    assert by_label["asset Сканер", "serial number"].value == "SN-1"
    legal_address = by_label["requisites", "legal address"]
    assert (legal_address.value, legal_address.warning) == ("", "an invoice needs it")
    assert legal_address.key == RecordKey("requisites", rich_client.made["requisites"][0].id)
    assert len({(field.key, field.field, field.label) for field in fields}) == len(fields)


def test_fields_of_a_client_without_people_and_requisites_are_those_to_make(session: Session):
    empty = insert(session, Client(name="Пусто"))
    fields = card_fields(session, load_snapshot(session, empty.id))
    to_make = {field.key.kind for field in fields if field.key.id == 0}
    assert to_make == {"contact", "requisites", "licence"}


def test_a_flag_is_the_warning_of_its_field(session: Session, rich_client: RichClient):
    rich_client.change(rich_client.main, email="kim@")
    fields = card_fields(session, load_snapshot(session, rich_client.id))
    wrong = next(field for field in fields if field.field == "email" and field.key.id == rich_client.main.id)
    assert wrong.value == "kim@"
    assert wrong.warning


def test_the_requisites_leave_as_a_block_in_the_language_of_the_country(
    session: Session, rich_client: RichClient
):
    rich_client.change(
        rich_client.made["requisites"][0],
        legal_address="Казань,\nБаумана 1",
        head_position="директор",
        head_name="Ким А. С.",
        phone="+78432000000",
    )
    snapshot = load_snapshot(session, rich_client.id)
    assert billing_details_block(snapshot) == (
        "ООО «Ромашка»\n"
        "ИНН: 7707083893\n"
        "КПП: 770701001\n"
        "Юридический адрес: Казань, Баумана 1\n"
        "Телефон: +7 843 200-00-00\n"
        "Руководитель: директор, Ким А. С."
    )
    rich_client.change(snapshot.client, country="BG")
    assert "ЕИК: 7707083893" in billing_details_block(load_snapshot(session, rich_client.id))
    assert snapshot.billing_details is not None
    archive(session, snapshot.billing_details)
    assert billing_details_block(load_snapshot(session, rich_client.id)) == ""


def test_every_piece_of_the_wide_card_says_which_field_it_shows(session: Session, rich_client: RichClient):
    view = card_view(session, load_snapshot(session, rich_client.id))
    assert [[span.field for span in (*line.left, *line.right)] for line in view.wide] == [
        ["name", "number", "tier", "stage", "since", "health", "health"],
        ["owner_id", "deputy_id", "tax_id", "legal_name", "payment_state"],
        ["name", "phone", "manner", "email", "preferred_channel", "contacts"],
        ["goal", "state", "completeness"],
        ["health", "tags", "aliases"],
    ]
