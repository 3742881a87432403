"""The rules by which we stay in touch as the settings show them: what each says, and whom it means next."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

from onewindow.desk.cadence import outreach
from onewindow.desk.policies.year_days import year_day
from onewindow.desk.session.context import Session
from onewindow.metrics.cadence import CADENCE
from onewindow.records.cadence import Holiday, Occasion, TouchCadence
from onewindow.records.organization import Segment
from onewindow.store import rows
from onewindow.store.cadence import due_inputs
from onewindow.store.engine import Store
from onewindow.text.dates import shorten_days, weekday_date
from onewindow.text.plural import counted

CadenceRule = TouchCadence | Occasion | Holiday
_SHOWN = 12
_LOOKED_AT = 2000


def rules_of(store: Store) -> list[CadenceRule]:
    """The cadences, occasions and holidays of a file, each in its order; archived ones are left out."""
    cadences = sorted(
        due_inputs.cadences(store), key=lambda cadence: (cadence.tier or "~", cadence.valid_from)
    )
    known: list[CadenceRule] = [*cadences, *due_inputs.occasions(store), *due_inputs.holidays(store)]
    return [rule for rule in known if rule.archived_at is None]


def is_in_force(rule: CadenceRule) -> bool:
    """Whether a rule makes anything due: an occasion may be switched off."""
    return not isinstance(rule, Occasion) or bool(rule.is_on)


def rule_text(session: Session, rule: CadenceRule) -> str:
    """What a rule says in a line: whom, how often or when, how."""
    if isinstance(rule, TouchCadence):
        parts = [
            _whom(session, rule),
            f"{rule.touch_kind} every {rule.every_days} working days",
            f"alarm after {counted(rule.alarm_days, 'day')}" if rule.alarm_days else "no alarm",
            f"review every {rule.review_days}" if rule.review_days else "",
        ]
    elif isinstance(rule, Occasion):
        after = [
            f"{rule.after_months} months" if rule.after_months else "",
            f"{counted(rule.after_days, 'day')}" if rule.after_days else "",
        ]
        later = " and ".join(part for part in after if part)
        reason = rule.reason.replace("_", " ")
        parts = [
            _whom(session, rule),
            f"{later} after: {reason}" if later else reason,
            rule.touch_kind,
            "" if rule.is_on else "off",
        ]
    else:
        ahead = f"{counted(rule.days_before, 'day')} ahead" if rule.days_before else ""
        parts = [rule.day, rule.country, rule.industry, ahead]
    return "; ".join(part for part in parts if part)


def why(session: Session, rule: CadenceRule) -> list[str]:
    """What a rule means: for a holiday its next days, else the clients whom it makes due within a month."""
    if isinstance(rule, Holiday):
        return [rule_text(session, rule), "", *_next_days(rule, session.today())]
    wanted = CADENCE if isinstance(rule, TouchCadence) else f"{rule.id}:"
    lines: list[str] = []
    more, today = 0, session.today()
    for planned in islice(outreach.of_everybody(session), _LOOKED_AT):
        for reason in planned.touch.reasons:
            if not reason.key.startswith(wanted) or not _concerns(rule, planned.client.tier):
                continue
            if len(lines) < _SHOWN:
                day, reason_text = weekday_date(planned.touch.due_on, today), shorten_days(reason.text, today)
                lines.append(f"{day} {planned.client.name}: {reason_text}")
            else:
                more += 1
    lines = lines or ["nobody"]
    return [
        rule_text(session, rule),
        "",
        "Due within a month:",
        *lines,
        *([f"and {more} more"] if more else []),
    ]


def _next_days(rule: Holiday, today: date) -> list[str]:
    days = [year_day(rule.day).in_year(today.year + ahead) for ahead in range(3)]
    return [
        f"{weekday_date(day - timedelta(days=rule.days_before), today)} for {weekday_date(day, today)}"
        for day in days
        if day >= today
    ]


def _concerns(rule: TouchCadence | Occasion, tier: str) -> bool:
    return not isinstance(rule, TouchCadence) or rule.tier in ("", tier)


def _whom(session: Session, rule: TouchCadence | Occasion) -> str:
    if rule.segment_id:
        segment = rows.find(session.store, Segment, rule.segment_id)
        return f"segment {segment.name}" if segment else "a segment that is gone"
    return f"tier {rule.tier}" if rule.tier else "every tier"
