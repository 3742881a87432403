"""Playbooks as TOML files: one table a step, each part checked, every complaint with file, step and field."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from typing import Any, cast, get_args

from onewindow.exchange.problems import FileProblem
from onewindow.records.adoption import ROLES, PlanKind, Role, StepResult
from onewindow.records.structs import frozen_struct

START = "start"
"""What a step waits for that names no other."""

_MOST_DAYS = 2000
_MOST_STEPS = 200
_MOST_NUMBER = 1_000_000_000


@frozen_struct
class FileStep:
    """One step of a file, checked; `after` is the key of a step of the same file, or `start`."""

    key: str
    title: str
    role: Role = "account_manager"
    after: str = START
    days: int = 0
    result: StepResult = "none"
    wanted: str = ""
    control_point: bool = False
    phase: str = ""
    volume: int | None = None
    executors: tuple[str, ...] = ()
    note: str = ""


@frozen_struct
class PlaybookFile:
    """A whole playbook as a file has it."""

    name: str
    kind: PlanKind
    description: str = ""
    unit: str = ""
    starts_itself: bool = False
    steps: tuple[FileStep, ...] = ()


def read_playbook(text: str, name: str) -> PlaybookFile:
    """The playbook in a TOML text; `name` is the file's, for complaints. Raises FileProblem."""
    try:
        table = tomllib.loads(text.removeprefix("\ufeff"))
    except RecursionError as error:
        raise FileProblem(name, "it is nested too deep", "write it flat") from error
    except ValueError as error:
        raise FileProblem(name, f"it is not TOML ({error})", "mend that place") from error
    whole = _Table(name, "", table)
    steps = whole.take("step", _steps)
    playbook = PlaybookFile(
        name=whole.take("name", _needed),
        kind=cast("PlanKind", whole.take("kind", _one_of(*get_args(PlanKind)))),
        description=whole.take("description", _text),
        unit=whole.take("unit", _line),
        starts_itself=whole.take("starts_itself", _flag),
        steps=tuple(_step(name, place, step) for place, step in enumerate(steps, start=1)),
    )
    whole.end()
    _together(name, playbook)
    return playbook


def write_playbook(playbook: PlaybookFile) -> str:
    """The TOML text of a playbook, which `read_playbook` reads back to the same."""
    lines = [f"name = {_quoted(playbook.name)}", f"kind = {_quoted(playbook.kind)}"]
    if playbook.description:
        lines.append(f"description = {_quoted(playbook.description)}")
    if playbook.unit:
        lines.append(f"unit = {_quoted(playbook.unit)}")
    if playbook.starts_itself:
        lines.append("starts_itself = true")
    for step in playbook.steps:
        lines += ["", "[[step]]", *_step_lines(step)]
    return "\n".join(lines) + "\n"


def _step_lines(step: FileStep) -> list[str]:
    lines = [f"{name} = {_quoted(value)}" for name, value in (("key", step.key), ("title", step.title))]
    lines.append(f"role = {_quoted(step.role)}")
    if step.after != START:
        lines.append(f"after = {_quoted(step.after)}")
    lines.append(f"days = {step.days}")
    if step.result != "none":
        lines.append(f"result = {_quoted(step.result)}")
    if step.wanted:
        lines.append(f"wanted = {_quoted(step.wanted)}")
    if step.control_point:
        lines.append("control_point = true")
    if step.phase:
        lines.append(f"phase = {_quoted(step.phase)}")
    if step.volume is not None:
        lines.append(f"volume = {step.volume}")
    if step.executors:
        lines.append(f"executors = [{', '.join(map(_quoted, step.executors))}]")
    if step.note:
        lines.append(f"note = {_quoted(step.note)}")
    return lines


def _quoted(text: str) -> str:
    # A JSON string is a TOML one too, but for DEL, which TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


Check = Callable[[object], Any]


class _Table:
    """The values of one table, each taken by name and checked; what is left over at the end is unknown."""

    def __init__(self, file: str, where: str, values: Mapping[str, Any]) -> None:
        self._file, self._where, self._values = file, where, dict(values)
        self._known: list[str] = []

    def take(self, name: str, check: Check) -> Any:
        """A value by its name; raises FileProblem if it is missing or no such value."""
        self._known.append(name)
        try:
            return check(self._values.pop(name, None))
        except ValueError as error:
            raise self.problem(name, str(error)) from error

    def end(self) -> None:
        """Complain of a name that nothing knows."""
        for name in self._values:
            raise FileProblem(
                self._place(name), "there is no such field", f"there are {', '.join(self._known)}"
            )

    def problem(self, name: str, remedy: str) -> FileProblem:
        """What is wrong with a value, with what to write instead."""
        what = "it is missing" if remedy == _MISSING else "it says something else than it may"
        return FileProblem(self._place(name), what, "write one" if remedy == _MISSING else remedy)

    def _place(self, name: str) -> str:
        return f"{self._file}, {self._where}field {name}"


