"""What to say so that more of a file comes in: columns that fit a field, words that mean a choice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from onewindow.desk.imports.matching.kinds import importable, tells
from onewindow.desk.imports.reading.columns import FileColumns
from onewindow.desk.imports.reporting.changes import display_name
from onewindow.desk.imports.reporting.findings import NO_CLIENT, Findings, missing_reason
from onewindow.desk.imports.reporting.proposal import Proposal
from onewindow.desk.imports.reporting.word_guesses import guessed_words, speaks_for
from onewindow.exchange.columns.fits import fits
from onewindow.exchange.headers.matching import IGNORED_HEADER
from onewindow.exchange.headers.suggestions import like
from onewindow.records.clients import BillingDetails, Contact
from onewindow.records.fields import Attribute, attributes
from onewindow.records.kinds import KINDS

Rows = Sequence[Mapping[str, str]]
_MOST = 12
"""So many proposals are a help; more would be a second file."""
_MEANS_A_COUNTRY = 0.6
_BESIDE = {
    described.name: described for record in (Contact, BillingDetails) for described in attributes(record)
}
"""Fields of what rows of clients carry along."""
_NEVER_OF_A_FILE = frozenset({"client", "staff"})
"""What is told by `--client`, and whom a file seldom leaves out."""
_TELLING = {"document": ("number", "issued_on", "amount", "title")}
"""Kinds of which any of these fields is enough: all are looked for."""
_WANTED = {"request": ("opened_at",)}
"""Fields of a kind without which its rows say little, though they come in."""
_NAMES = {"client": "name", "request": "title", "document": "title", "opportunity": "title", "task": "title"}
"""The field of a kind that its ids can stand for where nothing else names it."""


def proposals(
    kind: str,
    columns: FileColumns,
    headers: Sequence[str],
    rows: Rows,
    findings: Findings,
    names_on_file: Callable[[str], Sequence[str]],
) -> tuple[Proposal, ...]:
    """What may be said of the columns of a file, of which these are the first rows; the most needed first.

    `names_on_file` gives the first names of the records of a kind.
    """
    if columns.is_own:
        return ()
    work = _Columns(kind, columns, [header for header in headers if header != IGNORED_HEADER], rows)
    lacking = _lacking(kind, findings)
    made = work.lacking(lacking)
    made += work.in_every_row(lacking, names_on_file)
    made += work.resembling(lacking)
    made += work.statuses_by_cells()
    made += work.words(findings)
    made += _clients(columns, findings)
    return tuple(made[:_MOST])


def reasons_with_columns(kind: str, proposed: Sequence[Proposal]) -> dict[str, str]:
    """What to add to the reason of a row that lacks a field: the column that looks like it."""
    known = importable(kind)
    reasons: dict[str, str] = {}
    for proposal in proposed:
        if proposal.creates_clients:
            continue  # its column is read: a row that is refused for want of it has an empty cell
        for name in proposal.fields[:1]:
            described = known.get(name) or known.get(f"{name}_id")
            if described is not None:
                reason = NO_CLIENT if described.refers == "client" else missing_reason(described)
                what = "could be it too" if len(proposal.fields) > 1 else "was left out"
                reasons.setdefault(reason, f"“{proposal.header}” {what}: {proposal.typed}")
    return reasons


def _lacking(kind: str, findings: Findings) -> list[str]:
    missing = list(findings.missing)
    if missing and kind in _TELLING and set(_TELLING[kind]) & set(missing):
        missing += [name for name in _TELLING[kind] if name not in missing]
    return missing


class _Columns:
    """The columns of one file, of which each is proposed once, and each field once."""

    def __init__(self, kind: str, columns: FileColumns, headers: Sequence[str], rows: Rows) -> None:
        self._kind = kind
        self._columns = columns
        self._rows = rows
        self._known = importable(kind)
        self._taken = {name for _, name in columns.pairs}
        self._left = [header for header in headers if header in columns.left_out and self.cells(header)]

    def cells(self, header: str) -> list[str]:
        """The cells of a column that are not empty."""
        return [text for row in self._rows if (text := row.get(header, "").strip())]

    def lacking(self, names: Sequence[str]) -> list[Proposal]:
        """For each field that is lacking the column that is most like it."""
        made: list[Proposal] = []
        for name in names:
            if name in self._taken:
                continue
            is_needed = name not in _TELLING.get(self._kind, ())
            why = (
                f"rows without {display_name(name)} are refused"
                if is_needed
                else f"it looks like {display_name(name)}"
            )
            best = max(self._left, key=lambda header: self._score(header, name, names), default="")
            if best and self._score(best, name, names):
                made.append(self._filling(best, name, why))
            elif name == _NAMES.get(self._kind) and (proposal := self._by_ids(name, why)):
                made.append(proposal)
        return made

    def in_every_row(
        self, lacking: Sequence[str], names_on_file: Callable[[str], Sequence[str]]
    ) -> list[Proposal]:
        """For each reference that no column tells what it may be in the whole file: which product."""
        made: list[Proposal] = []
        for name in lacking:
            refers = described.refers if (described := self._described(name)) is not None else None
            if name in self._taken or not refers or refers in _NEVER_OF_A_FILE or KINDS[refers].of_client:
                continue
            if known := names_on_file(refers):
                why = f"rows without {display_name(name)} are refused; on file: {', '.join(known)}"
                made.append(Proposal(why, constant=(display_name(name), known[0])))
        return made

    def resembling(self, lacking: Collection[str]) -> list[Proposal]:
        """For each other column that is left out the field that it is like, if nothing fills that."""
        made: list[Proposal] = []
        for header in list(self._left):
            for name, _ in like(header, self._kind, _WANTED.get(self._kind, ())):
                if name not in (*self._taken, *lacking) and self._fits(header, name):
                    made.append(self._filling(header, name, f"it looks like {display_name(name)}"))
                    break
        return made

    def statuses_by_cells(self) -> list[Proposal]:
        """Columns whose cells tell what they are: countries, names of other rows."""
        if self._kind != "client":
            return []
        made: list[Proposal] = []
        named = next((header for header, name in self._columns.pairs if name == "name"), "")
        names = set(self.cells(named)) if named else set[str]()
        for header in list(self._left):
            cells = self.cells(header)
            if "country" not in self._taken and fits("country", cells, least=_MEANS_A_COUNTRY):
                made.append(self._filling(header, "country", "its cells are countries"))
            elif names.issuperset(cells) and "note" not in self._taken:
                made.append(self._filling(header, "note", "its cells are names of clients of this file"))
        return made

    def words(self, findings: Findings) -> list[Proposal]:
        """What words may mean that are none of the choices of a field."""
        by_field = {name: header for header, name in reversed(self._columns.pairs)}
        made: list[Proposal] = []
        for name, words in findings.words.items():
            described = self._described(name)
            header = by_field.get(name, "")
            if described is None or not header:
                continue
            is_it = tells(self._kind, name) or speaks_for(described, header, self.cells(header))
            meant = guessed_words(described, header, self.cells(header), list(words)) if is_it else ()
            choices = ", ".join(choice for choice in described.choices if choice)
            if meant:
                made.append(Proposal(f"{display_name(name)} is one of {choices}", header, words=meant))
            else:
                made.append(Proposal(f"it is no {display_name(name)}: none of {choices}", header, ("",)))
        return made

    def _score(self, header: str, name: str, lacking: Sequence[str]) -> float:
        score = next(
            (likeness.score for likeness in like(header, self._kind, lacking) if likeness.field == name), 0.0
        )
        return score if score and self._fits(header, name) else 0.0

    def _described(self, name: str) -> Attribute | None:
        return self._known.get(name) or self._known.get(f"{name}_id") or _BESIDE.get(name)

    def _fits(self, header: str, name: str) -> bool:
        described = self._described(name)
        cells = self.cells(header)
        if name == "external_id":
            return len(set(cells)) == len(cells)  # what comes twice is the id of something else
        if name == "user":
            return not fits("number", cells)  # so many of something are nobody
        if described is None:
            return True
        if described.kind == "choice":
            return bool(guessed_words(described, header, cells))
        return fits(described.kind, cells)

    def _filling(self, header: str, name: str, why: str) -> Proposal:
        self._left.remove(header)
        self._taken.add(name)
        described = self._described(name)
        words: tuple[tuple[str, str], ...] = ()
        if described is not None and described.kind == "choice":
            words = guessed_words(described, header, self.cells(header))
        return Proposal(why, header, (name,), words)

    def _by_ids(self, name: str, why: str) -> Proposal | None:
        """The ids of the file as names, which they stay besides, where nothing else can be one."""
        header = next((header for header, field in self._columns.pairs if field == "external_id"), "")
        if not header or not self.cells(header):
            return None
        self._taken.add(name)
        others = [field for other, field in self._columns.pairs if other == header]
        return Proposal(f"{why}, and nothing else could be one", header, (name, *others))


def _clients(columns: FileColumns, findings: Findings) -> list[Proposal]:
    """Whom words may mean that mean no client on file."""
    by_field = {name: header for header, name in reversed(columns.pairs)}
    header = next((by_field[field] for field in ("client_id", "client") if field in by_field), "")
    made: list[Proposal] = []
    for word, near in findings.clients.items():
        if header and near:
            number, _, name = near[0].partition(" ")
            made.append(Proposal(f"{name} is near “{word}”", header, words=((word, number),)))
    if findings.ids_without_names and header:
        why = f"clients would be called by their ids, as {next(iter(findings.ids_without_names))}"
        named = next(name for other, name in columns.pairs if other == header)
        made.append(Proposal(why, header, (named,), creates_clients=True))
    elif any(not near for near in findings.clients.values()):
        why = "clients whom only this file names are made"
        made.append(Proposal(why, creates_clients=True))
    return made
