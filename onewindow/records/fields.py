"""How a record describes its fields: label, kind of value, choices, and what it refers to."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar, Literal, Self, TypeVar, dataclass_transform

from onewindow.records.structs import described_on_demand, field_names, frozen_struct

T = TypeVar("T")

ValueKind = Literal[
    "text",  # one line
    "long_text",  # several lines
    "choice",  # one of `choices`
    "date",  # "YYYY-MM-DD"
    "time",  # UTC instant "YYYY-MM-DDTHH:MM:SSZ"
    "money",  # integer minor units; the record's `currency` says of what
    "number",  # integer
    "week",  # integer, whole weeks since Monday 1970-01-05
    "flag",  # 0 or 1
    "reference",  # id of a record of the kind `refers`
    "phone",
    "email",
    "currency",  # ISO 4217, three letters
    "country",  # ISO 3166, two letters
    "json",  # a JSON document as text
    "hours",  # opening hours, typed as people write them and kept as JSON
]

Lean = Literal[
    "ahead",  # of what is still to come: a day without a year is the next such day
    "soon",  # likewise, and within months: a day that has just passed is a slip, not next year's
    "born",  # of a birth: as behind, but no year is ever guessed
    "behind",  # of what has happened: a day without a year is the last such day, and none lies in the future
    "",  # either: a day without a year is of this one, as dates are shown
]

Package = Literal[
    "own",  # in the section of its record
    "goal",  # in the section of what the client wants to reach
    "stays",  # in none: the next owner finds out anew, or it is not theirs to know
]
"""Where the package has a field that hands a client over to another owner."""

_LIMITS: dict[ValueKind, int] = {"long_text": 2_000_000, "json": 20_000, "hours": 100_000}

COMMON = ("id", "version", "created_at", "updated_at", "archived_at", "external_id")
"""Fields that every record has and nobody types."""


@frozen_struct
class Attribute:
    """One field of a record as forms, columns and the command line need it."""

    record: str
    """The kind of record that has the field."""
    name: str
    default: object
    label: str
    kind: ValueKind
    required: bool
    choices: tuple[str, ...]
    refers: str | None
    help: str
    limit: int
    derived: bool
    private: bool
    later: bool
    when: Lean
    after: str
    words: str | None
    choice_words: Mapping[str, str]
    filter_words: str
    package: Package

    @property
    def optional(self) -> bool:
        """Whether an empty field is stored as NULL."""
        return self.default is None


def attribute(
    label: str,
    kind: ValueKind = "text",
    *,
    default: object = "",
    required: bool = False,
    choices: tuple[str, ...] | Mapping[str, str] = (),
    refers: str | None = None,
    help: str = "",  # noqa: A002  the word every reader expects here
    limit: int = 0,
    derived: bool = False,
    private: bool = False,
    later: bool = False,
    when: Lean = "",
    after: str = "",
    words: str | None = "",
    filter_words: str = "",
    package: Package = "own",
) -> Any:
    """A field of a record with its description.

    `limit` is the most characters (0: 200 for a line, 2 000 000 for long text, fewer for opening hours);
    `derived` fields are filled by the program and never typed; `private` ones are left out of exports and can
    be erased from the history; `later` ones are seldom known when the record is made, so that a form of a new
    one folds them away. `when` says of a date or time that it lies behind, since it is of something that has
    happened, or ahead; of a colleague that what they did lies behind, so that they may have left since.

    A field is declared behind those that its table had before, since a table grows at its end; `after` names
    the field behind which a form and the card show it, where that is not the one above it.

    `words` are what files call its column, in any language and program, with `;` between, beside its name and
    label; None: no file of another program fills it. More than a line of them stands in `column_words`, which
    a start does not read. `choices` may say with each choice what people call it, in the same way.
    `filter_words` are the words for it in filters of clients, the usual one first, with spaces between;
    empty: they do not ask for it. `package` says where the package has it that hands a client over.
    """
    spoken = _UNSPOKEN
    if not isinstance(choices, tuple):
        spoken, choices = choices, tuple(choices)
    if not limit:
        limit = _LIMITS.get(kind, 200)
    if kind == "reference" and not required:
        default = None
    return _Declared(
        default,
        (
            label,
            kind,
            required,
            choices,
            refers,
            help,
            limit,
            derived,
            private,
            later,
            when,
            after,
            words,
            spoken,
            filter_words,
            package,
        ),
    )


_UNSPOKEN: Mapping[str, str] = {}


class _Declared:
    """What a class says of one of its fields; a dataclass has it only when somebody asks for its fields.

    Nearly all of the four hundred are never asked for, and making them took a sixtieth of a start. So what is
    said is kept bare here, in the order of `Attribute`.
    """

    __slots__ = ("default", "said")

    def __init__(self, default: object, said: tuple[Any, ...]) -> None:
        self.default = default
        self.said = said


@dataclass_transform(kw_only_default=True, frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """Make a class of records: a frozen dataclass with keyword arguments and the methods of `Record`."""
    declared: dict[str, object] = dict(getattr(cls, "__declared__", {}))
    declared |= {name: vars(cls)[name] for name in field_names(cls)}
    cls.__declared__ = declared  # pyright: ignore[reportAttributeAccessIssue]
    return described_on_demand(cls, _describe)


def _describe(cls: type[Any]) -> None:
    """Let a dataclass find what this class declares."""
    for name, declared in tuple(vars(cls).items()):
        if isinstance(declared, _Declared):
            setattr(cls, name, dataclasses.field(default=declared.default))


@record
class Record:
    """What every record has. Times are UTC text of fixed width; `id` 0 means not stored yet."""

    kind: ClassVar[str] = ""
    __declared__: ClassVar[Mapping[str, object]]
    """Each field's default, or its default with its description."""

    id: int = 0
    version: int = 1
    created_at: str = ""
    updated_at: str = ""
    archived_at: str | None = None
    external_id: str | None = None

    def __init__(self, **values: object) -> None:
        defaults = _defaults(type(self))
        self.__dict__.update(defaults)
        self.__dict__.update(values)
        if len(self.__dict__) != len(defaults):
            unknown = ", ".join(sorted(values.keys() - defaults.keys()))
            raise TypeError(f"{type(self).__name__} has no field {unknown}")

    def __setattr__(self, name: str, value: object) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((self.kind, self.id, self.version))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({values})"

    def with_changes(self, changes: Mapping[str, object]) -> Self:
        """A copy with other values; unknown names raise TypeError."""
        made = object.__new__(type(self))
        values, mine = made.__dict__, self.__dict__
        values.update(mine)
        values.update(changes)
        if len(values) != len(mine):
            unknown = ", ".join(sorted(changes.keys() - mine.keys()))
            raise TypeError(f"{type(self).__name__} has no field {unknown}")
        return made


