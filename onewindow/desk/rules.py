"""What must hold for a record beyond its fields' own shapes, and what the program fills in itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache, singledispatch
from importlib import import_module
from typing import Protocol, cast

from onewindow.desk import segment_rules
from onewindow.desk.field_problems import FieldProblems
from onewindow.desk.health_weights import SIGNALS, read_weights
from onewindow.desk.policy_book import TARGETS, has_targets, whom
from onewindow.desk.session import Session
from onewindow.desk.sign_rules import sign_problems
from onewindow.records.adoption import Announcement, Delivery, Licence, Training, TrainingSession
from onewindow.records.answering import Message, ScriptStep, Template
from onewindow.records.clients import Client, Contact, Requisites
from onewindow.records.department import Segment, SlaPolicy, Staff, WorkingCalendar
from onewindow.records.fields import Attribute, Record, attributes, columns
from onewindow.records.health import HealthWeights
from onewindow.records.meetings import Meeting
from onewindow.records.touching import Holiday, Occasion, TouchCadence
from onewindow.records.values import value_class
from onewindow.records.voice import Feedback, Opportunity
from onewindow.records.work import CLOSED_STATUSES, OPEN_HAND_OFFS, Document, HandOff, Request, Task
from onewindow.store import clients, department, hand_offs, requests, rows
from onewindow.store.engine import Store, Value
from onewindow.text.clean import says_nothing
from onewindow.text.fold import sort_key
from onewindow.text.plural import counted

_PLANS = ("playbook_step", "plan", "plan_phase", "plan_step", "executor")
_MODULES = {
    **dict.fromkeys(("handover", "handover_item", "observation"), "handover_rules"),
    **dict.fromkeys(_PLANS, "plan_rules"),
    **dict.fromkeys(("standard", "standard_check"), "standard_rules"),
    **dict.fromkeys(("survey", "survey_response"), "survey_rules"),
    **dict.fromkeys(("promise", "promise_event"), "promise_keeping"),
    "staff": "staff_rules",
}
"""Kinds whose rules are beside this module, and where: most sessions never write one."""


JUDGED_ALONE = frozenset({"request", "task", "touch"})
"""Kinds of which a new record is judged by itself: of all that is on file only people may be in its way."""


class Rules(Protocol):
    """A module of rules for some kinds."""

    def problems(self, context: Context, record: Record) -> dict[str, str]:
        """What keeps a record from being saved: one sentence by field."""
        ...

    def filled(self, context: Context, record: Record) -> dict[str, Value]:
        """What the program writes into a record itself."""
        ...


@value_class
class Context:
    """What a rule may look at: the store inside the write, the present as stored, today's date, my region."""

    store: Store
    at: str
    today: str
    region: str
    is_lead: bool = False
    """Whether the person may pass over what holds others up."""
    me: Staff | None = None
    """Who writes; None where the program does."""
    is_import: bool = False
    """Whether a file brings the record; its reader looks at what the rows name itself."""


def context_of(session: Session, *, is_import: bool = False) -> Context:
    """The present of a session."""
    return Context(
        session.store,
        session.now_text(),
        session.today().isoformat(),
        session.settings.region,
        session.me.role in ("lead", "admin"),
        session.me,
        is_import,
    )


def problems(context: Context, record: Record) -> dict[str, str]:
    """Everything that keeps a record from being saved: one sentence by field."""
    errors = {
        a.name: f"{a.label} is needed." for a in _needed(type(record)) if _is_missing(getattr(record, a.name))
    }
    errors.update(_backwards(record))
    for name, text in _check(record, context).items():
        errors.setdefault(name, text)
    if (elsewhere := _elsewhere(record)) is not None:
        for name, text in elsewhere.problems(context, record).items():
            errors.setdefault(name, text)
    for name, text in sign_problems(record).items():
        errors.setdefault(name, text)
    if not context.is_import:
        for name, text in gone_people(context.store, record).items():
            errors.setdefault(name, text)
    return errors


@cache
def _needed(record: type[Record]) -> tuple[Attribute, ...]:
    return tuple(a for a in attributes(record) if a.required and not a.derived)


def _is_missing(value: object) -> bool:
    return value is None or (isinstance(value, str) and says_nothing(value))


