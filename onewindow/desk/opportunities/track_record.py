"""What came of opportunities: win rates by rule and of all, rules to retire, what open ones will bring."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.metrics.opportunities.forecast import Chance, Forecast, Open, forecast
from onewindow.metrics.opportunities.triggers import TRIGGERS
from onewindow.metrics.opportunities.win_rates import WinRate
from onewindow.records.opportunities import RetiredTrigger
from onewindow.records.structs import frozen_struct
from onewindow.store.opportunities import outcomes
from onewindow.store.problems import NotFound, StoreProblem
from onewindow.text.plural import counted

BY_HAND = ""
"""Stands for the opportunities that no rule suggested."""


@frozen_struct
class TriggerRecord:
    """One rule with what came of it; `retired` where it suggests nothing any more."""

    trigger: str
    rate: WinRate
    retired: RetiredTrigger | None

    @property
    def is_to_retire(self) -> bool:
        """Whether it is proposed for retirement."""
        return self.retired is None and self.trigger in TRIGGERS and self.rate.is_to_retire


def trigger_records(session: Session) -> list[TriggerRecord]:
    """Every rule, in the order of the table, then names on file that are none of ours, by hand last."""
    counts = outcomes.trigger_counts(session.store)
    retired = {retirement.trigger: retirement for retirement in outcomes.retired(session.store)}
    names = [*TRIGGERS, *sorted(name for name in counts if name and name not in TRIGGERS)]
    names += [BY_HAND] if BY_HAND in counts else []
    return [TriggerRecord(name, _rate(counts.get(name)), retired.get(name)) for name in names]


def overall(session: Session) -> WinRate:
    """All opportunities together, those by hand too."""
    counts = outcomes.trigger_counts(session.store).values()
    return WinRate(
        sum(each.noted + each.seen for each in counts),
        sum(each.won for each in counts),
        sum(each.lost for each in counts),
        sum(each.dismissed for each in counts),
        sum(each.open for each in counts),
    )


def _rate(counts: outcomes.TriggerCounts | None) -> WinRate:
    if counts is None:
        return WinRate(0, 0, 0, 0, 0)
    return WinRate(counts.noted + counts.seen, counts.won, counts.lost, counts.dismissed, counts.open)


def retire(session: Session, trigger: str, reason: str = "") -> RetiredTrigger:
    """Let a rule suggest nothing any more; without a reason the numbers are it. One undo takes it back.

    Raises NotFound for a rule that is none, StoreProblem for one that is retired.
    """
    if trigger not in TRIGGERS:
        raise NotFound(f"There is no rule “{trigger}”; the rules are {', '.join(TRIGGERS)}.")
    record = next(each for each in trigger_records(session) if each.trigger == trigger)
    if record.retired is not None:
        raise StoreProblem(f"The rule “{trigger}” is retired already.")
    made = RetiredTrigger(
        trigger=trigger,
        reason=" ".join(reason.split()) or numbers(record.rate),
        retired_on=session.today().isoformat(),
        staff_id=session.me.id,
    )
    return session.change(
        f"rule retired: {trigger}", lambda transaction: changing.insert_in(session, transaction, made)
    ).result


def bring_back(session: Session, trigger: str) -> RetiredTrigger:
    """Let a retired rule suggest again. Raises NotFound for one that is not retired."""
    retired = next((one for one in outcomes.retired(session.store) if one.trigger == trigger), None)
    if retired is None:
        raise NotFound(f"The rule “{trigger}” is not retired.")
    return session.change(
        f"rule brought back: {trigger}",
        lambda transaction: changing.archive_in(session, transaction, retired),
    ).result


def numbers(rate: WinRate) -> str:
    """What came of a rule in words: `2 of 80 shown were won, 2.5 % (0.7–8.7 %)`."""
    share = rate.of_shown
    if share is None:
        return "nothing was shown yet"
    return (
        f"{rate.won} of {counted(rate.shown, 'suggestion')} won, {100 * share.value:.1f} %"
        f" ({100 * share.low:.1f}–{100 * share.high:.1f} %)"
    )


def stage_chances(rate: WinRate) -> Mapping[str, Chance]:
    """How often an offered one and an accepted one is won, from all that are over."""
    return {
        "offered": Chance(rate.won, rate.won + rate.lost),
        "accepted": Chance(rate.won, rate.won + rate.lost + rate.dismissed),
    }


def open_forecast(session: Session, owner_id: int | None = None) -> list[Forecast]:
    """What the open opportunities of an owner's clients, or of all, bring: in all ('' as month) and by month.

    Ideas that nobody took are left out; the month is that in which it is expected, else that of its window.
    """
    opened = [
        Open(state, amount, currency, (expected_on or window_till or "")[:7])
        for state, amount, currency, expected_on, window_till in outcomes.open_amounts(
            session.store, owner_id
        )
    ]
    return forecast(opened, stage_chances(overall(session)))
