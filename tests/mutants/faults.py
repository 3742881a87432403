"""Small faults of a program: where each would stand in a source file, and how the file reads with it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from tests.mutants.kinds import Change, changes_of


@dataclass(frozen=True)
class Fault:
    """One fault of one file: its bytes from `start` to `end`, which say `before`, become `after`."""

    path: str
    line: int
    end_line: int
    kind: str
    start: int
    end: int
    before: str
    after: str
    bound: tuple[str, ...]
    """The names that its statement binds, where it is run by importing the module and not by a call."""

    def __str__(self) -> str:
        """Where it is, and what becomes what, in one line."""
        before, after = _where_they_differ(self.before, self.after)
        return f"{self.path}:{self.line} {self.kind}: {before} → {after}"


_AROUND = 40
_LONGEST = 100


def _where_they_differ(before: str, after: str) -> tuple[str, str]:
    """Both texts in a line each, long ones only around what differs."""
    texts = [re.sub(r"\s+", " ", text) for text in (before, after)]
    if max(map(len, texts)) <= _LONGEST:
        return texts[0], texts[1]
    same = _same(*texts)
    end = _same(texts[0][same:][::-1], texts[1][same:][::-1])
    parts = [text[max(0, same - _AROUND) : len(text) - max(0, end - _AROUND)] for text in texts]
    return f"…{parts[0][:_LONGEST]}…", f"…{parts[1][:_LONGEST]}…"


def _same(one: str, other: str) -> int:
    """How many letters two texts have in common at their beginnings."""
    length = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        length += 1
    return length


def planted(source: str, fault: Fault) -> str:
    """The source of its file with the fault in it."""
    raw = source.encode()
    return (raw[: fault.start] + fault.after.encode() + raw[fault.end :]).decode()


def is_a_program(source: str) -> bool:
    """Whether Python accepts a source with a fault in it."""
    try:
        compile(source, "<fault>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


def faults_of(path: str, source: str) -> list[Fault]:
    """All faults that can be planted in a file, in the order of its text."""
    return sorted(
        _File(path, source).faults(), key=lambda fault: (fault.start, fault.end, fault.kind, fault.after)
    )


def names_bound(statement: ast.stmt) -> tuple[str, ...]:
    """The names that a statement of a module or a class gives a value to."""
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return (statement.name,)
        case ast.Assign():
            targets: list[ast.expr] = list(statement.targets)
        case ast.AnnAssign() | ast.AugAssign():
            targets = [statement.target]
        case _:
            return ()
    return tuple(node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name))


_Function = ast.FunctionDef | ast.AsyncFunctionDef


class _File:
    """Walks one file."""

    def __init__(self, path: str, source: str) -> None:
        self._path = path
        self._raw = source.encode()
        self._tree = ast.parse(source)
        self._line_starts = [0]
        for line in self._raw.splitlines(keepends=True):
            self._line_starts.append(self._line_starts[-1] + len(line))

    def faults(self) -> Iterator[Fault]:
        """Every fault of the file."""
        for statement in self._tree.body:
            yield from self._walk(statement, self._tree, names_bound(statement), None)

    def _walk(
        self, node: ast.AST, parent: ast.AST, bound: tuple[str, ...] | None, whole: ast.expr | None
    ) -> Iterator[Fault]:
        """Faults of a node and of all in it; `bound` is None in a function, `whole` the f-string around it.

        What stands in an f-string has no place of its own, so that the whole is written anew.
        """
        if _is_left_out(node, parent):
            return
        place = whole or node
        if isinstance(place, ast.expr | ast.stmt | ast.Slice):
            for change in changes_of(node, parent):
                yield from self._fault(change, place, node, bound or ())
        if isinstance(node, ast.JoinedStr):
            whole = whole or node
        for name, child in _children(node):
            if isinstance(node, _Function) and name == "body":
                yield from self._walk(child, node, None, whole)
            elif bound is not None and isinstance(child, ast.stmt):
                yield from self._walk(child, node, (*bound, *names_bound(child)), whole)
            else:
                yield from self._walk(child, node, bound, whole)

    def _fault(
        self, change: Change, place: ast.expr | ast.stmt | ast.Slice, node: ast.AST, bound: tuple[str, ...]
    ) -> Iterator[Fault]:
        after = _written(change, place, node)
        start = self._line_starts[place.lineno - 1] + place.col_offset
        end = self._line_starts[(place.end_lineno or 1) - 1] + (place.end_col_offset or 0)
        before = ast.unparse(place)
        if after not in (None, before, f"({before})"):
            line, last = place.lineno, place.end_lineno or place.lineno
            yield Fault(self._path, line, last, change.kind, start, end, before, after, bound)


_KEEPS_ITS_PLACE = ast.stmt | ast.Slice | ast.Constant | ast.JoinedStr | ast.Call
"""What needs no brackets wherever it stands."""


def _written(change: Change, place: ast.expr | ast.stmt | ast.Slice, node: ast.AST) -> str | None:
    """How a place reads with the change; None for what cannot be done inside of an f-string."""
    if change.instead is not None:
        if place is not node:
            return None
        after = change.instead
    else:
        kept = getattr(change.owner, change.name)
        setattr(change.owner, change.name, change.value)
        after = ast.unparse(place)
        setattr(change.owner, change.name, kept)
    return after if isinstance(place, _KEEPS_ITS_PLACE) else f"({after})"


_UNSEEN_FIELDS = frozenset({"annotation", "returns", "type_params", "type_comment", "bases", "msg"})
_UNSEEN_NAMES = frozenset({"__all__", "__slots__", "__repr__", "__rich_repr__"})
_TYPE_MAKERS = frozenset({"TypeVar", "NewType", "cast", "getLogger", "ParamSpec", "Literal", "TypedDict"})
_LOGGERS = frozenset({"log", "_log", "logger", "logging", "warnings"})
_PROGRAMMERS = frozenset({"ValueError", "TypeError", "KeyError", "RuntimeError", "AssertionError"})
"""What they say is for programmers, or is put into a sentence of its own before anybody reads it."""
_SIZES_OF_READING = ("AT_ONCE", "_PAGE", "_CHUNK")
"""How many are read at a time: one more gives the same, only sooner or later."""
_ONLY_FOR_SPEED = frozenset({"maxsize", "stacklevel", "daemon", "chunksize", "prefetch", "slots"})


def _children(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """The parts of a node that a run of the program shows, without docstrings, annotations and cases."""
    for name, value in ast.iter_fields(node):
        if name in _UNSEEN_FIELDS:
            continue
        if isinstance(value, ast.AST):
            yield name, value
        elif isinstance(value, list):
            for child in cast("list[object]", value):
                if isinstance(child, ast.AST):
                    yield name, child


def _is_left_out(node: ast.AST, parent: ast.AST) -> bool:
    """Whether a fault there would be none, or one that nobody meets: texts for readers, types, logging."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Assert() | ast.pattern():
            return True
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name) if name in _UNSEEN_NAMES:
            return True
        case ast.ClassDef(bases=bases):
            return any(_last_name(base) in ("Protocol", "TypedDict") for base in bases)
        case ast.Assign() | ast.AnnAssign() if _UNSEEN_NAMES & set(names_bound(node)):
            return True
        case ast.Assign() if any(name.endswith(_SIZES_OF_READING) for name in names_bound(node)):
            return True
        case ast.AnnAssign(annotation=annotation) if _last_name(annotation) == "TypeAlias":
            return True
        case ast.If(test=test) if _last_name(test) == "TYPE_CHECKING":
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Raise(exc=exc) if exc is not None and "NotImplementedError" in ast.unparse(exc):
            return True
        case ast.Constant(value=str()) | ast.JoinedStr() if (
            _last_name(getattr(parent, "func", node)) in _PROGRAMMERS
        ):
            return True
        case ast.Call(func=called):
            return _last_name(called) in _TYPE_MAKERS or _first_name(called) in _LOGGERS
        case ast.Subscript(value=value) if _last_name(value) == "Literal":
            return True
        case ast.keyword(arg=name):
            return name in _ONLY_FOR_SPEED
        case ast.Assign() | ast.AnnAssign() if isinstance(parent, ast.Module) and _is_data(node):
            return True
        case ast.Assign(value=value) if isinstance(parent, ast.Module | ast.ClassDef):
            return _is_type(value)
        case ast.Expr(value=ast.Call(func=called)):
            return _first_name(called) in _LOGGERS
        case _:
            return False


_LONG_TABLE = 60


def _is_data(table: ast.AST) -> bool:
    """Whether it is a long table of words or codes, of which one entry is as good as another."""
    return sum(isinstance(node, ast.Constant) for node in ast.walk(table)) > _LONG_TABLE


def _is_type(value: ast.expr) -> bool:
    """Whether a module names a type by it: `Row = tuple[str, int]`, `Value = str | None`."""
    match value:
        case ast.Subscript(value=ast.Name(id=name)) | ast.Subscript(value=ast.Attribute(attr=name)):
            return name[:1].isupper() or name in ("tuple", "list", "dict", "set", "frozenset", "type")
        case ast.BinOp(op=ast.BitOr(), left=left, right=right):
            return any(isinstance(side, ast.Name | ast.Subscript | ast.Constant) for side in (left, right))
        case _:
            return False


def _last_name(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(value=value):
            return _last_name(value)
        case _:
            return ""


def _first_name(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
