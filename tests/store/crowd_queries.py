"""What a crowd is asked beside the daily queries: each on its boundary, page by page, and the rarer ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from store_crowd import AT, DAY, WEEK

from onewindow.records.adoption import Licence, Usage
from onewindow.records.clients import BillingDetails, Client, Contact
from onewindow.records.fields import columns
from onewindow.records.kinds import KINDS
from onewindow.records.requests import Request
from onewindow.records.standards import CYCLE
from onewindow.store import (
    as_of,
    catalogue,
    changes,
    documents,
    history,
    listing,
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
from onewindow.store.cadence import due_cache, due_inputs
from onewindow.store.clients import cards, client_list, client_stats, doubles, segment_inputs
from onewindow.store.doctor import file_history
from onewindow.store.engine import Store
from onewindow.store.handover import packages, promises
from onewindow.store.health import activity, inputs, snapshots
from onewindow.store.imports import external_keys, log, matches
from onewindow.store.people import organization
from onewindow.store.plans import progress, standards
from onewindow.store.queue import team, today
from onewindow.store.requests import hand_offs, links, open_requests, reports, threads
from onewindow.store.session import drafts, interruptions, presence

Work = Callable[[Store, int], object]

PAGE = 2
ALL = 1000
LATE = "2028-01-01T00:00:00Z"

_ADOPTION: dict[str, Work] = {
    "used_by from a week on": lambda store, n: function_use.used_by(store, n, WEEK),
    "known_functions, two": lambda store, n: function_use.known_functions(store, n, PAGE),
    "trainees, two": lambda store, n: function_use.trainees(store, n, PAGE),
    "newest_release on a day": lambda store, n: function_use.newest_release(store, n, DAY),
    "sold": lambda store, _: function_use.sold(store, DAY),
    "untaught": lambda store, n: function_use.untaught(store, n, PAGE),
    "alarm licences": lambda store, n: alarm_inputs.licences(store, n, n + 1, DAY),
    "alarm weeks": lambda store, n: alarm_inputs.weeks(store, n, n + 1, 2900, WEEK),
    "alarm weeks between": lambda store, n: alarm_inputs.weeks(store, n, n, WEEK, WEEK),
    "alarm weeks_of": lambda store, n: [alarm_inputs.weeks_of(store, n, p, 2900, WEEK) for p in (1, 2, 3)],
    "planned trainings": lambda store, n: alarm_inputs.planned_trainings(store, n, n + 1, DAY),
    "alarm owners": lambda store, n: alarm_inputs.owners(store, [n, n + 3]),
    "alarm product_names": lambda store, n: alarm_inputs.product_names(store, [n, 999]),
    "usage from a week on": lambda store, n: ownership.usage(store, n, WEEK),
    "licences, two": lambda store, n: ownership.licences(store, n, PAGE),
    "licence_counts": lambda store, n: ownership.licence_counts(store, n, n + 1),
    "newest_weeks": lambda store, n: ownership.newest_weeks(store, [(n, 1), (n, 2), (n, 3)]),
    "trainings, two": lambda store, n: ownership.trainings(store, n, PAGE),
    "workplaces, two": lambda store, n: ownership.workplaces(store, n, PAGE),
    "running_plans, one": lambda store, n: ownership.running_plans(store, n, 1),
    "newest_version": lambda store, n: ownership.newest_version(store, n),
    "sessions, two": lambda store, _: training.sessions(store, PAGE),
    "of_announcement": training.of_announcement,
    "of_trainer": lambda store, n: training.of_trainer(store, n, AT, AT),
    "of_trainer until": lambda store, n: training.of_trainer(store, n, "2026", AT),
    "of_trainer from": lambda store, n: training.of_trainer(store, n, AT, "2028"),
    "lines of a session": training.lines,
    "counts of a session": training.counts,
    "invited": lambda store, n: training.invited(store, n, [1, 2]),
    "attended": lambda store, n: training.attended(store, [n]),
    "used_in": lambda store, n: [
        training.used_in(store, n, products, 2900, WEEK) for products in ([1], [2, 3], [])
    ],
}
_NOVELTIES: dict[str, Work] = {
    "announcements, two": lambda store, _: announcement_records.announcements(store, PAGE),
    "releases, two": lambda store, _: announcement_records.releases(store, PAGE),
    "counts": announcement_records.counts,
    "lines": lambda store, n: [
        announcement_records.lines(store, n, state, 0, ALL)
        for state in ("queued", "told", "read", "answered", "declined")
    ],
    "lines, second page": lambda store, n: announcement_records.lines(
        store, n, "queued", announcement_records.lines(store, n, "queued", 0, 1)[-1].delivery.id, PAGE
    ),
    "queued": lambda store, n: announcement_records.queued(store, n, 0, ALL),
    "queued, later": lambda store, n: announcement_records.queued(store, n, 20, 1),
    "anybody_waits": lambda store, _: [announcement_records.anybody_waits(store, n) for n in range(1, 6)],
    "of_clients": lambda store, n: announcement_records.of_clients(store, n, [1, 2]),
    "of_client, two": lambda store, n: announcement_records.of_client(store, n, PAGE),
    "to_tell": lambda store, n: announcement_records.to_tell(store, n, ALL),
    "to_tell, one": lambda store, n: announcement_records.to_tell(store, n, 1),
    "by_message": announcement_records.by_message,
    "declined_by": lambda store, n: [
        announcement_records.declined_by(store, [1, 2, 3], product, n, since)
        for product in (1, 2, None)
        for since in (DAY, AT, "2025")
    ],
    "people": lambda store, n: announcement_records.people(store, [n, 3]),
    "clients": lambda store, n: announcement_records.clients(store, [n, 3]),
    "notified": effects.notified,
    "chances": lambda store, n: effects.chances(store, [n, 3]),
    "payments": lambda store, n: effects.payments(store, [n, 3], DAY),
    "requests": lambda store, n: [
        effects.requests(store, [n, 3], since, product)
        for product in (1, None)
        for since in (AT, DAY, "2025")
    ],
}
_CLIENTS: dict[str, Work] = {
    "by_number": cards.by_number,
    "by_slug": lambda store, _: [cards.by_slug(store, slug) for slug in _texts(store, "client", "slug")],
    "by_sort_name": lambda store, _: [
        cards.by_sort_name(store, name) for name in _texts(store, "client", "name_sort")
    ],
    "by_external_id": lambda store, _: [
        cards.by_external_id(store, name) for name in _texts(store, "client", "external_id")
    ],
    "by_tax_id": lambda store, _: [cards.by_tax_id(store, tax_id) for tax_id in ("alpha", "beta", "")],
    "slug_taken": lambda store, _: [
        cards.slug_taken(store, slug) for slug in (*_texts(store, "client", "slug"), "nobody")
    ],
    "first_by_name": lambda store, _: cards.first_by_name(store),
    "after": lambda store, n: [each.id for each in cards.after(store, n, 3)],
    "all_ids_after": lambda store, n: cards.all_ids_after(store, n, 3),
    "between": lambda store, n: [each.id for each in cards.between(store, n, n + 9)],
    "ids_between": lambda store, n: cards.ids_between(store, n, n + 9),
    "count_all": lambda store, _: cards.count_all(store),
    "archived": lambda store, _: cards.archived(store, ALL),
    "archived, two": lambda store, _: cards.archived(store, PAGE),
    "contacts, two": lambda store, n: cards.contacts(store, n, PAGE),
    "consents, two": lambda store, n: cards.consents(store, n, PAGE),
    "contact_notes, two": lambda store, n: cards.contact_notes(store, n, PAGE),
    "assets, two": lambda store, n: cards.assets(store, n, PAGE),
    "is_listed": lambda store, _: [n for n in range(70) if cards.is_listed(store, n)],
    "lost_count": cards.lost_count,
    "stats first_ids": lambda store, _: client_stats.first_ids(store, 3),
    "stats ids_between": lambda store, n: client_stats.ids_between(store, n, n + 9, 4),
    "stats between": lambda store, n: client_stats.between(store, n, n + 9),
    "stats count": lambda store, _: client_stats.count(store),
    "stats outdated": lambda store, n: client_stats.outdated(store, AT, n, ALL),
    "stats outdated, two": lambda store, n: client_stats.outdated(store, AT, 10 * n, PAGE),
    "stats alarmed": lambda store, n: [
        each.client_id for each in client_stats.alarmed(store, n, client_stats.FIRST, ALL)
    ],
    "stats alarmed of all": lambda store, n: [
        each.client_id for each in client_stats.alarmed(store, None, (n, 20), 4)
    ],
    "stats uncovered": lambda store, n: [
        each.client_id for each in client_stats.uncovered(store, (n, 20), 4)
    ],
    "double tax ids": lambda store, _: list(doubles.shared_values(store, "tax_id")),
    "double addresses": lambda store, _: list(doubles.shared_values(store, "email")),
    "double names": lambda store, n: doubles.names(store, n, 3),
    "segments page": lambda store, n: segment_inputs.page(
        store, ["city", "tier"], n, n + 8, with_health=n > 1
    ),
    "segments owners_of": lambda store, n: segment_inputs.owners_of(store, n, n + 1, [1, 2], DAY),
    "segments last_used": lambda store, n: segment_inputs.last_used(store, n, n + 1, [1, 3]),
    "segments consents_of": lambda store, n: segment_inputs.consents_of(store, n, n),
    "list pages": lambda store, n: [
        [line.client_id for line in client_list.page(store, listed, order, AT, limit=ALL)]
        for listed in _filters(n)
        for order in client_list.ORDERS[listed.name]
    ],
    "list counts": lambda store, n: [client_list.count(store, listed) for listed in _filters(n)],
    "list lines": lambda store, n: client_list.page(
        store, client_list.ListFilter("all"), "name", AT, limit=3 * n
    ),
}
_REQUESTS: dict[str, Work] = {
    "open_of_client, two": lambda store, n: threads.open_of_client(store, n, PAGE),
    "closed_of_client, two": lambda store, n: threads.closed_of_client(store, n, PAGE),
    "last_move": threads.last_move,
    "late_count": lambda store, n: [threads.late_count(store, n, at) for at in (AT, "2026", "2028")],
    "due_count": lambda store, n: [
        threads.due_count(store, n, since, till) for since, till in ((AT, AT), ("2026", AT), (AT, "2028"))
    ],
    "new_count": threads.new_count,
    "open_with_deputies, two": lambda store, n: threads.open_with_deputies(store, n, PAGE),
    "open_parts": threads.open_parts,
    "hand-offs open": hand_offs.open_of_request,
    "hand-offs departments": lambda store, _: hand_offs.departments(store),
    "complaints_of_client": lambda store, n: links.complaints_of_client(store, n, AT),
    "complaints_since": lambda store, _: links.complaints_since(store, AT),
    "clients_after": lambda store, n: open_requests.clients_after(store, n - 1, PAGE),
    "clients_with_closed": lambda store, n: open_requests.clients_with_closed(store, n - 1, PAGE),
    "are_more_than": lambda store, _: [n for n in range(70) if open_requests.are_more_than(store, n)],
    "open of clients": lambda store, n: open_requests.of_clients(store, n, n + 1),
    "closed of clients": lambda store, n: open_requests.closed_of_clients(store, n, n + 1),
    "open by_ids": lambda store, _: open_requests.by_ids(store, range(1, 70)),
    "requests_of_events": lambda store, _: open_requests.requests_of_events(store, range(1, 70)),
    "opened_between": lambda store, _: [
        list(reports.opened_between(store, *span)) for span in ((AT, AT), ("2025", AT), (AT, "2028"))
    ],
    "count_between": lambda store, _: [
        reports.count_between(store, *span) for span in ((AT, AT), ("2025", AT), (AT, "2028"))
    ],
    "clients_with_stage": lambda store, n: reports.clients_with_stage(store, n, PAGE),
}
_TODAY: dict[str, Work] = {
    "due_requests, two": lambda store, n: today.due_requests(store, n, PAGE),
    "timeless_requests": lambda store, n: today.timeless_requests(store, n, ALL),
    "timeless_requests, one": lambda store, n: today.timeless_requests(store, n, 1),
    "waiting_count": today.waiting_count,
    "late_with_others": lambda store, n: [
        today.late_with_others(store, n, at, limit) for at in (AT, "2028") for limit in (ALL, PAGE)
    ],
    "promises_due": lambda store, n: today.promises_due(store, n, DAY),
    "steps_due": lambda store, n: today.steps_due(store, n, DAY),
    "tasks_due": lambda store, n: today.tasks_due(store, n, DAY),
    "coming": today.coming,
    "hand_offs_for": today.hand_offs_for,
    "hand_offs_answered": today.hand_offs_answered,
    "documents_missing": lambda store, n: today.documents_missing(store, n, DAY),
    "documents_ending": lambda store, n: [
        today.documents_ending(store, n, since, till)
        for since, till in ((DAY, DAY), ("2025", DAY), (DAY, "2028"))
    ],
    "detractors_unanswered": lambda store, n: today.detractors_unanswered(store, n, DAY),
    "wishes_to_notify": lambda store, n: [quote for quote, _ in today.wishes_to_notify(store, n)],
    "snoozes": lambda store, n: today.snoozes(store, n, AT),
    "snoozes_of": lambda store, n: [today.snoozes_of(store, kind, n, AT) for kind in ("client", "request")],
    "stands_in_for": lambda store, n: [today.stands_in_for(store, n, other) for other in (1, 2, 3, 4)],
    "load_of": lambda store, n: [
        team.load_of(store, n, now, till) for now, till in ((AT, AT), (AT, "2028"), ("2025", AT))
    ],
    "team late": lambda store, _: team.late(store, AT, ALL),
    "team late, two": lambda store, _: team.late(store, AT, PAGE),
    "team unanswered, two": lambda store, _: team.unanswered(store, PAGE),
    "team for_a_lead, two": lambda store, _: team.for_a_lead(store, PAGE),
    "team open_of, two": lambda store, n: team.open_of(store, n, PAGE),
    "clients_with_deputy": lambda store, n: [team.clients_with_deputy(store, n, d) for d in (1, 2, 3, None)],
}
_WORK: dict[str, Work] = {
    "running, two": lambda store, _: progress.running(store, "onboarding", PAGE),
    "begun": lambda store, _: [
        progress.begun(store, "onboarding", *span) for span in ((DAY, DAY), ("2025", DAY), (DAY, "2028"))
    ],
    "ended_in": lambda store, n: [progress.ended_in(store, n, t, but) for t in (1, 2, 3) for but in (0, n)],
    "asked_of": lambda store, n: progress.asked_of(store, n, DAY, ALL),
    "asked_of, one": lambda store, n: progress.asked_of(store, n, "2028", 1),
    "uncovered": lambda store, n: [progress.uncovered(store, n, till, ALL) for till in (DAY, "2028")],
    "late_of_mentored": lambda store, n: [
        progress.late_of_mentored(store, n, before, ALL) for before in (DAY, "2028")
    ],
    "finished": lambda store, n: progress.finished(store, n, ALL),
    "finished, one": lambda store, n: progress.finished(store, n, 1),
    "open_work": progress.open_work,
    "register, two": lambda store, _: standards.register(store, PAGE),
    "to_review": lambda store, n: standards.to_review(store, n, DAY, ALL),
    "to_review, two": lambda store, n: standards.to_review(store, n, "2028", PAGE),
    "checks, two": lambda store, n: standards.checks(store, n, PAGE),
    "last_check": lambda store, n: [standards.last_check(store, n, cycle) for cycle in CYCLE],
    "round of_owner": lambda store, n: reviews.of_owner(store, n, WEEK, ("2026-11-23", "2026-11-24")),
    "round of_clients": lambda store, n: reviews.of_clients(
        store, [n, 3], WEEK, ("2026-11-22", "2026-11-23")
    ),
    "open_rounds": reviews.open_rounds,
    "rounds, two": lambda store, n: reviews.rounds(store, n, PAGE),
    "decisions": reviews.decisions,
    "reviews of_client, two": lambda store, n: reviews.of_client(store, n, PAGE),
    "strictest_standard": lambda store, _: [
        reviews.strictest_standard(store, day) for day in ("2025-11-29", "2026-11-22", DAY, "2028-01-01")
    ],
    "owns_clients": lambda store, _: [n for n in range(1, 9) if reviews.owns_clients(store, n)],
    "marks_between": lambda store, _: [
        templates.marks_between(store, *span) for span in ((AT, AT), ("2025", AT), (AT, "2028"))
    ],
    "touches, three": lambda store, n: timeline.touches(store, n, 3),
    "touches before": lambda store, n: timeline.touches(store, n, ALL, before=AT),
    "open_tasks, two": lambda store, n: timeline.open_tasks(store, n, PAGE),
    "meetings, two": lambda store, n: meetings.of_client(store, n, PAGE),
    "unsettled, two": lambda store, n: meetings.unsettled(store, n, PAGE),
    "planned": lambda store, n: [
        meetings.planned(store, n, since, till, ALL) for since, till in ((AT, AT), ("2025", AT), (AT, "2028"))
    ],
    "planned, one": lambda store, n: meetings.planned(store, n, "2025", "2028", 1),
    "joined": lambda store, n: meetings.joined(store, n, ALL),
    "joined, one": lambda store, n: meetings.joined(store, n, 1),
    "of_message": meetings.of_message,
    "counts_of_client": meetings.counts_of_client,
    "counts_of_staff": meetings.counts_of_staff,
    "untold_announcements": lambda store, n: meetings.untold_announcements(store, n, ALL),
    "documents, two": lambda store, n: documents.of_client(store, n, PAGE),
    "missing, two": lambda store, n: documents.missing(store, n, PAGE),
    "expiring": lambda store, n: documents.expiring(store, n, DAY, ALL),
    "expiring, two": lambda store, n: documents.expiring(store, n, "2028-01-01", PAGE),
    "located": lambda store, n: documents.located(store, 10 * n, 5),
    "outbox due": lambda store, _: [outbox.due(store, AT, limit) for limit in (ALL, PAGE)],
    "outbox in_state": lambda store, _: [
        outbox.in_state(store, state, limit)
        for state in ("draft", "queued", "sent", "failed", "cancelled")
        for limit in (ALL, PAGE)
    ],
    "queued_answers": lambda store, _: outbox.queued_answers(store, ALL),
    "queued_answers, one": lambda store, _: outbox.queued_answers(store, 1),
    "queued_for": outbox.queued_for,
    "tries": outbox.tries,
}
_CARE: dict[str, Work] = {
    "touches due": lambda store, n: due_cache.due_of(store, n, DAY, ALL),
    "touches due, two": lambda store, n: due_cache.due_of(store, n, "2028-01-01", PAGE),
    "owned_ids": lambda store, n: [
        due_cache.owned_ids(store, n, after, 3) for after in (("", 0), (DAY, 0), (DAY, 30))
    ],
    "due between": lambda store, n: due_cache.between(store, n, n + 9),
    "due ids_between": lambda store, n: due_cache.ids_between(store, n, n + 9),
    "referrers_of": lambda store, n: due_cache.referrers_of(store, range(10 * n, 10 * n + 20)),
    "touch facts": lambda store, n: due_inputs.facts(store, n, n + 1, DAY, AT),
    "last_personal": lambda store, n: [
        due_inputs.last_personal(store, n, at) for at in (AT, "2026-06-01", "2028")
    ],
    "activity": lambda store, n: activity.between(store, n, n + 1, AT, AT),
    "activity from": lambda store, n: activity.between(store, n, n, AT, "2028"),
    "activity until": lambda store, n: activity.between(store, n, n, "2025", AT),
    "health facts": lambda store, n: list(inputs.facts(store, n, n + 1, AT, DAY)),
    "snapshots": lambda store, n: snapshots.of_client(store, n, WEEK),
    "snapshots everything": lambda store, _: list(snapshots.everything(store)),
    "snapshots total": lambda store, _: snapshots.total(store),
    "bands_at": lambda store, n: [
        feedback_store.bands_at(store, (n, n + 1), at) for at in (AT, "2026-06-01T00:00:00Z", LATE)
    ],
    "bands": lambda store, n: feedback_store.bands(store, (n, n + 1)),
    "speakers": lambda store, n: feedback_store.speakers(store, (n, n + 1)),
    "said_ever": lambda store, _: [quote.id for quote in feedback_store.said_ever(store)],
    "logged_since": lambda store, _: as_of.logged_since(store),
    "rewound": lambda store, _: [
        as_of.rewound(store, kind, at) for kind in ("client", "feedback") for at in ("2025", AT)
    ],
    "bands_between": lambda store, n: [snapshots.bands_between(store, n, n + 1, at) for at in (AT, LATE)],
    "scores": lambda store, n: snapshots.scores(store, n, WEEK),
    "without": lambda store, n: snapshots.without(store, WEEK, n, 3),
    "snapshot count": lambda store, n: snapshots.count(store, 2898 + n),
    "feedback, two": lambda store, n: feedback_store.feedback(store, n, PAGE),
    "said_between": lambda store, _: [
        [quote.id for quote in feedback_store.said_between(store, *span)]
        for span in ((DAY, DAY), ("2025", DAY), (DAY, "2028"))
    ],
    "income": lambda store, _: [
        feedback_store.income(store, *span) for span in ((DAY, DAY), ("2025", DAY), (DAY, "2028"))
    ],
    "features_asked_by": feedback_store.features_asked_by,
    "opportunities, two": lambda store, n: feedback_store.opportunities(store, n, PAGE),
    "answers, two": lambda store, n: feedback_store.answers(store, n, PAGE),
    "count_answers": feedback_store.count_answers,
    "on_feature": lambda store, n: [
        feedback_store.on_feature(store, n),
        feedback_store.on_feature(store, n, 2),
    ],
    "handovers of_client, two": lambda store, n: packages.of_client(store, n, PAGE),
    "handovers by_external_id": lambda store, _: [
        packages.by_external_id(store, name) for name in _texts(store, "handover", "external_id")
    ],
    "handovers in_state, two": lambda store, _: packages.in_state(store, "sent", PAGE),
    "waiting_for": lambda store, n: packages.waiting_for(store, n, ALL),
    "decided_between": lambda store, _: [
        list(packages.decided_between(store, *span)) for span in ((AT, AT), ("2025", AT), (AT, "2028"))
    ],
    "asked_of a person": lambda store, n: packages.asked_of(store, n, ALL),
    "answered_for": lambda store, n: packages.answered_for(store, n, ALL),
    "answered_for, one": lambda store, n: packages.answered_for(store, n, 1),
    "unread_terms": lambda store, n: packages.unread_terms(store, n, ALL),
    "last_package": packages.last_package,
    "packages, two": lambda store, n: packages.packages(store, n, PAGE),
    "observations, two": lambda store, n: packages.observations(store, n, PAGE),
    "observed_between": lambda store, _: [
        packages.observed_between(store, *span, ALL) for span in ((DAY, DAY), ("2025", DAY), (DAY, "2028"))
    ],
    "promises, two": lambda store, n: promises.of_client(store, n, PAGE),
    "promise events": lambda store, n: promises.events(store, n, ALL),
}
_PEOPLE: dict[str, Work] = {
    "away_on": lambda store, _: [
        organization.away_on(store, day) for day in ("2026-11-22", DAY, "2026-11-24")
    ],
    "name_of_gone": lambda store, _: [organization.name_of_gone(store, n) for n in range(1, 9)],
    "staff_by_login": lambda store, _: [
        organization.staff_by_login(store, login) for login in _texts(store, "staff", "login")
    ],
    "logins": lambda store, _: organization.logins(store),
    "admins": lambda store, _: organization.admins(store),
    "is_admin": lambda store, _: [n for n in range(1, 70) if organization.is_admin(store, n)],
    "first_person": lambda store, _: organization.first_person(store),
    "health_weights": lambda store, _: organization.health_weights(store),
    "away_some_day": lambda store, _: organization.away_some_day(store),
    "onlookers": lambda store, n: [
        presence.onlookers(store, kind, n, "anna", AT) for kind in ("client", "request", "contact")
    ],
    "drafts of a form": lambda store, _: [
        drafts.find(store, login, forms)
        for login in ("anna", "boris")
        for forms in (["alpha"], ["beta", "Альфа"])
    ],
    "drafts": lambda store, _: [drafts.all_of(store, login) for login in ("anna", "boris")],
    "drafts thrown away": lambda store, _: [drafts.thrown(store, login) for login in ("anna", "boris")],
    "holds_any": lambda store, _: [drafts.holds_any(store, "anna", h) for h in ("alpha", "beta", "x", "")],
    "interruptions": lambda store, _: [interruptions.waiting(store, login) for login in ("anna", "boris")],
    "actor_of": lambda store, _: [changes.actor_of(store, n) for n in (1, 2, 3, 999)],
    "changes_since": lambda store, n: changes.changes_since(store, 20 * n),
    "last_undoable": lambda store, _: [history.last_undoable(store, login) for login in ("anna", "boris")],
    "last_redoable": lambda store, _: [history.last_redoable(store, login) for login in ("anna", "boris")],
    "history, two": lambda store, n: [
        history.history(store, kind, n, limit) for kind in ("client", "request") for limit in (ALL, PAGE)
    ],
    "client_history, two": lambda store, n: history.client_history(store, n, PAGE),
    "actions": lambda store, _: file_history.actions(store, ALL),
}
_IMPORTS: dict[str, Work] = {
    "runs, two": lambda store, _: log.runs(store, PAGE),
    "change_sets": log.change_sets,
    "events": lambda store, n: log.events(store, [n]),
    "touched_since": lambda store, n: log.touched_since(store, [n]),
    "settings_beginning": lambda store, _: log.settings_beginning(store, "a"),
    "keys records_of": lambda store, _: [
        external_keys.records_of(store, kind, [f"x{n}" for n in range(70)]) for kind in ("client", "request")
    ],
    "keys keys_of": lambda store, n: external_keys.keys_of(store, "client", [n]),
    "keys everything": lambda store, _: external_keys.everything(store),
    "keys is_any": lambda store, _: [external_keys.is_any(store, kind) for kind in ("client", "task")],
    "clients_by": lambda store, _: matches.clients_by(store, "city", ["alpha", "beta"]),
    "first_names": lambda store, _: [
        matches.first_names(store, kind, most) for kind in ("client", "product", "staff") for most in (3, ALL)
    ],
    "archived_client": lambda store, _: [matches.archived_client(store, n, "", "") for n in range(1, 70)],
    "archived_client by name": lambda store, _: [
        matches.archived_client(store, 0, name, "") for name in _texts(store, "client", "name_sort")
    ],
    "archived_by_people": lambda store, _: matches.archived_by_people(store),
    "last_requisites_of": lambda store, _: matches.last_billing_details_of(store, [1, 2, 3, 4]),
    "clients_by_tax_id": lambda store, _: matches.clients_by_tax_id(store, ["alpha", "beta"]),
    "clients_by_mail": lambda store, _: matches.clients_by_mail(store, ["alpha", "beta"]),
    "names_of_clients": lambda store, _: matches.names_of_clients(store),
    "legal_names": lambda store, _: matches.legal_names(store),
    "requisites_of": lambda store, _: matches.billing_details_of(store, [1, 2, 3, 4]),
    "contacts_of": lambda store, n: matches.contacts_of(store, [n]),
    "notes_of": lambda store, n: matches.notes_of(store, [n]),
    "of_clients": lambda store, n: [
        matches.of_clients(store, Licence, [n], archived=archived) for archived in (False, True)
    ],
    "of_clients in weeks": lambda store, n: matches.of_clients(store, Usage, [n], weeks=(2900, WEEK)),
    "all_of": lambda store, _: [
        matches.all_of(store, BillingDetails, archived=archived) for archived in (False, True)
    ],
    "by_ids": lambda store, n: matches.by_ids(store, Contact, [n, 30, 999]),
    "by_numbers": lambda store, _: matches.by_numbers(store, Request, range(20)),
    "exists": lambda store, _: [n for n in range(70) if matches.exists(store, Client, n)],
    "external_ids": lambda store, _: matches.external_ids(store, Contact),
    "short_numbers_among": lambda store, _: matches.short_numbers_among(store, Client, [0, 1, 59, 60, 61]),
    "slugs_among": lambda store, _: matches.slugs_among(store, [*_texts(store, "client", "slug"), "x"]),
}

BESIDE: dict[str, dict[str, Work]] = {
    "adoption": _ADOPTION,
    "novelties": _NOVELTIES,
    "clients": _CLIENTS,
    "requests": _REQUESTS,
    "today": _TODAY,
    "work": _WORK,
    "care": _CARE,
    "people": _PEOPLE,
    "imports": _IMPORTS,
}
"""By the file of their answers: what is asked, called with a store and 1, 2 and 3."""


def of_kind(store: Store, kind: str) -> dict[str, object]:
    """What the lists of one kind of record say of a crowd, by what was asked."""
    record = KINDS[kind].record
    has_client = "client_id" in columns(record)
    newest = catalogue.newest_ids(store, record, limit=3)
    told: dict[str, object] = {
        "page": catalogue.page(store, record, after=5, limit=5),
        "page with archived": catalogue.page(store, record, archived=True, limit=5),
        "archived": catalogue.archived(store, record),
        "archived last": catalogue.archived(store, record, limit=3),
        "newest": newest,
        "newest before": catalogue.newest_ids(store, record, before=newest[-1], limit=5),
        "newest with archived": catalogue.newest_ids(store, record, archived=True, limit=8),
        "current": list(listing.listed(store, record)),
        "of any state": list(listing.listed(store, record, any_state=True, limit=9)),
        "all": list(listing.listed(store, record, current=False, limit=9)),
        "left out": [
            listing.count_left_out(store, record, any_state=any_state) for any_state in (False, True)
        ],
        "current count": listing.count_current(store, kind),
    }
    if has_client:
        told |= {
            "page of a client": catalogue.page(store, record, client_id=2),
            "archived of a client": catalogue.archived(store, record, client_id=2),
            "newest of a client": catalogue.newest_ids(store, record, client_id=2, limit=5),
            "current of a client": list(listing.listed(store, record, client_id=1)),
            "current equal": list(listing.listed(store, record, equal={"client_id": 3})),
            "left out equal": listing.count_left_out(store, record, {"client_id": 3}),
            "of clients": rows.of_clients(store, record, 2, 3),
        }
    return told


def _texts(store: Store, table: str, column: str) -> list[str]:
    """The texts of a column of the first twelve rows that have any."""
    found = store.rows(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY id LIMIT 12")
    return [row[0] for row in found]


def _filters(owner: int) -> list[client_list.ListFilter]:
    every = [client_list.ListFilter(name, owner) for name in client_list.FILTERS]
    return [*every, *(replace(each, owner_id=None, team=(owner, 3)) for each in every)]
