"""The filter language of segments and audiences, read and written: `tier:A,B city:казань -used:>60d`.

Words with spaces between must all hold; values with commas between are one or the other; `-` before a word
turns it round; quotes keep spaces and commas in a value. What a word means stands in docs/segments.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from onewindow.exchange.values.countries import read_country
from onewindow.records.clients import Client, Consent
from onewindow.records.fields import Attribute, attribute_of, attributes
from onewindow.records.structs import frozen_struct
from onewindow.store.problems import StoreProblem
from onewindow.text.choices import read_choice, read_flag
from onewindow.text.clean import clean
from onewindow.text.day_grammar import Place, written_day
from onewindow.text.patterns import pattern

CARD: Mapping[str, Attribute] = {a.filter_words.split()[0]: a for a in attributes(Client) if a.filter_words}
"""Each word that asks for a field of the card, with the field."""
_BEYOND_THE_CARD: Mapping[str, str] = {
    "segment": "сегмент",
    "office": "офис",
    "product": "продукт",
    "not-owning": "нет-продукта без-продукта",
    "used": "использовал пользовался ползвал",
    "consent": "согласие съгласие",
    "health": "здоровье здраве",
}
"""Words that ask for other records or for what is worked out, which no field of a client declares."""
FIELDS: Mapping[str, str] = {
    **{word: " ".join(described.filter_words.split()[1:]) for word, described in CARD.items()},
    **_BEYOND_THE_CARD,
}
"""Each field with the Russian and Bulgarian words for it."""

BANDS = ("red", "amber", "green", "unknown")
_COMPARISON = pattern(r"^(<=|>=|<|>|=)?(.*)$")
_SPAN = pattern(r"^(\d{1,4})\s*([^\W\d_]+)$")
_DAYS: Mapping[str, int] = {
    **dict.fromkeys(("d", "day", "days", "д", "дн", "дней", "дни"), 1),
    **dict.fromkeys(("w", "week", "weeks", "н", "нед", "с", "седм"), 7),
    **dict.fromkeys(("m", "month", "months", "м", "мес"), 30),
    **dict.fromkeys(("y", "year", "years", "г", "год", "лет"), 365),
}
_DAY = pattern(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
_DAY_FIRST = Place(".", needs_year=True)
_BAND_WORDS = {
    **{band: band for band in BANDS},
    "красный": "red",
    "жёлтый": "amber",
    "желтый": "amber",
    "зелёный": "green",
    "зеленый": "green",
    "неизвестно": "unknown",
    "червен": "red",
    "жълт": "amber",
    "зелен": "green",
}
_NEVER = frozenset({"never", "никогда", "никога"})
NONE = "none"
_NOBODY = frozenset({NONE, "нет", "никто", "няма", "никой"})
_ME = frozenset({"me", "я", "аз"})
_QUOTES = {'"': '"', "«": "»", "“": "”", "„": "“"}
_PLAIN = pattern(r"^[^\s,\"«“„:\\]+$")


class FilterProblem(StoreProblem):
    """A filter that cannot be read; one sentence with the place and what to do."""


@frozen_struct
class Term:
    """One word of a filter: a field, the values that it may have, and whether the opposite is meant."""

    field: str
    values: tuple[str, ...]
    is_negated: bool = False

    @property
    def text(self) -> str:
        """The word as it is written."""
        return f"{'-' if self.is_negated else ''}{self.field}:{','.join(map(_quoted, self.values))}"


@frozen_struct
class Filter:
    """A filter as it was read; without words it lets everybody through."""

    terms: tuple[Term, ...]

    @property
    def text(self) -> str:
        """The filter as it is written in the usual words; `parse` gives the same filter back."""
        return " ".join(term.text for term in self.terms)


def parse(text: str) -> Filter:
    """Read a filter; raises FilterProblem with the first word that cannot be read."""
    terms: list[Term] = []
    place = _after_space(text, 0)
    while place < len(text):
        term, place = _term(text, place)
        terms.append(term)
        place = _after_space(text, place)
    return Filter(tuple(terms))


def _after_space(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def _term(text: str, start: int) -> tuple[Term, int]:
    is_negated = text[start] in "-−–" and start + 1 < len(text)
    place = start + is_negated
    end = place
    while end < len(text) and not text[end].isspace() and text[end] != ":":
        end += 1
    word = text[place:end]
    if end == len(text) or text[end] != ":":
        raise _problem(start, word, "is no filter: write field:value, for example city:Казань")
    field = _field(start, word)
    values: list[str] = []
    place = end
    while place == end or (place < len(text) and text[place] == ","):
        value, place = _value(text, place + 1, start, word)
        values.append(_read(field, value, start))
        # No place is -1, so that from the second value on only a comma goes on.
        end = -1
    if place < len(text) and not text[place].isspace():
        raise _problem(
            place, text[place], f"stands behind the end of a quote of {word}; put a space or a comma"
        )
    return Term(field, tuple(dict.fromkeys(values)), is_negated), place


def _value(text: str, place: int, start: int, word: str) -> tuple[str, int]:
    """One value, and the place behind it."""
    closing = _QUOTES.get(text[place]) if place < len(text) else None
    if closing is None:
        end = place
        while end < len(text) and not text[end].isspace() and text[end] != ",":
            end += 1
        if end == place:
            raise _problem(start, f"{word}:", 'has no value; write one behind it, or "" for an empty one')
        return text[place:end], end
    characters: list[str] = []
    end = place + 1
    while end < len(text) and text[end] != closing:
        end += text[end] == "\\" and end + 1 < len(text)
        characters.append(text[end])
        end += 1
    if end == len(text):
        raise _problem(place, text[place:][:20], f"is a quote without its end; put {closing} where it ends")
    return "".join(characters), end + 1


def _field(start: int, word: str) -> str:
    wanted = word.casefold().replace("_", "-")
    field = _names().get(wanted)
    if field is None:
        import difflib  # 5 ms, for a slip only

        near = difflib.get_close_matches(wanted, _names(), 1)
        hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(FIELDS)}"
        raise _problem(start, word, f"is no field{hint}")
    return field


def _names() -> dict[str, str]:
    return {name: field for field, others in FIELDS.items() for name in (field, *others.split())}


def _problem(place: int, word: str, text: str) -> FilterProblem:
    ending = "" if text.endswith("?") else "."
    return FilterProblem(f"“{clean(word)}” at character {place + 1} {text}{ending}")


def _quoted(value: str) -> str:
    if _PLAIN.match(value):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _read(field: str, value: str, start: int) -> str:
    """A value in its usual spelling; raises FilterProblem for one that the field cannot have."""
    value = " ".join(value.split())
    reader = _READERS.get(CARD[field].kind if field in CARD else field)
    read = value if reader is None else reader(field, value)
    if read is None:
        raise _problem(start, f"{field}:{value}", f"cannot be; write {_example(field)}")
    return read


def _example(field: str) -> str:
    described = CARD.get(field)
    if described is not None and described.kind == "choice":
        return f"{field}:{', '.join(described.choices[:-1])} or {described.choices[-1]}"
    return _EXAMPLES[described.kind if described is not None else field].format(field=field)


def _choice(field: str, value: str) -> str | None:
    return read_choice(CARD[field], value)


def _country(_: str, value: str) -> str | None:
    return read_country(value)


def _number(_: str, value: str) -> str | None:
    sign, number = compared(value)
    is_whole = number.removeprefix("-").isdecimal()
    return f"{'' if sign == '=' else sign}{int(number)}" if is_whole else None


def _flag(_: str, value: str) -> str | None:
    flag = read_flag(value)
    return None if flag is None else str(flag)


def _owner(_: str, value: str) -> str | None:
    word = value.casefold()
    return NONE if word in _NOBODY else "me" if word in _ME else value or None


def _reference(_: str, value: str) -> str | None:
    return value or None


def _health(_: str, value: str) -> str | None:
    band = _BAND_WORDS.get(value.casefold())
    if band:
        return band
    sign, number = compared(value)
    return f"{sign}{int(number)}" if sign and number.isdecimal() and int(number) <= 100 else None


def _used(_: str, value: str) -> str | None:
    if value.casefold() in _NEVER:
        return "never"
    sign, span = compared(value)
    days = days_of(span)
    return f"{sign}{_span_text(days)}" if sign in ("<", ">") and days is not None else None


def _day(_: str, value: str) -> str | None:
    if value.casefold() in _NOBODY:
        return NONE
    sign, day = compared(value)
    days = days_of(day)
    if days is not None:
        return f"{sign}{_span_text(days)}" if sign in ("<", ">") else None
    written = _date(day)
    return None if written is None else f"{'' if sign == '=' else sign}{written}"


def _consent(_: str, value: str) -> str | None:
    purpose, slash, channel = value.casefold().partition("/")
    known = read_choice(attribute_of(Consent, "purpose"), purpose.strip())
    if known is None or not slash:
        return known
    known_channel = read_choice(attribute_of(Consent, "channel"), channel.strip())
    return f"{known}/{known_channel}" if known_channel else None


def compared(value: str) -> tuple[str, str]:
    """The sign of a comparison, '' for none, and what stands behind it."""
    parts = _COMPARISON.match(value)
    return ((parts[1] or "").strip(), parts[2].strip()) if parts else ("", value)


def days_of(text: str) -> int | None:
    """The days of a span as it is typed, `30d`, `2w`, `6m`, `1y`; None if it is none."""
    span = _SPAN.match(text.casefold())
    unit = _DAYS.get(span[2]) if span else None
    return int(span[1]) * unit if span and unit else None


def _span_text(days: int) -> str:
    return f"{days}d"


def _date(text: str) -> str | None:
    """A day, month or year as it is stored: 2024, 2024-03, 2024-03-15."""
    # The shape of stored days first: 2024 is a year, and no day of a month.
    first = None if _DAY.match(text) else written_day(text, _DAY_FIRST)
    is_whole = first is not None and first.end == len(text) and not first.is_short
    written = f"{first.year}-{first.month:02}-{first.day:02}" if first and is_whole else text
    parts = _DAY.match(written)
    if not parts:
        return None
    try:
        date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
    except ValueError:
        return None
    return written


_READERS: Mapping[str, Callable[[str, str], str | None]] = {
    "choice": _choice,
    "country": _country,
    "date": _day,
    "number": _number,
    "flag": _flag,
    "reference": _owner,
    "segment": _reference,
    "product": _reference,
    "not-owning": _reference,
    "health": _health,
    "used": _used,
    "consent": _consent,
}
"""How a value is read: by the kind of a field of the card, else by the word itself; others stay as typed."""
_EXAMPLES: Mapping[str, str] = {
    "country": "{field}:RU or {field}:Болгария",
    "date": "{field}:2024, {field}:>=2024-03-01, {field}:<90d or {field}:none",
    "number": "{field}:5, {field}:<5 or {field}:>=5",
    "flag": "{field}:yes or {field}:no",
    "reference": "{field}:login, {field}:me or {field}:none",
    "segment": "segment:name of a saved segment",
    "product": "product:name of a product",
    "not-owning": "not-owning:name of a product",
    "health": "health:<60, health:red, amber, green or unknown",
    "used": "used:<30d, used:>60d or used:never",
    "consent": "consent:marketing, newsletter, survey, personal_data, or consent:newsletter/email",
}
