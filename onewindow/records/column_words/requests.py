"""What other programs call the columns of requests, documents, touches and promises, in three languages."""

from __future__ import annotations

# Names are compared without case, spaces and punctuation, and with ё as е: one spelling of each is enough.
OF_CLIENT = """
    client; client name; client id; client number; client code; company; company name; company id; account;
    account name; account id; account number; organization; organisation; organization name; organization id;
    organisation name; customer; customer name; customer id; associated company; associated company ids;
    associated company id; primary associated company; parent name; related to; tax id; client tax id;
    company tax id; inn; vat number; eik; bill to; customer code;
    клиент; название клиента; имя клиента; код клиента; id клиента; номер клиента; компания; компания сделки;
    название компании; id компании; организация; контрагент; код контрагента; инн контрагента; партнер;
    заказчик; покупатель; плательщик; фирма; юрлицо; инн; инн клиента; инн компании; связанная компания;
    име на клиента; код на клиента; номер на клиента; дружество; име на фирмата; възложител; платец; еик;
    еик на клиента; булстат; получател по фактура; контрагент име
"""
OF_CONTACT = """
    contact; contact name; contact id; contact person; person; requester; requester name; requester email;
    reporter; customer email; caller; primary contact; associated contact; associated contacts; raised by;
    requester id; контакт; основной контакт; контактное лицо; имя контакта; заявитель; инициатор; автор;
    кто обратился; полное имя контакта; контакты; id контакта;
    лице за контакт; контактно лице; заявител; подател; име на контакта
"""
OF_STAFF = """
    assignee; assignee name; assignee email; assignee id; assigned to; assigned user; assigned user name;
    owner; owner name; owner id; agent; agent name; responsible; responsible person; manager; staff;
    employee; user; deal owner; ticket owner; opportunity owner; sales agent; sales rep; salesperson;
    sales representative; account executive; owner full name; hubspot owner; case owner; activity owner;
    activity assigned to; created by; assigned agent; assigned by;
    ответственный; исполнитель; менеджер; сотрудник; куратор; ответственный менеджер; кто создал; продавец;
    ответственный сотрудник; ответственный пользователь; пользователь; кем создано; ответственный за сделку;
    отговорник; изпълнител; мениджър; служител; търговец; отговорен служител; създаден от
"""
OF_PRODUCT = """
    product; product name; product id; product code; sku; item; item name; line item; module; service;
    program; товар; продукт; номенклатура; услуга; модуль; программа; наименование товара; артикул;
    продукт име; стока; артикул номер; модул; програма; наименование на стоката; услуга име
"""
EXTERNAL = """
    external id; id; record id; message id; uid; guid; uuid; crm id; external key; код; внешний код;
    внешний id; ид; уид; идентификатор; внешний идентификатор; външен код; външен номер; идентификационен код
"""
CURRENCY = """
    currency; currency code; deal currency; валюта; валюта сделки; код валюты; валута; код на валута
"""
CHANNEL = """
    channel; via; via channel; source; ticket channel; ticket source; case origin; origin;
    communication channel;
    канал; источник; способ связи; канал связи; откуда; източник; канал за връзка
"""

