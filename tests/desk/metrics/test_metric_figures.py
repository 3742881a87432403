"""Each metric on real rows: what it counts, what it leaves out, its groups, its months and its change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from onewindow.desk.editing import changing
from onewindow.desk.metrics.answers import Answer, groupings
from onewindow.desk.metrics.as_text import change_text, machine_row, readable_row
from onewindow.desk.metrics.asking import ask
from onewindow.desk.metrics.behind import behind_rows
from onewindow.desk.metrics.periods import Span
from onewindow.desk.metrics.table import METRICS
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Feature, Licence, Plan, Product, Usage
from onewindow.records.clients import Client, Promise, PromiseEvent
from onewindow.records.feedback import Feedback, Opportunity, Revenue, Survey, SurveyResponse
from onewindow.records.fields import Record
from onewindow.records.handover import Handover
from onewindow.records.organization import Segment
from onewindow.records.requests import Touch
from onewindow.store import rows
from onewindow.store.changes import Transaction
from onewindow.text.dates import week_number

YEAR = Span(date(2025, 12, 1), date(2026, 11, 30), "Europe/Moscow")
ZONE = "Europe/Moscow"


def store(session: Session, *records: Record) -> list[Record]:
    """Records as a file brings them, with the days that rules would fill in."""

    def work(transaction: Transaction) -> list[Record]:
        return [transaction.insert(record) for record in records]

    return session.change("rows", work).result


def clients(session: Session, count: int, **values: Any) -> list[int]:
    made = store(
        session,
        *(
            Client(
                number=1000 + rows_so_far(session) + place,
                slug=f"c{rows_so_far(session) + place}",
                name=f"Клиент {place}",
                name_sort="к",
                **values,
            )
            for place in range(count)
        ),
    )
    return [client.id for client in made]


def rows_so_far(session: Session) -> int:
    return session.store.scalar("SELECT COUNT(*) FROM client")


def asked(
    session: Session, name: str, by: str = "all", span: Span = YEAR, against: Span | None = None
) -> Answer:
    return ask(session, session.store, METRICS[name], span, by, against)


def parts(answer: Answer, place: int = 0) -> dict[str, float]:
    return dict(answer.rows[place].figure.parts)


def survey(session: Session, metric: str, low: int, high: int, **values: Any) -> Survey:
    given: dict[str, Any] = {
        "title": metric,
        "metric": metric,
        "scale_min": low,
        "scale_max": high,
        "questions": "?",
    } | values
    (made,) = store(session, Survey(**given))
    assert isinstance(made, Survey)
    return made


def answers(session: Session, of: Survey, scores: list[int], at: str = "2026-05-05T10:00:00Z") -> None:
    (client_id,) = clients(session, 1)
    store(
        session,
        *(SurveyResponse(client_id=client_id, survey_id=of.id, score=score, at=at) for score in scores),
    )


def test_a_survey_of_39_has_its_nps(session: Session) -> None:
    answers(
        session, survey(session, "nps", 0, 10), [10] * 4 + [9] * 5 + [8] * 3 + [7] * 4 + [6] * 10 + [0] * 13
    )
    answers(session, survey(session, "nps", 0, 5), [5, 5])  # another scale, as files bring them
    found = asked(session, "nps")
    (row,) = found.rows
    assert (row.figure.n, round(row.figure.value or 0, 1)) == (39, -35.9)
    assert parts(found) == {"promoters": 9, "passives": 7, "detractors": 23}
    assert found.notes == ("2 answers on another scale are left out: marks of two scales are never mixed.",)
    counted = [shown["counted_as"] for shown in behind_rows(session, session.store, found)]
    assert counted.count("6 detractor") == 10
    assert counted.count("7 passive") == 4


def test_below_ten_answers_there_are_counts_only(session: Session) -> None:
    asked_of = survey(session, "nps", 0, 10, incentive="скидка 5 %")
    answers(session, asked_of, [10] * 9)
    found = asked(session, "nps")
    assert (found.rows[0].figure.n, found.rows[0].figure.value, found.rows[0].figure.is_few) == (
        9,
        None,
        True,
    )
    assert "9 of the answers were asked for with a gift" in found.notes[0]
    assert readable_row(found.metric, found.rows[0], is_compared=False)["NPS"] == "–"
    answers(session, asked_of, [0])
    assert asked(session, "nps").rows[0].figure.value == 80


def test_answers_count_on_the_day_of_the_zone(session: Session) -> None:
    of = survey(session, "csat", 0, 5)
    answers(session, of, [5, 4, 3], at="2026-11-30T20:59:59Z")  # 23:59:59 in Moscow
    answers(session, of, [0], at="2026-11-30T21:00:00Z")
    answers(session, of, [1], at="2025-11-30T21:00:00Z")
    answers(session, of, [2], at="2025-11-30T20:59:59Z")
    found = asked(session, "csat")
    assert (found.rows[0].figure.n, found.rows[0].figure.value) == (4, 0.5)


def test_each_scale_of_effort_stands_for_itself(session: Session) -> None:
    answers(session, survey(session, "ces", 0, 5, direction="lower_is_better"), [0, 1, 5])
    answers(session, survey(session, "ces", 1, 7, direction="lower_is_better"), [7, 7])
    found = asked(session, "ces")
    assert [(row.part, row.figure.n, row.figure.value) for row in found.rows] == [
        ("0–5, low is easy", 3, 2.0),
        ("1–7, low is easy", 2, 7.0),
    ]


def test_churn_leaves_out_who_came_and_who_was_lost_before(session: Session) -> None:
    clients(session, 5, since="2024-01-01")
    clients(session, 1, since="2025-12-01")  # on the first day: not there at its start
    clients(session, 1, since="2025-11-30", stage="lost", lost_on="2025-12-01", loss_reason="цена")
    clients(session, 1, since="2025-01-01", stage="lost", lost_on="2025-11-30", loss_reason="цена")
    clients(session, 1, since="2025-01-01", stage="lost", lost_on="2026-11-30", loss_reason="цена")
    clients(session, 1, since="2025-01-01", stage="lost", lost_on="2026-12-01", loss_reason="цена")
    clients(session, 1, since="2025-01-01", stage="handover")
    found = asked(session, "churn")
    assert (found.rows[0].figure.n, found.rows[0].figure.value) == (8, 2 / 8)
    assert parts(found) == {"lost": 2, "there at the start": 8}
    by_month = {row.group: row.figure for row in asked(session, "churn", "month").rows}
    assert len(by_month) == 12
    assert dict(by_month["2025-12"].parts) == {"lost": 1, "there at the start": 8}
    assert dict(by_month["2026-11"].parts) == {"lost": 1, "there at the start": 8}


def test_subscribers_of_whom_no_days_are_known_have_their_churn(session: Session) -> None:
    clients(session, 72)
    lost = clients(session, 26, stage="lost", loss_reason="ушёл")
    found = asked(session, "churn")
    assert (found.rows[0].figure.n, round(found.rows[0].figure.value or 0, 4)) == (98, 0.2653)
    assert found.notes == (
        "98 clients have no day since when they are clients: they count as there at the start.",
        "26 lost clients have no day on which they were lost: the day counts on which that was noted.",
    )
    archived = rows.get(session.store, Client, lost[0])
    session.change("archive", lambda transaction: transaction.archive(archived))
    assert asked(session, "churn").rows[0].figure.n == 98  # put away, and lost all the same


def test_who_is_noted_as_lost_is_lost_today_and_who_comes_back_is_not(session: Session) -> None:
    client = changing.insert(session, Client(name="Ромашка", since="2024-01-01"))
    lost = changing.change(session, client, {"stage": "lost", "loss_reason": "цена"})
    assert lost.lost_on == "2026-11-23"
    assert asked(session, "churn").rows[0].figure.value == 1
    again = changing.change(session, lost, {"stage": "active"})
    assert again.lost_on is None
    session.undo()
    assert rows.get(session.store, Client, client.id).lost_on == "2026-11-23"
    told = changing.insert(
        session,
        Client(name="Сигма", stage="lost", loss_reason="цена", lost_on="2026-05-01", since="2024-01-01"),
    )
    assert told.lost_on == "2026-05-01"
    (undated,) = clients(session, 1, stage="lost", loss_reason="?", since="2020-01-01")
    renamed = changing.change(session, rows.get(session.store, Client, undated), {"city": "Казань"})
    assert renamed.lost_on is None  # nobody knows when, and a change of the city tells nothing of it


def test_lifetime_by_dates_and_by_churn_where_nobody_left(session: Session) -> None:
    clients(session, 20, since="2024-12-01")
    found = asked(session, "lifetime")
    assert found.rows[0].figure.value is None
    assert round((found.rows[0].figure.low or 0) / 12, 1) == 6.2
    assert parts(found) == {"by 1 / churn": 1}
    clients(session, 1, since="2025-11-30", stage="lost", lost_on="2026-11-30", loss_reason="цена")
    found = asked(session, "lifetime")
    assert found.rows[0].figure.n == 21
    # 21 at risk at 365 days, one leaves; 20 stay to the end, 729 days.
    assert round(found.rows[0].figure.value or 0, 4) == round((365 + 364 * 20 / 21) / 30.4375, 4)
    assert parts(found)["still here after 12 months, %"] == round(100 * 20 / 21, 1)


def test_lifetimes_are_compared_within_the_same_months(session: Session) -> None:
    clients(session, 10, since="2023-11-30")
    clients(session, 1, since="2023-11-30", stage="lost", lost_on="2024-11-29", loss_reason="цена")
    found = asked(session, "lifetime", against=YEAR.before)
    change = found.rows[0].change
    assert change is not None
    assert change.difference is not None
    assert change.difference.value == 0  # nobody left since: the longer look back is no longer life
    assert "no evidence of change" in change_text(found.metric, found.rows[0])


def paid(client_id: int, day: str, amount: int, kind: str = "subscription", currency: str = "RUB") -> Revenue:
    return Revenue(client_id=client_id, on_date=day, amount=amount, revenue_kind=kind, currency=currency)  # pyright: ignore[reportArgumentType]


def test_lifetime_value_of_1550_a_month(session: Session) -> None:
    known = clients(session, 35, since="2024-12-01")
    store(session, *(paid(one, f"{day}-15", 155_000) for one in known for day in months()))
    clients(session, 1, since="2024-12-01", stage="lost", lost_on="2025-12-31", loss_reason="цена")
    found = asked(session, "ltv")
    (row,) = found.rows
    lifetime = asked(session, "lifetime").rows[0].figure.value or 0
    assert row.part == "RUB"
    assert row.figure.n == 35
    assert row.figure.value == round(155_000 * lifetime)
    assert parts(found)["in all"] == 35 * (row.figure.value or 0)
    assert parts(found)["payments a month"] == 1


def months() -> list[str]:
    return [month.first[:7] for month in YEAR.by_month()]


def test_revenue_kept_and_grown_by_currency(session: Session) -> None:
    one, two, new = clients(session, 3)
    store(
        session,
        paid(one, "2025-11-30", 10_000),
        paid(one, "2026-11-30", 15_000),
        paid(two, "2024-12-01", 10_000),
        paid(two, "2025-12-01", 6_000),
        paid(two, "2026-01-01", -1_000, "discount"),
        paid(two, "2026-01-01", 9_000, "cost"),
        paid(new, "2026-01-01", 99_000),
        paid(new, "2025-01-01", 500, currency="EUR"),
    )
    assert [(row.part, row.figure.n, row.figure.value) for row in asked(session, "grr").rows] == [
        ("EUR", 1, 0.0),
        ("RUB", 2, 0.75),
    ]
    assert [row.figure.value for row in asked(session, "nrr").rows] == [0.0, 1.0]


def test_contribution_takes_off_work_gifts_discounts_and_cost(session: Session) -> None:
    me = changing.change(session, session.me, {"hour_rate": 60_000})
    one, two = clients(session, 2)
    store(
        session,
        paid(one, "2026-03-01", 100_000),
        paid(one, "2026-03-01", 5_000, "discount"),
        paid(one, "2026-03-01", 7_000, "cost"),
        Touch(client_id=one, text="звонок", at="2026-03-02T10:00:00Z", staff_id=me.id, minutes=30),
        Touch(client_id=one, text="торт", at="2026-03-02T10:00:00Z", cost=2_000, touch_kind="gift"),
        paid(two, "2026-03-01", 50_000),
    )
    found = asked(session, "contribution")
    assert (found.rows[0].figure.n, found.rows[0].figure.value) == (2, (56_000 + 50_000) / 2)
    assert parts(found) | {"in all": 106_000, "work": 30_000, "gift": 2_000} == parts(found)
    by_client = asked(session, "contribution", "client")
    assert sorted(row.figure.value or 0 for row in by_client.rows) == [50_000, 56_000]


def test_repeat_purchases_of_a_history(session: Session) -> None:
    one, two, three = clients(session, 3)
    store(
        session,
        *(paid(one, day, 1, "goods") for day in ("2026-01-05", "2026-01-05", "2026-01-09", "2026-02-01")),
        paid(two, "2026-01-05", 0, "goods"),
        paid(three, "2025-11-30", 1, "goods"),
        paid(three, "2026-01-06", 1, "goods"),
        paid(two, "2026-02-01", 1, "cost"),
    )
    found = asked(session, "repeat")
    assert parts(found) == {"repeat purchases": 3, "bought again": 2, "buyers": 3}


def deal(client_id: int, state: str, closed_on: str | None, begun_on: str | None = None) -> Opportunity:
    return Opportunity(client_id=client_id, title="т", state=state, closed_on=closed_on, begun_on=begun_on)  # pyright: ignore[reportArgumentType]


def test_deals_won_of_those_that_ended(session: Session) -> None:
    (one,) = clients(session, 1)
    store(
        session,
        *(deal(one, "won", "2026-05-11", f"2026-05-0{day}") for day in (1, 2, 3, 4, 5, 6)),
        *(deal(one, "lost", "2026-05-11") for _ in range(3)),
        deal(one, "dismissed", "2026-05-11"),
        deal(one, "offered", None),
        deal(one, "won", "2025-11-30"),
        deal(one, "won", None),
    )
    found = asked(session, "win-rate")
    assert (found.rows[0].figure.n, found.rows[0].figure.value) == (9, 6 / 9)
    assert found.notes == ("1 deals were won or lost on a day that nobody told, and are left out.",)
    cycle = asked(session, "cycle").rows[0].figure
    assert (cycle.n, cycle.value, cycle.low, cycle.high) == (6, 7.5, 5, 10)


def test_promises_kept_broken_and_overdue(session: Session) -> None:
    (one,) = clients(session, 1)
    first, *_ = store(
        session,
        Promise(client_id=one, text="всегда"),
        Promise(client_id=one, text="к сроку", due_on="2026-11-22"),
        Promise(client_id=one, text="сегодня", due_on="2026-11-23"),
        Promise(client_id=one, text="давно", due_on="2026-03-01", status="kept"),
    )
    store(
        session,
        *(
            PromiseEvent(client_id=one, promise_id=first.id, outcome=outcome, happened_on="2026-04-01")
            for outcome in ("kept", "kept", "broken")
        ),
    )
    found = asked(session, "promises")
    assert parts(found) == {"kept": 3, "broken": 1, "overdue": 1}
    assert found.rows[0].figure.value == 0.6


def test_handovers_at_the_first_pass(session: Session) -> None:
    (one,) = clients(session, 1)

    def decided(state: Any, returns: int, mark: int | None) -> Handover:
        return Handover(
            client_id=one, deal="д", state=state, returns=returns, satisfaction=mark, sent_on="2026-05-01",
            decided_at="2026-05-02T08:00:00Z", items_present=3, items_needed=4,
        )  # fmt: skip

    store(
        session,
        decided("accepted", 0, 5),
        decided("accepted", 1, 4),
        decided("accepted_with_debts", 0, None),
        decided("returned", 1, None),
    )
    found = asked(session, "handover")
    assert (found.rows[0].figure.n, found.rows[0].figure.value) == (4, 0.25)
    assert parts(found) == {"first pass": 1, "complete %": 75, "client's mark 0–5": 4.5, "marks": 2}


def test_days_to_value_of_onboardings(session: Session) -> None:
    (one,) = clients(session, 1)
    store(
        session,
        *(
            Plan(client_id=one, title="п", started_on="2026-05-01", status="done", closed_on=f"2026-05-{day}")
            for day in (11, 12, 13, 14, 15, 31)
        ),
        Plan(client_id=one, title="п", started_on="2026-05-01"),
    )
    figure = asked(session, "onboarding").rows[0].figure
    assert (figure.n, figure.value, figure.low, figure.high) == (6, 12.5, 10, 30)
    assert dict(figure.parts) == {"begun": 7, "running": 1, "stopped": 0}


def test_licences_in_use_today_and_on_a_day_that_is_over(session: Session) -> None:
    (product,) = store(session, Product(slug="s", name="Склад"))
    (one,) = clients(session, 1)
    store(session, Licence(client_id=one, product_id=product.id, bought=10, active=12))
    today = Span(date(2026, 1, 1), session.today(), ZONE)
    assert asked(session, "adoption", span=today).rows[0].figure.value == 1
    past = Span(date(2026, 1, 1), date(2026, 10, 1), ZONE)
    empty = asked(session, "adoption", span=past)
    assert empty.rows == ()
    assert "1 products of clients are left out" in empty.notes[0]
    store(
        session, Usage(client_id=one, product_id=product.id, week=week_number(past.till) - 3, active_users=4)
    )
    assert asked(session, "adoption", "product", past).rows[0].group == "Склад"
    assert asked(session, "adoption", span=past).rows[0].figure.value == 0.4


def test_quotes_of_which_the_client_heard(session: Session) -> None:
    (one,) = clients(session, 1)
    done, asked_for = store(
        session, Feature(title="выгрузка", status="released"), Feature(title="тёмная тема", status="asked")
    )
    store(
        session,
        *(
            Feedback(client_id=one, quote="«»", said_on="2026-05-05", feature_id=feature, told_on=told)
            for feature, told in (
                (done.id, "2026-06-01"),
                (done.id, None),
                (asked_for.id, None),
                (None, None),
            )
        ),
    )
    found = asked(session, "feedback")
    assert (found.rows[0].figure.n, found.rows[0].figure.value) == (2, 0.5)
    assert parts(found) == {"quotes": 4, "told": 1, "still to tell": 1}


def test_groups_of_segments_managers_products_and_cohorts(session: Session) -> None:
    me = session.me.id
    mine = clients(session, 2, since="2024-05-01", tier="A", owner_id=me)
    (other,) = clients(session, 1, since="2023-02-01", tier="C")
    (product,) = store(session, Product(slug="s", name="Склад"))
    store(session, Licence(client_id=other, product_id=product.id, bought=1))
    store(session, Segment(name="Важные", filter="tier:A"), Segment(name="Все", filter="tier:A,C"))
    store(session, *(paid(one, "2026-05-05", 100, "goods") for one in (*mine, other)))

    def groups(by: str) -> dict[str, int]:
        return {row.group: row.figure.n for row in asked(session, "repeat", by).rows}

    assert groups("segment") == {"Все": 3, "Важные": 2}
    assert groups("manager") == {session.me.name: 2, "nobody": 1}
    assert groups("tier") == {"A": 2, "C": 1}
    assert groups("product") == {"none": 2, "Склад": 1}
    assert groups("cohort") == {"2023": 1, "2024": 2}
    assert groups("quarter") == {"2023 Q1": 1, "2024 Q2": 2}
    assert groups("sort") == {"goods": 3}
    assert len(groups("client")) == 3


@pytest.mark.parametrize("name", list(METRICS))
def test_every_metric_answers_on_an_empty_file_in_every_grouping(session: Session, name: str) -> None:
    for by in groupings(METRICS[name]):
        found = asked(session, name, by, against=YEAR.before)
        assert all(row.figure.value is None for row in found.rows)
        for row in found.rows:
            assert machine_row(found, row)["value"] is None
