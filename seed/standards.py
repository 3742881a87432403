"""The standards of the department, with the checks that brought each to the state it is in."""

from __future__ import annotations

from onewindow.records.standards import Standard, StandardCheck
from seed.firm import Firm
from seed.pools import pool


def write(firm: Firm) -> None:
    """Put the register into the firm."""
    for row in pool("standards")["standard"]:
        oldest = max((check[1] for check in row["checks"]), default=20)
        standard = firm.sheets.add(
            Standard(
                title=row["title"],
                text=row["text"].strip(),
                location=row.get("location", ""),
                owner_id=firm.staff[row["owner"]].id,
                cycle=row["cycle"],
                review_on=firm.moments.day(-row["review"]),
            ),
            firm.moments.at_text(oldest + 20, 10),
        )
        for state, ago, login, outcome, note in row["checks"]:
            firm.sheets.add(
                StandardCheck(
                    standard_id=standard.id,
                    cycle=state,
                    outcome=outcome,
                    checked_on=firm.moments.day(ago),
                    staff_id=firm.staff[login].id,
                    note=note,
                ),
                firm.moments.at_text(ago, 16),
            )
