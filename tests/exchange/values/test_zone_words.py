"""What stands behind a time in a file as its zone: letters, offsets, names of places in three languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from onewindow.exchange.values.zone_words import zone_of

_WINTER, _SUMMER = datetime(2026, 1, 15, 12, tzinfo=UTC), datetime(2026, 7, 15, 12, tzinfo=UTC)
_LETTERS = {
    "0": "Z utc GMT ut ZULU WET",
    "1": "CET bst WEST met MEZ wat",
    "2": "CEST eet MESZ sast CAT",
    "3": "MSK мск МСК EEST trt EAT fet Msk.",
    "4": "SAMT gst AZT самт",
    "5": "YEKT pkt UZT екат",
    "6": "OMST almt омст",
    "7": "KRAT novt ICT wib крат",
    "8": "IRKT hkt SGT awst иркт",
    "9": "YAKT jst KST якт",
    "10": "VLAT aest влат",
    "11": "MAGT aedt магт",
    "12": "PETT nzst анат",
    "-4": "EDT",
    "-5": "EST cdt",
    "-6": "CST mdt",
    "-7": "MST pdt",
    "-8": "PST akdt",
    "-9": "AKST",
    "-10": "HST",
}
_PLACES = {
    "Europe/Moscow": """
        московское время; по московскому времени; по Москве; время московское; Москва; Moscow; Moscow time;
        Moscow Standard Time; Russian Standard Time; московско време; RTZ 2
    """,
    "Europe/Sofia": """
        Sofia; София; по Софии; софийское время; Sofia time; софийско време; българско време; по София
    """,
    "Europe/Samara": "Samara; Самара; самарское время; по Самаре",
    "Asia/Yekaterinburg": "Yekaterinburg; Екатеринбург; екатеринбургское время; по Екатеринбургу",
    "Asia/Novosibirsk": "Novosibirsk; Новосибирск; новосибирское время; по Новосибирску",
    "Asia/Vladivostok": "Vladivostok; Владивосток; владивостокское время; по Владивостоку",
    "Europe/Kaliningrad": "Kaliningrad; Калининград; калининградское время; по Калининграду",
    "Europe/London": "London; GMT Standard Time; London time; Лондон",
    "America/New_York": "New York; Eastern Time; Eastern Standard Time; Eastern Daylight Time; ET",
    "America/Chicago": "Chicago; Central Time; Central Standard Time; Central Daylight Time; CT",
    "America/Denver": "Denver; Mountain Time; Mountain Standard Time; Mountain Daylight Time; MT",
    "America/Los_Angeles": "Los Angeles; Pacific Time; Pacific Standard Time; Pacific Daylight Time; PT",
    "Europe/Berlin": "Berlin; W. Europe Standard Time; Central European Standard Time; Берлин",
    "Europe/Paris": "Paris; Romance Standard Time; Париж",
    "Europe/Warsaw": "Warsaw; Central European Time; Central European Summer Time; Варшава",
    "Europe/Kyiv": "FLE Standard Time; Eastern European Time; Eastern European Summer Time",
    "Europe/Athens": "Athens; GTB Standard Time; E. Europe Standard Time; Афины; Атина",
    "Asia/Almaty": "Almaty; Алматы; центральная Азия; Central Asia Standard Time",
    "UTC": "Coordinated Universal Time; universal time; всемирное время; Greenwich Mean Time; по Гринвичу",
}


def _hours(text: str, at: datetime = _WINTER) -> float | None:
    zone = zone_of(text)
    offset = None if zone is None else zone.utcoffset(at.replace(tzinfo=None))
    return None if offset is None else offset / timedelta(hours=1)


@pytest.mark.parametrize("hours", list(_LETTERS))
def test_letters_are_as_far_from_utc_as_they_say_in_summer_too(hours: str) -> None:
    words = _LETTERS[hours].split()
    assert [_hours(word) for word in words] == [float(hours)] * len(words)
    assert [_hours(word, _SUMMER) for word in words] == [float(hours)] * len(words)


@pytest.mark.parametrize("zone", list(_PLACES))
def test_names_of_places(zone: str) -> None:
    names = [" ".join(name.split()) for name in _PLACES[zone].split(";")]
    assert [str(zone_of(name)) for name in names] == [zone] * len(names)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        *(("+03:00", 3), ("+0300", 3), ("+3", 3), ("-05:30", -5.5), ("−0430", -4.5), ("–3", -3), ("+ 3", 3)),
        *(("UTC+3", 3), ("GMT-5", -5), ("utc +05:30", 5.5), ("+03:00:00", 3), ("гринвич+2", 2), ("УТ+2", 2)),
        *(("MSK+2", 5), ("мск-1", 2), ("МСК +7", 10), ("MSK−2", 1)),
        *(("+14", 14), ("-14:00", -14), ("MSK+11", 14), ("MSK-17", -14)),
        *(("+0300 (MSK)", 3), ("(GMT+3) Moscow", 3), ("Moscow (GMT+3)", 3), ("GMT+3 Moscow", 3)),
        *(("+0300 MSK", 3), ("(UTC+03:00) Moscow, St. Petersburg", 3), ("(нечто) [+04:00]", 4)),
        *(
            ("America/Argentina/Salta", -3),
            ("Etc/GMT+3", -3),
            ("ч. EET", 2),
            ("ч МСК", 3),
            ("o'clock CET", 1),
        ),
        *(
            ("hrs +2", 2),
            ("Uhr MEZ", 1),
            ("часов по Москве", 3),
            ("часа мск", 3),
            ("час мск", 3),
            ("h UTC", 0),
        ),
    ],
)
def test_offsets_and_places_and_both(text: str, hours: float) -> None:
    assert _hours(text) == hours


@pytest.mark.parametrize("text", ["", "  ", "ч.", "часов", "h", ", ;"])
def test_nothing_is_no_zone(text: str) -> None:
    assert zone_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "IST",
            "AST",
            "чушь",
            "+15",
            "-14:01",
            "MSK+12",
            "MSK-18",
            "Europe/Nowhere",
            "GMT+3 25",
            "+3 (4",
            "()",
        ),
        *("+3 (4", "()", "Moscow и ещё", "abc +3", "(чушь)", "часовой"),
    ],
)
def test_what_is_no_zone_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time zone"):
        zone_of(text)


def test_of_a_long_text_only_its_beginning_is_shown() -> None:
    with pytest.raises(ValueError, match=f"^“{'я' * 40}” is not a time zone$"):
        zone_of("я" * 60)
