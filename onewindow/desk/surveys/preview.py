"""A survey as a client sees it, in each language, and what the program understood of each question."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.desk.surveys.questions import questions_of
from onewindow.exchange.surveys.wording import LANGUAGES, WORDS, scale_line
from onewindow.records.feedback import Survey
from onewindow.text.clean import clean

_NAMES = {"en": "English", "ru": "Russian", "bg": "Bulgarian"}
QUESTION_COLUMNS = (
    *("number", "text", "metric", "lowest", "highest", "direction", "aspect", "reasons"),
    *("text_ru", "text_bg", "text_en"),
)


def preview_lines(survey: Survey, language: str = "") -> list[str]:
    """The survey as a client sees it in one language, or in each of them."""
    languages = (language,) if language else LANGUAGES
    lines: list[str] = []
    for number, shown in enumerate(languages):
        lines += [*([""] if number else []), f"── {_NAMES[shown]} ──", *_client_lines(survey, shown)]
    return lines


def _client_lines(survey: Survey, language: str) -> Iterator[str]:
    words = WORDS[language]
    yield clean(survey.title)
    questions = questions_of(survey)
    for question in questions:
        yield f"{question.number}. {clean(question.text_in(language))}"
        yield f"   {scale_line(question, language)}"
        if question.reasons:
            yield f"   {' · '.join(map(clean, question.reasons))}"
    yield f"{words['other']}:"
    if survey.incentive.strip():
        yield f"{words['gift']}: {clean(survey.incentive)}"
    untold = [str(question.number) for question in questions if _is_untold(survey, question.number, language)]
    if untold:
        yield f"(no text in this language for question {', '.join(untold)}: it is shown as typed)"


def _is_untold(survey: Survey, number: int, language: str) -> bool:
    """Whether a question has translations, and none into a language."""
    question = questions_of(survey)[number - 1]
    return bool(question.translations) and language not in dict(question.translations)


def question_rows(survey: Survey) -> Iterator[dict[str, object]]:
    """A row for each question with stable field names."""
    for question in questions_of(survey):
        texts = dict(question.translations)
        values = (
            *(question.number, question.text, question.metric),
            *((question.lowest, question.highest) if question.is_scored else (None, None)),
            *(question.direction if question.is_scored else None, question.aspect),
            "; ".join(question.reasons),
            *(texts.get(language, "") for language in ("ru", "bg", "en")),
        )
        yield dict(zip(QUESTION_COLUMNS, values, strict=True))
