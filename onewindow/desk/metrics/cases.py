"""What a metric is made of: the cases that it counts, and the one entry that says all about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from onewindow.desk.metrics.periods import Span
from onewindow.desk.metrics.units import Unit
from onewindow.desk.session.context import Session
from onewindow.metrics.figures import Figure
from onewindow.metrics.revenue.survival import Survival
from onewindow.records.named_tuples import NamedTuple
from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Store

Better = Literal["higher", "lower"]


class Case(NamedTuple):
    """One thing that a metric counts: an answer, a deal, a row of money, a client's stay."""

    client_id: int
    on: str
    """The day on which it counts, as stored."""
    value: Any
    """What its metric reads of it; only that knows what it is."""
    person_id: int = 0
    """Who of us did it; 0: nobody in particular, so that the client's manager has it."""
    product_id: int = 0
    part: str = ""
    """What must not be mixed with another: a scale, a currency; '' goes with any part."""
    label: str = ""
    """What else it is grouped by: the survey, the trigger."""
    kind: str = ""
    """The kind of the record behind it."""
    record_id: int = 0
    what: str = ""
    """What the record says, in short; it may be hostile text."""


@dataclass
class Reading:
    """The cases of a metric as far as they are read, and what had to be left out of them."""

    cases: list[Case] = field(default_factory=list[Case])
    total: int = 0
    """About how many rows there are to read; 0 where that is not known."""
    done: int = 0
    """How many rows have been read."""
    notes: dict[str, int] = field(default_factory=dict[str, int])
    """Sentences about what was left out or taken for something, `#` for their count."""

    def note(self, sentence: str, count: int = 1) -> None:
        """Count something that readers of the number should know."""
        if count:
            self.notes[sentence] = self.notes.get(sentence, 0) + count

    def sentences(self) -> list[str]:
        """The notes, with their counts in them."""
        return [sentence.replace("#", f"{count}") for sentence, count in self.notes.items()]


@frozen_struct
class Metric:
    """One metric: how it is called, what it means, from where it comes, how it is read and computed."""

    name: str
    """On the command line, and in the machine formats."""
    label: str
    """In titles."""
    definition: str
    """In sentences: what is counted and what is not, the formula and its interval."""
    source: str
    """Which records it is read from."""
    unit: Unit
    read: Callable[[Session, Store, Span], Iterator[Reading]]
    """Reads the cases of a period; the same reading comes after each page, and the last time it is whole."""
    figure: Callable[[Sequence[Case], Span], Figure]
    """The number of some cases in a period."""
    behind: Callable[[Case, Span], str]
    """What a case is, in the rows behind the number; '' for one that does not count in the period."""
    case_word: str
    """What `n` counts."""
    version: int = 1
    """Raised with each change of the definition, so that a baseline of an older one is not compared."""
    better: Better = "higher"
    of_states: bool = False
    """Whether a month is computed from all cases (who was there then), and not from the cases of its days."""
    label_word: str = ""
    """What `Case.label` is, for `--by`; '' where there is none."""
    has_months: bool = True
    """Whether it makes sense month by month."""
    distribution: Callable[[Sequence[Case], Span], list[tuple[str, int]]] | None = None
    """How the cases lie over what they count as: the marks of answers, bins of days; None: nothing to see."""
    survival: Callable[[Sequence[Case], Span], Survival | None] | None = None
    """The survival curve of the cases, for a metric that has one."""
    within: Callable[[Sequence[Case], Span, float], Figure] | None = None
    """The number within a horizon, for one that grows with how far one can look back; None for all others."""


WITHIN = "within, months"
"""The name of the horizon among the parts of a figure."""
