"""An import before it is done, as lists show it: how the file is read, column by column, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from pathlib import Path
from typing import Literal

from onewindow.desk.imports.explanation import overwritten
from onewindow.desk.imports.look import FileLook
from onewindow.desk.imports.matching.kinds import NAME_PARTS
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.reporting.differences import shown_change, shown_field, told_differences
from onewindow.desk.imports.reporting.run_report import ImportReport, RowVerdict
from onewindow.desk.imports.reporting.window_words import in_window
from onewindow.exchange.headers.matching import ALSO
from onewindow.records.fields import attributes
from onewindow.records.kinds import KINDS
from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Value
from onewindow.text.layout.cells import Cell, Column, Row

TAKEN_HEADINGS = ("what", "is read as", "found")
TAKEN_COLUMNS = (Column(min_width=10), Column(min_width=10), Column(min_width=12))
ROW_HEADINGS = ("row", "becomes", "name", "what comes in")
ROW_COLUMNS = (
    Column(width=7, align="right"),
    Column(width=9),
    Column(width=24, short_width=14),
    Column(min_width=20),
)
Filter = Literal["", "create", "update", "flagged", "error", "skip", "left_out"]
FILTERS: tuple[Filter, ...] = ("", "create", "update", "flagged", "error", "skip", "left_out")
SPOKEN: Mapping[Filter, str] = {
    "": "all rows",
    "create": "new",
    "update": "updated",
    "flagged": "flagged",
    "error": "refused",
    "skip": "unchanged",
    "left_out": "left out",
}
_COUNTED: tuple[Filter, ...] = ("create", "update", "skip", "left_out", "flagged", "error")
_ORDERS = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
_SIGNS = {"\t": "tab", "\x1f": "none: one column"}
_LONG = 60


@frozen_struct
class TakenKey:
    """What a line of how a file is read is about: what is `taken`, a `column`, a `proposal`, or a `note`."""

    what: str
    which: str


@frozen_struct
class Taken:
    """All that is known of an import that is prepared."""

    path: str
    look: FileLook | None
    options: ImportOptions
    is_kind_chosen: bool
    profile: str
    report: ImportReport | None
    """The report of the last dry run, or of the import itself."""


def taken_rows(taken: Taken) -> list[Row]:
    """A line for each thing that can be chosen, for each column, and for each thing that was noticed."""
    path = Path(taken.path)
    folder = "" if str(path.parent) == "." else f"in {path.parent}"
    rows = [_line("file", path.name or "choose one", folder)]
    if taken.look is None:
        return rows
    rows += _how_read(taken, taken.look)
    rows += [_column_row(taken, taken.look, header) for header in taken.look.headers]
    rows += _proposed(taken)
    rows += _said_besides(taken, taken.look)
    notes = taken.report.notes if taken.report is not None else ()
    notes = notes or tuple(taken.look.notes.sentences())
    for place, text in enumerate(notes):
        # What else can be chosen stands in the lines above; the command has options for it.
        shown = in_window(text)
        rows.append(Row(TakenKey("note", str(place)), (Cell("note", "dim"), Cell(""), Cell(shown, "dim"))))
    return rows


def _how_read(taken: Taken, look: FileLook) -> list[Row]:
    kind, options = KINDS[look.kind], taken.options
    fit = f"{look.fitting} of {len(look.headers)} columns fit"
    origin = "chosen" if taken.is_kind_chosen else "guessed"
    rows = [_line("kind", kind.plural, f"{origin}: {fit}")]
    rows += _how_opened(look, options)
    order = _ORDERS.get(options.dates or "", "")
    notes = taken.report.notes if taken.report is not None else ()
    dates_note = next((text for text in notes if text.startswith("Dates ")), "")
    rows.append(_line("dates", order or "as the file tells", dates_note.partition(";")[0]))
    rows.append(_line("source", options.source or "none", "the program whose ids these are"))
    return rows


def _proposed(taken: Taken) -> list[Row]:
    """What would bring more in; opening a line takes it."""
    proposals = taken.report.proposals if taken.report is not None else ()
    return [
        Row(
            TakenKey("proposal", str(place)),
            (
                Cell(proposal.header or ("set" if proposal.constant else "new clients")),
                Cell(f"{proposal.read_as} ?", "warn"),
                Cell(in_window(proposal.why), "dim"),
            ),
            "+",
        )
        for place, proposal in enumerate(proposals)
    ]


def _said_besides(taken: Taken, look: FileLook) -> list[Row]:
    kind, options = KINDS[look.kind], taken.options
    rows: list[Row] = []
    rows.append(_line("profile", taken.profile or "none", "keeps all of this under a name"))
    rows.append(_line("set", _pairs(options.shape.constants) or "none", "what a field has in every row"))
    rows.append(_line("words", _pairs(options.shape.words) or "none", "what a word of a column means"))
    if kind.of_client:
        whose = options.client.name if options.client is not None else "as each row says"
        made = "yes" if options.create_clients else "no"
        rows.append(_line("client", whose, "whose they are where a row does not say"))
        rows.append(_line("new clients", made, "whether clients whom only the file names are made"))
    return rows


def _how_opened(look: FileLook, options: ImportOptions) -> list[Row]:
    notes, read_as = look.notes, options.read_as
    rows: list[Row] = []
    if notes.encoding:
        by_letters = "judged by its letters" if notes.encoding_is_told_by_letters else ""
        rows.append(_line("encoding", notes.encoding, "chosen" if read_as.encoding else by_letters))
    if notes.sheet:
        others = [*notes.other_sheets, *(f"{title} (hidden)" for title in notes.hidden_sheets)]
        rows.append(_line("sheet", notes.sheet, f"not {', '.join(others)}" if others else "the only one"))
    if notes.header_row:
        above = " · ".join(notes.titles_above)
        origin = "chosen" if read_as.header_row else f"under “{above}”" if above else ""
        rows.append(_line("column names", f"row {notes.header_row}", origin))
    if notes.delimiter:
        sign = _SIGNS.get(notes.delimiter, notes.delimiter)
        rows.append(_line("delimiter", sign, "chosen" if read_as.delimiter else ""))
    return rows


def _line(what: str, taken: str, origin: str) -> Row:
    return Row(TakenKey("taken", what), (Cell(what, "dim"), Cell(taken, "accent"), Cell(origin, "dim")))


def _column_row(taken: Taken, look: FileLook, header: str) -> Row:
    report = taken.report
    fields = look.fields.get(header, ())
    if report is not None and header in report.fields:
        # The whole file tells more than its beginning: a week whose cells are days.
        more = tuple(name for named, name in report.more if named == header)
        fields = (report.fields[header], *more)
    is_left_out = taken.options.mapped.get(header) == ""
    shown = ", ".join(spoken_field(name) for name in fields)
    values = " · ".join(_short(text) for text in look.first_values(header))
    read_as = Cell(f"→ {shown}") if fields else Cell("left out" if is_left_out else "not read", "dim")
    return Row(
        TakenKey("column", header),
        (Cell(header), read_as, Cell(values)),
        " " if fields or is_left_out else "?",
    )


def spoken_field(name: str) -> str:
    """A field as people read it in a list of fields."""
    return name.removesuffix(ALSO).removesuffix("_id") if name not in ("external_id", "tax_id") else name


class SortedRows:
    """The rows of a report by what becomes of them; made in a thread, since a file may have a million."""

    def __init__(self, report: ImportReport) -> None:
        """Sort the rows once."""
        by_verdict: dict[Filter, list[RowVerdict]] = {choice: [] for choice in FILTERS}
        for row in report.rows:
            by_verdict[_becomes(row)].append(row)
        flagged = report.flagged
        self._by_filter: dict[Filter, Sequence[RowVerdict]] = {
            **by_verdict,
            "": report.rows,
            "flagged": flagged,
        }
        self.flagged = frozenset(row.row for row in flagged)
        """The numbers of the flagged rows."""
        self.counts = self._counted(sum(1 for _ in overwritten(report)))
        """How many rows there are and what becomes of them, in words."""

    def of(self, verdict: Filter) -> Sequence[RowVerdict]:
        """The rows that a filter lets through."""
        return self._by_filter[verdict]

    def after(self, now: Filter) -> Filter:
        """The next filter under which there is something to see."""
        place = FILTERS.index(now)
        for choice in (*FILTERS[place + 1 :], *FILTERS[:place]):
            if not choice or self.of(choice):
                return choice
        return ""

    @property
    def refused(self) -> str:
        """How many rows are refused, in words; '' for none."""
        count = len(self.of("error"))
        return f"{count} {SPOKEN['error']}" if count else ""

    def _counted(self, overwrites: int) -> str:
        counts = [f"{len(self.of(choice))} {SPOKEN[choice]}" for choice in _COUNTED if self.of(choice)]
        if overwrites:
            counts.append(f"{overwrites} value{'s' * (overwrites > 1)} overwritten")
        return ", ".join(counts) or "no rows"


def row_drawer(
    flagged: Container[int],
    records: Mapping[int, Mapping[str, str]],
    look: FileLook,
    names: Mapping[int, str],
) -> Callable[[RowVerdict], Row]:
    """Give back what draws the line of one row."""

    def draw(row: RowVerdict) -> Row:
        word = SPOKEN[_becomes(row)]
        mark = "!" if row.verdict == "error" else "?" if row.row in flagged else " "
        tone = "late" if row.verdict == "error" else "warn" if row.row in flagged else "dim"
        name = row.name or "—"
        return Row(row.row, (Cell(str(row.row), "dim"), Cell(word, tone), Cell(name), _outcome(row)), mark)

    def _outcome(row: RowVerdict) -> Cell:
        if row.verdict == "error":
            return Cell(in_window(row.reason))
        changed = "; ".join(_change(name, pair, names) for name, pair in told_differences(row).items())
        came = ""
        if row.verdict == "create":
            values = _values(row, records, look)
            came = " · ".join(f"{label} {text}" for label, text in values.items() if text != row.name)
        return Cell(" ".join("; ".join(filter(None, (in_window(row.reason), changed or came))).split()))

    return draw


def row_lines(
    row: RowVerdict, records: Mapping[int, Mapping[str, str]], look: FileLook, names: Mapping[int, str]
) -> list[str]:
    """All that is known of one row: what becomes of it and why, its cells, and the record as it comes in."""
    reason = in_window(row.reason)
    lines = [f"{SPOKEN[_becomes(row)]}{f': {reason}' if reason else ''}"]
    if changed := told_differences(row):
        lines += ["", "What changes:", *(f"  {_change(*pair, names)}" for pair in changed.items())]
    if cells := look.cells.get(row.row):
        lines += ["", "As the file has it:"]
        for header, text in cells.items():
            shown = ", ".join(spoken_field(name) for name in look.fields.get(header, ()))
            lines.append(f"  {header}: {text or '(empty)'}{f'   → {shown}' if shown else '   not read'}")
    if row.row in records and (values := _values(row, records, look)):
        lines += ["", "As it comes in:", *(f"  {label}: {text}" for label, text in values.items())]
    return lines


def _values(row: RowVerdict, records: Mapping[int, Mapping[str, str]], look: FileLook) -> Mapping[str, str]:
    """The fields of a new record as they come in, and cells that fill records beside it; else the cells."""
    cells = look.cells.get(row.row, {})
    typed = {
        spoken_field(name): cells[header].strip()
        for header, names in look.fields.items()
        for name in names
        if cells.get(header, "").strip()
    }
    if row.row not in records:
        return typed
    own = {spoken_field(described.name) for described in attributes(KINDS[look.kind].record)}
    beside = {name: text for name, text in typed.items() if name not in own and name not in NAME_PARTS}
    return {**records[row.row], **beside}


def _becomes(row: RowVerdict) -> Filter:
    """What becomes of a row; one that is no record of its own is left out."""
    return "left_out" if row.verdict == "skip" and not row.record_id else row.verdict


def _change(name: str, pair: Sequence[Value], names: Mapping[int, str]) -> str:
    return f"{shown_field(name)}: {shown_change(name, pair, names)}"


def _pairs(pairs: Mapping[str, str]) -> str:
    return ", ".join(f"{left} = {right}" for left, right in pairs.items())


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"