_MISSING = "missing"


def _step(file: str, place: int, values: Mapping[str, Any]) -> FileStep:
    title = values.get("title")
    named = f" «{title}»" if isinstance(title, str) and title.isprintable() else ""
    table = _Table(file, f"step {place}{named}, ", values)
    step = FileStep(
        key=table.take("key", _line) or f"step-{place}",
        title=table.take("title", _needed),
        role=cast("Role", table.take("role", _one_of(*ROLES, default="account_manager"))),
        after=table.take("after", _line) or START,
        days=table.take("days", _number(_MOST_DAYS)) or 0,
        result=cast("StepResult", table.take("result", _one_of(*get_args(StepResult), default="none"))),
        wanted=table.take("wanted", _line),
        control_point=table.take("control_point", _flag),
        phase=table.take("phase", _line),
        volume=table.take("volume", _number(_MOST_NUMBER)),
        executors=table.take("executors", _lines),
        note=table.take("note", _text),
    )
    table.end()
    if step.result == "volume" and not step.phase:
        raise table.problem("phase", "a step that ends in a volume needs the name of its phase")
    if step.volume is not None and not step.phase:
        raise table.problem("phase", "a volume belongs to a phase: name it")
    return step


def _together(file: str, playbook: PlaybookFile) -> None:
    """What must hold between the steps: keys that differ, and no step that waits for itself."""
    by_key: dict[str, FileStep] = {}
    for place, step in enumerate(playbook.steps, start=1):
        where = f"{file}, step {place} «{step.title}», field"
        if step.key in by_key or step.key == START:
            raise FileProblem(f"{where} key", f"“{step.key}” is taken already", "give each step its own")
        by_key[step.key] = step
    for place, step in enumerate(playbook.steps, start=1):
        where = f"{file}, step {place} «{step.title}», field after"
        if step.after != START and step.after not in by_key:
            known = ", ".join((START, *by_key))
            raise FileProblem(where, f"there is no step “{step.after}”", f"there are {known}")
        seen, on = {step.key}, step.after
        while on != START:
            if on in seen:
                raise FileProblem(
                    where, "these steps wait for each other", f"let one of them wait for {START}"
                )
            seen.add(on)
            on = by_key[on].after if on in by_key else START


def _steps(value: object) -> list[dict[str, Any]]:
    if value is None:
        return []
    steps = cast("list[object]", value) if isinstance(value, list) else [None]
    if not all(isinstance(step, dict) for step in steps):
        raise ValueError("write each step as a table under its own [[step]]")
    if len(steps) > _MOST_STEPS:
        raise ValueError(f"{_MOST_STEPS} steps are the most that a playbook may have")
    return cast("list[dict[str, Any]]", steps)


def _needed(value: object) -> str:
    if value is None or value == "":
        raise ValueError(_MISSING)
    return _line(value)


def _line(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or not value.isprintable() or len(value) > 200:
        raise ValueError("write one line of text in quotes, 200 characters at most")
    return value.strip()


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > 20_000 or "\x00" in value:
        raise ValueError("write a text in quotes")
    return value.strip()


def _lines(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    lines = cast("list[object]", value) if isinstance(value, list) else [None]
    if not all(isinstance(line, str) and line.strip() and line.isprintable() for line in lines):
        raise ValueError('write a list of lines, ["склад: собрать 40 терминалов"]')
    return tuple(str(line).strip() for line in lines)


def _flag(value: object) -> bool:
    if value is None or isinstance(value, bool):
        return bool(value)
    raise ValueError("write true or false")


def _number(most: int) -> Check:
    def check(value: object) -> int | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            raise ValueError(f"write a whole number from 0 to {most}")
        return value

    return check


def _one_of(*words: str, default: str = "") -> Check:
    def check(value: object) -> str:
        if value is None and default:
            return default
        if value is None:
            raise ValueError(_MISSING)
        if value not in words:
            raise ValueError(f"write one of {', '.join(words)}")
        return str(value)

    return check
