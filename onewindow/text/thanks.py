"""Telling a bare "thank you" from a message that wants something."""

from __future__ import annotations

from onewindow.text.fold import fold

_MOST_WORDS = 8
_MOST_UNKNOWN = 1
"""One word beside the thanks may be anything: mostly it is a name."""


def _stems(words: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in words.split())


_THANKS = _stems("спасиб благодар мерси thank thx cheers признател")
_POLITE = _stems(
    "больш огромн вам тебе за помощ всё все работает работи заработал получил получилос ок окей хорош отличн"
    " супер оператив быстр ответ решен понял принят очень оч много ви ти се и да уже теперь сейчас с"
    " уважением довол разобрал нас меня мы от души всичк помощта бърз реш"
    " very much many a lot so you for the your help all works working now ok okay great good fine it is"
    " got fast quick answer reply support best regards everything"
)
_WANTS = frozenset(
    _stems(
        "не нет ни но однако опять снова ещё еще только пока когда где почему жду ждём ждем прошу пожалуйста"
        " нужно надо можно можете хотел просьба вопрос проблема ошибка"
        " няма обаче ама пак още моля кога защо къде може искам трябва чакам чакаме въпрос проблем грешка"
        " not no but however again still yet when where why waiting please need can could question problem"
        " error never nothing cannot"
    )
)
"""Any of these turns thanks into a message; `не` alone makes `спасибо, не работает` one."""


def is_thanks(text: str) -> bool:
    """Whether a message says thank you and nothing else, in Russian, Bulgarian or English.

    It is short, asks nothing, brings no figures, and has at most one word that is neither thanks nor
    courtesy.
    """
    said = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))
    if "?" in said or any(character.isdigit() for character in said):
        return False
    words = fold(said).split()
    if not words or len(words) > _MOST_WORDS or not _WANTS.isdisjoint(words):
        return False
    others = [word for word in words if not word.startswith(_THANKS)]
    unknown = [word for word in others if not _is_polite(word)]
    return len(others) < len(words) and len(unknown) <= _MOST_UNKNOWN


def _is_polite(word: str) -> bool:
    # Short courtesies must be met whole: "a" begins half of all words.
    return any(word == stem or (len(stem) > 3 and word.startswith(stem)) for stem in _POLITE)
