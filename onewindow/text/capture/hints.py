"""What the words of a title suggest: urgency, kind and department, in English, Russian and Bulgarian.

The words that name a priority or kind outright stand with the field, in `records/requests_words.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.text.fold import fold

_URGENT_BY_ITSELF = "срочно срочный срочная срочное спешно спешен спешна urgent urgently asap веднага"

_KIND_STEMS = {
    "complaint": "жалоб жалуе недоволен недовольн претензи возмущ безобраз complain dissatisf unhappy оплак"
    " жалба недоволн възмут",
    "access": "доступ парол войти вход логин учётк учетк учётн учетн пользовател достъп вляз влез вписв"
    " потребител профил access password login signin account log-in",
    "documents": "акт акты акта актов актове счёт счет счёта счета договор сверк"
    " накладн упд закрывающ реквизит фактур invoice contract"
    " waybill paperwork декларац спецификац",
    "training": "обучен обучить научи инструктаж вебинар обучи training teach webinar onboard",
    "fault": "ошибк сбой сломал завис вылет падает упал авари глючит грешк срив счупен забив"
    " error crash broken freez fail bug fault",
    "question": "вопрос подскажите как почему когда сколько можно въпрос дали защо кога колко"
    " question how why when",
}
_WHOLE = (
    "акт акты акта актов счёт счет счёта счета вход как почему когда можно дали защо кога how why when bug"
)
_WHOLE_WORDS = frozenset(map(fold, _WHOLE.split()))
"""Short stems that are parts of many other words: only the whole word counts."""
_FAULT_PAIRS = (("не", "работает"), ("не", "работи"), ("not", "working"), ("не", "запускается"))

_TO_SALES = "лид лида лиды lead leads лийд лийдове потенциален"
_TO_FINANCE = "долг долги долга задолженность debt debts дълг дългове задължение задължения"
_SALES_STEMS = "потенциальн потенциалн prospect"
_FINANCE_STEMS = "задолженн задължени overdue"


def _by_word(table: dict[str, str]) -> dict[str, str]:
    return {fold(word): meaning for meaning, words in table.items() for word in words.split()}


DEPARTMENTS = _by_word({"sales": _TO_SALES, "finance": _TO_FINANCE})
"""Folded word → the department outside of ours that takes such a thing, as in #лид and #долг."""

_URGENT = frozenset(map(fold, _URGENT_BY_ITSELF.split()))
_STEMS = [(kind, [fold(stem) for stem in stems.split()]) for kind, stems in _KIND_STEMS.items()]
_PAIRS = frozenset((fold(first), fold(second)) for first, second in _FAULT_PAIRS)
_OUTSIDE = [
    ("sales", [fold(stem) for stem in _SALES_STEMS.split()]),
    ("finance", [fold(stem) for stem in _FINANCE_STEMS.split()]),
]


def guessed_kind(words: Sequence[str]) -> tuple[str, str]:
    """The kind of request that words suggest, and the words that tell it; two empty texts for none."""
    keys = [fold(word) for word in words]
    for kind, stems in _STEMS:
        for place, key in enumerate(keys):
            if kind == "fault" and (key, *keys[place + 1 : place + 2]) in _PAIRS:
                return kind, " ".join(words[place : place + 2])
            if any(_tells(key, stem) for stem in stems):
                return kind, words[place]
    return "", ""


def guessed_department(words: Sequence[str]) -> tuple[str, str]:
    """Sales for a lead or finance for a debt that words tell of, and the word; else two empty texts."""
    for word in words:
        key = fold(word)
        if key in DEPARTMENTS:
            return DEPARTMENTS[key], word
        for department, stems in _OUTSIDE:
            if any(key.startswith(stem) for stem in stems):
                return department, word
    return "", ""


def first_urgent(words: Sequence[str]) -> str:
    """The first word that says urgency by itself, '' for none."""
    return next((word for word in words if fold(word) in _URGENT), "")


def _tells(word: str, stem: str) -> bool:
    return word == stem if stem in _WHOLE_WORDS or len(stem) < 4 else word.startswith(stem)
