"""What other programs call the columns of a contact, in English, Russian and Bulgarian."""

from __future__ import annotations

# Names are compared without case, spaces and punctuation, and with ё as е: one spelling of each is enough.
CONTACT: dict[str, str] = {
    "client_id": """
        client; client name; client id; client number; company; company name; account; account name;
        account id;
        associated company; associated company ids; organization; organisation; organization name;
        customer;
        companies; companies id; organization 1 name; primary associated company; employer; tax id;
        client tax id; company tax id; inn; vat number;
        eik;
        клиент; компания; название компании; организация; контрагент; партнер; заказчик; фирма; юрлицо;
        инн;
        инн клиента; инн компании; код клиента; id клиента; id компании; владелец контакта контрагент;
        место работы;
        дружество; име на фирмата; име на клиента; еик; еик на клиента; булстат; код на клиента;
        месторабота
    """,
    "name": """
        name; full name; contact; contact name; contact person; person; display name; formatted name; fn;
        фио; имя и фамилия; полное имя; полное имя контакта; контакт; контактное лицо; имя контакта;
        фамилия имя отчество; основное контактное лицо; наименование; сотрудник;
        име и фамилия; пълно име; лице за контакт; контактно лице; три имена; име на контакта; имена
    """,
    "address_as": """
        address as; nickname; salutation; how to address; preferred name; form of address; greeting;
        goes by;
        обращение; как обращаться; форма обращения; прозвище; приветствие; как называть;
        обръщение; как да се обръщаме; прякор; форма на обръщение
    """,
    "role": """
        role; organization title; job title; title; position; account role; job role; contact role; job;
        occupation;
        должность; роль; роль контакта; позиция; должность контакта; роль в компании;
        длъжност; роля; позиция в компанията; роля на контакта; пост
    """,
    "manner": """
        manner; communication style; style; tone; manner of talking; mood;
        манера; манера общения; стиль общения; тон; тон общения; настроение;
        маниер; стил на общуване; тон на общуване; маниер на общуване
    """,
    "preferred_channel": """
        preferred channel; channel; preferred contact method; contact method; communication channel;
        prefers;
        preferred communication;
        предпочитаемый канал; канал; канал связи; предпочтительный канал; предпочитаемый способ связи;
        способ связи;
        предпочитан канал; канал за връзка; предпочитан начин за връзка; начин на връзка
    """,
    "phone": """
        phone; phone number; telephone; tel; phone 1; work phone; business phone; office phone; mobile;
        cell;
        mobile phone; mobile phone number; cell phone; direct phone; primary phone; phone work;
        phone mobile;
        телефон; рабочий телефон; мобильный телефон; тел; мобильный; моб телефон; сотовый;
        номер телефона; телефон 1;
        рабочий прямой телефон; сотовый телефон; контактный телефон; телефоны; моб; телефон рабочий;
        телефон мобильный; основной телефон; телефон переносной; телефон раб; основен телефон;
        business phone 1;
        телефонен номер; мобилен телефон; служебен телефон; мобилен; gsm; джиесем; телефон за контакт;
        гсм
    """,
    "phone_2": """
        phone 2; business phone 2; home phone 2; work phone 2; second phone; other phone; home phone;
        additional phone; alternative phone;
        secondary phone;
        телефон 2; телефон раб 2; телефон дом 2; телефон дом; рабочий телефон 2; второй телефон;
        дополнительный телефон; домашний телефон; другой телефон; доп телефон;
        служебен телефон 2; домашен телефон 2; телефон на дома; втори телефон; друг телефон;
        допълнителен телефон; домашен телефон
    """,
    "email": """
        email; email address; mail; email 1; email 1 address; primary email address; work email;
        business email; primary email;
        электронная почта; почта; эл почта; рабочий email; адрес электронной почты; емейл; имейл;
        адрес эл почты; мейл; email рабочий;
        е поща; електронна поща; имейл адрес; служебен имейл; поща; ел поща
    """,
    "email_2": """
        email 2; email 2 address; email address 2; second email; other email; personal email;
        additional email; secondary email;
        private email;
        адрес 2 эл почты; адрес эл почты 2; имейл адрес 2; email личный; личный email; частный e mail;
        вторая почта; дополнительный email; почта 2;
        другой email;
        личная почта;
        втори имейл; личен имейл; друг имейл; имейл 2
    """,
    "messenger": """
        messenger; im 1; im; impp; skype; telegram; whatsapp; viber; chat; social profile; telegram username;
        instant messenger;
        мессенджер; скайп; телеграм; телеграмм; вотсап; ватсап; вайбер; чат; ник в телеграм; макс;
        месинджър; чат профил; телеграм профил
    """,
    "language": """
        language; preferred language; contact language; locale;
        язык; язык общения; язык контакта; предпочитаемый язык;
        език; предпочитан език; език за комуникация; език на контакта
    """,
    "birthday": """
        birthday; birth date; date of birth; dob; born;
        день рождения; дата рождения; др; родился;
        рожден ден; дата на раждане; рождена дата
    """,
    "is_main": """
        is main; main; main contact; primary; is primary; primary contact; default contact;
        основной; основной контакт; главный; главный контакт; это основной контакт;
        основен; основен контакт; главен; главен контакт
    """,
    "external_id": """
        external id; id; record id; record id contact; contact record id; contact id; code; uid; guid; uuid;
        contact number; crm id;
        код; внешний код; внешний id; идентификатор; id контакта; номер контакта; код контакта; уид; ид;
        внешний идентификатор;
        външен код; идентификатор на контакта; номер на контакта; код на контакта; външен номер
    """,
}
