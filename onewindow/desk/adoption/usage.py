"""How a client uses what it bought: weeks of products and functions, people taught, places installed."""

from __future__ import annotations

from onewindow.desk.session.context import Session
from onewindow.records.adoption import is_in_force
from onewindow.records.structs import frozen_struct
from onewindow.store.adoption import ownership
from onewindow.text.dates import week_monday, week_number


@frozen_struct
class WeekOfUse:
    """One reported week of a product at a client."""

    product_id: int
    product: str
    monday: str
    """The day with which it begins."""
    active_users: int
    bought: int
    """Licences in force today."""
    volume: int


def weeks_of_use(session: Session, client_id: int, weeks: int) -> list[WeekOfUse]:
    """The reported weeks of each product of a client, the newest first; `weeks` says how far back."""
    today = session.today()
    since = week_number(today) - weeks + 1
    bought: dict[int, int] = {}
    for licence in ownership.licences(session.store, client_id):
        if is_in_force(licence, today.isoformat()):
            bought[licence.product_id] = bought.get(licence.product_id, 0) + licence.bought
    reported = ownership.usage(session.store, client_id, since)
    reported.sort(key=lambda row: (session.directory.product(row[0]), row[0], -row[1]))
    return [
        WeekOfUse(
            product_id=product_id,
            product=session.directory.product(product_id),
            monday=week_monday(week).isoformat(),
            active_users=users,
            bought=bought.get(product_id, 0),
            volume=volume,
        )
        for product_id, week, users, volume in reported
    ]
