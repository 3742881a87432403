"""The client and what stands on the card: contacts, consents, requisites, assets, promises."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from onewindow.records.fields import Record, attribute, record

ClientClass = Literal["reseller", "regular", "one_off"]
Tier = Literal["A", "B", "C", "D"]
Stage = Literal["handover", "onboarding", "active", "leaving", "lost"]
PaymentState = Literal["unknown", "paid", "due", "overdue"]
Channel = Literal["phone", "email", "messenger", "sms", "meeting", "visit", "post", "portal"]
ConsentPurpose = Literal["marketing", "newsletter", "survey", "personal_data"]
ConsentState = Literal["given", "refused", "withdrawn"]
PromiseKind = Literal["term", "spoken"]
PromiseOutcome = Literal["kept", "broken"]
PromiseStatus = Literal["new", "acknowledged", "kept", "broken", "withdrawn"]

CHANNELS = get_args(Channel)
STAGES = get_args(Stage)
TIERS = get_args(Tier)
LEAD_TAG = "lead"
"""What marks a client who called and is nobody's yet: sales sells, the service takes over what was sold."""


@record
class Client(Record):
    """A company or person that the department looks after."""

    kind: ClassVar[str] = "client"

    number: int = attribute("number", "number", default=0, derived=True)
    slug: str = attribute("slug", derived=True)
    name: str = attribute("name", required=True, help="as people say it: Ромашка")
    name_sort: str = attribute("sort name", derived=True)
    client_class: ClientClass = attribute(
        "class",
        "choice",
        default="regular",
        choices=get_args(ClientClass),
        help="decides terms, SLA, offers",
        filter_words="class класс клас",
    )
    tier: Tier = attribute(
        "tier",
        "choice",
        default="C",
        choices=TIERS,
        help="A is served first",
        filter_words="tier тариф уровень ниво",
    )
    stage: Stage = attribute(
        "stage",
        "choice",
        default="active",
        choices=STAGES,
        filter_words="stage стадия этап етап",
        package="stays",
    )
    loss_reason: str = attribute(
        "loss reason", help="needed when the stage becomes lost", later=True, words=None, package="stays"
    )
    owner_id: int | None = attribute(
        "owner", "reference", refers="staff", filter_words="owner ответственный владелец отговорник"
    )
    deputy_id: int | None = attribute("deputy", "reference", refers="staff")
    since: str | None = attribute(
        "client since", "date", when="behind", default=None, filter_words="since клиент-с клиент-от"
    )
    aliases: str = attribute("also called", "long_text", help="other names, one a line; found by search")
    glossary: str = attribute(
        "their own words",
        "long_text",
        help="the client's terms, one a line: word = meaning",
        later=True,
        words=None,
    )
    goal: str = attribute(
        "goal",
        "long_text",
        help="what the client wants to reach, not what is asked",
        limit=500,
        package="goal",
    )
    goal_measure: str = attribute(
        "measure of the goal", help="how both will see that it is reached", package="goal"
    )
    goal_reviewed_on: str | None = attribute(
        "goal reviewed on", "date", when="behind", default=None, later=True, words=None, package="goal"
    )
    segment: str = attribute("segment", filter_words="market рынок пазар")
    industry: str = attribute("industry", filter_words="industry отрасль отрасъл бранш")
    country: str = attribute(
        "country",
        "country",
        default="RU",
        help="name or two letters, as BG",
        limit=2,
        filter_words="country страна държава",
    )
    city: str = attribute("city", filter_words="city город град")
    website: str = attribute("web site")
    language: str = attribute(
        "language",
        default="ru",
        choices=("ru", "bg", "en"),
        kind="choice",
        later=True,
        filter_words="language язык език",
    )
    time_zone: str = attribute("time zone", help="IANA name; empty: the department's own", later=True)
    tags: str = attribute("tags", help="words with spaces between", filter_words="tag тег метка етикет")
    referrer_id: int | None = attribute("referred by", "reference", refers="client", later=True, words=None)
    competitor_of_id: int | None = attribute(
        "competes with", "reference", refers="client", later=True, words=None
    )
    payment_state: PaymentState = attribute(
        "payment",
        "choice",
        default="unknown",
        choices=get_args(PaymentState),
        help="fed by finance",
        later=True,
        filter_words="payment оплата плащане",
        package="stays",
    )
    paid_till: str | None = attribute(
        "paid till",
        "date",
        when="ahead",
        default=None,
        help="fed by finance",
        later=True,
        words=None,
        package="stays",
    )
    note: str = attribute("note", "long_text")
    flags: str = attribute("flags", "json", derived=True)
    lost_on: str | None = attribute(
        "lost on",
        "date",
        when="behind",
        default=None,
        help="empty: the day on which the stage becomes lost",
        later=True,
        after="loss_reason",
        package="stays",
    )


def is_lead(client: Client) -> bool:
    """Whether somebody only called, and sales has not handed anything over yet."""
    return client.stage == "handover" and LEAD_TAG in client.tags.split()


@record
class Contact(Record):
    """A person at the client."""

    kind: ClassVar[str] = "contact"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    name: str = attribute("name", required=True)
    address_as: str = attribute("address as", help="how the person wants to be called: Анна Сергеевна")
    role: str = attribute("role", help="position or part in decisions")
    manner: str = attribute("manner", help="formal, joking, not before 10 …")
    preferred_channel: Channel = attribute("preferred channel", "choice", default="phone", choices=CHANNELS)
    phone: str = attribute("phone", "phone")
    phone_2: str = attribute("second phone", "phone", later=True)
    email: str = attribute("e-mail", "email")
    email_2: str = attribute("second e-mail", "email", later=True)
    messenger: str = attribute("messenger")
    language: str = attribute("language", "choice", default="ru", choices=("ru", "bg", "en"), later=True)
    birthday: str | None = attribute("birthday", "date", when="born", default=None, private=True)
    is_main: int = attribute("main contact", "flag", default=0)
    left_on: str | None = attribute(
        "left the client on", "date", default=None, later=True, words=None, package="stays"
    )
    flags: str = attribute("flags", "json", derived=True)


