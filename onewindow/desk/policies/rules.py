"""What must hold for opening hours and SLA policies, and how hours follow the holidays of the years."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from onewindow.desk.policies.calendars import with_current_holidays
from onewindow.desk.reference.policy_book import TARGETS, has_targets, whom
from onewindow.desk.reference.public_holidays import reaches
from onewindow.desk.reference.record_entries import Consequences, Context, Display, RecordEntry, RecordRules
from onewindow.desk.segments import rules as segment_rules
from onewindow.desk.session.context import Session
from onewindow.desk.sla.policy_versions import in_force, instead_of, versions_of
from onewindow.desk.validation.calendar_hours import hours_json, stored_calendar
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.metrics.policies.calendar_json import calendar_from_dict
from onewindow.records.organization import SlaPolicy, WorkingCalendar
from onewindow.store import rows
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.people import organization
from onewindow.store.problems import StoreProblem
from onewindow.text.durations import minutes_text
from onewindow.text.plural import counted

_NAMED_AT_MOST = 3


def _calendar_problems(context: Context, record: WorkingCalendar) -> dict[str, str]:
    try:
        cal = calendar_from_dict(json.loads(record.hours))
        if cal.closes_for_good(date.fromisoformat(context.today)):
            return {"hours": "it is closed for good from some day on, so no clock would end; name weekdays."}
    except json.JSONDecodeError:
        return {"hours": 'write it as {"zone": "Europe/Moscow", "weekly": {"mon": ["09:00-18:00"]}}.'}
    except (ValueError, TypeError, AttributeError) as error:
        return {"hours": str(error)}
    return {}


def _filled_calendar(context: Context, record: WorkingCalendar) -> dict[str, Value]:
    """Holidays that end too soon are worked out again while one saves, so that reading never does."""
    if '"holidays"' not in record.hours:
        return {}
    today = date.fromisoformat(context.today)
    try:
        cal = stored_calendar(record.hours)
        if cal.holidays is None or reaches(cal.holidays, today):
            return {}
        return {"hours": hours_json(with_current_holidays(cal, today))}
    except (ValueError, TypeError, AttributeError):
        return {}


def _policy_problems(context: Context, record: SlaPolicy) -> dict[str, str]:
    if problem := segment_rules.choosing_problem(context.store, record.segment_id):
        return {"segment_id": problem}
    # Without targets a version ends its policy; the first version has nothing to end.
    if not has_targets(record) and not any(
        policy.valid_from < record.valid_from and whom(policy) == whom(record)
        for policy in organization.policies(context.store)
    ):
        return {"resolution_min": "give at least one target in minutes."}
    if problem := _due_before_answered(context, record):
        return {"resolution_min": problem}
    return {
        name: f"{counted(target, 'minute')} is no target, everything would be late at once;"
        " write none for no target."
        for name in TARGETS
        if (target := getattr(record, name)) is not None and target <= 0
    }


def _due_before_answered(context: Context, record: SlaPolicy) -> str:
    """What is wrong with a solution that is due before the first answer, '' for others and for old ones."""
    first, solution = record.first_response_min, record.resolution_min
    if first is None or solution is None or solution >= first or solution <= 0:
        return ""
    before = rows.find(context.store, SlaPolicy, record.id) if record.id else None
    if before is not None and (before.first_response_min, before.resolution_min) == (first, solution):
        return ""
    return (
        f"the solution is due after {minutes_text(solution)}, before the first answer"
        f" ({minutes_text(first)}); give it as long or longer."
    )


def _typed_policy(_session: Session, record: SlaPolicy) -> SlaPolicy:
    """Refuse a new policy without targets: it would quietly end the one for the same requests."""
    if not has_targets(record):
        problem = "give at least one target: the first answer, the next answer or the solution."
        raise FieldProblems({"resolution_min": problem})
    return record


def _validate_moving_calendar(context: Context, record: WorkingCalendar) -> None:
    if record.archived_at is None:
        _validate_unused(record, [policy for policy in _counting(context) if policy.calendar_id == record.id])


def _counting(context: Context) -> list[SlaPolicy]:
    """The policies that count today or will: of each the version in force and those that begin later."""
    today = date.fromisoformat(context.today)
    versions: dict[object, list[SlaPolicy]] = {}
    for policy in organization.policies(context.store):
        versions.setdefault(whom(policy), []).append(policy)
    counting: list[SlaPolicy] = []
    for some in versions.values():
        now = in_force(some, today)
        counting += [version for version in some if version is now or version.valid_from > context.today]
    return [version for version in counting if has_targets(version)]


def _validate_unused(calendar: WorkingCalendar, users: Sequence[SlaPolicy]) -> None:
    if not users:
        return
    names = ", ".join(f"“{user.name}”" for user in users[:_NAMED_AT_MOST])
    more = f" and {len(users) - _NAMED_AT_MOST} more" if len(users) > _NAMED_AT_MOST else ""
    counts = "1 policy counts" if len(users) == 1 else f"{len(users)} policies count"
    raise StoreProblem(
        f"{counts} by “{calendar.name}” ({names}{more}); give them another calendar or end them first."
    )


def _instead(
    session: Session, transaction: Transaction, now: SlaPolicy, meant: SlaPolicy
) -> Sequence[tuple[SlaPolicy | None, SlaPolicy]]:
    return instead_of(transaction, now, meant, session.today())


def _also_archived(session: Session, transaction: Transaction, record: SlaPolicy) -> Sequence[SlaPolicy]:
    return versions_of(transaction, record, session.today())


def _counting_today(session: Session, named: Sequence[SlaPolicy]) -> list[SlaPolicy]:
    """Of the versions of each policy the one that counts today: all of them have its name."""
    versions: dict[object, list[SlaPolicy]] = {}
    for policy in named:
        versions.setdefault(whom(policy), []).append(policy)
    meant = (in_force(line, session.today()) for line in versions.values())
    return [policy for policy in meant if policy is not None]


CALENDAR = RecordEntry[Session, WorkingCalendar](
    RecordRules(
        problems=_calendar_problems, filled=_filled_calendar, validate_moving=_validate_moving_calendar
    ),
    caches=frozenset({"every_row", "turn"}),
)
POLICY = RecordEntry[Session, SlaPolicy](
    RecordRules(problems=_policy_problems, completed_when_typed=_typed_policy),
    Consequences(instead=_instead, also_archived=_also_archived),
    caches=frozenset({"turn"}),
    display=Display(meant=_counting_today),
)
