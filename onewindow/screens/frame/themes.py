"""The themes: dark, light, high contrast, and the terminal's own 16 colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.theme import Theme

if TYPE_CHECKING:
    from textual.app import App

THEMES = {
    "dark": "onewindow-dark",
    "light": "onewindow-light",
    "high-contrast": "onewindow-high-contrast",
    "terminal": "ansi-dark",
}
"""The name in the settings -> the toolkit's name."""

_OURS = (
    Theme(
        name="onewindow-dark",
        primary="#5b9bd5",
        secondary="#7f8c9b",
        accent="#e0a458",
        warning="#e6c15a",
        error="#f0716b",
        success="#7cc48a",
        foreground="#d8dde3",
        background="#14181d",
        surface="#1a1f26",
        panel="#222932",
        dark=True,
    ),
    Theme(
        name="onewindow-light",
        primary="#1f5f99",
        secondary="#5f6b78",
        accent="#9a5b00",
        warning="#8a6500",
        error="#b3261e",
        success="#1d6b34",
        foreground="#1d2329",
        background="#fbfbf8",
        surface="#f2f2ee",
        panel="#e4e5e0",
        dark=False,
    ),
    Theme(
        name="onewindow-high-contrast",
        primary="#ffffff",
        secondary="#ffffff",
        accent="#ffff00",
        warning="#ffff00",
        error="#ff8080",
        success="#80ff80",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1c1c1c",
        dark=True,
        variables={
            "text-muted": "#ffffff",
            "block-cursor-background": "#ffff00",
            "block-cursor-foreground": "#000000",
        },
    ),
)


def install(app: App[Any], chosen: str) -> None:
    """Make our themes known and apply the chosen one, a key of THEMES."""
    for theme in _OURS:
        app.register_theme(theme)
    app.theme = THEMES[chosen]


def next_theme(app: App[Any]) -> str:
    """Apply the theme after the present one and give back its name in the settings."""
    names = list(THEMES)
    present = next((name for name, toolkit in THEMES.items() if toolkit == app.theme), names[-1])
    chosen = names[(names.index(present) + 1) % len(names)]
    app.theme = THEMES[chosen]
    return chosen
