"""What somebody has to do today, each thing with its reason and its time: the sources of the one queue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from onewindow.desk.feedback import wish_status
from onewindow.desk.handover.summary import clock_between
from onewindow.desk.health.alarm import KINDS, unpack
from onewindow.desk.people.absences import covered_by_me, is_there, stand_in
from onewindow.desk.queue.handover_sources import Asked, asked_of
from onewindow.desk.queue.item_making import ItemMaker
from onewindow.desk.queue.items import Item
from onewindow.desk.queue.plan_sources import planned_for
from onewindow.desk.queue.request_sources import RequestSource
from onewindow.desk.queue.team import may_lead
from onewindow.desk.review.reminder import reminder
from onewindow.desk.session.context import Session
from onewindow.desk.surveys import detractors
from onewindow.metrics.sla.lateness import lateness_of_clock, lateness_of_date
from onewindow.records.adoption import PlanStep, TrainingSession
from onewindow.records.clients import Client, Promise
from onewindow.records.feedback import PublicReview, SurveyResponse
from onewindow.records.meetings import Meeting
from onewindow.records.organization import Staff
from onewindow.records.requests import Document, Task
from onewindow.store import meetings, rows, surveys
from onewindow.store.adoption import training
from onewindow.store.announcements import announcement_records
from onewindow.store.cadence import due_cache as touch_due
from onewindow.store.cadence.due_cache import TouchDue
from onewindow.store.clients import client_stats
from onewindow.store.clients.client_stats import ClientStat
from onewindow.store.queue import today as sources
from onewindow.store.queue.today import ClientSeen
from onewindow.text.dates import parse_utc, shorten_days, to_local, utc_text

SOON_DAYS = 3
"""Promises, steps and tasks come up so many days before their date."""
MISSING_DAYS = 7
"""A missing document comes up so many days before it is needed."""
ENDING_DAYS = 30
"""A document that ends comes up so many days before, and stays as long after its end."""
TO_TELL_AT_MOST = 20
"""Clients who are to be told of an announcement by telephone or in person, in one day."""
ALARMS_AT_MOST = 20
"""Clients with alarms in one day: the gravest; the list of clients has them all."""
MEETING_DAYS = 30
"""A meeting of which nobody said how it went stays so long."""
REVIEW_ROW = "review"
"""The kind of the row that reminds of a review; its record is oneself."""
TOUCH_ROW = "touch_due"
"""The kind of a row that is a touch due; its record is the client."""
TOUCHES_SHOWN = 30
"""Touches due at most: more are a month's work, and stand in the touch plan."""
WORKS_ON_REQUESTS = ("account_manager", "support", "lead", "admin")
"""Roles that pick up what belongs to nobody."""

_FEW_MEETINGS = 50


