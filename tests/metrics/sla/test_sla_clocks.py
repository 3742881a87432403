"""The SLA clocks: the vectors and every rule about pausing, reopening, policy changes and breaches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.policies.working_time import calendar, epoch_second, open_seconds
from onewindow.metrics.sla.clocks import Clocks, Policy, SlaEvent, clocks, internal_clock, replay
from onewindow.metrics.sla.lateness import lateness_of_clock
from onewindow.metrics.sla.urgency import warning_level

HOUR = 3600
OFFICE = calendar("UTC", dict.fromkeys(range(5), ((9 * HOUR, 17 * HOUR),)))
ALWAYS = calendar("UTC", dict.fromkeys(range(7), ((0, 24 * HOUR),)))
POLICY = Policy(OFFICE, first_response_s=HOUR, next_response_s=2 * HOUR, resolution_s=4 * HOUR)


def at(text: str) -> datetime:
    """Read `16 09:30` as an instant of November 2026, whose 16th is a Monday."""
    day, clock = text.split()
    return datetime.fromisoformat(f"2026-11-{day} {clock}+00:00")


def event(text: str, policy: Policy | None = None, promised: str | None = None) -> SlaEvent:
    when, kind = text.rsplit(" ", 1)
    return SlaEvent(at(when), kind, policy, at(promised) if promised else None)


def story(*texts: str, policy: Policy = POLICY) -> list[SlaEvent]:
    """Make events of `day time kind`; the opening brings the policy."""
    return [event(text, policy if text.endswith("opened") else None) for text in texts]


def test_the_first_response_is_due_after_the_weekend() -> None:
    clock = clocks(story("13 16:30 opened"), at("13 16:45")).first_response
    assert (clock.state, clock.due_at) == ("running", at("16 09:30"))
    assert (clock.elapsed_s, clock.remaining_s) == (15 * 60, 45 * 60)
    assert not clock.breached


def test_an_answer_at_the_due_second_is_in_time_and_one_second_later_is_not() -> None:
    in_time = clocks(story("16 09:00 opened", "16 10:00:00 reply"), at("17 09:00")).first_response
    late = clocks(story("16 09:00 opened", "16 10:00:01 reply"), at("17 09:00")).first_response
    assert (in_time.state, in_time.breached, in_time.ended_at) == ("met", False, at("16 10:00"))
    assert (late.state, late.breached_at, late.remaining_s) == ("breached", at("16 10:00"), -1)


def test_a_term_that_ended_at_closing_time_is_late_on_the_free_day_after() -> None:
    clock = clocks(story("13 16:00 opened"), at("14 12:00")).first_response
    assert (clock.due_at, clock.state, clock.remaining_s) == (at("13 17:00"), "breached", 0)


def test_waiting_pauses_the_resolution_but_not_the_first_response() -> None:
    found = clocks(story("16 09:00 opened", "16 09:30 wait_client"), at("16 11:00"))
    assert (found.resolution.state, found.resolution.elapsed_s) == ("paused", HOUR // 2)
    assert found.resolution.due_at is None
    assert (found.first_response.state, found.first_response.due_at) == ("breached", at("16 10:00"))


def test_waiting_pauses_the_next_response() -> None:
    told = story("16 09:00 opened", "16 09:10 reply", "16 10:00 client_message", "16 10:30 wait_client")
    paused = clocks(told, at("17 09:00")).next_response
    assert (paused.state, paused.remaining_s, paused.due_at) == ("paused", 90 * 60, None)
    resumed = clocks([*told, event("17 09:00 resume")], at("17 09:30")).next_response
    assert (resumed.state, resumed.due_at) == ("running", at("17 10:30"))


def test_a_message_of_the_client_ends_the_waiting() -> None:
    told = story("16 09:00 opened", "16 10:00 reply", "16 10:00 wait_client", "17 10:00 client_message")
    found = clocks(told, at("17 11:00"))
    assert (found.resolution.state, found.resolution.elapsed_s) == ("running", 2 * HOUR)
    assert found.next_response.due_at == at("17 12:00")


def test_waiting_twice_or_resuming_without_waiting_changes_nothing() -> None:
    once = story("16 09:00 opened", "16 10:00 wait_client", "17 10:00 resume")
    twice = [*once, event("16 11:00 wait_client"), event("17 10:30 resume")]
    assert clocks(once, at("17 11:00")) == clocks(twice, at("17 11:00"))


def test_waiting_after_the_end_starts_nothing() -> None:
    told = story("16 09:00 opened", "16 10:00 resolve", "16 11:00 wait_client", "16 12:00 resume")
    clock = clocks(told, at("18 09:00")).resolution
    assert (clock.state, clock.elapsed_s) == ("met", HOUR)


def test_an_answered_message_does_not_start_again_when_the_waiting_ends() -> None:
    told = story("16 09:00 opened", "16 09:10 reply", "16 10:00 client_message", "16 10:30 reply")
    told += story("16 10:30 wait_client", "17 10:30 resume")
    assert clocks(told, at("18 09:00")).next_response.ended_at == at("16 10:30")


def test_a_breach_after_a_pause_falls_on_the_moved_due_time() -> None:
    told = story("16 09:00 opened", "16 10:00 wait_client", "17 10:00 resume")
    assert clocks(told, at("18 10:00")).resolution.breached_at == at("17 13:00")


def test_a_new_target_after_two_days_of_waiting_keeps_what_has_run() -> None:
    """Target 4 h, 1 h run, 2 days waiting, then target 2 h: 1 h remains."""
    told = story("16 09:00 opened", "16 10:00 wait_client", "18 10:00 resume")
    told.append(event("18 10:00 policy", Policy(OFFICE, resolution_s=2 * HOUR)))
    clock = clocks(told, at("18 10:00")).resolution
    assert (clock.remaining_s, clock.due_at, clock.target_s) == (HOUR, at("18 11:00"), 2 * HOUR)


def test_a_shorter_target_already_used_up_is_breached_by_the_change() -> None:
    told = [*story("16 09:00 opened"), event("16 12:00 policy", Policy(OFFICE, resolution_s=2 * HOUR))]
    clock = clocks(told, at("16 12:00")).resolution
    assert (clock.state, clock.breached_at) == ("breached", at("16 12:00"))
    assert (clock.remaining_s, clock.due_at) == (-HOUR, at("16 11:00"))


def test_a_target_shortened_at_night_to_just_what_is_used_up_is_due_then_whenever_it_is_read() -> None:
    long = Policy(OFFICE, resolution_s=16 * HOUR)
    shorter = event("16 20:00 policy", Policy(OFFICE, resolution_s=8 * HOUR))
    told = [*story("16 09:00 opened", policy=long), shorter]
    for now in ("16 20:00", "16 20:05", "17 09:00", "17 12:00"):
        clock = clocks(told, at(now)).resolution
        assert clock.due_at == at("16 20:00"), now
    assert (clock.breached_at, clock.remaining_s) == (at("16 20:00"), -3 * HOUR)


def test_a_new_calendar_counts_only_from_its_change_on() -> None:
    told = [*story("13 16:00 opened"), event("13 20:00 policy", Policy(ALWAYS, resolution_s=4 * HOUR))]
    assert clocks(told, at("13 21:00")).resolution.due_at == at("13 23:00")


@pytest.mark.parametrize(
    "later",
    [
        [event("17 09:00 policy", Policy(OFFICE, HOUR * 100, HOUR * 100, HOUR * 100))],
        [event("17 09:00 policy", Policy(OFFICE))],
        story("17 09:00 resolve"),
        story("17 09:00 resolve", "17 10:00 reopen"),
        story("17 09:00 wait_client"),
        story("17 09:00 reply", "17 09:30 client_message", "17 09:40 reply"),
    ],
)
def test_nothing_erases_a_breach(later: list[SlaEvent]) -> None:
    told = story("16 09:00 opened", "16 09:30 reply", "16 10:00 client_message")
    found = clocks([*told, *later], at("18 09:00"))
    assert found.next_response.breached_at == at("16 12:00")
    assert found.resolution.breached_at == at("16 13:00")
    assert found.next_response.breached
    assert found.resolution.breached


def test_a_next_response_runs_from_the_oldest_unanswered_message() -> None:
    told = story("16 09:00 opened", "16 09:10 reply", "16 10:00 client_message", "16 11:00 client_message")
    assert clocks(told, at("16 11:30")).next_response.due_at == at("16 12:00")
    again = story("16 11:30 reply", "16 15:00 client_message")
    turn = clocks([*told, *again], at("16 15:30")).next_response
    assert (turn.state, turn.elapsed_s, turn.breached) == ("running", HOUR // 2, False)


@pytest.mark.parametrize("kind", ["reply", "no_answer_needed", "resolve"])
def test_a_next_response_ends(kind: str) -> None:
    told = story("16 09:00 opened", "16 09:10 reply", "16 10:00 client_message", f"16 11:00 {kind}")
    clock = clocks(told, at("17 15:00")).next_response
    assert (clock.state, clock.ended_at, clock.elapsed_s) == ("met", at("16 11:00"), HOUR)


def test_a_message_before_the_first_answer_belongs_to_the_first_response() -> None:
    found = clocks(story("16 09:00 opened", "16 09:20 client_message"), at("16 09:30"))
    assert found.next_response.state == "none"
    assert found.first_response.elapsed_s == HOUR // 2


@pytest.mark.parametrize("kind", ["note", "thanks", "wait_client", "no_answer_needed"])
def test_only_a_human_answer_ends_the_first_response(kind: str) -> None:
    assert (
        clocks(story("16 09:00 opened", f"16 09:20 {kind}"), at("16 09:30")).first_response.ended_at is None
    )


def test_reopening_continues_the_same_clock() -> None:
    told = story("16 09:00 opened", "16 10:00 resolve", "17 09:00 reopen")
    clock = clocks(told, at("17 10:00")).resolution
    assert (clock.state, clock.elapsed_s, clock.due_at) == ("running", 2 * HOUR, at("17 12:00"))


def test_reopening_takes_up_a_policy_that_changed_meanwhile() -> None:
    told = story("16 09:00 opened", "16 10:00 resolve", "17 09:00 reopen")
    told.append(event("16 15:00 policy", Policy(OFFICE, resolution_s=3 * HOUR)))
    assert clocks(told[:2] + told[3:], at("17 09:00")).resolution.target_s == 4 * HOUR
    assert clocks(told, at("17 09:00")).resolution.due_at == at("17 11:00")


def test_thanks_does_not_reopen_and_leaves_every_clock_alone() -> None:
    told = story("16 09:00 opened", "16 09:30 reply", "16 10:00 resolve")
    assert clocks([*told, event("16 11:00 thanks")], at("18 09:00")) == clocks(told, at("18 09:00"))


def test_a_declined_request_stops_every_clock() -> None:
    told = [*story("16 09:00 opened", "16 09:30 decline"), event("16 09:10 promise", promised="20 12:00")]
    assert [clock.ended_at for clock in clocks(told, at("30 09:00"))] == [
        at("16 09:30"),
        None,
        at("16 09:30"),
        at("16 09:30"),
    ]


def test_a_promise_is_a_date_that_waiting_does_not_move() -> None:
    told = [*story("16 09:00 opened", "16 10:00 wait_client"), event("16 09:00 promise", promised="17 11:00")]
    clock = clocks(told, at("17 09:00")).promise
    assert (clock.state, clock.due_at, clock.remaining_s) == ("running", at("17 11:00"), 2 * HOUR)
    broken = clocks(told, at("17 12:00")).promise
    assert (broken.state, broken.breached_at, broken.remaining_s) == ("breached", at("17 11:00"), -HOUR)


def test_a_new_date_replaces_a_promise_but_not_its_breach() -> None:
    told = [*story("16 09:00 opened"), event("16 09:00 promise", promised="17 11:00")]
    moved = clocks([*told, event("17 10:00 promise", promised="18 11:00")], at("18 10:00")).promise
    assert (moved.state, moved.breached) == ("running", False)
    too_late = clocks([*told, event("17 12:00 promise", promised="18 11:00")], at("18 10:00")).promise
    assert (too_late.state, too_late.breached_at) == ("running", at("17 11:00"))


def test_a_promise_kept_in_time_stays_kept_when_the_request_is_reopened_later() -> None:
    told = [*story("16 09:00 opened", "16 12:00 resolve"), event("16 09:00 promise", promised="17 11:00")]
    assert clocks([*told, event("16 13:00 reopen")], at("16 14:00")).promise.state == "running"
    assert clocks([*told, event("18 13:00 reopen")], at("18 14:00")).promise.state == "met"


def test_without_a_target_there_is_no_clock() -> None:
    found = clocks(story("16 09:00 opened", policy=Policy(OFFICE)), at("20 09:00"))
    assert {clock.state for clock in found} == {"none"}
    assert lateness_of_clock(found.resolution) is None


def test_a_target_the_calendar_never_reaches_has_no_due_time() -> None:
    once = calendar("UTC", {}, {"2026-11-16": ((0, HOUR),)})
    clock = clocks(story("16 09:00 opened", policy=Policy(once, HOUR, HOUR, HOUR)), at("20 09:00")).resolution
    assert (clock.state, clock.due_at, clock.remaining_s) == ("running", None, HOUR)


def test_what_lies_after_now_has_not_happened() -> None:
    told = story("16 09:00 opened", "16 09:30 reply", "16 12:00 resolve")
    assert clocks(told, at("16 10:00")) == clocks(told[:2], at("16 10:00"))


def test_a_clock_of_another_machine_may_run_behind() -> None:
    clock = clocks(story("16 09:00 opened"), at("16 08:59")).resolution
    assert (clock.elapsed_s, clock.due_at) == (0, at("16 13:00"))


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ([], "begin with its opening"),
        (story("16 09:00 reply"), "begin with its opening"),
        ([event("16 09:00 policy", POLICY)], "begin with its opening"),
        (story("16 09:00 opened", "16 10:00 opened"), "a second time"),
    ],
)
def test_a_history_that_makes_no_sense_is_refused(told: list[SlaEvent], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        clocks(told, at("17 09:00"))


def test_an_event_is_checked_when_it_is_made() -> None:
    for wrong in ("16 09:00 sneezed", "16 09:00 opened", "16 09:00 policy", "16 09:00 promise"):
        with pytest.raises(ValueError, match=r"happen|policy|date"):
            event(wrong)
    with pytest.raises(ValueError, match="negative"):
        Policy(OFFICE, resolution_s=-1)


def test_an_internal_clock_has_a_start_an_end_and_a_target() -> None:
    open_one = internal_clock(at("16 09:00"), None, 2 * HOUR, OFFICE, at("16 12:00"))
    done = internal_clock(at("16 09:00"), at("16 10:00"), 2 * HOUR, OFFICE, at("16 12:00"))
    assert (open_one.name, open_one.state, open_one.remaining_s) == ("internal", "breached", -HOUR)
    assert (done.state, done.elapsed_s, done.due_at) == ("met", HOUR, at("16 11:00"))
    just_now = internal_clock(at("16 09:00"), at("16 10:00"), 2 * HOUR, OFFICE, at("16 10:00"))
    assert just_now.state == "met"


@pytest.mark.parametrize(
    ("now", "level"),
    [("16 11:59", 0), ("16 12:00", 75), ("16 12:36", 90), ("16 13:00", 90), ("16 13:01", 100)],
)
def test_warnings_come_at_75_and_90_percent_and_at_the_breach(now: str, level: int) -> None:
    assert warning_level(clocks(story("16 09:00 opened"), at(now)).resolution) == level


def test_a_clock_that_stands_does_not_warn() -> None:
    told = story("16 09:00 opened", "16 12:45 wait_client")
    assert warning_level(clocks(told, at("18 09:00")).resolution) == 0
    done = story("16 09:00 opened", "16 15:00 resolve")
    assert warning_level(clocks(done, at("18 09:00")).resolution) == 0


MIDDLE_KINDS = ("client_message", "thanks", "reply", "note", "wait_client", "resume", "no_answer_needed")
CLOSING_KINDS = ("resolve", "decline", "reopen", "policy", "promise")
START = at("16 09:00")


@st.composite
def histories(draw: st.DrawFn) -> list[SlaEvent]:
    policies = [POLICY, Policy(ALWAYS, 2 * HOUR, HOUR, HOUR), Policy(OFFICE, HOUR, 9 * HOUR, 20 * HOUR)]
    told = [SlaEvent(START, "opened", draw(st.sampled_from(policies)))]
    for minutes in draw(st.lists(st.integers(0, 7 * 24 * 60), max_size=9).map(sorted)):
        kind = draw(st.sampled_from(MIDDLE_KINDS + CLOSING_KINDS))
        when = START + timedelta(minutes=minutes)
        policy = draw(st.sampled_from(policies)) if kind == "policy" else None
        promised = when + timedelta(hours=draw(st.integers(0, 99))) if kind == "promise" else None
        told.append(SlaEvent(when, kind, policy, promised))
    return told


moments = st.integers(0, 10 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


@given(histories(), moments, moments)
def test_time_never_takes_back_what_has_elapsed_or_been_breached(
    told: list[SlaEvent], one: datetime, other: datetime
) -> None:
    early, late = clocks(told, min(one, other)), clocks(told, max(one, other))
    assert early.resolution.elapsed_s <= late.resolution.elapsed_s
    for before, after in zip(early, late, strict=True):
        assert not before.breached or after.breached_at == before.breached_at


@given(histories(), moments)
def test_every_clock_agrees_with_itself(told: list[SlaEvent], now: datetime) -> None:
    for clock in clocks(told, now):
        assert clock.breached == (clock.breached_at is not None)
        if clock.state == "none":
            continue
        assert clock.elapsed_s >= 0
        assert clock.target_s is not None
        assert clock.remaining_s == clock.target_s - clock.elapsed_s
        assert clock.elapsed_s <= clock.target_s or clock.breached
        assert (clock.state == "met") <= (clock.ended_at is not None)
        assert (clock.due_at is None) <= (clock.state == "paused")
        if clock.state == "running":
            assert clock.due_at is not None
            assert clock.due_at >= now


@given(histories(), moments)
def test_the_resolution_counts_exactly_the_minutes_it_was_nobodys_turn_to_wait(
    told: list[SlaEvent], now: datetime
) -> None:
    """An independent count: walk the events and add up what lies between those where the clock ran."""
    running, waiting, closed, elapsed = True, False, False, 0
    policy = told[0].policy
    last = told[0].at
    for step in [*(step for step in told[1:] if step.at <= now), SlaEvent(now, "note")]:
        assert policy is not None
        elapsed += open_seconds(policy.calendar, last, step.at) if running else 0
        last = step.at
        policy = step.policy or policy
        if step.kind in ("resolve", "decline"):
            closed, waiting = True, False
        elif step.kind == "reopen":
            closed = False
        elif step.kind == "wait_client":
            waiting = not closed
        elif step.kind in ("resume", "client_message"):
            waiting = False
        running = not closed and not waiting
    assert clocks(told, now).resolution.elapsed_s == elapsed


def test_all_instants_come_back_in_utc() -> None:
    found: Clocks = clocks(story("16 09:00 opened"), at("16 09:10"))
    assert found.resolution.due_at is not None
    assert found.resolution.due_at.tzinfo is UTC


def test_a_promise_that_a_duplicate_missed_is_no_clock_and_late() -> None:
    history = replay(story("16 09:00 opened", "16 09:10 reply"), at("16 09:30"))
    for missed in ("16 09:25", "16 09:20", "16 09:28"):
        history.inherit(epoch_second(at("16 09:30")), {"promise": epoch_second(at(missed))})
    promise = history.read(epoch_second(at("16 12:30"))).promise
    assert (promise.state, promise.breached, promise.breached_at) == ("none", True, at("16 09:20"))


def test_late_from_is_the_first_of_what_was_missed_and_what_runs_out() -> None:
    told = [*story("16 09:00 opened"), event("16 09:00 promise", promised="16 09:30")]
    assert replay(told, at("16 09:10")).late_from() == epoch_second(at("16 09:30")), "the promise"
    assert replay(told[:1], at("16 09:10")).late_from() == epoch_second(at("16 10:00")), "the first answer"
    answered = replay(story("16 09:00 opened", "16 09:05 reply"), at("16 09:10"))
    assert answered.late_from() == epoch_second(at("16 13:00")), "the solution"
    answered.inherit(epoch_second(at("16 09:10")), {"promise": epoch_second(at("16 08:00"))})
    assert answered.late_from() == epoch_second(at("16 08:00"))
