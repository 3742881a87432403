"""Text that stays text in Markdown."""

from __future__ import annotations

from onewindow.text.clean import clean

_SPECIAL = "\\`*_[]<>#|"


def plain_markdown(text: str) -> str:
    """A text that stays text in Markdown: cleaned, its special characters behind a backslash."""
    cleaned = clean(text)
    for special in _SPECIAL:
        cleaned = cleaned.replace(special, f"\\{special}")
    return cleaned
