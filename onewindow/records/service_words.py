"""Words of the choices of meetings, letters, occasions, handovers and standards."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "meeting.form": {
        "visit": "on site; at theirs; визит; выезд; у клиента; посещение; на място",
        "online": "video; zoom; teams; call; онлайн; видео; видеозвонок; видеовстреча; видеосреща",
        "at_ours": "our office; at our place; у нас; в офисе; в офиса",
    },
    "meeting.state": {
        "planned": "scheduled; запланирована; запланировано; планирана",
        "held": "done; completed; прошла; проведена; состоялась",
        "postponed": "rescheduled; moved; перенесена; перенесено; отложена",
        "cancelled": "canceled; отменена; отменено",
    },
    "touch_mark.state": {
        "done": "completed; сделано; готово; направено",
        "skipped": "skip; пропущено; пропустить; пропуснато",
        "put_off": "postponed; snoozed; отложено; отложить",
    },
    "review_decision.decision": {
        "touch": "contact; call; связаться; позвонить; контакт; обади се",
        "snooze": "later; отложить; позже; по късно; отложи",
        "escalate": "lead; эскалация; руководителю; ескалация; на ръководителя",
        "fine": "ok; good; all right; хорошо; все хорошо; нормально; добре; наред",
    },
    "template.purpose": {
        "acknowledge": "receipt; confirmation; подтверждение; принято; потвърждение",
        "reply": "answer; ответ; отговор",
        "ask": "question; запрос; вопрос; въпрос",
        "resolved": "solved; решено; решение",
        "declined": "rejection; отказ; отклонено",
        "warn": "warning; delay; предупреждение; задержка; забавяне",
        "status": "update; статус; состояние; състояние",
        "apology": "sorry; извинение; извинения",
        "who_is_who": "contacts; кто есть кто; контакты; кой кой е",
        "thanks": "thank you; спасибо; благодарность; благодарност",
        "congratulation": "greeting; поздравление; поздрав",
        "check_in": "how are you; как дела; узнать как дела; как сте",
        "meeting": "appointment; встреча; среща",
        "announcement": "news; новость; анонс; новина",
        "survey": "опрос; анкета; проучване",
        "offer": "proposal; quote; предложение; кп; оферта",
        "letter": "письмо; писмо",
        "other": "прочее; другое; друго",
    },
    "purpose_of_message": {
        "service": "support; work; обслуживание; по делу; сервис; обслужване",
        "marketing": "ads; advertising; реклама; маркетинг; акции",
        "newsletter": "news; рассылка; новости; бюлетин; новини",
        "survey": "опрос; анкета; проучване",
    },
    "message.state": {
        "draft": "черновик; чернова",
        "queued": "waiting; outbox; в очереди; на опашка; чака",
        "sent": "delivered; отправлено; отправлен; изпратено",
        "failed": "error; ошибка; не отправлено; неуспешно; грешка",
        "cancelled": "canceled; отменено",
    },
    "script.moment": {
        "intake": "request; прием; заявка; приемане",
        "call": "phone; звонок; обаждане; разговор",
        "difficult": "hard; трудный; трудный разговор; сложный; труден",
        "complaint": "claim; жалоба; претензия; оплакване",
        "visit": "meeting; визит; выезд; встреча; посещение",
        "other": "прочее; другое; друго",
    },
    "script_mark.state": {
        "done": "completed; сделано; готово; направено",
        "skipped": "skip; пропущено; пропуснато",
    },
    "occasion.reason": {
        "first_order": "first purchase; первый заказ; первая покупка; първа поръчка",
        "paid_invoice": "payment; оплата; оплаченный счет; плащане; платена фактура",
        "referral": "recommendation; рекомендация; препоръка",
        "promoter": "nps promoter; промоутер; промоутър",
        "birthday": "день рождения; др; рожден ден",
        "anniversary": "годовщина; юбилей; годишнина",
        "holiday": "праздник; празник",
        "start": "beginning; начало; старт",
        "training": "lesson; обучение",
        "release": "version; релиз; новая версия; нова версия",
        "complaint": "claim; жалоба; претензия; оплакване",
    },
    "handover.state": {
        "sent": "new; open; передан; передано; новая; отправлен; предаден; изпратен",
        "accepted": "done; принят; принято; принята; приет; прието",
        "accepted_with_debts": """
            accepted conditionally; принят с долгами; принят с замечаниями; приет със забележки
        """,
        "returned": "rejected; возвращен; возврат; возвращено; върнат; върнато",
    },
    "handover_item.state": {
        "open": "new; открыто; новый; отворено",
        "present": "yes; there; есть; да; имеется; налично; има",
        "missing": "no; absent; нет; отсутствует; няма; липсва",
        "not_needed": "n a; не нужно; не требуется; не е нужно",
        "asked": "question; запрошено; спросили; попитано",
        "answered": "done; отвечено; ответ; отговорено",
    },
    "handover_item.item_kind": {
        "check": "item; пункт; проверка; точка",
        "question": "вопрос; въпрос",
        "term": "condition; условие",
    },
    "cycle": {
        "write": "written; писать; написать; написан; написване",
        "refine": "improve; уточнить; доработать; уточняване",
        "introduce": "roll out; ввести; внедрить; въвеждане",
        "train": "teach; обучить; обучение",
        "motivate": "encourage; мотивировать; мотивация; мотивиране",
    },
    "standard_check.outcome": {
        "passed": "ok; yes; done; соблюдается; выполнено; да; пройдено; спазва се; изпълнено",
        "failed": "no; broken; не соблюдается; не выполнено; нет; нарушено; не се спазва; неизпълнено",
    },
    "health_weights.life": {
        "active": "live; действующий; активный; действащ; активен",
        "onboarding": "implementation; внедрение; запуск; въвеждане",
    },
}
