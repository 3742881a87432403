"""How long clients stay: churn of a period, the survival curve, expected lifetime."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from onewindow.desk.metrics.cases import WITHIN, Case, Metric, Reading
from onewindow.desk.metrics.periods import DAYS_OF_MONTH, Span
from onewindow.desk.metrics.units import MONTHS, SHARE
from onewindow.desk.session.context import Session
from onewindow.metrics.figures import Figure, figure_of
from onewindow.metrics.revenue.churn import Churn, churn
from onewindow.metrics.revenue.lifetime import Lifetime, lifetime, lifetime_from_churn
from onewindow.metrics.revenue.survival import Spell, Survival, kaplan_meier, restricted_mean
from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Store
from onewindow.store.metrics import clients
from onewindow.store.metrics.clients import ClientRow
from onewindow.text.dates import day_in_full, to_local

_MONTHS_TOLD = (12, 24, 36)
"""After how many months it is told which share is still there."""


@frozen_struct
class Stay:
    """When a client came and was lost, as stored days; None where nobody knows, or they are still here."""

    since: str | None
    lost_on: str | None


def read_stays(_session: Session, store: Store, span: Span) -> Iterator[Reading]:
    """Every client's stay; whom the service has not taken over yet is none of its clients."""
    reading = Reading(total=clients.count_clients(store))
    undated: dict[int, ClientRow] = {}
    for page in clients.clients(store):
        for row in page:
            reading.done += 1
            # An archived card of a lost client is a loss all the same, else putting away would mend the
            # churn.
            if row.stage == "handover" or (row.is_archived and row.stage != "lost"):
                continue
            if row.stage == "lost" and row.lost_on is None:
                undated[row.id] = row
                continue
            reading.cases.append(_stay(row, row.lost_on))
            reading.note(_UNKNOWN_BEGIN, row.since is None)
        yield reading
    noted = clients.became_lost(store, list(undated))
    for row in undated.values():
        noted_at = noted.get(row.id, row.created_at)
        reading.cases.append(_stay(row, to_local(noted_at, span.zone).date().isoformat()))
        reading.note(_UNKNOWN_BEGIN, row.since is None)
    reading.note(_UNKNOWN_END, len(undated))
    yield reading


_UNKNOWN_BEGIN = "# clients have no day since when they are clients: they count as there at the start."
_UNKNOWN_END = "# lost clients have no day on which they were lost: the day counts on which that was noted."


def _stay(row: ClientRow, lost_on: str | None) -> Case:
    return Case(row.id, row.since or "", Stay(row.since, lost_on), kind="client", record_id=row.id)


def churn_in(cases: Sequence[Case], span: Span) -> Churn | None:
    """The churn of a period; None where nobody was there at its start."""
    start = lost = 0
    first, last = span.first, span.last
    for case in cases:
        stay: Stay = case.value
        if was_there(stay, first):
            start += 1
            lost += stay.lost_on is not None and stay.lost_on <= last
    return churn(start, start - lost, max(1, round(span.months))) if start else None


def was_there(stay: Stay, first: str) -> bool:
    """Whether a client was there at the start of a day: had come before it, and was not lost before it."""
    return (stay.since is None or stay.since < first) and (stay.lost_on is None or stay.lost_on >= first)


def spells(cases: Sequence[Case], span: Span) -> list[Spell]:
    """The stays of clients in months as known on the last day; without those of unknown beginning."""
    last = span.last
    end = span.till.toordinal()
    found: list[Spell] = []
    for case in cases:
        stay: Stay = case.value
        if stay.since is None or stay.since > last:
            continue
        is_over = stay.lost_on is not None and stay.lost_on <= last
        until = date.fromisoformat(stay.lost_on).toordinal() if is_over and stay.lost_on else end
        length = max(0, until - date.fromisoformat(stay.since).toordinal())
        found.append(Spell(length / DAYS_OF_MONTH, ended=is_over))
    return found


def curve_of(cases: Sequence[Case], span: Span) -> Survival | None:
    """The survival curve as known on the last day of a period; None without a client of known beginning."""
    known = spells(cases, span)
    return kaplan_meier(known) if known else None


def lifetime_of(cases: Sequence[Case], span: Span) -> Lifetime | None:
    """The expected lifetime of clients in months; None where nothing tells of it."""
    known, lost = spells(cases, span), churn_in(cases, span)
    if any(spell.ended for spell in known):
        return lifetime(known, lost or churn(1, 1))
    return lifetime_from_churn(lost) if lost is not None else None


def _churn(cases: Sequence[Case], span: Span) -> Figure:
    found = churn_in(cases, span)
    if found is None:
        return Figure(0)
    return figure_of(found.share, lost=found.lost, there_at_the_start=found.start)


def _lifetime(cases: Sequence[Case], span: Span) -> Figure:
    found = lifetime_of(cases, span)
    if found is None:
        return Figure(0)
    curve = curve_of(cases, span) if found.method == "kaplan-meier" else None
    parts: list[tuple[str, float]] = []
    if curve is not None:
        parts.append(("lost", curve.ended))
        parts += [
            (f"still here after {months} months, %", round(100 * curve.share_at(months), 1))
            for months in _MONTHS_TOLD
            if months <= curve.longest
        ]
        half = curve.median()
        parts += [("half are gone after, months", round(half, 1))] if half is not None else []
        parts.append((WITHIN, curve.longest))
    else:
        parts.append(("by 1 / churn", 1))
    return Figure(found.n, found.months, found.low, found.high, parts=tuple(parts))


def _within(cases: Sequence[Case], span: Span, horizon: float) -> Figure:
    """The restricted mean within a horizon in the time seen: who looks back longer has a longer one."""
    curve = curve_of(cases, span)
    if curve is None or horizon > curve.longest:
        return Figure(curve.n if curve is not None else 0)
    mean = restricted_mean(curve, horizon)
    return Figure(mean.n, mean.value, mean.low, mean.high, parts=((WITHIN, horizon),))


def _behind_churn(case: Case, span: Span) -> str:
    stay: Stay = case.value
    if not was_there(stay, span.first):
        return ""
    is_lost = stay.lost_on is not None and stay.lost_on <= span.last
    return f"lost on {day_in_full(stay.lost_on)}" if is_lost and stay.lost_on else "still here"


def _behind_lifetime(case: Case, span: Span) -> str:
    stay: Stay = case.value
    known = spells([case], span)
    if not known:
        return ""
    end = "lost" if known[0].ended else "still here"
    return f"since {day_in_full(stay.since or '')}, {known[0].length:.1f} months, {end}"


CHURN = Metric(
    name="churn",
    label="churn",
    definition="Of the clients who were there at the start of the period, the share lost by its end; who "
    "came during it is left out. (start − still there of those) / start, with Wilson's 95 % interval.",
    source="clients: client since, stage, lost on; archived cards of lost clients count too",
    unit=SHARE,
    read=read_stays,
    figure=_churn,
    behind=_behind_churn,
    case_word="clients at the start",
    better="lower",
    of_states=True,
    survival=curve_of,
)
LIFETIME = Metric(
    name="lifetime",
    label="lifetime",
    definition="How many months clients stay: the mean stay within the longest time seen, by Kaplan and "
    "Meier with Greenwood's 95 % interval, as known on the last day; clients who are still here count as "
    "long as they are. Where nobody was lost it is 1 / churn of the period, which gives a lower bound alone.",
    source="clients: client since, lost on",
    unit=MONTHS,
    read=read_stays,
    figure=_lifetime,
    behind=_behind_lifetime,
    case_word="clients",
    of_states=True,
    has_months=False,
    survival=curve_of,
    within=_within,
)
