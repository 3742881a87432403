"""What people type into a field, read into what is stored, and back.

Words of three languages, of dates and of countries take milliseconds: they are loaded when somebody types,
so what only shows fields does without.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.fields import Attribute, Record, attributes, typed_attributes
from onewindow.store.engine import Value
from onewindow.store.problems import NotFound
from onewindow.text.clean import says_nothing
from onewindow.text.dates import short_day, short_moment, to_local, utc_text, week_monday, week_number
from onewindow.text.durations import parse_minutes
from onewindow.text.identifiers.phones import format_phone
from onewindow.text.money import format_money, minor_digits, parse_money, parse_number
from onewindow.text.patterns import pattern

_WEEK_FIGURES = 4
_DAY_ALONE = pattern(r"\d[./ ]\s?(?:\d|[^\W\d_]{3,})|[^\W\d_]{3,}\.? \d")
"""A day with its month, in figures or with a name; `+3mo` or `fri` name no date that could be misread."""
_DAY_END = time(18)
"""Where a time is wanted and only a day was typed, the end of the working day is meant."""


def read_fields(
    session: Session, record: type[Record], typed: Mapping[str, str], client_id: int | None = None
) -> dict[str, Value]:
    """The values of the fields that were typed; raises FieldProblems with every field that cannot be read."""
    known = {a.name: a for a in typed_attributes(record)}
    values: dict[str, Value] = {}
    errors: dict[str, str] = {}
    currency = currency_of(session, typed.get("currency"))
    for name, text in typed.items():
        described = known.get(name)
        if described is None:
            errors[name] = "there is no such field."
            continue
        try:
            values[name] = read_value(session, described, text, client_id, currency)
        except (ValueError, NotFound) as error:
            errors[name] = str(error)
    if errors:
        raise FieldProblems(errors)
    return values


def currency_of(session: Session, typed: object) -> str:
    """The currency of amounts that are typed beside a currency, or beside none; one that is none as typed."""
    if not typed:
        return session.settings.currency.upper()
    from onewindow.text.choices import read_currency

    return read_currency(str(typed)) or str(typed).upper()


def read_value(
    session: Session, described: Attribute, text: str, client_id: int | None = None, currency: str = "RUB"
) -> Value:
    """One typed text as it is stored; raises ValueError or NotFound with one sentence."""
    plain = (
        text.replace("\x00", "").strip()
        if described.kind not in ("long_text", "hours")
        else text.replace("\x00", "").rstrip()
    )
    if described.kind == "currency":
        return _currency(plain)
    if described.kind == "country" and plain:
        return _country(plain)
    if len(plain) > described.limit:
        raise ValueError(f"{len(plain)} characters are too many, {described.limit} fit.")
    if described.required and says_nothing(plain):
        raise ValueError(f"{described.label} is needed.")
    if not plain and described.optional:
        return None
    match described.kind:
        case "date":
            from onewindow.text.typed_dates import parse_date

            return parse_date(plain, session.today(), described.when).isoformat()
        case "time":
            return _moment(session, described, plain)
        case "money":
            minor, written = parse_money(plain or "0", currency)
            if written != currency:
                raise ValueError(
                    f"this is {written}, but the record is in {currency}; change the currency too."
                )
            return minor
        case "number":
            return _minutes(plain) if described.name.endswith("_min") else _number(plain)
        case "week":
            return _week(session, plain)
        case "flag":
            return _flag(plain)
        case "choice":
            return _choice(described, plain)
        case "reference":
            return naming.resolve(session, described.refers or "", plain, client_id)
        case "hours":
            return _hours(session, plain)
        case _:
            return plain


def _moment(session: Session, described: Attribute, text: str) -> str:
    from onewindow.text.typed_dates import MORNING, parse_when

    now = session.local_now()
    moment = parse_when(text, now, _DAY_END, described.when)
    is_today = moment.date() == now.date() and moment > now
    if described.when == "behind" and is_today and parse_when(text, now, MORNING, described.when) != moment:
        return utc_text(now)  # no time was typed, and the end of today has not come yet
    return utc_text(moment)


def taken_years(
    session: Session, record: type[Record], typed: Mapping[str, str], values: Mapping[str, Value]
) -> list[str]:
    """What days typed without a year were taken for, where that is not this year: a few words for each.

    Also which one of an hour that comes twice.
    """
    from onewindow.text.typed_dates import said_of_two

    year = session.today().year
    taken: list[str] = []
    for described in typed_attributes(record):
        text, value = typed.get(described.name, ""), values.get(described.name)
        if (
            described.kind not in ("date", "time")
            or not isinstance(value, str)
            or not _DAY_ALONE.search(text)
        ):
            continue
        if described.kind == "time" and (which := said_of_two(to_local(value, session.zone))):
            taken.append(f"{described.label} the {which}")
        elif int(value[:4]) != year and value[:4] not in text:
            taken.append(f"{described.label} {value[8:10]}.{value[5:7]}.{value[:4]}")
    return taken


def typed_text(session: Session, record: Record, described: Attribute) -> str:
    """A field's value as a person would type it, to be edited; references are ids."""
    value = getattr(record, described.name)
    if value is None or value == "":
        return ""
    match described.kind:
        case "time":
            return f"{to_local(value, session.zone):%Y-%m-%d %H:%M}"
        case "money":
            digits = minor_digits(getattr(record, "currency", session.settings.currency))
            whole, part = divmod(abs(value), 10**digits)
            sign = "-" if value < 0 else ""
            return f"{sign}{whole},{part:0{digits}}" if part else f"{sign}{whole}"
        case "reference":
            return str(value) if value else ""
        case "number":
            return str(value)
        case "week":
            return week_monday(value).isoformat()
        case "flag":
            return "1" if value else "0"
        case "hours":
            return _hours_text(str(value))
        case _:
            return str(value)