def gone_people(store: Store, record: Record) -> dict[str, str]:
    """One sentence by field for each colleague who is to do something and works here no more."""
    if not any(a.refers == "staff" and getattr(record, a.name) for a in attributes(type(record))):
        return {}
    from onewindow.desk import staff_rules

    return staff_rules.gone_people(store, record)


def completed_when_typed(session: Session, record: Record) -> Record:
    """A record that is typed into a form, with what its own words say of a field left empty.

    Raises FieldProblems for what a form asks for though a record without it can be stored, from a file for
    example.
    """
    if isinstance(record, Training):
        is_open = record.state == "planned" and not record.held_on
        if is_open and record.planned_on and record.planned_on < session.today().isoformat():
            raise FieldProblems(
                {"planned_on": "what is planned lies ahead; write a day that is over into “held on”."}
            )
        return record
    if record.kind != "promise":
        return record
    from onewindow.desk import promise_keeping

    completed = promise_keeping.with_day_in_words(record, session.local_now())
    missing = promise_keeping.missing_when_typed(completed)
    if missing:
        raise FieldProblems(missing)
    return completed


def filled(context: Context, record: Record) -> dict[str, Value]:
    """What the program itself writes into a record: sort names, slugs, check marks, settling times."""
    elsewhere = _elsewhere(record)
    return elsewhere.filled(context, record) if elsewhere is not None else _fill(record, context)


_NEXT = {"waiting": "client", "handed_off": "internal"}
"""Who acts next on a request that is in a state, unless somebody says otherwise."""


def implied(kind: str, given: Mapping[str, Value]) -> dict[str, Value]:
    """What fields that were typed say of others that were not: a survey's metric fixes its scale."""
    if kind == "request" and given.get("status") in _NEXT:
        return {"next_actor": _NEXT[str(given["status"])]}
    if kind != "survey":
        return {}
    from onewindow.desk import survey_rules

    return survey_rules.implied(given)


def validate_moving(context: Context, record: Record) -> None:
    """Raise StoreProblem where a record may not be archived or brought back by this person."""
    if record.kind == "staff":
        from onewindow.desk.staff_rules import validate_moving as validate_staff

        validate_staff(context, record)


def _elsewhere(record: Record) -> Rules | None:
    """The rules of a kind that has a module of its own for them, imported when one is written."""
    module = _MODULES.get(record.kind)
    return cast("Rules", import_module(f"onewindow.desk.{module}")) if module else None


@singledispatch
def _check(record: Record, context: Context) -> dict[str, str]:  # noqa: ARG001  the default: nothing more
    return {}


@singledispatch
def _fill(record: Record, context: Context) -> dict[str, Value]:  # noqa: ARG001  the default: nothing
    return {}


_SPANS = (
    ("starts_on", "ends_on"),
    ("valid_from", "valid_till"),
    ("away_from", "away_till"),
    ("issued_on", "expires_on"),
    ("started_on", "due_on"),
)


@cache
def _spans(record: type[Record]) -> tuple[tuple[str, str], ...]:
    return tuple(each for each in _SPANS if set(each) <= set(columns(record)))


def _backwards(record: Record) -> dict[str, str]:
    """Spans that end before they begin."""
    errors: dict[str, str] = {}
    for begin, end in _spans(type(record)):
        first, last = getattr(record, begin), getattr(record, end)
        if first and last and last < first:
            errors[end] = f"it ends on {last}, before it begins on {first}."
    return errors


@_check.register
def _client(record: Client, _: Context) -> dict[str, str]:
    errors: dict[str, str] = {}
    if record.stage == "lost" and not record.loss_reason:
        errors["loss_reason"] = "say why the client was lost."
    if record.id and record.id in (record.referrer_id, record.competitor_of_id):
        errors["referrer_id"] = "a client cannot refer to itself."
    if record.time_zone and (wrong := zone_problem(record.time_zone)):
        errors["time_zone"] = wrong
    return errors


@_check.register
def _staff(record: Staff, _: Context) -> dict[str, str]:
    wrong = zone_problem(record.time_zone) if record.time_zone else ""
    return {"time_zone": wrong} if wrong else {}


