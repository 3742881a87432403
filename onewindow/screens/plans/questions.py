"""What the keys of a plan ask before they do anything: the result, a reason, a date, a person, a volume."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from onewindow.desk.people import departments
from onewindow.desk.plans import step_results
from onewindow.desk.plans import work as plan_work
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Plan, PlanPhase, PlanStep, ReadinessItem
from onewindow.records.by_name import client_id_of
from onewindow.records.fields import Lean, Record
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.questions import Answers, Questions
from onewindow.store.problems import StoreProblem
from onewindow.text.names.picking import narrowed
from onewindow.text.typed_dates import parse_date
from onewindow.widgets.field_spec import FieldSpec, Option
from onewindow.widgets.form_fields import YES


class PlanQuestions:
    """Asks over one screen; `told` hears what was done."""

    def __init__(self, screen: Screen[Any], session: Session, told: Callable[[str], None]) -> None:
        """Serve one screen."""
        self._screen, self._session, self._told = screen, session, told

    def done(self, step: PlanStep) -> None:
        """Ask what a step ended in, and tick it; one that ends in nothing to type is ticked at once."""
        fields = self._result_fields(step)
        if not fields:
            plan_work.tick(self._session, step)
            self._told(f"Done: {step.title}")
            return

        def answered(values: Answers) -> str:
            self._tick(step, values)
            return f"Done: {step.title}"

        self._ask(f"Done: {step.title}", fields, answered, self._likely(step))

    def over(self, step: PlanStep) -> None:
        """Ask a lead why an open control point is passed over, then tick the step."""
        reason = FieldSpec("over", "why now", required=True, hint="the reason, in a few words")

        def answered(values: Answers) -> str:
            self._tick(step, values)
            return f"Done over a control point: {step.title}"

        self._ask(f"Pass over: {step.title}", (reason, *self._result_fields(step)), answered)

    def skip(self, step: PlanStep) -> None:
        """Ask why a step is left out."""

        def answered(values: Answers) -> str:
            plan_work.skip(self._session, step, values.get("reason", ""))
            return f"Skipped: {step.title}"

        self._ask(f"Skip: {step.title}", (FieldSpec("reason", "why", required=True),), answered)

    def move(self, step: PlanStep) -> None:
        """Ask for another date and why."""
        fields = (
            FieldSpec("due_on", "new date", required=True, hint="fri, 12.12, +5"),
            FieldSpec("reason", "why", required=True),
            FieldSpec("alone", "leave what waits for it", "flag"),
        )

        def answered(values: Answers) -> str:
            day = self._day(values.get("due_on", ""), "ahead")
            alone = values.get("alone") in ("1", "yes", "true")
            moved = plan_work.move_step(self._session, step, day, values.get("reason", ""), alone=alone)
            along = f", {len(moved) - 1} more along" if len(moved) > 1 else ""
            return f"Moved to {day:%d.%m.%Y}{along}: {step.title}"

        self._ask(f"Move: {step.title}", fields, answered)

    def move_all(self, plan: Plan) -> None:
        """Ask by how many working days everything moves, and why."""
        fields = (
            FieldSpec("days", "working days", required=True, hint="5 is a week later, -5 earlier"),
            FieldSpec("reason", "why", required=True),
        )

        def answered(values: Answers) -> str:
            moved = plan_work.move_plan(
                self._session, plan, self._number(values.get("days", "")), values.get("reason", "")
            )
            return f"Moved {len(moved)} steps"

        self._ask(f"Move all of {plan.title}", fields, answered)

    def assign(self, step: PlanStep) -> None:
        """Ask who does a step."""

        def answered(values: Answers) -> str:
            plan_work.assign(self._session, step, self._person(values.get("staff", "")))
            return f"Given away: {step.title}"

        self._ask(f"Who does: {step.title}", (self._staff_field("staff", "who", required=True),), answered)

    def mentor(self, plan: Plan) -> None:
        """Ask who guides a plan."""

        def answered(values: Answers) -> str:
            plan_work.set_mentor(self._session, plan, self._person(values.get("staff", "")))
            return f"A mentor for {plan.title}"

        self._ask(f"Mentor of {plan.title}", (self._staff_field("staff", "who", required=True),), answered)

    def stop(self, plan: Plan) -> None:
        """Ask why a plan is stopped."""

        def answered(values: Answers) -> str:
            plan_work.stop(self._session, plan, values.get("reason", ""))
            return f"Stopped {plan.title}"

        self._ask(f"Stop {plan.title}", (FieldSpec("reason", "why", required=True),), answered)

    def ask(self, step: PlanStep) -> None:
        """Ask a department inside to have something ready for a step."""
        fields = (
            FieldSpec(
                "department",
                "department",
                "reference",
                required=True,
                suggest=lambda typed: departments.suggest(self._session, typed),
                help="those in use and of the settings; ctrl+o lists them",
            ),
            FieldSpec("is_new", "a new department", "flag", help="nobody has used its name before"),
            FieldSpec("what", "what is to be ready", required=True),
            FieldSpec("due_on", "by when", hint="by the step's date if left out"),
            self._staff_field("staff", "who does it there"),
        )

        def answered(values: Answers) -> str:
            due, staff = values.get("due_on", ""), values.get("staff", "")
            asked = plan_work.ask(
                self._session,
                step,
                departments.named(
                    self._session, values.get("department", ""), is_new=values.get("is_new") == YES
                ),
                values.get("what", ""),
                self._day(due, "ahead").isoformat() if due else None,
                self._person(staff) if staff else None,
            )
            return f"Asked {asked.department}: {asked.what}"

        self._ask(f"Ask inside for: {step.title}", fields, answered)

    def ready(self, executor: ReadinessItem) -> None:
        """Ask what a department said when it was ready, or why it is needed no more."""
        fields = (
            FieldSpec("answer", "what they said"),
            FieldSpec("drop", "needed no more", "flag", help="Then say why above."),
        )

        def answered(values: Answers) -> str:
            dropped = values.get("drop") in ("1", "yes", "true")
            done = plan_work.mark_ready(self._session, executor, values.get("answer", ""), dropped=dropped)
            return f"{done.state.capitalize()}: {done.what}"

        self._ask(f"Ready: {executor.what}", fields, answered)

    def deliver(self, phase: PlanPhase, plan: Plan) -> None:
        """Ask how much was delivered of a phase, and by which signed document."""
        fields = [FieldSpec("volume", f"delivered, {plan.unit}".rstrip(", "), required=True, hint="a number")]
        if phase.client_id:
            fields.append(self._document_field(phase.client_id))

        def answered(values: Answers) -> str:
            after, _ = plan_work.deliver(
                self._session,
                phase,
                self._number(values.get("volume", "")),
                self._id("document", values.get("document", ""), phase.client_id),
            )
            agreed = f" of {after.agreed_volume}" if after.agreed_volume is not None else ""
            return f"{after.title}: {after.delivered_volume}{agreed}"

        self._ask(f"Delivered: {phase.title}", fields, answered)

    def edit(self, record: Record) -> None:
        """Open the form of a record."""

        def closed(saved: Record | None) -> None:
            if saved is not None:
                self._told(f"Saved {naming.called(self._session, saved)}")

        client_id = client_id_of(record)
        open_over(self._screen, RecordForm(self._session, record.kind, record, client_id), closed)

    # inside

    def _tick(self, step: PlanStep, values: Answers) -> None:
        result = values.get("result", "").strip()
        if step.result_kind == "date" and result:
            result = self._day(result).isoformat()
        plan_work.tick(
            self._session,
            step,
            result=result,
            document_id=self._id("document", values.get("document", ""), step.client_id),
            training_id=self._id("training", values.get("training", ""), step.client_id),
            passed_over=values.get("over", ""),
        )

    def _result_fields(self, step: PlanStep) -> tuple[FieldSpec, ...]:
        wanted = step.wanted or step_results.RESULT_WORDS[step.result_kind]
        match step.result_kind:
            case "date":
                return (FieldSpec("result", "date", required=True, hint=wanted, help=wanted),)
            case "document" if step.client_id:
                return (self._document_field(step.client_id, wanted),)
            case "training" if step.client_id:
                trainings = step_results.trainings_for(self._session.store, step)
                options = [
                    (str(training.id), f"{training.title}, {training.people}, {training.state}")
                    for training in trainings
                ]
                why = FieldSpec("result", "why it counts", help="Where the lesson is on another subject.")
                return (_choice("training", "lesson", options, wanted), why)
            case "document" | "training" | "version" if not step.client_id:
                return (FieldSpec("result", "what it ended in", required=True, hint=wanted),)
            case _:
                return ()

    def _likely(self, step: PlanStep) -> Answers:
        """What a step most likely ended in: the lesson that fits it."""
        store = self._session.store
        if step.result_kind != "training" or not step.client_id:
            return {}
        fitting = [
            training
            for training in step_results.trainings_for(store, step)
            if training.state in step_results.HELD and not step_results.unfit(store, step, training)
        ]
        return {"training": str(fitting[0].id)} if fitting else {}

    def _document_field(self, client_id: int, wanted: str = "") -> FieldSpec:
        documents = step_results.documents_for(self._session.store, client_id)
        options = [
            (
                str(document.id),
                " ".join(filter(None, (document.title, document.number, f"({document.state})"))),
            )
            for document in documents
        ]
        return _choice("document", "signed document", options, wanted)

    def _staff_field(self, name: str, label: str, *, required: bool = False) -> FieldSpec:
        session = self._session
        return FieldSpec(
            name,
            label,
            "reference",
            required=required,
            suggest=lambda typed: naming.suggest(session, "staff", typed),
        )

    def _ask(
        self,
        title: str,
        fields: tuple[FieldSpec, ...] | list[FieldSpec],
        answered: Callable[[Answers], str],
        first: Answers | None = None,
    ) -> None:
        def closed(said: str | None) -> None:
            if said:
                self._told(said)

        open_over(self._screen, Questions(title, fields, answered, first), closed)

    def _day(self, typed: str, lean: Lean = "") -> Any:
        try:
            return parse_date(typed, self._session.today(), lean)
        except ValueError as error:
            raise StoreProblem(str(error)) from error

    def _number(self, typed: str) -> int:
        try:
            return int(typed.strip().replace("+", ""))
        except ValueError as error:
            raise StoreProblem(f"“{typed}” is not a whole number.") from error

    def _person(self, typed: str) -> int:
        return naming.colleague(self._session, typed)

    def _id(self, kind: str, typed: str, client_id: int | None) -> int | None:
        return naming.resolve(self._session, kind, typed, client_id) if typed else None


def _choice(name: str, label: str, options: list[Option], help_text: str) -> FieldSpec:
    def suggest(typed: str) -> list[Option]:
        return narrowed(options, typed, lambda option: option[1])

    hint = "type, or ctrl+o lists them" if options else "there are none yet"
    return FieldSpec(
        name, label, "reference", choices=tuple(options), suggest=suggest, help=help_text, hint=hint
    )
