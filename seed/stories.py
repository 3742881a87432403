"""How a request goes: its events one after another in working time, and the request that they make."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from onewindow.desk.sla.kept_times import kept_times
from onewindow.metrics.policies.working_time import Calendar, add_open_seconds
from onewindow.records.clients import Channel
from onewindow.records.organization import SlaPolicy, Staff
from onewindow.records.requests import (
    NextActor,
    Priority,
    Request,
    RequestEvent,
    RequestEventKind,
    RequestKind,
    RequestStatus,
)
from onewindow.store.requests.reports import ReportedRequest
from onewindow.store.requests.threads import KeptTimes
from onewindow.text.dates import utc_text
from seed.firm import Account, Firm

_AFTER: dict[RequestEventKind, tuple[RequestStatus, NextActor]] = {
    "reply": ("open", "us"),
    "client_message": ("open", "us"),
    "resume": ("open", "us"),
    "reopen": ("open", "us"),
    "wait_client": ("waiting", "client"),
    "hand_off": ("handed_off", "internal"),
    "resolve": ("resolved", "us"),
    "decline": ("declined", "us"),
}
"""Status and next actor after an event; the other kinds leave both as they were."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is asked, and how it may be solved."""

    kind: RequestKind
    title: str
    text: str
    result: str = ""
    cause: str = ""
    priority: Priority = "normal"
    channel: Channel = "phone"


@dataclass(frozen=True, slots=True)
class _Happened:
    at: datetime
    kind: RequestEventKind
    staff_id: int | None
    text: str
    detail: dict[str, str]


@dataclass
class Story:
    """A request that is being told. What would happen after now is left out."""

    firm: Firm
    account: Account
    case: Case
    opened: datetime
    assignee: Staff | None
    events: list[_Happened] = field(default_factory=list[_Happened])
    priority: Priority = "normal"
    promised_at: datetime | None = None
    department: str = ""

    def __post_init__(self) -> None:
        self.opened = self.opened.replace(microsecond=0)
        self.priority = self.case.priority
        self.events.append(
            _Happened(self.opened, "opened", self.account.owner.id, self.case.title, self._terms())
        )

    @property
    def policy(self) -> SlaPolicy:
        """The service policy in force."""
        return self.firm.policies[self.account.client.tier, self.priority]

    @property
    def target(self) -> int:
        """Seconds of open time in which the request must be solved."""
        return (self.policy.resolution_min or 0) * 60

    @property
    def calendar(self) -> Calendar:
        """Opening hours by which the policy counts."""
        return self.firm.calendar

    def after(
        self,
        seconds: float,
        kind: RequestEventKind,
        text: str = "",
        *,
        by_us: bool = True,
        detail: dict[str, str] | None = None,
    ) -> bool:
        """Let something happen so many open seconds after the opening; False if that is still to come."""
        at = add_open_seconds(self.calendar, self.opened, int(seconds))
        if at > self.firm.moments.now:
            return False
        staff = (self.assignee or self.account.owner).id if by_us else None
        self.events.append(_Happened(at, kind, staff, text, detail or {}))
        return True

    def promise(self, seconds: float, due: datetime, text: str) -> None:
        """Give the client a date."""
        if self.after(seconds, "promise", text, detail={"promised_at": utc_text(due)}):
            self.promised_at = due.replace(microsecond=0)

    def raise_priority(self, seconds: float, priority: Priority, text: str) -> None:
        """Put the request under another policy."""
        if self.after(seconds, "policy", text, detail=self._terms(priority)):
            self.priority = priority

    def hand_off(self, seconds: float, department: str, text: str) -> None:
        """Give the request to another department."""
        if self.after(seconds, "hand_off", text):
            self.department = department

    def tell(self, number: int = 0) -> Request:
        """Put the request and its events into the firm."""
        self.events.sort(key=lambda event: event.at)
        status: RequestStatus = "new"
        actor: NextActor = "us"
        for event in self.events:
            status, actor = _AFTER.get(event.kind, (status, actor))
        closed = status in ("resolved", "declined")
        replies = [event.at for event in self.events if event.kind in ("reply", "resolve", "decline")]
        ends = [event.at for event in self.events if event.kind in ("resolve", "decline")]
        random = self.firm.random
        asks = self.account.contacts[: 2 if len(self.account.contacts) > 1 else 1]
        request = self.firm.sheets.add(
            Request(
                number=number,
                client_id=self.account.client.id,
                title=self.case.title,
                request_kind=self.case.kind,
                priority=self.priority,
                status=status,
                next_actor=actor,
                assignee_id=self.assignee.id if self.assignee else None,
                contact_id=self.firm.pick(asks).id,
                channel=self.case.channel,
                promised_at=utc_text(self.promised_at) if self.promised_at else None,
                text=self.case.text,
                product_id=self.account.licences[0].product_id if self.account.licences else None,
                department=self.department,
                cause=self.case.cause if closed else "",
                corrective_action="позвонил руководитель, порядок исправлен"
                if closed and self.case.kind == "complaint"
                else "",
                result=self._result(status),
                minutes=random.randrange(10, 150) if closed else random.randrange(0, 40),
                opened_at=utc_text(self.opened),
                responded_at=utc_text(min(replies)) if replies else None,
                resolved_at=utc_text(max(ends)) if closed else None,
                due_at=None,
                intake_seconds=random.randrange(14, 75),
            ),
            utc_text(self.opened),
        )
        events = self._write_events(request)
        seen_at = max(ends) - timedelta(seconds=1) if closed else self.firm.moments.now
        due = self._due(request, [event for event in events if event.at <= utc_text(seen_at)], seen_at)
        request = request.with_changes({"due_at": due})
        request = request.with_changes({"late_from": self._kept(request, events, seen_at).late_from})
        self.firm.sheets.all(Request)[-1] = request
        self.account.requests.append(request)
        return request

    def _terms(self, priority: Priority | None = None) -> dict[str, str]:
        """What decides the policy, as the desk writes it down."""
        tier, kind = self.account.client.tier, self.case.kind
        return {"tier": tier, "priority": priority or self.priority, "request_kind": kind}

    def _result(self, status: RequestStatus) -> str:
        if status == "declined":
            return self.account.texts("requests_words")["decline"][0]
        return self.case.result if status == "resolved" else ""

    def _write_events(self, request: Request) -> list[RequestEvent]:
        return [
            self.firm.sheets.add(
                RequestEvent(
                    client_id=self.account.client.id,
                    request_id=request.id,
                    at=utc_text(event.at),
                    event_kind=event.kind,
                    staff_id=event.staff_id,
                    text=event.text,
                    detail=json.dumps(event.detail, ensure_ascii=False) if event.detail else "",
                ),
                utc_text(event.at),
            )
            for event in self.events
        ]

    def _due(self, request: Request, events: list[RequestEvent], at: datetime) -> str | None:
        """When the request had to be dealt with next, as the desk would have stored it at that moment."""
        return self._kept(request.with_changes({"status": "open"}), events, at).due_at

    def _kept(self, request: Request, events: list[RequestEvent], at: datetime) -> KeptTimes:
        reported = ReportedRequest(request, self.account.client.tier, tuple(events))
        return kept_times(self.firm.policy_book, reported, at)
