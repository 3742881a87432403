"""Every column of the files in `columns_of_files.txt` fills the field that stands behind it there."""

from __future__ import annotations

from pathlib import Path

from onewindow.exchange.headers.matching import match_headers
from onewindow.records.kinds import KINDS

_LISTED = (Path(__file__).parent / "columns_of_files.txt").read_text(encoding="utf-8")
_FILES: dict[str, list[dict[str, str]]] = {}
for _line in _LISTED.splitlines():
    if _line and not _line.startswith("#"):
        _kind, _, _columns = _line.partition(": ")
        _pairs = (column.split(" → ") for column in _columns.split(" | "))
        _FILES.setdefault(_kind, []).append(dict(_pairs))


def test_the_list_has_files_of_every_kind_that_declares_columns() -> None:
    assert len(_FILES) > 60
    assert set(_FILES) <= set(KINDS)


def test_columns_of_files_fill_their_fields() -> None:
    for kind, files in _FILES.items():
        read = [match_headers(list(columns), kind) for columns in files]

        assert [match.fields for match in read] == files, kind
        assert [(match.unmatched, match.ambiguous) for match in read] == [([], {})] * len(read)
