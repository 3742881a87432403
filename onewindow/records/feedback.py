"""What clients say and buy again: feedback, surveys, opportunities, revenue."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from onewindow.records.clients import CHANNELS, Channel
from onewindow.records.fields import Record, attribute, record

FeedbackKind = Literal["usage", "remark", "wish", "competitor", "reaction"]
SurveyMetric = Literal["nps", "csat", "ces", "other"]
SurveyDirection = Literal["higher_is_better", "lower_is_better"]
SurveyKind = Literal["relationship", "event"]
ReviewMood = Literal["negative", "mixed", "positive"]
OpportunityKind = Literal["licences", "volume", "module", "service", "renewal", "reorder", "upgrade", "other"]
OpportunityState = Literal["suggested", "accepted", "offered", "won", "lost", "dismissed"]
FeedbackOutcome = Literal["open", "told", "reacted", "declined"]
RevenueKind = Literal["licence", "subscription", "service", "goods", "discount", "cost"]
RevenueWork = Literal["", "warranty", "paid", "on_site", "pre_sale"]
"""The kind of work that money belongs to, as of requests; '' for what belongs to none."""


@record
class Feedback(Record):
    """A client's own words about the software, kept with who said them."""

    kind: ClassVar[str] = "feedback"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    feedback_kind: FeedbackKind = attribute("kind", "choice", default="wish", choices=get_args(FeedbackKind))
    quote: str = attribute("in their own words", "long_text", required=True)
    importance: int = attribute(
        "importance 0–3", "number", default=1, help="0 idle wish … 3 cannot work without"
    )
    contact_id: int | None = attribute("who said it", "reference", refers="contact")
    said_on: str = attribute("said on", "date", when="behind", required=True)
    product_id: int | None = attribute("product", "reference", refers="product")
    feature_id: int | None = attribute("feature", "reference", refers="feature")
    release_id: int | None = attribute("release", "reference", refers="release", later=True)
    competitor: str = attribute("competitor")
    staff_id: int | None = attribute("heard by", "reference", refers="staff", when="behind")
    told_on: str | None = attribute("client told on", "date", when="behind", default=None, later=True)
    reaction: str = attribute("their reaction", later=True)
    told_status: str = attribute("state told", derived=True)
    outcome: FeedbackOutcome = attribute(
        "what came of it",
        "choice",
        default="open",
        choices=get_args(FeedbackOutcome),
        help="open, told what became of it, reacted to that, declined to hear of it",
        later=True,
    )


@record
class Survey(Record):
    """Up to five questions to clients, each with its own scale; scales never mix.

    Metric, marks and direction are those of the first question; a line of a further one says its own.
    """

    kind: ClassVar[str] = "survey"

    title: str = attribute("title", required=True)
    metric: SurveyMetric = attribute("metric", "choice", default="nps", choices=get_args(SurveyMetric))
    scale_min: int = attribute("lowest mark", "number", default=0)
    scale_max: int = attribute("highest mark", "number", default=10)
    direction: SurveyDirection = attribute(
        "direction", "choice", default="higher_is_better", choices=get_args(SurveyDirection)
    )
    questions: str = attribute(
        "questions",
        "long_text",
        required=True,
        help="one a line, five at most; a further one with its scale: Fast? | csat 0-5 | speed",
    )
    channel: Channel = attribute("channel", "choice", default="email", choices=CHANNELS)
    touchpoint: str = attribute("asked after")
    incentive: str = attribute(
        "gift for an answer", help="what is given for it; a warning stands beside the scores then"
    )
    survey_kind: SurveyKind = attribute(
        "kind",
        "choice",
        default="relationship",
        choices=get_args(SurveyKind),
        help="relationship: asked of a person every 90 days at most; event: every 14",
        after="metric",
    )


