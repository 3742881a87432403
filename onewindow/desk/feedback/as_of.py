"""What was on file at the end of a day of what clients said: links, states, names, health and money."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from onewindow.desk.session.context import Session
from onewindow.records.feedback import Revenue
from onewindow.records.fields import Record
from onewindow.store import as_of
from onewindow.store import feedback as feedback_store
from onewindow.store.as_of import NOTHING_CHANGED, Rewound
from onewindow.store.feedback import Said, Speaker
from onewindow.store.listing import by_ids
from onewindow.text.dates import utc_text

R = TypeVar("R", bound=Record)
_Row = TypeVar("_Row", Said, Speaker)
_END_OF_DAY = time(23, 59, 59)
_EARLIEST = "0001-01-01"


class FileOn:
    """The file as it was at the end of a day in this person's zone; as it is now if that is not over.

    What came on file after the day is left out, so that an export of a past day is the same whenever it is
    asked for. A file that is younger than the day, one that was imported since, says what it has by the dates
    of its records, and leaves untold what only the log could tell.
    """

    def __init__(self, session: Session, on: date, *, with_later: bool = False) -> None:
        """`with_later` takes in what came on file after the day, by the dates that its records name."""
        self._store = session.store
        self.on = on
        self.at = _end_of(session, on)
        """The last second of the day (UTC text), None if it is not over."""
        self.with_later = with_later
        self.left_out = 0
        """How many quotes of the days asked for came on file later and were left out."""

    @cached_property
    def is_younger(self) -> bool:
        """Whether nothing of the file was logged by the end of the day."""
        if self.at is None:
            return False
        first = as_of.logged_since(self._store)
        return first is None or first > self.at

    def quotes(self, since: date | None) -> list[Said]:
        """What was said from a day (None: ever) to this one, as it was on file then."""
        first, last = since.isoformat() if since else _EARLIEST, self.on.isoformat()
        if self.at is None:
            return feedback_store.said_between(self._store, first, last)
        then = [self._then("feedback", quote) for quote in feedback_store.said_ever(self._store)]
        said = [
            self._without_later(quote)
            for quote in then
            if first <= quote.said_on <= last and self._stood(quote)
        ]
        kept = [quote for quote in said if self._was_on_file("feedback", quote.id)]
        self.left_out = len(said) - len(kept)
        return kept

    def speakers(self, client_ids: Iterable[int]) -> dict[int, Speaker]:
        """Clients by id, as they were called and where they stood."""
        found = feedback_store.speakers(self._store, client_ids)
        return {number: self._then("client", speaker) for number, speaker in found.items()}

    def records(self, record: type[R], ids: Iterable[int | None]) -> dict[int, R]:
        """Records by id, as they were; archived ones too."""
        found = by_ids(self._store, record, (number for number in ids if number))
        changed = self._rewound(record.kind)
        return {number: one.with_changes(changed.held(number)) for number, one in found.items()}

    def is_known(self, kind: str, record_id: int) -> bool:
        """Whether the log tells how a record stood on the day."""
        if self.at is None:
            return True
        return not self.is_younger and record_id not in self._rewound(kind).later

    def income(self, after: date) -> dict[int, dict[str, int]]:
        """What each client paid behind a day and until this one, by currency, in minor units."""
        first, last = after.isoformat(), self.on.isoformat()
        sums = feedback_store.income(self._store, first, last)
        if self.at is not None and not self.is_younger:
            self._set_back(sums, first, last)
        return {client: amounts for client, by in sums.items() if (amounts := _without_nothing(by))}

    def bands(self, client_ids: Collection[int]) -> Mapping[int, str]:
        """Bands of health by client: now, or of the last weekly snapshot by the end of the day."""
        if self.at is None:
            return feedback_store.bands(self._store, client_ids)
        return feedback_store.bands_at(self._store, client_ids, self.at)

    # inside

    @cached_property
    def _known(self) -> dict[str, Rewound]:
        return {}

    def _rewound(self, kind: str) -> Rewound:
        if self.at is None:
            return NOTHING_CHANGED
        if kind not in self._known:
            self._known[kind] = as_of.rewound(self._store, kind, self.at)
        return self._known[kind]

    def _then(self, kind: str, row: _Row) -> _Row:
        held = self._rewound(kind).held(row.id)
        if not held:
            return row
        return row._replace(**{name: value for name, value in held.items() if name in row._fields})

    def _set_back(self, sums: dict[int, dict[str, int]], first: str, last: str) -> None:
        """Take out of sums what was entered or changed later, and put back what stood there before."""
        changed = self._rewound("revenue")
        for row in by_ids(self._store, Revenue, [*changed.before, *changed.later]).values():
            then = row.with_changes(changed.before.get(row.id, {}))
            is_new = row.id in changed.later and not self.with_later
            for one, sign in ((row, -1), *(() if is_new else ((then, 1),))):
                if first < one.on_date <= last and (paid := feedback_store.paid_by(one)):
                    by_currency = sums.setdefault(one.client_id, {})
                    by_currency[one.currency] = by_currency.get(one.currency, 0) + sign * paid

    def _was_on_file(self, kind: str, record_id: int) -> bool:
        return self.is_younger or self.with_later or record_id not in self._rewound(kind).later

    def _stood(self, quote: Said) -> bool:
        """Whether a quote was not archived yet; in a younger file what is archived now is taken for wrong."""
        if quote.archived_at is None:
            return True
        return not self.is_younger and self.at is not None and quote.archived_at > self.at

    def _without_later(self, quote: Said) -> Said:
        """A quote without what came after the day: that the client was told, and how they took it."""
        told_on = quote.told_on if quote.told_on and quote.told_on <= self.on.isoformat() else None
        # A reaction has no day of its own: it came after the client was told, unless the log knows better.
        if told_on or self.is_known("feedback", quote.id):
            return quote if quote.told_on == told_on else quote._replace(told_on=None)
        return quote._replace(told_on=None, reaction="", told_status="", outcome="open")


def _end_of(session: Session, day: date) -> str | None:
    """The last second of a day as stored, None if the day is not over."""
    if day >= session.today():
        return None
    return utc_text(datetime.combine(day, _END_OF_DAY, ZoneInfo(session.zone)))


def _without_nothing(amounts: Mapping[str, int]) -> dict[str, int]:
    return {currency: amount for currency, amount in amounts.items() if amount}


def is_at_risk(stage: str | None, band: str | None) -> bool | None:
    """Whether a client leaves or has red health; None if what is known does not decide it."""
    if stage == "leaving" or band == "red":
        return True
    # "No" needs both to be known; "yes" needs one.
    return None if stage is None or band is None else False