REQUEST: dict[str, str] = {
    "external_id": EXTERNAL
    + """;
    ticket id; record id ticket; ticket number; ticket; case number; case id; issue key; key; number;
    request id; incident id;
    ticket no; номер; номер обращения; номер заявки; номер тикета; id обращения; id заявки; id тикета;
    номер на заявка; номер на тикет; номер заявка
    """,
    "client_id": OF_CLIENT,
    "contact_id": OF_CONTACT + "; from",
    "assignee_id": OF_STAFF,
    "product_id": OF_PRODUCT,
    "channel": CHANNEL,
    "title": """
        title; subject; ticket subject; ticket name; summary; case subject; name; issue; topic; headline;
        тема; заголовок; название; тема обращения; суть; название заявки; название дела; предмет;
        относно; заглавие; тема на заявката
    """,
    "text": """
        text; description; ticket description; body; message; details; content; comment; first comment;
        case description; описание; текст; подробности; сообщение; комментарий; содержание;
        детайли; съобщение; съдържание; текст на заявката; коментар
    """,
    "request_kind": """
        request kind; kind; type; ticket type; category; ticket category; case type; issue type; request type;
        case reason; тип; категория; вид; тип обращения; тип заявки; категория обращения; вид обращения;
        вид на заявката; тип на заявката
    """,
    "priority": """
        priority; ticket priority; urgency; severity; приоритет; срочность; важность; спешност; важност;
        приоритет на заявката
    """,
    "status": """
        status; ticket status; state; case status; stage; pipeline stage; статус; состояние; стадия;
        статус обращения; статус заявки; статус тикета; статус на заявката; състояние
    """,
    "opened_at": """
        opened at; date; created at; created; create date; creation date; created date; created time;
        date created; date opened; opened; submitted; reported; date time opened;
        requested at; ticket created; received; received at; received on; date received;
        metric set created at;
        дата получения; получено; получен; получена; получена на; получен на; получено на; постъпила на;
        постъпило на; постъпила; приета на; дата на получаване; дата поступления; поступила; принята;
        дата создания; создано; создан; дата обращения; дата заявки; открыто; дата регистрации; поступило;
        дата и время создания; дата; дата на създаване; създадено; създадена; дата на заявката; отворена на;
        создана; создан в; создана в; открыта; открыт; зарегистрирована; зарегистрирован; зарегистрировано;
        заведена; заведен; заведено; принят; принято; поступил; получена в; дата открытия; время открытия;
        время создания; время регистрации; время поступления; дата приема; дата и время;
        дата и время открытия; дата и время регистрации; дата время; open date; opened on;
        open time; submitted at; submitted on;
        submission date; reported at; reported on; report date; logged; logged at; logged on; log date;
        raised; raised at; raised on; registered; registered at; registered on; created on; date submitted;
        date reported; date logged; отворен на; регистрирана; регистрирана на; регистриран на; подадена на;
        дата на отваряне; дата на подаване; дата на регистрация; час на създаване;
        начало; date and time; datetime; timestamp; дата и час
    """,
    "responded_at": """
        responded at; first response; first reply; first answer; answered at; date of first response;
        first responded at; first response time; first reply at; first response at;
        first reply time; first agent reply date; first answered at; first response date; first reply date;
        first response on; time to reply; time to first reply; time to first response; time to response;
        time to first agent reply; time to first answer; reply time; response time; reaction time;
        metric set reply time calendar; reply time calendar; answered; answered on; replied at; replied;
        время ответа; время реакции; время до первого ответа; скорость ответа; скорость первого ответа;
        время до ответа; отвечено; дата ответа; дата первой реакции; первая реакция; ответ дан;
        време за отговор; време за реакция; време до първи отговор; отговорено на; отговорено;
        дата на отговор;
        първа реакция; первый ответ; дата первого ответа; отвечен; отвечена; дата и время ответа;
        время первого ответа; първи отговор; дата на първи отговор
    """,
    "resolved_at": """
        resolved at; solved at; solved; closed at; closed; close date; closed date; date closed; resolved;
        resolution date; resolution time; date time closed; time to resolution; completed at; date resolved;
        resolved on; closed on; solved on; completed on; time to resolve; time to close; time to solve;
        full resolution time; solution time; handling time; metric set solved at;
        metric set full resolution time calendar; full resolution time calendar;
        время решения; время до решения; время выполнения; закрыта; решена; завершена;
        време за решаване; време до решаване; време за решение; решено на; затворено на; приключено на;
        дата на решаване; дата на затваряне; затворена; решен на;
        дата закрытия; закрыто; решено; дата решения; дата завершения; закрыт; выполнено; завершено;
        дата на приключване; приключена на; решена на; затворена на; решен; завершен; выполнена; выполнен;
        время закрытия; время завершения; дата и время закрытия; дата и время решения; дата выполнения;
        дата и время завершения; finished; finished at; finished on; end date; затворен на; приключен на
    """,
    "promised_at": """
        promised at; due; due date; due at; deadline; срок; крайний срок; обещано до; дедлайн; срок до;
        краен срок; обещано за
    """,
    "result": """
        result; resolution; solution; ticket resolution; answer; решение; результат; ответ; итог; отговор;
        резултат
    """,
    "tags": "tags; ticket tags; labels; теги; метки; етикети; тагове",
    "minutes": """
        minutes; time spent; minutes spent; time spent minutes; трудозатраты; минут; затрачено минут; минути;
        вложено време
    """,
    "department": """
        department; group; team; queue; assigned group; отдел; группа; команда; подразделение; отдел линия;
        екип; група; звено
    """,
    "cause": "cause; root cause; reason; причина; причина обращения; първопричина",
}

