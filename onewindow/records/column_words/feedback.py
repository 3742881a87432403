"""What other programs call the columns of deals, payments, opinions, surveys and handovers."""

from __future__ import annotations

from onewindow.records.column_words.requests import (
    CHANNEL,
    CURRENCY,
    EXTERNAL,
    OF_CLIENT,
    OF_CONTACT,
    OF_PRODUCT,
    OF_STAFF,
)

OPPORTUNITY: dict[str, str] = {
    "external_id": EXTERNAL
    + """;
    deal id; record id deal; opportunity id; opportunity number; lead id; id сделки; номер сделки; код сделки;
    id на сделка; номер на сделка
    """,
    "client_id": OF_CLIENT,
    "title": """
        title; name; deal name; deal title; deal; opportunity name; opportunity; topic; subject; lead name;
        название; название сделки; имя сделки; сделка; наименование; тема; название лида;
        име на сделката; сделка име; заглавие
    """,
    "opportunity_kind": """
        opportunity kind; kind; type; deal type; opportunity type; тип; вид; тип сделки; вид сделки;
        тип на сделката; вид на сделката
    """,
    "state": """
        state; stage; deal stage; status; pipeline stage; sales stage; opportunity stage; stage name;
        deal status;
        стадия; этап; статус; этап сделки; стадия сделки; состояние; этап воронки; стадия id; статус сделки;
        етап; етап на сделката; състояние; фаза; фаза на сделката
    """,
    "product_id": OF_PRODUCT,
    "assignee_id": OF_STAFF,
    "amount": """
        amount; deal amount; value; deal value; close value; price; sum; total; budget; opportunity amount;
        amount in company currency; сумма; бюджет; сумма сделки; стоимость; бюджет сделки; сума; стойност;
        стойност на сделката; бюджет на сделката
    """,
    "currency": CURRENCY,
    "expected_on": """
        expected on; close date; closing date; expected close date; estimated close date; expected;
        closed date; closed at; close time; дата закрытия; предполагаемая дата закрытия; дата завершения;
        ожидаемая дата закрытия; дата закрытия сделки; закрыть до; дата окончания;
        дата на приключване; очаквана дата; дата на затваряне
    """,
    "closed_on": "closed on; won on; lost on; actual close date; дата фактического закрытия; приключена на",
    "window_till": "window till; good till; valid until; действительно до; годно до; валидна до",
    "begun_on": """
        begun on; created at; create date; created; created date; engage date; engaged on; opened; start date;
        open date; begin date; date created; created time; add time;
        дата создания; создано; дата начала; дата; дата на създаване; създадена
    """,
    "evidence": """
        evidence; description; notes; note; comment; comments; deal description; next step; why;
        описание; комментарий; примечание; заметки; подробности; основание; примечание 1;
        бележки; бележка; коментар
    """,
    "reason": """
        reason; lost reason; loss reason; closed lost reason; closed won reason; reason lost; won reason;
        причина; причина отказа; причина проигрыша; причина провала; причина за отказ; причина за загуба
    """,
}

REVENUE: dict[str, str] = {
    "external_id": EXTERNAL
    + "; payment id; transaction id; invoice id; id платежа; id операции; номер операции",
    "client_id": OF_CLIENT,
    "on_date": """
        on date; date; payment date; paid on; invoice date; transaction date; posting date; paid at;
        close date;
        дата; дата оплаты; дата платежа; дата операции; дата продажи; период; месяц; дата поступления;
        дата на плащане; дата на операцията; месец; дата на продажба
    """,
    "revenue_kind": """
        revenue kind; kind; type; revenue type; category; line type; вид; тип; вид дохода; статья; категория;
        статья доходов; вид операции; вид приход; вид на прихода; категория на прихода
    """,
    "amount": """
        amount; revenue; sum; total; payment; paid; net amount; value; mrr; amount paid; sales; turnover;
        сумма; выручка; доход; оплата; сумма оплаты; сумма платежа; приход; продажи; оборот; поступление;
        сума; платено; приходи; продажби; плащане
    """,
    "currency": CURRENCY,
    "product_id": OF_PRODUCT,
    "document_id": """
        document; document number; invoice; invoice number; contract number; документ; номер документа; счет;
        номер счета; документ основание; номер договора; фактура; номер на фактура; номер на документ
    """,
    "note": """
        note; notes; comment; description; memo; purpose; payment purpose; примечание; комментарий;
        назначение платежа; описание; содержание; бележка; забележка; основание; коментар
    """,
}

