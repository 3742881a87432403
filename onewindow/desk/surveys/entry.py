"""Answers that are heard on the telephone, question by question, until they are saved as one response."""

from __future__ import annotations

from typing import get_args

from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.desk.surveys.answers import read_mark
from onewindow.desk.surveys.questions import questions_of
from onewindow.records.clients import Channel
from onewindow.records.feedback import Survey, SurveyResponse
from onewindow.records.survey_questions import Question
from onewindow.store.engine import Value
from onewindow.store.problems import StoreProblem
from onewindow.text.choices import read_word

_CHANNELS: tuple[Channel, ...] = get_args(Channel)


class SurveyEntry:
    """The answers of one person to one survey, heard so far."""

    def __init__(
        self, session: Session, survey: Survey, client_id: int, contact_id: int | None, channel: str = "phone"
    ) -> None:
        """Begin without answers; raises StoreProblem for a channel that there is not."""
        way = channel if channel in _CHANNELS else read_word("survey_response", "channel", _CHANNELS, channel)
        if way is None:
            raise StoreProblem(f"“{channel}” is no channel; write {', '.join(_CHANNELS)}.")
        self._session = session
        self._start: dict[str, Value] = {
            "client_id": client_id,
            "survey_id": survey.id,
            "contact_id": contact_id,
            "channel": way,
        }
        self.survey = survey
        self.questions = questions_of(survey)
        self.given: dict[int, str] = {}
        """What was answered, by the number of the question: a mark or words."""
        self.reasons: list[str] = []
        """The coded reasons that were named."""

    def answer(self, question: Question, said: str) -> None:
        """Note an answer over an earlier one; an empty one takes it away. Raises StoreProblem for no mark."""
        said = said.strip()
        if not said:
            self.given.pop(question.number, None)
            return
        if question.is_scored:
            mark = read_mark(said)
            if mark is None or not question.lowest <= mark <= question.highest:
                raise StoreProblem(
                    f"Question {question.number} is answered by a mark from {question.lowest} to"
                    f" {question.highest}, not by “{said[:40]}”."
                )
            said = str(mark)
        self.given[question.number] = said

    def toggle_reason(self, code: str) -> None:
        """Name a coded reason, or take it back."""
        if code in self.reasons:
            self.reasons.remove(code)
        else:
            self.reasons.append(code)

    def save(self, comment: str = "", reasons: str = "") -> SurveyResponse:
        """Store the response; raises FieldProblems, also where nothing was answered."""
        values: dict[str, Value] = {"reasons": reasons or "; ".join(self.reasons)}
        words = [comment.strip()]
        for question in self.questions:
            said = self.given.get(question.number, "")
            if question.field == "score":
                values["score"] = int(said) if said else None
            elif question.field == "comment":
                words.insert(0, said)
            else:
                values[question.field] = said
        values["comment"] = "; ".join(part for part in words if part)
        at = self._session.now_text()
        response = SurveyResponse(at=at).with_changes({**self._start, **values})
        return changing.insert(self._session, response)
