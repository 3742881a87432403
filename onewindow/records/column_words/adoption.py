"""What other programs call the columns of products, licences, usage and colleagues."""

from __future__ import annotations

from onewindow.records.column_words.requests import (
    CURRENCY,
    EXTERNAL,
    OF_CLIENT,
    OF_CONTACT,
    OF_PRODUCT,
)

OF_FUNCTION = """
    feature; feature name; function; feature slug; event name; event type; capability; функция;
    название функции; возможность; раздел; функция на продукта; функционалност; функции
"""
TIMES_USED = """
    uses; feature uses; feature count; times used; use count; clicks; event count; раз;
    использований; число использований; нажатий; раз использована; пъти; брой употреби
"""

PRODUCT: dict[str, str] = {
    "external_id": EXTERNAL
    + "; product id; sku; code; product code; item code; артикул; код товара; id товара; код на продукта",
    "name": """
        name; product; product name; item; item name; title; service; module; наименование; название; товар;
        продукт; номенклатура; услуга; название товара; наименование товара; модуль;
        име; име на продукта; стока; модул; наименование на стоката
    """,
    "parent_id": """
        parent; parent product; module of; product family; series; входит в; родитель; группа;
        основной продукт; част от; група
    """,
    "unit": "unit; sold by; unit of measure; uom; единица; единица измерения; ед изм; мярка; единица мярка",
    "price": """
        price; unit price; list price; sales price; price a unit; цена; цена за единицу; розничная цена;
        стоимость; единична цена; продажна цена
    """,
    "currency": CURRENCY,
    "description": """
        description; details; note; описание; примечание; комментарий; описание на продукта; бележка
    """,
    "is_sold": """
        is sold; on sale; active; is active; available; продается; активен; в продаже; действует; продава се;
        активен продукт
    """,
}

LICENCE: dict[str, str] = {
    "external_id": EXTERNAL
    + """;
    licence id; license id; subscription id; licence key; license key; license number; serial number;
    id лицензии; номер лицензии; ключ; ключ лицензии; id подписки; номер на лиценз; серийный номер
    """,
    "client_id": OF_CLIENT,
    "product_id": OF_PRODUCT
    + "; plan; plan name; subscription; licence; license; лицензия; тариф; лиценз; план",
    "bought": """
        bought; licences bought; licenses bought; seats; quantity; qty; licences; licenses; seats bought;
        purchased; users; count; количество; куплено; лицензий; мест; кол во; рабочих мест;
        количество лицензий;
        брой; закупени; брой лицензи; потребители
    """,
    "active": """
        active; active users; active seats; used seats; seats used; in use; активных; активных пользователей;
        используется; активно; активни; активни потребители; използвани
    """,
    "volume_limit": "volume limit; limit; quota; лимит; объем; лимит объема; квота; лимит обем",
    "starts_on": """
        starts on; start date; start; starts; from; begin; valid from; date; purchase date;
        дата начала; начало;
        действует с; с; дата; дата покупки; начална дата; валиден от; от дата
    """,
    "ends_on": """
        ends on; end date; end; ends; until; expires; expiration date; expiry date; renewal date; valid till;
        valid until; current period end; дата окончания; окончание; действует до; до; срок действия; истекает;
        крайна дата; валиден до; изтича на; до дата
    """,
    "amount": """
        amount; price; total; value; price for the term; mrr; arr; сумма; стоимость; цена; итого; сума;
        стойност
    """,
    "currency": CURRENCY,
    "installed_version": """
        installed version; version; release; версия; установленная версия; инсталирана версия
    """,
    "last_used_on": """
        last used on; last used; last login; last activity; last seen; последнее использование;
        последний вход;
        последна употреба; последно влизане
    """,
    "document_id": """
        document; contract number; contract; invoice number; документ; договор; номер договора;
        номер на договор
    """,
}

USAGE: dict[str, str] = {
    "external_id": EXTERNAL,
    "client_id": OF_CLIENT + "; tenant; workspace; арендатор; портал",
    "product_id": OF_PRODUCT + "; app; application; приложение",
    "week": "week; week number; week no; номер недели; номер на седмица",
    "active_users": """
        active users; users; active; wau; dau; unique users; logins; weekly active users; seats used;
        активные пользователи; активных; пользователи; пользователей; активных пользователей; входов;
        активни потребители; потребители; активни; число пользователей; количество пользователей;
        брой потребители
    """,
    "volume": """
        volume; events; actions; documents; operations; usage; api calls; count; sessions; records;
        объем; действий; документов; операций; количество; событий; использование; обращений;
        обем; действия; документи; операции; брой
    """,
}

FEATURE_USE: dict[str, str] = {
    "external_id": EXTERNAL,
    "client_id": USAGE["client_id"],
    "product_id": USAGE["product_id"],
    "name": OF_FUNCTION + "; name; название; наименование; име",
    "week": USAGE["week"],
    "users": USAGE["active_users"],
    "uses": TIMES_USED + "; count; events; volume; количество; событий; брой; обем",
}

LEARNER: dict[str, str] = {
    "external_id": EXTERNAL,
    "client_id": OF_CLIENT,
    "training_id": """
        training; lesson; course; session; webinar; subject; занятие; урок; курс; обучение; вебинар; тема;
        тема занятия; занятия; урок номер; тема на обучението
    """,
    "contact_id": OF_CONTACT
    + """;
    participant; attendee; student; learner; name; email; участник; слушатель; ученик; фио; имя;
    участник в обучението; обучаем; име
    """,
    "state": """
        state; status; result; attended; attendance; outcome; состояние; статус; итог; результат; присутствие;
        състояние; резултат; присъствие
    """,
    "note": "note; comment; remark; примечание; комментарий; заметка; бележка; коментар",
}

STAFF: dict[str, str] = {
    "external_id": EXTERNAL
    + "; user id; employee id; agent id; id пользователя; табельный номер; id сотрудника",
    "login": "login; username; user; account; логин; имя пользователя; потребител; потребителско име",
    "name": """
        name; full name; sales agent; agent; employee; employee name; sales rep; salesperson; display name;
        user full name; owner name; фио; сотрудник; пользователь; менеджер; полное имя;
        служител; име и фамилия; търговец
    """,
    "role": "role; user role; profile; position; job title; роль; должность; роля; длъжност",
    "office": "office; regional office; location; branch; region; офис; филиал; регион; клон",
    "department": "department; team; group; отдел; подразделение; группа; екип; звено",
    "phone": """
        phone; telephone; mobile; phone number; work phone; телефон; мобильный; рабочий телефон;
        мобилен
    """,
    "email": "email; email address; mail; work email; почта; электронная почта; имейл; поща",
    "deputy_id": "deputy; backup; substitute; заместитель; замещает; заместник",
    "language": "language; locale; язык; език",
}
