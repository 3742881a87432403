"""The firm itself: staff, products, opening hours, policies, playbooks, surveys, announcements."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from onewindow.desk.reference.policy_book import PolicyBook
from onewindow.desk.reference.public_holidays import public_holidays
from onewindow.metrics.policies.calendar_json import calendar_from_dict, calendar_to_dict
from onewindow.metrics.policies.working_time import Calendar
from onewindow.records.adoption import Announcement, Feature, Playbook, PlaybookStep, Product, Release
from onewindow.records.feedback import Survey
from onewindow.records.organization import ImportRun, Segment, SlaPolicy, Staff, WorkingCalendar
from onewindow.records.requests import Task
from seed.firm import Firm
from seed.moments import Moments
from seed.pools import playbooks, pool

DEPARTMENTS = {
    "account_manager": "Клиентская служба",
    "lead": "Клиентская служба",
    "support": "Поддержка",
    "product": "Продукт",
    "quality": "Качество",
    "sales": "Продажи",
    "finance": "Финансы",
    "admin": "ИТ",
}
_HOUR_RATES = {"account_manager": 120_000, "lead": 180_000, "support": 95_000, "product": 200_000}
_HISTORY_DAYS = 760


def found(firm: Firm) -> None:
    """Put everything that belongs to no client into the firm."""
    _staff(firm)
    _products(firm)
    _features(firm)
    _calendars_and_policies(firm)
    _playbooks(firm)
    _surveys(firm)
    _announcements(firm)
    _rest(firm)


def _staff(firm: Firm) -> None:
    day = firm.moments.day
    for row in pool("staff")["staff"]:
        sofia = row["office"] == "София"
        away = row.get("away")
        firm.staff[row["login"]] = firm.sheets.add(
            Staff(
                login=row["login"],
                name=row["name"],
                role=row["role"],
                office=row["office"],
                department=DEPARTMENTS[row["role"]],
                phone=row["phone"],
                email=f"{row['login']}@firm.example",
                language="bg" if sofia else "ru",
                away_from=day(-away[0]) if away else None,
                away_till=day(-away[1]) if away else None,
                open_limit=15 if row["role"] == "support" else 25,
                hour_rate=_HOUR_RATES.get(row["role"], 110_000),
            ),
            firm.moments.at_text(_HISTORY_DAYS, 9),
        )
    for row in pool("staff")["staff"]:
        if "deputy" in row:
            person = firm.staff[row["login"]].with_changes({"deputy_id": firm.staff[row["deputy"]].id})
            firm.sheets.replace(person)
            firm.staff[row["login"]] = person


def _products(firm: Firm) -> None:
    for row in pool("products")["product"]:
        parent = row.get("of")
        product = firm.sheets.add(
            Product(
                slug=row["slug"],
                name=row["name"],
                parent_id=firm.products[parent].id if parent else None,
                unit=row.get("unit", "licence"),
                price=row["price"] * 100,
                description=row["description"],
                is_sold=row.get("is_sold", 1),
            ),
            firm.moments.at_text(_HISTORY_DAYS, 9),
        )
        firm.products[row["slug"]] = product
        for version, ago in row.get("versions", []):
            firm.releases[row["slug"], version] = firm.sheets.add(
                Release(
                    product_id=product.id,
                    version_name=version,
                    released_on=firm.moments.day(ago),
                    notes=_news(row["slug"], version),
                ),
                firm.moments.at_text(ago, 11),
            )


def _news(slug: str, version: str) -> str:
    """What a version brought: the wishes that it fulfilled."""
    wishes = [f for f in pool("products")["feature"] if (f["product"], f.get("release")) == (slug, version)]
    return "\n".join(wish["description"] for wish in wishes) or "Исправления по обращениям, отчёты быстрее."


def _features(firm: Firm) -> None:
    for row in pool("products")["feature"]:
        version = row.get("release")
        firm.features[row["key"]] = firm.sheets.add(
            Feature(
                title=row["title"],
                product_id=firm.products[row["product"]].id,
                status=row["status"],
                release_id=firm.releases[row["product"], version].id if version else None,
                description=row["description"],
            ),
            firm.moments.at_text(400, 12),
        )


def opening_hours(moments: Moments) -> list[Calendar]:
    """The calendars of the offices; the service policies count by the first."""
    return [_opening_hours(moments, row) for row in pool("department")["calendar"]]


def _opening_hours(moments: Moments, row: dict[str, Any]) -> Calendar:
    today = moments.today
    years = range(today.year - 3, today.year + 2)
    shorter = {f"{year}-{day}": hours for year in years for day, hours in row["short"].items()}
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    shorter = {
        day: hours
        for day, hours in shorter.items()
        if names[date.fromisoformat(day).weekday()] in row["days"]
    }
    calendar = calendar_from_dict(
        {
            "zone": row["zone"],
            "weekly": dict.fromkeys(row["days"], row["hours"]),
            "exceptions": shorter,
            "reasons": dict.fromkeys(shorter, row["why_short"]),
        }
    )
    return calendar.with_holidays(public_holidays(row["holidays"], today))


def _calendars_and_policies(firm: Firm) -> None:
    data = pool("department")
    valid_from = firm.moments.day(_HISTORY_DAYS)
    stored = [
        firm.sheets.add(
            WorkingCalendar(name=row["name"], hours=json.dumps(calendar_to_dict(hours), ensure_ascii=False))
        )
        for row, hours in zip(data["calendar"], opening_hours(firm.moments), strict=True)
    ]
    home = stored[0].id
    firm.sheets.add(
        SlaPolicy(
            name="Всё остальное",
            calendar_id=home,
            first_response_min=480,
            next_response_min=960,
            resolution_min=4800,
            valid_from=valid_from,
        )
    )
    for tier, targets in data["policy"].items():
        for priority, (first, following, solution) in targets.items():
            firm.policies[tier, priority] = firm.sheets.add(
                SlaPolicy(
                    name=f"{tier} {priority}",
                    calendar_id=home,
                    tier=tier,
                    priority=priority,
                    first_response_min=first,
                    next_response_min=following,
                    resolution_min=solution,
                    valid_from=valid_from,
                )
            )
    firm.policy_book = PolicyBook(tuple(firm.sheets.all(SlaPolicy)), {home: firm.calendar})


def _playbooks(firm: Firm) -> None:
    for data in playbooks():
        playbook = firm.sheets.add(
            Playbook(
                name=data.name,
                plan_kind=data.kind,
                description=data.description,
                unit=data.unit,
                starts_itself=int(data.starts_itself),
            ),
            firm.moments.at_text(_HISTORY_DAYS, 9),
        )
        ids: dict[str, int] = {}
        steps: list[PlaybookStep] = []
        for place, planned in enumerate(data.steps, start=1):
            step = firm.sheets.add(
                PlaybookStep(
                    playbook_id=playbook.id,
                    position=place,
                    title=planned.title,
                    role=planned.role,
                    due_after_days=planned.days,
                    result_kind=planned.result,
                    is_control_point=int(planned.control_point),
                    step_key=planned.key,
                    depends_on_id=ids.get(planned.after),
                    wanted=planned.wanted,
                    phase=planned.phase,
                    volume=planned.volume,
                    executors="\n".join(planned.executors),
                    note=planned.note,
                ),
                firm.moments.at_text(_HISTORY_DAYS, 9),
            )
            ids[planned.key] = step.id
            steps.append(step)
        firm.playbooks[data.kind] = playbook, steps


def _surveys(firm: Firm) -> None:
    for row in pool("department")["survey"]:
        firm.surveys[row["key"]] = firm.sheets.add(
            Survey(
                title=row["title"],
                metric=row["metric"],
                scale_min=row["scale"][0],
                scale_max=row["scale"][1],
                direction=row.get("direction", "higher_is_better"),
                questions=row["questions"],
                channel=row["channel"],
                touchpoint=row["touchpoint"],
                incentive=row.get("incentive", ""),
                survey_kind="relationship" if row["metric"] == "nps" else "event",
            ),
            firm.moments.at_text(_HISTORY_DAYS, 10),
        )


def _announcements(firm: Firm) -> None:
    for row in pool("department")["announcement"]:
        version = row.get("release")
        ago = row.get("days")
        firm.announcements[row["key"]] = firm.sheets.add(
            Announcement(
                title=row["title"],
                text=row["text"],
                product_id=firm.products[row["product"]].id,
                release_id=firm.releases[row["product"], version].id if version else None,
                audience=row["audience"],
                channel=row["channel"],
                purpose=row.get("purpose", "newsletter"),
                state=row["state"],
                sent_on=firm.moments.day(ago) if row["state"] == "sent" else None,
            ),
            firm.moments.at_text(ago or 2, 10),
        )


def _rest(firm: Firm) -> None:
    day = firm.moments.day
    for row in pool("department")["segment"]:
        firm.sheets.add(Segment(name=row["name"], filter=row["filter"]))
    for row in pool("department")["chore"]:
        firm.sheets.add(
            Task(
                title=row["title"],
                assignee_id=firm.staff[row["login"]].id,
                due_on=day(-row["due"]),
                task_kind=row["kind"],
            ),
            firm.moments.at_text(9, 10),
        )
    firm.sheets.add(
        ImportRun(file_name="клиенты_2024.xlsx", record_kind="client", created=96, skipped=4, rejected=2),
        firm.moments.at_text(730, 16),
    )
    firm.sheets.add(
        ImportRun(
            file_name="телефоны.csv",
            record_kind="contact",
            updated=31,
            rejected=1,
            reverted_at=firm.moments.at_text(118, 17),
        ),
        firm.moments.at_text(119, 15),
    )
