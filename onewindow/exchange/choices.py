"""Words of other programs for the choices of ours: stages of deals, states of tickets, kinds of documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onewindow.exchange.headers import normalise_header
from onewindow.exchange.values import read_choice
from onewindow.text.money import is_currency

_LESSON_STATES = {
    "planned": "scheduled; registered; invited; запланировано; запланирован; записан; планиран; записан се",
    "done": """
        held; attended; present; completed; yes; прошло; проведено; был; присутствовал; да; обучен;
        проведен; присъствал; минало
    """,
    "passed": "certified; exam passed; сдал; сдано; сертификат; зачет; зачёт; издържал; взет изпит",
    "missed": """
        absent; no show; no; cancelled; не был; пропустил; пропущено; отсутствовал; нет; не пришел;
        отсъствал; пропуснато; не дойде
    """,
}
# Field names alone hold for every kind; `kind.field` only for one. Our own words are always known.
_WORDS: dict[str, dict[str, str]] = {
    "opportunity.state": {
        "accepted": """
            open; new; prospecting; engaging; qualification; qualified; qualified to buy; qualifiedtobuy;
            appointment scheduled; appointmentscheduled; needs analysis; in progress; prospect; discovery;
            первичный контакт; новая; новая сделка; в работе; переговоры; принимают решение; квалификация;
            выявление потребностей; неразобранное; подготовка документов; открыта; preparation; executing;
            нова; отворена; в процес; преговори
        """,
        "offered": """
            proposal; proposal sent; presentation scheduled; presentationscheduled; proposal price quote;
            value proposition; decision maker bought in; decisionmakerboughtin; negotiation; quote sent;
            negotiation review; contract sent; contractsent; prepayment invoice; prepaymentinvoice;
            final invoice; perception analysis;
            коммерческое предложение; кп отправлено; предложение отправлено; согласование договора;
            счет на предоплату; счет выставлен; договор отправлен; предложено; оферта; изпратена оферта
        """,
        "won": """
            won; closed won; closedwon; win; success; deal won; paid; completed;
            успешно реализовано; сделка успешна; успешна; выиграна; выиграно; продано; оплачено; успех;
            закрыта успешно;
            спечелена; успешна сделка; спечелено
        """,
        "lost": """
            lost; closed lost; closedlost; lose; failed; deal lost; apology; rejected; junk;
            закрыто и не реализовано; сделка провалена; проиграна; проиграно; провал; отказ;
            закрыта неуспешно;
            загубена; изгубена; неуспешна; отказана
        """,
        "dismissed": "disqualified; on hold; неквалифицирована; отложена; спам; дубль; отложено",
    },
    "opportunity.opportunity_kind": {
        "licences": """
            licenses; existing business; existingbusiness; new seats; лицензии; пользователи;
            лицензи
        """,
        "module": "module; add on; addon; модуль; дополнение; модул",
        "service": "services; услуги; услуга; сервис; внедрение",
        "renewal": "renewals; продление; пролонгация; подновяване; удължаване",
        "reorder": "repeat; повторная продажа; повторный заказ; повторна поръчка",
        "upgrade": "upsell; апгрейд; обновление; надграждане; обновяване",
        "other": "new business; newbusiness; new customer; продажа; sale; другое; нова продажба; друго",
    },
    "request.status": {
        "new": "новый; новая; новое; нова; нов; created; to do; submitted; неразобранное",
        "open": """
            in progress; inprogress; assigned; reopened; working; active; working on it; escalated; started;
            открыт; открыта; открыто; в работе; выполняется; назначен; назначена; переоткрыт;
            отворен; отворена; в процес; възложена
        """,
        "waiting": """
            pending; pending customer response; waiting on customer; waiting for customer; waiting on contact;
            on hold; hold; awaiting reply; awaiting customer; pending reply; ожидание; ожидает; ждем клиента;
            ожидание клиента; ожидает ответа клиента; отложен; отложено; на удержании; чака клиент;
            изчаква; чака
        """,
        "handed_off": """
            handed off; waiting on us; waiting on third party; waiting for third party; transferred; передан;
            передано; у другого отдела; предадена; предаден
        """,
        "resolved": """
            solved; closed; done; complete; completed; fixed; решен; решена; решено; закрыт; закрыта; закрыто;
            выполнен; выполнено; завершен; завершено; готово; решена заявка; приключена; приключен; затворена
        """,
        "declined": """
            rejected; cancelled; canceled; spam; duplicate; wont fix; отклонен; отклонено; отменен; отменено;
            отказ; отменена; отклонена; дубль; отказана; отказан
        """,
    },
    "request.request_kind": {
        "problem": "incident; issue; проблема; инцидент; technical issue; technical; заявка; проблем",
        "fault": "bug; defect; error; ошибка; сбой; дефект; баг; грешка; повреда; hardware issue",
        "documents": """
            document request; billing; billing inquiry; invoice; документы; счет; документи; фактура
        """,
        "access": "access; login; account access; password; доступ; пароль; достъп; парола",
        "question": """
            inquiry; enquiry; how to; product inquiry; вопрос; консультация; запрос; въпрос; запитване
        """,
        "training": "education; обучение; учеба; обучения",
        "complaint": "claim; жалоба; претензия; рекламация; оплакване; рекламация на стока",
        "other": """
            task; feature request; cancellation request; refund request; change; другое; прочее; задача; друго
        """,
    },
    "request.priority": {
        "urgent": """
            critical; blocker; highest; emergency; p1; 1; срочный; срочно; критический; критичный;
            авария; спешно; критичен
        """,
        "high": "important; major; p2; 2; высокий; высокая; важный; важно; висок; висока",
        "normal": """
            medium; middle; moderate; p3; 3; средний; обычный; нормальный; средняя; среден; нормален;
            обичаен
        """,
        "low": "minor; trivial; lowest; p4; 4; низкий; низкая; нисък; ниска",
    },
    "request.next_actor": {"us": "we; мы; ние", "client": "клиент; customer", "internal": "внутри; вътрешно"},
    "request.work_kind": {
        "warranty": "гарантия; гаранция; поддержка; поддръжка; support",
        "paid": "платно; платная; billable; платена; платная работа",
        "on_site": "on site; выезд; на месте; на място",
        "pre_sale": "presale; пресейл; предпродажа; предпродажна",
    },
    "task.status": {
        "open": """
            new; not started; in progress; pending; открыта; новая; в работе; не выполнена; отворена;
            нова
        """,
        "done": "completed; closed; complete; выполнена; завершена; закрыта; готово; изпълнена; приключена",
        "dropped": "cancelled; canceled; deferred; отменена; отложена; отказана",
    },
    "document_kind": {
        "contract": "agreement; договор; контракт; рамочный договор",
        "specification": """
            spec; annex; спецификация; приложение; допсоглашение; дополнительное соглашение; анекс
        """,
        "invoice": """
            bill; счет; счет на оплату; счет фактура; инвойс; фактура; проформа; проформа фактура
        """,
        "act": """
            acceptance; delivery note; акт; акт выполненных работ; упд; накладная; торг 12;
            акт оказанных услуг;
            протокол; приемо предавателен протокол; реализация
        """,
        "licence": "license; certificate; лицензия; сертификат; лиценз",
        "offer": "quote; proposal; quotation; кп; коммерческое предложение; предложение; оферта",
        "other": "прочее; другое; иное; письмо; друго",
    },
    "document.state": {
        "missing": "нет; отсутствует; не получен; липсва",
        "draft": "new; черновик; подготовка; новый; чернова; в подготовка",
        "sent": """
            issued; open; unpaid; submitted; отправлен; выставлен; на подписании; направлен;
            не оплачен; изпратен;
            издадена; издаден
        """,
        "signed": "active; executed; подписан; действует; подписано; подписана; действующий; подписани",
        "received": """
            paid; completed; получен; оплачен; оригинал получен; проведен; платена; получена; платен
        """,
        "expired": "overdue; ended; истек; просрочен; завершен; изтекъл; изтекла",
        "cancelled": "canceled; void; deleted; аннулирован; отменен; отказан; сторно; анулирана; анулиран",
    },
    "touch_kind": {
        "call": """
            phone; phone call; phonecall; звонок; телефон; входящий звонок; исходящий звонок;
            обаждане; разговор
        """,
        "mail": "email; e mail; outgoing email; incoming email; письмо; почта; имейл; писмо; поща",
        "message": """
            chat; sms; whatsapp; telegram; viber; messenger; сообщение; чат; мессенджер; съобщение;
            смс
        """,
        "meeting": """
            event; demo; video call; zoom; appointment; встреча; видеовстреча; демонстрация; среща;
            демо
        """,
        "visit": "on site; onsite; визит; выезд; посещение; на място",
        "note": """
            task; todo; comment; заметка; примечание; комментарий; задача; бележка; коментар;
            обычное примечание
        """,
        "gift": "подарок; сувенир; подарък",
        "survey": "опрос; анкета; проучване",
        "review": "qbr; обзор; разбор; преглед",
    },
    "direction": {
        "in": "inbound; incoming; входящий; входящее; вх; входящ; входящо; входящая",
        "out": "outbound; outgoing; исходящий; исходящее; исх; изходящ; изходящо; исходящая",
        "internal": "внутренний; внутренняя; вътрешен; вътрешно",
    },
    "mood": {
        "angry": "negative; bad; злой; недоволен; негативный; сердит; ядосан; недоволна",
        "worried": "mixed; concerned; обеспокоен; тревожный; притеснен; тревожен",
        "calm": "neutral; спокойный; нейтральный; спокоен; неутрален; спокоен тон",
        "glad": "positive; good; happy; доволен; позитивный; рад; радостен; доволна",
    },
    "promise.promise_kind": {
        "term": """
            special term; condition; discount; условие; особое условие; скидка; специално условие;
            отстъпка
        """,
        "spoken": "promise; verbal; oral; обещание; устное; устно; обещание устно",
    },
    "promise.status": {
        "new": "open; active; новое; действует; открыто; ново; активно; нет; no; в силе",
        "acknowledged": "accepted; in progress; принято; подтверждено; в работе; прието; потвърдено",
        "kept": "done; fulfilled; completed; yes; выполнено; сдержано; да; исполнено; изпълнено; спазено",
        "broken": "failed; missed; не выполнено; нарушено; сорвано; неизпълнено",
        "withdrawn": "cancelled; canceled; отменено; отозвано; снято; оттеглено; отказано",
    },
    "revenue_kind": {
        "licence": "license; licenses; licences; лицензия; лицензии; лиценз; лицензи",
        "subscription": """
            recurring; mrr; saas; rent; подписка; абонемент; аренда; абонаментная плата; абонамент
        """,
        "service": """
            services; support; consulting; услуги; услуга; работы; поддержка; сопровождение;
            внедрение; услуга труд
        """,
        "goods": "product; products; hardware; товар; товары; оборудование; стоки; стока",
        "discount": "refund; credit; rebate; скидка; возврат; бонус; отстъпка; връщане",
        "cost": "costs; expense; expenses; расход; расходы; затраты; себестоимость; разход; разходи",
    },
    "feedback_kind": {
        "usage": "how it is used; использование; как используют; употреба; ползване",
        "remark": "complaint; bug; issue; problem; замечание; жалоба; проблема; забележка; оплакване",
        "wish": """
            idea; request; feature request; suggestion; пожелание; идея; предложение; хотелка;
            желание; препоръка
        """,
        "competitor": "competition; конкурент; конкуренты; конкуренция; конкуренти",
        "reaction": "praise; kudos; thanks; реакция; похвала; благодарность; благодарност; реакция похвала",
    },
    "consent.purpose": {
        "marketing": """
            ads; advertising; offers; реклама; маркетинг; предложения; рекламные рассылки; акции; оферти;
            рекламни съобщения
        """,
        "newsletter": "news; mailing; рассылка; рассылки; новости; информационная рассылка; бюлетин; новини",
        "survey": "surveys; опрос; опросы; анкета; анкеты; анкети; проучване; допитване",
        "personal_data": """
            personal data; gdpr; data processing; персональные данные; перс данные; пдн;
            обработка персональных данных; лични данни; обработка на лични данни
        """,
    },
    "consent.state": {
        "given": "yes; agreed; granted; true; да; дано; согласен; согласна; есть; дадено; съгласен; съгласна",
        "refused": "no; denied; false; нет; отказ; отказано; не согласен; не согласна; не; отказва; отказано",
        "withdrawn": "revoked; отозвано; отозвал; оттеглено; оттегли",
    },
    "handover.state": {
        "sent": "new; open; передан; передано; новая; отправлен; предаден; изпратен",
        "accepted": "done; принят; принято; принята; приет; прието",
        "accepted_with_debts": """
            accepted conditionally; принят с долгами; принят с замечаниями; приет със забележки
        """,
        "returned": "rejected; возвращен; возврат; возвращено; върнат; върнато",
    },
    "training.state": _LESSON_STATES,
    "learner.state": _LESSON_STATES,
    "role": {
        "account_manager": "manager; csm; customer success manager; менеджер; аккаунт менеджер; мениджър",
        "lead": "team lead; head; руководитель; начальник; ръководител",
        "support": "agent; support agent; engineer; поддержка; инженер; поддръжка",
        "product": "product manager; продукт; продуктов мениджър",
        "quality": "qa; качество",
        "sales": "sales agent; sales rep; sales representative; продажи; продавец; продажби; търговец",
        "finance": "accountant; бухгалтер; финансы; счетоводител; финанси",
        "admin": "administrator; администратор; админ",
    },
}
_SHARED = {
    "channel": "preferred_channel",
    "preferred_channel": "preferred_channel",
    "language": "language",
    "client_class": "client_class",
    "tier": "tier",
    "payment_state": "payment_state",
}
_CURRENCIES = {
    "RUB": "rur; руб; рубль; рубли; р; российский рубль; рос рубль; ₽; 643; рубла",
    "EUR": "euro; евро; €; 978",
    "USD": "dollar; us dollar; доллар; доллары; долл; $; us$; 840; долар; щатски долар",
    "BGN": "lev; лев; лева; лв; 975; български лев",
    "GBP": "pound; фунт; £; 826; паунд",
    "KZT": "тенге; ₸; 398",
}
# Pipelines have stages of their own: what their last words say is enough.
_ENDINGS = (
    (re.compile(r"\b(?:lost|lose)\b|не ?реализ|провал|проигр|загубен|изгубен", re.IGNORECASE), "lost"),
    (re.compile(r"\bwon\b|успешн|выигр|спечелен", re.IGNORECASE), "won"),
)


def read_choice_of(kind: str, field: str, choices: Sequence[str], text: str) -> str | None:
    """Give back which of a field's choices a word of a file means; None when it is not known."""
    word = _key(text)
    found = _vocabulary(kind, field, tuple(choices)).get(word)
    if found is None and field in _SHARED:
        found = read_choice(_SHARED[field], text)
    elif found is None and field == "stage" and kind == "client":
        found = read_choice("stage", text)
    elif found is None and (kind, field) == ("opportunity", "state"):
        found = next((state for pattern, state in _ENDINGS if pattern.search(text)), None)
    return found


def read_flag(text: str) -> int | None:
    """Give back 1 or 0 for yes or no in three languages; None for anything else."""
    found = read_choice("is_main", text)
    return None if found is None else int(found)


def read_currency(text: str) -> str | None:
    """Give back the three letters of a currency for its code, sign or name; None when it is not known."""
    code = text.strip().upper()
    if is_currency(code):
        return code
    return _currency_words().get(_key(text))


@cache
def _currency_words() -> dict[str, str]:
    return {_key(word): code for code, words in _CURRENCIES.items() for word in words.split(";")}


@cache
def _vocabulary(kind: str, field: str, choices: tuple[str, ...]) -> dict[str, str]:
    known = {_key(choice): choice for choice in choices if choice}
    for value, words in (_WORDS.get(f"{kind}.{field}") or _WORDS.get(field) or {}).items():
        if value in choices:
            for word in words.split(";"):
                known.setdefault(_key(word), value)
    return known


def _key(text: str) -> str:
    return normalise_header(text) or text.strip()
