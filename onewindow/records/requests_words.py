"""Words of the choices of requests, documents, tasks and touchpoints."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "request.status": {
        "new": "новый; новая; новое; нова; нов; created; to do; submitted; неразобранное",
        "open": """
            in progress; assigned; reopened; working; active; working on it; escalated; started;
            открыт; открыта; открыто; в работе; выполняется; назначен; назначена; переоткрыт;
            отворен; отворена; в процес; възложена
        """,
        "waiting": """
            pending; pending customer response; в ожидании клиента; ожидает ответа; ждет ответа;
            изчаква клиента; изчаква клиент; waiting on customer; waiting for customer;
            waiting on contact; on hold; awaiting reply; awaiting customer; pending reply;
            ожидание; ожидает; ждем клиента; ожидание клиента; ожидает ответа клиента; отложен;
            отложено; на удержании; чака клиент; изчаква; чака
        """,
        "handed_off": """
            handed off; waiting on us; waiting on third party; waiting for third party;
            waiting for others; hold; у третьей стороны;
            transferred; передан; передано; у другого отдела; предадена; предаден
        """,
        "resolved": """
            solved; closed; done; complete; completed; fixed; решен; решена; решено; закрыт;
            закрыта; закрыто; выполнен; выполнено; завершен; завершено; готово; решена заявка;
            merged; объединена; объединен;
            приключена; приключен; затворена
        """,
        "declined": """
            rejected; cancelled; canceled; spam; duplicate; wont fix; отклонен; отклонено;
            отменен; отменено; отказ; отменена; отклонена; дубль; отказана; отказан
        """,
    },
    "request.request_kind": {
        "problem": """
            incident; issue; проблема; инцидент; technical issue; technical; заявка; проблем;
            problem; trouble; неполадка
        """,
        "fault": """
            bug; defect; error; ошибка; сбой; дефект; баг; грешка; повреда; hardware issue;
            fault; crash; авария; поломка; срив; бъг
        """,
        "documents": """
            document request; billing; billing inquiry; invoice; документы; счет; документи;
            фактура; documents; document; docs; papers; документ; акт; акты
        """,
        "access": """
            access; login; account access; password; доступ; пароль; достъп; парола; user; вход;
            пользователь; потребител
        """,
        "question": """
            inquiry; enquiry; how to; product inquiry; вопрос; консультация; запрос; въпрос;
            запитване; question; ask; питане
        """,
        "training": "education; обучение; учеба; обучения; training; lesson; webinar; урок; вебинар",
        "complaint": "claim; жалоба; претензия; рекламация; оплакване; рекламация на стока; complaint; жалба",
        "other": """
            task; feature request; cancellation request; refund request; change; другое; прочее;
            задача; друго; other; разное; разни
        """,
    },
    "request.next_actor": {
        "us": "we; мы; ние",
        "client": "клиент; customer",
        "internal": "внутри; вътрешно",
    },
    "request.work_kind": {
        "warranty": "гарантия; гаранция; поддержка; поддръжка; support",
        "paid": "платно; платная; billable; платена; платная работа",
        "on_site": "on site; выезд; на месте; на място",
        "pre_sale": "presale; пресейл; предпродажа; предпродажна",
    },
    "request_event.event_kind": {
        "opened": "created; открыто; создано; отворено",
        "client_message": """
            message; question; client wrote; сообщение клиента; письмо клиента; съобщение от
            клиента
        """,
        "reply": "answer; answered; ответ; отговор",
        "note": "comment; заметка; комментарий; бележка; коментар",
        "wait_client": "waiting; on hold; ожидание клиента; ждем клиента; чака клиент",
        "resume": "resumed; возобновлено; подновено",
        "no_answer_needed": "ответ не нужен; не нужен отговор",
        "thanks": "thank you; спасибо; благодарность; благодаря; благодарност",
        "resolve": "resolved; solved; closed; решено; закрыто; затворено",
        "decline": "declined; rejected; отклонено; отказано",
        "reopen": "reopened; переоткрыто; отворено отново",
        "assign": "assigned; назначено; возложено; възложено",
        "hand_off": "handed off; transferred; передано; предадено",
        "promise": "promised; обещание; обещано",
        "policy": "sla; политика; правило",
        "link": "linked; связь; связано; свързано",
        "merge": "merged; joined; объединено; обединено",
    },
    "hand_off.target": {
        "internal": "our department; внутренний; внутри; вътрешен; вътрешно",
        "sales": "продажи; отдел продаж; продажби",
        "finance": "accounting; финансы; бухгалтерия; финанси; счетоводство",
    },
    "hand_off.state": {
        "asked": "new; sent; open; запрошено; передано; поискано",
        "accepted": "in progress; принято; в работе; прието",
        "ready": "done; answered; готово; отвечено; отговорено",
        "confirmed": "closed; подтверждено; потвърдено",
        "returned": "rejected; возвращено; возврат; върнато",
        "dropped": "cancelled; canceled; отменено; снято; отказано",
    },
    "request_link.relation": {
        "related": "связано; связан; свързано; свързан",
        "duplicate": "double; дубль; дубликат; повтор",
        "split": "part; часть; разделено; част",
        "repeat": "again; повторно; повторная; отново",
        "caused_by": "because of; вызвано; из за; причинено от; заради",
    },
    "task.status": {
        "open": """
            new; not started; in progress; pending; not done; не сделано; не готово;
            открыта; новая; в работе; не выполнена;
            отворена; нова; no; false; нет; не
        """,
        "done": """
            completed; closed; complete; выполнена; завершена; закрыта; готово; изпълнена; приключена; yes;
            true; да; выполнено; сделано; завершено; изпълнено; исполнено; finished; свършено; направено
        """,
        "dropped": "cancelled; canceled; deferred; отменена; отложена; отказана",
    },
    "document_kind": {
        "contract": "agreement; договор; контракт; рамочный договор",
        "specification": """
            spec; annex; спецификация; приложение; допсоглашение; дополнительное соглашение;
            анекс
        """,
        "invoice": "bill; счет; счет на оплату; счет фактура; инвойс; фактура; проформа; проформа фактура",
        "act": """
            acceptance; delivery note; акт; акт выполненных работ; упд; накладная; торг 12; акт
            оказанных услуг; протокол; приемо предавателен протокол; реализация
        """,
        "licence": "license; certificate; лицензия; сертификат; лиценз",
        "offer": "quote; proposal; quotation; кп; коммерческое предложение; предложение; оферта",
        "other": "прочее; другое; иное; письмо; друго",
    },
    "document.state": {
        "missing": "нет; отсутствует; не получен; липсва",
        "draft": "new; черновик; подготовка; новый; чернова; в подготовка",
        "sent": """
            issued; open; unpaid; submitted; отправлен; выставлен; на подписании; направлен; не
            оплачен; изпратен; изпратена; издадена; издаден
        """,
        "signed": "active; executed; подписан; действует; подписано; подписана; действующий; подписани",
        "received": """
            paid; completed; получен; оплачен; оригинал получен; проведен; платена; получена;
            платен
        """,
        "expired": "overdue; ended; истек; просрочен; завершен; изтекъл; изтекла",
        "cancelled": "canceled; void; deleted; аннулирован; отменен; отказан; сторно; анулирана; анулиран",
    },
    "touch_kind": {
        "call": "phone; phone call; звонок; телефон; входящий звонок; исходящий звонок; обаждане; разговор",
        "mail": "email; outgoing email; incoming email; письмо; почта; имейл; писмо; поща",
        "message": """
            chat; sms; whatsapp; telegram; viber; messenger; сообщение; чат; мессенджер;
            съобщение; смс
        """,
        "meeting": """
            event; demo; video call; zoom; appointment; встреча; видеовстреча; демонстрация;
            среща; демо
        """,
        "visit": "on site; визит; выезд; посещение; на място",
        "note": """
            task; todo; comment; заметка; примечание; комментарий; задача; бележка; коментар;
            обычное примечание
        """,
        "gift": "подарок; сувенир; подарък",
        "survey": "опрос; анкета; проучване",
        "review": "qbr; обзор; разбор; преглед",
    },
    "mood": {
        "angry": "negative; bad; злой; недоволен; негативный; сердит; ядосан; недоволна",
        "worried": "mixed; concerned; обеспокоен; тревожный; притеснен; тревожен",
        "calm": "neutral; спокойный; нейтральный; спокоен; неутрален; спокоен тон",
        "glad": "positive; good; happy; доволен; позитивный; рад; радостен; доволна",
    },
}
