"""JSON that is read bit by bit says the same as JSON that is read whole, and holds little of it."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.exchange.json_files.scan import JsonScanner
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.tables.opening import read_rows

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.text(max_size=12) | st.sampled_from(["-1.50", "1e400"]).map(json.loads),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


def pieces(text: str, size: int) -> Iterator[str]:
    return (text[begun : begun + size] for begun in range(0, len(text), size))


@given(st.lists(VALUES, max_size=5), st.integers(1, 9), st.sampled_from([None, 1]), st.booleans())
def test_items_are_those_of_the_whole_however_it_is_cut(
    items: list[Any], size: int, indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(items, indent=indent, ensure_ascii=ascii_only)
    scanner = JsonScanner(pieces(f" {text}\n", size), "a.json")
    found = list(scanner.items())
    scanner.finish()
    whole = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str).decode(text)
    assert json.dumps(found) == json.dumps(whole)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[\n{"a": 1},\n{"a": }]', 3),
        ('[{"a": 1}\n{"a": 2}]', 2),
        ('[{"a": 1},\n]', 2),
        ('[{"a": 1}]\n\n[]', 3),
        ('[{"a": "x\n', 1),
        ('{"items": [{"a": 1}],\n"b" 2}', 2),
        ('{"items": [{"a": 1}]', 1),
    ],
)
def test_the_line_at_which_it_breaks_is_named(text: str, line: int) -> None:
    with pytest.raises(FileProblem, match=f"line {line} is not JSON"):
        list(read_rows(text.encode(), "a.json").rows)


@pytest.mark.parametrize(
    "text",
    [
        '{"page": 1, "phones": [{"VALUE": "1"}], "clients": [{"name": "А"}, {"name": "Б", "x": {"y": 2}}]}',
        '{"next": null, "ours": [{"name": "А"}, {"name": "Б", "x": {"y": 2}}], "total": 2}',
        '{"_embedded": {"leads": [{"name": "А"}, {"name": "Б", "x": {"y": 2}}]}}',
    ],
)
def test_the_list_of_objects_in_an_object_is_found(text: str) -> None:
    table = read_rows(text.encode(), "a.json")
    assert [dict(row.values) for row in table.rows] == [{"name": "А", "x.y": ""}, {"name": "Б", "x.y": "2"}]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_a_large_file_is_never_held_as_a_whole(name: str) -> None:
    row = json.dumps({"name": "Ромашка", "note": "x" * 5000, "city": "Казань"}, ensure_ascii=False)
    data = ("[" + ",".join([row] * 6_000) + "]" if name == "a.json" else f"{row}\n" * 6_000).encode()
    tracemalloc.start()
    count = sum(1 for _ in read_rows(data, name).rows)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 6_000
    assert len(data) > 30_000_000
    assert peak < 15_000_000


@pytest.mark.parametrize(
    "text",
    [
        '{"_page": 1, "_links": {"self": {}}, "_embedded": {"leads": [{"name": "А"}, {"name": "Б"}]}}',
        '{"meta": {"count": 2}, "data": {"items": [{"name": "А"}, {"name": "Б"}]}}',
        '{"status": "ok", "response": {"page": 1, "rows": [{"name": "А"}, {"name": "Б"}]}}',
        '{"total": {"n": 2}, "answer": {"deals": {"all": [{"name": "А"}, {"name": "Б"}]}}}',
    ],
)
def test_a_list_some_levels_down_is_the_table(text: str) -> None:
    table = read_rows(text.encode(), "a.json")

    assert table.headers == ["name"]
    assert [row.values["name"] for row in table.rows] == ["А", "Б"]


@pytest.mark.parametrize(
    ("text", "headers"),
    [
        ('{"id": 7, "name": "А", "_embedded": {"tags": [{"name": "x"}]}}', ["id", "name", "_embedded.tags"]),
        ('{"name": "А", "address": {"rooms": [{"n": 1}]}}', ["name", "address.rooms"]),
        ('{"data": {"name": "А"}}', ["data.name"]),
    ],
)
def test_one_record_is_a_row_whatever_lies_in_it(text: str, headers: list[str]) -> None:
    table = read_rows(text.encode(), "a.json")

    assert table.headers == headers
    assert len(list(table.rows)) == 1
