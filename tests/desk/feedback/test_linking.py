"""Quotes are linked to the features that they ask for, and features that are one are merged."""

from __future__ import annotations

import pytest

from onewindow.desk.editing import changing
from onewindow.desk.feedback import linking
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Feature, Product
from onewindow.records.clients import Client
from onewindow.records.feedback import Feedback
from onewindow.store import rows
from onewindow.store.problems import StoreProblem

TITLES = ("Выгрузка документов в 1С", "Мобильная версия портала", "Печать этикеток", "Тёмная тема")


@pytest.fixture
def features(session: Session) -> dict[str, Feature]:
    return {title: changing.insert(session, Feature(title=title)) for title in TITLES}


def quote_of(session: Session, words: str, feature: Feature | None = None) -> Feedback:
    client = changing.insert(session, Client(name=f"Ирис {words}", stage="active"))
    return changing.insert(
        session,
        Feedback(
            client_id=client.id,
            quote=words,
            said_on="2026-11-20",
            feature_id=feature.id if feature else None,
        ),
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("выгружать документы в 1с раз в месяц", "Выгрузка документов в 1С"),
        ("Нужна ПЕЧАТЬ этикетки", "Печать этикеток"),
        ("темную тему бы ночью", "Тёмная тема"),
        ("хотим мобильный портал", "Мобильная версия портала"),
    ],
)
def test_the_likeliest_feature_comes_first(
    session: Session, features: dict[str, Feature], words: str, expected: str
) -> None:
    found = linking.Features(session.store).similar(words)
    assert found[0].feature == features[expected]
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


@pytest.mark.parametrize("words", ["", "  ", "нужно это", "ускорьте отчёт по прибыли"])
def test_what_says_nothing_like_it_offers_nothing(
    session: Session, features: dict[str, Feature], words: str
) -> None:
    assert features
    assert linking.Features(session.store).similar(words) == []


def test_of_equals_those_of_the_product_come_first(session: Session) -> None:
    product = changing.insert(session, Product(name="Касса"))
    plain = changing.insert(session, Feature(title="Печать чека"))
    own = changing.insert(session, Feature(title="Печать чека", product_id=product.id))
    similar = linking.Features(session.store).similar
    assert [one.feature.id for one in similar("печать чека", product.id)] == [own.id, plain.id]
    assert [one.feature.id for one in similar("печать чека", None)] == [plain.id, own.id]
    assert [one.feature.id for one in similar("печать чека", without=(plain.id,))] == [own.id]


def test_another_feature_is_told_of_anew(session: Session, features: dict[str, Feature]) -> None:
    first, second, *_ = features.values()
    changing.change(session, first, {"status": "released"})
    quote = changing.mark_done(session, quote_of(session, "нужно", first))
    moved = linking.link(session, quote, second)
    assert (moved.feature_id, moved.told_on, moved.told_status, moved.outcome) == (
        second.id,
        None,
        "",
        "open",
    )
    session.undo()
    assert rows.get(session.store, Feedback, quote.id).told_status == "released"
    assert linking.link(session, quote, None).feature_id is None


def test_a_new_feature_takes_the_product_of_the_quote(session: Session) -> None:
    product = changing.insert(session, Product(name="Касса"))
    quote = changing.change(session, quote_of(session, "печать"), {"product_id": product.id})
    linked = linking.link_to_new(session, quote, " Печать чека ")
    feature = rows.get(session.store, Feature, linked.feature_id or 0)
    assert (feature.title, feature.product_id) == ("Печать чека", product.id)
    with pytest.raises(StoreProblem, match="Name the feature"):
        linking.link_to_new(session, quote, " ")


def test_merging_moves_the_quotes_and_one_undo_takes_all_back(
    session: Session, features: dict[str, Feature]
) -> None:
    kept, other, *_ = features.values()
    quotes = [quote_of(session, f"нужно {place}", other) for place in range(3)]
    merged = linking.merge(session, other, kept)
    assert (merged.merged_into_id, bool(merged.archived_at)) == (kept.id, True)
    assert {rows.get(session.store, Feedback, one.id).feature_id for one in quotes} == {kept.id}
    session.undo()
    assert {rows.get(session.store, Feedback, one.id).feature_id for one in quotes} == {other.id}
    back = rows.get(session.store, Feature, other.id)
    assert (back.merged_into_id, back.archived_at) == (None, None)


def test_a_feature_is_not_merged_into_itself_or_an_archived_one(
    session: Session, features: dict[str, Feature]
) -> None:
    kept, other, *_ = features.values()
    with pytest.raises(StoreProblem, match="cannot be merged into itself"):
        linking.merge(session, kept, kept)
    gone = changing.archive(session, other)
    with pytest.raises(StoreProblem, match="is archived"):
        linking.merge(session, kept, gone)
