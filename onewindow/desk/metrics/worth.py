"""What clients bring: contribution, revenue kept, lifetime value, repeat sales of a period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from onewindow.desk.metrics.cases import Case, Metric, Reading
from onewindow.desk.metrics.periods import Span
from onewindow.desk.metrics.staying import Stay, lifetime_of, read_stays
from onewindow.desk.metrics.units import MONEY, SHARE
from onewindow.desk.session.context import Session
from onewindow.metrics.figures import Figure, figure_of
from onewindow.metrics.ratios import OpenEstimate, average, product
from onewindow.metrics.revenue.ltv import ltv_per_client, ltv_sum
from onewindow.metrics.revenue.repeat import repeat
from onewindow.metrics.revenue.retention import kept_revenue
from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store
from onewindow.store.metrics import money as money_store
from onewindow.store.metrics.money import MoneyRow, SpentRow
from onewindow.text.dates import to_local

Sort = Literal["paid", "discount", "cost", "work", "gift"]
_MONEY_SOURCE = "revenue by its day; discounts count against it, costs do not belong to it"
_FOREIGN_RATE = (
    "# entries of work or gifts are in another currency than the client's money and are left out: nothing is "
    "converted."
)
_NO_RATE = "# entries of minutes are of colleagues without an hour rate and cost nothing here."


class Money(NamedTuple):
    """An amount in minor units, positive, and what it is."""

    sort: Sort
    amount: int

    @property
    def signed(self) -> int:
        """What it adds to the contribution."""
        return self.amount if self.sort == "paid" else -self.amount


def _money_case(row: MoneyRow) -> Case:
    # Discounts and costs are stored with either sign: files of other programs differ.
    if row.revenue_kind in ("discount", "cost"):
        value = Money("discount" if row.revenue_kind == "discount" else "cost", abs(row.amount))
    else:
        value = Money("paid", row.amount)
    return Case(
        row.client_id, row.on_date, value, 0, row.product_id or 0, row.currency, row.revenue_kind,
        "revenue", row.id, row.revenue_kind,
    )  # fmt: skip


def _revenue(reading: Reading, store: Store, first: str, last: str) -> Iterator[Reading]:
    for page in money_store.money(store, first, last):
        reading.done += len(page)
        reading.cases += [_money_case(row) for row in page]
        yield reading


def read_contribution(_session: Session, store: Store, span: Span) -> Iterator[Reading]:
    """The money of a period and what was spent on the same clients: minutes at their rate, gifts."""
    reading = Reading()
    yield from _revenue(reading, store, span.first, span.last)
    currency = {case.client_id: case.part for case in reading.cases}
    rates = money_store.hour_rates(store)
    for pages in (
        money_store.touches(store, span.begin, span.end),
        money_store.requests(store, span.begin, span.end),
    ):
        for page in pages:
            for row in page:
                reading.done += 1
                reading.cases += _spent(reading, row, span, rates, currency)
            yield reading
    yield reading


def _spent(
    reading: Reading,
    row: SpentRow,
    span: Span,
    rates: dict[int, tuple[int, str]],
    currency: dict[int, str],
) -> Iterator[Case]:
    """What a touch or a request cost, in the currency in which the client pays, else in that of the rate."""
    on = to_local(row.at, span.zone).date().isoformat()

    def case(money: Money, of: str, what: str) -> Iterator[Case]:
        if currency.setdefault(row.client_id, of) != of:
            reading.note(_FOREIGN_RATE)
            return
        yield Case(row.client_id, on, money, row.staff_id or 0, 0, of, money.sort, row.kind, row.id, what)

    if row.minutes:
        rate = rates.get(row.staff_id or 0)
        if rate is None:
            reading.note(_NO_RATE)
        else:
            yield from case(
                Money("work", round(row.minutes * rate[0] / 60)), rate[1], f"{row.minutes} minutes"
            )
    if row.cost:
        yield from case(Money("gift", row.cost), row.currency, "gift or goodwill")


def _in_span(cases: Sequence[Case], span: Span) -> Iterator[tuple[Case, Money]]:
    first, last = span.first, span.last
    for case in cases:
        if isinstance(case.value, Money) and first <= case.on <= last:
            yield case, case.value


def _sums(cases: Sequence[Case], span: Span) -> dict[Sort, int]:
    sums: dict[Sort, int] = {"paid": 0, "discount": 0, "cost": 0, "work": 0, "gift": 0}
    for _, money in _in_span(cases, span):
        sums[money.sort] += money.amount
    return sums


def _contribution(cases: Sequence[Case], span: Span) -> Figure:
    by_client: dict[int, int] = {}
    for case, money in _in_span(cases, span):
        by_client[case.client_id] = by_client.get(case.client_id, 0) + money.signed
    if not by_client:
        return Figure(0)
    sums = _sums(cases, span)
    found = average(list(by_client.values()))
    parts = (("in all", float(sum(by_client.values()))), *((name, float(sums[name])) for name in sums))
    return Figure(found.n, found.value, found.low, found.high, parts=parts)


def read_revenue_twice(_session: Session, store: Store, span: Span) -> Iterator[Reading]:
    """The money of a period and of the one before it, and of the month before for its months."""
    reading = Reading()
    yield from _revenue(reading, store, span.before.first, span.last)
    yield reading


def _paid_by(cases: Sequence[Case], span: Span) -> dict[int, int]:
    paid: dict[int, int] = {}
    for case, money in _in_span(cases, span):
        if money.sort in ("paid", "discount"):
            paid[case.client_id] = paid.get(case.client_id, 0) + money.signed
    return paid


def _grr(cases: Sequence[Case], span: Span) -> Figure:
    kept = kept_revenue(_paid_by(cases, span.before), _paid_by(cases, span))
    return figure_of(kept.grr, **_both(cases, span)) if kept else Figure(0)


def _nrr(cases: Sequence[Case], span: Span) -> Figure:
    kept = kept_revenue(_paid_by(cases, span.before), _paid_by(cases, span))
    return figure_of(kept.nrr, **_both(cases, span)) if kept else Figure(0)


def _both(cases: Sequence[Case], span: Span) -> dict[str, float]:
    before, now = _paid_by(cases, span.before), _paid_by(cases, span)
    base = {client_id for client_id, amount in before.items() if amount > 0}
    return {
        "money_before": sum(before[client_id] for client_id in base),
        "money_now_of_the_same": sum(max(0, now.get(client_id, 0)) for client_id in base),
    }


def _read_value(session: Session, store: Store, span: Span) -> Iterator[Reading]:
    money = Reading()
    for money in read_contribution(session, store, span):
        yield money
    stays = Reading()
    for stays in read_stays(session, store, span):
        yield Reading(total=money.done + stays.total, done=money.done + stays.done)
    money.cases += stays.cases
    money.done += stays.done
    money.notes |= stays.notes
    yield money


def _ltv(cases: Sequence[Case], span: Span) -> Figure:
    """Payment a month × margin × lifetime; the interval is made of those of payment and lifetime."""
    stays = [case for case in cases if isinstance(case.value, Stay)]
    payments = [(case, money) for case, money in _in_span(cases, span) if money.sort == "paid"]
    paid = {client_id: amount for client_id, amount in _paid_by(cases, span).items() if amount > 0}
    expected = lifetime_of(stays, span)
    if not paid or expected is None or expected.months is None:
        return Figure(len(paid))
    months = span.months
    income, count = sum(paid.values()), sum(case.client_id in paid for case, _ in payments)
    margin = min(1.0, _margin(cases, span))
    clients = len(paid)
    per_month = average([amount / months for amount in paid.values()])
    value = ltv_per_client(round(income / count), count / clients / months, margin, expected.months)
    spread = product(per_month, OpenEstimate(expected.months, expected.n, expected.low, expected.high))
    parts = (
        ("in all", float(ltv_sum(value, clients))),
        ("average payment", income / count),
        ("payments a month", round(count / clients / months, 3)),
        ("margin, %", round(100 * margin, 1)),
        ("lifetime, months", round(expected.months, 1)),
    )
    low, high = (_scaled(bound, margin) for bound in (spread.low, spread.high))
    return Figure(clients, float(value), low, high, parts=parts)


def _scaled(bound: float | None, margin: float) -> float | None:
    return None if bound is None or margin <= 0 else bound * margin


def _margin(cases: Sequence[Case], span: Span) -> float:
    """Contribution as a share of what was paid."""
    sums = _sums(cases, span)
    income = sums["paid"] - sums["discount"]
    return (income - sums["cost"] - sums["work"] - sums["gift"]) / income if income > 0 else 0.0


def _read_purchases(_session: Session, store: Store, span: Span) -> Iterator[Reading]:
    reading = Reading()
    first = money_store.first_bought(store)
    for page in money_store.money(store, span.first, span.last):
        reading.done += len(page)
        reading.cases += [
            Case(
                row.client_id, row.on_date, first[row.client_id], 0, row.product_id or 0,
                label=row.revenue_kind, kind="revenue", record_id=row.id, what=row.revenue_kind,
            )
            for row in page
            if row.revenue_kind not in ("discount", "cost") and row.amount >= 0
        ]  # fmt: skip
        yield reading
    yield reading


def _repeat(cases: Sequence[Case], _span: Span) -> Figure:
    found = repeat((case.client_id, case.on, case.value) for case in cases)
    return figure_of(
        found.share, repeat_purchases=found.transactions, bought_again=found.repeaters, buyers=found.buyers
    )


def _behind_money(case: Case, span: Span) -> str:
    if not isinstance(case.value, Money) or not span.first <= case.on <= span.last:
        return ""
    return f"{MONEY.text(case.value.signed, case.part)} {case.value.sort}"


def _behind_kept(case: Case, span: Span) -> str:
    if not isinstance(case.value, Money) or case.value.sort not in ("paid", "discount"):
        return ""
    return f"{MONEY.text(case.value.signed, case.part)} {'before' if case.on < span.first else 'now'}"


CONTRIBUTION = Metric(
    name="contribution",
    label="contribution",
    definition="Revenue − discounts − direct cost − minutes × hour rate − gifts and goodwill of the period, "
    "on average over the clients with any of these, with Student's 95 % interval; the sum over all of them "
    "is a second number. Each currency stands for itself.",
    source="revenue by its day; minutes of touches and requests at the rate of who did them; cost of touches",
    unit=MONEY,
    read=read_contribution,
    figure=_contribution,
    behind=_behind_money,
    case_word="clients",
    label_word="sort",
)
GRR = Metric(
    name="grr",
    label="GRR",
    definition="Gross revenue retention: of what clients paid in the period before (as long as this one), "
    "the share that the same clients pay now, growth of any client left out. The 95 % interval is that of a "
    "ratio over clients.",
    source=_MONEY_SOURCE,
    unit=SHARE,
    read=read_revenue_twice,
    figure=_grr,
    behind=_behind_kept,
    case_word="clients who paid before",
    of_states=True,
)
NRR = Metric(
    name="nrr",
    label="NRR",
    definition="Net revenue retention: what the clients of the period before (as long as this one) pay now, "
    "as a share of what they paid then, growth included, new clients left out. The 95 % interval is that of "
    "a ratio over clients.",
    source=_MONEY_SOURCE,
    unit=SHARE,
    read=read_revenue_twice,
    figure=_nrr,
    behind=_behind_kept,
    case_word="clients who paid before",
    of_states=True,
)
LTV = Metric(
    name="ltv",
    label="LTV per client",
    definition="Lifetime value of one client: average payment × payments per month × margin × lifetime in "
    "months. Payments are those of the period, margin is contribution / revenue of it, lifetime is the "
    "metric of that name. The sum over the paying clients is a second, separate number. The 95 % interval is "
    "made of those of payment and lifetime, the margin taken as known.",
    source="revenue, minutes, gifts as for contribution; clients as for lifetime",
    unit=MONEY,
    read=_read_value,
    figure=_ltv,
    behind=_behind_money,
    case_word="paying clients",
    of_states=True,
    has_months=False,
)
REPEAT = Metric(
    name="repeat",
    label="repeat buyers",
    definition="Of the clients who bought in the period, the share who bought again: on a day behind their "
    "first purchase ever. Purchases of a client on one day are one. Wilson's 95 % interval; the repeat "
    "purchases are counted beside it.",
    source="revenue of any kind but discounts and costs, invoices of nothing too",
    unit=SHARE,
    read=_read_purchases,
    figure=_repeat,
    behind=lambda case, _: "again" if case.on > case.value else "first",
    case_word="clients who bought",
    label_word="sort",
)
