"""One client whole, read in one snapshot of the file and computed at one instant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from onewindow.desk.health.alarm import Alarm, unpack
from onewindow.desk.health.scoring import client_health
from onewindow.desk.session.context import Session
from onewindow.desk.sla import clocks
from onewindow.metrics.health.score import Health
from onewindow.metrics.sla.clocks import Clocks
from onewindow.records.adoption import Feature, Licence, Plan, PlanStep, Training
from onewindow.records.clients import BillingDetails, Client, Consent, Contact, Promise
from onewindow.records.feedback import Feedback, Opportunity
from onewindow.records.meetings import Meeting
from onewindow.records.requests import Document, Request, RequestEvent, Task, Touch
from onewindow.records.structs import frozen_struct
from onewindow.store import documents, meetings, outbox, rows, timeline
from onewindow.store import feedback as feedback_store
from onewindow.store.adoption import ownership
from onewindow.store.announcements import announcement_records
from onewindow.store.announcements.announcement_records import ClientDelivery
from onewindow.store.cadence import due_cache as touch_due
from onewindow.store.cadence.due_cache import TouchDue
from onewindow.store.clients import cards as client_store
from onewindow.store.clients import client_stats
from onewindow.store.handover import promises
from onewindow.store.health import snapshots
from onewindow.store.requests import threads as requests
from onewindow.text.dates import week_number

# Only new clients have a handover that matters: a start with any other loads none of it.
if TYPE_CHECKING:
    from onewindow.desk.opportunities.suggesting import Suggested
    from onewindow.store.handover.status import HandoverStatus

WEEK_DAYS = 7
_NEW_STAGES = ("handover", "onboarding")
USAGE_WEEKS = 26
PANEL_ROWS = 200
HEALTH_WEEKS = 8
"""How many weeks before this one the bars beside the health show."""


@frozen_struct
class Answer:
    """One survey answer with its scale's top, so that 9 of 10 and 4 of 5 read right."""

    kind: ClassVar[str] = "survey_response"

    id: int
    at: str
    metric: str
    score: int | None
    """None where the first question of the survey was not answered by a mark."""
    scale_max: int
    comment: str
    contact_id: int | None
    survey: str
    followed_up: int
    """1 when the task that it led to is settled, else 0."""


@frozen_struct
class ClientSnapshot:
    """Everything that the window shows of one client. Lists hold 200 rows at most, most pressing first."""

    read_at: datetime
    client: Client
    contacts: tuple[Contact, ...]
    billing_details: BillingDetails | None
    consents: tuple[Consent, ...]
    promises: tuple[Promise, ...]
    requests: tuple[Request, ...]
    """Open ones only."""
    clocks: Mapping[int, Clocks | None]
    """The clocks of open requests by request id, each worked out when it is asked for."""
    events: Mapping[int, list[RequestEvent]]
    closed_requests: tuple[Request, ...]
    missing: tuple[Document, ...]
    expiring: tuple[Document, ...]
    documents: tuple[Document, ...]
    licences: tuple[Licence, ...]
    usage: Mapping[int, list[int | None]]
    """Active users by product id, oldest of 26 weeks first; None where nothing was reported."""
    plans: tuple[Plan, ...]
    steps: Mapping[int, list[PlanStep]]
    trainings: tuple[Training, ...]
    places: tuple[int, int]
    """Workplaces where the product is installed, and all of them."""
    feedback: tuple[Feedback, ...]
    features: Mapping[int, Feature]
    deliveries: tuple[ClientDelivery, ...]
    """What the client was told of announcements, or is to be told, the newest announcement first."""
    opportunities: tuple[Opportunity, ...]
    touches: tuple[Touch, ...]
    answers: tuple[Answer, ...]
    tasks: tuple[Task, ...]
    health: Health
    health_weeks: tuple[tuple[int, int | None], ...]
    """Week and score of the snapshots of the last weeks, the oldest first."""
    meetings: tuple[Meeting, ...] = ()
    """Those that are not settled, the nearest first."""
    touch_due: TouchDue | None = None
    """The next touch that is due within two weeks."""
    alarms: tuple[Alarm, ...] = ()
    """What the list of clients keeps of alarms, the gravest first."""
    handover: HandoverStatus | None = None
    """How the handover of a client stands who is new; None for all others."""
    queued_answers: Mapping[int, str] = field(default_factory=dict[int, str])
    """When a reply that waits in the outbox goes (UTC text), by request id."""
    suggestions: tuple[Suggested, ...] | None = None
    """What the rules suggest to offer, ranked; None where nobody has worked it out."""

    @property
    def main_contact(self) -> Contact | None:
        """The person to call first."""
        return next((c for c in self.contacts if c.left_on is None), None)

    def contact_name(self, contact_id: int | None) -> str:
        """A contact's name, '' if it is none of this client's."""
        return next((c.name for c in self.contacts if c.id == contact_id), "")


