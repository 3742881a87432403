"""`NamedTuple` as `typing` has it, made without compiling a constructor and the annotations of each class.

A start makes some thirty of them, and those of `typing` took a twentieth of it. What they can do is the same:
fields by name and place, defaults, methods, `_make`, `_replace`, `_asdict`, copies, pickles, patterns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # to the type checker it is that very class
else:
    from collections import _tuplegetter as field_at
    from collections import namedtuple

    class _Maker(type):
        """Makes the classes that name `NamedTuple` as their base; they are tuples and know nothing of it."""

        def __new__(cls, name, bases, body):
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body[field] for field in fields if field in body}
            if fields[len(fields) - len(defaults) :] != tuple(defaults):
                raise TypeError(f"{name}: a field without a default stands behind one that has it")
            made = type(
                name,
                (tuple,),
                {
                    **_METHODS,
                    **body,
                    **{field: field_at(place, field) for place, field in enumerate(fields)},
                    "__slots__": (),
                    "__match_args__": fields,
                    "_fields": fields,
                    "_field_defaults": defaults,
                },
            )
            made.__new__ = _constructor(made, name)
            return made

    class NamedTuple(metaclass=_Maker):
        """The base to name, instead of that of `typing`."""

    def _constructor(made, name):
        count = len(made._fields)

        def construct(cls, /, *given, **named):
            if not named and len(given) == count:
                return tuple.__new__(cls, given)
            # Names, defaults and mistakes are the library's to sort out, which compiles its constructor for
            # it: only for classes of which somebody asks that, and once.
            made.__new__ = namedtuple(name, made._fields, defaults=made._field_defaults.values()).__new__
            return made.__new__(cls, *given, **named)

        return construct

    def _make(cls, values):
        made = tuple.__new__(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
        return made

    def _replace(self, /, **changes):
        changed = self._make(map(changes.pop, self._fields, self))
        if changes:
            raise ValueError(f"Got unexpected field names: {list(changes)!r}")
        return changed

    def _asdict(self):
        return dict(zip(self._fields, self, strict=True))

    def _repr(self):
        values = ", ".join(f"{field}={value!r}" for field, value in self._asdict().items())
        return f"{type(self).__name__}({values})"

    def _given(self):
        return tuple(self)

    _METHODS = {
        "_make": classmethod(_make),
        "_replace": _replace,
        "_asdict": _asdict,
        "__repr__": _repr,
        "__getnewargs__": _given,
    }
