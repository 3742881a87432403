"""Which time of a request a column holds by the words of its name, in three languages.

Programs decline them as the thing that they are of (`Создан`, `Создана`, `Создано`) and put day, time
or thing before or behind them (`Дата создания заявки`, `Open date`, `Ticket opened at`): each word has to be
known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_WORD = re.compile(r"[A-ZА-ЯЁ]?[a-zа-яё]+|[A-ZА-ЯЁ]+|[^\W_]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WHEN = _words("""
    date time day datetime timestamp when at on дата дату время момент день час когда ден време кога
    даты dates times времена сроки
""")
_BETWEEN = _words("of the and и в на за е по is was actual sys system фактическая фактическое utc msk мск")
_THINGS = _words("""
    ticket case request issue incident заявка заявки заявке обращение обращения тикет тикета
    инцидент инцидента запрос запроса задача задачи заявката запитване запитването
""")
_BESIDE: Mapping[str, frozenset[str]] = {
    "responded_at": _words("first initial первый первого первая первой първи първия първата първа"),
    "changed_at": _words("last latest последнее последнего последний последна последно последната"),
}
"""Words by field that may stand beside those that tell it."""
_DONE: Mapping[str, str] = {
    "opened_at": """
        создан открыт зарегистрирован заведен поступил получен принят подан оформлен добавлен заявлен
        създаден отворен регистриран постъпил приет подаден заявен
        opened created submitted logged raised reported registered received requested filed entered arrived
        lodged
    """,
    "responded_at": "отвечен отговорен answered responded replied",
    "resolved_at": """
        решен закрыт завершен выполнен исполнен устранен затворен приключен завършен изпълнен отстранен
        resolved solved closed completed finished fixed
    """,
    "changed_at": "изменен обновлен променен обновен changed updated modified",
}
"""Words by field that tell it alone, without the endings of what they are of."""
_DOING: Mapping[str, str] = {
    "opened_at": """
        создание открытие регистрация поступление получение
        создания открытия регистрации заведения поступления получения приема подачи оформления добавления
        създаване отваряне регистрация регистриране постъпване получаване приемане подаване
        завеждане заявяване
        open opening create creation submit submission log report registration receipt intake arrival
    """,
    "responded_at": "ответ реакция ответа реакции отговор answer response reply reaction",
    "resolved_at": """
        решение закрытие завершение выполнение исполнение устранение
        решения закрытия завершения выполнения исполнения устранения
        решаване затваряне приключване завършване изпълнение отстраняване
        resolution solution close closing closure completion finish
    """,
    "changed_at": "изменения обновления промяна обновяване update modification change",
}
"""Words by field that tell it beside a day or a time only."""
_ENDINGS = ("", "а", "о", "ы", "и")


def time_of_request(header: str) -> str:
    """The field of a request that a column with this name fills, '' for none."""
    words = [word.casefold().replace("ё", "е") for word in _WORD.findall(header)]
    done, doing = _done(), _doing()
    has_when = not _WHEN.isdisjoint(words)
    has_thing = not _THINGS.isdisjoint(words)
    fields = {meant for word in words if (meant := done.get(word) or doing.get(word))}
    if len(fields) > 1 or not (fields or (has_when and has_thing)):
        return ""
    field = fields.pop() if fields else "opened_at"
    if not has_when and not any(word in done for word in words):
        return ""
    others = _WHEN | _BETWEEN | _THINGS | _BESIDE.get(field, frozenset())
    return field if all(word in others or word in done or word in doing for word in words) else ""


@cache
def _done() -> Mapping[str, str]:
    return {
        f"{stem}{ending}": field
        for field, stems in _DONE.items()
        for stem in stems.split()
        for ending in _ENDINGS
    }


@cache
def _doing() -> Mapping[str, str]:
    return {word: field for field, words in _DOING.items() for word in words.split()}
