"""Names, telephones and addresses of people, as somebody would have typed them."""

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
    """A name, how to say it to his face, and the name of his mailbox."""

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
    """A mobile telephone in one of the notations that people use."""
    if country == "BG":
        code, rest = random.choice(_BG_MOBILE), f"{random.randrange(2_000_000, 9_999_999)}"
        return random.choice(
            (
                f"+359 {code}{rest[0]} {rest[1:4]} {rest[4:]}",
                f"0{code}{rest[0]} {rest[1:3]} {rest[3:5]} {rest[5:]}",
                f"0{code}{rest}",
            )
        )
    if country == "GB":
        rest = f"{random.randrange(1000):03}"
        return random.choice((f"+44 20 7946 0{rest}", f"020 7946 0{rest}"))
    code, rest = random.choice(_RU_MOBILE), f"{random.randrange(1_000_000, 9_999_999)}"
    first, second, third = rest[:3], rest[3:5], rest[5:]
    return random.choice(
        (
            f"+7 {code} {first}-{second}-{third}",
            f"8 ({code}) {first}-{second}-{third}",
            f"8{code}{rest}",
            f"+7{code}{rest}",
            f"8-{code}-{first}-{second}-{third}",
        )
    )
