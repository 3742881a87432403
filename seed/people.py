"""Names, telephones and addresses of people."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from onewindow.text.fold import fold
from seed.pools import pool

_RU_MOBILE = (
    "903",
    "905",
    "909",
    "910",
    "912",
    "915",
    "916",
    "917",
    "919",
    "925",
    "926",
    "927",
    "960",
    "985",
)
_BG_MOBILE = ("87", "88", "89")


@dataclass(frozen=True, slots=True)
class Person:
    """A name, how to address them by it, and the name of their mailbox."""

    name: str
    address_as: str
    mailbox: str


def person(random: Random, language: str) -> Person:
    """Somebody with a name that is usual in that language."""
    names = pool("people")[language]
    is_woman = random.random() < 0.5
    surname = random.choice(names["surnames"])
    first = random.choice(names["women" if is_woman else "men"])
    if is_woman and language != "en":
        surname += "а"
    mailbox = fold(f"{first[0]} {surname}").replace(" ", ".")
    if language != "ru":
        return Person(f"{first} {surname}", first, mailbox)
    father = random.choice(names["fathers"]) + ("на" if is_woman else "ич")
    called = f"{first} {father}" if random.random() < 0.7 else first
    return Person(f"{surname} {first} {father}", called, mailbox)


def phone(random: Random, country: str) -> str:
    """A mobile telephone as the desk stores one that it could read: E.164."""
    if country == "BG":
        return f"+359{random.choice(_BG_MOBILE)}{random.randrange(2_000_000, 9_999_999)}"
    if country == "GB":
        return f"+442079460{random.randrange(1000):03}"
    return f"+7{random.choice(_RU_MOBILE)}{random.randrange(1_000_000, 9_999_999)}"
