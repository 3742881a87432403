"""Replies to surveys that come back as files: mails, texts, what the page to fill in has made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from onewindow.desk.editing import changing
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.surveys.questions import questions_of
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.exchange.encoding.detection import decode_text
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.surveys.reply_text import COMMENT, Reply, replies_in
from onewindow.exchange.tables.mail_file import is_mail, read_mails
from onewindow.records.clients import Channel, Contact
from onewindow.records.feedback import Survey, SurveyInvitation, SurveyResponse
from onewindow.records.structs import frozen_struct
from onewindow.records.survey_questions import Question
from onewindow.store import rows, surveys
from onewindow.store.engine import Value
from onewindow.store.problems import StoreProblem
from onewindow.text.clean import clean
from onewindow.text.dates import format_date, to_local, utc_text
from onewindow.text.fold import fold

_LARGEST = 20_000_000


@frozen_struct
class TakenReply:
    """What became of one reply: the response, or why there is none, one sentence."""

    place: str
    """Which file, and which mail in it."""
    response: SurveyResponse | None
    why: str


def take(session: Session, path: Path) -> list[TakenReply]:
    """Store every reply of a file as a response, each one undo; what cannot be is told with its reason.

    Raises FileProblem for a file that cannot be read or that holds no reply.
    """
    taken = [
        _taken(session, place, reply, sender, at)
        for place, text, sender, at in _letters(path)
        for reply in replies_in(text)
    ]
    if not taken:
        raise FileProblem(path.name, "there is no reply to a survey in it", "look for its line “#survey …”")
    return taken


def _letters(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """The texts of a file with their place, the address they came from and when; '' where it is not told."""
    try:
        if path.stat().st_size > _LARGEST:
            raise FileProblem(path.name, "it is larger than 20 MB", "part it into several files")
        data = path.read_bytes()
    except OSError as error:
        raise FileProblem(path.name, "it cannot be read", "look at its path and rights") from error
    if not is_mail(data, path.name):
        yield path.name, decode_text(data, path.name), "", ""
        return
    for row in read_mails(data, path.name).rows:
        cells = row.values
        place = path.name if row.number == 1 else f"{path.name}, mail {row.number}"
        yield place, cells["text"], cells["from"], cells["date"]


def _taken(session: Session, place: str, reply: Reply, sender: str, at: str) -> TakenReply:
    try:
        response = changing.insert(session, _response(session, reply, sender, at))
    except FieldProblems as problems:
        return TakenReply(place, None, "; ".join(problems.errors.values()))
    except StoreProblem as problem:
        return TakenReply(place, None, str(problem))
    return TakenReply(place, response, "")


def _response(session: Session, reply: Reply, sender: str, at: str) -> SurveyResponse:
    survey = rows.find(session.store, Survey, reply.survey_id)
    if survey is None:
        raise StoreProblem(f"There is no survey {reply.survey_id} on file; it is a reply to another one.")
    invitation = rows.find(session.store, SurveyInvitation, reply.code) if reply.code else None
    if reply.code and (invitation is None or invitation.survey_id != survey.id):
        raise StoreProblem(f"The code {reply.code} is of no invitation to “{clean(survey.title)}”.")
    if invitation is not None:
        client_id, contact_id = invitation.client_id, invitation.contact_id
    else:
        person = _person(session, sender)
        client_id, contact_id = person.client_id, person.id
    # A clock of the sender that is behind tells of a time before they were asked.
    when = max(_moment(session, at), invitation.at if invitation else "")
    channel: Channel = survey.channel if invitation is not None else "email"
    values = _values(questions_of(survey), reply)
    response = SurveyResponse(
        client_id=client_id, survey_id=survey.id, contact_id=contact_id, channel=channel, at=when
    )
    response = response.with_changes(values)
    since = invitation.at if invitation else when
    before = surveys.answer_since(session.store, survey.id, client_id, contact_id, since)
    if before is not None:
        raise StoreProblem(_answered_already(session, before, response))
    return response


def _answered_already(session: Session, before: SurveyResponse, reply: SurveyResponse) -> str:
    """Why a reply is not stored: it is on file, or it is another one than what was answered before."""
    if (before.at, before.score) == (reply.at, reply.score):
        return "This reply was taken already; nothing was stored a second time."
    whom = naming.label(session, "contact", reply.contact_id)
    whom = whom or naming.label(session, "client", reply.client_id) or "somebody"
    day = format_date(to_local(before.at, session.zone).date().isoformat(), session.today())
    return (
        f"{whom} answered this survey on {day} already; if this is another answer, enter it with"
        " `survey ask`."
    )


def _person(session: Session, sender: str) -> Contact:
    """Who wrote, by the address of the mail; raises StoreProblem where nobody or several have it."""
    if not sender:
        raise StoreProblem("The reply names no invitation and no sender; enter it with `survey ask`.")
    people = surveys.people_with_email(session.store, sender)
    if len(people) != 1:
        how_many = "nobody" if not people else "several people"
        raise StoreProblem(
            f"{clean(sender)} is the address of {how_many} on file; enter it with `survey ask`."
        )
    return people[0]


def _moment(session: Session, at: str) -> str:
    """When it was written (UTC text), now where the file does not tell or tells of a time to come."""
    now = session.now()
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return utc_text(now)
    return utc_text(min(moment, now) if moment.tzinfo else now)


def _values(questions: Sequence[Question], reply: Reply) -> dict[str, Value]:
    values: dict[str, Value] = {"comment": reply.answers.get(COMMENT, "")}
    for question in questions:
        said = reply.answers.get(str(question.number), "")
        if not said:
            continue
        if question.field == "score":
            mark = said.split("/")[0].strip()
            if not mark.lstrip("-").isdigit():
                raise StoreProblem(f"Question 1 is answered by a mark, not by “{clean(said[:40])}”.")
            values["score"] = int(mark)
        elif question.reasons:
            codes, words = _coded(question, said)
            values["reasons"] = "; ".join(codes)
            values[question.field] = words
        elif question.field == "comment":
            values["comment"] = "; ".join(part for part in (said, str(values["comment"])) if part)
        else:
            values[question.field] = said
    return values


def _coded(question: Question, said: str) -> tuple[list[str], str]:
    """The coded reasons that an answer names, and what else it says."""
    known = {fold(code): code for code in question.reasons}
    parts = [part.strip() for part in said.split(";")]
    codes = [known[fold(part)] for part in parts if fold(part) in known]
    return codes, "; ".join(part for part in parts if part and fold(part) not in known)
