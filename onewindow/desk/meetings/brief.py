"""What to know before a call or meeting, on one page: people, promises, what burns, what is new."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.desk.meetings import planning as desk_meetings
from onewindow.desk.session.context import Session
from onewindow.desk.session.private_facts import may_see_private
from onewindow.desk.window.card_texts import card_gaps, coverage_text, health_text
from onewindow.desk.window.panels import adoption, feedback, opportunities, promises
from onewindow.desk.window.panels.plan_rows import late_steps
from onewindow.desk.window.panels.requests import lateness_in
from onewindow.desk.window.panels.timeline import is_unanswered, touch_word
from onewindow.desk.window.panels.when import When, when
from onewindow.desk.window.snapshot import ClientSnapshot, load_snapshot
from onewindow.records.clients import Client, Contact
from onewindow.records.meetings import Meeting
from onewindow.records.structs import frozen_struct
from onewindow.store import meetings as meeting_store
from onewindow.store.clients import cards as clients
from onewindow.text.clean import clean
from onewindow.text.identifiers.phones import format_phone
from onewindow.text.markdown import plain_markdown
from onewindow.text.plural import counted

_FEW = 5
_STALE_GOAL_DAYS = 180


@frozen_struct
class Section:
    """A heading with its lines, raw; those that want care first begin with a `!`."""

    title: str
    lines: tuple[str, ...]


@frozen_struct
class Brief:
    """What to know before a meeting with one client."""

    client: Client
    headline: str
    meeting: Meeting | None
    sections: tuple[Section, ...]


def brief(session: Session, client_id: int, meeting: Meeting | None = None) -> Brief:
    """The brief of a client for a meeting, or for the next one that is planned; raises NotFound."""
    snapshot = load_snapshot(session, client_id)
    return brief_of(session, snapshot, meeting)


def brief_of(session: Session, snapshot: ClientSnapshot, meeting: Meeting | None = None) -> Brief:
    """The brief of a picture that was read already."""
    page = _Page(session, snapshot, meeting)
    sections = tuple(Section(title, tuple(lines)) for title, make in page.parts() if (lines := list(make)))
    client = snapshot.client
    headline = (
        f"{client.name} · C-{client.number} · {client.tier} · {client.stage} · {health_text(snapshot.health)}"
    )
    return Brief(client, headline, page.meeting, sections)


def lines(meeting_brief: Brief) -> list[str]:
    """The brief as plain lines, cleaned."""
    text_lines = [clean(meeting_brief.headline)]
    for section in meeting_brief.sections:
        text_lines += ["", section.title.upper(), *(f"  {clean(line)}" for line in section.lines)]
    return text_lines


def as_markdown(meeting_brief: Brief) -> str:
    """The brief as Markdown: what people wrote stays text and becomes no markup."""
    markdown_lines = [f"# {plain_markdown(meeting_brief.headline)}"]
    for section in meeting_brief.sections:
        markdown_lines += [
            "",
            f"## {section.title}",
            "",
            *(f"- {plain_markdown(line)}" for line in section.lines),
        ]
    return "\n".join(markdown_lines)


class _Page:
    """Makes the sections of one brief."""

    def __init__(self, session: Session, snapshot: ClientSnapshot, meeting: Meeting | None) -> None:
        self.session, self.snapshot = session, snapshot
        self.moment: When = when(session, snapshot)
        self.meetings = meeting_store.of_client(session.store, snapshot.client.id)
        coming = [other for other in self.meetings if other.state == "planned"]
        self.meeting = meeting or (coming[-1] if coming else None)
        held = [other for other in self.meetings if other.state == "held"]
        self.last_met = held[0] if held else None

    def parts(self) -> Iterator[tuple[str, Iterator[str]]]:
        """Headings with what makes their lines, in the order in which one reads them."""
        yield "meeting", self._meeting()
        yield "who", self._who()
        yield "goal", self._goal()
        yield "promised by us", self._promised()
        yield "they owe us", self._owed()
        yield "open requests", self._requests()
        yield self._since_title(), self._since()
        yield "how they are", self._health()
        yield "use", self._use()
        yield "to tell", self._to_tell()
        yield "opportunities", self._opportunities()
        yield "ask", self._ask()

    def _meeting(self) -> Iterator[str]:
        if self.meeting is not None:
            yield f"{self.meeting.title}: {desk_meetings.meeting_text(self.session, self.meeting)}"
            theirs, ours = desk_meetings.people_text(self.session, self.meeting)
            yield f"with {', '.join(theirs) or 'nobody named'}; from us {', '.join(ours)}"
            if self.meeting.agenda:
                yield f"agenda: {' / '.join(self.meeting.agenda.splitlines())}"
            if self.meeting.postponed:
                yield f"! postponed {counted(self.meeting.postponed, 'time')}: {self.meeting.reason}"
        counts = meeting_store.counts_of_client(self.session.store, self.snapshot.client.id)
        if counts.held or counts.postponed or counts.cancelled:
            yield (
                f"so far {counts.held} held ({counted(counts.visits, 'visit')}),"
                f" postponed {counted(counts.postponed, 'time')}, {counts.cancelled} cancelled"
            )

    def _who(self) -> Iterator[str]:
        named: set[int | None] = set()
        if self.meeting is not None:
            named = {
                person.contact_id for person in meeting_store.people(self.session.store, self.meeting.id)
            }
        here = [person for person in self.snapshot.contacts if person.left_on is None]
        first = [person for person in here if person.id in named] or here[:1]
        notes: dict[int, list[str]] = {}
        sees_private = may_see_private(self.session, self.snapshot.client)
        if sees_private:
            for note in clients.contact_notes(self.session.store, self.snapshot.client.id):
                notes.setdefault(note.contact_id, []).append(note.text)
        for contact in first:
            yield self._person(contact)
            if contact.manner:
                yield f"! {contact.name}: {contact.manner}"
            if sees_private and contact.birthday:
                yield f"birthday {self.moment.day(contact.birthday)}"
            yield from (f"private: {text}" for text in notes.get(contact.id, [])[:2])
        rest = [person for person in here if person not in first]
        if rest:
            yield "also " + ", ".join(
                f"{person.name} ({person.role})" if person.role else person.name for person in rest[:_FEW]
            )

    def _person(self, contact: Contact) -> str:
        called = f"say “{contact.address_as}”" if contact.address_as else ""
        phone = format_phone(contact.phone) if contact.phone else ""
        parts = (
            contact.name,
            contact.role,
            called,
            f"by {contact.preferred_channel}",
            phone or contact.email,
        )
        return ", ".join(part for part in parts if part)

    def _goal(self) -> Iterator[str]:
        client = self.snapshot.client
        if client.goal:
            yield " / ".join(client.goal.splitlines())
        if client.goal_measure:
            yield f"measure: {client.goal_measure}"

    def _promised(self) -> Iterator[str]:
        pressing = promises.in_order(self.moment, self.snapshot.promises)
        current = [promise for promise in pressing if promises.is_current(self.moment, promise)]
        for promise in current[:_FEW]:
            burns = promises.is_late(self.moment, promise) or promises.is_broken(self.moment, promise)
            yield f"{'! ' if burns else ''}{promise.text}, {promises.how_it_stands(self.moment, promise)}"
        for request in self.snapshot.requests:
            if request.promised_at:
                mark = "! " if self.moment.is_over(request.promised_at) else ""
                till = self.moment.moment(request.promised_at)
                yield f"{mark}R-{request.number} {request.title}, for {till}"

    def _owed(self) -> Iterator[str]:
        for request in self.snapshot.requests:
            if request.next_actor == "client":
                yield f"R-{request.number} {request.title}: we wait for their answer"
        for document in self.snapshot.missing[:_FEW]:
            due = f", {self.moment.due(document.due_on)}" if document.due_on else ""
            yield f"{document.title} {document.number}".strip() + f" is missing{due}"

    def _requests(self) -> Iterator[str]:
        for request in self.snapshot.requests[: _FEW + 3]:
            lateness = lateness_in(self.session, self.snapshot, request)
            late = lateness is not None and lateness.is_late
            due = self.moment.lateness(lateness) if lateness is not None else ""
            who = self.session.directory.surname(request.assignee_id)
            parts = (request.priority, due, who)
            details = ", ".join(part for part in parts if part)
            yield f"{'! ' if late else ''}R-{request.number} {request.title}: {details}"
        if len(self.snapshot.requests) > _FEW + 3:
            yield f"and {len(self.snapshot.requests) - _FEW - 3} more"

    def _since_title(self) -> str:
        if self.last_met is None:
            return "lately"
        return f"since the meeting of {self.moment.day_of(self.last_met.starts_at)}"

    def _since(self) -> Iterator[str]:
        begin = self.last_met.starts_at if self.last_met else ""
        if self.last_met is not None and self.last_met.result:
            yield f"then: {' / '.join(self.last_met.result.splitlines())}"
        shown = [past for past in self.snapshot.touches if past.at > begin and not past.is_automatic]
        for touch in shown[:_FEW]:
            mood = f" ({touch.mood})" if touch.mood else ""
            yield f"{self.moment.day_of(touch.at)} {touch_word(touch)}: {' '.join(touch.text.split())}{mood}"
        closed = [request for request in self.snapshot.closed_requests if (request.resolved_at or "") > begin]
        if closed:
            named = ", ".join(f"R-{request.number} {request.title}" for request in closed[:2])
            yield f"{counted(len(closed), 'request')} settled: {named}"
        answers = [given for given in self.snapshot.answers if given.at > begin]
        for answer in answers[:2]:
            mark = "! " if is_unanswered(answer) else ""
            said = f" «{' '.join(answer.comment.split())}»" if answer.comment else ""
            yield f"{mark}{answer.metric.upper()} {answer.score} of {answer.scale_max}{said}"

    def _health(self) -> Iterator[str]:
        health = self.snapshot.health
        yield f"{health_text(health)}, {coverage_text(health)}"
        for cap in health.caps:
            yield f"! at most {cap.limit:.0f}: {cap.reason}"
        weak = sorted(health.contributions, key=lambda part: part.points - part.possible)
        for part in weak[:2]:
            if part.points < 0.6 * part.possible:
                yield f"{part.signal.name} gives {part.points:.0f} of {part.possible:.0f} points"
        for alarm in self.snapshot.alarms:
            yield f"! {alarm.label}"

    def _use(self) -> Iterator[str]:
        for licence in self.snapshot.licences[:_FEW]:
            name = self.session.directory.product(licence.product_id)
            used = f", last used {self.moment.away(licence.last_used_on)}" if licence.last_used_on else ""
            yield f"{name}: {licence.active} of {licence.bought} in use{used}"
        for step in late_steps(self.moment, self.snapshot)[:2]:
            yield f"! plan: {step.title}, {self.moment.due(step.due_on)}"
        taught, people = adoption.trained(self.snapshot.trainings)
        if taught:
            yield f"{taught} of {people} people trained"

    def _to_tell(self) -> Iterator[str]:
        for quote in self.snapshot.feedback:
            if feedback.is_to_tell(self.snapshot, quote):
                outcome = feedback.outcome(self.snapshot, self.moment, quote)
                yield f"their wish is out: «{' '.join(quote.quote.split())}», {outcome}"
        for title in meeting_store.untold_announcements(self.session.store, self.snapshot.client.id, _FEW):
            yield f"new: {title}"
        due = self.snapshot.touch_due
        if due is not None and due.due_on <= self.moment.today.isoformat():
            yield f"get in touch: {due.reason}"

    def _opportunities(self) -> Iterator[str]:
        for opportunity in opportunities.still_open(self.snapshot)[:3]:
            amount = opportunities.amount_text(opportunity)
            details = ", ".join(
                part for part in (opportunity.title, amount, opportunities.state_word(opportunity)) if part
            )
            yield (
                f"{details}: {opportunity.evidence.splitlines()[0]}"
                if opportunity.evidence.strip()
                else details
            )

    def _ask(self) -> Iterator[str]:
        client = self.snapshot.client
        reviewed = self.moment.days_to(client.goal_reviewed_on)
        if not client.goal:
            yield "what do they want to reach with us?"
        elif reviewed is None or reviewed < -_STALE_GOAL_DAYS:
            measure = f" ({client.goal_measure})" if client.goal_measure else ""
            yield f"is the goal still the same? how near is it{measure}?"
        need = next((touch for touch in self.snapshot.touches if touch.need), None)
        if need is not None:
            yield f"what became of: {need.need} (heard {self.moment.day_of(need.at)})?"
        for licence in self.snapshot.licences:
            free = licence.bought - licence.active
            if licence.bought and free / licence.bought >= 0.4:
                name = self.session.directory.product(licence.product_id)
                yield f"what keeps {free} people from using {name}?"
                break
        if any(adoption.is_missed(self.moment, training) for training in self.snapshot.trainings):
            yield "when can the missed training be held?"
        gaps = card_gaps(self.snapshot)
        if gaps:
            yield f"for the card: {', '.join(gaps[:4])}"
