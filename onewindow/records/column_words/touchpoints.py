"""Headers of files with meetings, and with the rules by which we stay in touch."""

from __future__ import annotations

from onewindow.records.column_words.requests import (
    EXTERNAL,
    OF_CLIENT,
    OF_STAFF,
)

_TIER = "tier; level; service level; уровень; уровень обслуживания; ниво"
_KIND = "how; channel; kind of touch; touch kind; способ; канал; вид касания; начин"

MEETING: dict[str, str] = {
    "external_id": EXTERNAL + "; meeting id; id встречи",
    "client_id": OF_CLIENT,
    "staff_id": OF_STAFF,
    "title": "subject; title; topic; meeting; тема; встреча; тема встречи; название; среща; заглавие",
    "starts_at": """
        when; starts at; start; date; date and time; begin; когда; начало; дата; дата и время; дата и час
    """,
    "minutes": "minutes; duration; length; минут; минуты; длительность; минути; продължителност",
    "form": "form; type; kind; форма; вид; тип; формат",
    "place": "place; location; link; address; where; место; ссылка; адрес; где; място; връзка; къде",
    "agenda": "agenda; plan; text; notes; повестка; план; текст; дневен ред",
    "state": "state; status; состояние; статус; състояние",
    "reason": "why moved; reason; причина; причина переноса; причина за отлагане",
    "result": "result; outcome; итог; результат; что решили; резултат",
}

CADENCE: dict[str, str] = {
    "external_id": EXTERNAL + "; cadence id",
    "name": "name; cadence; название; правило; име",
    "tier": _TIER,
    "every_days": "every days; every working days; days; раз в дней; рабочих дней; на колко дни",
    "touch_kind": _KIND,
    "alarm_days": "alarm days; alarm after days; тревога через дней; аларма след дни",
    "review_days": "review days; reviewed every days; разбор раз в дней; преглед на дни",
    "valid_from": "valid from; since; from; действует с; с даты; в сила от",
}

OCCASION: dict[str, str] = {
    "external_id": EXTERNAL + "; occasion id",
    "name": "name; occasion; название; повод; име",
    "reason": "reason; kind; причина; вид; вид повода; причина за контакт",
    "after_months": "months after; after months; через месяцев; месяцев после; след месеца",
    "after_days": "days after; after days; через дней; дней после; след дни",
    "touch_kind": _KIND,
    "tier": _TIER,
    "is_on": "in force; on; active; включено; действует; активно",
}

HOLIDAY: dict[str, str] = {
    "external_id": EXTERNAL + "; holiday id",
    "name": "name; holiday; название; праздник; име",
    "day": "day; date; day of the year; день; дата; ден",
    "country": "country; страна; държава",
    "industry": "industry; branch; отрасль; отрасъл; бранш",
    "days_before": "days before; days ahead; за дней; дней до; дни преди",
}
