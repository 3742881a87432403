"""What a form asks for: one frozen description per field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from onewindow.records.structs import frozen_struct

FieldKind = Literal[
    "text",
    "long_text",
    "choice",
    "date",
    "time",
    "money",
    "number",
    "week",
    "flag",
    "reference",
    "phone",
    "email",
    "currency",
    "country",
]
Option = tuple[str, str]
"""A value as it is stored and the label that people read."""


@frozen_struct
class FieldSpec:
    """One question of a form; texts are plain and may come from outside, the form cleans what it draws."""

    name: str
    label: str
    kind: FieldKind = "text"
    required: bool = False
    choices: tuple[Option, ...] = ()
    """What a choice offers; for a reference, the labels of values that are already known."""
    of: tuple[str, str] = ("", "")
    """The kind of record and the field that a choice is of: its words name the choices too."""
    never_empty: bool = False
    """A choice that always has a value, without being marked as one that must be answered."""
    hint: str = ""
    """Shown inside an empty field: an example of what to type."""
    help: str = ""
    """One sentence under the form while the field has the focus."""
    suggest: Callable[[str], Sequence[Option]] | None = None
    """For a reference: the best matches for a typed text, best first."""
    later: bool = False
    """Folded away until the user asks for more fields, or it has an error."""
    secret: bool = False
    more_into: str = ""
    """The field of the same form that takes the further lines of a text that is pasted into this one."""
