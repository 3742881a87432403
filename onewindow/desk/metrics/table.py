"""The one table of metrics: whoever adds one writes its entry and names it here, and it is everywhere."""

from __future__ import annotations

from onewindow.desk.metrics.cases import Metric
from onewindow.desk.metrics.heard import CES, CSAT, FEEDBACK, NPS
from onewindow.desk.metrics.staying import CHURN, LIFETIME
from onewindow.desk.metrics.working import ADOPTION, CYCLE, HANDOVER, ONBOARDING, PROMISES, SLA, WIN_RATE
from onewindow.desk.metrics.worth import CONTRIBUTION, GRR, LTV, NRR, REPEAT

_ALL: tuple[Metric, ...] = (
    *(NPS, CSAT, CES, CHURN, LIFETIME),
    *(LTV, GRR, NRR, CONTRIBUTION, REPEAT),
    *(WIN_RATE, CYCLE, PROMISES, HANDOVER, ONBOARDING, ADOPTION, FEEDBACK, SLA),
)

METRICS: dict[str, Metric] = {metric.name: metric for metric in _ALL}
"""Every metric by its name, in the order of the screen; the slow ones last."""