class Collector:
    """Reads the sources for one person at one instant."""

    def __init__(self, session: Session) -> None:
        """Look at what this person, and those for whom they stand in, have to do now."""
        self.session = session
        self.store = session.store
        self._at = session.now_text()
        self._make = ItemMaker(session)
        self._requests = RequestSource(self._make)

    @property
    def now(self) -> datetime:
        """The instant at which everything is read."""
        return self._make.now

    @property
    def clients(self) -> dict[int, ClientSeen]:
        """The clients of what was read so far."""
        return self._make.clients

    def items(self) -> list[Item]:
        """Everything, in no order; each record once."""
        # My own come first: of a record that several sources name, the first item stays.
        items = self._of_person(self.session.me)
        for person in covered_by_me(self.session):
            self._make.is_covering = True
            # A client may have a deputy of its own, who then stands in instead of me.
            items += [item for item in self._of_person(person) if self._covers(person, item.client_id)]
        self._make.is_covering = False
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
        self._make.whose_id = None
        requests = sources.due_requests(self.store, None) + sources.timeless_requests(self.store, None)
        return [item for item in self._requests.of_requests(requests) if self._may_take(item)]

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
        # By assignee, because items say whose they are by whose source is being read.
        for assignee in {request.assignee_id for request in requests}:
            self._make.whose_id = assignee
            items += self._requests.of_requests(
                [request for request in requests if request.assignee_id == assignee]
            )
        return items

    # the sources

    def _of_person(self, person: Staff) -> list[Item]:
        store, staff_id = self.store, person.id
        self._make.whose_id = staff_id
        till = (self._make.today + timedelta(days=SOON_DAYS)).isoformat()
        requests = sources.due_requests(store, staff_id) + sources.timeless_requests(store, staff_id)
        items = self._requests.of_requests(requests)
        items += [self._promise(promise) for promise in sources.promises_due(store, staff_id, till)]
        items += [self._step(step) for step in sources.steps_due(store, staff_id, till)]
        items += [
            self._make.dated(
                planned.record, "steps", planned.client_id, planned.title, planned.reason, planned.due_on
            )
            for planned in planned_for(
                store, self.session.directory, staff_id, self._make.today.isoformat(), till
            )
        ]
        items += [self._task(task) for task in sources.tasks_due(store, staff_id, till)]
        items += [self._public_review(review) for review in surveys.reviews_due(store, staff_id, till)]
        items += self._requests.of_hand_offs(sources.hand_offs_for(store, staff_id))
        items += self._requests.of_hand_offs(sources.hand_offs_answered(store, staff_id))
        items += [self._of_handover(asked) for asked in asked_of(store, self.session.directory, staff_id)]
        items += self._of_portfolio(staff_id)
        self._make.learn_clients(item.client_id for item in items if item.client_id)
        return items

    def _of_portfolio(self, owner_id: int) -> Iterator[Item]:
        needed = (self._make.today + timedelta(days=MISSING_DAYS)).isoformat()
        for document in sources.documents_missing(self.store, owner_id, needed):
            yield self._document(document, document.due_on, "is missing")
        begin = (self._make.today - timedelta(days=ENDING_DAYS)).isoformat()
        end = (self._make.today + timedelta(days=ENDING_DAYS)).isoformat()
        for document in sources.documents_ending(self.store, owner_id, begin, end):
            ended = (document.expires_on or "") < self._make.today.isoformat()
            yield self._document(document, document.expires_on, "has ended" if ended else "ends")
        for row, client in touch_due.due_of(
            self.store, owner_id, self._make.today.isoformat(), TOUCHES_SHOWN
        ):
            yield self._touch(row, client)
        begin = utc_text(self._make.now - timedelta(days=MEETING_DAYS))
        tomorrow = self._make.end_of((self._make.today + timedelta(days=1)).isoformat()) or ""
        for meeting in meetings.planned(self.store, owner_id, begin, tomorrow, _FEW_MEETINGS):
            yield self._meeting(meeting)
        since = utc_text(self._make.now - timedelta(days=detractors.PAST_MENDING_DAYS))
        for response in sources.detractors_unanswered(self.store, owner_id, since):
            yield self._detractor(response)
        for untold in announcement_records.to_tell(self.store, owner_id, TO_TELL_AT_MOST):
            delivery, title = untold.delivery, f"tell of {untold.title}"
            yield self._make.dated(
                delivery, "novelties", delivery.client_id, title, f"by {untold.channel}", None
            )
        for quote, feature in sources.wishes_to_notify(self.store, owner_id):
            title = f"tell of {feature.title}"
            reason = f"{wish_status.state_text(feature)}: tell"
            yield self._make.dated(quote, "novelties", quote.client_id, title, reason, None)
        begin = utc_text(self._make.now - timedelta(days=MEETING_DAYS))
        for training_session in training.of_trainer(self.store, owner_id, begin, tomorrow):
            yield self._training_session(training_session)
        # The cache keeps alarms in rank order: no more is read than is shown.
        for stat in client_stats.alarmed(self.store, owner_id, client_stats.FIRST, ALARMS_AT_MOST):
            yield self._alarm(stat)

    def _uncovered(self) -> list[Item]:
        """Clients for whom nobody is there: a lead finds somebody."""
        if not may_lead(self.session):
            return []
        self._make.whose_id = None
        stats = client_stats.uncovered(self.store, client_stats.FIRST, ALARMS_AT_MOST)
        items = [self._alarm(stat) for stat in stats]
        self._make.learn_clients(item.client_id for item in items if item.client_id)
        return items

    def _promise(self, promise: Promise) -> Item:
        given = self.session.directory.surname(promise.given_by_id)
        reason = "promised to the client" + (f" by {given}" if given else "")
        return self._make.dated(
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
        return self._make.dated(step, "steps", step.client_id, step.title, reason, step.due_on)

    def _task(self, task: Task) -> Item:
        if task.task_kind == detractors.TASK_KIND:
            mark = detractors.mark_of_task(self.store, task)
            reason = "a low mark, nobody has answered" if mark is None else _unanswered(mark)
            return self._make.dated(
                task, "detractors", task.client_id, task.title, reason, task.due_on, client_waits=True
            )
        return self._make.dated(
            task, "tasks", task.client_id, task.title, task.task_kind or "task", task.due_on
        )

    def _public_review(self, review: PublicReview) -> Item:
        by = f" by {review.author}" if review.author else ""
        reason = f"{review.mood} review{by}, others read it"
        return self._make.dated(review, "detractors", review.client_id, review.quote, reason, review.due_on)

    def _document(self, document: Document, due_on: str | None, what: str) -> Item:
        title = " ".join(part for part in (document.title, document.number) if part)
        return self._make.dated(document, "documents", document.client_id, title, f"document {what}", due_on)

    def _of_handover(self, asked: Asked) -> Item:
        if asked.minutes is None:
            due_on = asked.record.due_on if isinstance(asked.record, Promise) else None
            client_id = asked.record.client_id
            return self._make.dated(asked.record, "handovers", client_id, asked.title, asked.reason, due_on)
        clock = clock_between(self._make.calendar, asked.since, None, asked.minutes, self.session)
        return self._make.timed(
            asked.record, "handovers", asked.title, asked.reason, lateness_of_clock(clock), asked.since
        )

    def _detractor(self, answer: SurveyResponse) -> Item:
        said = f": «{answer.comment}»" if answer.comment else ""
        due = self._make.after_working_days(parse_utc(answer.at), detractors.ANSWER_WORKING_DAYS)
        reason = _unanswered(answer.score or 0)
        title = f"answer to a mark of {answer.score}{said}"
        return self._make.timed(
            answer,
            "detractors",
            title,
            reason,
            lateness_of_date(due, self._make.now, self._make.calendar),
            answer.at,
            client_waits=True,
            is_dated=True,
        )

    def _alarm(self, stat: ClientStat) -> Item:
        """A client with their gravest alarm; more of them count."""
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
            since=self._make.end_of(gravest.since) or stat.computed_at,
            whose_id=self._make.whose_id,
            is_covered=self._make.is_covering,
        )

    def _review(self) -> list[Item]:
        """One row when it is time for the review of my portfolio."""
        why = reminder(self.session)
        if not why:
            return []
        self._make.whose_id = self.session.me.id
        title = "review of my clients"
        return [self._make.dated(self.session.me, "tasks", None, title, why, None, row_kind=REVIEW_ROW)]

    def _meeting(self, meeting: Meeting) -> Item:
        starts = parse_utc(meeting.starts_at)
        is_over = starts + timedelta(minutes=meeting.minutes) < self._make.now
        reason = "was it held?" if is_over else f"{meeting.form.replace('_', ' ')} {meeting.place}".strip()
        return self._make.timed(
            meeting,
            "meetings",
            meeting.title,
            reason,
            lateness_of_date(starts, self._make.now, self._make.calendar),
            meeting.created_at,
            client_waits=True,
        )

    def _training_session(self, training_session: TrainingSession) -> Item:
        starts = to_local(training_session.starts_at, self.session.zone)
        reason = (
            "was it held?"
            if parse_utc(training_session.starts_at) < self._make.now
            else f"you teach, {training_session.place}"
        )
        title = f"{starts:%H:%M} {training_session.title}"
        return self._make.dated(training_session, "novelties", None, title, reason, starts.date().isoformat())

    def _touch(self, row: TouchDue, client: Client) -> Item:
        title = f"{row.touch_kind}: {shorten_days(row.reason, self.session.today())}"
        reason, due_on = "to get in touch", row.due_on
        return self._make.dated(client, "touches", client.id, title, reason, due_on, row_kind=TOUCH_ROW)


def _unanswered(mark: int) -> str:
    return f"gave {mark} of 10, nobody has answered"
