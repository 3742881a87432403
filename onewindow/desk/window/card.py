"""The card: who the client is, how they are, whom to call, what to know before anything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onewindow.actions import main_key
from onewindow.desk.health.alarm import KINDS
from onewindow.desk.health.scoring import BAND_TONES
from onewindow.desk.session.context import Session
from onewindow.desk.window.card_texts import (
    cap_text,
    card_completeness,
    card_gaps,
    consent_words,
    coverage_text,
    flag_of,
    handover_text,
    health_text,
    invoice_text,
    manner_text,
    payment_text,
    rivals_text,
    tax_name,
)
from onewindow.desk.window.panels.view import RecordKey
from onewindow.desk.window.panels.when import When, when
from onewindow.desk.window.snapshot import HEALTH_WEEKS, ClientSnapshot
from onewindow.records.absences import absence_on
from onewindow.records.clients import is_lead
from onewindow.records.organization import Staff
from onewindow.records.structs import frozen_struct
from onewindow.text.clean import clean
from onewindow.text.dates import week_number
from onewindow.text.identifiers.phones import format_phone
from onewindow.text.layout.bars import bars
from onewindow.text.layout.cells import Tone
from onewindow.text.layout.width import cell_width, fit

GAP = "  "
_PAYMENT_TONES: dict[str, Tone] = {"overdue": "late", "due": "warn"}


@frozen_struct
class Span:
    """A piece of a card's line: raw text, its tone, and the record and field that it shows."""

    text: str
    tone: Tone = ""
    key: RecordKey | None = None
    field: str = ""
    drop: int = 0
    """On a narrow line pieces vanish in this order, 1 first; those with 0 stay."""


@frozen_struct
class CardLine:
    """One line of the card: pieces from the left edge and pieces at the right edge."""

    left: tuple[Span, ...]
    right: tuple[Span, ...] = ()


@frozen_struct
class CardView:
    """The card for a wide window (four to six lines from 90 cells on) and a narrow one (three lines)."""

    wide: tuple[CardLine, ...]
    narrow: tuple[CardLine, ...]


def card_view(session: Session, snapshot: ClientSnapshot) -> CardView:
    """The card of a snapshot in both sizes."""
    pieces = _Pieces(session, snapshot, when(session, snapshot))
    name, number = pieces.name()
    health, known, cap = pieces.health()
    weeks = pieces.health_weeks()
    tier, stage, since = pieces.stage()
    person = pieces.person()
    more = pieces.more_contacts()
    archived = pieces.archived()
    wide = [
        CardLine((name, number, *archived, tier, stage, *since), (health, *weeks, known)),
        CardLine((*pieces.responsible(), *pieces.tax(), pieces.invoice(), *pieces.payment())),
        CardLine(person, more),
        CardLine((*pieces.goal(), *pieces.consents()), pieces.known()),
    ]
    last = (*pieces.warnings(), *pieces.alarms(), *cap, *pieces.names())
    if last:
        wide.append(CardLine(last))
    narrow = (
        CardLine(
            (name, number, *archived, tier, replace(stage, text=snapshot.client.stage)), (health, known)
        ),
        CardLine(person, tuple(replace(span, text=span.text.rpartition(" ")[0], drop=0) for span in more)),
        CardLine(
            (
                *pieces.warnings(),
                *pieces.alarms(short=True),
                *pieces.responsible(),
                *pieces.payment(),
                pieces.invoice(),
                *(replace(span, drop=1) for span in pieces.goal()),
                *cap,
            )
        ),
    )
    return CardView(tuple(wide), narrow)


def laid_out(line: CardLine, width: int) -> tuple[Span, ...]:
    """The pieces of a line in exactly `width` cells, cleaned, with blanks between them.

    What does not fit is left out by its drop order; what may not be left out is cut.
    """
    left, right = [_cleaned(span) for span in line.left], [_cleaned(span) for span in line.right]
    while _width(left, right) > width:
        droppable = [span for span in (*left, *right) if span.drop]
        if not droppable:
            break
        # One at a time: what goes first may leave room for what would go next.
        first = min(droppable, key=lambda span: span.drop)
        (left if first in left else right).remove(first)
    tail = _cut(_joined(right), width)
    head = _cut(_joined(left), width - _cells(tail) - (len(GAP) if tail else 0))
    free = width - _cells(tail) - _cells(head)
    return (*head, Span(" " * free), *tail)


