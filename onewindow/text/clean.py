"""Make text from outside harmless for a terminal: no control codes, no hidden or reordering characters."""

from __future__ import annotations

from functools import cache

from onewindow.text.patterns import pattern

_REPLACEMENT = "\ufffd"

# The soft hyphen, the joiners U+200C and U+200D and the no-break spaces are honest text and stay.
_AS_SPACE = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_HIDDEN_RANGES = (
    (0x00, 0x1F),  # C0 controls
    (0x7F, 0x9F),  # DEL and C1 controls
    (0x061C, 0x061C),  # Arabic letter mark
    (0x180E, 0x180E),  # Mongolian vowel separator
    (0x200B, 0x200B),  # zero-width space
    (0x200E, 0x200F),  # left-to-right and right-to-left marks
    (0x2028, 0x202E),  # separators, bidirectional embeddings and overrides
    (0x2060, 0x206F),  # word joiner, invisible operators, bidirectional isolates
    (0xD800, 0xDFFF),  # lone surrogates
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFF9, 0xFFFB),  # interlinear annotation
    (0x1D173, 0x1D17A),  # invisible musical controls
    (0xE0000, 0xE007F),  # invisible tags
)
_SHAPELESS = frozenset(
    "\ufffd\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # fillers, blanks, what stands for a lost letter
) | {chr(code) for first, last in ((0x180B, 0x180F), (0xFE00, 0xFE0F)) for code in range(first, last + 1)}
_HALVES = pattern("[\\ud800-\\udfff]")


def clean(text: str) -> str:
    """Return the text as one line safe to show: breaks and tabs become spaces, hidden characters U+FFFD."""
    if text.isprintable():
        return text
    return text.replace("\r\n", "\n").translate(_table())


@cache
def _table() -> dict[int, str]:
    """Thousands of characters, of which most texts have none: not made before one has."""
    return {
        **{code: _REPLACEMENT for first, last in _HIDDEN_RANGES for code in range(first, last + 1)},
        **dict.fromkeys(map(ord, _AS_SPACE), " "),
    }


def says_nothing(text: str) -> bool:
    """Whether there is nothing to see in it: empty, blanks, or characters without a shape of their own."""
    if not text or text.isspace():
        return True
    if text.isprintable() and (text.isascii() or (text[0].isalnum() and text[0] not in _SHAPELESS)):
        return False
    from unicodedata import category  # hardly a text needs it

    return all(
        letter in _SHAPELESS or category(letter) in ("Cc", "Cf", "Cs", "Cn", "Zs", "Zl", "Zp")
        for letter in text
    )


def sound(text: str) -> str:
    """The text with U+FFFD for every half of a character (a lone surrogate), which no file can keep."""
    return text if text.isascii() else _HALVES.sub(_REPLACEMENT, text)


def clean_lines(text: str) -> list[str]:
    """Return the lines of a longer text, each one cleaned; an empty text has no lines."""
    return [clean(line) for line in text.splitlines()]
