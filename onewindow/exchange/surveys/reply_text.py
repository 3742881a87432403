"""The lines by which a client answers a survey in a mail: what is sent to fill in, and what comes back.

#survey 62637421364200752
#code 63251180372162244
1 (0-10): 9
2: почините выгрузку
*: спасибо
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onewindow.exchange.surveys.wording import WORDS, scale_line
from onewindow.records.structs import frozen_struct
from onewindow.records.survey_questions import Question

COMMENT = "*"
"""Stands before whatever else the client wants to say."""
_QUOTED = re.compile(r"^[>|\s]+")
_MARKER = re.compile(r"#\s*(survey|code)\s*:?\s*(\d{1,19})\b", re.IGNORECASE)
_ANSWER = re.compile(r"([1-5]|\*)\s*(?:\([^)]*\))?\s*[:：]\s*(.*)")
_NUMBERED = re.compile(r"[1-5]\.\s")


@frozen_struct
class Reply:
    """What a client wrote back: ids of the survey and of the invitation, answers by number or `*`."""

    survey_id: int
    code: int | None
    answers: dict[str, str]


def reply_block(questions: Sequence[Question], language: str, survey_id: int, code: int | None) -> str:
    """The questions with the lines to fill in, in a language."""
    lines = [WORDS[language]["keep"], f"#survey {survey_id}"]
    lines += [f"#code {code}"] if code else []
    for question in questions:
        lines += [
            "",
            f"{question.number}. {one_line(question.text_in(language))}",
            f"   {scale_line(question, language)}",
            f"{question.number}{_hint(question)}: ",
        ]
    return "\n".join([*lines, "", WORDS[language]["other"], f"{COMMENT}: "])


def _hint(question: Question) -> str:
    if question.is_scored:
        return f" ({question.lowest}-{question.highest})"
    codes = "; ".join(code.replace(")", "") for code in question.reasons)
    return f" ({one_line(codes)})" if codes else ""


def one_line(text: str) -> str:
    """A text of the survey in one line, which no line of a reply can be taken for."""
    return " ".join(text.split())


def replies_in(text: str) -> list[Reply]:
    """The replies that a text holds, those of several surveys one after the other; quoted lines count too.

    Where a line stands twice, filled in and quoted empty, the one that says something counts.
    """
    found: list[Reply] = []
    last = ""
    for raw in text.splitlines():
        line = _QUOTED.sub("", raw).rstrip()
        marker = _MARKER.match(line)
        if marker:
            last = ""
            found = _marked(found, marker[1].casefold(), int(marker[2]))
        elif found:
            last = _answered(found[-1].answers, line, last)
    return [reply for reply in found if reply.survey_id]


def _marked(found: list[Reply], name: str, value: int) -> list[Reply]:
    if name == "survey":
        # The same survey again is what was quoted below the answer.
        if found and found[-1].survey_id == value:
            return found
        return [*found, Reply(value, None, {})]
    if found and found[-1].code is None:
        return [*found[:-1], Reply(found[-1].survey_id, value, found[-1].answers)]
    return found


def _answered(answers: dict[str, str], line: str, last: str) -> str:
    """Take a line as an answer, or as more of the last one in words; gives whose line comes next."""
    match = _ANSWER.fullmatch(line)
    if match:
        if match[2].strip():
            answers.setdefault(match[1], match[2].strip())
        return match[1]
    if not line or _NUMBERED.match(line) or line == "--":
        return ""
    if last and last in answers:
        answers[last] = f"{answers[last]} {line}"
    return last
