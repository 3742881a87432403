"""What a client is told of a wish of theirs: a message in their language, to the person who asked."""

from __future__ import annotations

from onewindow.desk.outbox import drafting
from onewindow.desk.session.context import Session
from onewindow.desk.templates import writing
from onewindow.records.adoption import Feature, Release
from onewindow.records.clients import Client, Contact
from onewindow.records.feedback import Feedback
from onewindow.records.messages import Message
from onewindow.store import outbox, rows
from onewindow.store.problems import StoreProblem
from onewindow.text.clean import clean
from onewindow.text.dates import day_in_full

_TEXTS = {
    "ru": {
        "subject": "О вашем пожелании: {feature}",
        "said": "{day} вы говорили: «{quote}».",
        "released": "Это готово: «{feature}»{version}. Покажем, как этим пользоваться, когда вам удобно.",
        "in_work": "Мы взяли это в работу: «{feature}». Сообщим, когда будет готово.",
        "planned": "Мы это запланировали: «{feature}». Сообщим, когда возьмём в работу.",
        "declined": "Делать «{feature}» мы не будем. Давайте обсудим, как решить вашу задачу иначе.",
        "version": " в версии {version}",
    },
    "bg": {
        "subject": "За вашето предложение: {feature}",
        "said": "На {day} казахте: „{quote}“.",
        "released": "Готово е: „{feature}“{version}. Ще ви покажем как се ползва, когато ви е удобно.",
        "in_work": "Вече работим по това: „{feature}“. Ще ви съобщим, когато е готово.",
        "planned": "Планирахме го: „{feature}“. Ще ви съобщим, когато започнем.",
        "declined": "Няма да правим „{feature}“. Нека обсъдим как да решим задачата ви по друг начин.",
        "version": " във версия {version}",
    },
    "en": {
        "subject": "About what you asked for: {feature}",
        "said": "On {day} you said: “{quote}”.",
        "released": "It is there: “{feature}”{version}. We will gladly show you how to use it.",
        "in_work": "We are working on it: “{feature}”. We will tell you when it is there.",
        "planned": "We have planned it: “{feature}”. We will tell you when work begins.",
        "declined": "We will not build “{feature}”. Let us talk about another way to get there.",
        "version": " in version {version}",
    },
}


def draft(session: Session, quote: Feedback) -> Message:
    """The draft about what became of a quote's feature: the one that waits already, else a new one.

    Raises StoreProblem where nothing became of it, or where such a message is queued already.
    """
    message = drafted(session, quote)
    news = message.text.split("\n\n")[-2]
    for waiting in outbox.unsent_to(session.store, quote.client_id):
        if waiting.contact_id == message.contact_id and news in waiting.text:
            if waiting.state == "queued":
                raise StoreProblem(
                    f"Message {waiting.id} says this to {waiting.recipient} already and waits to be sent."
                )
            return waiting
    return drafting.draft(session, message)


def drafted(session: Session, quote: Feedback) -> Message:
    """A message about what became of a quote's feature, not stored yet, to who said it or the main contact.

    It is in the language of that person. Raises StoreProblem where nothing became of it.
    """
    feature = rows.find(session.store, Feature, quote.feature_id) if quote.feature_id else None
    if feature is None:
        raise StoreProblem("The quote is linked to no feature, so there is nothing to tell of it.")
    client = rows.get(session.store, Client, quote.client_id)
    contact = _who(session, client, quote)
    texts = _TEXTS.get(contact.language if contact is not None else client.language, _TEXTS["en"])
    if feature.status not in texts:
        raise StoreProblem(f"“{feature.title}” is {feature.status}: there is nothing to tell of it yet.")
    values = {
        "feature": clean(feature.title),
        "quote": clean(quote.quote).strip().rstrip("."),
        "day": day_in_full(quote.said_on),
        "version": _version(session, feature, texts["version"]) if feature.status == "released" else "",
    }
    named = (contact.address_as or contact.name) if contact is not None else ""
    parts = [f"{clean(named)}," if named else "", texts["said"].format(**values)]
    parts.append(texts[feature.status].format(**values))
    text = "\n\n".join([part for part in parts if part] + [clean(session.me.name)])
    return drafting.drafted(
        session, client, text, subject=texts["subject"].format(**values), contact=contact, purpose="service"
    )


def _who(session: Session, client: Client, quote: Feedback) -> Contact | None:
    """Who said it, if they are still there, else the main contact."""
    said = rows.find(session.store, Contact, quote.contact_id) if quote.contact_id else None
    if said is not None and said.archived_at is None and not said.left_on:
        return said
    return writing.addressee(session, client)


def _version(session: Session, feature: Feature, text: str) -> str:
    release = rows.find(session.store, Release, feature.release_id) if feature.release_id else None
    return text.format(version=clean(release.version_name)) if release is not None else ""
