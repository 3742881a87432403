"""Which encoding a file is in, and its text."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from onewindow.exchange.encoding.letter_scores import cyrillic_score, is_plausible, western_score
from onewindow.exchange.encoding.twice_encoded import twice_through, undo_twice
from onewindow.exchange.own_files import begins_as_own
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
_LABELS = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16",
    "utf-32": "UTF-32", "utf-32-le": "UTF-32", "utf-32-be": "UTF-32", "cp1251": "Windows-1251",
    "cp866": "CP866 (DOS)", "koi8_r": "KOI8-R", "mac_cyrillic": "Mac Cyrillic", "iso8859_5": "ISO 8859-5",
    "cp1252": "Windows-1252", "mik": "MIK (Bulgarian DOS)",
}  # fmt: skip
_CYRILLIC = ("cp1251", "cp866", "koi8_r", "mac_cyrillic", "mik", "iso8859_5")
"""The likeliest first: of two with one score the first is taken."""
_ALIASES = {
    "dos": "cp866", "866": "cp866", "ibm866": "cp866", "oem": "cp866", "ansi": "cp1251", "windows": "cp1251",
    "win": "cp1251", "1251": "cp1251", "win1251": "cp1251", "win-1251": "cp1251", "windows1251": "cp1251",
    "koi8": "koi8_r", "koi8r": "koi8_r", "koi8u": "koi8_u", "koi8-r": "koi8_r", "mac": "mac_cyrillic",
    "maccyrillic": "mac_cyrillic", "mac-cyrillic": "mac_cyrillic", "x-mac-cyrillic": "mac_cyrillic",
    "unicode": "utf-16", "1252": "cp1252",
    "latin": "cp1252", "bulgarian-dos": "mik", "utf8-bom": "utf-8-sig",
}  # fmt: skip
# MIK, of Bulgarian DOS, has its small letters in one row, and is CP866 for the rest that tables hold.
_MIK_AS_CP866 = bytes.maketrans(bytes([*range(0xB0, 0xC0), 0xD5]), bytes([*range(0xE0, 0xF0), 0xFC]))
_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_HALF = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_MULTIBYTE = re.compile(r"[^\x00-\x7f\ufffd]")
_SAMPLE = 1_000_000
_WORDS = 3_000
_CHUNK = 1 << 20
_FEW_CONTROLS = 40
"""So many control characters may stand in the texts of a small file."""
_HABIT = 2.0
"""What the commonest encoding of each alphabet has ahead of the others, in points of a score."""
_NAMED = "utf-8, utf-16, utf-32, windows-1251, cp866, koi8-r, mac-cyrillic, mik, windows-1252"


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of one file."""

    codec: str
    """Its name in Python, or `mik`."""
    is_told_by_letters: bool = False
    through: str = ""
    """The code page that a UTF-8 text was taken for, and saved as UTF-8 once more; mostly ''."""

    @property
    def label(self) -> str:
        """What people call it."""
        known = _LABELS.get(self.codec, self.codec.upper().replace("_", "-"))
        return f"{known} saved twice (once as {_LABELS[self.through]})" if self.through else known


