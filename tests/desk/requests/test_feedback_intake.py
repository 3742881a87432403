"""What a client said, kept from one line."""

from __future__ import annotations

import pytest

from onewindow.desk.editing import changing
from onewindow.desk.requests.feedback_intake import FeedbackIntake, lines_of
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Feature, Product, Release
from onewindow.records.clients import Client, Contact
from onewindow.records.feedback import Feedback
from onewindow.store import rows
from onewindow.store.problems import StoreProblem


@pytest.fixture
def romashka(session: Session) -> Client:
    client = changing.insert(session, Client(name="Ромашка ООО", stage="active"))
    changing.insert(session, Contact(client_id=client.id, name="Анна Ким"))
    product = changing.insert(session, Product(name="Склад"))
    changing.insert(session, Release(product_id=product.id, version_name="5.2"))
    changing.insert(session, Feature(title="Выгрузка документов в 1С", product_id=product.id))
    return client


def kept(session: Session, text: str, shown_id: int | None = None) -> Feedback:
    intake = FeedbackIntake(session, shown_id)
    return intake.save(intake.understand(text))


def test_the_line_of_the_book_is_kept_whole(session: Session, romashka: Client) -> None:
    quote = kept(session, "ромашка «выгрузка в 1С раз в месяц» #пожелание !3 @Ким =1")
    assert (quote.client_id, quote.quote) == (romashka.id, "выгрузка в 1С раз в месяц")
    assert (quote.feedback_kind, quote.importance, quote.staff_id) == ("wish", 3, session.me.id)
    assert quote.said_on == session.today().isoformat()
    kim = rows.get(session.store, Contact, quote.contact_id or 0)
    feature = rows.get(session.store, Feature, quote.feature_id or 0)
    assert (kim.name, feature.title) == ("Анна Ким", "Выгрузка документов в 1С")
    assert quote.product_id == feature.product_id
    session.undo()
    assert rows.get(session.store, Feedback, quote.id).archived_at


def test_without_quotation_marks_what_names_nobody_is_the_quote(session: Session, romashka: Client) -> None:
    assert kept(session, "ромашка нужна тёмная тема !").quote == "нужна тёмная тема"
    quote = kept(session, "нужна тёмная тема #склад", romashka.id)
    assert (quote.client_id, quote.quote) == (romashka.id, "нужна тёмная тема")


def test_a_competitor_or_a_release_says_the_kind(session: Session, romashka: Client) -> None:
    rival = kept(session, "ромашка «дешевле на треть» %Альфа")
    assert rival.client_id == romashka.id
    assert (rival.feedback_kind, rival.competitor) == ("competitor", "Альфа")
    reaction = kept(session, "ромашка «наконец-то» v5.2")
    assert reaction.feedback_kind == "reaction"
    assert reaction.release_id is not None
    assert reaction.product_id is not None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("«нужно»", "Begin with the client"),
        ("лилия «нужно»", "No client is called “лилия”. Begin with the client"),
        ("ромашка", "Say what the client said"),
        ("ромашка «нужно» @Петров", "there are Анна Ким"),
        ("ромашка «нужно» #неттакого", "no kind of feedback and no product"),
        ("ромашка «нужно» v9.9", "There is no release"),
        ("ромашка «нужно» =7", "=7: 0 features are offered"),
        ("ромашка «нужно» !9", "not !9"),
        ("ромашка ооо очень «нужно» вчера", "is not understood"),
    ],
)
def test_what_is_in_the_way_is_one_sentence_and_nothing_is_kept(
    session: Session, romashka: Client, text: str, problem: str
) -> None:
    assert romashka
    with pytest.raises(StoreProblem, match=problem):
        kept(session, text)
    assert rows.fetch(session.store, Feedback, "") == []


def test_similar_features_are_offered_with_their_numbers(session: Session, romashka: Client) -> None:
    read = FeedbackIntake(session).understand("ромашка «выгружать документы в 1с»")
    assert ("=1", "Выгрузка документов в 1С (asked)") in lines_of(read)
    assert romashka.id == (read.client.id if read.client else None)
