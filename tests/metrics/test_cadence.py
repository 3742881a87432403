"""When touches are due: working days, yearly days, what happens once, marks, and one touch for one week."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from onewindow.metrics.cadence import (
    CADENCE,
    LAPSE_DAYS,
    Cadence,
    CadenceInputs,
    Happening,
    Mark,
    Rule,
    WorkDays,
    YearDay,
    Yearly,
    add_months,
    plan,
)

TODAY = date(2026, 11, 23)
MONTH = TODAY + timedelta(days=31)
HOLIDAY = date(2026, 12, 3)
DAYS = WorkDays(
    TODAY - timedelta(days=500),
    TODAY + timedelta(days=200),
    lambda day: day.weekday() < 5 and day != HOLIDAY,
)
BIRTHDAY = Rule(1, "birthday", touch_kind="mail")
START = date(2024, 2, 29)


def facts(**values: object) -> CadenceInputs:
    return CadenceInputs(**{"start": START, **values})  # pyright: ignore[reportArgumentType]


def born(text: str, name: str = "Анна") -> Yearly:
    on = date.fromisoformat(text)
    return Yearly("birthday", name, f"birthday of {name}", YearDay(on.month, on.day), on)


def due_days(
    known: CadenceInputs, *rules: Rule, cadence: Cadence | None = None, till: date = MONTH
) -> list[date]:
    return [touch.due_on for touch in plan(known, cadence, rules, DAYS, TODAY, till)]


def test_a_cadence_counts_working_days_from_the_last_touch() -> None:
    known = facts(last_touch=date(2026, 11, 30))
    assert due_days(known, cadence=Cadence(4, "call")) == [date(2026, 12, 7)]  # 1, 2, 4 and 7: the 3rd is off


def test_without_any_touch_a_cadence_counts_from_the_start_and_stays_late() -> None:
    (touch,) = plan(facts(start=date(2026, 1, 12)), Cadence(5, "call"), (), DAYS, TODAY, MONTH)
    assert touch.due_on == date(2026, 1, 19)
    assert "none since 12.01.2026" in touch.text


def test_a_skipped_touch_starts_the_cadence_anew_and_one_put_off_waits() -> None:
    skipped = Mark("skipped", date(2026, 11, 20))
    assert due_days(
        facts(last_touch=date(2026, 9, 1), marks={CADENCE: skipped}), cadence=Cadence(5, "call")
    ) == [date(2026, 11, 27)]
    put_off = Mark("put_off", date(2026, 11, 20), date(2026, 12, 5))
    assert due_days(
        facts(last_touch=date(2026, 9, 1), marks={CADENCE: put_off}), cadence=Cadence(5, "call")
    ) == [date(2026, 12, 7)]
    # A touch after it was put off starts the count again.
    since = facts(last_touch=date(2026, 11, 21), marks={CADENCE: put_off})
    assert due_days(since, cadence=Cadence(5, "call")) == [date(2026, 11, 27)]


def test_a_birthday_moves_to_the_next_working_day_and_never_before_it() -> None:
    assert due_days(facts(yearly=(born("1980-12-12"),)), BIRTHDAY) == [date(2026, 12, 14)]
    assert due_days(facts(yearly=(born("1980-12-03"),)), BIRTHDAY) == [date(2026, 12, 4)]


def test_a_birthday_of_29_february_is_kept_on_the_first_of_march_in_other_years() -> None:
    assert YearDay(2, 29).in_year(2028) == date(2028, 2, 29)
    assert YearDay(2, 29).in_year(2027) == date(2027, 3, 1)


def test_the_nth_weekday_of_a_month() -> None:
    assert YearDay(8, 0, 2, 6).in_year(2026) == date(2026, 8, 9)
    assert YearDay(9, 0, -1, 6).in_year(2026) == date(2026, 9, 27)
    assert YearDay(2, 0, 5, 0).in_year(2026) == date(2026, 2, 23)


def test_a_day_ahead_of_a_holiday_moves_to_the_working_day_before() -> None:
    new_year = Yearly("holiday", "9", "Новый год", YearDay(12, 31), None, 5)
    assert due_days(facts(yearly=(new_year,)), Rule(1, "holiday")) == []
    till = date(2026, 12, 31)
    assert due_days(facts(yearly=(new_year,)), Rule(1, "holiday"), till=till) == [date(2026, 12, 25)]


def test_an_anniversary_is_not_due_on_the_day_of_the_start() -> None:
    since = date(2026, 11, 25)
    day = Yearly("anniversary", "since", "with us", YearDay(11, 25), since)
    assert due_days(facts(yearly=(day,)), Rule(1, "anniversary")) == []
    older = Yearly("anniversary", "since", "with us", YearDay(11, 25), date(2023, 11, 25))
    (touch,) = plan(facts(yearly=(older,)), None, (Rule(1, "anniversary"),), DAYS, TODAY, MONTH)
    assert (touch.due_on, touch.text) == (since, "with us, 3 years, 25.11")


def test_months_after_something_end_with_the_month() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    trained = Happening("training", "7", "training", date(2026, 8, 31))
    assert due_days(facts(happenings=(trained,)), Rule(2, "training", months=3)) == [date(2026, 11, 30)]


def test_two_reasons_of_one_week_are_one_touch_by_the_kind_that_covers_both() -> None:
    known = facts(
        last_touch=date(2026, 11, 16),
        yearly=(born("1980-11-25"),),
        happenings=(Happening("complaint", "4", "complaint settled", date(2026, 10, 26)),),
    )
    touches = plan(known, Cadence(5, "call"), (BIRTHDAY, Rule(3, "complaint", 1)), DAYS, TODAY, MONTH)
    assert [touch.due_on for touch in touches] == [date(2026, 11, 25)]
    assert touches[0].touch_kind == "call"
    assert [reason.reason for reason in touches[0].reasons] == ["birthday", "complaint", CADENCE]


def test_what_is_done_is_not_due_again_this_year_but_next_year() -> None:
    known = facts(yearly=(born("1980-11-25"),), marks={"1:Анна:2026": Mark("done", TODAY)})
    year = TODAY + timedelta(days=370)
    assert due_days(known, BIRTHDAY, till=year) == [date(2027, 11, 25)]


def test_an_occasion_that_nobody_used_lapses() -> None:
    happened = TODAY - timedelta(days=LAPSE_DAYS + 5)
    known = facts(happenings=(Happening("promoter", "1", "gave 10", happened),))
    assert due_days(known, Rule(1, "promoter", days=1)) == []
    assert due_days(known, Rule(1, "promoter", days=5)) != []


DATES = st.dates(date(2026, 1, 1), date(2027, 3, 1))
MARKS = st.builds(Mark, st.sampled_from(["done", "skipped", "put_off"]), DATES, st.none() | DATES)
KNOWN = st.builds(
    CadenceInputs,
    start=DATES,
    last_touch=st.none() | DATES,
    happenings=st.lists(
        st.builds(
            Happening, st.sampled_from(["start", "release"]), st.sampled_from("abc"), st.just("x"), DATES
        ),
        max_size=4,
    ).map(tuple),
    yearly=st.lists(
        st.builds(
            Yearly,
            st.sampled_from(["birthday", "holiday"]),
            st.sampled_from("ab"),
            st.just("x"),
            DATES.map(lambda day: YearDay(day.month, day.day)),
        ),
        max_size=3,
    ).map(tuple),
    marks=st.dictionaries(st.sampled_from([CADENCE, "1:a", "2:a:2026", "2:b:2026"]), MARKS),
)
RULES = (Rule(1, "start", 1), Rule(2, "birthday"), Rule(3, "release", 0, 3), Rule(4, "holiday"))


@given(KNOWN, st.integers(1, 60))
def test_every_plan_keeps_its_promises(known: CadenceInputs, every: int) -> None:
    cadence = Cadence(every, "call")
    touches = plan(known, cadence, RULES, DAYS, TODAY, MONTH)
    assert touches == plan(known, cadence, RULES, DAYS, TODAY, MONTH)
    weeks = [touch.due_on.isocalendar()[:2] for touch in touches]
    assert weeks == sorted(set(weeks))
    for touch in touches:
        assert touch.due_on <= MONTH
        for reason in touch.reasons:
            assert DAYS.is_open(reason.due_on)
            assert reason.key == CADENCE or reason.due_on >= TODAY - timedelta(days=LAPSE_DAYS)
            mark = known.marks.get(reason.key)
            assert mark is None or reason.key == CADENCE or mark.state == "put_off"
    # Settling everything leaves nothing due but what comes after.
    settled = {each.key: Mark("done", TODAY) for touch in touches for each in touch.reasons}
    after = CadenceInputs(known.start, TODAY, known.happenings, known.yearly, {**known.marks, **settled})
    again = plan(after, cadence, RULES, DAYS, TODAY, MONTH)
    assert not {r.key for t in again for r in t.reasons if r.key != CADENCE} & settled.keys()
    assert all(touch.due_on > TODAY for touch in again if any(r.key == CADENCE for r in touch.reasons))


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 100))
def test_so_many_working_days_lie_behind_a_date(day: date, count: int) -> None:
    found = DAYS.after(day, count)
    assert DAYS.is_open(found)
    between = [day + timedelta(days=place) for place in range(1, (found - day).days + 1)]
    assert sum(DAYS.is_open(each) for each in between) == count


@given(
    st.dates(date(1950, 1, 1), date(2000, 12, 31)),
    st.integers(0, 12),
    st.integers(-20, 400),
    st.integers(0, 20),
)
@example(date(1980, 12, 28), 0, 330, 0)
@example(date(1980, 12, 28), 11, 0, 0)
@example(date(1980, 1, 2), 0, 0, 20)
def test_of_every_year_what_falls_into_the_days_is_due(
    born_on: date, months: int, later: int, days_ahead: int
) -> None:
    """Each year of forty is asked alone: the plan leaves none out, however much later its touch is."""
    yearly = Yearly("birthday", "Анна", "b", YearDay(born_on.month, born_on.day), born_on, days_ahead)
    rule = Rule(1, "birthday", months, later)

    def due(year: int) -> date:
        day = add_months(yearly.day.in_year(year), months) + timedelta(days=later - days_ahead)
        return DAYS.near(day, -1 if days_ahead else 1)

    wanted = [
        day for day in map(due, range(2010, 2040)) if TODAY - timedelta(days=LAPSE_DAYS) <= day <= MONTH
    ]
    assert due_days(facts(yearly=(yearly,)), rule) == wanted
