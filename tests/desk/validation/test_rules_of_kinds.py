"""What keeps a record of each kind from being saved, in its words, and what just fits: both sides."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from rich_client import RichClient

from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.desk.validation.record_rules import completed_when_typed
from onewindow.records.adoption import (
    Announcement,
    Licence,
    Plan,
    PlanPhase,
    PlanStep,
    Playbook,
    PlaybookStep,
    Product,
    ReadinessItem,
    Training,
    TrainingSession,
)
from onewindow.records.cadence import Holiday, Occasion, TouchCadence
from onewindow.records.clients import Client, Consent, Promise, PromiseEvent
from onewindow.records.feedback import Feedback, Opportunity, Survey, SurveyResponse
from onewindow.records.fields import Record
from onewindow.records.health import HealthWeights
from onewindow.records.meetings import Meeting
from onewindow.records.messages import ScriptStep, Template
from onewindow.records.organization import Segment, SlaPolicy, Staff, WorkingCalendar
from onewindow.records.requests import Document, HandOff, Request, Task
from onewindow.records.standards import Standard, StandardCheck
from onewindow.store import rows
from onewindow.store.problems import StoreProblem


@dataclass
class Made:
    """What the records of the table stand on."""

    session: Session
    rich: RichClient
    playbook: Playbook
    standard: Standard
    segment: Segment
    using: Segment
    survey: Survey

    @property
    def calendar(self) -> int:
        """The calendar of the office."""
        return rows.fetch(self.session.store, WorkingCalendar, "")[0].id

    @property
    def client(self) -> int:
        """Ромашка."""
        return self.rich.id

    def step(self, **values: object) -> PlaybookStep:
        """A new step of the playbook."""
        made = PlaybookStep(playbook_id=self.playbook.id, position=2, title="шаг")
        return made.with_changes(values)

    def stored(self, kind: type[Record], place: int = 0, **values: object) -> Record:
        """A record of the client as it would be changed."""
        return rows.get(self.session.store, kind, self.rich.made[kind.kind][place].id).with_changes(values)


@pytest.fixture
def made(session: Session, rich_client: RichClient) -> Made:
    playbook = changing.insert(session, Playbook(name="внедрение"))
    return Made(
        session,
        rich_client,
        playbook,
        changing.insert(session, Standard(title="приём", text="встаём")),
        changing.insert(session, Segment(name="Юг", filter="city:Казань")),
        changing.insert(session, Segment(name="Молчат", filter="used:<30d")),
        changing.insert(session, Survey(title="качество", questions="Как вам?", metric="csat", scale_max=5)),
    )


def judged(made: Made, record: Record) -> dict[str, str]:
    """What is said of a record that is stored, new or changed; what was stored is taken back."""
    try:
        if record.id:
            before = rows.get(made.session.store, type(record), record.id)
            names = {n: v for n, v in vars(record).items() if v != getattr(before, n)}
            changing.change(made.session, before, names)
        else:
            changing.insert(made.session, completed_when_typed(made.session, record))
    except FieldProblems as problems:
        return dict(problems.errors)
    except StoreProblem as problem:
        return {"": str(problem)}
    made.session.undo()
    return {}


NEGATIVE, NEVER = "this cannot be negative.", "this cannot be negative; 0 means never."
DAYS = "write 1 to 400 working days."
NPS = "NPS is asked from 0 to 10, higher is better"
CES = "CES is asked from 0 to 5 or from 1 to 7, lower is better"
OTHER = "; another scale is of the metric “other”."


def cadence(**values: object) -> Record:
    return TouchCadence(name="каждые", every_days=10, valid_from="2026-01-01").with_changes(values)


def occasion(**values: object) -> Record:
    return Occasion(name="повод", reason="start").with_changes(values)


def meeting(made: Made, **values: object) -> Record:
    at = "2026-11-24T09:00:00Z"
    return Meeting(client_id=made.client, title="встреча", starts_at=at).with_changes(values)


def survey(**values: object) -> Record:
    return Survey(title="опрос", questions="Посоветуете?").with_changes(values)


def policy(**values: object) -> Record:
    made = SlaPolicy(name="новая", tier="B", priority="low", valid_from="2026-11-23", resolution_min=60)
    return made.with_changes(values)


def cases(m: Made) -> dict[str, tuple[Record, dict[str, str]]]:
    """A record by what it is, and what is said of it by field; {} where it may be stored."""
    return {
        "a cadence of 1 day": (cadence(every_days=1), {}),
        "a cadence of 400 days": (cadence(every_days=400, alarm_days=0, review_days=0), {}),
        "a cadence of 0 days": (cadence(every_days=0), {"every_days": DAYS}),
        "a cadence of 401 days": (cadence(every_days=401), {"every_days": DAYS}),
        "an alarm in the past": (
            cadence(alarm_days=-1, review_days=-1),
            {"alarm_days": NEVER, "review_days": NEVER},
        ),
        "a cadence for a tier and a segment": (
            cadence(tier="A", segment_id=m.segment.id),
            {"tier": "a cadence is for a tier or for a segment, not for both."},
        ),
        "a cadence for a segment": (cadence(segment_id=m.segment.id), {}),
        "an occasion after 36 months and 366 days": (occasion(after_months=36, after_days=366), {}),
        "an occasion after 37 months and 367 days": (
            occasion(after_months=37, after_days=367),
            {"after_months": "three years (36) are the most.", "after_days": "a year (366) is the most."},
        ),
        "an occasion before it was": (
            occasion(after_months=-1, after_days=-1),
            {"after_months": NEGATIVE, "after_days": NEGATIVE},
        ),
        "a holiday 60 days ahead": (Holiday(name="день", day="8.3", days_before=60), {}),
        "a holiday 61 days ahead": (
            Holiday(name="день", day="8.3", days_before=61),
            {"days_before": "write 0 to 60 days."},
        ),
        "a meeting of a minute": (meeting(m, minutes=1), {}),
        "a meeting of a week": (meeting(m, minutes=10080), {}),
        "a meeting of no time": (
            meeting(m, minutes=0),
            {"minutes": "a meeting lasts from 1 minute to a week."},
        ),
        "a meeting of more than a week": (
            meeting(m, minutes=10081),
            {"minutes": "a meeting lasts from 1 minute to a week."},
        ),
        "a held meeting of which nothing came": (
            meeting(m, state="held"),
            {"result": "say what came of it."},
        ),
        "a meeting that moved": (
            meeting(m, state="postponed"),
            {"reason": "say why it was postponed."},
        ),
        "a meeting that was called off": (
            meeting(m, state="cancelled"),
            {"reason": "say why it was cancelled."},
        ),
        "a survey of five questions": (survey(questions="а?\nб?\nв?\nг?\nд?"), {}),
        "a survey of six questions": (
            survey(questions="а?\nб?\nв?\nг?\nд?\nе?"),
            {"questions": "6 questions are too many: people answer five at most."},
        ),
        "an NPS from 1": (survey(scale_min=1), {"scale_min": f"{NPS}{OTHER}"}),
        "an NPS up to 9": (survey(scale_max=9), {"scale_max": f"{NPS}{OTHER}"}),
        "an NPS where less is better": (
            survey(direction="lower_is_better"),
            {"direction": f"{NPS}."},
        ),
        "a CES from 1 to 7": (
            survey(metric="ces", scale_min=1, scale_max=7, direction="lower_is_better"),
            {},
        ),
        "a CES up to 10": (
            survey(metric="ces"),
            {"scale_max": f"{CES}{OTHER}"},
        ),
        "another scale of one mark": (
            survey(metric="other", scale_min=3, scale_max=3),
            {"scale_max": "the highest mark must be above the lowest."},
        ),
        "another scale of two marks": (survey(metric="other", scale_min=3, scale_max=4), {}),
        "an answered survey of another scale": (
            m.stored(Survey, questions="Иначе?", scale_max=9),
            {
                "questions": "1 answered it already, so its questions stays; a new version is a new survey.",
                "scale_max": "1 answered it already, so its highest mark stays; a new version is a"
                " new survey.",
            },
        ),
        "an answer on the highest mark": (
            SurveyResponse(client_id=m.client, survey_id=m.survey.id, score=5, at="2026-11-01T00:00:00Z"),
            {},
        ),
        "an answer above the highest mark": (
            SurveyResponse(client_id=m.client, survey_id=m.survey.id, score=6, at="2026-11-01T00:00:00Z"),
            {"score": "the scale of this survey is 0 to 5."},
        ),
        "a quote of importance 3": (
            Feedback(client_id=m.client, quote="х", said_on="2026-11-01", importance=3),
            {},
        ),
        "a quote of importance 4": (
            Feedback(client_id=m.client, quote="х", said_on="2026-11-01", importance=4),
            {"importance": "write 0 (idle wish) to 3 (cannot work without it)."},
        ),
        "a quote of importance −1": (
            Feedback(client_id=m.client, quote="х", said_on="2026-11-01", importance=-1),
            {"importance": "write 0 (idle wish) to 3 (cannot work without it)."},
        ),
        "a competitor without a name": (
            Feedback(client_id=m.client, quote="х", said_on="2026-11-01", feedback_kind="competitor"),
            {"competitor": "name the competitor they speak of."},
        ),
        "a client lost for nothing": (
            Client(name="Вектор", stage="lost"),
            {"loss_reason": "say why the client was lost."},
        ),
        "a client who refers to itself": (
            rows.get(m.session.store, Client, m.client).with_changes({"referrer_id": m.client}),
            {"referrer_id": "a client cannot refer to itself."},
        ),
        "a rival of oneself": (
            rows.get(m.session.store, Client, m.client).with_changes({"competitor_of_id": m.client}),
            {"referrer_id": "a client cannot refer to itself."},
        ),
        "a consent of nobody": (
            Consent(client_id=m.client, channel="email", decided_on="2026-11-01"),
            {
                "contact_id": "who agreed? Name the person.",
                "source": "where did they say so? Name the contract, letter or call with its day.",
            },
        ),
        "a refusal of nobody": (
            Consent(client_id=m.client, channel="email", decided_on="2026-11-01", state="refused"),
            {},
        ),
        "a spoken promise without a day": (
            Promise(client_id=m.client, text="подумать"),
            {"due_on": "when is it kept? A spoken promise needs a date; what holds always is a term."},
        ),
        "a spoken promise with the day in its words": (
            Promise(client_id=m.client, text="позвонить завтра"),
            {},
        ),
        "a promise for yesterday": (
            Promise(client_id=m.client, text="х", due_on="2026-11-22"),
            {
                "due_on": "22.11.2026 is over, and what is due lies ahead; one that was kept or broken is"
                " entered with that status."
            },
        ),
        "a promise for today": (Promise(client_id=m.client, text="х", due_on="2026-11-23"), {}),
        "a task for yesterday": (
            Task(client_id=m.client, title="х", due_on="2026-11-22"),
            {
                "due_on": "22.11.2026 is over, and what is due lies ahead; what is done already is"
                " entered as done."
            },
        ),
        "a term that is worded anew": (
            m.stored(Promise, 1, text="отгрузка до 11:00", valid_till="2027-01-01"),
            {
                "evidence": "a special term was changed (what was promised, valid till): say where"
                " that was agreed,"
                " other than before."
            },
        ),
        "a term that is worded anew by a letter": (
            m.stored(Promise, 1, text="отгрузка до 11:00", evidence="письмо 20.11"),
            {},
        ),
        "a promise kept tomorrow": (
            PromiseEvent(
                client_id=m.client,
                promise_id=m.rich.made["promise"][1].id,
                outcome="kept",
                happened_on="2026-11-24",
            ),
            {"happened_on": "24.11.2026 has not come yet."},
        ),
        "a licence of less than nothing": (
            Licence(client_id=m.client, product_id=m.rich.product.id, bought=-1, active=-2),
            {"bought": NEGATIVE, "active": NEGATIVE},
        ),
        "a licence that ends before it begins": (
            Licence(
                client_id=m.client, product_id=m.rich.product.id, starts_on="2026-02-01", ends_on="2026-01-31"
            ),
            {"ends_on": "it ends on 31.01.2026, before it begins on 01.02.2026."},
        ),
        "a licence of one day": (
            Licence(
                client_id=m.client, product_id=m.rich.product.id, starts_on="2026-02-01", ends_on="2026-02-01"
            ),
            {},
        ),
        "a lesson planned for yesterday": (
            Training(client_id=m.client, title="х", planned_on="2026-11-22"),
            {"planned_on": "what is planned lies ahead; write a day that is over into “held on”."},
        ),
        "a lesson planned for today": (
            Training(client_id=m.client, title="х", planned_on="2026-11-23"),
            {},
        ),
        "a declined request without its reason": (
            Request(client_id=m.client, title="х", status="declined"),
            {"result": "a declined request needs a reason that the client sees."},
        ),
        "a request opened in two minutes": (
            Request(client_id=m.client, title="х", opened_at="2026-11-23T11:34:00Z"),
            {"opened_at": "this is still to come; a request was opened when the client asked."},
        ),
        "a complaint resolved without its cause": (
            m.stored(Request, 0, request_kind="complaint", status="resolved"),
            {"cause": "a complaint is resolved only with its cause: write what it came from."},
        ),
        "a part of itself": (
            m.stored(Request, 0, parent_id=m.rich.made["request"][0].id),
            {"parent_id": "a request cannot be part of itself."},
        ),
        "a hand-off of 0 minutes of a closed request": (
            HandOff(
                client_id=m.client,
                request_id=m.rich.made["request"][3].id,
                what="х",
                department="склад",
                target_min=0,
            ),
            {
                "target_min": "give the department more than 0 open minutes.",
                "request_id": "R-4 is resolved; open it again first.",
            },
        ),
        "a contract with a minus": (
            Document(client_id=m.client, title="х", amount=-1),
            {"amount": "the amount of this contract has no minus; a credit note is an invoice with one."},
        ),
        "a phase of less than nothing": (
            PlanPhase(plan_id=m.rich.made["plan"][0].id, title="х", agreed_volume=-1, delivered_volume=-1),
            {"agreed_volume": NEGATIVE, "delivered_volume": NEGATIVE},
        ),
        "a step that moves for nothing": (
            m.stored(PlanStep, 6, due_on="2026-12-01"),
            {"reason": "say why the date moves."},
        ),
        "a step skipped for nothing": (
            m.stored(PlanStep, 6, status="skipped"),
            {"reason": "say why the step is skipped."},
        ),
        "a control point skipped by who leads nobody": (
            m.stored(PlanStep, 7, status="skipped", reason="так"),
            {"status": "a control point is skipped by a lead only."},
        ),
        "a plan stopped for nothing": (
            m.stored(Plan, status="stopped"),
            {"reason": "say why the plan is stopped."},
        ),
        "a plan ended with open steps": (
            m.stored(Plan, status="done"),
            {"status": "the step “7. обучение склада” and 1 more is open: do or skip it first."},
        ),
        "a step of a playbook before its start": (
            m.step(due_after_days=-1, volume=-1),
            {"due_after_days": "working days count from 0.", "volume": NEGATIVE},
        ),
        "a step of a playbook that ends in a volume": (
            m.step(result_kind="volume"),
            {"phase": "a step that ends in a volume needs the name of its phase."},
        ),
        "a step of a playbook that waits for another's": (
            m.step(depends_on_id=m.rich.made["plan"][0].id),
            {"depends_on_id": "a step waits for one of the same playbook."},
        ),
        "a standard without words": (
            Standard(title="х"),
            {"text": "write what holds, or where the file is."},
        ),
        "a standard looked at within six months": (
            Standard(title="х", location="диск", review_on="2027-05-24"),
            {},
        ),
        "a standard looked at after six months": (
            Standard(title="х", location="диск", review_on="2027-05-25"),
            {"review_on": "a standard is looked at within six months: 2027-05-24 at the latest."},
        ),
        "a standard that goes on unchecked": (
            m.standard.with_changes({"cycle": "check"}),
            {"cycle": "“write” is not closed by a check yet: check the standard first."},
        ),
        "a check of tomorrow": (
            StandardCheck(standard_id=m.standard.id, outcome="passed", checked_on="2026-11-24", note="х"),
            {"checked_on": "24.11.2026 has not come yet."},
        ),
        "a segment of a taken name": (
            Segment(name="юг", filter="tier:A"),
            {"name": "there is a segment “Юг” already; name this one differently."},
        ),
        "a session for less than nobody": (
            TrainingSession(title="х", starts_at="2026-12-01T09:00:00Z", capacity=-1),
            {"capacity": NEGATIVE},
        ),
        "an announcement to nobody known": (
            Announcement(title="х", audience="segment:Север"),
            {"audience": "segment:Север names nothing: there is no segment “Север”."},
        ),
        "weights below 0": (
            HealthWeights(name="х", adoption=-1),
            {"adoption": "a weight cannot be negative."},
        ),
        "weights of nothing": (
            HealthWeights(
                name="х", adoption=0, support=0, sentiment=0, relationship=0, promises=0, onboarding=0
            ),
            {"adoption": "at least one weight must be above 0."},
        ),
        "a policy without targets": (
            policy(resolution_min=None),
            {
                "resolution_min": "give at least one target: the first answer, the next answer or"
                " the solution."
            },
        ),
        "a policy of a target of 0 minutes": (
            policy(resolution_min=0),
            {
                "resolution_min": "0 minutes is no target, everything would be late at once;"
                " write none for no target."
            },
        ),
        "a solution before the first answer": (
            policy(first_response_min=61),
            {
                "resolution_min": "the solution is due after 1h, before the first answer (1h1m);"
                " give it as long or longer."
            },
        ),
        "a solution with the first answer": (policy(calendar_id=m.calendar, first_response_min=60), {}),
        "a calendar that says nothing": (
            WorkingCalendar(name="х", hours="круглые сутки"),
            {"hours": 'write it as {"zone": "Europe/Moscow", "weekly": {"mon": ["09:00-18:00"]}}.'},
        ),
        "a template with a place that nothing fills": (
            Template(name="х", text="{кто}", subject="{contact}"),
            {"text": "nothing can fill {кто}; there are"},
        ),
        "a step of a script with a place that nothing fills": (
            ScriptStep(title="х", prompt="{что}"),
            {"prompt": "nothing can fill {что}; there are"},
        ),
        "a colleague of a taken login": (
            Staff(login="Petrov", name="Другой Петров"),
            {"login": "Петров Олег has this login already."},
        ),
        "a colleague who lives nowhere": (
            Staff(login="orlov", name="Орлов", email="орлов", time_zone="Europe/Nowhere"),
            {"email": "this is no mail address: ", "time_zone": "“Europe/Nowhere”"},
        ),
        "nothing named": (Product(name=" "), {"name": "name is needed."}),
        "an opportunity for nothing": (
            Opportunity(client_id=m.client, title=" "),
            {"title": "what to offer is needed."},
        ),
        "what is ready before it is asked": (
            ReadinessItem(plan_step_id=m.rich.made["plan_step"][6].id, what="х", state="ready"),
            {},
        ),
    }


def test_each_rule_refuses_what_it_must_and_lets_the_rest_be(made: Made) -> None:
    wrong: dict[str, object] = {}
    for name, (record, expected) in cases(made).items():
        errors = judged(made, record)
        fits = errors.keys() == expected.keys() and all(
            errors[field].startswith(sentence) for field, sentence in expected.items()
        )
        if not fits:
            wrong[name] = errors
    assert wrong == {}
