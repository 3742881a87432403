"""What an invitation says: the template of the person's language, or ours, and the questions to fill in."""

from __future__ import annotations

from onewindow.desk.outbox import drafting
from onewindow.desk.session.context import Session
from onewindow.desk.surveys.questions import questions_of
from onewindow.desk.templates import writing
from onewindow.exchange.surveys.reply_text import one_line, reply_block
from onewindow.exchange.surveys.wording import LANGUAGES, WORDS
from onewindow.records.clients import Client, Contact
from onewindow.records.feedback import Survey
from onewindow.records.messages import Message
from onewindow.store.problems import NotFound

_GREETING = {
    "en": "{contact}, please answer {count}: it takes a minute. Reply to this mail and write behind the"
    " colons.",
    "ru": "{contact}, ответьте, пожалуйста, на {count}: это займёт минуту. Напишите ответы после двоеточий"
    " и отправьте письмо обратно.",
    "bg": "{contact}, моля, отговорете на {count}: ще отнеме минута. Напишете отговорите след двоеточията"
    " и върнете писмото.",
}
_COUNTS = {
    "en": ("one question", "two questions", "three questions", "four questions", "five questions"),
    "ru": ("один вопрос", "два вопроса", "три вопроса", "четыре вопроса", "пять вопросов"),
    "bg": ("един въпрос", "два въпроса", "три въпроса", "четири въпроса", "пет въпроса"),
}


def language_of(client: Client, contact: Contact | None) -> str:
    """The language in which somebody is asked: theirs, English where we have no words in it."""
    language = contact.language if contact is not None else client.language
    return language if language in LANGUAGES else "en"


def message_for(
    session: Session, survey: Survey, client: Client, contact: Contact | None, code: int | None = None
) -> Message:
    """The invitation that a person would get, not stored; `code` is the id that its invitation will have."""
    language = language_of(client, contact)
    questions = questions_of(survey)
    subject, text, template_id = _worded(session, survey, client, contact, language)
    gift = f"\n{WORDS[language]['gift']}: {one_line(survey.incentive)}" if survey.incentive.strip() else ""
    block = reply_block(questions, language, survey.id, code)
    message = drafting.drafted(
        session,
        client,
        f"{text}{gift}\n\n{block}",
        subject=subject,
        contact=contact,
        channel=survey.channel,
        purpose="survey",
    )
    return message.with_changes({"template_id": template_id})


def _worded(
    session: Session, survey: Survey, client: Client, contact: Contact | None, language: str
) -> tuple[str, str, int | None]:
    """Subject and first lines: of the template for surveys in that language, else ours."""
    try:
        template = writing.best(session, "survey", client)
    except NotFound:
        template = None
    if template is None or template.language != language:
        name = (contact.address_as or contact.name) if contact is not None else client.name
        count = _COUNTS[language][len(questions_of(survey)) - 1]
        # The parts are put in by hand: braces in a name are no places.
        text = _GREETING[language].replace("{count}", count).replace("{contact}", one_line(name))
        return one_line(survey.title), text, None
    filled = writing.render(session, template, client, contact=contact)
    return filled.subject or one_line(survey.title), filled.text, template.id or None
