"""The question by which a plan starts: which playbook, for which client or colleague, when, with whom."""

from __future__ import annotations

from collections.abc import Callable

from onewindow.desk.plans import starting
from onewindow.desk.plans.playbooks import all_playbooks
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Plan, Playbook
from onewindow.records.clients import Client
from onewindow.screens.frame.questions import Answers, Questions
from onewindow.store import rows
from onewindow.store.problems import StoreProblem
from onewindow.text.typed_dates import parse_date
from onewindow.widgets.field_spec import FieldSpec, Option


def start_question(session: Session, client_id: int | None, started: Callable[[Plan], None]) -> Questions:
    """A box that starts a plan; `started` hears of it. `client_id` is the client who is likely meant."""

    def of_kind(kind: str) -> Callable[[str], list[Option]]:
        return lambda typed: naming.suggest(session, kind, typed)

    books = tuple(
        (str(playbook.id), f"{playbook.name} ({playbook.plan_kind})") for playbook in all_playbooks(session)
    )
    known = ((str(client_id), naming.label(session, "client", client_id)),) if client_id else ()
    fields = (
        FieldSpec("playbook", "playbook", "choice", choices=books, required=True),
        FieldSpec("client", "client", "reference", suggest=of_kind("client"), choices=known),
        FieldSpec(
            "employee",
            "or a colleague",
            "reference",
            suggest=of_kind("staff"),
            help="Whose own start it is; then leave the client out.",
        ),
        FieldSpec("start", "starts", hint="today if left out; 28.12, mon"),
        FieldSpec("mentor", "mentor", "reference", suggest=of_kind("staff")),
        FieldSpec("volume", "volume in all", hint="for a delivery: 120"),
    )

    def answered(values: Answers) -> str:
        plan = _start(session, {name: values.get(name, "").strip() for name in _NAMES})
        started(plan)
        return starting.running_too_message(session, plan) or f"Started {plan.title}"

    first = {"client": str(client_id)} if client_id else {}
    return Questions("Start a plan", fields, answered, first)


_NAMES = ("playbook", "client", "employee", "start", "mentor", "volume")


def _start(session: Session, typed: Answers) -> Plan:
    def meant(kind: str, name: str) -> int | None:
        return naming.resolve(session, kind, typed[name]) if typed[name] else None

    employee_id = meant("staff", "employee")
    client_id = None if employee_id else meant("client", "client")
    if client_id is None and employee_id is None:
        raise StoreProblem("Name the client, or the colleague whose own start it is.")
    if not typed["playbook"]:
        raise StoreProblem("Choose a playbook; `:` Playbooks makes one.")
    try:
        day = parse_date(typed["start"], session.today()) if typed["start"] else None
        volume = int(typed["volume"]) if typed["volume"] else None
    except ValueError as error:
        raise StoreProblem(f"This cannot be read: {error}") from error
    return starting.start(
        session,
        rows.get(session.store, Client, client_id) if client_id else None,
        rows.get(session.store, Playbook, naming.resolve(session, "playbook", typed["playbook"])),
        day,
        mentor_id=meant("staff", "mentor"),
        employee_id=employee_id,
        volume=volume,
    )
