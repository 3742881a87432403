"""What a survey came to: each question with its number and interval, who said what, and who was answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from onewindow.desk.segments import membership
from onewindow.desk.session.context import Session
from onewindow.desk.surveys.answers import answer_to, detractor_mark
from onewindow.desk.surveys.questions import questions_of
from onewindow.desk.surveys.scores import ALWAYS
from onewindow.metrics.feedback.nps import Group, nps_group
from onewindow.metrics.feedback.question_score import ClosedLoop, QuestionScore, score_of
from onewindow.metrics.intervals import Estimate, wilson
from onewindow.records.feedback import Survey
from onewindow.records.structs import frozen_struct
from onewindow.records.survey_questions import Question
from onewindow.store import surveys as survey_store
from onewindow.store.clients import segment_inputs
from onewindow.store.surveys import ResponseLine
from onewindow.text.dates import parse_utc, utc_text

GROUPS = ("all", "tier", "class", "owner", "segment", "channel", "language", "month")
"""What results can be parted by."""


@frozen_struct
class Person:
    """Somebody who answered: the client, the person, their mark, what they added, when (UTC text)."""

    client_id: int
    client: str
    contact: str
    mark: int | None
    said: str
    at: str


@frozen_struct
class Reason:
    """A coded reason: how many named it, and their share of those who gave any reason."""

    code: str
    share: Estimate


@frozen_struct
class QuestionResult:
    """One question of a survey, or of a part of its answers."""

    question: Question
    score: QuestionScore | None
    """None for a question that is answered in words."""
    part: str = ""
    """Which part of the answers it is: a tier, an owner, a month; '' for all."""
    groups: tuple[tuple[Group, tuple[Person, ...]], ...] = ()
    """Of NPS who is in each group, by name."""
    reasons: tuple[Reason, ...] = ()
    words: tuple[Person, ...] = ()
    """What was said in words, the latest first."""


@frozen_struct
class FollowUp:
    """A low mark and what became of it."""

    person: Person
    due_on: str | None
    done_at: str | None
    closed_by: str
    """The login of who finished its task; '' while nobody did."""


@frozen_struct
class SurveyResult:
    """A survey with its answers of a period."""

    survey: Survey
    responses: int
    first_at: str
    last_at: str
    questions: tuple[QuestionResult, ...]
    loop: ClosedLoop
    low_marks: tuple[FollowUp, ...]

    @property
    def is_paid_for(self) -> bool:
        """Whether a gift was given for answers, which makes them kinder than they are."""
        return bool(self.survey.incentive.strip())


def results(
    session: Session, survey: Survey, since: date | None = None, till: date | None = None, by: str = "all"
) -> SurveyResult:
    """What a survey came to between two days, both counted by the days of this person.

    `by` is one of GROUPS: each question stands once for all and then for each part. Raises ValueError for
    another word.
    """
    if by not in GROUPS:
        raise ValueError(f"“{by}” is none of {', '.join(GROUPS)}.")
    with session.store.read():
        lines = list(
            survey_store.response_lines(
                session.store, survey.id, begin_of(session, since), end_of(session, till)
            )
        )
        parts = _parts(session, lines, by)
        asked = [
            _question_result(question, part, name)
            for question in questions_of(survey)
            for name, part in (("", lines), *parts)
        ]
        low = tuple(_follow_ups(session, survey, lines))
    return SurveyResult(
        survey,
        len(lines),
        lines[0].response.at if lines else "",
        lines[-1].response.at if lines else "",
        tuple(asked),
        _loop(session, low),
        low,
    )


def _question_result(question: Question, lines: Sequence[ResponseLine], part: str) -> QuestionResult:
    answers = [(line, answer_to(question, line.response)) for line in lines]
    if not question.is_scored:
        said = [(line, answer) for line, answer in answers if answer.words]
        return QuestionResult(
            question,
            None,
            part,
            reasons=_reasons(question, [answer.reasons for _, answer in answers]),
            words=tuple(_person(line, None, answer.words) for line, answer in reversed(said)),
        )
    # A mark beyond the scale is no answer to it: older files may hold one.
    marked = [
        (line, answer.mark)
        for line, answer in answers
        if answer.mark is not None and question.lowest <= answer.mark <= question.highest
    ]
    score = score_of(question, [mark for _, mark in marked])
    groups = _groups(marked) if question.metric == "nps" else ()
    return QuestionResult(question, score, part, groups)


def _groups(marked: Iterable[tuple[ResponseLine, int]]) -> tuple[tuple[Group, tuple[Person, ...]], ...]:
    named: dict[Group, list[Person]] = {"promoter": [], "passive": [], "detractor": []}
    for line, mark in marked:
        named[nps_group(mark)].append(_person(line, mark, line.response.comment))
    return tuple(
        (group, tuple(sorted(people, key=lambda person: (person.client.casefold(), person.at))))
        for group, people in named.items()
    )


def _reasons(question: Question, given: list[tuple[str, ...]]) -> tuple[Reason, ...]:
    answered = [codes for codes in given if codes]
    if not answered:
        return ()
    counted = [
        Reason(code, wilson(sum(code in codes for codes in answered), len(answered)))
        for code in question.reasons
    ]
    return tuple(sorted(counted, key=lambda reason: -reason.share.value))


def _person(line: ResponseLine, mark: int | None, said: str) -> Person:
    return Person(line.response.client_id, line.client, line.contact, mark, said, line.response.at)


def _follow_ups(session: Session, survey: Survey, lines: Iterable[ResponseLine]) -> Iterable[FollowUp]:
    for line in lines:
        mark = detractor_mark(survey, line.response)
        if mark is None:
            continue
        is_done = line.task_status == "done"
        who = survey_store.closer_of(session.store, line.response.task_id or 0) if is_done else ""
        yield FollowUp(
            _person(line, mark, line.response.comment),
            line.task_due_on,
            line.task_done_at if is_done else None,
            who,
        )


def _loop(session: Session, low: Sequence[FollowUp]) -> ClosedLoop:
    zone = ZoneInfo(session.zone)
    closed = [follow_up for follow_up in low if follow_up.done_at]
    in_time = sum(
        parse_utc(follow_up.done_at or "").astimezone(zone).date().isoformat() <= follow_up.due_on
        for follow_up in closed
        if follow_up.due_on
    )
    return ClosedLoop(len(low), len(closed), in_time)


# parts


def _parts(
    session: Session, lines: Sequence[ResponseLine], by: str
) -> list[tuple[str, Sequence[ResponseLine]]]:
    if by == "all":
        return []
    if by == "segment":
        return _by_segment(session, lines)
    zone = ZoneInfo(session.zone)
    keys: dict[str, Callable[[ResponseLine], str]] = {
        "tier": lambda line: line.tier,
        "class": lambda line: line.client_class,
        "owner": lambda line: session.directory.surname(line.owner_id) or "nobody",
        "channel": lambda line: line.response.channel,
        "language": lambda line: line.language,
        "month": lambda line: f"{parse_utc(line.response.at).astimezone(zone):%Y-%m}",
    }
    parted: dict[str, list[ResponseLine]] = {}
    for line in lines:
        parted.setdefault(keys[by](line), []).append(line)
    return sorted(parted.items())


def _by_segment(session: Session, lines: Sequence[ResponseLine]) -> list[tuple[str, Sequence[ResponseLine]]]:
    """A client may be in several segments, so that the parts may hold more than the whole."""
    parts: list[tuple[str, Sequence[ResponseLine]]] = []
    for segment in segment_inputs.segments(session.store):
        members = set(membership.member_ids(session, segment.filter))
        part = [line for line in lines if line.response.client_id in members]
        if part:
            parts.append((segment.name, part))
    return parts


def begin_of(session: Session, day: date | None) -> str:
    """The first instant of a day here (UTC text), '' for all times."""
    return _midnight(session, day) if day else ""


def end_of(session: Session, day: date | None) -> str:
    """The first instant behind a day here (UTC text), which so counts whole; behind all times for none."""
    return _midnight(session, day + timedelta(days=1)) if day else ALWAYS[1]


def _midnight(session: Session, day: date) -> str:
    return utc_text(datetime.combine(day, time(), ZoneInfo(session.zone)))
