"""The lines of vCards 2.1, 3.0 and 4.0: unfolding, parameters, quoted-printable and character sets."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

from onewindow.exchange.encoding.detection import detect_encoding

_HEAD = re.compile(r'((?:[^":]|"[^"]*")*):', re.DOTALL)
_PARAMETER = re.compile(r';((?:[^";]|"[^"]*")*)')
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Property:
    """One property: the line it begins on, its group (`item1`), name, TYPE words, parameters and value."""

    line: int
    group: str
    name: str
    types: frozenset[str]
    parameters: dict[str, str]
    value: str

    def text(self) -> str:
        """Give back the value with its escapes resolved."""
        return unescape(self.value).strip()

    def parts(self) -> list[str]:
        """Give back the components of a structured value (`N`, `ADR`, `ORG`), escapes resolved."""
        return [unescape(part).strip() for part in split_unescaped(self.value, ";")]


def read_properties(data: bytes) -> Iterator[Property]:
    """Give back the properties of a file in order; a line that is no property continues the one before it."""
    data, encoding = _as_single_bytes(data)
    begun, pending = 0, list[bytes]()
    for number, line in _unfolded(data):
        if _HEAD.match(line.decode("latin-1")) is None:
            if pending and line.strip():
                pending.append(line)
            continue
        if pending:
            yield _property(begun, b"\n".join(pending), encoding)
        begun, pending = number, [line]
    if pending:
        yield _property(begun, b"\n".join(pending), encoding)


def unescape(value: str) -> str:
    r"""Resolve `\n`, `\,`, `\;` and `\\`."""
    return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def split_unescaped(value: str, mark: str) -> list[str]:
    """Split at a mark that no backslash precedes; the escapes stay."""
    pieces = [""]
    for token in re.findall(rf"\\.|{mark}|[^\\{mark}]+|\\", value, re.DOTALL):
        if token == mark:
            pieces.append("")
        else:
            pieces[-1] += token
    return pieces


def _as_single_bytes(data: bytes) -> tuple[bytes, str]:
    encoding = detect_encoding(data)
    if encoding.startswith(("utf-16", "utf-32")) or encoding == "utf-8-sig":
        return data.decode(encoding, errors="replace").encode(), "utf-8"
    return data, encoding


def _unfolded(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Join folded lines, and lines of quoted-printable that end in `=`."""
    number, pieces = 1, list[bytes]()
    is_printable = False
    for position, line in enumerate(re.split(rb"\r\n|\n|\r", data), start=1):
        if is_printable and pieces[-1].endswith(b"="):
            pieces.append(b"\n" + line)
        elif line[:1] in (b" ", b"\t") and pieces:
            pieces.append(line[1:])
        else:
            if any(pieces):
                yield number, b"".join(pieces)
            number, pieces = position, [line]
            is_printable = b"QUOTED-PRINTABLE" in line.split(b":", 1)[0].upper()
    if any(pieces):
        yield number, b"".join(pieces)


def _property(line: int, raw: bytes, encoding: str) -> Property:
    head = raw.decode("latin-1")
    match = _HEAD.match(head)
    label = match[1] if match else head
    group, _, name = label.split(";", 1)[0].strip().rpartition(".")
    types, parameters = _parameters(label)
    value = raw[len(label) + 1 :]
    if parameters.get("encoding", "").casefold() == "quoted-printable":
        value = quopri.decodestring(value)
    text = _decoded(value, parameters.get("charset", ""), encoding)
    return Property(line, group.casefold(), name.upper(), types, parameters, text)


def _parameters(label: str) -> tuple[frozenset[str], dict[str, str]]:
    types: set[str] = set()
    parameters: dict[str, str] = {}
    for parameter in _PARAMETER.findall(label):
        key, mark, value = parameter.partition("=")
        key, value = key.strip().casefold(), value.strip().strip('"')
        if key in ("quoted-printable", "base64", "8bit", "7bit") and not mark:
            parameters["encoding"] = key
        elif not mark or key == "type":
            types.update(word.strip().strip('"').casefold() for word in (value or key).split(","))
        elif key == "pref":
            types.add("pref")
        else:
            parameters[key] = value
    return frozenset(types), parameters


def _decoded(value: bytes, charset: str, encoding: str) -> str:
    for codec in (charset, encoding, "cp1251"):
        try:
            return value.decode(codec)
        except (LookupError, ValueError):
            continue
    return value.decode("utf-8", errors="replace")
