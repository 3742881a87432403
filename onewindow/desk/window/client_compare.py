"""Two cards side by side, to see whether they are one client."""

from __future__ import annotations

from onewindow.desk.editing.parsing import shown_fields
from onewindow.desk.session.context import Session
from onewindow.desk.window.snapshot import load_snapshot
from onewindow.text.clean import clean
from onewindow.text.layout.width import fit

_LABEL = 20
_LEAST_VALUE = 12
_LEFT_OUT = frozenset({"slug", "sort name", "number"})
"""Labels of what differs between any two cards."""
_WORK = ("requests", "documents", "licences")


def compared(session: Session, first_id: int, second_id: int, width: int) -> list[str]:
    """Lines of `width` cells with every field that one of two clients has; `=` marks what is the same."""
    first, second = (_values(session, client_id) for client_id in (first_id, second_id))
    room = max(_LEAST_VALUE, (width - _LABEL - 4) // 2)
    return [
        _line(label, first.get(label, ""), second.get(label, ""), room)
        for label in dict.fromkeys([*first, *second])
    ]


def _line(label: str, first: str, second: str, room: int) -> str:
    mark = "=" if first == second else " "
    cells = (fit(clean(label), _LABEL), fit(clean(first), room), fit(clean(second), room))
    return " ".join((mark, *cells)).rstrip()


def _values(session: Session, client_id: int) -> dict[str, str]:
    snapshot = load_snapshot(session, client_id)
    values = {"client": f"C-{snapshot.client.number}"}
    for record in (snapshot.client, snapshot.billing_details):
        for label, text in shown_fields(session, record) if record else ():
            if label not in _LEFT_OUT:
                values.setdefault(label, text)
    for place, contact in enumerate(snapshot.contacts, 1):
        values[f"contact {place}"] = " ".join(
            part for part in (contact.name, contact.phone, contact.email) if part
        )
    return values | {name: str(len(getattr(snapshot, name))) for name in _WORK}
