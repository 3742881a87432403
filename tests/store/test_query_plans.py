"""No query of the daily work reads a table whole or sorts what it read; and each says what it always said.

A new query of the store gets a line in `DAILY`; the list of clients, whose queries are built, has a test of
its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from answers_of_queries import answer
from made_once import copy_of_demo
from store_plans import plan, queries_of, slow_steps
from store_samples import NOW, new_store, one_of_each

from onewindow.records.fields import Record, columns
from onewindow.records.kinds import KINDS
from onewindow.store import (
    behind,
    bringing_up,
    catalogue,
    changes,
    documents,
    history,
    meetings,
    outbox,
    reviews,
    rows,
    templates,
    timeline,
)
from onewindow.store import feedback as feedback_store
from onewindow.store.adoption import alarm_inputs, function_use, ownership, training
from onewindow.store.announcements import announcement_records, effects
from onewindow.store.cadence import due_cache as touch_due
from onewindow.store.cadence import due_inputs
from onewindow.store.clients import cards as clients
from onewindow.store.clients import client_stats, segment_inputs
from onewindow.store.engine import Store, open_store
from onewindow.store.handover import packages as handovers
from onewindow.store.handover import promises
from onewindow.store.handover import status as handover_standing
from onewindow.store.health import activity, inputs, snapshots
from onewindow.store.people import absence_cover, organization
from onewindow.store.plans import progress as plans
from onewindow.store.plans import standards
from onewindow.store.queue import team, today
from onewindow.store.requests import hand_offs, threads
from onewindow.store.requests import links as request_links
from onewindow.store.requests import reports as request_reports
from onewindow.store.search import archived_hits
from onewindow.store.session import drafts, presence
from onewindow.text.names.slugs import slug_of

Work = Callable[[Store, int], object]

DAILY: dict[str, Work] = {
    "adoption.licences": ownership.licences,
    "adoption.usage": lambda store, client: ownership.usage(store, client, 2900),
    "adoption.running_plans": ownership.running_plans,
    "adoption.steps": ownership.steps,
    "adoption.trainings": ownership.trainings,
    "adoption.workplaces": ownership.workplaces,
    "adoption.places": ownership.places,
    "adoption.newest_version": lambda store, _: ownership.newest_version(store, 1),
    "adoption.newest_weeks": lambda store, client: ownership.newest_weeks(store, [(client, 1)]),
    "function_use.used_by": lambda store, client: function_use.used_by(store, client, 2900),
    "function_use.known_functions": lambda store, _: function_use.known_functions(store, 1),
    "function_use.trainees": function_use.trainees,
    "function_use.newest_release": lambda store, _: function_use.newest_release(store, 1, "2026-11-23"),
    "use_facts.licences": lambda store, client: alarm_inputs.licences(store, client, client, "2026-11-23"),
    "use_facts.weeks": lambda store, client: alarm_inputs.weeks(store, client, client, 2900, 2967),
    "use_facts.weeks_of": lambda store, client: alarm_inputs.weeks_of(store, client, 1, 2900, 2967),
    "alarm_inputs.planned_trainings": lambda store, client: alarm_inputs.planned_trainings(
        store, client, client, "2026-08-23"
    ),
    "use_facts.owners": lambda store, _: alarm_inputs.owners(store, [1]),
    "use_facts.product_names": lambda store, _: alarm_inputs.product_names(store, [1]),
    "adoption.products": lambda store, _: ownership.products(store),
    "replies.templates": lambda store, _: templates.templates(store),
    "replies.scripts": lambda store, _: templates.scripts(store),
    "replies.steps": templates.steps,
    "replies.marks_of_request": templates.marks_of_request,
    "replies.marks_of_touch": templates.marks_of_touch,
    "replies.marks_between": lambda store, _: templates.marks_between(store, NOW, NOW),
    "changes.actor_of": lambda store, _: changes.actor_of(store, 1),
    "changes.changes_since": lambda store, _: changes.changes_since(store, 1),
    "changes.last_seq": lambda store, _: changes.last_seq(store),
    "bringing_up.found": lambda store, _: bringing_up.found(store),
    "behind.ids_between": lambda store, client: behind.ids_between(store, client, client),
    "client_stats.find": client_stats.find,
    "client_stats.between": lambda store, _: client_stats.between(store, 1, 2),
    "client_stats.outdated": lambda store, _: client_stats.outdated(store, NOW, 0, 10),
    "client_stats.alarms": client_stats.alarms,
    "client_stats.alarmed": lambda store, owner: [
        client_stats.alarmed(store, each, client_stats.FIRST, 10) for each in (owner, None)
    ],
    "client_stats.uncovered": lambda store, _: client_stats.uncovered(store, client_stats.FIRST, 10),
    "covered.client_ids": lambda store, staff: absence_cover.client_ids(store, [staff]),
    "signs_of_life.between": lambda store, client: activity.between(store, client, client, NOW, NOW),
    "clients.by_number": clients.by_number,
    "clients.by_slug": lambda store, _: clients.by_slug(store, "x"),
    "clients.by_sort_name": lambda store, _: clients.by_sort_name(store, "x"),
    "clients.by_external_id": lambda store, _: clients.by_external_id(store, "x"),
    "clients.by_tax_id": lambda store, _: clients.by_tax_id(store, "x"),
    "clients.competing_with": clients.competing_with,
    "clients.contacts": clients.contacts,
    "clients.billing_details": clients.billing_details,
    "clients.consents": clients.consents,
    "clients.contact_notes": clients.contact_notes,
    "clients.assets": clients.assets,
    "clients.slug_taken": lambda store, _: clients.slug_taken(store, "x"),
    "department.staff": lambda store, _: organization.staff(store),
    "department.away_on": lambda store, _: organization.away_on(store, "2026-11-23"),
    "department.staff_by_login": lambda store, _: organization.staff_by_login(store, "anna"),
    "department.calendars": lambda store, _: organization.calendars(store),
    "department.policies": lambda store, _: organization.policies(store),
    "department.setting": lambda store, _: organization.setting(store, "x"),
    "documents.of_client": documents.of_client,
    "documents.missing": documents.missing,
    "documents.expiring": lambda store, client: documents.expiring(store, client, "2027-01-01"),
    "drafts.find": lambda store, _: drafts.find(store, "anna", ["new client"]),
    "drafts.all_of": lambda store, _: drafts.all_of(store, "anna"),
    "drafts.thrown": lambda store, _: drafts.thrown(store, "anna"),
    "drafts.holds_any": lambda store, _: drafts.holds_any(store, "anna", "here 1 1 1"),
    "hand_offs.of_request": hand_offs.of_request,
    "hand_offs.count_of_client": hand_offs.count_of_client,
    "hand_offs.assignments_of_client": hand_offs.assignments_of_client,
    "handovers.of_client": handovers.of_client,
    "handovers.by_external_id": lambda store, _: handovers.by_external_id(store, "x"),
    "handovers.in_state": lambda store, _: handovers.in_state(store, "sent"),
    "handovers.waiting_for": lambda store, _: handovers.waiting_for(store, 1),
    "handovers.decided_between": lambda store, _: list(handovers.decided_between(store, "2026", "2027")),
    "handovers.items": handovers.items,
    "handovers.asked_of": lambda store, _: handovers.asked_of(store, 1),
    "handovers.answered_for": lambda store, _: handovers.answered_for(store, 1),
    "handovers.unread_terms": lambda store, _: handovers.unread_terms(store, 1),
    "handover_standing.standing": handover_standing.standing,
    "handovers.packages_of_client": handovers.packages_of_client,
    "handovers.packages": handovers.packages,
    "adoption.licence_counts": lambda store, client: ownership.licence_counts(store, client, client),
    "client_stats.ids_between": lambda store, client: client_stats.ids_between(store, client, client, 9),
    "clients.after": lambda store, client: clients.after(store, client, 9),
    "clients.all_ids_after": lambda store, client: clients.all_ids_after(store, client, 9),
    "clients.between": lambda store, client: clients.between(store, client, client),
    "clients.ids_between": lambda store, client: clients.ids_between(store, client, client),
    "plans.ended_in": lambda store, client: plans.ended_in(store, client, client, 1),
    "handovers.observations": handovers.observations,
    "handovers.observed_between": lambda store, _: handovers.observed_between(store, "2026", "2027"),
    "health_facts.facts": lambda store, client: list(inputs.facts(store, client, client, NOW, NOW[:10])),
    "health_snapshots.of_client": lambda store, client: snapshots.of_client(store, client, 2900),
    "health_snapshots.scores": lambda store, client: snapshots.scores(store, client, 2900),
    "health_snapshots.without": lambda store, _: snapshots.without(store, 2900, 0, 10),
    "health_snapshots.count": lambda store, _: snapshots.count(store, 2900),
    "history.last_undoable": lambda store, _: history.last_undoable(store, "anna"),
    "history.last_redoable": lambda store, _: history.last_redoable(store, "anna"),
    "history.history": lambda store, client: history.history(store, "client", client),
    "history.client_history": history.client_history,
    "plans.playbooks": lambda store, _: plans.playbooks(store, "onboarding"),
    "plans.playbook_steps": plans.playbook_steps,
    "plans.running_of": lambda store, client: plans.running_of(store, client, "onboarding"),
    "plans.any_of": lambda store, client: plans.any_of(store, client, "onboarding"),
    "plans.running_plans": plans.running_plans,
    "plans.phases": plans.phases,
    "plans.readiness_items": plans.readiness_items,
    "plans.open_steps": plans.open_steps,
    "plans.open_readiness_items": plans.open_readiness_items,
    "plans.staff_of_role": lambda store, _: plans.staff_of_role(store, "support"),
    "plans.open_work": plans.open_work,
    "plans.running": lambda store, _: plans.running(store, "onboarding"),
    "plans.begun": lambda store, _: plans.begun(store, "onboarding", "2026-01-01", "2026-11-23"),
    "plans.asked_of": lambda store, staff: plans.asked_of(store, staff, "2026-11-23"),
    "plans.signed_contract_on": plans.signed_contract_on,
    "plans.uncovered": lambda store, staff: plans.uncovered(store, staff, "2026-11-23"),
    "plans.late_of_mentored": lambda store, staff: plans.late_of_mentored(store, staff, "2026-11-23"),
    "plans.finished": plans.finished,
    "presence.onlookers": lambda store, _: presence.onlookers(store, "request", 1, "anna", NOW),
    "announcement_records.announcements": lambda store, _: announcement_records.announcements(store),
    "announcement_records.releases": lambda store, _: announcement_records.releases(store),
    "announcement_records.counts": lambda store, _: announcement_records.counts(store, 1),
    "announcement_records.lines": lambda store, _: announcement_records.lines(store, 1, "told"),
    "announcement_records.queued": lambda store, _: announcement_records.queued(store, 1, 0),
    "announcement_records.anybody_waits": lambda store, _: announcement_records.anybody_waits(store, 1),
    "announcement_records.of_clients": lambda store, client: announcement_records.of_clients(
        store, 1, [client]
    ),
    "announcement_records.of_client": announcement_records.of_client,
    "announcement_records.to_tell": lambda store, _: announcement_records.to_tell(store, 1, 10),
    "announcement_records.by_message": lambda store, _: announcement_records.by_message(store, 1),
    "announcement_records.declined_by": lambda store, client: announcement_records.declined_by(
        store, [client], 1, 2, NOW
    ),
    "announcement_records.people": lambda store, client: announcement_records.people(store, [client]),
    "announcement_records.clients": lambda store, client: announcement_records.clients(store, [client]),
    "effects.told": lambda store, _: effects.notified(store, 1),
    "effects.chances": lambda store, client: effects.chances(store, [client]),
    "effects.payments": lambda store, client: effects.payments(store, [client], "2026"),
    "effects.requests": lambda store, client: effects.requests(store, [client], "2026", 1),
    "training.sessions": lambda store, _: training.sessions(store),
    "training.of_announcement": lambda store, _: training.of_announcement(store, 1),
    "training.of_trainer": lambda store, _: training.of_trainer(store, 1, NOW, NOW),
    "training.lines": lambda store, _: training.lines(store, 1),
    "training.counts": lambda store, _: training.counts(store, 1),
    "training.invited": lambda store, client: training.invited(store, 1, [client]),
    "training.attended": lambda store, _: training.attended(store, [1]),
    "training.used_in": lambda store, client: training.used_in(store, client, [1], 2900, 2950),
    "segment_facts.choosing_ids": lambda store, _: segment_inputs.choosing_ids(store),
    "department.segment_names": lambda store, _: organization.segment_names(store),
    "outbox.due": lambda store, _: outbox.due(store, NOW, 10),
    "outbox.in_state": lambda store, _: outbox.in_state(store, "failed"),
    "outbox.tries": outbox.tries,
    "promises.of_client": promises.of_client,
    "request_reports.opened_between": lambda store, _: list(
        request_reports.opened_between(store, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")
    ),
    "request_reports.count_between": lambda store, _: request_reports.count_between(store, "2026", "2027"),
    "request_reports.clients_with_stage": lambda store, _: request_reports.clients_with_stage(store, 0, 10),
    "request_links.from_request": request_links.from_request,
    "request_links.to_request": request_links.to_request,
    "request_links.merged_into": request_links.merged_into,
    "request_links.parts_of": request_links.parts_of,
    "request_links.tasks_of": request_links.tasks_of,
    "request_links.complaints_of_client": lambda store, client: request_links.complaints_of_client(
        store, client, NOW
    ),
    "request_links.complaints_since": lambda store, _: request_links.complaints_since(store, NOW),
    "requests.open_of_client": threads.open_of_client,
    "requests.closed_of_client": threads.closed_of_client,
    "requests.by_number": threads.by_number,
    "requests.events": threads.events,
    "requests.open_with_deputies": lambda store, _: threads.open_with_deputies(store, 1),
    "requests.events_of_open": threads.events_of_open,
    "segment_facts.page": lambda store, _: segment_inputs.page(store, ["city"], 0, 9, with_health=True),
    "segment_facts.owners_of": lambda store, _: segment_inputs.owners_of(store, 1, 9, [1, 2], "2026-11-23"),
    "segment_facts.last_used": lambda store, _: segment_inputs.last_used(store, 1, 9, [1]),
    "segment_facts.last_used of anything": lambda store, _: segment_inputs.last_used(store, 1, 9, None),
    "segment_facts.consents_of": lambda store, _: segment_inputs.consents_of(store, 1, 9),
    "segment_facts.segments": lambda store, _: segment_inputs.segments(store),
    "today.due_requests": lambda store, _: today.due_requests(store, 1),
    "today.due_requests of nobody": lambda store, _: today.due_requests(store, None),
    "today.timeless_requests": lambda store, _: today.timeless_requests(store, 1),
    "today.timeless_requests of nobody": lambda store, _: today.timeless_requests(store, None),
    "today.waiting_count": lambda store, _: today.waiting_count(store, 1),
    "today.late_with_others": lambda store, _: today.late_with_others(store, 1, NOW),
    "today.promises_due": lambda store, _: today.promises_due(store, 1, "2027-01-01"),
    "today.steps_due": lambda store, _: today.steps_due(store, 1, "2027-01-01"),
    "today.tasks_due": lambda store, _: today.tasks_due(store, 1, "2027-01-01"),
    "today.coming": lambda store, _: today.coming(store, 1),
    "today.hand_offs_for": lambda store, _: today.hand_offs_for(store, 1),
    "today.hand_offs_answered": lambda store, _: today.hand_offs_answered(store, 1),
    "today.documents_missing": lambda store, _: today.documents_missing(store, 1, "2027-01-01"),
    "today.documents_ending": lambda store, _: today.documents_ending(store, 1, "2026", "2027-01-01"),
    "today.wishes_to_notify": lambda store, _: today.wishes_to_notify(store, 1),
    "search_archived.find_archived": lambda store, _: archived_hits.find_archived(store, "ромашка"),
    "search_archived.find_archived by number": lambda store, _: archived_hits.find_archived(store, "C-17"),
    "today.detractors_unanswered": lambda store, _: today.detractors_unanswered(store, 1, "2026"),
    "today.snoozes": lambda store, _: today.snoozes(store, 1, NOW),
    "today.snoozes_of": lambda store, client: today.snoozes_of(store, "client", client, NOW),
    "today.clients_seen": lambda store, client: today.clients_seen(store, [client]),
    "today.events_of": lambda store, client: today.events_of(store, [client]),
    "today.stands_in_for": lambda store, _: today.stands_in_for(store, 1, 2),
    "standards.register": lambda store, _: standards.register(store),
    "standards.to_review": lambda store, staff: standards.to_review(store, staff, "2026-11-23"),
    "standards.checks": standards.checks,
    "reviews.of_owner": lambda store, _: reviews.of_owner(store, 1, 2900, ("2025-01-01", "2026-01-01")),
    "reviews.of_clients": lambda store, client: reviews.of_clients(
        store, [client], 2900, ("2025-01-01", "2026-01-01")
    ),
    "reviews.rounds": lambda store, _: reviews.rounds(store, 1),
    "reviews.decisions": lambda store, _: reviews.decisions(store, 1),
    "reviews.of_client": reviews.of_client,
    "reviews.strictest_standard": lambda store, _: reviews.strictest_standard(store, "2026-11-23"),
    "reviews.owns_clients": lambda store, _: reviews.owns_clients(store, 1),
    "team.load_of": lambda store, _: team.load_of(store, 1, NOW, NOW),
    "team.load_of nobody": lambda store, _: team.load_of(store, None, NOW, NOW),
    "team.late": lambda store, _: team.late(store, NOW),
    "team.unanswered": lambda store, _: team.unanswered(store),
    "team.for_a_lead": lambda store, _: team.for_a_lead(store),
    "team.open_of": lambda store, _: team.open_of(store, 1),
    "team.open_of nobody": lambda store, _: team.open_of(store, None),
    "team.clients_with_deputy": lambda store, _: team.clients_with_deputy(store, 1, 2),
    "team.clients_with_deputy of none": lambda store, _: team.clients_with_deputy(store, 1, None),
    "timeline.touches": timeline.touches,
    "timeline.open_tasks": timeline.open_tasks,
    "meetings.of_client": meetings.of_client,
    "meetings.unsettled": meetings.unsettled,
    "meetings.planned": lambda store, _: meetings.planned(store, 1, "2026", "2027"),
    "meetings.joined": lambda store, _: meetings.joined(store, 1),
    "meetings.people": meetings.people,
    "meetings.of_message": meetings.of_message,
    "meetings.counts_of_client": meetings.counts_of_client,
    "meetings.counts_of_staff": meetings.counts_of_staff,
    "meetings.untold_announcements": lambda store, client: meetings.untold_announcements(store, client, 5),
    "touch_due.find": touch_due.find,
    "touch_due.between": lambda store, client: touch_due.between(store, client, client),
    "touch_due.ids_between": lambda store, client: touch_due.ids_between(store, client, client),
    "touch_due.due_of": lambda store, _: touch_due.due_of(store, 1, "2027-01-01", 30),
    "touch_due.referrers_of": lambda store, client: touch_due.referrers_of(store, [client]),
    "touch_due.owned_ids": lambda store, _: touch_due.owned_ids(store, 1, ("", 0), 10),
    "touch_facts.cadences": lambda store, _: due_inputs.cadences(store),
    "touch_facts.occasions": lambda store, _: due_inputs.occasions(store),
    "touch_facts.holidays": lambda store, _: due_inputs.holidays(store),
    "touch_facts.facts": lambda store, client: due_inputs.facts(store, client, client, "2026", NOW),
    "touch_facts.last_personal": lambda store, client: due_inputs.last_personal(store, client, NOW),
    "feedback_store.feedback": feedback_store.feedback,
    "feedback_store.features_asked_by": feedback_store.features_asked_by,
    "feedback_store.opportunities": feedback_store.opportunities,
    "feedback_store.answers": feedback_store.answers,
}
"""Each query of a screen, called with the store and the id of a client (or of what else it asks for)."""


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, dict[str, Record]]]:
    with new_store(tmp_path_factory.mktemp("plans")) as store:
        yield store, one_of_each(store)


@pytest.mark.parametrize("name", DAILY)
def test_a_daily_query_follows_an_index(stored: tuple[Store, dict[str, Record]], name: str) -> None:
    store, records = stored
    queries = queries_of(store, lambda each: DAILY[name](each, records["client"].id))
    assert queries
    assert {sql: slow for sql in queries if (slow := slow_steps(store, sql))} == {}


_DEMO_AT = datetime(2026, 11, 23, 11, 32, tzinfo=UTC)
_ASKED = ("staff", "request", "plan", "product", "handover", "script", "touch", "announcement", "session")
"""The kinds for whose records the queries are asked, beside the client."""
_ANSWERS = Path(__file__).parent / "answers"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = copy_of_demo(tmp_path_factory, tmp_path_factory.mktemp("firm") / "demo.db", _DEMO_AT)
    with open_store(path) as store:
        yield store


def _asked_for(store: Store) -> list[tuple[str, int]]:
    """Ids with their kinds: Ромашка and two other clients, and the first records of other kinds."""
    (romashka,) = clients.by_slug(store, "romashka")
    found = [("client", romashka.id)]
    for kind in ("client", *_ASKED):
        records = rows.fetch(store, KINDS[kind].record, "ORDER BY id LIMIT 2")
        found += [(kind, record.id) for record in records]
    return found


@pytest.mark.parametrize("name", DAILY)
def test_a_daily_query_says_what_it_has_always_said_of_the_demo(demo: Store, name: str) -> None:
    """ONEWINDOW_GOLDEN=write writes the answers anew; a difference that nobody wanted is a fault."""
    lines: list[str] = []
    for kind, record_id in _asked_for(demo):
        told = answer(DAILY[name](demo, record_id))
        if told and told == lines[1:]:
            break  # it is asked of nothing in particular
        lines += [f"of a {kind}:", *told] if told else []
    file = _ANSWERS / f"{slug_of(name)}.txt"
    if os.environ.get("ONEWINDOW_GOLDEN") == "write":
        _ANSWERS.mkdir(exist_ok=True)
        file.unlink(missing_ok=True)
        if lines:
            file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert lines == (file.read_text(encoding="utf-8").splitlines() if file.exists() else [])


@pytest.mark.parametrize("name", KINDS)
def test_a_record_is_found_by_its_id(stored: tuple[Store, dict[str, Record]], name: str) -> None:
    store, records = stored
    record = records[name]
    queries = queries_of(store, lambda each: rows.get(each, type(record), record.id))
    queries += queries_of(store, lambda each: history.as_of(each, record, NOW))
    assert {sql: slow for sql in queries if (slow := slow_steps(store, sql))} == {}


@pytest.mark.parametrize("name", KINDS)
def test_a_catalogue_page_follows_an_index(stored: tuple[Store, dict[str, Record]], name: str) -> None:
    store, _ = stored
    queries = queries_of(store, lambda each: catalogue.page(each, KINDS[name].record))
    assert len(queries) == 1
    assert slow_steps(store, queries[0]) == []


@pytest.mark.parametrize("name", [name for name in KINDS if "client_id" in columns(KINDS[name].record)])
def test_a_catalogue_page_of_a_client_reads_only_what_is_his(
    stored: tuple[Store, dict[str, Record]], name: str
) -> None:
    store, records = stored
    client = records["client"].id
    queries = queries_of(store, lambda each: catalogue.page(each, KINDS[name].record, client_id=client))
    assert len(queries) == 1
    assert all("(client_id=?" in step for step in plan(store, queries[0]) if step.startswith("S"))


def test_a_query_without_an_index_is_noticed(stored: tuple[Store, dict[str, Record]]) -> None:
    store, _ = stored
    assert slow_steps(store, "SELECT * FROM client WHERE city = 'x'") == ["SCAN client"]
    assert slow_steps(store, "SELECT * FROM client c WHERE number = 1 OR 1 ORDER BY city") == [
        "SCAN c",
        "USE TEMP B-TREE FOR ORDER BY",
    ]
    assert slow_steps(store, "SELECT * FROM staff s JOIN client c ON c.owner_id = s.id") != []
    assert slow_steps(store, "SELECT * FROM staff ORDER BY name") == []
