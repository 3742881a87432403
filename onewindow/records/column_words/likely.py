"""Names that say less surely which field a column fills, and are only proposed: kind → field → names."""

from __future__ import annotations

LIKELY_WORDS: dict[str, dict[str, str]] = {
    "client": {
        "stage": "churn; churned; churn label; churn value; churn flag; attrition; attrition flag; exited; "
        "is active; active; is active member; customer status; отток; ушел; ушли; активен; действующий; "
        "напуснал; активен клиент",
        "country": "location; office location; hq; headquarters; nation; region country; местонахождение; "
        "локация; местоположение; местоположение на офиса",
        "city": "location city; office city",
        "since": "created at; subscription date; signup date; joined; join date; registered; "
        "registration date; дата регистрации; дата создания; дата подключения; дата на регистрация",
        "website": "domain names; domains; домены; домейни",
        "note": "about; memo; details; subsidiary of; parent; parent company; головная компания; холдинг",
        "name": "organisation; business; holder; subscriber; абонент; плательщик; абонат; платец",
    },
    "document": {
        "number": "order id; order number; order no; order; transaction id; receipt; receipt number; "
        "номер заказа; заказ; номер чека; чек; поръчка; номер на поръчка",
        "issued_on": "order date; transaction date; purchase date; дата заказа; дата чека; дата на поръчка",
        "amount": "sales; revenue; net; gross; cost; payment; продажи; выручка; оплата; продажби; оборот",
        "title": "product; product name; item; item name; товар; номенклатура; услуга; стока; артикул",
    },
    "revenue": {
        "on_date": "order date; transaction date; purchase date; payment date; invoice date; month; "
        "дата заказа; дата платежа; дата продажи; месяц; дата на поръчка; дата на плащане; месец",
        "amount": "sales; revenue; net; gross; turnover; paid; payment; charges; monthly charges; spend; "
        "продажи; выручка; оборот; оплата; поступление; продажби; приход; плащане; credit; credit amount; "
        "paid in; money in; кредит; сумма по кредиту; зачислено; поступило; сума кредит",
        "external_id": "order id; transaction; receipt; номер заказа; чек; поръчка",
        "note": "product name; item; purpose; payment method; назначение; товар; основание; начин на плащане",
    },
    "request": {
        "opened_at": "opened; raised; logged; received; arrived; reported at; поступила; получена; "
        "получена на; принята; заведена; зарегистрирована; постъпила на",
        "responded_at": "first response; first reply; first reply at; first response at; answered; "
        "первый ответ; отвечено; пръв отговор",
        "resolved_at": "resolution; resolution date; finished; done; completed; закрыта; решена; выполнена; "
        "приключена; решена на",
        "title": "question; problem; request; вопрос; проблема; обращение; заявка; въпрос; проблем; заявка",
        "client_id": "organization; organisation; requester; submitter; заявитель; автор; заявител",
        "product_id": "product purchased; device; service; продукт; услуга",
        "tags": "topic; area; queue; тематика; очередь; опашка",
    },
    "contact": {
        "client_id": "organization; organisation; firm; employer; workplace; место работы; работодатель",
        "role": "function; функция",
        "note": "about; memo",
    },
    "touch": {
        "at": "date; when; happened; day; дата; когда; день; дата на",
        "text": "what; result; outcome; summary; итог; результат; содержание; резултат; съдържание",
    },
    "opportunity": {
        "amount": "revenue; potential; close value; потенциал; выручка; приход",
        "product_id": "product; продукт",
        "expected_on": "close; closing; закрытие; приключване",
    },
    "feedback": {
        "quote": "review; opinion; text; what they said; мнение; отзыв; что сказали; мнение на клиента",
        "said_on": "date; created; submitted; дата; когда; получено",
    },
}