class Text:
    """The text of a file, decoded as it is read."""

    def __init__(self, data: bytes, name: str, encoding: Encoding) -> None:
        self._name = name
        self.encoding = encoding
        self._codec = encoding.codec
        if encoding.codec == "mik":
            data, self._codec = data.translate(_MIK_AS_CP866), "cp866"
        self._data = data
        self.is_own = begins_as_own(data)

    def lines(self) -> Iterator[str]:
        """The lines with their ends as they are; raises FileProblem for one whose letters were lost."""
        with self._stream() as stream:
            first = next(stream, "").removeprefix("\ufeff")
            if self.encoding.through:
                lines = enumerate(chain([first], stream), start=1)
                yield from (self._undone(line, number) for number, line in lines)
            elif first:
                yield first
                yield from stream

    def pieces(self) -> Iterator[str]:
        """All of the text as it is decoded, in pieces of about a million characters."""
        with self._stream() as stream:
            while piece := stream.read(_CHUNK):
                yield piece

    def first_sign(self) -> str:
        """The first character that is no blank, '' for none."""
        return next((text[0] for piece in self.pieces() if (text := piece.lstrip("\ufeff \t\r\n"))), "")

    def _stream(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(io.BytesIO(self._data), encoding=self._codec, newline="")

    def _undone(self, line: str, number: int) -> str:
        return line if line.isascii() else undo_twice(line, self.encoding.through, self._name, number)

    def first_broken_line(self) -> int:
        """The number of the line with the first bytes that are not in this encoding, 1 if there are none."""
        try:
            self._data.decode(self._codec)
        except UnicodeDecodeError as error:
            return self._data[: error.start].decode(self._codec, errors="ignore").count("\n") + 1
        return 1

    def whole(self) -> str:
        """All of it as one text."""
        return "".join(self.lines())


def detect_encoding(data: bytes) -> str:
    """Name the codec of a text; what fits none is taken for Windows-1251."""
    encoding = _found(data)
    return encoding.codec if encoding else "cp1251"


def open_text(data: bytes, name: str, encoding: str = "") -> Text:
    """The text of a file in the encoding that is given, else found out by marks, UTF-8 or its letters.

    Raises `FileProblem` when the file is empty, no text, damaged, or in an encoding that cannot be told.
    """
    validate_is_text(data, name)
    # DOS ended its texts with this sign.
    data = data.rstrip(b"\x1a")
    if encoding:
        named = Encoding(_named(encoding, name))
    else:
        data = _with_whole_letters(data)
        is_single_byte = b"\0" not in data[:_SAMPLE]
        detected = _found(data)
        if is_single_byte and (detected is None or detected.is_told_by_letters):
            _validate_utf8(data, name)
        if detected is None:
            raise _unknown(data, name)
        named = detected
    text = Text(data, name, named)
    _check(text, name)
    return text


def decode_text(data: bytes, name: str) -> str:
    """Give back the text of a file; raises `FileProblem` when it is empty, not text, or damaged."""
    return open_text(data, name).whole()


def validate_is_text(data: bytes, name: str) -> None:
    """Raise `FileProblem` for nothing at all and for the kinds of files people pick by mistake."""
    if not data:
        raise FileProblem(name, "it is empty", "choose a file with a table in it")
    if data.startswith(b"\xd0\xcf\x11\xe0") and "__substg1.0_".encode("utf-16-le") in data:
        raise FileProblem(name, "it is a mail saved by Outlook", "save it as .eml")
    for magic, what, remedy in _OTHER_FILES:
        if data.startswith(magic):
            raise FileProblem(name, what, remedy)


def _found(data: bytes) -> Encoding | None:
    for mark, codec in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return Encoding(codec)
    # Before UTF-8: plain letters with noughts between are UTF-8 as well.
    wide = _wide_without_mark(data[:_SAMPLE])
    if wide:
        return Encoding(wide)
    if not _is_utf_8(data):
        return _by_letters(data)
    # What stands in our own file stands so in ours.
    through = "" if begins_as_own(data) else twice_through(data[:_SAMPLE].decode("utf-8", "ignore"))
    return Encoding("utf-8", through=through)


def _is_utf_8(data: bytes) -> bool:
    # In pieces: decoding a file of 1 GB at once would take several times its memory.
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for begun in range(0, len(data), _CHUNK):
            decoder.decode(data[begun : begun + _CHUNK], begun + _CHUNK >= len(data))
    except UnicodeDecodeError:
        return False
    return True


def _wide_without_mark(sample: bytes) -> str:
    """UTF-16 or UTF-32 whose mark was left out: line ends and delimiters show where the noughts stand."""
    if b"\0" not in sample or len(sample) < 4:
        return ""
    whole = sample[: len(sample) // 4 * 4]
    quarter = len(whole) // 4
    for codec, places in (("utf-32-le", (2, 3)), ("utf-32-be", (0, 1))):
        if all(whole[place::4].count(0) == quarter for place in places):
            return codec
    for codec, mark in (("utf-16-le", b"\n\0"), ("utf-16-be", b"\0\n")):
        first = whole.find(mark)
        while first >= 0 and first % 2:
            first = whole.find(mark, first + 1)
        if first >= 0:
            try:
                decoded = whole[: len(whole) // 2 * 2].decode(codec)
            except UnicodeDecodeError:
                continue
            if "\0" not in decoded:
                return codec
    return ""


def _by_letters(data: bytes) -> Encoding | None:
    words = _words(data)
    high = sum(byte >= 0x80 for word in words for byte in word)
    if not high:
        return None
    # Each word counts once: a column of one value repeated would outvote all others.
    scores = {codec: cyrillic_score(_decoded(words, codec)) for codec in _CYRILLIC}
    scores["cp1252"] = western_score(_decoded(words, "cp1252")) + _HABIT / 2
    scores["cp1251"] += _HABIT
    best = max(scores, key=lambda codec: scores[codec])
    return Encoding(best, is_told_by_letters=True) if is_plausible(scores[best], high) else None


def _words(data: bytes) -> list[bytes]:
    words: dict[bytes, None] = {}
    for match in _WORD.finditer(data):
        words[match[0][:60]] = None
        if len(words) == _WORDS:
            break
    return list(words)


def _decoded(words: list[bytes], codec: str) -> list[str]:
    if codec == "mik":
        words, codec = [word.translate(_MIK_AS_CP866) for word in words], "cp866"
    return [word.decode(codec, errors="replace") for word in words]


def _named(encoding: str, name: str) -> str:
    plain = encoding.strip().casefold().replace(" ", "-")
    codec = _ALIASES.get(plain, plain)
    if codec == "mik":
        return codec
    try:
        codec_info = codecs.lookup(codec)
        "".encode(codec)
    except (LookupError, ValueError, TypeError) as error:
        raise FileProblem(name, f"there is no encoding “{encoding}”", f"name one of {_NAMED}") from error
    return (
        codec
        if codec in _LABELS
        else codec_info.name.replace("-", "_")
        if codec_info.name in _LABELS
        else codec_info.name
    )


def _with_whole_letters(data: bytes) -> bytes:
    """UTF-8 as some databases write it, each half of a rare letter on its own (CESU-8), made whole."""
    if not _HALF.search(data) or _is_utf_8(data):
        return data
    try:
        halves = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data
    return halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _check(text: Text, name: str) -> None:
    """Refuse what is no text or cannot be decoded to its end, before anybody works on half of it."""
    is_blank, seen, controls = True, 0, 0
    try:
        for piece in text.pieces():
            if "\0" in piece:
                raise _no_text(name)
            if seen < _SAMPLE:
                seen += len(piece)
                controls += len(_CONTROL.findall(piece))
            is_blank = is_blank and not piece.strip("\ufeff \t\r\n")
    except UnicodeError as error:
        what = f"it is not {text.encoding.label} from here on"
        remedy = f"name its encoding with --encoding: {_NAMED}"
        raise FileProblem(name, what, remedy, row=text.first_broken_line()) from error
    if controls > _FEW_CONTROLS and controls * 20 > seen and not text.is_own:
        raise _no_text(name)
    if is_blank:
        raise FileProblem(name, "it is empty", "choose a file with a table in it")


def _no_text(name: str) -> FileProblem:
    return FileProblem(name, "it is not a text file", "export the table as CSV, XLSX, JSON or vCard")


def _validate_utf8(data: bytes, name: str) -> None:
    sample = data[:_SAMPLE].decode("utf-8", errors="replace")
    damaged = sample.count("\ufffd")
    # Text of Windows-1251 or 1252 read as UTF-8 is nearly all damage; 1 in 20 is a UTF-8 file with a scratch.
    if not damaged or damaged * 20 > len(_MULTIBYTE.findall(sample)):
        return
    line = sample[: sample.index("\ufffd")].count("\n") + 1
    raise FileProblem(name, "it has bytes that are not UTF-8 text", "save it again as UTF-8", row=line)


def _unknown(data: bytes, name: str) -> FileProblem:
    if b"\0" in data or len(_CONTROL.findall(data[:_SAMPLE].decode("latin-1"))) * 20 > len(data[:_SAMPLE]):
        return _no_text(name)
    return FileProblem(
        name,
        "its encoding cannot be told: it reads as no language in UTF-8, Windows-1251, CP866, KOI8-R, Mac "
        "Cyrillic or Windows-1252",
        "name it with --encoding, or save the file again as UTF-8",
    )
