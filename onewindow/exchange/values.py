"""Words of a file as values of ours: choices in three languages, yes and no, countries, names of people."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from onewindow.exchange.countries import read_country
from onewindow.exchange.headers import normalise_header
from onewindow.text.names import whole_name

_WORDS: dict[str, dict[str, str]] = {
    "client_class": {
        "reseller": """
            reseller; partner; dealer; distributor; посредник; реселлер; реселер; дилер; партнер;
            дистрибьютор; дилър; препродавач; дистрибутор; перепродавец; агент
        """,
        "regular": """
            regular; permanent; customer; client; постоянный; постоянный клиент; клиент; постоянен;
            постоянен клиент; обычный; редовен; покупатель
        """,
        "one_off": """
            one-off; one time; single; разовый; разовый клиент; разова; еднократен; случаен;
            единоразовый
        """,
    },
    "tier": {
        "A": "а; 1; vip; вип; gold; золото; золотой; ключевой; key; ключов; златен",
        "B": "в; 2; silver; серебро; серебряный; важный; сребърен",
        "C": "с; 3; bronze; бронза; standard; стандарт; стандартный; бронзовый; бронзов; стандартен",
        "D": "д; 4; basic; базовый; минимальный; базов; основен",
    },
    "stage": {
        "handover": "handover; new; передача; передача клиента; новый; предаване; нов",
        "onboarding": """
            onboarding; implementation; внедрение; адаптация; запуск; внедряване; въвеждане; обучение
        """,
        "active": """
            active; live; customer; активный; действующий; в работе; работает; активен; действащ; клиент
        """,
        "leaving": "leaving; at risk; churning; уходит; уходящий; под угрозой; напускащ; отива си; в риск",
        "lost": """
            lost; churned; former; inactive; closed; ушел; ушедший; потерян; потерянный; бывший; архив;
            загубен; напуснал; изгубен; бивш; неактивен; неактивный
        """,
    },
    "payment_state": {
        "unknown": "unknown; неизвестно; нет данных; няма данни",
        "paid": "paid; ok; оплачено; оплачен; нет долга; без долгов; платено; платен; без дългове",
        "due": """
            due; unpaid; pending; invoiced; к оплате; ожидает оплаты; не оплачено; выставлен; за плащане;
            чака плащане
        """,
        "overdue": """
            overdue; late; debt; просрочено; просрочен; долг; есть долг; просрочка; задолженность; дълг;
            закъснява; просрочие
        """,
    },
    "channel": {
        "phone": "phone; call; telephone; mobile; телефон; звонок; позвонить; тел; обаждане; мобилен",
        "email": """
            email; e-mail; mail; почта; электронная почта; имейл; емейл; эл почта; е-поща; поща; письмо
        """,
        "messenger": """
            messenger; chat; telegram; whatsapp; viber; skype; мессенджер; чат; телеграм; телеграмм;
            вотсап; ватсап; вайбер; вибер; скайп; месинджър; макс; twitter; x com; facebook; instagram;
            facebook messenger; vk; вк; вконтакте; social; social media; live chat; chatbot; бот; соцсети
        """,
        "sms": "sms; text; text message; смс; съобщение",
        "meeting": "meeting; video; zoom; встреча; видео; среща; видеозвонок",
        "visit": "visit; on-site; визит; выезд; посещение; на место; на място",
        "post": "post; letter; paper; бумага; почта россии; бумажное письмо; писмо; куриер; курьер",
        "portal": """
            portal; ticket; helpdesk; личный кабинет; портал; кабинет; заявка; web; website; web form;
            webform; web widget; form; api; self service; help center; сайт; форма на сайте; веб; форма;
            уебсайт
        """,
    },
    "language": {
        "ru": "rus; ru-ru; russian; русский; руски; рус; русский язык",
        "bg": "bul; bg-bg; bulgarian; болгарский; български; бг; болг",
        "en": "eng; en-us; en-gb; english; английский; английски; англ; анг",
    },
    "flag": {
        "1": "yes; y; true; t; on; x; +; да; д; истина; верно; есть; v; ✓; ✔; основной; основен; main",
        "0": "no; n; false; f; off; -; нет; не; н; ложь; неверно; лъжа; няма",
    },
}
CHOICE_FIELDS = {
    "client_class": "client_class",
    "tier": "tier",
    "stage": "stage",
    "payment_state": "payment_state",
    "preferred_channel": "channel",
    "language": "language",
    "country": "country",
    "is_main": "flag",
}
"""Import fields that hold a choice, with the vocabulary of each."""


def read_choice(field: str, text: str) -> str | None:
    """Give back our value for a word of a file, in English, Russian or Bulgarian; None when it is not known.

    A flag reads as `1` or `0`, a country as its two letters. Raises `KeyError` for a field without choices.
    """
    vocabulary = CHOICE_FIELDS[field]
    return read_country(text) if vocabulary == "country" else _vocabulary(vocabulary).get(_key(text))


def person_name(values: Mapping[str, str], language: str) -> str:
    """Give back the name with all its parts: `Last First Middle` in Russian, else the first name first."""
    name, last, first, middle = (
        values.get(part, "").strip() for part in ("name", "last_name", "first_name", "middle_name")
    )
    return whole_name(name, last, first, middle, language)


def _key(text: str) -> str:
    return normalise_header(text) or text.strip()


@cache
def _vocabulary(name: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for value, words in _WORDS[name].items():
        known.update({_key(word): value for word in (value, *words.split(";"))})
    return known