@frozen_struct
class _Pieces:
    """The pieces of one client's card."""

    session: Session
    snapshot: ClientSnapshot
    moment: When

    @property
    def client_key(self) -> RecordKey:
        return RecordKey("client", self.snapshot.client.id)

    def name(self) -> tuple[Span, Span]:
        client = self.snapshot.client
        number = Span(f"C-{client.number}", "dim", self.client_key, "number")
        return Span(client.name, "title", self.client_key, "name"), number

    def archived(self) -> tuple[Span, ...]:
        """That the client is archived and which key brings it back, in front of all that may be left out."""
        if self.snapshot.client.archived_at is None:
            return ()
        from onewindow.desk.editing.archived_clients import archived_text  # no start shows an archived client

        said = archived_text(self.session, self.snapshot.client)
        key = main_key("record.archive", self.session.settings.keys)
        return (Span(f"{said}; {key} brings it back", "warn", self.client_key, "archived_at"),)

    def stage(self) -> tuple[Span, Span, tuple[Span, ...]]:
        client = self.snapshot.client
        words = f"{client.client_class.replace('_', ' ')} · {client.stage}"
        since = f"since {client.since[:4]}" if client.since else ""
        if is_lead(client):
            words, since = "lead · with sales", ""
        return (
            Span(client.tier, "accent", self.client_key, "tier"),
            Span(words, "", self.client_key, "stage", 6),
            (Span(since, "dim", self.client_key, "since", 2),) if since else (),
        )

    def health(self) -> tuple[Span, Span, tuple[Span, ...]]:
        health = self.snapshot.health
        cap = cap_text(health)
        return (
            Span(health_text(health), BAND_TONES[health.band], self.client_key, "health"),
            Span(coverage_text(health), "dim", self.client_key, "health", 5),
            (Span(f"health {cap}", "warn", self.client_key, "health"),) if cap else (),
        )

    def health_weeks(self) -> tuple[Span, ...]:
        """The scores of the last weeks and of now as bars on one scale, 0 to 100; nothing without a past."""
        snapshot = self.snapshot
        if not snapshot.health_weeks:
            return ()
        now = week_number(snapshot.read_at.date())
        # This week is what it is now, even where a snapshot of it was kept on Monday.
        known = {**dict(snapshot.health_weeks), now: snapshot.health.score}
        series = [known.get(week) for week in range(now - HEALTH_WEEKS + 1, now + 1)]
        text = bars(series, HEALTH_WEEKS, hi=100, ascii=self.session.settings.ascii)
        return (Span(text, "dim", self.client_key, "health", 4),)

    def responsible(self) -> tuple[Span, ...]:
        client, staff = self.snapshot.client, self.session.directory.staff
        owner, deputy = staff.get(client.owner_id or 0), staff.get(client.deputy_id or 0)
        if owner is None:
            return (Span("no owner", "late", self.client_key, "owner_id"),)
        if deputy is None:
            second = Span("no deputy", "warn", self.client_key, "deputy_id", 3)
        else:
            gone = self._away(deputy)
            text = f"deputy {self._surname(deputy)}{gone}"
            second = Span(text, "warn" if gone else "", self.client_key, "deputy_id", 3)
        gone = self._away(owner)
        text = f"{self._surname(owner)}{gone}"
        return Span(text, "warn" if gone else "", self.client_key, "owner_id"), second

    def _surname(self, person: Staff) -> str:
        return self.session.directory.surname(person.id)

    def _away(self, person: Staff) -> str:
        absence = absence_on(person, self.moment.today.isoformat())
        if absence is None:
            return ""
        return f" (away till {self.moment.day(absence.last)})" if absence.last else " (away)"

    def tax(self) -> tuple[Span, ...]:
        billing_details = self.snapshot.billing_details
        if billing_details is None or not billing_details.tax_id:
            return ()
        wrong = flag_of(billing_details.flags, "tax_id")
        mark = "wrong" if wrong else "ok"
        text = f"{tax_name(self.snapshot.client.country)} {billing_details.tax_id} {mark}"
        return (
            Span(text, "late" if wrong else "", RecordKey("requisites", billing_details.id), "tax_id", 2),
        )

    def invoice(self) -> Span:
        billing_details, text = self.snapshot.billing_details, invoice_text(self.snapshot)
        key = RecordKey("requisites", billing_details.id if billing_details else 0)
        return Span(text, "good" if text == "ready to invoice" else "warn", key, "legal_name", 4)

    def payment(self) -> tuple[Span, ...]:
        client = self.snapshot.client
        text = payment_text(client, self.moment)
        if not text:
            return ()
        return (
            Span(text, _PAYMENT_TONES.get(client.payment_state, ""), self.client_key, "payment_state", 5),
        )

    def person(self) -> tuple[Span, ...]:
        contact = self.snapshot.main_contact
        if contact is None:
            return (Span("no contact yet: whom do we call?", "warn", RecordKey("contact", 0), "name"),)
        key = RecordKey("contact", contact.id)
        name = f"{contact.name}, {contact.role}" if contact.role else contact.name
        spans = [Span(name, "title", key, "name")]
        if contact.phone:
            wrong = flag_of(contact.flags, "phone")
            text = f"{format_phone(contact.phone)} (check)" if wrong else format_phone(contact.phone)
            spans.append(Span(text, "warn" if wrong else "", key, "phone"))
        spans += [
            Span(text, "", key, field, drop)
            for field, text, drop in (
                ("manner", manner_text(contact), 0),
                ("email", contact.email, 3),
                ("messenger", contact.messenger, 2),
                ("preferred_channel", f"prefers {contact.preferred_channel}", 4),
            )
            if text
        ]
        return tuple(spans)

    def more_contacts(self) -> tuple[Span, ...]:
        count = sum(contact.left_on is None for contact in self.snapshot.contacts) - 1
        words = f"+ {count} contact" if count == 1 else f"+ {count} contacts"
        return (Span(words, "dim", self.client_key, "contacts", 5),) if count > 0 else ()

    def consents(self) -> tuple[Span, ...]:
        contact = self.snapshot.main_contact
        said = consent_words(self.snapshot.consents, contact.id if contact else None)
        if contact is None:
            return ()
        first = next((c for c in self.snapshot.consents if c.contact_id in (None, contact.id)), None)
        key = RecordKey("consent", first.id if first else 0)
        return (Span(said or "no consent on file", "" if said else "dim", key, "state", 2),)

    def goal(self) -> tuple[Span, ...]:
        client = self.snapshot.client
        if not client.goal:
            return (Span("no goal written down", "dim", self.client_key, "goal", 7),)
        measure = f" ({client.goal_measure})" if client.goal_measure else ""
        return (Span(f"goal: {client.goal}{measure}", "", self.client_key, "goal", 7),)

    def known(self) -> tuple[Span, ...]:
        missing = card_gaps(self.snapshot)
        next_gap = f", next: {missing[0]}" if missing else ""
        text = f"card {card_completeness(self.snapshot)} %{next_gap}"
        return (Span(text, "dim", self.client_key, "completeness", 6),)

    def warnings(self) -> tuple[Span, ...]:
        client, handover = self.snapshot.client, handover_text(self.snapshot, self.moment)
        spans = (Span(f"? {handover}", "warn", self.client_key, "handover"),) if handover else ()
        rivals = rivals_text(self.session, client)
        if not rivals:
            return spans
        return (Span(f"! {rivals}", "late", self.client_key, "competitor_of_id"), *spans)

    def alarms(self, *, short: bool = False) -> tuple[Span, ...]:
        """The gravest alarm with its numbers, or all in a word each."""
        if not self.snapshot.alarms:
            return ()
        gravest, *others = self.snapshot.alarms
        text = ", ".join(KINDS.get(alarm.kind, alarm.kind) for alarm in self.snapshot.alarms)
        if not short:
            text = gravest.label + (f" (+ {len(others)} more)" if others else "")
        return (Span(f"? {text}", "warn", self.client_key, "alarms"),)

    def names(self) -> tuple[Span, ...]:
        client = self.snapshot.client
        aliases = ", ".join(client.aliases.splitlines())
        spans = (
            Span(f"tags: {client.tags}" if client.tags else "", "dim", self.client_key, "tags", 2),
            Span(f"also called: {aliases}" if aliases else "", "dim", self.client_key, "aliases", 1),
        )
        return tuple(span for span in spans if span.text)


def _cleaned(span: Span) -> Span:
    # Asked first: nearly every text is clean, and cleaning one costs more than asking.
    return span if span.text.isprintable() else replace(span, text=clean(span.text))


def _width(left: Sequence[Span], right: Sequence[Span]) -> int:
    return _cells([*left, *right]) + len(GAP) * max(0, len(left) + len(right) - 1)


def _cells(spans: Sequence[Span]) -> int:
    return sum(cell_width(span.text) for span in spans)


def _joined(spans: Sequence[Span]) -> list[Span]:
    pieces: list[Span] = []
    for span in spans:
        if pieces:
            pieces.append(Span(GAP))
        pieces.append(span)
    return pieces


def _cut(spans: Sequence[Span], room: int) -> list[Span]:
    """The pieces from the left that fit into some cells, the last one cut where it has to be."""
    kept: list[Span] = []
    for span in spans:
        cells = cell_width(span.text)
        if cells > room:
            if room > 0:
                kept.append(replace(span, text=fit(span.text, room)))
            break
        kept.append(span)
        room -= cells
    return kept