def load_snapshot(session: Session, client_id: int) -> ClientSnapshot:
    """The snapshot of one client now; raises NotFound."""
    store, now = session.store, session.now()
    today = session.today()
    # One read transaction: what another process writes meanwhile is wholly in it or not at all.
    with store.read(about=client_id):
        client = rows.get(store, Client, client_id)
        open_requests = requests.open_of_client(store, client_id)
        events = clocks.by_request(requests.events_of_open(store, client_id))
        book = session.directory.policies
        plans = ownership.running_plans(store, client_id)
        this_week = week_number(today)
        soon = today + timedelta(days=session.settings.expiring_within_days)
        return ClientSnapshot(
            read_at=now,
            client=client,
            contacts=tuple(client_store.contacts(store, client_id)),
            billing_details=client_store.billing_details(store, client_id),
            consents=tuple(client_store.consents(store, client_id)),
            promises=tuple(promises.of_client(store, client_id)),
            requests=tuple(open_requests),
            # Worked out when a row is drawn: a screen shows a few of them, and clocks cost most.
            clocks=clocks.ClocksOnDemand(book, open_requests, client.tier, events, now),
            events=events,
            closed_requests=tuple(requests.closed_of_client(store, client_id, 20)),
            missing=tuple(documents.missing(store, client_id)),
            expiring=tuple(documents.expiring(store, client_id, soon.isoformat())),
            documents=tuple(documents.of_client(store, client_id, PANEL_ROWS)),
            licences=tuple(ownership.licences(store, client_id)),
            usage=_by_week(ownership.usage(store, client_id, this_week - USAGE_WEEKS + 1), this_week),
            plans=tuple(plans),
            steps={plan.id: ownership.steps(store, plan.id) for plan in plans},
            trainings=tuple(ownership.trainings(store, client_id)),
            places=ownership.places(store, client_id),
            feedback=tuple(feedback_store.feedback(store, client_id, PANEL_ROWS)),
            features=feedback_store.features_asked_by(store, client_id),
            deliveries=tuple(announcement_records.of_client(store, client_id)),
            opportunities=tuple(feedback_store.opportunities(store, client_id)),
            touches=tuple(timeline.touches(store, client_id, PANEL_ROWS)),
            answers=tuple(Answer(*row) for row in feedback_store.answers(store, client_id)),
            tasks=tuple(timeline.open_tasks(store, client_id)),
            health=client_health(store, client, now, weights=session.directory.weights.weights(client)),
            health_weeks=tuple(snapshots.scores(store, client_id, this_week - HEALTH_WEEKS)),
            meetings=tuple(meetings.unsettled(store, client_id)),
            touch_due=touch_due.find(store, client_id),
            alarms=unpack(client_stats.alarms(store, client_id)),
            handover=_handover(session, client),
            queued_answers=outbox.queued_answers(store),
        )


def _handover(session: Session, client: Client) -> HandoverStatus | None:
    """How the handover of a new client stands: nothing is asked, or loaded, for all the others."""
    if client.stage not in _NEW_STAGES:
        return None
    from onewindow.store.handover.status import standing  # most clients are not new: 1 module less at a start

    return standing(session.store, client.id)


def _by_week(usage: list[tuple[int, int, int, int]], this_week: int) -> dict[int, list[int | None]]:
    first = this_week - USAGE_WEEKS + 1
    series: dict[int, list[int | None]] = {}
    for product_id, week, users, _ in usage:
        weeks = series.setdefault(product_id, [None] * USAGE_WEEKS)
        # A file may hold weeks to come; they are nobody's use yet.
        if 0 <= week - first < USAGE_WEEKS:
            weeks[week - first] = users
    return series
