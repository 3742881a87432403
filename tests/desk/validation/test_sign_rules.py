"""Which sign money has, by its kind, wherever it is typed."""

from __future__ import annotations

import pytest
from rich_client import RichClient

from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.store import feedback as feedback_store

_ON = {"on_date": "01.11.2026"}


@pytest.mark.parametrize(
    ("kind", "typed", "field", "told"),
    [
        ("revenue", {**_ON, "revenue_kind": "discount"}, "amount", "a discount or a refund"),
        ("revenue", {**_ON, "revenue_kind": "cost"}, "amount", "a cost is taken off"),
        ("revenue", {**_ON, "revenue_kind": "licence"}, "amount", "of the kind discount"),
        ("touch", {"text": "подарок", "touch_kind": "gift"}, "cost", "goodwill"),
        ("touch", {"text": "звонок"}, "minutes", "cannot be negative"),
        ("opportunity", {"title": "ещё 5"}, "amount", "without a minus"),
        ("document", {"title": "договор", "document_kind": "contract"}, "amount", "a credit note"),
    ],
)
def test_a_wrong_sign_is_refused_and_the_right_one_said(
    session: Session, rich_client: RichClient, kind: str, typed: dict[str, str], field: str, told: str
) -> None:
    with pytest.raises(FieldProblems) as refused:
        changing.add(session, kind, {**typed, field: "-1"}, rich_client.id)
    assert told in refused.value.errors[field]
    assert changing.add(session, kind, {**typed, field: "0"}, rich_client.id).id
    right = changing.add(session, kind, {**typed, field: "1"}, rich_client.id)
    with pytest.raises(FieldProblems):
        changing.edit(session, right, {field: "-1"})


def test_a_credit_note_has_a_minus(session: Session, rich_client: RichClient) -> None:
    typed = {"title": "корректировка", "document_kind": "invoice", "amount": "-1"}
    assert changing.add(session, "document", typed, rich_client.id).id


def test_an_old_discount_with_a_minus_lowers_the_annual_value_too(
    session: Session, rich_client: RichClient
) -> None:
    day = {"on_date": "01.11.2026", "currency": "RUB"}
    changing.add(session, "revenue", {**day, "revenue_kind": "licence", "amount": "100"}, rich_client.id)
    discount = changing.add(
        session, "revenue", {**day, "revenue_kind": "discount", "amount": "10"}, rich_client.id
    )
    before = feedback_store.income(session.store, "2026-01-01", "2026-12-31")
    session.change("as an older version took it", lambda write: write.update(discount, {"amount": -1000}))
    assert feedback_store.income(session.store, "2026-01-01", "2026-12-31") == before
