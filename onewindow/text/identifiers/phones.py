"""Telephone numbers: stored as E.164 (ITU-T), shown in the groups people read aloud."""

from __future__ import annotations

from onewindow.text.patterns import pattern

_NOT_A_DIGIT = pattern(r"[^0-9]+")
_STORED = pattern(r"(\+[1-9][0-9]{6,14})(?: ext\. ([0-9]{1,11}))?")

_EXTENSION_WORDS = (
    r"добавочный|добав|доб|внутренний|внутр|вн|вътрешен|вътр|в|"
    r"extension|extn|ext|ex|x|х|durchwahl|dw|poste|int|anexo"
)
_EXTENSION = pattern(
    rf"(?i)(?:[\s,;(]*(?:(?<![^\W\d_])(?:{_EXTENSION_WORDS})(?:\s+(?:номер|number|no))?\s*[.:=№#(]*|;ext=|[#*]|№)\s*"
    r"|(?<=\d)(?:,{1,3}|[pw;]))([0-9]{1,7})[#)\s]*"
)
"""How an extension stands behind a number: доб. 105, ext 105, x105, #105, and a pause of a dialler: ,105."""
_BETWEEN_PHONES = pattern(
    r"(?i)\s*(?::::|[,;|\n\r]|\s/\s|\s/|/\s|\b(?:или|и|or|and)\b)\s*|(?<=\d)/(?=[+8]|\()|\s+(?=\+)"
)
_LABEL = pattern(
    r"(?i)^(?:(?:моб|мобильный|сот|раб|рабочий|дом|тел|телефон|т|факс|mobile|mob|cell|work|home|office|phone|tel"
    r"|мобилен|служебен|сл)\b[.:]*\s*)+"
)
_REMARK = pattern(r"\s*\([^()0-9]+\)$")
# Eleven figures behind an 8 are Russian as well as Vietnamese, and ten are some number of most countries.
_LOST_PLUS = pattern(r"(?!8[0-9]{10}$)[1-9][0-9]{10,14}")
_FEWEST_DIGITS = 5
_OTHER_END = pattern(r"(.*\d[ -]?\d[ -]?\d[ -]?)(\d\d)\s?/\s?(\d\d)")
"""Two numbers that differ in their last figures: 123-45-67/68."""
_SAME_END = 4
_MOST_BEFORE = 5
"""Figures that may stand before a number: 8~10 or 00, and a code of the carrier."""

# Mobile numbers of Russia (but for 930, of which a part is not given out) and Bulgaria as people write them:
# all that look so are valid.
_RUSSIAN_MOBILE = pattern(r"(?:\+7|(8))[ -]?((?:9(?!30)[0-9]{2}|\(9(?!30)[0-9]{2}\))(?:[ .-]?[0-9]){7})")
_BULGARIAN_MOBILE = pattern(r"(?:\+359|(0))[ -]?((?:8[789]|\(8[789]\))(?:[ .-]?[0-9]){7})")

# Country codes of two digits (ITU-T E.164 assigned list); 1 and 7 have one, all the others three.
_TWO_DIGIT_CODES = (
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 "
    "60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98"
)
_AREAS = {
    "49": ("30", "40", "69", "89"),
    "375": ("17", "25", "29", "33", "44"),
    "380": ("44", "50", "63", "66", "67", "68", "73", "93", "95", "96", "97", "98", "99"),
    "43": ("1",),
    "33": ("1", "2", "3", "4", "5", "6", "7", "9"),
}
"""Short area codes that people read apart from the number, of countries whose longer ones begin otherwise."""


def digits(text: str) -> str:
    """Return only the digits 0-9 of the text, in order: what a number is searched by."""
    return _NOT_A_DIGIT.sub("", text)


