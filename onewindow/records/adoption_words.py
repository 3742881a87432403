"""Words of the choices of trainings, plans and releases."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "trained": {
        "planned": """
            scheduled; registered; invited; запланировано; запланирован; записан; планиран;
            записан се
        """,
        "done": """
            held; attended; present; completed; yes; прошло; проведено; был; присутствовал; да;
            обучен; проведен; присъствал; минало
        """,
        "passed": "certified; exam passed; сдал; сдано; сертификат; зачет; издържал; взет изпит",
        "missed": """
            absent; no show; no; cancelled; не был; пропустил; пропущено; отсутствовал; нет; не
            пришел; отсъствал; пропуснато; не дойде
        """,
    },
    "plan_kind": {
        "onboarding": "implementation; внедрение; адаптация; въвеждане; внедряване",
        "project": "проект",
        "delivery": "shipment; поставка; доставка",
        "employee": "staff; сотрудник; новый сотрудник; служител; нов служител",
    },
    "plan.status": {
        "running": "open; active; in progress; идет; выполняется; в работе; открыт; изпълнява се; в ход",
        "done": "completed; closed; complete; готово; выполнен; завершен; изпълнен; приключен",
        "stopped": "cancelled; canceled; остановлен; отменен; прекращен; спрян",
    },
    "plan_step.status": {
        "open": "new; in progress; pending; открыт; в работе; отворена",
        "done": "completed; closed; complete; готово; выполнен; завершен; изпълнена; приключена",
        "skipped": "passed over; cancelled; пропущен; пропущено; не нужен; пропусната",
    },
    "result_kind": {
        "none": "nothing; нет; ничего; няма; нищо",
        "document": "paper; документ",
        "date": "day; дата",
        "training": "lesson; обучение; урок",
        "version": "release; версия; релиз",
        "volume": "amount; объем; обем",
    },
    "executor.state": {
        "asked": "new; open; запрошено; ждем; поискано",
        "ready": "done; готово; готов; изпълнено",
        "dropped": "cancelled; canceled; отменено; снято; отказано",
    },
    "feature.status": {
        "asked": "new; open; idea; запрошено; просят; поискана",
        "planned": "backlog; в плане; запланировано; планирана",
        "in_work": "in progress; development; в работе; разработка; в процес",
        "released": "done; shipped; live; выпущено; готово; пусната; излязла",
        "declined": "rejected; wont do; отклонено; отказана",
    },
    "announcement.state": {
        "draft": "new; черновик; чернова",
        "sending": "in progress; рассылается; изпраща се",
        "sent": "done; отправлено; разослано; изпратено",
    },
    "delivery.state": {
        "queued": "waiting; в очереди; чака; на опашка",
        "told": "sent; delivered; сообщено; отправлено; доставлено; съобщено; изпратено",
        "read": "opened; прочитано; открыто; прочетено",
        "answered": "replied; отвечено; ответил; отговорено",
        "declined": "refused; отказ; отказался; отказано",
    },
    "session.state": {
        "planned": "scheduled; запланировано; планирано",
        "held": "done; completed; прошло; проведено; минало",
        "cancelled": "canceled; отменено",
    },
    "attendance.state": {
        "invited": "registered; приглашен; записан; поканен",
        "accepted": "confirmed; согласен; придет; подтвердил; приел; потвърдил",
        "attended": "present; came; был; присутствовал; пришел; присъствал",
        "missed": "absent; no show; не был; не пришел; пропустил; отсутствовал; отсъствал; не дойде",
        "declined": "refused; отказался; отказ; отказал",
    },
}
