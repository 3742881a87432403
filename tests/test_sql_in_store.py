"""SQL stands in `onewindow/store` and nowhere else: every text of the other rooms is looked at."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from source_trees import ROOT, nodes_of, trees

STORE = ROOT / "onewindow" / "store"
SQL = re.compile(
    r"""\b(?:SELECT|WHERE|HAVING|PRAGMA)\s
    | \b(?:INSERT|REPLACE)\s(?:OR\s\w+\s)?INTO\b | \bUPDATE\b.+\bSET\b | \bDELETE\sFROM\b | \bON\sCONFLICT\b
    | \b(?:ORDER|GROUP|PARTITION)\sBY\b | \b(?:LEFT|INNER|CROSS)\sJOIN\b | \bJOIN\s\w+\s\w*\s?ON\b
    | \bIS\s(?:NOT\s)?NULL\b | \bNOT\sEXISTS\b | \bBETWEEN\s: | \bLIMIT\s[:\d?]
    | \bBEGIN\s(?:IMMEDIATE|DEFERRED|EXCLUSIVE)\b | ^(?:COMMIT|ROLLBACK|REINDEX|VACUUM|SAVEPOINT\s\w+)$
    | \b(?:CREATE|DROP|ALTER)\s(?:TEMP\s|UNIQUE\s)?(?:TABLE|INDEX|VIEW|TRIGGER)\b
    | \b[a-z_]+\s(?:=|<>|<=?|>=?|IN|LIKE|IS)\s\(?:[a-z]\w*
    | \b[a-z_]+\s?(?:=|<>|!=|<=?|>=?|\s(?i:in|like|is)\s)\s?\(?\?(?:\d+)?(?=$|[\s,)]) | \bvalues\s?\(\s?[?:]
    | \b[a-z_]+\s(?i:in)\s?\((?:\d|select\b|['"])
    | ^\s*(?i:
        select\s(?:distinct\s|all\s)?(?:
            \w+\([^)]*\)+(?:\sas\s|\sfrom\s|,|$)
            | [\w.*]+(?:\sas\s\w+)?(?:,\s?[\w.*()]+(?:\sas\s\w+)?)*\sfrom\s\w
            | \d+$)
        | insert\s(?:or\s\w+\s)?into\s | replace\sinto\s | delete\sfrom\s | update\s\w+\sset\s
        | with\s(?:recursive\s)?\w+(?:\s?\([\w,\s]+\))?\sas\s(?:not\s)?(?:materialized\s)?\(
        | pragma\s\w | begin\s(?:immediate|deferred|exclusive)\b | (?:commit|rollback|vacuum)\s?;
        | (?:create|drop|alter)\s(?:(?:temp|temporary|unique|virtual)\s)?(?:table|index|view|trigger)\s
            (?:if\s(?:not\s)?exists\s)?\w+\s*(?:$|;|\(|as\s|on\s\w+\s?\(|add\s|rename\s|drop\s|using\s)
        | (?:order|group)\sby\s[\w.]+(?:\s(?:asc|desc))?(?:,|;|$)
        | where\s[\w.]+\s?(?:[=<>!]|is\s|in\s?\(|like\s['"?:])
        | explain\s(?:query\s)?\w+\s | attach\sdatabase\s | reindex\s\w+;? $)""",
    re.VERBOSE | re.DOTALL,
)
"""Statements in capitals anywhere in a text, pieces of them, what begins so in small ones, `?` as a value."""


def _texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every text of a module with its line; an f-string is one, with a mark for each value.

    Texts that stand as statements of their own are left out: they tell readers what is what.
    """
    passed: set[ast.AST] = set()
    for node in nodes_of(tree):  # parents first, so that what they take is known before it comes
        if isinstance(node, ast.Expr):
            passed.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            passed.update(node.values)
            parts = (part.value if isinstance(part, ast.Constant) else "x" for part in node.values)
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in passed:
            yield node.lineno, node.value


def sql_in(path: Path, tree: ast.Module) -> list[str]:
    """Where a module holds SQL, as `file:line: text`."""
    return [
        f"{path.relative_to(ROOT)}:{line}: {text.strip()[:60]}"
        for line, text in _texts(tree)
        if SQL.search(text)
    ]


def test_sql_stands_only_in_the_store() -> None:
    places = [
        place for path, tree in trees().items() if STORE not in path.parents for place in sql_in(path, tree)
    ]
    assert places == []


@pytest.mark.parametrize(
    "planted",
    [
        '"SELECT id FROM client"',
        '"select id from client where id = 1"',
        'f"SELECT {columns} FROM {table}"',
        '"WHERE archived_at IS NULL"',
        '" ORDER BY name_sort"',
        '"client_id = :client"',
        'f"{field} IN (:a, :b)"',
        '"INSERT OR IGNORE INTO setting VALUES (?)"',
        'f"UPDATE {table} SET name = ?"',
        '"DELETE FROM client_stat"',
        '"PRAGMA user_version"',
        '"BEGIN IMMEDIATE"',
        '"SELECT " + "1"',
        '"REINDEX"',
        '"select 1"',
        '"select distinct tier from client"',
        '"select count(*) as n from client"',
        '"select max(id) as m from client"',
        '"select id as i, name from client"',
        '"with x as (select 1) select * from x"',
        '"pragma user_version"',
        '"begin immediate"',
        '"drop table client"',
        '"create table x (y)"',
        '"create index if not exists x on client (name)"',
        '"alter table client add note"',
        '"tier=?"',
        '"tier = ? and stage = ?"',
        '"id in (1,2)"',
        '"id in (?, ?)"',
        '"name like ?"',
        '"order by name"',
        '"where id = 1"',
        '"insert or ignore into setting values (?)"',
        '"update client set tier = 1"',
    ],
)
def test_planted_sql_is_named_with_file_and_line(planted: str) -> None:
    path = ROOT / "onewindow" / "desk" / "planted.py"
    source = f'"""Says SELECT id FROM client, for readers."""\n\nQUERY = {planted}\n'
    (place,) = sql_in(path, ast.parse(source))
    assert place.startswith("onewindow/desk/planted.py:3: ")


@pytest.mark.parametrize(
    "prose",
    [
        "BEGIN:VCARD",
        "select a client from the list",
        "where it stands: here",
        "update it and set it",
        "with a client as (say) an example",
        "drop table tennis from the list",
        "begin immediately",
        "tier=gold",
        "is the stage = right? then go",
        "select name(s) of clients",
        "which tier?",
        "order by mail today",
        "in (1, 2) days",
    ],
)
def test_prose_is_no_sql(prose: str) -> None:
    assert sql_in(ROOT / "onewindow" / "desk" / "said.py", ast.parse(f"TEXT = {prose!r}\n")) == []