def normalise_phone(text: str, region: str) -> str | None:
    """Return the number as E.164 (`+79123456789`), or None when it is not a valid number.

    `region` is the two-letter country a number without a country code belongs to. An extension stands behind
    the number: `+74951234567 ext. 105`. Figures that are no number of the region, but one with a plus before
    them, are that one: spreadsheets take `+359…` for a number and drop its plus.
    """
    usual = _usual_mobile(text, region.upper())
    if usual is not None:
        return usual
    number, extension = split_extension(text)
    whole = _e164(number, region.upper())
    if whole is None and _LOST_PLUS.fullmatch(number.strip()):
        whole = _e164(f"+{number.strip()}", region.upper())
    if whole is None and extension:
        # What looked as an extension may be the end of the number itself: 8 (495) 123,4567.
        whole, extension = _e164(text, region.upper()), ""
    if whole is None:
        return None
    return f"{whole} ext. {extension}" if extension else whole


def split_extension(text: str) -> tuple[str, str]:
    """A number without its extension, and the figures of that; '' for a number without one."""
    match = _EXTENSION.search(text)
    while match is not None and match.end() != len(text):
        match = _EXTENSION.search(text, match.start() + 1)
    if match is None or len(digits(text[: match.start()])) < _FEWEST_DIGITS:
        return text, ""
    return text[: match.start()].rstrip(" ,;("), match[1]


def split_phones(cell: str, region: str) -> tuple[list[str], list[str]]:
    """The numbers of a cell in its order, as `normalise_phone` gives them, and the parts that are no number.

    Address books put several into one cell, between commas, semicolons, slashes or ` ::: `.
    """
    whole = normalise_phone(cell, region)
    if whole is not None:
        return [whole], []
    numbers: list[str] = []
    rest: list[str] = []
    if ends := _OTHER_END.fullmatch(cell.strip()):
        cell = f"{ends[1]}{ends[2]}, {ends[1]}{ends[3]}"
    for part in _BETWEEN_PHONES.split(cell):
        remark = _REMARK.search(part)
        plain = _REMARK.sub("", _LABEL.sub("", part.strip()))
        if not plain:
            continue
        number = normalise_phone(plain, region)
        if remark and number:
            rest.append(remark[0].strip(" ()"))
        extended = normalise_phone(f"{numbers[-1]} {plain}", region) if numbers and number is None else None
        if extended is not None and extended.startswith(f"{numbers[-1]} "):
            numbers[-1] = extended
        elif number is None:
            rest.append(part.strip())
        elif number not in numbers:
            numbers.append(number)
    return (numbers, rest) if numbers else ([], [cell.strip()])


def _e164(text: str, region: str) -> str | None:
    # The tables of phonenumbers take about 60 ms to import, and only forms and imports need them.
    import phonenumbers

    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    # What stands behind a comma or a second bracket is left out in silence there.
    typed = digits(text)
    is_more = len(typed) > len(e164) + _MOST_BEFORE or not typed.endswith(e164[-_SAME_END:])
    return None if len(typed) >= _FEWEST_DIGITS and is_more else e164


def _usual_mobile(text: str, region: str) -> str | None:
    """What phonenumbers would give for a mobile number of two countries, some twenty times as fast."""
    for code, home, form in (("7", "RU", _RUSSIAN_MOBILE), ("359", "BG", _BULGARIAN_MOBILE)):
        match = form.fullmatch(text)
        if match is not None and (match[1] is None or region == home):
            return f"+{code}{digits(match[2])}"
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
    stored = _STORED.fullmatch(e164)
    if stored is None:
        return e164
    grouped = _readable(stored[1])
    return f"{grouped} ext. {stored[2]}" if stored[2] else grouped


def _readable(e164: str) -> str:
    code, rest = _split_code(e164[1:])
    if code == "7" and len(rest) == 10:
        area, first, second, third = _grouped(rest, 3, 3, 2)
        return f"+7 {area} {first}-{second}-{third}"
    if code == "359" and len(rest) in (8, 9):
        return " ".join(["+359", *_bulgarian(rest)])
    area = next((area_code for area_code in _AREAS.get(code, ()) if rest.startswith(area_code)), "")
    rest = rest[len(area) :]
    threes = (len(rest) - 2) // 3
    return " ".join(part for part in (f"+{code}", area, *_grouped(rest, *[3] * threes)) if part)
