"""When two names may mean one firm: legal forms, spelling, alphabet and hidden letters do not count."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from onewindow.records.named_tuples import NamedTuple
from onewindow.text.fold import LEGAL_FORMS, fold, skeleton
from onewindow.text.names.confusables import in_one_script

_MORE_FORMS = (
    "тов пк фгбу гбу мбу мку дп jsc pjsc ojsc cjsc zat corp ltda kg kgaa ohg spa sro doo pte pty pvt"
)
_FORMS = frozenset(fold(form) for form in f"{LEGAL_FORMS} {_MORE_FORMS}".split())
_SPELLED = """
    общество с ограниченной ответственностью: ооо; общество с дополнительной ответственностью: одо
    публичное акционерное общество: пао; открытое акционерное общество: оао
    закрытое акционерное общество: зао; непубличное акционерное общество: нао; акционерное общество: ао
    индивидуальный предприниматель: ип; товарищество с ограниченной ответственностью: тоо
    товариство з обмеженою відповідальністю: тов
    федеральное государственное унитарное предприятие: фгуп
    государственное унитарное предприятие: гуп; муниципальное унитарное предприятие: муп
    автономная некоммерческая организация: ано; некоммерческая организация: нко
    товарищество собственников жилья: тсж; товарищество собственников недвижимости: тсж
    еднолично дружество с ограничена отговорност: еоод; дружество с ограничена отговорност: оод
    еднолично акционерно дружество: еад; акционерно дружество: ад; едноличен търговец: ет
    събирателно дружество: сд; командитно дружество: кд
    limited liability company: llc; limited liability partnership: llp; public limited company: plc
    public joint stock company: pjsc; open joint stock company: ojsc; closed joint stock company: cjsc
    joint stock company: jsc; private limited: ltd; limited: ltd; incorporated: inc; corporation: corp
    gesellschaft mit beschränkter haftung: gmbh; aktiengesellschaft: ag
"""
"""Legal forms in full, the longer ones before those that they end with."""
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}[^\W\d_]\b\.?")
"""О.О.О., G.m.b.H.: three letters at least, since И.П. are initials."""
_ABROAD = {
    "llc": frozenset({"ltd", "ooo", "ood", "eood", "too", "tov", "odo"}),
    "ltd": frozenset({"llc", "ooo", "ood", "eood", "too", "tov", "odo"}),
    "jsc": frozenset({"ao", "pao", "oao", "zao", "nao", "ad", "ead", "pjsc", "ojsc", "cjsc"}),
    "pjsc": frozenset({"jsc", "pao", "plc"}),
    "ojsc": frozenset({"jsc", "oao"}),
    "cjsc": frozenset({"jsc", "zao"}),
    "plc": frozenset({"pjsc", "pao"}),
}
"""Forms as they are called in English, and what they are called at home."""
_LETTERS = re.compile(r"[^\W_]+[+#]*")
_SHORTEST = 3


class FirmName(NamedTuple):
    """A name as it is compared with others."""

    said: str
    """Folded, without its legal form."""
    forms: frozenset[str]
    """Its legal forms, folded."""
    letters: str
    """Its words in their own alphabet, without case, quotes and legal form; + and # tell names apart."""

    def is_said_as(self, other: FirmName) -> bool:
        """Whether both are one name but for the legal form: Кедр and Kedr are no two, Русь and Рус are."""
        if self.said != other.said:
            return False
        return self.letters == other.letters or self.letters.isascii() != other.letters.isascii()

    def contradicts(self, other: FirmName) -> bool:
        """Whether both name a legal form, and not the same: ООО Кедр is not ИП Кедр, but it is Cedar LLC."""
        return differ(self.forms, other.forms)

    def may_be(self, other: FirmName) -> bool:
        """Whether both may be one firm: one name, and legal forms that do not contradict each other."""
        return self.is_said_as(other) and not self.contradicts(other)

    def is_same(self, other: FirmName) -> bool:
        """Whether both are one name, legal form and letters too, wherever the form stands."""
        return self.letters == other.letters and self.forms == other.forms and self.said == other.said


def differ(forms: frozenset[str], others: frozenset[str]) -> bool:
    """Whether legal forms are of two firms; none at all are no others than any."""
    if not forms or not others or forms & others:
        return False
    abroad = frozenset[str]().union(*(_ABROAD.get(legal_form, ()) for legal_form in forms))
    return not abroad & others and not any(
        forms & _ABROAD.get(legal_form, frozenset()) for legal_form in others
    )


@lru_cache(maxsize=8192)
def firm_name(name: str) -> FirmName:
    """A name as it is compared."""
    words, forms = _parts(name)
    plain = unicodedata.normalize("NFKC", _joined(name)).casefold().replace("ё", "е")
    kept = set(words)
    letters = [letter for letter in _LETTERS.findall(plain) if fold(letter) in kept]
    return FirmName(" ".join(words), forms, " ".join(letters))


def firm_key(name: str) -> str:
    """The key under which spellings of one firm's name meet; '' for a name too short to tell firms apart.

    ООО «Щёлково», Shchelkovo LLC and a Щёлково with a Latin o have one key.
    """
    key = skeleton(said_name(in_one_script(name)))
    return key if len(key) >= _SHORTEST else ""


@lru_cache(maxsize=8192)
def said_and_forms(name: str) -> tuple[str, frozenset[str]]:
    """A name as people say it, and its legal forms, folded; none where there is nothing else in it."""
    words, forms = _parts(name)
    return " ".join(words), forms


@lru_cache(maxsize=8192)
def said_name(name: str) -> str:
    """A firm's name as people say it: folded, without its legal form unless there is nothing else."""
    return " ".join(_parts(name)[0])


@lru_cache(maxsize=8192)
def _parts(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The folded words of a name, and its legal forms, in short where they are in full."""
    text = fold(_joined(name))
    words = text.split()
    first_words, spelled = _spelled_forms()
    if not first_words.isdisjoint(words):
        words = spelled.sub(lambda found: _short_forms()[found[0]], text).split()
    said = tuple(word for word in words if word not in _FORMS)
    if not said or len(said) == len(words):
        return said or tuple(text.split()), frozenset()
    return said, frozenset(words) & _FORMS


def _joined(name: str) -> str:
    """A name with О.О.О. as ООО."""
    if "." not in name:
        return name
    return _DOTTED.sub(
        lambda found: each if fold(each := found[0].replace(".", "")) in _FORMS else found[0], name
    )


@cache
def _short_forms() -> dict[str, str]:
    pairs = (
        spelling.partition(":")
        for line in _SPELLED.splitlines()
        for spelling in line.split(";")
        if ":" in spelling
    )
    return {fold(whole): fold(short) for whole, _, short in pairs}


@cache
def _spelled_forms() -> tuple[frozenset[str], re.Pattern[str]]:
    """The words with which forms in full begin, and how they are found in folded words."""
    whole = list(_short_forms())
    return frozenset(each.split()[0] for each in whole), re.compile(rf"\b(?:{'|'.join(whole)})\b")