_TURNED_ZONE = re.compile(r"(?:Etc/)?GMT([+-])([0-9]{1,2})")
"""Zones whose sign is turned round by an old convention of the tz database: Etc/GMT+3 lies west."""


def zone_problem(name: str) -> str:
    """What is wrong with the name of a time zone, one sentence; '' for a right one."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return f"“{name}” is not a time zone; write for example Europe/Sofia."
    if turned := _TURNED_ZONE.fullmatch(name):
        hours = f"{turned[2]} h {'behind' if turned[1] == '+' else 'ahead of'} Greenwich"
        return f"{name} is {hours}, against what its sign says; write the place: Europe/Moscow."
    return ""


@_check.register
def _feedback(record: Feedback, _: Context) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not 0 <= record.importance <= 3:
        errors["importance"] = "write 0 (idle wish) to 3 (cannot work without it)."
    if record.feedback_kind == "competitor" and not record.competitor:
        errors["competitor"] = "name the competitor they speak of."
    return errors


@_check.register
def _request(record: Request, context: Context) -> dict[str, str]:
    if record.status == "declined" and not record.result:
        return {"result": "a declined request needs a reason that the client sees."}
    if not record.id and record.opened_at > context.at:
        return {"opened_at": "this is still to come; a request was opened when the client asked."}
    if record.id and record.parent_id == record.id:
        return {"parent_id": "a request cannot be part of itself."}
    return _closing(record, context)


def _closing(record: Request, context: Context) -> dict[str, str]:
    """What keeps a request that is open on file from being closed."""
    if not record.id or record.status not in CLOSED_STATUSES:
        return {}
    stored = rows.find(context.store, Request, record.id)
    if stored is None or stored.status in CLOSED_STATUSES:
        return {}
    for part in hand_offs.open_of_request(context.store, record.id):
        whom = part.department or part.target
        return {"status": f"{whom} has not settled “{part.what}”: confirm or drop that hand-off first."}
    for part in requests.open_parts(context.store, record.id):
        return {"status": f"R-{part.number} “{part.title}” is a part of it and still open: close that first."}
    is_resolved_complaint = record.request_kind == "complaint" and record.status == "resolved"
    if is_resolved_complaint and not record.cause and record.merged_into_id is None:
        return {"cause": "a complaint is resolved only with its cause: write what it came from."}
    return {}


@_check.register
def _hand_off(record: HandOff, context: Context) -> dict[str, str]:
    errors: dict[str, str] = {}
    if record.target_min <= 0:
        errors["target_min"] = "give the department more than 0 open minutes."
    request = rows.find(context.store, Request, record.request_id)
    is_new = not record.id and record.state in OPEN_HAND_OFFS
    if is_new and request is not None and request.status in CLOSED_STATUSES:
        errors["request_id"] = f"R-{request.number} is {request.status}; open it again first."
    return errors


@_check.register
def _opportunity(record: Opportunity, context: Context) -> dict[str, str]:
    if record.state in ("lost", "dismissed") and not record.reason:
        return {"reason": f"say why it was {record.state}."}
    if not record.id and record.state in ("accepted", "offered") and not context.is_import:
        client = rows.find(context.store, Client, record.client_id)
        if client is not None and client.stage == "lost":
            return {"client_id": f"{client.name} is lost; change the stage first if the client comes back."}
    return {}


@_check.register
def _health_weights(record: HealthWeights, context: Context) -> dict[str, str]:
    errors = {name: "a weight cannot be negative." for name in SIGNALS if getattr(record, name) < 0}
    if not errors and not any(getattr(record, name) for name in SIGNALS):
        errors["adoption"] = "at least one weight must be above 0."
    if told := segment_rules.choosing_problem(context.store, record.segment_id):
        errors["segment_id"] = told
    twin = read_weights(context.store).sets.get((record.segment_id, record.tier, record.life))
    if twin is not None and twin.id != record.id and record.archived_at is None:
        errors["tier"] = f"“{twin.name}” has the weights of this tier and time of life already; edit those."
    return errors


@_check.register
def _segment(record: Segment, context: Context) -> dict[str, str]:
    return segment_rules.problems(context.store, record)


@_check.register
def _announcement(record: Announcement, context: Context) -> dict[str, str]:
    return segment_rules.audience_problems(context.store, record.audience)


@_check.register
def _session(record: TrainingSession, context: Context) -> dict[str, str]:
    if (record.capacity or 0) < 0:
        return {"capacity": "this cannot be negative."}
    return segment_rules.audience_problems(context.store, record.audience)


@_check.register
def _delivery(record: Delivery, context: Context) -> dict[str, str]:
    from onewindow.desk.deliveries import problems as delivery_problems

    return delivery_problems(context.store, record)


@_check.register
def _touching(record: TouchCadence | Occasion | Holiday | Meeting, context: Context) -> dict[str, str]:
    from onewindow.desk import touch_checks

    return touch_checks.problems_of(record, context.store)


@_check.register
def _licence(record: Licence, _: Context) -> dict[str, str]:
    return {name: "this cannot be negative." for name in ("bought", "active") if getattr(record, name) < 0}


@_check.register
def _template(record: Template, _: Context) -> dict[str, str]:
    return {
        **_places("text", record.text),
        **_places("subject", record.subject),
    }


@_check.register
def _script_step(record: ScriptStep, _: Context) -> dict[str, str]:
    return _places("prompt", record.prompt)


@_check.register
def _message(record: Message, context: Context) -> dict[str, str]:
    from onewindow.store import outbox

    if not record.id or not any(each.outcome == "sent" for each in outbox.tries(context.store, record.id)):
        return {}
    sent = rows.get(context.store, Message, record.id)
    changed = [
        name
        for name in ("text", "subject", "recipient", "channel", "contact_id", "client_id")
        if getattr(sent, name) != getattr(record, name)
    ]
    return dict.fromkeys(changed, "the message was sent and stays as it is; write a new one.")


def _places(field: str, text: str) -> dict[str, str]:
    """What is wrong with the places of a template's text: those that nothing can fill."""
    from onewindow.desk.writing import PLACES, unknown_places

    unknown = unknown_places(text)
    if not unknown:
        return {}
    named = ", ".join(f"{{{name}}}" for name in unknown)
    known = ", ".join(f"{{{name}}}" for name in PLACES)
    return {field: f"nothing can fill {named}; there are {known}. A plain brace is written twice."}


