"""The words around the questions of a survey, in the languages of clients: the ends of scales, what to do."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.records.survey_questions import Question

LANGUAGES = ("en", "ru", "bg")

_ENDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "en": {
        "nps": ("not at all likely", "very likely"),
        "csat": ("not satisfied at all", "completely satisfied"),
        "ces": ("very easy", "very hard"),
        "higher_is_better": ("bad", "good"),
        "lower_is_better": ("good", "bad"),
    },
    "ru": {
        "nps": ("точно нет", "точно да"),
        "csat": ("совсем не доволен", "полностью доволен"),
        "ces": ("совсем легко", "очень трудно"),
        "higher_is_better": ("плохо", "хорошо"),
        "lower_is_better": ("хорошо", "плохо"),
    },
    "bg": {
        "nps": ("изключено", "със сигурност"),
        "csat": ("съвсем недоволен", "напълно доволен"),
        "ces": ("много лесно", "много трудно"),
        "higher_is_better": ("лошо", "добре"),
        "lower_is_better": ("добре", "лошо"),
    },
}
"""What the lowest and the highest mark mean: by metric, and of any other scale by its direction."""

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "in_words": "in your own words",
        "choose": "choose what fits",
        "skip": "no answer",
        "other": "anything else you want to tell us",
        "send": "Make the mail",
        "hint": "The button opens a mail with your answers; nothing is sent before you send it. "
        "If no mail opens, copy the text below and send it to",
        "gift": "For your answer",
        "thanks": "Thank you!",
        "subject": "Answers",
        "keep": "Please leave the lines below as they are.",
    },
    "ru": {
        "in_words": "своими словами",
        "choose": "отметьте подходящее",
        "skip": "без ответа",
        "other": "что ещё вы хотели бы сказать",
        "send": "Составить письмо",
        "hint": "Кнопка откроет письмо с вашими ответами; без вас ничего не отправится. "
        "Если письмо не открылось, скопируйте текст ниже и отправьте его на",
        "gift": "За ваш ответ",
        "thanks": "Спасибо!",
        "subject": "Ответы",
        "keep": "Пожалуйста, не меняйте строки ниже.",
    },
    "bg": {
        "in_words": "с ваши думи",
        "choose": "отбележете подходящото",
        "skip": "без отговор",
        "other": "какво друго искате да ни кажете",
        "send": "Състави писмо",
        "hint": "Бутонът отваря писмо с отговорите ви; без вас нищо не се изпраща. "
        "Ако писмо не се отвори, копирайте текста по-долу и го изпратете на",
        "gift": "За вашия отговор",
        "thanks": "Благодарим!",
        "subject": "Отговори",
        "keep": "Моля, не променяйте редовете по-долу.",
    },
}
"""What stands around the questions, by language."""


def ends(question: Question, language: str) -> tuple[str, str]:
    """What the lowest and the highest mark of a question mean in a language; raises KeyError for another."""
    words = _ENDS[language]
    return words.get(question.metric) or words[question.direction]


def scale_line(question: Question, language: str) -> str:
    """How a question is answered: `0 – very easy … 5 – very hard`, or that it is answered in words."""
    if not question.is_scored:
        return WORDS[language]["choose" if question.reasons else "in_words"]
    low, high = ends(question, language)
    return f"{question.lowest} – {low} … {question.highest} – {high}"
