"""What clients say in numbers: NPS, CSAT, CES, and whether they hear what became of their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from onewindow.desk.metrics.cases import Case, Metric, Reading
from onewindow.desk.metrics.periods import Span
from onewindow.desk.metrics.units import MARK, POINTS, SHARE
from onewindow.desk.session.context import Session
from onewindow.desk.surveys.answers import given_mark
from onewindow.desk.surveys.questions import questions_of
from onewindow.metrics.feedback.ces import EffortScale, ces
from onewindow.metrics.feedback.csat import csat
from onewindow.metrics.feedback.nps import nps, nps_group
from onewindow.metrics.figures import Figure, figure_of
from onewindow.metrics.intervals import wilson
from onewindow.records.feedback import Survey
from onewindow.records.survey_questions import Question
from onewindow.store import rows
from onewindow.store.engine import Store
from onewindow.store.metrics import heard
from onewindow.store.metrics.heard import AnswerRow, QuoteRow
from onewindow.text.dates import to_local

_GIFT = "# of the answers were asked for with a gift: such marks come out higher than others."
_OTHER_SCALE = "# answers on another scale are left out: marks of two scales are never mixed."
_SURVEYS = "survey responses, by the day of the answer; archived ones are left out"
_DECIDED = ("released", "declined")


def _scales(asked: Question) -> bool:
    """Whether a question was asked on a scale of its metric; files of other programs may bring any."""
    if asked.metric == "nps":
        return (asked.lowest, asked.highest) == (0, 10)
    if asked.metric == "csat":
        return asked.highest == 5 and asked.lowest in (0, 1)
    return asked.highest - asked.lowest >= 3


def _answers(metric: str, _session: Session, store: Store, span: Span) -> Iterator[Reading]:
    reading = Reading()
    asked = {survey.id: _asked(survey, metric) for survey in rows.fetch(store, Survey, "")}
    for page in heard.answers(store, span.begin, span.end):
        for row in page:
            reading.done += 1
            survey, questions = asked[row.survey_id]
            for question in questions:
                mark = given_mark(question, row)
                if mark is None:
                    continue
                if not _scales(question):
                    reading.note(_OTHER_SCALE)
                    continue
                reading.note(_GIFT, int(bool(survey.incentive)))
                part = _scale_name(question) if metric == "ces" else ""
                reading.cases.append(_answer(row, mark, survey.title, span, part))
        yield reading
    yield reading


def _asked(survey: Survey, metric: str) -> tuple[Survey, list[Question]]:
    return survey, [question for question in questions_of(survey) if question.metric == metric]


def _answer(row: AnswerRow, mark: int, survey: str, span: Span, part: str) -> Case:
    on = to_local(row.at, span.zone).date().isoformat()
    return Case(
        row.client_id, on, mark, part=part, label=survey, kind="survey_response", record_id=row.id,
        what=row.comment,
    )  # fmt: skip


def _scale_name(asked: Question) -> str:
    easy = "low is easy" if asked.direction == "lower_is_better" else "high is easy"
    return f"{asked.lowest}–{asked.highest}, {easy}"


def _nps(cases: Sequence[Case], _span: Span) -> Figure:
    found = nps(case.value for case in cases)
    return figure_of(
        found.score,
        found.n,
        promoters=found.promoters,
        passives=found.passives,
        detractors=found.detractors,
    )


def _csat(cases: Sequence[Case], _span: Span) -> Figure:
    found = csat(case.value for case in cases)
    satisfied = sum(case.value >= 4 for case in cases)
    return figure_of(found, satisfied=satisfied)


def _ces(cases: Sequence[Case], _span: Span) -> Figure:
    if not cases:
        return Figure(0)
    span, _, direction = cases[0].part.partition(", ")
    low, high = (int(end) for end in span.split("–"))
    found = ces((case.value for case in cases), EffortScale(low, high, direction == "low is easy"))
    if found is None:
        return Figure(0)
    easy = 100 * found.easy.value, 100 * found.easy.low, 100 * found.easy.high
    return figure_of(
        found.effort,
        **{"easy_%": round(easy[0], 1), "easy_from_%": round(easy[1], 1), "easy_to_%": round(easy[2], 1)},
    )


def _quotes(_session: Session, store: Store, span: Span) -> Iterator[Reading]:
    reading = Reading()
    for page in heard.quotes(store, span.first, span.last):
        for row in page:
            reading.done += 1
            reading.cases.append(_quote(row))
        yield reading
    yield reading


def _quote(row: QuoteRow) -> Case:
    decided = row.feature_state in _DECIDED
    value = ("told" if row.told_on else "untold") if decided else "undecided"
    return Case(
        row.client_id, row.said_on, value, row.staff_id or 0, row.product_id or 0,
        label=row.feedback_kind, kind="feedback", record_id=row.id, what=row.quote,
    )  # fmt: skip


def _loop(cases: Sequence[Case], _span: Span) -> Figure:
    counts = Counter(case.value for case in cases)
    decided = counts["told"] + counts["untold"]
    share = wilson(counts["told"], decided) if decided else None
    return figure_of(share, decided, quotes=len(cases), told=counts["told"], still_to_tell=counts["untold"])


def _marks(cases: Sequence[Case], _span: Span) -> list[tuple[str, int]]:
    """How many answers each mark has, the marks nobody gave between them too."""
    counts = Counter(case.value for case in cases)
    return [(str(mark), counts[mark]) for mark in range(min(counts, default=0), max(counts, default=-1) + 1)]


_LOOP_WORDS = {
    "told": "decided, client told",
    "untold": "decided, client not told",
    "undecided": "nothing decided",
}

NPS = Metric(
    name="nps",
    label="NPS",
    definition="Net promoter score: 100 × (promoters − detractors) / answers on the scale 0 to 10. "
    "Promoters gave 9 or 10, passives 7 or 8, detractors 0 to 6. The 95 % interval is adjusted Wald (three "
    "answers more, ¾ on each side). Below ten answers only the counts are given.",
    source=_SURVEYS,
    unit=POINTS,
    read=partial(_answers, "nps"),
    figure=_nps,
    behind=lambda case, _: f"{case.value} {nps_group(case.value)}",
    case_word="answers",
    distribution=_marks,
    label_word="survey",
)
CSAT = Metric(
    name="csat",
    label="CSAT",
    definition="Customer satisfaction: the share of answers 4 and 5 on a scale that ends at 5, with Wilson's "
    "95 % interval.",
    source=_SURVEYS,
    unit=SHARE,
    read=partial(_answers, "csat"),
    figure=_csat,
    behind=lambda case, _: f"{case.value} {'satisfied' if case.value >= 4 else 'not satisfied'}",
    case_word="answers",
    distribution=_marks,
    label_word="survey",
)
CES = Metric(
    name="ces",
    label="CES",
    definition="Customer effort: the mean of the marks given to how hard it was, with Student's 95 % "
    "interval cut to the scale, and beside it the share of answers on the two easiest marks with Wilson's "
    "interval. Each scale and direction stands for itself.",
    source=_SURVEYS,
    unit=MARK,
    read=partial(_answers, "ces"),
    figure=_ces,
    behind=lambda case, _: f"{case.value} of {case.part}",
    case_word="answers",
    distribution=_marks,
    better="lower",
    label_word="survey",
)
FEEDBACK = Metric(
    name="feedback",
    label="feedback answered",
    definition="Of the quotes of the period whose feature was released or declined, the share whose client "
    "was told so, with Wilson's 95 % interval. Quotes about what is not decided yet are counted beside it.",
    source="feedback by the day on which it was said, and the state of its feature today",
    unit=SHARE,
    read=_quotes,
    figure=_loop,
    behind=lambda case, _: _LOOP_WORDS[case.value],
    case_word="decided quotes",
    label_word="kind",
)
