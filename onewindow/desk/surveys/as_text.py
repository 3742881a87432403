"""Results of surveys for people and programs: sentences with n and interval, rows of plain fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onewindow.desk.session.context import Session
from onewindow.desk.surveys.results import FollowUp, Person, QuestionResult, SurveyResult
from onewindow.metrics.feedback.question_score import QuestionScore
from onewindow.metrics.intervals import Estimate
from onewindow.records.feedback import Survey
from onewindow.records.survey_questions import Question
from onewindow.text.clean import clean
from onewindow.text.dates import format_date, to_local
from onewindow.text.plural import counted

PEOPLE_SHOWN = 12
"""So many names stand in a group, then how many more there are."""
WORDS_SHOWN = 5
COLUMNS = (
    *("survey_id", "survey", "question", "text", "metric", "lowest", "highest", "direction", "aspect"),
    *("by", "part", "n", "value", "value_low", "value_high", "share", "share_low", "share_high"),
    *("promoters", "passives", "detractors", "is_few", "is_paid_for"),
)
"""The field names of `machine_rows`."""
PEOPLE_COLUMNS = ("question", "group", "client_id", "client", "contact", "mark", "said", "at")


def result_lines(session: Session, result: SurveyResult, by: str = "all") -> list[str]:
    """A whole result in lines."""
    lines = [head(session, result)]
    if result.is_paid_for:
        lines.append(paid_warning(result.survey))
    for asked in result.questions:
        if asked.part:
            lines.append(f"  {asked.part}: {score_text(asked)}")
            continue
        lines += ["", question_title(asked.question), f"  {score_text(asked)}"]
        lines += [f"  {line}" for line in _detail(asked)]
        if by != "all" and any(part.part for part in result.questions):
            lines.append(f"  by {by}:")
    if result.loop.n:
        lines += ["", *loop_lines(session, result)]
    return lines


def head(session: Session, result: SurveyResult) -> str:
    """Which survey it is, how many answered and when."""
    survey = result.survey
    when = ""
    if result.responses:
        first, last = (_day(session, at) for at in (result.first_at, result.last_at))
        when = f", {first}" if first == last else f", {first} – {last}"
    after = f" · after {clean(survey.touchpoint)}" if survey.touchpoint else ""
    people = counted(result.responses, "answer", "answers")
    return f"{clean(survey.title)} · {survey.survey_kind} survey{after} · {people}{when}"


def paid_warning(survey: Survey) -> str:
    """What stands beside scores for which something was given."""
    return (
        f"! Something was given for an answer ({clean(survey.incentive)}): marks that are paid for run high;"
        " compare them only with each other."
    )


def question_title(question: Question) -> str:
    """A question with its number, scale and aspect."""
    aspect = f" · {clean(question.aspect)}" if question.aspect else ""
    return f"{question.number}  {clean(question.text)}  ({question.scale}{aspect})"


def score_text(asked: QuestionResult) -> str:
    """The number of a question with its interval and n; counts alone where fewer than ten answered."""
    score = asked.score
    if score is None:
        return counted(len(asked.words), "answer in words", "answers in words")
    counts = _counts(asked.question, score)
    if not score.n:
        return "no answer yet"
    if score.value is None:
        return f"n {score.n}, too few for a number: {counts}"
    return f"{_number(asked.question, score)}, n {score.n}: {counts}"


def _number(question: Question, score: QuestionScore) -> str:
    if score.value is None:
        return ""
    if question.metric == "nps":
        return (
            f"NPS {signed(score.value.value)} ({signed(score.value.low, 1)} … {signed(score.value.high, 1)})"
        )
    if question.metric == "csat":
        return f"satisfied {share_text(score.value)}"
    span = f"mean {score.value.value:.2f} ({score.value.low:.2f} … {score.value.high:.2f})"
    if question.metric == "ces" and score.share is not None:
        return f"effort: {span}, easy {share_text(score.share)}"
    return span


def _counts(question: Question, score: QuestionScore) -> str:
    if question.metric == "nps":
        return ", ".join(
            counted(score.groups.get(group, 0), group, f"{group}s")
            for group in ("promoter", "passive", "detractor")
        )
    return ", ".join(f"{count} × {mark}" for mark, count in sorted(score.counts.items(), reverse=True))


def share_text(share: Estimate) -> str:
    """A share in per cent with its interval to a tenth: `80.0 % (49.0–94.3)`."""
    return f"{share.value * 100:.1f} % ({share.low * 100:.1f}–{share.high * 100:.1f})"


def signed(value: float, digits: int = 0) -> str:
    """A number with the minus sign of print: `−11.7`."""
    text = f"{value:.{digits}f}"
    return ("0" if not float(text) else text).replace("-", "−")


def _detail(asked: QuestionResult) -> Iterator[str]:
    for group, people in asked.groups:
        if people:
            yield f"{group}s: {_named(people)}"
    for reason in asked.reasons:
        yield f"{clean(reason.code)}: {share_text(reason.share)} of {reason.share.n}"
    for person in asked.words[:WORDS_SHOWN]:
        yield f"«{clean(person.said)}» {_called(person)}"
    if len(asked.words) > WORDS_SHOWN:
        yield f"and {len(asked.words) - WORDS_SHOWN} more"


def _named(people: Iterable[Person]) -> str:
    shown = [f"{_called(person)} {person.mark}" for person in people]
    more = len(shown) - PEOPLE_SHOWN
    return "; ".join(shown[:PEOPLE_SHOWN]) + (f"; and {more} more" if more > 0 else "")


def _called(person: Person) -> str:
    return f"{clean(person.client)} ({clean(person.contact)})" if person.contact else clean(person.client)


def loop_lines(session: Session, result: SurveyResult) -> list[str]:
    """How many low marks were answered, and those that were not with the day by which they are due."""
    loop = result.loop
    rate, in_time = loop.rate, loop.in_time_rate
    if rate is None or in_time is None:
        return []
    lines = [
        f"low marks followed up: {loop.closed} of {loop.n}, {share_text(rate)};"
        f" within 2 working days: {loop.in_time}, {share_text(in_time)}"
    ]
    lines += [
        f"  {_called(follow_up.person)} {follow_up.person.mark}: {_outcome(session, follow_up)}"
        for follow_up in result.low_marks[-PEOPLE_SHOWN:]
    ]
    if len(result.low_marks) > PEOPLE_SHOWN:
        lines.append(f"  and {len(result.low_marks) - PEOPLE_SHOWN} earlier ones")
    return lines


def _outcome(session: Session, follow_up: FollowUp) -> str:
    if follow_up.done_at:
        by = f" by {clean(follow_up.closed_by)}" if follow_up.closed_by else ""
        return f"answered {_day(session, follow_up.done_at)}{by}"
    if follow_up.due_on is None:
        return "not answered, nobody follows it up"
    return f"not answered, due {format_date(follow_up.due_on, session.today())}"


def machine_rows(result: SurveyResult, by: str = "all") -> Iterator[dict[str, object]]:
    """A row for each question and part with stable field names; NPS in points, shares 0 to 1."""
    for asked in result.questions:
        question, score = asked.question, asked.score
        value, share = (score.value, score.share) if score else (None, None)
        values = (
            *(result.survey.id, result.survey.title, question.number, question.text, question.metric),
            *((question.lowest, question.highest) if question.is_scored else (None, None)),
            *(question.direction if question.is_scored else None, question.aspect),
            *(by if asked.part else "all", asked.part, score.n if score else len(asked.words)),
            *_bounds(value),
            *_bounds(share),
            *(_group_counts(score) if question.metric == "nps" and score else (None, None, None)),
            *(score.is_few if score else None, result.is_paid_for),
        )
        yield dict(zip(COLUMNS, values, strict=True))


def people_rows(result: SurveyResult) -> Iterator[dict[str, object]]:
    """A row for each person in a group of NPS, and for each answer in words."""
    for asked in result.questions:
        if asked.part:
            continue
        for group, people in (*asked.groups, ("words", asked.words)):
            for person in people:
                values = (
                    *(asked.question.number, group, person.client_id, person.client, person.contact),
                    *(person.mark, person.said, person.at),
                )
                yield dict(zip(PEOPLE_COLUMNS, values, strict=True))


def _group_counts(score: QuestionScore) -> tuple[int, int, int]:
    counts = score.groups
    return counts.get("promoter", 0), counts.get("passive", 0), counts.get("detractor", 0)


def _bounds(estimate: Estimate | None) -> tuple[float | None, float | None, float | None]:
    if estimate is None:
        return None, None, None
    return round(estimate.value, 4), round(estimate.low, 4), round(estimate.high, 4)


def _day(session: Session, at: str) -> str:
    return format_date(to_local(at, session.zone).date().isoformat(), session.today())
