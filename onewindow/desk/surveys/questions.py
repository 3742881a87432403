"""The text of a survey read as its questions: a line each, behind bars its scale, its aspect, its reasons.

    Would you recommend us?
    Were we fast enough? | csat 0-5 | speed
    How hard was it to order? | ces 1-7 | ordering
    Why did you choose us? | reasons: price, advice of others, the people | ru: Почему вы выбрали нас?

The first question has the scale of the survey itself. A further one without a scale is answered in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TypeGuard, get_args

from onewindow.records.feedback import Survey, SurveyDirection, SurveyMetric
from onewindow.records.structs import frozen_struct
from onewindow.records.survey_questions import Question, QuestionMetric
from onewindow.text.choices import read_word
from onewindow.text.fold import fold

MOST_QUESTIONS = 5
"""People answer so many questions at most."""
_LINE = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
# A letter has to follow: "1.5" and "10." at the end of a sentence begin no question.
_NUMBERED = re.compile(r"(?:^|[\s;])\(?\d{1,2}[.)](?=\s*[^\W\d])")
_LETTER = re.compile(r"[^\W\d_]")
_ASKED = re.compile(r"[^?？؟;；]+[?？؟]*")
_SPAN = re.compile(r"(?<!\d)(\d{1,3})\s*(?:-|–|—|\.{2,3}|…|до|to)\s*(\d{1,3})(?!\d)")
_LABELLED = re.compile(r"\s*(?P<label>[^\W\d_]+)\s*:\s*(?P<rest>.*)", re.DOTALL)
_LANGUAGES = frozenset({"ru", "bg", "en"})
_METRICS: tuple[SurveyMetric, ...] = get_args(SurveyMetric)
_DIRECTIONS: tuple[SurveyDirection, ...] = get_args(SurveyDirection)
_IN_WORDS = frozenset(
    {*("words", "in words", "text", "open"), *map(fold, ("словами", "текст", "свободный ответ", "с думи"))}
)
_REASONS = frozenset({"reasons", "codes", *map(fold, ("причины", "причини", "коды", "кодове"))})
_ASPECT = frozenset({"aspect", "about", *map(fold, ("аспект", "о чём", "относно"))})
_KNOWN_ASPECTS = {
    "self-service": ("self service", "самообслуживание", "самообслужване", "портал", "личный кабинет"),
    "ordering": ("ordering", "order", "заказ", "оформление заказа", "поръчка", "поръчване"),
}
"""Aspects that are compared over all surveys, and what else people call them."""
_ASPECT_NAMES = {fold(word): name for name, words in _KNOWN_ASPECTS.items() for word in words}


@frozen_struct
class Scale:
    """The scales that a metric may have, the usual one first, and which end of them is good."""

    spans: tuple[tuple[int, int], ...]
    direction: SurveyDirection
    why: str


SCALES = {
    "nps": Scale(((0, 10),), "higher_is_better", "NPS is asked from 0 to 10, higher is better"),
    "csat": Scale(((0, 5), (1, 5)), "higher_is_better", "CSAT is asked from 0 to 5, higher is better"),
    "ces": Scale(
        ((0, 5), (1, 7)), "lower_is_better", "CES is asked from 0 to 5 or from 1 to 7, lower is better"
    ),
}
"""What each metric fixes; `other` has any scale."""


@frozen_struct
class TypedQuestion:
    """A question as it is typed: what its line says, and None or '' where it says nothing."""

    text: str
    metric: SurveyMetric | None = None
    span: tuple[int, int] | None = None
    direction: SurveyDirection | None = None
    aspect: str = ""
    reasons: tuple[str, ...] = ()
    in_words: bool = False
    translations: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    """Why its line cannot be read, one sentence."""

    @property
    def has_scale(self) -> bool:
        """Whether the line says how a mark is given."""
        return bool(self.metric or self.span or self.direction)


@lru_cache(maxsize=256)
def typed_questions(text: str) -> tuple[TypedQuestion, ...]:
    """The questions that a text asks, whether they stand a line each, in one line, or under numbers."""
    return tuple(question for line in _LINE.split(text) for question in _of_line(line))


def questions_of(survey: Survey) -> tuple[Question, ...]:
    """The questions of a survey in their order, each with its scale."""
    return _questions(survey.questions, survey.metric, survey.scale_min, survey.scale_max, survey.direction)


@lru_cache(maxsize=256)
def _questions(
    text: str, metric: SurveyMetric, lowest: int, highest: int, direction: SurveyDirection
) -> tuple[Question, ...]:
    first = Question(1, text.strip(), metric, lowest, highest, direction)
    questions: list[Question] = []
    for number, typed in enumerate(typed_questions(text)[:MOST_QUESTIONS], 1):
        if number == 1 and not (typed.in_words or typed.reasons):
            asked = Question(
                1, typed.text, metric, lowest, highest, direction, typed.aspect, (), typed.translations
            )
        else:
            asked = _question(number, typed)
        questions.append(asked)
    return tuple(questions) or (first,)


def _question(number: int, typed: TypedQuestion) -> Question:
    if not typed.has_scale:
        scale: tuple[QuestionMetric, int, int, SurveyDirection] = ("words", 0, 0, "higher_is_better")
        return Question(number, typed.text, *scale, typed.aspect, typed.reasons, typed.translations)
    metric = typed.metric or "other"
    fixed = SCALES.get(metric)
    lowest, highest = typed.span or (fixed.spans[0] if fixed else (0, 10))
    direction = typed.direction or (fixed.direction if fixed else "higher_is_better")
    return Question(
        number, typed.text, metric, lowest, highest, direction, typed.aspect, (), typed.translations
    )


def scale_problem(metric: str, lowest: int, highest: int, direction: str) -> tuple[str, str]:
    """What is wrong with a scale: the field of a survey and a sentence; both '' if nothing is."""
    scale = SCALES.get(metric)
    if scale is None:
        return ("", "") if highest > lowest else ("scale_max", "the highest mark must be above the lowest.")
    if (lowest, highest) not in scale.spans:
        field = "scale_max" if lowest in {low for low, _ in scale.spans} else "scale_min"
        return field, f"{scale.why}; another scale is of the metric “other”."
    if direction != scale.direction:
        return "direction", f"{scale.why}."
    return "", ""


def text_problem(survey: Survey) -> str:
    """Why the text of a survey cannot be asked, one sentence; '' if it can."""
    typed = typed_questions(survey.questions)
    if len(typed) > MOST_QUESTIONS:
        return f"{len(typed)} questions are too many: people answer five at most."
    for number, question in enumerate(typed, 1):
        if problem := question.problem or _problem_of(number, question, survey):
            return f"question {number}: {problem}"
    if sum(bool(question.reasons) for question in typed) > 1:
        return "only one question of a survey has coded reasons; leave the others to plain words."
    return ""


def _problem_of(number: int, typed: TypedQuestion, survey: Survey) -> str:
    if typed.in_words and typed.has_scale:
        return "it is answered in words or by a mark, not both; ask two questions."
    if typed.reasons and typed.has_scale:
        return "coded reasons belong to a question that is answered in words; ask why in a line of its own."
    if number == 1:
        return _first_problem(typed, survey)
    if typed.aspect and not typed.has_scale:
        return (
            f"“{typed.aspect}” is no scale; write nps, csat 0-5, ces 0-5, other 1-10 or words behind the bar."
        )
    if typed.metric == "other" and typed.span is None:
        return "write the marks of its scale too: other 1-10."
    asked = _question(number, typed)
    return (
        scale_problem(asked.metric, asked.lowest, asked.highest, asked.direction)[1]
        if asked.is_scored
        else ""
    )


def _first_problem(typed: TypedQuestion, survey: Survey) -> str:
    said = (
        typed.metric not in (None, survey.metric)
        or typed.span not in (None, (survey.scale_min, survey.scale_max))
        or typed.direction not in (None, survey.direction)
    )
    if said:
        return "the first question has the metric and the marks of the survey; change them there."
    if (typed.in_words or typed.reasons) and survey.metric != "other":
        return f"{survey.metric.upper()} is asked first, by a mark; choose the metric “other” for words."
    return ""


def _of_line(line: str) -> Iterator[TypedQuestion]:
    head, *parts = line.split("|")
    texts = _split(head)
    for text in texts[:-1]:
        yield TypedQuestion(text)
    if texts:
        yield _with_parts(texts[-1], parts)


def _split(head: str) -> list[str]:
    """The questions of a line, without the numbers before them."""
    asked = [part for part in _ASKED.findall(head) if _LETTER.search(part)]
    starts = [match.start() for match in _NUMBERED.finditer(head)]
    # The larger count, never the sum: a numbered question has its question mark too.
    if len(starts) > len(asked):
        edges = [0, *starts[1:], len(head)]
        asked = [head[begin:end] for begin, end in pairwise(edges)]
    return [_NUMBERED.sub("", part, count=1).strip(" ;；") for part in asked]


def _with_parts(text: str, parts: list[str]) -> TypedQuestion:
    typed = TypedQuestion(text)
    for part in parts:
        if part.strip():
            typed = _with_part(typed, " ".join(part.split()))
    return typed


def _with_part(typed: TypedQuestion, part: str) -> TypedQuestion:
    labelled = _LABELLED.fullmatch(part)
    label = fold(labelled["label"]) if labelled else ""
    if labelled and label in _REASONS:
        codes = tuple(code.strip() for code in re.split(r"[,;]", labelled["rest"]) if code.strip())
        problem = "" if len(codes) > 1 else "name two coded reasons at least, with commas between."
        return _also(typed, reasons=codes, problem=problem)
    if labelled and label in _LANGUAGES:
        return _also(typed, translations=((label, labelled["rest"].strip()),))
    if labelled and label in _ASPECT:
        return _also(typed, aspect=_aspect(labelled["rest"]))
    if fold(part) in _IN_WORDS:
        return _also(typed, in_words=True)
    span = _SPAN.search(part)
    rest = f"{part[: span.start()]} {part[span.end() :]}".strip(" ,;") if span else part
    metric, direction, unknown = _scale_words(rest)
    if span and unknown:
        return _also(
            typed, problem=f"“{unknown}” is none of nps, csat, ces, other, and no direction of a scale."
        )
    if unknown:
        return _also(typed, aspect=_aspect(part))
    ends = (int(span[1]), int(span[2])) if span else None
    return _also(typed, metric=metric, span=ends, direction=direction)


def _also(
    typed: TypedQuestion,
    *,
    metric: SurveyMetric | None = None,
    span: tuple[int, int] | None = None,
    direction: SurveyDirection | None = None,
    aspect: str = "",
    reasons: tuple[str, ...] = (),
    in_words: bool = False,
    translations: tuple[tuple[str, str], ...] = (),
    problem: str = "",
) -> TypedQuestion:
    """The question with what one more part of its line says."""
    return TypedQuestion(
        typed.text,
        metric or typed.metric,
        span or typed.span,
        direction or typed.direction,
        aspect or typed.aspect,
        reasons or typed.reasons,
        in_words or typed.in_words,
        (*typed.translations, *translations),
        typed.problem or problem,
    )


def _scale_words(text: str) -> tuple[SurveyMetric | None, SurveyDirection | None, str]:
    """The metric and the direction that some words name, and the words that name neither."""
    words = text.replace(",", " ").split()
    for cut in range(len(words), -1, -1):
        metric = read_word("survey", "metric", _METRICS, " ".join(words[:cut])) if cut else None
        rest = " ".join(words[cut:])
        direction = read_word("survey", "direction", _DIRECTIONS, rest) if rest else None
        if _is_metric(metric) or not cut:
            if rest and direction is None:
                continue
            return metric if _is_metric(metric) else None, _direction(direction), ""
    return None, None, text


def _is_metric(word: str | None) -> TypeGuard[SurveyMetric]:
    return word in _METRICS


def _direction(word: str | None) -> SurveyDirection | None:
    return next((direction for direction in _DIRECTIONS if direction == word), None)


def _aspect(text: str) -> str:
    """An aspect as it is compared: one of those known to all surveys by its name, else as it is typed."""
    return _ASPECT_NAMES.get(fold(text), text.strip())
