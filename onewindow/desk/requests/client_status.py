"""What a client may be told of their requests at any moment: stages in plain words, dates, who acts next.

Nothing internal goes in: no notes, no departments, no reasons of ours, no texts of events.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from onewindow.desk.session.context import Session
from onewindow.desk.sla.lateness import general_calendar
from onewindow.records.clients import Client, Contact
from onewindow.records.requests import Request, RequestEvent
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.requests import threads as requests
from onewindow.text.clean import clean
from onewindow.text.dates import to_local
from onewindow.text.spoken_dates import spoken_time

_NOW = {
    "ru": {
        "new": "приняли, приступаем",
        "open": "работаем",
        "waiting": "ждём вашего ответа",
        "handed_off": "работают наши специалисты",
        "resolved": "готово",
        "declined": "не сможем сделать",
    },
    "bg": {
        "new": "приехме, започваме",
        "open": "работим",
        "waiting": "очакваме Вашия отговор",
        "handed_off": "работят нашите специалисти",
        "resolved": "готово",
        "declined": "не можем да го направим",
    },
    "en": {
        "new": "received, we are about to begin",
        "open": "we are working on it",
        "waiting": "waiting for your answer",
        "handed_off": "our specialists are working on it",
        "resolved": "done",
        "declined": "we cannot do it",
    },
}
# Only what is named here leaves the house: a kind of event that is added later stays internal.
_STAGES = {
    "ru": {
        "opened": "принято",
        "client_message": "вы написали",
        "reply": "мы ответили",
        "wait_client": "ждём вашего ответа",
        "resume": "продолжили работу",
        "hand_off": "подключили специалистов",
        "resolve": "готово",
        "decline": "отказ с объяснением",
        "reopen": "открыто снова",
    },
    "bg": {
        "opened": "прието",
        "client_message": "писахте ни",
        "reply": "отговорихме",
        "wait_client": "очакваме Вашия отговор",
        "resume": "продължихме работа",
        "hand_off": "включихме специалисти",
        "resolve": "готово",
        "decline": "отказ с обяснение",
        "reopen": "отворено отново",
    },
    "en": {
        "opened": "received",
        "client_message": "you wrote",
        "reply": "we answered",
        "wait_client": "waiting for your answer",
        "resume": "work went on",
        "hand_off": "our specialists joined in",
        "resolve": "done",
        "decline": "declined, with the reason",
        "reopen": "opened again",
    },
}
_WORDS = {
    "ru": {
        "client": "следующий шаг за вами",
        "us": "следующий шаг за нами",
        "promised": "обещано к",
        "past": "было обещано к",
        "result": "Итог",
        "merged": "объединено с",
        "title": "Ваши обращения",
        "as_of": "По состоянию на",
        "none": "Открытых обращений нет.",
        "contact": "Вам отвечает",
    },
    "bg": {
        "client": "следващата стъпка е Ваша",
        "us": "следващата стъпка е наша",
        "promised": "обещано за",
        "past": "беше обещано за",
        "result": "Резултат",
        "merged": "обединено с",
        "title": "Вашите заявки",
        "as_of": "Състояние към",
        "none": "Няма отворени заявки.",
        "contact": "За Вас отговаря",
    },
    "en": {
        "client": "the next step is yours",
        "us": "the next step is ours",
        "promised": "promised for",
        "past": "was promised for",
        "result": "Result",
        "merged": "joined with",
        "title": "Your requests",
        "as_of": "As of",
        "none": "There are no open requests.",
        "contact": "Who answers for you",
    },
}


@frozen_struct
class Stage:
    """One thing that happened, as the client may see it: a local time in words, and what it was."""

    at: str
    text: str


@frozen_struct
class RequestStatus:
    """How one request stands, cleaned and in the client's language."""

    number: str
    title: str
    now: str
    """How it stands in a few words."""
    next_step: str
    """Whose turn it is, '' when all is over."""
    promised: str
    """The date that was promised, '' for none."""
    result: str
    stages: tuple[Stage, ...]


@frozen_struct
class ClientStatus:
    """All that a status page says."""

    language: str
    title: str
    client: str
    as_of: str
    contact: str
    """Who answers for the client, with their telephone and address."""
    empty: str
    """What stands there when there are no requests."""
    result_word: str
    requests: tuple[RequestStatus, ...]