FEEDBACK: dict[str, str] = {
    "external_id": EXTERNAL + "; feedback id; idea id; id отзыва; id идеи",
    "client_id": OF_CLIENT,
    "contact_id": OF_CONTACT + "; who said it; said by; кто сказал; кой каза",
    "quote": """
        quote; feedback; text; comment; comments; message; verbatim; idea; description; what he said; content;
        details; opinion; отзыв; цитата; текст; комментарий; пожелание; замечание; предложение; описание;
        отзив; мнение; коментар; пожелание текст; предложение текст
    """,
    "feedback_kind": """
        feedback kind; kind; type; category; вид; тип; категория; тип отзыва; вид отзыва; вид отзив
    """,
    "importance": "importance; priority; votes; weight; важность; приоритет; вес; важност; тежест",
    "said_on": """
        said on; date; created at; created; submitted; submitted at; when; дата; дата отзыва; когда;
        дата создания; дата на отзива; кога; дата на създаване
    """,
    "product_id": OF_PRODUCT,
    "feature_id": """
        feature; feature request; feature title; feature name; функция; доработка; фича; возможность;
        функционалност; функция име
    """,
    "competitor": "competitor; competitor name; конкурент; название конкурента; конкурент име",
    "staff_id": OF_STAFF + "; heard by; collected by; кто услышал; кто собрал; кой чу",
    "told_on": "told on; client told on; replied on; клиенту сообщено; сообщено; съобщено",
    "reaction": "reaction; their reaction; his reaction; response; реакция; ответ клиента; отговор",
}

SURVEY_RESPONSE: dict[str, str] = {
    "external_id": EXTERNAL + "; response id; respondent id; answer id; id ответа; id анкеты; id на отговора",
    "client_id": OF_CLIENT,
    "survey_id": """
        survey; survey name; survey title; survey id; questionnaire; campaign; опрос; название опроса; анкета;
        проучване; анкета име; име на проучването
    """,
    "contact_id": OF_CONTACT + "; respondent; respondent name; respondent email; кто ответил; кой отговори",
    "score": """
        score; mark; rating; nps; nps score; csat; csat score; ces; ces score; answer; value; grade;
        answer 1; question 1; q1; score 1; ответ 1; вопрос 1; оценка 1; отговор 1; въпрос 1;
        оценка; балл; рейтинг; ответ; баллы; оценка nps; отговор; точки; бал
    """,
    "comment": """
        comment; comments; feedback; text; reason; verbatim; open answer; комментарий; отзыв; текст; почему;
        пояснение; коментар; отзив; защо
    """,
    "answer_2": "answer 2; question 2; q2; score 2; ответ 2; вопрос 2; оценка 2; отговор 2; въпрос 2",
    "answer_3": "answer 3; question 3; q3; score 3; ответ 3; вопрос 3; оценка 3; отговор 3; въпрос 3",
    "answer_4": "answer 4; question 4; q4; score 4; ответ 4; вопрос 4; оценка 4; отговор 4; въпрос 4",
    "answer_5": "answer 5; question 5; q5; score 5; ответ 5; вопрос 5; оценка 5; отговор 5; въпрос 5",
    "reasons": "reasons; coded reasons; reason codes; причины; коды причин; кодове на причини",
    "channel": CHANNEL,
    "at": """
        at; answered at; date; submitted at; submitted; response date; timestamp; created at; completed at;
        дата; дата ответа; когда; отвечено; дата прохождения; дата на отговора; кога
    """,
}

HANDOVER: dict[str, str] = {
    "external_id": EXTERNAL + "; handover id; deal id; id передачи; id сделки; id на предаване",
    "client_id": OF_CLIENT,
    "deal": """
        deal; deal name; opportunity; opportunity name; title; name; project; сделка; название сделки; проект;
        название; сделка име; име на сделката
    """,
    "state": "state; status; handover status; состояние; статус; статус передачи; състояние",
    "sales_id": """
        sales; salesperson; sales rep; sales agent; sold by; deal owner; sales manager; менеджер продаж;
        продавец; кто продал; сотрудник продаж; менеджер по продажам; търговец; кой продаде
    """,
    "receiver_id": """
        receiver; who receives; account manager; csm; assigned to; responsible; owner; принимает; кто принял;
        менеджер сопровождения; ответственный; получатель; приема; отговорник
    """,
    "contract_number": """
        contract number; contract; contract no; номер договора; договор; номер на договора
    """,
    "sent_on": """
        sent on; date; handover date; handed over on; sent; close date; created at; дата; дата передачи;
        передан; дата на предаване; предаден на
    """,
    "decided_on": "decided on; accepted on; returned on; дата приемки; принят; дата решения; приет на",
    "reason": "reason; return reason; причина; причина возврата; причина за връщане",
    "meeting_on": """
        meeting on; introduction on; kickoff date; kick off; дата встречи; знакомство; дата на среща
    """,
    "meeting_form": "meeting form; form of the meeting; форма встречи; формат встречи; форма на среща",
    "meeting_led_by": "meeting led by; who led it; кто вел; кто провел; кой води",
    "meeting_notes": """
        meeting notes; what was said; notes; note; comment; description; special terms; заметки; комментарий;
        примечание; что обсудили; особые условия; бележки; коментар; бележка
    """,
    "satisfaction": "satisfaction; client mark; score; оценка; удовлетворенность; удовлетвореност",
}
