"""Telephone numbers: stored as E.164 (ITU-T), shown in the groups people read aloud."""

from __future__ import annotations

from onewindow.text.patterns import pattern

_NOT_A_DIGIT = pattern(r"[^0-9]+")
_E164 = pattern(r"\+[1-9][0-9]{6,14}")

# Mobile numbers of Russia (but for 930, of which a part is not given out) and Bulgaria as people write them:
# all that look so are valid.
_RUSSIAN_MOBILE = pattern(r"(?:\+7|(8))[ -]?((?:9(?!30)[0-9]{2}|\(9(?!30)[0-9]{2}\))(?:[ .-]?[0-9]){7})")
_BULGARIAN_MOBILE = pattern(r"(?:\+359|(0))[ -]?((?:8[789]|\(8[789]\))(?:[ .-]?[0-9]){7})")

# Country codes of two digits (ITU-T E.164 assigned list); 1 and 7 have one, all the others three.
_TWO_DIGIT_CODES = (
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 "
    "60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98"
)


def digits(text: str) -> str:
    """Return only the digits 0-9 of the text, in order: what a number is searched by."""
    return _NOT_A_DIGIT.sub("", text)


def normalise_phone(text: str, region: str) -> str | None:
    """Return the number as E.164 (`+79123456789`), or None when it is not a valid number.

    `region` is the two-letter country a number without a country code belongs to.
    """
    usual = _usual_mobile(text, region.upper())
    if usual is not None:
        return usual
    # The tables of phonenumbers take about 60 ms to import, and only forms and imports need them.
    import phonenumbers

    try:
        number = phonenumbers.parse(text, region.upper())
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _usual_mobile(text: str, region: str) -> str | None:
    """What phonenumbers would give for a mobile number of two countries, some twenty times as fast."""
    for code, home, form in (("7", "RU", _RUSSIAN_MOBILE), ("359", "BG", _BULGARIAN_MOBILE)):
        found = form.fullmatch(text)
        if found is not None and (found[1] is None or region == home):
            return f"+{code}{digits(found[2])}"
    return None


def _split_code(number: str) -> tuple[str, str]:
    if number[0] in "17":
        return number[:1], number[1:]
    length = 2 if number[:2] in _TWO_DIGIT_CODES.split() else 3
    return number[:length], number[length:]


def _grouped(rest: str, *sizes: int) -> list[str]:
    groups: list[str] = []
    for size in sizes:
        groups.append(rest[:size])
        rest = rest[size:]
    return [*groups, rest]


def _bulgarian(rest: str) -> list[str]:
    if len(rest) == 9:
        return _grouped(rest, 2, 3)
    if len(rest) == 8 and rest[0] == "2":
        return _grouped(rest, 1, 3)
    return _grouped(rest, *(3, 2) if rest.startswith("800") else (2, 3))


def format_phone(e164: str) -> str:
    """Return an E.164 number in readable groups (`+7 912 345-67-89`); any other text comes back as it is."""
    if not _E164.fullmatch(e164):
        return e164
    code, rest = _split_code(e164[1:])
    if code == "7" and len(rest) == 10:
        area, first, second, third = _grouped(rest, 3, 3, 2)
        return f"+7 {area} {first}-{second}-{third}"
    if code == "359" and len(rest) in (8, 9):
        return " ".join(["+359", *_bulgarian(rest)])
    threes = (len(rest) - 2) // 3
    return " ".join([f"+{code}", *_grouped(rest, *[3] * threes)])
