"""What announcements and training led to: shares, what followed, trained clients against the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from onewindow.desk.announcements import training_sessions
from onewindow.desk.filters.words import Filter, Term, parse
from onewindow.desk.segments import membership
from onewindow.desk.session.context import Session
from onewindow.metrics.announcement_effects import first_use
from onewindow.metrics.announcement_outcomes import (
    Effect,
    OpportunityInput,
    Repeat,
    SaleInput,
    comparisons,
    effect_of,
    parties,
    ripe,
)
from onewindow.records.adoption import Announcement, Product, TrainingSession
from onewindow.records.clients import STAGES
from onewindow.store.adoption import training
from onewindow.store.announcements import announcement_records, effects
from onewindow.store.announcements.effects import Chance, Payment
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import to_local, week_number

WITHIN_DAYS = 90
EFFECT_DAYS = 30
USED_BEFORE_WEEKS = 4
"""Who used a product in so many weeks before a training did not begin by it."""


def effect(session: Session, announcement: Announcement, within_days: int = EFFECT_DAYS) -> Effect:
    """What followed an announcement; requests count where they are about its product, if it has one."""
    store = session.store
    with store.read():
        counts = announcement_records.counts(store, announcement.id)
        notified_on = {client: _day(session, at) for client, at in effects.notified(store, announcement.id)}
        ids = sorted(notified_on)
        since = min(notified_on.values(), default=session.today())
        chances = effects.chances(store, ids)
        payments = effects.payments(store, ids, since.isoformat())
        asked = effects.requests(store, ids, since.isoformat(), announcement.product_id)
    return effect_of(notified_on, counts, asked, _inputs(chances), _sales(payments), within_days)


def repeat_sales(
    session: Session,
    sessions: Sequence[TrainingSession],
    audience: str,
    products: Iterable[int],
    within_days: int = WITHIN_DAYS,
) -> Repeat:
    """Compare who came to some sessions with the rest of an audience, by what happened within so many days.

    A trained client's days begin with the session that they came to, those of another with the first session.
    Lost clients are counted. Raises FilterProblem for an audience that cannot be read.
    """
    store, today = session.store, session.today()
    held = [training_session for training_session in sessions if training_session.state == "held"]
    first = min((_day(session, training_session.starts_at) for training_session in held), default=today)
    with store.read():
        came = {
            c: _day(session, at)
            for c, at in training.attended(store, [training_session.id for training_session in held]).items()
        }
        everybody = sorted({*membership.member_ids(session, _with_lost(audience)), *came})
        # Untrained clients have no day of their own: theirs begin with the first session.
        begins = {client: came.get(client, first) for client in everybody}
        counted = {client_id: begins[client_id] for client_id in ripe(begins, within_days, today)}
        chances = effects.chances(store, list(counted))
        payments = effects.payments(store, list(counted), first.isoformat())
        waits, used_before = _waits(session, came, frozenset(products))
    trained, untrained = parties(counted, came, _inputs(chances), _sales(payments), within_days)
    too_early = len(everybody) - len(counted)
    return Repeat(
        trained, untrained, comparisons(trained, untrained), too_early, first_use(waits), used_before
    )


def repeat_sales_of(
    session: Session,
    announcement: Announcement | None,
    product: Product | None = None,
    within_days: int = WITHIN_DAYS,
) -> Repeat:
    """The comparison for the sessions on an announcement, or on a product; use is that of the product.

    Raises StoreProblem where no session was held.
    """
    sessions = sessions_of(session, announcement, product)
    if not any(training_session.state == "held" for training_session in sessions):
        about = announcement.title if announcement else product.name if product else ""
        raise StoreProblem(f"No training session on “{about}” was held yet; `session add` makes one.")
    product_id = product.id if product else announcement.product_id if announcement else None
    audience = audience_of(session, sessions, product)
    return repeat_sales(session, sessions, audience, () if product_id is None else (product_id,), within_days)


def sessions_of(
    session: Session, announcement: Announcement | None = None, product: Product | None = None
) -> list[TrainingSession]:
    """The sessions on an announcement or a product that are on file."""
    if announcement is not None:
        return training.of_announcement(session.store, announcement.id)
    wanted = product.id if product is not None else None
    return [
        training_session
        for training_session in training.sessions(session.store)
        if training_session.product_id == wanted
    ]


def audience_of(session: Session, sessions: Sequence[TrainingSession], product: Product | None) -> str:
    """Whom the sessions were for: their audiences together; of a product, who owns it."""
    if product is not None:
        return Filter((Term("product", (str(product.id),)),)).text
    return next(
        (
            words
            for training_session in sessions
            if (words := training_sessions.audience_of(session, training_session))
        ),
        "",
    )


def _waits(
    session: Session, came: Mapping[int, date], products: frozenset[int]
) -> tuple[list[tuple[int, bool]], int]:
    """How many weeks each trained client waited until their first use, and how many had used it before."""
    waits: list[tuple[int, bool]] = []
    used_before = 0
    this_week = week_number(session.today())
    if not products:
        return waits, used_before
    for client, day in came.items():
        week = week_number(day)
        before = training.used_in(session.store, client, products, week - USED_BEFORE_WEEKS, week - 1)
        if before is not None:
            used_before += 1
            continue
        first_week = training.used_in(session.store, client, products, week, this_week)
        waits.append((max(0, this_week - week), False) if first_week is None else (first_week - week, True))
    return waits, used_before


def _with_lost(audience: str) -> str:
    """The audience with the clients in it who were lost since: leaving them out would flatter."""
    parsed = parse(audience)
    if any(term.field == "stage" for term in parsed.terms):
        return audience
    return Filter((*parsed.terms, Term("stage", STAGES))).text


def _day(session: Session, at: str) -> date:
    return to_local(at, session.zone).date()


def _inputs(chances: Iterable[Chance]) -> list[OpportunityInput]:
    return [
        OpportunityInput(chance.client_id, chance.noted_on, chance.state, chance.closed_on)
        for chance in chances
    ]


def _sales(payments: Iterable[Payment]) -> list[SaleInput]:
    return [SaleInput(*payment) for payment in payments]
