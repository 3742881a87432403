"""Small frozen classes that are cheap to make: the methods of `dataclass` without compiling them for each."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, dataclass
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field,))
def value_class(cls: type[T]) -> type[T]:
    """Make a class of values: a frozen dataclass, equal by its fields; `replace`, `fields` and `asdict` work.

    `dataclass(frozen=True)` compiles half a dozen methods for each class, which for all of ours was a tenth
    of a start of the program. Of the options of a field only its default and the maker of one are known.
    """
    made: Any = dataclass(init=False, repr=False, eq=False)(cls)
    made.__init__ = _initializer(made)
    for name in ("__setattr__", "__delattr__", "__eq__", "__hash__", "__repr__"):
        setattr(made, name, vars(_Methods)[name])
    return made


def _initializer(cls: type[Any]) -> Callable[..., None]:
    fields = dataclasses.fields(cls)
    names = tuple(field.name for field in fields)
    count, known = len(names), dict.fromkeys(names).keys()
    defaults = {field.name: field.default for field in fields if field.default is not MISSING}
    makers = {field.name: field.default_factory for field in fields if field.default_factory is not MISSING}
    finish: Callable[[Any], None] | None = getattr(cls, "__post_init__", None)

    def initialize(self: Any, *given: object, **named: object) -> None:
        values = self.__dict__
        is_wrong = len(given) > count
        if len(given) < count:
            values.update(defaults)
        values.update(zip(names, given))  # noqa: B905  what is not given here has a name or a default
        if named:
            is_wrong = is_wrong or not named.keys() <= known or named.keys() & names[: len(given)]
            values.update(named)
        for name, make in makers.items():
            if name not in values:
                values[name] = make()
        if is_wrong or len(values) != count:
            raise TypeError(f"{cls.__name__} takes {', '.join(names)}, each once")
        if finish is not None:
            finish(self)

    return initialize


class _Methods:
    """What all classes of values share."""

    __dataclass_fields__: dict[str, Any]

    def __setattr__(self, name: str, value: object) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        return self.__dict__ == other.__dict__ if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__[name] for name in self.__dataclass_fields__))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={self.__dict__[name]!r}" for name in self.__dataclass_fields__)
        return f"{type(self).__qualname__}({values})"