@_check.register
def _calendar(record: WorkingCalendar, context: Context) -> dict[str, str]:
    from onewindow.metrics.calendar_json import calendar_from_dict

    try:
        found = calendar_from_dict(json.loads(record.hours))
        if found.closes_for_good(date.fromisoformat(context.today)):
            return {"hours": "it is closed for good from some day on, so no clock would end; name weekdays."}
    except json.JSONDecodeError:
        return {"hours": 'write it as {"zone": "Europe/Moscow", "weekly": {"mon": ["09:00-18:00"]}}.'}
    except (ValueError, TypeError, AttributeError) as error:
        return {"hours": str(error)}
    return {}


@_check.register
def _policy(record: SlaPolicy, context: Context) -> dict[str, str]:
    if told := segment_rules.choosing_problem(context.store, record.segment_id):
        return {"segment_id": told}
    # Without targets a version ends its policy; the first version has nothing to end.
    if not has_targets(record) and not any(
        each.valid_from < record.valid_from and whom(each) == whom(record)
        for each in department.policies(context.store)
    ):
        return {"resolution_min": "give at least one target in minutes."}
    return {
        name: f"{counted(target, 'minute')} is no target, everything would be late at once;"
        " write none for no target."
        for name in TARGETS
        if (target := getattr(record, name)) is not None and target <= 0
    }


@_fill.register
def _fill_calendar(record: WorkingCalendar, context: Context) -> dict[str, Value]:
    """Holidays that end too soon are worked out again while one saves, so that reading never does."""
    if '"holidays"' not in record.hours:
        return {}
    from onewindow.desk.calendars import hours_json, stored_calendar, with_current_holidays
    from onewindow.desk.public_holidays import reaches

    today = date.fromisoformat(context.today)
    try:
        found = stored_calendar(record.hours)
        if found.holidays is None or reaches(found.holidays, today):
            return {}
        return {"hours": hours_json(with_current_holidays(found, today))}
    except (ValueError, TypeError, AttributeError):
        return {}


