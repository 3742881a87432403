"""What is said at the end: the share that was noticed, room by room and kind by kind, and what was not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.mutants.trying import Outcome


def report(outcomes: Sequence[Outcome], goal: float) -> tuple[str, bool]:
    """The text, and whether every room reaches the goal in percent."""
    lines = [
        *_table("room", outcomes, _room),
        "",
        *_table("kind", outcomes, lambda outcome: outcome.fault.kind),
    ]
    unnoticed = sorted(str(outcome.fault) for outcome in outcomes if outcome.noticed_by is None)
    lines += ["", f"{len(unnoticed)} unnoticed:" if unnoticed else "All were noticed."]
    lines += unnoticed
    shares = [_share(group) for group in _groups(outcomes, _room).values()]
    return "\n".join(lines), all(share >= goal for share in shares)


def _table(heading: str, outcomes: Sequence[Outcome], by: Callable[[Outcome], str]) -> list[str]:
    rows = [_row(name, group) for name, group in sorted(_groups(outcomes, by).items())]
    return [f"{heading:<12} {'noticed':>12} {'share':>6}", *rows, _row("all", outcomes)]


def _row(name: str, outcomes: Sequence[Outcome]) -> str:
    noticed = sum(outcome.noticed_by is not None for outcome in outcomes)
    return f"{name:<12} {f'{noticed} of {len(outcomes)}':>12} {_share(outcomes):>4.0f} %"


def _groups(outcomes: Sequence[Outcome], by: Callable[[Outcome], str]) -> dict[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(by(outcome), []).append(outcome)
    return groups


def _room(outcome: Outcome) -> str:
    parts = outcome.fault.path.split("/")
    return parts[1] if len(parts) > 2 else parts[0]


def _share(outcomes: Sequence[Outcome]) -> float:
    """In percent; of none it is all."""
    noticed = sum(outcome.noticed_by is not None for outcome in outcomes)
    return 100 * noticed / len(outcomes) if outcomes else 100.0
