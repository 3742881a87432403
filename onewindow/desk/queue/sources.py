"""What somebody has to do today, each thing with its reason and its time: the sources of the one queue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from onewindow.desk.handover.summary import clock_between
from onewindow.desk.health.alarm import KINDS, unpack
from onewindow.desk.people.absences import covered_by_me, is_there, stand_in
from onewindow.desk.queue.handover_sources import Asked, asked_of
from onewindow.desk.queue.plan_sources import planned_for
from onewindow.desk.queue.team import may_lead
from onewindow.desk.requests.advance_notice import warned_for
from onewindow.desk.review.reminder import reminder
from onewindow.desk.session.context import Session
from onewindow.desk.sla import clocks, hand_off_clock
from onewindow.desk.sla.lateness import general_calendar, lateness_of
from onewindow.desk.window.panels.when import When
from onewindow.metrics.policies.working_time import Calendar, epoch_second, open_between
from onewindow.metrics.sla.lateness import Lateness, lateness_of_clock, lateness_of_date
from onewindow.records.adoption import Feature, PlanStep, TrainingSession
from onewindow.records.clients import Client, Promise
from onewindow.records.feedback import SurveyResponse
from onewindow.records.fields import Record
from onewindow.records.handover import Handover, HandoverItem
from onewindow.records.meetings import Meeting
from onewindow.records.organization import Staff
from onewindow.records.requests import Document, HandOff, Request, RequestEvent, Task
from onewindow.records.structs import frozen_struct
from onewindow.store import listing, meetings, outbox, rows
from onewindow.store.adoption import training
from onewindow.store.announcements import novelties
from onewindow.store.cadence import due_cache as touch_due
from onewindow.store.cadence.due_cache import TouchDue
from onewindow.store.clients import client_stats
from onewindow.store.clients.client_stats import ClientStat
from onewindow.store.queue import today as sources
from onewindow.store.queue.today import ClientSeen
from onewindow.text.dates import parse_utc, shorten_days, to_local, utc_text

Group = Literal[
    "requests",
    "promises",
    "steps",
    "tasks",
    "hand-offs",
    "documents",
    "detractors",
    "alarms",
    "touches",
    "meetings",
    "handovers",
    "novelties",
]

SOON_DAYS = 3
"""Promises, steps and tasks come up so many days before their date."""
MISSING_DAYS = 7
"""A missing document comes up so many days before it is needed."""
ENDING_DAYS = 30
"""A document that ends comes up so many days before, and stays as long after its end."""
ANSWER_WORKING_DAYS = 2
"""A detractor is answered within so many working days."""
NOVELTIES_AT_MOST = 20
"""Clients who are to be told of a novelty by telephone or in person, in one day."""
ALARMS_AT_MOST = 20
"""Clients with alarms in one day: the gravest; the list of clients has them all."""
DETRACTOR_DAYS = 90
"""Older answers are past mending."""
MEETING_DAYS = 30
"""A meeting of which nobody said how it went stays so long."""
REVIEW_ROW = "review"
"""The kind of the row that reminds of a review; its record is oneself."""
TOUCH_ROW = "touch_due"
"""The kind of a row that is a touch due; its record is the client."""
TOUCHES_SHOWN = 30
"""Touches due at most: more are a month's work, and stand in the touch plan."""
WARN_SECONDS = 8 * 3600
"""A client is warned when a promised date is a working day away."""
WORKS_ON_REQUESTS = ("account_manager", "support", "lead", "admin")
"""Roles that pick up what belongs to nobody."""

_FEW_MEETINGS = 50
_LAST_SECOND = time(23, 59, 59)
_OWED = {
    "first_response": "no answer yet",
    "next_response": "the client wrote, an answer is owed",
    "resolution": "to be solved",
    "promise": "promised to the client",
    "internal": "with another department",
}


