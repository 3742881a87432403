"""The rules by which touches become due, read once for many clients: cadences, occasions, days, calendars."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import field
from datetime import date, timedelta
from functools import lru_cache

from onewindow.desk.policies.year_days import year_day
from onewindow.metrics.cadence import LAPSE_DAYS, Cadence, Rule, WorkDays, Yearly
from onewindow.metrics.policies.calendar_json import calendar_from_dict
from onewindow.metrics.policies.working_time import Calendar
from onewindow.records.cadence import Holiday, Occasion, TouchCadence
from onewindow.records.clients import Client
from onewindow.records.organization import Segment, WorkingCalendar
from onewindow.records.structs import frozen_struct
from onewindow.store.cadence import due_inputs
from onewindow.store.clients import segment_inputs
from onewindow.store.engine import Store
from onewindow.store.people import organization
from onewindow.store.rule_cache import kept

_DAYS_BACK, _DAYS_AHEAD = 500, 200


@frozen_struct
class RuleBook:
    """All rules of a file on a day."""

    today: date
    cadences: tuple[TouchCadence, ...]
    """Those that have begun, the newest first."""
    occasions: tuple[Occasion, ...]
    """Those in force."""
    holidays: tuple[Holiday, ...]
    hours: Mapping[str, str]
    """Stored opening hours by the country of their holidays; '' has the department's own."""
    segments: tuple[Segment, ...]
    """Those that a cadence or occasion names."""
    rules_by: dict[tuple[str | int, ...], list[Rule]] = field(
        default_factory=dict[tuple[str | int, ...], list[Rule]]
    )
    """Occasions by tier and segments, each worked out once."""
    days_by: dict[tuple[str, str], list[Yearly]] = field(default_factory=dict[tuple[str, str], list[Yearly]])
    """Holidays by country and industry, likewise."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is ever due."""
        return not self.cadences and not self.occasions

    @property
    def looks_back_to(self) -> date:
        """The earliest date of something that an occasion may still be due for."""
        # Behind the longest delay an occasion has lapsed and need not be read.
        longest = max(
            (31 * occasion.after_months + occasion.after_days for occasion in self.occasions), default=0
        )
        return self.today - timedelta(days=longest + 2 * LAPSE_DAYS)

    def cadence_record(self, client: Client, inside: Collection[int]) -> TouchCadence | None:
        """The cadence that counts for a client: of a segment they are in, else of their tier, else of all."""
        return self.cadence_of(client.tier, inside)

    def cadence_of(self, tier: str, inside: Collection[int]) -> TouchCadence | None:
        """The same for a tier."""
        own = next((cadence for cadence in self.cadences if cadence.segment_id in inside), None)
        fitting = [cadence for cadence in self.cadences if cadence.segment_id is None]
        own = own or next((cadence for cadence in fitting if cadence.tier == tier), None)
        return own or next((cadence for cadence in fitting if not cadence.tier), None)

    def cadence(self, client: Client, inside: Collection[int]) -> Cadence | None:
        """The same as the plan takes it."""
        cadence = self.cadence_record(client, inside)
        return Cadence(cadence.every_days, cadence.touch_kind, cadence.template_id) if cadence else None

    def rules(self, client: Client, inside: Collection[int]) -> list[Rule]:
        """The occasions that concern a client, who is in some segments."""
        key = (client.tier, *sorted(inside))
        if key not in self.rules_by:
            self.rules_by[key] = self._rules(client.tier, inside)
        return self.rules_by[key]

    def _rules(self, tier: str, inside: Collection[int]) -> list[Rule]:
        return [
            Rule(
                occasion.id,
                occasion.reason,
                occasion.after_months,
                occasion.after_days,
                occasion.touch_kind,
                occasion.template_id,
            )
            for occasion in self.occasions
            if occasion.tier in ("", tier) and (occasion.segment_id is None or occasion.segment_id in inside)
        ]

    def inside(self, store: Store, low: int, high: int) -> dict[int, set[int]]:
        """The segments that clients of a range of ids are in, by client, as far as a rule names them."""
        segments_by_client: dict[int, set[int]] = {}
        if not self.segments:
            return segments_by_client
        # Here, since most rules name no segment and a start reads the rules without filters.
        from onewindow.desk.filters.conditions import ReadyFilter
        from onewindow.desk.filters.names import Names
        from onewindow.desk.filters.words import FilterProblem, parse

        names = Names(store, 0)
        for segment in self.segments:
            try:
                ready = ReadyFilter(parse(segment.filter), names)
            except FilterProblem:
                continue  # what it names is gone; the segment's own screen says so
            for client_id in ready.ids(store, self.today, low - 1, high):
                segments_by_client.setdefault(client_id, set()).add(segment.id)
        return segments_by_client

    def work_days(self, country: str) -> WorkDays:
        """The working days of a country as far as a calendar of ours has its holidays, else our own."""
        return _work_days(self.hours.get(country) or self.hours.get(""), self.today)

    def holidays_of(self, client: Client) -> list[Yearly]:
        """The days on which a client is congratulated, of their country and industry."""
        key = (client.country, client.industry)
        if key not in self.days_by:
            self.days_by[key] = self._days(client)
        return self.days_by[key]

    def _days(self, client: Client) -> list[Yearly]:
        industry = client.industry.casefold()
        days: list[Yearly] = []
        for holiday in self.holidays:
            if holiday.country and holiday.country.upper() != client.country.upper():
                continue
            if holiday.industry and holiday.industry.casefold() not in industry:
                continue
            days.append(
                Yearly(
                    "holiday", str(holiday.id), holiday.name, year_day(holiday.day), None, holiday.days_before
                )
            )
        return days


