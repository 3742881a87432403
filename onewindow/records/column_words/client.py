"""What other programs call the columns of a client and its requisites, in English, Russian and Bulgarian."""

from __future__ import annotations

# Names are compared without case, spaces and punctuation, and with ё as е: one spelling of each is enough.
CLIENT: dict[str, str] = {
    "name": """
        name; client; client name; title; customer; customer name; company; company name; account name;
        organization; organisation; organization name; business name; short name; display name;
        название; наименование; клиент; имя клиента; название клиента; компания; название компании;
        организация;
        контрагент; партнер; заказчик; покупатель; рабочее наименование; краткое наименование;
        наименование контрагента; наименование организации; сокращенное наименование; фирма;
        име; име на клиента; клиент име; име на фирмата; фирма име; дружество; име на дружеството;
        контрагент име
    """,
    "aliases": """
        aliases; alias; other names; also known as; aka; nicknames; trade name; dba; brand;
        псевдонимы; псевдоним; другие названия; также известен как; бренд; торговая марка;
        прежние названия;
        други имена; псевдоними; търговска марка; търговско име; известен като
    """,
    "client_class": """
        class; client class; type; account type; client type; customer type; company type;
        lifecycle type;
        класс; класс клиента; тип; тип клиента; тип компании; вид клиента; тип контрагента;
        вид контрагента;
        клас; клас на клиента; тип на клиента; вид клиент; вид на клиента
    """,
    "tier": """
        tier; client tier; customer tier; service level; rating; account rating; abc; abc class;
        priority;
        уровень; уровень обслуживания; категория; категория клиента; приоритет; приоритет клиента;
        рейтинг;
        abc класс; abc классификация; авс класс; авс; важность;
        ниво; ниво на обслужване; категория на клиента; приоритет на клиента; важност;
        рейтинг на клиента
    """,
    "stage": """
        stage; client stage; lifecycle stage; customer stage; status; account status; client status;
        state;
        стадия; этап; статус; статус клиента; стадия отношений; состояние; стадия отношений с клиентом;
        этап работы;
        етап; стадий; етап на клиента; състояние; статус на клиента
    """,
    "owner_id": """
        owner; account owner; company owner; account manager; manager; assigned to; assigned user;
        responsible;
        responsible person; assigned user name; customer success manager; csm; sales representative;
        owner name;
        ответственный; менеджер; ответственный менеджер; основной менеджер; закрепленный сотрудник;
        куратор;
        ответственный за компанию; персональный менеджер; владелец; сотрудник; ответственный сотрудник;
        отговорник; отговорен служител; мениджър; акаунт мениджър; отговорно лице; водещ служител;
        търговец
    """,
    "lost_on": """
        lost on; lost date; date lost; churn date; churned on; churned at; left on; end date; cancelled on;
        cancellation date; дата ухода; ушел; дата потери; дата оттока; потерян с;
        дата на напускане; изгубен на
    """,
    "deputy_id": """
        deputy; backup; backup manager; second manager; substitute; secondary owner;
        заместитель; заместитель менеджера; второй менеджер; замещающий; замещает; помощник менеджера;
        заместник; заместник отговорник; втори мениджър; замества
    """,
    "segment": """
        segment; market segment; customer segment; client segment; size; company size;
        сегмент; сегмент клиента; сегмент рынка; группа; группа контрагентов; бизнес регион;
        сегмент на клиента; пазарен сегмент; група; група клиенти
    """,
    "industry": """
        industry; sector; industry sector; vertical; line of business; business type; sic description;
        отрасль; сфера деятельности; вид деятельности; отрасль компании; направление деятельности; сфера;
        индустрия;
        отрасъл; бранш; сфера на дейност; вид дейност; индустрия на клиента; предмет на дейност
    """,
    "country": """
        country; country region; billing country; billing address country; country code;
        country of registration;
        mailing country; hq country; company country;
        страна; страна регистрации; адрес страна; код страны; страна компании;
        държава; страна на регистрация; код на държава; държава на регистрация
    """,
    "city": """
        city; town; billing city; billing address city; mailing city; city town; company city;
        город; населенный пункт; адрес город; город компании;
        град; населено място; град на клиента
    """,
    "website": """
        website; web; url; site; homepage; company domain name; domain; website url; company website;
        сайт; веб сайт; корпоративный сайт; адрес сайта; интернет сайт; веб;
        уебсайт; интернет страница; уеб страница; сайт на фирмата; уеб
    """,
    "since": """
        since; client since; customer since; start date; became a customer date; first order date;
        relationship start;
        клиент с; дата начала; дата начала работы; дата начала сотрудничества; клиент с даты; работает с;
        дата первого заказа; дата договора;
        клиент от; начална дата; клиент от дата; дата на първа поръчка; начало на отношенията
    """,
    "goal": """
        goal; client goal; business goal; objective; target outcome; desired outcome;
        цель; цель клиента; цели; бизнес цель; чего хочет клиент;
        цел на клиента; бизнес цел; цел
    """,
    "goal_measure": """
        goal measure; measure; success measure; kpi; success criteria; goal metric; measure of success;
        мера цели; показатель; показатель цели; критерий успеха; как измеряем; кпэ;
        мярка на целта; показател; критерий за успех; как се измерва
    """,
    "note": """
        note; notes; comment; comments; description; remarks; about us; additional info; memo;
        примечание; примечание 1; заметка; заметки; комментарий; комментарии; описание; доп информация;
        дополнительная информация; особые отметки;
        бележка; бележки; забележка; коментар; коментари; описание на клиента; допълнителна информация
    """,
    "external_id": """
        external id; id; record id; record id company; company record id; account id; company id; client id;
        organization id; organisation id; org id; business id; firm id; partner id; id организации;
        id контрагента; код организации; код компании; код фирмы; id фирмы; id на фирма;
        id на организация; id на клиент;
        customer id; account number;
        client number;
        customer number; code; uid; guid; uuid; crm id; external key;
        код; внешний код; внешний id; идентификатор; id клиента; id компании; номер клиента; код клиента;
        код контрагента; код 1с; уид; внешний идентификатор; лицевой счет; ид;
        външен код; идентификатор на клиента; номер на клиента; клиентски номер; код на клиента;
        външен номер
    """,
    "tags": """
        tags; tag; labels; label; keywords;
        теги; тег; метки; метка; ярлыки; теги компании; ключевые слова;
        тагове; етикети; етикет; ключови думи
    """,
    "language": """
        language; preferred language; client language; locale;
        язык; язык общения; язык клиента; язык переписки;
        език; език на клиента; език за комуникация; предпочитан език
    """,
    "time_zone": """
        time zone; tz;
        часовой пояс; временная зона; таймзона;
        часова зона; часови пояс
    """,
    "payment_state": """
        payment state; payment status; payments; debt status; billing status;
        состояние оплаты; статус оплаты; оплата; состояние расчетов; платежный статус; задолженность;
        състояние на плащанията; статус на плащане; плащане; плащания
    """,
}

