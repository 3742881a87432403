"""Scripts fit the moment, steps are marked with their reasons, and what is skipped is reported."""

from __future__ import annotations

import pytest
from rich_client import RichClient

from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.desk.templates import scripts
from onewindow.records.messages import Script, ScriptStep
from onewindow.records.requests import Request
from onewindow.store.problems import StoreProblem


def _script(session: Session, name: str, **values: str) -> Script:
    script = changing.insert(session, Script(name=name, **values))  # pyright: ignore[reportArgumentType]
    changing.insert(
        session,
        ScriptStep(script_id=script.id, position=1, title="Имя", prompt="{contact}, {me}", is_required=1),
    )
    changing.insert(session, ScriptStep(script_id=script.id, position=2, title="Срок", prompt="до {due}"))
    return script


def test_the_script_of_the_kind_stands_first_and_others_do_not_fit(
    session: Session, rich_client: RichClient
) -> None:
    _script(session, "Приём")
    _script(session, "Сбой", request_kind="fault")
    _script(session, "Taking", language="en")
    _script(session, "Трудный", moment="difficult")
    _script(session, "Визит", moment="visit")
    fault = rich_client.add(Request(title="стоит", request_kind="fault"))
    question = rich_client.add(Request(title="как", request_kind="question"))
    assert [script.name for script in scripts.for_request(session, fault)][:2] == ["Сбой", "Приём"]
    assert [script.name for script in scripts.for_request(session, question)] == [
        "Приём",
        "Трудный",
        "Taking",
    ]


def test_a_script_that_was_begun_stands_first(session: Session, rich_client: RichClient) -> None:
    _script(session, "Приём")
    hard = _script(session, "Трудный", moment="difficult")
    request = rich_client.add(Request(title="кричит"))
    step = scripts.followed(session, hard, rich_client.client, request).steps[0].step
    scripts.mark_step(session, step, "done", client_id=rich_client.id, request=request)
    assert scripts.for_request(session, request)[0].name == "Трудный"


def test_words_are_filled_and_steps_marked(session: Session, rich_client: RichClient) -> None:
    script = _script(session, "Приём")
    request = rich_client.add(Request(title="кричит", contact_id=rich_client.main.id))
    followed = scripts.followed(session, script, rich_client.client, request)
    assert followed.steps[0].words == "Анна Сергеевна, Иванова Мария"
    assert followed.next_step == followed.steps[0]
    first, second = (step.step for step in followed.steps)
    with pytest.raises(StoreProblem, match="must not be skipped"):
        scripts.mark_step(session, first, "skipped", client_id=rich_client.id, request=request)
    scripts.mark_step(session, first, "done", client_id=rich_client.id, request=request)
    scripts.mark_step(session, second, "skipped", client_id=rich_client.id, request=request)
    followed = scripts.followed(session, script, rich_client.client, request)
    assert [step.state for step in followed.steps] == ["done", "skipped"]
    assert followed.next_step is None
    session.undo()
    assert scripts.followed(session, script, rich_client.client, request).steps[1].state == ""


def test_a_further_mark_replaces_the_one_before(session: Session, rich_client: RichClient) -> None:
    script = _script(session, "Приём")
    request = rich_client.add(Request(title="x"))
    step = scripts.followed(session, script, rich_client.client, request).steps[0].step
    scripts.mark_step(session, step, "skipped", "спешил", client_id=rich_client.id, request=request)
    scripts.mark_step(session, step, "done", client_id=rich_client.id, request=request)
    followed = scripts.followed(session, script, rich_client.client, request)
    assert [(state.state, state.mark and state.mark.note) for state in followed.steps] == [
        ("done", ""),
        ("", None),
    ]


def test_deviations_are_counted_by_person_and_step(session: Session, rich_client: RichClient) -> None:
    script = _script(session, "Приём")
    requests = [rich_client.add(Request(title=f"x{number}")) for number in range(3)]
    must, may = (step.step for step in scripts.followed(session, script, rich_client.client).steps)
    for request, state, why in zip(
        requests, ("skipped", "skipped", "done"), ("спешил", "спешил", ""), strict=True
    ):
        scripts.mark_step(session, may, state, why, client_id=rich_client.id, request=request)  # pyright: ignore[reportArgumentType]
    scripts.mark_step(session, must, "skipped", "знакомы", client_id=rich_client.id, request=requests[0])
    deviations = scripts.deviations(session, "2026-11-01T00:00:00Z")
    assert [
        (deviation.step, deviation.required, deviation.skipped, deviation.marked) for deviation in deviations
    ] == [
        ("Имя", True, 1, 1),
        ("Срок", False, 2, 3),
    ]
    assert deviations[1].staff == "Иванова Мария"
    assert deviations[1].reasons == ("спешил",)
    assert scripts.deviations(session, "2026-12-01T00:00:00Z") == []
