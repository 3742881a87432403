"""The words people type for days, in English, Russian and Bulgarian."""

from __future__ import annotations

from typing import Literal

Unit = Literal["minute", "hour", "day", "week", "month", "year"]


def _numbered(*groups: str, first: int = 0) -> dict[str, int]:
    return {word: number for number, group in enumerate(groups, first) for word in group.split()}


NEAR_DAYS = {
    "today": 0, "tomorrow": 1, "yesterday": -1,
    "сегодня": 0, "завтра": 1, "послезавтра": 2, "вчера": -1, "позавчера": -2,
    "днес": 0, "утре": 1, "вдругиден": 2, "онзи ден": -2,
}  # fmt: skip
NOW = frozenset({"now", "сейчас", "сега"})

WEEKDAYS = _numbered(
    "monday mon понедельник пн понеделник пон",
    "tuesday tue tues вторник вт",
    "wednesday wed среда среду ср сряда",
    "thursday thu thur thurs четверг чт четвъртък",
    "friday fri пятница пятницу пт петък",
    "saturday sat суббота субботу сб събота",
    "sunday sun воскресенье вс неделя нд нед",
)
INFLECTED_WEEKDAYS = _numbered(
    "понедельника понедельнику понеделника",
    "вторника вторнику",
    "среды среде срядата",
    "четверга четвергу четвъртъка",
    "пятницы пятнице петъка",
    "субботы субботе съботата",
    "воскресенья воскресенью неделята неделя",
)
"""As they stand behind a word that leads a deadline: до пятницы."""

MONTHS = _numbered(
    "january jan январь января янв януари яну",
    "february feb февраль февраля фев февр февруари",
    "march mar март марта мар",
    "april apr апрель апреля апр април",
    "may май мая",
    "june jun июнь июня июн юни",
    "july jul июль июля июл юли",
    "august aug август августа авг",
    "september sep sept сентябрь сентября сен сент сеп септември септ",
    "october oct октябрь октября окт октомври",
    "november nov ноябрь ноября ноя нояб ное ноември ноем",
    "december dec декабрь декабря дек декември",
    first=1,
)
MONTH_STEMS = {word[:3]: number for word, number in MONTHS.items()}
"""The first three letters, by which a month is known in any form beside the number of a day."""
NOON = "(?:noon|midday|полдень|обед|пладне|обяд)"

_UNIT_WORDS: dict[Unit, str] = {
    "minute": "min mins minute minutes мин минута минуту минуты минут минути",
    "hour": "h hour hours ч час часа часов часове",
    "day": "d day days д дн день дня дней ден дни",
    "week": "w week weeks н неделю недели недель седмица седмици",
    "month": "mo month months мес месяц месяца месяцев месец месеца месеци",
    "year": "y year years г год года лет година години",
}
UNITS: dict[str, Unit] = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()}
