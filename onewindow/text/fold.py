"""How names meet: one ASCII spelling for search, second readings of a query, and the key of sorted lists."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from onewindow.text.patterns import pattern

# Russian and Bulgarian letters as most business cards spell them, then those of neighbouring alphabets.
_ROMAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "a", "ы": "y", "ь": "",
    "э": "e", "ю": "yu", "я": "ya", "ѝ": "i", "ѐ": "e",
    "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "u", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "dj",
    "џ": "dz", "ѕ": "dz", "ќ": "k", "ѓ": "g", "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u",
    "ү": "u", "һ": "h", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
    "ı": "i", "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
}  # fmt: skip
_TO_ROMAN = str.maketrans(_ROMAN)
_TO_WORDS = {
    **_TO_ROMAN,
    **{code: " " for code in range(128) if not chr(code).isalnum()},
    **dict.fromkeys(map(ord, "«»„“”–—№"), " "),
}
"""The same, with a space for what stands between words in nearly all names."""

# The hard sign is silent before a Russian iotated vowel and a full vowel in Bulgarian everywhere else.
_SILENT_HARD_SIGN = pattern("ъ(?=[еёюя])")
_MARKS = pattern("[\u0300-\u036f]+")
_NOT_FOLDED = pattern("[^a-z0-9]+")


def fold(text: str) -> str:
    """Return the text as lower-case ASCII words with single spaces: the one spelling that search compares."""
    text = text.casefold()
    if text.isalnum() and text.isascii():
        return text
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).casefold()
        if "ъ" in text:
            text = _SILENT_HARD_SIGN.sub("", text)
        text = text.translate(_TO_WORDS)
        # Cyrillic is Latin now; only what has other letters pays for a second normalisation.
        if text.isascii():
            return " ".join(text.split())
        # Compatibility forms can decompose into capitals.
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold()
    return _NOT_FOLDED.sub(" ", text).strip()


def bare_letters(text: str) -> str:
    """Return only the letters and digits of a text, without case, and with ё as е."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return "".join(character for character in folded if character.isalnum())


_SKELETON = pattern("shch|sch|sht|sh|ch|kh|ts|ck|c(?![eiy])|q|w|x|iya|ya|ia|iy|y|ou")
_SKELETON_OF = {
    "shch": "s", "sch": "s", "sht": "s", "sh": "s", "ch": "ch", "kh": "h", "ts": "c", "ck": "k", "c": "k",
    "q": "k", "w": "v", "x": "ks", "iya": "a", "ya": "a", "ia": "a", "iy": "i", "y": "i", "ou": "u",
}  # fmt: skip
_DOUBLED = pattern(r"([a-z])\1+")


def skeleton(folded: str) -> str:
    """Return the key under which spellings of one name meet: Щёлково and Shchelkovo, Вектор and Vector.

    Takes folded text. The key is coarse: use it for a second try when the plain search found little.
    """
    return _DOUBLED.sub(r"\1", _SKELETON.sub(lambda match: _SKELETON_OF[match[0]], folded))


_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./"
_SHIFTED = '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?'
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю."
_RUSSIAN_SHIFTED = "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
# BDS 5237, the typewriter layout, and the traditional phonetic layout.
_BULGARIAN = "(,уеишщксдзц;ьяаожгтнвмчюйъэфхпрлб"
_BULGARIAN_SHIFTED = ")ыУЕИШЩКСДЗЦ§ѝЯАОЖГТНВМЧЮЙЪЭФХПРЛБ"
_PHONETIC = "чявертъуиопшщасдфгхйкл;'зьцжбнм,./"
_PHONETIC_SHIFTED = 'ЧЯВЕРТЪУИОПШЩАСДФГХЙКЛ:"ЗЬЦЖБНМ<>?'
_LATIN_KEYS = _KEYS + _SHIFTED
_LAYOUTS = (
    _RUSSIAN + _RUSSIAN_SHIFTED,
    _BULGARIAN + _BULGARIAN_SHIFTED,
    _PHONETIC + _PHONETIC_SHIFTED,
)
_TO_CYRILLIC = tuple(str.maketrans(_LATIN_KEYS, layout) for layout in _LAYOUTS)
_TO_LATIN = tuple(str.maketrans(layout, _LATIN_KEYS) for layout in _LAYOUTS)
_CYRILLIC = pattern("[\u0400-\u04ff]")


def layout_variants(text: str) -> tuple[str, ...]:
    """Return the other readings of the keys typed: Russian, Bulgarian, Bulgarian phonetic, likeliest first.

    Readings that search cannot tell from the text or from an earlier reading are left out.
    """
    tables = _TO_LATIN if _CYRILLIC.search(text) else _TO_CYRILLIC
    seen = {fold(text), ""}
    variants: list[str] = []
    for table in tables:
        reading = text.translate(table)
        folded = fold(reading)
        if folded not in seen:
            seen.add(folded)
            variants.append(reading)
    return tuple(variants)


_WORD = pattern(r"[^\W_]+")
LEGAL_FORMS = (
    "ооо оао зао пао ао нао нко ано ип чп тоо одо фгуп гуп муп тсж снт "
    "еоод оод ад еад ет сд кд дззд "
    "ltd llc llp inc plc gmbh ag sa sarl srl oy ab bv ooo oao zao pao ao eood ood ead"
)
"""Words that say what kind of firm it is, as people write them beside its name."""
_FORMS = frozenset(LEGAL_FORMS.split())


_MARKED = pattern("[^а-я\x00-\x7f«»„“”–—]")
"""What may have marks; the signs that most names have beside their letters have none."""


def _plain(match: re.Match[str]) -> str:
    """Return the letter without its marks."""
    char = match[0]
    return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))


@lru_cache(maxsize=4096)
def sort_key(text: str) -> str:
    """Return the key of a name in a sorted list: lower case, ё as е, no quotes, no leading legal form.

    Cyrillic names stand in the order of the Russian and Bulgarian alphabets, Latin names before them; marks
    on Latin letters do not count. SQLite's BINARY and PostgreSQL's C collation sort the keys alike.
    """
    lowered = unicodedata.normalize("NFKC", text.casefold()).casefold().replace("ё", "е")
    if not lowered.isascii():
        # Cyrillic й is a letter of its own and stays.
        lowered = _MARKED.sub(_plain, lowered)
    words = _WORD.findall(lowered)
    first = next((index for index, word in enumerate(words) if word not in _FORMS), 0)
    return " ".join(words[first:]) or lowered.strip()
