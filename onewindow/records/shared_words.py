"""Words of choices that stand in several kinds of record."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "tier": {
        "A": "а; 1; vip; вип; gold; золото; золотой; ключевой; key; ключов; златен",
        "B": "в; 2; silver; серебро; серебряный; важный; сребърен",
        "C": "с; 3; bronze; бронза; standard; стандарт; стандартный; бронзовый; бронзов; стандартен",
        "D": "д; 4; basic; базовый; минимальный; базов; основен",
    },
    "channel": {
        "phone": "phone; call; telephone; mobile; телефон; звонок; позвонить; тел; обаждане; мобилен",
        "email": "email; mail; почта; электронная почта; имейл; емейл; эл почта; е-поща; поща; письмо",
        "messenger": """
            messenger; chat; telegram; whatsapp; viber; skype; мессенджер; чат; телеграм;
            телеграмм; вотсап; ватсап; вайбер; вибер; скайп; месинджър; макс; twitter; x com;
            facebook; instagram; facebook messenger; vk; вк; вконтакте; social; social media;
            live chat; chatbot; бот; соцсети
        """,
        "sms": "sms; text; text message; смс; съобщение",
        "meeting": "meeting; in person; лично; video; zoom; встреча; видео; среща; видеозвонок",
        "visit": "visit; on-site; визит; выезд; посещение; на место; на място",
        "post": "post; letter; paper; бумага; почта россии; бумажное письмо; писмо; куриер; курьер",
        "portal": """
            portal; ticket; helpdesk; личный кабинет; портал; кабинет; заявка; web; website; web
            form; web widget; form; веб форма; онлайн форма; форма обратной связи; уеб форма; api;
            self service; help center; сайт; форма на сайте; веб;
            форма; уебсайт
        """,
    },
    "language": {
        "ru": "rus; ru-ru; russian; русский; руски; рус; русский язык",
        "bg": "bul; bg-bg; bulgarian; болгарский; български; бг; болг",
        "en": "eng; en-us; en-gb; english; английский; английски; англ; анг",
    },
    "priority": {
        "urgent": """
            critical; blocker; highest; emergency; p1; 1; срочный; срочно; критический;
            критичный; авария; спешно; критичен; urgent; asap; now; срочная; срочное; критично;
            горит; спешен; спешна; спешни; веднага
        """,
        "high": """
            important; major; p2; 2; высокий; высокая; важный; важно; висок; висока; high;
            важная; высоко; важен; важна; високо
        """,
        "normal": """
            medium; middle; moderate; p3; 3; средний; обычный; нормальный; средняя; среден;
            нормален; обичаен; normal; обычная; обычно; нормально; обикновен
        """,
        "low": """
            minor; trivial; lowest; p4; 4; низкий; низкая; нисък; ниска; low; later; низко;
            неважно; потом; терпит; ниско; неважен; търпи
        """,
    },
    "direction": {
        "in": "inbound; incoming; входящий; входящее; вх; входящ; входящо; входящая",
        "out": "outbound; outgoing; исходящий; исходящее; исх; изходящ; изходящо; исходящая",
        "internal": "внутренний; внутренняя; вътрешен; вътрешно",
    },
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
    "flag": {
        "1": "yes; y; true; t; on; x; х; +; да; д; истина; верно; есть; v; ✓; ✔; основной; основен; main",
        "0": "no; n; false; f; off; -; нет; не; н; ложь; неверно; лъжа; няма",
    },
    "currency": {
        "RUB": "rur; руб; рубль; рубли; р; российский рубль; рос рубль; ₽; 643; рубла",
        "EUR": "euro; евро; €; 978",
        "USD": "dollar; us dollar; доллар; доллары; долл; $; us$; 840; долар; щатски долар",
        "BGN": "lev; лев; лева; лв; 975; български лев",
        "GBP": "pound; фунт; £; 826; паунд",
        "KZT": "тенге; ₸; 398",
    },
}