def shown_text(session: Session, record: Record, described: Attribute) -> str:
    """A field's value as people read it."""
    value = getattr(record, described.name)
    if value is None or value == "":
        return ""
    match described.kind:
        case "date":
            return short_day(value, session.today())
        case "time":
            return short_moment(to_local(value, session.zone), session.today())
        case "week":
            return short_day(week_monday(value).isoformat(), session.today())
        case "reference":
            return naming.label(session, described.refers or "", value)
        case "money":
            return format_money(value, getattr(record, "currency", session.settings.currency))
        case "choice":
            return str(value).replace("_", " ")
        case "json" if text_of := session.registry.of_record(record).display.texts.get(described.name):
            return text_of(session, record)
        case "flag":
            return "yes" if value else "no"
        case "phone":
            return format_phone(value) if value.startswith("+") else value
        case _:
            return typed_text(session, record, described)


def shown_fields(session: Session, record: Record) -> list[tuple[str, str]]:
    """Label and text of every filled field that people see."""
    shown = [(a.label, shown_text(session, record, a)) for a in attributes(type(record)) if a.name != "flags"]
    return [(label, text) for label, text in shown if text]


def _minutes(text: str) -> int | None:
    """Minutes as people type them: 15, 15m, 4h."""
    return parse_minutes(text)


def _hours(session: Session, text: str) -> str:
    """Opening hours as they are kept; what is JSON already is taken as it is, rules check it."""
    if text.lstrip().startswith("{"):
        return text
    from onewindow.desk.validation.calendar_hours import (  # calendars are hardly ever typed
        hours_json,
        parse_calendar,
    )

    return hours_json(parse_calendar(text, session.zone, session.today()))


def _hours_text(stored: str) -> str:
    from onewindow.desk.validation.calendar_hours import calendar_text, stored_calendar  # nor shown

    try:
        return calendar_text(stored_calendar(stored))
    except (ValueError, TypeError, AttributeError):
        return stored


def _number(text: str) -> int:
    number = parse_number(text or "0")
    if number != number.to_integral_value() or abs(number) > 10**15:
        raise ValueError(f"“{text}” is not a whole number; write for example 25.")
    return int(number)


def _week(session: Session, text: str) -> int:
    """The week of a day; a bare number of four figures is one already, as files have it."""
    from onewindow.text.typed_dates import parse_date

    if text.isdecimal() and len(text) == _WEEK_FIGURES:
        return int(text)
    return week_number(parse_date(text, session.today()))


def _flag(text: str) -> int:
    from onewindow.text.choices import read_flag

    flag = 0 if not text else read_flag(text)
    if flag is None:
        raise ValueError(f"“{text}” is neither yes nor no.")
    return flag


def _choice(described: Attribute, text: str) -> str:
    wanted = text.casefold().replace(" ", "_").replace("-", "_")
    for choice in described.choices:
        if choice.casefold() == wanted:
            return choice
    from onewindow.text.choices import read_choice  # the words of three languages, read when one types

    meant = read_choice(described, text)
    if meant is not None:
        return meant
    starting = [choice for choice in described.choices if wanted and choice.casefold().startswith(wanted)]
    if len(starting) == 1:
        return starting[0]
    import difflib

    near = difflib.get_close_matches(wanted, described.choices, 1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise ValueError(f"“{text}” is none of {', '.join(c for c in described.choices if c)}.{hint}")


def _currency(text: str) -> str:
    from onewindow.text.choices import read_currency

    code = read_currency(text)
    if code is None:
        raise ValueError(f"“{text}” is not a currency; write its three letters (ISO 4217), RUB or EUR.")
    return code


def _country(text: str) -> str:
    from onewindow.exchange.values.countries import (
        read_country,  # the names of all countries, read when one types
    )

    code = read_country(text)
    if code is None:
        raise ValueError(f"“{text[:40]}” is no country; write its name or its two letters, Bulgaria or BG.")
    return code
