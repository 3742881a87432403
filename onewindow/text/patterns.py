"""Regular expressions that are compiled when they are first used: a start reads two dozen and uses three."""

from __future__ import annotations

import re
from typing import cast


def pattern(expression: str) -> re.Pattern[str]:
    """An expression like `re.compile` gives, but a mistake in it is found at its first use."""
    return cast("re.Pattern[str]", _Pattern(expression))


class _Pattern:
    """Asks the compiled expression for each attribute once, so that later uses take no detour."""

    def __init__(self, expression: str) -> None:
        self._expression = expression

    def __getattr__(self, name: str) -> object:
        value = getattr(re.compile(self._expression), name)
        self.__dict__[name] = value
        return value
