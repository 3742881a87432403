"""What the card says in words, for every face: health, gaps, invoice, payment, handover, rivals, consents."""

from __future__ import annotations

import json
from collections.abc import Sequence

from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.when import When
from onewindow.desk.window.snapshot import ClientSnapshot
from onewindow.metrics.health.completeness import completeness, gaps, invoice_gaps
from onewindow.metrics.health.score import Health
from onewindow.records.clients import BillingDetails, Client, Consent, Contact
from onewindow.store import rows
from onewindow.store.clients import cards as clients

_TAX_NAMES = {"RU": "ИНН", "BG": "ЕИК"}
_NAMED_GAPS = 3


def health_text(health: Health) -> str:
    """A health score with its band in a word: `health 64 amber`, `health unknown`."""
    return "health unknown" if health.score is None else f"health {health.score:.0f} {health.band}"


def coverage_text(health: Health) -> str:
    """How much of the weight of the signals is known."""
    return f"{100 * health.coverage:.0f} % known"


def cap_text(health: Health) -> str:
    """Why health cannot be better, '' if nothing holds it down."""
    return f"at most {health.caps[0].limit:.0f}: {health.caps[0].reason}" if health.caps else ""


def card_gaps(snapshot: ClientSnapshot) -> list[str]:
    """What is missing on the card by its label, first what should be filled first."""
    return [gap.label for gap in gaps(*_known_parts(snapshot))]


def card_completeness(snapshot: ClientSnapshot) -> int:
    """How much of what should be known of a client is known, in percent."""
    return completeness(*_known_parts(snapshot))


def invoice_text(snapshot: ClientSnapshot) -> str:
    """`ready to invoice`, or what an invoice still needs."""
    missing = [gap.label for gap in invoice_gaps(snapshot.billing_details, snapshot.client.country)]
    if not missing:
        return "ready to invoice"
    more = f" + {len(missing) - _NAMED_GAPS}" if len(missing) > _NAMED_GAPS else ""
    return f"no invoice yet: {', '.join(missing[:_NAMED_GAPS])}{more}"


def handover_text(snapshot: ClientSnapshot, moment: When) -> str:
    """What is to be done with the handover of a new client, '' if nothing."""
    status = snapshot.handover
    if status is None:
        return ""
    owed = f"sales owes {status.owed} answer{'s' if status.owed > 1 else ''}" if status.owed else ""
    if status.state == "sent":
        since = f"handover waits since {moment.day_of(status.sent_at)}"
        return ", ".join(part for part in (since, owed) if part)
    return "handover is back with sales" if status.state == "returned" else owed


def payment_text(client: Client, moment: When) -> str:
    """What finance says of payment, '' if nothing: `paid till 31.10 (finance)`."""
    till = f"paid till {moment.day(client.paid_till)}" if client.paid_till else ""
    state = {"unknown": "", "paid": "" if till else "paid"}.get(
        client.payment_state, f"payment {client.payment_state}"
    )
    said = ", ".join(part for part in (state, till) if part)
    return f"{said} (finance)" if said else ""


def rivals_text(session: Session, client: Client) -> str:
    """`competes with Лютик ООО, Мята`, on whichever card it stands; '' without rivals in daily view."""
    rivals = clients.competing_with(session.store, client.id)
    if client.competitor_of_id is not None:
        rivals.insert(0, rows.get(session.store, Client, client.competitor_of_id))
    names = dict.fromkeys(rival.name for rival in rivals if rival.archived_at is None)
    return f"competes with {', '.join(names)}" if names else ""


def tax_name(country: str) -> str:
    """What the tax id is called in a country."""
    return _TAX_NAMES.get(country, "tax id")


def flag_of(flags: str, field: str) -> str:
    """Why an identifier in a field looks wrong, '' if it does not; `flags` is the record's JSON."""
    # A damaged file may hold anything here: the card is shown all the same, without the reason.
    try:
        reasons: object = json.loads(flags) if flags else {}
    except ValueError:
        return ""
    return str(reasons.get(field, "")) if isinstance(reasons, dict) else ""  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType]


def consent_words(consents: Sequence[Consent], contact_id: int | None) -> str:
    """What a person agreed to by purpose and channel: `marketing: email yes, phone no`; '' if never asked."""
    seen: dict[str, dict[str, str]] = {}
    for consent in consents:
        if consent.contact_id in (None, contact_id):
            answer = "yes" if consent.state == "given" else "no"
            # The newest decision comes first and stays: what was agreed before it counts no more.
            seen.setdefault(consent.purpose, {}).setdefault(consent.channel, answer)
    return "; ".join(
        f"{purpose.replace('_', ' ')}: "
        + ", ".join(f"{channel} {answer}" for channel, answer in said.items())
        for purpose, said in seen.items()
    )


def manner_text(contact: Contact) -> str:
    """How to address and how to treat a person, '' if nobody wrote it down: `«Анна Сергеевна; по имени»`."""
    said = "; ".join(part for part in (contact.address_as, contact.manner) if part)
    return f"«{said}»" if said else ""


def _known_parts(snapshot: ClientSnapshot) -> tuple[Client, BillingDetails | None, Sequence[Contact], int]:
    return snapshot.client, snapshot.billing_details, snapshot.contacts, len(snapshot.licences)
