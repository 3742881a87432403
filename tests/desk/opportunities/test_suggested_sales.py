"""What is suggested to clients of a real file, what holds it back, and what people decide of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from growing_client import GrowingClient, day, growing_client, healthy, seats
from rich_client import Clock

from onewindow.desk.editing import changing
from onewindow.desk.opportunities import deciding, suggesting, track_record
from onewindow.desk.opportunities.suggesting import Suggested
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.adoption import Attendance, Feature, Plan, Release, TrainingSession
from onewindow.records.clients import Consent, Promise
from onewindow.records.feedback import Feedback, Opportunity, Revenue, Survey, SurveyResponse
from onewindow.records.organization import Segment
from onewindow.records.requests import Document, Request, Touch
from onewindow.store import rows
from onewindow.store.opportunities import outcomes
from onewindow.store.problems import NotFound, StoreProblem


@pytest.fixture
def grown(session: Session) -> GrowingClient:
    return growing_client(session)


def told(session: Session, client_id: int) -> dict[str, str]:
    """The rules that suggest something, each with what holds it back."""
    return {
        one.suggestion.trigger: ", ".join(reason.name for reason in one.reasons)
        for one in suggesting.for_client(session, client_id)
    }


def only(session: Session, client_id: int) -> Suggested:
    (one,) = suggesting.for_client(session, client_id)
    return one


def test_busy_seats_are_suggested_with_evidence_amount_and_window(
    session: Session, grown: GrowingClient
) -> None:
    one = only(session, grown.client.id)
    made = one.suggestion
    assert (made.trigger, made.kind, made.product_id) == ("seats_busy", "licences", grown.store.id)
    assert (made.amount, made.currency, made.window_till) == (240_000, "RUB", day(session, -30))
    assert made.evidence == "9 of 10 paid seats of Склад are in use, 80 % or more for 14 days"
    assert one.reasons == ()


def test_each_rule_hears_of_its_records(session: Session, grown: GrowingClient) -> None:
    client, portal = grown.client.id, grown.portal.id

    def put(record: object) -> None:
        changing.insert(session, record)  # pyright: ignore[reportArgumentType]

    assert set(told(session, client)) == {"seats_busy"}
    put(Feedback(client_id=client, quote="портал бы нам", said_on=day(session, 5), product_id=portal))
    assert "asked_module" in told(session, client)
    release = changing.insert(
        session, Release(product_id=portal, version_name="2", released_on=day(session, 3))
    )
    feature = changing.insert(
        session, Feature(title="выгрузка", product_id=portal, status="released", release_id=release.id)
    )
    put(Feedback(client_id=client, quote="выгрузку", said_on=day(session, 9), feature_id=feature.id))
    put(
        Document(
            client_id=client,
            document_kind="contract",
            number="40/26",
            title="договор",
            state="signed",
            expires_on=day(session, -60),
            amount=900_000,
        )
    )
    for ago in (300, 200, 126):
        put(Revenue(client_id=client, on_date=day(session, ago), amount=5_000, revenue_kind="goods"))
    lesson = changing.insert(
        session,
        TrainingSession(
            title="приёмка", starts_at=session.now_text(), product_id=grown.store.id, state="held"
        ),
    )
    put(Attendance(client_id=client, session_id=lesson.id, state="attended"))
    last_week = TrainingSession(
        title="адреса", starts_at=f"{day(session, 8)}T08:00:00Z", product_id=grown.store.id, state="held"
    )
    put(Attendance(client_id=client, session_id=changing.insert(session, last_week).id, state="attended"))
    nps = changing.insert(session, Survey(title="NPS", metric="nps", questions="Порекомендуете?"))
    put(SurveyResponse(client_id=client, survey_id=nps.id, score=10, at=f"{day(session, 2)}T08:00:00Z"))
    for title in ("добавить пользователя Петрова", "нужен ещё один логин на склад"):
        put(Request(client_id=client, title=title, request_kind="access"))
    assert told(session, client) == {
        "seats_busy": "",
        "more_users": "",
        "asked_module": "",
        "wish_released": "",
        "renewal": "",
        "promoter": "",
        "trained": "",
        "reorder": "",
    }


def test_a_need_heard_in_a_talk_is_an_ask(session: Session, grown: GrowingClient) -> None:
    heard = Touch(
        client_id=grown.client.id,
        text="звонок",
        at=f"{day(session, 4)}T08:00:00Z",
        need="хотят портал для заказов",
        fact="открывают филиал",
        mood="glad",
    )
    changing.insert(session, heard)
    made = next(
        one.suggestion
        for one in suggesting.for_client(session, grown.client.id)
        if one.suggestion.trigger == "asked_module"
    )
    assert made.product_id == grown.portal.id
    assert made.evidence.startswith("a need heard in a talk of 19.11.2026: “хотят портал для заказов”")


def test_others_of_the_segment_own_it(session: Session, grown: GrowingClient) -> None:
    for number in range(5):
        other = healthy(session, f"Сосед {number}")
        if number < 3:
            seats(session, other, grown.portal, (1, 1))
    changing.insert(session, Segment(name="все", filter="tier:C"))
    made = next(
        one.suggestion
        for one in suggesting.for_client(session, grown.client.id)
        if one.suggestion.trigger == "peers_own"
    )
    assert made.evidence == "3 of 5 others in “все” own it (60 %)"
    assert {one.suggestion.trigger for one in suggesting.for_everybody(session)} == {
        "seats_busy",
        "peers_own",
    }


def test_what_holds_an_offer_back(session: Session, grown: GrowingClient, clock: Clock) -> None:
    client = grown.client.id
    changing.insert(
        session,
        Consent(
            client_id=client,
            purpose="marketing",
            channel="email",
            state="withdrawn",
            decided_on=day(session, 1),
            source="письмо",
        ),
    )
    assert told(session, client)["seats_busy"] == "no_consent"
    promise = changing.insert(session, Promise(client_id=client, text="перезвонить", promise_kind="spoken"))
    changing.change(session, promise, {"status": "broken"})
    changing.insert(
        session, Plan(client_id=client, title="внедрение", started_on=day(session, 9), owner_id=session.me.id)
    )
    changing.insert(session, Request(client_id=client, title="не печатает", priority="urgent"))
    clock.now += timedelta(days=3)
    reasons = told(session, client)["seats_busy"].split(", ")
    assert reasons == ["breach", "broken_promise", "health", "onboarding", "no_consent"]


def test_a_client_of_whom_little_is_known_is_offered_nothing(session: Session, grown: GrowingClient) -> None:
    quiet = changing.insert(session, grown.client.with_changes({"id": 0, "name": "Тихий", "number": 0}))
    seats(session, quiet, grown.store)
    assert told(session, quiet.id)["seats_busy"] == "health, no_consent"


def test_accepting_puts_it_on_file_and_undo_brings_the_suggestion_back(
    session: Session, grown: GrowingClient
) -> None:
    made = deciding.decide(session, only(session, grown.client.id), "accepted")
    stored = rows.get(session.store, Opportunity, made.id)
    assert (stored.state, stored.trigger, stored.assignee_id) == ("accepted", "seats_busy", session.me.id)
    assert (stored.amount, stored.window_till) == (240_000, day(session, -30))
    assert told(session, grown.client.id) == {"seats_busy": "under_way"}
    assert "accepted" in session.undo()
    assert told(session, grown.client.id) == {"seats_busy": ""}


def test_two_windows_that_show_one_suggestion_take_it_once(session: Session, grown: GrowingClient) -> None:
    shown = only(session, grown.client.id)
    deciding.decide(session, shown, "accepted")
    for state in ("accepted", "offered", "dismissed"):
        with pytest.raises(StoreProblem, match="it is accepted already"):
            deciding.decide(session, shown, state, "нет бюджета")
    session.undo()
    assert deciding.decide(session, shown, "offered").state == "offered"


def test_declining_needs_a_reason_and_rests_for_ninety_days(session: Session, grown: GrowingClient) -> None:
    with pytest.raises(FieldProblems, match="say why it is dismissed"):
        deciding.decide(session, only(session, grown.client.id), "dismissed", "  ")
    deciding.decide(session, only(session, grown.client.id), "dismissed", "нет бюджета")
    (reason,) = only(session, grown.client.id).reasons
    assert reason.text == "dismissed on 23.11.2026: нет бюджета; again from 21.02.2027"
    with pytest.raises(StoreProblem, match="it is not offered now: dismissed on"):
        deciding.decide(session, only(session, grown.client.id), "offered")


def test_a_key_names_a_suggestion(session: Session, grown: GrowingClient) -> None:
    one = only(session, grown.client.id)
    assert (
        deciding.key_of(session, one)
        == f"C-{grown.client.number}/seats_busy/{grown.store.slug or grown.store.id}"
    )
    assert deciding.by_key(session, "romashka/seats_busy").suggestion == one.suggestion
    assert deciding.is_key("C-1/seats_busy")
    assert not deciding.is_key("5 licences / год")
    with pytest.raises(NotFound, match="No rule suggests “romashka/renewal” now"):
        deciding.by_key(session, "romashka/renewal")


def test_what_was_shown_is_noted_once_and_counts(session: Session, grown: GrowingClient) -> None:
    shown = suggesting.for_client(session, grown.client.id)
    assert deciding.note_shown(session, shown) == 1
    assert deciding.note_shown(session, shown) == 0
    assert outcomes.trigger_counts(session.store)["seats_busy"].seen == 1
    one = only(session, grown.client.id)
    assert (one.ranked.record.shown, one.ranked.record.won) == (1, 0)
    assert "shown" not in session.undo(), "what the program notes is nobody's change"


def test_a_decision_about_what_was_shown_counts_once(session: Session, grown: GrowingClient) -> None:
    one = only(session, grown.client.id)
    deciding.note_shown(session, [one])
    deciding.decide(session, one, "accepted")
    counts = outcomes.trigger_counts(session.store)["seats_busy"]
    assert (counts.noted, counts.seen, counts.open) == (1, 0, 1)


def test_a_rule_is_retired_and_brought_back(session: Session, grown: GrowingClient) -> None:
    for number in range(73):
        changing.insert(
            session,
            Opportunity(
                client_id=grown.client.id,
                title=f"n{number}",
                trigger="peers_own",
                state="dismissed",
                reason="x",
            ),
        )
    record = next(one for one in track_record.trigger_records(session) if one.trigger == "peers_own")
    assert record.is_to_retire
    assert track_record.numbers(record.rate) == "0 of 73 suggestions won, 0.0 % (0.0–5.0 %)"
    with pytest.raises(NotFound, match="There is no rule “peers”"):
        track_record.retire(session, "peers")
    track_record.retire(session, "seats_busy")
    assert told(session, grown.client.id) == {}
    with pytest.raises(StoreProblem, match="retired already"):
        track_record.retire(session, "seats_busy")
    session.undo()
    assert told(session, grown.client.id) == {"seats_busy": ""}
    track_record.retire(session, "seats_busy", "слишком часто")
    track_record.bring_back(session, "seats_busy")
    assert told(session, grown.client.id) == {"seats_busy": ""}


def test_one_client_is_told_what_everybody_is_told(session: Session, grown: GrowingClient) -> None:
    petrov = next(one for one in session.directory.staff.values() if one.login == "petrov")
    other = healthy(session, "Мята", petrov.id)
    seats(session, other, grown.store)
    everything = suggesting.for_everybody(session)
    assert {one.client.id for one in everything} == {grown.client.id, other.id}
    mine = suggesting.for_everybody(session, session.me.id)
    assert [one.suggestion for one in mine] == [
        one.suggestion for one in suggesting.for_client(session, grown.client.id)
    ]
