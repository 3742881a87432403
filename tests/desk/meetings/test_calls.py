"""The outcome of a call: everything said in it is stored at once and taken back at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich_client import Clock, RichClient

from onewindow.desk.editing.changing import insert
from onewindow.desk.meetings import calls
from onewindow.desk.meetings.call_entry import CallEntry
from onewindow.desk.meetings.calls import heard_department, record_call
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.messages import Script, ScriptMark, ScriptMoment, ScriptStep
from onewindow.store import catalogue, rows, timeline
from onewindow.store.problems import StoreProblem
from onewindow.store.requests import threads


def scripts(session: Session) -> None:
    moments: tuple[tuple[ScriptMoment, tuple[str, str]], ...] = (
        ("call", ("Ask", "Agree")),
        ("difficult", ("Listen", "Calm")),
    )
    for moment, titles in moments:
        script = insert(session, Script(name=moment, moment=moment))
        for place, title in enumerate(titles, 1):
            insert(session, ScriptStep(script_id=script.id, position=place, title=title, is_required=1))


def test_one_change_stores_all_and_one_undo_takes_it_back(session: Session, rich_client: RichClient) -> None:
    client = rich_client.client
    opened = len(threads.open_of_client(session.store, client.id))

    called = record_call(
        session,
        client,
        {
            "need": "закрывать месяц быстрее",
            "fact": "новый бухгалтер",
            "mood": "angry",
            "request": "нет доступа !! до пт",
            "needs_lead": "yes",
            "feedback": "у Альфы дешевле",
            "feedback_kind": "competitor",
            "competitor": "Альфа",
            "opportunity": "5 лицензий",
            "amount": "120 000",
            "minutes": "7",
        },
    )

    assert called.request is not None
    made = called.request
    assert (made.title, made.priority, made.needs_lead) == ("нет доступа", "urgent", 1)
    assert called.feedback is not None
    assert (called.feedback.quote, called.feedback.feedback_kind) == ("у Альфы дешевле", "competitor")
    assert called.opportunity is not None
    assert (called.opportunity.title, called.opportunity.amount) == ("5 лицензий", 12_000_000)
    touch = called.touch
    assert (touch.need, touch.fact, touch.mood, touch.minutes) == (
        "закрывать месяц быстрее",
        "новый бухгалтер",
        "angry",
        7,
    )
    assert touch.request_id == called.request.id
    session.undo()
    assert len(threads.open_of_client(session.store, client.id)) == opened
    assert touch.id not in {logged.id for logged in timeline.touches(session.store, client.id)}


def test_a_debt_said_in_a_call_is_proposed_and_passed_on(session: Session, rich_client: RichClient) -> None:
    assert heard_department({"need": "спрашивает про задолженность"}) == "finance"
    assert heard_department({"fact": "есть лид, сосед"}) == "sales"

    called = record_call(session, rich_client.client, {"need": "акт сверки по долгу", "hand_off": "finance"})

    assert called.hand_off is not None
    assert called.hand_off.target == "finance"
    assert called.request is not None
    assert rows.get(session.store, type(called.request), called.request.id).status == "handed_off"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "need"),
        ({"mood": "angry"}, "need"),
        ({"need": "x", "needs_lead": "yes"}, "request"),
        ({"need": "x", "amount": "5"}, "opportunity"),
        ({"need": "x", "minutes": "soon"}, "minutes"),
        ({"request": "x @qqqq"}, "request"),
        ({"fact": "x", "hand_off": "sales"}, "request"),
        ({"need": "x", "contact_id": "nobody"}, "contact_id"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(
    session: Session, rich_client: RichClient, typed: dict[str, str], field: str
) -> None:
    before = len(timeline.touches(session.store, rich_client.client.id))

    with pytest.raises(FieldProblems) as refused:
        record_call(session, rich_client.client, typed)

    assert list(refused.value.errors) == [field]
    assert len(timeline.touches(session.store, rich_client.client.id)) == before


def test_a_script_is_followed_and_its_marks_kept_with_the_talk(
    session: Session, rich_client: RichClient
) -> None:
    scripts(session)
    entry = CallEntry(session, rich_client.client.id)

    assert entry.mark("done")
    with pytest.raises(StoreProblem, match="must not be skipped"):
        entry.mark("skipped")
    assert entry.mark("skipped", "he was in a hurry")
    assert not entry.mark("done")
    called = entry.save({"need": "x"})

    marks = catalogue.page(session.store, ScriptMark)
    assert [(mark.state, mark.note) for mark in marks] == [("done", ""), ("skipped", "he was in a hurry")]
    assert {mark.touch_id for mark in marks} == {called.touch.id}


def test_an_angry_caller_has_a_script_of_his_own(session: Session, rich_client: RichClient) -> None:
    scripts(session)
    entry = CallEntry(session, rich_client.client.id)
    entry.turn_difficult()

    assert [title for _, title, _ in entry.steps()] == ["Listen", "Calm"]


def test_the_words_of_a_script_name_the_person_on_the_telephone(
    session: Session, rich_client: RichClient
) -> None:
    script = insert(session, Script(name="звонок", moment="call"))
    insert(session, ScriptStep(script_id=script.id, position=1, title="Hello", prompt="{contact}, это {me}!"))
    entry = CallEntry(session, rich_client.client.id)
    main = entry.snapshot.main_contact
    assert main is not None
    other = next(contact for contact in entry.snapshot.contacts if contact.id != main.id)

    assert entry.steps() == [("", "Hello", f"{main.address_as or main.name}, это {session.me.name}!")]
    assert other.name in entry.steps({"contact_id": str(other.id)})[0][2]
    assert entry.steps({"contact_id": ""})[0][2].endswith(f"это {session.me.name}!")


def test_a_draft_goes_on_with_marks_and_minutes(
    session: Session, rich_client: RichClient, clock: Clock
) -> None:
    scripts(session)
    entry = CallEntry(session, rich_client.client.id)
    entry.mark("done", "asked")
    clock.now += timedelta(minutes=4)
    assert entry.keep({"need": "закрывать"})

    clock.now += timedelta(hours=3)
    again = CallEntry(session, rich_client.client.id)
    clock.now += timedelta(minutes=2)

    assert again.first["need"] == "закрывать"
    assert [state for state, _, _ in again.steps()] == ["done", ""]
    assert again.save({"need": "закрывать"}).touch.minutes == 6


def test_fields_of_an_outcome_are_described_by_the_records_they_fill() -> None:
    needs_lead, competitor = calls.described("needs_lead"), calls.described("competitor")
    assert needs_lead is not None
    assert competitor is not None
    assert (needs_lead.name, needs_lead.kind, competitor.name) == ("needs_lead", "flag", "competitor")
    assert calls.described("nothing of the kind") is None
