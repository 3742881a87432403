"""The kinds of faults: what a slip of the hand would make of one node of a program."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """One fault of a node: an attribute of `owner` gets another value, or `instead` stands for the node."""

    kind: str
    owner: ast.AST | None = None
    name: str = ""
    value: object = None
    instead: str | None = None


def changes_of(node: ast.AST, parent: ast.AST | None) -> Iterator[Change]:
    """Every fault that one node can have; `parent` is the node around it."""
    for find in _KINDS.get(type(node), ()):
        yield from find(node, parent)


_OTHER_COMPARISON: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}


def _comparisons(node: ast.Compare, _parent: ast.AST | None) -> Iterator[Change]:
    for at, op in enumerate(node.ops):
        for other in _OTHER_COMPARISON[type(op)]:
            yield Change("comparison", node, "ops", [*node.ops[:at], other(), *node.ops[at + 1 :]])


def _connectives(node: ast.BoolOp, _parent: ast.AST | None) -> Iterator[Change]:
    yield Change("condition", node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
    for at in range(len(node.values)):
        if isinstance(node.op, ast.Or) and isinstance(node.values[-1], ast.Constant):
            break  # `or 0` of a column that is empty: most often nobody can tell
        yield Change("condition", node, "values", node.values[:at] + node.values[at + 1 :])


def _unary(node: ast.UnaryOp, _parent: ast.AST | None) -> Iterator[Change]:
    if isinstance(node.op, ast.Not):
        yield Change("condition", instead=ast.unparse(node.operand))
    elif isinstance(node.op, ast.USub):
        yield Change("sign", instead=ast.unparse(node.operand))


def _choices(node: ast.IfExp, _parent: ast.AST | None) -> Iterator[Change]:
    if not isinstance(node.test, ast.UnaryOp | ast.Compare):  # whose own faults say the same
        yield Change("condition", node, "test", ast.UnaryOp(ast.Not(), node.test))


_OTHER_OPERATOR: dict[type[ast.operator], ast.operator] = {
    ast.Add: ast.Sub(),
    ast.Sub: ast.Add(),
    ast.Mult: ast.FloorDiv(),
    ast.FloorDiv: ast.Mult(),
    ast.Div: ast.Mult(),
}


def _arithmetic(node: ast.BinOp, _parent: ast.AST | None) -> Iterator[Change]:
    other = _OTHER_OPERATOR.get(type(node.op))
    if other is not None and not any(_is_no_number(side) for side in (node.left, node.right)):
        yield Change("arithmetic", node, "op", other)


def _is_no_number(node: ast.expr) -> bool:
    """Whether it is plain that it is a text or a list, with which a changed operator only breaks."""
    match node:
        case (
            ast.JoinedStr() | ast.List() | ast.Tuple() | ast.ListComp() | ast.Constant(value=str() | bytes())
        ):
            return True
        case ast.BinOp(left=left, right=right):
            return _is_no_number(left) or _is_no_number(right)
        case _:
            return False


def _one_more(number: ast.expr) -> ast.expr:
    return ast.BinOp(number, ast.Add(), ast.Constant(1))


def _slices(node: ast.Slice, _parent: ast.AST | None) -> Iterator[Change]:
    if node.upper is not None and not isinstance(node.upper, ast.Constant | ast.UnaryOp):
        yield Change("slice", node, "upper", _one_more(node.upper))
    if node.lower is not None and not isinstance(node.lower, ast.Constant | ast.UnaryOp):
        yield Change("slice", node, "lower", _one_more(node.lower))


_OTHER_FUNCTION = {"min": "max", "max": "min", "any": "all", "all": "any"}


def _calls(node: ast.Call, _parent: ast.AST | None) -> Iterator[Change]:
    named = node.func.id if isinstance(node.func, ast.Name) else ""
    if named in _OTHER_FUNCTION and not (named in ("any", "all") and len(node.args) != 1):
        yield Change(
            "sort order" if named in ("min", "max") else "condition", node.func, "id", _OTHER_FUNCTION[named]
        )
    if named == "sorted" or (isinstance(node.func, ast.Attribute) and node.func.attr == "sort"):
        yield from _sorts(node)


def _sorts(node: ast.Call) -> Iterator[Change]:
    others = [keyword for keyword in node.keywords if keyword.arg != "reverse"]
    is_reverse = len(others) != len(node.keywords)
    turned = others if is_reverse else [*others, ast.keyword("reverse", ast.Constant(value=True))]
    yield Change("sort order", node, "keywords", turned)
    for keyword in others:
        match keyword.value:
            case ast.Lambda(body=ast.Tuple(elts=[first, second, *rest]) as key):
                yield Change("sort order", key, "elts", [second, first, *rest])
                yield Change("sort order", key, "elts", [first, *rest] if rest else [first])
            case _:
                yield Change(
                    "sort order", node, "keywords", [other for other in node.keywords if other is not keyword]
                )


def _returns(node: ast.Return, _parent: ast.AST | None) -> Iterator[Change]:
    # Who asks whether it is so cannot tell False from None.
    if node.value is not None and not (
        isinstance(node.value, ast.Constant) and node.value.value in (None, False)
    ):
        yield Change("return", instead="return None")


def _statements(node: ast.Expr, _parent: ast.AST | None) -> Iterator[Change]:
    if isinstance(node.value, ast.Call | ast.Await | ast.YieldFrom):
        yield Change("removed", instead="pass")


def _jumps(_node: ast.stmt, _parent: ast.AST | None) -> Iterator[Change]:
    yield Change("removed", instead="pass")


_SQL = re.compile(r"\b(?:SELECT|WHERE|ORDER BY|UPDATE|JOIN|GROUP BY|LIMIT|INSERT)\b")
_SQL_SLIPS: tuple[tuple[str, str], ...] = (
    (r"<=", "<"),
    (r">=", ">"),
    (r"(?<![<])<(?![=>])", "<="),
    (r"(?<![<>])>(?!=)", ">="),
    (r"(?<=\w )=(?= )", "!="),
    (r"\bAND\b", "OR"),
    (r"\bOR\b", "AND"),
    (r"\bMAX\(", "MIN("),
    (r"\bMIN\(", "MAX("),
    (r"\bIS NOT NULL\b", "IS NULL"),
    (r"\bIS NULL\b", "IS NOT NULL"),
    (r" DESC\b", ""),
    (r"(?<=ORDER BY )([\w.]+)(?= |$|,)(?! DESC)", r"\1 DESC"),
    (r"\bNOT IN\b", "IN"),
    (r"\bNOT EXISTS\b", "EXISTS"),
    (r"\bLEFT JOIN\b", "JOIN"),
    (r"(?<= )\+(?= )", "-"),
    (r"(?<= )-(?= )", "+"),
    (r"\bDISTINCT ", ""),
)
_LONGEST_LABEL = 40
_HAS_WORD = re.compile(r"\w")


def _constants(node: ast.Constant, parent: ast.AST | None) -> Iterator[Change]:
    match node.value:
        case bool():
            yield Change("constant", node, "value", not node.value)
        case int() | float():
            yield Change("constant", node, "value", node.value + 1)
            if node.value > 1:
                yield Change("constant", node, "value", node.value - 1)
        case str() if _SQL.search(node.value):
            for slip, becomes in _SQL_SLIPS:
                for found in re.finditer(slip, node.value):
                    text = node.value[: found.start()] + found.expand(becomes) + node.value[found.end() :]
                    yield Change("sql", node, "value", text)
        case str() if _is_label(node.value) and not isinstance(parent, _CHECKED_BY_TYPES):
            yield Change("text", node, "value", _misspelt(node.value))
        case _:
            pass


_CHECKED_BY_TYPES = ast.arguments | ast.AnnAssign | ast.Expr
"""Defaults of parameters and fields: a word that is none of the allowed ones is told by the type checker."""


def _is_label(text: str) -> bool:
    return len(text) <= _LONGEST_LABEL and "\n" not in text and _HAS_WORD.search(text) is not None


def _misspelt(text: str) -> str:
    """The text with one letter too many at the end of its first word, so that spaces stay where they were."""
    return re.sub(r"(\w)(?=\W|$)", r"\1x", text, count=1)


_Find = Callable[..., Iterator[Change]]
_KINDS: dict[type[ast.AST], tuple[_Find, ...]] = {
    ast.Compare: (_comparisons,),
    ast.BoolOp: (_connectives,),
    ast.UnaryOp: (_unary,),
    ast.IfExp: (_choices,),
    ast.BinOp: (_arithmetic,),
    ast.Slice: (_slices,),
    ast.Call: (_calls,),
    ast.Return: (_returns,),
    ast.Expr: (_statements,),
    ast.AugAssign: (_jumps,),
    ast.Continue: (_jumps,),
    ast.Break: (_jumps,),
    ast.Raise: (_jumps,),
    ast.Constant: (_constants,),
}
WEIGHTS = {
    "comparison": 4,
    "condition": 3,
    "constant": 3,
    "removed": 3,
    "return": 2,
    "sort order": 2,
    "sql": 2,
    "text": 2,
    "arithmetic": 1,
    "slice": 1,
    "sign": 1,
}
"""How often a kind is drawn where all can be; most of a program's places are for texts and conditions."""