@record
class ContactNote(Record):
    """A private, dated fact about a person; erased at their request."""

    kind: ClassVar[str] = "contact_note"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    contact_id: int = attribute("contact", "reference", refers="contact", required=True, default=0)
    noted_on: str = attribute("noted on", "date", when="behind", required=True)
    text: str = attribute("note", "long_text", required=True, private=True)


@record
class Consent(Record):
    """What a person agreed to receive, through which channel, and where they said so."""

    kind: ClassVar[str] = "consent"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    contact_id: int | None = attribute("contact", "reference", refers="contact")
    purpose: ConsentPurpose = attribute(
        "purpose", "choice", default="marketing", choices=get_args(ConsentPurpose)
    )
    channel: Channel = attribute("channel", "choice", default="email", choices=CHANNELS)
    state: ConsentState = attribute("state", "choice", default="given", choices=get_args(ConsentState))
    decided_on: str = attribute("since", "date", when="behind", required=True)
    source: str = attribute("source", help="where they said so: contract п. 7, letter of 12.11")


@record
class BillingDetails(Record):
    """What outgoing documents need to know of the client. One current set per client, older ones archived."""

    kind: ClassVar[str] = "requisites"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    legal_name: str = attribute("legal name", required=True)
    tax_id: str = attribute("tax id", help="ИНН, ЕИК or VAT number")
    kpp: str = attribute("КПП")
    ogrn: str = attribute("ОГРН")
    legal_address: str = attribute("legal address", limit=500)
    postal_address: str = attribute("postal address", limit=500)
    phone: str = attribute("phone", "phone")
    email: str = attribute("e-mail for documents", "email")
    bank: str = attribute("bank")
    bik: str = attribute("БИК")
    account: str = attribute("account")
    corr_account: str = attribute("correspondent account")
    iban: str = attribute("IBAN")
    swift: str = attribute("SWIFT")
    consignee: str = attribute("consignee")
    consignee_address: str = attribute("consignee's address", limit=500)
    head_name: str = attribute("head's full name")
    head_position: str = attribute("head's position")
    acts_on: str = attribute("acts on the ground of", help="устав, доверенность № …")
    currency: str = attribute("currency", "currency", default="RUB", limit=3)
    flags: str = attribute("flags", "json", derived=True)


@record
class Asset(Record):
    """A device or another thing of the client that the department serves."""

    kind: ClassVar[str] = "asset"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    name: str = attribute("name", required=True)
    serial: str = attribute("serial number")
    place: str = attribute("place")
    installed_version: str = attribute("installed version")
    installed_on: str | None = attribute("installed on", "date", default=None)
    warranty_till: str | None = attribute("warranty till", "date", when="ahead", default=None)
    note: str = attribute("note", "long_text")


@record
class Promise(Record):
    """Special agreed terms and spoken promises."""

    kind: ClassVar[str] = "promise"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    text: str = attribute("what was promised", "long_text", required=True, limit=1000)
    promise_kind: PromiseKind = attribute("kind", "choice", default="spoken", choices=get_args(PromiseKind))
    status: PromiseStatus = attribute(
        "status", "choice", default="new", choices=get_args(PromiseStatus), later=True, package="stays"
    )
    due_on: str | None = attribute(
        "due on",
        "date",
        when="ahead",
        default=None,
        help="a spoken promise has a date; a special term without one holds always",
        after="text",
    )
    given_by_id: int | None = attribute("who gave it", "reference", refers="staff", when="behind")
    given_to_id: int | None = attribute("to whom", "reference", refers="contact")
    evidence: str = attribute("evidence", help="letter of 12.11, договор п. 4.2")
    document_id: int | None = attribute("document", "reference", refers="document", later=True)
    in_contract: int = attribute("in the contract", "flag", default=0)
    deliverable: str = attribute("what exactly is delivered")
    acceptance: str = attribute("accepted by", help="format or sign by which both see that it is done")
    valid_from: str | None = attribute("valid from", "date", default=None, later=True)
    valid_till: str | None = attribute("valid till", "date", when="ahead", default=None, later=True)
    owner_id: int | None = attribute("who keeps it", "reference", refers="staff")
    acknowledged_by_id: int | None = attribute(
        "acknowledged by", "reference", refers="staff", when="behind", derived=True
    )
    acknowledged_at: str | None = attribute("acknowledged at", "time", default=None, derived=True)
    settled_at: str | None = attribute("kept or broken at", "time", default=None, derived=True)
    """Of a standing term: when it was broken last, None if it was kept since."""
    kept_count: int = attribute("times kept", "number", default=0, later=True)
    broken_count: int = attribute("times broken", "number", default=0, later=True)


@record
class PromiseEvent(Record):
    """One time that a promise was kept or broken; a standing term has many."""

    kind: ClassVar[str] = "promise_event"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    promise_id: int = attribute("promise", "reference", refers="promise", required=True, default=0)
    outcome: PromiseOutcome = attribute("outcome", "choice", default="kept", choices=get_args(PromiseOutcome))
    happened_on: str = attribute("on", "date", when="behind", required=True)
    staff_id: int | None = attribute("who noted it", "reference", refers="staff", when="behind")
    note: str = attribute("note")
