"""JSON read bit by bit: members of an object and items of an array, one at a time in bounded memory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from onewindow.exchange.json_files.values import sound_value
from onewindow.exchange.problems import FileProblem

# Numbers stay as typed: 1.10 is a version to somebody, and a long account must not become a float.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER_ENDS = re.compile(r"[-+.0-9eE]*\Z")
_CUT_OFF = 16
"""An error so near to the end of what was read may only be a value that goes on behind it."""
_LARGEST = 200_000_000
"""Characters of one value; an array is no value here, since its items are read one by one."""


def parse_json(text: str, name: str, *, first_line: int = 1) -> object:
    """The value that a text is; raises `FileProblem` naming the line where it stops being JSON."""
    try:
        value: object = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise _no_json(name, error.lineno + first_line - 1, error.msg) from error
    except RecursionError as error:
        raise _too_deep(name) from error
    return sound_value(value) if "\\u" in text else value


class JsonScanner:
    """Goes through the pieces of a JSON text once; every method raises `FileProblem` naming the bad line."""

    def __init__(self, pieces: Iterator[str], name: str) -> None:
        """Begin before the first value."""
        self._pieces = pieces
        self._name = name
        self._text = ""
        self._at = 0
        self._lines = 0

    def next_sign(self) -> str:
        """The first character of what comes next, '' at the end; it stays where it is."""
        while True:
            match = _SPACE.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._read_on():
                return ""

    def items(self) -> Iterator[object]:
        """The items of the array that comes next."""
        self._take("[", "Expecting value")
        if self.next_sign() == "]":
            self._at += 1
            return
        while True:
            yield self.value()
            if self._took_end("]"):
                return

    def members(self) -> Iterator[str]:
        """The names of the object that comes next; whoever asks takes the value before the next name."""
        self._take("{", "Expecting value")
        if self.next_sign() == "}":
            self._at += 1
            return
        while True:
            if self.next_sign() != '"':
                raise self._wrong("Expecting property name enclosed in double quotes")
            name = self.value()
            self._take(":", "Expecting ':' delimiter")
            yield str(name)
            if self._took_end("}"):
                return

    def value(self) -> object:
        """The value that comes next, whole."""
        self.next_sign()
        while True:
            begun = self._at
            try:
                value, end = _DECODER.raw_decode(self._text, begun)
            except json.JSONDecodeError as error:
                # It may be whole with the next piece; doubling keeps a long value from being begun too often.
                is_cut = error.msg.startswith("Unterminated") or error.pos >= len(self._text) - _CUT_OFF
                if is_cut and self._read_on(at_least=len(self._text) - self._at):
                    continue
                raise self._wrong(error.msg, error.pos) from error
            except RecursionError as error:
                raise _too_deep(self._name) from error
            # A number may go on in the next piece.
            if self._text[end - 1] not in '"}]' and _NUMBER_ENDS.match(self._text, end) and self._read_on():
                continue
            self._at = end
            return sound_value(value) if self._text.find("\\u", begun, end) >= 0 else value

    def finish(self) -> None:
        """Make sure that nothing follows."""
        if self.next_sign():
            raise self._wrong("Extra data")

    def _took_end(self, end: str) -> bool:
        sign = self.next_sign()
        if sign not in (end, ",") or not sign:
            raise self._wrong("Expecting ',' delimiter")
        self._at += 1
        return sign == end

    def _take(self, sign: str, complaint: str) -> None:
        if self.next_sign() != sign:
            raise self._wrong(complaint)
        self._at += 1

    def _read_on(self, at_least: int = 0) -> bool:
        """Read one more piece, or as many as double a value that is not whole yet; False at the end."""
        pieces: list[str] = []
        size = 0
        for piece in self._pieces:
            pieces.append(piece)
            size += len(piece)
            if size > at_least:
                break
        if not pieces:
            return False
        # Lines are counted as they are dropped, for messages that name a line.
        self._lines += self._text.count("\n", 0, self._at)
        self._text = self._text[self._at :] + "".join(pieces)
        self._at = 0
        if len(self._text) > _LARGEST:
            what = f"one value is over {_LARGEST // 1_000_000} MB"
            raise FileProblem(
                self._name, what, "export a list of objects, or JSON Lines", row=self._lines + 1
            )
        return True

    def _wrong(self, what: str, place: int | None = None) -> FileProblem:
        end = self._at if place is None else place
        return _no_json(self._name, self._lines + self._text.count("\n", 0, end) + 1, what)


def _no_json(name: str, line: int, what: str) -> FileProblem:
    return FileProblem(name, f"line {line} is not JSON ({what})", "correct that line", row=line)


def _too_deep(name: str) -> FileProblem:
    return FileProblem(name, "its values are nested too deep", "export a flat table")
