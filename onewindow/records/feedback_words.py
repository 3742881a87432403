"""Words of the choices of feedback, surveys, opportunities and revenue."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "opportunity.state": {
        "accepted": """
            open; new; prospecting; engaging; qualification; qualified; qualified to buy;
            appointment scheduled; needs analysis; in progress; prospect; discovery; первичный
            контакт; новая; новая сделка; в работе; переговоры; принимают решение; квалификация;
            выявление потребностей; неразобранное; подготовка документов; открыта; preparation;
            executing; нова; отворена; в процес; преговори
        """,
        "offered": """
            proposal; proposal sent; presentation scheduled; proposal price quote; value
            proposition; decision maker bought in; negotiation; quote sent; negotiation review;
            contract sent; prepayment invoice; final invoice; perception analysis; коммерческое
            предложение; кп отправлено; предложение отправлено; согласование договора; счет на
            предоплату; счет выставлен; договор отправлен; предложено; оферта; изпратена оферта
        """,
        "won": """
            won; closed won; win; success; deal won; paid; completed; успешно реализовано;
            сделка успешна; успешна; выиграна; выиграно; продано; оплачено; успех; закрыта
            успешно; спечелена; успешна сделка; спечелено
        """,
        "lost": """
            lost; closed lost; lose; failed; deal lost; apology; rejected; junk; закрыто и не
            реализовано; сделка провалена; проиграна; проиграно; провал; отказ; закрыта
            неуспешно; загубена; изгубена; неуспешна; отказана
        """,
        "dismissed": "disqualified; on hold; неквалифицирована; отложена; спам; дубль; отложено",
        "suggested": "idea; suggestion; suggested; предположение; идея; предложена идея",
    },
    "opportunity.opportunity_kind": {
        "licences": "licenses; existing business; new seats; лицензии; пользователи; лицензи",
        "module": "module; add on; модуль; дополнение; модул",
        "service": "services; услуги; услуга; сервис; внедрение",
        "renewal": "renewals; продление; пролонгация; подновяване; удължаване",
        "reorder": "repeat; повторная продажа; повторный заказ; повторна поръчка",
        "upgrade": "upsell; апгрейд; обновление; надграждане; обновяване",
        "other": "new business; new customer; продажа; sale; другое; нова продажба; друго",
        "volume": "more volume; объем; обем",
    },
    "revenue.work_kind": {
        "warranty": "гарантия; гаранция; гарантийная; поддержка; поддръжка; support",
        "paid": "платно; платная; billable; платена; платная работа; платена работа",
        "on_site": "on site; выезд; на месте; на място",
        "pre_sale": "presale; пресейл; предпродажа; предпродажна",
    },
    "revenue_kind": {
        "licence": "license; licenses; licences; лицензия; лицензии; лиценз; лицензи",
        "subscription": """
            recurring; mrr; saas; rent; подписка; абонемент; аренда; абонаментная плата;
            абонамент
        """,
        "service": """
            services; support; consulting; услуги; услуга; работы; поддержка; сопровождение;
            внедрение; услуга труд
        """,
        "goods": "product; products; hardware; товар; товары; оборудование; стоки; стока",
        "discount": "refund; credit; rebate; скидка; возврат; бонус; отстъпка; връщане",
        "cost": "costs; expense; expenses; расход; расходы; затраты; себестоимость; разход; разходи",
    },
    "feedback.outcome": {
        "open": "открыто; не сообщено; отворено; не е казано",
        "told": "сообщено; сказали; казано; съобщено",
        "reacted": "ответили; реакция есть; реагираха; отговориха",
        "declined": "не сообщать; отказ; да не се казва; отказано",
    },
    "offer.state": {
        "draft": "черновик; чернова",
        "to_approve": "to approve; waits for a lead; на согласовании; за одобрение",
        "approved": "согласовано; одобрено; одобрена",
        "refused": "не согласовано; неодобрена; върната",
        "sent": "отправлено; изпратена; изпратено",
        "accepted": "принято; согласны; приета; прието",
        "declined": "отклонено; отказались; отказана; отхвърлена",
        "withdrawn": "отозвано; снято; оттеглена; оттеглено",
    },
    "feedback_kind": {
        "usage": "how it is used; использование; как используют; употреба; ползване",
        "remark": "complaint; bug; issue; problem; замечание; жалоба; проблема; забележка; оплакване",
        "wish": """
            idea; request; feature request; suggestion; пожелание; идея; предложение; хотелка;
            желание; препоръка
        """,
        "competitor": "competition; конкурент; конкуренты; конкуренция; конкуренти",
        "reaction": "praise; kudos; thanks; реакция; похвала; благодарность; благодарност; реакция похвала",
    },
    "survey.metric": {
        "nps": "net promoter score; нпс; индекс лояльности; индекс на лоялност",
        "csat": "customer satisfaction; satisfaction; удовлетворенность; удовлетвореност",
        "ces": "customer effort score; effort; усилия; усилие",
        "other": "прочее; другое; друго",
    },
    "survey.direction": {
        "higher_is_better": "more is better; higher; больше лучше; чем больше тем лучше; по високо по добре",
        "lower_is_better": "less is better; lower; меньше лучше; чем меньше тем лучше; по ниско по добре",
    },
    "public_review.mood": {
        "negative": "bad; отрицательный; негативный; плохой; негативен; отрицателен",
        "mixed": "neutral; смешанный; нейтральный; смесен; неутрален",
        "positive": "good; положительный; позитивный; хороший; позитивен; положителен",
    },
    "survey_kind": {
        "relationship": "relation; loyalty; отношения; отношение; лояльность; взаимоотношения",
        "event": "transactional; transaction; событие; после события; транзакционный; събитие; след събитие",
    },
}