BILLING_DETAILS: dict[str, str] = {
    "legal_name": """
        legal name; full name; registered name; official name; full legal name; legal company name;
        полное наименование; наименование полное; полное название; юридическое название;
        юридическое лицо; юрлицо;
        юридическое наименование; наименование по егрюл; полное наименование организации;
        реквизит полное наименование организации; реквизит сокращенное наименование организации;
        пълно име; юридическо име; регистрирано име; пълно наименование; наименование на дружеството
    """,
    "tax_id": """
        tax id; tax number; tax identification number; tin; inn; eik; bulstat; tax id number;
        company registration number; registration number; unp; bin; nip; siren; инн кпп;
        инн; инн клиента; инн контрагента; инн организации; реквизит инн; унп; бин; инн компании;
        еик; булстат; еик булстат; данъчен номер; иин; бин иин; едрпоу;
        единен идентификационен код; еик на фирмата
    """,
    "kpp": """
        kpp; tax registration reason code;
        кпп; реквизит кпп; код причины постановки на учет; кпп организации
    """,
    "ogrn": """
        ogrn; ogrnip; psrn;
        огрн; огрнип; огрн огрнип; реквизит огрн; реквизит огрнип; код огрн
    """,
    "legal_address": """
        legal address; registered address; address; company address; billing address; billing street;
        billing address street; street address; official address; registered office; address 1; street;
        юридический адрес; юр адрес; адрес; адрес юридический; адрес регистрации; место нахождения;
        адрес компании;
        адрес местонахождения; местонахождение; адрес по егрюл;
        адрес на управление; седалище и адрес на управление; седалище; адрес на регистрация;
        адрес на фирмата;
        седалище адрес; адрес по регистрация
    """,
    "postal_address": """
        postal address; mailing address; mail address; shipping address; shipping street;
        delivery address;
        shipping address street; correspondence address; actual address; office address;
        почтовый адрес; адрес почтовый; адрес для корреспонденции; фактический адрес; факт адрес;
        адрес фактический;
        адрес доставки; адрес офиса;
        пощенски адрес; адрес за кореспонденция; адрес за доставка; адрес на офиса; фактически адрес
    """,
    "phone": """
        phone; phone number; telephone; tel; main phone; company phone; office phone; work phone;
        phone 1; mobile;
        телефон; рабочий телефон; тел; номер телефона; телефон компании; телефоны; контактный телефон;
        телефон 1;
        мобильный телефон; основной телефон; телефон организации;
        телефонен номер; служебен телефон; телефон на фирмата; телефон за контакт; мобилен телефон;
        мобилен
    """,
    "email": """
        email; email address; mail; company email; work email; main email; general email;
        электронная почта; почта; эл почта; рабочий email; адрес электронной почты; емейл; имейл;
        email компании; адрес эл почты; мейл;
        е поща; електронна поща; имейл адрес; имейл на фирмата; поща; ел поща
    """,
    "bank": """
        bank; bank name; beneficiary bank;
        банк; наименование банка; название банка; банк получателя; реквизит наименование банка;
        банка; име на банка; обслужваща банка; банка име
    """,
    "bik": """
        bik; bank bik; rcbic;
        бик; бик банка; реквизит бик
    """,
    "account": """
        bank account; account no; settlement account; current account; bank account number;
        payment account;
        расчетный счет; р с; р счет; номер счета; банковский счет; счет; расч счет;
        реквизит расчетный счет;
        основной банковский счет;
        сметка; банкова сметка номер; номер на сметка; разплащателна сметка
    """,
    "corr_account": """
        corr account; correspondent account; corresponding account; correspondence account;
        корр счет; кор счет; корреспондентский счет; к с; к счет; корр сч; реквизит кор счет;
        кореспондентска сметка
    """,
    "iban": """
        iban; iban number; iban code;
        ибан;
        банкова сметка; iban сметка; банкова сметка iban; международен номер
    """,
    "swift": """
        swift; bic; swift code; bic code; swift bic; bic swift;
        свифт; swift код; код swift; реквизит swift;
        bic код; суифт; банков код; bic на банката
    """,
    "head_name": """
        head; head name; director; ceo; director name; managing director; manager name; signatory;
        principal;
        руководитель; фио руководителя; директор; генеральный директор; ген директор; фио директора;
        подписант;
        реквизит ген директор;
        мол; управител; представляващ; материално отговорно лице; представител; име на управителя;
        законен представител
    """,
    "head_position": """
        head position; director position; head title; signatory position; director title;
        должность руководителя; должность директора; должность подписанта;
        длъжност на управителя; длъжност на представляващия; длъжност на мол
    """,
    "consignee": """
        consignee; ship to; consignee name; receiver;
        грузополучатель; получатель груза; наименование грузополучателя;
        получател на стоката; товарополучател; получател
    """,
    "consignee_address": """
        consignee address; ship to address; receiver address;
        адрес грузополучателя; адрес получателя груза; грузополучатель адрес;
        адрес на получателя; адрес на товарополучателя
    """,
}
