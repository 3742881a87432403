"""How a wish stands: the state of its feature, and whether the client has to be told of that."""

from __future__ import annotations

from onewindow.records.adoption import Feature
from onewindow.records.feedback import Feedback

_NEWS = ("planned", "in_work", "declined")
"""States of a feature of which those are told who had asked before; what is released all are told of."""


def is_to_notify(feature: Feature | None, quote: Feedback) -> bool:
    """Whether the feature that a quote asks for is in a state of which the client was not told.

    Of anything but a release only those are told who had asked when the feature came into that state.
    """
    if feature is None or quote.outcome == "declined" or quote.told_status == feature.status:
        return False
    if quote.told_on and not quote.told_status:
        return False  # told before states were kept: whatever it was, somebody has spoken with them
    if feature.status == "released":
        return True
    return feature.status in _NEWS and quote.said_on <= (feature.status_on or "")


def state_text(feature: Feature) -> str:
    """The state of a feature as people read it: `in work`."""
    return feature.status.replace("_", " ")
