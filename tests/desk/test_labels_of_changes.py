"""What the history says was done: the label of a change, by which `u` and the timeline name it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from rich_client import RichClient

from onewindow.desk.cadence import outreach
from onewindow.desk.clients import promise_keeping
from onewindow.desk.editing import changing
from onewindow.desk.plans import standards
from onewindow.desk.queue import snoozing
from onewindow.desk.requests import complaints, handing_off, replies
from onewindow.desk.session.context import Session
from onewindow.desk.surveys import detractors
from onewindow.records.cadence import TouchCadence
from onewindow.records.clients import Client, Promise
from onewindow.records.feedback import SurveyResponse
from onewindow.records.requests import HandOff, Request, Task
from onewindow.records.standards import Standard
from onewindow.store import rows


@dataclass
class Desk:
    """A session, what it works on, and what each change is called."""

    session: Session
    rich: RichClient

    @property
    def request(self) -> Request:
        """The late request of Ромашка, as it stands."""
        return rows.get(self.session.store, Request, self.rich.made["request"][0].id)

    @property
    def promise(self) -> Promise:
        """The open promise, as it stands."""
        return rows.get(self.session.store, Promise, self.rich.made["promise"][0].id)

    @property
    def client(self) -> Client:
        """Ромашка, as it stands."""
        return rows.get(self.session.store, Client, self.rich.id)

    @property
    def label(self) -> str:
        """What the last change is called, with the number of the request as N."""
        label = str(self.session.store.scalar("SELECT label FROM change_set ORDER BY id DESC LIMIT 1"))
        return label.replace(f"R-{self.request.number}", "R-N")


@pytest.fixture
def desk(session: Session, rich_client: RichClient) -> Desk:
    """Work on Ромашка, to which a colleague's cadence and a mark of 3 were added."""
    changing.insert(
        session,
        TouchCadence(name="раз в день", tier="A", every_days=1, touch_kind="call", valid_from="2026-01-01"),
    )
    survey = rich_client.made["survey"][0]
    rich_client.add(
        SurveyResponse(
            survey_id=survey.id, contact_id=rich_client.main.id, score=3, at="2026-11-12T08:00:00Z"
        )
    )
    return Desk(session, rich_client)


def _handed_off(desk: Desk) -> HandOff:
    part = HandOff(request_id=desk.request.id, target="internal", department="склад", what="найти акт")
    return handing_off.hand_off(desk.session, part)


def _closed(desk: Desk) -> Request:
    return replies.resolve_with(desk.session, desk.request, "сделано")


ACTS: dict[str, Callable[[Desk], object]] = {
    "new task: позвонить": lambda d: d.rich.add(Task(title="позвонить")),
    "C-1 Ромашка ООО: tier, city": lambda d: changing.change(
        d.session, d.client, {"city": "Уфа", "tier": "B"}
    ),
    "archived client: C-1 Ромашка ООО": lambda d: changing.archive(d.session, d.client),
    "restored client: C-1 Ромашка ООО": lambda d: changing.restore(
        d.session, changing.archive(d.session, d.client)
    ),
    "erased private facts of Анна Ким": lambda d: changing.erase_private(d.session, d.rich.main),
    "touch done: Ромашка ООО": lambda d: outreach.done(d.session, d.client, "поговорили"),
    "touch skipped: Ромашка ООО": lambda d: outreach.skip(d.session, d.client, "в отпуске"),
    "touch put off: Ромашка ООО": lambda d: outreach.put_off(d.session, d.client, "+1w", "в отпуске"),
    "put off: отчёт по внедрению": lambda d: snoozing.put_off(d.session, d.promise, "завтра 10:00", "ждём"),
    "no longer put off: ждём": lambda d: snoozing.bring_back(
        d.session, snoozing.put_off(d.session, d.promise, "завтра 10:00", "ждём")
    ),
    "kept: отчёт по внедрению": lambda d: promise_keeping.mark(d.session, d.promise, "kept"),
    "broken: отчёт по внедрению": lambda d: promise_keeping.mark(d.session, d.promise, "broken"),
    "answered a mark of 3: Ромашка ООО": lambda d: detractors.answer(
        d.session,
        rows.get(d.session.store, SurveyResponse, d.rich.made["survey_response"][-1].id),
        "извинились",
    ),
    "took R-N отчёт не открывается": lambda d: replies.take_over(d.session, d.request),
    "R-N отчёт не открывается to Петров Олег": lambda d: replies.assign_to(
        d.session, d.request, d.rich.petrov.id
    ),
    "a lead is asked: R-N отчёт не открывается": lambda d: replies.ask_lead(d.session, d.request, "скидка"),
    "a lead looked: R-N отчёт не открывается": lambda d: replies.lead_looked(
        d.session, replies.ask_lead(d.session, d.request, "скидка")
    ),
    "note on R-N отчёт не открывается": lambda d: replies.note_down(d.session, d.request, "смотрю"),
    "the client wrote: R-N отчёт не открывается": lambda d: replies.client_wrote(
        d.session, d.request, "ну что?"
    ),
    "thanks for R-N отчёт не открывается": lambda d: replies.client_wrote(d.session, _closed(d), "спасибо"),
    "no answer needed: R-N отчёт не открывается": lambda d: replies.no_answer_needed(d.session, d.request),
    "waiting for the client: R-N отчёт не открывается": lambda d: replies.wait_for_client(
        d.session, d.request, "скан"
    ),
    "date for R-N отчёт не открывается": lambda d: replies.promise_for(
        d.session, d.request, "2026-11-27T15:00:00Z"
    ),
    "new date for R-N отчёт не открывается": lambda d: replies.promise_for(
        d.session,
        replies.promise_for(d.session, d.request, "2026-11-27T15:00:00Z"),
        "2026-11-28T15:00:00Z",
        "склад",
    ),
    "resolved R-N отчёт не открывается": _closed,
    "declined R-N отчёт не открывается": lambda d: replies.decline_with(d.session, d.request, "не наше"),
    "opened again: R-N отчёт не открывается": lambda d: replies.open_again(d.session, _closed(d), "опять"),
    "R-N отчёт не открывается to склад": _handed_off,
    "склад: accepted “найти акт”": lambda d: handing_off.move_on(d.session, _handed_off(d), "accepted"),
    "the client was told of склад": lambda d: handing_off.tell_client(d.session, _handed_off(d), "ищем"),
    "corrective action for R-N отчёт не открывается": lambda d: complaints.correct(
        d.session, d.request, "проверка", "2026-12-01"
    ),
    "standard checked, write passed: приём": lambda d: standards.check(
        d.session, changing.insert(d.session, Standard(title="приём", text="встаём")), "passed", "стоит"
    ),
}
"""What each act is called, as far as the words are its own."""


@pytest.mark.parametrize("label", ACTS)
def test_a_change_is_called_by_what_was_done(label: str, desk: Desk) -> None:
    ACTS[label](desk)
    assert desk.label.startswith(label)


def test_who_hands_a_client_on_reads_how_many_steps_go_along(
    session: Session, rich_client: RichClient
) -> None:
    plan = rich_client.made["plan"][0]
    for step in rich_client.made["plan_step"]:
        changing.change(session, step, {"assignee_id": session.me.id})
    assert plan.id
    client = rows.get(session.store, Client, rich_client.id)
    changing.change(session, client, {"owner_id": rich_client.petrov.id})

    assert Desk(session, rich_client).label == "C-1 Ромашка ООО: owner; 2 steps of plans go along"