DOCUMENT: dict[str, str] = {
    "external_id": EXTERNAL + "; document id; invoice id; contract id; id документа; id счета; ссылка",
    "client_id": OF_CLIENT,
    "document_kind": """
        document kind; kind; type; document type; тип; вид; вид документа; тип документа; вид на документа;
        тип на документа; вид документ
    """,
    "number": """
        number; document number; invoice number; invoice no; invoice; contract number; contract no;
        bill number; bill no; act number; doc no; quote number;
        номер; номер документа; номер счета; номер договора; номер акта; номер входящий;
        номер на документ; номер на фактура; фактура; номер на договор; фактура номер; фактура №;
        № документа; №; № счета; № договора
    """,
    "title": """
        title; name; document; document name; subject; description; название; наименование; документ;
        тема; название документа; наименование документа; содержание; предмет договора;
        заглавие; име на документа; предмет
    """,
    "state": """
        state; status; document status; invoice status; contract status; состояние; статус; статус документа;
        статус счета; стадия; статус на документа; състояние
    """,
    "issued_on": """
        issued on; date; document date; issue date; issued; invoice date; contract date; date of issue;
        start date; contract start date; created at; created; дата; дата документа; дата счета;
        дата договора; дата создания; дата выставления; от; дата начала; дата на документа;
        дата на издаване; дата на фактура; издаден на; дата на договора
    """,
    "due_on": """
        due on; due date; due; payment due; pay before; срок; срок оплаты; оплатить до; срок за плащане;
        падеж; краен срок
    """,
    "paid_on": """
        paid on; paid at; paid date; date paid; payment date; оплачен; оплачен на; дата оплаты;
        дата полной оплаты; платен на; платена на; дата на плащане
    """,
    "signed_on": """
        signed on; signed; signed date; date signed; подписан; дата подписания; дата на подписване;
        подписан на
    """,
    "expires_on": """
        expires on; expires; expiry date; expiration date; end date; contract end date; valid till;
        valid until; действует до; срок действия; дата окончания; окончание; валиден до; валидност;
        крайна дата; изтича на; дата на изтичане
    """,
    "period": "period; billing period; период; за период; месяц; месец; за периода",
    "amount": """
        amount; total; sum; value; grand total; amount due; invoice total; total amount; price;
        сумма; сумма документа; итого; всего; сумма договора; стоимость; сума; обща сума; стойност; общо
    """,
    "currency": CURRENCY,
    "location": """
        location; link; url; file; path; ссылка на файл; файл; путь; адрес файла; линк; път;
        файл линк
    """,
    "note": """
        note; notes; comment; comments; memo; terms; примечание; комментарий; заметка; бележка; забележка;
        коментар
    """,
    "version_note": "version note; version; changes; версия; изменения; что изменилось; редакция; промени",
}

