"""Which encoding a file is in, and its text."""

from __future__ import annotations

import codecs
import re

from onewindow.exchange.problems import FileProblem

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the one of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_FILES = (
    (
        b"\xd0\xcf\x11\xe0",
        "it is an old or password-protected Excel workbook",
        "save it as .xlsx without a password",
    ),
    (b"%PDF", "it is a PDF document", "export the table as CSV or XLSX"),
    (b"\x89PNG", "it is a picture", "export the table as CSV or XLSX"),
    (b"\xff\xd8\xff", "it is a picture", "export the table as CSV or XLSX"),
    (b"Rar!", "it is an archive", "unpack it first"),
    (b"7z\xbc\xaf", "it is an archive", "unpack it first"),
    (b"\x1f\x8b", "it is an archive", "unpack it first"),
    (b"{\\rtf", "it is a text document with formatting", "save the table as CSV or XLSX"),
)
# Letters of both single-byte encodings lie here; Ё and ё of Windows-1251 are the two outside.
_HIGH_BESIDE_HIGH = re.compile(rb"[\xc0-\xff\xa8\xb8]{2}")
_HIGH_BESIDE_LATIN = re.compile(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][A-Za-z]")
_MULTIBYTE = re.compile(r"[^\x00-\x7f\ufffd]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_SAMPLE = 1_000_000


def detect_encoding(data: bytes) -> str:
    """Name the codec of a text: by its byte order mark, else UTF-8, else Windows-1251 or Windows-1252.

    The last two are told apart by neighbours: Cyrillic letters come in runs, accented Latin ones among ASCII.
    """
    for mark, codec in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return codec
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _single_byte_encoding(data[:_SAMPLE])
    return "utf-8"


def decode_text(data: bytes, name: str) -> str:
    """Give back the text of a file; raises `FileProblem` when it is empty, not text, or damaged."""
    refuse_other_files(data, name)
    codec = detect_encoding(data)
    if codec.startswith("cp") and b"\0" not in data:
        _refuse_damaged_utf8(data, name)
    text = _decoded(data, codec)
    if (
        text is None
        or (text and len(_CONTROL.findall(text[:_SAMPLE])) * 20 > len(text[:_SAMPLE]))
        or "\0" in text
    ):
        raise FileProblem(name, "it is not a text file", "export the table as CSV, XLSX, JSON or vCard")
    text = text.removeprefix("\ufeff").rstrip("\x1a")
    if not text.strip():
        raise FileProblem(name, "it is empty", "choose a file with a table in it")
    return text


def refuse_other_files(data: bytes, name: str) -> None:
    """Raise `FileProblem` for nothing at all and for the kinds of files people pick by mistake."""
    if not data:
        raise FileProblem(name, "it is empty", "choose a file with a table in it")
    for magic, what, remedy in _OTHER_FILES:
        if data.startswith(magic):
            raise FileProblem(name, what, remedy)


def _single_byte_encoding(sample: bytes) -> str:
    cyrillic = len(_HIGH_BESIDE_HIGH.findall(sample))
    latin = len(_HIGH_BESIDE_LATIN.findall(sample))
    return "cp1252" if latin > cyrillic else "cp1251"


def _refuse_damaged_utf8(data: bytes, name: str) -> None:
    sample = data[:_SAMPLE].decode("utf-8", errors="replace")
    damaged = sample.count("\ufffd")
    # Text of Windows-1251 or 1252 read as UTF-8 is nearly all damage; 1 in 20 is a UTF-8 file with a scratch.
    if not damaged or damaged * 20 > len(_MULTIBYTE.findall(sample)):
        return
    line = sample[: sample.index("\ufffd")].count("\n") + 1
    raise FileProblem(name, "it has bytes that are not UTF-8 text", "save it again as UTF-8", row=line)


def _decoded(data: bytes, codec: str) -> str | None:
    codecs_to_try = (codec, "cp1251", "cp1252") if codec.startswith("cp") else (codec,)
    for candidate in codecs_to_try:
        try:
            return data.decode(candidate)
        except UnicodeDecodeError:
            continue
    return None
