"""What must hold for opening hours and SLA policies, and how hours follow the holidays of the years."""

from __future__ import annotations

import json
from datetime import date

from onewindow.desk import segment_rules
from onewindow.desk.calendars import hours_json, stored_calendar, with_current_holidays
from onewindow.desk.policy_book import TARGETS, has_targets, whom
from onewindow.desk.public_holidays import reaches
from onewindow.desk.record_rules import Context, RecordRules
from onewindow.metrics.calendar_json import calendar_from_dict
from onewindow.records.department import SlaPolicy, WorkingCalendar
from onewindow.store import department
from onewindow.store.engine import Value
from onewindow.text.plural import counted


def _calendar_problems(context: Context, record: WorkingCalendar) -> dict[str, str]:
    try:
        found = calendar_from_dict(json.loads(record.hours))
        if found.closes_for_good(date.fromisoformat(context.today)):
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
        found = stored_calendar(record.hours)
        if found.holidays is None or reaches(found.holidays, today):
            return {}
        return {"hours": hours_json(with_current_holidays(found, today))}
    except (ValueError, TypeError, AttributeError):
        return {}


def _policy_problems(context: Context, record: SlaPolicy) -> dict[str, str]:
    if told := segment_rules.choosing_problem(context.store, record.segment_id):
        return {"segment_id": told}
    # Without targets a version ends its policy; the first version has nothing to end.
    if not has_targets(record) and not any(
        each.valid_from < record.valid_from and whom(each) == whom(record)
        for each in department.policies(context.store)
    ):
        return {"resolution_min": "give at least one target in minutes."}
    return {
        name: f"{counted(target, 'minute')} is no target, everything would be late at once;"
        " write none for no target."
        for name in TARGETS
        if (target := getattr(record, name)) is not None and target <= 0
    }


CALENDAR = RecordRules[WorkingCalendar](problems=_calendar_problems, filled=_filled_calendar)
POLICY = RecordRules[SlaPolicy](problems=_policy_problems)