TOUCH: dict[str, str] = {
    "external_id": EXTERNAL + "; activity id; note id; engagement id; call id; id дела; id события",
    "client_id": OF_CLIENT,
    "contact_id": OF_CONTACT + "; from",
    "staff_id": OF_STAFF + "; who of us; logged by; author name; caller name; кто из нас",
    "touch_kind": """
        touch kind; kind; type; activity type; engagement type; event type; task type; object type; канал;
        тип; вид; тип дела; тип события; тип активности; тип задачи; вид контакта;
        тип на активността; вид активност; вид контакт
    """,
    "text": """
        text; note; notes; note body; body; description; comment; comments; message; content; subject;
        call notes; meeting notes; details; what was said;
        текст; заметка; примечание; комментарий; описание; тема; содержание; текст примечания; сообщение;
        что обсудили; бележка; текст на бележката; съдържание; коментар; какво каза
    """,
    "at": """
        at; when; date; time; activity date; create date; created at; created; date created; timestamp;
        start time; start date; due date; date start; occurred at; call time; note date; meeting date;
        дата; время; когда; дата создания; дата и время; дата начала; дата события; дата звонка; создано;
        дата на създаване; кога; час; дата и час; дата на обаждане
    """,
    "direction": """
        direction; call direction; inbound outbound; направление; входящий исходящий;
        направление звонка; посока
    """,
    "mood": "mood; sentiment; настроение; тональность; настроение на клиента",
    "minutes": """
        minutes; duration; duration minutes; call duration; длительность; минут; продолжительность;
        продължителност; минути; времетраене
    """,
    "cost": "cost; expense; price; стоимость; расход; затраты; разход; цена",
    "currency": CURRENCY,
    "link": "link; url; recording; ссылка; запись; запись разговора; линк; запис",
    "request_id": """
        request; request number; ticket; ticket id; case number; обращение; заявка; тикет;
        заявка номер
    """,
    "need": "need; потребность; нужда",
    "fact": "fact; факт",
}

PROMISE: dict[str, str] = {
    "external_id": EXTERNAL + "; promise id; id обещания; task id; id задачи",
    "client_id": OF_CLIENT,
    "text": """
        text; promise; what was promised; commitment; special terms; terms; description; subject; title; name;
        обещание; что обещано; условие; особые условия; особое условие; текст; описание; договоренность;
        что обещали; обещание текст; условие текст; какво е обещано; специални условия; уговорка
    """,
    "promise_kind": "promise kind; kind; type; вид; тип; вид обещания; вид обещание",
    "status": """
        status; state; статус; состояние; выполнено; състояние; изпълнено; done; kept; fulfilled; исполнено;
        сдержано; выполнена; исполнена; спазено; удържано
    """,
    "due_on": """
        due on; due; due date; deadline; срок; выполнить до; крайний срок; дата; краен срок; до кога; до;
        до какого; исполнить до; срок исполнения; срок выполнения; обещано до; до дата; due by; by; by when;
        do by; обещано на; срок за изпълнение
    """,
    "given_by_id": OF_STAFF
    + "; given by; promised by; who promised; кто обещал; кем дано; кой обеща; обещал",
    "given_to_id": OF_CONTACT + "; given to; promised to; кому; кому обещано; на кого",
    "owner_id": "who keeps it; keeper; keeps; promise owner; кто выполняет; кто держит; кой изпълнява",
    "evidence": """
        evidence; proof; source; reference; подтверждение; основание; источник; где записано; основание текст;
        доказателство; източник
    """,
    "valid_from": "valid from; from; start date; действует с; с даты; от; валидно от; начало",
    "valid_till": "valid till; valid until; till; end date; действует до; по дату; валидно до; край",
    "in_contract": "in contract; in the contract; в договоре; есть в договоре; в договора",
    "deliverable": "deliverable; what is delivered; что передаем; результат; какво се предава",
    "acceptance": "acceptance; accepted by; acceptance criteria; критерий приемки; приемка; приемане",
}

TASK: dict[str, str] = {
    "external_id": EXTERNAL + "; task id; id задачи",
    "client_id": OF_CLIENT,
    "assignee_id": OF_STAFF,
    "title": """
        title; task; task name; subject; name; what to do; название; задача; тема; что сделать;
        название задачи;
        задание; заглавие; какво да се направи
    """,
    "text": """
        text; description; details; note; notes; описание; текст; комментарий; детайли; бележка;
        коментар
    """,
    "due_on": "due on; due date; due; deadline; date; срок; крайний срок; дата; выполнить до; краен срок",
    "status": """
        status; state; статус; состояние; състояние; done; is done; completed; is completed; complete;
        finished; выполнено; выполнена; сделано; сделана; готово; завершено; завершена; исполнено; закрыта;
        отметка о выполнении; изпълнено; изпълнена; свършено; направено; приключено; приключена
    """,
    "task_kind": "task kind; kind; type; reason; тип; вид; причина; тип задачи",
}