@_fill.register
def _fill_client(record: Client, context: Context) -> dict[str, Value]:
    found: dict[str, Value] = {"name_sort": sort_key(record.name)}
    if not record.slug:
        found["slug"] = free_slug(context.store, record.name)
    return found


def free_slug(store: Store, name: str) -> str:
    """A short Latin name that no other client has: ooo-romashka, ooo-romashka-2."""
    from slugify import slugify

    wanted = slugify(name, max_length=60) or "client"
    slug, count = wanted, 1
    while clients.slug_taken(store, slug):
        count += 1
        slug = f"{wanted}-{count}"
    return slug


def _fill_flags(context: Context, record: Record) -> dict[str, Value]:
    """Reasons why identifiers look wrong, by field: the value itself stays as it was typed."""
    from onewindow.text.identifiers import check_identifiers

    texts = {a.name: str(getattr(record, a.name) or "") for a in attributes(type(record))}
    found = check_identifiers(texts, _country(context, record))
    return {"flags": json.dumps(found, ensure_ascii=False) if found else ""}


def _country(context: Context, record: Record) -> str:
    """The country of the client whom a record is of, else that of the office: where its numbers belong."""
    client_id = getattr(record, "client_id", 0)
    client = rows.find(context.store, Client, client_id) if client_id else None
    return client.country if client is not None and client.country else context.region


@_fill.register
def _fill_contact(record: Contact, context: Context) -> dict[str, Value]:
    phones = _phones(context, record, "phone", "phone_2")
    return {**phones, **_fill_flags(context, record.with_changes(phones))}


@_fill.register
def _fill_requisites(record: Requisites, context: Context) -> dict[str, Value]:
    phones = _phones(context, record, "phone")
    return {**phones, **_fill_flags(context, record.with_changes(phones))}


def _phones(context: Context, record: Record, *names: str) -> dict[str, Value]:
    """Phones in E.164 where they can be read; others stay as typed and get a flag."""
    from onewindow.text.phones import normalise_phone

    found: dict[str, Value] = {}
    for name in names:
        typed = str(getattr(record, name))
        if typed and not (typed.startswith("+") and typed[1:].isdigit()):
            normal = normalise_phone(typed, _country(context, record))
            if normal:
                found[name] = normal
    return found


@_fill.register
def _fill_task(record: Task, context: Context) -> dict[str, Value]:
    done = record.status != "open"
    return {} if done == bool(record.done_at) else {"done_at": context.at if done else None}


@_fill.register
def _fill_hand_off(record: HandOff, context: Context) -> dict[str, Value]:
    """Its times follow its state: asked, accepted, answered, settled."""
    accepted = record.state in ("accepted", "ready", "confirmed")
    settled = record.state in ("confirmed", "dropped")
    found: dict[str, Value] = {} if record.asked_at else {"asked_at": context.at}
    if accepted and not record.accepted_at:
        found["accepted_at"] = context.at
    answered = record.state in ("ready", "returned", "confirmed")
    if record.state != "dropped" and answered != bool(record.answered_at):
        found["answered_at"] = context.at if answered else None
    if settled != bool(record.settled_at):
        found["settled_at"] = context.at if settled else None
    return found


@_fill.register
def _fill_delivery(record: Delivery, context: Context) -> dict[str, Value]:
    from onewindow.desk.deliveries import settled_values

    return settled_values(context.store, record, context.at)


@_fill.register
def _fill_opportunity(record: Opportunity, context: Context) -> dict[str, Value]:
    closed = record.state in ("won", "lost", "dismissed")
    found: dict[str, Value] = {}
    if closed != bool(record.closed_on) and not (closed and _is_closing_untold(record, context)):
        found["closed_on"] = context.today if closed else None
    if not record.id and not record.begun_on and not context.is_import:
        found["begun_on"] = context.today
    return found


def _is_closing_untold(record: Opportunity, context: Context) -> bool:
    """Whether a file did not tell when a chance was closed: no later change makes that up."""
    if context.is_import:
        return True
    before = rows.find(context.store, Opportunity, record.id) if record.id else None
    return before is not None and before.state == record.state and before.closed_on is None


@_fill.register
def _fill_document(record: Document, context: Context) -> dict[str, Value]:
    if record.state in ("signed", "received") and not record.signed_on and not context.is_import:
        return {"signed_on": context.today}
    return {}
