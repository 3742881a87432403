"""Whom a survey is sent to: consent, an address, and nobody more often than every 90 or 14 days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich_client import Clock, RichClient

from onewindow.desk.editing import changing
from onewindow.desk.invitations.invitation_text import message_for
from onewindow.desk.invitations.inviting import invite, invitees
from onewindow.desk.outbox import drafting
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client, Consent, Contact
from onewindow.records.feedback import Survey
from onewindow.records.messages import Message
from onewindow.store import rows, surveys
from onewindow.store.problems import StoreProblem


def _survey(session: Session, title: str, **typed: str) -> Survey:
    made = changing.add(session, "survey", {"title": title, "questions": "Порекомендуете?", **typed})
    assert isinstance(made, Survey)
    return made


@pytest.fixture
def person(session: Session) -> Contact:
    client = changing.insert(session, Client(name="Альфа"))
    contact = changing.insert(
        session, Contact(client_id=client.id, name="Иво Петров", email="ivo@alfa.example", language="bg")
    )
    _consent(session, contact, "given")
    return contact


def _consent(session: Session, contact: Contact, state: str) -> None:
    typed = {"contact_id": str(contact.id), "purpose": "survey", "channel": "email", "state": state}
    changing.add(session, "consent", {**typed, "source": "писмо"}, contact.client_id)


def _why(session: Session, survey: Survey, person: Contact) -> str:
    (found,) = invitees(session, survey, [person.client_id])
    return found.why


@pytest.mark.parametrize(("metric", "days"), [("nps", 90), ("csat", 14)], ids=["relationship", "event"])
def test_a_person_is_asked_once_in_so_many_days(
    session: Session, person: Contact, clock: Clock, metric: str, days: int
) -> None:
    first, second = _survey(session, "первый", metric=metric), _survey(session, "второй", metric=metric)
    other = _survey(session, "другого рода", metric="csat" if metric == "nps" else "nps")
    assert invite(session, first, [person.client_id]).messages == 1
    clock.now += timedelta(days=days, seconds=-1)
    assert f"within {days} days" in _why(session, second, person)
    assert _why(session, first, person).startswith("was invited to this survey already")
    assert _why(session, other, person) == ""
    clock.now += timedelta(seconds=1)
    assert _why(session, second, person) == ""
    assert _why(session, first, person) == ""


def test_answering_counts_as_being_asked(session: Session, person: Contact) -> None:
    first, second = _survey(session, "первый"), _survey(session, "второй")
    typed = {"survey_id": str(first.id), "score": "9", "contact_id": str(person.id)}
    changing.add(session, "survey_response", typed, person.client_id)
    assert _why(session, first, person).startswith("answered this survey already")
    assert "within 90 days" in _why(session, second, person)


def test_a_cancelled_invitation_does_not_count(session: Session, person: Contact) -> None:
    first, second = _survey(session, "первый"), _survey(session, "второй")
    invite(session, first, [person.client_id])
    (message,) = rows.fetch(session.store, Message, "")
    drafting.cancel(session, message)
    assert _why(session, second, person) == ""


def test_one_undo_takes_invitation_and_message_back(session: Session, person: Contact) -> None:
    survey = _survey(session, "первый")
    invite(session, survey, [person.client_id])
    session.undo()
    assert surveys.invitation_lines(session.store, survey.id) == []
    assert _why(session, survey, person) == ""


def test_who_is_left_out_is_told_with_the_reason(
    session: Session, person: Contact, rich_client: RichClient
) -> None:
    survey = _survey(session, "первый")
    nobody = changing.insert(session, Client(name="Пустой"))
    _consent(session, person, "refused")
    found = {one.client.name: one.why for one in invitees(session, survey, [person.client_id, nobody.id])}
    assert found["Пустой"] == "has nobody on the card to ask"
    assert found["Альфа"].startswith("has refused surveys by email")
    changing.change(session, person, {"email": ""})
    assert _why(session, survey, person) == "has no address for email"
    assert rich_client.id not in found


def test_consent_is_looked_at_for_surveys_alone(session: Session, person: Contact) -> None:
    (before,) = rows.fetch(session.store, Consent, "")
    changing.archive(session, before)
    typed = {"contact_id": str(person.id), "purpose": "newsletter", "channel": "email", "state": "given"}
    changing.add(session, "consent", {**typed, "source": "писмо"}, person.client_id)
    assert _why(session, _survey(session, "a"), person) == "gave no consent to surveys by email"


def test_a_survey_by_telephone_is_sent_to_nobody(session: Session, person: Contact) -> None:
    with pytest.raises(StoreProblem, match="is asked by phone; `survey ask` takes the answers"):
        list(invitees(session, _survey(session, "a", channel="phone"), [person.client_id]))


def test_the_invitation_speaks_the_language_of_the_person(session: Session, person: Contact) -> None:
    survey = _survey(session, "a", incentive="чаша")
    client = rows.get(session.store, Client, person.client_id)
    text = message_for(session, survey, client, person, 77).text
    assert text.startswith("Иво Петров, моля, отговорете на един въпрос")
    assert "За вашия отговор: чаша" in text
    assert f"#survey {survey.id}\n#code 77" in text
    assert text.endswith("какво друго искате да ни кажете\n*: ")


def test_a_template_for_surveys_in_that_language_is_taken(session: Session, person: Contact) -> None:
    typed = {
        "name": "анкета",
        "purpose": "survey",
        "language": "bg",
        "subject": "За нас",
        "text": "{contact}, здравейте.",
    }
    changing.add(session, "template", typed)
    client = rows.get(session.store, Client, person.client_id)
    message = message_for(session, _survey(session, "a"), client, person)
    assert (message.subject, message.text.splitlines()[0]) == ("За нас", "Иво Петров, здравейте.")
