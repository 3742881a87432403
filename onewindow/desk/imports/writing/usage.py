"""Import of use: weeks of products and of their functions, and what licences show of the newest week."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from onewindow.desk.adoption.licences_in_use import Pair, update_licences
from onewindow.desk.imports.reading.cell_values import FieldFormats
from onewindow.desk.imports.reporting.findings import Findings
from onewindow.desk.imports.reporting.run_report import RowVerdict
from onewindow.desk.imports.rows.row import ReadRow
from onewindow.desk.imports.rows.weekly_usage import DaysOfWeek, WeekKey, Weeks, gathered, week_of
from onewindow.desk.imports.writing.records import RecordImporter
from onewindow.desk.imports.writing.usage_rows import KeptVerdicts, WaitingRows
from onewindow.desk.session.context import Session
from onewindow.exchange.rows import SourceRow
from onewindow.records.clients import Client
from onewindow.store.changes import Transaction
from onewindow.text.dates import week_monday, week_number

_FIGURES = ("active_users", "volume", "uses")


class UsageImporter:
    """Takes the rows of a file of use twice: a week may be told by many of them, far from one another."""

    def __init__(
        self,
        session: Session,
        transaction: Transaction,
        formats: FieldFormats,
        *,
        client: Client | None = None,
        create_clients: bool = False,
        moves_licences: bool = True,
        source: str = "",
    ) -> None:
        """Begin an import; `client` is whose the use is where the file does not say.

        Licences do not move with a file that a One Window wrote: it has them in a file of their own.
        """
        self._moves_licences = moves_licences
        self._session = session
        self._transaction = transaction
        self._this_week = week_number(session.today())
        self._weeks = RecordImporter(
            session,
            transaction,
            "usage",
            formats,
            client=client,
            create_clients=create_clients,
            source=source,
        )
        self._functions = RecordImporter(session, transaction, "feature_use", formats, source=source)
        self._waiting = WaitingRows()
        self._days = DaysOfWeek()
        self._verdicts = KeptVerdicts()
        self._seen_weeks: set[WeekKey] = set()
        self._changed: set[WeekKey] = set()
        self._first_rows: dict[Pair, int] = {}

    @property
    def findings(self) -> Findings:
        """What could not be made sense of so far."""
        return self._weeks.findings

    @property
    def waiting(self) -> Collection[int]:
        """None: all is known of a row when it is taken."""
        return ()

    def gather(self, rows: Iterable[SourceRow]) -> None:
        """Read the next rows, each once, before `settle` is called."""
        read = [self._checked(row) for row in self._weeks.read(rows)]
        self._weeks.make_clients(read)
        self._verdicts.keep(row for row in read if isinstance(row, RowVerdict))
        for row in read:
            if isinstance(row, ReadRow):
                self._days.see(row)
                self._waiting.add(row)

    def settle(self) -> None:
        """Store or compare the weeks that the rows come to, and bring the licences to the newest of them."""
        for part in self._waiting.parts():
            weeks = gathered(part, tells_days=self._days.are_given)
            verdicts = self._store(weeks)
            self._verdicts.keep(verdicts.values())
            self._verdicts.keep(
                RowVerdict(number, "skip", title, reason=f"added to the same week in row {head}")
                for number, (head, title) in weeks.added.items()
            )
            self._move_licences(weeks)

    def take(self, rows: Iterable[SourceRow]) -> list[RowVerdict]:
        """What became of rows that were gathered; one verdict a row."""
        verdicts = [self._verdicts.of(row.number) for row in rows]
        return [verdict for verdict in verdicts if verdict is not None]

    def finish(self) -> Mapping[int, str]:
        """Nothing more to say."""
        return {}

    def _move_licences(self, weeks: Weeks) -> None:
        """Bring the licences to the newest weeks, and tell which rows are of a product without a licence."""
        if self._moves_licences:
            unowned = update_licences(
                self._session, self._transaction, self._seen_weeks, self._changed, weeks.last_used
            )
            for pair in unowned:
                reason = "the client has no licence of this product in force"
                self._verdicts.give_reason(self._first_rows[pair], reason)
        self._seen_weeks.clear()
        self._changed.clear()
        self._first_rows.clear()

    def _checked(self, row: ReadRow | RowVerdict) -> ReadRow | RowVerdict:
        if isinstance(row, RowVerdict):
            return row
        row.title = self._title(row)
        problem = self._problem(row)
        return RowVerdict(row.number, "error", row.title, reason=problem) if problem else row

    def _title(self, row: ReadRow) -> str:
        function = row.extras.get("feature")
        name = row.client.name if row.client else ""
        return f"{name}, {function}"[:60] if function else name[:60]

    def _problem(self, row: ReadRow) -> str:
        counts = {name: row.values.get(name, row.extras.get(name)) for name in _FIGURES}
        if all(count is None for count in counts.values()) and not row.extras.get("user"):
            return "it tells no users and no volume"
        wrong = next((name for name, count in counts.items() if count is not None and int(count) < 0), "")
        if wrong:
            return f"{wrong.replace('_', ' ')}: {counts[wrong]} is less than nothing"
        week = int(row.values["week"] or 0)
        if week > self._this_week:
            return f"the week from {week_monday(week).isoformat()} has not begun"
        return ""

    def _store(self, weeks: Weeks) -> dict[int, RowVerdict]:
        """Store the weeks; gives back what became of each row that a week or a function began with."""
        verdicts: dict[int, RowVerdict] = {}
        self._weeks.look_up((*weeks.products, *weeks.at_least))
        self._remember(weeks.products, self._weeks.store(weeks.products), verdicts)
        floors = [row for row in weeks.at_least if self._is_higher(row)]
        self._remember(floors, self._weeks.store(floors), {})
        self._remember((), self._functions.store(weeks.functions), verdicts)
        self._seen_weeks |= {week_of(row) for row in (*weeks.products, *weeks.at_least)}
        for row in (*weeks.products, *weeks.at_least):
            client_id, product_id, _ = week_of(row)
            self._first_rows.setdefault((client_id, product_id), row.number)
        return verdicts

    def _remember(
        self, rows: Sequence[ReadRow], verdicts: Iterable[RowVerdict], by_row: dict[int, RowVerdict]
    ) -> None:
        by_number = {row.number: row for row in rows}
        for verdict in verdicts:
            by_row[verdict.row] = verdict
            if verdict.verdict in ("create", "update") and verdict.row in by_number:
                self._changed.add(week_of(by_number[verdict.row]))

    def _is_higher(self, row: ReadRow) -> bool:
        """Whether a product had fewer users on file than one of its functions has in the rows."""
        known = self._weeks.known(row)
        return known is None or getattr(known, "active_users", 0) < int(row.values["active_users"] or 0)
