"""Frozen classes that are cheap to make: dataclasses without methods compiled for each of them.

There are some eighty of them. `dataclass` would take a tenth of a start of the program, for methods that
differ in nothing but names, and for descriptions of fields that hardly anybody asks for. The few classes of
a start whose objects change are written out instead.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import Field, dataclass
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field,))
def frozen_struct(cls: type[T]) -> type[T]:
    """Make a class of values: a frozen dataclass, equal by its fields; `replace`, `fields` and `asdict` work.

    A field has no options but `default_factory`, and no class has a base of values.
    """
    made: Any = described_on_demand(cls)
    made.__match_args__ = field_names(cls)
    made.__init__ = _initializer(made)
    for name in ("__setattr__", "__delattr__", "__eq__", "__hash__", "__repr__"):
        setattr(made, name, vars(_Methods)[name])
    return made


def described_on_demand(cls: type[T], prepare: Callable[[type[Any]], None] | None = None) -> type[T]:
    """Make a class a dataclass, without any methods of one, as soon as anybody asks for its fields.

    `prepare` is called with the class before that.
    """
    cls.__dataclass_fields__ = _Description(cls, prepare)  # pyright: ignore[reportAttributeAccessIssue]
    return cls


def field_names(cls: type[Any]) -> tuple[str, ...]:
    """The names of the fields that a class itself declares, without making it a dataclass for that."""
    return tuple(name for name, kind in cls.__annotations__.items() if not kind.startswith("ClassVar"))


class _Description:
    """Stands for the fields of a class until they are asked for."""

    def __init__(self, cls: type[Any], prepare: Callable[[type[Any]], None] | None) -> None:
        self._cls = cls
        self._prepare = prepare

    def __get__(self, _: object, __: type[Any]) -> dict[str, Field[Any]]:
        if self._prepare is not None:
            self._prepare(self._cls)
        dataclass(init=False, repr=False, eq=False)(self._cls)
        return self._cls.__dict__["__dataclass_fields__"]


def _initializer(cls: type[Any]) -> Callable[..., None]:
    names = field_names(cls)
    count, known = len(names), dict.fromkeys(names).keys()
    defaults = {name: vars(cls)[name] for name in names if name in vars(cls)}
    makers: dict[str, Callable[[], object]] = {
        name: defaults.pop(name).default_factory for name in names if isinstance(defaults.get(name), Field)
    }
    finish: Callable[[Any], None] | None = getattr(cls, "__post_init__", None)

    def initialize(self: Any, *given: object, **named: object) -> None:
        values = self.__dict__
        is_wrong = len(given) > count
        if len(given) < count:
            values.update(defaults)
        values.update(zip(names, given))  # noqa: B905  what is not given here has a name or a default
        if named:
            is_wrong = is_wrong or not named.keys() <= known or (given and named.keys() & names[: len(given)])
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

    __match_args__: tuple[str, ...]

    def __setattr__(self, name: str, value: object) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        return self.__dict__ == other.__dict__ if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__[name] for name in self.__match_args__))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={self.__dict__[name]!r}" for name in self.__match_args__)
        return f"{type(self).__qualname__}({values})"