def status_of(session: Session, request: Request, language: str = "") -> RequestStatus:
    """How a request stands, for the client; `language` is ru, bg or en, else that of who asked."""
    with session.store.read():
        client = rows.get(session.store, Client, request.client_id)
        spoken = language or message_language(session, client, request.contact_id)
        return _status(session, client, request, spoken)


def statuses_of(session: Session, client: Client, language: str = "") -> ClientStatus:
    """How all open requests of a client stand, with who answers for the client."""
    with session.store.read():
        spoken = language or message_language(session, client)
        open_requests = requests.open_of_client(session.store, client.id)
        shown = tuple(_status(session, client, request, spoken) for request in open_requests)
    words, now = _WORDS[spoken], _local_now(session, client)
    owner = session.directory.staff.get(client.owner_id or 0)
    reached = (
        ", ".join(clean(part) for part in (owner.name, owner.phone, owner.email) if part) if owner else ""
    )
    return ClientStatus(
        language=spoken,
        title=words["title"],
        client=clean(client.name),
        as_of=f"{words['as_of']} {spoken_time(now, spoken, now)}",
        contact=f"{words['contact']}: {reached}" if reached else "",
        empty=words["none"],
        result_word=words["result"],
        requests=shown,
    )


def plain_state(request: Request, language: str) -> str:
    """How a request stands in a few plain words."""
    return _NOW[language][request.status]


def client_zone(session: Session, client: Client) -> str:
    """The zone in which a client reads times: the client's own, else the department's.

    The department's is that of its opening hours, wherever the program runs; without any, this person's.
    """
    # Never the zone of the machine: a server may stand anywhere, and the client reads the hours.
    if client.time_zone:
        return client.time_zone
    office = general_calendar(session.directory.policies)
    return str(office.zone) if office is not None else session.zone


def message_language(session: Session, client: Client, contact_id: int | None = None) -> str:
    """The language to write in: that of the person written to, else that of the client."""
    contact = rows.find(session.store, Contact, contact_id) if contact_id else None
    return contact.language if contact is not None else client.language


def status_lines(status: RequestStatus, result_word: str = "") -> list[str]:
    """A status as plain lines: for a terminal, the clipboard or a message."""
    facts = "; ".join(part for part in (status.now, status.promised, status.next_step) if part)
    lines = [f"{status.number} {status.title}", f"  {facts}"]
    if status.result:
        lines.append(f"  {result_word}: {status.result}" if result_word else f"  {status.result}")
    return [*lines, *(f"  {stage.at}  {stage.text}" for stage in status.stages)]


def _status(session: Session, client: Client, request: Request, language: str) -> RequestStatus:
    words, now, zone = _WORDS[language], _local_now(session, client), client_zone(session, client)
    is_over = request.status in ("resolved", "declined")
    state = plain_state(request, language)
    if request.merged_into_id is not None:
        whole = rows.get(session.store, Request, request.merged_into_id)
        state = f"{words['merged']} R-{whole.number}: {plain_state(whole, language)}"
    promised = ""
    if request.promised_at and not is_over:
        at = to_local(request.promised_at, zone)
        promised = f"{words['promised' if at >= now else 'past']} {spoken_time(at, language, now)}"
    whose = "client" if request.next_actor == "client" else "us"
    return RequestStatus(
        number=f"R-{request.number}",
        title=clean(request.title),
        now=state,
        next_step="" if is_over else words[whose],
        promised=promised,
        result=clean(request.result) if is_over else "",
        stages=tuple(_stages(requests.events(session.store, request.id), language, zone, now)),
    )


def _stages(events: list[RequestEvent], language: str, zone: str, now: datetime) -> list[Stage]:
    """What happened and may be told; the same thing twice in a row is told once, with its last time."""
    stages: list[Stage] = []
    for event in events:
        text = _STAGES[language].get(event.event_kind)
        if text is None:
            continue
        stage = Stage(spoken_time(to_local(event.at, zone), language, now), text)
        # Three answers in a row read as one to who waits: the last time is the news.
        if stages and stages[-1].text == text:
            stages.pop()
        stages.append(stage)
    return stages


def _local_now(session: Session, client: Client) -> datetime:
    return session.now().astimezone(ZoneInfo(client_zone(session, client)))