@cache
def _defaults(record: type[Record]) -> dict[str, object]:
    return {
        name: declared.default if isinstance(declared, _Declared) else declared
        for name, declared in record.__declared__.items()
    }


@cache
def attributes(record: type[Record]) -> tuple[Attribute, ...]:
    """The fields of a record class that people see, in the order in which files and lists show them."""
    return tuple(
        Attribute(record.kind, name, declared.default, *declared.said)
        for name, declared in record.__declared__.items()
        if isinstance(declared, _Declared)
    )


@cache
def columns(record: type[Record]) -> tuple[str, ...]:
    """The names of all fields, which are also the names of the table's columns."""
    return tuple(record.__declared__)


def typed_attributes(record: type[Record]) -> tuple[Attribute, ...]:
    """The fields that a person types, not the derived ones, in the order in which a form asks for them."""
    return _placed([a for a in attributes(record) if not a.derived])


def form_attributes(record: type[Record]) -> tuple[Attribute, ...]:
    """The fields that people see, derived ones too, in the order of the form."""
    return _placed(list(attributes(record)))


def _placed(own: list[Attribute]) -> tuple[Attribute, ...]:
    for moved in [a for a in own if a.after]:
        own.remove(moved)
        own.insert(next(place for place, a in enumerate(own, 1) if a.name == moved.after), moved)
    return tuple(own)


def attribute_of(record: type[Record], name: str) -> Attribute:
    """The description of one field; raises KeyError if the record has no such field."""
    for candidate in attributes(record):
        if candidate.name == name:
            return candidate
    raise KeyError(name)