@record
class SurveyResponse(Record):
    """What one person answered to the questions of a survey; a question without an answer stays empty."""

    kind: ClassVar[str] = "survey_response"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    survey_id: int = attribute("survey", "reference", refers="survey", required=True, default=0)
    contact_id: int | None = attribute("who answered", "reference", refers="contact")
    score: int | None = attribute("mark", "number", default=None, help="the answer to the first question")
    comment: str = attribute("comment", "long_text")
    channel: Channel = attribute("channel", "choice", default="email", choices=CHANNELS)
    at: str = attribute("answered at", "time", when="behind", required=True)
    task_id: int | None = attribute("followed up by", "reference", refers="task", derived=True)
    answer_2: str = attribute("answer to question 2", limit=2000, after="score")
    answer_3: str = attribute("answer to question 3", limit=2000, after="answer_2")
    answer_4: str = attribute("answer to question 4", limit=2000, after="answer_3")
    answer_5: str = attribute("answer to question 5", limit=2000, after="answer_4")
    reasons: str = attribute(
        "coded reasons", help="of those that the question lists, with ; between", after="answer_5"
    )


@record
class SurveyInvitation(Record):
    """That somebody was asked to answer a survey; nobody is asked too often."""

    kind: ClassVar[str] = "survey_invitation"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    survey_id: int = attribute("survey", "reference", refers="survey", required=True, default=0)
    contact_id: int | None = attribute("who was asked", "reference", refers="contact")
    message_id: int | None = attribute("by message", "reference", refers="message")
    at: str = attribute("asked at", "time", when="behind", required=True)


@record
class PublicReview(Record):
    """What somebody said of us in public, where others read it, and what we did about it."""

    kind: ClassVar[str] = "public_review"

    client_id: int | None = attribute("client", "reference", refers="client", help="empty: not known who")
    quote: str = attribute("in their own words", "long_text", required=True)
    link: str = attribute("link", required=True, limit=1000)
    mood: ReviewMood = attribute("tone", "choice", default="negative", choices=get_args(ReviewMood))
    author: str = attribute("signed by")
    seen_on: str = attribute("seen on", "date", when="behind", required=True)
    due_on: str | None = attribute(
        "react by", "date", when="ahead", default=None, help="a negative one: the next working day"
    )
    assignee_id: int | None = attribute("who reacts", "reference", refers="staff")
    reacted_on: str | None = attribute("reacted on", "date", when="behind", default=None, later=True)
    reaction: str = attribute("what was answered", "long_text", later=True)


@record
class Opportunity(Record):
    """A repeat sale, with the evidence for it."""

    kind: ClassVar[str] = "opportunity"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    title: str = attribute("what to offer", required=True)
    opportunity_kind: OpportunityKind = attribute(
        "kind", "choice", default="licences", choices=get_args(OpportunityKind)
    )
    state: OpportunityState = attribute(
        "state", "choice", default="accepted", choices=get_args(OpportunityState), later=True
    )
    product_id: int | None = attribute("product", "reference", refers="product")
    amount: int | None = attribute("amount", "money", default=None)
    currency: str = attribute("currency", "currency", default="RUB", limit=3)
    evidence: str = attribute("why we think so", "long_text", limit=1000)
    trigger: str = attribute("trigger", derived=True)
    expected_on: str | None = attribute("expected on", "date", when="ahead", default=None)
    window_till: str | None = attribute("good till", "date", when="ahead", default=None)
    assignee_id: int | None = attribute("who offers", "reference", refers="staff")
    reason: str = attribute("reason of the end", help="why won, lost or dismissed", later=True)
    closed_on: str | None = attribute("closed on", "date", default=None, derived=True)
    begun_on: str | None = attribute(
        "begun on",
        "date",
        when="behind",
        default=None,
        help="the first day of work on it; a new one begins today",
        later=True,
    )


@record
class Revenue(Record):
    """Money that came from a client or was spent on them, by day."""

    kind: ClassVar[str] = "revenue"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    on_date: str = attribute("date", "date", when="behind", required=True)
    revenue_kind: RevenueKind = attribute("kind", "choice", default="licence", choices=get_args(RevenueKind))
    amount: int = attribute("amount", "money", default=0, required=True)
    currency: str = attribute("currency", "currency", default="RUB", limit=3)
    product_id: int | None = attribute("product", "reference", refers="product")
    document_id: int | None = attribute("document", "reference", refers="document")
    note: str = attribute("note")
    work_kind: RevenueWork = attribute(
        "for what kind of work",
        "choice",
        default="",
        choices=get_args(RevenueWork),
        later=True,
        words="work kind; kind of work; work type; вид работ; вид работы; тип работ; вид работа",
    )
