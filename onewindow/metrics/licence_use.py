"""How much of what clients bought is in use, by groups of licences."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.metrics.intervals import Estimate, wilson
from onewindow.records.named_tuples import NamedTuple
from onewindow.records.structs import frozen_struct


class Licences(NamedTuple):
    """Licences in force of one product at some clients; a client who owns two products counts twice."""

    clients: int
    idle_clients: int
    """Clients of whom nobody uses the product."""
    bought: int
    active: int


@frozen_struct
class GroupUse:
    """Licences in force of one group. A client counts once for each product that is owned."""

    group: str
    clients: int
    idle_clients: int
    """Clients of whom nobody uses the product."""
    bought: int
    active: int
    share: Estimate
    """Licences in use of those bought, 0 to 1, with a 95 % interval by Wilson and n licences."""

    @property
    def unused(self) -> int:
        """Licences that are paid and not in use."""
        return self.bought - self.active


def group_use(group: str, rows: Sequence[Licences]) -> GroupUse:
    """Add up licences; raises ValueError where none was bought, or more are in use than bought."""
    bought, active = sum(row.bought for row in rows), sum(row.active for row in rows)
    return GroupUse(
        group=group,
        clients=sum(row.clients for row in rows),
        idle_clients=sum(row.idle_clients for row in rows),
        bought=bought,
        active=active,
        share=wilson(max(0, active), bought),
    )
