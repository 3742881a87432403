"""Import of use: weeks of products and of their functions, and what licences show of the newest week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from onewindow.desk.import_findings import Findings
from onewindow.desk.import_records import RecordImporter
from onewindow.desk.import_report import RowVerdict
from onewindow.desk.import_rows import ReadRow
from onewindow.desk.import_values import FieldFormats
from onewindow.desk.import_weeks import WeekKey, Weeks, gathered
from onewindow.desk.licences_in_use import Pair, update_licences
from onewindow.desk.session import Session
from onewindow.exchange.rows import SourceRow
from onewindow.records.clients import Client
from onewindow.store.changes import Transaction
from onewindow.text.dates import week_monday, week_number

_FIGURES = ("active_users", "volume", "uses")


class UsageImporter:
    """Takes all rows of a file of use at once, since a week may be told by many of them."""

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
        self._told: set[WeekKey] = set()
        self._changed: set[WeekKey] = set()
        self._last_used: dict[WeekKey, str] = {}
        self._first_rows: dict[Pair, int] = {}

    @property
    def findings(self) -> Findings:
        """What could not be made sense of so far."""
        return self._weeks.findings

    @property
    def waiting(self) -> set[int]:
        """Numbers of rows of which the licences may have something to say."""
        return set(self._first_rows.values())

    def take(self, rows: Iterable[SourceRow]) -> list[RowVerdict]:
        """Store or compare the weeks that the rows come to; one verdict a row."""
        read = [self._checked(row) for row in self._weeks.read(rows)]
        self._weeks.make_clients(read)
        weeks = gathered(row for row in read if isinstance(row, ReadRow))
        found = self._store(weeks)
        self._last_used |= weeks.last_used
        verdicts: list[RowVerdict] = []
        for row in read:
            if isinstance(row, RowVerdict):
                verdicts.append(row)
            elif row.number in weeks.added:
                reason = f"added to the same week in row {weeks.added[row.number]}"
                verdicts.append(RowVerdict(row.number, "skip", row.title, reason=reason))
            else:
                verdicts.append(found[row.number])
        return verdicts

    def finish(self) -> Mapping[int, str]:
        """Bring the licences to the newest weeks; says which rows tell of a product without a licence."""
        if not self._moves_licences:
            return {}
        unowned = update_licences(
            self._session, self._transaction, self._told, self._changed, self._last_used
        )
        reason = "the client has no licence of this product in force"
        return {self._first_rows[pair]: reason for pair in unowned}

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
        told = {name: row.values.get(name, row.extras.get(name)) for name in _FIGURES}
        if all(each is None for each in told.values()) and not row.extras.get("user"):
            return "it tells no users and no volume"
        wrong = next((name for name, each in told.items() if each is not None and int(each) < 0), "")
        if wrong:
            return f"{wrong.replace('_', ' ')}: {told[wrong]} is less than nothing"
        week = int(row.values["week"] or 0)
        if week > self._this_week:
            return f"the week from {week_monday(week).isoformat()} has not begun"
        return ""

    def _store(self, weeks: Weeks) -> dict[int, RowVerdict]:
        """Store the weeks; gives back what became of each row that a week or a function began with."""
        found: dict[int, RowVerdict] = {}
        self._weeks.look_up((*weeks.products, *weeks.at_least))
        self._remember(weeks.products, self._weeks.store(weeks.products), found)
        floors = [row for row in weeks.at_least if self._is_higher(row)]
        self._remember(floors, self._weeks.store(floors), {})
        self._remember((), self._functions.store(weeks.functions), found)
        self._told |= {_week_of(row) for row in (*weeks.products, *weeks.at_least)}
        for row in (*weeks.products, *weeks.at_least):
            client_id, product_id, _ = _week_of(row)
            self._first_rows.setdefault((client_id, product_id), row.number)
        return found

    def _remember(
        self, rows: Sequence[ReadRow], verdicts: Iterable[RowVerdict], found: dict[int, RowVerdict]
    ) -> None:
        by_number = {row.number: row for row in rows}
        for verdict in verdicts:
            found[verdict.row] = verdict
            if verdict.verdict in ("create", "update") and verdict.row in by_number:
                self._changed.add(_week_of(by_number[verdict.row]))

    def _is_higher(self, row: ReadRow) -> bool:
        """Whether a product had fewer users on file than one of its functions has in the rows."""
        known = self._weeks.known(row)
        return known is None or getattr(known, "active_users", 0) < int(row.values["active_users"] or 0)


def _week_of(row: ReadRow) -> WeekKey:
    values = row.values
    return int(values["client_id"] or 0), int(values["product_id"] or 0), int(values["week"] or 0)
