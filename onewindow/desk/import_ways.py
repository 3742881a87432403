"""Telephones and mails of one row spread over the fields that hold them: a cell may have several."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from onewindow.store.engine import Value

PHONES = ("phone", "phone_2")
EMAILS = ("email", "email_2")

Split = Callable[[str], tuple[list[str], list[str]]]
"""What a cell says, in order, and the parts of it that cannot be read."""


def spread(
    values: dict[str, Value], fields: Sequence[str], split: Split, places: int | None = None
) -> list[str]:
    """Put what the cells of these fields say into them: the first where it stood, others where there is room.

    A cell of which nothing can be read stays as typed. `places`: how many of the fields the record has. Gives
    back lines for a note: cells with more than there is room for, and with parts that cannot be read.
    """
    typed = {name: str(values[name]) for name in fields if values.get(name)}
    if not typed:
        return []
    free = list(fields[: places or len(fields)])
    lines: list[str] = []
    further: list[tuple[str, str]] = []
    for name, text in typed.items():
        found, rest = split(text)
        first, *more = found or [text]
        if name in free:
            values[name] = first
            free.remove(name)
        else:
            del values[name]
            further.append((name, first))
        further += [(name, each) for each in more]
        if found and rest:
            lines.append(f"{name}: {text}")
    known = {values.get(name) for name in fields}
    for name, text in further:
        if text in known:
            continue
        if free:
            values[free.pop(0)] = text
        else:
            lines.append(f"{name}: {text}")
    return lines