@frozen_struct
class Item:
    """One thing to do. Times are UTC text."""

    kind: str
    record: Record
    group: Group
    client_id: int | None
    title: str
    reason: str
    lateness: Lateness | None
    """How late it is or how long is left, None for what has no time."""
    since: str
    client_waits: bool = False
    whose_id: int | None = None
    """Whose day it belongs to: me, somebody I stand in for, a colleague, None for nobody."""
    is_covered: bool = False
    """Whether I stand in for that person."""
    is_dated: bool = False
    """Whether it is due on a day, not at an hour."""
    must_warn: bool = False
    """Whether a promised date is near and the client has not been warned."""
    is_debt: bool = False
    """Whether its day was over before today began: it is owed for longer, and nothing burns now."""

    @property
    def due_at(self) -> str | None:
        """When it is due (UTC text), None for what has no time and for what is paused."""
        due = self.lateness.due_at if self.lateness else None
        return utc_text(due) if due else None

    @property
    def slack_s(self) -> int | None:
        """Open time left in seconds, negative when it is over, None without a time that runs."""
        return self.lateness.seconds if self.lateness and not self.lateness.is_paused else None

    @property
    def is_late(self) -> bool:
        """Whether its time is over."""
        return self.lateness is not None and self.lateness.is_late


class Collector:
    """Reads the sources for one person at one instant."""

    def __init__(self, session: Session) -> None:
        """Look at what this person, and those for whom he stands in, have to do now."""
        self.session = session
        self.store = session.store
        self.now = session.now()
        self.zone = ZoneInfo(session.zone)
        self.today = session.today()
        self.moment = When(self.now.astimezone(UTC), self.zone, self.today)
        self.clients: dict[int, ClientSeen] = {}
        self._at = session.now_text()
        self._whose: int | None = None
        """Whose sources are being read."""
        self._is_covering = False

    def items(self) -> list[Item]:
        """Everything, in no order; each record once."""
        items = self._of_person(self.session.me)
        for person in covered_by_me(self.session):
            self._is_covering = True
            items += [item for item in self._of_person(person) if self._covers(person, item.client_id)]
        self._is_covering = False
        items += self._review()
        items += self._nobodys()
        items += self._uncovered()
        items += self._late_with_others()
        once: dict[tuple[str, int], Item] = {}
        for item in items:
            once.setdefault((item.kind, item.record.id), item)
        return list(once.values())

    # whose

    def _covers(self, person: Staff, client_id: int | None) -> bool:
        client = self.clients.get(client_id or 0)
        return stand_in(self.session, person, client.deputy_id if client else None) == self.session.me.id

    def _nobodys(self) -> list[Item]:
        """Requests that nobody has taken: of my clients, of those I cover, of clients without anybody."""
        if self.session.me.role not in WORKS_ON_REQUESTS:
            return []
        self._whose = None
        requests = sources.due_requests(self.store, None) + sources.timeless_requests(self.store, None)
        return [item for item in self._requests(requests) if self._may_take(item)]

    def _may_take(self, item: Item) -> bool:
        client = self.clients.get(item.client_id or 0)
        if client is None or client.owner_id is None:
            return True
        if client.owner_id == self.session.me.id:
            return True
        owner = self.session.directory.staff.get(client.owner_id)
        if owner is None or is_there(self.session, owner.id):
            return False
        return stand_in(self.session, owner, client.deputy_id) in (self.session.me.id, None)

    def _late_with_others(self) -> list[Item]:
        """Requests of my clients that are late with a colleague: the client will ask me."""
        requests = sources.late_with_others(self.store, self.session.me.id, self._at)
        items: list[Item] = []
        for assignee in {request.assignee_id for request in requests}:
            self._whose = assignee
            items += self._requests([request for request in requests if request.assignee_id == assignee])
        return items

    # the sources

    def _of_person(self, person: Staff) -> list[Item]:
        store, staff_id = self.store, person.id
        self._whose = staff_id
        till = (self.today + timedelta(days=SOON_DAYS)).isoformat()
        requests = sources.due_requests(store, staff_id) + sources.timeless_requests(store, staff_id)
        items = self._requests(requests)
        items += [self._promise(promise) for promise in sources.promises_due(store, staff_id, till)]
        items += [self._step(step) for step in sources.steps_due(store, staff_id, till)]
        items += [
            self._dated(
                planned.record, "steps", planned.client_id, planned.title, planned.reason, planned.due_on
            )
            for planned in planned_for(store, self.session.directory, staff_id, self.today.isoformat(), till)
        ]
        items += [self._task(task) for task in sources.tasks_due(store, staff_id, till)]
        items += self._hand_offs(sources.hand_offs_for(store, staff_id))
        items += self._hand_offs(sources.hand_offs_answered(store, staff_id))
        items += [self._of_handover(asked) for asked in asked_of(store, self.session.directory, staff_id)]
        items += self._of_portfolio(staff_id)
        self._learn_clients(items)
        return items

    def _of_portfolio(self, owner_id: int) -> Iterator[Item]:
        needed = (self.today + timedelta(days=MISSING_DAYS)).isoformat()
        for document in sources.documents_missing(self.store, owner_id, needed):
            yield self._document(document, document.due_on, "is missing")
        begin = (self.today - timedelta(days=ENDING_DAYS)).isoformat()
        end = (self.today + timedelta(days=ENDING_DAYS)).isoformat()
        for document in sources.documents_ending(self.store, owner_id, begin, end):
            ended = (document.expires_on or "") < self.today.isoformat()
            yield self._document(document, document.expires_on, "has ended" if ended else "ends")
        for row, client in touch_due.due_of(self.store, owner_id, self.today.isoformat(), TOUCHES_SHOWN):
            yield self._touch(row, client)
        begin = utc_text(self.now - timedelta(days=MEETING_DAYS))
        tomorrow = self._end_of((self.today + timedelta(days=1)).isoformat()) or ""
        for meeting in meetings.planned(self.store, owner_id, begin, tomorrow, _FEW_MEETINGS):
            yield self._meeting(meeting)
        since = utc_text(self.now - timedelta(days=DETRACTOR_DAYS))
        for response in sources.detractors_unanswered(self.store, owner_id, since):
            yield self._detractor(response)
        for untold in novelties.to_tell(self.store, owner_id, NOVELTIES_AT_MOST):
            delivery, title = untold.delivery, f"tell of {untold.title}"
            yield self._dated(delivery, "novelties", delivery.client_id, title, f"by {untold.channel}", None)
        for feedback in sources.released_untold(self.store, owner_id):
            feature = rows.get(self.store, Feature, feedback.feature_id or 0)
            title = f"tell of {feature.title}"
            yield self._dated(feedback, "novelties", feedback.client_id, title, "released: tell", None)
        begin = utc_text(self.now - timedelta(days=MEETING_DAYS))
        for training_session in training.of_trainer(self.store, owner_id, begin, tomorrow):
            yield self._lesson(training_session)
        for stat in client_stats.alarmed(self.store, owner_id, client_stats.FIRST, ALARMS_AT_MOST):
            yield self._alarm(stat)

    def _uncovered(self) -> list[Item]:
        """Clients for whom nobody is there: a lead finds somebody."""
        if not may_lead(self.session):
            return []
        self._whose = None
        stats = client_stats.uncovered(self.store, client_stats.FIRST, ALARMS_AT_MOST)
        items = [self._alarm(stat) for stat in stats]
        self._learn_clients(items)
        return items

    def _requests(self, requests: list[Request]) -> list[Item]:
        self.clients |= sources.clients_seen(
            self.store, {request.client_id for request in requests} - self.clients.keys()
        )
        events = clocks.by_request(sources.events_of(self.store, [request.id for request in requests]))
        return [self._request(request, events.get(request.id, [])) for request in requests]

    def _request(self, request: Request, events: list[RequestEvent]) -> Item:
        client = self.clients.get(request.client_id)
        queued = self.queued.get(request.id, "")
        lateness = lateness_of(
            self.session.directory.policies, request, client.tier if client else "", events, self.now, queued
        )
        must_warn = self._must_warn(request, events)
        return Item(
            kind="request",
            record=request,
            group="requests",
            client_id=request.client_id,
            title=request.title,
            reason=self._why_request(request, lateness, must_warn),
            lateness=lateness,
            since=request.opened_at,
            client_waits=True,
            whose_id=self._whose,
            must_warn=must_warn,
            is_covered=self._is_covering,
        )

    def _why_request(self, request: Request, lateness: Lateness | None, must_warn: bool) -> str:
        reason = "no time was agreed" if lateness is None else _OWED[lateness.name or "promise"]
        if lateness is not None and lateness.answer_queued_at is not None:
            reason += f", {self.moment.queued(lateness.answer_queued_at)}"
        if request.next_actor == "internal":
            reason += f", with {request.department or 'another department'}"
        if must_warn:
            reason += f", warn them: promised for {self.moment.moment(request.promised_at)}"
        if request.needs_lead:
            reason += ", a lead is asked"
        return reason

    def _must_warn(self, request: Request, events: list[RequestEvent]) -> bool:
        if not request.promised_at or any(warned_for(event) == request.promised_at for event in events):
            return False
        promised = lateness_of_date(parse_utc(request.promised_at), self.now, self.calendar)
        return promised.seconds <= WARN_SECONDS

    def _promise(self, promise: Promise) -> Item:
        given = self.session.directory.surname(promise.given_by_id)
        reason = "promised to the client" + (f" by {given}" if given else "")
        return self._dated(
            promise,
            "promises",
            promise.client_id,
            promise.text,
            reason,
            promise.due_on,
            client_waits=True,
        )

    def _step(self, step: PlanStep) -> Item:
        reason = "control point of a plan" if step.is_control_point else "step of a plan"
        return self._dated(step, "steps", step.client_id, step.title, reason, step.due_on)

    def _task(self, task: Task) -> Item:
        return self._dated(task, "tasks", task.client_id, task.title, task.task_kind or "task", task.due_on)

    def _document(self, document: Document, due_on: str | None, what: str) -> Item:
        title = " ".join(part for part in (document.title, document.number) if part)
        return self._dated(document, "documents", document.client_id, title, f"document {what}", due_on)

    def _hand_offs(self, parts: list[HandOff]) -> Iterator[Item]:
        """What colleagues gave this person to do, and what comes back of what was given to them."""
        requests = listing.by_ids(self.store, Request, [hand_off.request_id for hand_off in parts])
        self.clients |= sources.clients_seen(
            self.store, {asked_request.client_id for asked_request in requests.values()} - self.clients.keys()
        )
        for part in parts:
            request = requests[part.request_id]
            client = self.clients.get(request.client_id)
            clock = hand_off_clock.clock_of(
                self.session.directory.policies, request, client.tier if client else "", part, self.now
            )
            yield self._item(
                part, "hand-offs", part.what, self._why_part(part), lateness_of_clock(clock), part.asked_at
            )

    def _why_part(self, part: HandOff) -> str:
        if part.state in ("ready", "returned"):
            said = f": {part.answer}" if part.answer else ""
            verb = "has done it" if part.state == "ready" else "returned it"
            return f"{part.department or part.target} {verb}{said}"
        asker = self.session.directory.surname(part.asked_by_id)
        return f"asked by {asker}" if asker else "asked of you"

    def _of_handover(self, asked: Asked) -> Item:
        if asked.minutes is None:
            due_on = asked.record.due_on if isinstance(asked.record, Promise) else None
            client_id = asked.record.client_id
            return self._dated(asked.record, "handovers", client_id, asked.title, asked.reason, due_on)
        clock = clock_between(self.calendar, asked.since, None, asked.minutes, self.session)
        return self._item(
            asked.record, "handovers", asked.title, asked.reason, lateness_of_clock(clock), asked.since
        )

    def _detractor(self, answer: SurveyResponse) -> Item:
        said = f": «{answer.comment}»" if answer.comment else ""
        due = self._after_working_days(parse_utc(answer.at), ANSWER_WORKING_DAYS)
        reason = f"gave {answer.score} of 10, nobody has answered"
        title = f"answer to a mark of {answer.score}{said}"
        return self._item(
            answer,
            "detractors",
            title,
            reason,
            lateness_of_date(due, self.now, self.calendar),
            answer.at,
            client_waits=True,
            is_dated=True,
        )

    def _alarm(self, stat: ClientStat) -> Item:
        """A client with his gravest alarm; more of them count."""
        client = rows.get(self.store, Client, stat.client_id)
        gravest, *others = unpack(stat.alarms)
        more = f" (+ {len(others)} more)" if others else ""
        return Item(
            kind="client",
            record=client,
            group="alarms",
            client_id=client.id,
            title=KINDS.get(gravest.kind, gravest.kind),
            reason=f"{gravest.text}{more}",
            lateness=None,
            since=self._end_of(gravest.since) or stat.computed_at,
            whose_id=self._whose,
            is_covered=self._is_covering,
        )

    def _review(self) -> list[Item]:
        """One row when it is time for the review of my portfolio."""
        why = reminder(self.session)
        if not why:
            return []
        self._whose = self.session.me.id
        title = "review of my clients"
        return [self._dated(self.session.me, "tasks", None, title, why, None, row_kind=REVIEW_ROW)]

    def _meeting(self, meeting: Meeting) -> Item:
        starts = parse_utc(meeting.starts_at)
        is_over = starts + timedelta(minutes=meeting.minutes) < self.now
        reason = "was it held?" if is_over else f"{meeting.form.replace('_', ' ')} {meeting.place}".strip()
        return self._item(
            meeting,
            "meetings",
            meeting.title,
            reason,
            lateness_of_date(starts, self.now, self.calendar),
            meeting.created_at,
            client_waits=True,
        )

    def _lesson(self, training_session: TrainingSession) -> Item:
        starts = to_local(training_session.starts_at, self.session.zone)
        reason = (
            "was it held?"
            if parse_utc(training_session.starts_at) < self.now
            else f"you teach, {training_session.place}"
        )
        title = f"{starts:%H:%M} {training_session.title}"
        return self._dated(training_session, "novelties", None, title, reason, starts.date().isoformat())

    def _touch(self, row: TouchDue, client: Client) -> Item:
        title = f"{row.touch_kind}: {shorten_days(row.reason, self.session.today())}"
        reason, due_on = "to get in touch", row.due_on
        return self._dated(client, "touches", client.id, title, reason, due_on, row_kind=TOUCH_ROW)

    def _dated(
        self,
        record: Record,
        group: Group,
        client_id: int | None,
        title: str,
        reason: str,
        due_on: str | None,
        *,
        client_waits: bool = False,
        row_kind: str = "",
    ) -> Item:
        due_at = self._end_of(due_on)
        lateness = lateness_of_date(parse_utc(due_at), self.now, self.calendar) if due_at else None
        return Item(
            kind=row_kind or record.kind,
            record=record,
            group=group,
            client_id=client_id,
            title=title,
            reason=reason,
            lateness=lateness,
            since=record.created_at,
            client_waits=client_waits,
            whose_id=self._whose,
            is_covered=self._is_covering,
            is_dated=True,
            is_debt=self._is_debt(lateness),
        )

    def _is_debt(self, lateness: Lateness | None) -> bool:
        """Whether working time has passed since a day to be met, before today began."""
        if lateness is None or not lateness.is_late or lateness.due_at is None:
            return False
        if self.calendar is None:
            return lateness.due_at.astimezone(self.zone).date() < self.today - timedelta(days=1)
        return -lateness.seconds > self._open_today

    @cached_property
    def _open_today(self) -> int:
        """How many seconds of today were open so far."""
        midnight = datetime.combine(self.today, time(), self.zone)
        return (
            open_between(self.calendar, epoch_second(midnight), epoch_second(self.now))
            if self.calendar
            else 0
        )

    def _item(
        self,
        record: HandOff | SurveyResponse | Meeting | Handover | HandoverItem | Promise,
        group: Group,
        title: str,
        reason: str,
        lateness: Lateness | None,
        since: str,
        *,
        client_waits: bool = False,
        is_dated: bool = False,
    ) -> Item:
        return Item(
            kind=record.kind,
            record=record,
            group=group,
            client_id=record.client_id,
            title=title,
            reason=reason,
            lateness=lateness,
            since=since,
            client_waits=client_waits,
            whose_id=self._whose,
            is_covered=self._is_covering,
            is_dated=is_dated,
            is_debt=is_dated and self._is_debt(lateness),
        )

    def _learn_clients(self, items: list[Item]) -> None:
        ids = {item.client_id for item in items if item.client_id} - self.clients.keys()
        self.clients |= sources.clients_seen(self.store, ids)

    # time

    @cached_property
    def calendar(self) -> Calendar | None:
        """The hours by which the slack of dates counts."""
        return general_calendar(self.session.directory.policies)

    @cached_property
    def queued(self) -> Mapping[int, str]:
        """When queued answers to requests go, by request id."""
        return outbox.queued_answers(self.store)

    def _end_of(self, due_on: str | None) -> str | None:
        """The last second of a date in the zone of this person, UTC text; None if it cannot be read."""
        try:
            day = date.fromisoformat(due_on) if due_on else None
        except ValueError:
            return None
        if day is None:
            return None
        return utc_text(datetime.combine(day, _LAST_SECOND, self.zone))

    def _after_working_days(self, since: datetime, days: int) -> datetime:
        """The end of the so-many-th working day after the one of an instant."""
        day, left = since.astimezone(self.zone).date(), days
        while left:
            day += timedelta(days=1)
            left -= bool(self.calendar.spans(day)) if self.calendar else day.weekday() < 5
        return datetime.combine(day, _LAST_SECOND, self.zone)
