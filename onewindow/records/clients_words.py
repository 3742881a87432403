"""Words of the choices of clients, consents and promises."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "client_class": {
        "reseller": """
            reseller; partner; dealer; distributor; посредник; реселлер; реселер; дилер;
            партнер; дистрибьютор; дилър; препродавач; дистрибутор; перепродавец; агент
        """,
        "regular": """
            regular; permanent; customer; client; постоянный; постоянный клиент; клиент;
            постоянен; постоянен клиент; обычный; редовен; покупатель
        """,
        "one_off": """
            one-off; one time; single; разовый; разовый клиент; разова; еднократен; случаен;
            единоразовый
        """,
    },
    "client.stage": {
        "handover": "handover; new; передача; передача клиента; новый; предаване; нов",
        "onboarding": """
            onboarding; implementation; внедрение; адаптация; запуск; внедряване; въвеждане;
            обучение
        """,
        "active": """
            active; live; customer; активный; действующий; в работе; работает; активен;
            действащ; клиент
        """,
        "leaving": "leaving; at risk; churning; уходит; уходящий; под угрозой; напускащ; отива си; в риск",
        "lost": """
            lost; churned; former; inactive; closed; ушел; ушедший; потерян; потерянный; бывший;
            архив; загубен; напуснал; изгубен; бивш; неактивен; неактивный
        """,
    },
    "payment_state": {
        "unknown": "unknown; неизвестно; нет данных; няма данни",
        "paid": "paid; ok; оплачено; оплачен; нет долга; без долгов; платено; платен; без дългове",
        "due": """
            due; unpaid; pending; invoiced; к оплате; ожидает оплаты; не оплачено; выставлен; за
            плащане; чака плащане
        """,
        "overdue": """
            overdue; late; debt; просрочено; просрочен; долг; есть долг; просрочка;
            задолженность; дълг; закъснява; просрочие
        """,
    },
    "consent.purpose": {
        "marketing": """
            ads; advertising; offers; реклама; маркетинг; предложения; рекламные рассылки;
            акции; оферти; рекламни съобщения
        """,
        "newsletter": "news; mailing; рассылка; рассылки; новости; информационная рассылка; бюлетин; новини",
        "survey": "surveys; опрос; опросы; анкета; анкеты; анкети; проучване; допитване",
        "personal_data": """
            personal data; gdpr; data processing; персональные данные; перс данные; данные; пдн;
            обработка персональных данных; лични данни; обработка на лични данни
        """,
    },
    "consent.state": {
        "given": "yes; agreed; granted; true; да; дано; согласен; согласна; есть; дадено; съгласен; съгласна",
        "refused": "no; denied; false; нет; отказ; отказано; не согласен; не согласна; не; отказва",
        "withdrawn": "revoked; отозвано; отозвал; оттеглено; оттегли",
    },
    "promise.promise_kind": {
        "term": """
            special term; condition; discount; условие; особое условие; скидка; специално
            условие; отстъпка
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
    "promise_event.outcome": {
        "kept": "done; fulfilled; completed; выполнено; сдержано; исполнено; изпълнено; спазено",
        "broken": "failed; missed; не выполнено; нарушено; сорвано; неизпълнено",
    },
}
