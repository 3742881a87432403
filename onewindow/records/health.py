"""How much each signal weighs in the health of a client."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from onewindow.records.fields import Record, attribute, record

HealthLife = Literal["active", "onboarding"]


@record
class HealthWeights(Record):
    """Weights of the six signals for a tier, before or after the onboarding; only their ratio counts."""

    kind: ClassVar[str] = "health_weights"

    name: str = attribute("name", required=True)
    tier: str = attribute("tier", "choice", choices=("", "A", "B", "C", "D"), help="empty: every tier")
    life: HealthLife = attribute(
        "time of life",
        "choice",
        default="active",
        choices=get_args(HealthLife),
        help="onboarding: in the stages handover and onboarding",
    )
    adoption: int = attribute("use of licences", "number", default=35)
    support: int = attribute("requests in time", "number", default=20)
    sentiment: int = attribute("mood and surveys", "number", default=15)
    relationship: int = attribute("meetings and touches", "number", default=15)
    promises: int = attribute("promises kept", "number", default=10)
    onboarding: int = attribute("steps of plans", "number", default=5)
    segment_id: int | None = attribute(
        "segment", "reference", refers="segment", help="only for its clients; fields of the card alone"
    )
