"""What is done with a request: who has it, what is said, what is promised, and what its clocks say then."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich_client import NOW, Clock, RichClient

from onewindow.desk.caches import client_caches
from onewindow.desk.editing import changing
from onewindow.desk.opening import at_work
from onewindow.desk.queue import team
from onewindow.desk.requests import complaints, handing_off, merging, replies
from onewindow.desk.session.context import Session
from onewindow.desk.sla import clocks, hand_off_clock, reassignments
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.metrics.sla.clocks import Clocks
from onewindow.records.requests import Document, HandOff, Request, RequestEvent, Task
from onewindow.store import rows
from onewindow.store.problems import StoreProblem
from onewindow.store.requests import links as request_links
from onewindow.store.requests import threads
from onewindow.text.dates import utc_text

_HOUR = timedelta(hours=1)


def ask(rich: RichClient, title: str, days: float = 0, **values: object) -> Request:
    return rich.add(Request(title=title).with_changes(values), days=days)


def now(session: Session, request: Request) -> Request:
    return rows.get(session.store, Request, request.id)


def clocks_of(session: Session, request: Request) -> Clocks:
    events = threads.events(session.store, request.id)
    counted = clocks.request_clocks(session.directory.policies, request, "A", events, session.now())
    assert counted is not None
    return counted


def told(session: Session, request: Request) -> list[tuple[str, str]]:
    return [(e.event_kind, e.text) for e in threads.events(session.store, request.id)]


# whose it is


def test_assigning_says_why_and_counts_as_a_pass_only_from_somebody(
    session: Session, rich_client: RichClient
) -> None:
    request = ask(rich_client, "не печатает")
    taken = replies.take_over(session, request)
    assert (taken.status, taken.assignee_id) == ("open", session.me.id)
    given = replies.assign_to(session, taken, rich_client.petrov.id, "он знает принтеры")
    assert told(session, given)[-1] == ("assign", "он знает принтеры")
    events = threads.events(session.store, request.id)
    assert reassignments.reassignments_of(events).people == 1
    assert reassignments.reassignments_of_client(session.store, rich_client.id).people == 1
    with pytest.raises(StoreProblem, match="already"):
        replies.assign_to(session, given, rich_client.petrov.id)


def test_what_is_mine_already_is_not_taken_again(session: Session, rich_client: RichClient) -> None:
    request = ask(rich_client, "не печатает")
    new_and_mine = changing.change(session, request, {"assignee_id": session.me.id})
    taken = replies.take_over(session, new_and_mine)
    assert (taken.status, taken.assignee_id) == ("open", session.me.id)
    before = told(session, taken)
    with pytest.raises(StoreProblem, match=rf"^R-{taken.number} is yours already\.$"):
        replies.take_over(session, taken)
    assert told(session, now(session, taken)) == before


def test_taking_a_request_leaves_whose_turn_it_is(session: Session, rich_client: RichClient) -> None:
    """A colleague let it wait as they had seen it, while a message came that is to be answered."""
    seen = replies.reply_to(session, ask(rich_client, "ждёт счёт"), "выставим")
    changing.change(session, now(session, seen), {"next_actor": "us"})
    replies.wait_for_client(session, seen)
    waiting = now(session, seen)
    assert (waiting.status, waiting.next_actor) == ("waiting", "us")
    taken = replies.take_over(session, waiting)
    assert (taken.status, taken.next_actor, taken.assignee_id) == ("waiting", "us", session.me.id)


def test_a_lead_is_asked_with_a_reason_and_answers(session: Session, rich_client: RichClient) -> None:
    request = ask(rich_client, "скидка за простой")
    with pytest.raises(StoreProblem):
        replies.ask_lead(session, request, " ")
    asked = replies.ask_lead(session, request, "можно ли 10 %?")
    assert asked.needs_lead == 1
    looked = replies.lead_looked(session, asked, "да")
    assert looked.needs_lead == 0
    assert [text for kind, text in told(session, looked) if kind == "note"] == [
        "A lead is asked: можно ли 10 %?",
        "A lead looked: да",
    ]


# what is said


def test_thanks_to_a_resolved_request_are_logged_and_open_nothing(
    session: Session, rich_client: RichClient
) -> None:
    request = replies.resolve_with(session, ask(rich_client, "не печатает"), "обновили драйвер")
    thanked = replies.client_wrote(session, request, "Спасибо большое!")
    assert thanked.status == "resolved"
    assert told(session, thanked)[-1] == ("thanks", "Спасибо большое!")
    back = replies.client_wrote(session, thanked, "Спасибо, но опять не печатает")
    assert (back.status, back.next_actor) == ("open", "us")
    assert [kind for kind, _ in told(session, back)][-2:] == ["reopen", "client_message"]
    assert clocks_of(session, back).next_response.live


def test_a_message_ends_the_waiting_and_no_answer_needed_ends_its_clock(
    session: Session, rich_client: RichClient, clock: Clock
) -> None:
    request = replies.reply_to(session, ask(rich_client, "доступ"), "пришлите логин")
    waiting = replies.wait_for_client(session, request, "логин сотрудника")
    assert told(session, waiting)[-1] == ("wait_client", "логин сотрудника")
    assert clocks_of(session, waiting).resolution.state == "paused"
    clock.now = NOW + _HOUR
    wrote = replies.client_wrote(session, waiting, "логин vrach2, спасибо")
    assert (wrote.status, wrote.next_actor) == ("open", "us")
    assert clocks_of(session, wrote).next_response.live
    settled = replies.no_answer_needed(session, wrote, "ответил по телефону")
    assert not clocks_of(session, settled).next_response.live
    assert clocks_of(session, settled).resolution.live


def test_a_reply_may_leave_the_next_step_with_us(session: Session, rich_client: RichClient) -> None:
    request = ask(rich_client, "доступ")
    assert replies.reply_to(session, request, "смотрим", "us").next_actor == "us"
    assert replies.reply_to(session, now(session, request), "готово, проверьте").next_actor == "client"


def test_a_note_moves_no_clock_and_a_closed_request_takes_one(
    session: Session, rich_client: RichClient
) -> None:
    request = ask(rich_client, "доступ")
    before = clocks_of(session, request)
    replies.note_down(session, request, "звонил трижды")
    assert clocks_of(session, request) == before
    closed = replies.resolve_with(session, now(session, request))
    assert replies.note_down(session, closed, "оказался другой логин").status == "resolved"


# dates


def test_each_further_date_needs_its_reason(session: Session, rich_client: RichClient) -> None:
    request = ask(rich_client, "отчёт по складу")
    friday, monday = utc_text(NOW + 4 * 24 * _HOUR), utc_text(NOW + 7 * 24 * _HOUR)
    promised = replies.promise_for(session, request, friday)
    with pytest.raises(StoreProblem, match="say why"):
        replies.promise_for(session, promised, monday)
    with pytest.raises(StoreProblem, match="over already"):
        replies.promise_for(session, promised, utc_text(NOW - _HOUR), "раньше")
    moved = replies.promise_for(session, promised, monday, "ждём выгрузку")
    assert moved.promised_at == monday
    assert told(session, moved)[-1] == ("promise", "ждём выгрузку")
    session.undo()
    assert now(session, request).promised_at == friday
    assert utc_text(clocks_of(session, now(session, request)).promise.due_at or NOW) == friday


# ends


def test_declining_needs_a_reason_that_the_client_sees(session: Session, rich_client: RichClient) -> None:
    request = ask(rich_client, "вернуть деньги")
    with pytest.raises(StoreProblem, match="the client sees"):
        replies.decline_with(session, request, " ")
    declined = replies.decline_with(session, request, "договор этого не даёт")
    assert (declined.status, declined.result) == ("declined", "договор этого не даёт")
    assert not clocks_of(session, declined).resolution.live


def test_a_complaint_is_resolved_only_with_its_cause(session: Session, rich_client: RichClient) -> None:
    request = ask(rich_client, "снова грубо ответили", request_kind="complaint")
    with pytest.raises(FieldProblems) as refused:
        replies.resolve_with(session, request, "извинились")
    assert "cause" in refused.value.errors
    with pytest.raises(FieldProblems):
        changing.change(session, request, {"status": "resolved"})
    closed = replies.resolve_with(session, request, "извинились", cause="новый оператор")
    assert (closed.status, closed.cause) == ("resolved", "новый оператор")


# hand-offs


def give(session: Session, request: Request, **values: object) -> HandOff:
    asked = HandOff(request_id=request.id, department="склад", what="найти накладную")
    return handing_off.hand_off(session, asked.with_changes(values))


def test_a_request_waits_for_its_hand_off_and_cannot_be_closed_before(
    session: Session, rich_client: RichClient, clock: Clock
) -> None:
    request = ask(rich_client, "нет накладной")
    part = give(session, request, target_min=60)
    handed = now(session, request)
    assert (handed.status, handed.next_actor, handed.department) == ("handed_off", "internal", "склад")
    for close in (
        lambda: replies.resolve_with(session, handed, "готово"),
        lambda: replies.decline_with(session, handed, "нет"),
        lambda: changing.change(session, handed, {"status": "resolved"}),
    ):
        with pytest.raises(StoreProblem, match="склад has not settled “найти накладную”"):
            close()
    clock.now = NOW + _HOUR / 2
    accepted = handing_off.move_on(session, part, "accepted")
    ready = handing_off.move_on(session, accepted, "ready", "лежит в папке 3")
    assert ready.answered_at == utc_text(clock.now)
    back = now(session, request)
    assert (back.status, back.next_actor) == ("open", "us")
    clock.now = NOW + 3 * _HOUR
    its_clock = hand_off_clock.clock_of(session.directory.policies, back, "A", ready, session.now())
    assert its_clock is not None
    assert (its_clock.elapsed_s, its_clock.state) == (1800, "met")
    with pytest.raises(StoreProblem, match="has not settled"):
        replies.resolve_with(session, back)
    handing_off.move_on(session, ready, "confirmed")
    assert replies.resolve_with(session, now(session, request), "нашли").status == "resolved"
    assert reassignments.reassignments_of_client(session.store, rich_client.id).departments == 1


def test_a_hand_off_runs_its_own_clock_and_can_be_late(
    session: Session, rich_client: RichClient, clock: Clock
) -> None:
    request = ask(rich_client, "нет накладной")
    part = give(session, request, target_min=60)
    clock.now = NOW + 2 * _HOUR
    its_clock = hand_off_clock.clock_of(session.directory.policies, request, "A", part, session.now())
    assert its_clock is not None
    assert (its_clock.name, its_clock.state, its_clock.remaining_s) == ("internal", "breached", -3600)


def test_a_return_needs_its_reason_and_brings_the_request_back(
    session: Session, rich_client: RichClient
) -> None:
    request = ask(rich_client, "нет накладной")
    part = give(session, request)
    with pytest.raises(StoreProblem, match="Say why"):
        handing_off.move_on(session, part, "returned")
    returned = handing_off.move_on(session, part, "returned", "какой номер?")
    assert now(session, request).next_actor == "us"
    again = handing_off.move_on(session, returned, "asked", "номер 17")
    assert now(session, request).status == "handed_off"
    assert again.answered_at is None
    with pytest.raises(StoreProblem, match="cannot become"):
        handing_off.move_on(session, handing_off.move_on(session, again, "dropped", "нашли сами"), "ready")


def test_a_lead_for_sales_is_confirmed_only_after_the_client_was_told(
    session: Session, rich_client: RichClient
) -> None:
    request = ask(rich_client, "хотят ещё один магазин")
    part = give(session, request, target="sales", department="", what="новая точка, 5 касс")
    assert part.department == "sales"
    assert handing_off.must_tell(part)
    with pytest.raises(StoreProblem, match="Tell the client first"):
        handing_off.move_on(session, part, "confirmed")
    informed = handing_off.tell_client(session, part, "Вам ответит Сидоров из продаж")
    assert informed.client_told_at
    assert told(session, request)[-1] == ("reply", "Вам ответит Сидоров из продаж")
    assert now(session, request).status == "handed_off"
    handing_off.move_on(session, informed, "confirmed")
    assert now(session, request).status == "open"


def test_a_hand_off_written_in_its_form_moves_the_request_too(
    session: Session, rich_client: RichClient
) -> None:
    request = ask(rich_client, "нет накладной")
    part = rich_client.add(HandOff(request_id=request.id, department="склад", what="найти"))
    assert now(session, request).status == "handed_off"
    changing.change(session, part, {"state": "confirmed"})
    assert now(session, request).status == "open"
    closed = replies.resolve_with(session, now(session, request))
    with pytest.raises(FieldProblems, match="it again first"):
        rich_client.add(HandOff(request_id=closed.id, department="склад", what="ещё"))


def test_one_undo_takes_a_hand_off_back(session: Session, rich_client: RichClient) -> None:
    request = ask(rich_client, "нет накладной")
    before = clocks_of(session, request)
    part = give(session, request)
    session.undo()
    assert rows.get(session.store, HandOff, part.id).archived_at
    back = now(session, request)
    assert (back.status, back.next_actor, back.department) == ("new", "us", "")
    assert clocks_of(session, back) == before


# together


def test_a_part_is_a_request_with_its_own_clock(
    session: Session, rich_client: RichClient, clock: Clock
) -> None:
    request = ask(rich_client, "касса и отчёт", contact_id=rich_client.main.id, priority="high")
    clock.now = NOW + _HOUR
    part = merging.split(session, request, "отчёт", "по складу")
    assert (part.parent_id, part.contact_id, part.priority) == (request.id, rich_client.main.id, "high")
    assert part.opened_at == utc_text(clock.now)
    link = request_links.from_request(session.store, part.id)[0]
    assert (link.other_id, link.relation) == (request.id, "split")
    assert ("link", f"gave a part to R-{part.number} отчёт") in told(session, request)
    session.undo()
    assert rows.get(session.store, Request, part.id).archived_at
    assert request_links.to_request(session.store, request.id) == []


def test_links_are_made_once_and_only_within_a_client(session: Session, rich_client: RichClient) -> None:
    one, two = ask(rich_client, "касса"), ask(rich_client, "сеть")
    merging.link(session, one, two, "caused_by", "кабель")
    assert told(session, two)[-1][1] == f"caused R-{one.number} касса кабель"
    with pytest.raises(StoreProblem, match="already"):
        merging.link(session, two, one, "caused_by")
    with pytest.raises(StoreProblem, match="one request"):
        merging.link(session, one, one)


def test_a_merge_shows_both_and_one_undo_gives_both_their_clocks_back(
    session: Session, rich_client: RichClient, clock: Clock
) -> None:
    target = ask(rich_client, "отчёт не открывается", days=0.2)
    clock.now = NOW - 3 * _HOUR
    target = replies.reply_to(session, target, "смотрим")
    target = replies.wait_for_client(session, target, "снимок экрана")
    clock.now = NOW + _HOUR / 2
    duplicate = ask(rich_client, "не открывается отчёт", days=0.1)
    duplicate = replies.promise_for(session, duplicate, utc_text(NOW + 30 * _HOUR))
    part = give(session, duplicate)
    clock.now = NOW + _HOUR
    duplicate, target = now(session, duplicate), now(session, target)
    before = clocks_of(session, target), clocks_of(session, duplicate)
    events = told(session, target), told(session, duplicate)

    merged = merging.merge(session, duplicate, target)

    assert merged.status == "open"
    assert merged.promised_at == duplicate.promised_at
    assert clocks_of(session, merged).next_response.live
    closed = now(session, duplicate)
    assert (closed.status, closed.merged_into_id) == ("resolved", target.id)
    assert rows.get(session.store, HandOff, part.id).request_id == target.id
    assert [merged_one.id for merged_one in request_links.merged_into(session.store, target.id)] == [
        duplicate.id
    ]
    with pytest.raises(StoreProblem, match="merged into another"):
        replies.reply_to(session, closed, "ответ")
    assert replies.client_wrote(session, closed, "где ответ?").id == target.id
    session.undo()  # the client's message

    assert session.undo().startswith("merged")
    again = now(session, target), now(session, duplicate)
    assert (clocks_of(session, again[0]), clocks_of(session, again[1])) == before
    assert (told(session, again[0]), told(session, again[1])) == events
    for restored, known in zip(again, (target, duplicate), strict=True):
        assert (restored.status, restored.due_at, restored.promised_at, restored.merged_into_id) == (
            known.status,
            known.due_at,
            known.promised_at,
            None,
        )
    assert rows.get(session.store, HandOff, part.id).request_id == duplicate.id


def test_a_merge_takes_over_what_the_duplicate_owes_by_now(session: Session, rich_client: RichClient) -> None:
    """Somebody saw it at the department, which has settled its part since."""
    target, duplicate = ask(rich_client, "нет печати"), ask(rich_client, "не печатает")
    part = handing_off.hand_off(
        session, HandOff(request_id=duplicate.id, department="склад", what="картридж")
    )
    seen = now(session, duplicate)
    assert seen.status == "handed_off"
    for state in ("ready", "confirmed"):
        part = handing_off.move_on(session, rows.get(session.store, HandOff, part.id), state, "есть")
    merged = merging.merge(session, seen, target)
    assert merged.status != "handed_off"
    assert merged.next_actor == "us"
    assert merged.department == ""


def test_a_merge_refuses_what_is_closed_and_a_merged_one_stands_alone_only_by_undo(
    session: Session, rich_client: RichClient
) -> None:
    one, two = ask(rich_client, "касса"), ask(rich_client, "касса опять")
    merging.merge(session, two, one)
    with pytest.raises(StoreProblem, match="merged into another"):
        merging.merge(session, now(session, two), now(session, one))
    with pytest.raises(StoreProblem, match=r"was merged into R-\d+: open that one again, or undo the merge"):
        replies.open_again(session, now(session, two), "это другая касса")
    session.undo()
    alone = now(session, two)
    assert (alone.status, alone.merged_into_id) == ("new", None)
    closed = replies.resolve_with(session, now(session, one))
    with pytest.raises(StoreProblem, match="it is resolved"):
        merging.merge(session, alone, closed)


# complaints


def test_a_complaint_finds_those_that_it_repeats(session: Session, rich_client: RichClient) -> None:
    old = ask(rich_client, "долго не отвечают", days=210, request_kind="complaint")
    first = ask(rich_client, "грубый оператор", days=90, request_kind="complaint", cause="Нет обучения")
    second = ask(rich_client, "долго не отвечали на письма", days=20, request_kind="complaint")
    third = ask(rich_client, "опять грубый оператор", request_kind="complaint")
    repeats = {
        (link.request_id, link.other_id, link.note)
        for complaint in (old, first, second, third)
        for link in request_links.from_request(session.store, complaint.id)
    }
    assert repeats == {(third.id, first.id, "same words")}
    replies.resolve_with(session, third, "извинились", cause="нет обучения")
    replies.resolve_with(session, now(session, second), "ответили", cause="нет обучения")
    in_register = {
        line.request.id: [repeated.id for repeated in line.repeats]
        for line in complaints.register(session, utc_text(NOW - timedelta(days=100)))
    }
    assert in_register == {first.id: [], second.id: [first.id], third.id: [second.id, first.id]}


def test_a_corrective_action_has_a_date_and_stands_in_the_register(
    session: Session, rich_client: RichClient
) -> None:
    request = ask(rich_client, "грубый оператор", request_kind="complaint", assignee_id=rich_client.petrov.id)
    with pytest.raises(StoreProblem, match="over"):
        complaints.correct(session, request, "обучить", "2026-11-22")
    task = complaints.correct(session, request, "обучить смену", "2026-12-01")
    assert (task.request_id, task.task_kind, task.due_on) == (request.id, "corrective action", "2026-12-01")
    assert task.assignee_id == rich_client.petrov.id
    assert now(session, request).corrective_action == "обучить смену"
    line = next(iter(complaints.register(session, utc_text(NOW - _HOUR))))
    assert [action.id for action in line.actions] == [task.id]


def test_events_of_a_request_keep_who_did_them(session: Session, rich_client: RichClient) -> None:
    request = replies.reply_to(session, ask(rich_client, "доступ"), "смотрим")
    event: RequestEvent = threads.events(session.store, request.id)[-1]
    assert event.staff_id == session.me.id


# two people at one request


def test_what_was_closed_a_moment_ago_takes_nothing_more(session: Session, rich_client: RichClient) -> None:
    """The second person still sees it open; their answer must not be lost in a closed request."""
    seen = ask(rich_client, "не печатает")
    other = ask(rich_client, "не сканирует")
    replies.resolve_with(session, seen, "заработало")
    actions = (
        lambda: replies.reply_to(session, seen, "смотрим"),
        lambda: replies.take_over(session, seen),
        lambda: replies.wait_for_client(session, seen),
        lambda: replies.resolve_with(session, seen, "ещё раз"),
        lambda: replies.no_answer_needed(session, seen),
        lambda: merging.split(session, seen, "часть"),
        lambda: merging.merge(session, other, seen),
        lambda: team.reassign(session, [seen], rich_client.petrov.id, "отпуск"),
    )
    before = told(session, seen)
    for action in actions:
        with pytest.raises(StoreProblem, match=r"closed|is resolved"):
            action()
    assert told(session, seen) == before
    assert now(session, other).status == "new"


def test_each_event_is_told_once_and_by_whom_it_was_done(session: Session, rich_client: RichClient) -> None:
    """The second change is made on an old sight of the request; what the first did is not told again."""
    seen = ask(rich_client, "не печатает")
    replies.assign_to(session, seen, rich_client.petrov.id, "он знает принтеры")
    changing.change(session, seen, {"priority": "urgent"})
    assert [kind for kind, _ in told(session, seen)] == ["opened", "assign", "policy"]


def test_an_old_sight_of_computed_times_is_no_conflict(
    session: Session, rich_client: RichClient, clock: Clock
) -> None:
    seen = ask(rich_client, "не печатает")
    clock.now += _HOUR
    replies.reply_to(session, seen, "смотрим")
    clock.now += _HOUR
    after = replies.reply_to(session, seen, "нашли")
    assert after.responded_at == utc_text(clock.now - _HOUR)
    assert after.due_at == now(session, seen).due_at


def test_rules_look_at_what_comes_of_both_changes(session: Session, rich_client: RichClient) -> None:
    document = rich_client.add(Document(title="договор", issued_on="2026-11-01", expires_on="2027-11-01"))
    changing.change(session, document, {"issued_on": "2026-11-20"})
    with pytest.raises(FieldProblems, match="before it begins"):
        changing.change(session, document, {"expires_on": "2026-11-10"})


def test_two_who_finish_one_task_both_succeed(
    session: Session, rich_client: RichClient, clock: Clock
) -> None:
    task = rich_client.add(Task(title="перезвонить"))
    first = changing.mark_done(session, task)
    clock.now += _HOUR
    assert changing.mark_done(session, task).done_at == first.done_at


def test_what_a_faster_clock_wrote_down_has_happened(
    session: Session, rich_client: RichClient, clock: Clock
) -> None:
    """A colleague whose clock is ten minutes behind answers a request that was made urgent just now."""
    request = ask(rich_client, "не печатает")
    urgent = changing.change(session, request, {"priority": "urgent"})
    resolution = clocks_of(session, urgent).resolution.due_at
    clock.now -= timedelta(minutes=10)
    answered = replies.reply_to(session, urgent, "смотрим")
    assert resolution is not None
    assert answered.due_at == utc_text(resolution)
    assert client_caches.differences(session.store, clock.now) == []


def test_undo_leaves_the_answer_of_a_colleague_as_the_first_one(
    session: Session, rich_client: RichClient, clock: Clock
) -> None:
    """Both answered; the first takes their answer back. The times follow the events that still count."""
    request = ask(rich_client, "не печатает")
    clock.now += _HOUR
    replies.reply_to(session, request, "смотрим")
    clock.now += _HOUR
    petrov = at_work(session.store.another(), rich_client.petrov, session.settings, clock, session.zone)
    replies.reply_to(petrov, now(petrov, request), "нашли")
    session.undo()
    assert now(session, request).responded_at == utc_text(clock.now)
    assert client_caches.differences(session.store, clock.now) == []
    petrov.undo()
    assert now(session, request).responded_at is None
    petrov.store.close()


def test_the_list_of_clients_follows_a_due_time_that_moved_by_an_event(
    session: Session, rich_client: RichClient, clock: Clock
) -> None:
    request = ask(rich_client, "не печатает")
    answered = replies.reply_to(session, request, "смотрим")
    clock.now += _HOUR
    replies.client_wrote(session, answered, "и ещё сканер")
    assert client_caches.differences(session.store, clock.now) == []


@pytest.mark.parametrize(
    ("status", "events", "actor", "is_paused"),
    [
        ("waiting", ["opened", "wait_client"], "client", True),
        ("handed_off", ["opened", "hand_off"], "internal", False),
        ("resolved", ["opened", "resolve"], "us", False),
        ("open", ["opened"], "us", False),
    ],
)
def test_a_request_written_down_in_a_state_has_the_events_of_that_state(
    session: Session, rich_client: RichClient, status: str, events: list[str], actor: str, is_paused: bool
) -> None:
    typed = {"title": "касса", "status": status, "department": "Разработка"}
    made = changing.add(session, "request", typed, rich_client.client.id)
    stored = now(session, rows.get(session.store, Request, made.id))
    logged = threads.events(session.store, made.id)
    assert [event.event_kind for event in logged] == events
    assert stored.next_actor == actor
    assert (stored.resolved_at is not None) == (status == "resolved")
    resolution = clocks_of(session, stored).resolution
    assert (resolution is not None and resolution.state == "paused") == is_paused