def read_rules(store: Store, today: date) -> RuleBook:
    """The rules of a file as they are in force on a day."""
    return kept(store, f"touch rules of {today}", lambda: _rules_of(store, today))


def _rules_of(store: Store, today: date) -> RuleBook:
    cadences, occasions = due_inputs.cadences(store), due_inputs.occasions(store)
    if not cadences and not occasions:
        return RuleBook(today, (), (), (), {}, ())
    holidays, calendars = due_inputs.holidays(store), organization.calendars(store)
    named = {rule.segment_id for rule in (*cadences, *occasions)} - {None}
    segments = [segment for segment in segment_inputs.segments(store) if segment.id in named] if named else []
    return RuleBook(
        today,
        tuple(
            cadence
            for cadence in cadences
            if cadence.archived_at is None and cadence.valid_from <= today.isoformat()
        ),
        tuple(occasion for occasion in occasions if occasion.archived_at is None and occasion.is_on),
        tuple(holiday for holiday in holidays if holiday.archived_at is None),
        _hours(calendars),
        tuple(segments),
    )


def calendar_hours(store: Store) -> dict[str, str]:
    """Stored opening hours by the country of their holidays; '' has the department's own."""
    return _hours(organization.calendars(store))


def stored_hours(hours: str | None) -> Calendar | None:
    """The calendar of stored opening hours, None for none."""
    return _calendar(hours) if hours is not None else None


def _hours(calendars: Iterable[WorkingCalendar]) -> dict[str, str]:
    hours_by_country: dict[str, str] = {}
    for calendar in calendars:
        if calendar.archived_at is not None:
            continue
        hours_by_country.setdefault("", calendar.hours)
        holidays = _calendar(calendar.hours).holidays
        if holidays is not None:
            hours_by_country.setdefault(holidays.country.partition("-")[0], calendar.hours)
    return hours_by_country


@lru_cache(maxsize=64)
def _calendar(hours: str) -> Calendar:
    return calendar_from_dict(json.loads(hours))


@lru_cache(maxsize=16)
def _work_days(hours: str | None, today: date) -> WorkDays:
    """Worked out once a day: a plan is made with every write."""
    first, last = today - timedelta(days=_DAYS_BACK), today + timedelta(days=_DAYS_AHEAD)
    if hours is None:
        return WorkDays(first, last, lambda day: day.weekday() < 5)
    return WorkDays(first, last, lambda day: bool(_calendar(hours).spans(day)))
