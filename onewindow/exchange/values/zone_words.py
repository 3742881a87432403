"""What stands behind a time in a file as a zone: offsets, letters, names of zones in several spellings."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

# Letters count as what they say: EST is five hours behind UTC, also on a summer day. Those of several zones
# (IST, AST …) are not here, because a time at another instant is worse than none.
_LETTERS = {
    0: "z utc gmt ut zulu wet",
    60: "cet bst west met mez wat",
    120: "cest eet mesz sast cat",
    180: "msk мск eest trt eat fet",
    240: "samt gst azt самт",
    300: "yekt pkt uzt екат",
    360: "omst almt омст",
    420: "krat novt ict wib крат",
    480: "irkt hkt sgt awst иркт",
    540: "yakt jst kst якт",
    600: "vlat aest влат",
    660: "magt aedt магт",
    720: "pett nzst анат",
    -240: "edt",
    -300: "est cdt",
    -360: "cst mdt",
    -420: "mst pdt",
    -480: "pst akdt",
    -540: "akst",
    -600: "hst",
}
_MINUTES = {word: minutes for minutes, words in _LETTERS.items() for word in words.split()}
_SPOKEN = {
    "Europe/Moscow": """
        московское время; по московскому времени; по москве; время московское; москва; moscow; moscow time;
        moscow standard time; russian standard time; московско време; rtz 2
    """,
    "Europe/Sofia": """
        sofia; софия; по софии; софийское время; sofia time; софийско време; българско време; по софия
    """,
    "Europe/Samara": "samara; самара; самарское время; по самаре",
    "Asia/Yekaterinburg": "yekaterinburg; екатеринбург; екатеринбургское время; по екатеринбургу",
    "Asia/Novosibirsk": "novosibirsk; новосибирск; новосибирское время; по новосибирску",
    "Asia/Vladivostok": "vladivostok; владивосток; владивостокское время; по владивостоку",
    "Europe/Kaliningrad": "kaliningrad; калининград; калининградское время; по калининграду",
    "Europe/London": "london; gmt standard time; london time; лондон",
    "America/New_York": "new york; eastern time; eastern standard time; eastern daylight time; et",
    "America/Chicago": "chicago; central time; central standard time; central daylight time; ct",
    "America/Denver": "denver; mountain time; mountain standard time; mountain daylight time; mt",
    "America/Los_Angeles": "los angeles; pacific time; pacific standard time; pacific daylight time; pt",
    "Europe/Berlin": "berlin; w europe standard time; central european standard time; берлин",
    "Europe/Paris": "paris; romance standard time; париж",
    "Europe/Warsaw": "warsaw; central european time; central european summer time; варшава; варшава время",
    "Europe/Kyiv": "fle standard time; eastern european time; eastern european summer time",
    "Europe/Athens": "athens; gtb standard time; e europe standard time; афины; атина",
    "Asia/Almaty": "almaty; алматы; центральная азия; central asia standard time",
    "UTC": "coordinated universal time; universal time; всемирное время; greenwich mean time; по гринвичу",
}
_NAMES = {
    re.sub(r"[^\w]+", " ", name).strip(): zone for zone, names in _SPOKEN.items() for name in names.split(";")
}
_OFFSET = re.compile(
    r"(?:utc|gmt|ут|гринвич)?\s?([+\-−–])\s?(\d{1,2})(?:[:.]?(\d{2}))?(?::00)?", re.IGNORECASE
)
_MOSCOW_AND = re.compile(r"(?:msk|мск)\s?([+\-−–])\s?(\d{1,2})", re.IGNORECASE)
_PLACE = re.compile(r"[A-Za-z]+(?:[/_+\-][A-Za-z0-9_+\-]+)+")
_HOUR_WORDS = re.compile(r"^(?:часов|часа|час|ч|hrs|hours|h|o['’]?clock|uhr)\b\.?", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_FARTHEST = 14 * 60


def zone_of(text: str) -> tzinfo | None:
    """The zone that words behind a time name, None for none: `MSK`, `+0300 (MSK)`, `Europe/Moscow`.

    An offset goes before what stands in brackets behind it. Raises ValueError for what is no zone, and for
    letters of several zones.
    """
    plain = _HOUR_WORDS.sub("", text.strip()).strip(" ,;")
    if not plain:
        return None
    inside = _BRACKETS.findall(plain)
    outside = _BRACKETS.sub(" ", plain).strip(" ,;")
    if zone := _zone(outside) if outside else None:
        return zone
    for words in inside:
        # `(GMT+3) Moscow` names a place behind the offset, `Moscow (GMT+3)` before it: both say the offset.
        if zone := _zone(words.strip()):
            return zone
    raise ValueError(f"“{plain[:40]}” is not a time zone")


@cache
def _zone(words: str) -> tzinfo | None:
    plain = " ".join(words.split())
    if (minutes := _MINUTES.get(plain.casefold().rstrip("."))) is not None:
        return timezone(timedelta(minutes=minutes)) if minutes else UTC
    if match := _MOSCOW_AND.fullmatch(plain):
        return _fixed(match[1], int(match[2]) * 60, 180)
    if match := _OFFSET.fullmatch(plain):
        return _fixed(match[1], int(match[2]) * 60 + int(match[3] or 0), 0)
    if name := _NAMES.get(re.sub(r"[^\w]+", " ", plain.casefold()).strip()):
        return ZoneInfo(name)
    if _PLACE.fullmatch(plain):
        try:
            return ZoneInfo(plain)
        except (KeyError, OSError, ValueError):
            return None
    # `+0300 MSK`, `GMT+3 Moscow`: the offset says it all.
    head, _, rest = plain.partition(" ")
    if rest and _OFFSET.fullmatch(head) and not any(map(str.isdecimal, rest)):
        return _zone(head)
    return None


def _fixed(sign: str, minutes: int, base: int) -> tzinfo | None:
    distance = base + (minutes if sign == "+" else -minutes)
    return timezone(timedelta(minutes=distance)) if abs(distance) <= _FARTHEST else None
